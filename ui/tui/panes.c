/*
 * The kinds of panes.
 *
 * Read by tui.c, which makes one of each, and by whoever looks for a name.
 */
#include "ui/tui/panes.h"
#include "ui/tui/tui-room.h"

const struct pd_pane_kind pd_pane_kinds[] = {
	{ &pd_source_ops, pd_source_new },
	{ &pd_command_ops, pd_command_new },
	{ &pd_pager_pane_ops, pd_pager_pane_new },
	{ &pd_chooser_ops, pd_chooser_new },
	{ &pd_vars_ops, pd_vars_make },
	{ &pd_stack_ops, pd_stack_make },
	{ &pd_breakpoints_ops, pd_breakpoints_make },
	{ &pd_threads_ops, pd_threads_make },
	{ &pd_display_ops, pd_display_make },
	{ &pd_asm_ops, pd_asm_make },
	{ &pd_output_ops, pd_output_make },
	{ NULL, NULL }
};
