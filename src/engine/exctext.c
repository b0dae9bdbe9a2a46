/*
 * The text of an exception: the last line that the traceback module would
 * give, without that module.
 *
 * Called wherever something that ran for the user has failed, and for stops at
 * exceptions.  str(exception) and notes are the program's code: they run under
 * a guard.
 */
#include "engine/engine.h"

#include "engine/compat.h"
#include "engine/compat-eval.h"
#include "engine/eval.h"

/* New reference: func(o), or the words for its failure. */
static PyObject *
safe_string(PyObject *o, const char *what, bool repr)
{
	PyObject *s = repr ? PyObject_Repr(o) : PyObject_Str(o);

	if (s != NULL)
		return s;
	PyErr_Clear();
	return PyUnicode_FromFormat("<%s %s() failed>", what,
	    repr ? "repr" : "str");
}

/* New reference: the type's name, with its module unless that goes without
 * saying. */
static PyObject *
type_name(PyObject *type)
{
	PD_OWNED qual = PyObject_GetAttrString(type, "__qualname__");
	PD_OWNED mod = NULL;

	if (qual == NULL || !PyUnicode_Check(qual)) {
		PyErr_Clear();
		return PyUnicode_FromString(((PyTypeObject *)type)->tp_name);
	}
	mod = PyObject_GetAttrString(type, "__module__");
	if (mod == NULL || !PyUnicode_Check(mod)) {
		PyErr_Clear();
		return PyUnicode_FromFormat("<unknown>.%U", qual);
	}
	if (PyUnicode_CompareWithASCIIString(mod, "builtins") == 0 ||
	    PyUnicode_CompareWithASCIIString(mod, "__main__") == 0)
		return Py_NewRef(qual);
	return PyUnicode_FromFormat("%U.%U", mod, qual);
}

/* New reference, or NULL without an exception if it is missing or None. */
static PyObject *
attr_or_null(PyObject *o, const char *name)
{
	PyObject *v = PyObject_GetAttrString(o, name);

	if (v == Py_None)
		Py_CLEAR(v);
	PyErr_Clear();
	return v;
}

static PyObject *
syntax_line(PyObject *name, PyObject *exc)
{
	PD_OWNED msg = attr_or_null(exc, "msg");
	PD_OWNED lineno = attr_or_null(exc, "lineno");
	PD_OWNED file = attr_or_null(exc, "filename");
	PD_OWNED text = NULL;

	if (msg != NULL && PyObject_IsTrue(msg) == 1)
		text = PyObject_Str(msg);
	else
		text = PyUnicode_FromString("<no detail available>");
	if (text == NULL)
		return NULL;
	if (lineno == NULL && file != NULL)
		return PyUnicode_FromFormat("%U: %U (%S)", name, text, file);
	return PyUnicode_FromFormat("%U: %U", name, text);
}

static PyObject *
main_line(PyObject *name, PyObject *exc)
{
	PD_OWNED text = NULL;
	PD_OWNED hint = NULL;
	int syntax = PyObject_IsInstance(exc, PyExc_SyntaxError);

	PyErr_Clear();
	if (syntax == 1)
		return syntax_line(name, exc);
	text = safe_string(exc, "exception", false);
	if (text == NULL)
		return NULL;
	hint = pd_suggest(exc);
	if (hint == NULL && PyUnicode_GET_LENGTH(text) == 0)
		return Py_NewRef(name);
	if (hint == NULL)
		return PyUnicode_FromFormat("%U: %U", name, text);
	return PyUnicode_FromFormat("%U: %U%U", name, text, hint);
}

/* As isinstance(o, collections.abc.Sequence), whose module every Python has
 * loaded. */
static bool
is_sequence(PyObject *o)
{
	PD_OWNED name = PyUnicode_FromString("_collections_abc");
	PD_OWNED mod = name == NULL ? NULL : PyImport_GetModule(name);
	PD_OWNED type = mod == NULL ? NULL :
	    PyObject_GetAttrString(mod, "Sequence");
	int r = type == NULL ? -1 : PyObject_IsInstance(o, type);

	PyErr_Clear();
	if (!PD_TB_STR_NOTES && (PyUnicode_Check(o) || PyBytes_Check(o)))
		return false;
	return r < 0 ? PyList_Check(o) || PyTuple_Check(o) : r == 1;
}

/* New reference: what follows the last newline. */
static PyObject *
last_part(PyObject *s)
{
	Py_ssize_t n = PyUnicode_GET_LENGTH(s);
	Py_ssize_t at = PyUnicode_FindChar(s, '\n', 0, n, -1);

	return PyUnicode_Substring(s, at < 0 ? 0 : at + 1, n);
}

static PyObject *
notes_of(PyObject *exc, PyObject **error)
{
	PyObject *notes = PyObject_GetAttrString(exc, "__notes__");

	if (notes == NULL && PD_TB_NOTES_ERRORS &&
	    !PyErr_ExceptionMatches(PyExc_AttributeError)) {
		PyObject *t, *v, *tb;

		PyErr_Fetch(&t, &v, &tb);
		PyErr_NormalizeException(&t, &v, &tb);
		*error = v == NULL ? NULL : safe_string(v, "__notes__", true);
		Py_XDECREF(t);
		Py_XDECREF(v);
		Py_XDECREF(tb);
	}
	if (notes == Py_None)
		Py_CLEAR(notes);
	PyErr_Clear();
	return notes;
}

/* New reference: the last line that notes add, or NULL if there is none. */
static PyObject *
note_line(PyObject *exc)
{
	PD_OWNED error = NULL;
	PD_OWNED notes = notes_of(exc, &error);
	PD_OWNED last = NULL;
	PD_OWNED text = NULL;
	Py_ssize_t n;

	if (error != NULL)
		text = PyUnicode_FromFormat("Ignored error getting "
		    "__notes__: %U", error);
	else if (notes == NULL)
		return NULL;
	else if (!is_sequence(notes))
		return safe_string(notes, "__notes__", true);
	if (text != NULL)
		return last_part(text);
	n = PySequence_Size(notes);
	if (n <= 0)
		return NULL;
	last = PySequence_GetItem(notes, n - 1);
	if (last == NULL)
		return NULL;
	text = safe_string(last, "note", false);
	return text == NULL ? NULL : last_part(text);
}

/* New reference: a str, stripped. */
static PyObject *
exception_line(PyObject *exc)
{
	PD_OWNED name = type_name((PyObject *)Py_TYPE(exc));
	PD_OWNED line = NULL;

	if (name == NULL)
		return NULL;
	line = note_line(exc);
	if (line == NULL) {
		PyErr_Clear();
		line = main_line(name, exc);
	}
	return line == NULL ? NULL :
	    PyObject_CallMethod(line, "strip", NULL);
}

static struct pd_str
bare_name(PyObject *type)
{
	PD_OWNED name = PyType_Check(type) ? type_name(type) :
	    PyObject_Repr(type);
	struct pd_str s;

	if (name == NULL)
		PyErr_Clear();
	s = name == NULL ? pd_str_from("exception") : pd_str_from_py(name);
	return s;
}

struct pd_str
pd_exception_text(PyObject *type, PyObject *value)
{
	PyObject *line = NULL, *tb = NULL;
	struct pd_guard g;
	struct pd_str s;

	pd_guard_enter(&g, PD_REPR_MS);
	Py_XINCREF(type);
	Py_XINCREF(value);
	if (value != NULL && !PyExceptionInstance_Check(value) &&
	    type != NULL && PyExceptionClass_Check(type))
		PyErr_NormalizeException(&type, &value, &tb);
	if (value != NULL && PyExceptionInstance_Check(value))
		line = exception_line(value);
	PyErr_Clear();
	if (line != NULL && PyUnicode_Check(line))
		s = pd_str_from_py(line);
	else
		s = bare_name(value != NULL && PyExceptionInstance_Check(value)
		    ? (PyObject *)Py_TYPE(value) :
		    type != NULL ? type : Py_None);
	Py_XDECREF(line);
	Py_XDECREF(type);
	Py_XDECREF(value);
	Py_XDECREF(tb);
	pd_guard_leave(&g);
	return s;
}

struct pd_str
pd_exception_take(void)
{
	PyObject *type, *value, *tb;
	struct pd_str s;

	PyErr_Fetch(&type, &value, &tb);
	if (type == NULL)
		return pd_str_from("unknown error");
	PyErr_NormalizeException(&type, &value, &tb);
	s = pd_exception_text(type, value);
	Py_XDECREF(type);
	Py_XDECREF(value);
	Py_XDECREF(tb);
	return s;
}

struct pd_str
pd_exception_str(size_t max)
{
	struct pd_value text = { 0 };
	PyObject *exc[3];

	pd_compat_fetch(exc);
	pd_value_str(exc[1] != NULL ? exc[1] : Py_None, max, &text);
	for (size_t i = 0; i < 3; i++)
		Py_XDECREF(exc[i]);
	return text.text;
}
