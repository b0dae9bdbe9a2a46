/*
 * The panes that show data: their ops and how they are made, for panes.c and
 * tests.
 */
#ifndef PD_UI_TUI_PANES_H
#define PD_UI_TUI_PANES_H

#include "ui/tui/pane.h"

extern const struct pd_pane_ops	pd_vars_ops;		/* vars.c */
extern const struct pd_pane_ops	pd_stack_ops;		/* stack.c */
extern const struct pd_pane_ops	pd_breakpoints_ops;	/* breakpoints.c */
extern const struct pd_pane_ops	pd_threads_ops;		/* threads.c */
extern const struct pd_pane_ops	pd_display_ops;		/* display.c */
extern const struct pd_pane_ops	pd_asm_ops;		/* asm.c */
extern const struct pd_pane_ops	pd_output_ops;		/* output.c */

struct pd_pane	*pd_vars_make(void);
struct pd_pane	*pd_stack_make(void);
struct pd_pane	*pd_breakpoints_make(void);
struct pd_pane	*pd_threads_make(void);
struct pd_pane	*pd_display_make(void);
struct pd_pane	*pd_asm_make(void);
struct pd_pane	*pd_output_make(void);
/* Its program has written something. */
void	 pd_output_changed(struct pd_pane *);

#endif
