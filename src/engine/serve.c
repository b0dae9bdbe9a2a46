/*
 * Requests at a stop: one row each, by op.
 *
 * The loop reads a request, decodes it by its description, calls the row's
 * function and sends the reply or the error's text.  It blocks with the GIL
 * held: nothing of the program runs meanwhile.
 */
#include <stdlib.h>

#include "engine/core.h"

int
pd_serve_send(enum pd_kind kind, enum pd_op op, const void *rec)
{
	struct pd_err err;

	if (pd_chan_send(&pd_channel, kind, op, rec, &err) == 0)
		return 0;
	pd_log("wire", "cannot send op %d: %s", (int)op, err.msg);
	return -1;
}

static int
send_error(enum pd_op op, const struct pd_err *err)
{
	struct pd_text text = { .text = pd_str_from(err->msg) };
	int rc = pd_serve_send(PD_KIND_ERROR, op, &text);

	pd_rec_done(&pd_text_desc, &text);
	return rc;
}

static int
do_frames(const struct pd_frames_req *req, struct pd_frames *rep,
    struct pd_err *err)
{
	size_t end;

	(void)err;
	rep->total = pd_stop_stack.n;
	end = req->max != 0 && req->first + req->max < rep->total ?
	    (size_t)(req->first + req->max) : (size_t)rep->total;
	for (size_t i = (size_t)req->first; i < end; i++)
		pd_stack_record(&pd_stop_stack, i,
		    PD_VEC_PUSH(&rep->frames, struct pd_frame));
	return 0;
}

static int
do_bp_set(const struct pd_bp *req, struct pd_bp *rep, struct pd_err *err)
{
	if (req->id == 0 || req->file.s == NULL || req->line == 0)
		return pd_err_set(err, "breakpoint without number or place");
	if (req->print.s != NULL && pd_dprintf_check(&req->print, err) < 0)
		return -1;
	pd_bp_put(req);
	pd_rec_copy(&pd_bp_desc, rep, req);
	return 0;
}

static int
do_bp_del(const struct pd_bp_id *req, struct pd_nothing *rep,
    struct pd_err *err)
{
	(void)rep;
	(void)err;
	pd_bp_remove(req->id);
	return 0;
}

static int
do_python(const struct pd_nothing *req, struct pd_python *rep,
    struct pd_err *err)
{
	(void)req;
	(void)err;
	pd_python_describe(rep);
	return 0;
}

/* A row's function sees its own records; the wrapper has the common type. */
#define WRAP(name, fn, reqtype, reptype)				\
	static int							\
	name(const void *req, void *rep, struct pd_err *err)		\
	{								\
		return fn((const struct reqtype *)req,			\
		    (struct reptype *)rep, err);			\
	}
WRAP(serve_frames, do_frames, pd_frames_req, pd_frames)
WRAP(serve_eval, pd_eval_expr, pd_eval, pd_value)
WRAP(serve_exec, pd_eval_stmt, pd_exec, pd_value)
WRAP(serve_vars, pd_eval_vars, pd_vars_req, pd_vars)
WRAP(serve_source, pd_source_get, pd_source_req, pd_source)
WRAP(serve_locate, pd_locate_do, pd_locate, pd_location)
WRAP(serve_bp_set, do_bp_set, pd_bp, pd_bp)
WRAP(serve_bp_del, do_bp_del, pd_bp_id, pd_nothing)
WRAP(serve_check, pd_eval_check, pd_check, pd_value)
WRAP(serve_python, do_python, pd_nothing, pd_python)
WRAP(serve_threads, pd_select_list, pd_nothing, pd_threads)
WRAP(serve_thread, pd_select_thread, pd_thread_req, pd_thread)
WRAP(serve_skip, pd_skip_set, pd_skips, pd_nothing)
WRAP(serve_code, pd_disasm_do, pd_code_req, pd_code)
WRAP(serve_names, pd_names_do, pd_names_req, pd_names)
WRAP(serve_complete, pd_complete_do, pd_complete_req, pd_complete)
WRAP(serve_jump, pd_jump_do, pd_jump, pd_frame)
WRAP(serve_mark, pd_jump_mark, pd_mark, pd_frame)
WRAP(serve_stdio, pd_stdio_do, pd_stdio, pd_moved)
WRAP(serve_object, pd_object_source, pd_eval, pd_object)
WRAP(serve_exceptions, pd_chain_do, pd_exceptions_req, pd_exceptions)
WRAP(serve_children, pd_children_do, pd_children_req, pd_children)
WRAP(serve_dump, pd_gcore_do, pd_dump_req, pd_dump_report)
WRAP(serve_keep, pd_gcore_keep, pd_keep, pd_nothing)

static const struct {
	int	(*fn)(const void *, void *, struct pd_err *);
	bool	 stack;		/* wants the whole stack whatever it says */
} rows[PD_OP_MAX] = {
	[PD_OP_FRAMES] = { serve_frames, true },
	[PD_OP_EVAL] = { serve_eval, false },
	[PD_OP_EXEC] = { serve_exec, false },
	[PD_OP_VARS] = { serve_vars, false },
	[PD_OP_SOURCE] = { serve_source, true },
	[PD_OP_LOCATE] = { serve_locate, true },
	[PD_OP_BP_SET] = { serve_bp_set, false },
	[PD_OP_BP_DEL] = { serve_bp_del, false },
	[PD_OP_CHECK] = { serve_check, false },
	[PD_OP_PYTHON] = { serve_python, false },
	[PD_OP_THREADS] = { serve_threads, false },
	[PD_OP_THREAD] = { serve_thread, false },
	[PD_OP_SKIP] = { serve_skip, false },
	[PD_OP_CODE] = { serve_code, true },
	[PD_OP_NAMES] = { serve_names, true },
	[PD_OP_COMPLETE] = { serve_complete, true },
	[PD_OP_JUMP] = { serve_jump, true },
	[PD_OP_MARK] = { serve_mark, true },
	[PD_OP_STDIO] = { serve_stdio, false },
	[PD_OP_OBJECT] = { serve_object, true },
	[PD_OP_EXCEPTIONS] = { serve_exceptions, false },
	[PD_OP_CHILDREN] = { serve_children, false },
	[PD_OP_DUMP] = { serve_dump, false },
	[PD_OP_KEEP] = { serve_keep, false },
};

/* The frame index is the second thing that most requests have; the whole
 * stack is walked only for those that name another frame than the top. */
static bool
wants_stack(unsigned op, const void *req)
{
	switch (op) {
	case PD_OP_RESUME:
		return ((const struct pd_resume *)req)->frame > 0;
	case PD_OP_EVAL:
		return ((const struct pd_eval *)req)->frame > 0;
	case PD_OP_EXEC:
		return ((const struct pd_exec *)req)->frame > 0;
	case PD_OP_CHILDREN:
		return ((const struct pd_children_req *)req)->frame > 0;
	case PD_OP_VARS:
		return ((const struct pd_vars_req *)req)->frame > 0;
	default:
		return rows[op].stack;
	}
}

/* A request that ends the stop has no reply.  1: it does, filled out; 0: it
 * was refused, in words; -1: nothing can be sent any more. */
static int
resume(const struct pd_msg *m, struct pd_resume *out)
{
	struct pd_err err;

	if (pd_msg_body(m, out, &err) == 0) {
		if (wants_stack(m->op, out))
			pd_stop_need_stack();
		pd_wake_resume(out->answered);
		pd_wake_policy(!(out->sigint & PD_SIGINT_NOSTOP),
		    (out->sigint & PD_SIGINT_PASS) != 0);
		if (pd_run_plan(out, &err) == 0)
			return 1;
		pd_rec_done(&pd_resume_desc, out);
	}
	return send_error(PD_OP_RESUME, &err);
}

/* Answers one request. 0, or -1 when nothing can be sent any more. */
static int
answer(const struct pd_msg *m)
{
	const struct pd_op_row *row = pd_op_row(m->op);
	struct pd_err err;
	void *req, *rep;
	int rc;

	if (m->kind != PD_KIND_REQUEST || rows[m->op].fn == NULL) {
		pd_err_set(&err, "not a request: op %u", m->op);
		return send_error((enum pd_op)m->op, &err);
	}
	req = pd_xcalloc(1, row->body->size);
	rep = pd_xcalloc(1, row->reply->size);
	rc = pd_msg_body(m, req, &err);
	if (rc == 0) {
		if (wants_stack(m->op, req))
			pd_stop_need_stack();
		rc = rows[m->op].fn(req, rep, &err);
	}
	pd_wake_over();
	rc = rc == 0 ? pd_serve_send(PD_KIND_REPLY, (enum pd_op)m->op, rep) :
	    send_error((enum pd_op)m->op, &err);
	pd_rec_done(row->body, req);
	pd_rec_done(row->reply, rep);
	free(req);
	free(rep);
	return rc;
}

int
pd_serve(struct pd_resume *out)
{
	struct pd_msg m;
	struct pd_err err;
	int rc;

	for (;;) {
		bool resumes;

		rc = pd_chan_recv(&pd_channel, &m, false, &err);
		if (rc <= 0) {
			pd_log("wire", "no more requests: %s",
			    rc < 0 ? err.msg : "end of file");
			return -1;
		}
		resumes = m.kind == PD_KIND_REQUEST && m.op == PD_OP_RESUME;
		pd_wake_request();
		if (!resumes)
			pd_source_distrust();
		pd_gcore_next();
		rc = resumes ? resume(&m, out) : answer(&m);
		pd_msg_done(&m);
		if (rc != 0)
			return rc > 0 ? 0 : -1;
	}
}

int
pd_serve_output(const char *s, size_t n)
{
	struct pd_text text = { .text = pd_str_new(s, n) };
	struct pd_msg m;
	struct pd_err err;
	int rc;

	rc = pd_serve_send(PD_KIND_EVENT, PD_OP_OUTPUT, &text);
	pd_rec_done(&pd_text_desc, &text);
	if (rc < 0)
		return -1;
	if (pd_chan_recv(&pd_channel, &m, false, &err) <= 0)
		return -1;
	pd_msg_done(&m);
	return 0;
}

void
pd_serve_notice(const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	struct pd_text text;
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	text.text = pd_buf_take(&b);
	pd_serve_send(PD_KIND_EVENT, PD_OP_NOTICE, &text);
	pd_rec_done(&pd_text_desc, &text);
}

void
pd_serve_finish(bool system_exit, const struct pd_str *text)
{
	struct pd_finish f = { .system_exit = system_exit };

	if (text != NULL)
		f.text = pd_str_dup(text);
	pd_bp_report(&f.bps);
	pd_serve_send(PD_KIND_EVENT, PD_OP_FINISH, &f);
	pd_rec_done(&pd_finish_desc, &f);
}
