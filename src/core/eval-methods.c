/*
 * Methods of numbers, lists, tuples, dicts, sets and ranges that change
 * nothing.
 *
 * Called by the evaluator of cores by way of the tables at the end.  Those
 * that would change the value are known by name alone: a core is not changed.
 */
#include "core/eval-room.h"

#include <math.h>
#include <stdio.h>

/* ---- int ----------------------------------------------------------------- */

static struct pd_pv *
int_bits(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_size(ev, strcmp(c->fn->name, "bit_count") == 0 ?
	    pd_int_ones(c->self) : pd_int_bits(c->self));
}

static struct pd_pv *
int_same(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_int_unary(ev, PD_OP_POS, c->self);
}

static struct pd_pv *
int_ratio(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_pair(ev, int_same(ev, c), pd_pv_int(ev, 1));
}

static struct pd_pv *
int_is_integer(struct pd_ev *ev, struct pd_pcall *c)
{
	if (ev->hex < 0x030c0000)
		pd_ev_raise(ev, "AttributeError", "'%s' object has no "
		    "attribute 'is_integer'", pd_pv_type_name(ev, c->self));
	return pd_pv_bool(true);
}

static bool
is_big_endian(struct pd_ev *ev, const struct pd_pv *order)
{
	if (order == NULL)
		return true;
	if (order->kind == PD_K_STR && order->s.n == 3 &&
	    memcmp(order->s.p, "big", 3) == 0)
		return true;
	if (order->kind == PD_K_STR && order->s.n == 6 &&
	    memcmp(order->s.p, "little", 6) == 0)
		return false;
	pd_ev_raise(ev, "ValueError",
	    "byteorder must be either 'little' or 'big'");
}

static struct pd_pv *
int_to_bytes(struct pd_ev *ev, struct pd_pcall *c)
{
	int64_t n = c->p[0] != NULL ? pd_pv_index(ev, c->p[0]) : 1;
	bool big = is_big_endian(ev, c->p[1]);
	bool sign = c->p[2] != NULL && pd_pv_true(ev, c->p[2]);
	char *b;

	if (n < 0)
		pd_ev_raise(ev, "ValueError",
		    "length argument must be non-negative");
	if (pd_int_sign(c->self) < 0 && !sign)
		pd_ev_raise(ev, "OverflowError",
		    "can't convert negative int to unsigned");
	b = pd_ev_allocn(ev, (size_t)n + 1, 1);
	if (!pd_int_export(ev, c->self, b, (size_t)n, big, sign))
		pd_ev_raise(ev, "OverflowError", "int too big to convert");
	return pd_pv_bytes(ev, PD_K_BYTES, b, (size_t)n);
}

static struct pd_pv *
int_from_bytes(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *b = c->p[0];
	bool sign = c->p[2] != NULL && pd_pv_true(ev, c->p[2]);
	bool big = is_big_endian(ev, c->p[1]);

	if (!pd_pv_is_text(b))
		pd_ev_no_process(ev, "int.from_bytes");
	if (b->s.n == 0)
		return pd_pv_int(ev, 0);
	return pd_int_bytes(ev, b->s.p, b->s.n, big, sign &&
	    (b->s.p[big ? 0 : b->s.n - 1] & 0x80) != 0);
}

/* ---- float --------------------------------------------------------------- */

static struct pd_pv *
float_is_integer(struct pd_ev *ev, struct pd_pcall *c)
{
	double f = c->self->f[0];

	return pd_pv_bool(isfinite(f) && floor(f) == f);
}

static struct pd_pv *
float_ratio(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *num, *den;
	int e;
	double m = frexp(c->self->f[0], &e);

	if (!isfinite(c->self->f[0]))
		pd_ev_raise(ev, isnan(c->self->f[0]) ? "ValueError" :
		    "OverflowError", "cannot convert %s to integer ratio",
		    isnan(c->self->f[0]) ? "NaN" : "Infinity");
	for (int i = 0; i < 300 && m != floor(m); i++) {
		m *= 2;
		e--;
	}
	num = pd_int_of_float(ev, m);
	den = pd_int_op(ev, PD_OP_LSHIFT, pd_pv_int(ev, 1),
	    pd_pv_int(ev, e < 0 ? -e : e));
	if (e > 0)
		return pd_pv_pair(ev, pd_int_op(ev, PD_OP_MUL, num, den),
		    pd_pv_int(ev, 1));
	return pd_pv_pair(ev, num, den);
}

static struct pd_pv *
float_hex(struct pd_ev *ev, struct pd_pcall *c)
{
	double f = c->self->f[0], m;
	struct pd_ptext t = { 0 };
	char b[32];
	int e;

	if (!isfinite(f)) {
		pd_float_repr(ev, &t, f, true);
		return pd_pt_str(ev, &t);
	}
	if (signbit(f))
		pd_pt_addc(ev, &t, '-');
	if (f == 0) {
		pd_pt_adds(ev, &t, "0x0.0p+0");
		return pd_pt_str(ev, &t);
	}
	/* libc shifts subnormal ones; CPython keeps their 0. */
	m = frexp(fabs(f), &e) * 2;
	e--;
	if (e < -1022) {
		m = ldexp(m, e + 1022);
		e = -1022;
	}
	snprintf(b, sizeof(b), "%013llx", (unsigned long long)ldexp(m -
	    floor(m), 52));
	pd_pt_addf(ev, &t, "0x%d.%sp%c%d", (int)m, b, e < 0 ? '-' : '+',
	    e < 0 ? -e : e);
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
num_conjugate(struct pd_ev *ev, struct pd_pcall *c)
{
	if (c->self->kind == PD_K_COMPLEX)
		return pd_pv_complex(ev, c->self->f[0], -c->self->f[1]);
	return pd_num_unary(ev, PD_OP_POS, c->self);
}

/* ---- sequences ----------------------------------------------------------- */

static struct pd_pv *
at(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *r, size_t i)
{
	return r == NULL ? pd_seq_at(ev, v, i) : pd_range_at(ev, r,
	    pd_pv_int(ev, (int64_t)i));
}

static struct pd_pv *
seq_count(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = c->self, *r = v->kind == PD_K_RANGE ? v : NULL, *x;
	uint64_t len = pd_pv_len(ev, v), n = 0;

	for (size_t i = 0; i < len; i++) {
		pd_ev_step(ev, 1);
		x = at(ev, v, r, i);
		n += pd_pv_same(x, c->p[0]) || pd_ev_eq(ev, x, c->p[0]);
	}
	return pd_pv_size(ev, n);
}

static struct pd_pv *
seq_index(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = c->self, *r = v->kind == PD_K_RANGE ? v : NULL, *x;
	uint64_t len = pd_pv_len(ev, v);
	struct pd_pv *s = pd_pv_new(ev, PD_K_SLICE);
	struct pd_prange p;

	s->v[0] = c->p[1] != NULL ? c->p[1] : pd_pv_none();
	s->v[1] = c->p[2] != NULL ? c->p[2] : pd_pv_none();
	s->v[2] = pd_pv_none();
	p = pd_slice_range(ev, s, len);
	for (int64_t i = p.start; i < p.stop; i++) {
		pd_ev_step(ev, 1);
		x = at(ev, v, r, (size_t)i);
		if (pd_pv_same(x, c->p[0]) || pd_ev_eq(ev, x, c->p[0]))
			return pd_pv_int(ev, i);
	}
	if (v->kind == PD_K_TUPLE)
		pd_ev_raise(ev, "ValueError",
		    "tuple.index(x): x not in tuple");
	x = pd_ev_repr_str(ev, c->p[0]);
	pd_ev_raise(ev, "ValueError", "%.*s is not in %s",
	    (int)(x->s.n > 4096 ? 4096 : x->s.n), x->s.p, pd_pv_cls(v)->name);
}

static struct pd_pv *
copy(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = c->self;
	struct pd_pcall make = { .fn = &pd_pv_cls(v)->make };
	struct pd_pv **arg;
	size_t n;

	if (v->kind == PD_K_DICT) {
		/* Of dict's subclasses these give their own. */
		if (v->st != NULL && (pd_core_type_is(ev->store, v->st->type,
		    "collections", "OrderedDict") || pd_core_type_is(
		    ev->store, v->st->type, "collections", "defaultdict")))
			pd_ev_no_process(ev, "copy");
		arg = pd_ev_allocn(ev, 1, sizeof(struct pd_pv *));
		arg[0] = v;
		make.arg = arg;
		make.narg = 1;
		return pd_make_dict(ev, &make);
	}
	make.p[0] = v;
	if (pd_pv_is_set(v))
		return pd_make_set(ev, &make);
	arg = pd_seq_all(ev, v, &n);
	return pd_pv_seq(ev, v->kind, arg, n);
}

static struct pd_pv *
slice_indices(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv **v = pd_ev_allocn(ev, 3, sizeof(struct pd_pv *));
	int64_t n = pd_pv_index(ev, c->p[0]);
	struct pd_prange r;

	if (n < 0)
		pd_ev_raise(ev, "ValueError",
		    "length should not be negative");
	r = pd_slice_range(ev, c->self, (uint64_t)n);
	v[0] = pd_pv_int(ev, r.start);
	v[1] = pd_pv_int(ev, r.stop);
	v[2] = pd_pv_int(ev, r.step);
	return pd_pv_seq(ev, PD_K_TUPLE, v, 3);
}

/* ---- dict ---------------------------------------------------------------- */

static struct pd_pv *
dict_view(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_VIEW);

	v->view.dict = c->self;
	v->view.which = c->fn->name[0] == 'k' ? PD_VIEW_KEYS :
	    c->fn->name[0] == 'v' ? PD_VIEW_VALUES : PD_VIEW_ITEMS;
	v->view.ordered = c->self->st != NULL && pd_core_type_is(ev->store,
	    c->self->st->type, "collections", "OrderedDict");
	return v;
}

static struct pd_pv *
view_disjoint(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it = pd_ev_iter(ev, c->p[0]);
	struct pd_pv *x;

	while ((x = pd_iter_next(ev, it)) != NULL)
		if (pd_ev_contains(ev, c->self, x))
			return pd_pv_bool(false);
	return pd_pv_bool(true);
}

static struct pd_pv *
dict_get(struct pd_ev *ev, struct pd_pcall *c)
{
	const struct pd_pent *e = pd_tab_find(ev, pd_tab_of(ev, c->self),
	    c->p[0]);

	if (e != NULL)
		return e->value;
	return c->p[1] != NULL ? c->p[1] : pd_pv_none();
}

static struct pd_pv *
dict_fromkeys(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it = pd_ev_iter(ev, c->p[0]);
	struct pd_ptab *t = pd_tab_new(ev, 0);
	struct pd_pv *x;

	while ((x = pd_iter_next(ev, it)) != NULL)
		pd_tab_put(ev, t, x, c->p[1] != NULL ? c->p[1] :
		    pd_pv_none());
	return pd_pv_tab(ev, PD_K_DICT, t);
}

/* ---- set ----------------------------------------------------------------- */

static struct pd_pv *
as_set(struct pd_ev *ev, struct pd_pv *x)
{
	struct pd_ptab *t;

	if (pd_pv_is_set(x))
		return x;
	t = pd_tab_new(ev, 0);
	pd_tab_update(ev, t, x);
	return pd_pv_tab(ev, PD_K_SET, t);
}

static struct pd_pv *
set_combine(struct pd_ev *ev, struct pd_pcall *c)
{
	int op = c->fn->name[0] == 'u' ? PD_OP_OR : c->fn->name[0] == 'i' ?
	    PD_OP_AND : c->fn->name[0] == 'd' ? PD_OP_SUB : PD_OP_XOR;
	struct pd_pv *r = c->self;

	if (c->nrest == 0 && op != PD_OP_XOR)
		return copy(ev, c);
	for (size_t i = 0; i < c->nrest; i++)
		r = pd_set_op(ev, op, r, as_set(ev, c->rest[i]));
	if (op == PD_OP_XOR)
		r = pd_set_op(ev, op, r, as_set(ev, c->p[0]));
	return r;
}

static struct pd_pv *
set_compare(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = as_set(ev, c->p[0]), *both;

	if (c->fn->name[2] == 'd') {
		both = pd_set_op(ev, PD_OP_AND, c->self, x);
		return pd_pv_bool(both->tab->n == 0);
	}
	return pd_pv_bool(pd_set_order(ev, c->fn->name[4] == 'b' ? PD_OP_LE :
	    PD_OP_GE, c->self, x));
}

/* ---- tables -------------------------------------------------------------- */

const struct pd_pfunc pd_int_methods[] = {
	{ "as_integer_ratio", int_ratio, "/" },
	{ "bit_count", int_bits, "/" },
	{ "bit_length", int_bits, "/" },
	{ "conjugate", int_same, "/" },
	{ "from_bytes", int_from_bytes, "bytes byteorder? * signed?",
	    true },
	{ "is_integer", int_is_integer, "/" },
	{ "to_bytes", int_to_bytes, "length? byteorder? * signed?" },
	{ NULL }
};

const struct pd_pfunc pd_float_methods[] = {
	{ "as_integer_ratio", float_ratio, "/" },
	{ "conjugate", num_conjugate, "/" },
	{ "fromhex" },
	{ "hex", float_hex, "/" },
	{ "is_integer", float_is_integer, "/" },
	{ NULL }
};

const struct pd_pfunc pd_complex_methods[] = {
	{ "conjugate", num_conjugate, "/" },
	{ NULL }
};

const struct pd_pfunc pd_list_methods[] = {
	{ "append" }, { "clear" },
	{ "copy", copy, "/" },
	{ "count", seq_count, "value /" },
	{ "extend" },
	{ "index", seq_index, "value start? stop? /" },
	{ "insert" }, { "pop" }, { "remove" }, { "reverse" }, { "sort" },
	{ NULL }
};

const struct pd_pfunc pd_tuple_methods[] = {
	{ "count", seq_count, "value /" },
	{ "index", seq_index, "value start? stop? /" },
	{ NULL }
};

const struct pd_pfunc pd_deque_methods[] = {
	{ "append" }, { "appendleft" }, { "clear" },
	{ "copy", copy, "/" },
	{ "count", seq_count, "value /" },
	{ "extend" }, { "extendleft" },
	{ "index", seq_index, "value start? stop? /" },
	{ "insert" }, { "pop" }, { "popleft" }, { "remove" }, { "reverse" },
	{ "rotate" },
	{ NULL }
};

const struct pd_pfunc pd_dict_methods[] = {
	{ "clear" },
	{ "copy", copy, "/" },
	{ "fromkeys", dict_fromkeys, "iterable value? /", true },
	{ "get", dict_get, "key default? /" },
	{ "items", dict_view, "/" },
	{ "keys", dict_view, "/" },
	{ "pop" }, { "popitem" }, { "setdefault" }, { "update" },
	{ "values", dict_view, "/" },
	{ NULL }
};

const struct pd_pfunc pd_view_methods[] = {
	{ "isdisjoint", view_disjoint, "other /" },
	{ NULL }
};

const struct pd_pfunc pd_set_methods[] = {
	{ "add" }, { "clear" },
	{ "copy", copy, "/" },
	{ "difference", set_combine, "*others" },
	{ "difference_update" }, { "discard" },
	{ "intersection", set_combine, "*others" },
	{ "intersection_update" },
	{ "isdisjoint", set_compare, "other /" },
	{ "issubset", set_compare, "other /" },
	{ "issuperset", set_compare, "other /" },
	{ "pop" }, { "remove" },
	{ "symmetric_difference", set_combine, "other /" },
	{ "symmetric_difference_update" },
	{ "union", set_combine, "*others" },
	{ "update" },
	{ NULL }
};

const struct pd_pfunc pd_range_methods[] = {
	{ "count", seq_count, "value /" },
	{ "index", seq_index, "value /" },
	{ NULL }
};

const struct pd_pfunc pd_slice_methods[] = {
	{ "indices", slice_indices, "length /" },
	{ NULL }
};
