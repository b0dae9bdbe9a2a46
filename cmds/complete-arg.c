/*
 * Completion: what an argument of each kind could be.
 *
 * Called by complete.c.  Must not print anything nor change the session.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "cmds/complete.h"
#include "cmds/room.h"

#define ITEMS_MAX	20000

void
pd_complete_offer(struct pd_completion *out, const char *item, const char *p,
    size_t n)
{
	if (strncmp(item, p, n) != 0)
		return;
	if (out->items.n >= ITEMS_MAX)
		out->cut = true;
	else
		*PD_VEC_PUSH(&out->items, struct pd_str) = pd_str_from(item);
}

void
pd_complete_python(struct pd_session *s, enum pd_complete_what what,
    const char *p, size_t n, struct pd_completion *out)
{
	struct pd_complete_req req = { .frame = s->frame, .what = what };
	struct pd_complete rep = { 0 };
	struct pd_err err;

	if (!s->alive || (s->target->caps & PD_CAP_FRAMES) == 0)
		return;
	if (p != NULL)
		req.text = pd_str_new(p, n);
	if (s->target->ops->complete(s->target, &req, &rep, &err) == 0 &&
	    rep.from <= n) {
		out->from = (size_t)rep.from;
		out->cut = rep.cut;
		PD_VEC_EACH(&rep.items, struct pd_str, it) {
			*PD_VEC_PUSH(&out->items, struct pd_str) = *it;
			memset(it, 0, sizeof(*it));
		}
	}
	pd_str_done(&req.text);
	pd_rec_done(&pd_complete_desc, &rep);
}

static void
aliases(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	(void)cmd;
	PD_VEC_EACH(&s->script.aliases, struct pd_alias, a)
		pd_complete_offer(out, pd_str_c(&a->name), p, n);
	out->whole = true;
}

void
pd_complete_commands(struct pd_session *s, const char *p, size_t n,
    struct pd_completion *out)
{
	aliases(s, NULL, p, n, out);
	for (size_t i = 0; pd_commands[i] != NULL; i++) {
		const struct pd_cmd *cmd = pd_commands[i];

		pd_complete_offer(out, cmd->name, p, n);
		for (size_t k = 0; k < sizeof(cmd->aliases) /
		    sizeof(cmd->aliases[0]) && cmd->aliases[k] != NULL; k++)
			pd_complete_offer(out, cmd->aliases[k], p, n);
	}
	out->whole = true;
}

/* ---- files ------------------------------------------------------------- */

static bool
is_directory(const char *dir, const char *name)
{
	struct pd_str path = pd_path_join(dir, name);
	bool r = pd_path_is_dir(path.s);

	pd_str_done(&path);
	return r;
}

/* The directory to read for what is typed of its name, with ~/ as HOME. */
static struct pd_str
directory(const char *p, size_t n)
{
	const char *home = getenv("HOME");

	if (n == 0)
		return pd_str_from(".");
	if (n >= 2 && p[0] == '~' && p[1] == '/' && home != NULL)
		return pd_strf("%s/%.*s", home, (int)(n - 2), p + 2);
	return pd_str_new(p, n);
}

/* Files that may follow what is typed; suffix "" for all, else only those that
 * end in it, with `behind` added.  Directories lead on. */
static void
files(const char *p, size_t n, const char *suffix, const char *behind,
    struct pd_completion *out)
{
	const char *slash = memrchr(p, '/', n);
	size_t ndir = slash != NULL ? (size_t)(slash - p) + 1 : 0;
	struct pd_str dir = directory(p, ndir);
	DIR *d = opendir(dir.s);
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		const char *name = e->d_name;
		bool is_dir;

		if (strncmp(name, p + ndir, n - ndir) != 0 ||
		    (name[0] == '.' && (n == ndir || name[1] == '\0' ||
		    strcmp(name, "..") == 0)))
			continue;
		is_dir = is_directory(dir.s, name);
		if (!is_dir && !pd_ends(name, suffix))
			continue;
		if (out->items.n >= ITEMS_MAX) {
			out->cut = true;
			break;
		}
		*PD_VEC_PUSH(&out->items, struct pd_str) = pd_strf("%.*s%s%s",
		    (int)ndir, p, name, is_dir ? "/" : behind);
	}
	if (d != NULL)
		closedir(d);
	pd_str_done(&dir);
}

/* ---- places ------------------------------------------------------------ */

/* Lines and functions of a file (NULL: the frame's) that begin so. */
static void
lines(struct pd_session *s, const char *file, size_t nfile, const char *p,
    size_t n, struct pd_completion *out)
{
	struct pd_completion all = { 0 };

	pd_complete_python(s, PD_COMPLETE_LINE, file, nfile, &all);
	PD_VEC_EACH(&all.items, struct pd_str, it)
		pd_complete_offer(out, pd_str_c(it), p, n);
	out->cut = out->cut || all.cut;
	pd_completion_done(&all);
}

static bool
is_dotted(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strchr(" /-~,()[]'\"", p[i]) != NULL)
			return false;
	return true;
}

static void
location(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	const char *colon = memrchr(p, ':', n);
	size_t at;

	(void)cmd;
	if (colon != NULL) {
		at = (size_t)(colon - p) + 1;
		lines(s, p, at - 1, p + at, n - at, out);
		out->from = at;
		return;
	}
	if (n > 0 && p[0] >= '0' && p[0] <= '9') {
		lines(s, NULL, 0, p, n, out);
		return;
	}
	if (is_dotted(p, n))
		pd_complete_python(s, PD_COMPLETE_FUNCTION, p, n, out);
	/* Items that begin at a dot cannot stand beside file names. */
	if (out->items.n == 0)
		out->from = 0;
	if (out->from == 0)
		files(p, n, ".py", ":", out);
}

/* ---- numbers, words, settings ------------------------------------------ */

static void
breakpoints(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	char number[32];

	(void)cmd;
	PD_VEC_EACH(&s->bps, struct pd_bp, bp) {
		if (bp->id == 0)
			continue;
		snprintf(number, sizeof(number), "%llu",
		    (unsigned long long)bp->id);
		pd_complete_offer(out, number, p, n);
	}
	out->whole = true;
}

static void
threads(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	struct pd_nothing nothing = { 0 };
	struct pd_threads all = { 0 };
	struct pd_err err;
	char number[32];

	(void)cmd;
	if (!s->alive ||
	    s->target->ops->threads(s->target, &nothing, &all, &err) == -1)
		return;
	PD_VEC_EACH(&all.threads, struct pd_thread, t) {
		snprintf(number, sizeof(number), "%llu",
		    (unsigned long long)t->id);
		pd_complete_offer(out, number, p, n);
	}
	pd_rec_done(&pd_threads_desc, &all);
	out->whole = true;
}

static void
words(struct pd_session *s, const struct pd_cmd *cmd, const char *p, size_t n,
    struct pd_completion *out)
{
	const char *word;

	(void)s;
	for (size_t i = 0; cmd->words != NULL &&
	    (word = cmd->words(i)) != NULL; i++)
		pd_complete_offer(out, word, p, n);
	out->whole = true;
}

static void
setting_values(const struct pd_setting *t, const char *p, size_t n,
    struct pd_completion *out)
{
	static const char *const switches[] = { "off", "on", NULL };
	const char *const *list = t->kind == PD_SETTING_BOOL ? switches :
	    t->words;

	for (; list != NULL && *list != NULL; list++)
		pd_complete_offer(out, *list, p, n);
	if (t->kind == PD_SETTING_INT && t->unlimited)
		pd_complete_offer(out, "unlimited", p, n);
	if (t->kind == PD_SETTING_INT && t->autosize)
		pd_complete_offer(out, "auto", p, n);
}

static void
settings(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	(void)s;
	for (const struct pd_setting *t = pd_settings_table; t->name != NULL;
	    t++) {
		size_t len = strlen(t->name);

		if (n > len && memcmp(p, t->name, len) == 0 &&
		    p[len] == ' ') {
			if (strcmp(cmd->name, "show") == 0)
				return;
			len += strspn(p + len, " ");
			out->from = len;
			setting_values(t, p + len, n - len, out);
			return;
		}
		pd_complete_offer(out, t->name, p, n);
	}
	out->whole = true;
}

/* ---- all kinds --------------------------------------------------------- */

static void
commands(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	(void)cmd;
	pd_complete_commands(s, p, n, out);
}

static void
expression(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	(void)cmd;
	pd_complete_python(s, PD_COMPLETE_EXPR, p, n, out);
}

static void
statement(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	(void)cmd;
	pd_complete_python(s, PD_COMPLETE_STATEMENT, p, n, out);
}

static void
file(struct pd_session *s, const struct pd_cmd *cmd, const char *p, size_t n,
    struct pd_completion *out)
{
	(void)s;
	(void)cmd;
	files(p, n, "", "", out);
}

static void (*const kinds[])(struct pd_session *, const struct pd_cmd *,
    const char *, size_t, struct pd_completion *) = {
	[PD_ARG_EXPR] = expression,
	[PD_ARG_STATEMENT] = statement,
	[PD_ARG_LOCATION] = location,
	[PD_ARG_BREAKPOINT] = breakpoints,
	[PD_ARG_COMMAND] = commands,
	[PD_ARG_SETTING] = settings,
	[PD_ARG_FILE] = file,
	[PD_ARG_THREAD] = threads,
	[PD_ARG_ALIAS] = aliases,
	[PD_ARG_WORD] = words,
};

void
pd_complete_arg(struct pd_session *s, const struct pd_cmd *cmd,
    enum pd_arg_kind kind, const char *p, size_t n, struct pd_completion *out)
{
	if (kind < sizeof(kinds) / sizeof(kinds[0]) && kinds[kind] != NULL)
		kinds[kind](s, cmd, p, n, out);
}
