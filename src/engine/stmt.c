/*
 * Statements typed at the prompt.
 *
 * Called by serve.c.  Compiled as pdb does, in 'single' mode; the values of
 * expression statements go to the user, not to sys.stdout and not to `_`.
 */
#include "engine/engine.h"

#include <string.h>

#include "engine/eval.h"

/* The display hook while a statement runs. */
static PyObject *
show(PyObject *self, PyObject *o)
{
	struct pd_buf b = {0};
	bool cut = false;

	if (o == Py_None)
		Py_RETURN_NONE;
	if (pd_value_walk(o, PD_VALUE_MAX, 0, &b, &cut) < 0) {
		pd_buf_done(&b);
		return NULL;
	}
	pd_buf_adds(&b, cut ? "...\n" : "\n");
	pd_flush_streams();
	pd_serve_output(b.s, b.n);
	pd_buf_done(&b);
	Py_RETURN_NONE;
}

static PyMethodDef show_def = {
	"displayhook", show, METH_O, "Shows a value to the debugger's user."
};

/* New reference.  A block of several lines that is no single statement is
 * taken as a file is; if it is neither, the first error counts. */
static PyObject *
compile_stmt(PyFrameObject *f, PyObject *text, int *start)
{
	PyObject *code, *t, *v, *tb;

	*start = Py_single_input;
	code = pd_await_compile(f, text, Py_single_input);
	if (code != NULL || PyUnicode_FindChar(text, '\n', 0,
	    PyUnicode_GET_LENGTH(text) - 1, 1) < 0)
		return code;
	PyErr_Fetch(&t, &v, &tb);
	code = pd_await_compile(f, text, Py_file_input);
	if (code == NULL) {
		PyErr_Restore(t, v, tb);
		return NULL;
	}
	*start = Py_file_input;
	Py_XDECREF(t);
	Py_XDECREF(v);
	Py_XDECREF(tb);
	return code;
}

PyObject *
pd_stmt_hook(PyObject **old)
{
	PyObject *hook = PyCFunction_New(&show_def, NULL);

	if (hook == NULL)
		return NULL;
	*old = Py_XNewRef(PySys_GetObject("displayhook"));
	PySys_SetObject("displayhook", hook);
	return hook;
}

void
pd_stmt_unhook(PyObject *ours, PyObject *old)
{
	PyObject *t, *v, *tb;

	PyErr_Fetch(&t, &v, &tb);
	if (PySys_GetObject("displayhook") == ours)
		PySys_SetObject("displayhook", old);
	PyErr_Clear();
	PyErr_Restore(t, v, tb);
}

/* 0, or -1 with an exception. */
static int
run(PyFrameObject *f, const struct pd_str *typed)
{
	struct pd_buf b = {0};
	struct pd_str line;
	PD_OWNED line_text = NULL;
	PD_OWNED text = NULL;
	PD_OWNED code = NULL;
	PD_OWNED hook = NULL;
	PD_OWNED old = NULL;
	PD_OWNED r = NULL;
	bool conv = false;
	int start;

	pd_buf_add(&b, typed->s == NULL ? "" : typed->s, typed->n);
	pd_buf_addc(&b, '\n');
	line = pd_buf_take(&b);
	line_text = pd_str_to_py(&line);
	pd_str_done(&line);
	text = line_text == NULL ? NULL : pd_conv_text(line_text, &conv);
	code = text == NULL ? NULL : compile_stmt(f, text, &start);
	if (code == NULL)
		return -1;
	hook = pd_stmt_hook(&old);
	if (hook == NULL)
		return -1;
	r = pd_eval_conv(f, code, text, start,
	    start == Py_single_input ? hook : NULL, conv);
	pd_stmt_unhook(hook, old);
	return r == NULL ? -1 : 0;
}

int
pd_eval_stmt(const struct pd_exec *req, struct pd_value *out,
    struct pd_err *err)
{
	PyFrameObject *f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	struct pd_guard g;

	if (f == NULL)
		return -1;
	pd_guard_enter(&g, 0);
	if (req->console)
		pd_console_line(f, req, out);
	else if (run(f, &req->text) < 0)
		pd_eval_failed(out);
	pd_flush_streams();
	pd_guard_leave(&g);
	return 0;
}
