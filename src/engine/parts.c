/*
 * The parts of a value.  See parts.h.
 *
 * Must not call anything that could reach code of the program: no
 * PyObject_GetAttr, no PyObject_GetIter, no comparison of keys; what C types
 * do is called on them by the slots of these very types.
 */
#include "engine/parts.h"

#include <string.h>

#include "engine/compat-object.h"
#include "engine/compat.h"
#include "engine/parts-room.h"
#include "engine/peek.h"

int
pd_parts_quiet(void)
{
	return PyGC_Disable();
}

void
pd_parts_unquiet(int was)
{
	if (was)
		PyGC_Enable();
}

bool
pd_parts_is_c(PyTypeObject *type)
{
	return !(type->tp_flags & Py_TPFLAGS_HEAPTYPE) ||
	    (type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE);
}

PyTypeObject *
pd_parts_base(PyTypeObject *type, const char *name)
{
	PyObject *mro = type->tp_mro;

	for (Py_ssize_t i = 0; mro != NULL && i < PyTuple_GET_SIZE(mro); i++) {
		PyTypeObject *t = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);

		if (PyType_Check(t) && pd_parts_is_c(t) &&
		    strcmp(t->tp_name, name) == 0)
			return t;
	}
	return NULL;
}

bool
pd_parts_is_dunder(PyObject *name)
{
	Py_ssize_t n;
	const char *s = PyUnicode_Check(name) ?
	    PyUnicode_AsUTF8AndSize(name, &n) : NULL;

	PyErr_Clear();
	return s != NULL && n > 4 && strncmp(s, "__", 2) == 0 &&
	    strcmp(s + n - 2, "__") == 0;
}

/* ---- the walk ------------------------------------------------------------ */

void
pd_walk_part(struct walk *w, const struct pd_part *part)
{
	uint64_t pos = w->pos++;

	if (w->over || pos < w->first || pos >= w->end)
		return;
	Py_XINCREF(part->name);
	Py_XINCREF(part->value);
	w->over = !w->fn(w->ctx, pos, part);
	Py_XDECREF(part->name);
	Py_XDECREF(part->value);
}

bool
pd_walk_more(const struct walk *w)
{
	return !w->over && w->pos < w->end;
}

bool
pd_walk_skip(struct walk *w, uint64_t n)
{
	if (pd_walk_more(w) && n > 0 && w->pos + n > w->first)
		return false;
	w->pos += n;
	return true;
}

void
pd_walk_attr(struct walk *w, const char *name, PyObject *value)
{
	PD_OWNED s = NULL;

	if (value == NULL || pd_walk_skip(w, 1))
		return;
	s = PyUnicode_InternFromString(name);
	PyErr_Clear();
	pd_walk_part(w, &(struct pd_part){ PD_ITEM_ATTR, s, 0, value, NULL });
}

void
pd_walk_dict(struct walk *w, PyObject *dict, enum pd_item_kind kind)
{
	Py_ssize_t pos = 0;
	uint64_t start = w->pos;
	PyObject *k, *v;

	if (dict == NULL || !PyDict_Check(dict) ||
	    pd_walk_skip(w, (uint64_t)PyDict_GET_SIZE(dict)))
		return;
	while (pd_walk_more(w) && PyDict_Next(dict, &pos, &k, &v))
		pd_walk_part(w, &(struct pd_part){ kind, k, 0, v, NULL });
	w->pos = start + (uint64_t)PyDict_GET_SIZE(dict);
}

/* ---- items --------------------------------------------------------------- */

/* New reference. */
static PyObject *
item_at(PyObject *o, PyTypeObject *array, Py_ssize_t i)
{
	if (array != NULL)
		return array->tp_as_sequence->sq_item(o, i);
	return Py_NewRef(PyList_Check(o) ? PyList_GET_ITEM(o, i) :
	    PyTuple_GET_ITEM(o, i));
}

/* Goes straight to what is wanted: there may be a million before. */
static void
sequence(struct walk *w, PyObject *o, PyTypeObject *array)
{
	uint64_t n = (uint64_t)Py_SIZE(o), start = w->pos, i, end;
	PD_OWNED fields = NULL;

	if (pd_walk_skip(w, n))
		return;
	fields = pd_parts_fields(o);
	i = w->first > start ? w->first - start : 0;
	end = w->end - start < n ? w->end - start : n;
	w->pos += i;
	for (; i < end && !w->over; i++) {
		PD_OWNED v = item_at(o, array, (Py_ssize_t)i);
		struct pd_part part = { PD_ITEM_INDEX, NULL, i, v, NULL };

		PyErr_Clear();
		if (fields != NULL && i < (uint64_t)PyTuple_GET_SIZE(fields)) {
			part.kind = PD_ITEM_ATTR;
			part.name = PyTuple_GET_ITEM(fields, i);
		}
		pd_walk_part(w, &part);
	}
	w->pos = start + n;
}

/* By the iterator of the C type at base. */
static void
by_iterator(struct walk *w, PyObject *o, PyTypeObject *base, uint64_t n,
    enum pd_item_kind kind)
{
	PD_OWNED it = NULL;
	uint64_t start = w->pos;

	if (pd_walk_skip(w, n))
		return;
	it = base->tp_iter(o);
	for (uint64_t i = 0; it != NULL && i < n && pd_walk_more(w); i++) {
		PD_OWNED v = Py_TYPE(it)->tp_iternext(it);
		struct pd_part part = { kind, NULL, i, v, NULL };

		if (v == NULL)
			break;
		pd_walk_part(w, &part);
	}
	PyErr_Clear();
	w->pos = start + n;
}

static int
take_dict(PyObject *o, void *arg)
{
	PyObject **found = arg;

	if (*found == NULL && PyDict_Check(o))
		*found = o;
	return 0;
}

PyObject *
pd_parts_dict_behind(PyObject *o)
{
	PyObject *found = NULL;

	if (Py_IS_TYPE(o, &PyDictProxy_Type) || PyDictKeys_Check(o) ||
	    PyDictItems_Check(o) || PyDictValues_Check(o))
		Py_TYPE(o)->tp_traverse(o, take_dict, &found);
	return found;
}

PyObject *
pd_parts_fields(PyObject *o)
{
	PyObject *f = PyTuple_Check(o) && !PyTuple_CheckExact(o) ?
	    pd_peek_attr((PyObject *)Py_TYPE(o), "_fields", 7, NULL) : NULL;
	bool good = f != NULL && PyTuple_CheckExact(f);

	for (Py_ssize_t i = 0; good && i < PyTuple_GET_SIZE(f); i++)
		good = PyUnicode_CheckExact(PyTuple_GET_ITEM(f, i));
	if (!good)
		Py_CLEAR(f);
	return f;
}

/* What the view of a dict shows: one thing for each item of it. */
static void
view(struct walk *w, PyObject *o, PyObject *dict)
{
	Py_ssize_t pos = 0;
	uint64_t i = 0, start = w->pos;
	PyObject *k, *v;

	if (pd_walk_skip(w, (uint64_t)PyDict_GET_SIZE(dict)))
		return;
	while (pd_walk_more(w) && PyDict_Next(dict, &pos, &k, &v)) {
		PD_OWNED pair = PyDictItems_Check(o) ? PyTuple_Pack(2, k, v) :
		    Py_NewRef(PyDictKeys_Check(o) ? k : v);
		struct pd_part part = { PD_ITEM_MEMBER, NULL, i++, pair,
		    NULL };

		PyErr_Clear();
		pd_walk_part(w, &part);
	}
	w->pos = start + (uint64_t)PyDict_GET_SIZE(dict);
}

static void
items(struct walk *w, PyObject *o)
{
	PyTypeObject *base;
	PyObject *dict;

	if (PyList_Check(o) || PyTuple_Check(o))
		sequence(w, o, NULL);
	else if (PyDict_Check(o))
		pd_walk_dict(w, o, PD_ITEM_KEY);
	else if (PyAnySet_Check(o))
		by_iterator(w, o, PyFrozenSet_Check(o) ? &PyFrozenSet_Type :
		    &PySet_Type, (uint64_t)PySet_GET_SIZE(o), PD_ITEM_MEMBER);
	else if ((dict = pd_parts_dict_behind(o)) != NULL &&
	    Py_IS_TYPE(o, &PyDictProxy_Type))
		pd_walk_dict(w, dict, PD_ITEM_KEY);
	else if (dict != NULL)
		view(w, o, dict);
	else if ((base = pd_parts_base(Py_TYPE(o), "collections.deque")) !=
	    NULL)
		by_iterator(w, o, base, (uint64_t)Py_SIZE(o), PD_ITEM_INDEX);
	else if ((base = pd_parts_base(Py_TYPE(o), "array.array")) != NULL)
		sequence(w, o, base);
}

/* ---- all ----------------------------------------------------------------- */

/* Things without parts, and those that are nothing but their items. */
static bool
is_leaf(PyObject *o)
{
	return o == Py_None || o == Py_Ellipsis || o == Py_NotImplemented ||
	    PyLong_CheckExact(o) || PyBool_Check(o) || PyFloat_CheckExact(o) ||
	    PyComplex_CheckExact(o) || PyUnicode_CheckExact(o) ||
	    PyBytes_CheckExact(o) || PyByteArray_CheckExact(o);
}

static bool
is_container(PyObject *o)
{
	return PyDict_CheckExact(o) || PyList_CheckExact(o) ||
	    PyTuple_CheckExact(o) || PySet_CheckExact(o) ||
	    PyFrozenSet_CheckExact(o);
}

uint64_t
pd_parts_each(PyObject *o, uint64_t first, uint64_t end, pd_part_fn fn,
    void *ctx)
{
	struct walk w = { .first = first, .end = end, .fn = fn, .ctx = ctx };

	if (is_leaf(o))
		return 0;
	if (!is_container(o))
		pd_walk_attributes(&w, o);
	items(&w, o);
	return w.pos;
}

uint64_t
pd_parts_count(PyObject *o)
{
	return pd_parts_each(o, 0, 0, NULL, NULL);
}

/* ---- variables ----------------------------------------------------------- */

void
pd_walk_slots(struct walk *w, struct _PyInterpreterFrame *f,
    PyCodeObject *code, Py_ssize_t n, const char *via)
{
	PyObject *names = code->co_localsplusnames;

	if (n < 0 || n > PyTuple_GET_SIZE(names))
		n = PyTuple_GET_SIZE(names);
	for (Py_ssize_t i = 0; i < n; i++) {
		PyObject *v = pd_compat_iframe_local(f, code, (int)i);
		struct pd_part part = { PD_ITEM_NAME,
		    PyTuple_GET_ITEM(names, i), 0, v, via };

		if (v != NULL)
			pd_walk_part(w, &part);
	}
}

/* Names of a frame that are no variables of its code: those of a module or
 * class, and what was bound by hand in a function. */
static void
others(struct walk *w, PyFrameObject *f, PyCodeObject *code)
{
	PyObject *dict = pd_compat_frame_names(f), *k, *v;
	Py_ssize_t pos = 0;

	if (dict == NULL)
		return;
	if (!(code->co_flags & CO_OPTIMIZED)) {
		pd_walk_dict(w, dict, PD_ITEM_NAME);
		return;
	}
	while (PyDict_Next(dict, &pos, &k, &v))
		if (PyUnicode_CheckExact(k) &&
		    pd_compat_local_slot(code, k) < 0)
			pd_walk_part(w, &(struct pd_part){ PD_ITEM_NAME, k, 0,
			    v, NULL });
}

uint64_t
pd_parts_vars(PyFrameObject *f, enum pd_children_root root, uint64_t first,
    uint64_t end, pd_part_fn fn, void *ctx)
{
	struct walk w = { .first = first, .end = end, .fn = fn, .ctx = ctx };
	PyCodeObject *co = PyFrame_GetCode(f);
	PD_OWNED globals = PyFrame_GetGlobals(f);
	Py_ssize_t n = co->co_argcount + co->co_kwonlyargcount +
	    ((co->co_flags & CO_VARARGS) != 0) +
	    ((co->co_flags & CO_VARKEYWORDS) != 0);

	if (root == PD_ROOT_GLOBALS)
		pd_walk_dict(&w, globals, PD_ITEM_NAME);
	else
		pd_walk_slots(&w, pd_compat_iframe_of(f), co,
		    root == PD_ROOT_ARGS ? n : -1, NULL);
	if (root == PD_ROOT_LOCALS)
		others(&w, f, co);
	Py_DECREF(co);
	return w.pos;
}
