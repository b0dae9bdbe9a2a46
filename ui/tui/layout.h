/*
 * Layouts: which panes are shown, and where.
 *
 * A layout is a tree of splits with weights, written as gdb writes them:
 * "src 2 {-horizontal cmd 1 out 1} 1": panes from the top down, each with its
 * weight, a group in braces.  There is a table of ready ones; others are
 * defined by name and kept in a file.  Knows no curses.
 */
#ifndef PD_UI_TUI_LAYOUT_H
#define PD_UI_TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

struct pd_layout_row {
	const char	*name;
	const char	*text;
	const char	*help;
};
/* The ready ones; ends with a row without a name. */
extern const struct pd_layout_row	pd_layouts[];

struct pd_box {				/* with its title, without status */
	unsigned	row, col, rows, cols;
};

/* What the solver has to know of a pane. */
struct pd_layout_need {
	unsigned	rows, cols;	/* at least, with the title */
	unsigned	rank;		/* the lowest is left out first */
};

struct pd_layout;

/* NULL with err.  knows(): is there a pane of that name? */
struct pd_layout	*pd_layout_parse(const char *text,
			    bool (*knows)(const char *name),
			    struct pd_err *);
void	 pd_layout_free(struct pd_layout *);
/* Appends it as text, with the weights that it has now. */
void	 pd_layout_text(const struct pd_layout *, struct pd_buf *);
/* The i-th pane's name, in the order of the text; NULL: no more. */
const char	*pd_layout_pane(const struct pd_layout *, size_t i);
/* Lays it out in so many rows and columns.  boxes has one for each pane; rows
 * 0: left out. */
void	 pd_layout_solve(struct pd_layout *, unsigned rows, unsigned cols,
	    void (*need)(const char *name, struct pd_layout_need *),
	    struct pd_box *boxes);
/* Makes the i-th pane by so many rows higher, or columns wider, at the cost of
 * its neighbours, as it was solved last.  False: it cannot be. */
bool	 pd_layout_grow(struct pd_layout *, size_t i, int rows, int cols);

#endif
