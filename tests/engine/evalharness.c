/*
 * The engine's evaluating files as an extension module, for tests.
 *
 * test_eval.py imports it in each Python and holds what it says against
 * reprlib, traceback, pprint and pdb.  The engine's other files are stood in
 * for: the guard keeps the exception and sets no timer, output is gathered.
 */
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

/* ---- stand-ins ----------------------------------------------------------- */

struct pd_stack pd_stop_stack;
PyObject *pd_main_code;
PyThreadState *pd_stop_tstate;

static struct pd_buf output;

void
pd_guard_enter(struct pd_guard *g, int ms)
{
	memset(g, 0, sizeof(*g));
	g->ms = ms;
	PyErr_Fetch(&g->exc[0], &g->exc[1], &g->exc[2]);
}

void
pd_guard_leave(struct pd_guard *g)
{
	PyErr_Clear();
	PyErr_Restore(g->exc[0], g->exc[1], g->exc[2]);
}

bool
pd_guard_active(void)
{
	return true;
}

void
pd_flush_streams(void)
{
}

int
pd_serve_output(const char *p, size_t n)
{
	pd_buf_add(&output, p, n);
	return 0;
}

void
pd_serve_notice(const char *fmt, ...)
{
}

uint64_t
pd_jump_mark_of(PyFrameObject *f)
{
	(void)f;
	return 0;
}

/* ---- the module ---------------------------------------------------------- */

static PyObject *
text(struct pd_str *s)
{
	PyObject *o;

	if (s->s == NULL)
		Py_RETURN_NONE;
	o = PyUnicode_DecodeUTF8(s->s, (Py_ssize_t)s->n, "surrogateescape");
	pd_str_done(s);
	return o;
}

static PyObject *
value(struct pd_value *v)
{
	return Py_BuildValue("(NNNK)", text(&v->text),
	    PyBool_FromLong(v->failed), PyBool_FromLong(v->cut),
	    (unsigned long long)v->total);
}

static PyObject *
failed(const struct pd_err *err)
{
	PyErr_SetString(PyExc_RuntimeError, err->msg);
	return NULL;
}

/* select(frame): the stack of the stop. */
static PyObject *
h_select(PyObject *self, PyObject *f)
{
	pd_stack_clear(&pd_stop_stack);
	if (PyFrame_Check(f))
		pd_stack_capture(&pd_stop_stack, (PyFrameObject *)f);
	else if (f != Py_None)
		pd_stack_capture_tb(&pd_stop_stack, f);
	return PyLong_FromSize_t(pd_stop_stack.n);
}

static PyObject *
h_main(PyObject *self, PyObject *code)
{
	Py_XSETREF(pd_main_code, code == Py_None ? NULL : Py_NewRef(code));
	Py_RETURN_NONE;
}

static PyObject *
h_repr(PyObject *self, PyObject *args)
{
	struct pd_value v = {0};
	unsigned long long max = 0;
	PyObject *o;

	if (!PyArg_ParseTuple(args, "O|K", &o, &max))
		return NULL;
	pd_value_repr(o, (size_t)max, 0, &v);
	return value(&v);
}

static PyObject *
h_pprint(PyObject *self, PyObject *o)
{
	struct pd_value v = {0};

	pd_value_pprint(o, 0, 0, &v);
	return value(&v);
}

static PyObject *
h_whatis(PyObject *self, PyObject *o)
{
	struct pd_value v = {0};

	pd_value_whatis(o, &v);
	return value(&v);
}

static PyObject *
h_str(PyObject *self, PyObject *o)
{
	struct pd_value v = {0};

	pd_value_str(o, 0, &v);
	return value(&v);
}

static PyObject *
h_short(PyObject *self, PyObject *o)
{
	struct pd_str s = {0};

	pd_value_short(o, &s);
	return text(&s);
}

static PyObject *
h_exception(PyObject *self, PyObject *o)
{
	struct pd_str s = pd_exception_text((PyObject *)Py_TYPE(o), o);

	return text(&s);
}

static PyObject *
h_expr(PyObject *self, PyObject *args)
{
	struct pd_eval req = {0};
	struct pd_value v = {0};
	struct pd_err err;
	unsigned long long frame, style;
	Py_ssize_t n;

	if (!PyArg_ParseTuple(args, "Ky#K", &frame, &req.text.s, &n, &style))
		return NULL;
	req.frame = frame;
	req.style = style;
	req.text.n = (size_t)n;
	return pd_eval_expr(&req, &v, &err) < 0 ? failed(&err) : value(&v);
}

/* stmt(frame, text) -> (value, output) */
static PyObject *
h_stmt(PyObject *self, PyObject *args)
{
	struct pd_exec req = {0};
	struct pd_value v = {0};
	struct pd_err err;
	struct pd_str out;
	unsigned long long frame;
	Py_ssize_t n;

	if (!PyArg_ParseTuple(args, "Ky#", &frame, &req.text.s, &n))
		return NULL;
	req.frame = frame;
	req.text.n = (size_t)n;
	pd_buf_reset(&output);
	if (pd_eval_stmt(&req, &v, &err) < 0)
		return failed(&err);
	out = pd_str_new(pd_buf_c(&output), output.n);
	return Py_BuildValue("(NN)", value(&v), text(&out));
}

static PyObject *
h_check(PyObject *self, PyObject *args)
{
	struct pd_check req = {0};
	struct pd_value v = {0};
	struct pd_err err;
	Py_ssize_t n;

	if (!PyArg_ParseTuple(args, "y#", &req.text.s, &n))
		return NULL;
	req.text.n = (size_t)n;
	return pd_eval_check(&req, &v, &err) < 0 ? failed(&err) : value(&v);
}

static PyObject *
h_vars(PyObject *self, PyObject *args)
{
	struct pd_vars_req req = {0};
	struct pd_vars vars = {0};
	struct pd_err err;
	unsigned long long frame, which;
	PyObject *list = PyList_New(0);

	if (list == NULL || !PyArg_ParseTuple(args, "KK", &frame, &which))
		return NULL;
	req.frame = frame;
	req.which = which;
	if (pd_eval_vars(&req, &vars, &err) < 0)
		return failed(&err);
	PD_VEC_EACH(&vars.vars, struct pd_var, v) {
		PyObject *name = text(&v->name);
		PyObject *x = v->undefined ? Py_BuildValue("(NO)", name,
		    Py_None) : Py_BuildValue("(NN)", name, value(&v->value));

		PyList_Append(list, x);
		Py_DECREF(x);
	}
	pd_vec_done(&vars.vars);
	return list;
}

static PyObject *
h_record(PyObject *self, PyObject *args)
{
	struct pd_frame f = {0};
	unsigned long long i;
	PyObject *ret = NULL;

	if (!PyArg_ParseTuple(args, "K|O", &i, &ret))
		return NULL;
	pd_stop_stack.retval = ret;
	pd_stop_stack.returning = ret == NULL ? NULL :
	    pd_stop_stack.v[i].frame;
	pd_stack_record(&pd_stop_stack, i, &f);
	pd_stop_stack.retval = NULL;
	pd_stop_stack.returning = NULL;
	return Py_BuildValue("(NNKKNNN)", text(&f.file), text(&f.func),
	    (unsigned long long)f.line, (unsigned long long)f.firstline,
	    text(&f.source), PyBool_FromLong(f.is_module), text(&f.retval));
}

static PyObject *
h_source(PyObject *self, PyObject *args)
{
	struct pd_source_req req = {0};
	struct pd_source src = {0};
	struct pd_err err;
	unsigned long long frame;
	Py_ssize_t n;

	if (!PyArg_ParseTuple(args, "s#K", &req.file.s, &n, &frame))
		return NULL;
	req.file.n = (size_t)n;
	req.frame = frame;
	pd_source_distrust();
	if (pd_source_get(&req, &src, &err) < 0)
		return failed(&err);
	return text(&src.text);
}

static PyObject *
h_lines(PyObject *self, PyObject *args)
{
	const struct pd_lines *l;
	const char *file;
	PyObject *list = PyList_New(0);

	if (list == NULL || !PyArg_ParseTuple(args, "s", &file))
		return NULL;
	l = pd_code_file_lines(file, NULL);
	for (size_t i = 0; i < l->n; i++) {
		PyObject *n = PyLong_FromLong(l->v[i]);

		PyList_Append(list, n);
		Py_DECREF(n);
	}
	return list;
}

static PyObject *
h_first_line(PyObject *self, PyObject *code)
{
	return PyLong_FromLong(pd_code_first_line((PyCodeObject *)code));
}

static PyObject *
h_canonic(PyObject *self, PyObject *name)
{
	return PyUnicode_DecodeFSDefault(pd_file_canonic(name));
}

/* locate(frame, file, line, spec) -> (status, file, line, func, asked,
 * pending) */
static PyObject *
h_locate(PyObject *self, PyObject *args)
{
	struct pd_locate req = {0};
	struct pd_location out = {0};
	struct pd_err err;
	unsigned long long frame, line;
	const char *file, *spec;

	if (!PyArg_ParseTuple(args, "KzKz", &frame, &file, &line, &spec))
		return NULL;
	req.frame = frame;
	req.line = line;
	req.file = pd_str_from(file);
	req.spec = pd_str_from(spec);
	if (pd_locate_do(&req, &out, &err) < 0)
		return failed(&err);
	pd_str_done(&req.file);
	pd_str_done(&req.spec);
	return Py_BuildValue("(KNKNKN)", (unsigned long long)out.status,
	    text(&out.file), (unsigned long long)out.line, text(&out.func),
	    (unsigned long long)out.asked, PyBool_FromLong(out.pending));
}

static PyObject *
item(struct pd_item *c)
{
	return Py_BuildValue("{s:K,s:K,s:N,s:N,s:N,s:N,s:N,s:K,s:N,s:K,s:N}",
	    "kind", (unsigned long long)c->kind,
	    "pos", (unsigned long long)c->pos, "label", text(&c->label),
	    "type", text(&c->type), "text", text(&c->text),
	    "cut", PyBool_FromLong(c->cut), "failed",
	    PyBool_FromLong(c->failed), "count", (unsigned long long)c->count,
	    "expr", text(&c->expr), "ident", (unsigned long long)c->ident,
	    "module", PyBool_FromLong(c->module));
}

/* children(frame, root, text, path, first=0, max=0, ask=0, ident=0, bytes=0)
 * -> (items, total, self) */
static PyObject *
h_children(PyObject *self, PyObject *args)
{
	struct pd_children_req req = {0};
	struct pd_children out = {0};
	struct pd_err err;
	unsigned long long n[6] = {0};
	const char *s;
	PyObject *path, *list = PyList_New(0);
	int ask = 0, rc;

	if (list == NULL || !PyArg_ParseTuple(args, "KKyO!|KKpKK", &n[0],
	    &n[1], &s, &PyTuple_Type, &path, &n[2], &n[3], &ask, &n[4],
	    &n[5]))
		return NULL;
	req.frame = n[0];
	req.root = n[1];
	req.text = pd_str_from(s);
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(path); i++)
		*PD_VEC_PUSH(&req.path, uint64_t) =
		    PyLong_AsUnsignedLongLong(PyTuple_GET_ITEM(path, i));
	req.first = n[2];
	req.max = n[3];
	req.ask = ask != 0;
	req.ident = n[4];
	req.bytes = n[5];
	rc = pd_children_do(&req, &out, &err);
	pd_rec_done(&pd_children_req_desc, &req);
	if (rc < 0) {
		Py_DECREF(list);
		return failed(&err);
	}
	PD_VEC_EACH(&out.items, struct pd_item, c) {
		PyObject *x = item(c);

		PyList_Append(list, x);
		Py_DECREF(x);
	}
	pd_vec_done(&out.items);
	return Py_BuildValue("(NKN)", list, (unsigned long long)out.total,
	    item(&out.self));
}

static PyMethodDef methods[] = {
	{ "children", h_children, METH_VARARGS, NULL },
	{ "select", h_select, METH_O, NULL },
	{ "main", h_main, METH_O, NULL },
	{ "repr", h_repr, METH_VARARGS, NULL },
	{ "pprint", h_pprint, METH_O, NULL },
	{ "whatis", h_whatis, METH_O, NULL },
	{ "str", h_str, METH_O, NULL },
	{ "short", h_short, METH_O, NULL },
	{ "exception", h_exception, METH_O, NULL },
	{ "expr", h_expr, METH_VARARGS, NULL },
	{ "stmt", h_stmt, METH_VARARGS, NULL },
	{ "check", h_check, METH_VARARGS, NULL },
	{ "vars", h_vars, METH_VARARGS, NULL },
	{ "record", h_record, METH_VARARGS, NULL },
	{ "source", h_source, METH_VARARGS, NULL },
	{ "lines", h_lines, METH_VARARGS, NULL },
	{ "first_line", h_first_line, METH_O, NULL },
	{ "canonic", h_canonic, METH_O, NULL },
	{ "locate", h_locate, METH_VARARGS, NULL },
	{ NULL, NULL, 0, NULL }
};

static struct PyModuleDef def = {
	PyModuleDef_HEAD_INIT,
	.m_name = "evalharness",
	.m_size = -1,
	.m_methods = methods,
};

PyMODINIT_FUNC PyInit_evalharness(void);

PyMODINIT_FUNC
PyInit_evalharness(void)
{
	return PyModule_Create(&def);
}
