/*
 * The terminal as a full screen: shows a grid, reads keys and the mouse.
 *
 * Used by tui.c and window.c.  Behind it are screen.c and screen-keys.c, which
 * alone know curses.  One screen at a time.
 */
#ifndef PD_UI_TUI_SCREEN_H
#define PD_UI_TUI_SCREEN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "ui/theme.h"
#include "ui/tui/pane.h"
#include "ui/tui/surface.h"

struct pd_screen;

/* Takes the terminal behind fd, which stays the caller's, into full-screen
 * mode.  NULL with err: it cannot do that.  style is borrowed. */
struct pd_screen	*pd_screen_new(int fd, const struct pd_style *,
			    struct pd_err *);
/* The terminal is as it was before. */
void	 pd_screen_free(struct pd_screen *);
/* The same for a while: a shell, Ctrl-Z; and back, with a fresh drawing. */
void	 pd_screen_leave(struct pd_screen *);
void	 pd_screen_enter(struct pd_screen *);
/* The size that the terminal has now; true if it is another than before. */
bool	 pd_screen_resize(struct pd_screen *, unsigned *rows,
	    unsigned *cols);
/* Writes what differs from what is shown.  The grid has the screen's size. */
void	 pd_screen_show(struct pd_screen *, const struct pd_grid *);
/* What is shown is not to be relied on: the next show writes all. */
void	 pd_screen_spoilt(struct pd_screen *);
void	 pd_screen_mouse(struct pd_screen *, bool on);
void	 pd_screen_beep(struct pd_screen *);
/* Has the terminal characters beyond ASCII? */
bool	 pd_screen_unicode(const struct pd_screen *);

/* Bytes that were typed before the screen began. */
void	 pd_screen_unread(struct pd_screen *, const char *, size_t);

enum pd_screen_got {
	PD_SCREEN_NONE,		/* nothing more for now */
	PD_SCREEN_KEY,
	PD_SCREEN_MOUSE,	/* row and col are the screen's */
	PD_SCREEN_PASTE,
	PD_SCREEN_END		/* the terminal is gone */
};
struct pd_screen_input {
	struct pd_key	 key;
	struct pd_mouse	 mouse;
	struct pd_buf	 paste;		/* owned by whoever has the record */
};
/* Never waits. */
enum pd_screen_got	pd_screen_read(struct pd_screen *,
			    struct pd_screen_input *);

#endif
