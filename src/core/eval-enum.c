/*
 * Classes of enum: their members by name and value, and flags.
 *
 * Called by the evaluator of cores.  What a class of the program's does in its
 * own way is code.
 */
#include "core/eval-lib.h"

static const struct pd_core_type *
enum_type(struct pd_ev *ev, const struct pd_pv *cls)
{
	const struct pd_core_type *t = cls->kind == PD_K_TYPE ?
	    pd_type_of_class(ev, cls) : NULL;

	return t != NULL && (t->flags & PD_CORE_TYPE_ENUM) != 0 ? t : NULL;
}

/* The metaclass is the library's own? */
bool
pd_enum_is_class(struct pd_ev *ev, const struct pd_pv *cls)
{
	const struct pd_core_type *t = enum_type(ev, cls);
	const struct pd_core_type *meta = t == NULL ? NULL :
	    pd_ev_type(ev, t->meta);

	return meta != NULL && pd_str_eq(&meta->module, "enum");
}

static struct pd_ptab *
members(struct pd_ev *ev, struct pd_pv *cls)
{
	struct pd_pv *map = pd_obj_attr(ev, cls, "_member_map_");
	struct pd_ptab *t;

	if (map == NULL || map->kind != PD_K_DICT)
		pd_ev_cut(ev);
	t = pd_tab_of(ev, map);
	if (t->cut)
		pd_ev_cut(ev);
	return t;
}

/* Without other names of the same. */
struct pd_pv *
pd_enum_members(struct pd_ev *ev, struct pd_pv *cls)
{
	struct pd_pv *names = pd_obj_attr(ev, cls, "_member_names_"), **all;
	const struct pd_ptab *map = members(ev, cls);
	const struct pd_pent *e;
	struct pd_pvec l = { 0 };
	size_t n;

	if (names == NULL || names->kind != PD_K_LIST)
		pd_ev_cut(ev);
	all = pd_seq_all(ev, names, &n);
	for (size_t i = 0; i < n; i++) {
		e = pd_tab_find(ev, map, all[i]);
		if (e == NULL)
			pd_ev_cut(ev);
		pd_pvec_add(ev, &l, e->value);
	}
	return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
}

struct pd_pv *
pd_enum_item(struct pd_ev *ev, struct pd_pv *cls, struct pd_pv *name)
{
	const struct pd_pent *e = pd_tab_find(ev, members(ev, cls), name);
	struct pd_pv *r;

	if (e != NULL)
		return e->value;
	r = pd_ev_repr_str(ev, name);
	pd_ev_raise(ev, "KeyError", "%.*s", (int)(r->s.n > 4096 ? 4096 :
	    r->s.n), r->s.p);
}

/* The member that has the value; NULL. */
static struct pd_pv *
by_value(struct pd_ev *ev, struct pd_pv *cls, struct pd_pv *value)
{
	const struct pd_ptab *t = members(ev, cls);
	struct pd_pv *map, *x;

	for (size_t i = 0; i < t->n; i++) {
		pd_ev_step(ev, 1);
		x = t->ent[i].value->kind != PD_K_CUT ?
		    pd_obj_attr(ev, t->ent[i].value, "_value_") : NULL;
		if (x == NULL)
			pd_ev_cut(ev);
		if (pd_pv_same(x, value) || pd_ev_eq(ev, x, value))
			return t->ent[i].value;
	}
	/* Combinations of flags are there once the program has made them. */
	map = pd_obj_attr(ev, cls, "_value2member_map_");
	if (map != NULL && map->kind == PD_K_DICT && pd_pv_is_int(value)) {
		const struct pd_pent *e = pd_tab_find(ev, pd_tab_of(ev, map),
		    value);

		if (e != NULL)
			return e->value;
	}
	return NULL;
}

static bool
is_flag(struct pd_ev *ev, const struct pd_core_type *t)
{
	return pd_core_type_is(ev->store, t, "enum", "Flag");
}

struct pd_pv *
pd_enum_call(struct pd_ev *ev, struct pd_pv *cls, struct pd_pcall *c)
{
	const struct pd_core_type *t = enum_type(ev, cls);
	struct pd_pv *r, *missing;

	if (c->narg != 1 || c->nkw != 0)
		return NULL;
	/* A member is what it stands for. */
	if (c->arg[0]->st != NULL && c->arg[0]->st->type == t)
		return c->arg[0];
	r = by_value(ev, cls, c->arg[0]);
	if (r != NULL || is_flag(ev, t))
		return r;
	missing = pd_ev_find_attr(ev, cls, "_missing_");
	if (missing == NULL || missing->kind != PD_K_BOUND ||
	    (r = pd_obj_attr(ev, missing->v[1], "__module__")) == NULL ||
	    r->kind != PD_K_STR || r->s.n != 4 ||
	    memcmp(r->s.p, "enum", 4) != 0)
		return NULL;
	r = pd_ev_repr_str(ev, c->arg[0]);
	pd_ev_raise(ev, "ValueError", "%.*s is not a valid %s",
	    (int)(r->s.n > 4096 ? 4096 : r->s.n), r->s.p,
	    pd_str_c(&t->qualname));
}

bool
pd_enum_contains(struct pd_ev *ev, struct pd_pv *cls, struct pd_pv *x)
{
	const struct pd_core_type *t = enum_type(ev, cls);

	if (x->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (ev->hex < 0x030c0000 && !pd_pv_flag(x, PD_CORE_TYPE_ENUM))
		pd_ev_raise(ev, "TypeError", "unsupported operand type(s) for "
		    "'in': '%s' and '%s'", pd_pv_short_name(ev, x),
		    pd_pv_short_name(ev, cls));
	if (x->st != NULL && x->st->type == t)
		return true;
	return by_value(ev, cls, x) != NULL;
}

/* ---- flags --------------------------------------------------------------- */

/* Its value, if it is a flag whose operators are the library's; NULL. */
static struct pd_pv *
flag_value(struct pd_ev *ev, struct pd_pv *v, const char *method)
{
	const struct pd_core_type *t = v->st != NULL ? v->st->type : NULL;
	struct pd_pv *f, *value, *module, *cls;

	if (!pd_pv_flag(v, PD_CORE_TYPE_ENUM) || !is_flag(ev, t) ||
	    t->object == 0)
		return NULL;
	cls = pd_ev_obj(ev, t->object);
	f = cls->kind == PD_K_TYPE ? pd_ev_find_attr(ev, cls, method) : NULL;
	module = f == NULL || f->st == NULL ? NULL :
	    pd_obj_attr(ev, f, "__module__");
	if (module == NULL || module->kind != PD_K_STR ||
	    module->s.n != 4 || memcmp(module->s.p, "enum", 4) != 0)
		return NULL;
	value = pd_obj_attr(ev, v, "_value_");
	return value != NULL && pd_pv_is_int(value) ? value : NULL;
}

struct pd_pv *
pd_flag_binary(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	const char *name = op == PD_OP_OR ? "__or__" : op == PD_OP_AND ?
	    "__and__" : op == PD_OP_XOR ? "__xor__" : NULL;
	struct pd_pv *x, *y;

	if (name == NULL || a->st == NULL || b->st == NULL ||
	    a->st->type != b->st->type ||
	    (x = flag_value(ev, a, name)) == NULL ||
	    (y = flag_value(ev, b, name)) == NULL)
		return NULL;
	return by_value(ev, pd_ev_obj(ev, a->st->type->object),
	    pd_int_op(ev, op, x, y));
}

bool
pd_flag_contains(struct pd_ev *ev, struct pd_pv *in, struct pd_pv *x,
    bool *answer)
{
	struct pd_pv *a, *b;

	if (in->st == NULL || x->st == NULL || in->st->type != x->st->type ||
	    (a = flag_value(ev, in, "__contains__")) == NULL ||
	    (b = flag_value(ev, x, "__contains__")) == NULL)
		return false;
	*answer = pd_int_cmp(pd_int_op(ev, PD_OP_AND, a, b), b) == 0;
	return true;
}

bool
pd_flag_true(struct pd_ev *ev, struct pd_pv *v, bool *answer)
{
	struct pd_pv *value = flag_value(ev, v, "__bool__");

	if (value != NULL)
		*answer = pd_int_sign(value) != 0;
	return value != NULL;
}
