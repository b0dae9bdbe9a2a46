/*
 * Calls: of builtins, of lambda; their arguments.
 *
 * Called by the evaluator of cores.  What is no builtin and no lambda of the
 * expression itself is the program's code: there is no process to call it in.
 */
#include "core/eval-lib.h"

static struct pd_pv *
call_func(struct pd_ev *ev, const struct pd_pfunc *fn, struct pd_pv *self,
    struct pd_pcall *c)
{
	c->fn = fn;
	c->self = self;
	if (fn->fn == NULL)
		pd_ev_no_process(ev, pd_ev_callable(ev, c));
	pd_ev_bind(ev, c);
	return fn->fn(ev, c);
}

/* ---- lambda -------------------------------------------------------------- */

struct pd_pv *
pd_ev_lambda(struct pd_ev *ev, const struct pd_ast *a,
    struct pd_pscope *scope)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_LAMBDA);

	v->lambda.ast = a;
	v->lambda.scope = scope;
	v->lambda.defaults = pd_ev_allocn(ev, a->n + 1,
	    sizeof(struct pd_pv *));
	for (size_t i = 0; i < a->n; i++)
		if (a->list[i]->a != NULL)
			v->lambda.defaults[i] = pd_ev_node(ev, a->list[i]->a,
			    scope);
	return v;
}

static bool
take_keyword(struct pd_pcall *c, const struct pd_ast *param,
    struct pd_pv **out, bool *used)
{
	for (size_t k = 0; k < c->nkw; k++)
		if (!used[k] && c->kw[k].n == param->text.n &&
		    memcmp(c->kw[k].s, param->text.s, param->text.n) == 0) {
			used[k] = true;
			*out = c->kwarg[k];
			return true;
		}
	return false;
}

static struct pd_pv *
rest_of(struct pd_ev *ev, struct pd_pcall *c, size_t *at)
{
	struct pd_pv *v = pd_pv_seq(ev, PD_K_TUPLE, c->arg + *at,
	    c->narg - *at);

	*at = c->narg;
	return v;
}

static struct pd_pv *
left_keywords(struct pd_ev *ev, struct pd_pcall *c, bool *used)
{
	struct pd_ptab *t = pd_tab_new(ev, c->nkw);

	for (size_t k = 0; k < c->nkw; k++)
		if (!used[k]) {
			pd_tab_put(ev, t, pd_pv_str(ev, c->kw[k].s,
			    c->kw[k].n), c->kwarg[k]);
			used[k] = true;
		}
	return pd_pv_tab(ev, PD_K_DICT, t);
}

static struct pd_pv *
lambda_param(struct pd_ev *ev, struct pd_pv *f, size_t i, struct pd_pcall *c,
    size_t *at, bool *used)
{
	const struct pd_ast *p = f->lambda.ast->list[i];
	struct pd_pv *v = NULL;

	if (p->op == PD_PARAM_STAR)
		return rest_of(ev, c, at);
	if (p->op == PD_PARAM_DSTAR)
		return left_keywords(ev, c, used);
	if (p->op != PD_PARAM_KEYWORD && *at < c->narg)
		return c->arg[(*at)++];
	if (p->op != PD_PARAM_POSITIONAL && take_keyword(c, p, &v, used))
		return v;
	if (f->lambda.defaults[i] == NULL)
		pd_ev_raise(ev, "TypeError", "<lambda>() missing 1 required "
		    "%s argument: '%s'", p->op == PD_PARAM_KEYWORD ?
		    "keyword-only" : "positional", p->text.s);
	return f->lambda.defaults[i];
}

static size_t
positional(const struct pd_ast *a)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += a->list[i]->op == PD_PARAM_PLAIN ||
		    a->list[i]->op == PD_PARAM_POSITIONAL;
	return n;
}

static struct pd_pv *
call_lambda(struct pd_ev *ev, struct pd_pv *f, struct pd_pcall *c)
{
	struct pd_pscope *scope = pd_ev_alloc(ev, sizeof(*scope));
	const struct pd_ast *a = f->lambda.ast;
	bool *used = pd_ev_alloc(ev, c->nkw + 1);
	size_t at = 0, n = positional(a);

	scope->up = f->lambda.scope;
	for (size_t i = 0; i < a->n; i++)
		pd_scope_set(ev, scope, &a->list[i]->text,
		    lambda_param(ev, f, i, c, &at, used));
	if (at < c->narg)
		pd_ev_raise(ev, "TypeError", "<lambda>() takes %zu positional "
		    "argument%s but %zu %s given", n, n == 1 ? "" : "s",
		    c->narg, c->narg == 1 ? "was" : "were");
	for (size_t k = 0; k < c->nkw; k++)
		if (!used[k])
			pd_ev_raise(ev, "TypeError", "<lambda>() got an "
			    "unexpected keyword argument '%s'", c->kw[k].s);
	return pd_ev_node(ev, a->a, scope);
}

/* ---- calls --------------------------------------------------------------- */

/* How the program's code is called: by its qualname. */
static _Noreturn void
code(struct pd_ev *ev, struct pd_pv *f, const char *what)
{
	struct pd_pv *name = NULL;
	struct pd_ptext t = { 0 };

	if (f->kind == PD_K_BOUND)
		f = f->v[1];
	if (pd_pv_is_core(f, PD_CORE_METHOD)) {
		struct pd_pv *func = pd_obj_attr(ev, f, "__func__");

		f = func != NULL ? func : f;
	}
	if (f->kind == PD_K_TYPE && f->st != NULL &&
	    f->st->obj.vkind == PD_CORE_V_INT) {
		pd_type_full(ev, pd_ev_type(ev, (uint64_t)f->st->obj.i), &t);
		pd_ev_no_process(ev, t.p);
	}
	if (f->kind == PD_K_OBJECT && f->st != NULL)
		name = pd_obj_attr(ev, f, "__qualname__");
	if (name != NULL && name->kind == PD_K_STR && name->s.n > 0) {
		pd_pt_add(ev, &t, name->s.p, name->s.n);
		what = t.p;
	}
	pd_ev_no_process(ev, what);
}

static bool
is_callable(const struct pd_pv *f)
{
	if (f->kind != PD_K_OBJECT || f->st == NULL)
		return f->kind == PD_K_BOUND || f->kind == PD_K_TYPE;
	switch (f->st->obj.kind) {
	case PD_CORE_OBJECT:
	case PD_CORE_FUNCTION:
	case PD_CORE_METHOD:
	case PD_CORE_BUILTIN:
	case PD_CORE_WRAPPER:
	case PD_CORE_DESCR:
	case PD_CORE_WEAKREF:
		return true;
	default:
		return false;
	}
}

/* str.upper('a'): what the method is bound to is the first argument. */
static struct pd_pv *
first(struct pd_ev *ev, const struct pd_pfunc *fn, struct pd_pcall *c)
{
	const struct pd_pcls *cls;
	struct pd_pv *self;

	if (c->narg == 0)
		pd_ev_raise(ev, "TypeError", "unbound method %s() needs an "
		    "argument", fn->name);
	self = c->arg[0];
	for (cls = pd_pv_cls(self); cls != NULL; cls = cls->base)
		if (cls->methods != NULL &&
		    pd_func_find(cls->methods, fn->name) == fn)
			break;
	if (cls == NULL) {
		for (cls = pd_cls; cls->methods == NULL ||
		    pd_func_find(cls->methods, fn->name) != fn; cls++)
			;
		pd_ev_raise(ev, "TypeError", "descriptor '%s' for '%s' objects "
		    "doesn't apply to a '%s' object", fn->name, cls->name,
		    pd_pv_type_name(ev, self));
	}
	c->arg++;
	c->narg--;
	return self;
}

struct pd_pv *
pd_ev_call(struct pd_ev *ev, struct pd_pv *f, struct pd_pcall *c,
    const char *what)
{
	struct pd_pv *v;

	pd_ev_enter(ev);
	switch (f->kind) {
	case PD_K_FUNC:
		v = call_func(ev, f->func, NULL, c);
		break;
	case PD_K_METHOD:
		v = call_func(ev, f->method.fn, f->method.self != NULL ?
		    f->method.self : first(ev, f->method.fn, c), c);
		break;
	case PD_K_LAMBDA:
		v = call_lambda(ev, f, c);
		break;
	case PD_K_TYPE:
		if (f->cls != NULL && f->cls->make.fn != NULL) {
			v = call_func(ev, &f->cls->make, NULL, c);
			break;
		}
		if (f->cls != NULL)
			pd_ev_no_process(ev, f->cls->name);
		v = pd_enum_is_class(ev, f) ? pd_enum_call(ev, f, c) : NULL;
		if (v != NULL)
			break;
		code(ev, f, what);
	case PD_K_CUT:
		pd_ev_cut(ev);
	default:
		if (pd_pv_is_core(f, PD_CORE_WEAKREF) && c->narg == 0 &&
		    c->nkw == 0) {
			v = pd_obj_item(ev, f, 0);
			break;
		}
		if (is_callable(f) && (!pd_pv_is_core(f, PD_CORE_OBJECT) ||
		    pd_ev_special(ev, f, "__call__")))
			code(ev, f, what);
		pd_ev_raise(ev, "TypeError", "'%s' object is not callable",
		    pd_pv_type_name(ev, f));
	}
	pd_ev_leave(ev);
	return v;
}

struct pd_pv *
pd_ev_call1(struct pd_ev *ev, struct pd_pv *f, struct pd_pv *x)
{
	struct pd_pcall c = { .narg = 1 };
	struct pd_pv **arg = pd_ev_allocn(ev, 1, sizeof(struct pd_pv *));

	arg[0] = x;
	c.arg = arg;
	return pd_ev_call(ev, f, &c, "this");
}

struct args {
	struct pd_pvec		 pos, kwarg;
	struct pd_ast_text	*kw;
};

static void
add_keyword(struct pd_ev *ev, struct args *a, struct pd_ast_text name,
    struct pd_pv *v, const char *what)
{
	struct pd_ast_text *grown;

	for (size_t i = 0; i < a->kwarg.n; i++)
		if (a->kw[i].n == name.n &&
		    memcmp(a->kw[i].s, name.s, name.n) == 0)
			pd_ev_raise(ev, "TypeError", "%s() got multiple "
			    "values for keyword argument '%s'", what, name.s);
	if (a->kwarg.n == a->kwarg.cap) {
		grown = pd_ev_allocn(ev, a->kwarg.cap * 2 + 8,
		    sizeof(*grown));
		if (a->kwarg.n > 0)
			memcpy(grown, a->kw, a->kwarg.n * sizeof(*grown));
		a->kw = grown;
	}
	a->kw[a->kwarg.n] = name;
	pd_pvec_add(ev, &a->kwarg, v);
}

static void
add_dict(struct pd_ev *ev, struct args *a, struct pd_pv *v, const char *what)
{
	const struct pd_ptab *t;
	char *name;

	if (pd_pv_is_core(v, PD_CORE_PROXY))
		v = pd_obj_item(ev, v, 0);
	if (v->kind != PD_K_DICT)
		pd_ev_raise(ev, "TypeError", "%s() argument after ** must be "
		    "a mapping, not %s", what, pd_pv_type_name(ev, v));
	t = pd_tab_of(ev, v);
	for (size_t i = 0; i < t->n; i++) {
		const struct pd_pv *k = t->ent[i].key;

		if (k->kind != PD_K_STR)
			pd_ev_raise(ev, "TypeError", "keywords must be "
			    "strings");
		/* Names have a NUL behind them. */
		name = pd_ev_alloc(ev, k->s.n + 1);
		memcpy(name, k->s.p, k->s.n);
		add_keyword(ev, a, (struct pd_ast_text){ name, k->s.n },
		    t->ent[i].value, what);
	}
	if (t->cut)
		pd_ev_cut(ev);
}

static void
add_argument(struct pd_ev *ev, struct args *a, const struct pd_ast *n,
    struct pd_pscope *scope, const char *what)
{
	struct pd_piter *it;
	struct pd_pv *x;

	switch (n->kind) {
	case PD_AST_STAR:
		it = pd_ev_iter(ev, pd_ev_node(ev, n->a, scope));
		while ((x = pd_iter_next(ev, it)) != NULL)
			pd_pvec_add(ev, &a->pos, x);
		break;
	case PD_AST_KEYWORD:
		add_keyword(ev, a, n->text, pd_ev_node(ev, n->a, scope),
		    what);
		break;
	case PD_AST_DSTAR:
		add_dict(ev, a, pd_ev_node(ev, n->a, scope), what);
		break;
	default:
		pd_pvec_add(ev, &a->pos, pd_ev_node(ev, n, scope));
		break;
	}
}

struct pd_pv *
pd_ev_call_node(struct pd_ev *ev, const struct pd_ast *a,
    struct pd_pscope *scope)
{
	struct pd_pv *f = pd_ev_node(ev, a->a, scope);
	const char *what = pd_ev_source(ev, a->a);
	struct args args = { 0 };
	struct pd_pcall c = { 0 };

	for (size_t i = 0; i < a->n; i++)
		add_argument(ev, &args, a->list[i], scope, what);
	c.arg = args.pos.v;
	c.narg = args.pos.n;
	c.kw = args.kw;
	c.kwarg = args.kwarg.v;
	c.nkw = args.kwarg.n;
	return pd_ev_call(ev, f, &c, what);
}
