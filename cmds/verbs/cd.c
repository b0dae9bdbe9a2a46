/*
 * cd: changes the working directory.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "cmds/room.h"
#include "rows.h"

/* A relative name in what will be started is meant for the directory of
 * before. */
static void
make_absolute(struct pd_session *s)
{
	struct pd_vec *argv = &s->launch.argv;
	struct pd_str *script, full;

	if (strchr(pd_str_c(&s->launch.python), '/') != NULL) {
		full = pd_path_abs(s->launch.python.s, s->launch.cwd.s);
		pd_str_done(&s->launch.python);
		s->launch.python = full;
	}
	if (s->program_args == 0 || s->program_args > argv->n ||
	    pd_str_c(&s->what)[0] != '/')
		return;
	script = PD_VEC_AT(argv, struct pd_str, s->program_args - 1);
	if (pd_str_c(script)[0] == '/')
		return;
	full = pd_path_abs(script->s, s->launch.cwd.s);
	pd_str_done(script);
	*script = full;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const char *home = getenv("HOME");
	struct pd_str dir;
	enum pd_cmd_status rc = PD_CMD_STAY;

	if (*arg == '\0' || (arg[0] == '~' && (arg[1] == '\0' ||
	    arg[1] == '/')))
		dir = pd_strf("%s%s", home != NULL ? home : "/",
		    *arg == '~' ? arg + 1 : "");
	else
		dir = pd_str_from(arg);
	make_absolute(s);
	if (chdir(dir.s) < 0) {
		pd_out_error(s->sink, "%s: %s", dir.s, strerror(errno));
		rc = PD_CMD_FAILED;
	} else {
		pd_str_done(&s->launch.cwd);
		rc = pd_cmd_pwd.exec(s, "");
	}
	pd_str_done(&dir);
	return rc;
}

const struct pd_cmd pd_cmd_cd = {
	.name = "cd",
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_FILE },
	.usage = "cd [directory]",
	.summary = "Change the working directory.",
	.help =
	    "Change the debugger's working directory, in which the\n"
	    "program will be started next.  Without a directory, to the\n"
	    "home directory.",
	.example = "cd /tmp",
	.soft = true,
	.exec = run,
};
