/*
 * Texts and file names between Python and plain bytes.
 *
 * Called by everything in the engine that shows a Python string or compares a
 * file's name, also from the hooks while the program runs: nothing here may
 * run the program's code or change the current exception.
 */
#include "engine/engine.h"

#include <string.h>

#include "base/path.h"

/* co_filename -> bytes; owned, never emptied, so that what was given out
 * stays valid (as long as the name does). */
static PyObject *canon_names;

static PyObject *
encode(PyObject *o)
{
	PyObject *b;

	b = PyUnicode_AsEncodedString(o, "utf-8", "surrogateescape");
	if (b == NULL) {
		PyErr_Clear();
		b = PyUnicode_AsEncodedString(o, "utf-8", "surrogatepass");
	}
	return b;
}

struct pd_str
pd_str_from_py(PyObject *o)
{
	PyObject *t, *v, *tb, *b = NULL;
	struct pd_str s;

	PyErr_Fetch(&t, &v, &tb);
	if (o != NULL && PyUnicode_Check(o))
		b = encode(o);
	if (b != NULL)
		s = pd_str_new(PyBytes_AS_STRING(b),
		    (size_t)PyBytes_GET_SIZE(b));
	else
		s = pd_str_from("?");
	Py_XDECREF(b);
	PyErr_Restore(t, v, tb);
	return s;
}

PyObject *
pd_str_to_py(const struct pd_str *s)
{
	return PyUnicode_DecodeUTF8(s->s == NULL ? "" : s->s,
	    (Py_ssize_t)s->n, "surrogateescape");
}

/* bdb.canonic(): a name in angle brackets is no file. */
static struct pd_str
canonic(PyObject *name)
{
	struct pd_str s = pd_str_from_py(name), abs;

	if (s.n >= 2 && s.s[0] == '<' && s.s[s.n - 1] == '>')
		return s;
	abs = pd_path_abs(s.s, NULL);
	pd_str_done(&s);
	return abs;
}

/* Borrowed from the table; NULL with an exception. */
static PyObject *
canon_add(PyObject *name)
{
	struct pd_str s = canonic(name);
	PyObject *b;

	b = PyBytes_FromStringAndSize(s.s, (Py_ssize_t)s.n);
	pd_str_done(&s);
	if (b == NULL)
		return NULL;
	if (PyDict_SetItem(canon_names, name, b) < 0) {
		Py_DECREF(b);
		return NULL;
	}
	Py_DECREF(b);
	return b;
}

/* A name in angle brackets whose bytes need no memory of their own. */
static bool
in_brackets(PyObject *name)
{
	Py_ssize_t n = PyUnicode_GET_LENGTH(name);

	return n >= 2 && PyUnicode_IS_ASCII(name) &&
	    PyUnicode_READ_CHAR(name, 0) == '<' &&
	    PyUnicode_READ_CHAR(name, n - 1) == '>';
}

const char *
pd_file_canonic(PyObject *name)
{
	PyObject *t, *v, *tb, *b = NULL;

	if (name == NULL || !PyUnicode_Check(name))
		return "?";
	/* Programs make such names without end: the str keeps its own. */
	if (in_brackets(name))
		return PyUnicode_AsUTF8(name);
	PyErr_Fetch(&t, &v, &tb);
	if (canon_names == NULL)
		canon_names = PyDict_New();
	if (canon_names != NULL) {
		b = PyDict_GetItemWithError(canon_names, name);
		if (b == NULL && !PyErr_Occurred())
			b = canon_add(name);
	}
	PyErr_Restore(t, v, tb);
	return b == NULL ? "?" : PyBytes_AS_STRING(b);
}
