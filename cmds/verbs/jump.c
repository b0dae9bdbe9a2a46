/*
 * jump: goes on at another line.
 */
#include <string.h>

#include "cmds/walk.h"
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
	if (!pd_dialect_gdb(s))
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
 * A stop that is in no event of the interpreter: a trap's, or one within an
 * instruction.  The next instruction has one, in the same frame unless that was
 * a call or its end; the line may be another, where a loop goes back.  False:
 * it is somewhere else now, or gone; told.
 */
static bool
into_event(struct pd_session *s)
{
	struct pd_resume req = { .mode = PD_RESUME_EVENT, .insn = true };
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
		/* What has stopped there is still what did. */
		ev.stop.bps = s->stop.bps;
		s->stop.bps = (struct pd_vec){ 0 };
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

/* gdb's: any location; of use is one in the frame's file.  False: told. */
static bool
find_place(struct pd_session *s, const char *arg, long *line)
{
	const struct pd_frame *f = pd_session_frame(s);
	struct pd_location loc = { 0 };
	bool ok = pd_place_find(s, arg, &loc);

	if (ok && f != NULL && !pd_str_eq(&loc.file, pd_str_c(&f->file))) {
		pd_out_error(s->sink, "Jump failed: %s:%llu is not in the "
		    "frame's code", pd_str_c(&loc.file),
		    (unsigned long long)loc.line);
		ok = false;
	}
	*line = (long)loc.line;
	pd_rec_done(&pd_location_desc, &loc);
	return ok;
}

/* The line that the argument names.  False: told. */
static bool
find_line(struct pd_session *s, const char *arg, long *line)
{
	if (!pd_parse_int(arg, line)) {
		if (pd_dialect_gdb(s) && *arg != '\0')
			return find_place(s, arg, line);
		pd_out_error(s->sink,
		    "The 'jump' command requires a line number");
		return false;
	}
	if (pd_dialect_gdb(s) && (*arg == '+' || *arg == '-'))
		*line += (long)s->stop.frame.line;
	if (*line < 0) {
		pd_out_error(s->sink, "Jump failed: line %ld comes before "
		    "the current code block", *line);
		return false;
	}
	return true;
}

/* gdb does not stay at the line. */
static enum pd_cmd_status
run_on(struct pd_session *s)
{
	pd_out(s->sink, PD_ROLE_NOTE, "Continuing at ");
	pd_out_str(s->sink, PD_ROLE_FILE, &s->stop.frame.file);
	pd_out(s->sink, PD_ROLE_NOTE, ":%llu.\n",
	    (unsigned long long)s->stop.frame.line);
	return pd_resume_mode(s, PD_RESUME_CONTINUE);
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
	if (!find_line(s, arg, &line))
		return PD_CMD_FAILED;
	req.line = (uint64_t)line;
	pd_out_flush(s->sink);
	if (jump(s, &req, &f, &err) < 0) {
		pd_session_fail(s, &err);
		if (!s->frame_unshown && s->stop.frame.line != before)
			pd_session_print_frame(s, &s->stop.frame, true);
		return PD_CMD_FAILED;
	}
	moved(s, &f);
	return pd_dialect_gdb(s) ? run_on(s) : PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_jump = {
	.name = "jump",
	.aliases = { "j" },
	.group = PD_GROUP_RUNNING,
	.wants_arg = true,
	.args = { PD_ARG_COUNT },
	.usage = "j(ump) lineno",
	.summary = "Go on at another line.",
	.help =
	    "Set the line that is run next, to skip code or to run it\n"
	    "again.  Only in the innermost frame, and not everywhere: not\n"
	    "into a loop, say, and not out of a finally block.  Python\n"
	    "says where it cannot be.  In the gdb dialect the argument\n"
	    "is any location, and the program runs on from there.",
	.example = "jump 28",
	.needs = PD_CAP_RUN,
	.exec = run,
};
