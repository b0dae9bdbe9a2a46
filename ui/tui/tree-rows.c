/*
 * The rows of a tree of values: what is open, from the top down.
 *
 * Called by tree.c.  Names like __x__ and modules are folded into a row of
 * their own; a filter leaves out the variables whose names do not match.
 */
#include <string.h>

#include "ui/tui/list.h"
#include "ui/tui/tree.h"

bool
pd_tree_is_special(const struct pd_branch *n)
{
	const char *s = pd_str_c(&n->item.label);
	size_t len;

	if (n->item.module)
		return true;
	s += *s == '.';
	len = strlen(s);
	/* What the interpreter keeps for an exception or a function is what
	 * one opens it for. */
	return len > 4 && pd_starts(s, "__") && pd_ends(s, "__") &&
	    (n->parent->parent == NULL || n->parent->item.module ||
	    strcmp(pd_str_c(&n->parent->item.type), "type") == 0);
}

static void
add_row(struct pd_tree *t, enum pd_row_kind kind, struct pd_branch *n,
    unsigned depth, uint64_t count, bool open)
{
	struct pd_row *r = PD_VEC_PUSH(&t->rows, struct pd_row);

	r->kind = kind;
	r->node = n;
	r->depth = depth;
	r->count = count;
	r->open = open;
}

static bool
is_filtered(const struct pd_tree *t, const struct pd_branch *n)
{
	return t->filter.s != NULL && n->parent->parent == NULL &&
	    !pd_list_contains(pd_str_c(&n->item.label), t->filter.s);
}

static void	add_node(struct pd_tree *, struct pd_branch *, unsigned depth);

/* Adds the kids that are special, or the others; gives how many there are. */
static uint64_t
add_kids(struct pd_tree *t, struct pd_branch *n, unsigned depth, bool special,
    bool add)
{
	uint64_t count = 0;

	PD_VEC_EACH(&n->kids, struct pd_branch *, kid) {
		if (is_filtered(t, *kid) || pd_tree_is_special(*kid) !=
		    special)
			continue;
		count++;
		if (add)
			add_node(t, *kid, depth);
	}
	return count;
}

/* What was searched for by name is not to be folded away. */
static void
add_special(struct pd_tree *t, struct pd_branch *n, unsigned depth)
{
	uint64_t count = add_kids(t, n, depth, true, false);
	bool open = pd_tree_special_open(t, n);

	if (count == 0)
		return;
	if (t->filter.s != NULL && n->parent == NULL) {
		add_kids(t, n, depth, true, true);
		return;
	}
	add_row(t, PD_ROW_SPECIAL, n, depth, count, open);
	if (open)
		add_kids(t, n, depth + 1, true, true);
}

static void
add_node(struct pd_tree *t, struct pd_branch *n, unsigned depth)
{
	add_row(t, PD_ROW_NODE, n, depth, 0, false);
	if (n->error.s != NULL)
		add_row(t, PD_ROW_ERROR, n, depth + 1, 0, false);
	if (!n->open)
		return;
	add_kids(t, n, depth + 1, false, true);
	add_special(t, n, depth + 1);
	if (n->total > n->kids.n)
		add_row(t, PD_ROW_MORE, n, depth + 1, n->total - n->kids.n,
		    false);
}

void
pd_tree_rows(struct pd_tree *t)
{
	t->rows.n = 0;
	for (size_t i = 0; i < 2; i++)
		if (t->roots[i] != NULL)
			add_node(t, t->roots[i], 0);
}
