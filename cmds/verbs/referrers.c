/*
 * referrers: what refers to an object.
 */
#include "cmds/graph.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (*arg == '\0') {
		pd_out_error(s->sink, "referrers wants an expression");
		return PD_CMD_FAILED;
	}
	return pd_graph_referrers(s, arg);
}

const struct pd_cmd pd_cmd_referrers = {
	.name = "referrers",
	.group = PD_GROUP_DATA,
	.args = { PD_ARG_EXPR },
	.usage = "referrers expression",
	.summary = "Show what refers to an object.",
	.help =
	    "List the objects and variables that refer to the object that\n"
	    "the expression gives, and how: an attribute, an item, a key,\n"
	    "a local variable.  Weak references do not count.  Numbers\n"
	    "and names are no objects of their own here.  Objects that are\n"
	    "listed can be named $1, $2, ... as those of find.",
	.example = "referrers item",
	.needs = PD_CAP_EVAL,
	.soft = true,
	.exec = run,
};
