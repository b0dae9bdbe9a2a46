/*
 * Lines that have left a terminal at the top: a ring of packed lines.
 *
 * Called by vt.c.  A cell takes 16 bytes; marks, which are rare, are kept
 * behind the cells of their line.
 */
#include "ui/tui/scrollback.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define FIRST_CAP	64
#define MARKS		(PD_VT_CHARS - 1)

struct packed {
	uint32_t	ch;
	pd_colour	fg, bg;
	uint8_t		width;
	uint8_t		attr;
	uint16_t	marks;		/* 1 + index of its marks; 0: none */
};

struct pd_sbline {
	struct packed	*cells;		/* owned; the marks are behind them */
	int		 n;
};

void
pd_scrollback_done(struct pd_scrollback *sb)
{
	for (size_t i = 0; i < sb->cap; i++)
		free(sb->lines[i].cells);
	free(sb->lines);
	memset(sb, 0, sizeof(*sb));
}

static struct pd_sbline *
line_at(const struct pd_scrollback *sb, size_t back)
{
	return &sb->lines[(sb->head + sb->n - back) % sb->cap];
}

static bool
is_blank(const struct pd_vt_cell *c)
{
	return (c->ch[0] == 0 || c->ch[0] == ' ') && c->ch[1] == 0 &&
	    c->width == 1 && c->bg == PD_COLOUR_DEFAULT && c->attr == 0;
}

static uint32_t *
marks_of(const struct pd_sbline *line, size_t i)
{
	return (uint32_t *)(void *)(line->cells + line->n) + i * MARKS;
}

static void
pack(struct pd_sbline *line, const struct pd_vt_cell *cells, int n)
{
	size_t marked = 0, at = 0;

	for (int i = 0; i < n; i++)
		marked += cells[i].ch[1] != 0;
	line->n = n;
	line->cells = n == 0 ? NULL : pd_xmalloc((size_t)n *
	    sizeof(*line->cells) + marked * MARKS * sizeof(uint32_t));
	for (int i = 0; i < n; i++) {
		const struct pd_vt_cell *c = &cells[i];

		line->cells[i] = (struct packed){ .ch = c->ch[0],
		    .fg = c->fg, .bg = c->bg, .width = c->width,
		    .attr = (uint8_t)c->attr };
		if (c->ch[1] != 0) {
			memcpy(marks_of(line, at), c->ch + 1,
			    MARKS * sizeof(uint32_t));
			line->cells[i].marks = (uint16_t)++at;
		}
	}
}

/* Room for one line more, as long as the limit allows it. */
static void
grow(struct pd_scrollback *sb)
{
	size_t cap = sb->cap == 0 ? FIRST_CAP : sb->cap * 2;
	struct pd_sbline *lines;

	if (cap > sb->limit)
		cap = sb->limit;
	lines = pd_xcalloc(cap, sizeof(*lines));
	for (size_t i = 0; i < sb->n; i++)
		lines[i] = sb->lines[(sb->head + i) % sb->cap];
	free(sb->lines);
	sb->lines = lines;
	sb->cap = cap;
	sb->head = 0;
}

void
pd_scrollback_push(struct pd_scrollback *sb, const struct pd_vt_cell *cells,
    int cols)
{
	struct pd_sbline *line;

	if (sb->limit == 0)
		return;
	if (sb->n == sb->cap && sb->cap < sb->limit)
		grow(sb);
	if (sb->n == sb->cap) {
		sb->head = (sb->head + 1) % sb->cap;
		sb->n--;
	}
	while (cols > 0 && is_blank(&cells[cols - 1]))
		cols--;
	sb->n++;
	sb->pushed++;
	line = line_at(sb, 1);
	free(line->cells);
	pack(line, cells, cols);
}

static void
unpack(const struct pd_sbline *line, int col, struct pd_vt_cell *c)
{
	const struct packed *p;

	memset(c, 0, sizeof(*c));
	c->width = 1;
	if (col < 0 || col >= line->n)
		return;
	p = &line->cells[col];
	c->ch[0] = p->ch;
	c->width = p->width;
	c->attr = p->attr;
	c->fg = p->fg;
	c->bg = p->bg;
	if (p->marks != 0)
		memcpy(c->ch + 1, marks_of(line, p->marks - 1u),
		    MARKS * sizeof(uint32_t));
}

bool
pd_scrollback_pop(struct pd_scrollback *sb, struct pd_vt_cell *cells, int cols)
{
	struct pd_sbline *line;

	if (sb->n == 0)
		return false;
	line = line_at(sb, 1);
	for (int i = 0; i < cols; i++)
		unpack(line, i, &cells[i]);
	free(line->cells);
	memset(line, 0, sizeof(*line));
	sb->n--;
	sb->pushed--;
	return true;
}

void
pd_scrollback_cell(const struct pd_scrollback *sb, size_t back, int col,
    struct pd_vt_cell *c)
{
	static const struct pd_sbline none;

	unpack(back == 0 || back > sb->n ? &none : line_at(sb, back), col, c);
}

int
pd_scrollback_len(const struct pd_scrollback *sb, size_t back)
{
	return back == 0 || back > sb->n ? 0 : line_at(sb, back)->n;
}
