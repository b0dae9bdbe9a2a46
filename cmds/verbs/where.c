/*
 * where: the stack, oldest frame first.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_frame *v;

	(void)arg;
	if (pd_session_stack(s) < 0)
		return PD_CMD_FAILED;
	v = s->stack.frames.v;
	for (size_t i = s->stack.frames.n; i-- > 0; )
		if (!v[i].hidden || v[i].index == s->frame)
			pd_session_print_frame(s, &v[i],
			    v[i].index == s->frame);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_where = {
	.name = "where",
	.aliases = { "w", "bt" },
	.group = PD_GROUP_STACK,
	.usage = "w(here)",
	.summary = "Show the stack.",
	.help =
	    "Show the stack, the newest frame at the bottom.  An arrow\n"
	    "marks the selected frame, the one that expressions and list\n"
	    "are about.  `bt` is the same.",
	.example = "w",
	.needs = PD_CAP_FRAMES,
	.no_args = true,
	.exec = run,
};
