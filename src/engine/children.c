/*
 * Looking into values: the request children (model/children.h).
 *
 * Called by serve.c.  Goes down the path, then makes a record of each part
 * that is wanted.  Only the root's expression and the properties that were
 * asked for run code of the program, under guards.
 */
#include <string.h>

#include "engine/eval.h"
#include "engine/parts.h"

#define BYTES_DEFAULT	200u		/* of a text */
#define BYTES_MAX	(64u << 10)
#define LABEL_MAX	80u		/* of a key */
#define EXPR_MAX	1000u		/* longer ones are left out */
#define REPLY_MAX	((size_t)8 << 20)

struct where {
	PyFrameObject	*frame;		/* borrowed */
	uint64_t	 root;
	bool		 vars;		/* at the variables themselves */
	bool		 ask;
	PyObject	*value;		/* owned; NULL: they are none */
	struct pd_str	 expr;		/* leads to it, or absent */
	int		 gc;		/* of pd_parts_quiet() */
};

/* ---- labels and expressions ---------------------------------------------- */

#define LITERAL_DEPTH	3		/* less than a preview shows */

/* Does its text in short, if it is whole, give the same again when it is
 * evaluated? */
static bool
is_literal(PyObject *o, int depth)
{
	int over = 0;

	if (PyTuple_CheckExact(o)) {
		for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(o); i++)
			if (depth == 0 ||
			    !is_literal(PyTuple_GET_ITEM(o, i), depth - 1))
				return false;
		return true;
	}
	if (PyLong_CheckExact(o))
		PyLong_AsLongLongAndOverflow(o, &over);
	return over == 0 && (PyLong_CheckExact(o) || PyUnicode_CheckExact(o) ||
	    PyBytes_CheckExact(o) || PyBool_Check(o) || o == Py_None);
}

/* Absent: it is no literal, or too long. */
static struct pd_str
literal(PyObject *o)
{
	struct pd_buf b = { 0 };
	bool cut = false;

	if (o != NULL && is_literal(o, LITERAL_DEPTH))
		pd_preview(o, EXPR_MAX, &b, &cut);
	if (b.n == 0 || cut) {
		pd_buf_done(&b);
		return (struct pd_str){ 0 };
	}
	return pd_buf_take(&b);
}

static bool
is_identifier(PyObject *name)
{
	return PyUnicode_CheckExact(name) && PyUnicode_IsIdentifier(name) == 1;
}

static void
add_label(const struct pd_part *p, struct pd_buf *b)
{
	struct pd_str s = { 0 };
	bool cut = false;

	if (p->kind == PD_ITEM_INDEX || p->kind == PD_ITEM_MEMBER) {
		pd_buf_addf(b, p->kind == PD_ITEM_INDEX ? "[%llu]" : "{%llu}",
		    (unsigned long long)p->index);
	} else if (p->kind == PD_ITEM_KEY || !PyUnicode_CheckExact(p->name)) {
		pd_buf_addc(b, '[');
		pd_preview(p->name, LABEL_MAX, b, &cut);
		pd_buf_adds(b, cut ? "...]" : "]");
	} else {
		s = pd_str_from_py(p->name);
		pd_buf_addf(b, "%s%s", p->kind == PD_ITEM_NAME ? "" : ".",
		    pd_str_c(&s));
	}
	pd_str_done(&s);
}

/* The way to a variable that is kept in something. */
static void
add_via(struct pd_buf *b, const struct pd_part *p)
{
	struct pd_str name = literal(p->name);

	for (const char *v = p->via; *v != '\0'; v++) {
		if (*v == '#')
			pd_buf_addf(b, "%llu", (unsigned long long)p->index);
		else if (*v == '@')
			pd_buf_adds(b, pd_str_c(&name));
		else
			pd_buf_addc(b, *v);
	}
	pd_str_done(&name);
}

static bool
add_key(struct pd_buf *b, PyObject *key)
{
	struct pd_str s = literal(key);
	bool good = s.s != NULL;

	pd_buf_addf(b, "[%s]", pd_str_c(&s));
	pd_str_done(&s);
	return good;
}

/* How an expression gets to a part of what is at w; absent: not at all. */
static struct pd_str
expr_of(const struct where *w, const struct pd_part *p)
{
	struct pd_buf b = { 0 };
	struct pd_str name = { 0 };
	bool good = w->vars || w->expr.s != NULL;
	bool attr = p->kind == PD_ITEM_ATTR || p->kind == PD_ITEM_PROPERTY;

	pd_buf_adds(&b, pd_str_c(&w->expr));
	if (p->via != NULL) {
		add_via(&b, p);
	} else if (p->kind == PD_ITEM_INDEX) {
		pd_buf_addf(&b, "[%llu]", (unsigned long long)p->index);
	} else if (p->kind == PD_ITEM_KEY) {
		good = good && add_key(&b, p->name);
	} else if (p->name != NULL && is_identifier(p->name)) {
		name = pd_str_from_py(p->name);
		pd_buf_addf(&b, "%s%s", attr ? "." : "", name.s);
	} else if (attr && p->kind != PD_ITEM_PROPERTY) {
		pd_buf_adds(&b, ".__dict__");
		good = good && add_key(&b, p->name);
	} else {
		good = false;
	}
	pd_str_done(&name);
	if (good && b.n <= EXPR_MAX)
		return pd_buf_take(&b);
	pd_buf_done(&b);
	return (struct pd_str){ 0 };
}

/* ---- a record ------------------------------------------------------------ */

static void
describe(PyObject *o, size_t bytes, struct pd_item *out)
{
	struct pd_buf b = { 0 };

	pd_preview_type(Py_TYPE(o), &b);
	out->type = pd_buf_take(&b);
	pd_preview(o, bytes, &b, &out->cut);
	out->text = pd_buf_take(&b);
	out->count = pd_parts_count(o);
	out->ident = (uint64_t)(size_t)o;
	out->module = PyModule_Check(o);
}

/* New reference: what the property gives, or NULL with *error (owned). */
static PyObject *
compute(struct where *w, PyObject *name, struct pd_str *error)
{
	struct pd_guard g;
	PyObject *v;

	pd_parts_unquiet(w->gc);
	pd_guard_enter(&g, PD_REPR_MS);
	v = PyObject_GetAttr(w->value, name);
	if (v == NULL)
		*error = pd_exception_take();
	pd_guard_leave(&g);
	w->gc = pd_parts_quiet();
	if (v == NULL && g.timed_out) {
		pd_str_done(error);
		*error = pd_strf("it took longer than %d s and was cut off",
		    PD_REPR_MS / 1000);
	}
	return v;
}

struct fill {
	struct where	*where;
	struct pd_children *out;
	size_t		 bytes;		/* of each text */
	size_t		 used;		/* of the reply */
};

static bool
fill(void *ctx, uint64_t pos, const struct pd_part *p)
{
	struct fill *f = ctx;
	struct pd_item *item = PD_VEC_PUSH(&f->out->items, struct pd_item);
	PD_OWNED asked = NULL;
	struct pd_buf b = { 0 };

	item->kind = p->kind;
	item->pos = pos;
	add_label(p, &b);
	item->label = pd_buf_take(&b);
	item->expr = expr_of(f->where, p);
	if (p->value != NULL) {
		describe(p->value, f->bytes, item);
	} else if (f->where->ask) {
		asked = compute(f->where, p->name, &item->text);
		item->failed = asked == NULL;
		if (asked != NULL)
			describe(asked, f->bytes, item);
	}
	f->used += 64 + item->label.n + item->text.n + item->expr.n;
	return f->used < REPLY_MAX;
}

/* ---- the path ------------------------------------------------------------ */

struct pick {
	struct pd_part	 part;
	PyObject	*name, *value;	/* owned */
	bool		 found;
};

static bool
pick(void *ctx, uint64_t pos, const struct pd_part *p)
{
	struct pick *k = ctx;

	(void)pos;
	k->part = *p;
	k->name = Py_XNewRef(p->name);
	k->value = Py_XNewRef(p->value);
	k->found = true;
	return false;
}

static uint64_t
each(const struct where *w, uint64_t first, uint64_t end, pd_part_fn fn,
    void *ctx)
{
	if (w->vars)
		return pd_parts_vars(w->frame, (enum pd_children_root)w->root,
		    first, end, fn, ctx);
	return pd_parts_each(w->value, first, end, fn, ctx);
}

/* To the part at a position. */
static int
descend(struct where *w, uint64_t pos, struct pd_err *err)
{
	struct pick k = { .found = false };
	struct pd_str error = { 0 }, expr;

	each(w, pos, pos + 1, pick, &k);
	if (!k.found)
		return pd_err_set(err, "the value has changed");
	if (k.value == NULL && w->ask)
		k.value = compute(w, k.name, &error);
	if (k.value == NULL) {
		pd_err_set(err, "%s", error.s != NULL ? error.s :
		    "this is a property");
		pd_str_done(&error);
		Py_XDECREF(k.name);
		return -1;
	}
	expr = expr_of(w, &k.part);
	pd_str_done(&w->expr);
	w->expr = expr;
	w->vars = false;
	Py_XDECREF(k.name);
	Py_XSETREF(w->value, k.value);
	return 0;
}

/* Can a dot or a bracket stand behind it as it is? */
static bool
is_primary(const struct pd_str *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (strchr("_.[]'\"", s->s[i]) == NULL &&
		    !Py_ISALNUM(s->s[i]) && (unsigned char)s->s[i] < 0x80)
			return false;
	return s->n > 0 && !Py_ISDIGIT(s->s[0]);
}

static int
begin(struct where *w, const struct pd_children_req *req, struct pd_err *err)
{
	struct pd_str text;

	w->vars = req->root != PD_ROOT_EXPR;
	if (w->vars)
		return req->root <= PD_ROOT_EXPR ? 0 :
		    pd_err_set(err, "no such variables");
	w->value = pd_eval_object(w->frame, &req->text);
	if (w->value == NULL) {
		text = pd_exception_take();
		pd_err_set(err, "%s", pd_str_c(&text));
		pd_str_done(&text);
		return -1;
	}
	w->expr = pd_strf(is_primary(&req->text) ? "%s" : "(%s)",
	    pd_str_c(&req->text));
	return 0;
}

static int
find(struct where *w, const struct pd_children_req *req, struct pd_err *err)
{
	PD_VEC_EACH(&req->path, uint64_t, pos)
		if (descend(w, *pos, err) < 0)
			return -1;
	if (req->ident != 0 && req->ident != (uint64_t)(size_t)w->value)
		return pd_err_set(err, "the value has changed");
	return 0;
}

static uint64_t
at_most(uint64_t wanted, uint64_t usual, uint64_t limit)
{
	return wanted == 0 ? usual : wanted < limit ? wanted : limit;
}

int
pd_children_do(const struct pd_children_req *req, struct pd_children *out,
    struct pd_err *err)
{
	struct where w = { .root = req->root, .ask = req->ask };
	struct fill f = { .where = &w, .out = out };
	uint64_t max = at_most(req->max, PD_CHILDREN_DEFAULT, PD_CHILDREN_MAX);
	struct pd_guard g;
	int rc;

	w.frame = pd_stack_frame(&pd_stop_stack, req->frame, err);
	if (w.frame == NULL)
		return -1;
	f.bytes = (size_t)at_most(req->bytes, BYTES_DEFAULT, BYTES_MAX);
	pd_guard_enter(&g, 0);
	rc = begin(&w, req, err);
	w.gc = pd_parts_quiet();
	if (rc == 0)
		rc = find(&w, req, err);
	if (rc == 0 && w.value != NULL)
		describe(w.value, f.bytes, &out->self);
	if (rc == 0) {
		out->self.expr = pd_str_dup(&w.expr);
		each(&w, req->first, req->first + max, fill, &f);
		out->total = each(&w, 0, 0, NULL, NULL);
	}
	pd_parts_unquiet(w.gc);
	Py_XDECREF(w.value);
	pd_str_done(&w.expr);
	pd_flush_streams();
	pd_guard_leave(&g);
	return rc;
}
