/*
 * undisplay: ends what display began.
 */
#include "cmds/display.h"
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (pd_dialect_gdb(s))
		return pd_display_remove_gdb(s, arg);
	if (pd_display_remove(s, arg) || *arg == '\0')
		return PD_CMD_STAY;
	pd_out_error(s->sink, "not displaying %s", arg);
	return PD_CMD_FAILED;
}

const struct pd_cmd pd_cmd_undisplay = {
	.name = "undisplay",
	.group = PD_GROUP_DATA,
	.args = { PD_ARG_EXPR },
	.usage = "undisplay [expression]",
	.summary = "Do not display a value any more.",
	.help =
	    "Do not display the expression in the selected frame any more.\n"
	    "Without an argument, none at all.  In the gdb dialect the\n"
	    "arguments are the numbers that `info display` shows.",
	.example = "undisplay",
	.needs = PD_CAP_EVAL,
	.exec = run,
};
