/*
 * Keys and the mouse of a terminal within the terminal, as the bytes that its
 * program wants.
 *
 * Called by the panes that are terminals.  libvterm knows the modes.
 */
#include "ui/tui/vt-room.h"

void
pd_vt_answer(struct pd_vt *vt, const char *s, size_t n)
{
	if (vt->hooks.output != NULL && n > 0)
		vt->hooks.output(vt->hooks.ctx, s, n);
}

static const VTermKey keys[] = {
	[PD_VT_KEY_ENTER - PD_VT_KEY_FIRST] = VTERM_KEY_ENTER,
	[PD_VT_KEY_TAB - PD_VT_KEY_FIRST] = VTERM_KEY_TAB,
	[PD_VT_KEY_BACKSPACE - PD_VT_KEY_FIRST] = VTERM_KEY_BACKSPACE,
	[PD_VT_KEY_ESCAPE - PD_VT_KEY_FIRST] = VTERM_KEY_ESCAPE,
	[PD_VT_KEY_UP - PD_VT_KEY_FIRST] = VTERM_KEY_UP,
	[PD_VT_KEY_DOWN - PD_VT_KEY_FIRST] = VTERM_KEY_DOWN,
	[PD_VT_KEY_LEFT - PD_VT_KEY_FIRST] = VTERM_KEY_LEFT,
	[PD_VT_KEY_RIGHT - PD_VT_KEY_FIRST] = VTERM_KEY_RIGHT,
	[PD_VT_KEY_INS - PD_VT_KEY_FIRST] = VTERM_KEY_INS,
	[PD_VT_KEY_DEL - PD_VT_KEY_FIRST] = VTERM_KEY_DEL,
	[PD_VT_KEY_HOME - PD_VT_KEY_FIRST] = VTERM_KEY_HOME,
	[PD_VT_KEY_END - PD_VT_KEY_FIRST] = VTERM_KEY_END,
	[PD_VT_KEY_PAGEUP - PD_VT_KEY_FIRST] = VTERM_KEY_PAGEUP,
	[PD_VT_KEY_PAGEDOWN - PD_VT_KEY_FIRST] = VTERM_KEY_PAGEDOWN,
};

static VTermModifier
mods_of(unsigned mods)
{
	return (VTermModifier)((mods & PD_VT_SHIFT ? VTERM_MOD_SHIFT : 0) |
	    (mods & PD_VT_ALT ? VTERM_MOD_ALT : 0) |
	    (mods & PD_VT_CTRL ? VTERM_MOD_CTRL : 0));
}

void
pd_vt_key(struct pd_vt *vt, uint32_t key, unsigned mods)
{
	char byte = (char)key;

	if (key < 0x20 || key == 0x7f) {
		if (mods & PD_VT_ALT)
			pd_vt_answer(vt, "\033", 1);
		pd_vt_answer(vt, &byte, 1);
	} else if (key < PD_VT_KEY_FIRST)
		vterm_keyboard_unichar(vt->vterm, key, mods_of(mods));
	else if (key < PD_VT_KEY_F0)
		vterm_keyboard_key(vt->vterm, keys[key - PD_VT_KEY_FIRST],
		    mods_of(mods));
	else if (key <= PD_VT_KEY_LAST)
		vterm_keyboard_key(vt->vterm, VTERM_KEY_FUNCTION(key -
		    PD_VT_KEY_F0), mods_of(mods));
}

void
pd_vt_paste(struct pd_vt *vt, const char *s, size_t n)
{
	vterm_keyboard_start_paste(vt->vterm);
	pd_vt_answer(vt, s, n);
	vterm_keyboard_end_paste(vt->vterm);
}

void
pd_vt_mouse_event(struct pd_vt *vt, int row, int col, int button,
    bool pressed, unsigned mods)
{
	if (vt->mouse == PD_VT_MOUSE_NONE || row < 0 || row >= vt->rows ||
	    col < 0 || col >= vt->cols)
		return;
	vterm_mouse_move(vt->vterm, row, col, mods_of(mods));
	if (button != 0)
		vterm_mouse_button(vt->vterm, button, pressed, mods_of(mods));
}
