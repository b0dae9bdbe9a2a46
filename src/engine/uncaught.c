/*
 * What to do about an exception that nothing catches: a core, a line.
 *
 * Called by crashdump.c and by the extension module.  The line goes straight
 * to the descriptor: sys.stderr is the program's.
 */
#include "engine/uncaught.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/dump-room.h"

#define CORES_MAX	8	/* of one process: a server may fail often */

struct pd_uncaught pd_uncaught;

static int cores;		/* written, and one more for being told */

static void
tell(const char *what, const char *text)
{
	struct pd_str line = pd_strf("pydbg: %s%s\n", what, text);
	const char *p = line.s;
	ssize_t n;

	for (size_t left = line.n; left > 0; left -= (size_t)n, p += n)
		if ((n = write(STDERR_FILENO, p, left)) <= 0)
			break;
	pd_str_done(&line);
}

static bool
is_to_be_told(PyObject *exc)
{
	return pd_uncaught.on && exc != NULL &&
	    PyExceptionInstance_Check(exc) &&
	    !PyErr_GivenExceptionMatches(exc, PyExc_SystemExit) &&
	    !PyErr_GivenExceptionMatches(exc, PyExc_KeyboardInterrupt);
}

void
pd_uncaught_dump(PyObject *exc)
{
	struct pd_dump req = { .exc = exc, .why = PD_CORE_WHY_UNCAUGHT };
	struct pd_dump_report report = { 0 };
	struct pd_err err;

	if (!is_to_be_told(exc))
		return;
	if (cores >= CORES_MAX) {
		if (cores++ == CORES_MAX)
			tell("no further cores are written", "");
		return;
	}
	/* The texts stay the owner's. */
	req.limits = pd_uncaught.limits;
	if (pd_dump_file(NULL, pd_str_c(&pd_uncaught.dir), &req, &report,
	    &err) == -1) {
		tell("no core: ", err.msg);
		return;
	}
	cores++;
	tell("core written to ", pd_str_c(&report.file));
	pd_rec_done(&pd_dump_report_desc, &report);
}

/* ---- asyncio --------------------------------------------------------- */

#define METHOD	"call_exception_handler"

static PyObject *loop_type, *loop_method;	/* owned, or NULL */

/* Of a connection that broke it is told as well: that is no failure of the
 * program's. */
static PyObject *
failed_of(PyObject *context)
{
	static const char *const keys[] = { "future", "task", "handle",
	    "asyncgen" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (pd_dump_dict_get(context, keys[i]) != NULL)
			return pd_dump_dict_get(context, "exception");
	return NULL;
}

static PyObject *
on_exception(PyObject *original, PyObject *args, PyObject *kwargs)
{
	PyObject *context = PyTuple_GET_SIZE(args) > 1 ?
	    PyTuple_GET_ITEM(args, 1) : pd_dump_dict_get(kwargs, "context");

	pd_uncaught_dump(failed_of(context));
	return PyObject_Call(original, args, kwargs);
}

static PyMethodDef on_exception_def = {
	METHOD, (PyCFunction)(void (*)(void))on_exception,
	METH_VARARGS | METH_KEYWORDS, NULL
};

bool
pd_uncaught_asyncio(void)
{
	PyObject *type, *method, *fn, *bound = NULL;

	if (loop_type != NULL)
		return true;
	type = pd_dump_dict_get(pd_dump_module_dict("asyncio.base_events"),
	    "BaseEventLoop");
	if (type == NULL || !PyType_Check(type))
		return false;
	method = pd_dump_dict_get(pd_layout_class_dict((PyTypeObject *)type),
	    METHOD);
	if (method == NULL || !PyFunction_Check(method))
		return false;
	fn = PyCFunction_New(&on_exception_def, method);
	if (fn != NULL)
		bound = PyInstanceMethod_New(fn);
	if (bound != NULL &&
	    PyObject_SetAttrString(type, METHOD, bound) == 0) {
		loop_type = Py_NewRef(type);
		loop_method = Py_NewRef(method);
	}
	Py_XDECREF(fn);
	Py_XDECREF(bound);
	PyErr_Clear();
	return loop_type != NULL;
}

void
pd_uncaught_asyncio_undo(void)
{
	if (loop_type == NULL)
		return;
	if (PyObject_SetAttrString(loop_type, METHOD, loop_method) < 0)
		PyErr_Clear();
	Py_CLEAR(loop_type);
	Py_CLEAR(loop_method);
}
