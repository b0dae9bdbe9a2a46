/*
 * The window: where the panes are, and who has the keys.
 *
 * Called by ops.c, input.c and draw.c.  It must not draw.
 */
#include <string.h>

#include "ui/tui/tui-room.h"

#define COLS_MIN	8	/* of a pane */

/* ---- layouts ----------------------------------------------------------- */

bool
pd_window_knows(const char *name)
{
	for (const struct pd_pane_kind *k = pd_pane_kinds; k->ops != NULL;
	    k++)
		if (strcmp(k->ops->name, name) == 0)
			return k->ops->rank > 0;
	return false;
}

static const struct pd_tui_layout *
find_own(struct pd_tui *t, const char *name)
{
	pd_layouts_read(t);
	PD_VEC_EACH(&t->layouts, struct pd_tui_layout, l)
		if (pd_str_eq(&l->name, name))
			return l;
	return NULL;
}

const char *
pd_window_layout_name(struct pd_tui *t, size_t i)
{
	size_t n = 0;

	for (; pd_layouts[n].name != NULL; n++)
		if (n == i)
			return pd_layouts[n].name;
	pd_layouts_read(t);
	return i - n < t->layouts.n ?
	    PD_VEC_AT(&t->layouts, struct pd_tui_layout, i - n)->name.s :
	    NULL;
}

const char *
pd_window_layout_help(struct pd_tui *t, size_t i)
{
	size_t n = 0;

	for (; pd_layouts[n].name != NULL; n++)
		if (n == i)
			return pd_layouts[n].help;
	return PD_VEC_AT(&t->layouts, struct pd_tui_layout, i - n)->text.s;
}

static const char *
layout_text(struct pd_tui *t, const char *name)
{
	const struct pd_tui_layout *own = find_own(t, name);

	if (own != NULL)
		return own->text.s;
	for (size_t i = 0; pd_layouts[i].name != NULL; i++)
		if (strcmp(pd_layouts[i].name, name) == 0)
			return pd_layouts[i].text;
	return NULL;
}

int
pd_window_layout(struct pd_tui *t, const char *name, struct pd_err *err)
{
	const char *text = layout_text(t, name);
	struct pd_layout *l;

	if (text == NULL)
		return pd_err_set(err, "there is no layout '%s'; `layout` "
		    "lists them", name);
	l = pd_layout_parse(text, pd_window_knows, err);
	if (l == NULL)
		return -1;
	pd_layout_free(t->layout);
	t->layout = l;
	pd_str_done(&t->layout_name);
	t->layout_name = pd_str_from(name);
	t->zoom = NULL;
	t->misplaced = true;
	return 0;
}

int
pd_window_define(struct pd_tui *t, const char *name, const char *text,
    struct pd_err *err)
{
	struct pd_layout *l = pd_layout_parse(text, pd_window_knows, err);
	struct pd_tui_layout *own;
	struct pd_str copy;

	if (l == NULL)
		return -1;
	pd_layout_free(l);
	for (size_t i = 0; pd_layouts[i].name != NULL; i++)
		if (strcmp(pd_layouts[i].name, name) == 0)
			return pd_err_set(err, "'%s' is one of the ready "
			    "layouts", name);
	copy = pd_str_from(text);
	own = (struct pd_tui_layout *)(void *)find_own(t, name);
	if (own == NULL) {
		own = PD_VEC_PUSH(&t->layouts, struct pd_tui_layout);
		own->name = pd_str_from(name);
	}
	pd_str_done(&own->text);
	own->text = copy;
	return 0;
}

int
pd_window_save(struct pd_tui *t, const char *name, struct pd_err *err)
{
	struct pd_buf text = { 0 };
	int rc;

	pd_layout_text(t->layout, &text);
	rc = pd_window_define(t, name, pd_buf_c(&text), err);
	pd_buf_done(&text);
	if (rc == -1)
		return -1;
	pd_str_done(&t->layout_name);
	t->layout_name = pd_str_from(name);
	return pd_layouts_write(t, err);
}

void
pd_window_free(struct pd_tui *t)
{
	pd_layout_free(t->layout);
	t->layout = NULL;
	pd_str_done(&t->layout_name);
	PD_VEC_EACH(&t->layouts, struct pd_tui_layout, l) {
		pd_str_done(&l->name);
		pd_str_done(&l->text);
	}
	pd_vec_done(&t->layouts);
}

/* ---- places ------------------------------------------------------------ */

static void
need_of(const char *name, struct pd_layout_need *need)
{
	memset(need, 0, sizeof(*need));
	for (const struct pd_pane_kind *k = pd_pane_kinds; k->ops != NULL; k++)
		if (strcmp(k->ops->name, name) == 0) {
			need->rows = k->ops->min_rows + 1;
			need->cols = COLS_MIN;
			need->rank = k->ops->rank;
		}
}

static void
put_pane(struct pd_pane *p, struct pd_box box)
{
	/* The title takes a row. */
	unsigned rows = box.rows > 1 ? box.rows - 1 : 0;
	unsigned cols = rows > 0 ? box.cols : 0;
	bool other = p->rows != rows || p->cols != cols;

	p->row = box.row + 1;
	p->col = box.col;
	p->rows = rows;
	p->cols = cols;
	p->shown = rows > 0;
	p->dirty = true;
	if (other && p->ops->resize != NULL)
		p->ops->resize(p, rows, cols);
}

static void
place_all(struct pd_tui *t, struct pd_pane *alone, unsigned rows,
    unsigned cols)
{
	struct pd_box boxes[PD_TUI_PANES] = { 0 };
	const char *name;

	if (alone == NULL)
		pd_layout_solve(t->layout, rows, cols, need_of, boxes);
	for (size_t i = 0; i < t->npanes; i++) {
		struct pd_pane *p = t->panes[i];
		struct pd_box box = { 0 };

		if (p == alone)
			box = (struct pd_box){ 0, 0, rows, cols };
		for (size_t k = 0; alone == NULL && k < PD_TUI_PANES &&
		    (name = pd_layout_pane(t->layout, k)) != NULL; k++)
			if (strcmp(name, p->ops->name) == 0)
				box = boxes[k];
		put_pane(p, box);
	}
}

void
pd_window_place(struct pd_tui *t)
{
	unsigned rows, cols;

	pd_screen_resize(t->screen, &rows, &cols);
	if (rows != t->grid.rows || cols != t->grid.cols) {
		pd_grid_done(&t->grid);
		pd_grid_init(&t->grid, rows, cols);
	}
	pd_grid_clear(&t->grid);
	place_all(t, t->overlay != NULL ? t->overlay : t->zoom,
	    rows > 1 ? rows - 1 : rows, cols);
	t->misplaced = false;
	t->chrome = t->status = true;
	if (t->focus == NULL || !t->focus->shown) {
		t->focus = pd_tui_pane(t, "cmd");
		if (t->focus == NULL || !t->focus->shown)
			t->focus = pd_window_next(t, 1);
		/* A screen of one row shows none, and yet keys come. */
		if (t->focus == NULL)
			t->focus = pd_tui_pane(t, "cmd");
	}
}

struct pd_box
pd_window_box(const struct pd_pane *p)
{
	if (!p->shown)
		return (struct pd_box){ 0 };
	return (struct pd_box){ p->row - 1, p->col, p->rows + 1, p->cols };
}

int
pd_window_grow(struct pd_tui *t, struct pd_pane *p, int rows, int cols)
{
	const char *name;

	if (t->zoom != NULL || t->overlay != NULL)
		return -1;
	for (size_t i = 0; (name = pd_layout_pane(t->layout, i)) != NULL; i++)
		if (strcmp(name, p->ops->name) == 0) {
			if (!pd_layout_grow(t->layout, i, rows, cols))
				return -1;
			t->misplaced = true;
			return 0;
		}
	return -1;
}

void
pd_window_overlay(struct pd_tui *t, struct pd_pane *p)
{
	if (p != NULL && t->overlay == NULL)
		t->before = t->focus;
	if (p == NULL && t->overlay != NULL)
		t->focus = t->before;
	t->overlay = p;
	if (p != NULL)
		t->focus = p;
	t->misplaced = true;
}

/* ---- focus ------------------------------------------------------------- */

struct pd_pane *
pd_tui_pane(struct pd_tui *t, const char *name)
{
	for (size_t i = 0; i < t->npanes; i++)
		if (strcmp(t->panes[i]->ops->name, name) == 0)
			return t->panes[i];
	return NULL;
}

struct pd_pane *
pd_window_find(struct pd_tui *t, const char *name, struct pd_err *err)
{
	struct pd_pane *found = pd_tui_pane(t, name);

	for (size_t i = 0; found == NULL && i < t->npanes; i++)
		if (*name != '\0' && t->panes[i]->ops->rank > 0 &&
		    pd_starts(t->panes[i]->ops->name, name))
			found = t->panes[i];
	if (found == NULL)
		pd_err_set(err, "there is no pane '%s'; `info win` lists them",
		    name);
	return found;
}

static bool
can_have(const struct pd_pane *p)
{
	return p->shown && !p->ops->no_focus;
}

/* In the order in which they stand on the screen. */
static long
place_of(const struct pd_pane *p)
{
	return (long)p->col * 10000 + (long)p->row;
}

struct pd_pane *
pd_window_next(struct pd_tui *t, int way)
{
	struct pd_pane *best = NULL, *first = NULL;
	long at = t->focus != NULL ? place_of(t->focus) * way : 0;

	for (size_t i = 0; i < t->npanes; i++) {
		struct pd_pane *p = t->panes[i];
		long here = place_of(p) * way;

		if (!can_have(p))
			continue;
		if (first == NULL || here < place_of(first) * way)
			first = p;
		if (here > at && (best == NULL ||
		    here < place_of(best) * way))
			best = p;
	}
	return best != NULL ? best : first;
}

void
pd_tui_focus(struct pd_tui *t, struct pd_pane *p)
{
	if (p == NULL || p == t->focus)
		return;
	t->nseq = 0;
	t->focus = p;
	/* Chosen at rest: nobody is to get them back. */
	if (!pd_tui_running(t))
		t->home = NULL;
	/* Both look different, and the cursor moves. */
	t->chrome = t->status = true;
	for (size_t i = 0; i < t->npanes; i++)
		pd_pane_dirty(t->panes[i]);
}

bool
pd_pane_focused(const struct pd_pane *p)
{
	return p->tui->focus == p;
}
