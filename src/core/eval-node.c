/*
 * Evaluating a tree of an expression.
 *
 * Called by eval-run.c, and by calls and comprehensions.  Names are looked
 * for in the expression's own scopes, then among the frame's variables, its
 * globals, the builtins.
 */
#include "core/eval-room.h"

#include <ctype.h>
#include <stdlib.h>

const char *
pd_ev_source(struct pd_ev *ev, const struct pd_ast *a)
{
	struct pd_ptext t = { .max = 200 };

	switch (a->kind) {
	case PD_AST_NAME:
		return a->text.s;
	case PD_AST_ATTR:
		pd_pt_adds(ev, &t, pd_ev_source(ev, a->a));
		pd_pt_addf(ev, &t, ".%s", a->text.s);
		return t.p;
	case PD_AST_CALL:
		pd_pt_adds(ev, &t, pd_ev_source(ev, a->a));
		pd_pt_adds(ev, &t, "()");
		return t.p;
	case PD_AST_ITEM:
		pd_pt_adds(ev, &t, pd_ev_source(ev, a->a));
		pd_pt_adds(ev, &t, "[...]");
		return t.p;
	default:
		return "this";
	}
}

/* ---- names --------------------------------------------------------------- */

static bool
text_is(const struct pd_ast_text *a, const struct pd_ast_text *b)
{
	return a->n == b->n && memcmp(a->s, b->s, a->n) == 0;
}

void
pd_scope_set(struct pd_ev *ev, struct pd_pscope *s,
    const struct pd_ast_text *name, struct pd_pv *v)
{
	struct pd_ast_text *names;
	struct pd_pv **values;

	for (size_t i = 0; i < s->n; i++)
		if (text_is(&s->name[i], name)) {
			s->value[i] = v;
			return;
		}
	if (s->n == s->cap) {
		s->cap = s->cap * 2 + 4;
		names = pd_ev_allocn(ev, s->cap, sizeof(*names));
		values = pd_ev_allocn(ev, s->cap, sizeof(*values));
		if (s->n > 0) {
			memcpy(names, s->name, s->n * sizeof(*names));
			memcpy(values, s->value, s->n * sizeof(*values));
		}
		s->name = names;
		s->value = values;
	}
	s->name[s->n] = *name;
	s->value[s->n++] = v;
}

static struct pd_pv *
in_scopes(const struct pd_pscope *s, const struct pd_ast_text *name)
{
	for (; s != NULL; s = s->up)
		for (size_t i = 0; i < s->n; i++)
			if (text_is(&s->name[i], name))
				return s->value[i];
	return NULL;
}

/* A cell stands for what it holds. */
static struct pd_pv *
opened(struct pd_ev *ev, struct pd_pv *v)
{
	if (v != NULL && pd_pv_is_core(v, PD_CORE_CELL) &&
	    pd_core_obj_len(&v->st->obj) == 1)
		return pd_obj_item(ev, v, 0);
	return v;
}

static struct pd_pv *
in_frame(struct pd_ev *ev, const struct pd_ast_text *name)
{
	struct pd_pv *v;

	if (!ev->has_frame)
		return NULL;
	v = opened(ev, pd_obj_lookup(ev, ev->frame.vars, name->s, name->n));
	if (v != NULL && v->kind == PD_K_UNBOUND)
		v = NULL;
	if (v == NULL)
		v = pd_obj_lookup(ev, ev->frame.globals, name->s, name->n);
	return v;
}

/* $_exception, $_retval: what pdb keeps in convenience variables; $1, $2, ...:
 * what was found last. */
static struct pd_pv *
convenience(struct pd_ev *ev, const struct pd_ast_text *name)
{
	struct pd_core_exc exc = { 0 };
	struct pd_err err = { "" };
	uint64_t id;

	if (isdigit((unsigned char)name->s[1])) {
		id = strtoull(name->s + 1, NULL, 10);
		return id == 0 || id > ev->nfound ? NULL :
		    pd_ev_obj(ev, ev->found[id - 1]);
	}
	if (strcmp(name->s, "$_retval") == 0 && ev->has_frame)
		return pd_obj_lookup(ev, ev->frame.vars, "__return__", 10);
	if (strcmp(name->s, "$_exception") != 0)
		return NULL;
	if (ev->raised == 0 || ev->store == NULL)
		return pd_pv_none();
	if (pd_core_store_rec(ev->store, PD_CORE_T_EXC, ev->raised,
	    &pd_core_exc_desc, &exc, &err) < 0)
		pd_ev_stop(ev, "%s", err.msg);
	id = exc.object;
	pd_rec_done(&pd_core_exc_desc, &exc);
	return pd_ev_obj(ev, id);
}

struct pd_pv *
pd_ev_name(struct pd_ev *ev, const struct pd_ast_text *name,
    struct pd_pscope *scope)
{
	struct pd_pv *v = in_scopes(scope, name);

	if (v == NULL)
		v = in_scopes(ev->top, name);
	if (v == NULL && ev->self != NULL && name->n == 4 &&
	    memcmp(name->s, "self", 4) == 0)
		v = ev->self;
	if (v == NULL)
		v = in_frame(ev, name);
	if (v == NULL && name->s[0] == '$')
		return convenience(ev, name);
	if (v == NULL)
		v = pd_builtin(ev, name->s, name->n);
	return v;
}

static struct pd_pv *
name_node(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pv *v = pd_ev_name(ev, &a->text, scope);

	if (v == NULL && a->text.s[0] == '$')
		pd_ev_raise(ev, "KeyError", "'%s'", a->text.s + 1);
	if (v == NULL && ev->has_frame && ev->frame.vars == 0)
		pd_ev_stop(ev, "the variables of this frame are not in the "
		    "core");
	if (v == NULL)
		pd_ev_raise(ev, "NameError", "name '%s' is not defined",
		    a->text.s);
	if (v->kind == PD_K_CUT && a->kind == PD_AST_NAME)
		pd_ev_stop(ev, "%s is not in the core", a->text.s);
	return v;
}

static struct pd_pv *
named(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pv *v = pd_ev_node(ev, a->a, scope);
	struct pd_pscope *s = scope;

	while (s != NULL && s->comp)
		s = s->up;
	if (s == NULL) {
		if (ev->top == NULL)
			ev->top = pd_ev_alloc(ev, sizeof(*ev->top));
		s = ev->top;
	}
	pd_scope_set(ev, s, &a->text, v);
	return v;
}

/* ---- literals and displays ----------------------------------------------- */

static struct pd_pv *
number(struct pd_ev *ev, const struct pd_ast *a)
{
	struct pd_pv *v;
	double f = 0;

	if (a->kind == PD_AST_INT) {
		v = pd_int_parse(ev, a->text.s, a->text.n, 0);
		return v != NULL ? v : pd_pv_int(ev, 0);
	}
	pd_float_parse(a->text.s, a->text.n, &f);
	return a->kind == PD_AST_FLOAT ? pd_pv_float(ev, f) :
	    pd_pv_complex(ev, 0, f);
}

static struct pd_pv *
text(struct pd_ev *ev, const struct pd_ast *a)
{
	struct pd_pv *v;

	if (a->kind == PD_AST_BYTES)
		return pd_pv_bytes(ev, PD_K_BYTES, a->text.s, a->text.n);
	v = pd_pv_str(ev, a->text.s, a->text.n);
	/* As the compiler does with what looks like a name. */
	for (size_t i = 0; i < a->text.n; i++)
		if (!pd_utf_ident((unsigned char)a->text.s[i]) ||
		    (a->text.s[i] & 0x80) != 0)
			return v;
	v->flags = PD_PF_INTERNED;
	return v;
}

static struct pd_pv *
fstring(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_ptext t = { 0 };
	struct pd_pv *v, *spec;

	for (size_t i = 0; i < a->n; i++) {
		const struct pd_ast *f = a->list[i];

		if (f->kind == PD_AST_STR) {
			pd_pt_add(ev, &t, f->text.s, f->text.n);
			continue;
		}
		v = pd_ev_node(ev, f->a, scope);
		spec = f->b != NULL ? fstring(ev, f->b, scope) : NULL;
		pd_pt_add(ev, &t, f->text.s, f->text.n);
		if (f->op == 'r')
			v = pd_ev_repr_str(ev, v);
		else if (f->op == 's')
			v = pd_ev_str_of(ev, v);
		else if (f->op == 'a') {
			struct pd_ptext r = { 0 };

			pd_ev_ascii(ev, &r, v);
			v = pd_pt_str(ev, &r);
		}
		v = pd_ev_format(ev, v, spec != NULL ? spec->s.p : "",
		    spec != NULL ? spec->s.n : 0);
		pd_pt_add(ev, &t, v->s.p, v->s.n);
	}
	return pd_pt_str(ev, &t);
}

static struct pd_pvec
items(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pvec l = { 0 };
	struct pd_piter *it;
	struct pd_pv *x;

	for (size_t i = 0; i < a->n; i++) {
		if (a->list[i]->kind != PD_AST_STAR) {
			pd_pvec_add(ev, &l, pd_ev_node(ev, a->list[i],
			    scope));
			continue;
		}
		x = pd_ev_node(ev, a->list[i]->a, scope);
		it = a->kind == PD_AST_SET ? pd_ev_iter(ev, x) :
		    pd_ev_try_iter(ev, x);
		if (it == NULL)
			pd_ev_raise(ev, "TypeError", "Value after * must be "
			    "an iterable, not %s", pd_pv_type_name(ev, x));
		while ((x = pd_iter_next(ev, it)) != NULL)
			pd_pvec_add(ev, &l, x);
	}
	return l;
}

static struct pd_pv *
display(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pvec l = items(ev, a, scope);
	struct pd_ptab *t;

	if (a->kind != PD_AST_SET)
		return pd_pv_seq(ev, a->kind == PD_AST_LIST ? PD_K_LIST :
		    PD_K_TUPLE, l.v, l.n);
	t = pd_tab_new(ev, l.n);
	for (size_t i = 0; i < l.n; i++)
		if (pd_tab_find(ev, t, l.v[i]) == NULL)
			pd_tab_put(ev, t, l.v[i], NULL);
	return pd_pv_tab(ev, PD_K_SET, t);
}

static struct pd_pv *
dict_display(struct pd_ev *ev, const struct pd_ast *a,
    struct pd_pscope *scope)
{
	struct pd_ptab *t = pd_tab_new(ev, a->n), *from;
	struct pd_pv *key, *v;

	for (size_t i = 0; i < a->n; i++) {
		const struct pd_ast *p = a->list[i];

		if (p->kind == PD_AST_PAIR) {
			key = pd_ev_node(ev, p->a, scope);
			pd_tab_put(ev, t, key, pd_ev_node(ev, p->b, scope));
			continue;
		}
		v = pd_ev_node(ev, p->a, scope);
		if (pd_pv_is_core(v, PD_CORE_PROXY))
			v = pd_obj_item(ev, v, 0);
		if (v->kind != PD_K_DICT)
			pd_ev_raise(ev, "TypeError", "'%s' object is not a "
			    "mapping", pd_pv_type_name(ev, v));
		from = pd_tab_of(ev, v);
		for (size_t k = 0; k < from->n; k++)
			pd_tab_put(ev, t, from->ent[k].key,
			    from->ent[k].value);
		if (from->cut)
			pd_ev_cut(ev);
	}
	return pd_pv_tab(ev, PD_K_DICT, t);
}

/* ---- operators ----------------------------------------------------------- */

static struct pd_pv *
junction(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pv *v = NULL;

	for (size_t i = 0; i < a->n; i++) {
		v = pd_ev_node(ev, a->list[i], scope);
		if (i + 1 < a->n &&
		    pd_pv_true(ev, v) == (a->kind == PD_AST_OR))
			break;
	}
	return v;
}

static struct pd_pv *
compare(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pv *x = pd_ev_node(ev, a->a, scope), *y, *r = NULL;

	for (size_t i = 0; i < a->n; i++) {
		y = pd_ev_node(ev, a->list[i]->a, scope);
		r = pd_ev_compare(ev, a->list[i]->op, x, y);
		if (i + 1 < a->n && !pd_pv_true(ev, r))
			break;
		x = y;
	}
	return r;
}

static struct pd_pv *
slice(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	const struct pd_ast *parts[] = { a->a, a->b, a->c };
	struct pd_pv *v = pd_pv_new(ev, PD_K_SLICE);

	for (size_t i = 0; i < 3; i++)
		v->v[i] = parts[i] != NULL ? pd_ev_node(ev, parts[i], scope) :
		    pd_pv_none();
	return v;
}

static struct pd_pv *
unary(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pv *v = pd_ev_node(ev, a->a, scope);

	return a->op == PD_OP_NOT ? pd_pv_bool(!pd_pv_true(ev, v)) :
	    pd_ev_unary(ev, a->op, v);
}

static struct pd_pv *
operate(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pv *v;

	switch (a->kind) {
	case PD_AST_ATTR:
		v = pd_ev_attr(ev, pd_ev_node(ev, a->a, scope), a->text.s);
		if (v->kind == PD_K_CUT)
			pd_ev_stop(ev, "%s is not in the core",
			    pd_ev_source(ev, a));
		return v;
	case PD_AST_ITEM:
		v = pd_ev_node(ev, a->a, scope);
		v = pd_ev_item(ev, v, pd_ev_node(ev, a->b, scope));
		if (v->kind == PD_K_CUT)
			pd_ev_stop(ev, "the item is not in the core");
		return v;
	case PD_AST_UNARY:
		return unary(ev, a, scope);
	case PD_AST_BINARY:
		v = pd_ev_node(ev, a->a, scope);
		return pd_ev_binary(ev, a->op, v, pd_ev_node(ev, a->b, scope));
	case PD_AST_COND:
		return pd_ev_node(ev, pd_pv_true(ev, pd_ev_node(ev, a->a,
		    scope)) ? a->b : a->c, scope);
	case PD_AST_AWAIT:
		pd_ev_stop(ev, "there is no process to await %s in",
		    pd_ev_source(ev, a->a));
	default:
		pd_ev_raise(ev, "SyntaxError", "'yield' outside function "
		    "(column %zu)", a->pos + 1);
	}
}

static struct pd_pv *
node(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	switch (a->kind) {
	case PD_AST_NONE:
		return pd_pv_none();
	case PD_AST_TRUE:
	case PD_AST_FALSE:
		return pd_pv_bool(a->kind == PD_AST_TRUE);
	case PD_AST_ELLIPSIS:
		return pd_pv_const(PD_K_ELLIPSIS);
	case PD_AST_INT:
	case PD_AST_FLOAT:
	case PD_AST_IMAG:
		return number(ev, a);
	case PD_AST_STR:
	case PD_AST_BYTES:
		return text(ev, a);
	case PD_AST_FSTR:
		return fstring(ev, a, scope);
	case PD_AST_NAME:
		return name_node(ev, a, scope);
	case PD_AST_NAMED:
		return named(ev, a, scope);
	case PD_AST_CALL:
		return pd_ev_call_node(ev, a, scope);
	case PD_AST_AND:
	case PD_AST_OR:
		return junction(ev, a, scope);
	case PD_AST_COMPARE:
		return compare(ev, a, scope);
	case PD_AST_SLICE:
		return slice(ev, a, scope);
	case PD_AST_LAMBDA:
		return pd_ev_lambda(ev, a, scope);
	case PD_AST_LIST:
	case PD_AST_TUPLE:
	case PD_AST_SET:
		return display(ev, a, scope);
	case PD_AST_DICT:
		return dict_display(ev, a, scope);
	case PD_AST_LISTCOMP:
	case PD_AST_SETCOMP:
	case PD_AST_DICTCOMP:
	case PD_AST_GENEXP:
		return pd_ev_comp(ev, a, scope);
	default:
		return operate(ev, a, scope);
	}
}

struct pd_pv *
pd_ev_node(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct pd_pv *v;

	pd_ev_enter(ev);
	v = node(ev, a, scope);
	pd_ev_leave(ev);
	return v;
}
