/*
 * Strings in Python expressions: prefixes, escapes, f-strings, and literals
 * that stand side by side.
 *
 * Called by the parser of expressions.  An f-string's fields are expressions
 * in the middle of the text: the parser's place is put into the field, and
 * back behind it.
 */
#include "core/parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <uniname.h>

#include "core/utf.h"

struct strs {
	struct pd_parser *p;
	size_t		  first;	/* where the first literal begins */
	bool		  bytes, format;	/* of all together */
	struct pd_abuf	  text;		/* since the last field */
	struct pd_alist	  parts;	/* of an f-string */
	/* the literal that is read */
	size_t		  start;
	char		  quote;
	bool		  triple, raw, is_bytes, is_format;
};

static void	scan_format(struct strs *, bool spec);

static char
peek(const struct strs *u, size_t more)
{
	size_t i = u->p->pos + more;

	return i < u->p->n ? u->p->src[i] : '\0';
}

static bool
at_quote(const struct strs *u)
{
	return peek(u, 0) == u->quote && (!u->triple ||
	    (peek(u, 1) == u->quote && peek(u, 2) == u->quote));
}

static void
add_char(struct strs *u, uint32_t c)
{
	char b[PD_UTF8_MAX];

	if (u->is_bytes) {
		b[0] = (char)(c & 0xff);
		pd_abuf_add(u->p, &u->text, b, 1);
	} else {
		pd_abuf_add(u->p, &u->text, b, pd_utf8_put(b, c));
	}
}

static _Noreturn void
unterminated(struct strs *u)
{
	unsigned line = 1;

	for (size_t i = 0; i < u->p->pos && i < u->p->n; i++)
		line += u->p->src[i] == '\n';
	pd_parse_fail(u->p, u->start, "unterminated %s%sstring literal "
	    "(detected at line %u)", u->triple ? "triple-quoted " : "",
	    u->is_format ? "f-" : "", line);
}

/* ---- escapes ------------------------------------------------------------- */

static const char	simple_from[] = "\\'\"abfnrtv";
static const char	simple_to[] = "\\'\"\a\b\f\n\r\t\v";

static int
hex_value(char c)
{
	return isdigit((unsigned char)c) ? c - '0' :
	    tolower((unsigned char)c) - 'a' + 10;
}

/* \xhh, \uhhhh, \Uhhhhhhhh: the place is behind the letter. */
static void
hex_escape(struct strs *u, char letter, size_t want)
{
	uint32_t c = 0;

	for (size_t i = 0; i < want; i++) {
		char h = peek(u, i);

		if (!isxdigit((unsigned char)h)) {
			if (u->is_bytes)
				pd_parse_fail(u->p, u->p->pos,
				    "(value error) invalid \\x escape");
			pd_parse_fail(u->p, u->p->pos, "(unicode error) "
			    "truncated \\%c%.*s escape", letter, (int)want,
			    "XXXXXXXX");
		}
		c = c << 4 | (uint32_t)hex_value(h);
	}
	if (c > 0x10ffff)
		pd_parse_fail(u->p, u->p->pos,
		    "(unicode error) illegal Unicode character");
	u->p->pos += want;
	add_char(u, c);
}

static void
name_escape(struct strs *u)
{
	const char *s = u->p->src + u->p->pos, *end;
	char name[256];
	ucs4_t c;
	size_t n;

	end = *s == '{' && u->p->pos < u->p->n ?
	    memchr(s, '}', u->p->n - u->p->pos) : NULL;
	if (end == NULL)
		pd_parse_fail(u->p, u->p->pos, "(unicode error) malformed "
		    "\\N character escape");
	n = (size_t)(end - s) - 1;
	c = UNINAME_INVALID;
	if (n > 0 && n < sizeof(name)) {
		memcpy(name, s + 1, n);
		name[n] = '\0';
		c = unicode_name_character(name);
	}
	if (c == UNINAME_INVALID)
		pd_parse_fail(u->p, u->p->pos,
		    "(unicode error) unknown Unicode character name");
	u->p->pos += n + 2;
	add_char(u, c);
}

static void
octal_escape(struct strs *u)
{
	uint32_t c = 0;

	for (int i = 0; i < 3 && peek(u, 0) >= '0' && peek(u, 0) <= '7'; i++) {
		c = c << 3 | (uint32_t)(peek(u, 0) - '0');
		u->p->pos++;
	}
	add_char(u, c);
}

/* The place is at the backslash of a literal that is not raw. */
static void
escape(struct strs *u)
{
	char c = peek(u, 1);
	const char *simple = c != '\0' ? strchr(simple_from, c) : NULL;

	u->p->pos++;
	if (u->p->pos >= u->p->n)
		unterminated(u);
	if (simple != NULL) {
		u->p->pos++;
		add_char(u, (unsigned char)simple_to[simple - simple_from]);
	} else if (c == '\n') {
		u->p->pos++;
	} else if (c >= '0' && c <= '7') {
		octal_escape(u);
	} else if (c == 'x') {
		u->p->pos++;
		hex_escape(u, c, 2);
	} else if ((c == 'u' || c == 'U') && !u->is_bytes) {
		u->p->pos++;
		hex_escape(u, c, c == 'u' ? 4 : 8);
	} else if (c == 'N' && !u->is_bytes) {
		u->p->pos++;
		name_escape(u);
	} else {
		/* What is no escape stands for itself, and its backslash. */
		add_char(u, '\\');
	}
}

/* One character or escape of a literal's text; not its quote. */
static void
scan_char(struct strs *u)
{
	struct pd_parser *p = u->p;
	char c = peek(u, 0);

	if (p->pos >= p->n || (c == '\n' && !u->triple))
		unterminated(u);
	if (c == '\\' && !u->raw) {
		escape(u);
		return;
	}
	if (u->is_bytes && (c & 0x80) != 0)
		pd_parse_fail(p, p->pos, "bytes can only contain ASCII "
		    "literal characters");
	pd_abuf_add(p, &u->text, &c, 1);
	p->pos++;
	/* In a raw one the backslash stays, and what it hides. */
	if (c == '\\' && p->pos < p->n && (!u->is_format ||
	    (peek(u, 0) != '{' && peek(u, 0) != '}'))) {
		pd_abuf_add(p, &u->text, p->src + p->pos, 1);
		p->pos++;
	}
}

/* ---- f-strings ----------------------------------------------------------- */

/* What has been read of the text becomes a part. */
static void
flush(struct strs *u)
{
	struct pd_ast *a;

	if (u->text.n == 0)
		return;
	a = pd_node(u->p, PD_AST_STR, u->start);
	a->text = (struct pd_ast_text){ .s = u->text.s, .n = u->text.n };
	u->text = (struct pd_abuf){ 0 };
	pd_alist_add(u->p, &u->parts, a);
}

static void
conversion(struct strs *u, struct pd_ast *f)
{
	struct pd_parser *p = u->p;
	char c = p->src[p->start];

	if (p->tok != PD_TOK_NAME)
		pd_parse_fail(p, p->start,
		    "f-string: invalid conversion character");
	if (p->end - p->start != 1 || strchr("sra", c) == NULL)
		pd_parse_fail(p, p->start, "f-string: invalid conversion "
		    "character '%.*s': expected 's', 'r', or 'a'",
		    (int)(p->end - p->start), p->src + p->start);
	f->op = c;
	pd_lex_next(p);
}

/* The spec behind a field's colon: an f-string in itself. */
static struct pd_ast *
spec(struct strs *u)
{
	struct strs inner = *u;
	struct pd_ast *a = pd_node(u->p, PD_AST_FSTR, u->p->start);

	inner.text = (struct pd_abuf){ 0 };
	inner.parts = (struct pd_alist){ 0 };
	u->p->pos = u->p->end;
	scan_format(&inner, true);
	flush(&inner);
	return pd_node_list(a, &inner.parts);
}

static void
field_inside(struct strs *u, struct pd_ast *f, size_t begin)
{
	struct pd_parser *p = u->p;
	bool debug = false;

	pd_lex_next(p);
	if (p->tok == PD_TOK_OP && (p->op == '}' || p->op == '!' ||
	    p->op == ':' || p->op == '='))
		pd_parse_fail(p, p->start, "f-string: valid expression "
		    "required before '%c'", (char)p->op);
	f->a = pd_parse_exprs(p, true);
	if (pd_lex_op(p, PD_OP1('='))) {
		debug = true;
		f->text = (struct pd_ast_text){ .s = p->src + begin,
		    .n = p->start - begin };
	}
	if (pd_lex_op(p, PD_OP1('!')))
		conversion(u, f);
	if (pd_lex_is_op(p, PD_OP1(':'))) {
		f->b = spec(u);
		if (peek(u, 0) != '}')
			pd_parse_fail(p, p->pos, "f-string: expecting '}'");
		p->pos++;
	} else if (!pd_lex_is_op(p, PD_OP1('}'))) {
		pd_parse_fail(p, p->start, "f-string: expecting '}'");
	}
	if (debug && f->op == 0 && f->b == NULL)
		f->op = 'r';
}

/* The place is behind the brace; afterwards behind the closing one. */
static void
field(struct strs *u)
{
	struct pd_parser *p = u->p;
	size_t outer = p->field;
	bool was_in = p->in_field;
	struct pd_ast *f;

	pd_parse_enter(p);
	flush(u);
	f = pd_node(p, PD_AST_FIELD, p->pos);
	p->field = p->brackets;
	p->in_field = true;
	field_inside(u, f, p->pos);
	p->field = outer;
	p->in_field = was_in;
	pd_alist_add(p, &u->parts, f);
	pd_parse_leave(p);
}

/* The text of an f-string up to its quote, or of a spec up to its brace. */
static void
scan_format(struct strs *u, bool in_spec)
{
	struct pd_parser *p = u->p;

	while (!at_quote(u)) {
		char c = peek(u, 0);

		if (c == '}' && in_spec)
			return;
		if ((c == '{' || c == '}') && !in_spec && peek(u, 1) == c) {
			pd_abuf_add(p, &u->text, &c, 1);
			p->pos += 2;
		} else if (c == '{') {
			p->pos++;
			field(u);
		} else if (c == '}') {
			pd_parse_fail(p, p->pos,
			    "f-string: single '}' is not allowed");
		} else {
			scan_char(u);
		}
	}
}

/* ---- literals ------------------------------------------------------------ */

static void
prefix(struct strs *u)
{
	struct pd_parser *p = u->p;

	u->start = p->start;
	u->raw = u->is_bytes = u->is_format = false;
	for (size_t i = p->start; i < p->end; i++)
		switch (tolower((unsigned char)p->src[i])) {
		case 'r':
			u->raw = true;
			break;
		case 'b':
			u->is_bytes = true;
			break;
		case 'f':
			u->is_format = true;
			break;
		}
	u->quote = p->src[p->end - 1];
	u->triple = p->end - p->start >= 3 &&
	    p->src[p->end - 2] == u->quote;
}

struct pd_ast *
pd_parse_strings(struct pd_parser *p)
{
	struct strs u = { .p = p, .first = p->start };
	struct pd_ast *a;

	/* An empty literal has a text as well. */
	pd_abuf_add(p, &u.text, "", 0);
	do {
		prefix(&u);
		if (u.first != u.start && u.bytes != u.is_bytes)
			pd_parse_fail(p, u.first,
			    "cannot mix bytes and nonbytes literals");
		u.bytes = u.is_bytes;
		u.format |= u.is_format;
		if (u.is_format)
			scan_format(&u, false);
		while (!u.is_format && !at_quote(&u))
			scan_char(&u);
		p->pos += u.triple ? 3 : 1;
		pd_lex_next(p);
	} while (p->tok == PD_TOK_STRING);
	if (u.format) {
		flush(&u);
		return pd_node_list(pd_node(p, PD_AST_FSTR, u.first),
		    &u.parts);
	}
	a = pd_node(p, u.bytes ? PD_AST_BYTES : PD_AST_STR, u.first);
	a->text = (struct pd_ast_text){ .s = u.text.s, .n = u.text.n };
	return a;
}
