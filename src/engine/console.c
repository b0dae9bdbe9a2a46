/*
 * interact: lines of an interpreter whose names are those of a frame.
 *
 * Called by stmt.c under a guard.  As code.InteractiveConsole, but that the
 * debugger reads the lines: they run in a namespace of their own, made of
 * copies of the frame's globals and locals.  `_` is bound there, not in the
 * program's builtins.
 */
#include "engine/core.h"

#include <string.h>

#include "engine/eval.h"

static PyObject *names;		/* owned: the namespace, or NULL */

static int
begin(PyFrameObject *f)
{
	PD_OWNED globals = PyFrame_GetGlobals(f);
	PD_OWNED locals = pd_frame_locals(f);

	Py_XSETREF(names, PyDict_New());
	if (names == NULL || globals == NULL || locals == NULL)
		return -1;
	return PyDict_Update(names, globals) < 0 ? -1 :
	    PyDict_Update(names, locals);
}

/* Drops the frames of the console's own callers: there are none in C, so the
 * traceback begins with the line itself. */
static struct pd_str
traceback_text(void)
{
	PD_OWNED lines = NULL;
	PD_OWNED empty = PyUnicode_FromString("");
	PD_OWNED text = NULL;
	PyObject *t, *v, *tb;

	PyErr_Fetch(&t, &v, &tb);
	PyErr_NormalizeException(&t, &v, &tb);
	lines = pd_private_call("traceback", "format_exception", "(OOO)", t,
	    v != NULL ? v : Py_None, tb != NULL ? tb : Py_None);
	if (lines != NULL && PyList_Check(lines) && empty != NULL)
		text = PyUnicode_Join(empty, lines);
	Py_XDECREF(t);
	Py_XDECREF(v);
	Py_XDECREF(tb);
	return text == NULL ? pd_exception_take() : pd_str_from_py(text);
}

/* New reference, or NULL with an exception. */
static PyObject *
compile_line(const struct pd_str *line)
{
	PD_OWNED text = pd_str_to_py(line);
	PD_OWNED name = PyUnicode_FromString("<console>");
	const char *s;
	Py_ssize_t n;

	if (text == NULL || name == NULL)
		return NULL;
	s = PyUnicode_AsUTF8AndSize(text, &n);
	if (s == NULL)
		return NULL;
	if (strlen(s) != (size_t)n) {
		PyErr_SetString(PyExc_SyntaxError,
		    "source code string cannot contain null bytes");
		return NULL;
	}
	return pd_compile_utf8(s, name, Py_single_input, 0);
}

/* 0, or -1 with an exception. */
static int
run(const struct pd_str *line)
{
	struct pd_buf b = { 0 };
	struct pd_str whole;
	PD_OWNED code = NULL;
	PD_OWNED old = NULL;
	PD_OWNED hook = NULL;
	PD_OWNED r = NULL;

	pd_buf_add(&b, line->s == NULL ? "" : line->s, line->n);
	pd_buf_addc(&b, '\n');
	whole = pd_buf_take(&b);
	code = compile_line(&whole);
	pd_str_done(&whole);
	if (code == NULL)
		return -1;
	hook = pd_stmt_hook(&old);
	if (hook == NULL)
		return -1;
	r = PyEval_EvalCode(code, names, names);
	pd_stmt_unhook(hook, old);
	return r == NULL ? -1 : 0;
}

void
pd_console_line(PyFrameObject *f, const struct pd_exec *req,
    struct pd_value *out)
{
	int rc = 0;

	if (req->fresh || names == NULL)
		rc = begin(f);
	if (rc == 0 && req->text.n > 0)
		rc = run(&req->text);
	if (rc == 0)
		return;
	out->failed = true;
	if (PyErr_ExceptionMatches(PyExc_SystemExit))
		PyErr_Clear();
	else
		out->text = traceback_text();
}

void
pd_console_forget(void)
{
	Py_CLEAR(names);
}
