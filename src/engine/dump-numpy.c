/*
 * Arrays and scalars of numpy.
 *
 * For dump-kinds.c, whose table has them.  They are read by the structs that
 * numpy promises to others (ndarraytypes.h, arrayscalars.h of 1.x and 2.x),
 * none of its functions is called.
 */
#include "engine/dump-numpy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define DIMS_MAX	64
#define DATA_MAX	((size_t)64 << 10)	/* bytes of an array */
#define TAIL_MAX	((size_t)32 << 10)	/* of its end, behind these */
#define OBJECTS_MAX	4000		/* elements, with the rest one record */

struct array {
	PyObject	 head;
	char		*data;
	int		 ndim;
	Py_ssize_t	*shape, *strides;
	PyObject	*base;
	struct pd_npdescr	*descr;
};

/* ---- data ---------------------------------------------------------------- */

/* Goes to the next element in C order; false at the end. */
static bool
advance(const struct array *a, Py_ssize_t *at, const char **p)
{
	for (int i = a->ndim; i-- > 0;) {
		*p += a->strides[i];
		if (++at[i] < a->shape[i])
			return true;
		*p -= at[i] * a->strides[i];
		at[i] = 0;
	}
	return false;
}

static bool
is_packed(const struct array *a, size_t size)
{
	Py_ssize_t step = (Py_ssize_t)size;

	for (int i = a->ndim; i-- > 0;) {
		if (a->shape[i] != 1 && a->strides[i] != step)
			return false;
		step *= a->shape[i];
	}
	return true;
}

/* Where the element of that number in C order lies. */
static const char *
seek(const struct array *a, size_t n, Py_ssize_t *at)
{
	const char *p = a->data;

	for (int i = a->ndim; i-- > 0;) {
		at[i] = (Py_ssize_t)(n % (size_t)a->shape[i]);
		n /= (size_t)a->shape[i];
		p += at[i] * a->strides[i];
	}
	return p;
}

/* Elements from one on, in C order. */
static void
copy_run(const struct array *a, size_t size, size_t from, size_t n,
    struct pd_buf *out)
{
	Py_ssize_t at[DIMS_MAX];
	const char *p;

	if (n == 0)
		return;
	p = seek(a, from, at);
	if (is_packed(a, size)) {
		pd_buf_add(out, p, n * size);
		return;
	}
	do
		pd_buf_add(out, p, size);
	while (--n > 0 && advance(a, at, &p));
}

/* The beginning of the data, and its end. */
static void
copy_data(const struct array *a, size_t size, size_t n,
    struct pd_plan_obj *p)
{
	size_t most = size == 0 ? 0 : DATA_MAX / size, tail = 0;

	if (n <= most)
		most = n;
	else if (size > 0)
		tail = n - most < TAIL_MAX / size ? n - most : TAIL_MAX / size;
	copy_run(a, size, 0, most, &p->own);
	copy_run(a, size, n - tail, tail, &p->own);
	p->ntail = tail * size;
}

/* Of objects: they themselves. */
static void
copy_objects(const struct array *a, size_t n, struct pd_plan_obj *p)
{
	Py_ssize_t at[DIMS_MAX] = { 0 };
	const char *from = a->data;
	size_t max = n < OBJECTS_MAX ? n : OBJECTS_MAX;

	if (max == 0)
		return;
	p->seq = pd_xcalloc(max, sizeof(*p->seq));
	p->seq_owned = true;
	do {
		PyObject *o;

		memcpy(&o, from, sizeof(o));
		p->seq[p->nseq++] = o != NULL ? o : Py_None;
	} while (p->nseq < max && advance(a, at, &from));
	if (p->nseq < n)
		p->cut = PD_CORE_CUT_BYTES;
}

static void
put_data(struct pd_plan_obj *p, size_t total, bool objects)
{
	p->value = PD_V_BYTES;
	p->s = pd_buf_c(&p->own);
	p->n = p->own.n - p->ntail;
	p->tail = pd_buf_c(&p->own) + p->n;
	p->has_total = true;
	p->total = total;
	if (p->own.n < total && !objects)
		p->cut = PD_CORE_CUT_BYTES;
}

/* ---- arrays and scalars -------------------------------------------------- */

/* The first of ITEMS. */
static void
put_kind(const struct pd_dtype *t, struct pd_plan_obj *p)
{
	static void (*const add[2])(struct pd_buf *,
	    const struct pd_dtype *) = { pd_dtype_name, pd_dtype_str };

	for (size_t i = 0; i < 2; i++) {
		struct pd_buf b = { 0 };

		add[i](&b, t);
		snprintf(p->names[i], sizeof(p->names[i]), "%s", pd_buf_c(&b));
		pd_dump_fix_text(p, p->names[i]);
		pd_buf_done(&b);
	}
}

void
pd_plan_ndarray(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	const struct array *a = (const struct array *)o;
	size_t n = 1;
	struct pd_dtype t;

	if (info->base->tp_basicsize < (Py_ssize_t)sizeof(*a) ||
	    a->ndim < 0 || a->ndim > DIMS_MAX ||
	    !pd_dtype_read(d, a->descr, &t)) {
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	put_kind(&t, p);
	pd_dump_attr(d, "dtype", (PyObject *)a->descr);
	pd_dump_fix_int(p, a->ndim);
	for (int i = 0; i < a->ndim; i++) {
		pd_dump_fix_int(p, a->shape[i]);
		n *= (size_t)a->shape[i];
	}
	if (t.kind == 'O')
		copy_objects(a, n, p);
	else
		copy_data(a, t.size, n, p);
	put_data(p, n * t.size, t.kind == 'O');
	if (a->base == NULL)
		p->more_bytes = n * t.size;
}

/* datetime64, timedelta64; void, which has data of its own or an array's. */
void
pd_plan_npscalar(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	const struct {
		PyObject	 head;
		int64_t		 value;
		struct pd_npunit	 unit;
	} *time = (const void *)o;
	const struct {
		PyVarObject	 head;
		char		*data;
		struct pd_npdescr	*descr;
	} *record = (const void *)o;
	struct pd_dtype t = { .kind = info->scalar, .order = '<', .size = 8 };

	if (info->scalar == 'V') {
		if (!pd_dtype_read(d, record->descr, &t) || t.kind != 'V') {
			p->cut = PD_CORE_CUT_UNSAFE;
			return;
		}
		pd_buf_add(&p->own, record->data, t.size < DATA_MAX ? t.size :
		    DATA_MAX);
		pd_dump_attr(d, "dtype", (PyObject *)record->descr);
	} else {
		t.unit = time->unit;
		pd_buf_add(&p->own, (const char *)&time->value, 8);
	}
	put_kind(&t, p);
	pd_dump_fix_int(p, 0);
	put_data(p, t.size, false);
}

/* binary16 of IEEE 754. */
static double
half(uint16_t h)
{
	int e = h >> 10 & 31, m = h & 1023;
	double v;

	if (e == 31)
		v = m != 0 ? __builtin_nan("") : __builtin_inf();
	else if (e == 0)
		v = m * 0x1p-24;
	else
		v = (m + 1024) * __builtin_exp2(e - 25);
	return h & 0x8000 ? -v : v;
}

static double
real(const void *p, size_t size)
{
	float f;
	double v;
	long double l;
	uint16_t h;

	switch (size) {
	case 2:
		memcpy(&h, p, 2);
		return half(h);
	case 4:
		memcpy(&f, p, 4);
		return (double)f;
	case 8:
		memcpy(&v, p, 8);
		return v;
	default:
		memcpy(&l, p, sizeof(l));
		return (double)l;
	}
}

/* Numbers are kept as Python's own; they lie right behind the head. */
void
pd_plan_npnumber(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	const char *at = (const char *)o + sizeof(PyObject);
	size_t n = info->scalar_size;
	uint64_t u = 0;

	(void)d;
	switch (info->scalar) {
	case 'f':
		p->value = PD_V_FLOAT;
		p->f[0] = real(at, n);
		return;
	case 'c':
		p->value = PD_V_COMPLEX;
		p->f[0] = real(at, n / 2);
		p->f[1] = real(at + n / 2, n / 2);
		return;
	}
	memcpy(&u, at, n);
	if (info->scalar == 'i' && n < 8 && u >> (n * 8 - 1) != 0)
		u |= ~UINT64_C(0) << n * 8;
	p->value = PD_V_INT;
	p->i = (int64_t)u;
	if (info->scalar != 'u' || u <= INT64_MAX)
		return;
	for (size_t i = 0; i < 8; i++)
		pd_buf_addc(&p->own, (char)(u >> i * 8));
	p->value = PD_V_BIG;
	p->s = pd_buf_c(&p->own);
	p->n = p->own.n;
}

/* ---- which classes ------------------------------------------------------- */

/* Scalars of numpy, whose values lie in them as C has them. */
static const struct {
	const char	*name;
	char		 letter;
	unsigned char	 size;
} scalars[] = {
	{ "numpy.bool_", 'b', 1 }, { "numpy.bool", 'b', 1 },
	{ "numpy.int8", 'i', 1 }, { "numpy.uint8", 'u', 1 },
	{ "numpy.int16", 'i', 2 }, { "numpy.uint16", 'u', 2 },
	{ "numpy.int32", 'i', 4 }, { "numpy.uint32", 'u', 4 },
	{ "numpy.int64", 'i', 8 }, { "numpy.uint64", 'u', 8 },
	{ "numpy.longlong", 'i', 8 }, { "numpy.ulonglong", 'u', 8 },
	{ "numpy.float16", 'f', 2 }, { "numpy.float32", 'f', 4 },
	{ "numpy.float64", 'f', 8 }, { "numpy.float128", 'f', 16 },
	{ "numpy.longdouble", 'f', 16 }, { "numpy.complex64", 'c', 8 },
	{ "numpy.complex128", 'c', 16 }, { "numpy.datetime64", 'M', 8 },
	{ "numpy.timedelta64", 'm', 8 }, { "numpy.void", 'V', 8 },
};

bool
pd_dump_npscalar(PyTypeObject *c, struct pd_tinfo *info)
{
	for (size_t i = 0; i < sizeof(scalars) / sizeof(*scalars); i++) {
		if (strcmp(c->tp_name, scalars[i].name) != 0 ||
		    (size_t)c->tp_basicsize < sizeof(PyObject) +
		    scalars[i].size)
			continue;
		info->scalar = scalars[i].letter;
		info->scalar_size = scalars[i].size;
		info->kind = strchr("iub", info->scalar) ? PD_CORE_INT :
		    info->scalar == 'f' ? PD_CORE_FLOAT :
		    info->scalar == 'c' ? PD_CORE_COMPLEX : PD_CORE_NDARRAY;
		return true;
	}
	return false;
}
