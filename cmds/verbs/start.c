/*
 * start: the program anew, to its first line.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_session_restart(s, arg);
}

const struct pd_cmd pd_cmd_start = {
	.name = "start",
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_TEXT },
	.usage = "start [args...] [< file] [> file]",
	.summary = "Start anew and stop at the first line.",
	.help =
	    "End the program and start it anew; it stops before its\n"
	    "first line.  Arguments and redirections are those of run.",
	.example = "start",
	.needs = PD_CAP_START,
	.soft = true,
	.exec = run,
};
