/*
 * What all panes share: being told, and lists that scroll.
 *
 * Called by the panes.  It must not draw and must not ask the session.
 */
#include <string.h>

#include "ui/tui/pane.h"

void
pd_pane_dirty(struct pd_pane *p)
{
	p->dirty = true;
}

void
pd_pane_refetch(struct pd_pane *p)
{
	p->is_stale = p->dirty = true;
}

void
pd_scroll_fix(struct pd_scroll *sc, size_t rows, size_t seen)
{
	if (sc->at >= rows)
		sc->at = rows > 0 ? rows - 1 : 0;
	if (sc->at < sc->top)
		sc->top = sc->at;
	if (seen > 0 && sc->at >= sc->top + seen)
		sc->top = sc->at - seen + 1;
	/* No empty rows below the list while there are some above. */
	if (sc->top + seen > rows)
		sc->top = rows > seen ? rows - seen : 0;
}

#define SIDEWAYS	8	/* columns */

bool
pd_scroll_action(struct pd_scroll *sc, const char *action, size_t rows,
    size_t seen)
{
	size_t page = seen > 1 ? seen - 1 : 1;

	if (strcmp(action, "up") == 0)
		sc->at -= sc->at > 0;
	else if (strcmp(action, "down") == 0)
		sc->at++;
	else if (strcmp(action, "page-up") == 0)
		sc->at -= sc->at > page ? page : sc->at;
	else if (strcmp(action, "page-down") == 0)
		sc->at += page;
	else if (strcmp(action, "home") == 0)
		sc->at = 0;
	else if (strcmp(action, "end") == 0)
		sc->at = rows;
	else if (strcmp(action, "left") == 0)
		sc->left -= sc->left > SIDEWAYS ? SIDEWAYS : sc->left;
	else if (strcmp(action, "right") == 0)
		sc->left += SIDEWAYS;
	else
		return false;
	pd_scroll_fix(sc, rows, seen);
	return true;
}
