/*
 * What an evaluation may not change, and how long it may take.
 *
 * A guard keeps the program's exception state and errno, switches tracing
 * off in this thread, and limits the time by a POSIX timer: its signal has
 * a Python-level handler (wake.c), which asks pd_guard_expired() and raises
 * in the evaluation.  No thread, no polling; code that is stuck in
 * C cannot be cut.  Where the program is at its limit of recursion there are
 * some calls more for the evaluation.
 *
 * The guards of a thread are a stack (thread-local); the innermost limited one
 * of the stopped thread owns the timer.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "engine/compat-eval.h"
#include "engine/core.h"
#include "wire/proto.h"

#define RECURSION_ROOM	40

/* initial-exec: a look-up by the dynamic linker costs more than the rest. */
static __thread struct pd_guard	*top
    __attribute__((tls_model("initial-exec")));
static struct pd_guard		*limited;	/* owns the timer; GIL */
static unsigned long		 limited_ident;	/* its thread */
static struct pd_guard		*stop_guard;	/* innermost of the stop; GIL */
static unsigned long		 stop_ident;	/* its thread */
static struct timespec		 deadline;
static timer_t			 timer;
static bool			 timer_there;

bool
pd_guard_active(void)
{
	return top != NULL;
}

/* Arms the timer for ms milliseconds, 0 stops it. */
static void
set_timer(int ms)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL,
	    .sigev_signo = PD_TIMER_SIGNAL };
	struct itimerspec t = { 0 };

	if (!timer_there) {
		if (ms == 0 || timer_create(CLOCK_MONOTONIC, &ev, &timer) != 0)
			return;
		timer_there = true;
	}
	t.it_value.tv_sec = ms / 1000;
	t.it_value.tv_nsec = (long)(ms % 1000) * 1000000;
	/* Again and again: the program may swallow what is raised. */
	if (ms != 0)
		t.it_interval.tv_nsec = 200000000;
	timer_settime(timer, 0, &t, NULL);
	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += ms / 1000;
	deadline.tv_nsec += (long)(ms % 1000) * 1000000;
	if (deadline.tv_nsec >= 1000000000) {
		deadline.tv_sec++;
		deadline.tv_nsec -= 1000000000;
	}
}

void
pd_guard_enter(struct pd_guard *g, int ms)
{
	PyThreadState *ts;

	*g = (struct pd_guard){ .saved_errno = errno, .ms = ms, .outer = top };
	if (PyErr_Occurred())
		PyErr_Fetch(&g->exc[0], &g->exc[1], &g->exc[2]);
	ts = PyThreadState_Get();
	PyThreadState_EnterTracing(ts);
	pd_compat_recursion_room(ts, RECURSION_ROOM);
	top = g;
	if (pd_stop_tstate == ts) {
		stop_guard = g;
		stop_ident = PyThread_get_thread_ident();
	}
	if (ms > 0 && limited == NULL) {
		limited = g;
		limited_ident = PyThread_get_thread_ident();
		set_timer(ms);
	}
}

void
pd_guard_leave(struct pd_guard *g)
{
	PyThreadState *ts = PyThreadState_Get();

	if (top != g)
		PD_BUG("guards are not left in order");
	if (limited == g) {
		set_timer(0);
		limited = NULL;
	}
	if (PyErr_Occurred())
		PyErr_Clear();
	/* Raised from the main thread and not met yet: not for the program. */
	if ((g->timed_out || g->interrupted) && !pd_is_main_thread())
		PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), NULL);
	top = g->outer;
	if (stop_guard == g)
		stop_guard = pd_stop_tstate != NULL ? g->outer : NULL;
	pd_compat_recursion_room(ts, -RECURSION_ROOM);
	PyThreadState_LeaveTracing(ts);
	if (g->exc[0] != NULL)
		PyErr_Restore(g->exc[0], g->exc[1], g->exc[2]);
	errno = g->saved_errno;
}

struct pd_guard *
pd_guard_suspend(void)
{
	struct pd_guard *old = top;

	top = NULL;
	stop_guard = NULL;
	return old;
}

void
pd_guard_restore(struct pd_guard *old)
{
	top = old;
	stop_guard = old;
	stop_ident = PyThread_get_thread_ident();
}

bool
pd_guard_expired(unsigned long *ident)
{
	struct timespec now;

	if (limited == NULL)
		return false;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec < deadline.tv_sec || (now.tv_sec == deadline.tv_sec &&
	    now.tv_nsec + 1000000 < deadline.tv_nsec))
		return false;
	limited->timed_out = true;
	*ident = limited_ident;
	return true;
}

bool
pd_guard_interrupt(unsigned long *ident)
{
	struct pd_guard *g = stop_guard != NULL ? stop_guard : top;

	if (g == NULL || g->idle)
		return false;
	g->interrupted = true;
	*ident = g == stop_guard ? stop_ident : PyThread_get_thread_ident();
	return true;
}

/* A time limit only for streams of the program's own making: the timer's
 * system calls would be most of what a stop costs. */
static void
flush_one(const char *name)
{
	PyObject *stream = PySys_GetObject(name);	/* borrowed */
	struct pd_guard g;
	PyObject *r;

	if (stream == NULL || stream == Py_None)
		return;
	Py_INCREF(stream);
	pd_guard_enter(&g, strcmp(Py_TYPE(stream)->tp_name,
	    "_io.TextIOWrapper") == 0 ? 0 : PD_REPR_MS);
	r = PyObject_CallMethod(stream, "flush", NULL);
	Py_XDECREF(r);
	Py_DECREF(stream);
	pd_guard_leave(&g);
}

/* C's streams, unless another thread is in the midst of writing. */
static void
flush_c(FILE *f)
{
	if (ftrylockfile(f) != 0)
		return;
	fflush_unlocked(f);
	funlockfile(f);
}

void
pd_flush_streams(void)
{
	flush_one("stdout");
	flush_one("stderr");
	if (PySys_GetObject("stdout") != PySys_GetObject("__stdout__"))
		flush_one("__stdout__");
	flush_c(stdout);
}
