/*
 * Threads: our numbers for them, threading's names.
 *
 * Numbers are given at first sight and never again; the main thread is 1.
 * Those of threads that have ended are forgotten now and then: a server may
 * start threads without end.
 */
#include "engine/core.h"

struct seen {
	uint64_t	id;		/* of its thread state */
	uint64_t	number;
};

static struct pd_vec	seen;		/* struct seen */
static size_t		look_at = 64;	/* so many: some may have ended */

static bool
is_alive(uint64_t id)
{
	PyThreadState *ts = PyInterpreterState_ThreadHead(
	    PyInterpreterState_Get());

	while (ts != NULL && PyThreadState_GetID(ts) != id)
		ts = PyThreadState_Next(ts);
	return ts != NULL;
}

static void
forget_ended(void)
{
	size_t n = 0;

	PD_VEC_EACH(&seen, struct seen, s)
		if (is_alive(s->id))
			*PD_VEC_AT(&seen, struct seen, n++) = *s;
	seen.n = n;
	look_at = 2 * n > 64 ? 2 * n : 64;
}

static uint64_t
number_of(uint64_t id)
{
	static uint64_t last;

	PD_VEC_EACH(&seen, struct seen, s)
		if (s->id == id)
			return s->number;
	if (seen.n >= look_at)
		forget_ended();
	*PD_VEC_PUSH(&seen, struct seen) = (struct seen){ id, ++last };
	return last;
}

/* threading._active[ident]._name, without importing threading. */
static struct pd_str
name_of(unsigned long ident)
{
	struct pd_str name = { 0 };
	PyObject *mods = PyImport_GetModuleDict();	/* borrowed */
	PyObject *threading, *active, *thread;
	PD_OWNED key = PyLong_FromUnsignedLong(ident);
	PD_OWNED value = NULL;

	threading = PyDict_GetItemString(mods, "threading");
	if (threading == NULL || !PyModule_Check(threading) || key == NULL)
		return name;
	active = PyDict_GetItemString(PyModule_GetDict(threading), "_active");
	if (active == NULL || !PyDict_Check(active))
		return name;
	thread = PyDict_GetItemWithError(active, key);
	if (thread != NULL)
		value = PyObject_GetAttrString(thread, "_name");
	if (value != NULL && PyUnicode_Check(value))
		name = pd_str_from_py(value);
	return name;
}

void
pd_thread_record(PyThreadState *ts, struct pd_thread *out)
{
	struct pd_guard g;

	pd_guard_enter(&g, 0);
	out->id = number_of(PyThreadState_GetID(ts));
	out->ident = ts->thread_id;
	out->name = name_of(ts->thread_id);
	/* threading calls it so, once it is there. */
	if (out->name.s == NULL && out->id == 1)
		out->name = pd_str_from("MainThread");
	out->current = ts == pd_stop_tstate;
	pd_guard_leave(&g);
}

uint64_t
pd_thread_number(PyThreadState *ts)
{
	return number_of(PyThreadState_GetID(ts));
}

/* The main thread, at the start: it gets number 1. */
void
pd_thread_init(void)
{
	number_of(PyThreadState_GetID(PyThreadState_Get()));
}

/* Adds the frames' code, that of a recursion once. */
static void
codes_of(PyThreadState *ts, struct pd_vec *codes)
{
	PyFrameObject *f = PyThreadState_GetFrame(ts), *back;
	PyObject *last = NULL;

	for (; f != NULL; f = back) {
		PyObject *code = (PyObject *)PyFrame_GetCode(f);

		if (code != last)
			*PD_VEC_PUSH(codes, PyObject *) = Py_NewRef(code);
		last = code;
		Py_DECREF(code);
		back = PyFrame_GetBack(f);
		Py_DECREF(f);
	}
}

int
pd_thread_each_code(int (*fn)(PyObject *))
{
	struct pd_vec codes = { 0 };
	PyThreadState *ts;
	int rc = 0, gc = PyGC_Disable();

	/* What runs code lets threads end, and the list of them change: a
	 * collection when frame objects are made (3.11), and fn. */
	ts = PyInterpreterState_ThreadHead(PyInterpreterState_Get());
	for (; ts != NULL; ts = PyThreadState_Next(ts))
		codes_of(ts, &codes);
	if (gc)
		PyGC_Enable();
	PD_VEC_EACH(&codes, PyObject *, code) {
		if (rc == 0)
			rc = fn(*code);
		Py_DECREF(*code);
	}
	pd_vec_done(&codes);
	return rc;
}
