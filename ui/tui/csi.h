/*
 * Sequences that terminals send and terminfo does not know: modified keys, the
 * mouse.
 *
 * Called by screen-keys.c with what stands behind ESC [.  Pure.
 */
#ifndef PD_UI_TUI_CSI_H
#define PD_UI_TUI_CSI_H

#include "ui/tui/pane.h"

/* Which button is down, and when it was pressed last: for a double press. */
struct pd_mouse_state {
	unsigned	button;
	unsigned	row, col;
	int64_t		when;		/* ms; 0: never */
};

enum pd_csi { PD_CSI_NONE, PD_CSI_KEY, PD_CSI_MOUSE };

/* A whole sequence without its ESC [, final byte included ("<0;10;5M",
 * "1;5C").  now: ms.  NONE: means nothing to us. */
enum pd_csi	pd_csi_read(const char *, size_t n, int64_t now,
		    struct pd_mouse_state *, struct pd_key *,
		    struct pd_mouse *);

#endif
