/*
 * Grids of cells, and drawing in them.
 *
 * Called by panes, by window.c for what is around them, and by screen.c, which
 * shows a grid.  It must not know a terminal.
 */
#include "ui/tui/surface.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

#define TAB	8

/* ---- grids -------------------------------------------------------------- */

static const struct pd_cell blank = { .ch = { ' ' }, .width = 1 };

void
pd_grid_init(struct pd_grid *g, unsigned rows, unsigned cols)
{
	memset(g, 0, sizeof(*g));
	g->rows = rows;
	g->cols = cols;
	g->cells = pd_xcalloc((size_t)rows * cols + 1, sizeof(*g->cells));
	pd_grid_clear(g);
}

void
pd_grid_done(struct pd_grid *g)
{
	free(g->cells);
	memset(g, 0, sizeof(*g));
}

void
pd_grid_clear(struct pd_grid *g)
{
	for (size_t i = 0; i < (size_t)g->rows * g->cols; i++)
		g->cells[i] = blank;
	g->cursor = false;
}

void
pd_grid_text(const struct pd_grid *g, unsigned row, struct pd_buf *out)
{
	const struct pd_cell *c = g->cells + (size_t)row * g->cols;
	size_t used = out->n;

	for (unsigned i = 0; i < g->cols; i++) {
		for (size_t k = 0; k < PD_CELL_CHARS && c[i].ch[k] != 0; k++)
			pd_utf8_add(out, c[i].ch[k]);
		if (c[i].width > 0 && c[i].ch[0] != ' ')
			used = out->n;
	}
	out->n = used;
	if (out->s != NULL)
		out->s[used] = '\0';
}

/* ---- surfaces ----------------------------------------------------------- */

struct pd_surface
pd_surface_of(struct pd_grid *g)
{
	return (struct pd_surface){ .grid = g, .rows = g->rows,
	    .cols = g->cols };
}

struct pd_surface
pd_surface_sub(const struct pd_surface *s, unsigned row, unsigned col,
    unsigned rows, unsigned cols)
{
	struct pd_surface sub = *s;

	row = row < s->rows ? row : s->rows;
	col = col < s->cols ? col : s->cols;
	sub.row += row;
	sub.col += col;
	sub.rows = rows < s->rows - row ? rows : s->rows - row;
	sub.cols = cols < s->cols - col ? cols : s->cols - col;
	return sub;
}

/* NULL: outside. */
static struct pd_cell *
cell_at(struct pd_surface *s, unsigned row, long col)
{
	if (row >= s->rows || col < 0 || col >= (long)s->cols)
		return NULL;
	return s->grid->cells + (size_t)(s->row + row) * s->grid->cols +
	    s->col + (size_t)col;
}

/* A wide character of which half is written over leaves a blank. */
static void
break_wide(struct pd_surface *s, unsigned row, long col)
{
	struct pd_cell *c = cell_at(s, row, col), *other;

	if (c == NULL || c->width == 1)
		return;
	other = cell_at(s, row, c->width == 2 ? col + 1 : col - 1);
	if (other != NULL && other->width != 1) {
		other->ch[0] = ' ';
		other->ch[1] = 0;
		other->width = 1;
	}
	c->ch[0] = ' ';
	c->ch[1] = 0;
	c->width = 1;
}

static struct pd_cell *
set_cell(struct pd_surface *s, unsigned row, long col, unsigned role,
    uint32_t ch, int width)
{
	struct pd_cell *c = cell_at(s, row, col);

	if (c == NULL)
		return NULL;
	break_wide(s, row, col);
	memset(c->ch, 0, sizeof(c->ch));
	c->ch[0] = ch;
	c->width = (uint8_t)width;
	c->role = (uint8_t)role;
	c->own = false;
	return c;
}

/* A character that has columns. */
static void
put_char(struct pd_surface *s, unsigned row, long col, unsigned role,
    uint32_t ch, int width)
{
	if (width == 2 && (col < 0 || col + 1 >= (long)s->cols)) {
		/* Half of it is to be seen, at most. */
		set_cell(s, row, col, role, ' ', 1);
		set_cell(s, row, col + 1, role, ' ', 1);
		return;
	}
	set_cell(s, row, col, role, ch, width);
	if (width == 2)
		set_cell(s, row, col + 1, role, 0, 0);
}

/* A mark belongs to the character before it. */
static void
put_mark(struct pd_surface *s, unsigned row, long col, uint32_t ch)
{
	struct pd_cell *c = cell_at(s, row, col - 1);

	if (c != NULL && c->width == 0)
		c = cell_at(s, row, col - 2);
	if (c == NULL)
		return;
	for (size_t k = 1; k < PD_CELL_CHARS; k++)
		if (c->ch[k] == 0) {
			c->ch[k] = ch;
			return;
		}
}

long
pd_surface_put(struct pd_surface *s, unsigned row, long col, unsigned role,
    const char *p, size_t n)
{
	long from = col;

	for (size_t i = 0; i < n && p[i] != '\n';) {
		uint32_t ch;
		int width;

		i += pd_text_char(p + i, n - i, &ch, &width);
		if (width == 0) {
			put_mark(s, row, col, ch);
		} else if (width == -1) {
			do
				set_cell(s, row, col++, role, ' ', 1);
			while ((col - from) % TAB != 0);
		} else if (ch < 0x20 || ch == 0x7f) {
			set_cell(s, row, col++, role, '^', 1);
			set_cell(s, row, col++, role, ch ^ 0x40, 1);
		} else {
			put_char(s, row, col, role, ch, width);
			col += width;
		}
	}
	return col;
}

long
pd_surface_puts(struct pd_surface *s, unsigned row, long col, unsigned role,
    const char *text)
{
	return pd_surface_put(s, row, col, role, text, strlen(text));
}

long
pd_surface_printf(struct pd_surface *s, unsigned row, long col,
    unsigned role, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	col = pd_surface_put(s, row, col, role, pd_buf_c(&b), b.n);
	pd_buf_done(&b);
	return col;
}

long
pd_surface_fit(struct pd_surface *s, unsigned row, long col, long width,
    unsigned role, const char *p, size_t n)
{
	struct pd_surface part;
	long used;

	if (width <= 0)
		return col;
	if (col < 0)
		return pd_surface_put(s, row, col, role, p, n);
	part = pd_surface_sub(s, row, (unsigned)col, 1, (unsigned)width);
	used = pd_surface_put(&part, 0, 0, role, p, n);
	if (used <= width)
		return col + used;
	if (part.cols > 0)
		put_char(&part, 0, (long)part.cols - 1, PD_UI_FOLD,
		    s->ascii ? '>' : 0x2026, 1);
	return col + width;
}

void
pd_surface_clear_row(struct pd_surface *s, unsigned row, unsigned col,
    unsigned role)
{
	for (unsigned i = col; i < s->cols; i++)
		set_cell(s, row, i, role, ' ', 1);
}

void
pd_surface_under(struct pd_surface *s, unsigned row, long col, long n,
    unsigned role)
{
	for (long i = col; i < col + n && i < (long)s->cols; i++) {
		struct pd_cell *c = cell_at(s, row, i);

		if (c != NULL)
			c->under = (uint8_t)role;
	}
}

void
pd_surface_cell(struct pd_surface *s, unsigned row, unsigned col,
    const struct pd_cell *cell)
{
	struct pd_cell *c = cell_at(s, row, col);

	if (c == NULL)
		return;
	*c = *cell;
	/* At the edge there is no room for the other half. */
	if ((c->width == 2 && col + 1 >= s->cols) ||
	    (c->width == 0 && col == 0)) {
		c->ch[0] = ' ';
		c->ch[1] = 0;
		c->width = 1;
	}
}

void
pd_surface_cursor(struct pd_surface *s, unsigned row, unsigned col)
{
	if (row >= s->rows || col >= s->cols)
		return;
	s->grid->cursor = true;
	s->grid->cursor_row = s->row + row;
	s->grid->cursor_col = s->col + col;
}
