/*
 * Python expressions: names, literals, displays, comprehensions.
 *
 * Called by the parser of expressions (parse.c).
 */
#include "core/parse.h"

#include <string.h>

/* ---- comprehensions ------------------------------------------------------ */

static const char *
kind_text(const struct pd_ast *a)
{
	static const char *const names[PD_AST_MAX] = {
		[PD_AST_NONE] = "None", [PD_AST_TRUE] = "True",
		[PD_AST_FALSE] = "False", [PD_AST_ELLIPSIS] = "ellipsis",
		[PD_AST_INT] = "literal", [PD_AST_FLOAT] = "literal",
		[PD_AST_IMAG] = "literal", [PD_AST_STR] = "literal",
		[PD_AST_BYTES] = "literal",
		[PD_AST_FSTR] = "f-string expression",
		[PD_AST_CALL] = "function call",
		[PD_AST_COMPARE] = "comparison",
		[PD_AST_COND] = "conditional expression",
		[PD_AST_LAMBDA] = "lambda", [PD_AST_SET] = "set display",
		[PD_AST_DICT] = "dict literal",
		[PD_AST_LISTCOMP] = "list comprehension",
		[PD_AST_SETCOMP] = "set comprehension",
		[PD_AST_DICTCOMP] = "dict comprehension",
		[PD_AST_GENEXP] = "generator expression",
		[PD_AST_AWAIT] = "await expression",
		[PD_AST_YIELD] = "yield expression",
		[PD_AST_NAMED] = "named expression",
	};
	const char *name = names[a->kind];

	return name != NULL ? name : "expression";
}

static void
check_target(struct pd_parser *p, const struct pd_ast *a)
{
	switch (a->kind) {
	case PD_AST_NAME:
	case PD_AST_ATTR:
	case PD_AST_ITEM:
		break;
	case PD_AST_STAR:
		check_target(p, a->a);
		break;
	case PD_AST_LIST:
	case PD_AST_TUPLE:
		for (size_t i = 0; i < a->n; i++)
			check_target(p, a->list[i]);
		break;
	default:
		pd_parse_fail(p, a->pos, "cannot assign to %s", kind_text(a));
	}
}

static struct pd_ast *
target(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a;

	if (!pd_lex_op(p, PD_OP1('*')))
		return pd_parse_bitor(p);
	a = pd_node(p, PD_AST_STAR, pos);
	a->a = pd_parse_bitor(p);
	return a;
}

static struct pd_ast *
targets(struct pd_parser *p)
{
	struct pd_ast *a = target(p), *tuple;
	struct pd_alist l = { 0 };

	if (pd_lex_is_op(p, PD_OP1(','))) {
		pd_alist_add(p, &l, a);
		while (pd_lex_op(p, PD_OP1(',')) && !pd_lex_is_word(p, "in"))
			pd_alist_add(p, &l, target(p));
		tuple = pd_node(p, PD_AST_TUPLE, a->pos);
		a = pd_node_list(tuple, &l);
	} else if (a->kind == PD_AST_STAR) {
		pd_parse_fail(p, a->pos, "starred assignment target must be "
		    "in a list or tuple");
	}
	check_target(p, a);
	return a;
}

bool
pd_parse_at_for(const struct pd_parser *p)
{
	return pd_lex_is_word(p, "for") || pd_lex_is_word(p, "async");
}

/* The for and if clauses go into the node. */
static struct pd_ast *
clauses(struct pd_parser *p, struct pd_ast *node)
{
	struct pd_alist l = { 0 }, ifs;
	struct pd_ast *f;

	if (node->a != NULL && node->a->kind == PD_AST_STAR)
		pd_parse_fail(p, node->a->pos, "iterable unpacking cannot be "
		    "used in comprehension");
	while (pd_parse_at_for(p)) {
		f = pd_node(p, PD_AST_FOR, p->start);
		f->op = pd_lex_word(p, "async");
		if (!pd_lex_word(p, "for"))
			pd_parse_invalid(p);
		f->a = targets(p);
		if (!pd_lex_word(p, "in"))
			pd_parse_invalid(p);
		f->b = pd_parse_or(p);
		ifs = (struct pd_alist){ 0 };
		while (pd_lex_word(p, "if"))
			pd_alist_add(p, &ifs, pd_parse_or(p));
		pd_alist_add(p, &l, pd_node_list(f, &ifs));
	}
	return pd_node_list(node, &l);
}

struct pd_ast *
pd_parse_comprehension(struct pd_parser *p, enum pd_ast_kind kind,
    size_t pos, struct pd_ast *element)
{
	struct pd_ast *a = pd_node(p, kind, pos);

	a->a = element;
	return clauses(p, a);
}

/* ---- displays ------------------------------------------------------------ */

static struct pd_ast *
yield(struct pd_parser *p)
{
	struct pd_ast *a = pd_node(p, PD_AST_YIELD, p->start);

	pd_lex_next(p);
	if (pd_lex_word(p, "from")) {
		a->op = 1;
		a->a = pd_parse_expr(p);
	} else if (!pd_lex_is_op(p, PD_OP1(')'))) {
		a->a = pd_parse_exprs(p, true);
	}
	return a;
}

/* Items from the one that has been read up to the closing bracket. */
static struct pd_ast *
items(struct pd_parser *p, enum pd_ast_kind kind, size_t pos,
    struct pd_ast *first, uint32_t close)
{
	struct pd_alist l = { 0 };

	pd_alist_add(p, &l, first);
	while (pd_lex_op(p, PD_OP1(',')) && !pd_lex_is_op(p, close))
		pd_alist_add(p, &l, pd_parse_star_named(p));
	return pd_node_list(pd_node(p, kind, pos), &l);
}

static struct pd_ast *
parentheses(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a;

	pd_lex_next(p);
	if (pd_lex_is_op(p, PD_OP1(')'))) {
		a = pd_node(p, PD_AST_TUPLE, pos);
	} else if (pd_lex_is_word(p, "yield")) {
		a = yield(p);
	} else {
		a = pd_parse_star_named(p);
		if (pd_parse_at_for(p))
			a = pd_parse_comprehension(p, PD_AST_GENEXP, pos,
			    a);
		else if (pd_lex_is_op(p, PD_OP1(',')))
			a = items(p, PD_AST_TUPLE, pos, a, PD_OP1(')'));
		else if (a->kind == PD_AST_STAR)
			pd_parse_fail(p, a->pos,
			    "cannot use starred expression here");
	}
	pd_lex_need(p, PD_OP1(')'));
	/* (a) := 1 and f((a)=1) are errors: it does not begin as a name. */
	return a;
}

static struct pd_ast *
list(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a;

	pd_lex_next(p);
	if (pd_lex_is_op(p, PD_OP1(']'))) {
		a = pd_node(p, PD_AST_LIST, pos);
	} else {
		a = pd_parse_star_named(p);
		if (pd_parse_at_for(p))
			a = pd_parse_comprehension(p, PD_AST_LISTCOMP, pos,
			    a);
		else
			a = items(p, PD_AST_LIST, pos, a, PD_OP1(']'));
	}
	pd_lex_need(p, PD_OP1(']'));
	return a;
}

static struct pd_ast *
dict_item(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a;

	if (pd_lex_op(p, PD_OP2('*', '*'))) {
		a = pd_node(p, PD_AST_DSTAR, pos);
		a->a = pd_parse_bitor(p);
		return a;
	}
	a = pd_node(p, PD_AST_PAIR, pos);
	a->a = pd_parse_expr(p);
	pd_lex_need(p, PD_OP1(':'));
	a->b = pd_parse_expr(p);
	return a;
}

static struct pd_ast *
dict(struct pd_parser *p, size_t pos, struct pd_ast *first)
{
	struct pd_alist l = { 0 };
	struct pd_ast *a;

	if (pd_parse_at_for(p)) {
		if (first->kind == PD_AST_DSTAR)
			pd_parse_fail(p, first->pos, "dict unpacking cannot "
			    "be used in dict comprehension");
		a = pd_node(p, PD_AST_DICTCOMP, pos);
		a->a = first->a;
		a->b = first->b;
		return clauses(p, a);
	}
	pd_alist_add(p, &l, first);
	while (pd_lex_op(p, PD_OP1(',')) && !pd_lex_is_op(p, PD_OP1('}')))
		pd_alist_add(p, &l, dict_item(p));
	return pd_node_list(pd_node(p, PD_AST_DICT, pos), &l);
}

static struct pd_ast *
braces(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a, *pair;

	pd_lex_next(p);
	if (pd_lex_is_op(p, PD_OP1('}'))) {
		a = pd_node(p, PD_AST_DICT, pos);
	} else if (pd_lex_is_op(p, PD_OP2('*', '*'))) {
		a = dict(p, pos, dict_item(p));
	} else {
		a = pd_parse_star_named(p);
		if (pd_lex_op(p, PD_OP1(':'))) {
			if (a->kind == PD_AST_STAR || a->kind == PD_AST_NAMED)
				pd_parse_invalid(p);
			pair = pd_node(p, PD_AST_PAIR, a->pos);
			pair->a = a;
			pair->b = pd_parse_expr(p);
			a = dict(p, pos, pair);
		} else if (pd_parse_at_for(p)) {
			a = pd_parse_comprehension(p, PD_AST_SETCOMP, pos,
			    a);
		} else {
			a = items(p, PD_AST_SET, pos, a, PD_OP1('}'));
		}
	}
	pd_lex_need(p, PD_OP1('}'));
	return a;
}

static struct pd_ast *
keyword(struct pd_parser *p)
{
	static const struct {
		const char		*word;
		enum pd_ast_kind	 kind;
	} words[] = {
		{ "None", PD_AST_NONE },
		{ "True", PD_AST_TRUE },
		{ "False", PD_AST_FALSE },
	};
	size_t pos = p->start;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (pd_lex_word(p, words[i].word))
			return pd_node(p, words[i].kind, pos);
	pd_parse_invalid(p);
}

struct pd_ast *
pd_parse_atom(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a;

	switch (p->tok) {
	case PD_TOK_NAME:
		a = pd_node(p, PD_AST_NAME, pos);
		a->text = pd_lex_name(p);
		return a;
	case PD_TOK_NUMBER:
		return pd_parse_number(p);
	case PD_TOK_STRING:
		return pd_parse_strings(p);
	case PD_TOK_KEYWORD:
		return keyword(p);
	default:
		break;
	}
	if (pd_lex_is_op(p, PD_OP1('(')))
		return parentheses(p);
	if (pd_lex_is_op(p, PD_OP1('[')))
		return list(p);
	if (pd_lex_is_op(p, PD_OP1('{')))
		return braces(p);
	if (pd_lex_op(p, PD_OP3('.', '.', '.')))
		return pd_node(p, PD_AST_ELLIPSIS, pos);
	pd_parse_invalid(p);
}
