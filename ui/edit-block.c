/*
 * Blocks of Python that are pasted into the line editor.
 *
 * At a prompt an empty line ends a block, and a line that is not indented does
 * not.  In text that was copied from a file it is the other way around.  So
 * what is pasted is read as in a file: an empty line goes into the block, and
 * one is added where the block ends.
 *
 * Called by edit.c between lines and by edit-keys.c for a paste.
 */
#include <string.h>

#include "ui/edit-room.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* In a string or brackets, where lines mean nothing. */
static bool
is_open(const struct pd_pylex *lex)
{
	return lex->depth > 0 || lex->brackets > 0 || lex->continued;
}

/* Blanks that all lines of the text begin with, but those that are blank. */
static size_t
common_indent(const char *p, size_t n)
{
	const char *first = NULL;
	size_t common = 0;

	while (n > 0) {
		const char *nl = memchr(p, '\n', n);
		size_t len = nl != NULL ? (size_t)(nl - p) : n, k = 0;

		while (k < len && (p[k] == ' ' || p[k] == '\t') &&
		    (first == NULL || (k < common && p[k] == first[k])))
			k++;
		if (k < len && p[k] != '\r') {
			common = k;
			first = first == NULL ? p : first;
		}
		p += len + (nl != NULL);
		n -= len + (nl != NULL);
	}
	return common;
}

void
pd_edit_take_paste(struct pd_edit *e, const char *p, size_t n)
{
	struct pd_buf text = { 0 };
	size_t skip, k;

	for (size_t i = 0; i < n; i++)
		if (p[i] != '\r')
			pd_buf_addc(&text, p[i]);
		else if (i + 1 >= n || p[i + 1] != '\n')
			pd_buf_addc(&text, '\n');
	skip = memchr(pd_buf_c(&text), '\n', text.n) != NULL ?
	    common_indent(text.s, text.n) : 0;
	for (size_t i = 0; i < text.n; i = k) {
		const char *nl = memchr(text.s + i, '\n', text.n - i);
		size_t from = i;

		k = nl != NULL ? (size_t)(nl - text.s) + 1 : text.n;
		for (size_t j = 0; j < skip && from < k &&
		    (text.s[from] == ' ' || text.s[from] == '\t'); j++)
			from++;
		pd_buf_add(&e->paste, text.s + from, k - from);
	}
	pd_buf_done(&text);
}

bool
pd_edit_paste_goes_on(const struct pd_edit *e)
{
	size_t i = 0;

	if (is_open(&e->lex))
		return e->paste.n > 0;
	while (i < e->paste.n && e->paste.s[i] == '\n')
		i++;
	return i < e->paste.n && is_blank(e->paste.s[i]);
}

/* Does the line belong to the block above, though it is not indented? */
static bool
continues(const char *p, size_t n)
{
	static const char *const words[] = { "else", "elif", "except",
	    "finally" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i]);

		if (n >= len && memcmp(p, words[i], len) == 0 && (n == len ||
		    strchr(" \t:(*", p[len]) != NULL))
			return true;
	}
	return n > 0 && p[0] == '#';
}

bool
pd_edit_block_ends(const struct pd_edit *e)
{
	const char *p = e->paste.s, *nl;

	if (e->paste.n == 0 || !e->indented || is_open(&e->lex) ||
	    is_blank(*p) || *p == '\n')
		return false;
	nl = memchr(p, '\n', e->paste.n);
	return !continues(p, nl != NULL ? (size_t)(nl - p) : e->paste.n);
}

void
pd_edit_block_line(struct pd_edit *e, const char *p, size_t n)
{
	if (e->kind != PD_EDIT_MORE) {
		memset(&e->lex, 0, sizeof(e->lex));
		e->indented = false;
	}
	if (n > 0 && !is_open(&e->lex))
		e->indented = e->kind == PD_EDIT_MORE && is_blank(*p);
	pd_pylex_line(&e->lex, p, n, NULL, NULL);
}
