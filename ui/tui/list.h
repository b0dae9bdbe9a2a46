/*
 * Panes that are lists: rows that scroll, one of which has the cursor.
 *
 * A list pane embeds struct pd_list as its first member and gives its rows a
 * way to be drawn; moving, clicking, searching and drawing are here.
 */
#ifndef PD_UI_TUI_LIST_H
#define PD_UI_TUI_LIST_H

#include "ui/tui/pane.h"
#include "ui/tui/tui.h"

struct pd_list {
	struct pd_pane	 pane;		/* first: ops get this */
	struct pd_scroll scroll;
	size_t		 n;		/* rows */
	struct pd_str	 error;		/* why there are none, or absent */
	const char	*title;		/* of the pane; NULL: it has its own */
	const char	*empty;		/* shown if there are none */
	/* Draws row i into a surface of one row, from column -left on. */
	void	(*row)(struct pd_list *, size_t i, struct pd_surface *,
		    long left);
	/* Its text, for the search; owned by the caller. */
	void	(*text)(struct pd_list *, size_t i, struct pd_buf *);
};

/* Slots of struct pd_pane_ops. */
void	pd_list_draw(struct pd_pane *, struct pd_surface *);
void	pd_list_resize(struct pd_pane *, unsigned rows, unsigned cols);
bool	pd_list_search(struct pd_pane *, const char *, bool backwards,
	    bool again);
/* Moves the cursor; false: it is none of these actions. */
bool	pd_list_action(struct pd_pane *, const char *action);
/* A press moves the cursor, a second click there, or a double one, is the
 * action `open`. */
bool	pd_list_mouse(struct pd_pane *, const struct pd_mouse *);
/* Appends the title, and where the cursor is if not all rows can be seen. */
void	pd_list_title(struct pd_pane *, struct pd_buf *);
void	pd_list_title_as(struct pd_pane *, const char *title,
	    struct pd_buf *);
/* Sees to it that the cursor is in the list: n has changed. */
void	pd_list_fix(struct pd_list *);
/* The cursor's row; false: there are no rows. */
bool	pd_list_at(const struct pd_list *, size_t *i);
void	pd_list_fail(struct pd_list *, const struct pd_err *);
void	pd_list_done(struct pd_list *);
/* What %n, %f and %l stand for (pd_pane_ops.expand) where a row is about a
 * place in a file, which may be absent. */
bool	pd_list_expand(char what, uint64_t number, const struct pd_str *file,
	    uint64_t line, struct pd_buf *);
/* Is there a stop whose frames can be looked at? */
bool	pd_list_can_look(const struct pd_list *);
/* Marks what is cut: text that began at column left has ended at col. */
void	 pd_list_cut(struct pd_surface *, long left, long col);
/* Does text contain what, whatever the case of its ASCII letters? */
bool	pd_list_contains(const char *text, const char *what);

/* The last part of a file's name. */
const char	*pd_list_base(const struct pd_str *file);

#endif
