/*
 * run: the program anew, in a fresh process.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_session_restart(s, arg);
}

const struct pd_cmd pd_cmd_run = {
	.name = "run",
	.aliases = { "restart" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_TEXT },
	.usage = "run [args...]",
	.summary = "Start the program anew.",
	.help =
	    "End the program and start it anew in a fresh process.\n"
	    "Arguments replace the ones it was started with; they are\n"
	    "split as a shell would, quotes included.  Breakpoints stay.\n"
	    "`restart` is the same.",
	.example = "run --verbose 'two words'",
	.needs = PD_CAP_START,
	.exec = run,
};
