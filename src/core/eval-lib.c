/*
 * Classes of the standard library: which one a value is of, and making values
 * of them.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-lib.h"

#include "base/str.h"

static const struct pd_plib *const by_kind[PD_CORE_KINDS] = {
	[PD_CORE_DATE] = &pd_lib_date,
	[PD_CORE_TIME] = &pd_lib_date,
	[PD_CORE_DATETIME] = &pd_lib_date,
	[PD_CORE_TIMEDELTA] = &pd_lib_delta,
	[PD_CORE_TIMEZONE] = &pd_lib_zone,
	[PD_CORE_PATH] = &pd_lib_path,
	[PD_CORE_DECIMAL] = &pd_lib_decimal,
};

static const struct {
	const char		*module;	/* its beginning */
	const char		*name;
	int			 kind;		/* enum pd_pkind */
	const struct pd_plib	*lib;
} by_name[] = {
	{ "collections", "Counter", PD_K_DICT, &pd_lib_counter },
	{ "fractions", "Fraction", PD_K_OBJECT, &pd_lib_fraction },
};

/* Windows' paths have other rules, and are rare where we run. */
static bool
is_posix_path(const struct pd_core_type *t)
{
	const char *name = pd_str_c(&t->qualname);

	return pd_starts(pd_str_c(&t->module), "pathlib") &&
	    (strcmp(name, "PosixPath") == 0 || strcmp(name, "Path") == 0 ||
	    strcmp(name, "PurePath") == 0 ||
	    strcmp(name, "PurePosixPath") == 0);
}

const struct pd_plib *
pd_lib_of(const struct pd_pv *v)
{
	const struct pd_core_type *t = v->st != NULL ? v->st->type : NULL;
	const struct pd_plib *lib;

	if (t == NULL)
		return NULL;
	if (v->kind == PD_K_OBJECT && v->st->obj.kind < PD_CORE_KINDS &&
	    (lib = by_kind[v->st->obj.kind]) != NULL) {
		if (lib == &pd_lib_path)
			return is_posix_path(t) ? lib : NULL;
		if (lib == &pd_lib_decimal)
			return pd_str_eq(&t->module, "decimal") &&
			    pd_str_eq(&t->qualname, "Decimal") ? lib : NULL;
		return pd_str_eq(&t->module, "datetime") ? lib : NULL;
	}
	for (size_t i = 0; i < sizeof(by_name) / sizeof(by_name[0]); i++)
		if (v->kind == by_name[i].kind &&
		    pd_str_eq(&t->qualname, by_name[i].name) &&
		    pd_str_eq(&t->module, by_name[i].module))
			return by_name[i].lib;
	return NULL;
}

struct pd_pv *
pd_lib_number(struct pd_ev *ev, struct pd_pv *v, const char *name,
    struct pd_pv *digits)
{
	static const char *const specials[][3] = {
		{ "int", "__int__", "__trunc__" },
		{ "float", "__float__", "__index__" },
		{ "abs", "__abs__", NULL }, { "round", "__round__", NULL },
	};
	const struct pd_plib *lib = pd_lib_of(v);
	struct pd_pv *r = NULL;

	if (lib != NULL && lib->number != NULL)
		r = lib->number(ev, v, name, digits);
	for (size_t i = 0; i < 4 && r == NULL && lib == NULL; i++)
		for (size_t k = 1; k < 3 && specials[i][k] != NULL &&
		    strcmp(specials[i][0], name) == 0; k++)
			pd_ev_refuse(ev, v, specials[i][k]);
	return r;
}

/* ---- making -------------------------------------------------------------- */

static struct pd_pv *
make(struct pd_ev *ev, int kind, struct pd_core_obj obj,
    const struct pd_core_type *t, struct pd_pv **parts, size_t n)
{
	struct pd_pv *v = pd_pv_new(ev, kind);

	v->st = pd_ev_alloc(ev, sizeof(*v->st));
	v->st->obj = obj;
	v->st->obj.has_total = true;
	v->st->obj.total = n;
	v->st->type = t;
	v->st->vals = parts != NULL ? parts : pd_ev_alloc(ev, 1);
	v->st->nrefs = n;
	return v;
}

struct pd_pv *
pd_lib_like(struct pd_ev *ev, const struct pd_pv *like, struct pd_pv **parts,
    size_t n)
{
	return make(ev, like->kind, (struct pd_core_obj){
	    .kind = like->st->obj.kind, .type = like->st->obj.type },
	    like->st->type, parts, n);
}

/* Where the core has no such class. */
#define TYPE(of, name, heap)						\
	{ .module = { (char *)of, sizeof(of) - 1 },			\
	  .qualname = { (char *)name, sizeof(name) - 1 },		\
	  .flags = heap }
static const struct pd_core_type unknown[] = {
	TYPE("datetime", "date", 0), TYPE("datetime", "time", 0),
	TYPE("datetime", "timedelta", 0), TYPE("builtins", "mappingproxy", 0),
	TYPE("fractions", "Fraction", PD_CORE_TYPE_HEAP),
	TYPE("decimal", "Decimal", 0),
};

/* A class by its name; its number, or 0. */
static const struct pd_core_type *
find(struct pd_ev *ev, const char *module, const char *name, uint64_t *number)
{
	const struct pd_core_type *t = NULL;

	*number = 0;
	if (ev->store != NULL)
		t = pd_core_store_type_named(ev->store, module, name, number);
	if (t != NULL)
		return t;
	for (t = unknown; !pd_str_eq(&t->qualname, name); t++)
		;
	return t;
}

struct pd_pv *
pd_lib_make(struct pd_ev *ev, const char *module, const char *name,
    int core_kind, struct pd_pv **parts, size_t n)
{
	uint64_t number;
	const struct pd_core_type *t = find(ev, module, name, &number);

	return make(ev, PD_K_OBJECT, (struct pd_core_obj){
	    .kind = (enum pd_core_kind)core_kind, .type = number }, t, parts,
	    n);
}

struct pd_pv *
pd_lib_proxy(struct pd_ev *ev, struct pd_pv *mapping)
{
	struct pd_pv **v = pd_ev_allocn(ev, 1, sizeof(struct pd_pv *));

	v[0] = mapping != NULL ? mapping : pd_pv_const(PD_K_CUT);
	return pd_lib_make(ev, "builtins", "mappingproxy", PD_CORE_PROXY, v,
	    1);
}

struct pd_pv *
pd_lib_method(struct pd_ev *ev, struct pd_pv *self,
    const struct pd_pfunc *methods, const char *name)
{
	const struct pd_pfunc *fn = pd_func_find(methods, name);
	struct pd_pv *v;

	if (fn == NULL)
		return NULL;
	v = pd_pv_new(ev, PD_K_METHOD);
	v->method.self = self;
	v->method.fn = fn;
	return v;
}
