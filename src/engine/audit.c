/*
 * Where the program begins and ends, from audit events (PEP 578).
 *
 * The hook is set before the interpreter is initialised and sees all events of
 * all interpreters: it looks at a few names and leaves the rest alone.
 *   cpython.run_file, cpython.run_module  the program is about to run
 *   import                                module pdb: its set_trace is ours
 *   exec                                  a module's code is about to run
 *   sys.excepthook                        nothing caught the exception
 *   sys.settrace                          the program sets a trace function
 *   os.fork, subprocess.Popen ...         a child, which is not followed
 * Events' lists: Doc/library/audit_events; Python/pythonrun.c and
 * Modules/main.c raise the first and the last.
 */
#include <string.h>

#include "engine/compat.h"
#include "engine/core.h"

static bool printing;		/* the program's excepthook runs for us */

/*
 * The exception that ends the program.  Its hook is called now, by the
 * interpreter's own code, so that its output stands before the post mortem;
 * then RuntimeError tells the interpreter not to call it again (as
 * documented for this event).
 */
static int
uncaught(PyObject *args)
{
	PyObject *type, *value, *tb;
	struct pd_reason why = { .kind = PD_STOP_POSTMORTEM };
	PD_OWNED exc = NULL;
	int rc;

	if (PyTuple_GET_SIZE(args) < 4)
		return 0;
	type = PyTuple_GET_ITEM(args, 1);
	/* A module or package that failed before the program's first line
	 * has nothing to be looked at, as for pdb. */
	if (pd_main_code == NULL &&
	    !PyErr_GivenExceptionMatches(type, PyExc_SyntaxError))
		return 0;
	value = PyTuple_GET_ITEM(args, 2);
	tb = PyTuple_GET_ITEM(args, 3);
	if (tb == NULL || tb == Py_None)
		tb = NULL;
	printing = true;
	PyErr_Restore(Py_NewRef(type), Py_NewRef(value), Py_XNewRef(tb));
	PyErr_PrintEx(1);
	printing = false;
	why.syntax = pd_main_code == NULL;
	exc = PyTuple_Pack(3, type, value, tb != NULL ? tb : Py_None);
	if (exc == NULL) {
		PyErr_Clear();
		return 0;
	}
	why.arg = exc;
	why.tb = tb != NULL && pd_main_code != NULL ? tb : NULL;
	pd_run.tstate = PyThreadState_Get();
	rc = pd_stop_at(NULL, &why);
	PyErr_Clear();
	pd_run_plan_continue();
	if (rc == 0)
		pd_serve_finish(false, NULL);
	PyErr_SetString(PyExc_RuntimeError, "already told");
	return -1;
}

/* The others' objects are not ours to keep. */
static bool
in_main_interpreter(void)
{
	return PyInterpreterState_Get() == PyInterpreterState_Main();
}

/* Is this the exception that ends the program: main thread, no frame left? */
static bool
ends_program(void)
{
	return pd_main_globals != NULL && PyEval_GetFrame() == NULL &&
	    in_main_interpreter() &&
	    PyThread_get_thread_ident() == PyThreadState_Get()->thread_id &&
	    pd_is_main_thread();
}

static int
on_audit(const char *event, PyObject *args, void *ctx)
{
	PyObject *name;

	(void)ctx;
	if (pd_disarmed)
		return 0;
	switch (event[0]) {
	case 'c':
		if (pd_main_globals == NULL &&
		    (strcmp(event, "cpython.run_file") == 0 ||
		    strcmp(event, "cpython.run_module") == 0))
			pd_program_begins();
		return 0;
	case 'i':
		if (pd_main_globals == NULL || strcmp(event, "import") != 0)
			return 0;
		name = PyTuple_GET_ITEM(args, 0);
		if (!PyUnicode_Check(name) || !in_main_interpreter())
			return 0;
		if (PyUnicode_CompareWithASCIIString(name, "pdb") == 0)
			pd_mainframe_watch_pdb();
		pd_fork_import(name);
		return 0;
	case 'e':
		if (pd_main_globals != NULL && strcmp(event, "exec") == 0 &&
		    PyTuple_GET_SIZE(args) > 0 && in_main_interpreter())
			pd_swap_module(PyTuple_GET_ITEM(args, 0));
		return 0;
	case 's':
		if (!printing && strcmp(event, "sys.excepthook") == 0 &&
		    ends_program() && !pd_run.quitting)
			return uncaught(args);
		if (strcmp(event, "sys.settrace") == 0 && in_main_interpreter())
			pd_trace_being_set();
		if (event[1] == 'u' && in_main_interpreter())
			pd_fork_audit(event, args);
		return 0;
	case 'o':
		if (in_main_interpreter())
			pd_fork_audit(event, args);
		return 0;
	}
	return 0;
}

int
pd_audit_init(void)
{
	return PySys_AddAuditHook(on_audit, NULL);
}
