/*
 * Jumps, and numbers for frames.
 *
 * Called by serve.c at a stop.  A jump sets f_lineno, which the interpreter
 * allows inside the hook of a line event alone; 3.11 looks only whether
 * f_trace is set and at the last event there was, so the other stops are
 * refused here.
 *
 * A frame that is marked has its number in f_trace, as a function that does
 * nothing: it goes away with the frame, so that no other frame can be taken
 * for it, and nothing of the program is kept alive.
 */
#include "engine/compat.h"
#include "engine/core.h"

#define MARK_NAME	"pydbg_mark"

static uint64_t last_mark;

/* As a local trace function of the program's own sys.settrace() it goes on
 * being that, and does nothing. */
static PyObject *
mark(PyObject *self, PyObject *args)
{
	(void)self;
	(void)args;
	Py_RETURN_NONE;
}

static PyMethodDef mark_def = { MARK_NAME, mark, METH_VARARGS, NULL };

static bool
is_mark(PyObject *o)
{
	return PyCFunction_Check(o) && PyCFunction_GetFunction(o) == mark;
}

uint64_t
pd_jump_mark_of(PyFrameObject *f)
{
	PD_OWNED trace = PyObject_GetAttrString((PyObject *)f, "f_trace");
	PyObject *self;
	uint64_t n = 0;

	if (trace != NULL && is_mark(trace)) {
		self = PyCFunction_GetSelf(trace);
		n = self != NULL ? PyLong_AsUnsignedLongLong(self) : 0;
	}
	PyErr_Clear();
	return n;
}

/* 0, or -1 with an exception.  What the program has there is left. */
static int
put_mark(PyFrameObject *f)
{
	PD_OWNED trace = PyObject_GetAttrString((PyObject *)f, "f_trace");
	PD_OWNED number = NULL;
	PD_OWNED fn = NULL;

	if (trace == NULL)
		return -1;
	if (trace != Py_None)
		return 0;
	number = PyLong_FromUnsignedLongLong(++last_mark);
	fn = number == NULL ? NULL : PyCFunction_New(&mark_def, number);
	return fn == NULL ? -1 :
	    PyObject_SetAttrString((PyObject *)f, "f_trace", fn);
}

int
pd_jump_mark(const struct pd_mark *req, struct pd_frame *rep,
    struct pd_err *err)
{
	PyFrameObject *f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	struct pd_guard g;

	if (f == NULL)
		return -1;
	pd_guard_enter(&g, 0);
	if (put_mark(f) < 0)
		PyErr_Clear();
	pd_stack_record(&pd_stop_stack, (size_t)req->frame, rep);
	/* One that the program traces itself: by its address, then. */
	if (rep->mark == 0)
		rep->mark = (uint64_t)(uintptr_t)f;
	pd_guard_leave(&g);
	return 0;
}

static int
set_line(PyFrameObject *f, uint64_t line)
{
	PyObject *frame = (PyObject *)f;
	PD_OWNED before = PyObject_GetAttrString(frame, "f_trace");
	PD_OWNED number = PyLong_FromUnsignedLongLong(line);
	PyObject *t, *v, *tb;
	int rc;

	if (before == NULL || number == NULL || put_mark(f) < 0)
		return -1;
	rc = PyObject_SetAttrString(frame, "f_lineno", number);
	PyErr_Fetch(&t, &v, &tb);
	PyObject_SetAttrString(frame, "f_trace", before);
	PyErr_Restore(t, v, tb);
	return rc;
}

static void
tell(struct pd_err *err)
{
	struct pd_str text = pd_exception_str(1000);

	pd_err_set(err, "Jump failed: %s", pd_str_c(&text));
	pd_str_done(&text);
}

int
pd_jump_do(const struct pd_jump *req, struct pd_frame *rep, struct pd_err *err)
{
	PyFrameObject *f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	struct pd_guard g;
	bool line;
	int rc, was;

	if (f == NULL)
		return -1;
	if (req->frame != 0)
		return pd_err_set(err,
		    "You can only jump within the bottom frame");
	if (!pd_stop_can_jump(&line))
		return pd_err_set(err, "Jump failed: f_lineno can only be set "
		    "in a trace function");
	if (req->line > INT_MAX)
		return pd_err_set(err, "Jump failed: line %llu comes after "
		    "the current code block",
		    (unsigned long long)req->line);
	pd_guard_enter(&g, 0);
	was = pd_compat_jump_begin(line);
	rc = set_line(f, req->line);
	pd_compat_jump_end(was);
	if (rc < 0) {
		tell(err);
	} else {
		pd_bp_jumped(f);
		pd_stop_stack.v[0].line = PyFrame_GetLineNumber(f);
		pd_stack_record(&pd_stop_stack, 0, rep);
	}
	pd_guard_leave(&g);
	return rc;
}
