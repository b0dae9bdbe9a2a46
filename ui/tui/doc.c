/*
 * A text by lines, and what the lexer had open where.
 *
 * For the source pane.  A file is indexed when it is opened, but lexed only up
 * to where it is seen, once.
 */
#include "ui/tui/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void
index_lines(struct pd_doc *d)
{
	const char *p = d->text.s, *nl;
	size_t left = d->text.n, cap = 0;

	while (left > 0) {
		if (d->lines == cap) {
			cap = cap > 0 ? cap * 2 : 256;
			d->start = pd_xrealloc(d->start,
			    cap * sizeof(*d->start));
		}
		d->start[d->lines++] = (size_t)(p - d->text.s);
		nl = memchr(p, '\n', left);
		if (nl == NULL)
			break;
		left -= (size_t)(nl + 1 - p);
		p = nl + 1;
	}
}

void
pd_doc_init(struct pd_doc *d, const char *file, const struct pd_str *text)
{
	memset(d, 0, sizeof(*d));
	d->file = pd_str_from(file);
	d->text = pd_str_dup(text);
	index_lines(d);
}

void
pd_doc_done(struct pd_doc *d)
{
	pd_str_done(&d->file);
	pd_str_done(&d->text);
	free(d->start);
	pd_vec_done(&d->states);
	memset(d, 0, sizeof(*d));
}

const char *
pd_doc_line(const struct pd_doc *d, size_t i, size_t *n)
{
	size_t end;

	if (i >= d->lines)
		return NULL;
	end = i + 1 < d->lines ? d->start[i + 1] : d->text.n;
	*n = end - d->start[i];
	if (*n > 0 && d->text.s[end - 1] == '\n')
		--*n;
	if (*n > 0 && d->text.s[d->start[i] + *n - 1] == '\r')
		--*n;
	return d->text.s + d->start[i];
}

static void
lex_to(const struct pd_doc *d, struct pd_pylex *lex, size_t from, size_t to)
{
	const char *p;
	size_t n;

	for (size_t i = from; i < to && (p = pd_doc_line(d, i, &n)) != NULL;
	    i++)
		pd_pylex_line(lex, p, n, NULL, NULL);
}

void
pd_doc_lex(struct pd_doc *d, size_t i, struct pd_pylex *lex)
{
	if (d->states.n == 0)
		(void)PD_VEC_PUSH(&d->states, struct pd_pylex);
	while (d->states.n * PD_DOC_STEP <= i) {
		size_t at = (d->states.n - 1) * PD_DOC_STEP;
		struct pd_pylex next = *PD_VEC_AT(&d->states, struct pd_pylex,
		    d->states.n - 1);

		lex_to(d, &next, at, at + PD_DOC_STEP);
		*PD_VEC_PUSH(&d->states, struct pd_pylex) = next;
	}
	*lex = *PD_VEC_AT(&d->states, struct pd_pylex, i / PD_DOC_STEP);
	lex_to(d, lex, i / PD_DOC_STEP * PD_DOC_STEP, i);
}
