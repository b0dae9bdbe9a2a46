/*
 * pydbg --dump-on-crash: the program in place of this process.
 *
 * Called by the program pydbg, instead of making a target.  Nothing is
 * forked, so that exit status, signals, terminal and process groups are as
 * bare Python's; pydbg-start.so (start/crash.c) takes over in the Python.
 */
#include "target/crash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "target/elf.h"
#include "wire/crash.h"

#define FIRST_FD	200	/* a shim is a shell script: out of its way */

static int
set(const char *name, const char *value, struct pd_err *err)
{
	if (setenv(name, value, 1) == 0)
		return 0;
	return pd_err_set(err, "cannot set %s: %s", name, strerror(errno));
}

static int
set_preload(const char *so, struct pd_err *err)
{
	const char *user = getenv("LD_PRELOAD");
	struct pd_str v;
	int fd = open(so, O_RDONLY | O_CLOEXEC), moved, rc;

	if (fd == -1)
		return pd_err_set(err, "cannot open '%s': %s", so,
		    strerror(errno));
	moved = fcntl(fd, F_DUPFD, FIRST_FD);
	if (moved == -1)
		moved = fcntl(fd, F_DUPFD, 10);
	if (moved == -1)
		fcntl(moved = fd, F_SETFD, 0);
	else
		close(fd);
	v = pd_strf("/proc/self/fd/%d%s%s", moved, user != NULL ? ":" : "",
	    user != NULL ? user : "");
	rc = set("LD_PRELOAD", v.s, err);
	pd_str_done(&v);
	return rc;
}

static char **
make_argv(const struct pd_launch *l)
{
	char **argv = pd_xcalloc(l->argv.n + 1, sizeof(*argv));
	size_t n = 0;

	PD_VEC_EACH(&l->argv, struct pd_str, a)
		argv[n++] = pd_xstrdup(pd_str_c(a));
	return argv;
}

int
pd_crash_exec(const struct pd_launch *l, const char *dir, struct pd_err *err)
{
	char **argv = make_argv(l);
	struct pd_str sum;

	sum = pd_strf("%llx", (unsigned long long)pd_crash_args(
	    (int)l->argv.n, argv));
	if (pd_elf_check(pd_str_c(&l->python), err) == 0 &&
	    set(PD_CRASH_ENV, sum.s, err) == 0 &&
	    set(PD_CRASH_ENGINES_ENV, pd_str_c(&l->engine_dir), err) == 0 &&
	    set(PD_CRASH_DIR_ENV, dir, err) == 0 &&
	    set_preload(pd_str_c(&l->start_so), err) == 0) {
		execv(pd_str_c(&l->python), argv);
		pd_err_set(err, "cannot run '%s': %s", pd_str_c(&l->python),
		    strerror(errno));
	}
	pd_str_done(&sum);
	for (size_t i = 0; i < l->argv.n; i++)
		free(argv[i]);
	free(argv);
	return -1;
}
