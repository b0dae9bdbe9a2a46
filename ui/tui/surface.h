/*
 * Where panes draw: a rectangle of a grid of cells.
 *
 * The grid is plain memory: the screen (screen.c) shows what differs from what
 * it showed last; a test looks at the cells.  Everything is clipped to the
 * rectangle; rows and columns count from 0 at its top left.  Knows no curses.
 */
#ifndef PD_UI_TUI_SURFACE_H
#define PD_UI_TUI_SURFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "ui/roles.h"

#define PD_CELL_CHARS	4		/* a character and its marks */

struct pd_cell {
	uint32_t	ch[PD_CELL_CHARS]; /* code points; [0] is never 0 but
					   in the right half of a wide one */
	uint8_t		width;		/* 1; 2: wide; 0: its right half */
	uint8_t		role;		/* PD_ROLE_*, PD_UI_* */
	uint8_t		under;		/* a role too: gives what role leaves
					   open; PD_ROLE_TEXT: nothing */
	bool		own;		/* look is used, not role */
	struct pd_look	look;		/* of a program's output */
};

struct pd_grid {
	struct pd_cell	*cells;		/* owned, row by row */
	unsigned	 rows, cols;
	unsigned	 cursor_row, cursor_col;
	bool		 cursor;	/* is to be seen */
};

void	pd_grid_init(struct pd_grid *, unsigned rows, unsigned cols);
void	pd_grid_done(struct pd_grid *);
/* All blanks, no cursor. */
void	pd_grid_clear(struct pd_grid *);
/* A row as UTF-8 without blanks at its end, added to out: for tests. */
void	pd_grid_text(const struct pd_grid *, unsigned row, struct pd_buf *out);

struct pd_surface {
	struct pd_grid	*grid;		/* borrowed */
	unsigned	 row, col;	/* of its top left in the grid */
	unsigned	 rows, cols;
	bool		 focus;		/* the pane has the keys */
	bool		 ascii;		/* the terminal has no Unicode: lines
					   and marks are to be ASCII */
};

/* The whole grid. */
struct pd_surface	pd_surface_of(struct pd_grid *);
/* A part of it; what lies outside is cut off. */
struct pd_surface	pd_surface_sub(const struct pd_surface *,
			    unsigned row, unsigned col, unsigned rows,
			    unsigned cols);

/*
 * Puts text, UTF-8, from a column on, which may be negative: what lies left of
 * the rectangle is cut, a wide character that is cut in two becomes a blank.
 * Tabs go to multiples of 8 counted from col.  Control characters are shown
 * as ^X, bytes that are no UTF-8 as ?, a newline ends the text.  Returns the
 * column behind the text, had there been room.
 */
long	pd_surface_put(struct pd_surface *, unsigned row, long col,
	    unsigned role, const char *, size_t);
long	pd_surface_puts(struct pd_surface *, unsigned row, long col,
	    unsigned role, const char *);
long	pd_surface_printf(struct pd_surface *, unsigned row, long col,
	    unsigned role, const char *, ...)
	    __attribute__((format(printf, 5, 6)));
/* The same, cut to width columns; what is cut ends with a mark (PD_UI_FOLD).
 * Returns the column behind. */
long	pd_surface_fit(struct pd_surface *, unsigned row, long col, long width,
	    unsigned role, const char *, size_t);
/* Blanks of a role from col to the right edge. */
void	pd_surface_clear_row(struct pd_surface *, unsigned row, unsigned col,
	    unsigned role);
/* Lays a role (PD_UI_LINE_CURRENT, ...) under n columns. */
void	pd_surface_under(struct pd_surface *, unsigned row, long col, long n,
	    unsigned role);
/* A cell as it is, of a program's output. */
void	pd_surface_cell(struct pd_surface *, unsigned row, unsigned col,
	    const struct pd_cell *);
/* Shows the terminal's cursor there. */
void	pd_surface_cursor(struct pd_surface *, unsigned row, unsigned col);

/* The next character of UTF-8 text, n > 0: its bytes; the code point goes to
 * *ch and its columns (0: a mark) to *width; a tab's width is -1, that of a
 * control character 2, and what is no UTF-8 is '?'. */
size_t	pd_text_char(const char *, size_t n, uint32_t *ch, int *width);
/* Columns of text that begins in column 0, as pd_surface_put() has it. */
long	pd_text_columns(const char *, size_t);

#endif
