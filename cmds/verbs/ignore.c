/*
 * ignore: lets a breakpoint be crossed.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
set_count(struct pd_session *s, struct pd_bp *bp, long count)
{
	uint64_t before = bp->ignore;
	struct pd_err err;

	bp->ignore = count > 0 ? (uint64_t)count : 0;
	if (pd_session_bp_push(s, bp, &err) < 0) {
		bp->ignore = before;
		return pd_session_fail(s, &err);
	}
	if (count > 1)
		pd_out(s->sink, PD_ROLE_TEXT, "Will ignore next %ld crossings "
		    "of breakpoint %llu.\n", count,
		    (unsigned long long)bp->id);
	else if (count == 1)
		pd_out(s->sink, PD_ROLE_TEXT, "Will ignore next 1 crossing "
		    "of breakpoint %llu.\n", (unsigned long long)bp->id);
	else
		pd_out(s->sink, PD_ROLE_TEXT, "Will stop next time breakpoint "
		    "%llu is reached.\n", (unsigned long long)bp->id);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_vec words = { 0 };
	struct pd_bp *bp;
	enum pd_cmd_status rc = PD_CMD_FAILED;
	bool ok = true;
	long count = 0;

	pd_parse_words(arg, &words);
	if (words.n > 1)
		ok = pd_parse_int(PD_VEC_AT(&words, struct pd_str, 1)->s,
		    &count);
	if (!ok)
		count = 0;
	/* Up to 3.12 a count that is none counts as 0. */
	if (s->py >= PD_PY(3, 13) && (!ok || words.n > 2)) {
		rc = pd_session_bad_arg(s, &pd_cmd_ignore, arg);
	} else if (words.n == 0) {
		pd_out_error(s->sink, "Breakpoint number expected");
	} else {
		bp = pd_session_bp_arg(s,
		    PD_VEC_AT(&words, struct pd_str, 0)->s);
		if (bp != NULL)
			rc = set_count(s, bp, count);
	}
	pd_parse_words_done(&words);
	return rc;
}

const struct pd_cmd pd_cmd_ignore = {
	.name = "ignore",
	.group = PD_GROUP_BREAKPOINTS,
	.wants_arg = true,
	.args = { PD_ARG_BREAKPOINT, PD_ARG_COUNT },
	.usage = "ignore bpnumber [count]",
	.summary = "Cross a breakpoint some times before it stops.",
	.help =
	    "The breakpoint does not stop the next count times that it is\n"
	    "reached while it is enabled and its condition is true.\n"
	    "Without a count it stops the next time.",
	.example = "ignore 1 100",
	.exec = run,
};
