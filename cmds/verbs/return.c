/*
 * return: lets the program run on.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (pd_dialect_gdb(s)) {
		pd_out_error(s->sink, "Python cannot leave a frame without "
		    "running the rest of it; `finish` runs until it has "
		    "returned");
		return PD_CMD_FAILED;
	}
	if (*arg != '\0' && s->py >= PD_PY(3, 13))
		return pd_session_bad_arg(s, &pd_cmd_return, arg);
	return pd_resume_mode(s, PD_RESUME_RETURN);
}

const struct pd_cmd pd_cmd_return = {
	.name = "return",
	.aliases = { "r" },
	.group = PD_GROUP_RUNNING,
	.usage = "r(eturn)",
	.summary = "Run until this function returns.",
	.help =
	    "Run until the function of the selected frame is about to\n"
	    "return.  In the gdb dialect, where it would make the frame\n"
	    "return at once, it is refused.",
	.example = "r",
	.needs = PD_CAP_RUN,
	.exec = run,
};
