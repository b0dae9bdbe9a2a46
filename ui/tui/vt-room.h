/*
 * What vt.c and vt-keys.c share.
 */
#ifndef PD_UI_TUI_VT_ROOM_H
#define PD_UI_TUI_VT_ROOM_H

#include <vterm.h>

#include "ui/tui/scrollback.h"
#include "ui/tui/vt.h"
#include "ui/tui/vtfilter.h"

#define TEXT_MAX	4096	/* text that is handed on at once */

struct pd_vt {
	VTerm			*vterm;		/* owned */
	VTermScreen		*screen;	/* its own */
	VTermState		*state;		/* its own */
	struct pd_vt_hooks	 hooks;
	struct pd_vtfilter	 filter;
	struct pd_scrollback	 back;
	struct pd_vt_cell	*line;		/* owned; a line of cells */
	int			 rows, cols;
	char			 text[TEXT_MAX];
	size_t			 text_n;
	bool			 changed;
	bool			 alternate, reversed, hidden;
	enum pd_vt_mouse	 mouse;
};

/* To hooks.output. */
void	 pd_vt_answer(struct pd_vt *, const char *, size_t);

#endif
