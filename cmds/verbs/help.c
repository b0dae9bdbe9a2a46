/*
 * help: what commands there are, and what they do.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

/* "set NAME", "show NAME": of the setting. */
static bool
help_setting(struct pd_session *s, const char *arg)
{
	const struct pd_setting *row;
	size_t n = strcspn(arg, " \t");
	const struct pd_cmd *cmd = pd_cmd_find(arg, n);
	const char *rest;
	struct pd_err err;

	if (cmd == NULL || cmd->args[0] != PD_ARG_SETTING || arg[n] == '\0')
		return false;
	row = pd_setting_find(arg + n, &rest, &err);
	if (row != NULL)
		pd_help_setting(s, row);
	else
		pd_session_fail(s, &err);
	return true;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_cmd *cmd = pd_cmd_find(arg, strlen(arg));
	const char *near;
	struct pd_buf b = { 0 };
	size_t n = strcspn(arg, " \t");

	if (*arg == '\0') {
		pd_help_overview(s);
		return PD_CMD_STAY;
	}
	if (cmd != NULL) {
		pd_help_command(s, cmd);
		return PD_CMD_STAY;
	}
	if (strncmp(arg, "keys", n) == 0 && n == 4)
		return pd_screen_run(s, PD_SCREEN_KEYS, arg + n +
		    strspn(arg + n, " \t"));
	if (help_setting(s, arg))
		return PD_CMD_STAY;
	pd_parse_repr(&b, arg, strlen(arg));
	pd_out_error(s->sink, "No help for %s", pd_buf_c(&b));
	pd_buf_done(&b);
	near = pd_help_nearest(arg);
	if (near != NULL)
		pd_out(s->sink, PD_ROLE_NOTE, "Did you mean '%s'?\n", near);
	return PD_CMD_FAILED;
}

const struct pd_cmd pd_cmd_help = {
	.name = "help",
	.aliases = { "h" },
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_COMMAND },
	.usage = "h(elp) [command]\nh(elp) keys [context]",
	.summary = "Show help.",
	.help =
	    "Without an argument, list the commands.  With a command's\n"
	    "name, say what it does; with `set` and a setting's, what that\n"
	    "is for; with `keys`, what keys do on the full screen, in all\n"
	    "panes or in one kind.",
	.example = "help until",
	.exec = run,
};
