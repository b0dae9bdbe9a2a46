/*
 * The grammar of a line, without a session: pure functions over bytes.
 *
 * The rules are pdb's (Lib/cmd.py parseline(), Lib/pdb.py precmd()), with the
 * wider idea of what belongs to the first word that pdb 3.13 has, on every
 * version: `c.x`, `n=1` and `list(d)` are Python.
 */
#ifndef PD_CMDS_PARSE_H
#define PD_CMDS_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "cmds/cmd.h"

/* What a line is.  Pointers go into the line. */
struct pd_parsed {
	const char		*line;	/* stripped */
	size_t			 n;
	const struct pd_cmd	*cmd;	/* NULL: a Python statement */
	/* behind the command's name, stripped */
	const char		*arg;
	size_t			 narg;
	const char		*stmt;	/* the statement, without its ! */
	size_t			 nstmt;
	bool			 bang;	/* it had one: an empty line does not
					   repeat it */
};

void	pd_parse_line(const char *, size_t, struct pd_parsed *);
/* Takes blanks (Python's ASCII ones) off both ends. */
void	pd_parse_strip(const char **, size_t *);
/* Offset of the ;; at which a line is split; n if it is not to be. */
size_t	pd_parse_split(const char *, size_t n);
/* Python's int(): blanks around, a sign, digits with single underscores
 * between them.  What is too large is cut to LONG_MAX or LONG_MIN. */
bool	pd_parse_int(const char *, long *);
/* Words as shlex.split(text) gives them, appended as struct pd_str.  -1 with
 * its words for what is wrong; out is then as before. */
int	pd_parse_shlex(const char *, struct pd_vec *out, struct pd_err *);
/* Words between blanks, as str.split(), appended as struct pd_str. */
void	pd_parse_words(const char *, struct pd_vec *out);
void	pd_parse_words_done(struct pd_vec *);
/* Python's repr() of a str that these bytes are in UTF-8 (surrogateescape for
 * the rest). */
void	pd_parse_repr(struct pd_buf *, const char *, size_t);

#endif
