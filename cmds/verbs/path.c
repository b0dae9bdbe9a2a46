/*
 * path: how an object is reached.
 */
#include "cmds/graph.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (*arg == '\0') {
		pd_out_error(s->sink, "path wants an expression");
		return PD_CMD_FAILED;
	}
	return pd_graph_path(s, arg);
}

const struct pd_cmd pd_cmd_path = {
	.name = "path",
	.group = PD_GROUP_DATA,
	.args = { PD_ARG_EXPR },
	.usage = "path expression",
	.summary = "Show how an object is reached.",
	.help =
	    "Show the shortest way to the object that the expression\n"
	    "gives, from a variable of a frame or a module: what keeps\n"
	    "it alive.",
	.example = "path item",
	.needs = PD_CAP_EVAL,
	.soft = true,
	.exec = run,
};
