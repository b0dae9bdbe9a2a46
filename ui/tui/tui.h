/*
 * The full screen: panes over the same session, commands and engine.
 *
 * Made by front.c with the session, whether it is ever switched on or not: the
 * keys can be bound before.  While it is on, the screen is ours, the command
 * pane has the editor and the sink, the program a terminal of its own.
 *
 * Files.  tui: its life, switching on and off.  screen: the one file with
 * curses: showing a grid, reading keys and the mouse, and the terminal's state.
 * surface: grids and drawing.  layout: trees of splits; window: where panes
 * are, titles, status line, focus.  input: what a key press does.  keys: the
 * table.  command: the command pane, its editor and its sink.  source, doc:
 * the source pane and the texts it shows.  pager: long text.  chooser: o and m.
 * vt: a terminal emulator.  tty: the program's own terminal; output: its pane;
 * move: programs that have another terminal.  vars, stack, breakpoints,
 * threads, display, asm: a pane each.
 */
#ifndef PD_UI_TUI_TUI_H
#define PD_UI_TUI_TUI_H

#include <stdbool.h>

#include "base/err.h"
#include "base/loop.h"
#include "cmds/session.h"
#include "ui/theme.h"
#include "ui/tui/keys.h"
#include "ui/tui/pane.h"

/* ---- for the front ------------------------------------------------------ */

/* All borrowed. */
struct pd_tui_env {
	struct pd_loop		*loop;
	struct pd_session	*session;
	struct pd_style		*style;
	struct pd_terminal	*term;
	struct pd_runner	*runner;
	struct pd_plain_out	*out;
	struct pd_pager		*pager;
	/* The line editor, made when it is first wanted; NULL: none works
	 * here. */
	struct pd_edit		*(*edit)(void *ctx);
	void			(*interrupt)(void *ctx);	/* Ctrl-C */
	void			*ctx;
};

/* Fills session->screen. */
struct pd_tui	*pd_tui_new(const struct pd_tui_env *);
void	 pd_tui_free(struct pd_tui *);		/* NULL is fine */
/* -1 with err: this terminal cannot; nothing has changed. */
int	 pd_tui_enable(struct pd_tui *, struct pd_err *);
void	 pd_tui_disable(struct pd_tui *);
bool	 pd_tui_on(const struct pd_tui *);
/* Before each prompt: what the panes show may be stale. */
void	 pd_tui_before_prompt(struct pd_tui *);
/* A line is about to be read.  An answer wants the keys in the command pane. */
void	 pd_tui_reads(struct pd_tui *, bool answer);
/* We got SIGCONT. */
void	 pd_tui_continued(struct pd_tui *);

/* ---- for panes ---------------------------------------------------------- */

/*
 * Runs a command line as if it had been typed, without its being in the
 * history: what is half typed stays.  While the program runs, or a question is
 * open, only commands of the screen run; the others wait for the prompt.  Not
 * from fetch() or draw().
 */
void	 pd_tui_run(struct pd_tui *, const char *line);
void	 pd_tui_runf(struct pd_tui *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
/* A line in the status line, until the next key. */
void	 pd_tui_message(struct pd_tui *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
/* Shows text in the pager pane; both copied. */
void	 pd_tui_page(struct pd_tui *, const char *title, const char *,
	    size_t);
/* Shows a place in the source pane: a browse, no frame is selected.  line 0:
 * the file's beginning. */
void	 pd_tui_show(struct pd_tui *, const char *file, long line);
/* Asks in the status line; done() gets the text when Enter is pressed, and is
 * not called if it is given up. */
void	 pd_tui_ask(struct pd_tui *, const char *prompt,
	    void (*done)(void *ctx, const char *text), void *ctx);
/* NULL: no pane of that name. */
struct pd_pane	*pd_tui_pane(struct pd_tui *, const char *name);
void	 pd_tui_focus(struct pd_tui *, struct pd_pane *);
struct pd_loop	*pd_tui_loop(struct pd_tui *);
const struct pd_style	*pd_tui_style(struct pd_tui *);
/* Does the program run, or evaluate, at this moment? */
bool	 pd_tui_running(const struct pd_tui *);
/* Ctrl-C was pressed: breaks in, or gives the line up. */
void	 pd_tui_break(struct pd_tui *);

#endif
