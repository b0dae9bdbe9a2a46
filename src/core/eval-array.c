/*
 * Arrays: what is stored of them, element by element.
 *
 * Called by the evaluator of cores, for numpy.ndarray, its scalars that are no
 * numbers, and array.array.  What the core says is hostile: a type may not fit
 * the data, lengths may be anything.
 */
#include "core/eval-array.h"
#include "core/eval-lib.h"

#include <ctype.h>

#include "base/str.h"

#define FIELDS_DEPTH	8

/* ---- types --------------------------------------------------------------- */

struct scan {
	const char	*p, *end;
};

static bool
take(struct scan *s, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(s->end - s->p) < n || memcmp(s->p, text, n) != 0)
		return false;
	s->p += n;
	return true;
}

/* "<f8", "|S2", "<M8[25us]", "|O"; as fields have them: "S2", "?". */
static bool
take_type(struct scan *s, struct pd_nd_type *t)
{
	const char *close;

	*t = (struct pd_nd_type){ 0 };
	if (take(s, "?")) {
		t->kind = 'b';
		t->size = 1;
		return true;
	}
	t->big = s->p < s->end && *s->p == '>';
	if (s->p < s->end && strchr("<>|", *s->p) != NULL)
		s->p++;
	if (s->p == s->end || *s->p == '\0' ||
	    strchr("biufcSUVOMm", *s->p) == NULL)
		return false;
	t->kind = *s->p;
	for (s->p++; s->p < s->end && isdigit((unsigned char)*s->p) &&
	    t->size < (size_t)1 << 31; s->p++)
		t->size = t->size * 10 + (size_t)(*s->p - '0');
	if (t->kind == 'U')
		t->size *= 4;
	else if (t->kind == 'O')
		t->size = 8;
	if (s->p < s->end && *s->p == '[') {
		close = memchr(s->p, ']', (size_t)(s->end - s->p));
		if (close == NULL || strchr("Mm", t->kind) == NULL)
			return false;
		t->unit = s->p + 1;
		t->nunit = (size_t)(close - t->unit);
		s->p = close + 1;
	}
	return strchr("biufcMm", t->kind) == NULL || (t->size >= 1 &&
	    t->size <= 32 && (strchr("biuMm", t->kind) == NULL ||
	    t->size <= 8));
}

static bool
take_fields(struct pd_ev *ev, struct scan *s, struct pd_nd_type *t, int depth);

/* ('a', '<i4') */
static bool
take_field(struct pd_ev *ev, struct scan *s, struct pd_nd_field *f, int depth)
{
	const char *quote;

	if (!take(s, "('") || (quote = memchr(s->p, '\'',
	    (size_t)(s->end - s->p))) == NULL)
		return false;
	f->name = s->p;
	f->nname = (size_t)(quote - s->p);
	s->p = quote;
	if (!take(s, "', "))
		return false;
	if (s->p < s->end && *s->p == '[')
		return take_fields(ev, s, &f->type, depth + 1) && take(s, ")");
	return take(s, "'") && take_type(s, &f->type) && take(s, "')");
}

static bool
take_fields(struct pd_ev *ev, struct scan *s, struct pd_nd_type *t, int depth)
{
	size_t cap = 0, at = 0;
	struct pd_nd_field *grown;

	*t = (struct pd_nd_type){ .kind = 'V' };
	if (depth > FIELDS_DEPTH || !take(s, "["))
		return false;
	while (!take(s, "]")) {
		if (t->nfields > 0 && !take(s, ", "))
			return false;
		if (t->nfields == cap) {
			cap = cap * 2 + 8;
			grown = pd_ev_allocn(ev, cap, sizeof(*grown));
			if (t->nfields > 0)
				memcpy(grown, t->fields, t->nfields *
				    sizeof(*grown));
			t->fields = grown;
		}
		grown = &t->fields[t->nfields];
		if (!take_field(ev, s, grown, depth))
			return false;
		grown->at = at;
		at += grown->type.size;
		t->nfields++;
		pd_ev_step(ev, 1);
	}
	t->size = at;
	return true;
}

/* Of array.array: its letters, and how many bytes each has. */
static bool
array_type(const char *code, int64_t size, struct pd_nd_type *t)
{
	*t = (struct pd_nd_type){ .size = (size_t)size };
	if (strchr("bhilq", *code) != NULL)
		t->kind = 'i';
	else if (strchr("BHILQ", *code) != NULL)
		t->kind = 'u';
	else if (strchr("fd", *code) != NULL)
		t->kind = 'f';
	else if (strchr("uw", *code) != NULL)
		t->kind = 'w';
	return t->kind != 0 && (size == 1 || size == 2 || size == 4 ||
	    size == 8) && (t->kind != 'w' || size == 4) &&
	    (t->kind != 'f' || size >= 4);
}

bool
pd_nd_is(const struct pd_pv *v)
{
	return pd_pv_is_core(v, PD_CORE_NDARRAY) ||
	    pd_pv_is_core(v, PD_CORE_ARRAY);
}

static bool
read_array(struct pd_ev *ev, struct pd_pv *v, struct pd_nd *a)
{
	struct pd_pv *code = pd_obj_item(ev, v, 0);
	int64_t size;

	if (code->kind != PD_K_STR || code->s.n != 1 ||
	    !pd_int_fits(pd_obj_item(ev, v, 1), &size) || size < 1 ||
	    !array_type(code->s.p, size, &a->type))
		return false;
	a->ndim = 1;
	a->count = a->shape[0] = pd_core_obj_len(&v->st->obj) /
	    (uint64_t)size;
	return true;
}

static bool
read_type(struct pd_ev *ev, struct pd_pv *v, struct pd_nd_type *t)
{
	struct pd_pv *s = pd_obj_item(ev, v, 1);
	struct scan in;
	struct pd_nd_type fields;

	if (s->kind != PD_K_STR)
		return false;
	in = (struct scan){ s->s.p, s->s.p + s->s.n };
	if (!take_type(&in, t))
		return false;
	if (t->kind != 'V' || (s = pd_obj_attr(ev, v, "dtype")) == NULL ||
	    !pd_pv_is_core(s, PD_CORE_DTYPE) || s->st->obj.s == NULL)
		return true;
	in = (struct scan){ s->st->obj.s, s->st->obj.s + s->st->obj.n };
	if (take_fields(ev, &in, &fields, 0) && in.p == in.end &&
	    fields.size == t->size)
		*t = fields;
	return true;
}

bool
pd_nd_read(struct pd_ev *ev, struct pd_pv *v, struct pd_nd *a)
{
	int64_t n;

	*a = (struct pd_nd){ .v = v, .count = 1 };
	if (v->st == NULL || v->st->vals != NULL)
		return false;
	if (pd_pv_is_core(v, PD_CORE_ARRAY))
		return read_array(ev, v, a);
	if (!read_type(ev, v, &a->type) ||
	    !pd_int_fits(pd_obj_item(ev, v, 2), &n) || n < 0 ||
	    n > PD_ND_DIMS)
		return false;
	a->ndim = (int)n;
	for (int i = 0; i < a->ndim; i++) {
		struct pd_pv *x = pd_obj_item(ev, v, (size_t)i + 3);

		if (x->kind == PD_K_CUT || !pd_int_fits(x, &n) || n < 0 ||
		    (n > 0 && a->count > (UINT64_C(1) << 56) /
		    (uint64_t)n))
			return false;
		a->shape[i] = (uint64_t)n;
		a->count *= (uint64_t)n;
	}
	return true;
}

/* ---- elements ------------------------------------------------------------ */

const char *
pd_nd_bytes(const struct pd_nd *a, uint64_t i)
{
	const struct pd_core_obj *o = &a->v->st->obj;
	size_t size = a->type.size;
	uint64_t left = a->count - i;

	if (o->vkind != PD_CORE_V_BYTES || a->type.kind == 'O')
		return NULL;
	if (size == 0)
		return o->s != NULL ? o->s : "";
	if (i < o->n / size)
		return o->s + i * size;
	if (o->tail == NULL || left > o->ntail / size)
		return NULL;
	return o->tail + o->ntail - left * size;
}

int64_t
pd_nd_int(const char *p, size_t size, bool big, bool sign)
{
	uint64_t u = 0;

	for (size_t i = 0; i < size; i++)
		u |= (uint64_t)(unsigned char)p[big ? size - 1 - i : i] <<
		    i * 8;
	if (sign && size < 8 && size > 0 && (u >> (size * 8 - 1)) != 0)
		u |= ~UINT64_C(0) << size * 8;
	return (int64_t)u;
}

/* binary16 of IEEE 754. */
static double
half(uint64_t h)
{
	int e = (int)(h >> 10 & 31);
	double m = (double)(h & 1023), v;

	if (e == 31)
		v = m != 0 ? __builtin_nan("") : __builtin_inf();
	else
		v = e == 0 ? m * 0x1p-24 : __builtin_ldexp(m + 1024, e - 25);
	return h & 0x8000 ? -v : v;
}

double
pd_nd_real(const char *p, size_t size, bool big)
{
	uint64_t u = (uint64_t)pd_nd_int(p, size < 8 ? size : 8, big, false);
	uint32_t w = (uint32_t)u;
	long double l;
	double d;
	float f;

	switch (size) {
	case 2:
		return half(u);
	case 4:
		memcpy(&f, &w, sizeof(f));
		return (double)f;
	case 8:
		memcpy(&d, &u, sizeof(d));
		return d;
	case sizeof(l):
		memcpy(&l, p, sizeof(l));
		return (double)l;
	}
	return 0;
}

static struct pd_pv *
chars(struct pd_ev *ev, const struct pd_nd_type *t, const char *p)
{
	struct pd_ptext text = { 0 };
	size_t n = t->size / 4;

	while (n > 0 && t->kind == 'U' && pd_nd_int(p + n * 4 - 4, 4, t->big,
	    false) == 0)
		n--;
	for (size_t i = 0; i < n; i++) {
		int64_t c = pd_nd_int(p + i * 4, 4, t->big, false);

		pd_pt_char(ev, &text, c <= 0x10ffff ? (uint32_t)c : 0xfffd);
	}
	return pd_pt_str(ev, &text);
}

static struct pd_pv *
record(struct pd_ev *ev, const struct pd_nd_type *t, const char *p)
{
	struct pd_pvec l = { 0 };

	for (size_t i = 0; i < t->nfields; i++)
		pd_pvec_add(ev, &l, pd_nd_value(ev, &t->fields[i].type,
		    p + t->fields[i].at));
	return pd_pv_seq(ev, PD_K_TUPLE, l.v, l.n);
}

struct pd_pv *
pd_nd_value(struct pd_ev *ev, const struct pd_nd_type *t, const char *p)
{
	size_t n = t->size;
	int64_t i;

	pd_ev_step(ev, 1);
	switch (t->kind) {
	case 'b':
		return pd_pv_bool(*p != 0);
	case 'i':
		return pd_pv_int(ev, pd_nd_int(p, n, t->big, true));
	case 'u':
		i = pd_nd_int(p, n, t->big, false);
		return i >= 0 ? pd_pv_int(ev, i) : pd_pv_size(ev, (uint64_t)i);
	case 'f':
		return pd_pv_float(ev, pd_nd_real(p, n, t->big));
	case 'c':
		return pd_pv_complex(ev, pd_nd_real(p, n / 2, t->big),
		    pd_nd_real(p + n / 2, n / 2, t->big));
	case 'S':
		while (n > 0 && p[n - 1] == '\0')
			n--;
		return pd_pv_bytes(ev, PD_K_BYTES, p, n);
	case 'U':
	case 'w':
		return chars(ev, t, p);
	case 'V':
		if (t->nfields > 0)
			return record(ev, t, p);
		return pd_pv_bytes(ev, PD_K_BYTES, p, n);
	default:
		pd_ev_no_process(ev, "numpy");
	}
}

struct pd_pv *
pd_nd_at(struct pd_ev *ev, const struct pd_nd *a, uint64_t i)
{
	const char *p;

	if (a->type.kind == 'O')
		return i < 1 << 20 ? pd_obj_item(ev, a->v, (size_t)i + 3 +
		    (size_t)a->ndim) : pd_pv_const(PD_K_CUT);
	p = pd_nd_bytes(a, i);
	return p != NULL ? pd_nd_value(ev, &a->type, p) :
	    pd_pv_const(PD_K_CUT);
}

/* ---- what expressions ask for -------------------------------------------- */

static bool
plain(const struct pd_nd *a)
{
	return strchr("Mm", a->type.kind) == NULL;
}

static struct pd_pv *
got(struct pd_ev *ev, const struct pd_nd *a, uint64_t i)
{
	struct pd_pv *r = pd_nd_at(ev, a, i);

	if (r->kind == PD_K_CUT)
		pd_ev_cut(ev);
	return r;
}

static uint64_t
index_of(struct pd_ev *ev, const struct pd_nd *a, int axis, struct pd_pv *key)
{
	int64_t n = (int64_t)a->shape[axis], i, was;

	if (!pd_pv_is_int(key))
		pd_ev_no_process(ev, "__getitem__");
	if (!pd_int_fits(key, &i))
		i = INT64_MAX;
	was = i;
	if (i < 0)
		i += n;
	if (i >= 0 && i < n)
		return (uint64_t)i;
	if (pd_pv_is_core(a->v, PD_CORE_ARRAY))
		pd_ev_raise(ev, "IndexError", "array index out of range");
	pd_ev_raise(ev, "IndexError", "index %lld is out of bounds for axis "
	    "%d with size %lld", (long long)was, axis, (long long)n);
}

/* Numbers for all axes; one for a single one.  Rows, slices and masks would be
 * new arrays. */
struct pd_pv *
pd_nd_item(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *key)
{
	struct pd_nd a;
	uint64_t at = 0;

	if (!pd_nd_read(ev, v, &a) || !plain(&a))
		pd_ev_no_process(ev, "__getitem__");
	if (key->kind != PD_K_TUPLE && a.ndim == 1)
		return got(ev, &a, index_of(ev, &a, 0, key));
	if (key->kind != PD_K_TUPLE || pd_seq_len(key) != (uint64_t)a.ndim)
		pd_ev_no_process(ev, "__getitem__");
	for (int i = 0; i < a.ndim; i++)
		at = at * a.shape[i] + index_of(ev, &a, i, pd_seq_at(ev, key,
		    (size_t)i));
	return got(ev, &a, at);
}

static struct pd_pv *
tolist(struct pd_ev *ev, const struct pd_nd *a, int axis, uint64_t *at)
{
	struct pd_pvec l = { 0 };

	if (axis == a->ndim)
		return got(ev, a, (*at)++);
	for (uint64_t i = 0; i < a->shape[axis]; i++)
		pd_pvec_add(ev, &l, tolist(ev, a, axis + 1, at));
	return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
}

static struct pd_pv *
do_tolist(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_nd a;
	uint64_t at = 0;

	if (!pd_nd_read(ev, c->self, &a) || !plain(&a))
		pd_ev_no_process(ev, "tolist");
	return tolist(ev, &a, 0, &at);
}

struct pd_pv *
pd_nd_list(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_nd a;
	uint64_t at = 0;

	if (!pd_nd_read(ev, v, &a) || a.ndim != 1 || !plain(&a))
		pd_ev_no_process(ev, "__iter__");
	return tolist(ev, &a, 0, &at);
}

struct pd_pv *
pd_nd_shape(struct pd_ev *ev, const struct pd_nd *a)
{
	struct pd_pvec l = { 0 };

	for (int i = 0; i < a->ndim; i++)
		pd_pvec_add(ev, &l, pd_pv_size(ev, a->shape[i]));
	return pd_pv_seq(ev, PD_K_TUPLE, l.v, l.n);
}

struct pd_pv *
pd_nd_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const struct pd_pfunc methods[] = {
		{ "tolist", do_tolist, "/" },
		{ NULL }
	};
	bool np = pd_pv_is_core(v, PD_CORE_NDARRAY);
	struct pd_pv *m = pd_lib_method(ev, v, methods, name);
	struct pd_nd a;

	if (m != NULL)
		return m;
	if (!pd_nd_read(ev, v, &a))
		return NULL;
	if (strcmp(name, "itemsize") == 0)
		return pd_pv_size(ev, a.type.size);
	if (!np)
		return strcmp(name, "typecode") == 0 ? pd_obj_item(ev, v, 0) :
		    NULL;
	if (strcmp(name, "shape") == 0)
		return pd_nd_shape(ev, &a);
	if (strcmp(name, "ndim") == 0)
		return pd_pv_int(ev, a.ndim);
	if (strcmp(name, "size") == 0)
		return pd_pv_size(ev, a.count);
	if (strcmp(name, "nbytes") == 0)
		return pd_pv_size(ev, pd_core_obj_len(&v->st->obj));
	return NULL;
}
