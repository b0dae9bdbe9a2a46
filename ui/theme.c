/*
 * The themes.
 *
 * Called by out.c for each piece of text, and for the prompt.  It must not
 * write.  White and black are in neither theme: whoever reads with another
 * background than the theme expects can still read everything.
 */
#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RED		"\033[31m"
#define GREEN		"\033[32m"
#define YELLOW		"\033[33m"
#define BLUE		"\033[34m"
#define MAGENTA		"\033[35m"
#define CYAN		"\033[36m"
#define BRIGHT_RED	"\033[91m"
#define BRIGHT_GREEN	"\033[92m"
#define BRIGHT_BLUE	"\033[94m"
#define BRIGHT_MAGENTA	"\033[95m"
#define BOLD		"\033[1m"
#define BOLD_YELLOW	"\033[1;33m"
#define BOLD_BLUE	"\033[1;34m"
#define FAINT		"\033[2m"

static const char *const dark[PD_ROLE_MAX] = {
	[PD_ROLE_FILE] = GREEN,
	[PD_ROLE_LINE] = CYAN,
	[PD_ROLE_NAME] = YELLOW,
	[PD_ROLE_VALUE] = BRIGHT_MAGENTA,
	[PD_ROLE_MARK] = BOLD,
	[PD_ROLE_ERROR] = BRIGHT_RED,
	[PD_ROLE_NOTE] = CYAN,
	[PD_ROLE_PROMPT] = BOLD,
	[PD_ROLE_ADDED] = BRIGHT_GREEN,
	[PD_ROLE_GONE] = BRIGHT_RED,
	[PD_ROLE_KEYWORD] = BRIGHT_BLUE,
	[PD_ROLE_CONSTANT] = BRIGHT_MAGENTA,
	[PD_ROLE_BUILTIN] = CYAN,
	[PD_ROLE_DEF] = BOLD_YELLOW,
	[PD_ROLE_STRING] = GREEN,
	[PD_ROLE_NUMBER] = BRIGHT_MAGENTA,
	[PD_ROLE_COMMENT] = FAINT,
	[PD_ROLE_DECORATOR] = YELLOW,
};

static const char *const light[PD_ROLE_MAX] = {
	[PD_ROLE_FILE] = GREEN,
	[PD_ROLE_LINE] = CYAN,
	[PD_ROLE_NAME] = BLUE,
	[PD_ROLE_VALUE] = MAGENTA,
	[PD_ROLE_MARK] = BOLD,
	[PD_ROLE_ERROR] = RED,
	[PD_ROLE_NOTE] = CYAN,
	[PD_ROLE_PROMPT] = BOLD,
	[PD_ROLE_ADDED] = GREEN,
	[PD_ROLE_GONE] = RED,
	[PD_ROLE_KEYWORD] = BLUE,
	[PD_ROLE_CONSTANT] = MAGENTA,
	[PD_ROLE_BUILTIN] = CYAN,
	[PD_ROLE_DEF] = BOLD_BLUE,
	[PD_ROLE_STRING] = GREEN,
	[PD_ROLE_NUMBER] = MAGENTA,
	[PD_ROLE_COMMENT] = FAINT,
	[PD_ROLE_DECORATOR] = MAGENTA,
};

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

void
pd_style_init(struct pd_style *st, struct pd_settings *settings, int fd)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	st->settings = settings;
	st->able = isatty(fd) == 1;
	st->light = pd_style_is_light(getenv("COLORFGBG"));
	if ((no != NULL && *no != '\0') || term == NULL || *term == '\0' ||
	    strcmp(term, "dumb") == 0)
		settings->style_enabled = false;
}

const char *
pd_style_sgr(const struct pd_style *st, enum pd_role role)
{
	const char *sgr;
	bool use_light;

	if (!st->able || !st->settings->style_enabled)
		return "";
	use_light = st->settings->style_theme == PD_THEME_AUTO ? st->light :
	    st->settings->style_theme == PD_THEME_LIGHT;
	sgr = (use_light ? light : dark)[role];
	return sgr != NULL ? sgr : "";
}
