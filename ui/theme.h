/*
 * Colours: what a role looks like on this terminal.
 *
 * One theme for the prompt, as plain SGR sequences, and the full screen, as
 * values.
 */
#ifndef PD_UI_THEME_H
#define PD_UI_THEME_H

#include "cmds/settings.h"
#include "cmds/sink.h"
#include "ui/roles.h"
#include "ui/themes.h"

#define PD_SGR_END	"\033[m"

enum pd_depth { PD_DEPTH_NONE, PD_DEPTH_16, PD_DEPTH_256, PD_DEPTH_TRUE };

struct pd_style {
	const struct pd_settings	*settings;	/* borrowed */
	bool		 able;		/* output is a terminal */
	bool		 light;		/* what auto means */
	bool		 is_auto;	/* nobody has chosen a theme */
	enum pd_depth	 depth;
	struct pd_theme	 theme;
	char		 sgr[PD_ROLE_MAX][48];
};

/* Asks the environment about fd, and where that does not want colours switches
 * the setting off.  The theme is auto.  The settings are borrowed. */
void		 pd_style_init(struct pd_style *, struct pd_settings *, int fd);
/* From now on the theme of that name, or "auto": -1 with err, which may be
 * NULL, if there is none, or it cannot be read. */
int		 pd_style_choose(struct pd_style *, const char *name,
		    struct pd_err *);
/* The terminal's background has been found out: auto follows it. */
void		 pd_style_background(struct pd_style *, bool light);
/* The sequence that begins text of a role, which PD_SGR_END ends; "" where
 * there is nothing to be done. */
const char	*pd_style_sgr(const struct pd_style *, enum pd_role);
/* The same as values, for a role of the prompt or of the full screen
 * (roles.h).  Without colours there are attributes all the same. */
void		 pd_style_look(const struct pd_style *, unsigned role,
		    struct pd_look *);
/* "15;0", "0;default;15": is the background light? */
bool		 pd_style_is_light(const char *colorfgbg);

#endif
