/*
 * Break-in: the debugger's queued signal reaches Python code.
 *
 * The wake signal has a Python-level handler, a C function of ours, so that
 * CPython itself does the delicate part: its C handler only trips the eval
 * breaker, and system calls that are interrupted run the handler and then go
 * on (PEP 475).  The handler runs in the main thread and does one of three
 * things: unwind a program that is quitting, interrupt a typed expression, or
 * stop here.  The timer of guard.c has a signal and a handler of its own, so
 * that one which comes late is no break-in.
 *
 * If the present line is not known (3.11 between instructions) the stop is at
 * the next line.
 */
#include "engine/core.h"
#include "wire/proto.h"

static PyObject *
raise_in(unsigned long ident, PyObject *type, const char *text)
{
	if (ident == PyThread_get_thread_ident()) {
		PyErr_SetString(type, text);
		return NULL;
	}
	PyThreadState_SetAsyncExc(ident, type);
	Py_RETURN_NONE;
}

static PyObject *
break_in(void)
{
	struct pd_reason why = { .kind = PD_STOP_LINE, .interrupted = true };
	PyFrameObject *f = PyEval_GetFrame();	/* borrowed */

	if (pd_run.waiting || f == NULL)
		Py_RETURN_NONE;
	if (PyFrame_GetLineNumber(f) > 0 && !pd_stop_active()) {
		Py_INCREF(f);
		pd_run.tstate = PyThreadState_Get();
		if (pd_stop_at(f, &why) < 0) {
			Py_DECREF(f);
			return NULL;
		}
		Py_DECREF(f);
		Py_RETURN_NONE;
	}
	pd_run.interrupt = true;
	pd_run_plan_step();
	if (pd_run_rearm() < 0)
		return NULL;
	Py_RETURN_NONE;
}

static PyObject *
on_wake(PyObject *self, PyObject *args)
{
	unsigned long ident;

	(void)self;
	(void)args;
	if (pd_disarmed)
		Py_RETURN_NONE;
	if (pd_run.quitting && !pd_guard_active()) {
		pd_quit_raise();
		return NULL;
	}
	if (pd_guard_interrupt(&ident))
		return raise_in(ident, PyExc_KeyboardInterrupt, "");
	if (pd_guard_active() || pd_stop_active())
		Py_RETURN_NONE;
	return break_in();
}

static PyObject *
on_timer(PyObject *self, PyObject *args)
{
	unsigned long ident;

	(void)self;
	(void)args;
	if (!pd_disarmed && pd_guard_expired(&ident))
		return raise_in(ident, pd_timeout_type,
		    "took too long and was cut off");
	Py_RETURN_NONE;
}

static PyMethodDef wake_def = { "pydbg_wake", on_wake, METH_VARARGS, NULL };
static PyMethodDef timer_def = { "pydbg_timer", on_timer, METH_VARARGS,
	NULL };

int
pd_wake_init(void)
{
	PD_OWNED mod = PyImport_ImportModule("_signal");
	PD_OWNED wake = PyCFunction_New(&wake_def, NULL);
	PD_OWNED timer = PyCFunction_New(&timer_def, NULL);
	PD_OWNED old1 = NULL;
	PD_OWNED old2 = NULL;

	if (mod == NULL || wake == NULL || timer == NULL)
		return -1;
	old1 = PyObject_CallMethod(mod, "signal", "iO", (int)PD_WAKE_SIGNAL,
	    wake);
	old2 = PyObject_CallMethod(mod, "signal", "iO", (int)PD_TIMER_SIGNAL,
	    timer);
	return old1 == NULL || old2 == NULL ? -1 : 0;
}
