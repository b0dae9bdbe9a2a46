/*
 * reprlib.repr() in C: short texts of returned values.
 *
 * Called for each frame that is shown returning.  The limits and the choice by
 * the type's name are those of Lib/reprlib.py's Repr (3.11 to 3.13 agree).
 * One difference: sets and dicts too large to be sorted at every stop are
 * shown in their own order.
 */
#include "engine/engine.h"

#include <string.h>

#include "engine/eval.h"

enum {
	MAX_LEVEL = 6, MAX_ITEMS = 6, MAX_ARRAY = 5, MAX_DICT = 4,
	MAX_STRING = 30, MAX_LONG = 40, MAX_OTHER = 30,
	SORT_MAX = 200000	/* items */
};

static int	short1(struct pd_buf *, PyObject *, int level);

static void
add(struct pd_buf *b, PyObject *str)
{
	struct pd_str s = pd_str_from_py(str);

	pd_buf_add(b, s.s, s.n);
	pd_str_done(&s);
}

/* New reference: s[len - j:], where a start below zero counts from the end,
 * as it does in Python. */
static PyObject *
tail_of(PyObject *s, Py_ssize_t j)
{
	Py_ssize_t n = PyUnicode_GET_LENGTH(s), from = n - j;

	if (from < 0)
		from += n;
	return PyUnicode_Substring(s, from > 0 ? from : 0, n);
}

/* s[:i] + "..." + s[len - j:]. */
static int
cut_middle(struct pd_buf *b, PyObject *s, Py_ssize_t max)
{
	Py_ssize_t i = (max - 3) / 2;
	PD_OWNED head = PyUnicode_Substring(s, 0, i);
	PD_OWNED tail = tail_of(s, max - 3 - i);

	if (head == NULL || tail == NULL)
		return -1;
	add(b, head);
	pd_buf_adds(b, "...");
	add(b, tail);
	return 0;
}

static int
clip(struct pd_buf *b, PyObject *s, Py_ssize_t max)
{
	if (PyUnicode_GET_LENGTH(s) > max)
		return cut_middle(b, s, max);
	add(b, s);
	return 0;
}

static int
iterable(struct pd_buf *b, PyObject *x, int level, const char *open,
    const char *close, Py_ssize_t max, const char *trail)
{
	Py_ssize_t n = PyObject_Size(x);
	PD_OWNED it = NULL;

	if (n < 0)
		return -1;
	pd_buf_adds(b, open);
	if (level <= 0 && n > 0) {
		pd_buf_addf(b, "...%s", close);
		return 0;
	}
	it = PyObject_GetIter(x);
	if (it == NULL)
		return -1;
	for (Py_ssize_t i = 0; i < max; i++) {
		PD_OWNED item = PyIter_Next(it);

		if (item == NULL)
			break;
		if (i > 0)
			pd_buf_adds(b, ", ");
		if (short1(b, item, level - 1) < 0)
			return -1;
	}
	if (PyErr_Occurred())
		return -1;
	if (n > max)
		pd_buf_adds(b, ", ...");
	pd_buf_addf(b, "%s%s", n == 1 ? trail : "", close);
	return 0;
}

/* New reference: sorted(x), or list(x) where that cannot be. */
static PyObject *
possibly_sorted(PyObject *x)
{
	PyObject *l = PySequence_List(x);

	if (l == NULL || PyList_GET_SIZE(l) > SORT_MAX || PyList_Sort(l) == 0)
		return l;
	PyErr_Clear();
	Py_DECREF(l);
	return PySequence_List(x);
}

static int
short_tuple(struct pd_buf *b, PyObject *x, int level)
{
	return iterable(b, x, level, "(", ")", MAX_ITEMS, ",");
}

static int
short_list(struct pd_buf *b, PyObject *x, int level)
{
	return iterable(b, x, level, "[", "]", MAX_ITEMS, "");
}

static int
short_deque(struct pd_buf *b, PyObject *x, int level)
{
	return iterable(b, x, level, "deque([", "])", MAX_ITEMS, "");
}

static int
short_array(struct pd_buf *b, PyObject *x, int level)
{
	PD_OWNED code = PyObject_GetAttrString(x, "typecode");
	PD_OWNED name = code == NULL ? NULL : PyObject_Str(code);
	struct pd_str s, head;
	int r;

	if (name == NULL)
		return -1;
	r = PyObject_IsTrue(x);
	if (r < 0)
		return -1;
	s = pd_str_from_py(name);
	if (r == 0) {
		pd_buf_addf(b, "array('%s')", s.s);
	} else {
		head = pd_strf("array('%s', [", s.s);
		r = iterable(b, x, level, head.s, "])", MAX_ARRAY, "");
		pd_str_done(&head);
	}
	pd_str_done(&s);
	return r < 0 ? -1 : 0;
}

static int
any_set(struct pd_buf *b, PyObject *x, int level, const char *empty,
    const char *open, const char *close)
{
	int r = PyObject_IsTrue(x);
	PD_OWNED l = NULL;

	if (r < 0)
		return -1;
	if (r == 0) {
		pd_buf_adds(b, empty);
		return 0;
	}
	l = possibly_sorted(x);
	return l == NULL ? -1 :
	    iterable(b, l, level, open, close, MAX_ITEMS, "");
}

static int
short_set(struct pd_buf *b, PyObject *x, int level)
{
	return any_set(b, x, level, "set()", "{", "}");
}

static int
short_frozenset(struct pd_buf *b, PyObject *x, int level)
{
	return any_set(b, x, level, "frozenset()", "frozenset({", "})");
}

static int
short_item(struct pd_buf *b, PyObject *x, PyObject *key, int level)
{
	PD_OWNED v = NULL;

	if (short1(b, key, level) < 0)
		return -1;
	v = PyObject_GetItem(x, key);
	if (v == NULL)
		return -1;
	pd_buf_adds(b, ": ");
	return short1(b, v, level);
}

static int
short_dict(struct pd_buf *b, PyObject *x, int level)
{
	Py_ssize_t n = PyObject_Size(x);
	PD_OWNED keys = NULL;

	if (n < 0)
		return -1;
	if (n == 0 || level <= 0) {
		pd_buf_adds(b, n == 0 ? "{}" : "{...}");
		return 0;
	}
	keys = possibly_sorted(x);
	if (keys == NULL)
		return -1;
	pd_buf_addc(b, '{');
	for (Py_ssize_t i = 0; i < MAX_DICT && i < PyList_GET_SIZE(keys); i++) {
		if (i > 0)
			pd_buf_adds(b, ", ");
		if (short_item(b, x, PyList_GET_ITEM(keys, i), level - 1) < 0)
			return -1;
	}
	pd_buf_adds(b, n > MAX_DICT ? ", ...}" : "}");
	return 0;
}

/* x[:i] + x[len - j:] is what is left of a long one before its repr. */
static int
short_str(struct pd_buf *b, PyObject *x, int level)
{
	Py_ssize_t i = (MAX_STRING - 3) / 2, j = MAX_STRING - 3 - i;
	PD_OWNED head = NULL;
	PD_OWNED s = NULL;

	if (!PyUnicode_Check(x)) {
		PyErr_SetString(PyExc_TypeError, "not a str");
		return -1;
	}
	head = PyUnicode_Substring(x, 0, MAX_STRING);
	s = head == NULL ? NULL : PyObject_Repr(head);
	if (s == NULL)
		return -1;
	if (PyUnicode_GET_LENGTH(s) > MAX_STRING) {
		PD_OWNED a = PyUnicode_Substring(x, 0, i);
		PD_OWNED z = tail_of(x, j);
		PD_OWNED both = a == NULL || z == NULL ? NULL :
		    PyUnicode_Concat(a, z);
		PD_OWNED r = both == NULL ? NULL : PyObject_Repr(both);

		return r == NULL ? -1 : cut_middle(b, r, MAX_STRING);
	}
	add(b, s);
	return 0;
}

static int
short_int(struct pd_buf *b, PyObject *x, int level)
{
	PD_OWNED s = PyObject_Repr(x);

	return s == NULL ? -1 : clip(b, s, MAX_LONG);
}

/* Only both ends and which quotes there are matter for what is shown. */
static PyObject *
bytes_repr(PyObject *x)
{
	const char *p = PyBytes_AS_STRING(x);
	size_t n = (size_t)PyBytes_GET_SIZE(x);
	PD_OWNED less = NULL;
	char v[66];
	size_t k = 32;

	if (n <= 4096)
		return PyObject_Repr(x);
	memcpy(v, p, 32);
	if (memchr(p, '\'', n) != NULL)
		v[k++] = '\'';
	if (memchr(p, '"', n) != NULL)
		v[k++] = '"';
	memcpy(v + k, p + n - 32, 32);
	less = PyBytes_FromStringAndSize(v, (Py_ssize_t)k + 32);
	return less == NULL ? NULL : PyObject_Repr(less);
}

static void
made_up(struct pd_buf *b, PyObject *x)
{
	PD_OWNED cls = NULL;
	PD_OWNED name = NULL;

	PyErr_Clear();
	cls = PyObject_GetAttrString(x, "__class__");
	name = cls == NULL ? NULL : PyObject_GetAttrString(cls, "__name__");
	PyErr_Clear();
	pd_buf_addc(b, '<');
	if (name != NULL && PyUnicode_Check(name))
		add(b, name);
	else
		pd_buf_adds(b, Py_TYPE(x)->tp_name);
	pd_buf_addf(b, " instance at %#llx>", (unsigned long long)(size_t)x);
}

static int
short_other(struct pd_buf *b, PyObject *x, int level)
{
	PD_OWNED s = PyBytes_CheckExact(x) ? bytes_repr(x) : PyObject_Repr(x);

	if (s != NULL)
		return clip(b, s, MAX_OTHER);
	if (!PyErr_ExceptionMatches(PyExc_Exception))
		return -1;
	made_up(b, x);
	return 0;
}

static const struct {
	const char	*name;
	int		(*fn)(struct pd_buf *, PyObject *, int);
} rows[] = {
	{ "tuple", short_tuple }, { "list", short_list },
	{ "array", short_array }, { "set", short_set },
	{ "frozenset", short_frozenset }, { "deque", short_deque },
	{ "dict", short_dict }, { "str", short_str }, { "int", short_int },
};

static int
short1(struct pd_buf *b, PyObject *x, int level)
{
	const char *name = strrchr(Py_TYPE(x)->tp_name, '.');

	name = name == NULL ? Py_TYPE(x)->tp_name : name + 1;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].fn(b, x, level);
	return short_other(b, x, level);
}

void
pd_value_short(PyObject *o, struct pd_str *out)
{
	struct pd_buf b = {0};
	struct pd_guard g;

	pd_guard_enter(&g, PD_REPR_MS);
	if (short1(&b, o, MAX_LEVEL) < 0) {
		pd_buf_reset(&b);
		made_up(&b, o);
	}
	pd_guard_leave(&g);
	*out = pd_buf_take(&b);
}
