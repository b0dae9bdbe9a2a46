/*
 * The source pane, drawn.
 *
 * A line is: a breakpoint's letter, the number, "->" at the line that runs next
 * (">>" where an exception was raised), the text.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ui/tui/source-room.h"

#define ARROW	2	/* columns */

static unsigned
digits(size_t n)
{
	unsigned d = 1;

	while (n >= 10) {
		n /= 10;
		d++;
	}
	return d;
}

unsigned
pd_source_gutter(const struct pd_source_pane *s)
{
	unsigned d = digits(s->doc != NULL ? s->doc->lines : 1);

	return 1 + (d < 3 ? 3 : d) + ARROW;
}

const char *
pd_source_find(const char *s, size_t n, const char *text)
{
	size_t len = strlen(text);
	bool exact = false;

	for (size_t i = 0; i < len; i++)
		exact = exact || isupper((unsigned char)text[i]);
	if (exact)
		return memmem(s, n, text, len);
	for (size_t i = 0; i + len <= n; i++)
		if (strncasecmp(s + i, text, len) == 0)
			return s + i;
	return NULL;
}

struct line_pen {
	struct pd_surface	*s;
	unsigned		 row;
	long			 col;
	const char		*begin;		/* of the line */
};

/* Tabs count from the beginning of the line, not of the piece. */
static void
put_piece(void *ctx, enum pd_pytok kind, const char *p, size_t n)
{
	static const enum pd_role roles[PD_PYTOK_MAX] = {
		[PD_PYTOK_TEXT] = PD_ROLE_SOURCE,
		[PD_PYTOK_KEYWORD] = PD_ROLE_KEYWORD,
		[PD_PYTOK_CONSTANT] = PD_ROLE_CONSTANT,
		[PD_PYTOK_BUILTIN] = PD_ROLE_BUILTIN,
		[PD_PYTOK_DEF] = PD_ROLE_DEF,
		[PD_PYTOK_STRING] = PD_ROLE_STRING,
		[PD_PYTOK_NUMBER] = PD_ROLE_NUMBER,
		[PD_PYTOK_COMMENT] = PD_ROLE_COMMENT,
		[PD_PYTOK_DECORATOR] = PD_ROLE_DECORATOR,
	};
	struct line_pen *pen = ctx;
	long from = pen->col - pd_text_columns(pen->begin,
	    (size_t)(p - pen->begin));
	const char *tab;

	while ((tab = memchr(p, '\t', n)) != NULL) {
		size_t before = (size_t)(tab - p);

		pen->col = pd_surface_put(pen->s, pen->row, pen->col,
		    roles[kind], p, before);
		do
			pen->col = pd_surface_put(pen->s, pen->row, pen->col,
			    roles[kind], " ", 1);
		while ((pen->col - from) % 8 != 0);
		n -= before + 1;
		p = tab + 1;
	}
	pen->col = pd_surface_put(pen->s, pen->row, pen->col, roles[kind], p,
	    n);
}

static void
draw_gutter(struct pd_source_pane *sp, struct pd_surface *s, unsigned row,
    size_t line)
{
	bool here = pd_str_eq(&sp->frame_file, pd_str_c(&sp->file)) &&
	    sp->frame_file.s != NULL;
	unsigned width = pd_source_gutter(sp) - 1 - ARROW;
	long col;

	PD_VEC_EACH(&sp->marks, struct pd_source_mark, m)
		if (m->line == line + 1)
			pd_surface_put(s, row, 0, m->role, &m->letter, 1);
	col = pd_surface_printf(s, row, 1, PD_UI_LINENO, "%*zu", (int)width,
	    line + 1);
	if (here && line + 1 == sp->now)
		pd_surface_puts(s, row, col, sp->innermost ? PD_UI_ARROW :
		    PD_UI_ARROW_OTHER, "->");
	else if (here && line + 1 == sp->raised)
		pd_surface_puts(s, row, col, PD_ROLE_ERROR, ">>");
}

static void
draw_matches(struct pd_source_pane *sp, struct pd_surface *s, unsigned row,
    const char *p, size_t n)
{
	const char *at = p;

	if (sp->find.n == 0)
		return;
	while ((at = pd_source_find(at, n - (size_t)(at - p), sp->find.s)) !=
	    NULL) {
		long from = pd_text_columns(p, (size_t)(at - p));
		long to = pd_text_columns(p, (size_t)(at - p) + sp->find.n);

		pd_surface_under(s, row, from - (long)sp->scroll.left,
		    to - from, PD_UI_MATCH);
		at += sp->find.n;
	}
}

static void
draw_line(struct pd_source_pane *sp, struct pd_surface *s,
    struct pd_surface *text, unsigned row, size_t line, struct pd_pylex *lex)
{
	bool here = sp->frame_file.s != NULL &&
	    pd_str_eq(&sp->frame_file, pd_str_c(&sp->file));
	struct line_pen pen = { text, row, -(long)sp->scroll.left, NULL };
	size_t n = 0;
	const char *p = pd_doc_line(sp->doc, line, &n);
	unsigned under = PD_ROLE_TEXT;

	draw_gutter(sp, s, row, line);
	pen.begin = p;
	pd_pylex_line(lex, p, n, put_piece, &pen);
	if (pen.col > (long)text->cols && text->cols > 0)
		pd_surface_puts(text, row, (long)text->cols - 1, PD_UI_FOLD,
		    s->ascii ? ">" : "\u2026");
	if (here && line + 1 == sp->now)
		under = sp->innermost ? PD_UI_LINE_CURRENT : PD_UI_LINE_OTHER;
	else if (line == sp->scroll.at)
		under = s->focus ? PD_UI_CURSOR : PD_UI_CURSOR_OFF;
	if (under != PD_ROLE_TEXT)
		pd_surface_under(text, row, 0, (long)text->cols, under);
	draw_matches(sp, text, row, p, n);
	/* For who cannot see the line that is marked. */
	if (line == sp->scroll.at && s->focus)
		pd_surface_cursor(s, row, 0);
}

void
pd_source_draw(struct pd_pane *p, struct pd_surface *s)
{
	struct pd_source_pane *sp = (struct pd_source_pane *)(void *)p;
	unsigned gutter = pd_source_gutter(sp);
	struct pd_surface text;
	struct pd_pylex lex;

	if (sp->doc == NULL) {
		if (sp->file.s != NULL)
			pd_surface_printf(s, 0, 1, PD_ROLE_NOTE,
			    "There is no source of %s.", sp->file.s);
		return;
	}
	if (gutter + 4 > s->cols)
		gutter = 0;
	text = pd_surface_sub(s, 0, gutter, s->rows, s->cols - gutter);
	pd_doc_lex(sp->doc, sp->scroll.top, &lex);
	for (unsigned row = 0; row < s->rows &&
	    sp->scroll.top + row < sp->doc->lines; row++)
		draw_line(sp, s, &text, row, sp->scroll.top + row, &lex);
}
