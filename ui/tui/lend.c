/*
 * Who has the keys while the program runs.
 *
 * Called by draw.c and, before a prompt, by tui.c.  A program that reads gets
 * them, once in a run, as it does on a plain terminal; where there is no room
 * for its pane, that has the screen meanwhile.  When it stands still they go
 * back to the pane that had them, whoever took them away: what is typed at a
 * stop is for the debugger.
 */
#include "ui/tui/tui-room.h"

#define LOOK_MS		200	/* between two looks */
#define TYPES_MS	300	/* a key behind the last one is for who got
				   that */

void
pd_lend_begin(struct pd_tui *t)
{
	/* A stop that went on without a prompt is none. */
	if (t->home != NULL)
		return;
	t->home = t->overlay != NULL ? t->before : t->focus;
	t->lent = false;
}

static bool
may_lend(const struct pd_tui *t)
{
	return t->home != NULL && !t->lent && t->overlay == NULL &&
	    !t->ask.on && !t->answering && !t->paging && t->nseq == 0;
}

int
pd_lend_look(struct pd_tui *t, int64_t now)
{
	struct pd_pane *out = pd_tui_pane(t, "out");

	if (t->lent || t->home == out)
		return -1;
	if (!may_lend(t) || now - t->typed < TYPES_MS ||
	    !pd_tty_is_read(t->tty))
		return LOOK_MS;
	t->lent = true;
	if (!out->shown) {
		t->alone = true;
		t->home_zoom = t->zoom;
		t->zoom = out;
		pd_window_place(t);
	}
	pd_tui_focus(t, out);
	return -1;
}

void
pd_lend_end(struct pd_tui *t)
{
	struct pd_pane *out = pd_tui_pane(t, "out"), *home = t->home;

	if (t->alone && t->zoom == out) {
		t->zoom = t->home_zoom;
		pd_window_place(t);
	}
	t->home = NULL;
	t->alone = false;
	if (home == NULL || home == out || !home->shown)
		return;
	if (t->overlay != NULL && t->before == out)
		t->before = home;
	else if (t->focus == out)
		pd_tui_focus(t, home);
}
