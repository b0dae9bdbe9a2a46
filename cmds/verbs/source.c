/*
 * source: the source of an object, or a file of commands.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "cmds/walk.h"
#include "rows.h"

static void
put_lines(struct pd_session *s, const struct pd_object *o)
{
	struct pd_pylex lex = { 0 };
	const char *p = o->text.s, *end = p + o->text.n, *nl;
	unsigned long long line = o->line;
	size_t n;

	for (; p < end; p = nl + 1, line++) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL)
			nl = end;
		for (n = (size_t)(nl - p); n > 0 &&
		    isspace((unsigned char)p[n - 1]); n--)
			;
		pd_out(s->sink, PD_ROLE_LINE, "%3llu%s", line,
		    line < 1000 ? " " : "");
		pd_out(s->sink, PD_ROLE_TEXT, " \t");
		pd_source_put(s, &lex, p, n);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
	}
}

static enum pd_cmd_status
show_object(struct pd_session *s, const char *arg)
{
	struct pd_eval req = { .frame = s->frame };
	struct pd_object o = { 0 };
	enum pd_cmd_status rc = PD_CMD_STAY;
	struct pd_err err;

	pd_out_flush(s->sink);
	req.text = pd_str_from(arg);
	if (s->target->ops->object(s->target, &req, &o, &err) < 0) {
		rc = pd_session_fail(s, &err);
	} else if (o.failed) {
		pd_out(s->sink, PD_ROLE_ERROR, "*** ");
		pd_out_str(s->sink, PD_ROLE_ERROR, &o.text);
		pd_out(s->sink, PD_ROLE_ERROR, "\n");
		rc = PD_CMD_FAILED;
	} else {
		put_lines(s, &o);
	}
	pd_str_done(&req.text);
	pd_rec_done(&pd_object_desc, &o);
	return rc;
}

/* A file of commands is told from an expression by its being there. */
static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const char *home = getenv("HOME");
	struct pd_str name;
	bool is_file;

	if (arg[0] == '~' && arg[1] == '/')
		name = pd_strf("%s%s", home != NULL ? home : "", arg + 1);
	else
		name = pd_str_from(arg);
	is_file = name.n > 0 && pd_path_exists(name.s) &&
	    !pd_path_is_dir(name.s);
	if (is_file) {
		enum pd_cmd_status rc = pd_save_source(s, name.s);

		pd_str_done(&name);
		return rc;
	}
	pd_str_done(&name);
	if (!s->alive) {
		pd_out_error(s->sink, "There is no file %s.", arg);
		return PD_CMD_FAILED;
	}
	return show_object(s, arg);
}

const struct pd_cmd pd_cmd_source = {
	.name = "source",
	.group = PD_GROUP_SOURCE,
	.wants_arg = true,
	.args = { PD_ARG_EXPR },
	.usage = "source expression | file",
	.summary = "Show source text, or run a file.",
	.help =
	    "Show the source text of the object that the expression is:\n"
	    "a function, a class, a module, a frame.\n"
	    "If a file of that name is there its lines are run as\n"
	    "commands instead.",
	.example = "source json.loads",
	.exec = run,
};
