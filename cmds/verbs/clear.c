/*
 * clear: deletes breakpoints.
 */
#include <string.h>
#include <strings.h>

#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
delete_one(struct pd_session *s, struct pd_bp *bp)
{
	struct pd_buf b = { 0 };

	pd_bps_describe(&b, bp);
	pd_session_bp_delete(s, bp);
	pd_out(s->sink, PD_ROLE_TEXT, "Deleted %s\n", pd_buf_c(&b));
	pd_buf_done(&b);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
delete_all(struct pd_session *s)
{
	struct pd_buf answer = { 0 };
	const char *p;
	size_t n;
	bool yes;

	pd_out_flush(s->sink);
	if (!s->settings.confirm)
		pd_buf_adds(&answer, "y");
	else if (s->read_line == NULL || s->read_line(s->read_ctx,
	    "Clear all breaks? ", &answer) < 0)
		pd_buf_reset(&answer);
	p = pd_buf_c(&answer);
	n = answer.n;
	pd_parse_strip(&p, &n);
	yes = (n == 1 && strncasecmp(p, "y", 1) == 0) ||
	    (n == 3 && strncasecmp(p, "yes", 3) == 0);
	pd_buf_done(&answer);
	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (yes && bp->id != 0)
			delete_one(s, bp);
	return PD_CMD_STAY;
}

static bool
has_any(struct pd_session *s, const char *file)
{
	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (bp->id != 0 && pd_str_eq(&bp->file, file))
			return true;
	return false;
}

static enum pd_cmd_status
delete_at(struct pd_session *s, const char *arg, const char *colon)
{
	struct pd_str name = pd_str_new(arg, (size_t)(colon - arg));
	struct pd_str file = pd_place_canonic(s, name.s);
	enum pd_cmd_status rc = PD_CMD_FAILED;
	long line;

	if (!pd_parse_int(colon + 1, &line)) {
		pd_out_error(s->sink, "Invalid line number (%s)", colon + 1);
	} else if (!has_any(s, file.s)) {
		pd_out_error(s->sink, "There are no breakpoints in %s",
		    file.s);
	} else if (!pd_session_bp_at(s, file.s, (uint64_t)line)) {
		pd_out_error(s->sink, "There is no breakpoint at %s:%ld",
		    file.s, line);
	} else {
		rc = PD_CMD_STAY;
		PD_VEC_EACH(&s->bps, struct pd_bp, bp)
			if (bp->id != 0 && bp->line == (uint64_t)line &&
			    pd_str_eq(&bp->file, file.s))
				delete_one(s, bp);
	}
	pd_str_done(&name);
	pd_str_done(&file);
	return rc;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const char *colon = strrchr(arg, ':');

	if (*arg == '\0')
		return delete_all(s);
	if (colon != NULL)
		return delete_at(s, arg, colon);
	return pd_bps_each(s, arg, delete_one);
}

const struct pd_cmd pd_cmd_clear = {
	.name = "clear",
	.aliases = { "cl" },
	.group = PD_GROUP_BREAKPOINTS,
	.args = { PD_ARG_BREAKPOINT },
	.usage = "cl(ear) [filename:lineno | bpnumber ...]",
	.summary = "Delete breakpoints.",
	.help =
	    "With numbers, delete these breakpoints.  With a file and a\n"
	    "line, delete all that are there.  Without an argument, ask,\n"
	    "then delete all.",
	.example = "clear 1 3",
	.exec = run,
};
