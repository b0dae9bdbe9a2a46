/*
 * Tokens of Python text up to the cursor, and what they say of the place.
 *
 * Called by complete.c.  Knows no Python objects and must not: it is tested
 * without an interpreter.
 */
#include <ctype.h>
#include <string.h>

#include "engine/pyscan.h"

static bool
is_name_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' ||
	    (unsigned char)c >= 0x80;
}

/* r, b, u, f and two of them, before a quote. */
static bool
is_prefix(const char *p, size_t n)
{
	if (n > 2)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strchr("rbufRBUF", p[i]) == NULL)
			return false;
	return true;
}

/* The string whose quote is at i; its token has begun at t->at. */
static size_t
scan_string(const char *p, size_t n, size_t i, struct pd_tok *t)
{
	char q = p[i];
	bool triple = n - i >= 3 && p[i + 1] == q && p[i + 2] == q;

	t->kind = PD_TOK_STRING;
	t->open = true;
	i += triple ? 3 : 1;
	t->body = i;
	while (i < n && t->open) {
		if (p[i] == '\\') {
			i += i + 1 < n ? 2 : 1;
		} else if (p[i] == '\n' && !triple) {
			/* A string that was never closed: the next line is
			 * read for itself. */
			t->open = false;
		} else if (p[i] == q && (!triple ||
		    (n - i >= 3 && p[i + 1] == q && p[i + 2] == q))) {
			t->open = false;
			i += triple ? 3 : 1;
		} else {
			i++;
		}
	}
	return i;
}

static size_t
scan_number(const char *p, size_t n, size_t i)
{
	while (i < n && (is_name_byte(p[i]) || p[i] == '.' ||
	    ((p[i] == '+' || p[i] == '-') && (p[i - 1] == 'e' ||
	    p[i - 1] == 'E'))))
		i++;
	return i;
}

/* The token at i; returns where it ends. */
static size_t
scan_one(const char *p, size_t n, size_t i, struct pd_tok *t)
{
	t->at = i;
	if (p[i] == '\'' || p[i] == '"')
		return scan_string(p, n, i, t);
	if (isdigit((unsigned char)p[i]) || (p[i] == '.' && i + 1 < n &&
	    isdigit((unsigned char)p[i + 1]))) {
		t->kind = PD_TOK_NUMBER;
		return scan_number(p, n, i);
	}
	if (!is_name_byte(p[i])) {
		t->kind = PD_TOK_OP;
		return i + 1;
	}
	t->kind = PD_TOK_NAME;
	while (i < n && is_name_byte(p[i]))
		i++;
	if (i < n && (p[i] == '\'' || p[i] == '"') &&
	    is_prefix(p + t->at, i - t->at))
		return scan_string(p, n, i, t);
	return i;
}

void
pd_scan_init(struct pd_scan *s, const char *p, size_t n)
{
	size_t i = 0;

	memset(s, 0, sizeof(*s));
	while (i < n) {
		struct pd_tok t = { 0 };
		const char *nl;

		s->comment = false;
		if (isspace((unsigned char)p[i]) || p[i] == '\\' ||
		    p[i] == '\0') {
			i++;
			continue;
		}
		if (p[i] == '#') {
			nl = memchr(p + i, '\n', n - i);
			s->comment = nl == NULL;
			i = nl == NULL ? n : (size_t)(nl - p);
			continue;
		}
		i = scan_one(p, n, i, &t);
		t.n = i - t.at;
		*PD_VEC_PUSH(&s->toks, struct pd_tok) = t;
	}
}

void
pd_scan_done(struct pd_scan *s)
{
	pd_vec_done(&s->toks);
}

static bool
is_op(const struct pd_scan *s, const char *p, size_t i, const char *ops)
{
	const struct pd_tok *t;

	if (i >= s->toks.n)
		return false;
	t = PD_VEC_AT(&s->toks, struct pd_tok, i);
	return t->kind == PD_TOK_OP && p[t->at] != '\0' &&
	    strchr(ops, p[t->at]) != NULL;
}

long
pd_scan_bracket(const struct pd_scan *s, const char *p, size_t end)
{
	size_t depth = 0;

	for (size_t i = end; i-- > 0;) {
		if (is_op(s, p, i, ")]}"))
			depth++;
		else if (is_op(s, p, i, "([{") && depth-- == 0)
			return (long)i;
	}
	return -1;
}

static enum pd_tok_kind
kind_of(const struct pd_scan *s, size_t i)
{
	return PD_VEC_AT(&s->toks, struct pd_tok, i)->kind;
}

/* Where [LITERAL], whose ] is before end, begins; end if it is none. */
static size_t
subscript(const struct pd_scan *s, const char *p, size_t end)
{
	size_t i = end;

	if (end < 3 || !is_op(s, p, end - 1, "]"))
		return end;
	i = end - 2;
	if (kind_of(s, i) != PD_TOK_STRING && kind_of(s, i) != PD_TOK_NUMBER)
		return end;
	if (i > 0 && is_op(s, p, i - 1, "-") && kind_of(s, i) == PD_TOK_NUMBER)
		i--;
	return i > 0 && is_op(s, p, i - 1, "[") ? i - 1 : end;
}

size_t
pd_scan_primary(const struct pd_scan *s, const char *p, size_t end)
{
	size_t i = end, sub;

	for (;;) {
		if (i == 0)
			return end;
		sub = subscript(s, p, i);
		if (sub < i) {
			i = sub;
			continue;
		}
		i--;
		if (kind_of(s, i) == PD_TOK_STRING)
			return i > 0 && is_op(s, p, i - 1, ".") ? end : i;
		if (kind_of(s, i) != PD_TOK_NAME)
			return end;
		if (i == 0 || !is_op(s, p, i - 1, "."))
			return i;
		i--;
	}
}
