/*
 * The text of the program's files, by line.
 *
 * For list, longlist and the checks of breakpoints.  The target gives the
 * texts (it decodes them, and knows loaders); they are kept until the next
 * start of the program, as pdb's linecache keeps them, because the lines that
 * run are those that were there then.  With no process a file is read
 * from disk.  It must not run the program's code.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/path.h"
#include "cmds/room.h"

#define SOURCE_MAX	(64u << 20)	/* bytes of a file */

#define TRUST_NS	10000000	/* what a stop says of its file */

struct entry {
	struct pd_str	 file;
	struct pd_str	 text;
	size_t		*start;		/* owned: offsets of the lines */
	size_t		 lines;
};

struct seen {
	struct pd_str	 file;
	uint64_t	 mtime;
};

struct pd_source_cache {
	struct pd_vec	 entries;	/* struct entry */
	struct pd_vec	 seen;		/* struct seen */
	uint64_t	 serial;	/* how often forgotten */
};

static struct pd_source_cache *
cache_of(struct pd_session *s)
{
	if (s->sources == NULL)
		s->sources = pd_xcalloc(1, sizeof(*s->sources));
	return s->sources;
}

void
pd_source_forget(struct pd_session *s)
{
	struct pd_source_cache *c = cache_of(s);
	uint64_t serial = c->serial + 1;

	PD_VEC_EACH(&c->entries, struct entry, e) {
		pd_str_done(&e->file);
		pd_str_done(&e->text);
		free(e->start);
	}
	PD_VEC_EACH(&c->seen, struct seen, f)
		pd_str_done(&f->file);
	pd_vec_done(&c->entries);
	pd_vec_done(&c->seen);
	memset(c, 0, sizeof(*c));
	c->serial = serial;
}

uint64_t
pd_session_source_serial(struct pd_session *s)
{
	return cache_of(s)->serial;
}

void
pd_source_free(struct pd_session *s)
{
	pd_source_forget(s);
	free(s->sources);
	s->sources = NULL;
}

static void
index_lines(struct entry *e)
{
	const char *p = e->text.s, *nl;
	size_t left = e->text.n, cap = 0;

	while (left > 0) {
		if (e->lines == cap) {
			cap = cap > 0 ? cap * 2 : 256;
			e->start = pd_xrealloc(e->start,
			    cap * sizeof(*e->start));
		}
		e->start[e->lines++] = (size_t)(p - e->text.s);
		nl = memchr(p, '\n', left);
		if (nl == NULL)
			break;
		left -= (size_t)(nl + 1 - p);
		p = nl + 1;
	}
}

/* A frozen module's code names no file, its __file__ does. */
static struct pd_str
frozen_file(struct pd_session *s, const struct pd_frame *f)
{
	struct pd_eval req = { .frame = f->index, .style = PD_EVAL_STR };
	struct pd_str file = { 0 };
	struct pd_value v = { 0 };
	struct pd_err err;

	if (!s->alive || !pd_starts(pd_str_c(&f->file), "<frozen"))
		return file;
	req.text = pd_str_from("__file__");
	if (s->target->ops->eval(s->target, &req, &v, &err) == 0 &&
	    !v.failed && v.text.n > 0)
		file = pd_place_canonic(s, v.text.s);
	pd_str_done(&req.text);
	pd_rec_done(&pd_value_desc, &v);
	return file;
}

static bool
ask(struct pd_session *s, const struct pd_str *file, uint64_t frame,
    struct pd_str *text)
{
	struct pd_source_req req = { .file = *file, .frame = frame };
	struct pd_source src = { 0 };
	struct pd_err err;

	if (!s->alive ||
	    s->target->ops->source(s->target, &req, &src, &err) < 0)
		return false;
	*text = src.text;
	memset(&src.text, 0, sizeof(src.text));
	pd_rec_done(&pd_source_desc, &src);
	return text->s != NULL;
}

static void
fetch(struct pd_session *s, const struct pd_frame *f, struct pd_str *text)
{
	struct pd_str other;
	struct pd_err err;

	memset(text, 0, sizeof(*text));
	if (ask(s, &f->file, f->index, text))
		return;
	other = frozen_file(s, f);
	if (other.s != NULL)
		ask(s, &other, f->index, text);
	/* No process, or one that cannot open files any more. */
	else if ((s->target->caps & PD_CAP_CORE) == 0 && f->file.s != NULL &&
	    f->file.s[0] == '/' &&
	    pd_path_read(f->file.s, SOURCE_MAX, text, &err) < 0)
		memset(text, 0, sizeof(*text));
	pd_str_done(&other);
}

static struct entry *
lookup(struct pd_session *s, const struct pd_frame *f)
{
	struct pd_source_cache *c = cache_of(s);
	struct pd_str text;
	struct entry *e;

	PD_VEC_EACH(&c->entries, struct entry, it)
		if (pd_str_eq(&it->file, pd_str_c(&f->file)))
			return it;
	fetch(s, f, &text);
	if (text.s == NULL)
		return NULL;
	e = PD_VEC_PUSH(&c->entries, struct entry);
	e->file = pd_str_dup(&f->file);
	e->text = text;
	index_lines(e);
	return e;
}

const struct pd_str *
pd_source_text(struct pd_session *s, const struct pd_frame *f)
{
	struct entry *e = lookup(s, f);

	return e != NULL ? &e->text : NULL;
}

const char *
pd_session_source_line(struct pd_session *s, const struct pd_frame *f,
    long line, size_t *len)
{
	struct entry *e = lookup(s, f);
	size_t end;

	if (e == NULL || line < 1 || (size_t)line > e->lines)
		return NULL;
	end = (size_t)line < e->lines ? e->start[line] : e->text.n;
	*len = end - e->start[line - 1];
	if (*len > 0 && e->text.s[end - 1] == '\n')
		--*len;
	return e->text.s + e->start[line - 1];
}

long
pd_session_source_count(struct pd_session *s, const struct pd_frame *f)
{
	struct entry *e = lookup(s, f);

	return e != NULL ? (long)e->lines : 0;
}

static void
put_piece(void *ctx, enum pd_pytok kind, const char *p, size_t n)
{
	static const enum pd_role roles[PD_PYTOK_MAX] = {
		[PD_PYTOK_TEXT] = PD_ROLE_SOURCE,
		[PD_PYTOK_KEYWORD] = PD_ROLE_KEYWORD,
		[PD_PYTOK_CONSTANT] = PD_ROLE_CONSTANT,
		[PD_PYTOK_BUILTIN] = PD_ROLE_BUILTIN,
		[PD_PYTOK_DEF] = PD_ROLE_DEF,
		[PD_PYTOK_STRING] = PD_ROLE_STRING,
		[PD_PYTOK_NUMBER] = PD_ROLE_NUMBER,
		[PD_PYTOK_COMMENT] = PD_ROLE_COMMENT,
		[PD_PYTOK_DECORATOR] = PD_ROLE_DECORATOR,
	};
	pd_out_text(ctx, roles[kind], p, n);
}

void
pd_source_put(struct pd_session *s, struct pd_pylex *lex, const char *p,
    size_t n)
{
	struct pd_pylex alone = { 0 };

	pd_pylex_line(lex != NULL ? lex : &alone, p, n, put_piece, s->sink);
}

/* What the lines before this one leave open. */
static void
lex_before(struct pd_session *s, const struct pd_frame *f, long line,
    struct pd_pylex *lex)
{
	const char *p;
	size_t n;

	memset(lex, 0, sizeof(*lex));
	for (long i = 1; i < line; i++) {
		p = pd_session_source_line(s, f, i, &n);
		pd_pylex_line(lex, p, n, NULL, NULL);
	}
}

void
pd_source_print(struct pd_session *s, const struct pd_frame *f, long first,
    long last)
{
	long count = pd_session_source_count(s, f), now = pd_frame_now(f);
	struct pd_pylex lex;
	size_t n;

	first = first < 1 ? 1 : first;
	last = last > count ? count : last;
	lex_before(s, f, first <= last ? first : 1, &lex);
	for (long i = first; i <= last; i++) {
		const char *p = pd_session_source_line(s, f, i, &n);

		while (n > 0 && isspace((unsigned char)p[n - 1]))
			n--;
		pd_out(s->sink, PD_ROLE_LINE, "%3ld%s", i,
		    i < 1000 ? " " : "");
		pd_out(s->sink, PD_ROLE_MARK, "%c%s",
		    pd_session_bp_at(s, pd_str_c(&f->file), (uint64_t)i) ?
		    'B' : ' ', i == now ? "->" :
		    f->now != 0 && i == (long)f->line ? ">>" : "");
		pd_out(s->sink, PD_ROLE_TEXT, "\t");
		pd_source_put(s, &lex, p, n);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
	}
}

/* The first command after a stop, at once: that of somebody who has typed
 * ahead, or a script's. */
static bool
just_stopped(struct pd_session *s)
{
	int64_t came = s->stop_came;

	s->stop_came = 0;
	return came != 0 && pd_clock_coarse_ns() - came < TRUST_NS;
}

/* When the frame's file was changed, in ns; 0: there is none.  A command of a
 * list runs at once: it is what the stop says. */
static uint64_t
time_of(struct pd_session *s, const struct pd_frame *f, bool at_once)
{
	struct stat st;

	at_once = just_stopped(s) || at_once;
	if (at_once && f == &s->stop.frame && s->stop.mtime != 0)
		return s->stop.mtime;
	if (stat(f->file.s, &st) < 0)
		return 0;
	return (uint64_t)st.st_mtim.tv_sec * 1000000000u +
	    (uint64_t)st.st_mtim.tv_nsec;
}

void
pd_source_warn_edited(struct pd_session *s, bool shown, bool at_once)
{
	bool tells = shown == (s->py >= PD_PY(3, 14));
	const struct pd_frame *f = pd_session_frame(s);
	struct pd_source_cache *c = cache_of(s);
	struct seen *seen = NULL;
	uint64_t now;

	if (f == NULL || f->file.s == NULL || f->file.s[0] != '/')
		return;
	PD_VEC_EACH(&c->seen, struct seen, it)
		if (pd_str_eq(&it->file, f->file.s))
			seen = it;
	if (seen != NULL && !tells)
		return;
	now = time_of(s, f, at_once);
	if (now == 0)
		return;
	if (seen == NULL) {
		seen = PD_VEC_PUSH(&c->seen, struct seen);
		seen->file = pd_str_dup(&f->file);
	} else if (seen->mtime != now) {
		pd_out_error(s->sink, "WARNING: file '%s' was edited, "
		    "running stale code until the program is rerun",
		    f->file.s);
	}
	seen->mtime = now;
}
