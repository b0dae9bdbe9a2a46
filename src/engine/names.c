/*
 * What the program has: its modules, its functions with where they are.
 *
 * Called by serve.c for info modules and info functions.  It reads
 * dictionaries and code objects and runs none of the program's code.
 */
#include "engine/core.h"

static struct pd_str
text_at(PyObject *dict, const char *key)
{
	PyObject *v = PyDict_GetItemString(dict, key);	/* borrowed */

	return v != NULL && PyUnicode_Check(v) ? pd_str_from_py(v) :
	    (struct pd_str){ 0 };
}

static void
add_function(struct pd_names *out, PyObject *code)
{
	struct pd_name *n = PD_VEC_PUSH(&out->names, struct pd_name);
	PyCodeObject *co = (PyCodeObject *)code;

	n->name = pd_str_from_py(co->co_qualname);
	n->file = pd_str_from(pd_file_canonic(co->co_filename));
	n->line = co->co_firstlineno > 0 ? (uint64_t)co->co_firstlineno : 0;
}

/* The function behind a name of a class or module; borrowed, or NULL. */
static PyObject *
function_of(PyObject *o)
{
	PyObject *f = o;

	if (Py_IS_TYPE(o, &PyStaticMethod_Type) ||
	    Py_IS_TYPE(o, &PyClassMethod_Type)) {
		f = PyObject_GetAttrString(o, "__func__");
		PyErr_Clear();
		Py_XDECREF(f);		/* the wrapper owns it */
	}
	return f != NULL && PyFunction_Check(f) ? f : NULL;
}

/* Those that are defined in the module of that name. */
static void
add_from(struct pd_names *out, PyObject *dict, PyObject *module, int depth)
{
	Py_ssize_t pos = 0;
	PyObject *k, *v, *f, *own;

	while (PyDict_Next(dict, &pos, &k, &v)) {
		f = function_of(v);
		if (f != NULL) {
			own = PyFunction_GetModule(f);
			if (own != NULL && PyUnicode_Check(own) &&
			    PyUnicode_Compare(own, module) == 0)
				add_function(out, PyFunction_GetCode(f));
		} else if (PyType_Check(v) && depth < 8) {
			PyObject *d = ((PyTypeObject *)v)->tp_dict;

			own = d == NULL ? NULL :
			    PyDict_GetItemString(d, "__module__");
			if (own != NULL && PyUnicode_Check(own) &&
			    PyUnicode_Compare(own, module) == 0)
				add_from(out, d, module, depth + 1);
		}
	}
}

static void
functions_in(struct pd_names *out, PyObject *dict)
{
	PyObject *name = PyDict_GetItemString(dict, "__name__");

	if (name != NULL && PyUnicode_Check(name))
		add_from(out, dict, name, 0);
	PyErr_Clear();
}

static void
each_module(struct pd_names *out, bool functions)
{
	PyObject *modules = PyImport_GetModuleDict(), *k, *v;
	Py_ssize_t pos = 0;

	while (PyDict_Check(modules) && PyDict_Next(modules, &pos, &k, &v)) {
		if (!PyModule_Check(v) || !PyUnicode_Check(k))
			continue;
		if (functions) {
			functions_in(out, PyModule_GetDict(v));
		} else {
			struct pd_name *n = PD_VEC_PUSH(&out->names,
			    struct pd_name);

			n->name = pd_str_from_py(k);
			n->file = text_at(PyModule_GetDict(v), "__file__");
		}
	}
}

int
pd_names_do(const struct pd_names_req *req, struct pd_names *out,
    struct pd_err *err)
{
	PyFrameObject *f;
	struct pd_guard g;

	pd_guard_enter(&g, 0);
	if (req->which == PD_NAMES_MODULES || req->all) {
		each_module(out, req->which == PD_NAMES_FUNCTIONS);
		pd_guard_leave(&g);
		return 0;
	}
	f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	if (f != NULL) {
		PD_OWNED globals = PyFrame_GetGlobals(f);

		functions_in(out, globals);
	}
	pd_guard_leave(&g);
	return f != NULL ? 0 : -1;
}
