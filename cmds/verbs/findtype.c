/*
 * find: the objects of a type.
 */
#include "cmds/graph.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (*arg == '\0') {
		pd_out_error(s->sink, "find wants a type");
		return PD_CMD_FAILED;
	}
	return pd_graph_find(s, arg);
}

const struct pd_cmd pd_cmd_findtype = {
	.name = "find",
	.group = PD_GROUP_DATA,
	.args = { PD_ARG_TEXT },
	.usage = "find type [if condition]",
	.summary = "Show the objects of a type.",
	.help =
	    "List the objects of that type and of those derived from it.\n"
	    "The type is named as far as needed: Order, models.Order or\n"
	    "app.models.Order.  In the condition `self` is the object;\n"
	    "one for which it raises is left out.  It runs none of the\n"
	    "program's code.  The objects are $1, $2, ... until the\n"
	    "program goes on, or find or referrers is used again.",
	.example = "find Order if self.number == 2",
	.needs = PD_CAP_EVAL,
	.soft = true,
	.exec = run,
};
