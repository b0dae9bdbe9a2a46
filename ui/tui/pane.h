/*
 * A pane: a rectangle of the screen that shows one thing.
 *
 * Life of what it shows.  After each command and each stop all panes are told
 * that they are stale().  Before the next draw those that can be seen are
 * asked to fetch(): only then may they ask the session and the target, and
 * nothing that runs the program's code.  draw() uses what was fetched and asks
 * nobody: it is called while the program runs as well.
 *
 * A pane's kind is a row of ops; an instance embeds struct pd_pane as its first
 * member.  panes.c lists them all.
 */
#ifndef PD_UI_TUI_PANE_H
#define PD_UI_TUI_PANE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "cmds/session.h"
#include "ui/tui/keys.h"
#include "ui/tui/surface.h"

struct pd_tui;
struct pd_pane_ops;

struct pd_pane {
	const struct pd_pane_ops	*ops;
	struct pd_tui			*tui;		/* borrowed */
	struct pd_session		*session;	/* borrowed */
	/* The rest is the screen's, to be read by the pane. */
	bool		 shown;		/* the layout has it and it has room */
	bool		 is_stale;	/* to be fetched when it is shown */
	bool		 dirty;		/* to be drawn: pd_pane_dirty() */
	unsigned	 row, col, rows, cols;	/* on the screen, without the
						   title; rows 0: hidden */
};

enum pd_stale {
	PD_STALE_STOP,		/* the program has run: another stop, an end */
	PD_STALE_FRAME,		/* another frame or thread is looked at */
	PD_STALE_COMMAND	/* a command was run: values, breakpoints,
				   displays may be others */
};

enum pd_mouse_what {
	PD_MOUSE_PRESS, PD_MOUSE_RELEASE, PD_MOUSE_DRAG, PD_MOUSE_DOUBLE,
	PD_MOUSE_WHEEL_UP, PD_MOUSE_WHEEL_DOWN
};

struct pd_mouse {
	enum pd_mouse_what	 what;
	unsigned	 row, col;	/* within the pane's rectangle; row may
					   be >= rows while dragging */
	unsigned	 button;	/* 1 left, 2 middle, 3 right */
	unsigned	 mods;		/* PD_VT_SHIFT, ... */
};

/* Slots may be NULL but those that say so. */
struct pd_pane_ops {
	const char		*name;		/* "vars": for layouts, focus;
						   never NULL */
	const char		*what;		/* a line for `info win` */
	enum pd_key_context	 context;
	unsigned		 min_rows;	/* without the title; at least
						   1: fewer and it is hidden */
	unsigned		 rank;		/* who is hidden first where
						   there is no room: the
						   lowest */
	bool			 no_focus;	/* never has the keys */
	/* Text for the bar above it; NULL: the name. */
	void	(*title)(struct pd_pane *, struct pd_buf *);
	void	(*stale)(struct pd_pane *, enum pd_stale);
	void	(*fetch)(struct pd_pane *);
	/* The surface is blank.  Never NULL. */
	void	(*draw)(struct pd_pane *, struct pd_surface *);
	/* It has another size now, or is hidden (0, 0). */
	void	(*resize)(struct pd_pane *, unsigned rows, unsigned cols);
	/*
	 * An action of the pane's own, the argument of the command line
	 * `pane ACTION`: "up", "down", "left", "right", "page-up",
	 * "page-down", "home", "end", "open", "close", "toggle", ..., with what
	 * follows it.  False: it has none of that name.  -1 with err cannot be:
	 * what is wrong is told by pd_tui_message().
	 */
	bool	(*action)(struct pd_pane *, const char *name,
		    const char *arg);
	/* A key that no row binds.  False: not wanted. */
	bool	(*key)(struct pd_pane *, const struct pd_key *);
	/* Pasted text, where the pane has the keys. */
	void	(*paste)(struct pd_pane *, const char *, size_t);
	/* False: not wanted; then a press focuses and the wheel means the
	 * actions up and down, three times. */
	bool	(*mouse)(struct pd_pane *, const struct pd_mouse *);
	/* Appends what stands at the cursor for %f, %l, %n, %e; false: there
	 * is nothing. */
	bool	(*expand)(struct pd_pane *, char what, struct pd_buf *);
	/* `/`: moves to what matches, from the cursor on or, for again, behind
	 * it; backwards if so.  False: nothing matches. */
	bool	(*search)(struct pd_pane *, const char *text, bool backwards,
		    bool again);
	void	(*free)(struct pd_pane *);	/* never NULL */
};

/* All kinds of panes, in panes.c: who makes one.  Ends with {NULL}. */
struct pd_pane_kind {
	const struct pd_pane_ops	*ops;
	/* Zeroed but for the members of struct pd_pane, which the caller
	 * fills. */
	struct pd_pane			*(*make)(void);
};
extern const struct pd_pane_kind	pd_pane_kinds[];

/* ---- what a pane may call --------------------------------------------- */

/* It has something new to show.  May be called at any time. */
void	pd_pane_dirty(struct pd_pane *);
/* Its data are to be fetched anew (it was opened further, say). */
void	pd_pane_refetch(struct pd_pane *);
bool	pd_pane_focused(const struct pd_pane *);

/* A list that scrolls: which rows of it are seen.  For panes that are lists;
 * {0} is a list at its top. */
struct pd_scroll {
	size_t	at;		/* the cursor's row */
	size_t	top;		/* first row that is seen */
	size_t	left;		/* columns that are scrolled off */
};
/* Moves the cursor by one of the actions up, down, page-up, page-down, home,
 * end, left, right; false: it is none of these.  rows: of the list; seen: of
 * the pane. */
bool	pd_scroll_action(struct pd_scroll *, const char *action, size_t rows,
	    size_t seen);
/* Sees to it that the cursor is in the list and is seen. */
void	pd_scroll_fix(struct pd_scroll *, size_t rows, size_t seen);

#endif
