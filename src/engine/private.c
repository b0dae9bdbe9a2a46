/*
 * Modules that the debugger imports for its own use.
 *
 * If the program has the module, its own is used; else it is imported from
 * the standard library, whatever the program's sys.path holds, and what that
 * brought into sys.modules is taken out again and kept here; while a function
 * of theirs works it is there.  Called by the files that need Python's own
 * words (pprint.c, disasm.c), under a guard.
 */
#include <stdarg.h>
#include <string.h>

#include "engine/compat.h"

static PyObject *own;		/* owned: dict of our private modules */
static PyObject *own_modules;	/* owned: dict of what came with them */

/* What functions of these import only when they are called, 3.11 to 3.14:
 * grep '^ *import' in the library's own files. */
static const struct {
	const char	*module;
	const char	*needs;
} at_work[] = {
	{ "pprint", "dataclasses" }, { "pprint", "re" },
	{ "inspect", "tokenize" }, { "inspect", "os" },
	{ "traceback", "tokenize" }, { "traceback", "os" },
	{ "traceback", "ast" }, { "traceback", "codeop" },
	{ "traceback", "difflib" }, { "traceback", "unicodedata" },
#if PD_HAVE_SUGGESTIONS
	{ "traceback", "_suggestions" },
#endif
};

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

/* New reference: what is in sys.modules; our own are put there as well. */
static PyObject *
put_in(PyObject *modules)
{
	PyObject *before = PyDict_New(), *k, *m;
	Py_ssize_t pos = 0;

	if (before == NULL || PyDict_Update(before, modules) < 0) {
		Py_XDECREF(before);
		return NULL;
	}
	while (own_modules != NULL && PyDict_Next(own_modules, &pos, &k, &m))
		if (!PyDict_Contains(before, k))
			PyObject_SetItem(modules, k, m);
	return before;
}

/* Takes our own out of sys.modules that were not in before.  all: whatever is
 * not in before becomes our own. */
static void
take_out(PyObject *modules, PyObject *before, bool all)
{
	PD_OWNED keys = PyMapping_Keys(modules);

	for (Py_ssize_t i = 0; keys != NULL && i < PyList_GET_SIZE(keys); i++) {
		PyObject *k = PyList_GET_ITEM(keys, i);
		PD_OWNED m = NULL;

		if (PyDict_Contains(before, k))
			continue;
		m = PyObject_GetItem(modules, k);
		if (m != NULL && all)
			PyDict_SetItem(own_modules, k, m);
		if (m != NULL && PyDict_GetItem(own_modules, k) == m)
			PyObject_DelItem(modules, k);
	}
	PyErr_Clear();
}

/* New reference; NULL with an exception. */
static PyObject *
import_privately(const char *name)
{
	PyObject *modules = PyImport_GetModuleDict(), *t, *v, *tb;
	PD_OWNED before = NULL;
	PyObject *m;

	if (own == NULL)
		own = PyDict_New();
	if (own_modules == NULL)
		own_modules = PyDict_New();
	before = own == NULL || own_modules == NULL ? NULL : put_in(modules);
	if (before == NULL)
		return NULL;
	m = import_from_stdlib(name);
	PyErr_Fetch(&t, &v, &tb);
	take_out(modules, before, true);
	if (m != NULL)
		PyDict_SetItemString(own, name, m);
	PyErr_Clear();
	PyErr_Restore(t, v, tb);
	return m;
}

/* New reference: the program's or our own; NULL, maybe with an exception. */
static PyObject *
imported(const char *name, const char *wanted)
{
	PD_OWNED key = PyUnicode_FromString(name);
	PyObject *m = key == NULL ? NULL : PyImport_GetModule(key);

	if (m != NULL && (wanted == NULL || PyObject_HasAttrString(m, wanted)))
		return m;
	Py_XDECREF(m);
	PyErr_Clear();
	m = own == NULL ? NULL : PyDict_GetItemString(own, name);
	return Py_XNewRef(m);
}

PyObject *
pd_private_import(const char *name, const char *wanted)
{
	PyObject *m = imported(name, wanted);

	return m != NULL ? m : import_privately(name);
}

static void
import_what_it_needs(const char *module)
{
	for (size_t i = 0; i < sizeof(at_work) / sizeof(at_work[0]); i++) {
		PD_OWNED m = NULL;

		if (strcmp(at_work[i].module, module) != 0)
			continue;
		m = pd_private_import(at_work[i].needs, NULL);
		PyErr_Clear();
	}
}

PyObject *
pd_private_call(const char *module, const char *function, const char *format,
    ...)
{
	PyObject *modules = PyImport_GetModuleDict(), *t, *v, *tb, *r = NULL;
	PD_OWNED m = pd_private_import(module, function);
	PD_OWNED fn = m == NULL ? NULL : PyObject_GetAttrString(m, function);
	PD_OWNED args = NULL;
	PD_OWNED before = NULL;
	va_list ap;

	if (fn == NULL)
		return NULL;
	va_start(ap, format);
	args = Py_VaBuildValue(format, ap);
	va_end(ap);
	import_what_it_needs(module);
	before = args == NULL ? NULL : put_in(modules);
	if (before == NULL)
		return NULL;
	r = PyObject_Call(fn, args, NULL);
	PyErr_Fetch(&t, &v, &tb);
	if (own_modules != NULL)
		take_out(modules, before, false);
	PyErr_Restore(t, v, tb);
	return r;
}
