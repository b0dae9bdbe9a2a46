/*
 * unalias: takes an alias away.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_vec words = { 0 };

	pd_parse_words(arg, &words);
	if (words.n == 0) {
		pd_parse_words_done(&words);
		if (s->py < PD_PY(3, 13))
			return PD_CMD_STAY;
		return pd_session_bad_arg(s, &pd_cmd_unalias, arg);
	}
	/* As in pdb, one that is not there is no error. */
	pd_alias_remove(s, PD_VEC_AT(&words, struct pd_str, 0)->s);
	pd_parse_words_done(&words);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_unalias = {
	.name = "unalias",
	.group = PD_GROUP_SESSION,
	.wants_arg = true,
	.args = { PD_ARG_ALIAS },
	.usage = "unalias name",
	.summary = "Take an alias away.",
	.help = "Take the alias of that name away.",
	.example = "unalias pi",
	.exec = run,
};
