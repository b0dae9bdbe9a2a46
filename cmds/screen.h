/*
 * The full screen, as commands see it: operations that the ui hands down.
 *
 * All give 0, or -1 with err: a text for the user.  arg is what follows the
 * command's name, stripped.
 */
#ifndef PD_CMDS_SCREEN_H
#define PD_CMDS_SCREEN_H

#include "base/err.h"
#include "cmds/sink.h"

struct pd_session;

enum pd_screen_op {
	PD_SCREEN_TUI,		/* enable, disable, single-key, new-layout */
	PD_SCREEN_LAYOUT,
	PD_SCREEN_FOCUS,
	PD_SCREEN_WINHEIGHT,
	PD_SCREEN_REFRESH,
	PD_SCREEN_PANE,		/* an action of the pane in focus */
	PD_SCREEN_BIND,		/* these three without a screen as well */
	PD_SCREEN_INFO,		/* prints to the session's sink */
	PD_SCREEN_KEYS,		/* help keys [CONTEXT]; likewise */
	PD_SCREEN_OP_MAX
};

struct pd_screen_ops {
	int	(*run)(void *ctx, enum pd_screen_op, const char *arg,
		    struct pd_err *);
	/* Does it show where the program stands, so that a stop need not be
	 * printed? */
	bool	(*shows_stop)(void *ctx);
	/* Adds the last lines of what the program has written to its terminal
	 * here.  False: there is no such terminal. */
	bool	(*output)(void *ctx, size_t lines, struct pd_buf *);
};

#endif
