/*
 * A tree of values that opens lazily: what the variables pane shows.
 *
 * tree.c asks the target for what is open (op children, which runs none of the
 * program's code) and keeps what is open, by path and name, from one stop to
 * the next; tree-rows.c makes rows of it; seen.c knows the values of before.
 * No drawing here.
 */
#ifndef PD_UI_TUI_TREE_H
#define PD_UI_TUI_TREE_H

#include "cmds/session.h"

/* ---- seen.c: texts by key, for what has changed ------------------------- */

struct pd_seen {
	struct pd_vec	 v;	/* struct pd_seen_text, by key */
};
struct pd_seen_text {
	struct pd_str	 key, text;
};
/* NULL: not seen.  Borrowed. */
const struct pd_str	*pd_seen_find(const struct pd_seen *, const char *key);
/* Appends, without a look at what is there; sort before the next find. */
void	 pd_seen_add(struct pd_seen *, const char *key,
	    const struct pd_str *text);
void	 pd_seen_sort(struct pd_seen *);
/* Moves all of from to seen, in place of what has the same keys, or keys that
 * begin with prefix, there. */
void	 pd_seen_replace(struct pd_seen *, const char *prefix,
	    struct pd_seen *from);
void	 pd_seen_done(struct pd_seen *);

/* ---- the tree ------------------------------------------------------------ */

struct pd_branch {
	struct pd_branch	*parent;	/* borrowed; NULL: a root */
	enum pd_children_root root;
	struct pd_item	 item;
	struct pd_vec	 kids;		/* struct pd_branch *, owned: those that
					   were fetched, the first ones */
	uint64_t	 total;		/* kids that there are */
	bool		 open;
	bool		 changed;	/* its text, or it is new */
	bool		 cycle;		/* it is one of its own ancestors */
	bool		 asked;		/* a property whose value was asked for
					   at this stop */
	struct pd_str	 error;		/* why it cannot be opened, or absent */
};

enum pd_row_kind {
	PD_ROW_NODE,
	PD_ROW_SPECIAL,		/* .node's kids with names like __x__, and
				   modules: folded into one row */
	PD_ROW_MORE,		/* .node has more kids than were fetched */
	PD_ROW_ERROR		/* .node's error */
};

struct pd_row {
	enum pd_row_kind kind;
	struct pd_branch	*node;
	unsigned	 depth;
	uint64_t	 count;		/* SPECIAL, MORE: how many */
	bool		 open;		/* SPECIAL */
};

struct pd_tree {
	struct pd_session *session;	/* borrowed */
	struct pd_branch *roots[2];	/* owned, or NULL: locals, globals */
	struct pd_vec	 rows;		/* struct pd_row */
	struct pd_str	 function;	/* the frame's, with a newline: prefix
					   of keys */
	struct pd_str	 filter;	/* of names; absent: none */
	struct pd_vec	 marks;		/* what the user opened and closed */
	struct pd_vec	 asked;		/* properties of this stop */
	struct pd_seen	 before;	/* at the stop before */
	struct pd_seen	 now;
	size_t		 nodes;		/* fetched in this round */
};

void	 pd_tree_init(struct pd_tree *, struct pd_session *);
void	 pd_tree_done(struct pd_tree *);
/* The program has run: what is here now is what was before. */
void	 pd_tree_stopped(struct pd_tree *);
/* Asks for the selected frame's variables and all that is open. */
void	 pd_tree_fetch(struct pd_tree *);
/* A row's name among all: parts between newlines.  For finding it again. */
void	 pd_tree_key(const struct pd_tree *, const struct pd_row *,
	    struct pd_buf *);
/* The way to a node's children, for a request: root, path, ident, ask; free
 * what that owns.  The frame is the caller's. */
void	 pd_tree_path(const struct pd_branch *, struct pd_children_req *);
/* Can it be opened? */
bool	 pd_tree_opens(const struct pd_row *);
/*
 * Opens or closes; asks for what is needed, and makes the rows anew.  A
 * property is computed, which runs the program's code: only here.
 */
void	 pd_tree_open(struct pd_tree *, const struct pd_row *, bool open);
/* NULL: no filter. */
void	 pd_tree_filter(struct pd_tree *, const char *);

/* tree-rows.c */
void	 pd_tree_rows(struct pd_tree *);
/* Is a row of names like __x__ below this node open? */
bool	 pd_tree_special_open(const struct pd_tree *, const struct pd_branch *);
bool	 pd_tree_is_special(const struct pd_branch *);

#endif
