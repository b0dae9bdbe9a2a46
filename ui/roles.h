/*
 * Roles of the full screen, on top of those of cmds/sink.h, and what a role
 * looks like.
 *
 * One numbering: a role below PD_ROLE_MAX is enum pd_role's.  The themes
 * (theme.c) have one table for all of them.
 */
#ifndef PD_UI_ROLES_H
#define PD_UI_ROLES_H

#include "cmds/sink.h"
#include "ui/colour.h"

enum pd_ui_role {
	PD_UI_TITLE = PD_ROLE_MAX, /* the bar above a pane ... */
	PD_UI_TITLE_FOCUS,	/* ... which has the keys */
	PD_UI_BORDER,		/* between panes side by side */
	PD_UI_STATUS,		/* the last row of the screen */
	PD_UI_STATUS_ERROR,
	PD_UI_LINENO,		/* line numbers, offsets, indices */
	PD_UI_BP,		/* marks of breakpoints: enabled, ... */
	PD_UI_BP_OFF,		/* ... disabled, */
	PD_UI_BP_PENDING,	/* ... not yet in the program */
	PD_UI_ARROW,		/* at the current line or instruction */
	PD_UI_ARROW_OTHER,	/* ... of a frame that is not innermost */
	PD_UI_TYPE,		/* of a value */
	PD_UI_FOLD,		/* what opens and closes a branch; cut marks */
	PD_UI_DIM,		/* of no interest now: folded, library code */
	PD_UI_CHANGED,		/* a value that is another than before */
	PD_UI_KEY,		/* a key's name in help */
	/* For whole lines and ranges: lie below the text's own role, whose
	 * colour shows (pd_surface_under()). */
	PD_UI_LINE_CURRENT,	/* the line that runs next */
	PD_UI_LINE_OTHER,	/* the selected frame's, not innermost */
	PD_UI_CURSOR,		/* the pane's cursor, in focus */
	PD_UI_CURSOR_OFF,	/* ... and out of focus */
	PD_UI_MATCH,		/* found by a search */
	PD_UI_ROLE_MAX
};

/* Default colours mean: what lies below shows, or the terminal's own. */
struct pd_look {
	pd_colour	 fg, bg;
	uint16_t	 attr;		/* PD_ATTR_* */
};

#endif
