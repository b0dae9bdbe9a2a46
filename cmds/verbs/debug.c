/*
 * debug: a debugger inside the debugger.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_resume req = { .mode = PD_RESUME_DEBUG, .frame = s->frame };
	enum pd_cmd_status rc;

	pd_out(s->sink, PD_ROLE_NOTE, "ENTERING RECURSIVE DEBUGGER\n");
	*PD_VEC_PUSH(&s->script.outer, uint64_t) = s->frame;
	req.text = pd_str_from(arg);
	rc = pd_session_resume(s, &req);
	pd_str_done(&req.text);
	return rc;
}

const struct pd_cmd pd_cmd_debug = {
	.name = "debug",
	.group = PD_GROUP_RUNNING,
	.wants_arg = true,
	.args = { PD_ARG_STATEMENT },
	.usage = "debug code",
	.summary = "Step through a statement typed here.",
	.help =
	    "Run the statement or expression in the selected frame, and\n"
	    "stop at its beginning: a debugger within the debugger, with\n"
	    "another pair of parentheses around its prompt.  It ends with\n"
	    "the statement, or by q; then the stop is as it was.",
	.example = "debug load(\"43\")",
	.needs = PD_CAP_EVAL | PD_CAP_RUN,
	.exec = run,
};
