/*
 * EOF: the end of the input, as a command.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	(void)arg;
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
	return pd_session_quit(s);
}

const struct pd_cmd pd_cmd_eof = {
	.name = "EOF",
	.group = PD_GROUP_SESSION,
	.usage = "EOF",
	.summary = "What the end of the input does: quit.",
	.help =
	    "The end of the input at the prompt.  Leaves the debugger as\n"
	    "quit does.",
	.example = "EOF",
	.repeat = PD_REPEAT_NONE,
	.exec = run,
};
