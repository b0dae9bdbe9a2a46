/*
 * Threads and frames.
 *
 * For the walk alone; see dump-room.h.  Frames are read as the interpreter
 * keeps them: no frame object is made for one that has none.  All are
 * collected and numbered before the first is written, because exceptions and
 * threads, which come first in the file, name them by number.
 */
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "engine/compat.h"
#include "engine/dump-room.h"

#define FRAMES_MAX	100000		/* of one stack: the innermost */

/* ---- collecting ------------------------------------------------------ */

static struct pd_dframe *
add_frame(struct pd_dumper *d, struct _PyInterpreterFrame *f, int line,
    int lasti)
{
	struct pd_dframe *x = PD_VEC_PUSH(&d->frames, struct pd_dframe);
	uint64_t *first = pd_map_at(&d->frame_of, f);

	x->f = f;
	x->line = line;
	x->lasti = lasti;
	if (*first == 0)
		*first = d->frames.n;
	return x;
}

/* From f outwards. */
static void
add_stack(struct pd_dumper *d, struct _PyInterpreterFrame *f)
{
	for (int i = 0; f != NULL && i < FRAMES_MAX;
	    f = pd_layout_frame_back(f), i++)
		if (pd_compat_iframe_code(f) != NULL)
			add_frame(d, f, 0, pd_layout_frame_lasti(f));
}

static bool
is_runpy(struct _PyInterpreterFrame *f)
{
	PyCodeObject *code = (PyCodeObject *)pd_compat_iframe_code(f);
	struct pd_str file = pd_dump_str(code->co_filename);
	bool yes = pd_str_eq(&file, "<frozen runpy>") ||
	    pd_ends(pd_str_c(&file), "/runpy.py");

	pd_str_done(&file);
	return yes;
}

/* What lies outside of the program's main frame is not its own. */
static void
hide(struct pd_dumper *d, size_t from)
{
	bool outside = false;

	for (size_t i = from; i < d->frames.n; i++) {
		struct pd_dframe *x = PD_VEC_AT(&d->frames, struct pd_dframe,
		    i);

		x->hidden = outside || (d->req->main_code == NULL &&
		    is_runpy(x->f));
		if (d->req->main_code != NULL &&
		    pd_compat_iframe_code(x->f) == d->req->main_code)
			outside = true;
	}
}

static int
tb_line(PyTracebackObject *tb)
{
	if (tb->tb_lineno > 0)
		return tb->tb_lineno;
	return PyCode_Addr2Line((PyCodeObject *)pd_compat_iframe_code(
	    pd_compat_iframe_of(tb->tb_frame)), tb->tb_lasti);
}

/* Where its last FRAMES_MAX begin: those that raised are at the end. */
static PyTracebackObject *
innermost(PyTracebackObject *tb)
{
	PyTracebackObject *from = tb;

	for (size_t n = 0; tb != NULL && PyTraceBack_Check((PyObject *)tb);
	    tb = tb->tb_next)
		if (n++ >= FRAMES_MAX)
			from = from->tb_next;
	return from;
}

void
pd_dump_add_tb(struct pd_dumper *d, PyObject *o, bool below,
    struct pd_core_exc *rec)
{
	PyTracebackObject *tb = innermost((PyTracebackObject *)o);
	struct _PyInterpreterFrame *outer = NULL;
	struct pd_dframe *v;
	size_t from = d->frames.n, n;

	for (; tb != NULL && PyTraceBack_Check((PyObject *)tb);
	    tb = tb->tb_next) {
		struct _PyInterpreterFrame *f =
		    pd_compat_iframe_of(tb->tb_frame);

		if (pd_compat_iframe_code(f) == NULL)
			continue;
		if (outer == NULL)
			outer = f;
		add_frame(d, f, tb_line(tb), tb->tb_lasti);
	}
	n = d->frames.n - from;
	v = PD_VEC_AT(&d->frames, struct pd_dframe, from);
	for (size_t i = 0; i < n / 2; i++) {
		struct pd_dframe x = v[i];

		v[i] = v[n - 1 - i];
		v[n - 1 - i] = x;
	}
	/* The first number of each has changed with the order. */
	for (size_t i = 0; i < n; i++)
		if (pd_map_get(&d->frame_of, v[i].f) > from)
			*pd_map_at(&d->frame_of, v[i].f) = 0;
	for (size_t i = 0; i < n; i++)
		if (pd_map_get(&d->frame_of, v[i].f) == 0)
			*pd_map_at(&d->frame_of, v[i].f) = from + i + 1;
	if (below && outer != NULL)
		add_stack(d, pd_layout_frame_back(outer));
	hide(d, from);
	rec->first = d->frames.n > from ? from + 1 : 0;
	rec->raised = n;
	rec->count = d->frames.n - from;
}

/* Borrowed: threading's object for a thread, without asking threading. */
static PyObject *
thread_object(unsigned long ident)
{
	PyObject *active = pd_dump_dict_get(pd_dump_module_dict("threading"),
	    "_active");
	Py_ssize_t pos = 0;
	PyObject *k, *v;

	if (active == NULL || !PyDict_CheckExact(active))
		return NULL;
	while (PyDict_Next(active, &pos, &k, &v))
		if (PyLong_CheckExact(k) &&
		    PyLong_AsUnsignedLongMask(k) == ident)
			return v;
	return NULL;
}

static void
describe_thread(struct pd_dumper *d, PyThreadState *ts, uint64_t number,
    struct pd_core_thread *rec)
{
	PyObject *t = thread_object(ts->thread_id);

	rec->id = d->req->thread_number != NULL ?
	    d->req->thread_number(ts) : number;
	rec->ident = ts->thread_id;
	if (t != NULL) {
		rec->name = pd_dump_str(pd_dump_own(d, t, "_name"));
		rec->daemon = pd_dump_own(d, t, "_daemonic") == Py_True;
	} else if (rec->id == 1)
		rec->name = pd_str_from("MainThread");
}

static void
add_thread(struct pd_dumper *d, PyThreadState *ts, uint64_t number)
{
	struct pd_core_thread *rec = PD_VEC_PUSH(&d->threads,
	    struct pd_core_thread);
	PyObject *exc = d->threads.n == 1 ? d->req->exc : NULL;
	size_t from = d->frames.n;

	describe_thread(d, ts, number, rec);
	if (exc != NULL) {
		const struct pd_core_exc *e;

		rec->exc = pd_dump_add_exc(d, exc, true);
		e = &PD_VEC_AT(&d->excs, struct pd_dexc, 0)->rec;
		rec->first = e->first;
		rec->count = e->count;
		if (rec->count > 0)
			return;
	}
	add_stack(d, pd_layout_frame(ts));
	hide(d, from);
	rec->first = d->frames.n > from ? from + 1 : 0;
	rec->count = d->frames.n - from;
	exc = pd_layout_handled(ts);
	if (rec->exc == 0 && exc != NULL && PyExceptionInstance_Check(exc))
		rec->exc = pd_dump_add_exc(d, exc, false);
}

void
pd_dump_collect(struct pd_dumper *d)
{
	PyThreadState *current = d->req->thread != NULL ? d->req->thread :
	    PyThreadState_Get(), *ts;
	PyThreadState *head = PyInterpreterState_ThreadHead(
	    PyInterpreterState_Get());
	uint64_t n = 0, i = 0;

	/* The list begins with the newest. */
	for (ts = head; ts != NULL; ts = PyThreadState_Next(ts))
		n++;
	for (ts = head; ts != NULL; ts = PyThreadState_Next(ts), i++)
		if (ts == current)
			add_thread(d, ts, n - i);
	i = 0;
	for (ts = head; ts != NULL; ts = PyThreadState_Next(ts), i++)
		if (ts != current)
			add_thread(d, ts, n - i);
}

/* ---- writing --------------------------------------------------------- */

/* Of a deep recursion the outer frames would leave nothing of a budget for what
 * the inner ones lead to. */
static bool
is_too_many(struct pd_dumper *d, struct _PyInterpreterFrame *f)
{
	uint64_t max = d->req->limits.objects;

	if (max == 0 || d->queued < max / 2 || pd_map_get(&d->ids,
	    (const void *)((uintptr_t)f | PD_Q_FRAME)) != 0)
		return false;
	d->far_cut = PD_CORE_CUT_OBJECTS;
	return true;
}

/* What its variables are: a function's lie in the frame. */
static uint64_t
vars_id(struct pd_dumper *d, struct _PyInterpreterFrame *f,
    PyCodeObject *code)
{
	PyObject *locals = pd_compat_iframe_locals(f);

	if (code->co_flags & CO_OPTIMIZED || locals == NULL)
		return is_too_many(d, f) ? 0 : pd_dump_frame_id(d, f);
	/* A module's are globals, but where it is the innermost frame. */
	if (d->queued > 0 && locals == pd_compat_iframe_globals(f))
		return pd_dump_far_id(d, locals);
	return pd_dump_id(d, locals);
}

static struct pd_str
file_name(PyCodeObject *code)
{
	struct pd_str s = pd_dump_fsname(code->co_filename), abs;

	if (s.n >= 2 && s.s[0] == '<' && s.s[s.n - 1] == '>')
		return s;
	abs = pd_path_abs(pd_str_c(&s), NULL);
	pd_str_done(&s);
	return abs;
}

static void
put_place(PyCodeObject *code, const struct pd_dframe *x,
    struct pd_core_frame *rec)
{
	int line, col, end_line, end_col;
	int now = PyCode_Addr2Line(code, pd_layout_frame_lasti(x->f));

	rec->line = x->line > 0 ? (uint64_t)x->line : now > 0 ?
	    (uint64_t)now : 0;
	if (now > 0 && (uint64_t)now != rec->line)
		rec->now = (uint64_t)now;
	rec->firstline = (uint64_t)code->co_firstlineno;
	rec->lasti = x->lasti > 0 ? (uint64_t)x->lasti : 0;
	if (PyCode_Addr2Location(code, x->lasti, &line, &col, &end_line,
	    &end_col) && col >= 0 && end_line > 0 && end_col >= 0) {
		rec->col = (uint64_t)col + 1;
		rec->end_line = (uint64_t)end_line;
		rec->end_col = (uint64_t)end_col + 1;
	}
}

static void
put_frame(struct pd_dumper *d, size_t i)
{
	const struct pd_dframe *x = PD_VEC_AT(&d->frames, struct pd_dframe, i);
	PyCodeObject *code = (PyCodeObject *)pd_compat_iframe_code(x->f);
	PyObject *globals = pd_compat_iframe_globals(x->f);
	struct pd_core_frame rec = { 0 };
	uint64_t first = pd_map_get(&d->frame_of, x->f);

	rec.file = file_name(code);
	rec.func = pd_dump_str(code->co_name);
	rec.qualname = pd_dump_str(code->co_qualname);
	rec.module = pd_dump_str(pd_dump_dict_get(globals, "__name__"));
	put_place(code, x, &rec);
	rec.is_module = !(code->co_flags & CO_OPTIMIZED) &&
	    pd_compat_iframe_locals(x->f) == globals;
	rec.hidden = x->hidden;
	rec.vars = vars_id(d, x->f, code);
	rec.globals = globals != NULL ? pd_dump_far_id(d, globals) : 0;
	rec.code = pd_dump_id(d, (PyObject *)code);
	rec.nargs = (uint64_t)(code->co_argcount + code->co_kwonlyargcount) +
	    ((code->co_flags & CO_VARARGS) != 0) +
	    ((code->co_flags & CO_VARKEYWORDS) != 0);
	if (first != i + 1)
		rec.same = first;
	rec.source = pd_dump_source(d, code, &rec.file);
	pd_core_put_rec(d->w, PD_CORE_T_FRAME, &pd_core_frame_desc, &rec);
	pd_rec_done(&pd_core_frame_desc, &rec);
}

void
pd_dump_number_frames(struct pd_dumper *d)
{
	PD_VEC_EACH(&d->frames, struct pd_dframe, x)
		vars_id(d, x->f, (PyCodeObject *)pd_compat_iframe_code(x->f));
}

void
pd_dump_put_frames(struct pd_dumper *d)
{
	PD_VEC_EACH(&d->threads, struct pd_core_thread, t)
		pd_core_put_rec(d->w, PD_CORE_T_THREAD, &pd_core_thread_desc,
		    t);
	for (size_t i = 0; i < d->frames.n; i++)
		put_frame(d, i);
	PD_VEC_EACH(&d->files, struct pd_core_source, s)
		pd_core_put_rec(d->w, PD_CORE_T_SOURCE, &pd_core_source_desc,
		    s);
}
