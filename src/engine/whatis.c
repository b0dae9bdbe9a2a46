/*
 * pdb's whatis.
 *
 * Called for that command.  Attributes are looked up as pdb does, so the
 * program's __getattr__ may run, under a guard.
 */
#include "engine/engine.h"

#include "engine/eval.h"

/* New reference: o.a.b (b may be NULL), or NULL without exception if that
 * cannot be had or is false. */
static PyObject *
true_attr(PyObject *o, const char *a, const char *b)
{
	PyObject *x = PyObject_GetAttrString(o, a);

	if (x != NULL && b != NULL) {
		PyObject *y = PyObject_GetAttrString(x, b);

		Py_DECREF(x);
		x = y;
	}
	if (x != NULL && PyObject_IsTrue(x) != 1)
		Py_CLEAR(x);
	/* pdb lets what is no Exception through. */
	if (PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_Exception))
		PyErr_Clear();
	return x;
}

static PyObject *
named(const char *what, PyObject *code)
{
	PD_OWNED name = PyObject_GetAttrString(code, "co_name");

	return name == NULL ? NULL : PyUnicode_FromFormat("%s %S", what, name);
}

static PyObject *
describe(PyObject *o)
{
	PD_OWNED method = NULL;
	PD_OWNED code = NULL;
	PD_OWNED cls = NULL;
	PD_OWNED mod = NULL;
	PD_OWNED qual = NULL;

	method = true_attr(o, "__func__", "__code__");
	if (method != NULL)
		return named("Method", method);
	if (PyErr_Occurred())
		return NULL;
	code = true_attr(o, "__code__", NULL);
	if (code != NULL)
		return named("Function", code);
	if (PyErr_Occurred())
		return NULL;
	cls = PyObject_GetAttrString(o, "__class__");
	if (cls == NULL)
		return NULL;
	if (cls != (PyObject *)&PyType_Type)
		return PyObject_Str((PyObject *)Py_TYPE(o));
	mod = PyObject_GetAttrString(o, "__module__");
	qual = mod == NULL ? NULL : PyObject_GetAttrString(o, "__qualname__");
	return qual == NULL ? NULL :
	    PyUnicode_FromFormat("Class %S.%S", mod, qual);
}

void
pd_value_whatis(PyObject *o, struct pd_value *out)
{
	struct pd_guard g;
	PyObject *s;

	pd_guard_enter(&g, PD_REPR_MS);
	s = describe(o);
	if (s == NULL) {
		pd_value_fail(&g, out);
		return;
	}
	pd_guard_leave(&g);
	pd_value_text(s, 0, out);
	Py_DECREF(s);
}
