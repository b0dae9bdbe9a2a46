/*
 * The tokens of a piece of Python that ends where the cursor is.
 *
 * Pure: no Python in it.  For complete.c; the text may be anything.
 */
#ifndef PD_ENGINE_PYSCAN_H
#define PD_ENGINE_PYSCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

enum pd_tok_kind {
	PD_TOK_NAME,
	PD_TOK_NUMBER,
	PD_TOK_STRING,		/* with its prefix and quotes */
	PD_TOK_OP		/* one byte */
};

struct pd_tok {
	enum pd_tok_kind kind;
	size_t		 at, n;		/* bytes of the text */
	size_t		 body;		/* string: behind the opening quotes */
	bool		 open;		/* string: it does not end */
};

struct pd_scan {
	struct pd_vec	 toks;		/* struct pd_tok */
	bool		 comment;	/* the end is inside of one */
};

void	pd_scan_init(struct pd_scan *, const char *, size_t);
void	pd_scan_done(struct pd_scan *);
/* Index of the token that opens the innermost bracket which is open before
 * token `end`; -1: none. */
long	pd_scan_bracket(const struct pd_scan *, const char *, size_t end);
/*
 * Index of the first token of the longest run NAME (.NAME | [LITERAL])* that
 * ends before token `end`; `end` itself if there is none.  A string may stand
 * for the NAME.
 */
size_t	pd_scan_primary(const struct pd_scan *, const char *, size_t end);

#endif
