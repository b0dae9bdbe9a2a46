/*
 * args: what the function was called with.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	(void)arg;
	return pd_show_args(s, PD_VARS_ARGS);
}

const struct pd_cmd pd_cmd_args = {
	.name = "args",
	.aliases = { "a" },
	.group = PD_GROUP_STACK,
	.usage = "a(rgs)",
	.summary = "Show the function's arguments.",
	.help =
	    "Show the arguments of the selected frame's function with\n"
	    "their values as they are now.",
	.example = "a",
	.needs = PD_CAP_EVAL,
	.no_args = true,
	.exec = run,
};
