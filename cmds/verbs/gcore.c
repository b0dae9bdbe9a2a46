/*
 * generate-core-file: what there is, in a file, to be looked at elsewhere.
 */
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "cmds/room.h"
#include "rows.h"

#define OUTPUT_MAX	((size_t)1 << 20)	/* bytes of what it wrote */

/* As typed, from the debugger's directory; ~ is the home. */
static struct pd_str
absolute(const char *arg)
{
	const char *home = getenv("HOME");
	struct pd_str s, abs;

	s = arg[0] == '~' && arg[1] == '/' && home != NULL ?
	    pd_strf("%s%s", home, arg + 1) : pd_str_from(arg);
	abs = pd_path_abs(s.s, NULL);
	pd_str_done(&s);
	return abs;
}

static void
tell(struct pd_session *s, const struct pd_dump_report *rep)
{
	pd_out(s->sink, PD_ROLE_TEXT, "Saved corefile ");
	pd_out_str(s->sink, PD_ROLE_FILE, &rep->file);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
	if (rep->limit.s != NULL)
		pd_out(s->sink, PD_ROLE_NOTE, "[not all of it: core-max-%s; "
		    "%llu objects are in it]\n", rep->limit.s,
		    (unsigned long long)rep->objects);
}

/* The last lines of what the program has written, whole ones. */
static struct pd_str
output(struct pd_session *s)
{
	size_t lines = (size_t)s->settings.core_output_lines;
	struct pd_buf b = { 0 };
	const char *at;

	if (lines == 0 || !pd_screen_output(s, lines, &b))
		return (struct pd_str){ 0 };
	if (b.n > OUTPUT_MAX) {
		at = memchr(b.s + (b.n - OUTPUT_MAX), '\n', OUTPUT_MAX);
		pd_buf_drop(&b, at != NULL ? (size_t)(at + 1 - b.s) : b.n);
	}
	return pd_buf_take(&b);
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_settings *set = &s->settings;
	struct pd_dump_req req = { .limits = {
		.bytes = (uint64_t)set->core_max_bytes,
		.objects = (uint64_t)set->core_max_objects,
		.ms = (uint64_t)set->core_max_seconds * 1000,
		.depth = (uint64_t)set->core_max_depth,
		.redact = set->core_redact } };
	struct pd_dump_report rep = { 0 };
	struct pd_err err;
	int rc;

	if (*arg != '\0')
		req.file = absolute(arg);
	req.output = output(s);
	pd_out_flush(s->sink);
	rc = s->target->ops->dump(s->target, &req, &rep, &err);
	pd_str_done(&req.file);
	pd_str_done(&req.output);
	if (rc < 0)
		return pd_session_fail(s, &err);
	tell(s, &rep);
	pd_rec_done(&pd_dump_report_desc, &rep);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_gcore = {
	.name = "generate-core-file",
	.aliases = { "gcore" },
	.group = PD_GROUP_DATA,
	.args = { PD_ARG_FILE },
	.usage = "generate-core-file [file]",
	.summary = "Write a core file of the program.",
	.help =
	    "Write all threads, their frames and the objects that these\n"
	    "lead to to a file, which `pydbg --core file` opens anywhere.\n"
	    "Nothing of the program is run.  Without a name the file is\n"
	    "SCRIPT.PID.pycore where the program is.  The settings core-...\n"
	    "limit it; values of the environment that look like secrets are\n"
	    "left out.",
	.example = "generate-core-file /tmp/wordcount.pycore",
	.needs = PD_CAP_FRAMES,
	.repeat = PD_REPEAT_NONE,
	.exec = run,
};
