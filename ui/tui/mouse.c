/*
 * The mouse: to the pane that it is over, and what is around the panes.
 *
 * Called by input.c.  A press gives a pane the keys; bars and borders are drawn
 * with it; the wheel scrolls what it is over.
 */
#include "ui/tui/tui-room.h"

#define WHEEL	3	/* lines */

static struct pd_pane *
pane_at(struct pd_tui *t, unsigned row, unsigned col)
{
	for (size_t i = 0; i < t->npanes; i++) {
		struct pd_box b = pd_window_box(t->panes[i]);

		if (b.rows > 0 && row >= b.row && row < b.row + b.rows &&
		    col >= b.col && col < b.col + b.cols)
			return t->panes[i];
	}
	return NULL;
}

/* What ends where this bar or border is: that grows when it is drawn. */
static struct pd_pane *
before(struct pd_tui *t, unsigned row, unsigned col, bool cols)
{
	for (size_t i = 0; i < t->npanes; i++) {
		struct pd_box b = pd_window_box(t->panes[i]);

		if (b.rows == 0)
			continue;
		if (cols ? b.col + b.cols == col && row >= b.row &&
		    row < b.row + b.rows : b.row + b.rows == row &&
		    col >= b.col && col < b.col + b.cols)
			return t->panes[i];
	}
	return NULL;
}

static void
to_pane(struct pd_pane *p, const struct pd_mouse *m)
{
	struct pd_mouse own = *m;
	bool up = m->what == PD_MOUSE_WHEEL_UP;

	own.row = m->row > p->row ? m->row - p->row : 0;
	own.col = m->col > p->col ? m->col - p->col : 0;
	if (p->ops->mouse != NULL && p->ops->mouse(p, &own))
		return;
	if ((up || m->what == PD_MOUSE_WHEEL_DOWN) && p->ops->action != NULL)
		for (int i = 0; i < WHEEL; i++)
			p->ops->action(p, up ? "up" : "down", "");
}

static void
press(struct pd_tui *t, const struct pd_mouse *m)
{
	struct pd_pane *p = pane_at(t, m->row, m->col);

	t->drag = NULL;
	t->pressed = NULL;
	if (p == NULL) {
		t->drag = before(t, m->row, m->col, true);
		t->drag_cols = true;
		return;
	}
	if (!p->ops->no_focus)
		pd_tui_focus(t, p);
	if (m->row < p->row) {
		t->drag = before(t, m->row, m->col, false);
		t->drag_cols = false;
		return;
	}
	t->pressed = p;
	to_pane(p, m);
}

static void
drag(struct pd_tui *t, const struct pd_mouse *m)
{
	struct pd_box b;
	int by;

	if (t->drag == NULL) {
		if (t->pressed != NULL)
			to_pane(t->pressed, m);
		return;
	}
	b = pd_window_box(t->drag);
	by = t->drag_cols ? (int)m->col - (int)(b.col + b.cols) :
	    (int)m->row - (int)(b.row + b.rows);
	if (by != 0)
		pd_window_grow(t, t->drag, t->drag_cols ? 0 : by,
		    t->drag_cols ? by : 0);
}

void
pd_tui_mouse(struct pd_tui *t, const struct pd_mouse *m)
{
	struct pd_pane *p;

	switch (m->what) {
	case PD_MOUSE_PRESS:
	case PD_MOUSE_DOUBLE:
		press(t, m);
		break;
	case PD_MOUSE_DRAG:
		drag(t, m);
		break;
	case PD_MOUSE_RELEASE:
		if (t->drag == NULL && t->pressed != NULL)
			to_pane(t->pressed, m);
		t->drag = t->pressed = NULL;
		break;
	case PD_MOUSE_WHEEL_UP:
	case PD_MOUSE_WHEEL_DOWN:
		p = pane_at(t, m->row, m->col);
		if (p != NULL)
			to_pane(p, m);
		break;
	}
}
