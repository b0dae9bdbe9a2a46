/*
 * The history of lines.
 *
 * Called by edit.c.  Must not know a terminal.
 *
 * The file is private (0600, its directory 0700).  It grows by appending;
 * when it has twice the lines that are wanted it is written anew: into a
 * temporary file beside it, which takes its name while the lock is held.  So
 * who waits for the lock may find that its file has lost its name, and opens
 * it again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/path.h"
#include "ui/history.h"

#define FILE_MAX	((off_t)16 << 20)	/* bytes that are read of it */
#define LOCK_TRIES	40			/* 5 ms each */

void
pd_history_init(struct pd_history *h)
{
	memset(h, 0, sizeof(*h));
}

static void
drop_lines(struct pd_vec *v)
{
	PD_VEC_EACH(v, struct pd_str, s)
		pd_str_done(s);
	pd_vec_done(v);
	memset(v, 0, sizeof(*v));
}

void
pd_history_done(struct pd_history *h)
{
	drop_lines(&h->lines);
	pd_str_done(&h->path);
}

struct pd_str
pd_history_default(void)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	/* The specification has relative paths ignored. */
	if (state != NULL && state[0] == '/')
		return pd_strf("%s/pydbg/history", state);
	if (home != NULL && home[0] == '/')
		return pd_strf("%s/.local/state/pydbg/history", home);
	return (struct pd_str){ 0 };
}

/* ---- in memory --------------------------------------------------------- */

struct place {
	const struct pd_str	*s;
	size_t			 i;
};

static int
by_text_newest_first(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int c = strcmp(x->s->s, y->s->s);

	return c != 0 ? c : x->i < y->i ? 1 : -1;
}

/* Of equal lines the newest stays. */
static void
unique(struct pd_vec *v)
{
	struct pd_str *s = v->v;
	struct place *p = pd_xcalloc(v->n + 1, sizeof(*p));
	size_t n = 0;

	for (size_t i = 0; i < v->n; i++)
		p[i] = (struct place){ &s[i], i };
	qsort(p, v->n, sizeof(*p), by_text_newest_first);
	/* From the end: the text of the one kept is still there. */
	for (size_t i = v->n; i-- > 1;)
		if (strcmp(p[i].s->s, p[i - 1].s->s) == 0)
			pd_str_done(&s[p[i].i]);
	free(p);
	for (size_t i = 0; i < v->n; i++)
		if (s[i].s != NULL)
			s[n++] = s[i];
	v->n = n;
}

static void
cut_to(struct pd_vec *v, size_t size)
{
	size_t more = size != 0 && v->n > size ? v->n - size : 0;
	struct pd_str *s = v->v;

	if (more == 0)
		return;
	for (size_t i = 0; i < more; i++)
		pd_str_done(&s[i]);
	memmove(s, s + more, (v->n - more) * sizeof(*s));
	v->n -= more;
}

/* Lines of a text; what is empty or holds a NUL is left out. */
static void
split(const char *p, size_t n, struct pd_vec *out)
{
	while (n > 0) {
		const char *nl = memchr(p, '\n', n);
		size_t len = nl != NULL ? (size_t)(nl - p) : n;

		if (len > 0 && memchr(p, '\0', len) == NULL)
			*PD_VEC_PUSH(out, struct pd_str) = pd_str_new(p, len);
		len += nl != NULL;
		p += len;
		n -= len;
	}
}

/* ---- the file ---------------------------------------------------------- */

/* 0, or -1: somebody holds it for long.  Then we go on without. */
static int
lock(int fd, int how)
{
	const struct timespec wait = { .tv_nsec = 5000000 };

	for (int i = 0; i < LOCK_TRIES; i++) {
		if (flock(fd, how | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			break;
		nanosleep(&wait, NULL);
	}
	pd_log("ui", "no lock on the history: %s", strerror(errno));
	return -1;
}

static int
fail(const struct pd_history *h, const char *what, struct pd_err *err)
{
	return pd_err_set(err, "cannot %s the history in %s: %s", what,
	    h->path.s, strerror(errno));
}

/* The last FILE_MAX bytes of a regular file. */
static int
read_text(int fd, struct pd_buf *text)
{
	struct stat st;
	off_t from;
	ssize_t n;

	if (fstat(fd, &st) == -1)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	from = st.st_size > FILE_MAX ? st.st_size - FILE_MAX : 0;
	do {
		pd_buf_reserve(text, 65536);
		n = pread(fd, text->s + text->n, 65536,
		    from + (off_t)text->n);
		if (n > 0)
			text->n += (size_t)n;
	} while (n > 0 && (off_t)text->n <= FILE_MAX);
	if (text->s != NULL)
		text->s[text->n] = '\0';
	return n < 0 ? -1 : 0;
}

static int
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, p, n);

		if (put == -1 && errno == EINTR)
			continue;
		if (put == -1)
			return -1;
		p += put;
		n -= (size_t)put;
	}
	return 0;
}

/* Writes the file anew with these lines; its lock is held.  What goes wrong
 * leaves it as it is. */
static void
rewrite(const struct pd_history *h, const struct pd_vec *lines)
{
	struct pd_str tmp = pd_strf("%s.%d", h->path.s, (int)getpid());
	struct pd_buf text = { 0 };
	int fd = open(tmp.s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	PD_VEC_EACH(lines, struct pd_str, s) {
		pd_buf_add(&text, s->s, s->n);
		pd_buf_addc(&text, '\n');
	}
	if (fd != -1) {
		if (write_all(fd, pd_buf_c(&text), text.n) == -1 ||
		    fsync(fd) == -1 || rename(tmp.s, h->path.s) == -1)
			unlink(tmp.s);
		close(fd);
	}
	pd_buf_done(&text);
	pd_str_done(&tmp);
}

static int
load(struct pd_history *h, struct pd_err *err)
{
	int fd = open(h->path.s, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct pd_buf text = { 0 };
	struct pd_vec lines = { 0 };
	size_t there;
	int rc = 0;

	if (fd == -1)
		return errno == ENOENT || errno == ENOTDIR ? 0 :
		    fail(h, "read", err);
	lock(fd, LOCK_EX);
	if (read_text(fd, &text) == -1)
		rc = fail(h, "read", err);
	split(pd_buf_c(&text), text.n, &lines);
	there = lines.n;
	unique(&lines);
	cut_to(&lines, h->size);
	/* Links are somebody's wish: the name is not to be replaced. */
	if (rc == 0 && h->save && h->size != 0 && there > 2 * h->size + 100 &&
	    readlink(h->path.s, &(char){ 0 }, 1) == -1)
		rewrite(h, &lines);
	close(fd);
	PD_VEC_EACH(&h->lines, struct pd_str, s)
		*PD_VEC_PUSH(&lines, struct pd_str) = *s;
	pd_vec_done(&h->lines);
	h->lines = lines;
	unique(&h->lines);
	pd_buf_done(&text);
	return rc;
}

/* The directories above the file. */
static void
make_directories(const char *path)
{
	char *p = pd_xstrdup(path);

	for (char *slash = strchr(p + 1, '/'); slash != NULL;
	    slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(p, 0700);
		*slash = '/';
	}
	free(p);
}

/* Open for appending, locked, and still the file of that name; -1. */
static int
open_to_append(const char *path)
{
	struct stat there, st;
	int fd;

	for (int i = 0; i < 3; i++) {
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC |
		    O_NONBLOCK | O_NOCTTY, 0600);
		if (fd == -1)
			return -1;
		lock(fd, LOCK_EX);
		if (fstat(fd, &st) == 0 && stat(path, &there) == 0 &&
		    st.st_ino == there.st_ino && st.st_dev == there.st_dev) {
			if (S_ISREG(st.st_mode))
				return fd;
			close(fd);
			errno = EINVAL;
			return -1;
		}
		close(fd);
	}
	errno = EAGAIN;
	return -1;
}

static int
append(struct pd_history *h, const char *p, size_t n, struct pd_err *err)
{
	struct pd_buf text = { 0 };
	int fd = open_to_append(h->path.s), rc = 0;

	if (fd == -1 && errno == ENOENT) {
		make_directories(h->path.s);
		fd = open_to_append(h->path.s);
	}
	pd_buf_add(&text, p, n);
	pd_buf_addc(&text, '\n');
	if (fd == -1 || write_all(fd, text.s, text.n) == -1) {
		h->broken = true;
		rc = fail(h, "write", err);
	}
	if (fd != -1)
		close(fd);
	pd_buf_done(&text);
	return rc;
}

/* ---- for the editor ---------------------------------------------------- */

int
pd_history_set(struct pd_history *h, const char *path, bool save, size_t size,
    struct pd_err *err)
{
	struct pd_str want = path != NULL && *path != '\0' ?
	    pd_path_abs(path, NULL) : pd_history_default();
	bool same = want.s == NULL ? h->path.s == NULL :
	    pd_str_eq(&h->path, want.s);

	h->save = save;
	h->size = size;
	if (same) {
		pd_str_done(&want);
		return 0;
	}
	pd_str_done(&h->path);
	h->path = want;
	h->broken = false;
	return h->path.s == NULL ? 0 : load(h, err);
}

static int
add_one(struct pd_history *h, const char *p, size_t n, struct pd_err *err)
{
	struct pd_str line = pd_str_new(p, n);
	struct pd_str *s = h->lines.v;
	bool again = h->lines.n > 0 && strcmp(s[h->lines.n - 1].s, line.s) == 0;

	if (again) {
		pd_str_done(&line);
		return 0;
	}
	for (size_t i = 0; i < h->lines.n; i++)
		if (strcmp(s[i].s, line.s) == 0) {
			pd_str_done(&s[i]);
			pd_vec_remove(&h->lines, i, sizeof(*s));
			break;
		}
	*PD_VEC_PUSH(&h->lines, struct pd_str) = line;
	cut_to(&h->lines, h->size);
	if (!h->save || h->broken || h->path.s == NULL)
		return 0;
	return append(h, p, n, err);
}

int
pd_history_add(struct pd_history *h, const char *p, size_t n,
    struct pd_err *err)
{
	struct pd_vec lines = { 0 };
	int rc = 0;

	split(p, n, &lines);
	PD_VEC_EACH(&lines, struct pd_str, s)
		if (add_one(h, s->s, s->n, err) == -1)
			rc = -1;
	drop_lines(&lines);
	return rc;
}
