/*
 * longlist: the source of the whole function.
 */
#include "base/pyblock.h"
#include "cmds/room.h"
#include "rows.h"

/* Where the function begins.  Before 3.13 inspect goes up from the first
 * line of the code to something that looks like a function. */
static long
first_line(struct pd_session *s, const struct pd_frame *f)
{
	long line = f->firstline > 0 ? (long)f->firstline : 1;
	const char *p;
	size_t n;

	if (s->py >= PD_PY(3, 13))
		return line;
	for (; line > 1; line--) {
		p = pd_session_source_line(s, f, line, &n);
		/* The newline counts as the blank behind a def. */
		if (p == NULL || pd_pyblock_starts(p, n))
			break;
	}
	return line;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_frame *f = pd_session_frame(s);
	const struct pd_str *text = f != NULL ? pd_source_text(s, f) : NULL;
	const char *p;
	size_t n;
	long first;

	(void)arg;
	if (text == NULL || text->n == 0) {
		pd_out_error(s->sink, "could not get source code");
		return PD_CMD_FAILED;
	}
	if (f->is_module && pd_str_eq(&f->func, "<module>")) {
		pd_source_print(s, f, 1, pd_session_source_count(s, f));
		pd_source_warn_edited(s, true, false);
		return PD_CMD_STAY;
	}
	first = first_line(s, f);
	p = pd_session_source_line(s, f, first, &n);
	if (p == NULL) {
		pd_out_error(s->sink, "lineno is out of bounds");
		return PD_CMD_FAILED;
	}
	n = text->n - (size_t)(p - text->s);
	pd_source_print(s, f, first,
	    first + (long)pd_pyblock_lines(p, n) - 1);
	pd_source_warn_edited(s, true, false);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_longlist = {
	.name = "longlist",
	.aliases = { "ll" },
	.group = PD_GROUP_SOURCE,
	.usage = "ll | longlist",
	.summary = "Show the whole function.",
	.help =
	    "Show the source of the selected frame's function, or of the\n"
	    "file if the frame is a module's.",
	.example = "ll",
	.needs = PD_CAP_FRAMES,
	.no_args = true,
	.exec = run,
};
