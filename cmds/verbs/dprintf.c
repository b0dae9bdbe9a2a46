/*
 * dprintf: prints where the program passes, without stopping it.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_place_dprintf(s, arg);
}

const struct pd_cmd pd_cmd_dprintf = {
	.name = "dprintf",
	.group = PD_GROUP_BREAKPOINTS,
	.args = { PD_ARG_LOCATION, PD_ARG_EXPR },
	.usage = "dprintf location,\"format\"[,expression...]",
	.summary = "Print a line each time a place is reached.",
	.help =
	    "Set a breakpoint that prints and lets the program run on.\n"
	    "The format is a Python string with the % conversions of C's\n"
	    "printf; the expressions are evaluated there.  condition,\n"
	    "ignore, disable and delete work as on any breakpoint.",
	.example = "dprintf 28,\"n is %d\\n\",n",
	.soft = true,
	.exec = run,
};
