/*
 * advance: runs to a place.
 */
#include <string.h>

#include "cmds/walk.h"
#include "rows.h"

/* A number that no breakpoint of the user's will have. */
#define OWN_BP	((uint64_t)1 << 40)

/* Frames on the stopped thread's stack; 0: it cannot be told. */
static uint64_t
stack_depth(struct pd_session *s)
{
	struct pd_frames_req req = { .max = 1 };
	struct pd_frames got = { 0 };
	struct pd_err err;
	uint64_t n = 0;

	if (s->target->ops->frames(s->target, &req, &got, &err) == 0)
		n = got.total;
	pd_rec_done(&pd_frames_desc, &got);
	return n;
}

/* Nothing but the place itself is why it has stopped. */
static bool
only_there(const struct pd_event *ev)
{
	bool there = false;

	if (ev->kind != PD_EVENT_STOP || ev->stop.finished ||
	    ev->stop.interrupted || ev->stop.notice.s != NULL)
		return false;
	PD_VEC_EACH(&ev->stop.bps, struct pd_bp_news, news) {
		if (news->id != OWN_BP && (news->hit || news->gone ||
		    news->error.s != NULL))
			return false;
		there = there || (news->id == OWN_BP && news->hit);
	}
	return there;
}

/* As pd_session_resume(), but a stop at the place counts only in the frame
 * that is selected now; deeper ones are passed, untold. */
static enum pd_cmd_status
resume_in_frame(struct pd_session *s, struct pd_resume *req)
{
	uint64_t from_outside, now = stack_depth(s);
	struct pd_event ev = { 0 };
	enum pd_cmd_status rc;
	struct pd_err err;

	if (s->postmortem || now <= s->frame)
		return pd_session_resume(s, req);
	from_outside = now - s->frame;
	pd_session_sigint(s, req);
	pd_out_flush(s->sink);
	for (;;) {
		req->frame = now - from_outside;
		if (s->target->ops->resume(s->target, req, &ev, &err) < 0) {
			pd_event_done(&ev);
			return pd_session_resume_failed(s, &err);
		}
		now = only_there(&ev) ? stack_depth(s) : 0;
		if (now <= from_outside)
			break;
		pd_session_bp_news(s, &ev.stop.bps);
		pd_event_done(&ev);
		memset(&ev, 0, sizeof(ev));
	}
	rc = pd_session_event(s, &ev);
	pd_event_done(&ev);
	return rc;
}

enum pd_cmd_status
pd_advance_to(struct pd_session *s, const struct pd_location *loc,
    bool own_frame)
{
	struct pd_resume req = { .mode = PD_RESUME_RETURN, .frame = s->frame,
	    .finish = true };
	struct pd_bp bp = { .id = OWN_BP, .file = loc->file,
	    .line = loc->line, .func = loc->func, .enabled = true,
	    .thread = own_frame ? s->stop.thread.id : 0 }, there;
	struct pd_bp_id id = { .id = OWN_BP };
	const struct pd_frame *f = pd_session_frame(s);
	struct pd_nothing nothing = { 0 };
	struct pd_err err;
	enum pd_cmd_status rc;

	/* The outermost frame's end is the program's. */
	if (f == NULL || f->is_module) {
		req.mode = PD_RESUME_CONTINUE;
		req.finish = false;
	}
	if (s->target->ops->bp_set(s->target, &bp, &there, &err) < 0)
		return pd_session_fail(s, &err);
	pd_rec_done(&pd_bp_desc, &there);
	rc = own_frame ? resume_in_frame(s, &req) : pd_session_resume(s, &req);
	if (s->alive && s->target->ops->bp_del(s->target, &id, &nothing,
	    &err) < 0)
		return pd_session_fail(s, &err);
	return rc;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_location loc = { 0 };
	enum pd_cmd_status rc = PD_CMD_FAILED;

	if (*arg == '\0')
		pd_out_error(s->sink, "advance wants a location");
	else if (pd_place_find(s, arg, &loc))
		rc = pd_advance_to(s, &loc, false);
	pd_rec_done(&pd_location_desc, &loc);
	return rc;
}

const struct pd_cmd pd_cmd_advance = {
	.name = "advance",
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_LOCATION },
	.usage = "advance location",
	.summary = "Run to a place.",
	.help =
	    "Run until the location is reached, which is given as for\n"
	    "break.  Unlike until it may lie anywhere, also above the\n"
	    "current line.  The program stops too when the selected\n"
	    "frame's function has returned.",
	.example = "advance orders.py:28",
	.needs = PD_CAP_RUN,
	.soft = true,
	.exec = run,
};
