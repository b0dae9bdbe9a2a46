/*
 * breakpoint() and pdb.set_trace() in the program stop in pydbg.
 *
 * sys.breakpointhook is ours from the start; it honours PYTHONBREAKPOINT as
 * the interpreter's own does (sys.breakpointhook in the library reference):
 * 0 is "do nothing", another name than pdb's goes to the interpreter's own.
 * pdb.set_trace is replaced when the program imports pdb; the rest of pdb
 * stays.  Where it stops is the version's: 3.13 on at the call, before at
 * the next line.
 */
#include <string.h>

#include "engine/compat-eval.h"
#include "engine/core.h"

static PyObject *original;	/* owned: the interpreter's breakpointhook */

static int
stop_inline(PyObject *header)
{
	struct pd_reason why = { .kind = PD_STOP_INLINE };
	PyFrameObject *f = PyEval_GetFrame();	/* borrowed: the caller */
	struct pd_str text = { 0 };
	int rc;

	if (f == NULL || pd_disarmed || pd_guard_active())
		return 0;
	if (header != NULL && header != Py_None) {
		text = pd_str_from_py(header);
		why.header = &text;
	}
	if (pd_stop_active())
		pd_stop_wait();
	pd_run.tstate = PyThreadState_Get();
	if (PD_PDB_313) {
		Py_INCREF(f);
		rc = pd_stop_at(f, &why);
		Py_DECREF(f);
		pd_str_done(&text);
		return rc;
	}
	if (text.s != NULL)
		pd_serve_notice("%s", text.s);
	pd_str_done(&text);
	pd_run.inline_stop = true;
	pd_run_plan_step();
	return pd_run_rearm();
}

static PyObject *
set_trace(PyObject *self, PyObject *args, PyObject *kw)
{
	PyObject *header = kw != NULL ? PyDict_GetItemString(kw, "header") :
	    NULL;

	(void)self;
	(void)args;
	if (stop_inline(header) < 0)
		return NULL;
	Py_RETURN_NONE;
}

/* The value of PYTHONBREAKPOINT as the program's os.environ has it now. */
static PyObject *
wanted_hook(void)
{
	PyObject *os = PyDict_GetItemString(PyImport_GetModuleDict(), "os");
	PD_OWNED environ = NULL;
	PyObject *value;
	const char *raw;

	if (os != NULL)
		environ = PyObject_GetAttrString(os, "environ");
	if (environ != NULL) {
		value = PyMapping_GetItemString(environ, "PYTHONBREAKPOINT");
		if (value != NULL)
			return value;
	}
	PyErr_Clear();
	raw = os == NULL ? getenv("PYTHONBREAKPOINT") : NULL;
	return raw != NULL ? PyUnicode_DecodeFSDefault(raw) : NULL;
}

static PyObject *
breakpointhook(PyObject *self, PyObject *args, PyObject *kw)
{
	PD_OWNED wanted = NULL;
	PyObject *flags = PySys_GetObject("flags");	/* borrowed */
	PD_OWNED ignore = NULL;

	if (flags != NULL)
		ignore = PyObject_GetAttrString(flags, "ignore_environment");
	if (ignore == NULL || PyObject_IsTrue(ignore) != 1)
		wanted = wanted_hook();
	PyErr_Clear();
	if (wanted != NULL && PyUnicode_Check(wanted) &&
	    PyUnicode_GET_LENGTH(wanted) > 0 &&
	    PyUnicode_CompareWithASCIIString(wanted, "pdb.set_trace") != 0)
		return PyObject_Call(original, args, kw);
	return set_trace(self, args, kw);
}

/* The docs begin as inspect.signature() reads them. */
static PyMethodDef set_trace_def = { "set_trace",
	(PyCFunction)(void (*)(void))set_trace, METH_VARARGS | METH_KEYWORDS,
	PyDoc_STR("set_trace(*, header=None)\n--\n\n"
	    "Stop in pydbg.") };
static PyMethodDef hook_def = { "breakpointhook",
	(PyCFunction)(void (*)(void))breakpointhook,
	METH_VARARGS | METH_KEYWORDS,
	PyDoc_STR("breakpointhook(*args, **kwargs)\n--\n\n"
	    "Stop in pydbg.") };

int
pd_inline_init(void)
{
	PyObject *hook = PySys_GetObject("breakpointhook");
	PyObject *pdb = PyDict_GetItemString(PyImport_GetModuleDict(), "pdb");
	PD_OWNED ours = PyCFunction_New(&hook_def, NULL);

	if (hook == NULL || ours == NULL)
		return -1;
	if (pdb != NULL && PyModule_Check(pdb))
		pd_inline_patch(PyModule_GetDict(pdb));
	/* Somebody else's hook (usercustomize) is the program's own choice. */
	if (!PyCFunction_Check(hook))
		return 0;
	original = Py_NewRef(hook);
	return PySys_SetObject("breakpointhook", ours);
}

void
pd_inline_patch(PyObject *pdb_globals)
{
	PD_OWNED ours = PyCFunction_New(&set_trace_def, NULL);

	if (ours == NULL || PyDict_GetItemString(pdb_globals, "set_trace") ==
	    NULL || PyDict_SetItemString(pdb_globals, "set_trace", ours) < 0)
		PyErr_Clear();
}
