/*
 * The program's own trace functions (sys.settrace, a C tracer), while the
 * hook of trace.c has their place: a thread has one.
 *
 * They are kept by thread, called with each event that the hook gets, and put
 * back when it leaves.  A program that sets another one meanwhile has its way:
 * that one stays, and the hook is gone until it is put in place again.
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

int
pd_tracer_hook(Py_tracefunc hook)
{
	PyThreadState *ts = PyThreadState_Get();
	PyObject *obj = keep(ts, hook);

	if (pd_compat_trace_of(ts) == hook)
		return 0;
	PyEval_SetTrace(hook, obj);
	return PyErr_Occurred() ? -1 : 0;
}

int
pd_tracer_hook_all(Py_tracefunc hook)
{
	PyThreadState *ts = PyInterpreterState_ThreadHead(
	    PyInterpreterState_Get());

	for (; ts != NULL; ts = PyThreadState_Next(ts))
		keep(ts, hook);
	return pd_compat_trace_all(hook);
}

int
pd_tracer_unhook(Py_tracefunc hook)
{
	PyThreadState *ts = PyThreadState_Get();
	struct tracer t;

	if (pd_compat_trace_of(ts) != hook) {
		forget(ts);
		return 0;
	}
	t = take_out(ts);
	PyEval_SetTrace(t.fn, t.obj);
	Py_XDECREF(t.obj);
	return PyErr_Occurred() ? -1 : 0;
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
