/*
 * Operators between values, numbers apart.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-lib.h"

#include <stdio.h>

static const char *const texts[] = {
	[PD_OP_ADD] = "+", [PD_OP_SUB] = "-", [PD_OP_MUL] = "*",
	[PD_OP_MATMUL] = "@", [PD_OP_DIV] = "/", [PD_OP_FLOORDIV] = "//",
	[PD_OP_MOD] = "%", [PD_OP_POW] = "** or pow()", [PD_OP_LSHIFT] = "<<",
	[PD_OP_RSHIFT] = ">>", [PD_OP_AND] = "&", [PD_OP_XOR] = "^",
	[PD_OP_OR] = "|", [PD_OP_POS] = "+", [PD_OP_NEG] = "-",
	[PD_OP_INVERT] = "~",
};

static const char *const specials[] = {
	[PD_OP_ADD] = "__add__", [PD_OP_SUB] = "__sub__",
	[PD_OP_MUL] = "__mul__", [PD_OP_MATMUL] = "__matmul__",
	[PD_OP_DIV] = "__truediv__", [PD_OP_FLOORDIV] = "__floordiv__",
	[PD_OP_MOD] = "__mod__", [PD_OP_POW] = "__pow__",
	[PD_OP_LSHIFT] = "__lshift__", [PD_OP_RSHIFT] = "__rshift__",
	[PD_OP_AND] = "__and__", [PD_OP_XOR] = "__xor__",
	[PD_OP_OR] = "__or__", [PD_OP_POS] = "__pos__",
	[PD_OP_NEG] = "__neg__", [PD_OP_INVERT] = "__invert__",
};

static struct pd_pv *
concat_text(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_ptext t = { 0 };

	if ((a->st != NULL && a->st->obj.cut != 0) ||
	    (b->st != NULL && b->st->obj.cut != 0))
		pd_ev_cut(ev);
	pd_pt_add(ev, &t, a->s.p, a->s.n);
	pd_pt_add(ev, &t, b->s.p, b->s.n);
	return pd_text_like(ev, a, t.p, t.n);
}

static struct pd_pv *
concat_seq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	size_t n, m;
	struct pd_pv **x = pd_seq_all(ev, a, &n), **y = pd_seq_all(ev, b, &m);
	struct pd_pv **v = pd_ev_allocn(ev, n + m + 1,
	    sizeof(struct pd_pv *));

	pd_ev_step(ev, n + m);
	if (n > 0)
		memcpy(v, x, n * sizeof(struct pd_pv *));
	if (m > 0)
		memcpy(v + n, y, m * sizeof(struct pd_pv *));
	return pd_pv_seq(ev, a->kind, v, n + m);
}

static struct pd_pv *
add(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	const char *name = pd_pv_type_name(ev, a);
	const char *other = pd_pv_type_name(ev, b);

	if ((a->kind == PD_K_STR && b->kind == PD_K_STR) ||
	    (pd_pv_is_text(a) && pd_pv_is_text(b)))
		return concat_text(ev, a, b);
	if (a->kind == b->kind && (a->kind == PD_K_LIST ||
	    a->kind == PD_K_TUPLE || a->kind == PD_K_DEQUE))
		return concat_seq(ev, a, b);
	if (a->kind == PD_K_STR || a->kind == PD_K_LIST ||
	    a->kind == PD_K_TUPLE)
		pd_ev_raise(ev, "TypeError", "can only concatenate %s (not "
		    "\"%s\") to %s", pd_pv_cls(a)->name, other,
		    pd_pv_cls(a)->name);
	if (pd_pv_is_text(a))
		pd_ev_raise(ev, "TypeError", "can't concat %s to %s", other,
		    name);
	return NULL;
}

static bool
is_seq(const struct pd_pv *v)
{
	return v->kind == PD_K_STR || pd_pv_is_text(v) ||
	    v->kind == PD_K_LIST || v->kind == PD_K_TUPLE ||
	    v->kind == PD_K_DEQUE;
}

static struct pd_pv *
repeat(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *times)
{
	struct pd_ptext t = { 0 };
	struct pd_pvec l = { 0 };
	struct pd_pv **all;
	int64_t n;
	size_t len;

	if (!pd_pv_is_int(times))
		pd_ev_raise(ev, "TypeError", "can't multiply sequence by "
		    "non-int of type '%s'", pd_pv_type_name(ev, times));
	if (!pd_int_fits(times, &n))
		pd_ev_raise(ev, "OverflowError", "cannot fit 'int' into an "
		    "index-sized integer");
	if (a->kind == PD_K_STR || pd_pv_is_text(a)) {
		if (a->st != NULL && a->st->obj.cut != 0)
			pd_ev_cut(ev);
		if (n > 0 && a->s.n > 0 &&
		    (uint64_t)n > ev->arena.max / a->s.n)
			pd_ev_alloc(ev, SIZE_MAX / 2);
		pd_pt_fill(ev, &t, a->s.p, a->s.n, n > 0 ? (size_t)n : 0);
		return pd_text_like(ev, a, t.p != NULL ? t.p : "", t.n);
	}
	all = pd_seq_all(ev, a, &len);
	for (int64_t i = 0; i < n && len > 0; i++)
		for (size_t k = 0; k < len; k++) {
			pd_ev_step(ev, 1);
			pd_pvec_add(ev, &l, all[k]);
		}
	return pd_pv_seq(ev, a->kind, l.v, l.n);
}

static struct pd_pv *
merge_dicts(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_ptab *t = pd_tab_new(ev, 0), *from;

	for (size_t k = 0; k < 2; k++) {
		from = pd_tab_of(ev, k == 0 ? a : b);
		for (size_t i = 0; i < from->n; i++)
			pd_tab_put(ev, t, from->ent[i].key,
			    from->ent[i].value);
		if (from->cut)
			pd_ev_cut(ev);
	}
	return pd_pv_tab(ev, PD_K_DICT, t);
}

/* Views take any iterable, sets only sets and views. */
static struct pd_pv *
set_operator(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	if (op != PD_OP_OR && op != PD_OP_AND && op != PD_OP_SUB &&
	    op != PD_OP_XOR)
		return NULL;
	if (pd_pv_is_set(a) && pd_pv_is_set(b))
		return pd_set_op(ev, op, a, b);
	if (!(pd_set_like(a) && a->kind == PD_K_VIEW) &&
	    !(pd_set_like(b) && b->kind == PD_K_VIEW))
		return NULL;
	return op == PD_OP_AND ? pd_view_and(ev, a, b) :
	    pd_set_op(ev, op, a, b);
}

/* ---- classes of the standard library ------------------------------------- */

/* What the class of either makes of it; NULL. */
static struct pd_pv *
library(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	const struct pd_plib *x = pd_lib_of(a), *y = pd_lib_of(b);
	struct pd_pv *r = NULL;

	if (x != NULL && x->binary != NULL)
		r = x->binary(ev, op, a, b);
	if (r == NULL && y != NULL && y != x && y->binary != NULL)
		r = y->binary(ev, op, a, b);
	return r != NULL ? r : pd_flag_binary(ev, op, a, b);
}

/* A class that has operators, and none of those that are known here. */
static bool
is_code(const struct pd_pv *v)
{
	if (pd_lib_of(v) != NULL)
		return false;
	return pd_pv_flag(v, PD_CORE_TYPE_NUMBER) ||
	    pd_pv_is_core(v, PD_CORE_DATE) ||
	    pd_pv_is_core(v, PD_CORE_DATETIME) ||
	    pd_pv_is_core(v, PD_CORE_TIMEDELTA) ||
	    pd_pv_is_core(v, PD_CORE_NDARRAY) ||
	    pd_pv_is_core(v, PD_CORE_ARRAY) ||
	    pd_pv_is_core(v, PD_CORE_DECIMAL) ||
	    pd_pv_is_core(v, PD_CORE_PATH);
}

static struct pd_pv *
other(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *r = NULL;

	if (op == PD_OP_MOD && a->kind == PD_K_STR)
		return pd_percent(ev, a, b);
	if (op == PD_OP_MOD && pd_pv_is_text(a))
		pd_ev_no_process(ev, "bytes.__mod__");
	if (op == PD_OP_ADD)
		r = add(ev, a, b);
	else if (op == PD_OP_MUL && is_seq(a))
		r = repeat(ev, a, b);
	else if (op == PD_OP_MUL && is_seq(b))
		r = repeat(ev, b, a);
	else if (op == PD_OP_OR && a->kind == PD_K_DICT &&
	    b->kind == PD_K_DICT)
		r = merge_dicts(ev, a, b);
	else
		r = set_operator(ev, op, a, b);
	if (r == NULL && op == PD_OP_OR && ((a->kind == PD_K_TYPE &&
	    (b->kind == PD_K_TYPE || b->kind == PD_K_NONE)) ||
	    (a->kind == PD_K_NONE && b->kind == PD_K_TYPE)))
		pd_ev_no_process(ev, "type.__or__");
	return r;
}

struct pd_pv *
pd_ev_binary(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *r;
	char right[24];

	if (a->kind == PD_K_CUT || b->kind == PD_K_CUT)
		pd_ev_cut(ev);
	r = library(ev, op, a, b);
	if (r == NULL && (is_code(a) || is_code(b)))
		pd_ev_no_process(ev, texts[op]);
	if (r == NULL)
		r = pd_num_op(ev, op, a, b);
	if (r == NULL && !(pd_num_is(a) && pd_num_is(b)))
		r = other(ev, op, a, b);
	if (r == NULL) {
		pd_ev_refuse(ev, a, specials[op]);
		snprintf(right, sizeof(right), "__r%s", specials[op] + 2);
		pd_ev_refuse(ev, b, right);
	}
	if (r == NULL)
		pd_ev_raise(ev, "TypeError", "unsupported operand type(s) for "
		    "%s: '%s' and '%s'", texts[op], pd_pv_type_name(ev, a),
		    pd_pv_type_name(ev, b));
	return r;
}

struct pd_pv *
pd_ev_unary(struct pd_ev *ev, int op, struct pd_pv *a)
{
	const struct pd_plib *lib = pd_lib_of(a);
	struct pd_pv *r = NULL;

	if (a->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (lib != NULL && lib->unary != NULL)
		r = lib->unary(ev, op, a);
	if (is_code(a))
		pd_ev_no_process(ev, texts[op]);
	if (r == NULL && pd_num_is(a))
		r = pd_num_unary(ev, op, a);
	if (r == NULL)
		pd_ev_refuse(ev, a, specials[op]);
	if (r == NULL)
		pd_ev_raise(ev, "TypeError", "bad operand type for unary %s: "
		    "'%s'", texts[op], pd_pv_type_name(ev, a));
	return r;
}
