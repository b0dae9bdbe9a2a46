/*
 * Another terminal for the program, in the middle of its run.
 *
 * Called by serve.c at a stop.  Descriptors 0, 1 and 2 that are the old
 * terminal become the new one; what is redirected stays, and so do copies that
 * the program has made.  Runs no Python.
 *
 * A terminal is a process' own only in a session of its own, which a leader of
 * a group cannot make: it goes to another group of its session first.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/engine.h"

/* Has it become its own? */
static bool
make_own(int fd, pid_t group)
{
	if (getpgrp() == getpid() && getsid(0) != getpid())
		setpgid(0, group);
	if (getsid(0) != getpid() && setsid() == -1)
		return false;
	return ioctl(fd, TIOCSCTTY, 0) == 0;
}

int
pd_stdio_do(const struct pd_stdio *req, struct pd_moved *reply,
    struct pd_err *err)
{
	const char *to = pd_str_c(&req->to), *from = pd_str_c(&req->from);
	struct stat old, st;
	int fd;

	if (stat(from, &old) == -1)
		return pd_err_set(err, "cannot find '%s': %s", from,
		    strerror(errno));
	for (int i = 0; i < 3; i++)
		if (fstat(i, &st) == 0 && S_ISCHR(st.st_mode) &&
		    st.st_rdev == old.st_rdev)
			reply->streams |= 1u << i;
	if (reply->streams == 0)
		return 0;
	fd = open(to, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd == -1) {
		reply->streams = 0;
		return pd_err_set(err, "cannot open '%s': %s", to,
		    strerror(errno));
	}
	if (req->own)
		reply->own = make_own(fd, (pid_t)req->group);
	for (int i = 0; i < 3; i++)
		if (reply->streams & 1u << i)
			dup2(fd, i);
	close(fd);
	return 0;
}
