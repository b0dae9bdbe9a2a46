/*
 * Break-in: the debugger's signal, or a SIGINT, reaches Python code.
 *
 * The wake signal has a C handler of ours (kept in place by the start's
 * sigint.c), which trips the Python-level handler of the same signal, a C
 * function of ours too: so that CPython itself does the delicate part.  System
 * calls that are interrupted run the handler and then go on (PEP 475).  It
 * runs in the main thread and does one of three things: unwind a program that
 * is quitting, interrupt a typed expression, or stop here.  The timer of
 * guard.c has a signal and a handler of its own, so that one which comes late
 * is no break-in.
 *
 * One press of Ctrl-C may come twice, as a SIGINT to the program and as a wake
 * of the debugger, in either order, and late.  So a wake names the last
 * request that the debugger had sent.  It holds while that request is served
 * (for RESUME: while the program runs), waits for it if it is still to come,
 * and is void once the next one has come.  A SIGINT asks for one stop: any
 * stop does, which then says so, and so does the end of an evaluation.  One
 * that comes between requests is for the program, when it goes on, unless the
 * debugger has answered it meanwhile.
 *
 * If the present line is not known (3.11 between instructions), or the
 * debugger's own work is under way in this thread, the stop is at the next
 * line.
 */
#include <sys/syscall.h>

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "engine/core.h"
#include "wire/proto.h"

static struct {
	_Atomic bool	by_sigint;	/* one came */
	_Atomic int	by_wake;	/* 1 + the request that it names; 0 */
	int		served;		/* requests that have come; GIL */
	bool		stop, pass;	/* what SIGINT does; GIL */
	bool		told;		/* start.so that; GIL */
	bool		held;		/* one came between requests; GIL */
	bool		owed;		/* to be passed when it goes on; GIL */
} wake = { .stop = true };

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

/* Is there one that holds? Takes it. */
static bool
take(void)
{
	int named = wake.by_wake - 1;
	bool found = atomic_exchange(&wake.by_sigint, false);

	wake.owed = wake.owed || (found && wake.pass);
	if (named >= 0 && named <= wake.served) {
		/* Unless a newer one has come in between. */
		int expected = named + 1;

		atomic_compare_exchange_strong(&wake.by_wake, &expected, 0);
		found = found || named == wake.served;
	}
	return found;
}

/* At the next line of this thread. */
static PyObject *
stop_soon(void)
{
	pd_run.interrupt = true;
	pd_run_plan_step();
	if (pd_run_rearm() < 0)
		return NULL;
	Py_RETURN_NONE;
}

static PyObject *
break_in(void)
{
	struct pd_reason why = { .kind = PD_STOP_LINE, .interrupted = true };
	PyFrameObject *f = PyEval_GetFrame();	/* borrowed */
	int rc;

	if (pd_run.waiting) {
		pd_run.interrupt = true;	/* the first stop is near */
		Py_RETURN_NONE;
	}
	if (f == NULL || PyFrame_GetLineNumber(f) <= 0)
		return stop_soon();
	Py_INCREF(f);
	pd_run.tstate = PyThreadState_Get();
	rc = pd_stop_at(f, &why);
	Py_DECREF(f);
	if (rc < 0)
		return NULL;
	Py_RETURN_NONE;
}

/* Something is being evaluated: that alone is given up. */
static bool
evaluation(unsigned long *ident)
{
	if (!pd_guard_interrupt(ident))
		return false;
	wake.held = false;
	return true;
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
	if (!take())
		Py_RETURN_NONE;
	if (evaluation(&ident))
		return raise_in(ident, PyExc_KeyboardInterrupt, "");
	if (pd_stop_active())
		Py_RETURN_NONE;
	return pd_guard_active() ? stop_soon() : break_in();
}

/* ---- requests and stops ------------------------------------------------- */

void
pd_wake_request(void)
{
	wake.served++;
	/* It came before what it is for. */
	if (wake.by_wake - 1 == wake.served)
		PyErr_SetInterruptEx(PD_WAKE_SIGNAL);
	wake.held = atomic_exchange(&wake.by_sigint, false) || wake.held;
}

void
pd_wake_resume(bool answered)
{
	if (!wake.held)
		return;
	wake.held = false;
	if (answered) {
		wake.owed = wake.owed || wake.pass;
		return;
	}
	wake.by_sigint = true;
	PyErr_SetInterruptEx(PD_WAKE_SIGNAL);
}

bool
pd_wake_stopped(void)
{
	return take();
}

void
pd_wake_over(void)
{
	wake.by_sigint = false;
	wake.owed = false;
}

void
pd_wake_policy(bool stop, bool pass)
{
	if (wake.told && wake.stop == stop && wake.pass == pass)
		return;
	wake.told = true;
	wake.stop = stop;
	wake.pass = pass;
	pd_doors->sigint_policy(stop, pass);
}

int
pd_wake_pass(void)
{
	bool owed = wake.owed;

	wake.owed = false;
	if (!owed || !wake.pass)
		return 0;
	pd_doors->sigint_pass();
	/* Now: the system call that was interrupted would go on. */
	return pd_is_main_thread() ? PyErr_CheckSignals() : 0;
}

bool
pd_wake_pending(void)
{
	return wake.by_sigint || wake.by_wake != 0;
}

void
pd_wake_look(void)
{
	unsigned long ident;

	if (take() && evaluation(&ident))
		Py_XDECREF(raise_in(ident, PyExc_KeyboardInterrupt, ""));
}

/* ---- the handlers in C: signal safe ------------------------------------- */

static void
on_signal(int signo, siginfo_t *info, void *context)
{
	int saved = errno;

	(void)context;
	if (info->si_code == SI_QUEUE)
		wake.by_wake = info->si_value.sival_int + 1;
	if (!pd_disarmed && Py_IsInitialized())
		PyErr_SetInterruptEx(signo);
	errno = saved;
}

/* A SIGINT that is to stop, in any thread: the main thread is to hear of it,
 * also where it waits. */
static bool
on_sigint(void)
{
	if (pd_disarmed || !Py_IsInitialized())
		return false;
	wake.by_sigint = true;
	syscall(SYS_tgkill, getpid(), getpid(), PD_WAKE_SIGNAL);
	return true;
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
	PD_OWNED handler = PyCFunction_New(&wake_def, NULL);
	PD_OWNED timer = PyCFunction_New(&timer_def, NULL);
	PD_OWNED old1 = NULL;
	PD_OWNED old2 = NULL;

	if (mod == NULL || handler == NULL || timer == NULL)
		return -1;
	if (pd_doors->version < 2 || pd_doors->wake(on_signal) < 0) {
		PyErr_SetString(PyExc_RuntimeError, "pydbg-start.so is not of "
		    "the engine's version");
		return -1;
	}
	old1 = PyObject_CallMethod(mod, "signal", "iO", (int)PD_WAKE_SIGNAL,
	    handler);
	old2 = PyObject_CallMethod(mod, "signal", "iO", (int)PD_TIMER_SIGNAL,
	    timer);
	if (old1 == NULL || old2 == NULL)
		return -1;
	pd_doors->sigint_watch(on_sigint);
	return 0;
}
