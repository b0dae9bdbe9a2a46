/*
 * Kinds of the standard library and of numpy.
 *
 * For dump-kinds.c, whose table has them.
 */
#include "engine/dump-room.h"

#include <datetime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* ---- dates and times ----------------------------------------------------- */

void
pd_plan_date(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	pd_dump_fix_int(p, PyDateTime_GET_YEAR(o));
	pd_dump_fix_int(p, PyDateTime_GET_MONTH(o));
	pd_dump_fix_int(p, PyDateTime_GET_DAY(o));
}

void
pd_plan_time(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	pd_dump_fix_int(p, PyDateTime_TIME_GET_HOUR(o));
	pd_dump_fix_int(p, PyDateTime_TIME_GET_MINUTE(o));
	pd_dump_fix_int(p, PyDateTime_TIME_GET_SECOND(o));
	pd_dump_fix_int(p, PyDateTime_TIME_GET_MICROSECOND(o));
	pd_dump_fix_int(p, PyDateTime_TIME_GET_FOLD(o));
	pd_dump_fix(p, PyDateTime_TIME_GET_TZINFO(o));
}

void
pd_plan_datetime(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	pd_plan_date(d, o, info, p);
	pd_dump_fix_int(p, PyDateTime_DATE_GET_HOUR(o));
	pd_dump_fix_int(p, PyDateTime_DATE_GET_MINUTE(o));
	pd_dump_fix_int(p, PyDateTime_DATE_GET_SECOND(o));
	pd_dump_fix_int(p, PyDateTime_DATE_GET_MICROSECOND(o));
	pd_dump_fix_int(p, PyDateTime_DATE_GET_FOLD(o));
	pd_dump_fix(p, PyDateTime_DATE_GET_TZINFO(o));
}

void
pd_plan_timedelta(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	pd_dump_fix_int(p, PyDateTime_DELTA_GET_DAYS(o));
	pd_dump_fix_int(p, PyDateTime_DELTA_GET_SECONDS(o));
	pd_dump_fix_int(p, PyDateTime_DELTA_GET_MICROSECONDS(o));
}

/* PyDateTime_TimeZone of Modules/_datetimemodule.c. */
struct timezone_object {
	PyObject	 head;
	PyObject	*offset;
	PyObject	*name;
};

void
pd_plan_timezone(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	struct timezone_object *t = (struct timezone_object *)o;

	(void)d;
	if (info->base->tp_basicsize < (Py_ssize_t)sizeof(*t)) {
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	pd_dump_fix(p, t->offset);
	pd_dump_fix(p, t->name != NULL ? t->name : Py_None);
}

/* Path objects keep their text, or what it is made of: parts (to 3.11: the
 * first with the root), or the arguments as they were given. */
static void
add_part(struct pd_buf *b, PyObject *o)
{
	size_t mark = b->n;

	if (o == NULL || !PyUnicode_Check(o))
		return;
	/* An absolute one begins anew. */
	if (PyUnicode_GET_LENGTH(o) > 0 && PyUnicode_READ_CHAR(o, 0) == '/')
		pd_buf_reset(b);
	else if (mark > 0 && b->s[mark - 1] != '/')
		pd_buf_addc(b, '/');
	pd_dump_text(o, PD_DUMP_TEXT_MAX, false, b);
}

/* As PurePosixPath does: "//" and "." go, ".." stays. */
static void
normalise(struct pd_buf *b)
{
	size_t from = 0, to = 0;
	bool root = b->n > 0 && b->s[0] == '/';
	/* Exactly two slashes in front mean something of their own. */
	bool two = root && b->n > 1 && b->s[1] == '/' &&
	    (b->n == 2 || b->s[2] != '/');

	if (root)
		to = two ? 2 : 1;
	while (from < b->n) {
		size_t end = from;

		while (end < b->n && b->s[end] != '/')
			end++;
		if (end > from && (end - from != 1 || b->s[from] != '.')) {
			if (to > 0 && b->s[to - 1] != '/')
				b->s[to++] = '/';
			memmove(b->s + to, b->s + from, end - from);
			to += end - from;
		}
		from = end + 1;
	}
	b->n = to;
	if (b->s != NULL)
		b->s[to] = '\0';
	if (b->n == 0)
		pd_buf_addc(b, '.');
}

void
pd_plan_path(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	PyObject *s = pd_dump_slot(o, "_str");
	PyObject *parts = pd_dump_slot(o, "_raw_paths");

	(void)d;
	(void)info;
	if (parts == NULL)
		parts = pd_dump_slot(o, "_parts");
	if (s != NULL && PyUnicode_Check(s)) {
		pd_dump_text(s, PD_DUMP_TEXT_MAX, false, &p->own);
	} else if (parts != NULL && PyList_Check(parts)) {
		for (Py_ssize_t i = 0; i < PyList_GET_SIZE(parts); i++)
			add_part(&p->own, PyList_GET_ITEM(parts, i));
		normalise(&p->own);
	} else {
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	p->value = PD_V_BYTES;
	p->s = pd_buf_c(&p->own);
	p->n = p->own.n;
}

/* ---- arrays ------------------------------------------------------ */

#define ARRAY_MAX	((size_t)64 << 10)	/* bytes of data */

/* "<f8" from what the buffer says of its items (PEP 3118). */
static void
typestr(const Py_buffer *b, char out[16])
{
	static const char kinds[][3] = { "bi", "hi", "ii", "li", "qi", "Bu",
	    "Hu", "Iu", "Lu", "Qu", "ef", "ff", "df", "gf", "?b", "cS" };
	const char *f = b->format != NULL ? b->format : "B";
	char order = '<', kind = 'V';

	if (*f == '>' || *f == '!')
		order = '>';
	if (*f == '>' || *f == '<' || *f == '=' || *f == '!' || *f == '@')
		f++;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (f[0] == kinds[i][0] && f[1] == '\0')
			kind = kinds[i][1];
	if (f[0] == 'Z' && (f[1] == 'd' || f[1] == 'f'))
		kind = 'c';
	if (f[0] == 'O' && f[1] == '\0')
		kind = 'O';
	if (b->itemsize == 1 || kind == 'O')
		order = '|';
	snprintf(out, 16, "%c%c%d", order, kind, (int)b->itemsize);
}

static const char *
dtype_name(const char *typestr_, char out[24])
{
	static const char *const words[][2] = { { "i", "int" },
	    { "u", "uint" }, { "f", "float" }, { "c", "complex" },
	    { "b", "bool" }, { "O", "object" }, { "S", "bytes" },
	    { "V", "void" } };
	int bits = atoi(typestr_ + 2) * 8;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (typestr_[1] == words[i][0][0]) {
			if (typestr_[1] == 'b' || typestr_[1] == 'O')
				snprintf(out, 24, "%s", words[i][1]);
			else
				snprintf(out, 24, "%s%d", words[i][1], bits);
		}
	return out;
}

/* The beginning of the data in C order.  Of objects there are addresses only,
 * and what is long and lies in another order would have to be copied. */
static void
array_data(const Py_buffer *b, bool objects, struct pd_plan_obj *p)
{
	size_t n = (size_t)b->len;
	char *copy;

	if (objects) {
		p->cut = PD_CORE_CUT_UNSAFE;
	} else if (PyBuffer_IsContiguous(b, 'C')) {
		pd_buf_add(&p->own, b->buf, n < ARRAY_MAX ? n : ARRAY_MAX);
	} else if (n <= ARRAY_MAX) {
		copy = pd_xmalloc(n + 1);
		if (PyBuffer_ToContiguous(copy, b, b->len, 'C') == 0)
			pd_buf_add(&p->own, copy, n);
		free(copy);
		PyErr_Clear();
	}
	p->value = PD_V_BYTES;
	p->s = pd_buf_c(&p->own);
	p->n = p->own.n;
	p->has_total = true;
	p->total = n;
	if (p->n < n && !objects)
		p->cut = PD_CORE_CUT_BYTES;
}

/* The data is its own, not another's, if it has no base; the beginning of an
 * array of numpy, as its headers have it for others. */
static bool
owns_data(PyObject *o)
{
	const struct {
		PyObject	 head;
		char		*data;
		int		 ndim;
		Py_ssize_t	*shape, *strides;
		PyObject	*base;
	} *a = (const void *)o;

	return (size_t)Py_TYPE(o)->tp_basicsize >= sizeof(*a) &&
	    a->base == NULL;
}

/* numpy gives its buffer without running Python; what it has no format for is
 * told by type alone. */
void
pd_plan_ndarray(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	static char type[16], name[24];	/* until the record is written */
	PyBufferProcs *procs = info->base->tp_as_buffer;
	Py_buffer b;

	(void)d;
	if (procs == NULL || procs->bf_getbuffer == NULL ||
	    procs->bf_getbuffer(o, &b, PyBUF_FULL_RO) < 0) {
		PyErr_Clear();
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	typestr(&b, type);
	pd_dump_fix_text(p, dtype_name(type, name));
	pd_dump_fix_text(p, type);
	pd_dump_fix_int(p, b.ndim);
	for (int i = 0; i < b.ndim && p->nitems < PD_FIXED_MAX; i++)
		pd_dump_fix_int(p, b.shape[i]);
	array_data(&b, type[1] == 'O', p);
	if (owns_data(o))
		p->more_bytes = (uint64_t)b.len;
	PyBuffer_Release(&b);
}
