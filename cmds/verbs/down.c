/*
 * down: selects another frame.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_select_by(s, arg, false);
}

const struct pd_cmd pd_cmd_down = {
	.name = "down",
	.aliases = { "d" },
	.group = PD_GROUP_STACK,
	.args = { PD_ARG_COUNT },
	.usage = "d(own) [count]",
	.summary = "Select a newer frame.",
	.help =
	    "Select the frame that this one called, or the one count\n"
	    "frames down.",
	.example = "down",
	.needs = PD_CAP_FRAMES,
	.exec = run,
};
