/*
 * apropos: which command, which setting is about something?
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	regex_t word;
	char why[256];
	int r;

	if (*arg == '\0') {
		pd_out_error(s->sink, "apropos needs a word");
		return PD_CMD_FAILED;
	}
	r = regcomp(&word, arg, REG_EXTENDED | REG_ICASE | REG_NOSUB);
	if (r != 0) {
		regerror(r, &word, why, sizeof(why));
		pd_out_error(s->sink, "Bad regular expression '%s': %s", arg,
		    why);
		return PD_CMD_FAILED;
	}
	if (pd_help_apropos(s, &word) == 0) {
		pd_out_error(s->sink, "Nothing is about '%s'", arg);
		regfree(&word);
		return PD_CMD_FAILED;
	}
	regfree(&word);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_apropos = {
	.name = "apropos",
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_TEXT },
	.usage = "apropos word",
	.summary = "Find commands and settings by a word.",
	.help =
	    "List the commands and the settings whose help holds the word,\n"
	    "an extended regular expression; case does not matter.",
	.example = "apropos stack",
	.exec = run,
};
