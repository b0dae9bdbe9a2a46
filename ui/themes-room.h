/*
 * What themes.c and theme-read.c share.
 */
#ifndef PD_UI_THEMES_ROOM_H
#define PD_UI_THEMES_ROOM_H

#include "ui/themes.h"

struct pd_theme_ready {
	const char	*name;
	const char	*text;		/* as pd_theme_read() takes it */
	const char	*rich;		/* what 256 colours add; or NULL */
	bool		 light;
};

/* Ends with a row without a name. */
extern const struct pd_theme_ready	pd_themes_ready[];

#endif
