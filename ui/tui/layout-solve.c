/*
 * Layouts: from weights to boxes.
 *
 * Called by window.c.  Who needs more room than there is goes, the lowest rank
 * first; the others share by weight, but each gets what it needs at least.
 */
#include <string.h>

#include "ui/tui/layout-room.h"

#define EDGE	1	/* columns between two panes side by side */

/* A group needs what its children do; those that are left out need nothing. */
static void
find_needs(struct pd_layout_node *n,
    void (*need)(const char *, struct pd_layout_need *))
{
	memset(&n->need, 0, sizeof(n->need));
	memset(&n->box, 0, sizeof(n->box));
	if (n->n == 0) {
		need(n->name.s, &n->need);
		return;
	}
	for (size_t i = 0; i < n->n; i++) {
		find_needs(&n->child[i], need);
		if (n->child[i].need.rank > n->need.rank)
			n->need.rank = n->child[i].need.rank;
	}
}

static unsigned
along(const struct pd_layout_node *of, const struct pd_layout_need *need)
{
	return of->horizontal ? need->cols : need->rows;
}

/* The least that a group can do with, along its own way or across it: its
 * first in rank alone. */
static struct pd_layout_need
least(const struct pd_layout_node *n)
{
	const struct pd_layout_node *best;

	if (n->n == 0)
		return n->need;
	best = &n->child[0];
	for (size_t i = 1; i < n->n; i++)
		if (n->child[i].need.rank > best->need.rank)
			best = &n->child[i];
	return least(best);
}

struct row {
	struct pd_layout_node	*node;
	unsigned		 min, size;
};

#define CHILDREN_MAX	32

/* The children that there is room for; how many. */
static size_t
choose(struct pd_layout_node *n, unsigned room, struct row *rows)
{
	size_t count = 0, out;
	unsigned sum, edge = n->horizontal ? EDGE : 0;

	for (size_t i = 0; i < n->n && count < CHILDREN_MAX; i++) {
		struct pd_layout_need need = least(&n->child[i]);

		rows[count++] = (struct row){ &n->child[i], along(n, &need),
		    0 };
	}
	for (;;) {
		sum = 0;
		out = 0;
		for (size_t i = 0; i < count; i++) {
			sum += rows[i].min + (i > 0 ? edge : 0);
			if (rows[i].node->need.rank <=
			    rows[out].node->need.rank)
				out = i;
		}
		if (sum <= room || count <= 1)
			break;
		memmove(rows + out, rows + out + 1,
		    (count - out - 1) * sizeof(*rows));
		count--;
	}
	return count;
}

/* Shares the room by weight, then mends who has too little. */
static void
share(struct row *rows, size_t count, unsigned room)
{
	unsigned long total = 0, sum = 0, at = 0;

	for (size_t i = 0; i < count; i++)
		total += (unsigned long)rows[i].node->weight;
	for (size_t i = 0; i < count; i++) {
		unsigned long to;

		sum += (unsigned long)rows[i].node->weight;
		to = (room * sum + total / 2) / total;
		rows[i].size = (unsigned)(to - at);
		at = to;
	}
	for (size_t i = 0; i < count; i++) {
		while (rows[i].size < rows[i].min) {
			size_t from = i;
			long best = 0;

			for (size_t k = 0; k < count; k++) {
				long more = (long)rows[k].size -
				    (long)rows[k].min;

				if (k != i && more > best) {
					best = more;
					from = k;
				}
			}
			if (from == i)
				break;
			rows[from].size--;
			rows[i].size++;
		}
	}
}

static void
place(struct pd_layout_node *n, struct pd_box box)
{
	struct row rows[CHILDREN_MAX];
	unsigned room, edge = n->horizontal ? EDGE : 0;
	size_t count;

	n->box = box;
	for (size_t i = 0; i < n->n; i++)
		n->child[i].size = 0;
	if (n->n == 0 || box.rows == 0 || box.cols == 0)
		return;
	room = n->horizontal ? box.cols : box.rows;
	count = choose(n, room, rows);
	share(rows, count, room - edge * (unsigned)(count - 1));
	for (size_t i = 0; i < count; i++) {
		struct pd_box part = box;

		rows[i].node->size = rows[i].size;
		if (n->horizontal) {
			part.cols = rows[i].size;
			box.col += rows[i].size + edge;
		} else {
			part.rows = rows[i].size;
			box.row += rows[i].size;
		}
		place(rows[i].node, part);
	}
}

void
pd_layout_solve(struct pd_layout *l, unsigned rows, unsigned cols,
    void (*need)(const char *name, struct pd_layout_need *),
    struct pd_box *boxes)
{
	find_needs(&l->root, need);
	place(&l->root, (struct pd_box){ 0, 0, rows, cols });
	for (size_t i = 0; i < l->n; i++)
		boxes[i] = l->pane[i]->box;
}

/* Weights become sizes, so that a row more is a row more. */
static void
freeze(struct pd_layout_node *n)
{
	for (size_t i = 0; i < n->n; i++)
		if (n->child[i].size > 0)
			n->child[i].weight = (long)n->child[i].size;
}

/* The sibling that gives or takes: the next that is shown, or the one
 * before. */
static struct pd_layout_node *
neighbour(struct pd_layout_node *n)
{
	struct pd_layout_node *of = n->parent;
	size_t at = (size_t)(n - of->child);

	for (size_t i = at + 1; i < of->n; i++)
		if (of->child[i].size > 0)
			return &of->child[i];
	for (size_t i = at; i > 0; i--)
		if (of->child[i - 1].size > 0)
			return &of->child[i - 1];
	return NULL;
}

static bool
grow(struct pd_layout_node *n, bool horizontal, int by)
{
	struct pd_layout_node *other;
	struct pd_layout_need mine, its;

	for (; n->parent != NULL; n = n->parent) {
		if (n->parent->horizontal != horizontal || n->size == 0 ||
		    (other = neighbour(n)) == NULL)
			continue;
		mine = least(n);
		its = least(other);
		if ((long)n->size + by < (long)along(n->parent, &mine) ||
		    (long)other->size - by < (long)along(n->parent, &its))
			return false;
		freeze(n->parent);
		n->weight += by;
		other->weight -= by;
		return n->weight > 0 && other->weight > 0;
	}
	return false;
}

bool
pd_layout_grow(struct pd_layout *l, size_t i, int rows, int cols)
{
	bool done = rows == 0 || grow(l->pane[i], false, rows);

	return (cols == 0 || grow(l->pane[i], true, cols)) && done;
}
