/*
 * p: shows a value.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
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
