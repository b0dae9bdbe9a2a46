/*
 * How a piece of Python could go on: what there is to choose from.
 *
 * Called by complete.c.  Values come by way of peek.h, so that nothing of
 * the program runs.
 */
#include "engine/complete.h"

#include <stdlib.h>
#include <string.h>

#include "engine/compat-eval.h"
#include "engine/eval.h"
#include "engine/lookup.h"
#include "engine/peek.h"

/* Of the language reference; those that can stand in an expression, and those
 * that begin a statement or belong to one. */
static const char *const expr_words[] = {
	"False", "None", "True", "and", "await", "else", "for", "if", "in",
	"is", "lambda", "not", "or", "yield",
};
static const char *const stmt_words[] = {
	"as", "assert", "async", "break", "case", "class", "continue", "def",
	"del", "elif", "except", "finally", "from", "global", "import",
	"match", "nonlocal", "pass", "raise", "return", "try", "while", "with",
};

/* ---- names ------------------------------------------------------------- */

/* Is it something to set a breakpoint in, or leads there? */
static bool
leads_to_code(PyObject *v)
{
	return PyFunction_Check(v) || PyType_Check(v) || PyModule_Check(v) ||
	    PyMethod_Check(v) || Py_IS_TYPE(v, &PyStaticMethod_Type) ||
	    Py_IS_TYPE(v, &PyClassMethod_Type);
}

static bool
add_name(void *ctx, PyObject *name, PyObject *value)
{
	struct pd_completing *c = ctx;
	Py_ssize_t n;
	const char *s;

	if (c->what == PD_COMPLETE_FUNCTION && value != NULL &&
	    !leads_to_code(value))
		return true;
	s = PyUnicode_AsUTF8AndSize(name, &n);
	if (s == NULL) {
		PyErr_Clear();
		return true;
	}
	if ((size_t)n < c->nprefix || memcmp(s, c->prefix, c->nprefix) != 0 ||
	    PyUnicode_IsIdentifier(name) != 1)
		return true;
	return pd_complete_add(c, s, (size_t)n, "");
}

static bool
is_function(PyFrameObject *f)
{
	PyCodeObject *co = PyFrame_GetCode(f);
	bool r = (co->co_flags & CO_OPTIMIZED) != 0;

	Py_DECREF(co);
	return r;
}

/* New reference: the frame's locals if looking at them runs nothing: a dict,
 * or what a function's frame has for them. */
static PyObject *
plain_locals(PyFrameObject *f)
{
	PyObject *locals = pd_compat_locals(f);

	PyErr_Clear();
	if (locals != NULL && !PyDict_CheckExact(locals) && !is_function(f))
		Py_CLEAR(locals);
	return locals;
}

static void
add_locals(struct pd_completing *c)
{
	PD_OWNED locals = plain_locals(c->frame);
	PD_OWNED keys = NULL;

	if (locals == NULL)
		return;
	if (PyDict_Check(locals)) {
		pd_peek_dict(locals, add_name, c);
		return;
	}
	keys = PyMapping_Keys(locals);
	for (Py_ssize_t i = 0; keys != NULL && i < PyList_GET_SIZE(keys); i++) {
		PyObject *k = PyList_GET_ITEM(keys, i);
		PD_OWNED v = PyObject_GetItem(locals, k);

		if (PyUnicode_CheckExact(k))
			add_name(c, k, v);
		PyErr_Clear();
	}
	PyErr_Clear();
}

static void
add_words(struct pd_completing *c, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		pd_complete_add(c, words[i], strlen(words[i]), "");
}

#define WORDS(c, list) add_words((c), (list), sizeof(list) / sizeof((list)[0]))

void
pd_complete_names(struct pd_completing *c)
{
	PD_OWNED globals = PyFrame_GetGlobals(c->frame);
	PD_OWNED builtins = PyFrame_GetBuiltins(c->frame);

	add_locals(c);
	if (globals != NULL && PyDict_Check(globals))
		pd_peek_dict(globals, add_name, c);
	if (c->what == PD_COMPLETE_FUNCTION)
		return;
	if (builtins != NULL && PyDict_Check(builtins))
		pd_peek_dict(builtins, add_name, c);
	WORDS(c, expr_words);
	if (c->what == PD_COMPLETE_STATEMENT)
		WORDS(c, stmt_words);
}

void
pd_complete_attrs(struct pd_completing *c, PyObject *o)
{
	pd_peek_attrs(o, add_name, c);
}

/* ---- values ------------------------------------------------------------ */

/* New reference. */
static PyObject *
in_locals(PyFrameObject *f, const char *name, size_t n)
{
	PD_OWNED locals = plain_locals(f);
	PD_OWNED key = NULL;
	PyObject *v;

	if (locals == NULL || PyDict_Check(locals))
		return locals == NULL ? NULL : pd_peek_key(locals, name, n);
	key = PyUnicode_DecodeUTF8(name, (Py_ssize_t)n, NULL);
	v = key == NULL ? NULL : PyObject_GetItem(locals, key);
	PyErr_Clear();
	return v;
}

/* New reference: what a name means in the frame. */
static PyObject *
named(PyFrameObject *f, const char *name, size_t n)
{
	PD_OWNED globals = PyFrame_GetGlobals(f);
	PD_OWNED builtins = PyFrame_GetBuiltins(f);
	PyObject *v = in_locals(f, name, n);

	if (v == NULL && globals != NULL)
		v = pd_peek_key(globals, name, n);
	if (v == NULL && builtins != NULL)
		v = pd_peek_key(builtins, name, n);
	return v;
}

/* A key as it would be written in the program, without its quotes. */
static void
escape(struct pd_buf *b, const char *s, size_t n, char quote)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)s[i];

		if (s[i] == '\\' || s[i] == quote)
			pd_buf_addf(b, "\\%c", s[i]);
		else if (s[i] == '\n')
			pd_buf_adds(b, "\\n");
		else if (s[i] == '\t')
			pd_buf_adds(b, "\\t");
		else if (ch < 0x20 || ch == 0x7f)
			pd_buf_addf(b, "\\x%02x", ch);
		else
			pd_buf_addc(b, s[i]);
	}
}

struct keyed {
	const struct pd_tok *tok;
	const char	*p;
	PyObject	*found;		/* owned */
};

/* Is that key written as the token is?  Escapes are compared as we write
 * them. */
static bool
is_written(void *ctx, PyObject *key, PyObject *value)
{
	struct keyed *k = ctx;
	const struct pd_tok *t = k->tok;
	const char *s;
	Py_ssize_t n;
	struct pd_buf b = { 0 };
	size_t quotes = t->body - t->at, len;

	/* Quotes at the end as at the beginning, without the prefix. */
	while (quotes > 0 && strchr("'\"", k->p[t->body - quotes]) == NULL)
		quotes--;
	s = PyUnicode_AsUTF8AndSize(key, &n);
	if (s == NULL || t->at + t->n < t->body + quotes) {
		PyErr_Clear();
		return true;
	}
	len = t->at + t->n - quotes - t->body;
	escape(&b, s, (size_t)n, k->p[t->body - 1]);
	if (b.n == len && memcmp(pd_buf_c(&b), k->p + t->body, len) == 0)
		k->found = Py_NewRef(value);
	pd_buf_done(&b);
	return k->found == NULL;
}

/* New reference: o[...], the subscript's tokens being from first on. */
static PyObject *
subscribed(struct pd_completing *c, PyObject *o, size_t first)
{
	const struct pd_tok *t = PD_VEC_AT(&c->scan.toks, struct pd_tok,
	    first);
	bool minus = t->kind == PD_TOK_OP;
	struct keyed k = { .p = c->p };
	char *end;
	long i;

	if (minus)
		t++;
	if (t->kind == PD_TOK_NUMBER) {
		i = strtol(c->p + t->at, &end, 0);
		return end == c->p + t->at + t->n ?
		    pd_peek_index(o, minus ? -i : i) : NULL;
	}
	k.tok = t;
	if (t->kind == PD_TOK_STRING && pd_peek_is_dict(o))
		pd_peek_dict(o, is_written, &k);
	return k.found;
}

PyObject *
pd_complete_value(struct pd_completing *c, size_t first, size_t end,
    bool *bound)
{
	const struct pd_tok *t = PD_VEC_AT(&c->scan.toks, struct pd_tok, first);
	PyObject *v, *next;

	if (bound != NULL)
		*bound = false;
	v = t->kind == PD_TOK_STRING ? PyUnicode_FromString("") :
	    named(c->frame, c->p + t->at, t->n);
	for (size_t i = first + 1; v != NULL && i < end;) {
		t = PD_VEC_AT(&c->scan.toks, struct pd_tok, i);
		if (c->p[t->at] == '.') {
			t++;
			next = pd_peek_attr(v, c->p + t->at, t->n, bound);
			i += 2;
		} else {
			next = subscribed(c, v, i + 1);
			for (i++; c->p[PD_VEC_AT(&c->scan.toks, struct pd_tok,
			    i - 1)->at] != ']'; i++)
				;
		}
		Py_DECREF(v);
		v = next;
	}
	return v;
}

/* ---- keys -------------------------------------------------------------- */

void
pd_complete_keys(struct pd_completing *c, PyObject *o, const char *open,
    size_t nopen)
{
	size_t quotes = 0;
	Py_ssize_t pos = 0;
	PyObject *k, *v;

	if (!pd_peek_is_dict(o))
		return;
	while (quotes < nopen && open[nopen - 1 - quotes] == open[nopen - 1])
		quotes++;
	while (PyDict_Next(o, &pos, &k, &v) && !c->out->cut) {
		struct pd_buf b = { 0 };
		const char *s = NULL;
		Py_ssize_t n = 0;
		int over;

		if (PyUnicode_CheckExact(k)) {
			s = PyUnicode_AsUTF8AndSize(k, &n);
			PyErr_Clear();
		}
		if (s != NULL) {
			pd_buf_add(&b, open, nopen);
			escape(&b, s, (size_t)n, open[nopen - 1]);
			pd_buf_add(&b, open + nopen - quotes, quotes);
		} else if (PyLong_CheckExact(k)) {
			long i = PyLong_AsLongAndOverflow(k, &over);

			if (over == 0)
				pd_buf_addf(&b, "%ld", i);
		}
		if (b.n > 0)
			pd_complete_add(c, b.s, b.n, "]");
		pd_buf_done(&b);
	}
}

/* ---- arguments --------------------------------------------------------- */

static void
function_arguments(struct pd_completing *c, PyObject *f, bool bound)
{
	PyCodeObject *co = (PyCodeObject *)PyFunction_GET_CODE(f);
	PD_OWNED names = PyCode_GetVarnames(co);
	Py_ssize_t n = co->co_argcount + co->co_kwonlyargcount;

	PyErr_Clear();
	for (Py_ssize_t i = 0; names != NULL && i < n &&
	    i < PyTuple_GET_SIZE(names); i++) {
		Py_ssize_t len;
		const char *s;

		if (i < co->co_posonlyargcount || (bound && i == 0))
			continue;
		s = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(names, i), &len);
		PyErr_Clear();
		if (s != NULL)
			pd_complete_add(c, s, (size_t)len, "=");
	}
}

void
pd_complete_arguments(struct pd_completing *c, PyObject *o, bool bound)
{
	static const char *const makers[] = { "__init__", "__new__" };

	if (PyFunction_Check(o)) {
		function_arguments(c, o, bound);
	} else if (PyMethod_Check(o)) {
		if (PyFunction_Check(PyMethod_GET_FUNCTION(o)))
			function_arguments(c, PyMethod_GET_FUNCTION(o), true);
	} else if (PyType_Check(o)) {
		for (size_t i = 0; i < 2; i++) {
			PD_OWNED f = pd_peek_attr(o, makers[i],
			    strlen(makers[i]), NULL);

			if (f == NULL || !PyFunction_Check(f))
				continue;
			function_arguments(c, f, true);
			return;
		}
	} else {
		PD_OWNED f = pd_peek_attr((PyObject *)Py_TYPE(o), "__call__",
		    8, NULL);

		if (f != NULL && PyFunction_Check(f))
			function_arguments(c, f, true);
	}
}

/* ---- lines of a file --------------------------------------------------- */

/* Names of the functions in a code object: those that break can go to. */
static void
add_functions(struct pd_completing *c, PyObject *code)
{
	PD_OWNED consts = PyObject_GetAttrString(code, "co_consts");

	PyErr_Clear();
	for (Py_ssize_t i = 0; consts != NULL &&
	    i < PyTuple_GET_SIZE(consts); i++) {
		PyObject *k = PyTuple_GET_ITEM(consts, i);
		PyCodeObject *co = (PyCodeObject *)k;
		struct pd_str s;

		if (!PyCode_Check(k))
			continue;
		s = pd_str_from_py(co->co_qualname);
		/* A class body has no optimized locals: only what is in it. */
		if ((co->co_flags & CO_OPTIMIZED) != 0 &&
		    memchr(pd_str_c(&s), '<', s.n) == NULL)
			pd_complete_add(c, s.s, s.n, "");
		pd_str_done(&s);
		if (Py_EnterRecursiveCall(" in nested code") != 0) {
			PyErr_Clear();
			continue;
		}
		add_functions(c, k);
		Py_LeaveRecursiveCall();
	}
}

void
pd_complete_lines(struct pd_completing *c)
{
	PD_OWNED globals = PyFrame_GetGlobals(c->frame);
	PyCodeObject *co = PyFrame_GetCode(c->frame);
	struct pd_str file = c->n > 0 ? pd_lookup_module(c->p) :
	    pd_str_from(pd_file_canonic(co->co_filename));
	const struct pd_lines *lines;
	const struct pd_source *src;
	PD_OWNED code = NULL;
	char number[32];

	Py_DECREF(co);
	PyErr_Clear();
	if (file.s == NULL)
		return;
	lines = pd_code_file_lines(file.s, globals);
	c->prefix = "";
	for (size_t i = 0; i < lines->n; i++) {
		int n = snprintf(number, sizeof(number), "%d", lines->v[i]);

		if (!pd_complete_add(c, number, (size_t)n, ""))
			break;
	}
	src = pd_source_file(file.s, globals);
	code = src == NULL || src->text.s == NULL ? NULL :
	    pd_code_compile_file(file.s, src);
	PyErr_Clear();
	if (code != NULL)
		add_functions(c, code);
	pd_str_done(&file);
}
