/*
 * What the files behind the screen share.
 */
#ifndef PD_UI_TUI_SCREEN_ROOM_H
#define PD_UI_TUI_SCREEN_ROOM_H

#include <curses.h>

#include "ui/tui/csi.h"
#include "ui/tui/screen.h"

struct pd_screen {
	int			 fd;		/* borrowed */
	FILE			*in, *out;	/* owned, of duplicates */
	SCREEN			*sp;
	WINDOW			*keys;		/* a pad: reading does not
						   draw */
	const struct pd_style	*style;		/* borrowed */
	struct pd_grid		 shown;		/* with its looks */
	bool			 all;		/* write everything */
	bool			 unicode;
	bool			 mouse;		/* is on */
	bool			 has_mouse;
	/* the terminal's state, for a death: pd_terminal_screen() */
	struct pd_buf		 restore;
	/* input */
	bool			 pasting;
	struct pd_buf		 paste;
	struct pd_mouse_state	 buttons;
};

/* What to say to the terminal to begin and to end reading keys. */
void	pd_screen_keys_begin(struct pd_screen *);
void	pd_screen_say(struct pd_screen *, const char *);
/* The pair and attributes of a look. */
attr_t	pd_screen_attr(const struct pd_look *, int *pair);

#endif
