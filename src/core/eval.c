/*
 * The evaluator of cores, from outside: the functions of eval.h.
 *
 * The core target calls them.  Whatever the text and the store hold, they come
 * back: with a value's text, with what Python would have raised, or with the
 * limit that was met.
 */
#include "core/eval-room.h"

#include <stdlib.h>

#include "base/alloc.h"

struct job {
	struct pd_ev		 ev;
	const struct pd_eval	*req;
	struct pd_ast		*ast;
	struct pd_pv		*value;
	struct pd_ptext		 text;
	uint64_t		 style, depth;
};

void
pd_ev_begin(struct pd_ev *ev, struct pd_core_store *store,
    const struct pd_core_limits *l)
{
	*ev = (struct pd_ev){ .store = store, .hex = 0x030b0000 };
	pd_arena_init(&ev->arena, l != NULL && l->bytes > 0 ?
	    (size_t)l->bytes : PD_EV_BYTES);
	ev->ask_at = PD_EV_ASK;
	ev->steps_max = l != NULL && l->steps > 0 ? l->steps : PD_EV_STEPS;
	if (l != NULL) {
		ev->raised = l->exc;
		ev->found = l->found;
		ev->nfound = l->nfound;
	}
	if (store != NULL && pd_core_store_head(store) != NULL)
		ev->hex = pd_core_store_head(store)->hex;
}

void
pd_ev_end(struct pd_ev *ev)
{
	pd_rec_done(&pd_core_frame_desc, &ev->frame);
	pd_buf_done(&ev->text);
	pd_arena_done(&ev->arena);
}

int
pd_ev_frame(struct pd_ev *ev, uint64_t frame, struct pd_err *err)
{
	if (frame == 0 || ev->store == NULL)
		return 0;
	if (pd_core_store_rec(ev->store, PD_CORE_T_FRAME, frame,
	    &pd_core_frame_desc, &ev->frame, err) < 0)
		return -1;
	ev->has_frame = true;
	return 0;
}

/* False with the message as a failed value. */
static bool
parse(struct pd_ev *ev, const struct pd_str *text, struct pd_ast **out,
    struct pd_value *v)
{
	struct pd_err err = { "" };

	ev->src = pd_str_c(text);
	ev->nsrc = text->n;
	*out = pd_ast_parse(&ev->arena, ev->src, ev->nsrc, &err);
	if (*out != NULL)
		return true;
	v->failed = true;
	v->text = pd_str_from(err.msg);
	return false;
}

/* fn with a place that raising leads to; false with a failed value. */
static bool
run(struct job *j, void (*fn)(struct job *), struct pd_value *v)
{
	jmp_buf here;

	j->ev.fail = &here;
	if (setjmp(here) == 0) {
		fn(j);
		return true;
	}
	v->failed = true;
	v->text = j->ev.text.n > 0 ? pd_buf_take(&j->ev.text) :
	    pd_str_new("", 0);
	return false;
}

/* Bytes or items of a value whose text was cut. */
static uint64_t
total(struct pd_ev *ev, struct pd_pv *v)
{
	switch (v->kind) {
	case PD_K_STR:
	case PD_K_BYTES:
	case PD_K_BYTEARRAY:
	case PD_K_LIST:
	case PD_K_TUPLE:
	case PD_K_DEQUE:
	case PD_K_DICT:
	case PD_K_SET:
	case PD_K_FROZENSET:
		return pd_pv_len(ev, v);
	default:
		return 0;
	}
}

static void
render(struct job *j)
{
	struct pd_ev *ev = &j->ev;

	j->text.depth_max = (unsigned)(j->depth > 1000 ? 1000 : j->depth);
	switch (j->style) {
	case PD_EVAL_PPRINT:
		pd_ev_pprint(ev, &j->text, j->value, j->depth);
		break;
	case PD_EVAL_WHATIS:
		pd_ev_whatis(ev, &j->text, j->value);
		break;
	case PD_EVAL_STR:
		pd_ev_str(ev, &j->text, j->value);
		break;
	default:
		pd_ev_repr(ev, &j->text, j->value);
		break;
	}
}

static void
evaluate(struct job *j)
{
	j->value = pd_ev_node(&j->ev, j->ast, NULL);
	render(j);
}

/* Back to the border of a character. */
static size_t
trimmed(const char *s, size_t n)
{
	size_t size, back = 0;

	while (back < PD_UTF8_MAX && back < n &&
	    ((unsigned char)s[n - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back < n && (s[n - 1 - back] & 0x80) != 0 &&
	    pd_utf_get(s + n - 1 - back, back + 1, &size) == 0xfffd &&
	    size == 1)
		return n - 1 - back;
	return n;
}

static void
give(struct job *j, struct pd_value *v)
{
	size_t n = j->text.n;

	if (j->text.full)
		n = trimmed(j->text.p, n);
	v->text = pd_str_new(j->text.p != NULL ? j->text.p : "", n);
	v->cut = j->text.full;
	if (v->cut)
		v->total = total(&j->ev, j->value);
}

static void
prepare(struct job *j, uint64_t style, uint64_t max, uint64_t depth)
{
	j->style = style;
	j->depth = depth;
	j->text.max = max > 0 && max < PD_EV_BYTES / 8 ? (size_t)max :
	    max > 0 ? PD_EV_BYTES / 8 : PD_EV_TEXT;
}

/* With SAFE what is raised is told in its place. */
static void
safe(uint64_t style, struct pd_value *v)
{
	struct pd_str told;

	if (style != PD_EVAL_SAFE || !v->failed)
		return;
	told = pd_strf("** raised %s **", pd_str_c(&v->text));
	pd_str_done(&v->text);
	v->text = told;
	v->failed = false;
}

int
pd_core_eval(struct pd_core_store *store, uint64_t frame,
    const struct pd_eval *req, const struct pd_core_limits *limits,
    struct pd_value *v, struct pd_err *err)
{
	struct job *j = pd_xcalloc(1, sizeof(*j));
	int r;

	pd_ev_begin(&j->ev, store, limits);
	prepare(j, req->style, req->max, req->depth);
	r = pd_ev_frame(&j->ev, frame, err);
	if (r == 0 && parse(&j->ev, &req->text, &j->ast, v) &&
	    run(j, evaluate, v))
		give(j, v);
	safe(req->style, v);
	pd_ev_end(&j->ev);
	free(j);
	return r;
}

static void
refer(struct job *j)
{
	j->value = pd_ev_node(&j->ev, j->ast, NULL);
	if (j->value->st == NULL || j->value->st->obj.id == 0)
		pd_ev_stop(&j->ev, "the value is no object of the core");
}

int
pd_core_eval_ref(struct pd_core_store *store, uint64_t frame,
    const struct pd_str *text, const struct pd_core_limits *limits,
    struct pd_core_ref *out, struct pd_value *v, struct pd_err *err)
{
	struct job *j = pd_xcalloc(1, sizeof(*j));
	int r;

	pd_ev_begin(&j->ev, store, limits);
	r = pd_ev_frame(&j->ev, frame, err);
	if (r == 0 && parse(&j->ev, text, &j->ast, v) && run(j, refer, v))
		*out = (struct pd_core_ref){ .kind = PD_CORE_R_OBJ,
		    .id = j->value->st->obj.id };
	pd_ev_end(&j->ev);
	free(j);
	return r;
}

struct rendering {
	struct job			 job;	/* the first */
	const struct pd_core_ref	*ref;
};

static void
render_ref(struct job *j)
{
	j->value = pd_ev_ref(&j->ev, ((struct rendering *)j)->ref);
	render(j);
}

int
pd_core_render(struct pd_core_store *store, const struct pd_core_ref *ref,
    uint64_t style, uint64_t max, uint64_t depth, struct pd_value *v,
    struct pd_err *err)
{
	struct rendering *r = pd_xcalloc(1, sizeof(*r));

	pd_ev_begin(&r->job.ev, store, NULL);
	prepare(&r->job, style, max, depth);
	r->ref = ref;
	if (run(&r->job, render_ref, v))
		give(&r->job, v);
	safe(style, v);
	pd_ev_end(&r->job.ev);
	free(r);
	return 0;
}

/* ---- conditions ---------------------------------------------------------- */

struct pd_core_cond {
	struct job		 job;	/* the first */
	struct pd_arena		 tree;	/* what is kept between tests */
	struct pd_str		 text;
	struct pd_core_store	*store;
	uint64_t		 frame;
	const struct pd_core_ref *ref;
	bool			 answer;
};

struct pd_core_cond *
pd_core_cond_new(struct pd_core_store *store, uint64_t frame,
    const struct pd_str *text, struct pd_value *why)
{
	struct pd_core_cond *c = pd_xcalloc(1, sizeof(*c));
	struct pd_err err = { "" };

	c->store = store;
	c->frame = frame;
	c->text = pd_str_dup(text);
	pd_arena_init(&c->tree, PD_EV_BYTES);
	c->job.ast = pd_ast_parse(&c->tree, pd_str_c(&c->text), c->text.n,
	    &err);
	if (c->job.ast == NULL) {
		why->failed = true;
		why->text = pd_str_from(err.msg);
		pd_core_cond_free(c);
		return NULL;
	}
	return c;
}

static void
test(struct job *j)
{
	struct pd_core_cond *c = (struct pd_core_cond *)j;

	j->ev.self = pd_ev_ref(&j->ev, c->ref);
	c->answer = pd_pv_true(&j->ev, pd_ev_node(&j->ev, j->ast, NULL));
}

int
pd_core_cond_test(struct pd_core_cond *c, const struct pd_core_ref *ref,
    struct pd_value *why)
{
	struct pd_err err = { "" };
	bool good = false;

	pd_ev_begin(&c->job.ev, c->store, NULL);
	c->job.ev.src = pd_str_c(&c->text);
	c->job.ev.nsrc = c->text.n;
	c->ref = ref;
	if (pd_ev_frame(&c->job.ev, c->frame, &err) < 0) {
		why->failed = true;
		why->text = pd_str_from(err.msg);
	} else {
		good = run(&c->job, test, why);
	}
	pd_ev_end(&c->job.ev);
	return good ? c->answer : -1;
}

void
pd_core_cond_free(struct pd_core_cond *c)
{
	if (c == NULL)
		return;
	pd_arena_done(&c->tree);
	pd_str_done(&c->text);
	free(c);
}

int
pd_core_check(const struct pd_check *req, struct pd_value *v,
    struct pd_err *err)
{
	struct pd_arena arena;
	struct pd_err why = { "" };

	pd_arena_init(&arena, PD_EV_BYTES);
	if (pd_ast_parse(&arena, pd_str_c(&req->text), req->text.n,
	    &why) == NULL) {
		/* What is open may be closed by the next line. */
		v->incomplete = req->statement &&
		    (strstr(why.msg, "was never closed") != NULL ||
		    strstr(why.msg, "unterminated triple-quoted") != NULL);
		v->failed = !v->incomplete;
		v->text = pd_str_from(why.msg);
	}
	pd_arena_done(&arena);
	return 0;
}
