/*
 * Kinds of the standard library.
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

bool
pd_dump_is_path(PyTypeObject *type)
{
	struct pd_str module, name;
	bool yes;

	if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) ||
	    strcmp(type->tp_name, "PurePath") != 0)
		return false;
	pd_dump_type_name(type, &module, &name);
	yes = pd_str_eq(&module, "pathlib") ||
	    pd_str_eq(&module, "pathlib._local");
	pd_str_done(&module);
	pd_str_done(&name);
	return yes;
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

/* ---- numbers and arrays -------------------------------------------------- */

/* PyDecObject of Modules/_decimal, with the mpd_t of libmpdec: words of 19
 * decimal digits, the least first. */
struct decimal_object {
	PyObject	 head;
	Py_hash_t	 hash;
	uint8_t		 flags;
	int64_t		 exp, digits, len, alloc;
	const uint64_t	*data;
	uint64_t	 own[4];
};
enum { DEC_NEGATIVE = 1, DEC_INF = 2, DEC_NAN = 4, DEC_SNAN = 8 };

static void
add_digits(struct pd_buf *b, const struct decimal_object *o)
{
	for (int64_t i = o->len; i-- > 0;)
		pd_buf_addf(b, i == o->len - 1 ? "%llu" : "%019llu",
		    (unsigned long long)o->data[i]);
}

/* As str() of it: to-scientific-string of the General Decimal Arithmetic. */
static void
add_decimal(struct pd_buf *b, const struct decimal_object *o)
{
	struct pd_buf digits = { 0 };
	int64_t n, left, i;

	add_digits(&digits, o);
	n = (int64_t)digits.n;
	/* Digits that stand before the point. */
	left = o->exp <= 0 && o->exp + n > -6 ? o->exp + n : 1;
	if (left <= 0)
		pd_buf_adds(b, "0.");
	for (i = left; i < 0; i++)
		pd_buf_addc(b, '0');
	for (i = 0; i < n; i++) {
		if (i == left && left > 0)
			pd_buf_addc(b, '.');
		pd_buf_addc(b, digits.s[i]);
	}
	if (left != o->exp + n)
		pd_buf_addf(b, "E%+lld", (long long)(o->exp + n - 1));
	pd_buf_done(&digits);
}

void
pd_plan_decimal(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	const struct decimal_object *x = (const void *)o;

	(void)d;
	if (info->base->tp_basicsize != (Py_ssize_t)sizeof(*x) ||
	    x->len < 0 || x->len > x->alloc ||
	    (size_t)x->len * 19 > PD_DUMP_TEXT_MAX) {
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	if (x->flags & DEC_NEGATIVE)
		pd_buf_addc(&p->own, '-');
	if (x->flags & DEC_INF) {
		pd_buf_adds(&p->own, "Infinity");
	} else if (x->flags & (DEC_NAN | DEC_SNAN)) {
		pd_buf_adds(&p->own, x->flags & DEC_SNAN ? "sNaN" : "NaN");
		add_digits(&p->own, x);
	} else {
		add_decimal(&p->own, x);
	}
	p->value = PD_V_BYTES;
	p->s = pd_buf_c(&p->own);
	p->n = p->own.n;
}

/* arrayobject of Modules/arraymodule.c, as far as it is needed. */
struct array_object {
	PyVarObject	 head;
	const char	*items;
	Py_ssize_t	 allocated;
	const struct {
		char	 code;
		int	 size;
	}		*descr;
};

void
pd_plan_array(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	const struct array_object *a = (const void *)o;
	size_t n;

	(void)d;
	if (info->base->tp_basicsize < (Py_ssize_t)sizeof(*a) ||
	    a->descr == NULL || a->descr->size < 1 || a->descr->size > 16) {
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	snprintf(p->names[0], sizeof(p->names[0]), "%c", a->descr->code);
	pd_dump_fix_text(p, p->names[0]);
	pd_dump_fix_int(p, a->descr->size);
	n = (size_t)Py_SIZE(a) * (size_t)a->descr->size;
	p->value = PD_V_BYTES;
	p->s = n > 0 ? a->items : "";
	p->n = n < PD_DUMP_TEXT_MAX ? n : PD_DUMP_TEXT_MAX;
	p->has_total = true;
	p->total = n;
	if (p->n < n)
		p->cut = PD_CORE_CUT_BYTES;
	p->more_bytes = (size_t)a->allocated * (size_t)a->descr->size;
}
