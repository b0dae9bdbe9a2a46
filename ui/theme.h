/*
 * Colours: what a role looks like on this terminal.
 *
 * Plain SGR sequences of the sixteen colours that every terminal has which has
 * any; what they look like the user's terminal decides.
 */
#ifndef PD_UI_THEME_H
#define PD_UI_THEME_H

#include "cmds/settings.h"
#include "cmds/sink.h"
#include "ui/roles.h"

#define PD_SGR_END	"\033[m"

struct pd_style {
	const struct pd_settings	*settings;	/* borrowed */
	bool				 able;	/* output is a terminal */
	bool				 light;	/* what auto means */
};

/* Asks the environment about fd, and where that does not want colours switches
 * the setting off.  The settings are borrowed. */
void		 pd_style_init(struct pd_style *, struct pd_settings *, int fd);
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
