/*
 * repr() of the dicts of collections.
 *
 * Called by eval-known.c.
 */
#include "core/eval-lib.h"

#include "base/str.h"

static bool
repr_is(const struct pd_pv *v, const char *what)
{
	return v->st->type != NULL && pd_str_eq(&v->st->type->repr, what);
}

static struct pd_pv *
plain_dict(struct pd_ev *ev, struct pd_pv *v)
{
	return pd_pv_tab(ev, PD_K_DICT, pd_tab_of(ev, v));
}

static void
repr_ordered(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *view;

	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "...");
		return;
	}
	pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, v));
	if (pd_pv_len(ev, v) > 0 && ev->hex >= 0x030c0000) {
		pd_ev_repr(ev, t, plain_dict(ev, v));
	} else if (pd_pv_len(ev, v) > 0) {
		struct pd_pvec l;

		view = pd_pv_new(ev, PD_K_VIEW);
		view->view.dict = v;
		view->view.which = PD_VIEW_ITEMS;
		l = pd_ev_list(ev, view);
		pd_ev_repr(ev, t, pd_pv_seq(ev, PD_K_LIST, l.v, l.n));
	}
	pd_pt_addc(ev, t, ')');
	pd_repr_leave(ev);
}

static void
repr_defaultdict(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *f = pd_obj_attr(ev, v, "default_factory");

	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "...");
		return;
	}
	pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, v));
	pd_ev_repr(ev, t, f != NULL ? f : pd_pv_const(PD_K_CUT));
	pd_pt_adds(ev, t, ", ");
	pd_ev_repr(ev, t, plain_dict(ev, v));
	pd_pt_addc(ev, t, ')');
	pd_repr_leave(ev);
}

/* Most common first; in their order, if they cannot be sorted. */
struct sorting {
	struct pd_pv	**v;
	size_t		  n;
};

static struct pd_pv *
second(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_seq_at(ev, c->p[0], 1);
}

static void
sort_counts(struct pd_ev *ev, void *arg)
{
	static const struct pd_pfunc key = { "key", second, "pair /" };
	struct sorting *s = arg;
	struct pd_pv *f = pd_pv_new(ev, PD_K_FUNC);

	f->func = &key;
	pd_ev_sort(ev, s->v, s->n, f, true);
}

static void
repr_counter(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	const struct pd_ptab *tab = pd_tab_of(ev, v);
	struct pd_ptab *sorted = pd_tab_new(ev, tab->n);
	struct sorting s = { pd_ev_allocn(ev, tab->n + 1,
	    sizeof(struct pd_pv *)), tab->n };

	pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, v));
	for (size_t i = 0; i < tab->n; i++)
		s.v[i] = pd_pv_pair(ev, tab->ent[i].key, tab->ent[i].value);
	pd_ev_try(ev, sort_counts, &s, "TypeError");
	for (size_t i = 0; i < s.n; i++)
		pd_tab_load(ev, sorted, pd_seq_at(ev, s.v[i], 0),
		    pd_seq_at(ev, s.v[i], 1));
	if (tab->n > 0)
		pd_ev_repr(ev, t, pd_pv_tab(ev, PD_K_DICT, sorted));
	pd_pt_addc(ev, t, ')');
}

bool
pd_known_dict(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	if (v->kind != PD_K_DICT)
		return false;
	if (repr_is(v, "collections.OrderedDict.__repr__"))
		repr_ordered(ev, t, v);
	else if (repr_is(v, "collections.defaultdict.__repr__"))
		repr_defaultdict(ev, t, v);
	else if (repr_is(v, "collections.Counter.__repr__") ||
	    (repr_is(v, "namedtuple") && pd_core_type_is(ev->store,
	    v->st->type, "collections", "Counter")))
		repr_counter(ev, t, v);
	else
		return false;
	return true;
}
