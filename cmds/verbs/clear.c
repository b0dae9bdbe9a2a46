/*
 * clear: deletes breakpoints.
 */
#include <string.h>

#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
delete_all(struct pd_session *s)
{
	bool yes = pd_session_confirm(s, "Clear all breaks? ");

	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (yes && bp->id != 0)
			pd_bps_delete_one(s, bp);
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
				pd_bps_delete_one(s, bp);
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
	return pd_bps_each(s, arg, pd_bps_delete_one);
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
