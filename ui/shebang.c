/*
 * The first line of a script: which interpreter it names.
 *
 * Called by python.c (which Python) and program.c (is a command a Python
 * script).  Must not run anything.
 *
 * Three forms name a python: "#!/path/python3 -Es", "#!/usr/bin/env python3"
 * (also with -S), and the two lines that pip and distlib write where the path
 * is too long for the kernel or has blanks:
 *
 *	#!/bin/sh
 *	'''exec' "/path with blanks/python" "$0" "$@"
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "ui/shebang.h"

#define HEAD_MAX	4096

struct words {
	const char	*p;
	const char	*end;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word, double quotes taken off; absent at the end. */
static struct pd_str
next_word(struct words *w)
{
	const char *from;
	struct pd_str none = { 0 };
	char stop = '\0';

	while (w->p < w->end && is_blank(*w->p))
		w->p++;
	if (w->p >= w->end)
		return none;
	if (*w->p == '"')
		stop = *w->p++;
	from = w->p;
	while (w->p < w->end &&
	    (stop != '\0' ? *w->p != stop : !is_blank(*w->p)))
		w->p++;
	none = pd_str_new(from, (size_t)(w->p - from));
	if (stop != '\0' && w->p < w->end)
		w->p++;
	return none;
}

/* Cuts the first line off. */
static struct words
first_line(const char **p, const char *end)
{
	const char *nl = memchr(*p, '\n', (size_t)(end - *p));
	struct words w = { *p, nl != NULL ? nl : end };

	*p = nl != NULL ? nl + 1 : end;
	return w;
}

static bool
names_python(const struct pd_str *s)
{
	return s->s != NULL && pd_starts(pd_path_base(s->s), "python");
}

/* env's words up to the command: options and assignments are passed over. */
static struct pd_str
env_command(struct words *w)
{
	struct pd_str s;

	for (;;) {
		s = next_word(w);
		if (s.s == NULL || (s.s[0] != '-' && strchr(s.s, '=') == NULL))
			return s;
		pd_str_done(&s);
	}
}

static void
parse_exec_line(struct words w, struct pd_shebang *sb)
{
	struct pd_str word = next_word(&w);

	if (pd_str_eq(&word, "'''exec'")) {
		pd_str_done(&sb->interp);
		sb->interp = next_word(&w);
		sb->python = names_python(&sb->interp);
	}
	pd_str_done(&word);
}

void
pd_shebang_parse(const char *s, size_t n, struct pd_shebang *sb)
{
	const char *end = s + n;
	struct words line;

	memset(sb, 0, sizeof(*sb));
	if (n < 2 || s[0] != '#' || s[1] != '!')
		return;
	s += 2;
	line = first_line(&s, end);
	sb->interp = next_word(&line);
	if (sb->interp.s == NULL)
		return;
	if (strcmp(pd_path_base(sb->interp.s), "env") == 0) {
		pd_str_done(&sb->interp);
		sb->interp = env_command(&line);
		sb->env = sb->interp.s != NULL && sb->interp.s[0] != '/';
	} else if (strcmp(pd_path_base(sb->interp.s), "sh") == 0)
		parse_exec_line(first_line(&s, end), sb);
	sb->python = names_python(&sb->interp);
	if (sb->python) {
		sb->option = next_word(&line);
		if (sb->option.s != NULL && sb->option.s[0] != '-')
			pd_str_done(&sb->option);
	}
}

void
pd_shebang_read(const char *path, struct pd_shebang *sb)
{
	char head[HEAD_MAX];
	ssize_t n;
	int fd;

	memset(sb, 0, sizeof(*sb));
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1)
		return;
	do
		n = read(fd, head, sizeof(head));
	while (n == -1 && errno == EINTR);
	close(fd);
	if (n > 0)
		pd_shebang_parse(head, (size_t)n, sb);
}

void
pd_shebang_done(struct pd_shebang *sb)
{
	pd_str_done(&sb->interp);
	pd_str_done(&sb->option);
	memset(sb, 0, sizeof(*sb));
}
