/*
 * Attributes and items, read from where they are kept.
 *
 * Called by complete.c.  Must not call anything that could reach code of the
 * program: no PyObject_GetAttr, no PyObject_GetItem, no comparison of objects
 * whose types are not exactly str or int.
 */
#include "engine/peek.h"

#include <string.h>

#include "engine/compat-eval.h"

struct wanted {
	const char	*s;
	size_t		 n;
	PyObject	*found;		/* owned */
};

static bool
match(void *ctx, PyObject *name, PyObject *value)
{
	struct wanted *w = ctx;
	Py_ssize_t n;
	const char *s = PyUnicode_AsUTF8AndSize(name, &n);

	if (s == NULL) {
		PyErr_Clear();
		return true;
	}
	if ((size_t)n != w->n || memcmp(s, w->s, w->n) != 0)
		return true;
	w->found = Py_NewRef(value);
	return false;
}

bool
pd_peek_dict(PyObject *dict, pd_peek_fn fn, void *ctx)
{
	Py_ssize_t pos = 0;
	PyObject *k, *v;

	while (PyDict_Next(dict, &pos, &k, &v))
		if (PyUnicode_CheckExact(k) && !fn(ctx, k, v))
			return false;
	return true;
}

/* New reference. */
static PyObject *
in_dict(PyObject *dict, const char *name, size_t n)
{
	struct wanted w = { name, n, NULL };

	if (dict != NULL && PyDict_Check(dict))
		pd_peek_dict(dict, match, &w);
	return w.found;
}

/* New reference: what the type's classes have under that name. */
static PyObject *
in_classes(PyTypeObject *type, const char *name, size_t n)
{
	PyObject *mro = type->tp_mro, *v = NULL;

	for (Py_ssize_t i = 0; mro != NULL && v == NULL &&
	    i < PyTuple_GET_SIZE(mro); i++) {
		PyObject *base = PyTuple_GET_ITEM(mro, i);
		PD_OWNED dict = NULL;

		if (!PyType_Check(base))
			continue;
		dict = pd_compat_type_dict((PyTypeObject *)base);
		v = in_dict(dict, name, n);
	}
	return v;
}

/* New reference: the function inside of a staticmethod or classmethod, whose
 * __func__ is a plain member; else the object itself. Takes v over. */
static PyObject *
unwrap(PyObject *v, bool on_instance, bool *bound)
{
	bool class = Py_IS_TYPE(v, &PyClassMethod_Type);
	PyObject *f;

	if (bound != NULL)
		*bound = class || (on_instance && PyFunction_Check(v));
	if (!class && !Py_IS_TYPE(v, &PyStaticMethod_Type))
		return v;
	f = PyObject_GetAttrString(v, "__func__");
	PyErr_Clear();
	Py_DECREF(v);
	return f;
}

/* New reference: a member of an object with __slots__, which is read by C. */
static PyObject *
slot(PyObject *descr, PyObject *o)
{
	PyObject *v;

	if (!Py_IS_TYPE(descr, &PyMemberDescr_Type))
		return NULL;
	v = Py_TYPE(descr)->tp_descr_get(descr, o, (PyObject *)Py_TYPE(o));
	PyErr_Clear();
	return v;
}

/* What a class has can be had from an instance without its __get__? */
static bool
is_plain(PyObject *v)
{
	return Py_TYPE(v)->tp_descr_get == NULL || PyFunction_Check(v) ||
	    Py_IS_TYPE(v, &PyStaticMethod_Type) ||
	    Py_IS_TYPE(v, &PyClassMethod_Type);
}

static bool
is_name(const char *name, size_t n, const char *what)
{
	return strlen(what) == n && memcmp(name, what, n) == 0;
}

/* As object.__getattribute__: a data descriptor of the class goes first, then
 * the instance's own, then what else the class has. */
static PyObject *
of_instance(PyObject *o, const char *name, size_t n, bool *bound)
{
	PyObject *v = in_classes(Py_TYPE(o), name, n), *own;
	PD_OWNED dict = NULL;

	if (v != NULL && Py_TYPE(v)->tp_descr_set != NULL) {
		own = slot(v, o);
		Py_DECREF(v);
		return own;
	}
	dict = pd_compat_instance_dict(o);
	own = in_dict(dict, name, n);
	if (own != NULL) {
		Py_XDECREF(v);
		return own;
	}
	if (v != NULL && !is_plain(v))
		Py_CLEAR(v);
	return v == NULL ? NULL : unwrap(v, true, bound);
}

PyObject *
pd_peek_attr(PyObject *o, const char *name, size_t n, bool *bound)
{
	PyObject *v;

	if (bound != NULL)
		*bound = false;
	if (is_name(name, n, "__class__"))
		return Py_NewRef((PyObject *)Py_TYPE(o));
	if (is_name(name, n, "__dict__") && !PyType_Check(o))
		return pd_compat_instance_dict(o);
	if (!PyType_Check(o))
		return of_instance(o, name, n, bound);
	v = in_classes((PyTypeObject *)o, name, n);
	return v == NULL ? NULL : unwrap(v, false, bound);
}

bool
pd_peek_is_dict(PyObject *o)
{
	return PyDict_Check(o) && Py_TYPE(o)->tp_as_mapping->mp_subscript ==
	    PyDict_Type.tp_as_mapping->mp_subscript;
}

PyObject *
pd_peek_key(PyObject *o, const char *key, size_t n)
{
	return pd_peek_is_dict(o) ? in_dict(o, key, n) : NULL;
}

static PyObject *
of_int(PyObject *dict, long i)
{
	Py_ssize_t pos = 0;
	PyObject *k, *v;
	int over;

	while (PyDict_Next(dict, &pos, &k, &v))
		if (PyLong_CheckExact(k) &&
		    PyLong_AsLongAndOverflow(k, &over) == i && over == 0)
			return Py_NewRef(v);
	return NULL;
}

PyObject *
pd_peek_index(PyObject *o, long i)
{
	Py_ssize_t n;

	if (pd_peek_is_dict(o))
		return of_int(o, i);
	if (!PyList_CheckExact(o) && !PyTuple_CheckExact(o))
		return NULL;
	n = Py_SIZE(o);
	if (i < 0)
		i += n;
	if (i < 0 || i >= n)
		return NULL;
	return Py_NewRef(PyList_CheckExact(o) ? PyList_GET_ITEM(o, i) :
	    PyTuple_GET_ITEM(o, i));
}

static void
classes_attrs(PyTypeObject *type, pd_peek_fn fn, void *ctx)
{
	PyObject *mro = type->tp_mro;

	for (Py_ssize_t i = 0; mro != NULL && i < PyTuple_GET_SIZE(mro); i++) {
		PyObject *base = PyTuple_GET_ITEM(mro, i);
		PD_OWNED dict = NULL;

		if (!PyType_Check(base))
			continue;
		dict = pd_compat_type_dict((PyTypeObject *)base);
		if (dict != NULL && PyDict_Check(dict) &&
		    !pd_peek_dict(dict, fn, ctx))
			return;
	}
}

void
pd_peek_attrs(PyObject *o, pd_peek_fn fn, void *ctx)
{
	PD_OWNED dict = NULL;

	if (PyType_Check(o)) {
		classes_attrs((PyTypeObject *)o, fn, ctx);
		return;
	}
	dict = pd_compat_instance_dict(o);
	if (dict != NULL && PyDict_Check(dict) && !pd_peek_dict(dict, fn, ctx))
		return;
	if (!PyModule_Check(o))
		classes_attrs(Py_TYPE(o), fn, ctx);
}
