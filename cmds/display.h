/*
 * What display.c has for the verbs display and undisplay.
 */
#ifndef PD_CMDS_DISPLAY_H
#define PD_CMDS_DISPLAY_H

#include "cmds/session.h"

/* The selected frame's mark; 0: nothing is displayed in it. */
uint64_t	pd_display_mark(struct pd_session *);
/* The value's text, or what came instead of one; the caller's. */
struct pd_str	pd_display_value(struct pd_session *, const struct pd_str *);
/* Adds one to the selected frame, or begins it anew, and shows it. */
enum pd_cmd_status	pd_display_add(struct pd_session *, const char *expr);
/* Those of the selected frame. */
void	pd_display_list(struct pd_session *);
/* "": all of the selected frame. False: there was none. */
bool	pd_display_remove(struct pd_session *, const char *expr);

/* ---- display-gdb.c: the gdb dialect's, by number ------------------------- */

/* Shows "N: EXPR = VALUE" of those whose names the selected frame knows. */
void	pd_display_show_gdb(struct pd_session *);
void	pd_display_put_gdb(struct pd_session *, struct pd_display *);
/* The table of info display. */
void	pd_display_table(struct pd_session *);
/* undisplay: arg is numbers; all, if it is empty. */
enum pd_cmd_status	pd_display_remove_gdb(struct pd_session *,
			    const char *arg);
/* An argument that begins with a gdb format, as /x n: told, true. */
bool	pd_display_format(struct pd_session *, const char *name,
	    const char *arg);

#endif
