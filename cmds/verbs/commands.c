/*
 * commands: what is to be done when a breakpoint is hit.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_bp *bp;
	long n;

	if (*arg != '\0' && !pd_parse_int(arg, &n)) {
		if (s->py >= PD_PY(3, 13))
			return pd_session_bad_arg(s, &pd_cmd_commands, arg);
		pd_out_error(s->sink,
		    "Usage: commands [bnum]\n        ...\n        end");
		return PD_CMD_FAILED;
	}
	if (*arg == '\0')
		n = (long)s->last_bp;
	bp = n > 0 ? pd_session_bp(s, (uint64_t)n) : NULL;
	if (bp == NULL && n == 0) {
		pd_out_error(s->sink,
		    "cannot set commands: Breakpoint number expected");
		return PD_CMD_FAILED;
	}
	if (bp == NULL) {
		pd_out_error(s->sink, n > 0 && (uint64_t)n <= s->last_bp ?
		    "cannot set commands: Breakpoint %ld already deleted" :
		    "cannot set commands: Breakpoint number %ld out of range",
		    n);
		return PD_CMD_FAILED;
	}
	pd_cmdlist_begin(s, bp->id);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_commands = {
	.name = "commands",
	.group = PD_GROUP_BREAKPOINTS,
	.args = { PD_ARG_BREAKPOINT },
	.usage = "(Pdb) commands [bpnumber]\n(com) ...\n(com) end\n(Pdb)",
	.summary = "Say what is to be done at a breakpoint.",
	.help =
	    "The lines that follow, up to one that says `end`, are run\n"
	    "whenever the breakpoint is hit; without a number that is the\n"
	    "last one set.  A command that lets the program run ends the\n"
	    "list too.  With `silent` as one of the lines the stop itself\n"
	    "is not shown.  `end` alone takes the commands away.  In a\n"
	    "file of commands the list stands as it would be typed.",
	.example = "commands 1",
	.exec = run,
};
