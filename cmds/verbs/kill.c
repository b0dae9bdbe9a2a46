/*
 * kill: the program's end without its leave.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	(void)arg;
	return pd_session_kill(s);
}

const struct pd_cmd pd_cmd_kill = {
	.name = "kill",
	.group = PD_GROUP_RUNNING,
	.usage = "kill",
	.summary = "Kill the program.",
	.help =
	    "Kill the program at once: nothing of it runs any more, no\n"
	    "finally and no exit handler.  Breakpoints stay, `run` starts\n"
	    "it anew.",
	.example = "kill",
	.needs = PD_CAP_RUN,
	.repeat = PD_REPEAT_NONE,
	.no_args = true,
	.exec = run,
};
