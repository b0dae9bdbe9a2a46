/*
 * A text by lines, as the source pane shows it.
 */
#ifndef PD_UI_TUI_DOC_H
#define PD_UI_TUI_DOC_H

#include <stdint.h>

#include "base/pylex.h"
#include "base/str.h"
#include "base/vec.h"

struct pd_doc {
	struct pd_str	 file;
	struct pd_str	 text;
	size_t		*start;		/* owned: offsets of the lines */
	size_t		 lines;
	struct pd_vec	 states;	/* struct pd_pylex, at the beginning of
					   each PD_DOC_STEP-th line */
	uint64_t	 serial;	/* of the session's texts, then */
};

#define PD_DOC_STEP	64

/* Copies both. */
void	 pd_doc_init(struct pd_doc *, const char *file,
	    const struct pd_str *text);
void	 pd_doc_done(struct pd_doc *);
/* Line i from 0, without its newline; NULL: there is none. */
const char	*pd_doc_line(const struct pd_doc *, size_t i, size_t *n);
/* What is open before line i: lexes what has not been lexed yet. */
void	 pd_doc_lex(struct pd_doc *, size_t i, struct pd_pylex *);

#endif
