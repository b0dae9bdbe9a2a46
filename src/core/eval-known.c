/*
 * repr() of what the standard library defines.
 *
 * Called by the evaluator of cores.  Each is done as that library's code does
 * it, from what the core holds.
 */
#include "core/eval-array.h"
#include "core/eval-lib.h"

#include "base/str.h"

static bool
repr_is(const struct pd_pv *v, const char *what)
{
	return v->st->type != NULL && pd_str_eq(&v->st->type->repr, what);
}

static bool
type_is(struct pd_ev *ev, const struct pd_pv *v, const char *module,
    const char *name)
{
	return pd_core_type_is(ev->store, v->st->type, module, name);
}

static void
add(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, const char *name)
{
	struct pd_pv *x = pd_obj_attr(ev, v, name);

	pd_ev_repr(ev, t, x != NULL ? x : pd_pv_const(PD_K_CUT));
}

static unsigned long long
address(const struct pd_pv *v)
{
	return v->st != NULL ? (unsigned long long)v->st->obj.addr : 0;
}

/* ---- classes made by decorators and such --------------------------------- */

/* The last two dotted names at most: __class__.__qualname__. */
static void
add_qualname(struct pd_ev *ev, struct pd_ptext *t, const struct pd_pv *v)
{
	pd_pt_adds(ev, t, pd_str_c(&v->st->type->qualname));
}

static void
repr_dataclass(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	bool first = true;

	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "...");
		return;
	}
	add_qualname(ev, t, v);
	pd_pt_addc(ev, t, '(');
	PD_VEC_EACH(&v->st->type->fields, struct pd_str, f) {
		pd_pt_addf(ev, t, "%s%s=", first ? "" : ", ", pd_str_c(f));
		first = false;
		add(ev, t, v, pd_str_c(f));
	}
	pd_pt_addc(ev, t, ')');
	pd_repr_leave(ev);
}

static void
repr_namedtuple(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	size_t i = 0;

	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "(...)");
		return;
	}
	pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, v));
	PD_VEC_EACH(&v->st->type->fields, struct pd_str, f) {
		pd_pt_addf(ev, t, "%s%s=", i > 0 ? ", " : "", pd_str_c(f));
		pd_ev_repr(ev, t, i < pd_seq_len(v) ? pd_seq_at(ev, v, i) :
		    pd_pv_const(PD_K_CUT));
		i++;
	}
	pd_pt_addc(ev, t, ')');
	pd_repr_leave(ev);
}

static void
repr_enum(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *name = pd_obj_attr(ev, v, "_name_");

	pd_pt_addf(ev, t, "<%s", pd_pv_short_name(ev, v));
	if (name != NULL && name->kind == PD_K_STR) {
		pd_pt_addc(ev, t, '.');
		pd_pt_add(ev, t, name->s.p, name->s.n);
	}
	pd_pt_adds(ev, t, ": ");
	add(ev, t, v, "_value_");
	pd_pt_addc(ev, t, '>');
}

static void
repr_namespace(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *vars = pd_ev_vars(ev, v);
	const struct pd_ptab *tab;
	const char *name = type_is(ev, v, "types", "SimpleNamespace") &&
	    pd_str_eq(&v->st->type->qualname, "SimpleNamespace") ?
	    "namespace" : pd_pv_short_name(ev, v);

	if (!pd_repr_enter(ev, v)) {
		pd_pt_addf(ev, t, "%s(...)", name);
		return;
	}
	pd_pt_addf(ev, t, "%s(", name);
	tab = vars->kind == PD_K_DICT ? pd_tab_of(ev, vars) : NULL;
	for (size_t i = 0; tab != NULL && i < tab->n && !t->full; i++) {
		if (i > 0)
			pd_pt_adds(ev, t, ", ");
		pd_ev_str(ev, t, tab->ent[i].key);
		pd_pt_addc(ev, t, '=');
		pd_ev_repr(ev, t, tab->ent[i].value);
	}
	pd_pt_addc(ev, t, ')');
	pd_repr_leave(ev);
}

/* ---- what is defined in C ------------------------------------------------ */

static void
repr_exception(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *args = pd_obj_attr(ev, v, "args");

	pd_pt_adds(ev, t, pd_pv_short_name(ev, v));
	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "(...)");
		return;
	}
	if (args == NULL || args->kind != PD_K_TUPLE) {
		pd_pt_adds(ev, t, "(...)");
	} else if (pd_seq_len(args) == 1) {
		pd_pt_addc(ev, t, '(');
		pd_ev_repr(ev, t, pd_seq_at(ev, args, 0));
		pd_pt_addc(ev, t, ')');
	} else {
		pd_ev_repr(ev, t, args);
	}
	pd_repr_leave(ev);
}

static void
repr_function(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	pd_pt_addf(ev, t, "<%s ", pd_pv_short_name(ev, v));
	pd_known_add(ev, t, v, "__qualname__");
	pd_pt_addf(ev, t, " at 0x%llx>", address(v));
}

static void
repr_generator(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	pd_pt_addf(ev, t, "<%s object ", pd_pv_short_name(ev, v));
	pd_known_add(ev, t, v, "__qualname__");
	pd_pt_addf(ev, t, " at 0x%llx>", address(v));
}

static void
repr_method(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *f = pd_obj_attr(ev, v, "__func__");

	pd_pt_adds(ev, t, "<bound method ");
	if (f != NULL && f->st != NULL)
		pd_known_add(ev, t, f, "__qualname__");
	else
		pd_pt_addc(ev, t, '?');
	pd_pt_adds(ev, t, " of ");
	add(ev, t, v, "__self__");
	pd_pt_addc(ev, t, '>');
}

static void
repr_builtin(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *self = pd_obj_attr(ev, v, "__self__");
	bool method = self != NULL && self->kind != PD_K_NONE &&
	    !pd_pv_is_core(self, PD_CORE_MODULE);

	pd_pt_adds(ev, t, method ? "<built-in method " :
	    "<built-in function ");
	pd_known_add(ev, t, v, "__name__");
	if (method)
		pd_pt_addf(ev, t, " of %s object at 0x%llx",
		    self->kind == PD_K_CUT ? "?" : pd_pv_type_name(ev, self),
		    address(self));
	pd_pt_addc(ev, t, '>');
}

static void
repr_code(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *line = pd_obj_attr(ev, v, "co_firstlineno");

	pd_pt_adds(ev, t, "<code object ");
	pd_known_add(ev, t, v, "co_name");
	pd_pt_addf(ev, t, " at 0x%llx, file \"", address(v));
	pd_known_add(ev, t, v, "co_filename");
	pd_pt_adds(ev, t, "\", line ");
	pd_ev_repr(ev, t, line != NULL ? line : pd_pv_const(PD_K_CUT));
	pd_pt_addc(ev, t, '>');
}

static void
repr_module(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *name = pd_obj_attr(ev, v, "__name__");
	struct pd_pv *file = pd_obj_attr(ev, v, "__file__");

	pd_pt_adds(ev, t, "<module ");
	pd_ev_repr(ev, t, name != NULL ? name : pd_pv_const(PD_K_CUT));
	if (file != NULL && file->kind == PD_K_STR) {
		pd_pt_adds(ev, t, " from ");
		pd_ev_repr(ev, t, file);
	} else {
		pd_pt_adds(ev, t, " (built-in)");
	}
	pd_pt_addc(ev, t, '>');
}

static void
repr_wrapper(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	pd_pt_addf(ev, t, "<%s(", pd_pv_short_name(ev, v));
	add(ev, t, v, "__func__");
	pd_pt_adds(ev, t, ")>");
}

static void
repr_descr(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	const char *type = pd_pv_short_name(ev, v);
	struct pd_pv *of = pd_obj_attr(ev, v, "__objclass__"), *name;

	pd_pt_addf(ev, t, "<%s '", strcmp(type, "member_descriptor") == 0 ?
	    "member" : strcmp(type, "getset_descriptor") == 0 ? "attribute" :
	    strcmp(type, "wrapper_descriptor") == 0 ? "slot wrapper" :
	    "method");
	pd_known_add(ev, t, v, "__name__");
	pd_pt_addc(ev, t, '\'');
	name = of != NULL && of->kind == PD_K_TYPE ?
	    pd_ev_find_attr(ev, of, "__name__") : NULL;
	if (name != NULL && name->kind == PD_K_STR)
		pd_pt_addf(ev, t, " of '%.*s' objects", (int)(name->s.n > 200 ?
		    200 : name->s.n), name->s.p);
	pd_pt_addc(ev, t, '>');
}

static void
repr_cell(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *x;

	pd_pt_addf(ev, t, "<cell at 0x%llx: ", address(v));
	if (pd_core_obj_len(&v->st->obj) == 0) {
		pd_pt_adds(ev, t, "empty>");
		return;
	}
	x = pd_obj_item(ev, v, 0);
	pd_pt_addf(ev, t, "%s object at 0x%llx>", x->kind == PD_K_CUT ? "?" :
	    pd_pv_type_name(ev, x), address(x));
}

static void
repr_proxy(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "...");
		return;
	}
	pd_pt_adds(ev, t, "mappingproxy(");
	pd_ev_repr(ev, t, pd_obj_item(ev, v, 0));
	pd_pt_addc(ev, t, ')');
	pd_repr_leave(ev);
}

static void
repr_weakref(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *to = pd_obj_item(ev, v, 0);

	pd_pt_addf(ev, t, "<weakref at 0x%llx; ", address(v));
	if (to->kind == PD_K_NONE || to->kind == PD_K_CUT)
		pd_pt_adds(ev, t, to->kind == PD_K_NONE ? "dead>" :
		    "to what is not in the core>");
	else
		pd_pt_addf(ev, t, "to '%s' at 0x%llx>",
		    pd_pv_type_name(ev, to), address(to));
}

static void
repr_path(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_ptext s = { 0 };

	pd_pt_add(ev, &s, v->st->obj.s != NULL ? v->st->obj.s : "",
	    v->st->obj.n);
	/* As as_posix() has it. */
	for (size_t i = 0; i < s.n && type_is(ev, v, pd_str_c(
	    &v->st->type->module), "PureWindowsPath"); i++)
		if (s.p[i] == '\\')
			s.p[i] = '/';
	pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, v));
	pd_repr_text(ev, t, s.p != NULL ? s.p : "", s.n, false);
	pd_pt_addc(ev, t, ')');
}

static void
repr_array(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	if (!pd_nd_repr(ev, t, v, false))
		pd_repr_plain(ev, t, v);
}

static void
repr_decimal(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	if (v->st->obj.s == NULL) {
		pd_repr_plain(ev, t, v);
		return;
	}
	pd_pt_adds(ev, t, "Decimal('");
	pd_pt_add(ev, t, v->st->obj.s, v->st->obj.n);
	pd_pt_adds(ev, t, "')");
}

static void
repr_memory(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	pd_pt_addf(ev, t, "<%smemory at 0x%llx>", v->st->obj.cut ==
	    PD_CORE_CUT_UNSAFE ? "released " : "", address(v));
}

/* Kinds whose repr depends on nothing else. */
static void	(*const by_kind[PD_CORE_KINDS])(struct pd_ev *,
		    struct pd_ptext *, struct pd_pv *) = {
	[PD_CORE_EXCEPTION] = repr_exception,
	[PD_CORE_FUNCTION] = repr_function,
	[PD_CORE_GENERATOR] = repr_generator,
	[PD_CORE_METHOD] = repr_method,
	[PD_CORE_BUILTIN] = repr_builtin,
	[PD_CORE_CODE] = repr_code,
	[PD_CORE_MODULE] = repr_module,
	[PD_CORE_WRAPPER] = repr_wrapper,
	[PD_CORE_DESCR] = repr_descr,
	[PD_CORE_CELL] = repr_cell,
	[PD_CORE_PROXY] = repr_proxy,
	[PD_CORE_WEAKREF] = repr_weakref,
	[PD_CORE_PATH] = repr_path,
	[PD_CORE_DATE] = pd_repr_date,
	[PD_CORE_TIME] = pd_repr_date,
	[PD_CORE_DATETIME] = pd_repr_date,
	[PD_CORE_TIMEDELTA] = pd_repr_delta,
	[PD_CORE_TIMEZONE] = pd_repr_zone,
	[PD_CORE_NDARRAY] = repr_array,
	[PD_CORE_ARRAY] = repr_array,
	[PD_CORE_DTYPE] = repr_array,
	[PD_CORE_DECIMAL] = repr_decimal,
	[PD_CORE_MEMORYVIEW] = repr_memory,
};

static void
repr_enum_class(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	const struct pd_core_type *c = pd_ev_type(ev, (uint64_t)v->st->obj.i);

	pd_pt_addf(ev, t, "<%s '%s'>", pd_core_type_is(ev->store, c, "enum",
	    "Flag") ? "flag" : "enum", pd_str_c(&c->qualname));
}

bool
pd_known_repr(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	const struct pd_core_obj *o = &v->st->obj;
	const struct pd_core_type *type;
	const struct pd_plib *lib = pd_lib_of(v);
	bool own;

	if (lib != NULL && lib->repr != NULL)
		return lib->repr(ev, t, v);
	if (pd_npscalar_repr(ev, t, v, false))
		return true;
	if (v->kind == PD_K_TYPE && v->cls == NULL &&
	    o->vkind == PD_CORE_V_INT && (type = pd_ev_type(ev,
	    (uint64_t)o->i)) != NULL &&
	    (type->flags & PD_CORE_TYPE_ENUM) != 0) {
		repr_enum_class(ev, t, v);
		return true;
	}
	if (v->st->type == NULL)
		return false;
	if (pd_known_lib(ev, t, v, false))
		return true;
	if (repr_is(v, "dataclass"))
		repr_dataclass(ev, t, v);
	else if (repr_is(v, "namedtuple") && v->kind == PD_K_TUPLE)
		repr_namedtuple(ev, t, v);
	else if (repr_is(v, "enum.Enum.__repr__") ||
	    repr_is(v, "enum.Flag.__repr__"))
		repr_enum(ev, t, v);
	else if (repr_is(v, "types.SimpleNamespace.__repr__") ||
	    (repr_is(v, "argparse._AttributeHolder.__repr__") &&
	    type_is(ev, v, "argparse", "Namespace")))
		repr_namespace(ev, t, v);
	else if (!pd_known_dict(ev, t, v)) {
		/* Of these kinds it is C's, unless a subclass has its own. */
		own = (v->st->type->flags & PD_CORE_TYPE_HEAP) != 0 &&
		    pd_str_c(&v->st->type->repr)[0] != '\0' &&
		    !pd_starts(pd_str_c(&v->st->type->repr), "builtins.") &&
		    !pd_starts(pd_str_c(&v->st->type->repr), "datetime.") &&
		    !pd_starts(pd_str_c(&v->st->type->repr), "pathlib.") &&
		    !pd_starts(pd_str_c(&v->st->type->repr), "decimal.") &&
		    !pd_starts(pd_str_c(&v->st->type->repr), "array.") &&
		    !pd_starts(pd_str_c(&v->st->type->repr), "numpy.");
		if (own || o->kind >= PD_CORE_KINDS ||
		    by_kind[o->kind] == NULL)
			return false;
		by_kind[o->kind](ev, t, v);
	}
	return true;
}
