/*
 * Conditions: compiled once, evaluated in the frame that hits.
 *
 * The quick way is a function of the variables that the condition names,
 *
 *	lambda a, b: (CONDITION)
 *
 * made once for the code object that hits and called with what the frame's
 * slots hold: no frame object, no dict of locals.  Where it cannot be had
 * (the names are not all bound, the frame is no function's, the condition
 * asks for locals()) the expression is evaluated on the frame's locals.
 *
 * Runs the program's code, under a guard: no event inside it is ours, the
 * program's exception state stays.  No time limit: a condition is the user's
 * own, and Ctrl-C ends it.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/compat.h"
#include "engine/core.h"
#include "engine/eval.h"

struct pd_cond *
pd_cond_new(const struct pd_str *text)
{
	struct pd_cond *c = pd_xcalloc(1, sizeof(*c));

	c->refs = 1;
	c->text = pd_str_dup(text);
	return c;
}

void
pd_cond_unref(struct pd_cond *c)
{
	if (c == NULL || --c->refs > 0)
		return;
	Py_CLEAR(c->code);
	Py_CLEAR(c->fn);
	Py_CLEAR(c->fn_code);
	Py_CLEAR(c->fn_globals);
	pd_str_done(&c->text);
	free(c);
}

static PyObject *
compile_text(const char *before, const struct pd_str *text, const char *after)
{
	PD_OWNED typed = pd_str_to_py(text);
	PD_OWNED src = NULL;
	PD_OWNED stripped = NULL;
	PD_OWNED whole = NULL;
	const char *s;
	bool conv;

	src = typed != NULL ? pd_conv_text(typed, &conv) : NULL;
	if (src != NULL)
		stripped = PyObject_CallMethod(src, "strip", "s", " \t");
	if (stripped != NULL)
		whole = PyUnicode_FromFormat("%s%U%s", before, stripped, after);
	s = whole != NULL ? PyUnicode_AsUTF8(whole) : NULL;
	return s != NULL ? Py_CompileString(s, "<stdin>", Py_eval_input) : NULL;
}

/* What looks at the frame itself cannot be a function of its variables. */
static bool
looks_at_frame(PyObject *name)
{
	static const char *const names[] = { "locals", "vars", "dir", "eval",
	    "exec", "super", "__class__" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (PyUnicode_CompareWithASCIIString(name, names[i]) == 0)
			return true;
	return false;
}

/* Adds one name to the arguments if it is a variable of the code. */
static int
add_name(struct pd_cond *c, struct pd_buf *args, PyCodeObject *code,
    PyObject *name)
{
	int slot = pd_compat_local_slot(code, name);
	const char *s = PyUnicode_AsUTF8(name);

	if (s == NULL || looks_at_frame(name))
		return -1;
	if (slot < 0)
		return 0;
	for (int i = 0; i < c->n; i++)
		if (c->slot[i] == slot)
			return 0;
	if (c->n == PD_COND_SLOTS)
		return -1;
	c->slot[c->n++] = slot;
	pd_buf_addf(args, "%s%s", c->n > 1 ? ", " : "", s);
	return 0;
}

/* Names that an expression loads, in the code objects inside it too. */
static int
add_names(struct pd_cond *c, struct pd_buf *args, PyCodeObject *code,
    PyCodeObject *expr)
{
	PyObject *names = expr->co_names, *consts = expr->co_consts;

	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++)
		if (add_name(c, args, code, PyTuple_GET_ITEM(names, i)) < 0)
			return -1;
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(consts); i++) {
		PyObject *o = PyTuple_GET_ITEM(consts, i);

		if (PyCode_Check(o) &&
		    add_names(c, args, code, (PyCodeObject *)o) < 0)
			return -1;
	}
	return 0;
}

static PyObject *
make_function(struct pd_cond *c, PyCodeObject *code, PyObject *globals)
{
	struct pd_buf args = { 0 };
	PD_OWNED lambda = NULL;

	c->n = 0;
	pd_buf_adds(&args, "lambda ");
	if (add_names(c, &args, code, (PyCodeObject *)c->code) == 0) {
		pd_buf_adds(&args, ": (");
		lambda = compile_text(pd_buf_c(&args), &c->text, "\n)");
	}
	pd_buf_done(&args);
	return lambda != NULL ? PyEval_EvalCode(lambda, globals, globals) :
	    NULL;
}

/* Is there a function for this code object and these globals? Makes one.
 * That runs code, other threads too: it is put in place when it is whole. */
static bool
have_function(struct pd_cond *c, struct pd_at *at)
{
	PyObject *globals = pd_compat_iframe_globals(at->iframe);
	struct pd_cond made = *c;
	PD_OWNED old_code = NULL;
	PD_OWNED old_globals = NULL;
	PD_OWNED old_fn = NULL;

	if (c->fn_code == (PyObject *)at->code && c->fn_globals == globals)
		return c->fn != NULL;
	if (globals == NULL || (!(at->code->co_flags & CO_OPTIMIZED) &&
	    globals != pd_compat_iframe_locals(at->iframe)))
		return false;
	made.fn = make_function(&made, at->code, globals);
	PyErr_Clear();
	old_code = c->fn_code;
	old_globals = c->fn_globals;
	old_fn = c->fn;
	c->fn_code = Py_NewRef((PyObject *)at->code);
	c->fn_globals = Py_NewRef(globals);
	c->fn = made.fn;
	c->n = made.n;
	memcpy(c->slot, made.slot, sizeof(c->slot));
	return c->fn != NULL;
}

/* The value by the function; NULL without an exception: not this time. */
static PyObject *
call_function(struct pd_cond *c, struct pd_at *at)
{
	PyObject *args[PD_COND_SLOTS], *fn, *r;
	int n = c->n;

	for (int i = 0; i < n; i++) {
		args[i] = pd_compat_iframe_local(at->iframe, at->code,
		    c->slot[i]);
		if (args[i] == NULL)
			return NULL;
	}
	fn = Py_NewRef(c->fn);
	r = PyObject_Vectorcall(fn, args, (size_t)n, NULL);
	Py_DECREF(fn);
	return r;
}

/* The value on the frame's locals. */
static PyObject *
eval_locals(PyObject *expr, struct pd_at *at)
{
	PyFrameObject *f = pd_at_frame(at);
	PD_OWNED code = Py_NewRef(expr);
	PD_OWNED globals = PyFrame_GetGlobals(f);
	PD_OWNED locals = pd_frame_locals(f);

	if (locals == NULL)
		return NULL;
	return PyEval_EvalCode(code, globals, locals);
}

static int
evaluate(struct pd_cond *c, struct pd_at *at)
{
	PyObject *value = NULL;
	int rc;

	if (c->code == NULL) {
		value = compile_text("", &c->text, "");
		Py_XSETREF(c->code, value);
		value = NULL;
	}
	if (c->code == NULL)
		return -1;
	if (have_function(c, at))
		value = call_function(c, at);
	if (value == NULL && !PyErr_Occurred())
		value = eval_locals(c->code, at);
	if (value == NULL)
		return -1;
	rc = PyObject_IsTrue(value);
	Py_DECREF(value);
	return rc;
}

/* With what `$name` stands for in reach. */
static int
evaluate_conv(struct pd_cond *c, struct pd_at *at)
{
	PyFrameObject *f = pd_at_frame(at);
	PD_OWNED globals = PyFrame_GetGlobals(f);
	int rc;

	if (pd_conv_begin(f, globals) < 0)
		return -1;
	rc = evaluate(c, at);
	pd_conv_end(globals);
	return rc;
}

int
pd_cond_true(struct pd_cond *c, struct pd_at *at, struct pd_str *error)
{
	struct pd_guard g;
	int rc;

	pd_guard_enter(&g, 0);
	c->refs++;
	rc = memchr(pd_str_c(&c->text), '$', c->text.n) == NULL ?
	    evaluate(c, at) : evaluate_conv(c, at);
	if (rc < 0)
		*error = pd_exception_take();
	pd_cond_unref(c);
	pd_guard_leave(&g);
	return rc;
}
