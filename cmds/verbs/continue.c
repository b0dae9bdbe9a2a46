/*
 * continue: lets the program run on.
 */
#include "cmds/walk.h"
#include "rows.h"

/* As gdb: the breakpoint that has stopped is to be crossed first. */
static enum pd_cmd_status
ignore_first(struct pd_session *s, uint64_t count)
{
	struct pd_err err;

	PD_VEC_EACH(&s->stop.bps, struct pd_bp_news, n) {
		struct pd_bp *bp = n->hit ? pd_session_bp(s, n->id) : NULL;

		if (bp == NULL)
			continue;
		bp->ignore = count - 1;
		if (pd_session_bp_push(s, bp, &err) < 0)
			return pd_session_fail(s, &err);
		pd_out(s->sink, PD_ROLE_NOTE, "Will ignore next %llu "
		    "crossings of breakpoint %llu.\n",
		    (unsigned long long)count - 1,
		    (unsigned long long)bp->id);
		return PD_CMD_STAY;
	}
	pd_out(s->sink, PD_ROLE_NOTE, "Not stopped at any breakpoint; "
	    "argument ignored.\n");
	return PD_CMD_STAY;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	uint64_t count = 1;

	if (*arg != '\0' && !pd_count_arg(arg, &count) &&
	    s->py >= PD_PY(3, 13))
		return pd_session_bad_arg(s, &pd_cmd_continue, arg);
	if (count > 1 && ignore_first(s, count) == PD_CMD_FAILED)
		return PD_CMD_FAILED;
	return pd_resume_mode(s, PD_RESUME_CONTINUE);
}

const struct pd_cmd pd_cmd_continue = {
	.name = "continue",
	.aliases = { "c", "cont" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_COUNT },
	.usage = "c(ont(inue)) [count]",
	.summary = "Run on until a breakpoint is hit.",
	.help =
	    "Let the program run on.  It stops at a breakpoint, at an\n"
	    "exception that nothing catches, or when it ends.\n"
	    "With a count the breakpoint at which it has stopped stops it\n"
	    "at the count's hit from now.",
	.example = "c",
	.needs = PD_CAP_RUN,
	.exec = run,
};
