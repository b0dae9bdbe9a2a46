/*
 * ==, <, in and their like.
 *
 * Called by the evaluator of cores.  Where a class has its own comparison the
 * answer is that there is no process to ask it in.
 */
#include "core/eval-lib.h"

static void
check_one(struct pd_ev *ev, const struct pd_pv *v, uint64_t flag,
    const char *name)
{
	if (pd_pv_is_core(v, PD_CORE_NDARRAY))
		pd_ev_no_process(ev, "numpy");
	if (pd_lib_of(v) != NULL || (flag == PD_CORE_TYPE_EQ &&
	    pd_dataclass_is(ev, v)))
		return;
	if (pd_pv_flag(v, flag))
		pd_ev_no_process(ev, name);
	pd_ev_refuse(ev, v, name);
}

/* Its own == is asked, if one of them has one. */
static void
check_code(struct pd_ev *ev, const struct pd_pv *a, const struct pd_pv *b,
    uint64_t flag, const char *name)
{
	if (a->kind == PD_K_CUT || b->kind == PD_K_CUT ||
	    a->kind == PD_K_UNBOUND || b->kind == PD_K_UNBOUND)
		pd_ev_cut(ev);
	check_one(ev, a, flag, name);
	check_one(ev, b, flag, name);
}

static const int mirrored[] = {
	[PD_OP_EQ] = PD_OP_EQ, [PD_OP_LT] = PD_OP_GT, [PD_OP_LE] = PD_OP_GE,
	[PD_OP_GT] = PD_OP_LT, [PD_OP_GE] = PD_OP_LE,
};

/* What a class of the standard library says; NULL. */
static struct pd_pv *
library(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	const struct pd_plib *x = pd_lib_of(a), *y = pd_lib_of(b);
	struct pd_pv *r = NULL;

	if (x != NULL && x->compare != NULL)
		r = x->compare(ev, op, a, b);
	if (r == NULL && y != NULL && y->compare != NULL)
		r = y->compare(ev, mirrored[op], b, a);
	return r;
}

static bool
same_or_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	return pd_pv_same(a, b) || pd_ev_eq(ev, a, b);
}

/* A number of characters that both begin with, or the order that they have. */
static int
text_cmp(const struct pd_pv *a, const struct pd_pv *b)
{
	size_t n = a->s.n < b->s.n ? a->s.n : b->s.n;
	int r = n > 0 ? memcmp(a->s.p, b->s.p, n) : 0;

	return r != 0 ? r : (a->s.n > b->s.n) - (a->s.n < b->s.n);
}

static bool
seq_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	uint64_t n = pd_seq_len(a);

	if (n != pd_seq_len(b))
		return false;
	for (size_t i = 0; i < n; i++) {
		pd_ev_step(ev, 1);
		if (!same_or_eq(ev, pd_seq_at(ev, a, i), pd_seq_at(ev, b, i)))
			return false;
	}
	return true;
}

static bool
seq_order(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	uint64_t n = pd_seq_len(a), m = pd_seq_len(b);
	struct pd_pv *x, *y;

	for (size_t i = 0; i < n && i < m; i++) {
		pd_ev_step(ev, 1);
		x = pd_seq_at(ev, a, i);
		y = pd_seq_at(ev, b, i);
		if (!same_or_eq(ev, x, y))
			return pd_ev_order(ev, op, x, y);
	}
	switch (op) {
	case PD_OP_LT:
		return n < m;
	case PD_OP_LE:
		return n <= m;
	case PD_OP_GT:
		return n > m;
	default:
		return n >= m;
	}
}

static bool
tab_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_ptab *s = pd_tab_of(ev, a), *t = pd_tab_of(ev, b);
	struct pd_pent *e;

	if (pd_pv_len(ev, a) != pd_pv_len(ev, b))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		e = pd_tab_find(ev, t, s->ent[i].key);
		if (e == NULL || (e->value != NULL && s->ent[i].value != NULL
		    && !same_or_eq(ev, s->ent[i].value, e->value)))
			return false;
	}
	if (s->cut)
		pd_ev_cut(ev);
	return true;
}

static bool
range_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *n = pd_range_len(ev, a);

	if (pd_int_cmp(n, pd_range_len(ev, b)) != 0)
		return false;
	if (pd_int_sign(n) == 0)
		return true;
	if (pd_int_cmp(a->v[0], b->v[0]) != 0)
		return false;
	return pd_int_cmp(n, pd_pv_int(ev, 1)) == 0 ||
	    pd_int_cmp(a->v[2], b->v[2]) == 0;
}

static bool
core_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	const struct pd_core_obj *x, *y;

	if (a->st == NULL || b->st == NULL)
		return false;
	x = &a->st->obj;
	y = &b->st->obj;
	if (x->kind == PD_CORE_METHOD && y->kind == PD_CORE_METHOD) {
		struct pd_pv *s = pd_obj_attr(ev, a, "__self__");
		struct pd_pv *t = pd_obj_attr(ev, b, "__self__");
		struct pd_pv *f = pd_obj_attr(ev, a, "__func__");
		struct pd_pv *g = pd_obj_attr(ev, b, "__func__");

		return s != NULL && f != NULL && s == t && f == g;
	}
	return false;
}

static bool
view_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pvec all;

	if (pd_pv_len(ev, a) != pd_pv_len(ev, b))
		return false;
	all = pd_ev_list(ev, a);
	for (size_t i = 0; i < all.n; i++)
		if (!pd_ev_contains(ev, b, all.v[i]))
			return false;
	return true;
}

static bool
equal(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *known = library(ev, PD_OP_EQ, a, b);

	if (known != NULL)
		return pd_pv_true(ev, known);
	if (pd_pv_is_core(a, PD_CORE_PROXY))
		return pd_ev_eq(ev, pd_obj_item(ev, a, 0), b);
	if (pd_pv_is_core(b, PD_CORE_PROXY))
		return pd_ev_eq(ev, a, pd_obj_item(ev, b, 0));
	if (pd_num_is(a) && pd_num_is(b))
		return pd_num_eq(ev, a, b);
	if (pd_pv_is_set(a) && pd_pv_is_set(b))
		return tab_eq(ev, a, b);
	if (pd_set_like(a) && pd_set_like(b))
		return view_eq(ev, a, b);
	if (pd_pv_is_text(a) && pd_pv_is_text(b))
		return text_cmp(a, b) == 0;
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case PD_K_STR:
		return text_cmp(a, b) == 0;
	case PD_K_LIST:
	case PD_K_TUPLE:
	case PD_K_DEQUE:
		return seq_eq(ev, a, b);
	case PD_K_DICT:
		return tab_eq(ev, a, b);
	case PD_K_RANGE:
		return range_eq(ev, a, b);
	case PD_K_SLICE:
		return same_or_eq(ev, a->v[0], b->v[0]) &&
		    same_or_eq(ev, a->v[1], b->v[1]) &&
		    same_or_eq(ev, a->v[2], b->v[2]);
	case PD_K_TYPE:
		return pd_pv_same(a, b);
	case PD_K_METHOD:
		return a->method.fn == b->method.fn &&
		    a->method.self == b->method.self;
	case PD_K_BOUND:
		return a->v[0] == b->v[0] && a->v[1] == b->v[1];
	case PD_K_OBJECT:
		return core_eq(ev, a, b) || pd_dataclass_eq(ev, a, b) ||
		    pd_dataclass_eq(ev, b, a);
	default:
		return false;
	}
}

bool
pd_ev_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	bool r;

	if (a == b && a->kind != PD_K_FLOAT && a->kind != PD_K_COMPLEX &&
	    (!pd_pv_flag(a, PD_CORE_TYPE_EQ) || pd_lib_of(a) != NULL) &&
	    a->kind != PD_K_CUT && !pd_pv_is_core(a, PD_CORE_DECIMAL))
		return true;
	check_code(ev, a, b, PD_CORE_TYPE_EQ, "__eq__");
	pd_ev_enter(ev);
	r = equal(ev, a, b);
	pd_ev_leave(ev);
	return r;
}

/* ---- order --------------------------------------------------------------- */

static bool
by_sign(int op, int r)
{
	switch (op) {
	case PD_OP_LT:
		return r < 0;
	case PD_OP_LE:
		return r <= 0;
	case PD_OP_GT:
		return r > 0;
	default:
		return r >= 0;
	}
}

static struct pd_pv *
slice_parts(struct pd_ev *ev, struct pd_pv *s)
{
	return pd_pv_seq(ev, PD_K_TUPLE, s->v, 3);
}

static const char *
op_text(int op)
{
	return op == PD_OP_LT ? "<" : op == PD_OP_LE ? "<=" :
	    op == PD_OP_GT ? ">" : ">=";
}

static bool
ordered(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *known = library(ev, op, a, b);

	if (known != NULL)
		return pd_pv_true(ev, known);
	if (pd_num_is(a) && pd_num_is(b) && a->kind != PD_K_COMPLEX &&
	    b->kind != PD_K_COMPLEX)
		return pd_num_order(ev, op, a, b);
	if ((a->kind == PD_K_STR && b->kind == PD_K_STR) ||
	    (pd_pv_is_text(a) && pd_pv_is_text(b)))
		return by_sign(op, text_cmp(a, b));
	if (pd_set_like(a) && pd_set_like(b))
		return pd_set_order(ev, op, a, b);
	if (a->kind == b->kind && (a->kind == PD_K_LIST ||
	    a->kind == PD_K_TUPLE || a->kind == PD_K_DEQUE))
		return seq_order(ev, op, a, b);
	if (a->kind == PD_K_SLICE && b->kind == PD_K_SLICE)
		return seq_order(ev, op, slice_parts(ev, a),
		    slice_parts(ev, b));
	pd_ev_raise(ev, "TypeError", "'%s' not supported between instances of "
	    "'%s' and '%s'", op_text(op), pd_pv_type_name(ev, a),
	    pd_pv_type_name(ev, b));
}

bool
pd_ev_order(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	bool r;

	check_code(ev, a, b, PD_CORE_TYPE_COMPARE, "__lt__");
	pd_ev_enter(ev);
	r = ordered(ev, op, a, b);
	pd_ev_leave(ev);
	return r;
}

/* ---- in ------------------------------------------------------------------ */

static bool
in_text(struct pd_ev *ev, struct pd_pv *in, struct pd_pv *x)
{
	int64_t c;
	char byte;

	pd_ev_step(ev, in->s.n / 16);
	if (in->kind == PD_K_STR) {
		if (x->kind != PD_K_STR)
			pd_ev_raise(ev, "TypeError", "'in <string>' requires "
			    "string as left operand, not %s",
			    pd_pv_type_name(ev, x));
		if (in->st != NULL && in->st->obj.cut != 0)
			pd_ev_cut(ev);
		return pd_text_find(in->s.p, in->s.n, x->s.p, x->s.n, false)
		    != SIZE_MAX;
	}
	if (pd_pv_is_int(x)) {
		if (!pd_int_fits(x, &c) || c < 0 || c > 255)
			pd_ev_raise(ev, "ValueError",
			    "byte must be in range(0, 256)");
		byte = (char)c;
		return in->s.n > 0 && memchr(in->s.p, byte, in->s.n) != NULL;
	}
	if (!pd_pv_is_text(x))
		pd_ev_raise(ev, "TypeError", "a bytes-like object is "
		    "required, not '%s'", pd_pv_type_name(ev, x));
	return pd_text_find(in->s.p, in->s.n, x->s.p, x->s.n, false) !=
	    SIZE_MAX;
}

static bool
in_range(struct pd_ev *ev, struct pd_pv *r, struct pd_pv *x)
{
	bool up = pd_int_sign(r->v[2]) > 0;
	struct pd_pv *off;

	if (up ? pd_int_cmp(x, r->v[0]) < 0 || pd_int_cmp(x, r->v[1]) >= 0 :
	    pd_int_cmp(x, r->v[0]) > 0 || pd_int_cmp(x, r->v[1]) <= 0)
		return false;
	off = pd_int_op(ev, PD_OP_SUB, x, r->v[0]);
	return pd_int_sign(pd_int_op(ev, PD_OP_MOD, off, r->v[2])) == 0;
}

static bool
in_items(struct pd_ev *ev, struct pd_pv *view, struct pd_pv *x)
{
	struct pd_pent *e;

	if (x->kind != PD_K_TUPLE || pd_seq_len(x) != 2)
		return false;
	e = pd_tab_find(ev, pd_tab_of(ev, view->view.dict),
	    pd_seq_at(ev, x, 0));
	return e != NULL && same_or_eq(ev, e->value, pd_seq_at(ev, x, 1));
}

bool
pd_ev_contains(struct pd_ev *ev, struct pd_pv *in, struct pd_pv *x)
{
	struct pd_piter *it;
	struct pd_pv *y;
	bool answer;

	if (pd_flag_contains(ev, in, x, &answer))
		return answer;
	if (pd_enum_is_class(ev, in))
		return pd_enum_contains(ev, in, x);
	if (pd_pv_flag(in, PD_CORE_TYPE_CONTAINS))
		pd_ev_no_process(ev, "__contains__");
	if (in->kind == PD_K_STR || pd_pv_is_text(in))
		return in_text(ev, in, x);
	if (in->kind == PD_K_DICT || pd_pv_is_set(in))
		return pd_tab_find(ev, pd_tab_of(ev, in), x) != NULL;
	if (in->kind == PD_K_VIEW && in->view.which == PD_VIEW_KEYS)
		return pd_ev_contains(ev, in->view.dict, x);
	if (in->kind == PD_K_VIEW && in->view.which == PD_VIEW_ITEMS)
		return in_items(ev, in, x);
	if (in->kind == PD_K_RANGE && pd_pv_is_int(x))
		return in_range(ev, in, x);
	if (pd_pv_is_core(in, PD_CORE_PROXY))
		return pd_ev_contains(ev, pd_obj_item(ev, in, 0), x);
	it = pd_ev_try_iter(ev, in);
	if (it == NULL)
		pd_ev_raise(ev, "TypeError", ev->hex >= 0x030e0000 ?
		    "argument of type '%s' is not a container or iterable" :
		    "argument of type '%s' is not iterable",
		    pd_pv_type_name(ev, in));
	while ((y = pd_iter_next(ev, it)) != NULL)
		if (same_or_eq(ev, x, y))
			return true;
	return false;
}

struct pd_pv *
pd_ev_compare(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	switch (op) {
	case PD_OP_IS:
	case PD_OP_IS_NOT:
		if (a->kind == PD_K_CUT || b->kind == PD_K_CUT)
			pd_ev_cut(ev);
		return pd_pv_bool(pd_pv_same(a, b) == (op == PD_OP_IS));
	case PD_OP_IN:
	case PD_OP_NOT_IN:
		return pd_pv_bool(pd_ev_contains(ev, b, a) ==
		    (op == PD_OP_IN));
	case PD_OP_EQ:
	case PD_OP_NE:
		return pd_pv_bool(pd_ev_eq(ev, a, b) == (op == PD_OP_EQ));
	default:
		return pd_pv_bool(pd_ev_order(ev, op, a, b));
	}
}
