/*
 * save: breakpoints for another time.
 */
#include <string.h>

#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	static const char what[] = "breakpoints";
	size_t n = strcspn(arg, " \t");
	const char *file = arg + n + strspn(arg + n, " \t");
	uint64_t count = 0;
	struct pd_err err;

	if (n == 0 || n > strlen(what) || memcmp(what, arg, n) != 0 ||
	    *file == '\0') {
		pd_out_error(s->sink, "save breakpoints wants a file");
		return PD_CMD_FAILED;
	}
	if (pd_save_breakpoints(s, file, &count, &err) < 0)
		return pd_session_fail(s, &err);
	pd_out(s->sink, PD_ROLE_TEXT, "Saved %llu breakpoint%s to '%s'.\n",
	    (unsigned long long)count, count == 1 ? "" : "s", file);
	return PD_CMD_STAY;
}

static const char *
word(size_t i)
{
	return i == 0 ? "breakpoints" : NULL;
}

const struct pd_cmd pd_cmd_save = {
	.name = "save",
	.group = PD_GROUP_BREAKPOINTS,
	.args = { PD_ARG_WORD, PD_ARG_FILE },
	.words = word,
	.usage = "save breakpoints file",
	.summary = "Write breakpoints to a file.",
	.help =
	    "Write all breakpoints, with their conditions, counts and\n"
	    "commands, to a file of commands that sets them again.  Read\n"
	    "it with `source file`, or with -x at the next start.",
	.example = "save breakpoints bugs.pydbg",
	.repeat = PD_REPEAT_NONE,
	.soft = true,
	.exec = run,
};
