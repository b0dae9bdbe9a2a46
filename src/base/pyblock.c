/*
 * Blocks of Python source without Python.
 *
 * A scanner of logical lines: it knows strings, comments, brackets and
 * continuation lines, nothing else of the language.  Used by longlist.  It
 * must not mind text that is no Python.
 */
#include "base/pyblock.h"

#include <ctype.h>
#include <string.h>

/* A logical line. */
struct logical {
	size_t	 first, last;	/* physical lines, from 1 */
	size_t	 indent;	/* columns, tabs to 8 */
	bool	 comment;	/* nothing but a comment */
	bool	 at;		/* begins with @ */
	bool	 block;		/* def or class is a word of it */
	bool	 lambda;	/* so is lambda, before any of these */
};

struct scan {
	const char	*p, *end;
	size_t		 line;	/* of p, from 1 */
};

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80) != 0;
}

/* Skips a string literal; p is at its quote.  An unfinished one ends with
 * its line, or with the text if it is triple.  A backslash keeps a quote from
 * ending a raw string too. */
static void
skip_string(struct scan *sc)
{
	char q = *sc->p;
	bool triple = sc->end - sc->p >= 3 && sc->p[1] == q && sc->p[2] == q;

	sc->p += triple ? 3 : 1;
	while (sc->p < sc->end) {
		if (*sc->p == '\\' && sc->p + 1 < sc->end) {
			if (sc->p[1] == '\n')
				sc->line++;
			sc->p += 2;
			continue;
		}
		if (*sc->p == '\n') {
			if (!triple)
				return;
			sc->line++;
		} else if (*sc->p == q && (!triple || (sc->end - sc->p >= 3 &&
		    sc->p[1] == q && sc->p[2] == q))) {
			sc->p += triple ? 3 : 1;
			return;
		}
		sc->p++;
	}
}

static void
take_word(struct scan *sc, struct logical *l)
{
	const char *from = sc->p;
	size_t n;

	while (sc->p < sc->end && is_word(*sc->p))
		sc->p++;
	n = (size_t)(sc->p - from);
	if (l->block || l->lambda)
		return;
	l->block = (n == 3 && memcmp(from, "def", 3) == 0) ||
	    (n == 5 && memcmp(from, "class", 5) == 0);
	l->lambda = n == 6 && memcmp(from, "lambda", 6) == 0;
}

/* Skips blank lines and leaves p at the first character of a line that has
 * something. False at the end. */
static bool
skip_blank(struct scan *sc, size_t *indent)
{
	*indent = 0;
	for (; sc->p < sc->end; sc->p++) {
		if (*sc->p == '\n') {
			sc->line++;
			*indent = 0;
		} else if (*sc->p == '\t') {
			*indent = (*indent / 8 + 1) * 8;
		} else if (*sc->p == '\f') {
			*indent = 0;
		} else if (*sc->p == ' ') {
			++*indent;
		} else if (*sc->p != '\r') {
			return true;
		}
	}
	return false;
}

/* Takes what is at p inside a logical line. False when the line has ended. */
static bool
take_token(struct scan *sc, struct logical *l, int *depth)
{
	char c = *sc->p;

	if (c == '#') {
		while (sc->p < sc->end && *sc->p != '\n')
			sc->p++;
	} else if (c == '"' || c == '\'') {
		skip_string(sc);
	} else if (is_word(c)) {
		take_word(sc, l);
	} else if (c == '\n') {
		if (*depth <= 0)
			return false;
		sc->line++;
		sc->p++;
	} else if (c == '\\' && sc->p + 1 < sc->end && sc->p[1] == '\n') {
		sc->line++;
		sc->p += 2;
	} else {
		*depth += strchr("([{", c) != NULL && c != '\0';
		*depth -= strchr(")]}", c) != NULL && c != '\0';
		sc->p++;
	}
	return true;
}

static bool
next_logical(struct scan *sc, struct logical *l)
{
	int depth = 0;

	memset(l, 0, sizeof(*l));
	if (!skip_blank(sc, &l->indent))
		return false;
	l->first = sc->line;
	l->comment = *sc->p == '#';
	l->at = *sc->p == '@';
	while (sc->p < sc->end && take_token(sc, l, &depth))
		;
	l->last = sc->line;
	if (sc->p < sc->end) {
		sc->p++;
		sc->line++;
	} else if (sc->p[-1] == '\n') {
		l->last--;	/* unfinished: behind the last line */
	}
	return true;
}

size_t
pd_pyblock_lines(const char *text, size_t n)
{
	struct scan sc = { .p = text, .end = text + n, .line = 1 };
	struct logical l;
	bool started = false, body = false;
	size_t last = 1, head = 0, col = 0;

	while (next_logical(&sc, &l)) {
		if (l.comment) {
			if (body && l.indent >= col)
				last = l.last;
		} else if (!started) {
			started = !l.at && (l.block || l.lambda);
			if (started || l.at)
				last = l.last;
			if (started && l.lambda)
				break;
			head = l.indent;
		} else if (!body) {
			if (l.indent <= head)
				break;
			body = true;
			col = l.indent;
			last = l.last;
		} else if (l.indent < col) {
			break;
		} else {
			last = l.last;
		}
	}
	return last;
}

bool
pd_pyblock_starts(const char *line, size_t n)
{
	size_t i = 0, j;

	while (i < n && isspace((unsigned char)line[i]))
		i++;
	if (i < n && line[i] == '@')
		return true;
	if (n - i > 3 && memcmp(line + i, "def", 3) == 0)
		return isspace((unsigned char)line[i + 3]) != 0;
	if (n - i > 5 && memcmp(line + i, "async", 5) == 0) {
		for (j = i + 5; j < n && isspace((unsigned char)line[j]); j++)
			;
		if (j > i + 5 && n - j > 3 && memcmp(line + j, "def", 3) == 0)
			return isspace((unsigned char)line[j + 3]) != 0;
	}
	for (; i + 6 < n; i++)
		if (memcmp(line + i, "lambda", 6) == 0 &&
		    (i == 0 || !is_word(line[i - 1])) &&
		    (line[i + 6] == ':' || isspace((unsigned char)line[i + 6])))
			return true;
	return false;
}
