/*
 * where: the stack, oldest frame first.
 */
#include <limits.h>

#include "cmds/room.h"
#include "rows.h"

static bool
is_shown(const struct pd_session *s, const struct pd_frame *f)
{
	return !f->hidden || f->index == s->frame;
}

/* Shows n of the frames: the newest, or the oldest if it is negative; 0: the
 * selected one. */
static void
show(struct pd_session *s, long n)
{
	struct pd_frame *v = s->stack.frames.v;
	long total = 0, at = 0;

	for (size_t i = 0; i < s->stack.frames.n; i++)
		total += is_shown(s, &v[i]);
	for (size_t i = s->stack.frames.n; i-- > 0;) {
		bool wanted = n == 0 ? v[i].index == s->frame :
		    n > 0 ? at >= total - n : at < -n;

		if (!is_shown(s, &v[i]))
			continue;
		at++;
		if (wanted)
			pd_session_print_frame(s, &v[i],
			    v[i].index == s->frame);
	}
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	long n = LONG_MAX;

	if (*arg != '\0' && !pd_parse_int(arg, &n)) {
		if (s->py >= PD_PY(3, 14)) {
			pd_out_error(s->sink, "Invalid count (%s)", arg);
			return PD_CMD_FAILED;
		}
		if (s->py >= PD_PY(3, 13))
			return pd_session_bad_arg(s, &pd_cmd_where, arg);
		n = LONG_MAX;
	}
	if (pd_session_stack(s) < 0)
		return PD_CMD_FAILED;
	show(s, n);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_where = {
	.name = "where",
	.aliases = { "w", "bt" },
	.group = PD_GROUP_STACK,
	.args = { PD_ARG_COUNT },
	.usage = "w(here) [count]",
	.summary = "Show the stack.",
	.help =
	    "Show the stack, the newest frame at the bottom.  An arrow\n"
	    "marks the selected frame, the one that expressions and list\n"
	    "are about.  With a count show that many of the newest frames,\n"
	    "with a negative one of the oldest, with 0 the selected one.\n"
	    "`bt` is the same.",
	.example = "w",
	.needs = PD_CAP_FRAMES,
	.exec = run,
};
