/*
 * layout: which panes are shown.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_screen_run(s, PD_SCREEN_LAYOUT, arg);
}

const struct pd_cmd pd_cmd_layout = {
	.name = "layout",
	.group = PD_GROUP_SCREEN,
	.args = { PD_ARG_WORD, PD_ARG_TEXT },
	.words = pd_screen_word_layout,
	.usage = "layout name|next|prev|zoom\nlayout save name",
	.summary = "Choose the panes of the full screen.",
	.help =
	    "src, asm, split, vars and full are there; `tui new-layout`\n"
	    "defines others.  next and prev go through them.  zoom shows\n"
	    "the pane in focus alone, and once more all of them.  save\n"
	    "keeps the present sizes under a name, for later sessions as\n"
	    "well.  Without a name, list the layouts.",
	.example = "layout src",
	.repeat = PD_REPEAT_SAME,
	.soft = true,
	.exec = run,
};
