/*
 * break: sets a breakpoint (place.c finds where).
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_place_break(s, arg, false);
}

const struct pd_cmd pd_cmd_break = {
	.name = "break",
	.aliases = { "b" },
	.group = PD_GROUP_BREAKPOINTS,
	.args = { PD_ARG_LOCATION, PD_ARG_EXPR },
	.usage = "b(reak) [ ([filename:]lineno | function) [, condition] ]",
	.summary = "Set a breakpoint, or list them.",
	.help =
	    "Without an argument, list the breakpoints.  With a line\n"
	    "number, set one at that line of the selected frame's file;\n"
	    "with a file name before it, in that file, which is looked\n"
	    "for along sys.path (.py may be left out).  With a function,\n"
	    "set one where that begins.  A condition is a Python\n"
	    "expression; the program stops only if it is true there.",
	.example = "b orders.py:28, n > 3",
	.exec = run,
};
