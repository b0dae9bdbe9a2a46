/*
 * Texts of values, within a budget.
 *
 * Called for p, args, locals, whatis and displays.  The builtin types are
 * written out here, so that a list of a billion or a string of a gigabyte
 * costs no more than what is shown of it; everything else has its own repr,
 * which is the program's code and runs under a guard with a time limit.  What
 * is not cut equals repr() byte for byte.
 */
#include "engine/engine.h"

#include <string.h>

#include "engine/eval.h"

struct walk {
	struct pd_buf	*b;
	size_t		 max;
	size_t		 depth;		/* containers that are open */
	size_t		 depth_max;	/* 0: any */
	bool		 cut;
};

static int	value(struct walk *, PyObject *);

static bool
full(struct walk *w)
{
	if (w->b->n > w->max)
		w->cut = true;
	return w->cut;
}

void
pd_value_trim(struct pd_buf *b, size_t max)
{
	if (b->n <= max)
		return;
	while (max > 0 && ((unsigned char)b->s[max] & 0xc0) == 0x80)
		max--;
	b->n = max;
	b->s[max] = 0;
}

void
pd_value_add(struct pd_buf *b, PyObject *str, size_t max, bool *cut)
{
	Py_ssize_t n = PyUnicode_GET_LENGTH(str);
	PD_OWNED head = NULL;
	struct pd_str s;

	if ((size_t)n > max) {
		head = PyUnicode_Substring(str, 0, (Py_ssize_t)max + 1);
		if (head == NULL)
			PyErr_Clear();
		*cut = true;
	}
	if ((size_t)n > max && head == NULL)
		return;
	s = pd_str_from_py(head != NULL ? head : str);
	if (s.n > max)
		*cut = true;
	pd_buf_add(b, s.s, s.n);
	pd_str_done(&s);
}

static size_t
left(const struct walk *w)
{
	return w->b->n >= w->max ? 0 : w->max - w->b->n;
}

/* One more than what is left is enough to see that it does not fit. */
static int
other(struct walk *w, PyObject *o)
{
	PD_OWNED s = PyObject_Repr(o);
	bool cut = false;

	if (s == NULL)
		return -1;
	pd_value_add(w->b, s, left(w) + 1, &cut);
	return 0;
}

static int
string(struct walk *w, PyObject *o)
{
	PD_OWNED head = NULL;

	if ((size_t)PyUnicode_GET_LENGTH(o) <= left(w))
		return other(w, o);
	head = PyUnicode_Substring(o, 0, (Py_ssize_t)left(w) + 1);
	return head == NULL ? -1 : other(w, head);
}

static int
bytes(struct walk *w, PyObject *o)
{
	bool array = PyByteArray_Check(o);
	size_t n = (size_t)Py_SIZE(o);
	PD_OWNED head = NULL;

	if (n <= left(w))
		return other(w, o);
	n = left(w) + 1;
	head = PyBytes_FromStringAndSize(array ? PyByteArray_AS_STRING(o) :
	    PyBytes_AS_STRING(o), (Py_ssize_t)n);
	if (head == NULL)
		return -1;
	if (array)
		pd_buf_adds(w->b, "bytearray(");
	if (other(w, head) < 0)
		return -1;
	if (array)
		pd_buf_addc(w->b, ')');
	return 0;
}

/* The program's reprs may change the list meanwhile: sizes are asked anew. */
static int
sequence(struct walk *w, PyObject *o)
{
	bool list = PyList_Check(o);
	Py_ssize_t i;

	if (list ? PyList_GET_SIZE(o) == 0 : PyTuple_GET_SIZE(o) == 0) {
		pd_buf_adds(w->b, list ? "[]" : "()");
		return 0;
	}
	pd_buf_addc(w->b, list ? '[' : '(');
	for (i = 0; i < Py_SIZE(o) && !full(w); i++) {
		PyObject *x = list ? PyList_GET_ITEM(o, i) :
		    PyTuple_GET_ITEM(o, i);
		int r;

		if (i > 0)
			pd_buf_adds(w->b, ", ");
		Py_INCREF(x);
		r = value(w, x);
		Py_DECREF(x);
		if (r < 0)
			return -1;
	}
	pd_buf_adds(w->b, list ? "]" : i == 1 ? ",)" : ")");
	return 0;
}

static int
pair(struct walk *w, PyObject *k, PyObject *v)
{
	int r;

	Py_INCREF(k);
	Py_INCREF(v);
	r = value(w, k);
	if (r == 0 && !full(w)) {
		pd_buf_adds(w->b, ": ");
		r = value(w, v);
	}
	Py_DECREF(k);
	Py_DECREF(v);
	return r;
}

static int
mapping(struct walk *w, PyObject *o)
{
	PyObject *k, *v;
	Py_ssize_t pos = 0;
	bool first = true;

	pd_buf_addc(w->b, '{');
	while (!full(w) && PyDict_Next(o, &pos, &k, &v)) {
		if (!first)
			pd_buf_adds(w->b, ", ");
		first = false;
		if (pair(w, k, v) < 0)
			return -1;
	}
	pd_buf_addc(w->b, '}');
	return 0;
}

static int
set(struct walk *w, PyObject *o)
{
	bool frozen = PyFrozenSet_CheckExact(o), first = true;
	PD_OWNED it = NULL;

	if (PySet_GET_SIZE(o) == 0) {
		pd_buf_adds(w->b, frozen ? "frozenset()" : "set()");
		return 0;
	}
	it = PyObject_GetIter(o);
	if (it == NULL)
		return -1;
	pd_buf_adds(w->b, frozen ? "frozenset({" : "{");
	while (!full(w)) {
		PD_OWNED x = PyIter_Next(it);

		if (x == NULL)
			break;
		if (!first)
			pd_buf_adds(w->b, ", ");
		first = false;
		if (value(w, x) < 0)
			return -1;
	}
	if (PyErr_Occurred())
		return -1;
	pd_buf_adds(w->b, frozen ? "})" : "}");
	return 0;
}

/* Exact types only: a subclass may have its own repr. */
static const struct row {
	PyTypeObject	*type;
	int		(*fn)(struct walk *, PyObject *);
	const char	*again;		/* inside itself; NULL: cannot be */
} rows[] = {
	{ &PyUnicode_Type, string, NULL },
	{ &PyBytes_Type, bytes, NULL },
	{ &PyByteArray_Type, bytes, NULL },
	{ &PyList_Type, sequence, "[...]" },
	{ &PyTuple_Type, sequence, "(...)" },
	{ &PyDict_Type, mapping, "{...}" },
	{ &PySet_Type, set, "set(...)" },
	{ &PyFrozenSet_Type, set, "frozenset(...)" },
};

/* Py_ReprEnter() is what repr() uses: a list inside itself is seen also when
 * an object's own repr lies between. */
static int
container(struct walk *w, PyObject *o, const struct row *row)
{
	int r;

	if (w->depth_max > 0 && w->depth >= w->depth_max &&
	    PyObject_Size(o) > 0) {
		pd_buf_adds(w->b, row->again);
		return 0;
	}
	if (Py_EnterRecursiveCall(" while getting the repr of an object"))
		return -1;
	r = Py_ReprEnter(o);
	if (r > 0) {
		pd_buf_adds(w->b, row->again);
		r = 0;
	} else if (r == 0) {
		w->depth++;
		r = row->fn(w, o);
		w->depth--;
		Py_ReprLeave(o);
	}
	Py_LeaveRecursiveCall();
	return r;
}

static int
value(struct walk *w, PyObject *o)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (Py_IS_TYPE(o, rows[i].type))
			return rows[i].again == NULL ? rows[i].fn(w, o) :
			    container(w, o, &rows[i]);
	return other(w, o);
}

int
pd_value_walk(PyObject *o, size_t max, size_t depth, struct pd_buf *b,
    bool *cut)
{
	struct walk w = { .b = b, .max = max, .depth_max = depth };

	if (value(&w, o) < 0)
		return -1;
	*cut = full(&w);
	pd_value_trim(b, max);
	return 0;
}

void
pd_value_fail(struct pd_guard *g, struct pd_value *out)
{
	pd_str_done(&out->text);
	out->text = pd_exception_take();
	out->failed = true;
	out->cut = false;
	pd_guard_leave(g);
	if (g->timed_out) {
		pd_str_done(&out->text);
		out->text = pd_strf("repr took longer than %d s and was cut "
		    "off", PD_REPR_MS / 1000);
	}
}

static void
finish(struct pd_buf *b, struct pd_value *out)
{
	out->text = b->n == 0 ? pd_str_new("", 0) : pd_buf_take(b);
	pd_buf_done(b);
}

static uint64_t
items(PyObject *o)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (Py_IS_TYPE(o, rows[i].type))
			return (uint64_t)PyObject_Size(o);
	return 0;
}

void
pd_value_repr(PyObject *o, size_t max, size_t depth, struct pd_value *out)
{
	struct pd_buf b = {0};
	struct pd_guard g;

	if (max == 0)
		max = PD_VALUE_MAX;
	pd_guard_enter(&g, PD_REPR_MS);
	if (pd_value_walk(o, max, depth, &b, &out->cut) < 0) {
		pd_value_fail(&g, out);
	} else {
		pd_guard_leave(&g);
		finish(&b, out);
		if (out->cut)
			out->total = items(o);
	}
	pd_buf_done(&b);
}

void
pd_value_text(PyObject *s, size_t max, struct pd_value *out)
{
	struct pd_buf b = {0};

	if (max == 0)
		max = PD_VALUE_MAX;
	pd_value_add(&b, s, max, &out->cut);
	pd_value_trim(&b, max);
	finish(&b, out);
}

void
pd_value_str(PyObject *o, size_t max, struct pd_value *out)
{
	struct pd_guard g;
	PyObject *s;

	pd_guard_enter(&g, PD_REPR_MS);
	s = PyObject_Str(o);
	if (s == NULL) {
		pd_value_fail(&g, out);
		return;
	}
	pd_guard_leave(&g);
	pd_value_text(s, max, out);
	Py_DECREF(s);
}
