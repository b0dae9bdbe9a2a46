/*
 * Rows of a terminal within the terminal as text: for searching, and tests.
 */
#include "base/str.h"
#include "ui/tui/vt-room.h"

static void
add_utf8(struct pd_buf *b, uint32_t c)
{
	if (c < 0x80) {
		pd_buf_addc(b, (char)c);
		return;
	}
	if (c < 0x800)
		pd_buf_addc(b, (char)(0xc0 | c >> 6));
	else {
		if (c < 0x10000)
			pd_buf_addc(b, (char)(0xe0 | c >> 12));
		else {
			pd_buf_addc(b, (char)(0xf0 | c >> 18));
			pd_buf_addc(b, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		pd_buf_addc(b, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	pd_buf_addc(b, (char)(0x80 | (c & 0x3f)));
}

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
			add_utf8(out, c.ch[i]);
		if (c.ch[0] != ' ')
			end = out->n;
	}
	out->n = end;
	if (out->s != NULL)
		out->s[end] = '\0';
}
