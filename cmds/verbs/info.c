/*
 * info: what the debugger knows.
 */
#include <string.h>

#include "cmds/display.h"
#include "cmds/graph.h"
#include "cmds/walk.h"
#include "rows.h"

struct topic {
	const char	*name;
	size_t		 least;		/* letters that are enough */
	const char	*summary;
	bool		 process;	/* needs one */
	/* rest: what follows the topic, "" if nothing */
	enum pd_cmd_status (*show)(struct pd_session *, const char *rest);
};

static enum pd_cmd_status
info_breakpoints(struct pd_session *s, const char *rest)
{
	(void)rest;
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
info_python(struct pd_session *s, const char *rest)
{
	const struct pd_python *py = &s->target->py;

	(void)rest;
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
info_args(struct pd_session *s, const char *rest)
{
	(void)rest;
	return pd_show_args(s, PD_VARS_ARGS);
}

static enum pd_cmd_status
info_locals(struct pd_session *s, const char *rest)
{
	(void)rest;
	return pd_show_args(s, PD_VARS_LOCALS);
}

static enum pd_cmd_status
info_threads(struct pd_session *s, const char *rest)
{
	(void)rest;
	return pd_threads_list(s);
}

static enum pd_cmd_status
info_skip(struct pd_session *s, const char *rest)
{
	(void)rest;
	pd_skips_table(s);
	return PD_CMD_STAY;
}

static enum pd_cmd_status
info_display(struct pd_session *s, const char *rest)
{
	const struct pd_cmd *display = pd_cmd_find("display", 7);

	if (display == NULL || *rest != '\0') {
		pd_out_error(s->sink, "info display takes no argument");
		return PD_CMD_FAILED;
	}
	if (pd_dialect_gdb(s)) {
		pd_display_table(s);
		return PD_CMD_STAY;
	}
	return display->exec(s, "");
}

/* What the program stopped for, and in a post mortem what led to it. */
static enum pd_cmd_status
info_exception(struct pd_session *s, const char *rest)
{
	const struct pd_cmd *list = pd_cmd_find("exceptions", 10);
	bool over = s->postmortem || s->stop.kind == PD_STOP_CORE;

	if (list == NULL || *rest != '\0') {
		pd_out_error(s->sink, "info exception takes no argument");
		return PD_CMD_FAILED;
	}
	if (s->stop.exception.n == 0) {
		pd_out(s->sink, PD_ROLE_NOTE, "The stop is not for an "
		    "exception.\n");
		return PD_CMD_STAY;
	}
	pd_out_str(s->sink, PD_ROLE_ERROR, &s->stop.exception);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
	return over ? list->exec(s, "") : PD_CMD_STAY;
}

static enum pd_cmd_status
info_win(struct pd_session *s, const char *rest)
{
	return pd_screen_run(s, PD_SCREEN_INFO, rest);
}

static const struct topic topics[] = {
	{ "args", 1, "the function's arguments", true, info_args },
	{ "breakpoints", 1, "the breakpoints, and what became of them", false,
	    info_breakpoints },
	{ "display", 1, "what is displayed at each stop", true,
	    info_display },
	{ "exception", 1, "the exception that the program stopped for", true,
	    info_exception },
	{ "frame", 1, "the selected frame", true, pd_info_frame },
	{ "functions", 2, "functions: of this module, or all that match a "
	    "pattern", true, pd_info_functions },
	{ "line", 2, "the bytecode of a line", true, pd_info_line },
	{ "locals", 2, "the local variables", true, info_locals },
	{ "modules", 1, "the modules that are loaded", true,
	    pd_info_modules },
	{ "output", 1, "what the program has written last: on the full "
	    "screen, in a core", false, pd_info_output },
	{ "python", 2, "the program's Python, and why that one",
	    false, info_python },
	{ "skip", 2, "what stepping passes over", false, info_skip },
	{ "source", 2, "the selected frame's file", true, pd_info_source },
	{ "threads", 1, "the program's threads", true, info_threads },
	{ "types", 2, "objects and their bytes by type: of all types, or of "
	    "one", true, pd_graph_types },
	{ "win", 1, "the panes of the full screen", false, info_win },
};
#define NTOPICS	(sizeof(topics) / sizeof(topics[0]))

static const char *
topic_word(size_t i)
{
	return i < NTOPICS ? topics[i].name : NULL;
}

static void
list_topics(struct pd_session *s)
{
	for (size_t i = 0; i < NTOPICS; i++)
		pd_out(s->sink, PD_ROLE_TEXT, "info %-12s %s\n",
		    topics[i].name, topics[i].summary);
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	size_t n = strcspn(arg, " \t");
	const char *rest = arg + n + strspn(arg + n, " \t");

	if (n == 0) {
		list_topics(s);
		return PD_CMD_STAY;
	}
	for (size_t i = 0; i < NTOPICS; i++) {
		if (n < topics[i].least ||
		    strncmp(topics[i].name, arg, n) != 0)
			continue;
		if (topics[i].process && !s->alive) {
			pd_out_error(s->sink, "The program is not being run.");
			return PD_CMD_FAILED;
		}
		return topics[i].show(s, rest);
	}
	pd_out_error(s->sink, "info knows nothing of %s; `info` alone lists "
	    "what there is", arg);
	return PD_CMD_FAILED;
}

const struct pd_cmd pd_cmd_info = {
	.name = "info",
	.aliases = { "inf", "i" },
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_WORD, PD_ARG_TEXT },
	.words = topic_word,
	.usage = "inf(o) [subject [argument]]",
	.summary = "Show what the debugger knows.",
	.help =
	    "Without a subject list the subjects.  Their names may be\n"
	    "shortened.  A pattern is a regular expression as grep -E's.",
	.example = "info b",
	.soft = true,
	.exec = run,
};
