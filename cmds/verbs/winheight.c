/*
 * winheight: the height of a pane.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_screen_run(s, PD_SCREEN_WINHEIGHT, arg);
}

const struct pd_cmd pd_cmd_winheight = {
	.name = "winheight",
	.group = PD_GROUP_SCREEN,
	.args = { PD_ARG_WORD, PD_ARG_TEXT },
	.words = pd_screen_word_focus,
	.usage = "winheight [pane] [+|-]count",
	.summary = "Change the height of a pane of the full screen.",
	.help =
	    "With a sign, by so many rows; without one, to so many.\n"
	    "Without a pane, that of the pane in focus.",
	.example = "winheight src +3",
	.repeat = PD_REPEAT_SAME,
	.soft = true,
	.exec = run,
};
