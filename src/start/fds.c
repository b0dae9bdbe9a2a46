/*
 * The channel's descriptors, and keeping the program from closing them.
 *
 * Programs close descriptors that they do not know: daemons, os.closerange,
 * subprocess.  close(), close_range() and closefrom() are therefore defined
 * here, in front of libc's, and pass over what is kept: as if it were not
 * open.  Only in the process that keeps them: a forked child that closes
 * everything shall close its copies too.  (vfork's child as well: its pid is
 * another though it shares our memory.)
 *
 * These functions must stay safe in signal handlers and between fork and
 * exec: no locks, no memory, no dlsym.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/close_range.h>

#include "start/start.h"

/* libc's own name of close(): the same function, still a cancellation point. */
int	__close(int);
/* Ours; unistd.h has them for newer libcs only. */
int	close(int);
int	close_range(unsigned, unsigned, int);
void	closefrom(int);

static struct {
	int	fd[PD_START_SLOTS];
	pid_t	pid;		/* whose they are; 0: nobody's */
} kept = { .fd = { -1, -1 } };

static bool
is_kept(int fd)
{
	if (fd < 0 || (fd != kept.fd[0] && fd != kept.fd[1]))
		return false;
	return kept.pid == getpid();
}

int
pd_start_fd_move(int fd)
{
	struct rlimit rl;
	int top = 1024, moved;

	if (getrlimit(RLIMIT_NOFILE, &rl) == 0 && rl.rlim_cur < (rlim_t)top)
		top = (int)rl.rlim_cur;
	moved = fcntl(fd, F_DUPFD_CLOEXEC, top > 32 ? top - 16 : top / 2);
	if (moved == -1) {
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		return fd;
	}
	__close(fd);
	return moved;
}

void
pd_start_fd_keep(enum pd_start_slot slot, int fd)
{
	kept.fd[slot] = fd;
	kept.pid = getpid();
}

void
pd_start_fd_close(int fd)
{
	if (fd >= 0)
		__close(fd);
}

__attribute__((visibility("default"))) int
close(int fd)
{
	if (is_kept(fd)) {
		errno = EBADF;
		return -1;
	}
	return __close(fd);
}

static int
range(unsigned first, unsigned last, int flags)
{
	return (int)syscall(SYS_close_range, first, last, flags);
}

__attribute__((visibility("default"))) int
close_range(unsigned first, unsigned last, int flags)
{
	int a = kept.fd[0], b = kept.fd[1], t;

	/* What is kept is close-on-exec already. */
	if (first > last || flags & CLOSE_RANGE_CLOEXEC)
		return range(first, last, flags);
	if (a > b)
		t = a, a = b, b = t;
	for (int i = 0; i < 2; i++) {
		int fd = i == 0 ? a : b;

		if (!is_kept(fd) || (unsigned)fd < first ||
		    (unsigned)fd > last)
			continue;
		if (first < (unsigned)fd &&
		    range(first, (unsigned)fd - 1, flags) == -1)
			return -1;
		if ((unsigned)fd == last)
			return 0;
		first = (unsigned)fd + 1;
	}
	return range(first, last, flags);
}

__attribute__((visibility("default"))) void
closefrom(int low)
{
	long max;

	if (low < 0)
		low = 0;
	if (close_range((unsigned)low, ~0u, 0) == 0)
		return;
	/* An old kernel, or a sandbox that forbids the call. */
	max = sysconf(_SC_OPEN_MAX);
	for (long fd = low; fd < max; fd++)
		close((int)fd);
}
