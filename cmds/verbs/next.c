/*
 * next: lets the program run on.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_resume req = { .mode = PD_RESUME_NEXT, .frame = s->frame };

	return pd_step_counted(s, &pd_cmd_next, arg, &req);
}

const struct pd_cmd pd_cmd_next = {
	.name = "next",
	.aliases = { "n" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_COUNT },
	.usage = "n(ext) [count]",
	.summary = "Run to the next line of this function.",
	.help =
	    "Run until the next line of the selected frame's function is\n"
	    "reached, or until it returns.  Functions that are called run\n"
	    "through.  With a count do so that many times.",
	.example = "n 3",
	.needs = PD_CAP_RUN,
	.exec = run,
};
