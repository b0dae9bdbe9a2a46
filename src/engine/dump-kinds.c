/*
 * What the record of an object is to have, by its kind.
 *
 * For the walk alone; see dump-room.h.  A table of functions, one for each
 * kind whose value is more than its attributes.  Values are read by the
 * structs of the builtin type that the object's class comes from, whatever
 * that class has put in their place.
 */
#include "engine/dump-room.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void
pd_dump_fix(struct pd_plan_obj *p, PyObject *o)
{
	struct pd_attr *a = &p->fixed[p->nitems++];

	p->items = PD_I_FIXED;
	a->what = PD_A_OBJECT;
	a->o = o;
}

void
pd_dump_fix_int(struct pd_plan_obj *p, int64_t i)
{
	struct pd_attr *a = &p->fixed[p->nitems++];

	p->items = PD_I_FIXED;
	a->what = PD_A_INT;
	a->i = i;
}

void
pd_dump_fix_text(struct pd_plan_obj *p, const char *s)
{
	struct pd_attr *a = &p->fixed[p->nitems++];

	p->items = PD_I_FIXED;
	a->what = PD_A_TEXT;
	a->text = s;
}

/* ---- numbers and texts ----------------------------------------------- */

static void
plan_int(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	int over;

	(void)d;
	(void)info;
	p->i = PyLong_AsLongLongAndOverflow(o, &over);
	p->value = PD_V_INT;
	if (over == 0)
		return;
	pd_layout_long(o, &p->own, &p->negative);
	p->s = p->own.s;
	p->n = p->own.n;
	p->value = PD_V_BIG;
	if (p->n > PD_DUMP_TEXT_MAX) {
		p->value = PD_V_NONE;
		p->cut = PD_CORE_CUT_BYTES;
	}
}

static void
plan_float(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	p->value = PD_V_FLOAT;
	p->f[0] = PyFloat_AS_DOUBLE(o);
}

static void
plan_complex(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	p->value = PD_V_COMPLEX;
	p->f[0] = ((PyComplexObject *)o)->cval.real;
	p->f[1] = ((PyComplexObject *)o)->cval.imag;
}

/* Bytes of a value: at most PD_DUMP_TEXT_MAX of total. */
static void
plan_run(struct pd_dumper *d, struct pd_plan_obj *p, const void *s, size_t n)
{
	p->value = PD_V_BYTES;
	p->s = s;
	p->n = n < PD_DUMP_TEXT_MAX ? n : PD_DUMP_TEXT_MAX;
	if (p->n < n) {
		p->has_total = true;
		p->total = n;
		p->cut = PD_CORE_CUT_BYTES;
	}
	if (d->secrets.n > 0 && pd_dump_is_secret(d, s, n)) {
		p->s = PD_DUMP_REDACTED;
		p->n = strlen(PD_DUMP_REDACTED);
	}
}

static void
plan_str(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)info;
	if (pd_layout_text_ready(o) && PyUnicode_IS_ASCII(o)) {
		plan_run(d, p, PyUnicode_1BYTE_DATA(o),
		    (size_t)PyUnicode_GET_LENGTH(o));
		return;
	}
	if (pd_dump_text(o, PD_DUMP_TEXT_MAX, false, &d->text)) {
		plan_run(d, p, pd_buf_c(&d->text), d->text.n);
		return;
	}
	p->value = PD_V_BYTES;
	p->s = pd_buf_c(&d->text);
	p->n = d->text.n;
	p->has_total = true;
	p->total = (uint64_t)PyUnicode_GET_LENGTH(o);
	p->cut = PD_CORE_CUT_BYTES;
}

static void
plan_bytes(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)info;
	plan_run(d, p, PyBytes_AS_STRING(o), (size_t)PyBytes_GET_SIZE(o));
}

static void
plan_bytearray(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)info;
	plan_run(d, p, PyByteArray_AS_STRING(o),
	    (size_t)PyByteArray_GET_SIZE(o));
}

/* ---- containers ------------------------------------------------------ */

static void
plan_list(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	p->items = PD_I_SEQ;
	p->seq = ((PyListObject *)o)->ob_item;
	p->nitems = (uint64_t)PyList_GET_SIZE(o);
}

static void
plan_tuple(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	p->items = PD_I_SEQ;
	p->seq = ((PyTupleObject *)o)->ob_item;
	p->nitems = (uint64_t)PyTuple_GET_SIZE(o);
}

/* What the collector is told that an object refers to, in its order. */
static int
collect(PyObject *o, void *arg)
{
	pd_pairs_push(arg, o, NULL);
	return 0;
}

static int
by_key(const void *a, const void *b)
{
	const struct pd_pair *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

/*
 * An OrderedDict has an order of its own, which the dict below it need not
 * have.  The collector is told the keys in that order, before what the dict
 * tells it.
 */
static void
odict_items(struct pd_dumper *d, PyObject *o, struct pd_plan_obj *p)
{
	size_t n = p->nitems / 2, all, i = 0;
	struct pd_pairs order = { 0 }, sorted = { 0 };
	Py_ssize_t pos = 0;
	PyObject *k, *v;

	d->pairs.n = 0;
	PyDict_Type.tp_traverse(o, collect, &d->pairs);
	PyODict_Type.tp_traverse(o, collect, &order);
	all = order.n >= d->pairs.n ? order.n - d->pairs.n : 0;
	while (PyDict_Next(o, &pos, &k, &v))
		pd_pairs_push(&sorted, k, v);
	if (all >= n && sorted.n == n) {
		qsort(sorted.v, n, sizeof(*sorted.v), by_key);
		p->seq = pd_xcalloc(2 * n, sizeof(*p->seq));
		p->seq_owned = true;
		for (; i < n; i++) {
			struct pd_pair *key = &order.v[all - n + i], *at;

			at = bsearch(key, sorted.v, n, sizeof(*at), by_key);
			p->seq[2 * i] = key->key;
			p->seq[2 * i + 1] = at != NULL ? at->value : NULL;
		}
	}
	pd_pairs_done(&order);
	pd_pairs_done(&sorted);
}

static void
plan_dict(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	p->items = PD_I_DICT;
	p->nitems = 2 * (uint64_t)PyDict_GET_SIZE(o);
	if (PyODict_Check(o) && p->nitems > 0)
		odict_items(d, o, p);
}

static void
plan_set(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	p->items = PD_I_SET;
	p->nitems = (uint64_t)PySet_GET_SIZE(o);
}

static void
attr_maxlen(struct pd_dumper *d, PyObject *o, PyTypeObject *base)
{
	struct pd_attr *a = pd_dump_attr(d, "maxlen", Py_None);
	const PyGetSetDef *g = base->tp_getset;
	PyObject *v;

	for (; g != NULL && g->name != NULL; g++) {
		if (strcmp(g->name, "maxlen") != 0)
			continue;
		v = g->get(o, g->closure);
		if (v != NULL && PyLong_CheckExact(v)) {
			a->what = PD_A_INT;
			a->i = PyLong_AsLongLong(v);
		}
		Py_XDECREF(v);
		PyErr_Clear();
	}
}

/* A deque's items lie in blocks of 64, with two links each. */
#define DEQUE_BLOCK	((64 + 2) * sizeof(PyObject *))

/* Its items are the last that are visited; before them may be its type. */
static void
plan_deque(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	size_t n = (size_t)Py_SIZE(o);

	d->pairs.n = 0;
	info->base->tp_traverse(o, collect, &d->pairs);
	p->items = PD_I_SEQ;
	p->more_bytes = (n / 64 + 1) * DEQUE_BLOCK;
	if (n > d->pairs.n) {
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	p->seq = pd_xcalloc(n > 0 ? n : 1, sizeof(*p->seq));
	p->seq_owned = true;
	p->nitems = n;
	for (size_t i = 0; i < n; i++)
		p->seq[i] = d->pairs.v[d->pairs.n - n + i].key;
	attr_maxlen(d, o, info->base);
}

static void
plan_cell(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	(void)info;
	p->items = PD_I_FIXED;
	if (PyCell_GET(o) != NULL)
		pd_dump_fix(p, PyCell_GET(o));
}

/* Mappingproxy, views of a dict: the first that the collector is told. */
static void
plan_proxy(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)info;
	d->pairs.n = 0;
	Py_TYPE(o)->tp_traverse(o, collect, &d->pairs);
	p->items = PD_I_FIXED;
	if (d->pairs.n > 0)
		pd_dump_fix(p, d->pairs.v[0].key);
}

static void
plan_weakref(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	PyObject *to = ((PyWeakReference *)o)->wr_object;

	(void)d;
	(void)info;
	pd_dump_fix(p, to != NULL && Py_REFCNT(to) > 0 ? to : Py_None);
}

static void
plan_memoryview(struct pd_dumper *d, PyObject *o,
    const struct pd_tinfo *info, struct pd_plan_obj *p)
{
	const Py_buffer *b = PyMemoryView_GET_BUFFER(o);

	(void)d;
	(void)info;
	/* Released: nothing of it may be touched. */
	if (((PyMemoryViewObject *)o)->flags & 1) {
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	pd_dump_fix(p, b->obj != NULL ? b->obj : Py_None);
	pd_dump_fix_text(p, b->format != NULL ? b->format : "B");
	pd_dump_fix_int(p, b->len);
	pd_dump_fix_int(p, b->itemsize);
}

static void
plan_three(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)d;
	if (info->kind == PD_CORE_SLICE) {
		PySliceObject *s = (PySliceObject *)o;

		pd_dump_fix(p, s->start);
		pd_dump_fix(p, s->stop);
		pd_dump_fix(p, s->step);
		return;
	}
	pd_dump_fix(p, pd_dump_slot(o, "start"));
	pd_dump_fix(p, pd_dump_slot(o, "stop"));
	pd_dump_fix(p, pd_dump_slot(o, "step"));
}

/* ---- classes; the table -------------------------------------------------- */

static void
plan_type(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	(void)info;
	p->value = PD_V_INT;
	p->i = (int64_t)pd_dump_type(d, (PyTypeObject *)o, NULL);
}

static const pd_plan_fn plans[PD_CORE_KINDS] = {
	[PD_CORE_INT] = plan_int,
	[PD_CORE_FLOAT] = plan_float,
	[PD_CORE_COMPLEX] = plan_complex,
	[PD_CORE_STR] = plan_str,
	[PD_CORE_BYTES] = plan_bytes,
	[PD_CORE_BYTEARRAY] = plan_bytearray,
	[PD_CORE_LIST] = plan_list,
	[PD_CORE_TUPLE] = plan_tuple,
	[PD_CORE_DICT] = plan_dict,
	[PD_CORE_SET] = plan_set,
	[PD_CORE_FROZENSET] = plan_set,
	[PD_CORE_DEQUE] = plan_deque,
	[PD_CORE_RANGE] = plan_three,
	[PD_CORE_SLICE] = plan_three,
	[PD_CORE_TYPE] = plan_type,
	[PD_CORE_DATE] = pd_plan_date,
	[PD_CORE_TIME] = pd_plan_time,
	[PD_CORE_DATETIME] = pd_plan_datetime,
	[PD_CORE_TIMEDELTA] = pd_plan_timedelta,
	[PD_CORE_TIMEZONE] = pd_plan_timezone,
	[PD_CORE_PATH] = pd_plan_path,
	[PD_CORE_NDARRAY] = pd_plan_ndarray,
	[PD_CORE_CELL] = plan_cell,
	[PD_CORE_PROXY] = plan_proxy,
	[PD_CORE_WEAKREF] = plan_weakref,
	[PD_CORE_MEMORYVIEW] = plan_memoryview,
	[PD_CORE_DTYPE] = pd_plan_dtype,
	[PD_CORE_DECIMAL] = pd_plan_decimal,
	[PD_CORE_ARRAY] = pd_plan_array,
	[PD_CORE_VIEW] = plan_proxy,
};

void
pd_dump_plan(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	if (info->scalar != 0 && info->kind == PD_CORE_NDARRAY)
		pd_plan_npscalar(d, o, info, p);
	else if (info->scalar != 0)
		pd_plan_npnumber(d, o, info, p);
	else if (plans[info->kind] != NULL)
		plans[info->kind](d, o, info, p);
}
