/*
 * Operators of sets, and of what is like a set: keys() and items().
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-room.h"

/* All items of a set or view; t may be another's. */
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

/* Is every item of s in t? */
static bool
within(struct pd_ev *ev, const struct pd_ptab *s, const struct pd_ptab *t)
{
	if (s->n > t->n)
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (pd_tab_find(ev, t, s->ent[i].key) == NULL)
			return false;
	return true;
}

bool
pd_set_order(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_ptab *s = table(ev, a), *t = table(ev, b);

	switch (op) {
	case PD_OP_LT:
		return s->n < t->n && within(ev, s, t);
	case PD_OP_LE:
		return within(ev, s, t);
	case PD_OP_GT:
		return t->n < s->n && within(ev, t, s);
	default:
		return within(ev, t, s);
	}
}
