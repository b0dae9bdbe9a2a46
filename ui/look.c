/*
 * What a role looks like on the full screen.
 *
 * Called by the screen for each role that is to be seen.  The roles of the
 * prompt look as the prompt has them (theme.c).
 */
#include <stdlib.h>
#include <string.h>

#include "ui/theme.h"

#define I(n)	PD_COLOUR_INDEX(n)

static const struct pd_look screen_looks[PD_UI_ROLE_MAX] = {
	[PD_UI_TITLE] = { 0, 0, PD_ATTR_REVERSE },
	[PD_UI_TITLE_FOCUS] = { 0, 0, PD_ATTR_REVERSE | PD_ATTR_BOLD },
	[PD_UI_STATUS] = { 0, 0, PD_ATTR_REVERSE },
	[PD_UI_STATUS_ERROR] = { I(9), 0, PD_ATTR_REVERSE | PD_ATTR_BOLD },
	[PD_UI_LINENO] = { I(6), 0, 0 },
	[PD_UI_BP] = { I(9), 0, PD_ATTR_BOLD },
	[PD_UI_BP_OFF] = { I(3), 0, 0 },
	[PD_UI_BP_PENDING] = { I(5), 0, 0 },
	[PD_UI_ARROW] = { I(2), 0, PD_ATTR_BOLD },
	[PD_UI_ARROW_OTHER] = { I(6), 0, PD_ATTR_BOLD },
	[PD_UI_TYPE] = { I(6), 0, 0 },
	[PD_UI_FOLD] = { I(3), 0, 0 },
	[PD_UI_DIM] = { 0, 0, PD_ATTR_FAINT },
	[PD_UI_CHANGED] = { I(3), 0, PD_ATTR_BOLD },
	[PD_UI_KEY] = { I(3), 0, PD_ATTR_BOLD },
	[PD_UI_LINE_CURRENT] = { 0, 0, PD_ATTR_REVERSE },
	[PD_UI_LINE_OTHER] = { 0, 0, PD_ATTR_UNDERLINE },
	[PD_UI_CURSOR] = { 0, 0, PD_ATTR_BOLD | PD_ATTR_UNDERLINE },
	[PD_UI_CURSOR_OFF] = { 0, 0, 0 },
	[PD_UI_MATCH] = { 0, 0, PD_ATTR_UNDERLINE },
};

/* "\033[1;33m" as values. */
static void
from_sgr(const char *sgr, struct pd_look *look)
{
	if (*sgr++ != '\033' || *sgr++ != '[')
		return;
	for (;;) {
		char *end;
		long n = strtol(sgr, &end, 10);

		if (end == sgr)
			return;
		if (n == 1)
			look->attr |= PD_ATTR_BOLD;
		else if (n == 2)
			look->attr |= PD_ATTR_FAINT;
		else if (n >= 30 && n <= 37)
			look->fg = I(n - 30);
		else if (n >= 90 && n <= 97)
			look->fg = I(n - 90 + 8);
		sgr = *end == ';' ? end + 1 : end;
	}
}

void
pd_style_look(const struct pd_style *st, unsigned role, struct pd_look *look)
{
	memset(look, 0, sizeof(*look));
	if (role >= PD_UI_ROLE_MAX)
		return;
	if (role >= PD_ROLE_MAX)
		*look = screen_looks[role];
	else
		from_sgr(pd_style_sgr(st, (enum pd_role)role), look);
	if (!st->able || !st->settings->style_enabled)
		look->fg = look->bg = PD_COLOUR_DEFAULT;
}
