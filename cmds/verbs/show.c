/*
 * show: the settings and their values.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

#define NAME_COLS	18
#define VALUE_COLS	12

static void
show_one(struct pd_session *s, const struct pd_setting *row)
{
	struct pd_buf value = { 0 };

	pd_setting_get(s, row, &value);
	pd_out(s->sink, PD_ROLE_NAME, "%s", row->name);
	pd_out(s->sink, PD_ROLE_TEXT, "%*s ",
	    NAME_COLS - (int)strlen(row->name), "");
	pd_out_text(s->sink, PD_ROLE_VALUE, value.s, value.n);
	if (value.n < VALUE_COLS)
		pd_out(s->sink, PD_ROLE_TEXT, "%*s",
		    VALUE_COLS - (int)value.n, "");
	pd_out(s->sink, PD_ROLE_TEXT, " %s\n", row->help);
	pd_buf_done(&value);
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_setting *row;
	const char *rest;
	struct pd_err err;
	bool any = false;

	row = *arg != '\0' ? pd_setting_find(arg, &rest, &err) : NULL;
	if (row != NULL && *rest == '\0') {
		show_one(s, row);
		return PD_CMD_STAY;
	}
	if (row != NULL) {
		pd_out_error(s->sink, "show takes nothing behind '%s'",
		    row->name);
		return PD_CMD_FAILED;
	}
	for (row = pd_settings_table; row->name != NULL; row++)
		if (pd_setting_matches(row, arg)) {
			show_one(s, row);
			any = true;
		}
	return any ? PD_CMD_STAY : pd_session_fail(s, &err);
}

const struct pd_cmd pd_cmd_show = {
	.name = "show",
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_SETTING },
	.usage = "show [setting]",
	.summary = "Show settings and their values.",
	.help =
	    "Without an argument, all of them.  With the beginning of a\n"
	    "name, as `show history`, those that begin so.",
	.example = "show print",
	.exec = run,
};
