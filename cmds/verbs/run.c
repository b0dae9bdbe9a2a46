/*
 * run: the program anew, in a fresh process.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	enum pd_cmd_status rc = pd_session_restart(s, arg);

	/* gdb's does not stop before a breakpoint does. */
	if (rc == PD_CMD_RESUMED && pd_dialect_gdb(s) && s->alive &&
	    s->stop.first)
		return pd_resume_mode(s, PD_RESUME_CONTINUE);
	return rc;
}

const struct pd_cmd pd_cmd_run = {
	.name = "run",
	.aliases = { "restart" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_TEXT },
	.usage = "run [args...] [< file] [> file]",
	.summary = "Start the program anew.",
	.help =
	    "End the program and start it anew in a fresh process.\n"
	    "Arguments replace the ones it was started with; they are\n"
	    "split as a shell would, quotes included.  <, >, >>, 2>, 2>>,\n"
	    "&> and 2>&1 redirect the program's streams.  Both stay for\n"
	    "the next time, and so do breakpoints.\n"
	    "`restart` is the same.",
	.example = "run --verbose 'two words' > out.txt",
	.needs = PD_CAP_START,
	.exec = run,
};
