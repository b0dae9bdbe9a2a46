/*
 * Iteration, sorting, ranges.
 *
 * Called by the evaluator of cores.  Iterators give their items one by one,
 * as Python's do: what nobody asks for is not computed.
 */
#include "core/eval-array.h"
#include "core/eval-lib.h"

struct pd_piter *
pd_iter_new(struct pd_ev *ev, const char *name,
    struct pd_pv *(*next)(struct pd_ev *, struct pd_piter *))
{
	struct pd_piter *it = pd_ev_alloc(ev, sizeof(*it));

	it->name = name;
	it->next = next;
	return it;
}

struct pd_pv *
pd_pv_iter(struct pd_ev *ev, struct pd_piter *it)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_ITER);

	v->iter = it;
	return v;
}

struct pd_pv *
pd_iter_next(struct pd_ev *ev, struct pd_piter *it)
{
	struct pd_pv *v;

	if (it->done)
		return NULL;
	pd_ev_enter(ev);
	v = it->next(ev, it);
	pd_ev_leave(ev);
	if (v == NULL)
		it->done = true;
	return v;
}

/* ---- over values --------------------------------------------------------- */

static struct pd_pv *
next_seq(struct pd_ev *ev, struct pd_piter *it)
{
	struct pd_pv *v;

	if (it->i >= pd_seq_len(it->a))
		return NULL;
	v = pd_seq_at(ev, it->a, it->i++);
	if (v->kind == PD_K_CUT)
		pd_ev_cut(ev);
	return v;
}

static struct pd_pv *
next_char(struct pd_ev *ev, struct pd_piter *it)
{
	const struct pd_pv *s = it->a;
	const char *p = s->s.p + it->i;
	size_t size;

	if (it->i >= s->s.n) {
		if (s->st != NULL && s->st->obj.cut != 0)
			pd_ev_cut(ev);
		return NULL;
	}
	if (s->kind != PD_K_STR) {
		it->i++;
		return pd_pv_int(ev, (unsigned char)*p);
	}
	pd_utf_get(p, s->s.n - it->i, &size);
	it->i += size;
	return pd_pv_str(ev, p, size);
}

static struct pd_pv *
next_entry(struct pd_ev *ev, struct pd_piter *it)
{
	const struct pd_ptab *t = it->state;
	const struct pd_pent *e;

	if (it->i >= t->n) {
		if (t->cut)
			pd_ev_cut(ev);
		return NULL;
	}
	e = &t->ent[it->i++];
	switch (it->n) {
	case PD_VIEW_KEYS:
		return e->key;
	case PD_VIEW_VALUES:
		return e->value;
	default:
		return pd_pv_pair(ev, e->key, e->value);
	}
}

static struct pd_pv *
next_range(struct pd_ev *ev, struct pd_piter *it)
{
	struct pd_pv *v = it->b;
	bool up = pd_int_sign(it->a->v[2]) > 0;
	int c = pd_int_cmp(v, it->a->v[1]);

	if (up ? c >= 0 : c <= 0)
		return NULL;
	it->b = pd_int_op(ev, PD_OP_ADD, v, it->a->v[2]);
	return v;
}

static struct pd_piter *
over(struct pd_ev *ev, const char *name, struct pd_pv *a,
    struct pd_pv *(*next)(struct pd_ev *, struct pd_piter *))
{
	struct pd_piter *it = pd_iter_new(ev, name, next);

	it->a = a;
	return it;
}

static struct pd_piter *
over_table(struct pd_ev *ev, struct pd_pv *v, int which)
{
	static const char *const names[] = { "dict_keyiterator",
	    "dict_valueiterator", "dict_itemiterator" };
	struct pd_piter *it = over(ev, pd_pv_is_set(v) ? "set_iterator" :
	    names[which], v, next_entry);

	it->state = pd_tab_of(ev, v);
	it->n = (size_t)which;
	return it;
}

struct pd_piter *
pd_ev_iter(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_piter *it;

	if (pd_pv_flag(v, PD_CORE_TYPE_ITER) && v->kind != PD_K_TYPE)
		pd_ev_no_process(ev, "__iter__");
	switch (v->kind) {
	case PD_K_CUT:
	case PD_K_UNBOUND:
		pd_ev_cut(ev);
	case PD_K_STR:
		return over(ev, pd_utf_ascii(v->s.p, v->s.n) ?
		    "str_ascii_iterator" : "str_iterator", v, next_char);
	case PD_K_BYTES:
		return over(ev, "bytes_iterator", v, next_char);
	case PD_K_BYTEARRAY:
		return over(ev, "bytearray_iterator", v, next_char);
	case PD_K_LIST:
		return over(ev, "list_iterator", v, next_seq);
	case PD_K_TUPLE:
		return over(ev, "tuple_iterator", v, next_seq);
	case PD_K_DEQUE:
		return over(ev, "_collections._deque_iterator", v, next_seq);
	case PD_K_DICT:
	case PD_K_SET:
	case PD_K_FROZENSET:
		return over_table(ev, v, PD_VIEW_KEYS);
	case PD_K_VIEW:
		return over_table(ev, v->view.dict, v->view.which);
	case PD_K_RANGE:
		it = over(ev, "range_iterator", v, next_range);
		it->b = v->v[0];
		return it;
	case PD_K_ITER:
		return v->iter;
	case PD_K_TYPE:
		if (pd_enum_is_class(ev, v))
			return over(ev, "list_iterator",
			    pd_enum_members(ev, v), next_seq);
		if (v->st != NULL && v->cls == NULL)
			pd_ev_no_process(ev, "__iter__");
		break;
	case PD_K_OBJECT:
		pd_ev_refuse(ev, v, "__iter__");
		pd_ev_refuse(ev, v, "__getitem__");
		if (pd_pv_is_core(v, PD_CORE_PROXY))
			return pd_ev_iter(ev, pd_obj_item(ev, v, 0));
		if (pd_nd_is(v))
			return over(ev, "iterator", pd_nd_list(ev, v),
			    next_seq);
		if (pd_pv_is_core(v, PD_CORE_GENERATOR) ||
		    pd_pv_flag(v, PD_CORE_TYPE_ITEM))
			pd_ev_no_process(ev, "__iter__");
		break;
	default:
		break;
	}
	pd_ev_raise(ev, "TypeError", "'%s' object is not iterable",
	    pd_pv_type_name(ev, v));
}

struct iterated {
	struct pd_pv	*of;
	struct pd_piter	*it;
};

static void
begin(struct pd_ev *ev, void *ctx)
{
	struct iterated *i = ctx;

	i->it = pd_ev_iter(ev, i->of);
}

struct pd_piter *
pd_ev_try_iter(struct pd_ev *ev, struct pd_pv *v)
{
	struct iterated i = { .of = v };

	return pd_ev_try(ev, begin, &i, "TypeError") ? i.it : NULL;
}

struct pd_pvec
pd_ev_list(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_piter *it = pd_ev_iter(ev, v);
	struct pd_pvec all = { 0 };
	struct pd_pv *x;

	while ((x = pd_iter_next(ev, it)) != NULL)
		pd_pvec_add(ev, &all, x);
	return all;
}

/* ---- ranges -------------------------------------------------------------- */

struct pd_pv *
pd_range_len(struct pd_ev *ev, struct pd_pv *r)
{
	bool up = pd_int_sign(r->v[2]) > 0;
	struct pd_pv *from = up ? r->v[0] : r->v[1];
	struct pd_pv *to = up ? r->v[1] : r->v[0], *n;

	if (pd_int_cmp(from, to) >= 0)
		return pd_pv_int(ev, 0);
	n = pd_int_op(ev, PD_OP_SUB, to, from);
	n = pd_int_op(ev, PD_OP_SUB, n, pd_pv_int(ev, 1));
	n = pd_int_op(ev, PD_OP_FLOORDIV, n, up ? r->v[2] :
	    pd_int_unary(ev, PD_OP_NEG, r->v[2]));
	return pd_int_op(ev, PD_OP_ADD, n, pd_pv_int(ev, 1));
}

struct pd_pv *
pd_range_at(struct pd_ev *ev, struct pd_pv *r, struct pd_pv *i)
{
	return pd_int_op(ev, PD_OP_ADD, r->v[0],
	    pd_int_op(ev, PD_OP_MUL, i, r->v[2]));
}

/* ---- sorting ------------------------------------------------------------- */

struct item {
	struct pd_pv	*key, *value;
};

/* Stable: with reverse, equal ones keep their order too. */
static void
merge(struct pd_ev *ev, struct item *a, struct item *room, size_t n,
    bool reverse)
{
	size_t half = (n + 1) / 2, i = 0, j = half, k = 0;
	bool right;

	if (n < 2)
		return;
	merge(ev, a, room, half, reverse);
	merge(ev, a + half, room, n - half, reverse);
	/* In order already, as it often is. */
	pd_ev_step(ev, n);
	if (!(reverse ? pd_ev_order(ev, PD_OP_LT, a[half - 1].key,
	    a[half].key) : pd_ev_order(ev, PD_OP_LT, a[half].key,
	    a[half - 1].key)))
		return;
	while (i < half && j < n) {
		pd_ev_step(ev, 1);
		right = reverse ?
		    pd_ev_order(ev, PD_OP_LT, a[i].key, a[j].key) :
		    pd_ev_order(ev, PD_OP_LT, a[j].key, a[i].key);
		room[k++] = right ? a[j++] : a[i++];
	}
	while (i < half)
		room[k++] = a[i++];
	memcpy(a, room, k * sizeof(*a));
}

void
pd_ev_sort(struct pd_ev *ev, struct pd_pv **v, size_t n, struct pd_pv *key,
    bool reverse)
{
	struct item *a = pd_ev_allocn(ev, n + 1, sizeof(*a));
	struct item *room = pd_ev_allocn(ev, n + 1, sizeof(*room));

	for (size_t i = 0; i < n; i++) {
		a[i].value = v[i];
		a[i].key = key == NULL || key->kind == PD_K_NONE ? v[i] :
		    pd_ev_call1(ev, key, v[i]);
	}
	merge(ev, a, room, n, reverse);
	for (size_t i = 0; i < n; i++)
		v[i] = a[i].value;
}
