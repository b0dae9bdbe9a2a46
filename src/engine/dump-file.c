/*
 * The file of a core: its name, and that it is there whole or not at all.
 *
 * Called by whoever wants a core (see dump.h).  It is written under another
 * name in the same directory, for the owner alone: it may hold secrets.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "engine/dump-room.h"

#define NAMES_MAX	1000	/* cores of one process */

/* sys.argv[0], as a part of a file's name. */
static struct pd_str
program_name(void)
{
	PyObject *argv = PySys_GetObject("argv");	/* borrowed */
	struct pd_str s = { 0 }, base;

	if (argv != NULL && PyList_Check(argv) && PyList_GET_SIZE(argv) > 0)
		s = pd_dump_fsname(PyList_GET_ITEM(argv, 0));
	while (s.n > 1 && s.s[s.n - 1] == '/')
		s.s[--s.n] = '\0';
	base = pd_str_from(pd_path_base(pd_str_c(&s)));
	pd_str_done(&s);
	if (base.n > 0 && base.n < 200 && base.s[0] != '-' &&
	    strcmp(base.s, "/") != 0)
		return base;
	pd_str_done(&base);
	return pd_str_from("python");
}

/* The first name that is not taken. */
static struct pd_str
default_name(const char *dir)
{
	struct pd_str program = program_name(), base, name = { 0 };
	char number[16] = "";

	for (int i = 1; i < NAMES_MAX; i++) {
		if (i > 1)
			snprintf(number, sizeof(number), ".%d", i);
		base = pd_strf("%s.%ld%s.pycore", program.s, (long)getpid(),
		    number);
		pd_str_done(&name);
		name = pd_path_join(dir, base.s);
		pd_str_done(&base);
		if (access(name.s, F_OK) == -1)
			break;
	}
	pd_str_done(&program);
	return name;
}

/* So that the name is there after a loss of power; not all file systems can
 * and none has to. */
static void
sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

static int
write_to(int fd, const char *tmp, const char *name, const struct pd_dump *req,
    struct pd_dump_report *report, struct pd_err *err)
{
	struct pd_err why;
	struct stat st;

	if (pd_dump_write(fd, req, report, &why) == -1)
		return pd_err_set(err, "%s: %s", name, why.msg);
	if (fstat(fd, &st) == 0)
		report->bytes = (uint64_t)st.st_size;
	if (rename(tmp, name) == -1)
		return pd_err_set(err, "cannot write %s: %s", name,
		    strerror(errno));
	return 0;
}

/* May a core take that name's place?  Not that of a device, and of files only
 * that of another core: a name that was mistyped must not cost a source. */
static int
may_replace(const char *name, struct pd_err *err)
{
	char magic[PD_CORE_MAGIC_LEN] = "";
	ssize_t n = 0;
	struct stat st;
	int fd;

	if (stat(name, &st) == -1)
		return 0;
	if (S_ISDIR(st.st_mode))
		return pd_err_set(err, "cannot write %s: %s", name,
		    strerror(EISDIR));
	if (!S_ISREG(st.st_mode))
		return pd_err_set(err, "cannot write %s: it is no regular "
		    "file", name);
	if (st.st_size == 0)
		return 0;
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0) {
		n = read(fd, magic, sizeof(magic));
		close(fd);
	}
	if (n == sizeof(magic) && memcmp(magic, PD_CORE_MAGIC, sizeof(magic))
	    == 0)
		return 0;
	return pd_err_set(err, "%s is there, and is no core: it is not "
	    "replaced", name);
}

int
pd_dump_file(const char *file, const char *dir, const struct pd_dump *req,
    struct pd_dump_report *report, struct pd_err *err)
{
	struct pd_str name, at, tmp;
	int fd = -1, rc;

	if (dir == NULL || *dir == '\0')
		dir = ".";
	at = file != NULL ? pd_str_from(file) : default_name(dir);
	name = pd_path_abs(at.s, NULL);
	pd_str_done(&at);
	at = pd_path_dir(name.s);
	tmp = pd_strf("%s.%ld.tmp", name.s, (long)getpid());
	rc = may_replace(name.s, err);
	if (rc == 0 && (fd = open(tmp.s, O_WRONLY | O_CREAT | O_TRUNC |
	    O_CLOEXEC | O_NOFOLLOW, 0600)) == -1)
		rc = pd_err_set(err, "cannot write %s: %s", name.s,
		    strerror(errno));
	if (fd != -1) {
		rc = write_to(fd, tmp.s, name.s, req, report, err);
		close(fd);
		if (rc == -1)
			unlink(tmp.s);
		else
			sync_dir(at.s);
	}
	if (rc == 0) {
		report->file = name;
		name = (struct pd_str){ 0 };
	}
	pd_str_done(&name);
	pd_str_done(&at);
	pd_str_done(&tmp);
	return rc;
}
