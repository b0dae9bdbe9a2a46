/*
 * Themes: what each role looks like, as text.
 */
#ifndef PD_UI_THEMES_H
#define PD_UI_THEMES_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "ui/roles.h"

struct pd_theme {
	bool		 light;		/* made for a light background */
	struct pd_look	 looks[PD_UI_ROLE_MAX];
};

/* "line-current", ...; by the role's number. */
extern const char *const pd_role_names[PD_UI_ROLE_MAX];

/* The i-th ready theme's name, NULL: no more. */
const char	*pd_theme_name(unsigned i);

/*
 * Fills the theme called that: a ready one, or NAME.theme in the user's
 * directory of themes.  rich: the terminal has 256 colours or more.  -1 with
 * err, which names file and line; the theme is what it was.
 */
int	 pd_theme_load(struct pd_theme *, const char *name, bool rich,
	    struct pd_err *);
/*
 * Applies lines "ROLE [COLOUR] [on COLOUR] [ATTRIBUTE]..." to a theme; "base
 * NAME" begins anew from a theme.  from names them in errors.
 */
int	 pd_theme_read(struct pd_theme *, const char *text, const char *from,
	    bool rich, struct pd_err *);
/* Where the user's themes are, absent if there is no home. */
struct pd_str	 pd_theme_dir(void);

#endif
