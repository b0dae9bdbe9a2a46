/*
 * vars() and dir() over a core.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-room.h"

#include <string.h>

/* The class that gives its objects one has a descriptor of that name; of one
 * made in C there are no names, and those that the format knows give none. */
static bool
gives_dict(struct pd_ev *ev, const struct pd_pv *v,
    const struct pd_core_type *c)
{
	struct pd_pv *cls;

	if (c == NULL || pd_cls_find(pd_str_c(&c->module),
	    pd_str_c(&c->qualname), c->qualname.n) != NULL)
		return false;
	cls = c->object != 0 ? pd_ev_obj(ev, c->object) :
	    pd_pv_const(PD_K_CUT);
	if (cls->st == NULL || cls->st->obj.attrs.left == 0)
		return pd_pv_is_core(v, PD_CORE_OBJECT);
	return pd_obj_attr(ev, cls, "__dict__") != NULL;
}

bool
pd_ev_has_dict(struct pd_ev *ev, const struct pd_pv *v)
{
	if (v->st == NULL)
		return false;
	if (v->st->obj.dict != 0 || v->kind == PD_K_TYPE ||
	    pd_pv_is_core(v, PD_CORE_EXCEPTION))
		return true;
	if (v->st->type != NULL)
		PD_VEC_EACH(&v->st->type->mro, uint64_t, n)
			if (gives_dict(ev, v, pd_ev_type(ev, *n)))
				return true;
	return false;
}

/* An attribute in the core that is the builtin class' own. */
static bool
is_of_class(struct pd_ev *ev, const struct pd_pv *v,
    const struct pd_core_ref *key)
{
	static const char exception[] = " args __cause__ __context__ "
	    "__suppress_context__ ";
	const char *own = v->kind == PD_K_DICT ? " default_factory " :
	    v->kind == PD_K_DEQUE ? " maxlen " :
	    pd_pv_is_core(v, PD_CORE_NDARRAY) ? " dtype " :
	    pd_pv_is_core(v, PD_CORE_EXCEPTION) ? exception : NULL;
	const char *name, *at;
	size_t n;

	if (own == NULL || (name = pd_core_ref_str(ev->store, key, &n)) ==
	    NULL || n == 0)
		return false;
	at = memmem(own, strlen(own), name, n);
	return at != NULL && at > own && at[-1] == ' ' && at[n] == ' ';
}

struct pd_pv *
pd_ev_vars(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_core_refs refs;
	struct pd_core_ref key, value;
	struct pd_err err = { "" };
	struct pd_ptab *t;
	struct pd_pv *dict;

	if (v->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (!pd_ev_has_dict(ev, v))
		pd_ev_raise(ev, "TypeError", "vars() argument must have "
		    "__dict__ attribute");
	if (v->st->obj.dict != 0)
		return pd_ev_obj(ev, v->st->obj.dict);
	dict = pd_obj_attr(ev, v, "__dict__");
	if (dict != NULL && dict->kind == PD_K_DICT)
		return dict;
	t = pd_tab_new(ev, 0);
	refs = v->st->obj.attrs;
	while (pd_core_refs_next(&refs, &key, &err) > 0 &&
	    pd_core_refs_next(&refs, &value, &err) > 0) {
		pd_ev_step(ev, 1);
		if (!is_of_class(ev, v, &key))
			pd_tab_load(ev, t, pd_ev_ref(ev, &key),
			    pd_ev_ref(ev, &value));
	}
	return pd_pv_tab(ev, PD_K_DICT, t);
}

static void
add_names(struct pd_ev *ev, struct pd_ptab *t, struct pd_pv *v)
{
	struct pd_core_refs refs;
	struct pd_core_ref key, value;
	struct pd_err err = { "" };
	struct pd_pv *dict;

	if (v->st == NULL)
		return;
	refs = v->st->obj.attrs;
	while (pd_core_refs_next(&refs, &key, &err) > 0 &&
	    pd_core_refs_next(&refs, &value, &err) > 0)
		if (value.kind != PD_CORE_R_UNBOUND)
			pd_tab_put(ev, t, pd_ev_ref(ev, &key), NULL);
	if (v->st->obj.dict != 0) {
		dict = pd_ev_obj(ev, v->st->obj.dict);
		if (dict->kind == PD_K_DICT)
			pd_tab_update(ev, t, dict);
	}
}

struct pd_pv *
pd_ev_dir(struct pd_ev *ev, struct pd_pv *v)
{
	const struct pd_core_type *t = v->kind == PD_K_TYPE ?
	    pd_type_of_class(ev, v) : v->st != NULL ? v->st->type : NULL;
	const struct pd_pcls *cls = v->kind == PD_K_TYPE ? v->cls :
	    pd_pv_cls(v);
	struct pd_ptab *names = pd_tab_new(ev, 0);
	struct pd_pvec l;
	struct pd_pv *set;

	if (v->kind == PD_K_CUT)
		pd_ev_cut(ev);
	add_names(ev, names, v);
	if (t != NULL && !pd_pv_is_core(v, PD_CORE_MODULE))
		PD_VEC_EACH(&t->mro, uint64_t, n) {
			const struct pd_core_type *c = pd_ev_type(ev, *n);

			if (c != NULL && c->object != 0)
				add_names(ev, names, pd_ev_obj(ev,
				    c->object));
		}
	for (; cls != NULL; cls = cls->base)
		for (const struct pd_pfunc *f = cls->methods; f != NULL &&
		    f->name != NULL; f++)
			pd_tab_put(ev, names, pd_pv_strc(ev, f->name), NULL);
	set = pd_pv_tab(ev, PD_K_SET, names);
	l = pd_ev_list(ev, set);
	pd_ev_sort(ev, l.v, l.n, NULL, false);
	return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
}
