/*
 * quit: the end of the session.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	(void)arg;
	return pd_session_quit(s);
}

const struct pd_cmd pd_cmd_quit = {
	.name = "quit",
	.aliases = { "q", "exit" },
	.group = PD_GROUP_SESSION,
	.usage = "q(uit) | exit",
	.summary = "Leave the debugger.",
	.help =
	    "Leave the debugger.  The program is unwound: its finally\n"
	    "blocks and exit handlers run.  In a post mortem up to Python\n"
	    "3.12 the program is started anew instead; quit once more.",
	.example = "q",
	.repeat = PD_REPEAT_NONE,
	.exec = run,
};
