/*
 * bind: what a key does.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_screen_run(s, PD_SCREEN_BIND, arg);
}

const struct pd_cmd pd_cmd_bind = {
	.name = "bind",
	.group = PD_GROUP_SCREEN,
	.args = { PD_ARG_TEXT },
	.usage = "bind [context] key [command]",
	.summary = "Say what a key of the full screen does.",
	.help =
	    "A key is named as in `help keys`: a, C-x, M-x, F5, S-F5,\n"
	    "PgUp, Space; several in a row as C-x a.  A context is a pane,\n"
	    "as `help keys` names it; without one the key means the same\n"
	    "in all panes.  %f, %l, %n and %e in the command are file,\n"
	    "line, number and expression at the cursor of the pane.\n"
	    "Without a command the key does nothing.  In ~/.pydbgrc it\n"
	    "holds for each session.",
	.example = "bind F4 info locals",
	.repeat = PD_REPEAT_NONE,
	.soft = true,
	.exec = run,
};
