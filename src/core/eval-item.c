/*
 * x[i], and slices.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-array.h"
#include "core/eval-lib.h"

/* ---- slices -------------------------------------------------------------- */

static int64_t
part(struct pd_ev *ev, const struct pd_pv *v, int64_t missing)
{
	int64_t i;

	if (v->kind == PD_K_NONE)
		return missing;
	if (!pd_pv_is_int(v))
		pd_ev_raise(ev, "TypeError", "slice indices must be integers "
		    "or None or have an __index__ method");
	if (!pd_int_fits(v, &i))
		return pd_int_sign(v) < 0 ? INT64_MIN : INT64_MAX;
	return i;
}

static int64_t
clamp(int64_t i, int64_t len, int64_t step)
{
	if (i < 0) {
		i = i < -len ? -1 : i + len;
		if (i < 0)
			return step < 0 ? -1 : 0;
		return i;
	}
	return i < len ? i : step < 0 ? len - 1 : len;
}

struct pd_prange
pd_slice_range(struct pd_ev *ev, struct pd_pv *s, uint64_t length)
{
	int64_t len = length > INT64_MAX / 2 ? INT64_MAX / 2 :
	    (int64_t)length;
	struct pd_prange r = { 0 };
	uint64_t span;

	r.step = part(ev, s->v[2], 1);
	if (r.step == 0)
		pd_ev_raise(ev, "ValueError", "slice step cannot be zero");
	if (r.step == INT64_MIN)
		r.step = -INT64_MAX;
	r.start = part(ev, s->v[0], r.step < 0 ? INT64_MAX : 0);
	r.stop = part(ev, s->v[1], r.step < 0 ? INT64_MIN : INT64_MAX);
	r.start = clamp(r.start, len, r.step);
	r.stop = clamp(r.stop, len, r.step);
	if (r.step > 0 && r.start < r.stop) {
		span = (uint64_t)(r.stop - r.start - 1);
		r.n = (size_t)(span / (uint64_t)r.step + 1);
	} else if (r.step < 0 && r.stop < r.start) {
		span = (uint64_t)(r.start - r.stop - 1);
		r.n = (size_t)(span / (uint64_t)-r.step + 1);
	}
	return r;
}

static struct pd_pv *
slice_text(struct pd_ev *ev, struct pd_pv *v, const struct pd_prange *r)
{
	struct pd_ptext t = { 0 };
	size_t *at, size, chars = v->s.chars, n = 0;

	if (r->n > 0 && (uint64_t)(r->step > 0 ? r->start +
	    (int64_t)(r->n - 1) * r->step : r->start) >= chars)
		pd_ev_cut(ev);
	if (r->step == 1)
		return pd_text_sub(ev, v, (size_t)r->start, r->n);
	if (v->s.n == chars) {
		for (size_t i = 0; i < r->n; i++)
			pd_pt_addc(ev, &t, v->s.p[r->start +
			    (int64_t)i * r->step]);
		return pd_text_like(ev, v, t.p != NULL ? t.p : "", t.n);
	}
	at = pd_ev_allocn(ev, chars + 1, sizeof(*at));
	for (size_t i = 0; i < v->s.n; i += size) {
		at[n++] = i;
		pd_utf_get(v->s.p + i, v->s.n - i, &size);
	}
	at[n] = v->s.n;
	for (size_t i = 0; i < r->n; i++) {
		size_t k = (size_t)(r->start + (int64_t)i * r->step);

		pd_pt_add(ev, &t, v->s.p + at[k], at[k + 1] - at[k]);
	}
	return pd_text_like(ev, v, t.p != NULL ? t.p : "", t.n);
}

static struct pd_pv *
slice_seq(struct pd_ev *ev, struct pd_pv *v, const struct pd_prange *r)
{
	struct pd_pvec l = { 0 };
	struct pd_pv *x;

	for (size_t i = 0; i < r->n; i++) {
		pd_ev_step(ev, 1);
		x = pd_seq_at(ev, v, (size_t)(r->start +
		    (int64_t)i * r->step));
		if (x->kind == PD_K_CUT)
			pd_ev_cut(ev);
		pd_pvec_add(ev, &l, x);
	}
	return pd_pv_seq(ev, v->kind, l.v, l.n);
}

static struct pd_pv *
slice_range(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *key)
{
	struct pd_prange r = pd_slice_range(ev, key, pd_pv_len(ev, v));
	struct pd_pv *s = pd_pv_new(ev, PD_K_RANGE);

	s->v[0] = pd_range_at(ev, v, pd_pv_int(ev, r.start));
	s->v[1] = pd_range_at(ev, v, pd_pv_int(ev, r.stop));
	s->v[2] = pd_int_op(ev, PD_OP_MUL, v->v[2], pd_pv_int(ev, r.step));
	return s;
}

/* ---- items --------------------------------------------------------------- */

static struct pd_pv *
byte_at(struct pd_ev *ev, struct pd_pv *v, size_t i)
{
	return pd_pv_int(ev, (unsigned char)v->s.p[i]);
}

static _Noreturn void
wrong_index(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *key)
{
	const char *type = pd_pv_type_name(ev, key);

	switch (v->kind) {
	case PD_K_STR:
		pd_ev_raise(ev, "TypeError",
		    "string indices must be integers, not '%s'", type);
	case PD_K_BYTES:
		pd_ev_raise(ev, "TypeError",
		    "byte indices must be integers or slices, not %s", type);
	case PD_K_DEQUE:
		pd_ev_raise(ev, "TypeError",
		    "sequence index must be integer, not '%s'", type);
	default:
		pd_ev_raise(ev, "TypeError", "%s indices must be integers or "
		    "slices, not %s", pd_pv_cls(v)->name, type);
	}
}

static struct pd_pv *
indexed(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *key)
{
	const char *name = v->kind == PD_K_STR ? "string" :
	    v->kind == PD_K_BYTES ? "index" : pd_pv_cls(v)->name;
	uint64_t len = pd_pv_len(ev, v);
	int64_t i;

	if (!pd_pv_is_int(key))
		wrong_index(ev, v, key);
	if (!pd_int_fits(key, &i))
		pd_ev_raise(ev, "IndexError", "cannot fit 'int' into an "
		    "index-sized integer");
	if (i < 0)
		i += (int64_t)len;
	if (i < 0 || (uint64_t)i >= len)
		pd_ev_raise(ev, "IndexError", "%s%s out of range", name,
		    v->kind == PD_K_BYTES ? "" : " index");
	if (v->kind != PD_K_STR && !pd_pv_is_text(v))
		return pd_seq_at(ev, v, (size_t)i);
	if ((uint64_t)i >= v->s.chars)
		pd_ev_cut(ev);
	return v->kind == PD_K_STR ? pd_text_sub(ev, v, (size_t)i, 1) :
	    byte_at(ev, v, (size_t)i);
}

static struct pd_pv *
range_item(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *key)
{
	struct pd_pv *len = pd_range_len(ev, v);

	if (!pd_pv_is_int(key))
		pd_ev_raise(ev, "TypeError", "range indices must be integers "
		    "or slices, not %s", pd_pv_type_name(ev, key));
	if (pd_int_sign(key) < 0)
		key = pd_int_op(ev, PD_OP_ADD, key, len);
	if (pd_int_sign(key) < 0 || pd_int_cmp(key, len) >= 0)
		pd_ev_raise(ev, "IndexError",
		    "range object index out of range");
	return pd_range_at(ev, v, key);
}

static bool
is_counter(const struct pd_pv *v)
{
	return v->st != NULL && v->st->type != NULL &&
	    pd_str_eq(&v->st->type->qualname, "Counter") &&
	    pd_str_eq(&v->st->type->module, "collections");
}

/* A default factory would be code. */
static _Noreturn void
missing(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *key)
{
	struct pd_pv *text;
	const struct pd_core_type *t = v->st != NULL ? v->st->type : NULL;

	if (pd_core_type_is(ev->store, t, "collections", "defaultdict"))
		pd_ev_no_process(ev, "default_factory");
	text = pd_ev_repr_str(ev, key);
	pd_ev_raise(ev, "KeyError", "%.*s", (int)(text->s.n > 4096 ? 4096 :
	    text->s.n), text->s.p);
}

static struct pd_pv *
dict_item(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *key)
{
	const struct pd_pent *e;
	struct pd_pv *x;

	/* A few items of a large dict: a search over its keys' bytes. */
	if (v->st != NULL && v->st->refs == NULL && v->st->obj.more != 0 &&
	    key->kind == PD_K_STR && v->st->singles++ < 16) {
		x = pd_obj_lookup(ev, v->st->obj.id, key->s.p, key->s.n);
		if (x != NULL)
			return x;
	}
	e = pd_tab_find(ev, pd_tab_of(ev, v), key);
	if (e != NULL)
		return e->value;
	if (is_counter(v))
		return pd_pv_int(ev, 0);
	missing(ev, v, key);
}

struct pd_pv *
pd_ev_item(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *key)
{
	struct pd_prange r;

	if (v->kind == PD_K_CUT || key->kind == PD_K_CUT)
		pd_ev_cut(ev);
	/* Counter has its own __missing__, which is known. */
	if (pd_pv_flag(v, PD_CORE_TYPE_ITEM) && !is_counter(v) &&
	    v->kind != PD_K_TYPE)
		pd_ev_no_process(ev, "__getitem__");
	switch (v->kind) {
	case PD_K_STR:
	case PD_K_BYTES:
	case PD_K_BYTEARRAY:
	case PD_K_LIST:
	case PD_K_TUPLE:
		if (key->kind != PD_K_SLICE)
			return indexed(ev, v, key);
		r = pd_slice_range(ev, key, pd_pv_len(ev, v));
		return v->kind == PD_K_LIST || v->kind == PD_K_TUPLE ?
		    slice_seq(ev, v, &r) : slice_text(ev, v, &r);
	case PD_K_DEQUE:
		return indexed(ev, v, key);
	case PD_K_RANGE:
		return key->kind == PD_K_SLICE ? slice_range(ev, v, key) :
		    range_item(ev, v, key);
	case PD_K_DICT:
		return dict_item(ev, v, key);
	case PD_K_TYPE:
		if (pd_enum_is_class(ev, v))
			return pd_enum_item(ev, v, key);
		pd_ev_no_process(ev, "__class_getitem__");
	case PD_K_OBJECT:
		pd_ev_refuse(ev, v, "__getitem__");
		if (pd_pv_is_core(v, PD_CORE_PROXY))
			return pd_ev_item(ev, pd_obj_item(ev, v, 0), key);
		if (pd_nd_is(v))
			return pd_nd_item(ev, v, key);
		if (pd_pv_is_core(v, PD_CORE_MEMORYVIEW))
			pd_ev_no_process(ev, "__getitem__");
		break;
	default:
		break;
	}
	pd_ev_raise(ev, "TypeError", "'%s' object is not subscriptable",
	    pd_pv_type_name(ev, v));
}
