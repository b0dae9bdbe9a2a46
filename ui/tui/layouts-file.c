/*
 * The user's own layouts, in a file: a line for each, "NAME TEXT".
 *
 * Called by window.c.  pydbg/layouts in $XDG_CONFIG_HOME, or in ~/.config.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "ui/tui/tui-room.h"

#define FILE_MAX	((size_t)1 << 20)	/* bytes */

/* Absent: there is no home.  dir: only the directory. */
static struct pd_str
layouts_path(bool dir)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	const char *file = dir ? "" : "/layouts";

	if (config != NULL && *config == '/')
		return pd_strf("%s/pydbg%s", config, file);
	if (home != NULL && *home == '/')
		return pd_strf("%s/.config/pydbg%s", home, file);
	return (struct pd_str){ 0 };
}

static void
read_line(struct pd_tui *t, const char *path, size_t number, char *line)
{
	size_t n = strcspn(line, " \t");
	struct pd_err err;
	char *text = line + n;

	if (n == 0 || *line == '#')
		return;
	if (*text != '\0')
		*text++ = '\0';
	/* As it was left by another version, say. */
	if (pd_window_define(t, line, text, &err) == -1)
		pd_tui_message(t, "%s:%zu: %s", path, number, err.msg);
}

void
pd_layouts_read(struct pd_tui *t)
{
	struct pd_str path, text = { 0 };
	struct pd_err err;
	size_t number = 0;
	char *p;

	if (t->layouts_read)
		return;
	t->layouts_read = true;
	path = layouts_path(false);
	if (path.s != NULL && pd_path_exists(path.s)) {
		if (pd_path_read(path.s, FILE_MAX, &text, &err) == -1)
			pd_tui_message(t, "%s: %s", path.s, err.msg);
		p = text.s;
		for (char *line = strsep(&p, "\n"); line != NULL;
		    line = strsep(&p, "\n"))
			read_line(t, path.s, ++number, line);
	}
	pd_str_done(&text);
	pd_str_done(&path);
}

static int
write_file(struct pd_tui *t, const char *path, struct pd_err *err)
{
	struct pd_str temp = pd_strf("%s.new", path);
	FILE *f = fopen(temp.s, "we");
	int rc = 0;

	if (f == NULL) {
		rc = -1;
	} else {
		PD_VEC_EACH(&t->layouts, struct pd_tui_layout, l)
			fprintf(f, "%s %s\n", l->name.s, l->text.s);
		rc = ferror(f) ? -1 : 0;
		if (fclose(f) == EOF)
			rc = -1;
		if (rc == 0)
			rc = rename(temp.s, path);
	}
	if (rc == -1)
		pd_err_set(err, "the layout holds for this session only: %s: "
		    "%s", path, strerror(errno));
	pd_str_done(&temp);
	return rc;
}

/* The directory and the one above it. */
static void
make_dirs(char *dir)
{
	char *slash = strrchr(dir, '/');

	if (slash != NULL && slash != dir) {
		*slash = '\0';
		mkdir(dir, 0777);
		*slash = '/';
	}
	mkdir(dir, 0777);
}

int
pd_layouts_write(struct pd_tui *t, struct pd_err *err)
{
	struct pd_str dir = layouts_path(true), path = layouts_path(false);
	int rc = 0;

	if (path.s == NULL) {
		rc = pd_err_set(err, "the layout holds for this session only: "
		    "there is no home directory");
	} else {
		make_dirs(dir.s);
		rc = write_file(t, path.s, err);
	}
	pd_str_done(&dir);
	pd_str_done(&path);
	return rc;
}
