/*
 * The swapping backend (3.11): breakpoints in code objects with traps.
 *
 * Code that holds breakpoints is replaced by a copy with a call of ours before
 * their lines (instrument.c): in functions that exist, in the constants from
 * which functions are made, in modules that are about to run, and in the
 * program's own main frame if nothing of it has run yet.  Everything else runs
 * as it is, at its own speed.
 *
 * Frames and suspended generators that run already keep the old code.  While
 * there are such with a breakpoint in them the trace hook is on in all
 * threads (old_runs); the traps are silent where it is.
 *
 * Which copy stands for which code: copies.c.  An original's constants are
 * changed in place; so are its copies'.
 */
#include "engine/compat.h"
#include "engine/copies.h"
#include "engine/core.h"

#if PD_HAVE_SWAP

#include <stddef.h>

static PyObject		*trap;		/* owned */
static unsigned long	 generation;	/* as armed */
static bool		 armed, old_runs, stale;
static int		 begun_line;	/* the main frame begins anew there */
static unsigned		 rests, rest;	/* re-arms without a search */
static unsigned		 waits, wait;	/* returns without a look */

static void
put_const(PyObject *code, Py_ssize_t i, PyObject *value)
{
	PyObject *consts = ((PyCodeObject *)code)->co_consts;
	PyObject *old = PyTuple_GET_ITEM(consts, i);

	PyTuple_SET_ITEM(consts, i, Py_NewRef(value));
	Py_DECREF(old);
}

/* Makes the constants of a code object, and theirs, as they are to be. */
static int
walk(PyObject *orig)
{
	PyObject *consts = ((PyCodeObject *)orig)->co_consts;
	struct pd_entry *e;

	if (pd_copies_wanted(orig, trap) == NULL)
		return -1;
	e = pd_copies_find(orig);
	if (e == NULL || e->walked == pd_bp_generation)
		return 0;
	e->walked = pd_bp_generation;
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(consts); i++) {
		PyObject *c = PyTuple_GET_ITEM(consts, i), *now;

		if (!PyCode_Check(c))
			continue;
		c = pd_copies_original(c);
		now = walk(c) < 0 ? NULL : pd_copies_wanted(c, trap);
		if (now == NULL)
			return -1;
		put_const(orig, i, now);
		/* Frames may still run the older ones. */
		PD_VEC_EACH(&e->copies, PyObject *, copy)
			put_const(*copy, i, now);
	}
	return 0;
}

/* Borrowed: what any code object is to be now, its constants too; NULL with an
 * exception. */
static PyObject *
fitted(PyObject *code)
{
	PyObject *orig = pd_copies_original(code);

	return walk(orig) < 0 ? NULL : pd_copies_wanted(orig, trap);
}

static bool
concerns_us(PyObject *code)
{
	return pd_bp_in_file((PyCodeObject *)code) ||
	    pd_copies_find(code) != NULL;
}

/* A function that exists. */
static int
swap_function(PyObject *f)
{
	PyObject *code = PyFunction_GET_CODE(f), *now;

	if (!concerns_us(code))
		return 0;
	now = fitted(code);
	if (now == NULL)
		return -1;
	return now == code ? 0 : PyObject_SetAttrString(f, "__code__", now);
}

/* Code that runs, or is suspended: notes if it is not what it should be. */
static int
look_at_running(PyObject *code)
{
	PyObject *now;

	if (!concerns_us(code))
		return 0;
	now = fitted(code);
	if (now == NULL)
		return -1;
	/* Old code with traps too many does no harm: they find nothing. */
	if (now != code && now != pd_copies_original(code))
		old_runs = true;
	return 0;
}

/* gi_code, cr_code or ag_code of a suspended one. */
static int
look_at_generator(PyObject *g)
{
	static const char *const names[] = { "gi_code", "cr_code", "ag_code" };
	int kind = PyGen_CheckExact(g) ? 0 : PyCoro_CheckExact(g) ? 1 : 2;
	PD_OWNED code = PyObject_GetAttrString(g, names[kind]);

	if (code == NULL || !PyCode_Check(code)) {
		PyErr_Clear();
		return 0;
	}
	return look_at_running(code);
}

static int
look_at_objects(void)
{
	PD_OWNED gc = pd_private_import("gc", "get_objects");
	PD_OWNED all = NULL;
	int rc = 0;

	if (gc != NULL)
		all = PyObject_CallMethod(gc, "get_objects", NULL);
	if (all == NULL || !PyList_Check(all))
		return -1;
	for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(all); i++) {
		PyObject *o = PyList_GET_ITEM(all, i);

		if (PyFunction_Check(o))
			rc = swap_function(o);
		else if (PyGen_CheckExact(o) || PyCoro_CheckExact(o) ||
		    PyAsyncGen_CheckExact(o))
			rc = look_at_generator(o);
	}
	return rc;
}

static PyObject *
on_trap(PyObject *self, PyObject *const *args, size_t n, PyObject *names)
{
	PyThreadState *ts = PyThreadState_Get();
	struct pd_reason why = { .kind = PD_STOP_LINE };
	struct pd_at at = { 0 };
	PD_OWNED frame = NULL;

	(void)self;
	(void)args;
	(void)n;
	(void)names;
	/* A program that is unwound still has traps in frames that run. */
	if (pd_disarmed || pd_run.quitting || pd_guard_active())
		Py_RETURN_NONE;
	if (pd_trace_is_on(ts)) {
		pd_bp_moved_on();
		Py_RETURN_NONE;
	}
	if (pd_stop_active())
		pd_stop_wait();
	frame = Py_XNewRef((PyObject *)PyEval_GetFrame());
	if (frame == NULL)
		Py_RETURN_NONE;
	at.frame = (PyFrameObject *)frame;
	at.iframe = pd_compat_iframe_of(at.frame);
	at.code = PyFrame_GetCode(at.frame);
	Py_DECREF(at.code);		/* the frame holds it */
	at.line = PyFrame_GetLineNumber(at.frame);
	/* The line that the program's first stop was on already. */
	if (begun_line != 0 && (PyObject *)at.code == pd_main_code &&
	    at.line == begun_line) {
		begun_line = 0;
		Py_RETURN_NONE;
	}
	begun_line = 0;
	if (pd_bp_was_passed(&at) || !pd_bp_check(&at))
		Py_RETURN_NONE;
	pd_run.tstate = ts;
	if (pd_stop_at(at.frame, &why) < 0)
		return NULL;
	Py_RETURN_NONE;
}

/*
 * What the traps call.  A type of our own: of a builtin function that is called
 * the interpreter tells the program's profilers.
 */
struct trap {
	PyObject_HEAD
	vectorcallfunc	 call;
};

static PyTypeObject trap_type = {
	PyVarObject_HEAD_INIT(NULL, 0)
	.tp_name = "pydbg.trap",
	.tp_basicsize = sizeof(struct trap),
	.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL |
	    Py_TPFLAGS_DISALLOW_INSTANTIATION,
	.tp_vectorcall_offset = offsetof(struct trap, call),
	.tp_call = PyVectorcall_Call,
};

static PyObject *
make_trap(void)
{
	struct trap *t = PyType_Ready(&trap_type) == 0 ?
	    PyObject_New(struct trap, &trap_type) : NULL;

	if (t != NULL)
		t->call = on_trap;
	return (PyObject *)t;
}

static int
swap_init(void)
{
	trap = make_trap();
	if (trap != NULL)
		return 0;
	PyErr_Clear();
	return -1;
}

/* Is old code still running, or suspended?  The suspended is in the midst of
 * all objects: where some was found it is not looked for each time. */
static int
look_again(void)
{
	old_runs = false;
	if (pd_thread_each_code(look_at_running) < 0)
		return -1;
	if (old_runs || rest > 0) {
		rest -= rest > 0;
		old_runs = true;
		return 0;
	}
	if (look_at_objects() < 0)
		return -1;
	rests = old_runs ? 2 * rests + 1 : 0;
	rest = rests = rests < 255 ? rests : 255;
	return 0;
}

static int
swap_arm(bool steps, bool bps)
{
	if (bps != armed || (bps && generation != pd_bp_generation)) {
		old_runs = false;
		rest = rests = wait = waits = 0;
		pd_copies_sweep();
		if (look_at_objects() < 0 ||
		    pd_thread_each_code(look_at_running) < 0)
			return -1;
		armed = bps;
		generation = pd_bp_generation;
	} else if (old_runs && look_again() < 0) {
		return -1;
	}
	return bps && old_runs ? pd_trace_all() : pd_trace_steps(steps);
}

/* Code without traps, which runs since before there was a breakpoint, has none
 * to come, and another call may get the frame's address. */
static bool
swap_follows(const struct pd_at *at)
{
	return pd_copies_original((PyObject *)at->code) !=
	    (PyObject *)at->code && pd_bp_lies_at(at);
}

void
pd_swap_module(PyObject *code)
{
	PyObject *now;

	if (pd_backend != &pd_backend_swap || pd_disarmed || !armed ||
	    pd_guard_active() || !PyCode_Check(code) || !concerns_us(code))
		return;
	pd_copies_sweep();
	now = fitted(code);
	if (now == NULL)
		PyErr_Clear();
	/* exec(code, closure=...): a frame begun anew would have no closure. */
	else if (now != code && ((PyCodeObject *)code)->co_nfreevars == 0)
		pd_mainframe_replace(code, now);
}

int
pd_swap_restart(void)
{
	PyObject *now;

	int line = PyFrame_GetLineNumber(PyEval_GetFrame());

	/* After a jump it is not where it would begin. */
	if (pd_backend != &pd_backend_swap || !armed || !old_runs ||
	    line != pd_code_first_line((PyCodeObject *)pd_main_code))
		return 0;
	now = pd_copies_wanted(pd_copies_original(pd_main_code), trap);
	if (now == NULL || now == pd_main_code) {
		PyErr_Clear();
		return 0;
	}
	if (pd_trace_steps(false) < 0)
		PyErr_Clear();
	stale = false;
	begun_line = line;
	PyErr_SetString(pd_restart_type, "begins anew");
	return -1;
}

PyObject *
pd_swap_main_code(void)
{
	PyObject *now = pd_copies_wanted(pd_copies_original(pd_main_code),
	    trap);

	if (now == NULL)
		PyErr_Clear();
	return Py_NewRef(now != NULL ? now : pd_main_code);
}

/* Code that lacks traps which its frames should have. */
static bool
is_old(PyObject *code)
{
	struct pd_entry *e = pd_copies_find(code);

	return e != NULL && e->now != NULL && e->now != code;
}

/*
 * The frame is still there: a later return looks.  How much later doubles while
 * there is still old code: a look goes through the whole stack, and that may be
 * a recursion in old code, which comes back here from each of its frames.
 */
void
pd_swap_left(PyCodeObject *code)
{
	if (stale && old_runs && wait > 0) {
		wait--;
	} else if (stale && old_runs) {
		waits = waits < 65535 ? 2 * waits + 1 : waits;
		wait = waits;
		stale = false;
		if (pd_run_rearm() < 0)
			PyErr_Clear();
	}
	if (pd_backend == &pd_backend_swap && old_runs &&
	    is_old((PyObject *)code))
		stale = true;
}

PyObject *
pd_swap_original(PyObject *code)
{
	return pd_copies_original(code);
}

bool
pd_swap_is_trap(PyObject *o)
{
	return o == trap && trap != NULL;
}

#else

static int
swap_init(void)
{
	return -1;
}

static int
swap_arm(bool steps, bool bps)
{
	return pd_backend_trace.arm(steps, bps);
}

static bool
swap_follows(const struct pd_at *at)
{
	(void)at;
	return false;
}

void
pd_swap_module(PyObject *code)
{
	(void)code;
}

int
pd_swap_restart(void)
{
	return 0;
}

PyObject *
pd_swap_main_code(void)
{
	return Py_NewRef(pd_main_code);
}

void
pd_swap_left(PyCodeObject *code)
{
	(void)code;
}

PyObject *
pd_swap_original(PyObject *code)
{
	return code;
}

bool
pd_swap_is_trap(PyObject *o)
{
	(void)o;
	return false;
}

#endif

const struct pd_backend pd_backend_swap = {
	.name = "swapped code",
	.init = swap_init,
	.arm = swap_arm,
	.follows = swap_follows,
};
