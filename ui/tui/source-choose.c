/*
 * Opening another file in the source pane: by its name, or as a module.
 *
 * Called for the keys o and m.  Files are those of the loaded modules and what
 * lies in and below the program's directory.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ui/tui/source-room.h"

#define FILES_MAX	5000
#define DEPTH_MAX	6

static void
on_file(void *ctx, const char *file)
{
	struct pd_source_pane *sp = ctx;

	pd_source_show(&sp->pane, file, 0);
}

static void
on_module(void *ctx, const char *text)
{
	const char *slash = strchr(text, '/');

	if (slash != NULL)
		on_file(ctx, slash);
}

static void
add(struct pd_vec *to, struct pd_str text)
{
	PD_VEC_EACH(to, struct pd_str, s)
		if (pd_str_eq(s, text.s)) {
			pd_str_done(&text);
			return;
		}
	*PD_VEC_PUSH(to, struct pd_str) = text;
}

static bool
is_source(const struct pd_str *file)
{
	return file->s != NULL && file->s[0] == '/' && pd_ends(file->s, ".py");
}

/* The modules' files; named: with their names. */
static void
add_modules(struct pd_session *s, struct pd_vec *to, bool named)
{
	struct pd_names_req req = { .which = PD_NAMES_MODULES };
	struct pd_names names = { 0 };
	struct pd_err err;

	if (!s->alive ||
	    s->target->ops->names(s->target, &req, &names, &err) < 0)
		return;
	PD_VEC_EACH(&names.names, struct pd_name, m)
		if (is_source(&m->file))
			add(to, named ? pd_strf("%-28s %s", pd_str_c(&m->name),
			    m->file.s) : pd_str_dup(&m->file));
	pd_rec_done(&pd_names_desc, &names);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(((const struct pd_str *)a)->s,
	    ((const struct pd_str *)b)->s);
}

/* What is not the program's own: environments, caches, hidden ones. */
static bool
is_passed_over(const struct dirent *d)
{
	static const char *const names[] = { "__pycache__", "node_modules",
	    "site-packages", "venv", "build" };

	if (d->d_name[0] == '.')
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(d->d_name, names[i]) == 0)
			return true;
	return false;
}

static void
add_dir(const char *dir, unsigned depth, struct pd_vec *to)
{
	DIR *d = depth < DEPTH_MAX ? opendir(dir) : NULL;
	struct dirent *e;
	struct stat st;

	while (d != NULL && to->n < FILES_MAX && (e = readdir(d)) != NULL) {
		struct pd_str path;

		if (is_passed_over(e))
			continue;
		path = pd_strf("%s/%s", dir, e->d_name);
		if (lstat(path.s, &st) == 0 && S_ISDIR(st.st_mode))
			add_dir(path.s, depth + 1, to);
		else if (is_source(&path)) {
			add(to, path);
			continue;
		}
		pd_str_done(&path);
	}
	if (d != NULL)
		closedir(d);
}

static void
add_program(struct pd_session *s, struct pd_vec *to)
{
	struct pd_str dir = pd_str_dup(&s->what);
	char *slash = dir.s != NULL ? strrchr(dir.s, '/') : NULL;

	if (slash != NULL && slash != dir.s) {
		*slash = '\0';
		add_dir(dir.s, 0, to);
	}
	pd_str_done(&dir);
}

static void
choose(struct pd_source_pane *sp, const char *prompt, struct pd_vec *texts,
    void (*done)(void *, const char *))
{
	if (texts->n == 0)
		pd_tui_message(sp->pane.tui, "there is nothing to choose from");
	else {
		qsort(texts->v, texts->n, sizeof(struct pd_str), by_text);
		pd_tui_choose(sp->pane.tui, prompt, texts, done, sp);
	}
	pd_vec_done(texts);
}

static bool
is_busy(struct pd_source_pane *sp)
{
	if (pd_tui_running(sp->pane.tui))
		pd_tui_message(sp->pane.tui, "the program runs; Ctrl-C stops "
		    "it");
	return pd_tui_running(sp->pane.tui);
}

void
pd_source_choose_file(struct pd_source_pane *sp)
{
	struct pd_vec files = { 0 };

	if (is_busy(sp))
		return;
	add_program(sp->pane.session, &files);
	add_modules(sp->pane.session, &files, false);
	choose(sp, "open: ", &files, on_file);
}

void
pd_source_choose_module(struct pd_source_pane *sp)
{
	struct pd_vec texts = { 0 };

	if (is_busy(sp))
		return;
	add_modules(sp->pane.session, &texts, true);
	choose(sp, "module: ", &texts, on_module);
}
