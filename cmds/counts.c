/*
 * Steps that are counted, or that go into one function only.
 *
 * Called by step, next, stepi and nexti.  The engine counts: no round trip
 * for each.
 */
#include <ctype.h>
#include <string.h>

#include "cmds/walk.h"

bool
pd_count_arg(const char *arg, uint64_t *out)
{
	long n;

	if (!pd_parse_int(arg, &n) || n < 1)
		return false;
	*out = (uint64_t)n;
	return true;
}

/* A dotted name. */
static bool
is_name(const char *p)
{
	bool first = true;

	for (; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '.' && !first)
			first = true;
		else if (c >= 0x80 || c == '_' || isalpha(c) ||
		    (!first && isdigit(c)))
			first = false;
		else
			return false;
	}
	return !first;
}

enum pd_cmd_status
pd_step_counted(struct pd_session *s, const struct pd_cmd *cmd,
    const char *arg, struct pd_resume *req)
{
	enum pd_cmd_status rc;
	bool named = false;

	if (*arg != '\0' && !pd_count_arg(arg, &req->count)) {
		named = req->mode == PD_RESUME_STEP && !req->insn &&
		    is_name(arg);
		if (!named && s->py >= PD_PY(3, 13))
			return pd_session_bad_arg(s, cmd, arg);
	}
	if (!named)
		return pd_session_resume(s, req);
	/* The plan is next's; a call of that name stops. */
	req->mode = PD_RESUME_NEXT;
	req->name = pd_str_from(arg);
	rc = pd_session_resume(s, req);
	pd_str_done(&req->name);
	if (rc == PD_CMD_RESUMED && s->alive &&
	    s->stop.kind == PD_STOP_LINE && s->stop.bps.n == 0)
		pd_out(s->sink, PD_ROLE_NOTE,
		    "%s was not called there.\n", arg);
	return rc;
}
