/*
 * Lines: typed ones, queued ones, the empty one.
 *
 * States.  The queue holds what is to run before anything is read: lines of rc
 * files and options (rc), and what stood behind a ;; (not rc).  A stop
 * leaves frame_unshown set.  Who takes the next line decides whether the frame
 * is shown first:
 *   - the prompt: always;
 *   - a rc line: never (pdb runs them before it shows the frame);
 *   - a remainder of ;; : up to 3.12, where pdb shows the frame before it
 *     looks at its command queue; not from 3.13 on, where it shows it only when
 *     it is about to ask.
 * The queue survives stops and restarts, as pdb's does.
 */
#include <string.h>

#include "cmds/room.h"

void
pd_session_queue(struct pd_session *s, const char *text, const char *from)
{
	const char *p = text;
	size_t n = strlen(text);
	struct pd_qline *q;

	pd_parse_strip(&p, &n);
	if (n == 0 || *p == '#')
		return;
	q = PD_VEC_PUSH(&s->queue, struct pd_qline);
	q->text = pd_str_new(p, n);
	q->from = pd_str_from(from);
	q->rc = true;
}

/* What is behind a ;; goes in front of the queue, but behind it for a typed
 * line up to 3.12 (Lib/pdb.py precmd()). */
static void
queue_rest(struct pd_session *s, const char *p, size_t n,
    const struct pd_qline *of)
{
	struct pd_qline *v, q = { .rc = of != NULL && of->rc };

	pd_parse_strip(&p, &n);
	q.text = pd_str_new(p, n);
	if (of != NULL && of->from.s != NULL)
		q.from = pd_str_dup(&of->from);
	PD_VEC_PUSH(&s->queue, struct pd_qline);
	v = s->queue.v;
	if (q.rc || s->py >= PD_PY(3, 13)) {
		memmove(v + 1, v, (s->queue.n - 1) * sizeof(*v));
		v[0] = q;
	} else {
		v[s->queue.n - 1] = q;
	}
}

bool
pd_session_can(struct pd_session *s, const struct pd_cmd *cmd)
{
	unsigned process = PD_CAP_FRAMES | PD_CAP_EVAL | PD_CAP_RUN;

	if ((cmd->needs & process) != 0 && !s->alive) {
		pd_out_error(s->sink, "The program is not being run.");
		return false;
	}
	if ((cmd->needs & ~s->target->caps) != 0) {
		pd_out_error(s->sink, "`%s` is not possible here: %s",
		    cmd->name, (cmd->needs & PD_CAP_RUN) != 0 ?
		    "it needs a running program" :
		    "this target cannot serve it");
		return false;
	}
	return true;
}

static enum pd_cmd_status
run_statement(struct pd_session *s, const struct pd_parsed *p)
{
	struct pd_exec req = { .frame = s->frame };
	struct pd_value v = { 0 };
	struct pd_err err;
	enum pd_cmd_status rc = PD_CMD_STAY;

	if (p->nstmt == 0)
		return PD_CMD_STAY;
	if (!pd_session_can(s, pd_cmd_find("!", 1)))
		return PD_CMD_FAILED;
	pd_out_flush(s->sink);
	req.text = pd_str_new(p->stmt, p->nstmt);
	if (s->target->ops->exec(s->target, &req, &v, &err) < 0) {
		rc = pd_session_fail(s, &err);
	} else if (v.failed) {
		pd_out(s->sink, PD_ROLE_ERROR, "*** ");
		pd_out_str(s->sink, PD_ROLE_ERROR, &v.text);
		pd_out(s->sink, PD_ROLE_ERROR, "\n");
		rc = PD_CMD_FAILED;
	}
	pd_str_done(&req.text);
	pd_rec_done(&pd_value_desc, &v);
	return rc;
}

static void
remember(struct pd_session *s, const struct pd_parsed *p)
{
	enum pd_repeat how = p->cmd != NULL ? p->cmd->repeat : PD_REPEAT_SAME;
	struct pd_str last = { 0 };

	if (p->bang)
		return;
	if (how == PD_REPEAT_BARE)
		last = pd_str_from(p->cmd->name);
	else if (how == PD_REPEAT_SAME)
		last = pd_str_new(p->line, p->n);
	pd_str_done(&s->last_line);
	s->last_line = last;
}

static enum pd_cmd_status
run_command(struct pd_session *s, const struct pd_parsed *p)
{
	struct pd_str arg;
	enum pd_cmd_status rc;

	if (!pd_session_can(s, p->cmd))
		return PD_CMD_FAILED;
	arg = pd_str_new(p->arg, p->narg);
	if (p->cmd->no_args && arg.n > 0 && s->py >= PD_PY(3, 13))
		rc = pd_session_bad_arg(s, p->cmd, arg.s);
	else
		rc = p->cmd->exec(s, arg.s);
	pd_str_done(&arg);
	return rc;
}

/* A line without ;; in it. */
static enum pd_cmd_status
run_one(struct pd_session *s, const char *line, size_t n)
{
	struct pd_str copy = { 0 };
	struct pd_parsed p;
	enum pd_cmd_status rc;

	pd_parse_strip(&line, &n);
	if (n == 0) {
		if (s->last_line.n == 0)
			return PD_CMD_STAY;
		line = s->last_line.s;
		n = s->last_line.n;
	}
	/* last_line changes on the way. */
	copy = pd_str_new(line, n);
	pd_parse_line(copy.s, copy.n, &p);
	pd_source_warn_edited(s);
	remember(s, &p);
	rc = p.cmd != NULL ? run_command(s, &p) : run_statement(s, &p);
	pd_str_done(&copy);
	if (rc == PD_CMD_FAILED)
		s->errors++;
	return rc;
}

static enum pd_cmd_status
run_line(struct pd_session *s, const char *line, size_t n,
    const struct pd_qline *of)
{
	size_t at = pd_parse_split(line, n);

	if (at < n)
		queue_rest(s, line + at + 2, n - at - 2, of);
	return run_one(s, line, at);
}

enum pd_cmd_status
pd_session_line(struct pd_session *s, const char *line, size_t n)
{
	pd_session_before_prompt(s);
	return run_line(s, line, n, NULL);
}

/* Where an error came from, if it came from a file. */
static void
tell_from(struct pd_session *s, const struct pd_qline *q)
{
	if (q->from.s != NULL && q->from.n > 0)
		pd_out(s->sink, PD_ROLE_NOTE, "[%s: %s]\n", q->from.s,
		    pd_str_c(&q->text));
}

enum pd_cmd_status
pd_session_run_queue(struct pd_session *s)
{
	enum pd_cmd_status rc = PD_CMD_STAY;

	while (s->queue.n > 0 && !s->quit) {
		struct pd_qline q = *PD_VEC_AT(&s->queue, struct pd_qline, 0);

		pd_vec_remove(&s->queue, 0, sizeof(q));
		if (!q.rc && s->py < PD_PY(3, 13))
			pd_stop_show_frame(s);
		rc = run_line(s, q.text.s, q.text.n, &q);
		if (rc == PD_CMD_FAILED)
			tell_from(s, &q);
		pd_str_done(&q.text);
		pd_str_done(&q.from);
	}
	return s->quit ? PD_CMD_QUIT : rc;
}

void
pd_session_before_prompt(struct pd_session *s)
{
	pd_stop_show_frame(s);
	pd_out_flush(s->sink);
}

enum pd_cmd_status
pd_session_eof(struct pd_session *s)
{
	return run_one(s, "EOF", 3);
}
