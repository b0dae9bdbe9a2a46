/*
 * frame: selects a frame by its number.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_frame *f;

	if (*arg != '\0')
		return pd_frames_select(s, arg);
	f = pd_session_frame(s);
	if (f == NULL) {
		pd_out_error(s->sink, "no frame is selected");
		return PD_CMD_FAILED;
	}
	pd_session_print_frame(s, f, true);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_frame = {
	.name = "frame",
	.aliases = { "f" },
	.group = PD_GROUP_STACK,
	.args = { PD_ARG_COUNT },
	.usage = "f(rame) [number]",
	.summary = "Select a frame by its number.",
	.help =
	    "Select the frame with that number and show it; 0 is the\n"
	    "innermost one, where the program has stopped.  Without a\n"
	    "number show the selected frame.  `info frame` tells its\n"
	    "number, and in the gdb dialect `bt` those of all.",
	.example = "frame 2",
	.needs = PD_CAP_FRAMES,
	.soft = true,
	.exec = run,
};
