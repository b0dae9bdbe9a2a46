/*
 * whatis: shows a value.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_show_value(s, arg, PD_EVAL_WHATIS);
}

const struct pd_cmd pd_cmd_whatis = {
	.name = "whatis",
	.group = PD_GROUP_DATA,
	.wants_arg = true,
	.args = { PD_ARG_EXPR },
	.usage = "whatis expression",
	.summary = "Show what kind of thing a value is.",
	.help =
	    "Evaluate the expression and show its type.",
	.example = "whatis parser.parse_args",
	.needs = PD_CAP_EVAL,
	.exec = run,
};
