/*
 * A lexer for showing Python: see pylex.h.
 *
 * Called by cmds for source lines.  It must not fail, whatever the bytes, and
 * must look at each byte of a line a bounded number of times.
 *
 * A line is read by a loop over its beginnings of tokens.  The innermost open
 * string decides how: in its text everything up to the quote or the next
 * field is the string's; in a field, and outside, it is code.
 */
#include "base/pylex.h"

#include <ctype.h>
#include <string.h>

struct line {
	struct pd_pylex	*lx;
	const char	*p;
	size_t		 n;
	size_t		 at;		/* where the next token begins */
	bool		 start;		/* nothing of the statement came yet */
	bool		 after_dot;
	bool		 comment;	/* it ends with one */
	pd_pylex_fn	*fn;
	void		*ctx;
};

/* These tables are sorted. */
static const char *const keywords[] = {
	"and", "as", "assert", "async", "await", "break", "class", "continue",
	"def", "del", "elif", "else", "except", "finally", "for", "from",
	"global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
	"or", "pass", "raise", "return", "try", "while", "with", "yield",
};
static const char *const constants[] = {
	"Ellipsis", "False", "None", "NotImplemented", "True", "__debug__",
};
/* Functions and types; exceptions are told by their endings. */
static const char *const builtins[] = {
	"BaseException", "BaseExceptionGroup", "Exception", "ExceptionGroup",
	"GeneratorExit", "KeyboardInterrupt", "StopAsyncIteration",
	"StopIteration", "SystemExit", "Warning", "__import__", "abs", "aiter",
	"all", "anext", "any", "ascii", "bin", "bool", "breakpoint",
	"bytearray", "bytes", "callable", "chr", "classmethod", "compile",
	"complex", "delattr", "dict", "dir", "divmod", "enumerate", "eval",
	"exec", "filter", "float", "format", "frozenset", "getattr",
	"globals", "hasattr", "hash", "help", "hex", "id", "input", "int",
	"isinstance", "issubclass", "iter", "len", "list", "locals", "map",
	"max", "memoryview", "min", "next", "object", "oct", "open", "ord",
	"pow", "print", "property", "range", "repr", "reversed", "round",
	"set", "setattr", "slice", "sorted", "staticmethod", "str", "sum",
	"super", "tuple", "type", "vars", "zip",
};
/* Exceptions of the standard library's builtins whose names end so are many;
 * a class of the program's own that is named alike may look like one. */
static const char *const endings[] = { "Error", "Warning" };

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static bool
is_word(const char *const *words, size_t count, const char *p, size_t n)
{
	size_t low = 0, high = count, mid;
	int r;

	while (low < high) {
		mid = (low + high) / 2;
		r = strncmp(words[mid], p, n);
		if (r == 0 && words[mid][n] != '\0')
			r = 1;
		if (r == 0)
			return true;
		if (r < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static bool
is_ident(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80) != 0;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\f' || c == '\r';
}

static char
peek(const struct line *l, size_t at)
{
	return at < l->n ? l->p[at] : '\0';
}

static size_t
skip_space(const struct line *l, size_t at)
{
	while (at < l->n && is_space(l->p[at]))
		at++;
	return at;
}

static void
emit(struct line *l, enum pd_pytok kind, size_t end)
{
	if (l->fn != NULL && end > l->at)
		l->fn(l->ctx, kind, l->p + l->at, end - l->at);
	l->at = end;
}

static struct pd_pylex_str *
innermost(struct pd_pylex *lx)
{
	return lx->depth > 0 ? &lx->str[lx->depth - 1] : NULL;
}

/* ---- strings ------------------------------------------------------------- */

static bool
at_quote(const struct line *l, const struct pd_pylex_str *s, size_t i)
{
	return peek(l, i) == s->quote && (!s->triple ||
	    (peek(l, i + 1) == s->quote && peek(l, i + 2) == s->quote));
}

/* The text of the innermost string, up to its end, a field's beginning or
 * end, or the line's end. */
static void
lex_string(struct line *l)
{
	struct pd_pylex_str *s = innermost(l->lx);
	size_t i = l->at;
	char c;

	for (; i < l->n; i++) {
		c = l->p[i];
		/* Raw strings too: a backslash keeps a quote from ending it. */
		if (c == '\\' && i + 1 < l->n) {
			i++;
		} else if (at_quote(l, s, i)) {
			l->lx->depth--;
			emit(l, PD_PYTOK_STRING, i + (s->triple ? 3 : 1));
			return;
		} else if (s->format && c == '{') {
			if (!s->in_spec && peek(l, i + 1) == '{') {
				i++;
				continue;
			}
			break;
		} else if (s->in_spec && c == '}') {
			break;
		}
	}
	emit(l, PD_PYTOK_STRING, i);
	if (i >= l->n)
		return;
	if (l->p[i] == '{') {
		/* A field in a spec is not told apart: it ends at its }. */
		s->in_field = true;
		s->brackets = s->in_spec ? 1 : 0;
	} else {
		s->in_spec = false;
	}
	emit(l, PD_PYTOK_TEXT, i + 1);
}

/* The length of a string's prefix and opening quotes at the token; 0. */
static size_t
string_opens(const struct line *l, struct pd_pylex_str *s)
{
	size_t i = l->at;
	char c;

	memset(s, 0, sizeof(*s));
	for (; i < l->at + 2 && i < l->n; i++) {
		c = (char)tolower((unsigned char)l->p[i]);
		if (c == '\0' || strchr("rbuft", c) == NULL)
			break;
		s->format |= c == 'f' || c == 't';
	}
	c = peek(l, i);
	if (c != '\'' && c != '"')
		return 0;
	s->quote = c;
	s->triple = peek(l, i + 1) == c && peek(l, i + 2) == c;
	return i - l->at + (s->triple ? 3 : 1);
}

static bool
lex_opening(struct line *l)
{
	struct pd_pylex_str s;
	size_t n = string_opens(l, &s);

	if (n == 0)
		return false;
	emit(l, PD_PYTOK_STRING, l->at + n);
	/* Deeper than we follow: the innermost takes its place. */
	if (l->lx->depth == PD_PYLEX_DEPTH)
		l->lx->depth--;
	l->lx->str[l->lx->depth++] = s;
	return true;
}

/* ---- code ---------------------------------------------------------------- */

/* match, case and type are keywords only where a statement begins so. */
static bool
is_soft(const struct line *l, const char *p, size_t n, size_t end)
{
	size_t next = skip_space(l, end), last = l->n;
	char c = peek(l, next);

	if (!l->start || l->lx->depth > 0)
		return false;
	if (n == 4 && memcmp(p, "type", 4) == 0)
		return next > end && is_ident(c) &&
		    !isdigit((unsigned char)c) &&
		    memchr(l->p + next, '=', l->n - next) != NULL &&
		    strncmp(l->p + next, "in ", 3) != 0 &&
		    strncmp(l->p + next, "is ", 3) != 0;
	if (n != (size_t)(*p == 'm' ? 5 : 4) ||
	    memcmp(p, *p == 'm' ? "match" : "case", n) != 0)
		return false;
	if (c == '\0' || (!is_ident(c) && strchr("\"'([{-*~", c) == NULL))
		return false;
	if (next > end)
		return memchr(l->p + next, ':', l->n - next) != NULL;
	while (last > next && is_space(l->p[last - 1]))
		last--;
	return l->p[last - 1] == ':';
}

static bool
has_ending(const char *p, size_t n)
{
	for (size_t i = 0; i < COUNT(endings); i++) {
		size_t m = strlen(endings[i]);

		if (n > m && isupper((unsigned char)*p) &&
		    memcmp(p + n - m, endings[i], m) == 0)
			return true;
	}
	return false;
}

/* Is the name bound here: n = 1, f(n=1)? */
static bool
is_bound(const struct line *l, size_t end)
{
	size_t i = skip_space(l, end);

	return peek(l, i) == '=' && peek(l, i + 1) != '=';
}

static void
lex_name(struct line *l)
{
	const char *p = l->p + l->at;
	size_t end = l->at, n;
	enum pd_pytok kind = PD_PYTOK_TEXT;
	bool want_def = l->lx->want_def;

	while (end < l->n && is_ident(l->p[end]))
		end++;
	n = end - l->at;
	l->lx->want_def = false;
	if (l->after_dot)
		;
	else if (is_word(keywords, COUNT(keywords), p, n) ||
	    is_soft(l, p, n, end))
		kind = PD_PYTOK_KEYWORD;
	else if (want_def)
		kind = PD_PYTOK_DEF;
	else if (is_word(constants, COUNT(constants), p, n))
		kind = PD_PYTOK_CONSTANT;
	else if ((is_word(builtins, COUNT(builtins), p, n) ||
	    has_ending(p, n)) && !is_bound(l, end))
		kind = PD_PYTOK_BUILTIN;
	if (kind == PD_PYTOK_KEYWORD)
		l->lx->want_def = (n == 3 && memcmp(p, "def", 3) == 0) ||
		    (n == 5 && memcmp(p, "class", 5) == 0);
	emit(l, kind, end);
}

static void
lex_number(struct line *l)
{
	size_t i = l->at;
	char base = (char)tolower((unsigned char)peek(l, i + 1));
	bool exponent = false;

	if (l->p[i] == '0' && base != '\0' && strchr("xob", base) != NULL) {
		for (i += 2; isxdigit((unsigned char)peek(l, i)) ||
		    peek(l, i) == '_'; i++)
			;
		emit(l, PD_PYTOK_NUMBER, i);
		return;
	}
	for (; i < l->n; i++) {
		char c = l->p[i], next = peek(l, i + 1);

		if (isdigit((unsigned char)c) || c == '_' || c == '.')
			continue;
		/* `1else` is 1 and else. */
		if (exponent || (c != 'e' && c != 'E') ||
		    !(isdigit((unsigned char)next) || next == '+' ||
		    next == '-'))
			break;
		exponent = true;
		i += next == '+' || next == '-';
	}
	if (peek(l, i) == 'j' || peek(l, i) == 'J')
		i++;
	emit(l, PD_PYTOK_NUMBER, i);
}

static void
lex_decorator(struct line *l)
{
	size_t i = skip_space(l, l->at + 1);

	while (i < l->n && (is_ident(l->p[i]) || l->p[i] == '.'))
		i++;
	emit(l, PD_PYTOK_DECORATOR, i);
}

/* Counts brackets; in a field, finds its end and the beginning of its spec. */
static void
lex_operator(struct line *l)
{
	struct pd_pylex_str *s = innermost(l->lx);
	int *open = s != NULL ? &s->brackets : &l->lx->brackets;
	char c = l->p[l->at];

	if (s != NULL && c == '}' && (*open == 0 || s->in_spec)) {
		s->in_field = false;
	} else if (s != NULL && c == ':' && *open == 0) {
		s->in_field = false;
		s->in_spec = true;
	} else if (strchr("([{", c) != NULL) {
		*open += *open < 10000;
	} else if (strchr(")]}", c) != NULL) {
		*open -= *open > 0;
	}
	l->after_dot = c == '.';
	emit(l, PD_PYTOK_TEXT, l->at + 1);
}

static void
lex_code(struct line *l)
{
	char c = l->p[l->at];
	bool dot = l->after_dot;

	if (is_space(c)) {
		emit(l, PD_PYTOK_TEXT, skip_space(l, l->at));
		return;
	}
	if (c == '#') {
		l->comment = true;
		emit(l, PD_PYTOK_COMMENT, l->n);
		return;
	}
	if (c == '@' && l->start && l->lx->depth == 0) {
		lex_decorator(l);
	} else if (lex_opening(l)) {
		;
	} else if (isdigit((unsigned char)c) || (c == '.' &&
	    isdigit((unsigned char)peek(l, l->at + 1)))) {
		lex_number(l);
	} else if (is_ident(c)) {
		lex_name(l);
	} else {
		if (c != '\\')
			l->lx->want_def = false;
		dot = false;
		lex_operator(l);
	}
	if (dot)
		l->after_dot = false;
	l->start = c == ';';
}

void
pd_pylex_line(struct pd_pylex *lx, const char *p, size_t n, pd_pylex_fn *fn,
    void *ctx)
{
	struct line l = { .lx = lx, .p = p, .n = n, .fn = fn, .ctx = ctx };
	struct pd_pylex_str *s;

	l.start = lx->depth == 0 && lx->brackets == 0 && !lx->continued;
	while (l.at < n) {
		s = innermost(lx);
		if (s != NULL && !s->in_field)
			lex_string(&l);
		else
			lex_code(&l);
	}
	lx->continued = n > 0 && p[n - 1] == '\\' && !l.comment;
	/* Only a backslash takes such a string to the next line. */
	s = innermost(lx);
	if (s != NULL && !s->in_field && !s->triple && !lx->continued)
		lx->depth--;
	if (!lx->continued)
		lx->want_def = false;
}
