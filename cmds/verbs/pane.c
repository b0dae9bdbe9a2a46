/*
 * pane: what a pane can do.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_screen_run(s, PD_SCREEN_PANE, arg);
}

const struct pd_cmd pd_cmd_pane = {
	.name = "pane",
	.group = PD_GROUP_SCREEN,
	.args = { PD_ARG_WORD, PD_ARG_TEXT },
	.words = pd_screen_word_pane,
	.usage = "pane [-pane] action [argument]",
	.summary = "Have a pane of the full screen do something.",
	.help =
	    "What keys do in a pane, as a command: up, down, page-up,\n"
	    "page-down, home, end, left, right, search, and what the pane\n"
	    "has besides; `help keys` shows the actions with their keys.\n"
	    "-src and so on name a pane; else the one in focus does it.",
	.example = "pane page-down",
	.repeat = PD_REPEAT_SAME,
	.soft = true,
	.exec = run,
};
