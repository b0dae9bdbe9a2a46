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

#include "cmds/complete.h"
#include "ui/history.h"
#include "ui/stdin.h"

struct pd_edit;

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
/* Is a line being typed?  NULL reads none. */
bool	 pd_edit_reads(const struct pd_edit *);

#endif
