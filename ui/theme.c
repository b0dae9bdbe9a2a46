/*
 * The theme in use, and what of it this terminal can show.
 *
 * Called by out.c for each piece of text, for the prompt and by the full
 * screen.  It must not write.
 */
#include "ui/theme.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

bool
pd_style_is_light(const char *colorfgbg)
{
	const char *bg = colorfgbg != NULL ? strrchr(colorfgbg, ';') : NULL;
	char *end;
	long n;

	if (bg == NULL || bg[1] < '0' || bg[1] > '9')
		return false;
	n = strtol(bg + 1, &end, 10);
	/* White and the bright colours, but not bright black. */
	return *end == '\0' && (n == 7 || (n >= 9 && n <= 15));
}

/* What the environment says of the terminal's colours. */
static enum pd_depth
depth_of(const char *term)
{
	const char *colorterm = getenv("COLORTERM");

	if (strncmp(term, "vt", 2) == 0 && isdigit((unsigned char)term[2]))
		return PD_DEPTH_NONE;
	if (strcmp(term, "linux") == 0)
		return PD_DEPTH_16;
	if ((colorterm != NULL && (strcmp(colorterm, "truecolor") == 0 ||
	    strcmp(colorterm, "24bit") == 0)) ||
	    strstr(term, "direct") != NULL)
		return PD_DEPTH_TRUE;
	return strstr(term, "256") != NULL ? PD_DEPTH_256 : PD_DEPTH_16;
}

void
pd_style_init(struct pd_style *st, struct pd_settings *settings, int fd)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	memset(st, 0, sizeof(*st));
	st->settings = settings;
	st->able = isatty(fd) == 1;
	st->light = pd_style_is_light(getenv("COLORFGBG"));
	st->depth = depth_of(term != NULL ? term : "");
	if ((no != NULL && *no != '\0') || term == NULL || *term == '\0' ||
	    strcmp(term, "dumb") == 0)
		settings->style_enabled = false;
	pd_style_choose(st, "auto", NULL);
}

/* ---- sequences ---------------------------------------------------------- */

/* Appends ";38;5;200", of a foreground (base 30) or a background (40). */
static void
add_colour(const struct pd_style *st, struct pd_buf *b, pd_colour c,
    unsigned base)
{
	unsigned n;

	if (c == PD_COLOUR_DEFAULT || st->depth == PD_DEPTH_NONE)
		return;
	if (PD_COLOUR_IS_RGB(c) && st->depth == PD_DEPTH_TRUE) {
		pd_buf_addf(b, ";%u;2;%u;%u;%u", base + 8, c >> 16 & 0xff,
		    c >> 8 & 0xff, c & 0xff);
		return;
	}
	n = pd_colour_nearest(c, st->depth == PD_DEPTH_16 ? 16 : 256);
	if (n < 16)
		pd_buf_addf(b, ";%u", base + (n < 8 ? n : n + 52));
	else
		pd_buf_addf(b, ";%u;5;%u", base + 8, n);
}

static void
make_sgr(struct pd_style *st, unsigned role)
{
	static const struct {
		unsigned	bit, sgr;
	} attrs[] = {
		{ PD_ATTR_BOLD, 1 }, { PD_ATTR_FAINT, 2 },
		{ PD_ATTR_ITALIC, 3 }, { PD_ATTR_UNDERLINE, 4 },
		{ PD_ATTR_BLINK, 5 }, { PD_ATTR_REVERSE, 7 },
	};
	struct pd_look look = st->theme.looks[role];
	struct pd_buf b = { 0 };

	for (size_t i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
		if (look.attr & attrs[i].bit)
			pd_buf_addf(&b, ";%u", attrs[i].sgr);
	add_colour(st, &b, look.fg, 30);
	add_colour(st, &b, look.bg, 40);
	st->sgr[role][0] = '\0';
	if (b.n > 0)
		snprintf(st->sgr[role], sizeof(st->sgr[role]), "\033[%sm",
		    b.s + 1);
	pd_buf_done(&b);
}

int
pd_style_choose(struct pd_style *st, const char *name, struct pd_err *err)
{
	bool plain = name == NULL || strcmp(name, "auto") == 0;
	const char *real = plain ? (st->light ? "light" : "dark") : name;

	if (st->depth == PD_DEPTH_NONE && plain)
		real = "mono";
	if (pd_theme_load(&st->theme, real, st->depth >= PD_DEPTH_256,
	    err) == -1)
		return -1;
	st->is_auto = plain;
	for (unsigned i = 0; i < PD_ROLE_MAX; i++)
		make_sgr(st, i);
	return 0;
}

void
pd_style_background(struct pd_style *st, bool light)
{
	st->light = light;
	if (st->is_auto)
		pd_style_choose(st, "auto", NULL);
}

const char *
pd_style_sgr(const struct pd_style *st, enum pd_role role)
{
	return st->able && st->settings->style_enabled ? st->sgr[role] : "";
}

void
pd_style_look(const struct pd_style *st, unsigned role, struct pd_look *look)
{
	static struct pd_theme mono;
	static bool have_mono;

	memset(look, 0, sizeof(*look));
	if (role >= PD_UI_ROLE_MAX)
		return;
	if (st->settings->style_enabled && st->depth != PD_DEPTH_NONE) {
		*look = st->theme.looks[role];
		return;
	}
	if (!have_mono)
		have_mono = pd_theme_load(&mono, "mono", false, NULL) == 0;
	*look = mono.looks[role];
}
