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
 *
 * A line goes through aliases, is split at ;;, and is then a line of a command
 * list that is being defined (cmdlist.c), a command, or Python.  The commands
 * of a breakpoint come from the queue and have been through that; since 3.14
 * they go through it again.
 */
#include <string.h>

#include "cmds/walk.h"

void
pd_session_queue(struct pd_session *s, const char *text, const char *from)
{
	const char *p = text;
	size_t n = strlen(text);
	struct pd_qline *q;

	pd_parse_strip(&p, &n);
	/* In a file even those can belong to a statement of many lines. */
	if (from == NULL && (n == 0 || *p == '#'))
		return;
	q = PD_VEC_PUSH(&s->queue, struct pd_qline);
	q->text = pd_str_from(text);
	q->from = pd_str_from(from);
	q->rc = true;
	if (n == 0 || *p == '#')
		q->what = PD_QUEUED_BLANK;
}

/* What is behind a ;; goes in front of the queue, but behind it for a typed
 * line up to 3.12 (Lib/pdb.py precmd()). */
static void
queue_rest(struct pd_session *s, const char *p, size_t n,
    const struct pd_qline *of)
{
	struct pd_qline *v, q = { .rc = of != NULL && of->rc,
	    .what = of != NULL ? of->what : PD_QUEUED_LINE };

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
	unsigned caps = s->target->caps;

	if ((cmd->needs & process) != 0 && !s->alive) {
		pd_out_error(s->sink, "The program is not being run.");
		return false;
	}
	/* A core is closed for the program that it was opened beside. */
	if (s->program != NULL && s->launch.argv.n > 0)
		caps |= PD_CAP_START;
	if ((cmd->needs & ~caps) != 0 && (caps & PD_CAP_CORE) != 0) {
		pd_out_error(s->sink, "`%s` needs a %s; this is a core file",
		    cmd->name, (cmd->needs & PD_CAP_RUN) != 0 ?
		    "running program" : "program to start");
		return false;
	}
	if ((cmd->needs & ~caps) != 0) {
		pd_out_error(s->sink, "`%s` is not possible here: %s",
		    cmd->name, (cmd->needs & PD_CAP_RUN) != 0 ?
		    "it needs a running program" :
		    "this target cannot serve it");
		return false;
	}
	return true;
}

/* "FILE" of "FILE:LINE". */
static size_t
file_len(const struct pd_str *from)
{
	const char *colon = from->s != NULL ? strrchr(from->s, ':') : NULL;

	return colon != NULL ? (size_t)(colon - from->s) : 0;
}

/* The next line of the file that `of` comes from; false: there is none. */
static bool
next_of_file(struct pd_session *s, const struct pd_qline *of,
    struct pd_buf *text)
{
	size_t n = of != NULL ? file_len(&of->from) : 0;
	struct pd_qline q;

	if (n == 0 || s->queue.n == 0)
		return false;
	q = *PD_VEC_AT(&s->queue, struct pd_qline, 0);
	if (file_len(&q.from) != n || memcmp(q.from.s, of->from.s, n) != 0)
		return false;
	pd_buf_add(text, pd_str_c(&q.text), q.text.n);
	pd_vec_remove(&s->queue, 0, sizeof(q));
	pd_str_done(&q.text);
	pd_str_done(&q.from);
	return true;
}

/* Appends the lines that the statement still wants.  False: the input ended
 * before it did, told. */
static bool
read_rest(struct pd_session *s, const struct pd_qline *of,
    struct pd_buf *text)
{
	struct pd_check req = { .statement = true };
	struct pd_value v = { 0 };
	struct pd_err err;
	bool more = true, first = true, of_file = of != NULL &&
	    of->from.s != NULL;
	/* A script for pdb before 3.13 has no such lines. */
	bool asks = s->read_line != NULL && (s->terminal ||
	    s->py >= PD_PY(3, 13));

	/* As pdb, which looks at the first line with its newline: a loop that
	 * stands on one line is whole. */
	if (asks || of_file)
		pd_buf_addc(text, '\n');
	while (more && (asks || of_file)) {
		req.text = (struct pd_str){ (char *)pd_buf_c(text), text->n };
		if (s->target->ops->check(s->target, &req, &v, &err) < 0)
			return true;
		more = v.incomplete;
		pd_rec_done(&pd_value_desc, &v);
		if (!more)
			break;
		if (!first)
			pd_buf_addc(text, '\n');
		first = false;
		if (next_of_file(s, of, text))
			continue;
		if (!asks || of_file)
			break;
		if (s->read_line(s->read_ctx, "...   ", text) < 0) {
			pd_out(s->sink, PD_ROLE_TEXT, "\n\n");
			pd_str_done(&s->last_line);
			return false;
		}
	}
	if (first && (asks || of_file))
		text->s[--text->n] = '\0';
	return true;
}

static enum pd_cmd_status
exec_statement(struct pd_session *s, const struct pd_buf *text)
{
	struct pd_exec req = { .frame = s->frame };
	struct pd_value v = { 0 };
	struct pd_err err;
	enum pd_cmd_status rc = PD_CMD_STAY;

	req.text = pd_str_new(pd_buf_c(text), text->n);
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

static enum pd_cmd_status
run_statement(struct pd_session *s, const struct pd_parsed *p,
    const struct pd_qline *of)
{
	struct pd_buf text = { 0 };
	enum pd_cmd_status rc = PD_CMD_STAY;

	if (p->nstmt == 0)
		return PD_CMD_STAY;
	if (!pd_session_can(s, pd_cmd_find("!", 1)))
		return PD_CMD_FAILED;
	pd_out_flush(s->sink);
	pd_buf_add(&text, p->stmt, p->nstmt);
	if (read_rest(s, of, &text))
		rc = exec_statement(s, &text);
	pd_buf_done(&text);
	return rc;
}

static void
remember(struct pd_session *s, const struct pd_parsed *p)
{
	enum pd_repeat how = p->cmd != NULL ? p->cmd->repeat : PD_REPEAT_SAME;
	struct pd_str last = { 0 };

	if (p->bang)
		return;
	if (p->cmd != NULL && !pd_dialect_repeats(s, p->cmd))
		how = PD_REPEAT_NONE;
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
	else if (p->cmd->wants_arg && arg.n == 0 && s->py >= PD_PY(3, 14) &&
	    !pd_dialect_gdb(s))
		rc = pd_session_bad_arg(s, p->cmd, arg.s);
	else
		rc = p->cmd->exec(s, arg.s);
	pd_str_done(&arg);
	return rc;
}

/* A line without ;; in it; of is where it was queued, or NULL. */
static enum pd_cmd_status
run_one(struct pd_session *s, const char *line, size_t n,
    const struct pd_qline *of)
{
	struct pd_str copy = { 0 };
	struct pd_parsed p;
	enum pd_cmd_status rc;
	bool told;

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
	told = !pd_dialect_resolve(s, &p);
	pd_source_warn_edited(s, false, of != NULL &&
	    of->what == PD_QUEUED_COMMAND);
	if (of == NULL || of->what == PD_QUEUED_LINE)
		remember(s, &p);
	if (told)
		rc = PD_CMD_FAILED;
	else
		rc = p.cmd != NULL ? run_command(s, &p) :
		    run_statement(s, &p, of);
	pd_end_notice(s);
	pd_str_done(&copy);
	if (rc == PD_CMD_FAILED)
		s->errors++;
	return rc;
}

/* An `end` behind a list of commands that has ended by itself. */
static bool
is_idle_end(struct pd_session *s, const char *line, size_t n)
{
	bool idle = s->script.swallow_end;

	s->script.swallow_end = false;
	pd_parse_strip(&line, &n);
	return idle && n == 3 && memcmp(line, "end", 3) == 0;
}

static enum pd_cmd_status
run_split(struct pd_session *s, const char *line, size_t n,
    const struct pd_qline *of)
{
	size_t at = pd_parse_split(line, n);

	if (at < n)
		queue_rest(s, line + at + 2, n - at - 2, of);
	if (s->script.defining != 0) {
		pd_cmdlist_line(s, line, at, of != NULL ? &of->from : NULL);
		return PD_CMD_STAY;
	}
	return is_idle_end(s, line, at) ? PD_CMD_STAY :
	    run_one(s, line, at, of);
}

static enum pd_cmd_status
run_line(struct pd_session *s, const char *line, size_t n,
    const struct pd_qline *of)
{
	struct pd_str other = { 0 };
	enum pd_cmd_status rc;

	/* Up to 3.13 a breakpoint's commands are run as they stand. */
	if (of != NULL && of->what == PD_QUEUED_COMMAND &&
	    s->py < PD_PY(3, 14))
		return run_one(s, line, n, of);
	if (!pd_alias_expand(s, line, n, &other)) {
		s->errors++;
		return PD_CMD_FAILED;
	}
	if (other.s != NULL)
		rc = run_split(s, other.s, other.n, of);
	else
		rc = run_split(s, line, n, of);
	pd_str_done(&other);
	return rc;
}

enum pd_cmd_status
pd_session_line(struct pd_session *s, const char *line, size_t n)
{
	pd_session_before_prompt(s);
	return run_line(s, line, n, NULL);
}

enum pd_cmd_status
pd_session_key_line(struct pd_session *s, const char *line, size_t n)
{
	struct pd_qline of = { .what = PD_QUEUED_KEY };

	pd_session_before_prompt(s);
	return run_line(s, line, n, &of);
}

/* Where an error came from, if it came from a file. */
static void
tell_from(struct pd_session *s, const struct pd_qline *q)
{
	if (q->from.s != NULL && q->from.n > 0)
		pd_out(s->sink, PD_ROLE_NOTE, "[%s: %s]\n", q->from.s,
		    pd_str_c(&q->text));
}

/* What is queued and is no line: true. */
static bool
show_queued(struct pd_session *s, struct pd_qline *q)
{
	if (q->what == PD_QUEUED_LINE || q->what == PD_QUEUED_COMMAND ||
	    q->what == PD_QUEUED_KEY)
		return false;
	if (q->what == PD_QUEUED_SHOW)
		pd_stop_show_frame(s);
	else if (q->what == PD_QUEUED_SILENT)
		s->frame_unshown = false;
	pd_str_done(&q->text);
	pd_str_done(&q->from);
	return true;
}

/* Does it go on by itself: not what files and options hold. */
static bool
goes_on(const struct pd_qline *q)
{
	return !q->rc || (q->what != PD_QUEUED_LINE &&
	    q->what != PD_QUEUED_BLANK);
}

bool
pd_session_goes_on(struct pd_session *s)
{
	PD_VEC_EACH(&s->queue, struct pd_qline, q)
		if (goes_on(q))
			return true;
	return false;
}

/* Ctrl-C came between two lines: what a breakpoint's commands, or a ;;, would
 * go on with is dropped. */
static void
drop_rest(struct pd_session *s)
{
	bool dropped = false;

	for (size_t i = s->queue.n; i-- > 0;) {
		struct pd_qline *q = PD_VEC_AT(&s->queue, struct pd_qline, i);

		if (!goes_on(q))
			continue;
		pd_str_done(&q->text);
		pd_str_done(&q->from);
		pd_vec_remove(&s->queue, i, sizeof(*q));
		dropped = true;
	}
	if (!dropped)
		return;
	s->break_asked = false;
	s->break_answered = s->stop.interrupted = s->alive;
	pd_stop_tell_interrupted(s);
}

enum pd_cmd_status
pd_session_run_queue(struct pd_session *s)
{
	enum pd_cmd_status rc = PD_CMD_STAY;

	while (s->queue.n > 0 && !s->quit) {
		struct pd_qline q;

		if (s->break_asked)
			drop_rest(s);
		if (s->queue.n == 0)
			break;
		q = *PD_VEC_AT(&s->queue, struct pd_qline, 0);

		pd_vec_remove(&s->queue, 0, sizeof(q));
		if (show_queued(s, &q))
			continue;
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
	if (s->break_asked)
		s->break_answered = s->alive;
	s->break_asked = false;
	pd_stop_show_frame(s);
}

enum pd_cmd_status
pd_session_eof(struct pd_session *s)
{
	if (s->script.defining != 0) {
		pd_cmdlist_line(s, "end", 3, NULL);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
		return PD_CMD_STAY;
	}
	return run_one(s, "EOF", 3, NULL);
}

bool
pd_session_interrupted(struct pd_session *s)
{
	if (s->script.defining == 0)
		return false;
	pd_cmdlist_abort(s);
	return true;
}

const struct pd_str *
pd_session_prompt(struct pd_session *s)
{
	struct pd_buf b = { 0 };
	const char *p = pd_str_c(&s->prompt);
	size_t n = s->prompt.n;
	uint64_t depth = s->alive ? s->stop.depth : 0;

	if (s->script.defining == 0 && depth == 0)
		return &s->prompt;
	pd_str_done(&s->script.prompt);
	if (s->script.defining != 0) {
		s->script.prompt = pd_str_from("(com) ");
		return &s->script.prompt;
	}
	pd_parse_strip(&p, &n);
	for (uint64_t i = 0; i < depth; i++)
		pd_buf_addc(&b, '(');
	pd_buf_add(&b, p, n);
	for (uint64_t i = 0; i < depth; i++)
		pd_buf_addc(&b, ')');
	pd_buf_addc(&b, ' ');
	s->script.prompt = pd_buf_take(&b);
	return &s->script.prompt;
}
