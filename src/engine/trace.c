/*
 * The trace backend: PyEval_SetTrace in every thread while something is
 * planned or a breakpoint is enabled, nothing otherwise.  Other backends leave
 * the steps to it, in the one thread that steps.
 *
 * The hook is called by the interpreter for each call, line, return and
 * exception.  It asks the breakpoints and decide(), and stops.  It must leave
 * no trace of itself: errno is kept, and an exception is set only to unwind
 * the program.  Threads that come later are found by the newest thread state,
 * which each event compares.
 */
#include <errno.h>

#include "engine/compat.h"
#include "engine/core.h"

/* Protected by the GIL. */
static enum { OFF, ONE, ALL } armed;	/* threads that have the hook */
static PyThreadState	*one;		/* borrowed: which, if ONE */
static uint64_t	 newest_thread;		/* id of the newest thread state seen */

static int	 hook(PyObject *, PyFrameObject *, int, PyObject *);

static uint64_t
newest(void)
{
	return PyThreadState_GetID(
	    PyInterpreterState_ThreadHead(PyInterpreterState_Get()));
}

static int
arm_all(void)
{
	uint64_t now = newest();

	if (armed == ALL && now == newest_thread)
		return pd_tracer_hook(hook);
	newest_thread = now;
	armed = ALL;
	return pd_tracer_hook_all(hook);
}

/* Does the hook look at that thread? */
static bool
is_for(PyThreadState *ts)
{
	return armed == ALL || (armed == ONE && one == ts);
}

/* Puts the hook back in front of what the program has set in its place. */
static int
regain(void)
{
	if (armed == ALL)
		return pd_tracer_hook_all(hook);
	return armed == ONE && one == PyThreadState_Get() ?
	    pd_tracer_hook(hook) : 0;
}

/* ... as a pending call: what C code sets (a tracer of coverage's). */
static int
regain_soon(void *unused)
{
	(void)unused;
	if (!pd_disarmed && regain() < 0)
		PyErr_Clear();
	return 0;
}

void
pd_trace_being_set(void)
{
	if (is_for(PyThreadState_Get()) && !pd_tracer_is_setting())
		Py_AddPendingCall(regain_soon, NULL);
}

int
pd_trace_regain(void)
{
	PyThreadState *ts = PyThreadState_Get();
	PyObject *exc[3];
	int rc;

	if (pd_disarmed || !is_for(ts) || pd_compat_trace_of(ts) == hook)
		return 0;
	PyErr_Fetch(&exc[0], &exc[1], &exc[2]);
	rc = regain();
	if (exc[0] != NULL)
		PyErr_Restore(exc[0], exc[1], exc[2]);
	return rc;
}

/* In other threads the hook goes away at its next event. */
static int
disarm(void)
{
	bool here = is_for(PyThreadState_Get());

	armed = OFF;
	return here ? pd_tracer_unhook(hook) : 0;
}

int
pd_trace_steps(bool on)
{
	if (!on)
		return disarm();
	armed = ONE;
	one = PyThreadState_Get();
	return pd_tracer_hook(hook);
}

int
pd_trace_all(void)
{
	return arm_all();
}

bool
pd_trace_is_on(PyThreadState *ts)
{
	return is_for(ts) && pd_compat_trace_of(ts) == hook;
}

static int
trace_init(void)
{
	return 0;
}

static int
trace_arm(bool steps, bool bps)
{
	return steps || bps ? arm_all() : disarm();
}

const struct pd_backend pd_backend_trace = {
	.name = "trace",
	.init = trace_init,
	.arm = trace_arm,
};

/* Tells what kind of exception passes; arg is (type, value, traceback). */
static void
describe_exception(struct pd_happening *h, PyObject *arg)
{
	PyObject *type;

	if (arg == NULL || !PyTuple_Check(arg) || PyTuple_GET_SIZE(arg) < 3)
		return;
	type = PyTuple_GET_ITEM(arg, 0);
	h->stop_iteration = PyErr_GivenExceptionMatches(type,
	    PyExc_StopIteration);
	h->has_tb = PyTuple_GET_ITEM(arg, 2) != Py_None;
}

static bool
is_gen(PyCodeObject *code)
{
	return (code->co_flags & (CO_GENERATOR | CO_COROUTINE |
	    CO_ASYNC_GENERATOR)) != 0;
}

static const struct { enum pd_ev ev; enum pd_stop_kind kind; bool used; }
events[] = {
	[PyTrace_CALL] = { PD_EV_CALL, PD_STOP_CALL, true },
	[PyTrace_LINE] = { PD_EV_LINE, PD_STOP_LINE, true },
	[PyTrace_RETURN] = { PD_EV_RETURN, PD_STOP_RETURN, true },
	[PyTrace_EXCEPTION] = { PD_EV_EXCEPTION, PD_STOP_EXCEPTION, true },
	[PyTrace_OPCODE] = { PD_EV_LINE, PD_STOP_LINE, true },
};

/* Before the program's first line nothing is told. */
static bool
still_waiting(PyFrameObject *f, PyCodeObject *code, int what)
{
	if (!pd_run.waiting)
		return false;
	if ((PyObject *)code != pd_main_code)
		return true;
	/* An empty program has no line: its return will do. */
	return what != PyTrace_RETURN &&
	    (what != PyTrace_LINE || PyFrame_GetLineNumber(f) <= 0);
}

/* A stop of the plan that a count wants skipped: plans again from here. */
static bool
skip_count(PyFrameObject *f, int what)
{
	if (pd_run.count == 0 || what == PyTrace_EXCEPTION)
		return false;
	pd_run.count--;
	if (what == PyTrace_OPCODE)
		return true;
	if (pd_run.mode == PD_RESUME_NEXT && what == PyTrace_LINE) {
		if (pd_run.plan.stop != (void *)f)
			return false;
	} else if (pd_run.mode != PD_RESUME_STEP) {
		return false;
	}
	if (!pd_walk.insn)
		pd_run_plan_over(f);
	return true;
}

static int
stop_for(PyFrameObject *f, const struct pd_happening *h, PyObject *arg,
    int what)
{
	struct pd_reason why = { .kind = events[what].kind, .arg = arg,
	    .first = pd_run.waiting, .interrupted = pd_run.interrupt,
	    .in_hook = true };
	int rc;

	if (pd_run.waiting)
		why.kind = PD_STOP_LINE;
	pd_run.waiting = pd_run.interrupt = pd_run.inline_stop = false;
	rc = pd_stop_at(f, &why);
	/* bdb: a frame that has returned cannot be stopped in again. */
	if (h->ev == PD_EV_RETURN && pd_run.plan.stop == (void *)f &&
	    pd_run.plan.line != -1)
		pd_run_plan_step();
	return rc;
}

static int
on_event(PyFrameObject *f, PyCodeObject *code, int what, PyObject *arg)
{
	bool mine = pd_run.tstate == PyThreadState_Get();
	static const struct pd_plan never = { .stop = pd_no_frame, .line = -1 };
	struct pd_happening h = { .ev = events[what].ev, .frame = f,
	    .gen = is_gen(code) };
	struct pd_at at = { .code = code, .frame = f };
	struct pd_verdict v;
	bool counts;

	if (mine && (still_waiting(f, code, what) ||
	    (what == PyTrace_EXCEPTION && pd_compat_is_loop_end(f, arg))))
		return 0;
	if (what == PyTrace_OPCODE)
		return mine && pd_walk_opcode(f) && !skip_count(f, what) ?
		    stop_for(f, &h, arg, what) : 0;
	if (what == PyTrace_LINE || mine)
		h.line = PyFrame_GetLineNumber(f);
	if (what == PyTrace_RETURN && mine)
		h.for_good = !h.gen || arg == NULL || pd_compat_is_return(f);
	else if (what == PyTrace_EXCEPTION && mine)
		describe_exception(&h, arg);
	counts = mine && !pd_walk_passes(f, code, &h);
	v = pd_decide(counts ? &pd_run.plan : &never, &h);
	if (counts)
		pd_walk_judge(f, code, &h, arg, &v);
	if (v.to_step && !v.stop) {
		pd_run_plan_step();
		pd_run.plan.stop_is_gen = h.gen;
	}
	if (v.stop && skip_count(f, what))
		v.stop = false;
	/* As in bdb a stop of the plan is no hit of a breakpoint. */
	if (!v.stop && !v.over && what == PyTrace_LINE) {
		at.iframe = pd_compat_iframe_of(f);
		at.line = h.line;
		h.bp = pd_bp_check(&at);
		v = pd_decide(&never, &h);
	}
	if (!v.stop)
		return 0;
	pd_log("decide", "%s line %d: %s", PyUnicode_AsUTF8(code->co_name),
	    h.line, v.why);
	at.iframe = pd_compat_iframe_of(f);
	at.line = what == PyTrace_LINE ? h.line : 0;
	pd_bp_passed(&at);
	return stop_for(f, &h, arg, what);
}

static int
hook(PyObject *self, PyFrameObject *f, int what, PyObject *arg)
{
	int saved = errno, rc;
	PyCodeObject *code;

	rc = pd_tracer_call(f, what, arg);
	if (pd_trace_regain() < 0 || rc < 0)
		return -1;
	errno = saved;
	if (pd_disarmed || !is_for(PyThreadState_Get()))
		return pd_tracer_unhook(hook);
	if (what < 0 || what > PyTrace_OPCODE || !events[what].used ||
	    pd_guard_active())
		return 0;
	if (pd_stop_active())
		pd_stop_wait();
	if (armed == ALL && newest() != newest_thread)
		rc = arm_all();
	if (rc == 0 && is_for(PyThreadState_Get())) {
		/* Of a line with a trap the first opcodes are the trap's. */
		if (what != PyTrace_OPCODE)
			pd_bp_moved_on();
		code = PyFrame_GetCode(f);
		rc = on_event(f, code, what, arg);
		if (what == PyTrace_RETURN && armed == ALL)
			pd_swap_left(code);
		Py_DECREF(code);
	}
	errno = saved;
	return rc;
}
