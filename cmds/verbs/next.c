/*
 * next: lets the program run on.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	(void)arg;
	return pd_resume_mode(s, PD_RESUME_NEXT);
}

const struct pd_cmd pd_cmd_next = {
	.name = "next",
	.aliases = { "n" },
	.group = PD_GROUP_RUNNING,
	.usage = "n(ext)",
	.summary = "Run to the next line of this function.",
	.help =
	    "Run until the next line of the selected frame's function is\n"
	    "reached, or until it returns.  Functions that are called run\n"
	    "through.",
	.example = "n",
	.needs = PD_CAP_RUN,
	.no_args = true,
	.exec = run,
};
