/*
 * step: lets the program run on.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	(void)arg;
	return pd_resume_mode(s, PD_RESUME_STEP);
}

const struct pd_cmd pd_cmd_step = {
	.name = "step",
	.aliases = { "s" },
	.group = PD_GROUP_RUNNING,
	.usage = "s(tep)",
	.summary = "Run to the next line, into functions.",
	.help =
	    "Run the current line and stop at the first occasion: in a\n"
	    "function that it calls, or at the next line of this one.",
	.example = "step",
	.needs = PD_CAP_RUN,
	.no_args = true,
	.exec = run,
};
