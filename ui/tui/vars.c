/*
 * The variables pane: locals and globals as a tree that opens lazily.
 *
 * tree.c has the data; this draws its rows and knows the keys' actions.  What
 * runs the program's code is `pane open` on a property, and the command lines
 * of keys (p EXPR).
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/list.h"
#include "ui/tui/panes.h"
#include "ui/tui/tree.h"

#define LONG_TEXT	(64u << 10)	/* of a value in the pager */

struct vars {
	struct pd_list	 list;
	struct pd_tree	 tree;
	bool		 begun;		/* the tree has its session */
};

static struct vars *
vars_of(struct pd_pane *p)
{
	return (struct vars *)p;
}

static struct pd_row *
row_at(struct vars *v, size_t i)
{
	return PD_VEC_AT(&v->tree.rows, struct pd_row, i);
}

/* NULL: there is none, told. */
static struct pd_row *
cursor_row(struct vars *v)
{
	size_t i;

	if (pd_list_at(&v->list, &i))
		return row_at(v, i);
	pd_tui_message(v->list.pane.tui, "there are no variables");
	return NULL;
}

/* ---- drawing ------------------------------------------------------------- */

static const char *
root_name(const struct pd_branch *n)
{
	return n->root == PD_ROOT_GLOBALS ? "globals" : "locals";
}

static void
add_text(struct pd_list *l, size_t i, struct pd_buf *b)
{
	const struct pd_row *r = row_at((struct vars *)l, i);

	if (r->kind != PD_ROW_NODE)
		return;
	if (r->node->parent == NULL)
		pd_buf_adds(b, root_name(r->node));
	else
		pd_buf_addf(b, "%s = %s", pd_str_c(&r->node->item.label),
		    pd_str_c(&r->node->item.text));
}

/* What opens and closes. */
static const char *
fold_mark(const struct pd_row *r, bool ascii)
{
	bool open = r->kind == PD_ROW_SPECIAL ? r->open :
	    r->kind == PD_ROW_NODE && r->node->open;

	if (!pd_tree_opens(r))
		return "  ";
	return open ? ascii ? "- " : "▾ " : ascii ? "+ " : "▸ ";
}

static long
draw_value(const struct pd_branch *n, struct pd_surface *s, long col)
{
	const struct pd_item *it = &n->item;
	unsigned role = it->failed ? PD_ROLE_ERROR : n->changed ?
	    PD_UI_CHANGED : PD_ROLE_VALUE;

	col = pd_surface_put(s, 0, col, pd_tree_is_special(n) ? PD_UI_DIM :
	    PD_ROLE_NAME, pd_str_c(&it->label), it->label.n);
	if (it->kind == PD_ITEM_PROPERTY && it->text.s == NULL)
		return pd_surface_puts(s, 0, col, PD_UI_DIM, "  (property)");
	col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, " = ");
	col = pd_surface_put(s, 0, col, role, pd_str_c(&it->text),
	    it->text.n);
	if (it->cut)
		col = pd_surface_puts(s, 0, col, PD_UI_FOLD,
		    s->ascii ? "..." : "…");
	if (n->cycle)
		col = pd_surface_puts(s, 0, col, PD_UI_DIM, "  (itself)");
	return col;
}

static void
draw_row(struct pd_list *l, size_t i, struct pd_surface *s, long left)
{
	const struct pd_row *r = row_at((struct vars *)l, i);
	const struct pd_branch *n = r->node;
	long col = left + 2 * (long)r->depth;

	col = pd_surface_puts(s, 0, col, PD_UI_FOLD,
	    fold_mark(r, s->ascii));
	if (r->kind == PD_ROW_SPECIAL)
		col = pd_surface_printf(s, 0, col, PD_UI_DIM, "%llu special",
		    (unsigned long long)r->count);
	else if (r->kind == PD_ROW_MORE)
		col = pd_surface_printf(s, 0, col, PD_UI_DIM, "%llu more",
		    (unsigned long long)r->count);
	else if (r->kind == PD_ROW_ERROR)
		col = pd_surface_puts(s, 0, col, PD_ROLE_ERROR, n->error.s);
	else if (n->parent == NULL)
		col = pd_surface_puts(s, 0, col, PD_UI_TYPE, root_name(n));
	else
		col = draw_value(n, s, col);
	pd_list_cut(s, left, col);
}

static void
title(struct pd_pane *p, struct pd_buf *b)
{
	struct vars *v = vars_of(p);

	pd_list_title_as(p, "variables", b);
	if (v->tree.filter.s != NULL)
		pd_buf_addf(b, " /%s", v->tree.filter.s);
}

/* ---- data ---------------------------------------------------------------- */

/* The rows are others: the cursor goes to the row of that name, if it is still
 * there. */
static void
rows_changed(struct vars *v, const char *key)
{
	struct pd_buf b = { 0 };

	v->list.n = v->tree.rows.n;
	for (size_t i = 0; *key != '\0' && i < v->list.n; i++) {
		pd_buf_reset(&b);
		pd_tree_key(&v->tree, row_at(v, i), &b);
		if (strcmp(pd_buf_c(&b), key) == 0) {
			v->list.scroll.at = i;
			break;
		}
	}
	pd_buf_done(&b);
	pd_list_fix(&v->list);
	pd_pane_dirty(&v->list.pane);
}

/* None at the top: there it stays. */
static void
cursor_key(struct vars *v, struct pd_buf *b)
{
	size_t i;

	if (pd_list_at(&v->list, &i) && i > 0)
		pd_tree_key(&v->tree, row_at(v, i), b);
}

static void
begin(struct vars *v)
{
	if (!v->begun)
		pd_tree_init(&v->tree, v->list.pane.session);
	v->begun = true;
}

static void
stale(struct pd_pane *p, enum pd_stale why)
{
	struct vars *v = vars_of(p);

	begin(v);
	if (why == PD_STALE_STOP)
		pd_tree_stopped(&v->tree);
	pd_pane_refetch(p);
}

static void
fetch(struct pd_pane *p)
{
	struct vars *v = vars_of(p);
	struct pd_buf key = { 0 };

	begin(v);
	cursor_key(v, &key);
	pd_tree_fetch(&v->tree);
	rows_changed(v, pd_buf_c(&key));
	pd_buf_done(&key);
}

/* ---- actions ------------------------------------------------------------- */

/* What was opened is to be seen, as far as there is room. */
static void
show_below(struct vars *v)
{
	struct pd_scroll *sc = &v->list.scroll;
	size_t rows = v->list.pane.rows, last = sc->at;

	while (last + 1 < v->list.n && last + 1 - sc->at < rows &&
	    row_at(v, last + 1)->depth > row_at(v, sc->at)->depth)
		last++;
	if (rows > 0 && last >= sc->top + rows)
		sc->top = last - rows + 1;
}

static void
open_row(struct vars *v, struct pd_row *r, bool open)
{
	struct pd_buf key = { 0 };

	if (pd_tui_running(v->list.pane.tui)) {
		pd_tui_message(v->list.pane.tui, "the program runs");
		return;
	}
	cursor_key(v, &key);
	pd_tree_open(&v->tree, r, open);
	rows_changed(v, pd_buf_c(&key));
	if (open && v->list.n > 0)
		show_below(v);
	pd_buf_done(&key);
}

static bool
is_open(const struct pd_row *r)
{
	return r->kind == PD_ROW_SPECIAL ? r->open :
	    r->kind == PD_ROW_NODE && r->node->open;
}

static void
toggle(struct vars *v, const char *arg)
{
	struct pd_row *r = cursor_row(v);

	(void)arg;
	if (r == NULL)
		return;
	if (!pd_tree_opens(r))
		pd_tui_message(v->list.pane.tui,
		    "it does not open: r shows it whole");
	else
		open_row(v, r, !is_open(r));
}

/* Is some of it still to the right of the pane? */
static bool
is_cut(const struct vars *v, const struct pd_row *r)
{
	const struct pd_item *it = &r->node->item;
	long cols = 2 * (long)r->depth + 5 +
	    pd_text_columns(pd_str_c(&it->label), it->label.n) +
	    pd_text_columns(pd_str_c(&it->text), it->text.n);

	return r->kind == PD_ROW_NODE &&
	    cols - (long)v->list.scroll.left > (long)v->list.pane.cols;
}

/* Right: opens, or goes into what is open, or shows the rest of the line. */
static void
go_in(struct vars *v, const char *arg)
{
	struct pd_row *r = cursor_row(v);

	(void)arg;
	if (r == NULL)
		return;
	if (pd_tree_opens(r) && !is_open(r))
		open_row(v, r, true);
	else if (is_open(r))
		pd_list_action(&v->list.pane, "down");
	else if (is_cut(v, r))
		pd_list_action(&v->list.pane, "right");
}

/* Left: closes, or goes to what it is a part of; what is scrolled to the side
 * comes back first. */
static void
go_out(struct vars *v, const char *arg)
{
	struct pd_row *r = cursor_row(v);
	unsigned depth;
	size_t i;

	(void)arg;
	if (v->list.scroll.left > 0) {
		pd_list_action(&v->list.pane, "left");
		return;
	}
	if (r == NULL)
		return;
	if (is_open(r)) {
		open_row(v, r, false);
		return;
	}
	depth = r->depth;
	for (i = v->list.scroll.at; i > 0 && row_at(v, i)->depth >= depth;)
		i--;
	v->list.scroll.at = i;
	pd_list_fix(&v->list);
	pd_pane_dirty(&v->list.pane);
}

static void
filter_asked(void *ctx, const char *text)
{
	struct vars *v = ctx;

	pd_tree_filter(&v->tree, text);
	pd_pane_refetch(&v->list.pane);
}

static void
filter(struct vars *v, const char *arg)
{
	if (*arg != '\0' || v->tree.filter.s != NULL)
		filter_asked(v, arg);
	else
		pd_tui_ask(v->list.pane.tui, "names with: ", filter_asked, v);
}

/* More of the text in the pager, made as in the tree: without its repr. */
static void
view(struct vars *v, const char *arg)
{
	struct pd_row *r = cursor_row(v);
	struct pd_session *s = v->list.pane.session;
	struct pd_children_req req = { .frame = s->frame, .max = 1,
	    .bytes = LONG_TEXT };
	struct pd_children got = { 0 };
	struct pd_err err;

	(void)arg;
	if (r == NULL || r->kind != PD_ROW_NODE || r->node->parent == NULL)
		return;
	if (pd_tui_running(v->list.pane.tui)) {
		pd_tui_message(v->list.pane.tui, "the program runs");
		return;
	}
	pd_tree_path(r->node, &req);
	if (r->node->asked || req.ask)
		pd_tui_page(v->list.pane.tui,
		    pd_str_c(&r->node->item.label),
		    pd_str_c(&r->node->item.text), r->node->item.text.n);
	else if (s->target->ops->children(s->target, &req, &got, &err) < 0)
		pd_tui_message(v->list.pane.tui, "%s", err.msg);
	else
		pd_tui_page(v->list.pane.tui,
		    pd_str_c(&r->node->item.label),
		    pd_str_c(&got.self.text), got.self.text.n);
	pd_rec_done(&pd_children_desc, &got);
	pd_rec_done(&pd_children_req_desc, &req);
}

static const struct {
	const char	*name;
	void		(*fn)(struct vars *, const char *arg);
} actions[] = {
	{ "open", toggle },
	{ "toggle", toggle },
	{ "in", go_in },
	{ "out", go_out },
	{ "filter", filter },
	{ "view", view },
};

static bool
action(struct pd_pane *p, const char *name, const char *arg)
{
	begin(vars_of(p));
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		if (strcmp(actions[i].name, name) != 0)
			continue;
		actions[i].fn(vars_of(p), arg);
		return true;
	}
	return pd_list_action(p, name);
}

static bool
expand(struct pd_pane *p, char what, struct pd_buf *b)
{
	struct vars *v = vars_of(p);
	const struct pd_row *r;
	size_t i;

	if (what != 'e' || !pd_list_at(&v->list, &i))
		return false;
	r = row_at(v, i);
	if (r->kind != PD_ROW_NODE || r->node->item.expr.s == NULL)
		return false;
	pd_buf_adds(b, r->node->item.expr.s);
	return true;
}

static void
vars_free(struct pd_pane *p)
{
	struct vars *v = vars_of(p);

	if (v->begun)
		pd_tree_done(&v->tree);
	pd_list_done(&v->list);
	free(v);
}

struct pd_pane *
pd_vars_make(void)
{
	struct vars *v = pd_xcalloc(1, sizeof(*v));

	v->list.empty = "no variables";
	v->list.row = draw_row;
	v->list.text = add_text;
	return &v->list.pane;
}

const struct pd_pane_ops pd_vars_ops = {
	.name = "vars",
	.what = "the frame's variables",
	.context = PD_KEYS_VARS,
	.min_rows = 2,
	.rank = 55,
	.title = title,
	.stale = stale,
	.fetch = fetch,
	.draw = pd_list_draw,
	.resize = pd_list_resize,
	.action = action,
	.mouse = pd_list_mouse,
	.expand = expand,
	.search = pd_list_search,
	.free = vars_free,
};
