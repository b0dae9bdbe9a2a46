/*
 * retval: what the function returns.
 */
#include "cmds/display.h"
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_str expr = { (char *)"$_retval", 8 };
	const struct pd_frame *f = pd_session_frame(s);
	struct pd_str text;

	(void)arg;
	if (f == NULL || !f->has_retval) {
		pd_out_error(s->sink, "Not yet returned!");
		return PD_CMD_FAILED;
	}
	text = pd_display_value(s, &expr);
	pd_out_str(s->sink, PD_ROLE_VALUE, &text);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
	pd_str_done(&text);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_retval = {
	.name = "retval",
	.aliases = { "rv" },
	.group = PD_GROUP_DATA,
	.usage = "retval",
	.summary = "Show what the function returns.",
	.help =
	    "Show the value that the selected frame is about to return.\n"
	    "`$_retval` is that value in expressions.",
	.example = "rv",
	.needs = PD_CAP_EVAL,
	.no_args = true,
	.exec = run,
};
