/*
 * until: a loop's way out.
 */
#include <string.h>

#include "cmds/walk.h"
#include "rows.h"

/* gdb's: to a place anywhere, but in this frame; or the frame returns. */
static enum pd_cmd_status
to_place(struct pd_session *s, const char *arg)
{
	struct pd_location loc = { 0 };
	enum pd_cmd_status rc = PD_CMD_FAILED;

	if (pd_place_find(s, arg, &loc))
		rc = pd_advance_to(s, &loc, true);
	pd_rec_done(&pd_location_desc, &loc);
	return rc;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_resume req = { .mode = PD_RESUME_UNTIL, .frame = s->frame };
	const struct pd_frame *f = pd_session_frame(s);
	struct pd_buf b = { 0 };
	long line;

	if (*arg == '\0')
		return pd_session_resume(s, &req);
	if (pd_dialect_gdb(s))
		return to_place(s, arg);
	if (!pd_parse_int(arg, &line)) {
		pd_parse_repr(&b, arg, strlen(arg));
		pd_out_error(s->sink, "Error in argument: %s", pd_buf_c(&b));
		pd_buf_done(&b);
		return PD_CMD_FAILED;
	}
	if (f != NULL && line <= pd_frame_now(f)) {
		pd_out_error(s->sink, "\"until\" line number is smaller than "
		    "current line number");
		return PD_CMD_FAILED;
	}
	req.line = (uint64_t)line;
	return pd_session_resume(s, &req);
}

const struct pd_cmd pd_cmd_until = {
	.name = "until",
	.aliases = { "unt" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_COUNT },
	.usage = "unt(il) [lineno]",
	.summary = "Run to a line further down.",
	.help =
	    "Without an argument, run until a line with a greater number\n"
	    "than the current one is reached; at the end of a loop that\n"
	    "leaves it.  With a line number, run until that line or one\n"
	    "behind it is reached.  Either way stop when the selected\n"
	    "frame returns.  In the gdb dialect the argument is any\n"
	    "location, which is waited for in this frame only.",
	.example = "until 29",
	.needs = PD_CAP_RUN,
	.exec = run,
};
