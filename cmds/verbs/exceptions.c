/*
 * exceptions: those that led to one another.
 */
#include "cmds/room.h"
#include "rows.h"

static void
list(struct pd_session *s, const struct pd_exceptions *e)
{
	uint64_t i = 0;

	PD_VEC_EACH(&e->excs, struct pd_exc, x) {
		pd_out(s->sink, PD_ROLE_MARK, i == e->current ? "> " : "  ");
		if (x->has_tb)
			pd_out(s->sink, PD_ROLE_LINE, "%3llu ",
			    (unsigned long long)i);
		else
			pd_out(s->sink, PD_ROLE_LINE, "  - ");
		pd_out_str(s->sink, PD_ROLE_VALUE, &x->text);
		if (x->of != 0)
			pd_out(s->sink, PD_ROLE_TEXT, x->member ?
			    "  [in %llu]" : "  [led to %llu]",
			    (unsigned long long)x->of - 1);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
		i++;
	}
}

/* The stack is another one now. */
static enum pd_cmd_status
look_at(struct pd_session *s)
{
	const struct pd_frame *f;

	pd_rec_done(&pd_frames_desc, &s->stack);
	s->have_stack = false;
	s->frame_unshown = false;
	if (pd_session_stack(s) < 0 || s->stack.frames.n == 0)
		return PD_CMD_FAILED;
	f = PD_VEC_AT(&s->stack.frames, struct pd_frame, 0);
	pd_rec_done(&pd_frame_desc, &s->stop.frame);
	pd_rec_copy(&pd_frame_desc, &s->stop.frame, f);
	pd_session_select(s, 0);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_exceptions_req req = { .select = *arg != '\0' };
	struct pd_exceptions rep = { 0 };
	enum pd_cmd_status rc = PD_CMD_STAY;
	struct pd_err err;
	long n = 0;

	if (!s->postmortem && s->stop.kind != PD_STOP_CORE) {
		pd_out(s->sink, PD_ROLE_NOTE, "Did not find chained "
		    "exceptions. To move between exceptions, pdb/post_mortem "
		    "must be given an exception object rather than a "
		    "traceback.\n");
		return PD_CMD_STAY;
	}
	if (req.select && !pd_parse_int(arg, &n)) {
		pd_out_error(s->sink, "Argument must be an integer");
		return PD_CMD_FAILED;
	}
	req.index = n < 0 ? UINT64_MAX : (uint64_t)n;
	if (s->target->ops->exceptions(s->target, &req, &rep, &err) < 0)
		rc = pd_session_fail(s, &err);
	else if (req.select)
		rc = look_at(s);
	else
		list(s, &rep);
	pd_rec_done(&pd_exceptions_desc, &rep);
	return rc;
}

const struct pd_cmd pd_cmd_exceptions = {
	.name = "exceptions",
	.group = PD_GROUP_STACK,
	.args = { PD_ARG_COUNT },
	.usage = "exceptions [number]",
	.summary = "Show the exceptions that led to one another.",
	.help =
	    "In a post mortem list the exception that ended the program\n"
	    "and those that led to it, the oldest first.  In a core file\n"
	    "those that a group holds come behind.  With a number look\n"
	    "at the stack of that one.",
	.example = "exceptions 0",
	.needs = PD_CAP_FRAMES,
	.exec = run,
};
