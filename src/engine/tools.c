/*
 * The ids of sys.monitoring's tools: whatever id the program asks about, takes
 * or uses is left to it (3.12 and later).
 *
 * There are six, and our breakpoints have one of them (monitor.c).  A program
 * may take that one as well: it does not know of us.  So the functions of
 * sys.monitoring, which stay the objects that they are, first have the id left
 * that they are about.
 *
 * Called by monitor.c alone.
 */
#include "engine/compat.h"
#include "engine/core.h"

#if PD_HAVE_MONITORING

#define LAST_TOOL	5

typedef PyObject *(*fast_fn)(PyObject *, PyObject *const *, Py_ssize_t);

/* The functions' own, by their place in setters[] and askers[]. */
static fast_fn		 fast_own[5];
static PyCFunction	 one_own[4];
static PyCFunction	 all_own;
static unsigned		 touched;	/* ids, as bits */

static void
touch(PyObject *id)
{
	long n = PyLong_CheckExact(id) ? PyLong_AsLong(id) : -1;

	if (n < 0 && PyErr_Occurred())
		PyErr_Clear();
	if (pd_disarmed || n < 0 || n > LAST_TOOL ||
	    pd_monitor_is_busy() || PyInterpreterState_Get() !=
	    PyInterpreterState_Main())
		return;
	touched |= 1u << n;
	pd_monitor_leave((int)n);
}

static PyObject *
fast(size_t which, PyObject *self, PyObject *const *args, Py_ssize_t n)
{
	if (n > 0)
		touch(args[0]);
	return fast_own[which](self, args, n);
}

static PyObject *
one(size_t which, PyObject *self, PyObject *arg)
{
	touch(arg);
	return one_own[which](self, arg);
}

#define FAST(i)								\
static PyObject *							\
fast_##i(PyObject *self, PyObject *const *args, Py_ssize_t n)		\
{									\
	return fast(i, self, args, n);					\
}
#define ONE(i)								\
static PyObject *							\
one_##i(PyObject *self, PyObject *arg)					\
{									\
	return one(i, self, arg);					\
}
FAST(0)
FAST(1)
FAST(2)
FAST(3)
FAST(4)
ONE(0)
ONE(1)
ONE(2)
ONE(3)

/* sys.monitoring._all_events(), {event: tools}, without ours. */
static PyObject *
all_events(PyObject *self, PyObject *none)
{
	PD_OWNED whole = all_own(self, none);
	PyObject *rest = whole != NULL && PyDict_Check(whole) ? PyDict_New() :
	    NULL;
	PyObject *key, *value;
	Py_ssize_t at = 0;
	int ours = pd_monitor_tool();

	while (rest != NULL && PyDict_Next(whole, &at, &key, &value)) {
		long tools = PyLong_AsLong(value);
		PyObject *left;

		if (ours >= 0)
			tools &= ~(1L << ours);
		if (tools == 0)
			continue;
		left = PyLong_FromLong(tools);
		if (left == NULL || PyDict_SetItem(rest, key, left) < 0)
			Py_CLEAR(rest);
		Py_XDECREF(left);
	}
	return rest;
}

/* The definition of a function that takes its arguments in that way, or
 * NULL. */
static PyMethodDef *
definition(PyObject *mon, const char *name, int flags)
{
	PD_OWNED f = PyObject_GetAttrString(mon, name);
	PyMethodDef *def = f != NULL && PyCFunction_CheckExact(f) ?
	    ((PyCFunctionObject *)f)->m_ml : NULL;

	PyErr_Clear();
	return def != NULL && def->ml_flags == flags ? def : NULL;
}

void
pd_tools_watch(PyObject *mon)
{
	static const struct { const char *name; fast_fn ours; } setters[] = {
		{ "use_tool_id", fast_0 }, { "register_callback", fast_1 },
		{ "set_events", fast_2 }, { "get_local_events", fast_3 },
		{ "set_local_events", fast_4 },
	};
	static const struct { const char *name; PyCFunction ours; } askers[] = {
		{ "free_tool_id", one_0 }, { "get_tool", one_1 },
		{ "get_events", one_2 }, { "clear_tool_id", one_3 },
	};
	PyMethodDef *def;

	for (size_t i = 0; i < sizeof(setters) / sizeof(setters[0]); i++) {
		def = definition(mon, setters[i].name, METH_FASTCALL);
		if (def == NULL)
			continue;
		fast_own[i] = (fast_fn)(void (*)(void))def->ml_meth;
		def->ml_meth = (PyCFunction)(void (*)(void))setters[i].ours;
	}
	for (size_t i = 0; i < sizeof(askers) / sizeof(askers[0]); i++) {
		def = definition(mon, askers[i].name, METH_O);
		if (def == NULL)
			continue;
		one_own[i] = def->ml_meth;
		def->ml_meth = askers[i].ours;
	}
	def = definition(mon, "_all_events", METH_NOARGS);
	if (def != NULL) {
		all_own = def->ml_meth;
		def->ml_meth = all_events;
	}
}

int
pd_tools_candidate(size_t n)
{
	/* By convention debuggers have 0, coverage 1, profilers 2, optimizers
	 * 5. */
	static const int ids[] = { 4, 3, 0, 5, 2, 1 };
	const size_t all = sizeof(ids) / sizeof(ids[0]);

	for (size_t i = 0; i < 2 * all; i++)
		if ((touched >> ids[i % all] & 1) == (i >= all) && n-- == 0)
			return ids[i % all];
	return -1;
}

#endif
