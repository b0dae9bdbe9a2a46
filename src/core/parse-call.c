/*
 * Python expressions: calls, subscripts, lambda.
 *
 * Called by the parser of expressions (parse.c).
 */
#include "core/parse.h"

#include <string.h>

/* ---- calls and subscripts ------------------------------------------------ */

static struct pd_ast *
argument(struct pd_parser *p)
{
	size_t pos = p->start;
	bool plain = p->tok == PD_TOK_NAME;
	struct pd_ast *a, *k;

	if (pd_lex_is_op(p, PD_OP1('*')) ||
	    pd_lex_is_op(p, PD_OP2('*', '*'))) {
		a = pd_node(p, pd_lex_is_op(p, PD_OP1('*')) ? PD_AST_STAR :
		    PD_AST_DSTAR, pos);
		pd_lex_next(p);
		a->a = pd_parse_expr(p);
		return a;
	}
	a = pd_parse_named(p);
	if (!pd_lex_is_op(p, PD_OP1('=')))
		return pd_parse_at_for(p) ?
		    pd_parse_comprehension(p, PD_AST_GENEXP, pos, a) : a;
	if (!plain || a->kind != PD_AST_NAME)
		pd_parse_fail(p, pos, "expression cannot contain assignment, "
		    "perhaps you meant \"==\"?");
	pd_lex_next(p);
	k = pd_node(p, PD_AST_KEYWORD, pos);
	k->text = a->text;
	k->a = pd_parse_expr(p);
	return k;
}

/* What may not follow what. */
static void
check_argument(struct pd_parser *p, const struct pd_alist *l,
    const struct pd_ast *a)
{
	bool keyword_seen = false, dstar_seen = false;

	for (size_t i = 0; i < l->n; i++) {
		const struct pd_ast *b = l->v[i];

		keyword_seen |= b->kind == PD_AST_KEYWORD;
		dstar_seen |= b->kind == PD_AST_DSTAR;
		if (a->kind == PD_AST_KEYWORD && b->kind == PD_AST_KEYWORD &&
		    a->text.n == b->text.n &&
		    memcmp(a->text.s, b->text.s, a->text.n) == 0)
			pd_parse_fail(p, a->pos, "keyword argument repeated: "
			    "%s", a->text.s);
	}
	if (a->kind == PD_AST_STAR && dstar_seen)
		pd_parse_fail(p, a->pos, "iterable argument unpacking follows "
		    "keyword argument unpacking");
	if (a->kind == PD_AST_KEYWORD || a->kind == PD_AST_DSTAR ||
	    a->kind == PD_AST_STAR)
		return;
	if (dstar_seen)
		pd_parse_fail(p, a->pos, "positional argument follows keyword "
		    "argument unpacking");
	if (keyword_seen)
		pd_parse_fail(p, a->pos,
		    "positional argument follows keyword argument");
}

struct pd_ast *
pd_parse_call(struct pd_parser *p, struct pd_ast *f)
{
	struct pd_ast *call = pd_node(p, PD_AST_CALL, f->pos), *a;
	struct pd_alist l = { 0 };
	bool bare = false;

	call->a = f;
	pd_lex_next(p);
	while (!pd_lex_is_op(p, PD_OP1(')'))) {
		/* f(x for x in y) needs no brackets if it is alone. */
		bool bracket = pd_lex_is_op(p, PD_OP1('('));

		a = argument(p);
		check_argument(p, &l, a);
		pd_alist_add(p, &l, a);
		bare |= a->kind == PD_AST_GENEXP && !bracket;
		if (bare && l.n > 1)
			pd_parse_fail(p, a->pos, "Generator expression must "
			    "be parenthesized");
		if (!pd_lex_op(p, PD_OP1(',')))
			break;
	}
	pd_lex_need(p, PD_OP1(')'));
	return pd_node_list(call, &l);
}

static struct pd_ast *
slice(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a = NULL, *s, **parts[3];

	if (!pd_lex_is_op(p, PD_OP1(':')))
		a = pd_parse_star_named(p);
	if (!pd_lex_is_op(p, PD_OP1(':')))
		return a;
	if (a != NULL && a->kind == PD_AST_STAR)
		pd_parse_invalid(p);
	s = pd_node(p, PD_AST_SLICE, pos);
	s->a = a;
	parts[1] = &s->b;
	parts[2] = &s->c;
	for (int i = 1; i < 3 && pd_lex_op(p, PD_OP1(':')); i++)
		if (!pd_lex_is_op(p, PD_OP1(':')) &&
		    !pd_lex_is_op(p, PD_OP1(']')) &&
		    !pd_lex_is_op(p, PD_OP1(',')))
			*parts[i] = pd_parse_expr(p);
	return s;
}

struct pd_ast *
pd_parse_item(struct pd_parser *p, struct pd_ast *of)
{
	struct pd_ast *item = pd_node(p, PD_AST_ITEM, of->pos), *tuple;
	struct pd_alist l = { 0 };

	item->a = of;
	pd_lex_next(p);
	item->b = slice(p);
	if (pd_lex_is_op(p, PD_OP1(',')) || item->b->kind == PD_AST_STAR) {
		tuple = pd_node(p, PD_AST_TUPLE, item->b->pos);
		pd_alist_add(p, &l, item->b);
		while (pd_lex_op(p, PD_OP1(',')) &&
		    !pd_lex_is_op(p, PD_OP1(']')))
			pd_alist_add(p, &l, slice(p));
		item->b = pd_node_list(tuple, &l);
	}
	pd_lex_need(p, PD_OP1(']'));
	return item;
}

/* ---- lambda -------------------------------------------------------------- */

struct params {
	struct pd_parser *p;
	struct pd_alist	  list;
	bool		  star;		/* a * came */
	bool		  bare;		/* it has no name, and nothing came */
	bool		  defaults;
};

static void
add_param(struct params *u, int op)
{
	struct pd_parser *p = u->p;
	struct pd_ast *a = pd_node(p, PD_AST_PARAM, p->start);

	if (p->tok != PD_TOK_NAME)
		pd_parse_invalid(p);
	a->text = pd_lex_name(p);
	a->op = op;
	for (size_t i = 0; i < u->list.n; i++)
		if (u->list.v[i]->text.n == a->text.n &&
		    memcmp(u->list.v[i]->text.s, a->text.s, a->text.n) == 0)
			pd_parse_fail(p, a->pos, "duplicate argument '%s' in "
			    "function definition", a->text.s);
	if (op != PD_PARAM_STAR && op != PD_PARAM_DSTAR &&
	    pd_lex_op(p, PD_OP1('='))) {
		a->a = pd_parse_expr(p);
		u->defaults = true;
	} else if (op == PD_PARAM_PLAIN && u->defaults) {
		pd_parse_fail(p, a->pos, "parameter without a default follows "
		    "parameter with a default");
	}
	u->bare = false;
	pd_alist_add(p, &u->list, a);
}

static void
param(struct params *u)
{
	struct pd_parser *p = u->p;

	if (pd_lex_op(p, PD_OP1('/'))) {
		if (u->list.n == 0 || u->star ||
		    u->list.v[0]->op == PD_PARAM_POSITIONAL)
			pd_parse_invalid(p);
		for (size_t i = 0; i < u->list.n; i++)
			u->list.v[i]->op = PD_PARAM_POSITIONAL;
	} else if (pd_lex_op(p, PD_OP1('*'))) {
		if (u->star)
			pd_parse_fail(p, p->start,
			    "* argument may appear only once");
		u->star = u->bare = true;
		if (p->tok == PD_TOK_NAME)
			add_param(u, PD_PARAM_STAR);
	} else {
		add_param(u, u->star ? PD_PARAM_KEYWORD : PD_PARAM_PLAIN);
	}
}

struct pd_ast *
pd_parse_lambda(struct pd_parser *p)
{
	struct params u = { .p = p };
	struct pd_ast *a = pd_node(p, PD_AST_LAMBDA, p->start);

	pd_lex_next(p);
	while (!pd_lex_is_op(p, PD_OP1(':'))) {
		if (pd_lex_op(p, PD_OP2('*', '*'))) {
			add_param(&u, PD_PARAM_DSTAR);
			pd_lex_op(p, PD_OP1(','));
			break;
		}
		param(&u);
		if (!pd_lex_op(p, PD_OP1(',')))
			break;
	}
	if (u.bare)
		pd_parse_fail(p, a->pos,
		    "named arguments must follow bare *");
	pd_lex_need(p, PD_OP1(':'));
	a->a = pd_parse_expr(p);
	return pd_node_list(a, &u.list);
}
