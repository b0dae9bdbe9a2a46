/*
 * focus: which pane has the keys.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_screen_run(s, PD_SCREEN_FOCUS, arg);
}

const struct pd_cmd pd_cmd_focus = {
	.name = "focus",
	.group = PD_GROUP_SCREEN,
	.args = { PD_ARG_WORD },
	.words = pd_screen_word_focus,
	.usage = "focus pane|next|prev",
	.summary = "Give the keys to a pane of the full screen.",
	.help =
	    "A pane is named as `info win` lists it, or by a beginning of\n"
	    "its name.",
	.example = "focus next",
	.repeat = PD_REPEAT_SAME,
	.soft = true,
	.exec = run,
};
