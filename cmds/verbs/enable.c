/*
 * enable: switches breakpoints on.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
switch_one(struct pd_session *s, struct pd_bp *bp)
{
	bool before = bp->enabled;
	struct pd_buf b = { 0 };
	struct pd_err err;

	bp->enabled = true;
	if (pd_session_bp_push(s, bp, &err) < 0) {
		bp->enabled = before;
		return pd_session_fail(s, &err);
	}
	pd_bps_describe(&b, bp);
	pd_out(s->sink, PD_ROLE_TEXT, "Enabled %s\n", pd_buf_c(&b));
	pd_buf_done(&b);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_bps_each(s, arg, switch_one);
}

const struct pd_cmd pd_cmd_enable = {
	.name = "enable",
	.group = PD_GROUP_BREAKPOINTS,
	.args = { PD_ARG_BREAKPOINT },
	.usage = "enable bpnumber [bpnumber ...]",
	.summary = "Let breakpoints stop again.",
	.help =
	    "Enable breakpoints that were disabled.",
	.example = "enable 2",
	.exec = run,
};
