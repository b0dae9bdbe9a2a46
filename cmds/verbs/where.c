/*
 * where, bt: the stack (frames.c shows it).
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_frames_where(s, &pd_cmd_where, arg);
}

const struct pd_cmd pd_cmd_where = {
	.name = "where",
	.aliases = { "w", "bt" },
	.group = PD_GROUP_STACK,
	.args = { PD_ARG_COUNT },
	.usage = "w(here) [count] [full]",
	.summary = "Show the stack.",
	.help =
	    "Show the stack, the newest frame at the bottom.  An arrow\n"
	    "marks the selected frame, the one that expressions and list\n"
	    "are about.  With a count show that many of the newest frames,\n"
	    "with a negative one of the oldest, with 0 the selected one.\n"
	    "full adds the variables of each function.  `bt` is the same;\n"
	    "in the gdb dialect they show frames with their numbers, the\n"
	    "newest first.",
	.example = "w",
	.needs = PD_CAP_FRAMES,
	.exec = run,
};
