/*
 * Compiling what the user types and what files hold, without a trace in the
 * program: no warnings, no future flags of whatever code happens to run.
 *
 * Called by the evaluation, by conditions and by code.c.
 */
#include "engine/engine.h"

#include <string.h>

#include "engine/compat-eval.h"
#include "engine/eval.h"

/* The list that the warnings machinery goes through; owned, or NULL. */
static PyObject *
warning_filters(void)
{
	static const char *const modules[] = { "warnings", "_warnings" };
	PyObject *list = NULL;

	for (size_t i = 0; i < 2 && list == NULL; i++) {
		PD_OWNED name = PyUnicode_FromString(modules[i]);
		PD_OWNED mod = name == NULL ? NULL : PyImport_GetModule(name);

		if (mod != NULL && PyModule_Check(mod))
			list = PyDict_GetItemString(PyModule_GetDict(mod),
			    "filters");
		Py_XINCREF(list);
	}
	PyErr_Clear();
	if (list != NULL && !PyList_Check(list))
		Py_CLEAR(list);
	return list;
}

void
pd_silence_begin(struct pd_silence *s)
{
	PyObject *t, *v, *tb;

	PyErr_Fetch(&t, &v, &tb);
	s->item = NULL;
	s->filters = warning_filters();
	if (s->filters != NULL) {
		s->item = Py_BuildValue("(sOOOi)", "ignore", Py_None,
		    PyExc_Warning, Py_None, 0);
		if (s->item != NULL)
			PyList_Insert(s->filters, 0, s->item);
	}
	PyErr_Restore(t, v, tb);
}

void
pd_silence_end(struct pd_silence *s)
{
	PyObject *t, *v, *tb;

	PyErr_Fetch(&t, &v, &tb);
	if (s->filters != NULL && s->item != NULL)
		for (Py_ssize_t i = 0; i < PyList_GET_SIZE(s->filters); i++)
			if (PyList_GET_ITEM(s->filters, i) == s->item) {
				PyList_SetSlice(s->filters, i, i + 1, NULL);
				break;
			}
	Py_CLEAR(s->item);
	Py_CLEAR(s->filters);
	PyErr_Restore(t, v, tb);
}

PyObject *
pd_compile_utf8(const char *text, PyObject *filename, int start, int flags)
{
	PyCompilerFlags cf = {
		.cf_flags = PyCF_IGNORE_COOKIE | flags,
		.cf_feature_version = PY_MINOR_VERSION,
	};
	struct pd_silence quiet;
	PyObject *code;

	pd_silence_begin(&quiet);
	code = Py_CompileStringObject(text, filename, start, &cf, -1);
	pd_silence_end(&quiet);
	return code;
}

PyObject *
pd_compile_str(PyObject *text, int start, int flags)
{
	PD_OWNED name = NULL;
	const char *s;
	Py_ssize_t n;

	s = PyUnicode_AsUTF8AndSize(text, &n);
	if (s == NULL)
		return NULL;
	if (strlen(s) != (size_t)n) {
		PyErr_SetString(pd_compat_nul_error(),
		    "source code string cannot contain null bytes");
		return NULL;
	}
	name = PyUnicode_FromString("<stdin>");
	if (name == NULL)
		return NULL;
	return pd_compile_utf8(s, name, start, flags);
}
