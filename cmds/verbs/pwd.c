/*
 * pwd: the working directory.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	char dir[PATH_MAX];

	if (*arg != '\0')
		return pd_session_bad_arg(s, &pd_cmd_pwd, arg);
	if (getcwd(dir, sizeof(dir)) == NULL) {
		pd_out_error(s->sink, "the working directory cannot be told: "
		    "%s", strerror(errno));
		return PD_CMD_FAILED;
	}
	pd_out(s->sink, PD_ROLE_TEXT, "Working directory ");
	pd_out(s->sink, PD_ROLE_FILE, "%s", dir);
	pd_out(s->sink, PD_ROLE_TEXT, ".\n");
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_pwd = {
	.name = "pwd",
	.group = PD_GROUP_SESSION,
	.usage = "pwd",
	.summary = "Show the working directory.",
	.help =
	    "Show the debugger's working directory, in which the program\n"
	    "is started.  A program that is running has its own.",
	.example = "pwd",
	.soft = true,
	.exec = run,
};
