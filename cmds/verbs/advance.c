/*
 * advance: runs to a place.
 */
#include "cmds/walk.h"
#include "rows.h"

/* A number that no breakpoint of the user's will have. */
#define OWN_BP	((uint64_t)1 << 40)

enum pd_cmd_status
pd_advance_to(struct pd_session *s, const struct pd_location *loc)
{
	struct pd_resume req = { .mode = PD_RESUME_RETURN, .frame = s->frame,
	    .finish = true };
	struct pd_bp bp = { .id = OWN_BP, .file = loc->file,
	    .line = loc->line, .func = loc->func, .enabled = true }, there;
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
	rc = pd_session_resume(s, &req);
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
		rc = pd_advance_to(s, &loc);
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
