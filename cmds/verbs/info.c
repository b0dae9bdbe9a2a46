/*
 * info: what the debugger knows.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

struct topic {
	const char	*name;
	size_t		 least;		/* letters that are enough */
	const char	*summary;
	bool		 process;	/* needs one */
	enum pd_cmd_status (*show)(struct pd_session *);
};

static enum pd_cmd_status
info_breakpoints(struct pd_session *s)
{
	pd_bps_table(s, true);
	return PD_CMD_STAY;
}

static void
field(struct pd_session *s, const char *name, const struct pd_str *v)
{
	if (v->n == 0)
		return;
	pd_out(s->sink, PD_ROLE_NAME, "%s", name);
	pd_out_str(s->sink, PD_ROLE_VALUE, v);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

static enum pd_cmd_status
info_python(struct pd_session *s)
{
	const struct pd_python *py = &s->target->py;

	field(s, "python   ", &s->launch.python);
	field(s, "because  ", &s->python_why);
	field(s, "version  ", &py->version);
	field(s, "runs as  ", &py->executable);
	field(s, "prefix   ", &py->prefix);
	field(s, "engine   ", &py->engine);
	field(s, "hook     ", &py->backend);
	if (s->alive && py->pid != 0)
		pd_out(s->sink, PD_ROLE_TEXT, "process  %llu\n",
		    (unsigned long long)py->pid);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
info_args(struct pd_session *s)
{
	return pd_show_args(s, PD_VARS_ARGS);
}

static enum pd_cmd_status
info_locals(struct pd_session *s)
{
	return pd_show_args(s, PD_VARS_LOCALS);
}

static const struct topic topics[] = {
	{ "args", 1, "the function's arguments", true, info_args },
	{ "breakpoints", 1, "the breakpoints, and what became of them", false,
	    info_breakpoints },
	{ "locals", 2, "the local variables", true, info_locals },
	{ "python", 2, "the program's Python, and why that one",
	    false, info_python },
};
#define NTOPICS	(sizeof(topics) / sizeof(topics[0]))

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	size_t n = strlen(arg);

	for (size_t i = 0; i < NTOPICS && n > 0; i++) {
		if (n < topics[i].least ||
		    strncmp(topics[i].name, arg, n) != 0)
			continue;
		if (topics[i].process && !s->alive) {
			pd_out_error(s->sink, "The program is not being run.");
			return PD_CMD_FAILED;
		}
		return topics[i].show(s);
	}
	if (n > 0) {
		pd_out_error(s->sink, "info knows nothing of %s; "
		    "`info` alone lists what there is", arg);
		return PD_CMD_FAILED;
	}
	for (size_t i = 0; i < NTOPICS; i++)
		pd_out(s->sink, PD_ROLE_TEXT, "info %-12s %s\n",
		    topics[i].name, topics[i].summary);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_info = {
	.name = "info",
	.aliases = { "inf" },
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_EXPR },
	.usage = "inf(o) [subcommand]",
	.summary = "Show what the debugger knows.",
	.help =
	    "breakpoints (b)  the breakpoints, and what became of them\n"
	    "python           the program's Python, and why that one\n"
	    "args             the function's arguments\n"
	    "locals           the local variables",
	.example = "info b",
	.exec = run,
};
