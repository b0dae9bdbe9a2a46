/*
 * A terminal within the terminal, drawn: for the command pane and the output
 * pane.
 */
#include "ui/tui/vt-draw.h"

#include <string.h>

static void
draw_cell(const struct pd_vt *vt, struct pd_surface *s, int from,
    unsigned row, unsigned col)
{
	struct pd_cell c = { .own = true };
	struct pd_vt_cell v;

	pd_vt_cell(vt, from, (int)col, &v);
	for (size_t i = 0; i < PD_CELL_CHARS && i < PD_VT_CHARS; i++)
		c.ch[i] = v.ch[i];
	c.width = v.width;
	if (c.ch[0] == 0 && c.width != 0)
		c.ch[0] = ' ';
	c.look = (struct pd_look){ v.fg, v.bg, v.attr };
	pd_surface_cell(s, row, col, &c);
}

void
pd_vt_draw(const struct pd_vt *vt, struct pd_surface *s, size_t back)
{
	int rows, cols, row, col;
	bool visible;

	pd_vt_size(vt, &rows, &cols);
	for (unsigned i = 0; i < s->rows; i++)
		for (unsigned k = 0; k < s->cols; k++)
			draw_cell(vt, s, (int)i - (int)back, i, k);
	pd_vt_cursor(vt, &row, &col, &visible);
	row += (int)back;
	if (s->focus && visible && row >= 0 && row < (int)s->rows)
		pd_surface_cursor(s, (unsigned)row, (unsigned)(col <
		    (int)s->cols ? col : (int)s->cols - 1));
}
