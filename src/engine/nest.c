/*
 * debug: code run under the debugger while the program is stopped.
 *
 * Called by stop.c when a stop is resumed by PD_RESUME_DEBUG.  The stop is put
 * aside, plan and all; the code is run as a program of its own, whose main
 * frame is the code's, with stops inside stops; then the stop is put back.
 * sys.call_tracing() lifts the interpreter's own ban on events inside a hook.
 */
#include "engine/core.h"
#include "engine/eval.h"

struct aside {
	struct pd_stop_state	 stop;
	struct pd_running	 run;
	struct pd_guard		*guard;
	PyObject		*conv;		/* owned */
	PyObject		*main_code;	/* as pd_main_code */
};

/* What the function below runs; one at a time. */
static struct {
	PyFrameObject	*frame;		/* borrowed */
	PyObject	*code;		/* borrowed */
} job;

static unsigned depth;

unsigned
pd_nest_depth(void)
{
	return depth;
}

static PyObject *
run_code(PyObject *self, PyObject *args)
{
	PyThreadState *ts = PyThreadState_Get();

	(void)self;
	(void)args;
	/* Brings the thread's own switch in line with its tracing count. */
	PyThreadState_EnterTracing(ts);
	PyThreadState_LeaveTracing(ts);
	if (pd_run_rearm() < 0)
		PyErr_Clear();
	return pd_eval_run(job.frame, job.code, NULL, Py_file_input, NULL);
}

static PyMethodDef run_def = { "pydbg_debug", run_code, METH_VARARGS, NULL };

/* New reference, or NULL with an exception. */
static PyObject *
compile(PyFrameObject *f, const struct pd_str *text)
{
	PD_OWNED typed = pd_str_to_py(text);
	PD_OWNED name = PyUnicode_FromString("<string>");
	PD_OWNED py = NULL;
	const char *s;
	bool conv;

	(void)f;
	py = typed == NULL ? NULL : pd_conv_text(typed, &conv);
	s = py == NULL || name == NULL ? NULL : PyUnicode_AsUTF8(py);
	return s == NULL ? NULL :
	    pd_compile_utf8(s, name, Py_file_input, 0);
}

static void
put_aside(struct aside *a, PyObject *code)
{
	a->run = pd_run;
	pd_run = (struct pd_running){ .waiting = true,
	    .tstate = PyThreadState_Get() };
	pd_run_plan_step();
	a->main_code = pd_main_code;
	pd_main_code = code;
	a->conv = pd_conv_swap(NULL);
	a->guard = pd_guard_suspend();
	pd_stop_suspend(&a->stop);
	depth++;
}

static void
put_back(struct aside *a)
{
	depth--;
	pd_stop_restore(&a->stop);
	pd_guard_restore(a->guard);
	Py_XDECREF(pd_conv_swap(a->conv));
	pd_main_code = a->main_code;
	pd_run_plan_continue();
	pd_run = a->run;
}

/* New reference, or NULL with an exception. */
static PyObject *
call_traced(PyFrameObject *f, PyObject *code)
{
	PyObject *call = PySys_GetObject("call_tracing");	/* borrowed */
	PD_OWNED fn = PyCFunction_New(&run_def, NULL);
	PD_OWNED none = PyTuple_New(0);

	if (call == NULL || fn == NULL || none == NULL)
		return NULL;
	job.frame = f;
	job.code = code;
	return PyObject_CallFunctionObjArgs(call, fn, none, NULL);
}

void
pd_nest_run(const struct pd_resume *req, struct pd_str *error)
{
	struct pd_err err;
	PyFrameObject *f = pd_stack_frame(&pd_stop_stack, req->frame, &err);
	PD_OWNED code = NULL;
	PD_OWNED r = NULL;
	struct aside a;

	if (f == NULL) {
		*error = pd_str_from(err.msg);
		return;
	}
	code = compile(f, &req->text);
	if (code == NULL) {
		*error = pd_exception_take();
		return;
	}
	Py_INCREF(f);
	put_aside(&a, code);
	r = call_traced(f, code);
	if (r == NULL && !PyErr_ExceptionMatches(pd_quit_type)) {
		struct pd_guard g;
		PyObject *exc[3];

		PyErr_Fetch(&exc[0], &exc[1], &exc[2]);
		pd_guard_enter(&g, 0);
		PyErr_Restore(exc[0], exc[1], exc[2]);
		*error = pd_exception_take();
		pd_guard_leave(&g);
	}
	PyErr_Clear();
	pd_flush_streams();
	put_back(&a);
	Py_DECREF(f);
}
