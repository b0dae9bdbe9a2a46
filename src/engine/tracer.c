/*
 * The program's own trace functions (sys.settrace, a C tracer), while the
 * hook of trace.c has their place: a thread has one.
 *
 * They are kept by thread, called with each event that the hook gets, and put
 * back when it leaves.  What the program sets meanwhile takes the hook's place
 * for a moment: the hook is put in front of it again (trace.c).
 *
 * Called by trace.c alone.
 */
#include "engine/compat.h"
#include "engine/core.h"

struct tracer {
	uint64_t	 thread;	/* id of its thread state */
	Py_tracefunc	 fn;
	PyObject	*obj;		/* owned, or NULL */
};

static struct pd_vec	 kept;		/* struct tracer */
static int		 setting;	/* calls that need no pending one */

/* Takes a thread's out; fn is NULL if it has none. */
static struct tracer
take_out(PyThreadState *ts)
{
	uint64_t id = PyThreadState_GetID(ts);
	struct tracer t = { 0 };

	for (size_t i = 0; i < kept.n; i++) {
		t = *PD_VEC_AT(&kept, struct tracer, i);
		if (t.thread == id) {
			pd_vec_remove(&kept, i, sizeof(t));
			return t;
		}
	}
	return (struct tracer){ 0 };
}

static void
forget(PyThreadState *ts)
{
	struct tracer t = take_out(ts);

	Py_XDECREF(t.obj);
}

/* Borrowed: what the hook is to be called with, for sys.gettrace(). */
static PyObject *
keep(PyThreadState *ts, Py_tracefunc hook)
{
	Py_tracefunc fn = pd_compat_trace_of(ts);
	struct tracer old;
	PyObject *obj = ts->c_traceobj;

	if (fn == hook)
		return obj;
	old = take_out(ts);
	if (fn != NULL)
		*PD_VEC_PUSH(&kept, struct tracer) = (struct tracer){
		    PyThreadState_GetID(ts), fn, Py_XNewRef(obj) };
	Py_XDECREF(old.obj);
	return fn != NULL ? obj : NULL;
}

bool
pd_tracer_is_setting(void)
{
	return setting > 0;
}

/* sys.settrace() and its like for all threads, with their own functions. */
static struct { const char *name; PyCFunction fn; } setters[] = {
	{ "settrace", NULL }, { "_settraceallthreads", NULL },
};

static PyObject *
set_and_regain(size_t which, PyObject *self, PyObject *arg)
{
	PyObject *r;

	setting++;
	r = setters[which].fn(self, arg);
	setting--;
	if (r != NULL && PyInterpreterState_Get() ==
	    PyInterpreterState_Main() && pd_trace_regain() < 0)
		PyErr_Clear();
	return r;
}

static PyObject *
settrace(PyObject *self, PyObject *arg)
{
	return set_and_regain(0, self, arg);
}

static PyObject *
settrace_all(PyObject *self, PyObject *arg)
{
	return set_and_regain(1, self, arg);
}

/* The functions stay the objects that they are: what they do is changed.  A
 * thread that sets one at its start cannot wait for a pending call, which the
 * main thread makes when it comes to. */
static void
watch_setters(void)
{
	static const PyCFunction ours[] = { settrace, settrace_all };
	static bool done;

	for (size_t i = 0; !done && i < 2; i++) {
		PyObject *f = PySys_GetObject(setters[i].name);	/* borrowed */
		PyMethodDef *def;

		if (f == NULL || !PyCFunction_CheckExact(f))
			continue;
		def = ((PyCFunctionObject *)f)->m_ml;
		if (def->ml_flags != METH_O)
			continue;
		setters[i].fn = def->ml_meth;
		def->ml_meth = ours[i];
	}
	done = true;
}

static int
set(Py_tracefunc fn, PyObject *obj)
{
	setting++;
	PyEval_SetTrace(fn, obj);
	setting--;
	return PyErr_Occurred() ? -1 : 0;
}

int
pd_tracer_hook(Py_tracefunc hook)
{
	PyThreadState *ts = PyThreadState_Get();
	PyObject *obj = keep(ts, hook);

	watch_setters();
	return pd_compat_trace_of(ts) == hook ? 0 : set(hook, obj);
}

/* Those of threads that have ended are let go; the rest is what the hook is
 * called with, for sys.gettrace(). */
static void
sort_out(Py_tracefunc hook)
{
	struct pd_vec old = kept;

	kept = (struct pd_vec){ 0 };
	PD_VEC_EACH(&old, struct tracer, t) {
		PyThreadState *ts = PyInterpreterState_ThreadHead(
		    PyInterpreterState_Get());

		while (ts != NULL && PyThreadState_GetID(ts) != t->thread)
			ts = PyThreadState_Next(ts);
		if (ts == NULL)
			continue;
		if (pd_compat_trace_of(ts) == hook && ts->c_traceobj == NULL)
			ts->c_traceobj = Py_XNewRef(t->obj);
		*PD_VEC_PUSH(&kept, struct tracer) = *t;
		t->obj = NULL;
	}
	/* Now that nothing is half done: their ends may run code. */
	PD_VEC_EACH(&old, struct tracer, t)
		Py_XDECREF(t->obj);
	pd_vec_done(&old);
}

int
pd_tracer_hook_all(Py_tracefunc hook)
{
	PyThreadState *ts = PyInterpreterState_ThreadHead(
	    PyInterpreterState_Get());
	int rc;

	watch_setters();
	for (; ts != NULL; ts = PyThreadState_Next(ts))
		keep(ts, hook);
	setting++;
	rc = pd_compat_trace_all(hook);
	setting--;
	sort_out(hook);
	return rc;
}

int
pd_tracer_unhook(Py_tracefunc hook)
{
	PyThreadState *ts = PyThreadState_Get();
	struct tracer t;
	int rc;

	if (pd_compat_trace_of(ts) != hook) {
		forget(ts);
		return 0;
	}
	t = take_out(ts);
	rc = set(t.fn, t.obj);
	Py_XDECREF(t.obj);
	return rc;
}

int
pd_tracer_call(PyFrameObject *f, int what, PyObject *arg)
{
	uint64_t id = kept.n > 0 ? PyThreadState_GetID(PyThreadState_Get()) : 0;
	struct tracer t = { 0 };
	int rc;

	PD_VEC_EACH(&kept, struct tracer, k)
		if (k->thread == id)
			t = *k;
	/* Events by instruction are there for `stepi`. */
	if (t.fn == NULL || (what == PyTrace_OPCODE && pd_walk.insn))
		return 0;
	Py_XINCREF(t.obj);
	rc = t.fn(t.obj, f, what, arg);
	Py_XDECREF(t.obj);
	return rc;
}
