/*
 * Quitting: the exception that unwinds the program, so that its finally
 * blocks and exit handlers run.
 *
 * Raised by stop.c and, where the main thread must hear of another thread's,
 * by wake.c; mainframe.c takes it when it has got through.  What it derives
 * from decides whose handlers let it through: an event loop and a server let
 * a SystemExit out, a framework of tests takes that for the test's own and
 * goes on with the next one, but lets an interrupt out.
 */
#include <pthread.h>

#include "engine/compat.h"
#include "engine/compat.h"
#include "engine/core.h"

#define CHAIN_MAX	100	/* exceptions behind one another */

PyObject	*pd_quit_type;

static PyObject *exit_type;		/* owned: and a SystemExit */
static PyObject *interrupt_type;	/* owned: and a KeyboardInterrupt */
static PyObject *tasks;			/* owned: a set, see take_tasks() */
static bool elsewhere;			/* another thread had stopped */

/* New reference; NULL: an exception is set. */
static PyObject *
derived(const char *name, PyObject *a, PyObject *b)
{
	PD_OWNED bases = b == NULL ? PyTuple_Pack(1, a) : PyTuple_Pack(2, a, b);

	return bases == NULL ? NULL : PyErr_NewException(name, bases, NULL);
}

int
pd_quit_init(void)
{
	pd_quit_type = derived("pydbg.Quit", PyExc_BaseException, NULL);
	if (pd_quit_type != NULL)
		exit_type = derived("pydbg.Quit", pd_quit_type,
		    PyExc_SystemExit);
	if (exit_type != NULL)
		interrupt_type = derived("pydbg.Quit", exit_type,
		    PyExc_KeyboardInterrupt);
	tasks = PySet_New(NULL);
	return interrupt_type == NULL || tasks == NULL ? -1 : 0;
}

/* Is that module one whose handlers take all but an interrupt? */
static bool
runs_tests(PyFrameObject *f)
{
	static const char *const modules[] = {
		"unittest.case", "_pytest.runner", "doctest"
	};
	PD_OWNED globals = PyFrame_GetGlobals(f);
	PyObject *name = PyDict_GetItemString(globals, "__name__");

	for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
		if (name != NULL && PyUnicode_CheckExact(name) &&
		    PyUnicode_CompareWithASCIIString(name, modules[i]) == 0)
			return true;
	return false;
}

static bool
in_test(void)
{
	PyFrameObject *f = PyThreadState_GetFrame(PyThreadState_Get());
	bool found = false;

	while (f != NULL && !found) {
		PyFrameObject *back = PyFrame_GetBack(f);

		found = runs_tests(f);
		Py_DECREF(f);
		f = back;
	}
	Py_XDECREF(f);
	return found;
}

/* Adds the tasks of the loop that runs, if one does: their exceptions will be
 * looked at by nobody. */
static void
take_tasks(void)
{
	PD_OWNED name = PyUnicode_FromString("asyncio.tasks");
	PD_OWNED mod = name == NULL ? NULL : PyImport_GetModule(name);
	PD_OWNED all = mod == NULL ? NULL :
	    PyObject_CallMethod(mod, "all_tasks", NULL);
	PD_OWNED r = all == NULL ? NULL :
	    PyObject_CallMethod(tasks, "update", "O", all);

	if (r == NULL)
		PyErr_Clear();
}

int
pd_quit_raise(void)
{
	if (!pd_is_main_thread()) {
		/* The main thread unwinds: the signal's handler raises there,
		 * also where it waits.  This one ends as threads end. */
		elsewhere = true;
		pthread_kill(pd_main_thread(), PD_WAKE_SIGNAL);
		PyErr_SetNone(PyExc_SystemExit);
		return -1;
	}
	take_tasks();
	PyErr_SetNone(in_test() ? interrupt_type : exit_type);
	return -1;
}

/* Is it raised by what the unwinding has met?  Where the main thread was made
 * to hear of it, in the middle of a lock's code say, that is our doing. */
static bool
is_behind(PyObject *exc)
{
	PyObject *e = Py_XNewRef(exc);
	bool found = false;

	for (unsigned n = 0; e != NULL && !found && n < CHAIN_MAX; n++) {
		found = PyObject_TypeCheck(e, (PyTypeObject *)pd_quit_type);
		Py_SETREF(e, PyException_GetContext(e));
	}
	Py_XDECREF(e);
	return found;
}

bool
pd_quit_is_set(void)
{
	PyObject *exc[3];
	bool found;

	if (PyErr_ExceptionMatches(pd_quit_type))
		return true;
	if (!elsewhere)
		return false;
	pd_compat_fetch(exc);
	found = is_behind(exc[1]);
	PyErr_Restore(exc[0], exc[1], exc[2]);
	return found;
}

/* asyncio would tell of a task's exception that nobody has looked at. */
static void
hush(PyObject *task)
{
	PD_OWNED exc = PyObject_GetAttrString(task, "_exception");

	if (exc == NULL || (PyObject_TypeCheck(exc,
	    (PyTypeObject *)pd_quit_type) &&
	    PyObject_SetAttrString(task, "_log_traceback", Py_False) < 0))
		PyErr_Clear();
}

void
pd_quit_through(void)
{
	for (;;) {
		PD_OWNED task = PySet_Pop(tasks);

		if (task == NULL)
			break;
		hush(task);
	}
	PyErr_Clear();
}
