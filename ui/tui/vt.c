/*
 * A terminal within the terminal.
 *
 * Called by the panes that are terminals.  libvterm keeps the screen; bytes
 * reach it through vtfilter.c only.  Must not write to a descriptor.
 *
 * After each sequence the cursor is looked at: libvterm 0.1 restores one from
 * before a resize as it was, and would then write outside of its screen.
 */
#include "ui/tui/vt-room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/str.h"

#define INVALID		0xfffd

/* ---- cells -------------------------------------------------------------- */

static pd_colour
colour_of(const VTermColor *c)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c))
		return PD_COLOUR_DEFAULT;
	if (VTERM_COLOR_IS_INDEXED(c))
		return PD_COLOUR_INDEX(c->indexed.idx);
	return PD_COLOUR_RGB(c->rgb.red, c->rgb.green, c->rgb.blue);
}

static uint16_t
attr_of(const VTermScreenCellAttrs *a)
{
	return (uint16_t)((a->bold ? PD_ATTR_BOLD : 0) |
	    (a->italic ? PD_ATTR_ITALIC : 0) |
	    (a->underline ? PD_ATTR_UNDERLINE : 0) |
	    (a->blink ? PD_ATTR_BLINK : 0) |
	    (a->reverse ? PD_ATTR_REVERSE : 0) |
	    (a->strike ? PD_ATTR_STRIKE : 0));
}

/* How wide the terminal around us makes it; 0: it is no character alone. */
static int
width_of(uint32_t c)
{
	int w = c < 0x7f ? 1 : wcwidth((wchar_t)c);

	return w < 0 ? 0 : w;
}

/*
 * The cell as it can be shown.  libvterm keeps halves of wide characters that
 * were overwritten, and its table of widths is older than the C library's:
 * what would be wider than its place becomes U+FFFD.
 */
static void
take_cell(const VTermScreenCell *v, bool after_wide, struct pd_vt_cell *c)
{
	int w = width_of(v->chars[0]);

	memset(c, 0, sizeof(*c));
	c->width = 1;
	c->attr = attr_of(&v->attrs);
	c->fg = colour_of(&v->fg);
	c->bg = colour_of(&v->bg);
	if (v->chars[0] == (uint32_t)-1) {
		c->width = !after_wide;
		return;
	}
	for (int i = 0; i < PD_VT_CHARS - 1 && i < VTERM_MAX_CHARS_PER_CELL &&
	    v->chars[i] != 0; i++)
		c->ch[i] = v->chars[i];
	if (c->ch[0] != 0 && (w == 0 || w > v->width)) {
		memset(c->ch, 0, sizeof(c->ch));
		c->ch[0] = INVALID;
	} else if (w == 2)
		c->width = 2;
}

static bool
is_wide(const VTermScreenCell *v)
{
	return v->width == 2 && width_of(v->chars[0]) == 2;
}

static void
put_cell(const struct pd_vt_cell *c, VTermScreenCell *v)
{
	memset(v, 0, sizeof(*v));
	for (int i = 0; i < PD_VT_CHARS - 1; i++)
		v->chars[i] = c->ch[i];
	v->width = c->width == 2 ? 2 : 1;
	v->attrs.bold = (c->attr & PD_ATTR_BOLD) != 0;
	v->attrs.italic = (c->attr & PD_ATTR_ITALIC) != 0;
	v->attrs.underline = (c->attr & PD_ATTR_UNDERLINE) != 0;
	v->attrs.blink = (c->attr & PD_ATTR_BLINK) != 0;
	v->attrs.reverse = (c->attr & PD_ATTR_REVERSE) != 0;
	v->attrs.strike = (c->attr & PD_ATTR_STRIKE) != 0;
}

static void
put_colour(pd_colour c, VTermColor *v, const VTermColor *none)
{
	if (PD_COLOUR_IS_INDEX(c))
		vterm_color_indexed(v, (uint8_t)c);
	else if (PD_COLOUR_IS_RGB(c))
		vterm_color_rgb(v, (uint8_t)(c >> 16), (uint8_t)(c >> 8),
		    (uint8_t)c);
	else
		*v = *none;
}

/* ---- what libvterm tells ------------------------------------------------ */

/* Erased, and of no colour: most cells of most lines. */
static bool
is_erased(const VTermScreenCell *v)
{
	return v->chars[0] == 0 && VTERM_COLOR_IS_DEFAULT_BG(&v->bg) &&
	    !v->attrs.reverse && !v->attrs.underline && !v->attrs.strike;
}

static int
on_push(int cols, const VTermScreenCell *cells, void *ctx)
{
	struct pd_vt *vt = ctx;
	int n = cols < vt->cols ? cols : vt->cols;

	while (n > 0 && is_erased(&cells[n - 1]))
		n--;
	for (int i = 0; i < n; i++)
		take_cell(&cells[i], i > 0 && is_wide(&cells[i - 1]),
		    &vt->line[i]);
	pd_scrollback_push(&vt->back, vt->line, n);
	return 1;
}

/* Called within pd_vt_resize(), with the new number of columns. */
static int
on_pop(int cols, VTermScreenCell *cells, void *ctx)
{
	struct pd_vt *vt = ctx;
	VTermColor fg, bg;

	if (cols > vt->cols || !pd_scrollback_pop(&vt->back, vt->line, cols))
		return 0;
	vterm_state_get_default_colors(vt->state, &fg, &bg);
	for (int i = 0; i < cols; i++) {
		struct pd_vt_cell *c = &vt->line[i];

		if (c->width == 2 && i == cols - 1)
			c->width = 1;	/* its right half is gone */
		put_cell(c, &cells[i]);
		put_colour(c->fg, &cells[i].fg, &fg);
		put_colour(c->bg, &cells[i].bg, &bg);
	}
	return 1;
}

static int
on_prop(VTermProp prop, VTermValue *v, void *ctx)
{
	struct pd_vt *vt = ctx;

	switch (prop) {
	case VTERM_PROP_ALTSCREEN:
		vt->alternate = v->boolean;
		break;
	case VTERM_PROP_REVERSE:
		vt->reversed = v->boolean;
		break;
	case VTERM_PROP_CURSORVISIBLE:
		vt->hidden = !v->boolean;
		break;
	case VTERM_PROP_MOUSE:
		vt->mouse = (enum pd_vt_mouse)v->number;
		break;
	default:
		break;
	}
	return 1;
}

static int
on_bell(void *ctx)
{
	struct pd_vt *vt = ctx;

	if (vt->hooks.bell != NULL)
		vt->hooks.bell(vt->hooks.ctx);
	return 1;
}

static void
on_output(const char *s, size_t n, void *ctx)
{
	pd_vt_answer(ctx, s, n);
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = on_prop,
	.bell = on_bell,
	.sb_pushline = on_push,
	.sb_popline = on_pop,
};

/* ---- what goes in ------------------------------------------------------- */

static void
mend_cursor(struct pd_vt *vt)
{
	VTermPos pos;
	char seq[48];
	int n;

	vterm_state_get_cursorpos(vt->state, &pos);
	if (pos.row >= 0 && pos.row < vt->rows && pos.col >= 0 &&
	    pos.col < vt->cols)
		return;
	n = snprintf(seq, sizeof(seq), "\033[?6l\033[%d;%dH",
	    pos.row < 0 ? 1 : pos.row < vt->rows ? pos.row + 1 : vt->rows,
	    pos.col < 0 ? 1 : pos.col < vt->cols ? pos.col + 1 : vt->cols);
	vterm_input_write(vt->vterm, seq, (size_t)n);
}

static void
flush_text(struct pd_vt *vt)
{
	if (vt->text_n > 0)
		vterm_input_write(vt->vterm, vt->text, vt->text_n);
	vt->text_n = 0;
}

/* "ESC ] 0 ; TEXT end" and 2: the title. */
static void
tell_title(struct pd_vt *vt, const char *s, size_t n)
{
	char title[256];
	size_t at = 0;

	if (vt->hooks.title == NULL || n < 5 || s[1] != ']' ||
	    (s[2] != '0' && s[2] != '2') || s[3] != ';')
		return;
	for (size_t i = 4; i < n && at < sizeof(title) - 1; i++)
		if ((unsigned char)s[i] >= 0x20 && s[i] != 0x7f &&
		    !(s[i] == '\\' && i == n - 1))
			title[at++] = s[i];
	title[at] = '\0';
	vt->hooks.title(vt->hooks.ctx, title);
}

/* libvterm's reset leaves the mouse as it was. */
static const char mouse_off[] = "\033[?1003l\033[?1002l\033[?1000l";

static void
on_filtered(void *ctx, int kind, const char *s, size_t n)
{
	struct pd_vt *vt = ctx;

	if (kind == PD_VTFILTER_TEXT) {
		if (n > sizeof(vt->text) - vt->text_n)
			flush_text(vt);
		if (n <= sizeof(vt->text)) {
			memcpy(vt->text + vt->text_n, s, n);
			vt->text_n += n;
		} else
			vterm_input_write(vt->vterm, s, n);
		return;
	}
	flush_text(vt);
	if (kind == PD_VTFILTER_STRING)
		tell_title(vt, s, n);
	vterm_input_write(vt->vterm, s, n);
	/* CAN: whatever libvterm made of it, what follows is text. */
	vterm_input_write(vt->vterm, "\x18", 1);
	if (kind == PD_VTFILTER_ESCAPE && s[1] == 'c')
		vterm_input_write(vt->vterm, mouse_off, strlen(mouse_off));
	mend_cursor(vt);
}

void
pd_vt_write(struct pd_vt *vt, const char *s, size_t n)
{
	if (n == 0)
		return;
	pd_vtfilter_feed(&vt->filter, s, n);
	flush_text(vt);
	vterm_screen_flush_damage(vt->screen);
	vt->changed = true;
}

/* ---- life --------------------------------------------------------------- */

static int
at_least(int n)
{
	return n < PD_VT_MIN ? PD_VT_MIN : n > 2000 ? 2000 : n;
}

struct pd_vt *
pd_vt_new(int rows, int cols, size_t limit, const struct pd_vt_hooks *hooks)
{
	struct pd_vt *vt = pd_xcalloc(1, sizeof(*vt));

	vt->rows = at_least(rows);
	vt->cols = at_least(cols);
	if (hooks != NULL)
		vt->hooks = *hooks;
	vt->filter.put = on_filtered;
	vt->filter.ctx = vt;
	vt->back.limit = limit;
	vt->line = pd_xcalloc((size_t)vt->cols, sizeof(*vt->line));
	vt->vterm = vterm_new(vt->rows, vt->cols);
	vterm_set_utf8(vt->vterm, 1);
	vterm_output_set_callback(vt->vterm, on_output, vt);
	vt->state = vterm_obtain_state(vt->vterm);
	vt->screen = vterm_obtain_screen(vt->vterm);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_set_damage_merge(vt->screen, VTERM_DAMAGE_SCREEN);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_reset(vt->screen, 1);
	vt->changed = true;
	return vt;
}

void
pd_vt_free(struct pd_vt *vt)
{
	if (vt == NULL)
		return;
	vterm_free(vt->vterm);
	pd_scrollback_done(&vt->back);
	free(vt->line);
	free(vt);
}

void
pd_vt_resize(struct pd_vt *vt, int rows, int cols)
{
	int wider;

	rows = at_least(rows);
	cols = at_least(cols);
	if (rows == vt->rows && cols == vt->cols)
		return;
	/* Lines that go and come meanwhile are of either width. */
	wider = cols > vt->cols ? cols : vt->cols;
	vt->line = pd_xrealloc(vt->line, (size_t)wider * sizeof(*vt->line));
	vt->cols = wider;
	vterm_set_size(vt->vterm, rows, cols);
	vt->rows = rows;
	vt->cols = cols;
	mend_cursor(vt);
	vterm_screen_flush_damage(vt->screen);
	vt->changed = true;
}

void
pd_vt_size(const struct pd_vt *vt, int *rows, int *cols)
{
	*rows = vt->rows;
	*cols = vt->cols;
}

/* The screen's text goes where it would have gone line by line. */
static void
push_screen(struct pd_vt *vt)
{
	int last = vt->rows;
	struct pd_buf b = { 0 };

	while (last > 0) {
		pd_vt_text(vt, last - 1, &b);
		if (b.n > 0)
			break;
		last--;
	}
	pd_buf_done(&b);
	for (int row = 0; row < last; row++) {
		for (int col = 0; col < vt->cols; col++)
			pd_vt_cell(vt, row, col, &vt->line[col]);
		pd_scrollback_push(&vt->back, vt->line, vt->cols);
	}
}

void
pd_vt_reset(struct pd_vt *vt)
{
	static const char primary[] = "\033[?1049l";

	pd_vtfilter_reset(&vt->filter);
	vterm_input_write(vt->vterm, primary, strlen(primary));
	vterm_input_write(vt->vterm, mouse_off, strlen(mouse_off));
	mend_cursor(vt);
	push_screen(vt);
	vterm_screen_reset(vt->screen, 1);
	vt->changed = true;
}

bool
pd_vt_changed(struct pd_vt *vt)
{
	bool changed = vt->changed;

	vt->changed = false;
	return changed;
}

/* ---- what is seen ------------------------------------------------------- */

size_t
pd_vt_back(const struct pd_vt *vt)
{
	return vt->back.n;
}

uint64_t
pd_vt_pushed(const struct pd_vt *vt)
{
	return vt->back.pushed;
}

void
pd_vt_cell(const struct pd_vt *vt, int row, int col, struct pd_vt_cell *c)
{
	VTermScreenCell v, left;
	bool after = false;

	if (row < 0) {
		pd_scrollback_cell(&vt->back, (size_t)-(long)row, col, c);
		return;
	}
	if (!vterm_screen_get_cell(vt->screen, (VTermPos){ row, col }, &v)) {
		memset(c, 0, sizeof(*c));
		c->width = 1;
		return;
	}
	if (v.chars[0] == (uint32_t)-1 && col > 0)
		after = vterm_screen_get_cell(vt->screen,
		    (VTermPos){ row, col - 1 }, &left) && is_wide(&left);
	take_cell(&v, after, c);
}

void
pd_vt_cursor(const struct pd_vt *vt, int *row, int *col, bool *visible)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vt->state, &pos);
	*row = pos.row;
	*col = pos.col;
	*visible = !vt->hidden;
}

enum pd_vt_mouse
pd_vt_mouse(const struct pd_vt *vt)
{
	return vt->mouse;
}

bool
pd_vt_alternate(const struct pd_vt *vt)
{
	return vt->alternate;
}

bool
pd_vt_reversed(const struct pd_vt *vt)
{
	return vt->reversed;
}
