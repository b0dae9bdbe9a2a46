/*
 * !: a Python statement.  Its row is for help and for what it needs; line.c
 * runs statements, with or without the sign.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_buf line = { 0 };
	enum pd_cmd_status rc;

	pd_buf_addc(&line, '!');
	pd_buf_adds(&line, arg);
	rc = pd_session_line(s, line.s, line.n);
	pd_buf_done(&line);
	return rc;
}

const struct pd_cmd pd_cmd_statement = {
	.name = "!",
	.aliases = { "exec" },
	.group = PD_GROUP_DATA,
	.args = { PD_ARG_STATEMENT },
	.usage = "(!) statement",
	.summary = "Run a Python statement.",
	.help =
	    "Run a statement in the selected frame.  The sign can be left\n"
	    "out unless the first word is a command's name.  Values are\n"
	    "shown; what is assigned to local variables holds.  For a\n"
	    "global variable in a function declare it first: global x; x\n"
	    "= 1",
	.example = "!n = n + 1",
	.needs = PD_CAP_EVAL,
	.exec = run,
};
