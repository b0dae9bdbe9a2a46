/*
 * set: changes a setting.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_setting *row;
	const char *value;
	struct pd_err err;

	row = pd_setting_find(arg, &value, &err);
	if (row == NULL || pd_setting_put(s, row, value, &err) == -1)
		return pd_session_fail(s, &err);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_set = {
	.name = "set",
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_SETTING, PD_ARG_TEXT },
	.claims = pd_setting_is_words,
	.usage = "set setting [value]\nset var name = expression",
	.summary = "Change a setting.",
	.help =
	    "`show` lists the settings.  Their words may be shortened while\n"
	    "they are unambiguous.  on is meant where on or off is wanted\n"
	    "and nothing is given.  Quotes around a text keep its blanks.\n"
	    "`set` alone, and before what is no word, is Python's.\n"
	    "`set var` runs the assignment in the selected frame.",
	.example = "set listsize 20",
	.repeat = PD_REPEAT_NONE,
	.exec = run,
};
