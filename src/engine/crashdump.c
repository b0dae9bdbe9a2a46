/*
 * pydbg --dump-on-crash: the program runs as under its own python, and leaves
 * a core when it ends by an exception.
 *
 * Called by main.c where there is no debugger.  There is no hook while the
 * program runs, only audit events (PEP 578), of which a few are looked at:
 *   sys.excepthook      nothing has caught an exception
 *   sys.unraisablehook  nor in a thread of module _thread
 *   import              threading, asyncio: there what ends a thread or a task
 *                       is handed to a function, which is taken in between
 * Such a module is imported here and now, when the program is about to do it,
 * so that it can be changed before the program has it.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/core.h"
#include "engine/dump-room.h"
#include "engine/uncaught.h"

#define LIMITS_ENV	"PYDBG_CORE"

static PyInterpreterState *main_interp;	/* the first that is asked of */
static bool busy;			/* an import of ours */

/* ---- threads --------------------------------------------------------- */

/* Called by threading where a thread's run() has raised. */
static PyObject *
on_thread(PyObject *original, PyObject *args)
{
	pd_uncaught_dump(pd_layout_handled(PyThreadState_Get()));
	return PyObject_Call(original, args, NULL);
}

static PyMethodDef on_thread_def = {
	"invoke_excepthook", on_thread, METH_VARARGS, NULL
};

/* Called by Thread.__init__() for what is to be called then. */
static PyObject *
make_invoke(PyObject *original, PyObject *args)
{
	PyObject *inner = PyObject_Call(original, args, NULL), *outer;

	if (inner == NULL)
		return NULL;
	outer = PyCFunction_New(&on_thread_def, inner);
	Py_DECREF(inner);
	return outer;
}

static PyMethodDef make_invoke_def = {
	"_make_invoke_excepthook", make_invoke, METH_VARARGS, NULL
};

static void
patch_threading(void)
{
	PyObject *dict = pd_dump_module_dict("threading");
	PyObject *original = pd_dump_dict_get(dict, make_invoke_def.ml_name);
	PD_OWNED fn = NULL;

	if (original == NULL || !PyFunction_Check(original))
		return;
	fn = PyCFunction_New(&make_invoke_def, original);
	if (fn == NULL ||
	    PyDict_SetItemString(dict, make_invoke_def.ml_name, fn) < 0)
		PyErr_Clear();
}

/* ---- audit events ---------------------------------------------------- */

static void
patch_asyncio(void)
{
	pd_uncaught_asyncio();
}

static const struct {
	const char	*module;
	void		(*patch)(void);
} patches[] = {
	{ "threading", patch_threading },
	{ "asyncio.base_events", patch_asyncio },
};

static void
on_import(PyObject *name)
{
	PyObject *mod;

	if (busy || name == NULL || !PyUnicode_Check(name))
		return;
	for (size_t i = 0; i < sizeof(patches) / sizeof(*patches); i++) {
		if (PyUnicode_CompareWithASCIIString(name,
		    patches[i].module) != 0)
			continue;
		busy = true;
		mod = PyImport_ImportModuleLevel(patches[i].module, NULL,
		    NULL, NULL, 0);
		busy = false;
		/* If it cannot be had the program is told when it tries. */
		if (mod == NULL)
			PyErr_Clear();
		else
			patches[i].patch();
		Py_XDECREF(mod);
	}
}

/* args: the hook, and what it would be called with. */
static void
on_unraisable(PyObject *what)
{
	static const char thread[] = "Exception ignored in thread started by";
	struct pd_str msg;
	PyObject *text;

	if (what == NULL || !PyTuple_Check(what) || PyTuple_GET_SIZE(what) < 4)
		return;
	text = PyTuple_GET_ITEM(what, 3);
	if (text == NULL || !PyUnicode_Check(text))
		return;
	msg = pd_dump_str(text);
	if (pd_starts(msg.s, thread))
		pd_uncaught_dump(PyTuple_GET_ITEM(what, 1));
	pd_str_done(&msg);
}

static PyObject *
argument(PyObject *args, Py_ssize_t i)
{
	return i < PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, i) : NULL;
}

static int
on_audit(const char *event, PyObject *args, void *ctx)
{
	(void)ctx;
	if (event[0] == 'i' && strcmp(event, "import") == 0) {
		if (main_interp == NULL)
			main_interp = PyInterpreterState_Get();
		if (PyInterpreterState_Get() == main_interp)
			on_import(argument(args, 0));
	} else if (event[0] == 's' &&
	    PyInterpreterState_Get() == main_interp) {
		if (strcmp(event, "sys.excepthook") == 0 &&
		    PyEval_GetFrame() == NULL)
			pd_uncaught_dump(argument(args, 2));
		else if (strcmp(event, "sys.unraisablehook") == 0)
			on_unraisable(argument(args, 1));
	}
	return 0;
}

/* ---- the start ------------------------------------------------------- */

static const struct {
	const char	*name;
	size_t		 off;
	uint64_t	 unit;
} numbers[] = {
	{ "max-bytes=", offsetof(struct pd_dump_limits, bytes), 1 },
	{ "max-objects=", offsetof(struct pd_dump_limits, objects), 1 },
	{ "max-seconds=", offsetof(struct pd_dump_limits, ms), 1000 },
	{ "max-depth=", offsetof(struct pd_dump_limits, depth), 1 },
};

static void
take_word(const char *s, size_t n, struct pd_dump_limits *l)
{
	static const char redact[] = "redact=";
	struct pd_str old;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		size_t k = strlen(numbers[i].name);

		if (n > k && strncmp(s, numbers[i].name, k) == 0)
			*(uint64_t *)((char *)l + numbers[i].off) =
			    strtoull(s + k, NULL, 10) * numbers[i].unit;
	}
	if (n < sizeof(redact) || strncmp(s, redact, sizeof(redact) - 1) != 0)
		return;
	old = l->redact;
	l->redact = pd_strf("%s %.*s", pd_str_c(&old),
	    (int)(n - sizeof(redact) + 1), s + sizeof(redact) - 1);
	pd_str_done(&old);
}

/* "max-bytes=1000000,redact=pin,redact=licence" */
static void
take_limits(const char *s, struct pd_dump_limits *l)
{
	size_t n;

	*l = (struct pd_dump_limits){ .bytes = PD_DUMP_BYTES,
	    .objects = PD_DUMP_OBJECTS, .ms = PD_DUMP_MS,
	    .depth = PD_DUMP_DEPTH };
	for (; s != NULL && *s != '\0'; s += n + (s[n] == ',')) {
		n = strcspn(s, ",");
		take_word(s, n, l);
	}
}

int
pd_crashdump_init(void)
{
	pd_uncaught.on = true;
	pd_uncaught.dir = pd_str_from(pd_doors->crash_dir);
	take_limits(getenv(LIMITS_ENV), &pd_uncaught.limits);
	return PySys_AddAuditHook(on_audit, NULL);
}
