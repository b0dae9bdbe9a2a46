/*
 * disable: switches breakpoints off.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
switch_one(struct pd_session *s, struct pd_bp *bp)
{
	bool before = bp->enabled;
	struct pd_buf b = { 0 };
	struct pd_err err;

	bp->enabled = false;
	if (pd_session_bp_push(s, bp, &err) < 0) {
		bp->enabled = before;
		return pd_session_fail(s, &err);
	}
	pd_bps_describe(&b, bp);
	pd_out(s->sink, PD_ROLE_TEXT, "Disabled %s\n", pd_buf_c(&b));
	pd_buf_done(&b);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (*arg == '\0' && pd_dialect_gdb(s))
		return pd_bps_each_all(s, switch_one);
	return pd_bps_each_range(s, arg, switch_one);
}

const struct pd_cmd pd_cmd_disable = {
	.name = "disable",
	.group = PD_GROUP_BREAKPOINTS,
	.wants_arg = true,
	.args = { PD_ARG_BREAKPOINT },
	.usage = "disable bpnumber [bpnumber ...]",
	.summary = "Keep breakpoints from stopping.",
	.help =
	    "Breakpoints that are disabled stay in the list and stop\n"
	    "nothing until they are enabled again.",
	.example = "disable 2",
	.exec = run,
};
