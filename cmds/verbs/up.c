/*
 * up: selects another frame.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_select_by(s, arg, true);
}

const struct pd_cmd pd_cmd_up = {
	.name = "up",
	.aliases = { "u" },
	.group = PD_GROUP_STACK,
	.args = { PD_ARG_COUNT },
	.usage = "u(p) [count]",
	.summary = "Select an older frame.",
	.help =
	    "Select the frame that called this one, or the one count\n"
	    "frames up.",
	.example = "up 2",
	.needs = PD_CAP_FRAMES,
	.exec = run,
};
