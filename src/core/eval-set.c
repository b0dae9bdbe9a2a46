/*
 * Operators of sets, and of what is like a set: keys() and items().
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-room.h"

/* ---- the order of CPython's table ---------------------------------------- */

struct slots {
	const struct pd_pent	**at;
	size_t			  mask, fill;
};

/* Where an entry goes: nine slots side by side, then elsewhere. */
static void
settle(struct slots *s, const struct pd_pent *e)
{
	size_t perturb = e->hash, i = e->hash & s->mask, near;

	for (;;) {
		near = i + 9 <= s->mask ? 9 : 0;
		for (size_t k = 0; k <= near; k++)
			if (s->at[i + k] == NULL) {
				s->at[i + k] = e;
				s->fill++;
				return;
			}
		perturb >>= 5;
		i = (i * 5 + 1 + perturb) & s->mask;
	}
}

static void
grow(struct pd_ev *ev, struct slots *s)
{
	struct slots old = *s;
	size_t least = s->fill * (s->fill > 50000 ? 2 : 4), size = 8;

	while (size <= least)
		size *= 2;
	s->at = pd_ev_allocn(ev, size, sizeof(*s->at));
	s->mask = size - 1;
	s->fill = 0;
	for (size_t i = 0; i <= old.mask; i++)
		if (old.at[i] != NULL)
			settle(s, old.at[i]);
}

void
pd_set_arrange(struct pd_ev *ev, struct pd_pv *v)
{
	struct slots s = { pd_ev_allocn(ev, 8, sizeof(*s.at)), 7, 0 };
	struct pd_ptab *t = v->tab, *r;

	v->flags |= PD_PF_ARRANGED;
	/* Other hashes are not those of the process that is gone. */
	for (size_t i = 0; i < t->n; i++)
		if (!pd_pv_is_int(t->ent[i].key) &&
		    t->ent[i].key->kind != PD_K_FLOAT)
			return;
	for (size_t i = 0; i < t->n; i++) {
		pd_ev_step(ev, 4);
		settle(&s, &t->ent[i]);
		if (s.fill * 5 >= s.mask * 3)
			grow(ev, &s);
	}
	r = pd_tab_new(ev, t->n);
	for (size_t i = 0; i <= s.mask; i++)
		if (s.at[i] != NULL)
			pd_tab_load(ev, r, s.at[i]->key, NULL);
	v->tab = r;
}

/* ---- operators ----------------------------------------------------------- */

bool
pd_set_like(const struct pd_pv *v)
{
	return pd_pv_is_set(v) || (v->kind == PD_K_VIEW &&
	    v->view.which != PD_VIEW_VALUES);
}

/* All items of a set or another iterable; t may be another's. */
static struct pd_ptab *
table(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_ptab *t;

	if (pd_pv_is_set(v)) {
		t = pd_tab_of(ev, v);
		if (t->cut)
			pd_ev_cut(ev);
		return t;
	}
	t = pd_tab_new(ev, 0);
	pd_tab_update(ev, t, v);
	return t;
}

static void
copy(struct pd_ev *ev, struct pd_ptab *to, const struct pd_ptab *from,
    const struct pd_ptab *other, bool in)
{
	for (size_t i = 0; i < from->n; i++)
		if (other == NULL || (pd_tab_find(ev, other,
		    from->ent[i].key) != NULL) == in)
			pd_tab_put(ev, to, from->ent[i].key, NULL);
}

struct pd_pv *
pd_set_op(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_ptab *s = table(ev, a), *t = table(ev, b);
	struct pd_ptab *r = pd_tab_new(ev, s->n);

	switch (op) {
	case PD_OP_OR:
		copy(ev, r, s, NULL, true);
		copy(ev, r, t, NULL, true);
		break;
	case PD_OP_AND:
		copy(ev, r, s, t, true);
		break;
	case PD_OP_SUB:
		copy(ev, r, s, t, false);
		break;
	default:
		copy(ev, r, s, t, false);
		copy(ev, r, t, s, false);
		break;
	}
	return pd_pv_tab(ev, a->kind == PD_K_FROZENSET ? PD_K_FROZENSET :
	    PD_K_SET, r);
}

/* Objects/dictobject.c: the items of the one that are in the other, which is a
 * view.  What is not hashed need not be hashable. */
struct pd_pv *
pd_view_and(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_ptab *r = pd_tab_new(ev, 0);
	bool both = pd_set_like(a) && pd_set_like(b);
	struct pd_piter *it;
	struct pd_pv *x;

	if (a->kind != PD_K_VIEW || !pd_set_like(a) || (both &&
	    pd_pv_len(ev, b) > pd_pv_len(ev, a))) {
		x = a;
		a = b;
		b = x;
	}
	it = pd_ev_iter(ev, b);
	while ((x = pd_iter_next(ev, it)) != NULL)
		if (pd_ev_contains(ev, a, x))
			pd_tab_put(ev, r, x, NULL);
	return pd_pv_tab(ev, PD_K_SET, r);
}

/* Is every item of a, which has no more than `most`, in b? */
static bool
within(struct pd_ev *ev, struct pd_pv *a, uint64_t most, struct pd_pv *b)
{
	struct pd_piter *it;
	struct pd_pv *x;

	if (pd_pv_len(ev, a) > most)
		return false;
	it = pd_ev_iter(ev, a);
	while ((x = pd_iter_next(ev, it)) != NULL)
		if (!pd_ev_contains(ev, b, x))
			return false;
	return true;
}

bool
pd_set_order(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	bool less = op == PD_OP_LT || op == PD_OP_LE;
	struct pd_pv *s = less ? a : b, *t = less ? b : a;
	uint64_t n = pd_pv_len(ev, t);

	if (op != PD_OP_LT && op != PD_OP_GT)
		return within(ev, s, n, t);
	return n > 0 && within(ev, s, n - 1, t);
}
