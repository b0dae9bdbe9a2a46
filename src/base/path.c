/*
 * base/path: names of files as Python's posixpath makes them, so that the
 * debugger and the program agree on what a file is called.
 *
 * For every room.  Paths are bytes; the working directory is only read.
 */
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/vec.h"

#define READ_CHUNK	65536

struct pd_str
pd_path_join(const char *a, const char *b)
{
	if (b[0] == '/' || a[0] == '\0')
		return pd_str_from(b);
	return pd_strf("%s%s%s", a, pd_ends(a, "/") ? "" : "/", b);
}

/* The working directory; "/" if it is gone or out of sight. */
static struct pd_str
working_dir(void)
{
	char *dir = getcwd(NULL, 0);
	struct pd_str s = pd_str_from(dir != NULL ? dir : "/");

	free(dir);
	return s;
}

/* Removes the last component of an absolute path of which root bytes at the
 * front are slashes that stay. */
static void
drop_last(struct pd_buf *buf, size_t root)
{
	while (buf->n > root && buf->s[buf->n - 1] != '/')
		buf->n--;
	if (buf->n > root)
		buf->n--;
	buf->s[buf->n] = '\0';
}

/* os.path.normpath() of an absolute path.  Exactly two leading slashes stay
 * (POSIX leaves their meaning to the system, and Python keeps them). */
static struct pd_str
normalise(const char *p)
{
	struct pd_buf buf = { 0 };
	size_t root = p[1] == '/' && p[2] != '/' ? 2 : 1;

	pd_buf_add(&buf, "//", root);
	while (*p != '\0') {
		size_t n = strcspn(p, "/");

		if (n == 2 && p[0] == '.' && p[1] == '.') {
			drop_last(&buf, root);
		} else if (n > 0 && !(n == 1 && p[0] == '.')) {
			if (buf.n > root)
				pd_buf_addc(&buf, '/');
			pd_buf_add(&buf, p, n);
		}
		p += n;
		p += strspn(p, "/");
	}
	return pd_buf_take(&buf);
}

struct pd_str
pd_path_abs(const char *p, const char *cwd)
{
	struct pd_str dir, whole, out;

	if (p[0] == '/')
		return normalise(p);
	dir = cwd != NULL ? pd_str_from(cwd) : working_dir();
	if (dir.s[0] != '/') {
		struct pd_str up = pd_path_abs(dir.s, NULL);

		pd_str_done(&dir);
		dir = up;
	}
	whole = pd_path_join(dir.s, p);
	out = normalise(whole.s);
	pd_str_done(&whole);
	pd_str_done(&dir);
	return out;
}

/*
 * pd_path_real keeps a stack of what is still to be walked, the next on top:
 * components, and for each link that was entered a mark that says "now the
 * link's target is resolved".  A link that is met again inside itself is a
 * loop, and stays as it is.
 */
struct step {
	char	*name;		/* owned; for a mark the link's path */
	bool	 mark;
};

struct link {
	char	*path;		/* owned */
	char	*real;		/* owned; NULL while it is being resolved */
};

struct walk {
	struct pd_vec	todo;		/* struct step */
	struct pd_vec	links;		/* struct link */
	struct pd_buf	path;		/* resolved so far, "/..." */
};

static void
push_parts(struct walk *w, const char *p)
{
	size_t end = strlen(p), from;

	/* From the end, so that the first component is on top. */
	while (end > 0) {
		struct step *step;

		for (from = end; from > 0 && p[from - 1] != '/'; from--)
			;
		if (from < end) {
			step = PD_VEC_PUSH(&w->todo, struct step);
			step->name = pd_xmemdup(p + from, end - from);
		}
		end = from > 0 ? from - 1 : 0;
	}
}

static struct link *
find_link(struct walk *w, const char *path)
{
	PD_VEC_EACH(&w->links, struct link, link)
		if (strcmp(link->path, path) == 0)
			return link;
	return NULL;
}

static void
set_path(struct walk *w, const char *path)
{
	pd_buf_reset(&w->path);
	pd_buf_adds(&w->path, path);
}

/* Walks into the link at path; its target's parts come next. */
static void
enter_link(struct walk *w, const char *path, const char *target)
{
	struct step *mark = PD_VEC_PUSH(&w->todo, struct step);
	struct link *link = PD_VEC_PUSH(&w->links, struct link);

	mark->name = pd_xstrdup(path);
	mark->mark = true;
	link->path = pd_xstrdup(path);
	push_parts(w, target);
	if (target[0] == '/')
		set_path(w, "/");
}

static void
walk_name(struct walk *w, const char *name)
{
	struct pd_str path = pd_path_join(w->path.s, name);
	struct link *link = find_link(w, path.s);
	char target[PATH_MAX];
	ssize_t n;

	if (link != NULL && link->real != NULL) {
		set_path(w, link->real);
	} else if (link != NULL ||
	    (n = readlink(path.s, target, sizeof(target) - 1)) <= 0) {
		set_path(w, path.s);
	} else {
		target[n] = '\0';
		enter_link(w, path.s, target);
	}
	pd_str_done(&path);
}

static void
walk_step(struct walk *w, const struct step *step)
{
	if (step->mark) {
		struct link *link = find_link(w, step->name);

		if (link->real == NULL)
			link->real = pd_xstrdup(w->path.s);
	} else if (strcmp(step->name, "..") == 0) {
		drop_last(&w->path, 1);
	} else if (strcmp(step->name, ".") != 0) {
		walk_name(w, step->name);
	}
}

struct pd_str
pd_path_real(const char *p)
{
	struct walk w = { 0 };

	pd_buf_adds(&w.path, "/");
	push_parts(&w, p);
	if (p[0] != '/') {
		struct pd_str cwd = working_dir();

		push_parts(&w, cwd.s);
		pd_str_done(&cwd);
	}
	while (w.todo.n > 0) {
		struct step step = *PD_VEC_AT(&w.todo, struct step,
		    w.todo.n - 1);

		w.todo.n--;
		walk_step(&w, &step);
		free(step.name);
	}
	PD_VEC_EACH(&w.links, struct link, link) {
		free(link->path);
		free(link->real);
	}
	pd_vec_done(&w.links);
	pd_vec_done(&w.todo);
	return pd_buf_take(&w.path);
}

const char *
pd_path_base(const char *p)
{
	const char *slash = strrchr(p, '/');

	return slash != NULL ? slash + 1 : p;
}

struct pd_str
pd_path_dir(const char *p)
{
	size_t n = (size_t)(pd_path_base(p) - p);

	/* Trailing slashes go, unless there is nothing else. */
	while (n > 0 && p[n - 1] == '/')
		n--;
	if (n == 0)
		n = strspn(p, "/");
	return pd_str_new(p, n);
}

bool
pd_path_exists(const char *p)
{
	struct stat st;

	return stat(p, &st) == 0;
}

bool
pd_path_is_dir(const char *p)
{
	struct stat st;

	return stat(p, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
pd_path_is_exec(const char *p)
{
	struct stat st;

	return stat(p, &st) == 0 && S_ISREG(st.st_mode) &&
	    access(p, X_OK) == 0;
}

struct pd_str
pd_path_search(const char *name, const char *path)
{
	if (strchr(name, '/') != NULL)
		return pd_str_from(pd_path_is_exec(name) ? name : NULL);
	if (name[0] == '\0')
		return (struct pd_str){ 0 };
	while (path != NULL) {
		size_t n = strcspn(path, ":");
		struct pd_str dir = pd_str_new(path, n);
		struct pd_str file;

		/* An empty entry is the working directory. */
		file = pd_path_join(n > 0 ? dir.s : ".", name);
		pd_str_done(&dir);
		if (pd_path_is_exec(file.s))
			return file;
		pd_str_done(&file);
		path = path[n] == ':' ? path + n + 1 : NULL;
	}
	return (struct pd_str){ 0 };
}

/* Reads fd to its end into buf; the error as an errno, EFBIG past max. */
static int
read_all(int fd, size_t max, struct pd_buf *buf)
{
	for (;;) {
		ssize_t n;

		pd_buf_reserve(buf, READ_CHUNK);
		n = read(fd, buf->s + buf->n, READ_CHUNK);
		if (n == 0)
			return 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		buf->n += (size_t)n;
		if (buf->n > max)
			return EFBIG;
	}
}

int
pd_path_read(const char *p, size_t max, struct pd_str *out,
    struct pd_err *err)
{
	struct pd_buf buf = { 0 };
	int fd, why;

	fd = open(p, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd == -1)
		return pd_err_set(err, "cannot open %s: %s", p,
		    strerror(errno));
	why = read_all(fd, max, &buf);
	close(fd);
	if (why != 0) {
		pd_buf_done(&buf);
		if (why == EFBIG)
			return pd_err_set(err,
			    "cannot read %s: it has more than %zu bytes", p,
			    max);
		return pd_err_set(err, "cannot read %s: %s", p, strerror(why));
	}
	*out = pd_buf_take(&buf);
	out->s[out->n] = '\0';
	return 0;
}
