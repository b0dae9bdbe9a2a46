/*
 * Completion: how a line that is being typed could go on.
 *
 * The rows say what arguments are (enum pd_arg_kind); Python is asked of the
 * target, which runs none of the program's code for it.  Knows no keys and no
 * screen: a front calls it and shows what it likes.
 */
#ifndef PD_CMDS_COMPLETE_H
#define PD_CMDS_COMPLETE_H

#include "cmds/session.h"

struct pd_completion {
	size_t		 from;	/* byte of the line at which each item takes
				   the place of what is there, up to the
				   cursor */
	struct pd_vec	 items;	/* struct pd_str, sorted, each once */
	bool		 cut;	/* there are more */
	bool		 whole;	/* an item ends its word: a blank may follow */
};

/* For the first n bytes of a line, the cursor being behind them; follows is
 * what stands there (may be ""): brackets and quotes of it are not given
 * again.  out is filled anew. */
void	pd_complete_line(struct pd_session *, const char *, size_t n,
	    const char *follows, struct pd_completion *out);
/* The same for a further line of a statement, which is Python only. */
void	pd_complete_more(struct pd_session *, const char *, size_t n,
	    const char *follows, struct pd_completion *out);
void	pd_completion_done(struct pd_completion *);
/* Bytes that all items begin with. */
size_t	pd_completion_common(const struct pd_completion *);

/* ---- complete-arg.c: one argument each -------------------------------- */

/* Adds the item if it begins with those n bytes. */
void	pd_complete_offer(struct pd_completion *, const char *item,
	    const char *, size_t n);
/* What is typed of the argument; its items take the place of all of it, or
 * .from says of which part. */
void	pd_complete_arg(struct pd_session *, const struct pd_cmd *,
	    enum pd_arg_kind, const char *, size_t n, struct pd_completion *);
void	pd_complete_commands(struct pd_session *, const char *, size_t n,
	    struct pd_completion *);
void	pd_complete_python(struct pd_session *, enum pd_complete_what,
	    const char *, size_t n, struct pd_completion *);

#endif
