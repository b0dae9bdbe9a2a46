/*
 * help: what commands there are, and what they do.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_cmd *cmd = pd_cmd_find(arg, strlen(arg));
	struct pd_buf b = { 0 };

	if (*arg == '\0') {
		pd_help_overview(s);
		return PD_CMD_STAY;
	}
	if (cmd != NULL) {
		pd_help_command(s, cmd);
		return PD_CMD_STAY;
	}
	pd_parse_repr(&b, arg, strlen(arg));
	pd_out_error(s->sink, "No help for %s", pd_buf_c(&b));
	pd_buf_done(&b);
	return PD_CMD_FAILED;
}

const struct pd_cmd pd_cmd_help = {
	.name = "help",
	.aliases = { "h" },
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_COMMAND },
	.usage = "h(elp)",
	.summary = "Show help.",
	.help =
	    "Without an argument, list the commands.  With a command's\n"
	    "name, say what it does.",
	.exec = run,
};
