/*
 * interact: an interpreter with the frame's names.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

/* Does the text want another line? */
static bool
is_incomplete(struct pd_session *s, const struct pd_buf *text)
{
	struct pd_check req = { .statement = true };
	struct pd_value v = { 0 };
	struct pd_err err;
	bool more;

	req.text = pd_str_new(pd_buf_c(text), text->n);
	more = s->target->ops->check(s->target, &req, &v, &err) == 0 &&
	    v.incomplete;
	pd_str_done(&req.text);
	pd_rec_done(&pd_value_desc, &v);
	return more;
}

/* A statement; false at the end of the input. */
static bool
read_statement(struct pd_session *s, struct pd_buf *text)
{
	pd_buf_reset(text);
	if (s->read_line(s->read_ctx, ">>> ", text) < 0)
		return false;
	while (is_incomplete(s, text)) {
		pd_buf_addc(text, '\n');
		if (s->read_line(s->read_ctx, "... ", text) < 0)
			return false;
	}
	return true;
}

/* Runs it; false: it wants to leave. */
static bool
run_statement(struct pd_session *s, struct pd_exec *req)
{
	struct pd_value v = { 0 };
	struct pd_err err;
	bool stay = true;

	if (s->target->ops->exec(s->target, req, &v, &err) < 0) {
		pd_session_fail(s, &err);
		return false;
	}
	if (v.failed) {
		stay = v.text.s != NULL;
		pd_out_str(s->sink, PD_ROLE_ERROR, &v.text);
	}
	pd_rec_done(&pd_value_desc, &v);
	return stay;
}

static void
converse(struct pd_session *s)
{
	struct pd_exec req = { .frame = s->frame, .console = true,
	    .fresh = true };
	struct pd_buf text = { 0 };

	while (run_statement(s, &req)) {
		req.fresh = false;
		if (!read_statement(s, &text)) {
			pd_out(s->sink, PD_ROLE_TEXT, "\n");
			break;
		}
		req.text = (struct pd_str){ (char *)pd_buf_c(&text),
		    text.n };
		pd_out_flush(s->sink);
	}
	pd_buf_done(&text);
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	bool own = s->py >= PD_PY(3, 13);

	(void)arg;
	if (s->read_line == NULL) {
		pd_out_error(s->sink, "interact needs an input to read from");
		return PD_CMD_FAILED;
	}
	pd_out(s->sink, PD_ROLE_NOTE, own ? "*pdb interact start*\n" :
	    "*interactive*\n");
	converse(s);
	pd_out(s->sink, PD_ROLE_NOTE, own ?
	    "*exit from pdb interact command*\n" :
	    "now exiting InteractiveConsole...\n");
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_interact = {
	.name = "interact",
	.group = PD_GROUP_SESSION,
	.usage = "interact",
	.summary = "Start an interpreter with the frame's names.",
	.help =
	    "Start an interactive interpreter whose names are copies of\n"
	    "the selected frame's: what is assigned there does not reach\n"
	    "the program.  It ends at the end of the input (Ctrl-D), or by\n"
	    "exit().",
	.example = "interact",
	.needs = PD_CAP_EVAL | PD_CAP_RUN,
	.exec = run,
};
