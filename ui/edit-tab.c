/*
 * Tab in the line editor: puts in what all candidates share, lists them.
 *
 * The candidates come from cmds/complete.h.  A first Tab that cannot add
 * anything lists at once; many are asked for first.
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "ui/edit-room.h"

#define ASK_FROM	100	/* candidates */
#define INDENT		L"    "

/* What is listed of an item: a file's name without its directory. */
static const char *
shown(const char *s)
{
	const char *tail = s;

	for (const char *p = s; *p != '\0'; p++)
		if (*p == '/' && p[1] != '\0')
			tail = p + 1;
	return tail;
}

/* Writes a text, what cannot be shown as a question mark; its columns. */
static size_t
write_text(struct pd_edit *e, const char *s)
{
	size_t n, width = 0;
	wchar_t *w = pd_edit_wide(s, strlen(s), &n);
	char bytes[64];

	for (size_t i = 0; i < n; i++) {
		mbstate_t state = { 0 };
		int k = wcwidth(w[i]);
		size_t len = k >= 0 ? wcrtomb(bytes, w[i], &state) :
		    (size_t)-1;

		if (len == (size_t)-1) {
			bytes[0] = '?';
			len = 1;
			k = 1;
		}
		fwrite(bytes, 1, len, e->out);
		width += (size_t)k;
	}
	free(w);
	return width;
}

static size_t
width_of(const char *s)
{
	size_t n, width;
	wchar_t *w = pd_edit_wide(s, strlen(s), &n);

	width = pd_edit_width(w, n);
	free(w);
	return width;
}

/* In columns that are read downwards. */
static void
list(struct pd_edit *e, const struct pd_completion *c)
{
	const struct pd_str *s = c->items.v;
	size_t widest = 1, per_row, rows;

	for (size_t i = 0; i < c->items.n; i++) {
		size_t w = width_of(shown(s[i].s));

		widest = w > widest ? w : widest;
	}
	per_row = pd_edit_columns(e) / (widest + 2);
	per_row = per_row > 0 ? per_row : 1;
	rows = (c->items.n + per_row - 1) / per_row;
	for (size_t row = 0; row < rows && !e->input->interrupted; row++) {
		for (size_t i = row; i < c->items.n; i += rows) {
			size_t w = write_text(e, shown(s[i].s));

			for (; i + rows < c->items.n && w < widest + 2; w++)
				fputc(' ', e->out);
		}
		fputs("\r\n", e->out);
	}
	if (c->cut)
		fputs("...\r\n", e->out);
}

/* Many are shown only if that is wanted. */
static bool
wants_all(struct pd_edit *e, size_t n)
{
	int key;

	if (n < ASK_FROM)
		return true;
	fprintf(e->out, "Display all %zu possibilities? (y or n) ", n);
	fflush(e->out);
	do {
		key = pd_edit_key(e);
	} while (key != 0 && strchr("yYnN \t\177\r\n", key) == NULL);
	fputs("\r\n", e->out);
	return key != 0 && strchr("yY ", key) != NULL;
}

static unsigned char
show(struct pd_edit *e, const struct pd_completion *c)
{
	fputs("\r\n", e->out);
	if (wants_all(e, c->items.n))
		list(e, c);
	fflush(e->out);
	/* The cursor is at the beginning of a line: all is drawn from here. */
	el_wset(e->el, EL_REFRESH);
	return CC_NORM;
}

/* Puts text in the place of what the items begin with. */
static void
replace(struct pd_edit *e, const char *typed, size_t ntyped, const char *text,
    size_t n, bool blank)
{
	size_t same = 0, len;
	wchar_t *w;

	while (same < ntyped && same < n && typed[same] == text[same])
		same++;
	while (same > 0 && same < ntyped && ((unsigned char)typed[same] &
	    0xc0) == 0x80)
		same--;
	w = pd_edit_wide(typed + same, ntyped - same, &len);
	if (len > 0)
		el_wdeletestr(e->el, (int)len);
	free(w);
	w = pd_edit_wide(text + same, n - same, &len);
	if (len > 0)
		el_winsertstr(e->el, w);
	free(w);
	if (blank)
		el_winsertstr(e->el, L" ");
}

/* line: up to the cursor. */
static unsigned char
apply(struct pd_edit *e, const struct pd_buf *line, const char *follows,
    const struct pd_completion *c)
{
	const struct pd_str *s = c->items.v;
	const char *typed = pd_buf_c(line) + c->from;
	size_t ntyped = line->n - c->from, n = pd_completion_common(c);

	if (c->items.n == 0)
		return CC_ERROR;
	if (c->items.n == 1) {
		bool blank = c->whole && *follows == '\0';

		if (s->n == ntyped && !blank)
			return CC_NORM;
		replace(e, typed, ntyped, s->s, s->n, blank);
		return CC_REFRESH;
	}
	if (n > ntyped) {
		replace(e, typed, ntyped, s->s, n, false);
		return CC_REFRESH;
	}
	return show(e, c);
}

static bool
is_blank(const struct pd_buf *b)
{
	return strspn(pd_buf_c(b), " \t") == b->n;
}

unsigned char
pd_edit_do_tab(EditLine *el, int ch)
{
	struct pd_edit *e = NULL;
	struct pd_buf line = { 0 }, follows = { 0 };
	struct pd_completion c = { 0 };
	const LineInfoW *li = el_wline(el);
	unsigned char rc;

	(void)ch;
	el_wget(el, EL_CLIENTDATA, &e);
	pd_edit_narrow(&line, li->buffer, (size_t)(li->cursor - li->buffer));
	pd_edit_narrow(&follows, li->cursor,
	    (size_t)(li->lastchar - li->cursor));
	if (e->kind == PD_EDIT_ANSWER) {
		rc = CC_ERROR;
	} else if (e->kind == PD_EDIT_MORE && is_blank(&line)) {
		el_winsertstr(el, INDENT);
		rc = CC_REFRESH;
	} else {
		(e->kind == PD_EDIT_MORE ? pd_complete_more :
		    pd_complete_line)(e->session, pd_buf_c(&line), line.n,
		    pd_buf_c(&follows), &c);
		rc = apply(e, &line, pd_buf_c(&follows), &c);
		pd_completion_done(&c);
	}
	pd_buf_done(&line);
	pd_buf_done(&follows);
	return rc;
}
