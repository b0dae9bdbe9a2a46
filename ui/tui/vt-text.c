/*
 * Rows of a terminal within the terminal as text: for searching, and tests.
 */
#include "base/utf8.h"
#include "ui/tui/vt-room.h"

void
pd_vt_text(const struct pd_vt *vt, int row, struct pd_buf *out)
{
	int cols = row < 0 ? pd_scrollback_len(&vt->back,
	    (size_t)-(long)row) : vt->cols;
	size_t end = out->n;
	struct pd_vt_cell c;

	for (int col = 0; col < cols; col++) {
		pd_vt_cell(vt, row, col, &c);
		if (c.width == 0)
			continue;
		if (c.ch[0] == 0)
			c.ch[0] = ' ';
		for (int i = 0; i < PD_VT_CHARS && c.ch[i] != 0; i++)
			pd_utf8_add(out, c.ch[i]);
		if (c.ch[0] != ' ')
			end = out->n;
	}
	out->n = end;
	if (out->s != NULL)
		out->s[end] = '\0';
}
