/*
 * The fake target: a script instead of a program.  See fake.h.
 *
 * For the tests of cmds and for their fuzzing; never in the product.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "target/fake-script.h"

static struct fake *
fake_of(struct pd_target *t)
{
	return (struct fake *)t;
}

static const struct rule *
find(struct fake *f, const char *verb, const struct pd_str *key)
{
	PD_VEC_EACH(&f->rules, struct rule, r)
		if (strcmp(r->verb, verb) == 0 &&
		    pd_str_eq(&r->key, pd_str_c(key)))
			return r;
	return NULL;
}

static struct fake_event *
current(struct fake *f)
{
	return f->alive && f->next > 0 ? PD_VEC_AT(&f->events,
	    struct fake_event, f->next - 1) : NULL;
}

const struct pd_vec *
pd_fake_stack(struct fake *f)
{
	struct fake_event *e = current(f);

	return e != NULL ? &e->frames : NULL;
}

static int
next_event(struct fake *f, struct pd_event *ev, struct pd_err *err)
{
	struct fake_event *e;

	if (f->next >= f->events.n)
		return pd_err_set(err, "the script has no more events");
	e = PD_VEC_AT(&f->events, struct fake_event, f->next++);
	memset(ev, 0, sizeof(*ev));
	ev->kind = e->ev.kind;
	ev->code = e->ev.code;
	ev->finished = e->ev.finished;
	ev->detached = e->ev.detached;
	ev->last = pd_str_dup(&e->ev.last);
	pd_rec_copy(&pd_finish_desc, &ev->finish, &e->ev.finish);
	pd_rec_copy(&pd_stop_desc, &ev->stop, &e->ev.stop);
	f->alive = ev->kind == PD_EVENT_STOP;
	if (e->frames.n > 0)
		pd_rec_copy(&pd_frame_desc, &ev->stop.frame, e->frames.v);
	return 0;
}

static int
fake_start(struct pd_target *t, const struct pd_launch *l, struct pd_event *ev,
    struct pd_err *err)
{
	struct fake *f = fake_of(t);

	pd_buf_adds(&f->log, "start");
	PD_VEC_EACH(&l->argv, struct pd_str, a)
		pd_buf_addf(&f->log, " %s", pd_str_c(a));
	pd_buf_addc(&f->log, '\n');
	return next_event(f, ev, err);
}

static int
fake_resume(struct pd_target *t, const struct pd_resume *r,
    struct pd_event *ev, struct pd_err *err)
{
	static const char *const modes[] = { "continue", "step", "next",
	    "return", "until", "quit" };
	struct fake *f = fake_of(t);

	pd_buf_addf(&f->log, "resume %s frame %llu", modes[r->mode],
	    (unsigned long long)r->frame);
	if (r->line != 0)
		pd_buf_addf(&f->log, " line %llu",
		    (unsigned long long)r->line);
	pd_buf_addc(&f->log, '\n');
	if (r->mode != PD_RESUME_QUIT)
		return next_event(f, ev, err);
	memset(ev, 0, sizeof(*ev));
	ev->kind = PD_EVENT_EXITED;
	ev->finished = true;
	f->alive = false;
	return 0;
}

static int
fake_interrupt(struct pd_target *t, struct pd_err *err)
{
	(void)err;
	pd_buf_adds(&fake_of(t)->log, "interrupt\n");
	return 0;
}

static int
fake_kill(struct pd_target *t, struct pd_err *err)
{
	(void)err;
	pd_buf_adds(&fake_of(t)->log, "kill\n");
	fake_of(t)->alive = false;
	return 0;
}

static int
fake_frames(struct pd_target *t, const struct pd_frames_req *q,
    struct pd_frames *out, struct pd_err *err)
{
	struct fake_event *e = current(fake_of(t));

	memset(out, 0, sizeof(*out));
	if (e == NULL)
		return pd_err_set(err, "the fake program is not stopped");
	PD_VEC_EACH(&e->frames, struct pd_frame, fr)
		if (fr->index >= q->first && (q->max == 0 ||
		    fr->index - q->first < q->max))
			pd_rec_copy(&pd_frame_desc,
			    PD_VEC_PUSH(&out->frames, struct pd_frame), fr);
	out->total = e->frames.n;
	return 0;
}

static void
value_of(const struct rule *good, const struct rule *bad,
    const struct pd_str *text, struct pd_value *v)
{
	memset(v, 0, sizeof(*v));
	v->failed = good == NULL;
	if (good != NULL)
		v->text = pd_str_dup(&good->value);
	else if (bad != NULL)
		v->text = pd_str_dup(&bad->value);
	else
		v->text = pd_strf("NameError: name '%s' is not defined",
		    pd_str_c(text));
}

static int
fake_eval(struct pd_target *t, const struct pd_eval *q, struct pd_value *v,
    struct pd_err *err)
{
	struct fake *f = fake_of(t);

	(void)err;
	value_of(find(f, "eval", &q->text), find(f, "fail", &q->text),
	    &q->text, v);
	return 0;
}

static int
fake_exec(struct pd_target *t, const struct pd_exec *q, struct pd_value *v,
    struct pd_err *err)
{
	struct fake *f = fake_of(t);
	const struct rule *r = find(f, "exec", &q->text);

	(void)err;
	value_of(r, find(f, "fail", &q->text), &q->text, v);
	if (r != NULL && r->value.n > 0) {
		t->output(t->ctx, r->value.s, r->value.n);
		t->output(t->ctx, "\n", 1);
	}
	return 0;
}

static int
fake_vars(struct pd_target *t, const struct pd_vars_req *q,
    struct pd_vars *out, struct pd_err *err)
{
	(void)q;
	(void)err;
	memset(out, 0, sizeof(*out));
	PD_VEC_EACH(&fake_of(t)->rules, struct rule, r) {
		struct pd_var *var;

		if (strcmp(r->verb, "var") != 0)
			continue;
		var = PD_VEC_PUSH(&out->vars, struct pd_var);
		var->name = pd_str_dup(&r->key);
		var->undefined = pd_str_eq(&r->value, "undefined");
		var->value.text = pd_str_dup(&r->value);
	}
	return 0;
}

static int
fake_source(struct pd_target *t, const struct pd_source_req *q,
    struct pd_source *out, struct pd_err *err)
{
	const struct rule *r = find(fake_of(t), "text", &q->file);

	(void)err;
	memset(out, 0, sizeof(*out));
	if (r != NULL)
		out->text = pd_str_dup(&r->value);
	return 0;
}

/* Line n of a text; its end at the end. */
static const char *
text_line(const char *text, uint64_t n)
{
	for (; n > 1 && *text != '\0'; n--)
		text += strcspn(text, "\n") + (text[strcspn(text, "\n")] != 0);
	return text;
}

static int
locate_line(struct fake *f, struct pd_location *out)
{
	struct pd_str place = pd_strf("%s:%llu", pd_str_c(&out->file),
	    (unsigned long long)out->line);
	const struct rule *text = find(f, "text", &out->file);
	const struct rule *move = find(f, "move", &place);
	const char *p = text != NULL ? text_line(text->value.s, out->line) :
	    "code";

	p += *p != '\0' ? strspn(p, " \t") : 0;
	if (*p == '\0') {
		out->status = PD_LOCATE_EOF;
	} else if (*p == '\n' || *p == '#') {
		out->status = PD_LOCATE_BLANK;
	} else if (move != NULL) {
		out->asked = out->line;
		out->line = strtoull(move->value.s, NULL, 10);
	}
	pd_str_done(&place);
	return 0;
}

static int
fake_locate(struct pd_target *t, const struct pd_locate *q,
    struct pd_location *out, struct pd_err *err)
{
	struct fake *f = fake_of(t);
	struct fake_event *e = current(f);
	const struct rule *r;

	(void)err;
	memset(out, 0, sizeof(*out));
	if (q->line == 0) {
		r = find(f, "func", &q->spec);
		if (r == NULL || !pd_fake_split_place(r->value.s, r->value.n,
		    &out->file, &out->line))
			out->status = PD_LOCATE_NO_FUNC;
		else
			out->func = pd_str_dup(&q->spec);
		return 0;
	}
	out->line = q->line;
	if (q->file.s == NULL && e != NULL) {
		out->file = pd_str_dup(&PD_VEC_AT(&e->frames, struct pd_frame,
		    q->frame < e->frames.n ? q->frame : 0)->file);
	} else {
		r = find(f, "file", &q->file);
		if (r == NULL) {
			out->status = PD_LOCATE_NO_FILE;
			return 0;
		}
		out->file = pd_str_dup(&r->value);
	}
	return locate_line(f, out);
}

static int
fake_bp_set(struct pd_target *t, const struct pd_bp *bp, struct pd_bp *out,
    struct pd_err *err)
{
	struct pd_buf *log = &fake_of(t)->log;

	(void)err;
	pd_buf_addf(log, "set %llu %s:%llu%s%s%s",
	    (unsigned long long)bp->id, pd_str_c(&bp->file),
	    (unsigned long long)bp->line, bp->enabled ? "" : " off",
	    bp->temporary ? " temporary" : "", bp->cond.s != NULL ? " if " :
	    "");
	pd_buf_adds(log, pd_str_c(&bp->cond));
	if (bp->ignore > 0)
		pd_buf_addf(log, " ignore %llu",
		    (unsigned long long)bp->ignore);
	pd_buf_addc(log, '\n');
	pd_rec_copy(&pd_bp_desc, memset(out, 0, sizeof(*out)), bp);
	return 0;
}

static int
fake_bp_del(struct pd_target *t, const struct pd_bp_id *q,
    struct pd_nothing *out, struct pd_err *err)
{
	(void)err;
	memset(out, 0, sizeof(*out));
	pd_buf_addf(&fake_of(t)->log, "del %llu\n",
	    (unsigned long long)q->id);
	return 0;
}

static int
fake_check(struct pd_target *t, const struct pd_check *q, struct pd_value *v,
    struct pd_err *err)
{
	const struct rule *bad = find(fake_of(t), "fail", &q->text);

	(void)err;
	memset(v, 0, sizeof(*v));
	v->failed = bad != NULL;
	if (bad != NULL)
		v->text = pd_str_dup(&bad->value);
	return 0;
}

static int
fake_python(struct pd_target *t, const struct pd_nothing *q,
    struct pd_python *out, struct pd_err *err)
{
	(void)q;
	(void)err;
	pd_rec_copy(&pd_python_desc, memset(out, 0, sizeof(*out)), &t->py);
	return 0;
}

/* A rule's value holds the items, between blanks; the key ends where they are
 * to begin. */
static int
fake_complete(struct pd_target *t, const struct pd_complete_req *q,
    struct pd_complete *out, struct pd_err *err)
{
	const struct rule *r = find(fake_of(t), "complete", &q->text);
	const char *p = r != NULL ? r->value.s : "", *word;
	size_t n = q->text.n;

	(void)err;
	memset(out, 0, sizeof(*out));
	while (n > 0 && (isalnum((unsigned char)q->text.s[n - 1]) ||
	    q->text.s[n - 1] == '_'))
		n--;
	out->from = q->what == PD_COMPLETE_LINE ? 0 : n;
	for (; *p != '\0'; p += strspn(p, " ")) {
		word = p;
		p += strcspn(p, " ");
		*PD_VEC_PUSH(&out->items, struct pd_str) =
		    pd_str_new(word, (size_t)(p - word));
	}
	return 0;
}

static void
fake_close(struct pd_target *t)
{
	struct fake *f = fake_of(t);

	PD_VEC_EACH(&f->rules, struct rule, r) {
		pd_str_done(&r->key);
		pd_str_done(&r->value);
	}
	PD_VEC_EACH(&f->events, struct fake_event, e) {
		pd_event_done(&e->ev);
		PD_VEC_EACH(&e->frames, struct pd_frame, fr)
			pd_rec_done(&pd_frame_desc, fr);
		pd_vec_done(&e->frames);
	}
	pd_vec_done(&f->rules);
	pd_vec_done(&f->events);
	pd_buf_done(&f->log);
	pd_buf_done(&f->given);
	pd_rec_done(&pd_python_desc, &t->py);
	free(f);
}

static const struct pd_target_ops fake_ops = {
	.name = "fake",
	.start = fake_start,
	.resume = fake_resume,
	.interrupt = fake_interrupt,
	.kill = fake_kill,
	.frames = fake_frames,
	.eval = fake_eval,
	.exec = fake_exec,
	.vars = fake_vars,
	.source = fake_source,
	.locate = fake_locate,
	.bp_set = fake_bp_set,
	.bp_del = fake_bp_del,
	.check = fake_check,
	.python = fake_python,
	.complete = fake_complete,
	.children = pd_fake_children,
	.threads = pd_fake_threads,
	.code = pd_fake_code,
	.mark = pd_fake_mark,
	.close = fake_close,
};

/* What it does not know itself is not supported. */
static const struct pd_target_ops *
whole_ops(void)
{
	static struct pd_target_ops ops;
	const struct pd_target_ops *no = &pd_target_unsupported;

	ops = fake_ops;
	ops.thread = no->thread;
	ops.skip = no->skip;
	ops.names = no->names;
	ops.jump = no->jump;
	ops.stdio = no->stdio;
	ops.object = no->object;
	ops.exceptions = no->exceptions;
	ops.graph = no->graph;
	ops.keep = no->keep;
	return &ops;
}

struct pd_target *
pd_target_fake_new(const char *script, struct pd_err *err)
{
	struct fake *f = pd_xcalloc(1, sizeof(*f));
	struct pd_str line;
	size_t n;
	bool ok;

	f->target.ops = whole_ops();
	f->target.caps = PD_CAP_FRAMES | PD_CAP_EVAL | PD_CAP_RUN |
	    PD_CAP_START;
	f->target.py.hex = 0x030d00f0;
	for (; *script != '\0'; script += n + (script[n] == '\n')) {
		n = strcspn(script, "\n");
		line = pd_str_new(script, n);
		ok = pd_fake_script_line(f, line.s);
		if (!ok)
			pd_err_set(err, "the fake target knows no line '%s'",
			    line.s);
		pd_str_done(&line);
		if (!ok) {
			fake_close(&f->target);
			return NULL;
		}
	}
	return &f->target;
}

const char *
pd_target_fake_log(struct pd_target *t)
{
	struct fake *f = fake_of(t);
	struct pd_buf given = f->log;

	f->log = f->given;
	f->given = given;
	pd_buf_reset(&f->log);
	return pd_buf_c(&f->given);
}
