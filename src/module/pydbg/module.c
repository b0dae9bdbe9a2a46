/*
 * The extension module pydbg._dump: cores from plain Python, without the
 * debugger.
 *
 * Imported by the package pydbg (__init__.py), which says what is public; the
 * manual is man/pydbg.3.  It has the engine's walk in it and nothing else of
 * the engine.
 */
#include <string.h>

#include "engine/dump-room.h"
#include "engine/uncaught.h"

/* ---- arguments ------------------------------------------------------- */

/* Those that dump() and install_excepthook() share. */
struct limits_arg {
	PyObject	*bytes, *objects, *seconds, *depth, *redact;
};

/* None keeps the default, 0 is no limit. */
static int
take_number(PyObject *o, const char *name, uint64_t *out)
{
	long long v;

	if (o == NULL || o == Py_None)
		return 0;
	v = PyLong_AsLongLong(o);
	if (v == -1 && PyErr_Occurred())
		return -1;
	if (v < 0) {
		PyErr_Format(PyExc_ValueError, "%s must not be negative",
		    name);
		return -1;
	}
	*out = (uint64_t)v;
	return 0;
}

static int
take_seconds(PyObject *o, uint64_t *out)
{
	double v;

	if (o == NULL || o == Py_None)
		return 0;
	v = PyFloat_AsDouble(o);
	if (v == -1 && PyErr_Occurred())
		return -1;
	if (!(v >= 0 && v < 1e12)) {
		PyErr_SetString(PyExc_ValueError,
		    "max_seconds must not be negative");
		return -1;
	}
	/* The least that there is, not "no limit". */
	*out = v > 0 && v < 0.001 ? 1 : (uint64_t)(v * 1000);
	return 0;
}

/* A str, or several: parts of names. */
static int
take_redact(PyObject *o, struct pd_str *out)
{
	struct pd_buf b = { 0 };
	PyObject *it, *x;

	if (o == NULL || o == Py_None)
		return 0;
	if (PyUnicode_Check(o)) {
		*out = pd_dump_str(o);
		return 0;
	}
	it = PyObject_GetIter(o);
	if (it == NULL)
		return -1;
	while ((x = PyIter_Next(it)) != NULL) {
		if (PyUnicode_Check(x)) {
			pd_buf_addc(&b, ',');
			pd_dump_text(x, PD_DUMP_TEXT_MAX, false, &b);
		} else
			PyErr_Format(PyExc_TypeError,
			    "redact must be of str, not %s",
			    Py_TYPE(x)->tp_name);
		Py_DECREF(x);
		if (PyErr_Occurred())
			break;
	}
	Py_DECREF(it);
	*out = pd_buf_take(&b);
	return PyErr_Occurred() ? -1 : 0;
}

/* On failure nothing is kept. */
static int
take_limits(const struct limits_arg *a, struct pd_dump_limits *out)
{
	*out = (struct pd_dump_limits){ .bytes = PD_DUMP_BYTES,
	    .objects = PD_DUMP_OBJECTS, .ms = PD_DUMP_MS,
	    .depth = PD_DUMP_DEPTH };
	if (take_number(a->bytes, "max_bytes", &out->bytes) == 0 &&
	    take_number(a->objects, "max_objects", &out->objects) == 0 &&
	    take_seconds(a->seconds, &out->ms) == 0 &&
	    take_number(a->depth, "max_depth", &out->depth) == 0 &&
	    take_redact(a->redact, &out->redact) == 0)
		return 0;
	pd_rec_done(&pd_dump_limits_desc, out);
	return -1;
}

/* New reference: the file's name as bytes; NULL with exception. */
static PyObject *
take_path(PyObject *o)
{
	PyObject *b = NULL;

	return PyUnicode_FSConverter(o, &b) ? b : NULL;
}

/* ---- dump ------------------------------------------------------------ */

PyDoc_STRVAR(dump_doc,
"dump(exc=None, file=None, *, max_bytes=None, max_objects=None,\n"
"     max_seconds=None, max_depth=None, redact=None)\n--\n\n"
"Write a core file of all threads, and return its name.\n\n"
"exc is an exception whose frames are shown first; without one it is that\n"
"which is being handled, if any.  file defaults to SCRIPT.PID.pycore in the\n"
"working directory.  A limit of 0 means none.");

static PyObject *
write_core(PyObject *exc, const char *file, const struct pd_dump_limits *l)
{
	struct pd_dump req = { .exc = exc, .why = PD_CORE_WHY_CALL,
	    .limits = *l };
	struct pd_dump_report report = { 0 };
	PyObject *name;
	struct pd_err err;

	if (pd_dump_file(file, NULL, &req, &report, &err) == -1) {
		PyErr_SetString(PyExc_OSError, err.msg);
		return NULL;
	}
	name = PyUnicode_DecodeFSDefaultAndSize(report.file.s,
	    (Py_ssize_t)report.file.n);
	pd_rec_done(&pd_dump_report_desc, &report);
	return name;
}

static PyObject *
dump(PyObject *self, PyObject *args, PyObject *kwargs)
{
	static const char *const names[] = { "exc", "file", "max_bytes",
	    "max_objects", "max_seconds", "max_depth", "redact", NULL };
	struct limits_arg a = { 0 };
	struct pd_dump_limits limits;
	PyObject *exc = Py_None, *file = Py_None, *path = NULL, *name = NULL;

	(void)self;
	if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OO$OOOOO:dump",
	    (char **)(uintptr_t)names, &exc, &file, &a.bytes, &a.objects,
	    &a.seconds, &a.depth, &a.redact))
		return NULL;
	if (exc != Py_None && !PyExceptionInstance_Check(exc)) {
		PyErr_Format(PyExc_TypeError,
		    "exc must be an exception or None, not %s",
		    Py_TYPE(exc)->tp_name);
		return NULL;
	}
	if (exc == Py_None)
		exc = pd_layout_handled(PyThreadState_Get());
	if (file != Py_None && (path = take_path(file)) == NULL)
		return NULL;
	if (take_limits(&a, &limits) == 0) {
		name = write_core(exc, path != NULL ?
		    PyBytes_AS_STRING(path) : NULL, &limits);
		pd_rec_done(&pd_dump_limits_desc, &limits);
	}
	Py_XDECREF(path);
	return name;
}

/* ---- hooks ----------------------------------------------------------- */

/* The hook of a module that is called for what nothing catches, ours in front
 * of it. */
struct hook {
	const char	*module, *name;
	PyObject	*was, *ours;		/* owned, while installed */
	PyMethodDef	 def;
};

static PyObject *	on_main(PyObject *, PyObject *);
static PyObject *	on_thread(PyObject *, PyObject *);

static struct hook hooks[] = {
	{ .module = "sys", .name = "excepthook",
	  .def = { "excepthook", on_main, METH_VARARGS, NULL } },
	{ .module = "threading", .name = "excepthook",
	  .def = { "excepthook", on_thread, METH_VARARGS, NULL } },
};
#define NHOOKS	(sizeof(hooks) / sizeof(*hooks))

/* Called with (type, value, traceback). */
static PyObject *
on_main(PyObject *original, PyObject *args)
{
	if (PyTuple_GET_SIZE(args) > 1)
		pd_uncaught_dump(PyTuple_GET_ITEM(args, 1));
	return PyObject_Call(original, args, NULL);
}

/* Called with threading.ExceptHookArgs. */
static PyObject *
on_thread(PyObject *original, PyObject *args)
{
	PyObject *what = PyTuple_GET_SIZE(args) > 0 ?
	    PyTuple_GET_ITEM(args, 0) : NULL;

	if (what != NULL && PyTuple_Check(what) && PyTuple_GET_SIZE(what) > 1)
		pd_uncaught_dump(PyTuple_GET_ITEM(what, 1));
	return PyObject_Call(original, args, NULL);
}

static int
install(struct hook *h)
{
	PyObject *mod = PyImport_ImportModule(h->module);
	PyObject *was = mod == NULL ? NULL :
	    PyObject_GetAttrString(mod, h->name), *fn;

	fn = was == NULL ? NULL : PyCFunction_New(&h->def, was);
	if (fn == NULL || PyObject_SetAttrString(mod, h->name, fn) < 0) {
		Py_XDECREF(fn);
		Py_XDECREF(was);
		Py_XDECREF(mod);
		return -1;
	}
	Py_DECREF(mod);
	h->was = was;
	h->ours = fn;
	return 0;
}

/* One that has been put in front of ours stays, and goes on calling it: it
 * only calls the other then. */
static void
uninstall(struct hook *h)
{
	PyObject *mod, *now;

	if (h->ours == NULL)
		return;
	mod = PyImport_ImportModule(h->module);
	now = mod == NULL ? NULL : PyObject_GetAttrString(mod, h->name);
	if (now == h->ours)
		PyObject_SetAttrString(mod, h->name, h->was);
	PyErr_Clear();
	Py_XDECREF(now);
	Py_XDECREF(mod);
	Py_CLEAR(h->was);
	Py_CLEAR(h->ours);
}

/* asyncio may be loaded later: modules that it loads tell. */
static int
on_audit(const char *event, PyObject *args, void *ctx)
{
	(void)args;
	(void)ctx;
	if (event[0] == 'e' && pd_uncaught.on && strcmp(event, "exec") == 0)
		pd_uncaught_asyncio();
	return 0;
}

static void
uninstall_all(void)
{
	pd_uncaught.on = false;
	for (size_t i = 0; i < NHOOKS; i++)
		uninstall(&hooks[i]);
	pd_uncaught_asyncio_undo();
	pd_str_done(&pd_uncaught.dir);
	pd_rec_done(&pd_dump_limits_desc, &pd_uncaught.limits);
}

PyDoc_STRVAR(install_doc,
"install_excepthook(dir=None, *, max_bytes=None, max_objects=None,\n"
"                   max_seconds=None, max_depth=None, redact=None)\n--\n\n"
"Write a core file when an exception ends the program, a thread, or a task\n"
"of asyncio that nobody looks at.\n\n"
"It goes to dir, or to the directory that the program is then in; a line on\n"
"stderr tells its name.  The hooks that are there are called as before.");

static PyObject *
install_excepthook(PyObject *self, PyObject *args, PyObject *kwargs)
{
	static const char *const names[] = { "dir", "max_bytes", "max_objects",
	    "max_seconds", "max_depth", "redact", NULL };
	static bool audits;
	struct limits_arg a = { 0 };
	struct pd_dump_limits limits;
	PyObject *dir = Py_None, *path = NULL;

	(void)self;
	if (!PyArg_ParseTupleAndKeywords(args, kwargs,
	    "|O$OOOOO:install_excepthook", (char **)(uintptr_t)names, &dir,
	    &a.bytes, &a.objects, &a.seconds, &a.depth, &a.redact))
		return NULL;
	if (dir != Py_None && (path = take_path(dir)) == NULL)
		return NULL;
	if (take_limits(&a, &limits) < 0) {
		Py_XDECREF(path);
		return NULL;
	}
	uninstall_all();
	pd_uncaught.limits = limits;
	pd_uncaught.dir = pd_str_from(path != NULL ? PyBytes_AS_STRING(path) :
	    "");
	Py_XDECREF(path);
	for (size_t i = 0; i < NHOOKS; i++)
		if (install(&hooks[i]) < 0) {
			uninstall_all();
			return NULL;
		}
	pd_uncaught.on = true;
	pd_uncaught_asyncio();
	if (!audits && PySys_AddAuditHook(on_audit, NULL) < 0)
		return NULL;
	audits = true;
	Py_RETURN_NONE;
}

PyDoc_STRVAR(uninstall_doc,
"uninstall_excepthook()\n--\n\n"
"Undo install_excepthook().");

static PyObject *
uninstall_excepthook(PyObject *self, PyObject *args)
{
	(void)self;
	(void)args;
	uninstall_all();
	Py_RETURN_NONE;
}

/* ---- the module ------------------------------------------------------ */

#define FN(f)	((PyCFunction)(void (*)(void))(f))

static PyMethodDef methods[] = {
	{ "dump", FN(dump), METH_VARARGS | METH_KEYWORDS, dump_doc },
	{ "install_excepthook", FN(install_excepthook),
	  METH_VARARGS | METH_KEYWORDS, install_doc },
	{ "uninstall_excepthook", uninstall_excepthook, METH_NOARGS,
	  uninstall_doc },
	{ 0 }
};

static struct PyModuleDef module = {
	PyModuleDef_HEAD_INIT, .m_name = "pydbg._dump", .m_size = -1,
	.m_methods = methods
};

PyMODINIT_FUNC	PyInit__dump(void);

PyMODINIT_FUNC
PyInit__dump(void)
{
	PyObject *m = PyModule_Create(&module);

	if (m != NULL && PyModule_AddStringConstant(m, "__version__",
	    PD_VERSION) < 0)
		Py_CLEAR(m);
	return m;
}
