/*
 * continue: lets the program run on.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	(void)arg;
	return pd_resume_mode(s, PD_RESUME_CONTINUE);
}

const struct pd_cmd pd_cmd_continue = {
	.name = "continue",
	.aliases = { "c", "cont" },
	.group = PD_GROUP_RUNNING,
	.usage = "c(ont(inue))",
	.summary = "Run on until a breakpoint is hit.",
	.help =
	    "Let the program run on.  It stops at a breakpoint, at an\n"
	    "exception that nothing catches, or when it ends.",
	.example = "c",
	.needs = PD_CAP_RUN,
	.no_args = true,
	.exec = run,
};
