/*
 * Dates, times and arrays: their text and parts.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-lib.h"

#include <stdio.h>

#include "base/str.h"

int64_t
pd_date_part(struct pd_ev *ev, struct pd_pv *v, size_t i)
{
	int64_t n;

	if (!pd_int_fits(pd_obj_item(ev, v, i), &n))
		pd_ev_cut(ev);
	return n;
}

#define part	pd_date_part

static const char *const date_parts[] = { "year", "month", "day", "hour",
    "minute", "second", "microsecond", "fold", "tzinfo" };

size_t
pd_date_parts(const struct pd_pv *v, size_t *first)
{
	*first = v->st->obj.kind == PD_CORE_TIME ? 3 : 0;
	return v->st->obj.kind == PD_CORE_DATE ? 3 :
	    v->st->obj.kind == PD_CORE_TIME ? 6 : 9;
}

/* datetime.datetime(2024, 1, 2, 3, 4), without zeros at the end. */
void
pd_repr_date(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	size_t first, n = pd_date_parts(v, &first), last;

	pd_type_full(ev, v->st->type, t);
	pd_pt_addc(ev, t, '(');
	last = v->st->obj.kind == PD_CORE_DATE ? 3 : n - 2;
	if (v->st->obj.kind != PD_CORE_DATE && part(ev, v, last - 1) == 0 &&
	    part(ev, v, --last - 1) == 0)
		last--;
	for (size_t i = 0; i < last; i++)
		pd_pt_addf(ev, t, "%s%lld", i > 0 ? ", " : "",
		    (long long)part(ev, v, i));
	if (n > 3 && part(ev, v, n - 2) != 0)
		pd_pt_adds(ev, t, ", fold=1");
	if (n > 3 && pd_obj_item(ev, v, n - 1)->kind != PD_K_NONE) {
		pd_pt_adds(ev, t, ", tzinfo=");
		pd_ev_repr(ev, t, pd_obj_item(ev, v, n - 1));
	}
	pd_pt_addc(ev, t, ')');
}

void
pd_repr_delta(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	static const char *const names[] = { "days", "seconds",
	    "microseconds" };
	bool any = false;

	pd_type_full(ev, v->st->type, t);
	pd_pt_addc(ev, t, '(');
	for (size_t i = 0; i < 3; i++)
		if (part(ev, v, i) != 0) {
			pd_pt_addf(ev, t, "%s%s=%lld", any ? ", " : "",
			    names[i], (long long)part(ev, v, i));
			any = true;
		}
	pd_pt_adds(ev, t, any ? ")" : "0)");
}

static bool
is_zero(struct pd_ev *ev, struct pd_pv *delta)
{
	return pd_pv_is_core(delta, PD_CORE_TIMEDELTA) &&
	    part(ev, delta, 0) == 0 && part(ev, delta, 1) == 0 &&
	    part(ev, delta, 2) == 0;
}

void
pd_repr_zone(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *offset = pd_obj_item(ev, v, 0);
	struct pd_pv *name = pd_obj_item(ev, v, 1);

	pd_type_full(ev, v->st->type, t);
	if (is_zero(ev, offset) && name->kind == PD_K_NONE) {
		pd_pt_adds(ev, t, ".utc");
		return;
	}
	pd_pt_addc(ev, t, '(');
	pd_ev_repr(ev, t, offset);
	if (name->kind != PD_K_NONE) {
		pd_pt_adds(ev, t, ", ");
		pd_ev_repr(ev, t, name);
	}
	pd_pt_addc(ev, t, ')');
}

/* ---- str() --------------------------------------------------------------- */

void
pd_date_add_offset(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *delta,
    const char *sep)
{
	int64_t s, us;

	if (!pd_pv_is_core(delta, PD_CORE_TIMEDELTA))
		pd_ev_cut(ev);
	s = part(ev, delta, 0) % 100 * 86400 + part(ev, delta, 1) % 86400;
	us = part(ev, delta, 2) % 1000000;
	pd_pt_addc(ev, t, s < 0 ? '-' : '+');
	if (s < 0) {
		s = -s - (us != 0);
		us = us != 0 ? 1000000 - us : 0;
	}
	pd_pt_addf(ev, t, "%02d%s%02d", (int)(s / 3600), sep,
	    (int)(s / 60 % 60));
	if (s % 60 != 0 || us != 0)
		pd_pt_addf(ev, t, "%s%02d", sep, (int)(s % 60));
	if (us != 0)
		pd_pt_addf(ev, t, ".%06d", (int)us);
}

static void
str_delta(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	int64_t days = part(ev, v, 0), s = part(ev, v, 1);
	int64_t us = part(ev, v, 2);

	if (days != 0)
		pd_pt_addf(ev, t, "%lld day%s, ", (long long)days,
		    days == 1 || days == -1 ? "" : "s");
	pd_pt_addf(ev, t, "%lld:%02lld:%02lld", (long long)(s / 3600),
	    (long long)(s / 60 % 60), (long long)(s % 60));
	if (us != 0)
		pd_pt_addf(ev, t, ".%06lld", (long long)us);
}

/* What str() and isoformat() give. */
static void
iso(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, char sep)
{
	size_t first, n = pd_date_parts(v, &first), i = 0;
	struct pd_pv *zone;

	if (first == 0) {
		pd_pt_addf(ev, t, "%04lld-%02lld-%02lld",
		    (long long)part(ev, v, 0), (long long)part(ev, v, 1),
		    (long long)part(ev, v, 2));
		i = 3;
	}
	if (n == 3)
		return;
	if (first == 0)
		pd_pt_addc(ev, t, sep);
	pd_pt_addf(ev, t, "%02lld:%02lld:%02lld", (long long)part(ev, v, i),
	    (long long)part(ev, v, i + 1), (long long)part(ev, v, i + 2));
	if (part(ev, v, i + 3) != 0)
		pd_pt_addf(ev, t, ".%06lld", (long long)part(ev, v, i + 3));
	zone = pd_obj_item(ev, v, n - 1);
	if (zone->kind == PD_K_NONE)
		return;
	if (!pd_pv_is_core(zone, PD_CORE_TIMEZONE))
		pd_ev_no_process(ev, "utcoffset");
	pd_date_add_offset(ev, t, pd_obj_item(ev, zone, 0), ":");
}

bool
pd_str_date(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *name;

	switch (v->st->obj.kind) {
	case PD_CORE_TIMEDELTA:
		str_delta(ev, t, v);
		break;
	case PD_CORE_TIMEZONE:
		name = pd_obj_item(ev, v, 1);
		if (name->kind == PD_K_STR) {
			pd_ev_str(ev, t, name);
			break;
		}
		pd_pt_adds(ev, t, "UTC");
		if (!is_zero(ev, pd_obj_item(ev, v, 0)))
			pd_date_add_offset(ev, t, pd_obj_item(ev, v, 0), ":");
		break;
	default:
		iso(ev, t, v, ' ');
		break;
	}
	return true;
}

/* ---- attributes ---------------------------------------------------------- */

static struct pd_pv *
do_isoformat(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *sep = c->p[0];
	struct pd_ptext t = { 0 };

	if (sep != NULL && (sep->kind != PD_K_STR || sep->s.n != 1))
		pd_ev_no_process(ev, "isoformat");
	iso(ev, &t, c->self, sep != NULL ? sep->s.p[0] : 'T');
	return pd_pt_str(ev, &t);
}

struct pd_pv *
pd_date_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const struct pd_pfunc text[] = {
		{ "isoformat", do_isoformat, "sep?" },
		{ NULL }
	};
	size_t first, n = pd_date_parts(v, &first);
	struct pd_pv *method;

	for (size_t i = 0; i < n; i++)
		if (strcmp(date_parts[first + i], name) == 0)
			return pd_obj_item(ev, v, i);
	method = pd_lib_method(ev, v, text, name);
	return method != NULL ? method : pd_lib_method(ev, v, n == 3 ?
	    pd_date_methods : first == 3 ? pd_time_methods :
	    pd_datetime_methods, name);
}

/* ---- numpy --------------------------------------------------------------- */

static struct pd_pv *
shape_of(struct pd_ev *ev, struct pd_pv *v)
{
	int64_t n = part(ev, v, 2);
	struct pd_pvec l = { 0 };

	for (int64_t i = 0; i < n && i < 64; i++)
		pd_pvec_add(ev, &l, pd_obj_item(ev, v, (size_t)i + 3));
	return pd_pv_seq(ev, PD_K_TUPLE, l.v, l.n);
}

static struct pd_pv *
array_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	struct pd_pv *size, *shape;

	if (strcmp(name, "shape") == 0)
		return shape_of(ev, v);
	if (strcmp(name, "ndim") == 0)
		return pd_obj_item(ev, v, 2);
	if (strcmp(name, "nbytes") == 0)
		return pd_pv_size(ev, pd_core_obj_len(&v->st->obj));
	if (strcmp(name, "size") != 0)
		return NULL;
	size = pd_pv_int(ev, 1);
	shape = shape_of(ev, v);
	for (size_t i = 0; i < shape->seq.n; i++) {
		if (!pd_pv_is_int(shape->seq.v[i]))
			pd_ev_cut(ev);
		size = pd_int_op(ev, PD_OP_MUL, size, shape->seq.v[i]);
	}
	return size;
}

/* A number of the array's data; false if it is of another kind. */
static bool
add_number(struct pd_ev *ev, struct pd_ptext *t, const char *type,
    const char *p, size_t size)
{
	float f;
	double d;

	if (type[0] == '>' || size > 8)
		return false;
	switch (type[1]) {
	case 'i':
	case 'u': {
		struct pd_pv *i = pd_int_bytes(ev, p, size, false,
		    type[1] == 'i' && (p[size - 1] & 0x80) != 0);

		pd_ev_repr(ev, t, i);
		return true;
	}
	case 'b':
		pd_pt_adds(ev, t, *p != 0 ? "True" : "False");
		return true;
	case 'f':
		if (size == 8) {
			memcpy(&d, p, sizeof(d));
		} else if (size == 4) {
			memcpy(&f, p, sizeof(f));
			d = (double)f;
		} else {
			return false;
		}
		pd_pt_addf(ev, t, "%.8g", d);
		return true;
	default:
		return false;
	}
}

/* What it is, and its first numbers in the order in which they lie. */
void
pd_repr_array(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	const struct pd_core_obj *o = &v->st->obj;
	struct pd_pv *dtype, *type;
	size_t size, n;

	pd_pt_adds(ev, t, "<numpy.ndarray");
	if (v->st->obj.cut == PD_CORE_CUT_UNSAFE) {
		pd_pt_adds(ev, t, ", data not in the core>");
		return;
	}
	dtype = pd_obj_item(ev, v, 0);
	type = pd_obj_item(ev, v, 1);
	pd_pt_adds(ev, t, " shape=");
	pd_ev_repr(ev, t, shape_of(ev, v));
	pd_pt_adds(ev, t, " dtype=");
	if (dtype->kind == PD_K_STR)
		pd_pt_add(ev, t, dtype->s.p, dtype->s.n);
	if (type->kind == PD_K_STR && type->s.n == 3 && o->s != NULL) {
		size = (size_t)(type->s.p[2] - '0');
		n = size > 0 && size < 9 ? o->n / size : 0;
		pd_pt_adds(ev, t, " [");
		for (size_t i = 0; i < n && i < 10; i++) {
			if (i > 0)
				pd_pt_adds(ev, t, ", ");
			if (!add_number(ev, t, type->s.p, o->s + i * size,
			    size))
				break;
		}
		pd_pt_adds(ev, t, pd_core_obj_len(o) > 10 * size ?
		    ", ...]" : "]");
	}
	pd_pt_addc(ev, t, '>');
}

struct pd_pv *
pd_known_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	const struct pd_plib *lib = pd_lib_of(v);

	if (pd_pv_is_core(v, PD_CORE_NDARRAY))
		return array_attr(ev, v, name);
	return lib != NULL && lib->attr != NULL ? lib->attr(ev, v, name) :
	    NULL;
}
