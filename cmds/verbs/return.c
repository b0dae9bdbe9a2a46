/*
 * return: lets the program run on.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	(void)arg;
	return pd_resume_mode(s, PD_RESUME_RETURN);
}

const struct pd_cmd pd_cmd_return = {
	.name = "return",
	.aliases = { "r" },
	.group = PD_GROUP_RUNNING,
	.usage = "r(eturn)",
	.summary = "Run until this function returns.",
	.help =
	    "Run until the function of the selected frame is about to\n"
	    "return.",
	.example = "r",
	.needs = PD_CAP_RUN,
	.no_args = true,
	.exec = run,
};
