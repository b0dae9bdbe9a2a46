/*
 * p: shows a value.
 */
#include "cmds/display.h"
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (pd_dialect_gdb(s) && pd_display_format(s, "p", arg))
		return PD_CMD_FAILED;
	return pd_show_value(s, arg, s->settings.print_pretty ?
	    PD_EVAL_PPRINT : PD_EVAL_REPR);
}

const struct pd_cmd pd_cmd_p = {
	.name = "p",
	.group = PD_GROUP_DATA,
	.wants_arg = true,
	.args = { PD_ARG_EXPR },
	.usage = "p expression",
	.summary = "Show an expression's value.",
	.help =
	    "Evaluate the expression in the selected frame and show its\n"
	    "value.",
	.example = "p [x for x in items if x.open]",
	.needs = PD_CAP_EVAL,
	.exec = run,
};
