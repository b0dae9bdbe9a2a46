/*
 * Python source by its tokens, for showing it.
 *
 * Lines go in one by one, pieces come out that cover each line without a gap.
 * What is open at a line's end (a string, a bracket) is kept in the record,
 * so lexing a file means passing its lines in their order; {0} is the
 * beginning of a file, and a good guess for a line that is shown alone.
 *
 * The rules are those of the language reference, "Lexical analysis", with the
 * f-strings of 3.12 for all versions, and soft keywords told by what is around
 * them.  Any bytes may be passed: what is no Python gets some kind or other.
 */
#ifndef PD_BASE_PYLEX_H
#define PD_BASE_PYLEX_H

#include <stdbool.h>
#include <stddef.h>

enum pd_pytok {
	PD_PYTOK_TEXT,		/* blanks, operators, plain names */
	PD_PYTOK_KEYWORD,
	PD_PYTOK_CONSTANT,	/* None, True, False, ... */
	PD_PYTOK_BUILTIN,
	PD_PYTOK_DEF,		/* the name behind def or class */
	PD_PYTOK_STRING,
	PD_PYTOK_NUMBER,
	PD_PYTOK_COMMENT,
	PD_PYTOK_DECORATOR,	/* @ and its dotted name */
	PD_PYTOK_MAX
};

#define PD_PYLEX_DEPTH	8	/* strings within f-strings that are told */

/* A string that is open. */
struct pd_pylex_str {
	char	quote;
	bool	triple;
	bool	format;		/* f"", t"": has fields */
	bool	in_field;	/* between { and }: code */
	bool	in_spec;	/* behind the field's colon: text again */
	int	brackets;	/* open within the field */
};

struct pd_pylex {
	struct pd_pylex_str	str[PD_PYLEX_DEPTH];
	size_t			depth;		/* strings that are open */
	int			brackets;	/* open outside of strings */
	bool			continued;	/* by a backslash */
	bool			want_def;	/* def or class came last */
};

typedef void	pd_pylex_fn(void *ctx, enum pd_pytok, const char *, size_t);

/* Calls fn for each piece of a line, which has no newline; fn may be NULL. */
void	pd_pylex_line(struct pd_pylex *, const char *, size_t,
	    pd_pylex_fn *fn, void *ctx);

#endif
