/*
 * jump: goes on at another line.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

/* The frame is somewhere else now. */
static void
moved(struct pd_session *s, struct pd_frame *f)
{
	pd_rec_done(&pd_frames_desc, &s->stack);
	s->have_stack = false;
	pd_rec_done(&pd_frame_desc, &s->stop.frame);
	s->stop.frame = *f;
	s->list_line = 0;
	s->frame_unshown = false;
	pd_session_print_frame(s, &s->stop.frame, true);
}

/* The innermost frame's own number; 0: it has none. */
static uint64_t
mark(struct pd_session *s)
{
	struct pd_mark req = { 0 };
	struct pd_frame f = { 0 };
	struct pd_err err;
	uint64_t n = 0;

	if (s->target->ops->mark(s->target, &req, &f, &err) == 0)
		n = f.mark;
	pd_rec_done(&pd_frame_desc, &f);
	return n;
}

/*
 * A stop that is in no event of the interpreter: one instruction further there
 * is one, in the same frame unless the instruction was a call or its end; the
 * line may be another, where a loop goes back.  False: it is somewhere else
 * now, or gone; told.
 */
static bool
into_event(struct pd_session *s)
{
	struct pd_resume req = { .mode = PD_RESUME_STEP, .insn = true };
	struct pd_event ev = { 0 };
	uint64_t frame = mark(s);
	struct pd_err err;
	bool same;

	if (s->target->ops->resume(s->target, &req, &ev, &err) < 0) {
		pd_session_fail(s, &err);
		return false;
	}
	same = ev.kind == PD_EVENT_STOP && ev.stop.kind == PD_STOP_LINE &&
	    frame != 0 && ev.stop.frame.mark == frame && ev.stop.bps.n == 0;
	if (same) {
		pd_stop_forget(s);
		s->stop = ev.stop;
		memset(&ev.stop, 0, sizeof(ev.stop));
	} else {
		pd_session_event(s, &ev);
	}
	pd_event_done(&ev);
	return same;
}

static int
jump(struct pd_session *s, const struct pd_jump *req, struct pd_frame *f,
    struct pd_err *err)
{
	if (s->target->ops->jump(s->target, req, f, err) == 0)
		return 0;
	if (s->postmortem || strstr(err->msg, "only be set in a trace") == NULL)
		return -1;
	if (!into_event(s))
		return pd_err_set(err, "Jump failed: there is no way from "
		    "here");
	return s->target->ops->jump(s->target, req, f, err);
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_jump req = { .frame = s->frame };
	struct pd_frame f = { 0 };
	uint64_t before = s->stop.frame.line;
	struct pd_err err;
	long line;

	if (s->frame != 0) {
		pd_out_error(s->sink,
		    "You can only jump within the bottom frame");
		return PD_CMD_FAILED;
	}
	if (!pd_parse_int(arg, &line)) {
		pd_out_error(s->sink,
		    "The 'jump' command requires a line number");
		return PD_CMD_FAILED;
	}
	if (line < 0) {
		pd_out_error(s->sink, "Jump failed: line %ld comes before "
		    "the current code block", line);
		return PD_CMD_FAILED;
	}
	req.line = (uint64_t)line;
	pd_out_flush(s->sink);
	if (jump(s, &req, &f, &err) < 0) {
		pd_session_fail(s, &err);
		if (!s->frame_unshown && s->stop.frame.line != before)
			pd_session_print_frame(s, &s->stop.frame, true);
		return PD_CMD_FAILED;
	}
	moved(s, &f);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_jump = {
	.name = "jump",
	.aliases = { "j" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_COUNT },
	.usage = "j(ump) lineno",
	.summary = "Go on at another line.",
	.help =
	    "Set the line that is run next, to skip code or to run it\n"
	    "again.  Only in the innermost frame, and not everywhere: not\n"
	    "into a loop, say, and not out of a finally block.  Python\n"
	    "says where it cannot be.",
	.example = "jump 20",
	.needs = PD_CAP_RUN,
	.exec = run,
};
