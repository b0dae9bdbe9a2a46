/*
 * condition: changes when a breakpoint stops.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
set_cond(struct pd_session *s, struct pd_bp *bp, const char *cond)
{
	struct pd_str before = bp->cond;
	struct pd_err err;

	bp->cond = *cond != '\0' ? pd_str_from(cond) : pd_str_from(NULL);
	if (pd_session_bp_push(s, bp, &err) < 0) {
		pd_str_done(&bp->cond);
		bp->cond = before;
		return pd_session_fail(s, &err);
	}
	pd_str_done(&before);
	pd_out(s->sink, PD_ROLE_TEXT, *cond != '\0' ?
	    "New condition set for breakpoint %llu.\n" :
	    "Breakpoint %llu is now unconditional.\n",
	    (unsigned long long)bp->id);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	size_t n = strcspn(arg, " \t");
	struct pd_str number = pd_str_new(arg, n);
	const char *cond = arg + n + strspn(arg + n, " \t");
	enum pd_cmd_status rc = PD_CMD_FAILED;
	struct pd_bp *bp;

	/* The condition is looked at first, as pdb does. */
	if (*cond == '\0' || pd_bps_check_cond(s, cond)) {
		bp = pd_session_bp_arg(s, number.s);
		if (bp != NULL)
			rc = set_cond(s, bp, cond);
	}
	pd_str_done(&number);
	return rc;
}

const struct pd_cmd pd_cmd_condition = {
	.name = "condition",
	.group = PD_GROUP_BREAKPOINTS,
	.wants_arg = true,
	.args = { PD_ARG_BREAKPOINT, PD_ARG_EXPR },
	.usage = "condition bpnumber [condition]",
	.summary = "Change a breakpoint's condition.",
	.help =
	    "The breakpoint stops only if the condition, a Python\n"
	    "expression, is true.  Without one it stops always.",
	.example = "condition 1 len(queue) > 10",
	.exec = run,
};
