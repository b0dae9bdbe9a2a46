/*
 * delete: deletes breakpoints by their numbers.
 */
#include <string.h>

#include "cmds/walk.h"
#include "rows.h"

/* gdb's "delete display 1" and "delete breakpoints 1". */
static const char *
behind_word(const char *arg, const char *word)
{
	size_t n = strcspn(arg, " \t");

	if (n == 0 || strncmp(arg, word, n) != 0)
		return NULL;
	return arg + n + strspn(arg + n, " \t");
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const char *rest = behind_word(arg, "display");
	const struct pd_cmd *undisplay = pd_cmd_find("undisplay", 9);

	if (rest != NULL && undisplay != NULL)
		return undisplay->exec(s, rest);
	rest = behind_word(arg, "breakpoints");
	if (rest != NULL)
		arg = rest;
	if (*arg != '\0')
		return pd_bps_each_range(s, arg, pd_bps_delete_one);
	if (!pd_session_confirm(s, "Delete all breakpoints? (y or n) "))
		return PD_CMD_STAY;
	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (bp->id != 0)
			pd_bps_delete_one(s, bp);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_delete = {
	.name = "delete",
	.group = PD_GROUP_BREAKPOINTS,
	.args = { PD_ARG_BREAKPOINT },
	.usage = "delete [bpnumber | range ...]",
	.summary = "Delete breakpoints by number.",
	.help =
	    "Delete the breakpoints with these numbers; 2-4 means all\n"
	    "from 2 to 4.  Without numbers ask, then delete all.",
	.example = "delete 1 3-5",
	.repeat = PD_REPEAT_NONE,
	.soft = true,
	.exec = run,
};
