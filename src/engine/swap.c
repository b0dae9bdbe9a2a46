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
 * entries[] knows each code object that was met in a file with breakpoints:
 *   now == NULL   no breakpoint in it at present
 *   now != NULL   the copy with traps that is in its place
 * Both are owned, so that their addresses stay theirs.  An original's constants
 * are changed in place; so are its copy's.
 */
#include <string.h>

#include "engine/compat.h"
#include "engine/core.h"
#include "engine/instrument.h"

#if PD_HAVE_SWAP

#include <stddef.h>

struct entry {
	PyObject	*orig;		/* owned */
	PyObject	*now;		/* owned, or NULL */
	unsigned long	 generation;	/* of the breakpoints it fits */
	unsigned long	 walked;	/* ... its constants fit */
};

static struct pd_vec	 entries;	/* struct entry */
static PyObject		*by_code;	/* owned: {address: place in entries} */
static PyObject		*trap;		/* owned */
static unsigned long	 generation;	/* as armed */
static bool		 armed, old_runs, stale;
static int		 begun_line;	/* the main frame begins anew there */

static struct entry *
find(PyObject *code)
{
	PyObject *at;
	PD_OWNED key = PyLong_FromVoidPtr(code);

	at = key != NULL ? PyDict_GetItemWithError(by_code, key) : NULL;
	return at != NULL ? PD_VEC_AT(&entries, struct entry,
	    PyLong_AsSize_t(at)) : NULL;
}

static int
remember(PyObject *code, size_t at)
{
	PD_OWNED key = PyLong_FromVoidPtr(code);
	PD_OWNED value = PyLong_FromSize_t(at);

	return key == NULL || value == NULL ? -1 :
	    PyDict_SetItem(by_code, key, value);
}

/* Borrowed: the original of a code object. */
static PyObject *
original(PyObject *code)
{
	struct entry *e = find(code);

	return e != NULL ? e->orig : code;
}

/* Makes the copy that an entry's code needs now. */
static int
fit(size_t at)
{
	struct entry *e = PD_VEC_AT(&entries, struct entry, at);
	struct pd_vec lines = { 0 };
	PyObject *now = NULL;

	e->generation = pd_bp_generation;
	pd_bp_lines((PyCodeObject *)e->orig, &lines);
	if (lines.n > 0) {
		now = pd_instrument((PyCodeObject *)e->orig, lines.v, lines.n,
		    trap);
		if (now == e->orig)
			Py_CLEAR(now);
	}
	pd_vec_done(&lines);
	if (PyErr_Occurred())
		return -1;
	/* Making it may have run code, and entries[] have moved.  A copy that
	 * was in use stays known: functions may still have it. */
	e = PD_VEC_AT(&entries, struct entry, at);
	e->now = now;
	return now != NULL ? remember(now, at) : 0;
}

/* Borrowed: what a code object, given by its original, is to be now. */
static PyObject *
wanted(PyObject *orig)
{
	struct entry *e = find(orig);
	size_t at;

	if (e == NULL) {
		if (!pd_bp_in_file((PyCodeObject *)orig))
			return orig;
		at = entries.n;
		PD_VEC_PUSH(&entries, struct entry)->orig = Py_NewRef(orig);
		if (remember(orig, at) < 0)
			return NULL;
	} else {
		at = (size_t)(e - PD_VEC_AT(&entries, struct entry, 0));
	}
	e = PD_VEC_AT(&entries, struct entry, at);
	if (e->generation != pd_bp_generation && fit(at) < 0)
		return NULL;
	e = PD_VEC_AT(&entries, struct entry, at);
	return e->now != NULL ? e->now : e->orig;
}

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
	struct entry *e;

	if (wanted(orig) == NULL)
		return -1;
	e = find(orig);
	if (e == NULL || e->walked == pd_bp_generation)
		return 0;
	e->walked = pd_bp_generation;
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(consts); i++) {
		PyObject *c = PyTuple_GET_ITEM(consts, i), *now;

		if (!PyCode_Check(c))
			continue;
		c = original(c);
		now = walk(c) < 0 ? NULL : wanted(c);
		if (now == NULL)
			return -1;
		put_const(orig, i, now);
		e = find(orig);
		if (e->now != NULL)
			put_const(e->now, i, now);
	}
	return 0;
}

static bool
concerns_us(PyObject *code)
{
	return pd_bp_in_file((PyCodeObject *)code) || find(code) != NULL;
}

/* A function that exists. */
static int
swap_function(PyObject *f)
{
	PyObject *code = PyFunction_GET_CODE(f), *now;

	if (!concerns_us(code))
		return 0;
	now = walk(original(code)) < 0 ? NULL : wanted(original(code));
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
	now = walk(original(code)) < 0 ? NULL : wanted(original(code));
	if (now == NULL)
		return -1;
	/* Old code with traps too many does no harm: they find nothing. */
	if (now != code && now != original(code))
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
	if (pd_disarmed || pd_guard_active() || pd_trace_is_on(ts))
		Py_RETURN_NONE;
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
	by_code = PyDict_New();
	trap = make_trap();
	if (by_code != NULL && trap != NULL)
		return 0;
	PyErr_Clear();
	return -1;
}

static int
swap_arm(bool steps, bool bps)
{
	if (bps != armed || (bps && generation != pd_bp_generation)) {
		old_runs = false;
		if (look_at_objects() < 0 ||
		    pd_thread_each_code(look_at_running) < 0)
			return -1;
		armed = bps;
		generation = pd_bp_generation;
	} else if (old_runs) {
		old_runs = false;
		if (look_at_objects() < 0 ||
		    pd_thread_each_code(look_at_running) < 0)
			return -1;
	}
	return bps && old_runs ? pd_trace_all() : pd_trace_steps(steps);
}

void
pd_swap_module(PyObject *code)
{
	PyObject *now;

	if (pd_backend != &pd_backend_swap || pd_disarmed || !armed ||
	    pd_guard_active() || !PyCode_Check(code) || !concerns_us(code))
		return;
	now = walk(original(code)) < 0 ? NULL : wanted(original(code));
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

	if (pd_backend != &pd_backend_swap || !armed || !old_runs)
		return 0;
	now = wanted(original(pd_main_code));
	if (now == NULL || now == pd_main_code) {
		PyErr_Clear();
		return 0;
	}
	if (pd_trace_steps(false) < 0)
		PyErr_Clear();
	stale = false;
	begun_line = PyFrame_GetLineNumber(PyEval_GetFrame());
	PyErr_SetString(pd_restart_type, "begins anew");
	return -1;
}

PyObject *
pd_swap_main_code(void)
{
	PyObject *now = wanted(original(pd_main_code));

	if (now == NULL)
		PyErr_Clear();
	return Py_NewRef(now != NULL ? now : pd_main_code);
}

/* Code that lacks traps which its frames should have. */
static bool
is_old(PyObject *code)
{
	struct entry *e = find(code);

	return e != NULL && e->now != NULL && e->now != code;
}

void
pd_swap_left(PyCodeObject *code)
{
	/* The frame is still there: the next return looks. */
	if (stale && old_runs) {
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
	return by_code != NULL ? original(code) : code;
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

#endif

const struct pd_backend pd_backend_swap = {
	.name = "swapped code",
	.init = swap_init,
	.arm = swap_arm,
};
