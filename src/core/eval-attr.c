/*
 * Attributes, as object.__getattribute__ finds them, without running code.
 *
 * Called by the evaluator of cores.  A class that the core holds is looked
 * through along its MRO; a property, a __getattr__ or a descriptor of the
 * program's own would be code: there is no process to call it in.
 */
#include "core/eval-lib.h"

/* ---- classes ------------------------------------------------------------- */

const struct pd_core_type *
pd_type_of_class(struct pd_ev *ev, const struct pd_pv *cls)
{
	return cls->st != NULL && cls->st->obj.vkind == PD_CORE_V_INT &&
	    cls->st->obj.i > 0 ?
	    pd_ev_type(ev, (uint64_t)cls->st->obj.i) : NULL;
}

/* What the classes of an MRO have under a name, or NULL; *owner its class;
 * *unknown is set if a class is not in the core. */
static struct pd_pv *
in_mro(struct pd_ev *ev, const struct pd_core_type *t, const char *name,
    const struct pd_core_type **owner, bool *unknown)
{
	struct pd_pv *cls, *v;
	bool known;

	PD_VEC_EACH(&t->mro, uint64_t, n) {
		const struct pd_core_type *c = pd_ev_type(ev, *n);

		pd_ev_step(ev, 1);
		if (c == NULL)
			continue;
		/* Builtin types have their methods here. */
		if (pd_cls_find(pd_str_c(&c->module), pd_str_c(&c->qualname),
		    c->qualname.n) != NULL)
			continue;
		cls = c->object != 0 ? pd_ev_obj(ev, c->object) :
		    pd_pv_const(PD_K_CUT);
		/* Of types that are made in C only the name is there; those
		 * of a class statement have a __module__ at least. */
		if (cls->kind == PD_K_CUT || cls->st == NULL ||
		    cls->st->obj.attrs.left == 0) {
			v = pd_cname(ev, pd_str_c(&c->module),
			    pd_str_c(&c->qualname), name, &known);
			*unknown |= !known;
		} else {
			v = pd_obj_attr(ev, cls, name);
		}
		if (v != NULL && v->kind != PD_K_UNBOUND) {
			*owner = c;
			return v;
		}
	}
	return NULL;
}

static _Noreturn void
code(struct pd_ev *ev, const struct pd_core_type *owner, const char *name)
{
	struct pd_ptext t = { 0 };

	pd_type_full(ev, owner, &t);
	pd_pt_addf(ev, &t, ".%s", name);
	pd_ev_no_process(ev, t.p);
}

bool
pd_ev_special(struct pd_ev *ev, const struct pd_pv *v, const char *name)
{
	const struct pd_core_type *owner;
	bool unknown = false;

	if ((!pd_pv_is_core(v, PD_CORE_OBJECT) &&
	    !pd_pv_is_core(v, PD_CORE_DECIMAL) &&
	    !pd_pv_is_core(v, PD_CORE_DTYPE)) || v->st->type == NULL)
		return false;
	return in_mro(ev, v->st->type, name, &owner, &unknown) != NULL ||
	    unknown;
}

void
pd_ev_refuse(struct pd_ev *ev, const struct pd_pv *v, const char *name)
{
	if (pd_ev_special(ev, v, name))
		code(ev, v->st->type, name);
}

static struct pd_pv *
bound(struct pd_ev *ev, struct pd_pv *self, struct pd_pv *func)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_BOUND);

	v->v[0] = self;
	v->v[1] = func;
	return v;
}

/* Is it a descriptor that goes before what the object itself has? */
static bool
is_data(const struct pd_pv *d)
{
	return pd_pv_is_core(d, PD_CORE_PROPERTY);
}

/* A class attribute got by way of an instance (self) or the class. */
static struct pd_pv *
got(struct pd_ev *ev, struct pd_pv *d, struct pd_pv *self, struct pd_pv *cls,
    const struct pd_core_type *owner, const char *name)
{
	struct pd_pv *func;

	if (pd_pv_is_core(d, PD_CORE_FUNCTION))
		return self != NULL ? bound(ev, self, d) : d;
	if (pd_pv_is_core(d, PD_CORE_WRAPPER)) {
		func = pd_obj_attr(ev, d, "__func__");
		if (func == NULL)
			pd_ev_cut(ev);
		if (strcmp(pd_pv_type_name(ev, d), "classmethod") == 0)
			return bound(ev, cls, func);
		return func;
	}
	if (pd_pv_is_core(d, PD_CORE_PROPERTY) && self != NULL)
		code(ev, owner, name);
	/* Descriptors of other kinds: __get__ is code. */
	if (self != NULL && pd_pv_is_core(d, PD_CORE_OBJECT) &&
	    d->st->type != NULL) {
		const struct pd_core_type *at;
		bool unknown = false;

		if (in_mro(ev, d->st->type, "__get__", &at, &unknown) != NULL)
			code(ev, owner, name);
	}
	return d;
}

/* ---- what every value has ------------------------------------------------ */

static struct pd_pv *
method(struct pd_ev *ev, struct pd_pv *self, const char *name)
{
	const struct pd_pcls *c = pd_pv_cls(self);
	const struct pd_pfunc *fn;
	struct pd_pv *v;

	for (; c != NULL; c = c->base) {
		fn = c->methods != NULL ? pd_func_find(c->methods, name) :
		    NULL;
		if (fn == NULL)
			continue;
		v = pd_pv_new(ev, PD_K_METHOD);
		v->method.self = self;
		v->method.fn = fn;
		return v;
	}
	return NULL;
}

static struct pd_pv *
number_part(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	bool z = v->kind == PD_K_COMPLEX, integer = pd_pv_is_int(v);

	if (strcmp(name, "real") == 0)
		return z ? pd_pv_float(ev, v->f[0]) : integer ?
		    pd_int_unary(ev, PD_OP_POS, v) : v;
	if (strcmp(name, "imag") == 0)
		return integer ? pd_pv_int(ev, 0) :
		    pd_pv_float(ev, z ? v->f[1] : 0);
	if (integer && strcmp(name, "numerator") == 0)
		return pd_int_unary(ev, PD_OP_POS, v);
	if (integer && strcmp(name, "denominator") == 0)
		return pd_pv_int(ev, 1);
	return NULL;
}

/* start, stop, step; the parts of builtin values that are no methods. */
static struct pd_pv *
builtin_part(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const char *const three[] = { "start", "stop", "step" };

	if (pd_num_is(v))
		return number_part(ev, v, name);
	if (v->kind == PD_K_RANGE || v->kind == PD_K_SLICE)
		for (size_t i = 0; i < 3; i++)
			if (strcmp(name, three[i]) == 0)
				return v->v[i];
	if (v->kind == PD_K_BOUND && strcmp(name, "__self__") == 0)
		return v->v[0];
	if (v->kind == PD_K_BOUND && strcmp(name, "__func__") == 0)
		return v->v[1];
	if (v->kind == PD_K_BOUND)
		return pd_obj_attr(ev, v->v[1], name);
	if (v->kind == PD_K_FUNC && (strcmp(name, "__name__") == 0 ||
	    strcmp(name, "__qualname__") == 0))
		return pd_pv_strc(ev, v->func->name);
	if (v->kind == PD_K_METHOD && strcmp(name, "__name__") == 0)
		return pd_pv_strc(ev, v->method.fn->name);
	if (v->kind == PD_K_LAMBDA && (strcmp(name, "__name__") == 0 ||
	    strcmp(name, "__qualname__") == 0))
		return pd_pv_strc(ev, "<lambda>");
	return NULL;
}

/* The number of a namedtuple's field. */
static struct pd_pv *
tuple_field(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	size_t i = 0;

	if (v->kind != PD_K_TUPLE || !pd_pv_flag(v, PD_CORE_TYPE_NAMEDTUPLE))
		return NULL;
	if (name[0] == '_')
		return pd_namedtuple_attr(ev, v, name);
	PD_VEC_EACH(&v->st->type->fields, struct pd_str, f) {
		if (pd_str_eq(f, name))
			return i < pd_seq_len(v) ? pd_seq_at(ev, v, i) : NULL;
		i++;
	}
	return NULL;
}

/* name and value of an enum's member are code there. */
static struct pd_pv *
enum_part(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	if (!pd_pv_flag(v, PD_CORE_TYPE_ENUM))
		return NULL;
	if (strcmp(name, "name") == 0)
		return pd_obj_attr(ev, v, "_name_");
	if (strcmp(name, "value") == 0)
		return pd_obj_attr(ev, v, "_value_");
	return NULL;
}

/* ---- classes as values --------------------------------------------------- */

static struct pd_pv *
class_tuple(struct pd_ev *ev, const struct pd_core_type *t)
{
	struct pd_pvec l = { 0 };
	const struct pd_core_type *c;
	const struct pd_pcls *cls;
	struct pd_pv *v;

	PD_VEC_EACH(&t->mro, uint64_t, n) {
		c = pd_ev_type(ev, *n);
		cls = c == NULL ? NULL : pd_cls_find(pd_str_c(&c->module),
		    pd_str_c(&c->qualname), c->qualname.n);
		v = c != NULL && c->object != 0 ? pd_ev_obj(ev, c->object) :
		    pd_pv_const(PD_K_CUT);
		if (cls != NULL) {
			v = pd_pv_new(ev, PD_K_TYPE);
			v->cls = cls;
		}
		pd_pvec_add(ev, &l, v);
	}
	return pd_pv_seq(ev, PD_K_TUPLE, l.v, l.n);
}

static struct pd_pv *
unbound_method(struct pd_ev *ev, const struct pd_pcls *c, const char *name)
{
	const struct pd_pfunc *fn;
	struct pd_pv *v;

	for (; c != NULL; c = c->base) {
		fn = c->methods != NULL ? pd_func_find(c->methods, name) :
		    NULL;
		if (fn == NULL)
			continue;
		/* str.upper: its first argument is what a method is bound
		 * to; see eval-call.c. */
		v = pd_pv_new(ev, fn->of_class ? PD_K_FUNC : PD_K_METHOD);
		if (fn->of_class)
			v->func = fn;
		else
			v->method.fn = fn;
		return v;
	}
	return NULL;
}

static struct pd_pv *
class_name(struct pd_ev *ev, const struct pd_pv *v,
    const struct pd_core_type *t, const char *name)
{
	const char *dot;

	if (strcmp(name, "__name__") == 0) {
		if (t == NULL)
			return pd_pv_strc(ev, v->cls->name);
		dot = strrchr(pd_str_c(&t->qualname), '.');
		return pd_pv_strc(ev, dot != NULL ? dot + 1 :
		    pd_str_c(&t->qualname));
	}
	if (strcmp(name, "__qualname__") == 0)
		return pd_pv_strc(ev, t == NULL ? v->cls->name :
		    pd_str_c(&t->qualname));
	if (strcmp(name, "__module__") == 0)
		return pd_pv_strc(ev, t != NULL ? pd_str_c(&t->module) :
		    v->cls->module != NULL ? v->cls->module : "builtins");
	if (strcmp(name, "__mro__") == 0 && t != NULL)
		return class_tuple(ev, t);
	return NULL;
}

static struct pd_pv *
class_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	const struct pd_core_type *t = pd_type_of_class(ev, v), *owner = NULL;
	bool unknown = false;
	struct pd_pv *r, *members;
	struct pd_pent *e;

	if (t == NULL && v->cls == NULL)
		pd_ev_cut(ev);
	r = class_name(ev, v, t, name);
	if (r != NULL || t == NULL)
		return r != NULL ? r : unbound_method(ev, v->cls, name);
	if ((t->flags & PD_CORE_TYPE_ENUM) != 0 &&
	    strcmp(name, "__members__") == 0)
		return pd_lib_proxy(ev, pd_obj_attr(ev, v, "_member_map_"));
	if ((t->flags & PD_CORE_TYPE_ENUM) != 0) {
		members = pd_obj_attr(ev, v, "_member_map_");
		e = members == NULL || members->kind != PD_K_DICT ? NULL :
		    pd_tab_find(ev, pd_tab_of(ev, members),
		    pd_pv_strc(ev, name));
		if (e != NULL)
			return e->value;
	}
	r = in_mro(ev, t, name, &owner, &unknown);
	if (r != NULL)
		return got(ev, r, NULL, v, owner, name);
	r = v->cls != NULL ? unbound_method(ev, v->cls, name) : NULL;
	if (r == NULL && unknown)
		pd_ev_stop(ev, "whether %s has an attribute '%s' is not in "
		    "the core", pd_str_c(&t->qualname), name);
	return r;
}

/* ---- instances ----------------------------------------------------------- */

static struct pd_pv *
own(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	struct pd_pv *r = pd_obj_attr(ev, v, name);

	return r != NULL && r->kind != PD_K_UNBOUND ? r : NULL;
}

static struct pd_pv *
instance_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	const struct pd_core_type *t = v->st->type, *owner = NULL;
	bool unknown = false;
	struct pd_pv *d = NULL, *r;
	const struct pd_pfunc *fn;

	r = enum_part(ev, v, name);
	if (pd_pv_is_core(v, PD_CORE_PROXY) &&
	    (fn = pd_func_find(pd_dict_methods, name)) != NULL &&
	    fn->fn != NULL)
		r = pd_ev_find_attr(ev, pd_obj_item(ev, v, 0), name);
	if (r == NULL)
		r = tuple_field(ev, v, name);
	/* What is known here may be a property there. */
	if (r == NULL)
		r = pd_known_attr(ev, v, name);
	if (r != NULL)
		return r;
	if (t != NULL)
		d = in_mro(ev, t, name, &owner, &unknown);
	if (d != NULL && is_data(d))
		return got(ev, d, v, NULL, owner, name);
	r = own(ev, v, name);
	if (r != NULL)
		return r;
	/* An empty slot is no attribute. */
	if (d != NULL && pd_pv_is_core(d, PD_CORE_DESCR))
		return NULL;
	if (d != NULL)
		return got(ev, d, v, t->object != 0 ? pd_ev_obj(ev,
		    t->object) : pd_pv_const(PD_K_CUT), owner, name);
	r = builtin_part(ev, v, name);
	if (r == NULL)
		r = method(ev, v, name);
	if (r == NULL && pd_pv_is_core(v, PD_CORE_METHOD)) {
		d = pd_obj_attr(ev, v, "__func__");
		r = d != NULL ? pd_ev_find_attr(ev, d, name) : NULL;
	}
	if (r == NULL && pd_pv_flag(v, PD_CORE_TYPE_GETATTR))
		code(ev, t, "__getattr__");
	if (r == NULL && unknown && t != NULL &&
	    (t->flags & PD_CORE_TYPE_HEAP) == 0)
		code(ev, t, name);
	if (r == NULL && (unknown || (v->st->obj.cut != 0 &&
	    v->kind == PD_K_OBJECT) || (pd_pv_is_core(v, PD_CORE_CODE) &&
	    strncmp(name, "co_", 3) == 0)))
		pd_ev_stop(ev, "whether the '%s' object has an attribute '%s' "
		    "is not in the core", pd_pv_type_name(ev, v), name);
	return r;
}

static struct pd_pv *
dunder(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	if (strcmp(name, "__class__") == 0)
		return pd_pv_type(ev, v);
	if (strcmp(name, "__dict__") == 0 && pd_ev_has_dict(ev, v))
		return pd_ev_vars(ev, v);
	if (strcmp(name, "__doc__") == 0 && v->kind != PD_K_TYPE &&
	    v->st == NULL)
		pd_ev_stop(ev, "__doc__ is not in the core");
	return NULL;
}

/* What the builtin classes have, and is not done here. */
static struct pd_pv *
undone(struct pd_ev *ev, const struct pd_pv *v, const char *name)
{
	const struct pd_pcls *c = v->kind == PD_K_TYPE ?
	    &pd_cls[PD_C_TYPE] : pd_pv_cls(v);
	const struct pd_pv *cls = v;
	struct pd_pv *r = NULL;
	bool known;

	for (; c != NULL && r == NULL; c = c->base)
		r = pd_cname(ev, c->module != NULL ? c->module : "builtins",
		    c->name, name, &known);
	if (pd_pv_is_core(v, PD_CORE_EXCEPTION) && r == NULL)
		r = pd_cname(ev, "builtins", "BaseException", name, &known);
	/* int.__add__ */
	for (c = cls->kind == PD_K_TYPE ? cls->cls : NULL; c != NULL &&
	    r == NULL; c = c->base)
		r = pd_cname(ev, c->module != NULL ? c->module : "builtins",
		    c->name, name, &known);
	return r;
}

struct pd_pv *
pd_ev_find_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	struct pd_pv *r;

	if (v->kind == PD_K_CUT || v->kind == PD_K_UNBOUND)
		pd_ev_cut(ev);
	pd_ev_enter(ev);
	r = dunder(ev, v, name);
	if (r == NULL && v->kind == PD_K_TYPE)
		r = class_attr(ev, v, name);
	else if (r == NULL && v->st != NULL)
		r = instance_attr(ev, v, name);
	else if (r == NULL)
		r = builtin_part(ev, v, name);
	if (r == NULL && v->st == NULL && v->kind != PD_K_TYPE)
		r = method(ev, v, name);
	if (r == NULL)
		r = undone(ev, v, name);
	pd_ev_leave(ev);
	return r;
}

struct pd_pv *
pd_ev_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	struct pd_pv *r = pd_ev_find_attr(ev, v, name), *of;

	if (r != NULL)
		return r;
	if (v->kind == PD_K_TYPE) {
		of = pd_ev_attr(ev, v, "__name__");
		pd_ev_raise(ev, "AttributeError", "type object '%s' has no "
		    "attribute '%s'", of->s.p, name);
	}
	if (pd_pv_is_core(v, PD_CORE_MODULE)) {
		of = pd_obj_attr(ev, v, "__name__");
		if (of != NULL && of->kind == PD_K_STR)
			pd_ev_raise(ev, "AttributeError", "module '%.*s' has "
			    "no attribute '%s'", (int)(of->s.n > 200 ? 200 :
			    of->s.n), of->s.p, name);
	}
	pd_ev_raise(ev, "AttributeError", "'%s' object has no attribute '%s'",
	    pd_pv_type_name(ev, v), name);
}
