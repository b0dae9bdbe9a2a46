/*
 * Frames whose evaluation is watched: the program's main frame, and the body
 * of module pdb.
 *
 * The evaluation hook of PEP 523 is set only until the frame that is waited
 * for comes, and is taken away before that frame runs: so the program runs
 * with the interpreter's own evaluation, at its own speed, and yet its first
 * frame's beginning and end pass through here.  No other hook tells a
 * SystemExit that nobody catches from any other.
 */
#include <string.h>

#include "engine/compat.h"
#include "engine/core.h"

static bool want_main, want_pdb;
static PyObject *replace_code, *replace_with;	/* owned, or NULL */

static PyObject *	watch(PyThreadState *, struct _PyInterpreterFrame *,
			    int);

static void
update_hook(void)
{
	pd_compat_eval_hook(want_main || want_pdb || replace_code != NULL ?
	    watch : NULL);
}

/* str(e) as pdb prints it behind "Exit status:". */
static struct pd_str
exit_text(PyObject *value)
{
	struct pd_value text = { 0 };
	struct pd_str s;
	struct pd_guard g;

	pd_guard_enter(&g, PD_REPR_MS);
	pd_value_str(value != NULL ? value : Py_None, PD_VALUE_MAX, &text);
	pd_guard_leave(&g);
	s = text.text;
	text.text = (struct pd_str){ 0 };
	pd_rec_done(&pd_value_desc, &text);
	return s;
}

/* The main frame has ended by an exception, which is set. */
static void
ended_badly(void)
{
	PyObject *exc[3];
	struct pd_str text;

	if (pd_quit_is_set()) {
		PyErr_Clear();
		pd_quit_through();
		PyErr_SetObject(PyExc_SystemExit, NULL);
		return;
	}
	if (!PyErr_ExceptionMatches(PyExc_SystemExit))
		return;		/* sys.excepthook's audit event comes */
	pd_compat_fetch(exc);
	text = exit_text(exc[1]);
	pd_flush_streams();
	pd_serve_finish(true, &text);
	pd_str_done(&text);
	PyErr_Restore(exc[0], exc[1], exc[2]);
}

/* Nothing of the program has run yet: its code is begun anew, with traps. */
static PyObject *
run_again(void)
{
	PD_OWNED globals = Py_NewRef(pd_main_globals);

	PyErr_Clear();
	pd_main_code = pd_swap_main_code();
	return PyEval_EvalCode(pd_main_code, globals, globals);
}

/* Evaluates other code in place of a frame that has not begun. */
static PyObject *
run_replaced(struct _PyInterpreterFrame *f)
{
	PD_OWNED old = replace_code;
	PD_OWNED code = replace_with;
	PD_OWNED globals = Py_NewRef(pd_compat_iframe_globals(f));
	PD_OWNED locals = Py_XNewRef(pd_compat_iframe_locals(f));

	replace_code = replace_with = NULL;
	update_hook();
	return PyEval_EvalCode(code, globals,
	    locals != NULL ? locals : globals);
}

static PyObject *
run_main(PyThreadState *ts, struct _PyInterpreterFrame *f, int throwing)
{
	PyObject *r;

	want_main = false;
	update_hook();
	pd_main_code = Py_NewRef(pd_compat_iframe_code(f));
	pd_run.waiting = true;
	pd_run.tstate = ts;
	pd_plan_step(&pd_run.plan);
	if (pd_run_rearm() < 0)
		PyErr_Clear();
	r = pd_compat_eval_default(ts, f, throwing);
	if (r == NULL && !pd_disarmed &&
	    PyErr_ExceptionMatches(pd_restart_type))
		r = run_again();
	if (pd_disarmed)
		return r;
	/* Steps end here; breakpoints in threads and at exit go on. */
	pd_run_plan_continue();
	pd_run.waiting = false;
	if (r != NULL)
		pd_serve_finish(false, NULL);
	else
		ended_badly();
	return r;
}

static bool
is_pdb(PyObject *globals)
{
	PyObject *name = PyDict_GetItemString(globals, "__name__");

	return name != NULL && PyUnicode_Check(name) &&
	    PyUnicode_CompareWithASCIIString(name, "pdb") == 0;
}

static PyObject *
run_pdb(PyThreadState *ts, struct _PyInterpreterFrame *f, int throwing,
    PyObject *globals)
{
	PyObject *r;

	want_pdb = false;
	update_hook();
	Py_INCREF(globals);
	r = pd_compat_eval_default(ts, f, throwing);
	if (r != NULL && !pd_disarmed)
		pd_inline_patch(globals);
	Py_DECREF(globals);
	return r;
}

/*
 * runpy did not find what is to be run (Lib/runpy.py: _Error).  pdb's words
 * take the place of the interpreter's, which begin with its path.
 */
static PyObject *
run_lookup(PyThreadState *ts, struct _PyInterpreterFrame *f, int throwing)
{
	static int depth;	/* it calls itself for a package's __main__ */
	PyTypeObject *type;	/* borrowed */
	PyObject *exc[3], *r;
	struct pd_value text = { 0 };

	depth++;
	r = pd_compat_eval_default(ts, f, throwing);
	type = r == NULL ? (PyTypeObject *)PyErr_Occurred() : NULL;
	if (--depth > 0 || !want_main || type == NULL ||
	    strcmp(type->tp_name, "_Error") != 0)
		return r;
	pd_compat_fetch(exc);
	pd_value_str(exc[1], PD_VALUE_MAX, &text);
	PySys_FormatStdout("ImportError: %s\n", pd_str_c(&text.text));
	pd_flush_streams();
	pd_rec_done(&pd_value_desc, &text);
	for (int i = 0; i < 3; i++)
		Py_XDECREF(exc[i]);
	exc[0] = PyLong_FromLong(1);
	PyErr_SetObject(PyExc_SystemExit, exc[0]);
	Py_XDECREF(exc[0]);
	return NULL;
}

/* The frames that something is done about; the others are evaluated. */
static PyObject *
watch(PyThreadState *ts, struct _PyInterpreterFrame *f, int throwing)
{
	PyObject *code = pd_compat_iframe_code(f);
	PyObject *globals = pd_compat_iframe_globals(f);
	PyObject *name;

	if (pd_disarmed || code == NULL || globals == NULL || throwing)
		return pd_compat_eval_default(ts, f, throwing);
	if (code == replace_code)
		return run_replaced(f);
	name = ((PyCodeObject *)code)->co_name;
	if (want_main && (PyUnicode_CompareWithASCIIString(name,
	    "_get_module_details") == 0 || PyUnicode_CompareWithASCIIString(
	    name, "_get_main_module_details") == 0))
		return run_lookup(ts, f, throwing);
	if (PyUnicode_CompareWithASCIIString(name, "<module>") != 0)
		return pd_compat_eval_default(ts, f, throwing);
	if (want_main && globals == pd_main_globals)
		return run_main(ts, f, throwing);
	if (want_pdb && is_pdb(globals))
		return run_pdb(ts, f, throwing, globals);
	return pd_compat_eval_default(ts, f, throwing);
}

void
pd_mainframe_watch(void)
{
	want_main = true;
	update_hook();
}

void
pd_mainframe_replace(PyObject *code, PyObject *with)
{
	Py_XSETREF(replace_code, Py_NewRef(code));
	Py_XSETREF(replace_with, Py_NewRef(with));
	update_hook();
}

void
pd_mainframe_watch_pdb(void)
{
	want_pdb = true;
	update_hook();
}
