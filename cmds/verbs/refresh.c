/*
 * refresh: the full screen drawn anew.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_screen_run(s, PD_SCREEN_REFRESH, arg);
}

const struct pd_cmd pd_cmd_refresh = {
	.name = "refresh",
	.group = PD_GROUP_SCREEN,
	.usage = "refresh",
	.summary = "Draw the full screen anew.",
	.help =
	    "For when something else has written to the terminal.",
	.example = "refresh",
	.no_args = true,
	.repeat = PD_REPEAT_NONE,
	.soft = true,
	.exec = run,
};
