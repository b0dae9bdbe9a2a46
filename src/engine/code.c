/*
 * Lines of code objects.
 *
 * bp.c asks where a breakpoint can be, locate.c where it should go.  Code is
 * compiled here to be looked at; it is never run.
 */
#include "engine/compat.h"
#include "engine/engine.h"

#include <opcode.h>
#include <stdlib.h>
#include <string.h>

#include "engine/eval.h"

int
pd_code_first_line(PyCodeObject *co)
{
	PyObject *t, *v, *tb, *bytes;
	int line = co->co_firstlineno;

	PyErr_Fetch(&t, &v, &tb);
	bytes = PyCode_GetCode(co);
	if (bytes != NULL) {
		const unsigned char *p = (unsigned char *)
		    PyBytes_AS_STRING(bytes);
		Py_ssize_t n = PyBytes_GET_SIZE(bytes);

		for (Py_ssize_t i = 0; i + 2 < n; i += 2)
			if (p[i] == RESUME) {
				int l = PyCode_Addr2Line(co, (int)i + 2);

				if (l > 0)
					line = l;
				break;
			}
	}
	Py_XDECREF(bytes);
	PyErr_Restore(t, v, tb);
	return line;
}

int
pd_code_has_line(PyObject *code, const struct pd_vec *lines)
{
	PD_OWNED it = lines->n == 0 ? NULL :
	    PyObject_CallMethod(code, "co_lines", NULL);
	PyObject *item;
	int found = 0;

	while (it != NULL && !found && (item = PyIter_Next(it)) != NULL) {
		PyObject *n = PyTuple_GetItem(item, 2);		/* borrowed */

		found = n != NULL && PyLong_Check(n) &&
		    pd_compat_is_among(PyLong_AsLong(n), lines);
		Py_DECREF(item);
	}
	return PyErr_Occurred() ? -1 : found;
}

struct linebuf {
	int	*v;		/* owned */
	size_t	 n, cap;
};

static void
line_add(struct linebuf *b, long line)
{
	if (line <= 0 || (b->n > 0 && b->v[b->n - 1] == (int)line))
		return;
	if (b->n == b->cap) {
		b->cap = b->cap == 0 ? 64 : b->cap * 2;
		b->v = pd_xrealloc(b->v, b->cap * sizeof(*b->v));
	}
	b->v[b->n++] = (int)line;
}

/* Each item of co_lines() is (start, end, line or None). */
static int
collect_own(PyObject *code, struct linebuf *b)
{
	PD_OWNED it = PyObject_CallMethod(code, "co_lines", NULL);
	PyObject *x;

	if (it == NULL)
		return -1;
	while ((x = PyIter_Next(it)) != NULL) {
		PyObject *l = PyTuple_Check(x) && PyTuple_GET_SIZE(x) == 3 ?
		    PyTuple_GET_ITEM(x, 2) : Py_None;

		if (PyLong_Check(l))
			line_add(b, PyLong_AsLong(l));
		Py_DECREF(x);
	}
	return PyErr_Occurred() ? -1 : 0;
}

static int
collect(PyObject *code, struct linebuf *b)
{
	PD_OWNED consts = PyObject_GetAttrString(code, "co_consts");

	if (consts == NULL || collect_own(code, b) < 0)
		return -1;
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(consts); i++) {
		PyObject *c = PyTuple_GET_ITEM(consts, i);

		if (!PyCode_Check(c))
			continue;
		if (Py_EnterRecursiveCall(" in nested code"))
			return -1;
		if (collect(c, b) < 0) {
			Py_LeaveRecursiveCall();
			return -1;
		}
		Py_LeaveRecursiveCall();
	}
	return 0;
}

static int
by_number(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static void
sort_unique(struct linebuf *b)
{
	size_t n = 0;

	if (b->n == 0)
		return;
	qsort(b->v, b->n, sizeof(*b->v), by_number);
	for (size_t i = 0; i < b->n; i++)
		if (n == 0 || b->v[n - 1] != b->v[i])
			b->v[n++] = b->v[i];
	b->n = n;
}

PyObject *
pd_code_compile_file(const char *file, const struct pd_source *src)
{
	PD_OWNED name = PyUnicode_DecodeFSDefault(file);

	if (name == NULL)
		return NULL;
	if (memchr(src->text.s, 0, src->text.n) != NULL) {
		PyErr_SetString(PyExc_SyntaxError, "null bytes");
		return NULL;
	}
	return pd_compile_utf8(src->text.s, name, Py_file_input, 0);
}

/* What was compiled, by file. */
struct entry {
	struct pd_str	 file;
	uint64_t	 mtime;
	size_t		 size;
	struct pd_lines	 lines;
};
static struct pd_vec cache;	/* struct entry *, owned */

static struct entry *
cache_find(const char *file)
{
	PD_VEC_EACH(&cache, struct entry *, it)
		if (pd_str_eq(&(*it)->file, file))
			return *it;
	return NULL;
}

static void
fill(struct entry *e, const char *file, const struct pd_source *src)
{
	struct linebuf b = {0};
	struct pd_guard g;
	PyObject *code;

	pd_guard_enter(&g, 0);
	code = pd_code_compile_file(file, src);
	if (code == NULL || collect(code, &b) < 0)
		b.n = 0;
	Py_XDECREF(code);
	pd_guard_leave(&g);
	sort_unique(&b);
	free(e->lines.v);
	e->lines.v = b.v;
	e->lines.n = b.n;
	e->mtime = src->mtime;
	e->size = src->text.n;
}

const struct pd_lines *
pd_code_file_lines(const char *file, PyObject *globals)
{
	static const struct pd_lines none;
	const struct pd_source *src = pd_source_file(file, globals);
	struct entry *e;

	if (src == NULL)
		return &none;
	e = cache_find(file);
	if (e != NULL && e->mtime == src->mtime && e->size == src->text.n)
		return &e->lines;
	if (e == NULL) {
		e = pd_xcalloc(1, sizeof(*e));
		e->file = pd_str_from(file);
		*PD_VEC_PUSH(&cache, struct entry *) = e;
	}
	fill(e, file, src);
	return &e->lines;
}
