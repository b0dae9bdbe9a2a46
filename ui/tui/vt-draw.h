/*
 * A terminal within the terminal, drawn.
 */
#ifndef PD_UI_TUI_VT_DRAW_H
#define PD_UI_TUI_VT_DRAW_H

#include "ui/tui/surface.h"
#include "ui/tui/vt.h"

/* Draws it, scrolled back by so many lines; the cursor where focus is. */
void	pd_vt_draw(const struct pd_vt *, struct pd_surface *, size_t back);

#endif
