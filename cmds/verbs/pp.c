/*
 * pp: shows a value.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_show_value(s, arg, PD_EVAL_PPRINT);
}

const struct pd_cmd pd_cmd_pp = {
	.name = "pp",
	.group = PD_GROUP_DATA,
	.wants_arg = true,
	.args = { PD_ARG_EXPR },
	.usage = "pp expression",
	.summary = "Show a value over several lines.",
	.help =
	    "Like p, but laid out by the pprint module.",
	.example = "pp os.environ",
	.needs = PD_CAP_EVAL,
	.exec = run,
};
