/*
 * Expressions and statements of the user, in a frame of the stop.
 *
 * serve.c calls it for requests, cond.c and locate.c for expressions.  What
 * the evaluated code raises, SystemExit and KeyboardInterrupt included, is a
 * text for the user and never leaves.
 */
#include "engine/engine.h"

#include <string.h>

#include "engine/compat-eval.h"
#include "engine/eval.h"

static bool
is_function(PyFrameObject *f)
{
	PyCodeObject *co = PyFrame_GetCode(f);
	bool r = (co->co_flags & CO_OPTIMIZED) != 0;

	Py_DECREF(co);
	return r;
}

/* Does to `to` what was done to now since was: sets and deletes.  True if
 * there was anything. */
static bool
replay(PyObject *was, PyObject *now, PyObject *to)
{
	PyObject *k, *v;
	Py_ssize_t pos = 0;
	bool any = false;

	while (PyDict_Next(now, &pos, &k, &v))
		if (PyDict_GetItemWithError(was, k) != v) {
			any = true;
			PyDict_SetItem(to, k, v);
		}
	for (pos = 0; PyDict_Next(was, &pos, &k, &v);)
		if (PyDict_Contains(now, k) == 0) {
			any = true;
			if (PyDict_Contains(to, k) == 1)
				PyDict_DelItem(to, k);
		}
	return any;
}

/*
 * Writes back what the code did to the dict, and that alone: what it did to
 * the frame's variables by other ways (a closure that it called) is already
 * there, and the dict's old values must not undo it.  Keeps the exception.
 */
static void
store(PyFrameObject *f, PyObject *locals, PyObject *was)
{
	PyObject *t, *v, *tb;
	PyObject *now;

	PyErr_Fetch(&t, &v, &tb);
	now = PyDict_Copy(locals);
	if (now != NULL && replay(was, now, locals)) {
		PD_OWNED fresh = pd_compat_locals(f);

		if (fresh != NULL && PyDict_Check(fresh)) {
			replay(was, now, fresh);
			pd_compat_locals_store(f);
		}
	}
	Py_XDECREF(now);
	PyErr_Clear();
	PyErr_Restore(t, v, tb);
}

static bool
is_module(PyFrameObject *f)
{
	PyCodeObject *co = PyFrame_GetCode(f);
	bool r = PyUnicode_CompareWithASCIIString(co->co_name,
	    "<module>") == 0;

	Py_DECREF(co);
	return r;
}

/*
 * Inside a comprehension at module level, from 3.12 on, the locals are a
 * mapping of their own with the comprehension's variables in front of the
 * module's.  What the code bound besides those belongs to the module.
 */
static void
store_module(PyFrameObject *f, PyObject *locals, PyObject *was,
    PyObject *globals)
{
	PyCodeObject *co = PyFrame_GetCode(f);
	PD_OWNED hidden = NULL;
	PD_OWNED now = PyDict_New();
	PyObject *t, *v, *tb;

	PyErr_Fetch(&t, &v, &tb);
	hidden = PyCode_GetVarnames(co);
	if (now != NULL && hidden != NULL && PyDict_Update(now, locals) == 0) {
		for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(hidden); i++) {
			PyObject *name = PyTuple_GET_ITEM(hidden, i);

			if (PyDict_Contains(now, name) == 1)
				PyDict_DelItem(now, name);
			if (PyDict_Contains(was, name) == 1)
				PyDict_DelItem(was, name);
		}
		replay(was, now, globals);
	}
	Py_DECREF(co);
	PyErr_Clear();
	PyErr_Restore(t, v, tb);
}

/* New reference: what the locals are before the code runs, if they are to be
 * compared afterwards; NULL with an exception, or without: they are not. */
static PyObject *
snapshot(PyFrameObject *f, PyObject *locals)
{
	PyObject *was;

	if (is_function(f)) {
		if (!PD_LOCALS_ARE_COPIED || !PyDict_Check(locals))
			return NULL;
	} else {
		PD_OWNED again = pd_compat_locals(f);

		/* One that is made anew each time is no real namespace. */
		if (again == NULL || again == locals || !is_module(f))
			return NULL;
	}
	was = PyDict_New();
	if (was != NULL && PyDict_Update(was, locals) < 0)
		Py_CLEAR(was);
	return was;
}

PyObject *
pd_eval_run(PyFrameObject *f, PyObject *code, PyObject *text, int start,
    PyObject *show)
{
	PD_OWNED globals = PyFrame_GetGlobals(f);
	PD_OWNED locals = pd_compat_locals(f);
	PD_OWNED was = NULL;
	PyObject *r = NULL;
	bool plain = text == NULL || locals == globals || pd_await_is(code);

	if (locals == NULL)
		return NULL;
	was = snapshot(f, locals);
	if (was == NULL && PyErr_Occurred())
		return NULL;
	if (plain || !pd_closure_wanted(code) ||
	    pd_closure_run(text, start, globals, locals, show, &r) == 0)
		r = PyEval_EvalCode(code, globals, locals);
	if (r != NULL && pd_await_is(code))
		r = pd_await_run(r);
	if (was != NULL && is_function(f))
		store(f, locals, was);
	else if (was != NULL)
		store_module(f, locals, was, globals);
	return r;
}

PyObject *
pd_eval_conv(PyFrameObject *f, PyObject *code, PyObject *text, int start,
    PyObject *show, bool conv)
{
	PD_OWNED globals = PyFrame_GetGlobals(f);
	PyObject *r;

	if (conv && pd_conv_begin(f, globals) < 0)
		return NULL;
	r = pd_eval_run(f, code, text, start, show);
	if (conv)
		pd_conv_end(globals);
	return r;
}

PyObject *
pd_eval_object(PyFrameObject *f, const struct pd_str *expr)
{
	struct pd_str s = { expr->s, expr->n };
	PD_OWNED typed = NULL;
	PD_OWNED text = NULL;
	PD_OWNED code = NULL;
	bool conv = false;

	/* eval() skips these, compile() does not. */
	while (s.n > 0 && (*s.s == ' ' || *s.s == '\t')) {
		s.s++;
		s.n--;
	}
	typed = pd_str_to_py(&s);
	text = typed == NULL ? NULL : pd_conv_text(typed, &conv);
	code = text == NULL ? NULL :
	    pd_await_compile(f, text, Py_eval_input);
	return code == NULL ? NULL :
	    pd_eval_conv(f, code, text, Py_eval_input, NULL, conv);
}

void
pd_eval_failed(struct pd_value *out)
{
	out->text = pd_exception_take();
	out->failed = true;
}

/* As display and retval show what cannot be shown (Lib/pdb.py:
 * _getval_except, _safe_repr). */
static void
make_safe(const struct pd_eval *req, struct pd_value *v, bool evaluated)
{
	const char *expr = pd_str_c(&req->text);
	struct pd_str text;

	if (!v->failed)
		return;
	if (strncmp(expr, "$_", 2) == 0)
		expr += 2;
	text = evaluated ?
	    pd_strf("*** repr(%s) failed: %s ***", expr, pd_str_c(&v->text)) :
	    pd_strf("** raised %s **", pd_str_c(&v->text));
	pd_str_done(&v->text);
	v->text = text;
	v->failed = false;
}

static size_t
depth_of(uint64_t depth)
{
	return depth > INT_MAX ? 0 : (size_t)depth;
}

static void
show_value(PyObject *o, const struct pd_eval *req, struct pd_value *out)
{
	size_t max = req->max == 0 || req->max > (32u << 20) ? PD_VALUE_MAX :
	    (size_t)req->max;

	if (req->style == PD_EVAL_PPRINT)
		pd_value_pprint(o, max, depth_of(req->depth), out);
	else if (req->style == PD_EVAL_WHATIS)
		pd_value_whatis(o, out);
	else if (req->style == PD_EVAL_STR)
		pd_value_str(o, max, out);
	else
		pd_value_repr(o, max, depth_of(req->depth), out);
}

int
pd_eval_expr(const struct pd_eval *req, struct pd_value *out,
    struct pd_err *err)
{
	PyFrameObject *f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	struct pd_guard g;
	PyObject *o;

	if (f == NULL)
		return -1;
	pd_guard_enter(&g, 0);
	o = pd_eval_object(f, &req->text);
	if (o == NULL)
		pd_eval_failed(out);
	else
		show_value(o, req, out);
	if (req->style == PD_EVAL_SAFE)
		make_safe(req, out, o != NULL);
	Py_XDECREF(o);
	pd_flush_streams();
	pd_guard_leave(&g);
	return 0;
}

/* Takes the exception: is it the compiler's for text that ends too early? */
static bool
take_incomplete(void)
{
	struct pd_str s = { 0 };
	bool r = false;

	if (PyErr_ExceptionMatches(PyExc_SyntaxError)) {
		s = pd_exception_take();
		r = strstr(pd_str_c(&s), "incomplete input") != NULL;
	}
	PyErr_Clear();
	pd_str_done(&s);
	return r;
}

/* Nothing but blank lines and comments. */
static bool
says_nothing(const struct pd_str *s)
{
	bool comment = false;

	for (size_t i = 0; i < s->n; i++) {
		if (s->s[i] == '\n')
			comment = false;
		else if (s->s[i] == '#')
			comment = true;
		else if (!comment && strchr(" \t\f\r\v", s->s[i]) == NULL)
			return false;
	}
	return true;
}

/* The rule of Lib/codeop.py: what does not compile as it is, but does with a
 * newline more, or fails only for its end, is not yet whole. */
static void
check_statement(const struct pd_str *typed, struct pd_value *out)
{
	const int flags = PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT;
	PD_OWNED raw = says_nothing(typed) ? PyUnicode_FromString("pass") :
	    pd_str_to_py(typed);
	PD_OWNED text = NULL;
	PD_OWNED more = NULL;
	PD_OWNED code = NULL;
	bool conv;

	text = raw == NULL ? NULL : pd_conv_text(raw, &conv);
	if (text != NULL)
		code = pd_compile_str(text, Py_single_input, flags);
	if (code != NULL)
		return;
	if (text != NULL && PyErr_ExceptionMatches(PyExc_SyntaxError)) {
		PyErr_Clear();
		more = PyUnicode_FromFormat("%U\n", text);
		if (more != NULL)
			code = pd_compile_str(more, Py_single_input, flags);
		out->incomplete = code != NULL || take_incomplete();
		if (out->incomplete)
			return;
		code = pd_compile_str(text, Py_single_input, 0);
		if (code != NULL)
			return;
	}
	pd_eval_failed(out);
}

int
pd_eval_check(const struct pd_check *req, struct pd_value *out,
    struct pd_err *err)
{
	struct pd_guard g;
	PD_OWNED typed = NULL;
	PD_OWNED text = NULL;
	PD_OWNED code = NULL;
	bool conv;

	pd_guard_enter(&g, 0);
	if (req->statement) {
		check_statement(&req->text, out);
		pd_guard_leave(&g);
		return 0;
	}
	typed = pd_str_to_py(&req->text);
	text = typed == NULL ? NULL : pd_conv_text(typed, &conv);
	if (text != NULL)
		code = pd_compile_str(text, Py_eval_input, 0);
	if (code == NULL)
		pd_eval_failed(out);
	pd_guard_leave(&g);
	return 0;
}
