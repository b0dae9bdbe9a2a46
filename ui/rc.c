/*
 * Files of commands that are run at the first stop: rc files, -x, and the
 * lines of -c.
 *
 * Called by front.c before the program starts.  The order is pdb's, then
 * ours: ~/.pdbrc, ./.pdbrc, ~/.pydbgrc, then the options as given.  Must not
 * run a line itself: the session does, at the first stop.
 */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "ui/rc.h"

#define READ_CHUNK	65536
#define RC_MAX		(16u << 20)	/* bytes; more is no rc file */

struct seen {
	dev_t	dev;
	ino_t	ino;
	bool	any;
};

bool
pd_rc_is_safe(const struct stat *st, struct pd_str *why)
{
	if (!S_ISREG(st->st_mode))
		*why = pd_str_from("it is not a regular file");
	else if (st->st_uid != geteuid() && st->st_uid != 0)
		*why = pd_strf("it belongs to another user (uid %u)",
		    (unsigned)st->st_uid);
	else if ((st->st_mode & (S_IWGRP | S_IWOTH)) != 0)
		*why = pd_strf("others can write to it (mode %04o)",
		    (unsigned)st->st_mode & 07777);
	else
		return true;
	return false;
}

static int
read_all(int fd, struct pd_buf *b)
{
	ssize_t n;

	for (;;) {
		pd_buf_reserve(b, READ_CHUNK + 1);
		n = read(fd, b->s + b->n, READ_CHUNK);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			return 0;
		b->n += (size_t)n;
		b->s[b->n] = '\0';
		if (b->n > RC_MAX) {
			errno = EFBIG;
			return -1;
		}
	}
}

static void
queue_text(struct pd_session *s, const char *file, struct pd_buf *b)
{
	struct pd_str from;
	char *line = b->s, *nl;
	unsigned n = 0;

	for (; line != NULL && *line != '\0'; line = nl) {
		nl = strchr(line, '\n');
		if (nl != NULL)
			*nl++ = '\0';
		from = pd_strf("%s:%u", file, ++n);
		pd_session_queue(s, line, from.s);
		pd_str_done(&from);
	}
}

static void
skipped(const char *file, const char *why)
{
	fprintf(stderr, "pydbg: %s was skipped: %s\n", file, why);
}

/* One rc file; seen is a file that must not be read again. */
static void
queue_rc(struct pd_session *s, const char *file, struct seen *seen)
{
	struct pd_buf b = { 0 };
	struct pd_str why = { 0 };
	struct stat st;
	int fd;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd == -1) {
		if (errno != ENOENT && errno != ENOTDIR)
			skipped(file, strerror(errno));
		return;
	}
	if (fstat(fd, &st) == -1)
		skipped(file, strerror(errno));
	else if (seen->any && seen->dev == st.st_dev &&
	    seen->ino == st.st_ino)
		;
	else {
		*seen = (struct seen){ st.st_dev, st.st_ino, true };
		if (!pd_rc_is_safe(&st, &why))
			skipped(file, why.s);
		else if (read_all(fd, &b) == -1)
			skipped(file, strerror(errno));
		else
			queue_text(s, file, &b);
	}
	close(fd);
	pd_str_done(&why);
	pd_buf_done(&b);
}

/* As os.path.expanduser("~"); absent if nobody knows. */
static struct pd_str
home(void)
{
	const char *env = getenv("HOME");
	struct passwd *pw;

	if (env != NULL && *env != '\0')
		return pd_str_from(env);
	pw = env == NULL ? getpwuid(getuid()) : NULL;
	return pd_str_from(pw != NULL ? pw->pw_dir : NULL);
}

void
pd_rc_queue(struct pd_session *s, const struct pd_options *o)
{
	struct seen seen = { 0 }, own = { 0 };
	struct pd_str dir, file;
	bool use_home;

	if (o->nx)
		return;
	dir = home();
	use_home = !o->nh && dir.s != NULL;
	if (use_home) {
		file = pd_path_join(dir.s, ".pdbrc");
		queue_rc(s, file.s, &seen);
		pd_str_done(&file);
	}
	/* A core comes from anywhere, and so may what lies beside it. */
	if (o->core == NULL)
		queue_rc(s, ".pdbrc", &seen);
	if (use_home) {
		file = pd_path_join(dir.s, ".pydbgrc");
		queue_rc(s, file.s, &own);
		pd_str_done(&file);
	}
	pd_str_done(&dir);
}

static int
queue_file(struct pd_session *s, const char *file, struct pd_err *err)
{
	struct pd_buf b = { 0 };
	int fd, r = 0;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd == -1 || read_all(fd, &b) == -1)
		r = pd_err_set(err, "cannot read the commands in %s: %s", file,
		    strerror(errno));
	else
		queue_text(s, file, &b);
	if (fd != -1)
		close(fd);
	pd_buf_done(&b);
	return r;
}

int
pd_rc_queue_commands(struct pd_session *s, const struct pd_options *o,
    struct pd_err *err)
{
	PD_VEC_EACH(&o->cmds, struct pd_option_cmd, cmd) {
		if (!cmd->is_file)
			pd_session_queue(s, cmd->text, NULL);
		else if (queue_file(s, cmd->text, err) == -1)
			return -1;
	}
	return 0;
}
