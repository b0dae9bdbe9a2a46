/*
 * pdb's whatis over a core.
 *
 * Called by eval.c.
 */
#include "core/eval-room.h"

#include "base/str.h"

void
pd_ev_whatis(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *f = v, *name;
	const struct pd_core_type *type;

	if (v->kind == PD_K_BOUND)
		f = v->v[1];
	else if (pd_pv_is_core(v, PD_CORE_METHOD))
		f = pd_obj_attr(ev, v, "__func__");
	if (v->kind == PD_K_LAMBDA) {
		pd_pt_adds(ev, t, "Function <lambda>");
	} else if (f != NULL && pd_pv_is_core(f, PD_CORE_FUNCTION)) {
		name = pd_obj_attr(ev, f, "__name__");
		pd_pt_adds(ev, t, f != v ? "Method " : "Function ");
		if (name != NULL && name->kind == PD_K_STR)
			pd_pt_add(ev, t, name->s.p, name->s.n);
	} else if (v->kind == PD_K_TYPE) {
		type = v->cls == NULL ? pd_ev_type(ev,
		    (uint64_t)v->st->obj.i) : NULL;
		/* A class of a metaclass is told as a value is. */
		if (v->cls == NULL && v->st->type != NULL &&
		    !pd_str_eq(&v->st->type->qualname, "type")) {
			pd_ev_repr(ev, t, pd_pv_type(ev, v));
			return;
		}
		pd_pt_addf(ev, t, "Class %s.%s", type == NULL ?
		    v->cls != NULL && v->cls->module != NULL ?
		    v->cls->module : "builtins" : pd_str_c(&type->module),
		    type == NULL ? v->cls != NULL ? v->cls->name : "?" :
		    pd_str_c(&type->qualname));
	} else {
		pd_ev_repr(ev, t, pd_pv_type(ev, v));
	}
}
