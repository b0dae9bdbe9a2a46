/*
 * A terminal within the terminal: what a program writes becomes cells.
 *
 * Used by the output pane (what the program writes) and the command pane (what
 * libedit and the commands write).  libvterm reads the sequences; here its
 * screen becomes plain values, with lines that have left it at the top kept in
 * a scrollback.  Knows no curses and no descriptors: bytes go in by
 * pd_vt_write(), what the terminal answers comes out by a hook.
 */
#ifndef PD_UI_TUI_VT_H
#define PD_UI_TUI_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/colour.h"

struct pd_vt;

#define PD_VT_TERM	"xterm-256color"  /* what TERM is to be in it */
#define PD_VT_CHARS	6		/* a character and its marks */
#define PD_VT_MIN	2		/* rows and columns at least */

struct pd_vt_cell {
	uint32_t	ch[PD_VT_CHARS]; /* code points; 0: none, no more */
	uint8_t		width;	/* 1; 2: wide; 0: right half of a wide one */
	uint16_t	attr;		/* PD_ATTR_* of ui/colour.h */
	pd_colour	fg, bg;
};

/* All may be NULL.  Called from within pd_vt_write(), pd_vt_key() and the
 * like; must not call back into the terminal. */
struct pd_vt_hooks {
	/* What the terminal answers or a key means: to the program's stdin. */
	void	(*output)(void *ctx, const char *, size_t);
	/* Valid for the call; at most 255 bytes, no control characters. */
	void	(*title)(void *ctx, const char *);
	void	(*bell)(void *ctx);
	void	 *ctx;
};

/* limit: lines of scrollback, 0: none.  Less than PD_VT_MIN rows or columns
 * are taken as PD_VT_MIN. */
struct pd_vt	*pd_vt_new(int rows, int cols, size_t limit,
		    const struct pd_vt_hooks *);
void		 pd_vt_free(struct pd_vt *);	/* NULL is fine */

/* Any bytes; sequences may be cut anywhere.  Takes about 50 ns for a byte, so
 * callers give it at most some tens of KB between two looks at the keys. */
void	 pd_vt_write(struct pd_vt *, const char *, size_t);
/* What no longer fits at the top goes to the scrollback and comes back from
 * it; lines are not broken anew (libvterm 0.1 cannot). */
void	 pd_vt_resize(struct pd_vt *, int rows, int cols);
void	 pd_vt_size(const struct pd_vt *, int *rows, int *cols);
/* As switched on anew, modes, alternate screen and all; what is on the screen
 * goes to the scrollback, which stays. */
void	 pd_vt_reset(struct pd_vt *);
/* Has anything that can be seen changed since the last call? */
bool	 pd_vt_changed(struct pd_vt *);

/* Lines above the screen; those that fell out at the top are not counted. */
size_t	 pd_vt_back(const struct pd_vt *);
/* How many lines have ever entered the scrollback: what a view that is scrolled
 * back must move by to stay where it is. */
uint64_t pd_vt_pushed(const struct pd_vt *);
/*
 * A cell.  Rows 0 .. rows - 1 are the screen, -1 is the line above it, down to
 * -pd_vt_back().  What lies outside, or behind the end of a line, is a blank.
 */
void	 pd_vt_cell(const struct pd_vt *, int row, int col,
	    struct pd_vt_cell *);
/* The row's text without blanks at its end, UTF-8, added to out. */
struct pd_buf;
void	 pd_vt_text(const struct pd_vt *, int row, struct pd_buf *out);
/* Of the screen, whatever a view shows. */
void	 pd_vt_cursor(const struct pd_vt *, int *row, int *col,
	    bool *visible);

enum pd_vt_mouse {
	PD_VT_MOUSE_NONE,
	PD_VT_MOUSE_CLICK,	/* presses and releases */
	PD_VT_MOUSE_DRAG,	/* and movement between them */
	PD_VT_MOUSE_MOVE	/* and all movement */
};

/* What the program has asked for. */
enum pd_vt_mouse	pd_vt_mouse(const struct pd_vt *);
bool	 pd_vt_alternate(const struct pd_vt *);	/* the alternate screen */
bool	 pd_vt_reversed(const struct pd_vt *);	/* the whole screen */

/* A key is a code point or one of these. */
enum pd_vt_key {
	PD_VT_KEY_FIRST = 0x110000,
	PD_VT_KEY_ENTER = PD_VT_KEY_FIRST,
	PD_VT_KEY_TAB,
	PD_VT_KEY_BACKSPACE,
	PD_VT_KEY_ESCAPE,
	PD_VT_KEY_UP,
	PD_VT_KEY_DOWN,
	PD_VT_KEY_LEFT,
	PD_VT_KEY_RIGHT,
	PD_VT_KEY_INS,
	PD_VT_KEY_DEL,
	PD_VT_KEY_HOME,
	PD_VT_KEY_END,
	PD_VT_KEY_PAGEUP,
	PD_VT_KEY_PAGEDOWN,
	PD_VT_KEY_F0,		/* F0 + n, n 1 to 24 */
	PD_VT_KEY_LAST = PD_VT_KEY_F0 + 24
};

/* Modifiers. */
#define PD_VT_SHIFT	1u
#define PD_VT_ALT	2u
#define PD_VT_CTRL	4u

/* The key's bytes, as the program's modes want them, go to hooks.output.
 * A code point below 32 or 127 is sent as it is: that is the byte. */
void	 pd_vt_key(struct pd_vt *, uint32_t key, unsigned mods);
/* Pasted text, bracketed if the program wants that. */
void	 pd_vt_paste(struct pd_vt *, const char *, size_t);
/*
 * The mouse, at a cell of the screen.  button: 1 left, 2 middle, 3 right, 4
 * and 5 the wheel up and down (pressed alone), 0 a movement.  Nothing happens
 * if the program has not asked for it.
 */
void	 pd_vt_mouse_event(struct pd_vt *, int row, int col, int button,
	    bool pressed, unsigned mods);

#endif
