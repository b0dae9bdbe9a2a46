/*
 * The prompt on a terminal: a line editor.
 *
 * libedit does the editing (emacs and vi keys, ~/.editrc); this room gives it
 * keys, so that waiting is the loop's, a prompt, history, and completion.
 * Used where stdin and stdout are a terminal that can move its cursor;
 * elsewhere ui/stdin.h reads lines.
 */
#ifndef PD_UI_EDIT_H
#define PD_UI_EDIT_H

#include <stdio.h>

#include "cmds/complete.h"
#include "ui/history.h"
#include "ui/stdin.h"

struct pd_edit;

/* Where lines are edited instead of on the terminal. */
struct pd_edit_place {
	FILE		*out;		/* what is drawn */
	int		 tty;		/* a terminal for size and modes */
	const char	*term;		/* what sequences it takes */
	/* Keys: how many bytes there are; takes up to max of them. */
	size_t		(*there)(void *ctx);
	size_t		(*take)(void *ctx, char *, size_t max);
	/* Waits for something to happen: a turn of the loop. */
	void		(*wait)(void *ctx);
	void		 *ctx;
};

/* What a line is for. */
enum pd_edit_kind {
	PD_EDIT_COMMAND,	/* goes to history; Tab completes */
	PD_EDIT_MORE,		/* a further line of a statement: likewise */
	PD_EDIT_ANSWER		/* to a question: neither */
};

/* NULL if the terminal is none that lines can be edited on.  The session, the
 * loop and the input, whose `interrupted` ends a line, are borrowed.  notice is
 * called with lines for the user, without a newline. */
struct pd_edit	*pd_edit_new(struct pd_loop *, struct pd_input *,
		    struct pd_session *,
		    void (*notice)(void *ctx, const char *), void *ctx);
void	 pd_edit_free(struct pd_edit *);
/* Sets the locale's encoding, for whoever is on the terminal. */
void	 pd_edit_locale(void);
/* SGR sequences around the prompt; copied, NULL for none. */
void	 pd_edit_style(struct pd_edit *, const char *before,
	    const char *after);
/* Reads a line, without its newline, and appends it to out; pasted text may
 * hold newlines.  The cursor is in the first column afterwards. */
enum pd_input_got	pd_edit_line(struct pd_edit *, enum pd_edit_kind,
			    const struct pd_str *prompt, struct pd_buf *out);
/* Edits there from now on; NULL: on the terminal again.  Borrowed.  Not while a
 * line is typed.  -1: it cannot be. */
int	 pd_edit_move(struct pd_edit *, const struct pd_edit_place *);
/*
 * A key elsewhere, or one of the editor's, wants a command line to be run: the
 * line that is being typed is put aside, pd_edit_line() returns PD_INPUT_KEY
 * with that text, and what was typed comes back with the next line of kind
 * COMMAND.  Only while pd_edit_takes() says so.  Keys that are there go before
 * it.
 */
void	 pd_edit_run(struct pd_edit *, const char *line);
/* Is a command being typed, so that one could be run instead? */
bool	 pd_edit_takes(const struct pd_edit *);
/* Are vi's keys in use, with Escape? */
bool	 pd_edit_is_vi(struct pd_edit *);
/* The place has another size. */
void	 pd_edit_resized(struct pd_edit *);
/* What C-x a does on the terminal: a command line; NULL: nothing.  Borrowed. */
void	 pd_edit_set_switch(struct pd_edit *, const char *line);
/* Is a line being typed?  NULL reads none. */
bool	 pd_edit_reads(const struct pd_edit *);
/* These were typed elsewhere, and come before what is typed now. */
void	 pd_edit_typed(struct pd_edit *, const char *, size_t);

#endif
