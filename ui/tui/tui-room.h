/*
 * What the files of the full screen share.  Panes use tui.h.
 */
#ifndef PD_UI_TUI_TUI_ROOM_H
#define PD_UI_TUI_TUI_ROOM_H

#include "ui/tui/layout.h"
#include "ui/tui/screen.h"
#include "ui/tui/tty.h"
#include "ui/tui/tui.h"

#define PD_TUI_PANES	24

/* A question in the status line. */
struct pd_tui_ask {
	bool		 on;
	struct pd_str	 prompt;
	struct pd_buf	 text;
	void		(*done)(void *, const char *);
	/* Each time the text changes; may be NULL.  Set by the chooser. */
	void		(*typed)(void *, const char *);
	void		*ctx;
};

struct pd_tui_layout {			/* of the user's */
	struct pd_str	 name, text;
};

struct pd_tui {
	struct pd_tui_env	 env;
	struct pd_keymap	 keys;
	bool			 on;
	bool			 asked;		/* for its background */
	struct pd_screen	*screen;	/* NULL unless on */
	struct pd_grid		 grid;
	struct pd_tty		*tty;		/* the program's; made when it
						   is first on */
	struct pd_pane		*panes[PD_TUI_PANES];	/* owned */
	size_t			 npanes;

	/* window.c */
	struct pd_layout	*layout;
	struct pd_str		 layout_name;
	struct pd_vec		 layouts;	/* struct pd_tui_layout */
	bool			 layouts_read;
	struct pd_pane		*focus;
	struct pd_pane		*zoom;		/* alone; NULL */
	struct pd_pane		*overlay;	/* pager, chooser; NULL */
	struct pd_pane		*before;	/* the overlay: who had the
						   keys */
	bool			 misplaced;	/* lay out before the draw */
	bool			 chrome;	/* titles and borders too */

	/* input.c */
	struct pd_key		 seq[PD_KEYS_MAX];
	size_t			 nseq;
	bool			 single;
	struct pd_vec		 waiting;	/* struct pd_str: lines */
	struct pd_vec		 held;		/* read, not acted upon */
	bool			 waits;		/* for keys, in the loop */
	struct pd_tui_ask	 ask;
	bool			 paging;	/* Ctrl-C is a key */
	bool			 answering;	/* the command pane has all
						   keys */
	struct pd_str		 search;
	struct pd_buf		 message;
	bool			 message_error;
	struct pd_pane		*drag;		/* what is resized; NULL */
	bool			 drag_cols;
	struct pd_pane		*pressed;	/* has the mouse */

	/* draw.c */
	int64_t			 drawn;		/* ms, when; 0: never */
	uint64_t		 run;		/* of the runner, seen last */
	int64_t			 run_since;
	bool			 shows_run;	/* in the status line */
	bool			 status;	/* is to be drawn */

	/* lend.c */
	struct pd_pane		*home;		/* gets the keys back; NULL */
	bool			 lent;		/* the output got them */
	bool			 alone;		/* ... and all the screen */
	struct pd_pane		*home_zoom;	/* who had that; NULL */
	int64_t			 typed;		/* ms, the last key */

	/* what the panes have been told of */
	uint64_t		 stops;
	uint64_t		 frame, thread;
	bool			 alive;
};

int64_t	pd_tui_ms(void);

/* ---- move.c: the program's terminal, while it stands still ------------- */

/* To the pane's, and to ours; 0 as well where there is nothing to be done.  -1
 * with err: it is where it was. */
int	 pd_tui_move_in(struct pd_tui *, struct pd_err *);
int	 pd_tui_move_out(struct pd_tui *, struct pd_err *);

/* ---- window.c: where panes are ----------------------------------------- */

bool	 pd_window_knows(const char *name);
/* -1 with err. */
int	 pd_window_layout(struct pd_tui *, const char *name,
	    struct pd_err *);
int	 pd_window_save(struct pd_tui *, const char *name,
	    struct pd_err *);
int	 pd_window_define(struct pd_tui *, const char *name,
	    const char *text, struct pd_err *);
/* The i-th layout's name, ready ones first; NULL: no more. */
const char	*pd_window_layout_name(struct pd_tui *, size_t i);
/* What it shows: words, or the user's own text. */
const char	*pd_window_layout_help(struct pd_tui *, size_t i);
/* Lays out for the screen's size. */
void	 pd_window_place(struct pd_tui *);
/* The box of a pane with its title; rows 0: hidden. */
struct pd_box	 pd_window_box(const struct pd_pane *);
int	 pd_window_grow(struct pd_tui *, struct pd_pane *, int rows,
	    int cols);
/* Shows a pane over all others, or none (NULL). */
void	 pd_window_overlay(struct pd_tui *, struct pd_pane *);
/* By its name or a beginning of it; NULL with err. */
struct pd_pane	*pd_window_find(struct pd_tui *, const char *name,
		    struct pd_err *);
/* The one behind, or before, the focus that can have it. */
struct pd_pane	*pd_window_next(struct pd_tui *, int way);
void	 pd_window_free(struct pd_tui *);

/* ---- layouts-file.c ---------------------------------------------------- */

void	 pd_layouts_read(struct pd_tui *);
/* -1 with err. */
int	 pd_layouts_write(struct pd_tui *, struct pd_err *);

/* ---- draw.c ------------------------------------------------------------ */

/* Fetches what is stale if the session is at rest, and draws what is dirty;
 * neither while more keys wait, but for a time.  True: it has fetched, and so
 * the loop has run: whoever waits for keys looks whether there are any now. */
bool	 pd_tui_update(struct pd_tui *, bool rest);
/* The loop's, while the program runs. */
int	 pd_tui_idle(void *ctx, int ms);
void	 pd_tui_redraw(struct pd_tui *);	/* all of it, anew */

/* ---- lend.c: the keys, while the program runs --------------------------- */

/* It has been let run. */
void	 pd_lend_begin(struct pd_tui *);
/* Now and then, meanwhile: to the output pane if the program reads.  In how
 * many ms again; -1: no more. */
int	 pd_lend_look(struct pd_tui *, int64_t now);
/* It stands still: back to who had them. */
void	 pd_lend_end(struct pd_tui *);

/* ---- input.c ----------------------------------------------------------- */

/* Takes what the terminal has; rest: commands may run. */
void	 pd_tui_input(struct pd_tui *, bool rest);
/* The loop's: what comes while nobody waits for keys is held, but for
 * Ctrl-C. */
void	 pd_tui_on_input(void *ctx, int fd, short revents);
/* Waits for keys, or whatever else the loop hears of. */
void	 pd_tui_wait(struct pd_tui *);
/* The next waiting command line goes to the editor; those that it cannot take
 * now are dropped.  True: it has one. */
bool	 pd_tui_hand_over(struct pd_tui *);
void	 pd_tui_mouse(struct pd_tui *, const struct pd_mouse *);
void	 pd_tui_error(struct pd_tui *, const struct pd_err *);
/* Everything that was typed ahead is forgotten. */
void	 pd_tui_forget(struct pd_tui *);
/* What was typed ahead for the command line, as bytes, appended. */
void	 pd_tui_spill(struct pd_tui *, struct pd_buf *);

/* ---- ask.c ------------------------------------------------------------- */

/* A key of a question; false: none of its. */
bool	 pd_ask_key(struct pd_tui *, const struct pd_key *);
void	 pd_ask_end(struct pd_tui *);

/* ---- ops.c ------------------------------------------------------------- */

extern const struct pd_screen_ops pd_tui_ops;
int	 pd_tui_op(void *ctx, enum pd_screen_op, const char *arg,
	    struct pd_err *);

/* ---- command.c --------------------------------------------------------- */

extern const struct pd_pane_ops pd_command_ops;
struct pd_pane	*pd_command_new(void);
/* The editor, the sink and the pager come to the pane, and go back. */
int	 pd_command_take(struct pd_pane *, struct pd_err *);
void	 pd_command_give(struct pd_pane *);
/* What was printed before has been seen. */
void	 pd_command_prompts(struct pd_pane *);
/* After giving: what was printed since then goes to the terminal, for it would
 * be lost with the screen. */
void	 pd_command_last_words(struct pd_pane *);
/* Keys that the editor has not taken: appended, or forgotten. */
void	 pd_command_spill(struct pd_pane *, struct pd_buf *);
void	 pd_command_forget(struct pd_pane *);

/* ---- source.c, pager.c, chooser.c -------------------------------------- */

extern const struct pd_pane_ops pd_source_ops;
struct pd_pane	*pd_source_new(void);
void	 pd_source_show(struct pd_pane *, const char *file, long line);
extern const struct pd_pane_ops pd_pager_pane_ops;
struct pd_pane	*pd_pager_pane_new(void);
void	 pd_pager_pane_set(struct pd_pane *, const char *title, const char *,
	    size_t);
extern const struct pd_pane_ops pd_chooser_ops;
struct pd_pane	*pd_chooser_new(void);
/* Lets the user choose one of several texts (struct pd_str, taken over); done
 * is not called if it is given up. */
void	 pd_tui_choose(struct pd_tui *, const char *prompt,
	    struct pd_vec *texts, void (*done)(void *ctx, const char *),
	    void *ctx);

#endif
