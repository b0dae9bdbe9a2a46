/*
 * break and tbreak: from what the user typed to a breakpoint.
 *
 * The argument is pdb's: [FILE:]LINE or FUNCTION, then a comma and a
 * condition (Lib/pdb.py do_break()).  With a process the engine knows where
 * it goes; without one a file is looked at on disk.
 */
#include <string.h>

#include "base/path.h"
#include "cmds/walk.h"

#define LL(x)	((unsigned long long)(x))

/* The parts of the argument, owned. */
struct spec {
	struct pd_str	 file;		/* absent: the frame's */
	struct pd_str	 text;		/* the line or function, as typed */
	struct pd_str	 cond;		/* absent: none */
	struct pd_str	 print;		/* dprintf; absent: none */
	bool		 is_line;
	long		 line;
	uint64_t	 thread;	/* 0: any */
};

static struct pd_str
stripped(const char *p, size_t n)
{
	pd_parse_strip(&p, &n);
	return pd_str_new(p, n);
}

/* Where the word stands in the first n bytes, between blanks; NULL. */
static const char *
find_word(const char *p, size_t n, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len < n; i++)
		if ((i == 0 || p[i - 1] == ' ' || p[i - 1] == '\t') &&
		    memcmp(p + i, word, len) == 0 &&
		    (p[i + len] == ' ' || p[i + len] == '\t'))
			return p + i;
	return NULL;
}

/* What follows the place: pdb's ", CONDITION", gdb's "thread N" and
 * "if CONDITION".  Gives how long the place is. */
static size_t
take_tail(struct spec *sp, const char *arg)
{
	const char *comma = strchr(arg, ','), *word;
	size_t n = strlen(arg);
	long thread;

	/* A comma in front is no separator, as with pdb. */
	if (comma == arg)
		comma = NULL;
	word = find_word(arg, comma != NULL ? (size_t)(comma - arg) : n,
	    "if");
	if (word != NULL) {
		sp->cond = stripped(word + 2, strlen(word + 2));
		n = (size_t)(word - arg);
	} else if (comma != NULL) {
		sp->cond = stripped(comma + 1, strlen(comma + 1));
		n = (size_t)(comma - arg);
	}
	word = find_word(arg, n, "thread");
	if (word != NULL) {
		struct pd_str number = stripped(word + 6,
		    n - (size_t)(word + 6 - arg));

		if (pd_parse_int(number.s, &thread) && thread > 0) {
			sp->thread = (uint64_t)thread;
			n = (size_t)(word - arg);
		}
		pd_str_done(&number);
	}
	return n;
}

static void
place_parse(struct spec *sp, const char *arg, size_t n)
{
	const char *colon = memrchr(arg, ':', n);

	if (colon != NULL) {
		sp->file = stripped(arg, (size_t)(colon - arg));
		n -= (size_t)(colon + 1 - arg);
		arg = colon + 1;
	}
	sp->text = stripped(arg, n);
	sp->is_line = pd_parse_int(sp->text.s, &sp->line);
}

static void
spec_parse(struct spec *sp, const char *arg)
{
	memset(sp, 0, sizeof(*sp));
	place_parse(sp, arg, take_tail(sp, arg));
}

/* No place, only a tail: the selected frame's line. */
static void
default_place(struct pd_session *s, struct spec *sp)
{
	const struct pd_frame *f = pd_session_frame(s);

	if (sp->text.n > 0 || sp->file.s != NULL || f == NULL)
		return;
	sp->line = pd_frame_now(f);
	sp->is_line = true;
	pd_str_done(&sp->text);
	sp->text = pd_strf("%ld", sp->line);
}

static void
spec_done(struct spec *sp)
{
	pd_str_done(&sp->file);
	pd_str_done(&sp->text);
	pd_str_done(&sp->cond);
	pd_str_done(&sp->print);
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
	if (sp->is_line)
		req.line = sp->line > 0 ? (uint64_t)sp->line : 1;
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
	if (loc->status == PD_LOCATE_NO_FUNC && sp->file.s != NULL) {
		pd_out_error(s->sink, "Bad lineno: %s", sp->text.s);
		return PD_CMD_FAILED;
	}
	if (loc->status == PD_LOCATE_NO_FUNC)
		return tell_quoted(s, "The specified object ", &sp->text,
		    " is not a function or was not found along sys.path.");
	/* Without a process functions are not looked up. */
	if (sp->file.s != NULL && !sp->is_line && !s->alive) {
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
	bp->qualname = pd_str_dup(&loc->qualname);
	bp->print = pd_str_dup(&sp->print);
	bp->thread = sp->thread;
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
	pd_out(s->sink, PD_ROLE_TEXT, "%s %llu at ",
	    bp->print.s != NULL ? "Dprintf" : "Breakpoint", LL(bp->id));
	pd_out_str(s->sink, PD_ROLE_FILE, &bp->file);
	pd_out(s->sink, PD_ROLE_TEXT, ":");
	pd_out(s->sink, PD_ROLE_LINE, "%llu\n", LL(bp->line));
	if (loc->asked != 0)
		pd_out(s->sink, PD_ROLE_NOTE, "Line %llu has no code; the "
		    "breakpoint is at line %llu.\n", LL(loc->asked),
		    LL(bp->line));
	return PD_CMD_STAY;
}

/* What has been taken apart becomes a breakpoint. */
static enum pd_cmd_status
place(struct pd_session *s, struct spec *sp, bool temporary)
{
	struct pd_location loc = { 0 };
	enum pd_cmd_status rc = PD_CMD_FAILED;

	default_place(s, sp);
	if ((sp->cond.s == NULL || pd_bps_check_cond(s, sp->cond.s)) &&
	    locate(s, sp, &loc) == 0) {
		rc = judge(s, sp, &loc);
		if (rc == PD_CMD_STAY)
			rc = add(s, sp, &loc, temporary);
	}
	pd_rec_done(&pd_location_desc, &loc);
	return rc;
}

enum pd_cmd_status
pd_place_break(struct pd_session *s, const char *arg, bool temporary)
{
	struct spec sp;
	enum pd_cmd_status rc;

	if (*arg == '\0' && !(pd_dialect_gdb(s) && s->alive)) {
		pd_bps_table(s, false);
		return PD_CMD_STAY;
	}
	spec_parse(&sp, arg);
	rc = place(s, &sp, temporary);
	spec_done(&sp);
	return rc;
}

bool
pd_place_find(struct pd_session *s, const char *arg,
    struct pd_location *loc)
{
	struct spec sp = { 0 };
	bool ok;

	place_parse(&sp, arg, strlen(arg));
	ok = locate(s, &sp, loc) == 0 && judge(s, &sp, loc) == PD_CMD_STAY;
	spec_done(&sp);
	return ok;
}

enum pd_cmd_status
pd_place_dprintf(struct pd_session *s, const char *arg)
{
	const char *comma = strchr(arg, ',');
	struct spec sp = { 0 };
	enum pd_cmd_status rc;

	if (comma == NULL || comma[1] == '\0') {
		pd_out_error(s->sink, "dprintf wants a location and a "
		    "format: dprintf 12,\"x is %%d\\n\",x");
		return PD_CMD_FAILED;
	}
	place_parse(&sp, arg, (size_t)(comma - arg));
	sp.print = stripped(comma + 1, strlen(comma + 1));
	rc = place(s, &sp, false);
	spec_done(&sp);
	return rc;
}
