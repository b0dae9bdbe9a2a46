/*
 * core: a core file to look at.
 */
#include <string.h>

#include "cmds/corefile.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (strcmp(arg, "info") == 0)
		return pd_corefile_info(s);
	if (*arg == '\0') {
		if (s->program == NULL) {
			pd_out_error(s->sink, "core wants the name of a file");
			return PD_CMD_FAILED;
		}
		pd_corefile_leave(s);
		pd_out(s->sink, PD_ROLE_NOTE, "No core file now.\n");
		return PD_CMD_STAY;
	}
	return pd_session_core(s, arg);
}

const struct pd_cmd pd_cmd_core = {
	.name = "core",
	.aliases = { "core-file" },
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_FILE },
	.usage = "core [file | info]",
	.summary = "Look at a core file.",
	.help =
	    "Open a core that generate-core-file, --dump-on-crash or\n"
	    "pydbg.dump() has written, and look at it instead of the\n"
	    "program, which is ended.  Nothing is run.  `core info` tells\n"
	    "when, where and why it was written.  Without an argument the\n"
	    "core is closed; `run` closes it as well and starts the\n"
	    "program.",
	.example = "core app.py.4711.pycore",
	.repeat = PD_REPEAT_NONE,
	.soft = true,
	.exec = run,
};
