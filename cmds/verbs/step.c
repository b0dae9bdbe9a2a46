/*
 * step: lets the program run on.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_resume req = { .mode = PD_RESUME_STEP, .frame = s->frame };

	return pd_step_counted(s, &pd_cmd_step, arg, &req);
}

const struct pd_cmd pd_cmd_step = {
	.name = "step",
	.aliases = { "s" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_COUNT },
	.usage = "s(tep) [count | function]",
	.summary = "Run to the next line, into functions.",
	.help =
	    "Run the current line and stop at the first occasion: in a\n"
	    "function that it calls, or at the next line of this one.\n"
	    "With a count do so that many times.  With the name of a\n"
	    "function stop only in that call of the line.",
	.example = "step parse",
	.needs = PD_CAP_RUN,
	.exec = run,
};
