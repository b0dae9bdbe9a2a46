/*
 * == of dataclasses, where dataclasses made it: all fields that are compared.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-lib.h"

static bool
is_text(const struct pd_pv *v, const char *s)
{
	return v != NULL && v->kind == PD_K_STR && v->s.n == strlen(s) &&
	    memcmp(v->s.p, s, v->s.n) == 0;
}

/* The class' own fields, if its own == is a generated one; NULL. */
static struct pd_pv *
fields(struct pd_ev *ev, const struct pd_pv *v)
{
	struct pd_pv *cls, *eq, *code, *all;

	if (!pd_pv_flag(v, PD_CORE_TYPE_DATACLASS) ||
	    v->st->type->object == 0)
		return NULL;
	cls = pd_ev_obj(ev, v->st->type->object);
	eq = cls->kind == PD_K_TYPE ? pd_obj_attr(ev, cls, "__eq__") : NULL;
	if (eq == NULL || !pd_pv_is_core(eq, PD_CORE_FUNCTION))
		return NULL;
	code = pd_obj_attr(ev, eq, "__code__");
	all = pd_obj_attr(ev, cls, "__dataclass_fields__");
	if (code == NULL || !pd_pv_is_core(code, PD_CORE_CODE) ||
	    !is_text(pd_obj_attr(ev, code, "co_filename"), "<string>"))
		return NULL;
	return all != NULL && all->kind == PD_K_DICT ? all : NULL;
}

bool
pd_dataclass_is(struct pd_ev *ev, const struct pd_pv *v)
{
	return fields(ev, v) != NULL;
}

/* Not an InitVar, not a ClassVar, and not compare=False. */
static bool
is_compared(struct pd_ev *ev, struct pd_pv *field)
{
	struct pd_pv *what = NULL, *compare = NULL;

	if (pd_pv_is_core(field, PD_CORE_OBJECT)) {
		compare = pd_obj_attr(ev, field, "compare");
		what = pd_obj_attr(ev, field, "_field_type");
	}
	if (compare == NULL || what == NULL ||
	    !pd_pv_is_core(what, PD_CORE_OBJECT))
		pd_ev_cut(ev);
	return compare->kind == PD_K_BOOL && compare->i != 0 &&
	    is_text(pd_obj_attr(ev, what, "name"), "_FIELD");
}

bool
pd_dataclass_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *all = fields(ev, a), *x, *y;
	const struct pd_ptab *t;

	if (all == NULL || b->st == NULL || a->st->type != b->st->type)
		return false;
	t = pd_tab_of(ev, all);
	for (size_t i = 0; i < t->n; i++) {
		const char *name;

		if (t->ent[i].key->kind != PD_K_STR ||
		    !is_compared(ev, t->ent[i].value))
			continue;
		name = pd_pv_str_c(ev, t->ent[i].key);
		x = pd_ev_attr(ev, a, name);
		y = pd_ev_attr(ev, b, name);
		if (!pd_pv_same(x, y) && !pd_ev_eq(ev, x, y))
			return false;
	}
	if (t->cut)
		pd_ev_cut(ev);
	return true;
}
