/*
 * pprint.pformat() for `pp`.
 *
 * The one place where a module is imported for the debugger's own use.  If the
 * program has pprint, its module is used; else it is imported from the
 * standard library, whatever the program's sys.path holds, and what that
 * brought into sys.modules is taken out again and kept here.
 */
#include "engine/engine.h"

#include "engine/eval.h"

static PyObject *own_pprint;	/* owned: our private module, or NULL */
static PyObject *own_modules;	/* owned: what came with it */

/* New reference: a list of the standard library's directories alone. */
static PyObject *
stdlib_path(void)
{
	PyObject *dir = PySys_GetObject("_stdlib_dir");

	if (dir == NULL || !PyUnicode_Check(dir))
		return NULL;
	return Py_BuildValue("[ON]", dir,
	    PyUnicode_FromFormat("%U/lib-dynload", dir));
}

/* New reference; sys.path is the library's while it lasts. */
static PyObject *
import_from_stdlib(void)
{
	PD_OWNED path = PySys_GetObject("path");
	PD_OWNED lib = stdlib_path();
	PyObject *m, *t, *v, *tb;

	Py_XINCREF(path);
	PyErr_Clear();
	if (path != NULL && lib != NULL)
		PySys_SetObject("path", lib);
	m = PyImport_ImportModuleLevel("pprint", NULL, NULL, NULL, 0);
	PyErr_Fetch(&t, &v, &tb);
	if (path != NULL && lib != NULL)
		PySys_SetObject("path", path);
	PyErr_Restore(t, v, tb);
	return m;
}

/* Moves modules that are not in before from sys.modules to own_modules. */
static void
take_out(PyObject *modules, PyObject *before)
{
	PD_OWNED keys = PyMapping_Keys(modules);

	for (Py_ssize_t i = 0; keys != NULL && i < PyList_GET_SIZE(keys); i++) {
		PyObject *k = PyList_GET_ITEM(keys, i);
		PD_OWNED m = NULL;

		if (PyDict_Contains(before, k) != 0)
			continue;
		m = PyObject_GetItem(modules, k);
		if (m != NULL)
			PyList_Append(own_modules, m);
		PyObject_DelItem(modules, k);
	}
}

/* New reference: the module, or NULL with an exception. */
static PyObject *
pprint_module(void)
{
	PD_OWNED name = PyUnicode_FromString("pprint");
	PD_OWNED before = NULL;
	PyObject *m, *modules = PyImport_GetModuleDict();
	PyObject *t, *v, *tb;

	m = name == NULL ? NULL : PyImport_GetModule(name);
	if (m != NULL && PyObject_HasAttrString(m, "pformat"))
		return m;
	Py_XDECREF(m);
	PyErr_Clear();
	if (own_pprint != NULL)
		return Py_NewRef(own_pprint);
	if (own_modules == NULL)
		own_modules = PyList_New(0);
	before = PyDict_New();
	if (own_modules == NULL || before == NULL ||
	    PyDict_Update(before, modules) < 0)
		return NULL;
	own_pprint = import_from_stdlib();
	PyErr_Fetch(&t, &v, &tb);
	take_out(modules, before);
	PyErr_Clear();
	PyErr_Restore(t, v, tb);
	return Py_XNewRef(own_pprint);
}

static PyObject *
pformat(PyObject *o)
{
	PD_OWNED m = pprint_module();
	PyObject *s;

	s = m == NULL ? NULL : PyObject_CallMethod(m, "pformat", "(O)", o);
	if (s != NULL && !PyUnicode_Check(s)) {
		Py_DECREF(s);
		PyErr_SetString(PyExc_TypeError,
		    "pprint.pformat() returned no str");
		return NULL;
	}
	return s;
}

void
pd_value_pprint(PyObject *o, size_t max, struct pd_value *out)
{
	struct pd_guard g;
	PyObject *s;

	pd_guard_enter(&g, PD_REPR_MS);
	s = pformat(o);
	if (s == NULL) {
		pd_value_fail(&g, out);
		return;
	}
	pd_guard_leave(&g);
	pd_value_text(s, max, out);
	Py_DECREF(s);
}
