/*
 * break and tbreak: from what the user typed to a breakpoint.
 *
 * The argument is pdb's: [FILE:]LINE or FUNCTION, then a comma and a
 * condition (Lib/pdb.py do_break()).  With a process the engine knows where
 * it goes; without one a file is looked at on disk.
 */
#include <string.h>

#include "base/path.h"
#include "cmds/room.h"

#define LL(x)	((unsigned long long)(x))

/* The parts of the argument, owned. */
struct spec {
	struct pd_str	 file;		/* absent: the frame's */
	struct pd_str	 text;		/* the line or function, as typed */
	struct pd_str	 cond;		/* absent: none */
	bool		 is_line;
	long		 line;
};

static struct pd_str
stripped(const char *p, size_t n)
{
	pd_parse_strip(&p, &n);
	return pd_str_new(p, n);
}

static void
spec_parse(struct spec *sp, const char *arg)
{
	size_t n = strlen(arg);
	const char *comma = strchr(arg, ','), *colon;

	memset(sp, 0, sizeof(*sp));
	/* A comma in front is no separator, as with pdb. */
	if (comma != NULL && comma > arg) {
		sp->cond = stripped(comma + 1, strlen(comma + 1));
		n = (size_t)(comma - arg);
	}
	colon = memrchr(arg, ':', n);
	if (colon != NULL) {
		sp->file = stripped(arg, (size_t)(colon - arg));
		n -= (size_t)(colon + 1 - arg);
		arg = colon + 1;
	}
	sp->text = stripped(arg, n);
	sp->is_line = pd_parse_int(sp->text.s, &sp->line);
}

static void
spec_done(struct spec *sp)
{
	pd_str_done(&sp->file);
	pd_str_done(&sp->text);
	pd_str_done(&sp->cond);
}

struct pd_str
pd_place_canonic(struct pd_session *s, const char *name)
{
	size_t n = strlen(name);

	if (n > 1 && name[0] == '<' && name[n - 1] == '>')
		return pd_str_new(name, n);
	return pd_path_abs(name, s->launch.cwd.s);
}

static bool
is_script(const struct pd_session *s)
{
	return s->what.n > 0 && s->what.s[0] == '/';
}

/* A file without a process: absolute, beside the script, or in the working
 * directory, with or without .py. Absent if there is none. */
static struct pd_str
find_file(struct pd_session *s, const char *name)
{
	struct pd_str dir, full, with_py, dirs[2];
	struct pd_str found = { 0 };

	dirs[0] = is_script(s) ? pd_path_dir(s->what.s) : pd_str_from(NULL);
	dirs[1] = pd_path_abs(".", s->launch.cwd.s);
	for (size_t i = 0; i < 2; i++) {
		dir = dirs[i];
		if (dir.s == NULL || found.s != NULL)
			continue;
		full = pd_path_abs(name, dir.s);
		with_py = pd_strf("%s.py", full.s);
		if (pd_path_exists(full.s) && !pd_path_is_dir(full.s))
			found = pd_str_dup(&full);
		else if (pd_path_exists(with_py.s))
			found = pd_str_dup(&with_py);
		pd_str_done(&full);
		pd_str_done(&with_py);
	}
	pd_str_done(&dirs[0]);
	pd_str_done(&dirs[1]);
	return found;
}

/* pdb's idea of a line that cannot hold a breakpoint. */
static bool
is_blank_or_comment(const char *p, size_t n)
{
	pd_parse_strip(&p, &n);
	return n == 0 || *p == '#' || (n >= 3 &&
	    (memcmp(p, "\"\"\"", 3) == 0 || memcmp(p, "'''", 3) == 0));
}

/* locate, answered from the disk. -1: told. */
static int
locate_on_disk(struct pd_session *s, const struct spec *sp,
    struct pd_location *loc)
{
	struct pd_frame f = { 0 };
	const char *p;
	size_t n;

	if (sp->file.s == NULL && (!sp->is_line || !is_script(s))) {
		pd_out_error(s->sink, "The program is not being run.");
		return -1;
	}
	loc->file = sp->file.s != NULL ? find_file(s, sp->file.s) :
	    pd_str_dup(&s->what);
	loc->line = sp->line > 0 ? (uint64_t)sp->line : 0;
	loc->pending = true;
	if (loc->file.s == NULL) {
		loc->status = PD_LOCATE_NO_FILE;
		return 0;
	}
	/* The file may be another one by now than the one that was run. */
	pd_source_forget(s);
	f.file = loc->file;
	p = sp->is_line ? pd_session_source_line(s, &f, sp->line, &n) : "";
	if (p == NULL)
		loc->status = PD_LOCATE_EOF;
	else if (sp->is_line && is_blank_or_comment(p, n))
		loc->status = PD_LOCATE_BLANK;
	return 0;
}

static int
locate(struct pd_session *s, const struct spec *sp, struct pd_location *loc)
{
	struct pd_locate req = { .file = sp->file, .frame = s->frame };
	struct pd_err err;

	if (!s->alive)
		return locate_on_disk(s, sp, loc);
	/* A line below 1 is asked for as 1: the file must be looked up first,
	 * pdb says whether it was found before it says what is wrong. */
	if (sp->is_line || sp->file.s != NULL)
		req.line = sp->is_line && sp->line > 0 ?
		    (uint64_t)sp->line : 1;
	else
		req.spec = sp->text;
	if (s->target->ops->locate(s->target, &req, loc, &err) < 0) {
		pd_session_fail(s, &err);
		return -1;
	}
	return 0;
}

static enum pd_cmd_status
tell_quoted(struct pd_session *s, const char *before, const struct pd_str *q,
    const char *after)
{
	struct pd_buf b = { 0 };

	pd_parse_repr(&b, pd_str_c(q), q->n);
	pd_out_error(s->sink, "%s%s%s", before, pd_buf_c(&b), after);
	pd_buf_done(&b);
	return PD_CMD_FAILED;
}

/* STAY if a breakpoint can go there, else what is wrong was told. */
static enum pd_cmd_status
judge(struct pd_session *s, const struct spec *sp,
    const struct pd_location *loc)
{
	if (loc->status == PD_LOCATE_NO_FILE)
		return tell_quoted(s, "", sp->file.s != NULL ? &sp->file :
		    &loc->file, " not found from sys.path");
	if (loc->status == PD_LOCATE_NO_FUNC)
		return tell_quoted(s, "The specified object ", &sp->text,
		    " is not a function or was not found along sys.path.");
	if (sp->file.s != NULL && !sp->is_line) {
		pd_out_error(s->sink, "Bad lineno: %s", sp->text.s);
		return PD_CMD_FAILED;
	}
	if (loc->status == PD_LOCATE_EOF || (sp->is_line && sp->line < 1)) {
		pd_out(s->sink, PD_ROLE_ERROR, "End of file\n");
		return PD_CMD_FAILED;
	}
	if (loc->status == PD_LOCATE_BLANK) {
		pd_out_error(s->sink, "Blank or comment");
		return PD_CMD_FAILED;
	}
	return PD_CMD_STAY;
}

static enum pd_cmd_status
add(struct pd_session *s, const struct spec *sp, struct pd_location *loc,
    bool temporary)
{
	struct pd_bp *bp = PD_VEC_PUSH(&s->bps, struct pd_bp);
	struct pd_err err;

	bp->id = s->last_bp + 1;
	bp->file = pd_str_dup(&loc->file);
	bp->line = loc->line;
	bp->func = pd_str_dup(&loc->func);
	if (sp->cond.n > 0)
		bp->cond = pd_str_dup(&sp->cond);
	bp->enabled = true;
	bp->temporary = temporary;
	bp->pending = loc->pending;
	if (pd_session_bp_push(s, bp, &err) < 0) {
		pd_rec_done(&pd_bp_desc, bp);
		s->bps.n--;
		return pd_session_fail(s, &err);
	}
	s->last_bp = bp->id;
	pd_out(s->sink, PD_ROLE_TEXT, "Breakpoint %llu at ", LL(bp->id));
	pd_out_str(s->sink, PD_ROLE_FILE, &bp->file);
	pd_out(s->sink, PD_ROLE_TEXT, ":");
	pd_out(s->sink, PD_ROLE_LINE, "%llu\n", LL(bp->line));
	if (loc->asked != 0)
		pd_out(s->sink, PD_ROLE_NOTE, "Line %llu has no code; the "
		    "breakpoint is at line %llu.\n", LL(loc->asked),
		    LL(bp->line));
	return PD_CMD_STAY;
}

enum pd_cmd_status
pd_place_break(struct pd_session *s, const char *arg, bool temporary)
{
	struct pd_location loc = { 0 };
	struct spec sp;
	enum pd_cmd_status rc = PD_CMD_FAILED;

	if (*arg == '\0') {
		pd_bps_table(s, false);
		return PD_CMD_STAY;
	}
	spec_parse(&sp, arg);
	if ((sp.cond.s == NULL || pd_bps_check_cond(s, sp.cond.s)) &&
	    locate(s, &sp, &loc) == 0) {
		rc = judge(s, &sp, &loc);
		if (rc == PD_CMD_STAY)
			rc = add(s, &sp, &loc, temporary);
	}
	spec_done(&sp);
	pd_rec_done(&pd_location_desc, &loc);
	return rc;
}
