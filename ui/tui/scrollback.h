/*
 * Lines that have left a terminal at the top.
 */
#ifndef PD_UI_TUI_SCROLLBACK_H
#define PD_UI_TUI_SCROLLBACK_H

#include "ui/tui/vt.h"

/* {0} is an empty one that keeps nothing. */
struct pd_scrollback {
	struct pd_sbline	*lines;	/* owned ring of cap */
	size_t		 cap, n;	/* records there are; lines kept */
	size_t		 limit;		/* lines at most */
	size_t		 head;		/* where the oldest is */
	uint64_t	 pushed;	/* lines that ever came */
};

void	 pd_scrollback_done(struct pd_scrollback *);
/* Keeps a copy of the cells, without blanks at the end; the oldest line goes
 * if there are too many. */
void	 pd_scrollback_push(struct pd_scrollback *, const struct pd_vt_cell *,
	    int cols);
/* Takes the newest line back: fills cols cells, blanks behind its end; false:
 * there is none. */
bool	 pd_scrollback_pop(struct pd_scrollback *, struct pd_vt_cell *,
	    int cols);
/* The cell at a column of the line; back: 1 is the newest line. */
void	 pd_scrollback_cell(const struct pd_scrollback *, size_t back, int col,
	    struct pd_vt_cell *);
/* How many cells the line has. */
int	 pd_scrollback_len(const struct pd_scrollback *, size_t back);

#endif
