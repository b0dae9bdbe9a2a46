/*
 * What the fake target has for panes: values that can be looked into, threads,
 * bytecode, marked frames; rules `child`, `also` and `insn` of the script
 * (fake.h).
 *
 * Called by fake.c alone.
 */
#include <stdlib.h>
#include <string.h>

#include "target/fake-script.h"

/* PLACE as the script writes it, with a blank behind it. */
static struct pd_str
place_of(const struct pd_children_req *q, size_t path_n)
{
	static const char *const roots[] = { "args", "locals", "globals" };
	struct pd_buf b = { 0 };

	pd_buf_addf(&b, "%s:", q->root == PD_ROOT_EXPR ? pd_str_c(&q->text) :
	    roots[q->root]);
	for (size_t i = 0; i < path_n; i++)
		pd_buf_addf(&b, "%s%llu", i > 0 ? "." : "",
		    (unsigned long long)*PD_VEC_AT(&q->path, uint64_t, i));
	pd_buf_addc(&b, ' ');
	return pd_buf_take(&b);
}

static bool
is_child(const struct rule *r, const struct pd_str *place)
{
	return strcmp(r->verb, "child") == 0 &&
	    pd_starts(r->key.s, place->s);
}

static uint64_t
count(struct fake *f, const struct pd_str *place)
{
	uint64_t n = 0;

	PD_VEC_EACH(&f->rules, struct rule, r)
		n += is_child(r, place);
	return n;
}

static const struct rule *
nth(struct fake *f, const struct pd_str *place, uint64_t n)
{
	PD_VEC_EACH(&f->rules, struct rule, r)
		if (is_child(r, place) && n-- == 0)
			return r;
	return NULL;
}

static uint64_t
kind_of(const char *label, const struct pd_str *type)
{
	if (pd_str_eq(type, "property"))
		return PD_ITEM_PROPERTY;
	switch (*label) {
	case '.':
		return PD_ITEM_ATTR;
	case '[':
		return label[1] == '\'' ? PD_ITEM_KEY : PD_ITEM_INDEX;
	case '{':
		return PD_ITEM_MEMBER;
	default:
		return PD_ITEM_NAME;
	}
}

/* The labels on the way to the value, one behind the other. */
static struct pd_str
expr_of(struct fake *f, const struct pd_children_req *q)
{
	struct pd_buf b = { 0 };

	if (q->root == PD_ROOT_EXPR)
		pd_buf_adds(&b, pd_str_c(&q->text));
	for (size_t i = 0; i < q->path.n; i++) {
		struct pd_str place = place_of(q, i);
		const struct rule *r = nth(f, &place,
		    *PD_VEC_AT(&q->path, uint64_t, i));
		const char *label = r == NULL ? "" : r->key.s + place.n;

		pd_buf_add(&b, label, strcspn(label, " "));
		pd_str_done(&place);
	}
	return pd_buf_take(&b);
}

/* Its address is its rule's number: what stands there still is the same. */
static void
fill(struct fake *f, const struct rule *r, size_t place_n,
    const char *base, struct pd_item *c)
{
	const char *label = r->key.s + place_n;
	size_t n = strcspn(label, " ");

	c->label = pd_str_new(label, n);
	c->type = pd_str_from(label + n + (label[n] != '\0'));
	c->kind = kind_of(label, &c->type);
	c->module = pd_str_eq(&c->type, "module");
	if (c->kind == PD_ITEM_PROPERTY)
		pd_str_done(&c->type);
	else
		c->text = pd_str_dup(&r->value);
	if (c->kind != PD_ITEM_MEMBER)
		c->expr = pd_strf("%s%s", base, c->label.s);
	c->ident = (uint64_t)(r - (const struct rule *)f->rules.v) + 1;
}

int
pd_fake_children(struct pd_target *t, const struct pd_children_req *q,
    struct pd_children *out, struct pd_err *err)
{
	struct fake *f = (struct fake *)t;
	struct pd_str place = place_of(q, q->path.n), base = expr_of(f, q);
	uint64_t max = q->max != 0 ? q->max : PD_CHILDREN_DEFAULT;

	(void)err;
	memset(out, 0, sizeof(*out));
	pd_buf_addf(&f->log, "children %s%s\n", place.s, q->ask ? "ask" : "");
	out->total = count(f, &place);
	for (uint64_t i = q->first; i < out->total && i - q->first < max;
	    i++) {
		struct pd_item *c = PD_VEC_PUSH(&out->items, struct pd_item);
		struct pd_str below = pd_strf("%.*s%s%llu ",
		    (int)place.n - 1, place.s, q->path.n > 0 ? "." : "",
		    (unsigned long long)i);

		fill(f, nth(f, &place, i), place.n, base.s, c);
		c->pos = i;
		c->count = count(f, &below);
		pd_str_done(&below);
	}
	pd_str_done(&place);
	pd_str_done(&base);
	return 0;
}

int
pd_fake_threads(struct pd_target *t, const struct pd_nothing *q,
    struct pd_threads *out, struct pd_err *err)
{
	struct fake *f = (struct fake *)t;
	const struct pd_vec *stack = pd_fake_stack(f);
	struct pd_thread *th;

	(void)q;
	memset(out, 0, sizeof(*out));
	if (stack == NULL)
		return pd_err_set(err, "the fake program is not stopped");
	th = PD_VEC_PUSH(&out->threads, struct pd_thread);
	th->id = 1;
	th->current = true;
	th->name = pd_str_from("MainThread");
	pd_rec_copy(&pd_frame_desc, &th->frame, stack->v);
	PD_VEC_EACH(&f->rules, struct rule, r) {
		char *rest;
		size_t n;

		if (strcmp(r->verb, "also") != 0)
			continue;
		th = PD_VEC_PUSH(&out->threads, struct pd_thread);
		th->id = strtoull(r->key.s, &rest, 10);
		rest += *rest == ' ';
		n = strcspn(rest, " ");
		th->name = pd_str_new(rest, n);
		pd_fake_frame(rest + n + (rest[n] != '\0'), &th->frame);
	}
	return 0;
}

int
pd_fake_code(struct pd_target *t, const struct pd_code_req *q,
    struct pd_code *out, struct pd_err *err)
{
	struct fake *f = (struct fake *)t;
	const struct pd_vec *stack = pd_fake_stack(f);
	const struct pd_frame *fr;

	memset(out, 0, sizeof(*out));
	if (stack == NULL || q->frame >= stack->n)
		return pd_err_set(err, "no frame is selected");
	fr = PD_VEC_AT(stack, struct pd_frame, q->frame);
	out->file = pd_str_dup(&fr->file);
	out->func = pd_str_dup(&fr->func);
	PD_VEC_EACH(&f->rules, struct rule, r) {
		struct pd_insn *in;
		char *rest;

		if (strcmp(r->verb, "insn") != 0)
			continue;
		in = PD_VEC_PUSH(&out->insns, struct pd_insn);
		in->current = *r->key.s == '=';
		in->offset = strtoull(r->key.s + in->current, &rest, 10);
		in->line = strtoull(rest, &rest, 10);
		in->text = pd_str_from(rest + (*rest == ' '));
	}
	return 0;
}

int
pd_fake_mark(struct pd_target *t, const struct pd_mark *q,
    struct pd_frame *out, struct pd_err *err)
{
	const struct pd_vec *stack = pd_fake_stack((struct fake *)t);
	struct pd_frame *fr;

	memset(out, 0, sizeof(*out));
	if (stack == NULL || q->frame >= stack->n)
		return pd_err_set(err, "no frame is selected");
	fr = PD_VEC_AT(stack, struct pd_frame, q->frame);
	fr->mark = q->frame + 1;
	pd_rec_copy(&pd_frame_desc, out, fr);
	return 0;
}
