/*
 * Numbers in Python expressions: "Numeric literals" of the language
 * reference.
 *
 * Called by the parser of expressions.  What a number is worth is left to the
 * evaluator; here it is checked, and freed of its underscores.
 */
#include "core/parse.h"

#include <ctype.h>
#include <string.h>

#include "core/utf.h"

struct number {
	struct pd_parser *p;
	size_t		  at;
	struct pd_abuf	  text;
	const char	 *what;		/* decimal, ... */
};

static char
peek(const struct number *u, size_t more)
{
	size_t i = u->at + more;

	return i < u->p->n ? u->p->src[i] : '\0';
}

static void
take(struct number *u)
{
	pd_abuf_add(u->p, &u->text, u->p->src + u->at, 1);
	u->at++;
}

static bool
is_digit(char c, int base)
{
	if (base == 16)
		return isxdigit((unsigned char)c);
	return c >= '0' && c < '0' + base;
}

static _Noreturn void
invalid(struct number *u)
{
	pd_parse_fail(u->p, u->at, "invalid %s literal", u->what);
}

/* Digits with single underscores between them; may be none. */
static void
digits(struct number *u, int base)
{
	while (is_digit(peek(u, 0), base)) {
		take(u);
		if (peek(u, 0) == '_') {
			u->at++;
			if (!is_digit(peek(u, 0), base))
				invalid(u);
		}
	}
}

/* 1if x: the word is the next token.  1x: an error. */
static void
check_end(struct number *u)
{
	static const char *const words[] = {
		"and", "else", "for", "if", "in", "is", "not", "or",
	};
	const char *s = u->p->src + u->at;
	size_t left = u->p->n - u->at, size;

	if (left == 0 || !pd_utf_ident(pd_utf_get(s, left, &size)))
		return;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t m = strlen(words[i]);

		if (left >= m && memcmp(s, words[i], m) == 0)
			return;
	}
	invalid(u);
}

static enum pd_ast_kind
with_base(struct number *u, int base, const char *what)
{
	u->what = what;
	take(u);
	take(u);
	if (peek(u, 0) == '_')
		u->at++;
	if (!is_digit(peek(u, 0), base)) {
		if (isdigit((unsigned char)peek(u, 0)))
			pd_parse_fail(u->p, u->at, "invalid digit '%c' in %s "
			    "literal", peek(u, 0), what);
		invalid(u);
	}
	digits(u, base);
	if (isdigit((unsigned char)peek(u, 0)))
		pd_parse_fail(u->p, u->at, "invalid digit '%c' in %s literal",
		    peek(u, 0), what);
	return PD_AST_INT;
}

static bool
exponent_follows(const struct number *u)
{
	char c = peek(u, 0), next = peek(u, 1);

	if (c != 'e' && c != 'E')
		return false;
	return isdigit((unsigned char)next) || ((next == '+' || next == '-') &&
	    isdigit((unsigned char)peek(u, 2)));
}

static enum pd_ast_kind
decimal(struct number *u)
{
	enum pd_ast_kind kind = PD_AST_INT;
	size_t zeros = 0;

	digits(u, 10);
	if (peek(u, 0) == '.') {
		kind = PD_AST_FLOAT;
		take(u);
		digits(u, 10);
	}
	if (exponent_follows(u)) {
		kind = PD_AST_FLOAT;
		take(u);
		if (!isdigit((unsigned char)peek(u, 0)))
			take(u);
		digits(u, 10);
	}
	if (peek(u, 0) == 'j' || peek(u, 0) == 'J') {
		u->at++;
		return PD_AST_IMAG;
	}
	while (zeros < u->text.n && u->text.s[zeros] == '0')
		zeros++;
	if (kind == PD_AST_INT && zeros > 0 && zeros < u->text.n)
		pd_parse_fail(u->p, u->p->start, "leading zeros in decimal "
		    "integer literals are not permitted; use an 0o prefix "
		    "for octal integers");
	return kind;
}

struct pd_ast *
pd_parse_number(struct pd_parser *p)
{
	struct number u = { .p = p, .at = p->start, .what = "decimal" };
	struct pd_ast *a = pd_node(p, PD_AST_INT, p->start);
	char c = (char)tolower((unsigned char)peek(&u, 1));

	if (peek(&u, 0) == '0' && c == 'x')
		a->kind = with_base(&u, 16, "hexadecimal");
	else if (peek(&u, 0) == '0' && c == 'o')
		a->kind = with_base(&u, 8, "octal");
	else if (peek(&u, 0) == '0' && c == 'b')
		a->kind = with_base(&u, 2, "binary");
	else
		a->kind = decimal(&u);
	check_end(&u);
	a->text = (struct pd_ast_text){ .s = u.text.s, .n = u.text.n };
	p->pos = u.at;
	pd_lex_next(p);
	return a;
}
