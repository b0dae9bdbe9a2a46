/*
 * Modules that the debugger imports for its own use.
 *
 * If the program has the module, its own is used; else it is imported from
 * the standard library, whatever the program's sys.path holds, and what that
 * brought into sys.modules is taken out again and kept here.  Called by the
 * files that need Python's own words (pprint.c, disasm.c), under a guard.
 */
#include "engine/engine.h"

static PyObject *own;		/* owned: dict of our private modules */
static PyObject *own_modules;	/* owned: list of what came with them */

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
import_from_stdlib(const char *name)
{
	PD_OWNED path = PySys_GetObject("path");
	PD_OWNED lib = stdlib_path();
	PyObject *m, *t, *v, *tb;

	Py_XINCREF(path);
	PyErr_Clear();
	if (path != NULL && lib != NULL)
		PySys_SetObject("path", lib);
	m = PyImport_ImportModuleLevel(name, NULL, NULL, NULL, 0);
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

PyObject *
pd_private_import(const char *name, const char *wanted)
{
	PD_OWNED key = PyUnicode_FromString(name);
	PD_OWNED before = NULL;
	PyObject *m, *modules = PyImport_GetModuleDict();
	PyObject *t, *v, *tb;

	m = key == NULL ? NULL : PyImport_GetModule(key);
	if (m != NULL && PyObject_HasAttrString(m, wanted))
		return m;
	Py_XDECREF(m);
	PyErr_Clear();
	if (own == NULL)
		own = PyDict_New();
	if (own_modules == NULL)
		own_modules = PyList_New(0);
	before = PyDict_New();
	if (own == NULL || own_modules == NULL || before == NULL)
		return NULL;
	m = PyDict_GetItemString(own, name);
	if (m != NULL)
		return Py_NewRef(m);
	if (PyDict_Update(before, modules) < 0)
		return NULL;
	m = import_from_stdlib(name);
	PyErr_Fetch(&t, &v, &tb);
	take_out(modules, before);
	if (m != NULL)
		PyDict_SetItemString(own, name, m);
	PyErr_Clear();
	PyErr_Restore(t, v, tb);
	return m;
}
