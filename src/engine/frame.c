/*
 * The stack of a stop: which frames there are and what is told of each.
 *
 * stop.c captures it, serve.c and the evaluation ask for frames by number.
 * Frames are owned while the stop lasts and dropped before the program goes
 * on.  Making a record reads the frame's code and the source text; it never
 * runs the program's code but for the repr of a returned value.
 */
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

#include "engine/compat-eval.h"

static void
slot_push(struct pd_stack *s, PyFrameObject *f, int line)
{
	if (s->n == s->cap) {
		s->cap = s->cap == 0 ? 32 : s->cap * 2;
		s->v = pd_xrealloc(s->v, s->cap * sizeof(*s->v));
	}
	Py_INCREF(f);
	s->v[s->n].frame = f;
	s->v[s->n].line = line;
	s->n++;
}

static void
slots_drop(struct pd_stack *s, size_t from)
{
	size_t n = s->n;

	s->n = from < n ? from : n;
	for (size_t i = s->n; i < n; i++)
		Py_CLEAR(s->v[i].frame);
}

/* Leaves out what is below the program's own outermost frame. */
static void
cut_below_main(struct pd_stack *s)
{
	if (pd_main_code == NULL)
		return;
	for (size_t i = s->n; i-- > 0;) {
		PyCodeObject *co = PyFrame_GetCode(s->v[i].frame);
		bool found = (PyObject *)co == pd_main_code;

		Py_DECREF(co);
		if (found) {
			slots_drop(s, i + 1);
			return;
		}
	}
}

void
pd_stack_capture(struct pd_stack *s, PyFrameObject *f)
{
	PyFrameObject *back;

	slots_drop(s, 0);
	Py_XINCREF(f);
	while (f != NULL) {
		slot_push(s, f, PyFrame_GetLineNumber(f));
		back = PyFrame_GetBack(f);
		Py_DECREF(f);
		f = back;
	}
	cut_below_main(s);
}

/* By attribute: newer versions compute the member when it is asked for. */
static int
tb_line(PyObject *tb)
{
	PyObject *o = PyObject_GetAttrString(tb, "tb_lineno");
	long n = o != NULL && PyLong_Check(o) ? PyLong_AsLong(o) : 0;

	Py_XDECREF(o);
	PyErr_Clear();
	return n > 0 ? (int)n : 0;
}

void
pd_stack_capture_tb(struct pd_stack *s, PyObject *tb)
{
	PyObject *t, *v, *b;

	slots_drop(s, 0);
	PyErr_Fetch(&t, &v, &b);
	for (; tb != NULL && PyTraceBack_Check(tb);
	    tb = (PyObject *)((PyTracebackObject *)tb)->tb_next)
		slot_push(s, ((PyTracebackObject *)tb)->tb_frame, tb_line(tb));
	PyErr_Restore(t, v, b);
	for (size_t i = 0; i < s->n / 2; i++) {
		struct pd_slot x = s->v[i];

		s->v[i] = s->v[s->n - 1 - i];
		s->v[s->n - 1 - i] = x;
	}
	cut_below_main(s);
}

void
pd_stack_clear(struct pd_stack *s)
{
	slots_drop(s, 0);
	free(s->v);
	memset(s, 0, sizeof(*s));
}

PyFrameObject *
pd_stack_frame(const struct pd_stack *s, uint64_t i, struct pd_err *err)
{
	if (i < s->n)
		return s->v[i].frame;
	if (s->n == 0)
		pd_err_set(err, "no frame is selected");
	else
		pd_err_set(err, "there is no frame %llu",
		    (unsigned long long)i);
	return NULL;
}

PyObject *
pd_frame_locals(PyFrameObject *f)
{
	return pd_compat_locals(f);
}

static bool
is_module(PyFrameObject *f, PyCodeObject *co)
{
	PyObject *locals, *globals;
	bool same;

	if (co->co_flags & CO_OPTIMIZED)
		return false;
	if (PyUnicode_CompareWithASCIIString(co->co_name, "<module>") == 0)
		return true;
	locals = pd_compat_locals(f);
	globals = PyFrame_GetGlobals(f);
	same = locals == globals;
	Py_XDECREF(locals);
	Py_XDECREF(globals);
	return same;
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') ||
	    (c >= '\x1c' && c <= '\x1f');
}

/* As str.strip() for what indents and ends source lines. */
static struct pd_str
stripped_line(const char *file, PyFrameObject *f, int line)
{
	PD_OWNED globals = PyFrame_GetGlobals(f);
	const struct pd_source *src = pd_source_file(file, globals);
	const char *p;
	size_t n;

	if (src == NULL || line <= 0)
		return (struct pd_str){0};
	p = pd_source_line(src, line, &n);
	if (p == NULL)
		return (struct pd_str){0};
	while (n > 0 && is_blank(*p)) {
		p++;
		n--;
	}
	while (n > 0 && is_blank(p[n - 1]))
		n--;
	return pd_str_new(p, n);
}

void
pd_stack_record(const struct pd_stack *s, size_t i, struct pd_frame *out)
{
	PyObject *t, *v, *tb;
	PyFrameObject *f;
	PyCodeObject *co;
	const char *file;
	int line;

	if (i >= s->n)
		return;
	PyErr_Fetch(&t, &v, &tb);
	f = s->v[i].frame;
	line = s->v[i].line;
	co = PyFrame_GetCode(f);
	file = pd_file_canonic(co->co_filename);
	out->index = i;
	out->file = pd_str_from(file);
	out->func = pd_str_from_py(co->co_name);
	if (out->func.n == 0) {
		pd_str_done(&out->func);
		out->func = pd_str_from("<lambda>");
	}
	out->line = line > 0 ? (uint64_t)line : 0;
	out->firstline = co->co_firstlineno > 0 ?
	    (uint64_t)co->co_firstlineno : 0;
	out->is_module = is_module(f, co);
	out->mark = pd_jump_mark_of(f);
	out->source = stripped_line(file, f, line);
	if (f == s->returning && s->retval != NULL) {
		out->has_retval = true;
		pd_value_short(s->retval, &out->retval);
	}
	Py_DECREF(co);
	PyErr_Restore(t, v, tb);
}
