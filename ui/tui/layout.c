/*
 * Layouts: reading and writing them, the ready ones.
 *
 * Called by window.c.  Where the boxes come to be is layout-solve.c's.  It must
 * not know what a pane shows.
 */
#include "ui/tui/layout-room.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

const struct pd_layout_row pd_layouts[] = {
	{ "src", "src 5 out 2 cmd 3", "source, output, commands" },
	{ "asm", "asm 5 out 2 cmd 3", "bytecode, output, commands" },
	{ "split", "src 4 asm 4 out 2 cmd 3",
	  "source, bytecode, output, commands" },
	{ "vars", "{-horizontal src 3 {vars 3 stack 2} 2} 5 "
	  "{-horizontal cmd 1 out 1} 3",
	  "source, variables, stack, commands, output" },
	{ "full", "{-horizontal src 5 {vars 4 display 2 stack 3 breaks 2 "
	  "threads 2} 3} 7 {-horizontal cmd 1 out 1} 3", "all panes" },
	{ NULL }
};

#define WEIGHT_MAX	10000
#define DEPTH_MAX	16

struct reader {
	const char	*p;
	bool		(*knows)(const char *);
	struct pd_err	*err;
};

static void
node_done(struct pd_layout_node *n)
{
	pd_str_done(&n->name);
	for (size_t i = 0; i < n->n; i++)
		node_done(&n->child[i]);
	free(n->child);
}

void
pd_layout_free(struct pd_layout *l)
{
	if (l == NULL)
		return;
	node_done(&l->root);
	free(l->pane);
	free(l);
}

static void
skip_blanks(struct reader *r)
{
	while (isspace((unsigned char)*r->p))
		r->p++;
}

static struct pd_str
read_word(struct reader *r)
{
	const char *from = r->p;

	while (*r->p != '\0' && !isspace((unsigned char)*r->p) &&
	    *r->p != '{' && *r->p != '}')
		r->p++;
	return pd_str_new(from, (size_t)(r->p - from));
}

/* A weight is behind each pane and group; 1 where it is left out. */
static int
read_weight(struct reader *r, struct pd_layout_node *n)
{
	struct pd_str word;
	long w = 1;
	int rc = 0;

	skip_blanks(r);
	n->weight = 1;
	if (!isdigit((unsigned char)*r->p))
		return 0;
	word = read_word(r);
	if (!pd_parse_long(word.s, &w) || w < 1 || w > WEIGHT_MAX)
		rc = pd_err_set(r->err, "'%s' is no weight: 1 to %d", word.s,
		    WEIGHT_MAX);
	n->weight = w;
	pd_str_done(&word);
	return rc;
}

static struct pd_layout_node *
add_child(struct pd_layout_node *of)
{
	of->child = pd_xrealloc(of->child, (of->n + 1) * sizeof(*of->child));
	memset(&of->child[of->n], 0, sizeof(*of->child));
	return &of->child[of->n++];
}

static int
read_name(struct reader *r, struct pd_layout_node *n)
{
	n->name = read_word(r);
	if (n->name.n == 0)
		return pd_err_set(r->err, "a layout cannot have '%c' there",
		    *r->p);
	if (!r->knows(n->name.s))
		return pd_err_set(r->err, "there is no pane '%s'; `info win` "
		    "lists them", n->name.s);
	return 0;
}

static int
read_group(struct reader *r, struct pd_layout_node *n, size_t depth)
{
	struct pd_str word;

	if (depth > DEPTH_MAX)
		return pd_err_set(r->err, "too many groups in one another");
	skip_blanks(r);
	if (*r->p == '-') {
		word = read_word(r);
		n->horizontal = word.n > 1 &&
		    pd_starts("-horizontal", word.s);
		if (!n->horizontal && !(word.n > 1 &&
		    pd_starts("-vertical", word.s))) {
			pd_err_set(r->err, "'%s' is neither -horizontal nor "
			    "-vertical", word.s);
			pd_str_done(&word);
			return -1;
		}
		pd_str_done(&word);
		skip_blanks(r);
	}
	while (*r->p != '\0' && *r->p != '}') {
		struct pd_layout_node *child = add_child(n);

		if (*r->p == '{') {
			r->p++;
			if (read_group(r, child, depth + 1) == -1)
				return -1;
			if (*r->p != '}')
				return pd_err_set(r->err, "a } is missing");
			r->p++;
		} else if (read_name(r, child) == -1) {
			return -1;
		}
		if (read_weight(r, child) == -1)
			return -1;
		skip_blanks(r);
	}
	if (n->n == 0)
		return pd_err_set(r->err, "a layout has at least one pane");
	return 0;
}

/* The nodes do not move any more: parents, and the list of panes. */
static int
link_nodes(struct pd_layout *l, struct pd_layout_node *n, struct pd_err *err)
{
	if (n->n == 0) {
		for (size_t i = 0; i < l->n; i++)
			if (pd_str_eq(&l->pane[i]->name, n->name.s))
				return pd_err_set(err, "pane '%s' is there "
				    "twice", n->name.s);
		l->pane = pd_xrealloc(l->pane, (l->n + 1) * sizeof(*l->pane));
		l->pane[l->n++] = n;
	}
	for (size_t i = 0; i < n->n; i++) {
		n->child[i].parent = n;
		if (link_nodes(l, &n->child[i], err) == -1)
			return -1;
	}
	return 0;
}

struct pd_layout *
pd_layout_parse(const char *text, bool (*knows)(const char *name),
    struct pd_err *err)
{
	struct pd_layout *l = pd_xcalloc(1, sizeof(*l));
	struct reader r = { .p = text, .knows = knows, .err = err };

	l->root.weight = 1;
	if (read_group(&r, &l->root, 0) == 0) {
		if (*r.p == '}')
			pd_err_set(err, "there is a } too many");
		else if (link_nodes(l, &l->root, err) == 0)
			return l;
	}
	pd_layout_free(l);
	return NULL;
}

static void
node_text(const struct pd_layout_node *n, struct pd_buf *out)
{
	if (n->horizontal)
		pd_buf_adds(out, "-horizontal ");
	for (size_t i = 0; i < n->n; i++) {
		const struct pd_layout_node *c = &n->child[i];

		if (i > 0)
			pd_buf_addc(out, ' ');
		if (c->n > 0) {
			pd_buf_addc(out, '{');
			node_text(c, out);
			pd_buf_addc(out, '}');
		} else {
			pd_buf_adds(out, c->name.s);
		}
		pd_buf_addf(out, " %ld", c->weight);
	}
}

void
pd_layout_text(const struct pd_layout *l, struct pd_buf *out)
{
	node_text(&l->root, out);
}

const char *
pd_layout_pane(const struct pd_layout *l, size_t i)
{
	return i < l->n ? l->pane[i]->name.s : NULL;
}
