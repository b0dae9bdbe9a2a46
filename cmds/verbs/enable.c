/*
 * enable: switches breakpoints on.
 */
#include <string.h>

#include "cmds/walk.h"
#include "rows.h"

/* What happens to them at their next hit. */
static enum { STAYS, ONCE, DELETE } then;

static enum pd_cmd_status
switch_one(struct pd_session *s, struct pd_bp *bp)
{
	struct pd_bp before = *bp;
	struct pd_buf b = { 0 };
	struct pd_err err;

	bp->enabled = true;
	bp->once = then == ONCE;
	bp->temporary = then == DELETE || (then == STAYS && bp->temporary);
	if (pd_session_bp_push(s, bp, &err) < 0) {
		*bp = before;
		return pd_session_fail(s, &err);
	}
	pd_bps_describe(&b, bp);
	pd_out(s->sink, PD_ROLE_TEXT, "Enabled %s%s\n", pd_buf_c(&b),
	    then == ONCE ? ", for one hit" :
	    then == DELETE ? ", to be deleted at its hit" : "");
	pd_buf_done(&b);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	static const char *const words[] = { [ONCE] = "once",
	    [DELETE] = "delete" };
	size_t n = strcspn(arg, " \t");

	then = STAYS;
	for (int i = ONCE; i <= DELETE; i++)
		if (strlen(words[i]) == n && memcmp(arg, words[i], n) == 0) {
			then = i;
			arg += n + strspn(arg + n, " \t");
			break;
		}
	if (then != STAYS && *arg == '\0') {
		pd_out_error(s->sink, "Breakpoint number expected");
		return PD_CMD_FAILED;
	}
	if (*arg == '\0' && pd_dialect_gdb(s))
		return pd_bps_each_all(s, switch_one);
	return pd_bps_each_range(s, arg, switch_one);
}

const struct pd_cmd pd_cmd_enable = {
	.name = "enable",
	.group = PD_GROUP_BREAKPOINTS,
	.wants_arg = true,
	.args = { PD_ARG_BREAKPOINT },
	.usage = "enable [once | delete] bpnumber [bpnumber ...]",
	.summary = "Let breakpoints stop again.",
	.help =
	    "Enable breakpoints that were disabled; 2-4 means all from\n"
	    "2 to 4.  `once`: disable them again at their next hit;\n"
	    "`delete`: delete them then.",
	.example = "enable 2",
	.exec = run,
};
