/*
 * thread: which thread is looked at.
 */
#include <string.h>

#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	uint64_t id = s->thread;

	if (strncmp(arg, "apply", 5) == 0 && (arg[5] == '\0' ||
	    arg[5] == ' ' || arg[5] == '\t'))
		return pd_threads_apply(s, arg + 5 + strspn(arg + 5, " \t"));
	if (*arg == '\0') {
		if (id == 0)
			id = s->stop.thread.id;
		pd_out(s->sink, PD_ROLE_TEXT,
		    "[Current thread is %llu%s]\n", (unsigned long long)id,
		    s->thread == 0 ? ", which has stopped" : "");
		return PD_CMD_STAY;
	}
	if (!pd_count_arg(arg, &id)) {
		pd_out_error(s->sink, "Invalid thread number: %s", arg);
		return PD_CMD_FAILED;
	}
	return pd_threads_select(s, id, true) < 0 ? PD_CMD_FAILED :
	    PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_thread = {
	.name = "thread",
	.group = PD_GROUP_STACK,
	.args = { PD_ARG_THREAD },
	.usage = "thread [number]\n"
	    "thread apply all | number ... command",
	.summary = "Select a thread.",
	.help =
	    "Select the thread whose stack where, up, down and\n"
	    "expressions are about, until the program goes on; `info\n"
	    "threads` lists them.  Stepping works in the thread that has\n"
	    "stopped.  `thread apply` runs a command for several.",
	.example = "thread apply all bt",
	.needs = PD_CAP_FRAMES,
	.repeat = PD_REPEAT_NONE,
	.soft = true,
	.exec = run,
};
