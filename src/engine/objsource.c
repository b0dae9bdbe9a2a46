/*
 * The source of an object, for `source`.
 *
 * Called by serve.c.  The answer is inspect.getsourcelines()'s, by the
 * program's own module or a private one.
 */
#include "engine/engine.h"

#include "engine/eval.h"

/* New reference: a (lines, number) tuple, or NULL with an exception. */
static PyObject *
source_lines(PyObject *o)
{
	PyObject *r = pd_private_call("inspect", "getsourcelines", "(O)", o);

	if (r != NULL && (!PyTuple_Check(r) || PyTuple_GET_SIZE(r) != 2 ||
	    !PyList_Check(PyTuple_GET_ITEM(r, 0)))) {
		Py_DECREF(r);
		PyErr_SetString(PyExc_TypeError, "inspect.getsourcelines() "
		    "returned something else");
		return NULL;
	}
	return r;
}

/* Fills the answer; 0, or -1 with an exception. */
static int
describe(PyObject *o, struct pd_object *rep)
{
	PD_OWNED pair = source_lines(o);
	PD_OWNED empty = PyUnicode_FromString("");
	PD_OWNED text = NULL;
	long line;

	if (pair == NULL || empty == NULL)
		return -1;
	text = PyUnicode_Join(empty, PyTuple_GET_ITEM(pair, 0));
	if (text == NULL)
		return -1;
	line = PyLong_AsLong(PyTuple_GET_ITEM(pair, 1));
	rep->text = pd_str_from_py(text);
	/* 0 for a module's own frame. */
	rep->line = line > 1 ? (uint64_t)line : 1;
	return line == -1 && PyErr_Occurred() ? -1 : 0;
}

/* pdb shows what inspect says as str(exception), all else as usual. */
static void
failed(struct pd_object *rep)
{
	bool inspects = PyErr_ExceptionMatches(PyExc_OSError) ||
	    PyErr_ExceptionMatches(PyExc_TypeError);

	pd_str_done(&rep->text);
	rep->failed = true;
	rep->text = inspects ? pd_exception_str(PD_VALUE_MAX) :
	    pd_exception_take();
}

int
pd_object_source(const struct pd_eval *req, struct pd_object *rep,
    struct pd_err *err)
{
	PyFrameObject *f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	struct pd_guard g;
	PyObject *o;

	if (f == NULL)
		return -1;
	pd_guard_enter(&g, 0);
	o = pd_eval_object(f, &req->text);
	if (o == NULL) {
		rep->text = pd_exception_take();
		rep->failed = true;
	} else if (describe(o, rep) < 0) {
		failed(rep);
	}
	Py_XDECREF(o);
	pd_flush_streams();
	pd_guard_leave(&g);
	return 0;
}
