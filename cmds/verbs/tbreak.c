/*
 * tbreak: sets a breakpoint (place.c finds where).
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_place_break(s, arg, true);
}

const struct pd_cmd pd_cmd_tbreak = {
	.name = "tbreak",
	.aliases = { "tb" },
	.group = PD_GROUP_BREAKPOINTS,
	.args = { PD_ARG_LOCATION, PD_ARG_EXPR },
	.usage = "tbreak [ ([filename:]lineno | function) [, condition] ]",
	.summary = "Set a breakpoint for one hit.",
	.help =
	    "Like break, but the breakpoint is deleted when it is hit.",
	.example = "tbreak main",
	.exec = run,
};
