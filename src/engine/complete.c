/*
 * How a piece of Python could go on: the place of the cursor.
 *
 * Called by serve.c.  Tokens tell what is asked for: an attribute, a key, an
 * argument, a name; complete-what.c then finds what there is.  Nothing of
 * the program runs (peek.h).
 */
#include "engine/complete.h"

#include <string.h>

bool
pd_complete_add(struct pd_completing *c, const char *s, size_t n,
    const char *suffix)
{
	struct pd_buf b = { 0 };

	if (n < c->nprefix || memcmp(s, c->prefix, c->nprefix) != 0)
		return true;
	if (c->hide && n > 0 && s[0] == '_') {
		c->hidden++;
		return true;
	}
	if (c->out->items.n >= PD_COMPLETE_MAX) {
		c->out->cut = true;
		return false;
	}
	pd_buf_add(&b, s, n);
	pd_buf_adds(&b, suffix);
	*PD_VEC_PUSH(&c->out->items, struct pd_str) = pd_buf_take(&b);
	return true;
}

static const struct pd_tok *
tok(const struct pd_completing *c, size_t i)
{
	return PD_VEC_AT(&c->scan.toks, struct pd_tok, i);
}

static bool
is_op(const struct pd_completing *c, size_t i, char op)
{
	return i < c->scan.toks.n && tok(c, i)->kind == PD_TOK_OP &&
	    c->p[tok(c, i)->at] == op;
}

/* Items take the place of the text from that byte on. */
static void
set_prefix(struct pd_completing *c, size_t at)
{
	c->out->from = at;
	c->prefix = c->p + at;
	c->nprefix = c->n - at;
}

/* Names that begin with _ only where they are asked for, or are all. */
static void
without_private(struct pd_completing *c,
    void (*fn)(struct pd_completing *, PyObject *), PyObject *o)
{
	c->hide = c->nprefix == 0;
	c->hidden = 0;
	fn(c, o);
	if (c->hide && c->hidden > 0 && c->out->items.n == 0) {
		c->hide = false;
		fn(c, o);
	}
	c->hide = false;
}

static void
names(struct pd_completing *c, PyObject *o)
{
	(void)o;
	pd_complete_names(c);
}

/* New reference: what stands before token `end`. */
static PyObject *
value_before(struct pd_completing *c, size_t end, bool *bound)
{
	size_t first = pd_scan_primary(&c->scan, c->p, end);

	return first < end ? pd_complete_value(c, first, end, bound) : NULL;
}

/* The string that token i begins, and that the cursor is in. */
static void
in_string(struct pd_completing *c, size_t i)
{
	const struct pd_tok *t = tok(c, i);
	PD_OWNED o = NULL;

	set_prefix(c, t->at);
	if (i == 0 || !is_op(c, i - 1, '['))
		return;
	o = value_before(c, i - 1, NULL);
	if (o != NULL)
		pd_complete_keys(c, o, c->p + t->at, t->body - t->at);
}

/* A number, or nothing yet, behind [. */
static void
in_subscript(struct pd_completing *c, size_t bracket)
{
	PD_OWNED o = value_before(c, bracket, NULL);

	if (o != NULL)
		pd_complete_keys(c, o, "'", 1);
}

/* A name begins, or is to begin, where token `at` is or would be. */
static void
in_name(struct pd_completing *c, size_t at)
{
	long open = pd_scan_bracket(&c->scan, c->p, at);
	PD_OWNED o = NULL;
	bool bound = false;

	if (at > 0 && is_op(c, at - 1, '[')) {
		in_subscript(c, at - 1);
		if (c->out->items.n > 0)
			return;
	}
	if (open >= 0 && is_op(c, (size_t)open, '(') &&
	    (is_op(c, at - 1, '(') || is_op(c, at - 1, ','))) {
		o = value_before(c, (size_t)open, &bound);
		if (o != NULL)
			pd_complete_arguments(c, o, bound);
	}
	without_private(c, names, NULL);
}

static void
in_attribute(struct pd_completing *c, size_t dot)
{
	PD_OWNED o = value_before(c, dot, NULL);

	if (o != NULL)
		without_private(c, pd_complete_attrs, o);
}

static void
complete(struct pd_completing *c)
{
	size_t n = c->scan.toks.n;
	const struct pd_tok *last = n > 0 ? tok(c, n - 1) : NULL;
	bool touches = last != NULL && last->at + last->n == c->n;
	size_t at = n;

	c->out->from = c->n;
	if (c->scan.comment)
		return;
	if (touches && last->kind == PD_TOK_STRING && last->open) {
		in_string(c, n - 1);
		return;
	}
	if (touches && (last->kind == PD_TOK_NAME ||
	    last->kind == PD_TOK_NUMBER))
		at = n - 1;
	set_prefix(c, at < n ? last->at : c->n);
	if (at < n && last->kind == PD_TOK_NUMBER) {
		if (at > 0 && is_op(c, at - 1, '['))
			in_subscript(c, at - 1);
	} else if (at > 0 && is_op(c, at - 1, '.')) {
		in_attribute(c, at - 1);
	} else if (at == 0 || tok(c, at - 1)->kind == PD_TOK_NAME ||
	    (tok(c, at - 1)->kind == PD_TOK_OP &&
	    strchr(")]}", c->p[tok(c, at - 1)->at]) == NULL)) {
		in_name(c, at);
	}
}

int
pd_complete_do(const struct pd_complete_req *req, struct pd_complete *out,
    struct pd_err *err)
{
	struct pd_completing c = { .p = pd_str_c(&req->text),
	    .n = req->text.n, .out = out,
	    .what = (enum pd_complete_what)req->what };
	struct pd_guard g;

	c.frame = pd_stack_frame(&pd_stop_stack, req->frame, err);
	if (c.frame == NULL)
		return -1;
	pd_guard_enter(&g, 0);
	if (req->what == PD_COMPLETE_LINE) {
		pd_complete_lines(&c);
	} else {
		pd_scan_init(&c.scan, c.p, c.n);
		complete(&c);
		pd_scan_done(&c.scan);
	}
	pd_guard_leave(&g);
	return 0;
}
