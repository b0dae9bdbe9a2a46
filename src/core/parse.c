/*
 * Python expressions: operators by their precedence, and the parser's own
 * memory and errors.
 *
 * pd_ast_parse() is called by the evaluator of core files.  Any bytes may be
 * passed; what is no expression is one line of error.
 */
#include "core/parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/utf.h"

/* ---- memory and errors --------------------------------------------------- */

/* Line and column, from 1; the column counts characters. */
static void
place(const struct pd_parser *p, size_t pos, unsigned *line, size_t *column)
{
	size_t begin = 0;

	*line = 1;
	for (size_t i = 0; i < pos && i < p->n; i++)
		if (p->src[i] == '\n') {
			++*line;
			begin = i + 1;
		}
	*column = 1;
	for (size_t i = begin; i < pos && i < p->n; i++)
		*column += ((unsigned char)p->src[i] & 0xc0) != 0x80;
}

void
pd_parse_fail(struct pd_parser *p, size_t pos, const char *fmt, ...)
{
	char text[512];
	unsigned line;
	size_t column;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	place(p, pos, &line, &column);
	if (memchr(p->src, '\n', p->n) != NULL)
		pd_err_set(p->err, "SyntaxError: %s (line %u, column %zu)",
		    text, line, column);
	else
		pd_err_set(p->err, "SyntaxError: %s (column %zu)", text,
		    column);
	longjmp(p->fail, 1);
}

void
pd_parse_invalid(struct pd_parser *p)
{
	size_t at;

	if (p->tok == PD_TOK_END && p->brackets > p->field) {
		at = p->open[p->brackets - 1];
		pd_parse_fail(p, at, "'%c' was never closed", p->src[at]);
	}
	pd_parse_fail(p, p->start, "invalid syntax");
}

void *
pd_parse_alloc(struct pd_parser *p, size_t n)
{
	void *m = pd_arena_alloc(p->arena, n);

	if (m == NULL) {
		pd_err_set(p->err, "MemoryError: the expression takes more "
		    "than %zu bytes", p->arena->max);
		longjmp(p->fail, 1);
	}
	return m;
}

void
pd_abuf_add(struct pd_parser *p, struct pd_abuf *b, const char *s, size_t n)
{
	char *grown;

	if (b->cap - b->n <= n) {
		b->cap = (b->n + n) * 2 + 16;
		grown = pd_parse_alloc(p, b->cap);
		if (b->n > 0)
			memcpy(grown, b->s, b->n);
		b->s = grown;
	}
	if (n > 0)
		memcpy(b->s + b->n, s, n);
	b->n += n;
	b->s[b->n] = '\0';
}

void
pd_alist_add(struct pd_parser *p, struct pd_alist *l, struct pd_ast *node)
{
	struct pd_ast **grown;

	if (l->n == l->cap) {
		l->cap = l->cap * 2 + 4;
		grown = pd_parse_alloc(p, l->cap * sizeof(struct pd_ast *));
		if (l->n > 0)
			memcpy(grown, l->v, l->n * sizeof(struct pd_ast *));
		l->v = grown;
	}
	l->v[l->n++] = node;
}

struct pd_ast *
pd_node(struct pd_parser *p, enum pd_ast_kind kind, size_t pos)
{
	struct pd_ast *a = pd_parse_alloc(p, sizeof(*a));

	a->kind = kind;
	a->pos = pos;
	return a;
}

struct pd_ast *
pd_node_list(struct pd_ast *a, struct pd_alist *l)
{
	a->list = l->v;
	a->n = l->n;
	return a;
}

void
pd_parse_enter(struct pd_parser *p)
{
	if (++p->depth > PD_PARSE_DEPTH)
		pd_parse_fail(p, p->start, "too many nested expressions");
}

void
pd_parse_leave(struct pd_parser *p)
{
	p->depth--;
}

/* ---- operators ----------------------------------------------------------- */

struct binary {
	uint32_t	token;
	int		level;
	enum pd_ast_op	op;
};

enum level { BITOR, BITXOR, BITAND, SHIFT, ARITH, TERM, UNARY };

static const struct binary binaries[] = {
	{ PD_OP1('|'), BITOR, PD_OP_OR },
	{ PD_OP1('^'), BITXOR, PD_OP_XOR },
	{ PD_OP1('&'), BITAND, PD_OP_AND },
	{ PD_OP2('<', '<'), SHIFT, PD_OP_LSHIFT },
	{ PD_OP2('>', '>'), SHIFT, PD_OP_RSHIFT },
	{ PD_OP1('+'), ARITH, PD_OP_ADD },
	{ PD_OP1('-'), ARITH, PD_OP_SUB },
	{ PD_OP1('*'), TERM, PD_OP_MUL },
	{ PD_OP1('/'), TERM, PD_OP_DIV },
	{ PD_OP1('%'), TERM, PD_OP_MOD },
	{ PD_OP1('@'), TERM, PD_OP_MATMUL },
	{ PD_OP2('/', '/'), TERM, PD_OP_FLOORDIV },
};

static const struct binary comparisons[] = {
	{ PD_OP1('<'), 0, PD_OP_LT },
	{ PD_OP1('>'), 0, PD_OP_GT },
	{ PD_OP2('=', '='), 0, PD_OP_EQ },
	{ PD_OP2('!', '='), 0, PD_OP_NE },
	{ PD_OP2('<', '='), 0, PD_OP_LE },
	{ PD_OP2('>', '='), 0, PD_OP_GE },
};

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static struct pd_ast *
unary_node(struct pd_parser *p, enum pd_ast_op op, size_t pos,
    struct pd_ast *operand)
{
	struct pd_ast *a = pd_node(p, PD_AST_UNARY, pos);

	a->op = op;
	a->a = operand;
	return a;
}

/* A name, literal or display, and what hangs behind it. */
static struct pd_ast *
primary(struct pd_parser *p)
{
	struct pd_ast *a = pd_parse_atom(p), *attr;

	for (;;) {
		if (pd_lex_is_op(p, PD_OP1('('))) {
			a = pd_parse_call(p, a);
		} else if (pd_lex_is_op(p, PD_OP1('['))) {
			a = pd_parse_item(p, a);
		} else if (pd_lex_op(p, PD_OP1('.'))) {
			attr = pd_node(p, PD_AST_ATTR, a->pos);
			attr->a = a;
			if (p->tok != PD_TOK_NAME)
				pd_parse_invalid(p);
			attr->text = pd_lex_name(p);
			a = attr;
		} else {
			return a;
		}
	}
}

static struct pd_ast *
await_primary(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a;

	if (!pd_lex_word(p, "await"))
		return primary(p);
	a = pd_node(p, PD_AST_AWAIT, pos);
	a->a = primary(p);
	return a;
}

/* -x ** -y: the sign on the left is outside, the one on the right inside. */
static struct pd_ast *
factor(struct pd_parser *p)
{
	static const struct binary signs[] = {
		{ PD_OP1('+'), 0, PD_OP_POS },
		{ PD_OP1('-'), 0, PD_OP_NEG },
		{ PD_OP1('~'), 0, PD_OP_INVERT },
	};
	size_t pos = p->start;
	struct pd_ast *a, *power;

	pd_parse_enter(p);
	for (size_t i = 0; i < COUNT(signs); i++)
		if (pd_lex_op(p, signs[i].token)) {
			a = unary_node(p, signs[i].op, pos, factor(p));
			pd_parse_leave(p);
			return a;
		}
	a = await_primary(p);
	if (pd_lex_op(p, PD_OP2('*', '*'))) {
		power = pd_node(p, PD_AST_BINARY, pos);
		power->op = PD_OP_POW;
		power->a = a;
		power->b = factor(p);
		a = power;
	}
	pd_parse_leave(p);
	return a;
}

static struct pd_ast *
binary(struct pd_parser *p, int level)
{
	struct pd_ast *a = factor(p), *node;
	size_t i;

	for (;;) {
		for (i = 0; i < COUNT(binaries); i++)
			if (binaries[i].level >= level &&
			    pd_lex_is_op(p, binaries[i].token))
				break;
		if (i == COUNT(binaries))
			return a;
		pd_lex_next(p);
		node = pd_node(p, PD_AST_BINARY, a->pos);
		node->op = binaries[i].op;
		node->a = a;
		node->b = binary(p, binaries[i].level + 1);
		a = node;
	}
}

struct pd_ast *
pd_parse_bitor(struct pd_parser *p)
{
	return binary(p, BITOR);
}

/* 0 if the token is no comparison; else it is passed. */
static int
compare_op(struct pd_parser *p)
{
	for (size_t i = 0; i < COUNT(comparisons); i++)
		if (pd_lex_op(p, comparisons[i].token))
			return comparisons[i].op;
	if (pd_lex_word(p, "in"))
		return PD_OP_IN;
	if (pd_lex_word(p, "is"))
		return pd_lex_word(p, "not") ? PD_OP_IS_NOT : PD_OP_IS;
	if (pd_lex_word(p, "not")) {
		if (!pd_lex_word(p, "in"))
			pd_parse_invalid(p);
		return PD_OP_NOT_IN;
	}
	return 0;
}

static struct pd_ast *
comparison(struct pd_parser *p)
{
	struct pd_ast *first = binary(p, BITOR), *node, *operand;
	struct pd_alist l = { 0 };
	size_t pos = p->start;
	int op;

	while ((op = compare_op(p)) != 0) {
		operand = pd_node(p, PD_AST_OPERAND, pos);
		operand->op = op;
		operand->a = binary(p, BITOR);
		pd_alist_add(p, &l, operand);
		pos = p->start;
	}
	if (l.n == 0)
		return first;
	node = pd_node(p, PD_AST_COMPARE, first->pos);
	node->a = first;
	return pd_node_list(node, &l);
}

static struct pd_ast *
inversion(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a;

	pd_parse_enter(p);
	if (pd_lex_word(p, "not"))
		a = unary_node(p, PD_OP_NOT, pos, inversion(p));
	else
		a = comparison(p);
	pd_parse_leave(p);
	return a;
}

/* and, or: a list of two or more, or what stands there alone. */
static struct pd_ast *
junction(struct pd_parser *p, enum pd_ast_kind kind)
{
	bool conj = kind == PD_AST_AND;
	struct pd_ast *a = conj ? inversion(p) : junction(p, PD_AST_AND);
	struct pd_alist l = { 0 };

	if (!pd_lex_is_word(p, conj ? "and" : "or"))
		return a;
	pd_alist_add(p, &l, a);
	while (pd_lex_word(p, conj ? "and" : "or"))
		pd_alist_add(p, &l, conj ? inversion(p) :
		    junction(p, PD_AST_AND));
	return pd_node_list(pd_node(p, kind, a->pos), &l);
}

struct pd_ast *
pd_parse_or(struct pd_parser *p)
{
	return junction(p, PD_AST_OR);
}

struct pd_ast *
pd_parse_expr(struct pd_parser *p)
{
	struct pd_ast *a, *cond;

	pd_parse_enter(p);
	if (pd_lex_is_word(p, "lambda")) {
		a = pd_parse_lambda(p);
	} else {
		a = pd_parse_or(p);
		if (pd_lex_word(p, "if")) {
			cond = pd_node(p, PD_AST_COND, a->pos);
			cond->b = a;
			cond->a = pd_parse_or(p);
			if (!pd_lex_word(p, "else"))
				pd_parse_fail(p, a->pos, "expected 'else' "
				    "after 'if' expression");
			cond->c = pd_parse_expr(p);
			a = cond;
		}
	}
	pd_parse_leave(p);
	return a;
}

struct pd_ast *
pd_parse_named(struct pd_parser *p)
{
	bool plain = p->tok == PD_TOK_NAME;
	struct pd_ast *a = pd_parse_expr(p), *named;

	if (!pd_lex_is_op(p, PD_OP2(':', '=')))
		return a;
	if (!plain || a->kind != PD_AST_NAME)
		pd_parse_invalid(p);
	pd_lex_next(p);
	named = pd_node(p, PD_AST_NAMED, a->pos);
	named->text = a->text;
	named->a = pd_parse_expr(p);
	return named;
}

struct pd_ast *
pd_parse_star_named(struct pd_parser *p)
{
	size_t pos = p->start;
	struct pd_ast *a;

	if (!pd_lex_op(p, PD_OP1('*')))
		return pd_parse_named(p);
	a = pd_node(p, PD_AST_STAR, pos);
	a->a = pd_parse_bitor(p);
	return a;
}

/* Does an expression begin here?  Else a comma was the last. */
static bool
goes_on(const struct pd_parser *p)
{
	static const char ends[] = ")]}:=!,";

	if (p->tok == PD_TOK_END)
		return false;
	if (p->tok == PD_TOK_OP)
		return p->op > 0xff || strchr(ends, (int)p->op) == NULL;
	return true;
}

struct pd_ast *
pd_parse_exprs(struct pd_parser *p, bool star)
{
	struct pd_ast *a = star ? pd_parse_star_named(p) : pd_parse_expr(p);
	struct pd_alist l = { 0 };

	if (!pd_lex_is_op(p, PD_OP1(','))) {
		if (a->kind == PD_AST_STAR)
			pd_parse_fail(p, a->pos,
			    "can't use starred expression here");
		return a;
	}
	pd_alist_add(p, &l, a);
	while (pd_lex_op(p, PD_OP1(',')) && goes_on(p))
		pd_alist_add(p, &l, star ? pd_parse_star_named(p) :
		    pd_parse_expr(p));
	return pd_node_list(pd_node(p, PD_AST_TUPLE, a->pos), &l);
}

struct pd_ast *
pd_ast_parse(struct pd_arena *arena, const char *src, size_t n,
    struct pd_err *err)
{
	struct pd_parser p = { .arena = arena, .src = src, .n = n,
	    .err = err };
	struct pd_ast *a;
	size_t bad;

	if (n > PD_PARSE_BYTES) {
		pd_err_set(err, "SyntaxError: the expression is longer than "
		    "%zu bytes", PD_PARSE_BYTES);
		return NULL;
	}
	if (setjmp(p.fail) != 0)
		return NULL;
	if (!pd_utf_valid(src, n, &bad))
		pd_parse_fail(&p, bad, "the source is not UTF-8");
	if (n > 0 && memchr(src, '\0', n) != NULL)
		pd_parse_fail(&p, 0,
		    "source code string cannot contain null bytes");
	pd_lex_next(&p);
	a = pd_parse_exprs(&p, false);
	if (p.tok != PD_TOK_END)
		pd_parse_invalid(&p);
	return a;
}
