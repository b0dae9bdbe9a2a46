/*
 * Tokens of Python expressions, one at a time.
 *
 * Called by the parser of expressions alone.  base/pylex is for showing
 * source and forgives everything; this one must be exact.  Of a string only
 * the prefix and the opening quotes are the token: parse-str.c reads on, for
 * an f-string holds expressions.
 */
#include "core/parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

#include "core/utf.h"

/* Sorted. */
static const char *const keywords[] = {
	"False", "None", "True", "and", "as", "assert", "async", "await",
	"break", "class", "continue", "def", "del", "elif", "else", "except",
	"finally", "for", "from", "global", "if", "import", "in", "is",
	"lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
	"while", "with", "yield",
};

/* Longer ones first. */
static const char *const operators[] = {
	"**=", "//=", ">>=", "<<=", "...", "**", "//", "<<", ">>", "<=",
	">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
	"^=", "@=", ":=",
};

static const char singles[] = "+-*/%@&|^~<>()[]{},:;.=!";

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static char
peek(const struct pd_parser *p, size_t at)
{
	return at < p->n ? p->src[at] : '\0';
}

/* Blanks, comments, and newlines where they mean nothing. */
static void
skip(struct pd_parser *p)
{
	size_t i = p->pos;

	for (; i < p->n; i++) {
		char c = p->src[i];

		if (c == '#') {
			while (i + 1 < p->n && p->src[i + 1] != '\n')
				i++;
		} else if (c == '\\' && peek(p, i + 1) == '\n') {
			i++;
		} else if (c == '\n') {
			if (p->brackets == 0 && !p->in_field)
				break;
		} else if (c != ' ' && c != '\t' && c != '\f' && c != '\r') {
			break;
		}
	}
	p->pos = i;
}

/* What stands behind the expression's line must be blank. */
static void
end_of_text(struct pd_parser *p)
{
	size_t i = p->pos;

	while (i < p->n && (isspace((unsigned char)p->src[i]) ||
	    p->src[i] == '#')) {
		if (p->src[i] == '#')
			while (i + 1 < p->n && p->src[i + 1] != '\n')
				i++;
		i++;
	}
	if (i < p->n)
		pd_parse_fail(p, i, "invalid syntax");
	p->tok = PD_TOK_END;
	p->start = p->end = p->pos;
}

static bool
is_keyword(const char *s, size_t n)
{
	for (size_t i = 0; i < COUNT(keywords); i++)
		if (strlen(keywords[i]) == n &&
		    memcmp(keywords[i], s, n) == 0)
			return true;
	return false;
}

/* A string's prefix and quotes at the token's start?  Else 0. */
static size_t
string_opens(const struct pd_parser *p)
{
	size_t i = p->start;
	bool raw = false, kind = false;
	char q;

	for (; i < p->start + 2; i++) {
		char c = (char)tolower((unsigned char)peek(p, i));

		if (c == 'r' && !raw)
			raw = true;
		else if ((c == 'b' || c == 'f') && !kind)
			kind = true;
		else if (c == 'u' && i == p->start)
			raw = kind = true;
		else
			break;
	}
	q = peek(p, i);
	if (q != '\'' && q != '"')
		return 0;
	return i - p->start +
	    (peek(p, i + 1) == q && peek(p, i + 2) == q ? 3 : 1);
}

static void
lex_word(struct pd_parser *p)
{
	size_t i = p->start, size;
	uint32_t c = pd_utf_get(p->src + i, p->n - i, &size);

	if (!pd_utf_ident_start(c) && !pd_utf_printable(c))
		pd_parse_fail(p, i, "invalid non-printable character U+%04X",
		    (unsigned)c);
	if (!pd_utf_ident_start(c))
		pd_parse_fail(p, i, "invalid character '%.*s' (U+%04X)",
		    (int)size, p->src + i, (unsigned)c);
	while (i < p->n && pd_utf_ident(pd_utf_get(p->src + i, p->n - i,
	    &size)))
		i += size;
	p->end = i;
	p->tok = is_keyword(p->src + p->start, i - p->start) ?
	    PD_TOK_KEYWORD : PD_TOK_NAME;
}

static void
close_bracket(struct pd_parser *p, char c)
{
	size_t at;
	char open;

	if (p->brackets == p->field) {
		/* The one that ends an f-string's field. */
		if (p->in_field && c == '}')
			return;
		pd_parse_fail(p, p->start, p->in_field ?
		    "f-string: unmatched '%c'" : "unmatched '%c'", c);
	}
	at = p->open[--p->brackets];
	open = p->src[at];
	if (c != (open == '(' ? ')' : open == '[' ? ']' : '}'))
		pd_parse_fail(p, p->start, "closing parenthesis '%c' does "
		    "not match opening parenthesis '%c'", c, open);
}

static void
lex_operator(struct pd_parser *p)
{
	char c = p->src[p->start];
	size_t len = 0;

	p->tok = PD_TOK_OP;
	for (size_t i = 0; i < COUNT(operators) && len == 0; i++) {
		size_t m = strlen(operators[i]);

		if (p->n - p->start >= m &&
		    memcmp(p->src + p->start, operators[i], m) == 0)
			len = m;
	}
	/* In an f-string's field, a colon that is in no bracket begins the
	 * spec: {x:=8} is no assignment. */
	if (c == ':' && p->in_field && p->brackets == p->field)
		len = 1;
	if (len == 0 && strchr(singles, c) != NULL)
		len = 1;
	if (len == 0)
		pd_parse_invalid(p);
	p->end = p->start + len;
	p->op = 0;
	for (size_t i = 0; i < len; i++)
		p->op |= (uint32_t)(unsigned char)p->src[p->start + i] <<
		    8 * i;
	if (c == '(' || c == '[' || c == '{') {
		if (p->brackets == PD_PARSE_BRACKETS)
			pd_parse_fail(p, p->start,
			    "too many nested parentheses");
		p->open[p->brackets++] = p->start;
	} else if (c == ')' || c == ']' || c == '}') {
		close_bracket(p, c);
	}
}

void
pd_lex_next(struct pd_parser *p)
{
	size_t quotes;
	char c;

	skip(p);
	p->start = p->end = p->pos;
	c = peek(p, p->pos);
	if (p->pos >= p->n || c == '\n') {
		end_of_text(p);
		return;
	}
	quotes = string_opens(p);
	if (quotes > 0) {
		p->tok = PD_TOK_STRING;
		p->end = p->start + quotes;
	} else if (isdigit((unsigned char)c) || (c == '.' &&
	    isdigit((unsigned char)peek(p, p->pos + 1)))) {
		p->tok = PD_TOK_NUMBER;
		p->end = p->start + 1;	/* parse-number.c reads on */
	} else if (isalpha((unsigned char)c) || c == '_' || (c & 0x80) != 0) {
		lex_word(p);
	} else if (c == '$' && isdigit((unsigned char)peek(p, p->pos + 1))) {
		for (p->end = p->start + 1; isdigit((unsigned char)peek(p,
		    p->end)); p->end++)
			continue;
		p->tok = PD_TOK_NAME;
	} else if (c == '$' && pd_utf_ident_start((unsigned char)peek(p,
	    p->pos + 1))) {
		/* A convenience variable. */
		p->start++;
		lex_word(p);
		p->start--;
		p->tok = PD_TOK_NAME;
	} else if (c == '\\') {
		pd_parse_fail(p, p->start, "unexpected character after line "
		    "continuation character");
	} else {
		lex_operator(p);
	}
	p->pos = p->end;
}

bool
pd_lex_is_op(const struct pd_parser *p, uint32_t op)
{
	return p->tok == PD_TOK_OP && p->op == op;
}

bool
pd_lex_is_word(const struct pd_parser *p, const char *word)
{
	size_t n = strlen(word);

	return p->tok == PD_TOK_KEYWORD && p->end - p->start == n &&
	    memcmp(p->src + p->start, word, n) == 0;
}

bool
pd_lex_op(struct pd_parser *p, uint32_t op)
{
	if (!pd_lex_is_op(p, op))
		return false;
	pd_lex_next(p);
	return true;
}

bool
pd_lex_word(struct pd_parser *p, const char *word)
{
	if (!pd_lex_is_word(p, word))
		return false;
	pd_lex_next(p);
	return true;
}

void
pd_lex_need(struct pd_parser *p, uint32_t op)
{
	if (!pd_lex_op(p, op))
		pd_parse_invalid(p);
}

struct pd_ast_text
pd_lex_name(struct pd_parser *p)
{
	const char *s = p->src + p->start;
	size_t n = p->end - p->start, m = 0;
	struct pd_abuf b = { 0 };
	uint8_t *plain;

	if (pd_utf_ascii(s, n)) {
		pd_abuf_add(p, &b, s, n);
	} else {
		plain = u8_normalize(UNINORM_NFKC, (const uint8_t *)s, n,
		    NULL, &m);
		if (plain == NULL)
			pd_parse_invalid(p);
		if (m <= p->arena->max - p->arena->used)
			pd_abuf_add(p, &b, (const char *)plain, m);
		free(plain);
		if (b.s == NULL)
			pd_parse_alloc(p, m * 2);
	}
	pd_lex_next(p);
	return (struct pd_ast_text){ .s = b.s, .n = b.n };
}
