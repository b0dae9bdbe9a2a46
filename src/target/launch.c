/*
 * Starting the process: environment, descriptors, signals, fork, exec.
 *
 * Called by live.c.  What the child gets is what a shell would have given it,
 * except for three variables (LD_PRELOAD, PD_WIRE_ENV, PD_WORDS_ENV) and
 * three descriptors: the socket, pydbg-start.so and the file for last words.
 * Those have high numbers, because a shim is a shell script and those use the
 * low ones; pydbg-start.so takes all of it away again.
 */
#include "target/launch.h"

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "wire/proto.h"
#include "wire/ring.h"

#define FIRST_FD	200	/* lowest number for what is handed over */
#define PRELOAD		"LD_PRELOAD"

/* ---- signals as they were when this process began ----------------------- */

static struct {
	bool		ignored[NSIG];
	sigset_t	mask;
} original;

/* Before main(), so before anybody here has changed one. */
static __attribute__((constructor)) void
remember_signals(void)
{
	struct sigaction sa;

	for (int s = 1; s < NSIG; s++)
		original.ignored[s] = sigaction(s, NULL, &sa) == 0 &&
		    sa.sa_handler == SIG_IGN;
	sigprocmask(SIG_SETMASK, NULL, &original.mask);
}

/* Caught signals go back to their default in exec; ignored ones do not. */
static void
restore_signals(void)
{
	for (int s = 1; s < NSIG; s++) {
		struct sigaction sa = { .sa_handler =
		    original.ignored[s] ? SIG_IGN : SIG_DFL };

		if (s != SIGKILL && s != SIGSTOP)
			sigaction(s, &sa, NULL);
	}
	sigprocmask(SIG_SETMASK, &original.mask, NULL);
}

/* ---- what is handed over ------------------------------------------------ */

struct spawn {
	const struct pd_launch	*launch;
	pid_t	 parent;
	char	**argv;		/* owned, its strings are the launch's */
	char	**envp;		/* owned; the first own strings are owned too */
	char	*own[4];	/* owned */
	int	 pair[2];	/* the socket: ours, the child's */
	int	 so;
	int	 words;		/* the child's, or -1 */
	int	 report[2];	/* tells of a failure between fork and exec */
};

/* What the child writes to the report. */
struct failure {
	bool	 in_chdir;
	int	 error;
};

static void
close_fd(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

static void
spawn_done(struct spawn *s)
{
	close_fd(&s->pair[0]);
	close_fd(&s->pair[1]);
	close_fd(&s->so);
	close_fd(&s->words);
	close_fd(&s->report[0]);
	close_fd(&s->report[1]);
	free(s->argv);
	free(s->envp);
	for (size_t i = 0; i < 4; i++)
		free(s->own[i]);
}

/* Moves a descriptor up; with few allowed it stays where it is. */
static int
high_fd(int fd)
{
	struct rlimit rl;
	int min = FIRST_FD, moved;

	if (fd == -1)
		return -1;
	if (getrlimit(RLIMIT_NOFILE, &rl) == 0 && rl.rlim_cur < FIRST_FD + 56)
		min = rl.rlim_cur > 48 ? (int)rl.rlim_cur - 28 : 10;
	moved = fcntl(fd, F_DUPFD_CLOEXEC, min);
	if (moved == -1)
		return fd;
	close(fd);
	return moved;
}

static int
open_fds(struct spawn *s, struct pd_err *err)
{
	const char *so = pd_str_c(&s->launch->start_so);

	s->so = high_fd(open(so, O_RDONLY | O_CLOEXEC));
	if (s->so == -1)
		return pd_err_set(err, "cannot open '%s': %s", so,
		    strerror(errno));
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s->pair) == -1)
		return pd_err_set(err, "cannot make a socket: %s",
		    strerror(errno));
	s->pair[1] = high_fd(s->pair[1]);
	if (pipe2(s->report, O_CLOEXEC) == -1)
		return pd_err_set(err, "cannot make a pipe: %s",
		    strerror(errno));
	/* Last words are a comfort; without them it goes on. */
	s->words = high_fd(memfd_create("pydbg-words", MFD_CLOEXEC |
	    MFD_ALLOW_SEALING));
	if (s->words != -1)
		pd_ring_make(s->words);
	return 0;
}

static int
make_argv(struct spawn *s, struct pd_err *err)
{
	static char empty[1];
	const struct pd_vec *from = &s->launch->argv;
	size_t n = 0;

	s->argv = pd_xcalloc(from->n + 1, sizeof(*s->argv));
	PD_VEC_EACH(from, struct pd_str, a) {
		if (strlen(pd_str_c(a)) != a->n)
			return pd_err_set(err, "argument %zu holds a NUL byte",
			    n);
		s->argv[n++] = a->s != NULL ? a->s : empty;
	}
	return 0;
}

static bool
is_var(const char *entry, const char *name)
{
	size_t n = strlen(name);

	return strncmp(entry, name, n) == 0 && entry[n] == '=';
}

/* "self", or "self:USER'S OWN" (also when that is empty). */
static char *
preload_entry(int so)
{
	const char *user = getenv(PRELOAD);
	struct pd_str v;

	v = pd_strf(PRELOAD "=/proc/self/fd/%d%s%s", so,
	    user != NULL ? ":" : "", user != NULL ? user : "");
	return v.s;
}

/* The size of a terminal that it does not have is not for it. */
static bool
is_of_terminal(const struct spawn *s, const char *entry)
{
	return s->launch->term != NULL && (is_var(entry, "TERM") ||
	    is_var(entry, "LINES") || is_var(entry, "COLUMNS"));
}

/* Our environment; the user's LD_PRELOAD keeps its place in the order. */
static void
make_envp(struct spawn *s)
{
	size_t n = 0;
	bool placed = false;
	char **e;

	for (e = environ; e != NULL && *e != NULL; e++)
		n++;
	s->envp = pd_xcalloc(n + 5, sizeof(*s->envp));
	s->own[0] = preload_entry(s->so);
	s->own[1] = pd_strf(PD_WIRE_ENV "=%d", s->pair[1]).s;
	if (s->words != -1)
		s->own[2] = pd_strf(PD_WORDS_ENV "=%d", s->words).s;
	n = 0;
	for (e = environ; e != NULL && *e != NULL; e++) {
		if (is_var(*e, PD_WIRE_ENV) || is_var(*e, PD_WORDS_ENV) ||
		    is_of_terminal(s, *e))
			continue;
		if (is_var(*e, PRELOAD) && !placed) {
			s->envp[n++] = s->own[0];
			placed = true;
		} else if (!is_var(*e, PRELOAD))
			s->envp[n++] = *e;
	}
	if (!placed)
		s->envp[n++] = s->own[0];
	if (s->launch->term != NULL)
		s->envp[n++] = s->own[3] = pd_strf("TERM=%s",
		    s->launch->term).s;
	s->envp[n++] = s->own[1];
	s->envp[n] = s->own[2];
}

/* ---- the child ---------------------------------------------------------- */

/* Puts from[i] at i, whatever the numbers are; -1 leaves i alone. */
static void
place_streams(const int from[3])
{
	int copy[3];

	for (int i = 0; i < 3; i++)
		copy[i] = from[i] < 0 ? -1 :
		    fcntl(from[i], F_DUPFD_CLOEXEC, 3);
	for (int i = 0; i < 3; i++)
		if (copy[i] != -1)
			dup2(copy[i], i);
}

static void
keep_over_exec(int fd)
{
	if (fd != -1)
		fcntl(fd, F_SETFD, 0);
}

static __attribute__((noreturn)) void
run_child(const struct spawn *s)
{
	const struct pd_launch *l = s->launch;
	struct failure f = { 0 };

	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != s->parent)
		_exit(127);	/* it died before the line above */
	if (l->tty != 0) {
		setsid();
		ioctl(l->tty, TIOCSCTTY, 0);
	} else if (l->own_group)
		setpgid(0, 0);
	restore_signals();
	place_streams((const int[]){ l->in, l->out, l->err });
	keep_over_exec(s->pair[1]);
	keep_over_exec(s->so);
	keep_over_exec(s->words);
	if (l->cwd.s != NULL && chdir(l->cwd.s) == -1)
		f.in_chdir = true;
	else
		execve(pd_str_c(&l->python), s->argv, s->envp);
	f.error = errno;
	if (write(s->report[1], &f, sizeof(f)) != sizeof(f))
		_exit(126);
	_exit(127);
}

/* ---- the parent --------------------------------------------------------- */

/* Waits until the child has executed; -1 with err if it could not. */
static int
await_exec(struct spawn *s, pid_t pid, struct pd_err *err)
{
	const struct pd_launch *l = s->launch;
	struct failure f;
	ssize_t n;

	close_fd(&s->report[1]);
	do
		n = read(s->report[0], &f, sizeof(f));
	while (n == -1 && errno == EINTR);
	if (n != sizeof(f))
		return 0;
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
		;
	if (f.in_chdir)
		return pd_err_set(err, "cannot change to directory '%s': %s",
		    pd_str_c(&l->cwd), strerror(f.error));
	if (f.error == ENOENT && access(pd_str_c(&l->python), F_OK) == 0)
		return pd_err_set(err, "cannot run '%s': its interpreter is "
		    "not there", pd_str_c(&l->python));
	return pd_err_set(err, "cannot run '%s': %s", pd_str_c(&l->python),
	    strerror(f.error));
}

static struct pd_str
name_of_fd(int fd)
{
	char link[64], path[PATH_MAX];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path));
	return n > 0 ? pd_str_new(path, (size_t)n) : (struct pd_str){ 0 };
}

/* A second descriptor of ours for the file that the child writes. */
static int
own_copy(int fd)
{
	return fd == -1 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static int
spawn_prepared(struct spawn *s, struct pd_child *child, struct pd_err *err)
{
	if (open_fds(s, err) == -1 || make_argv(s, err) == -1)
		return -1;
	make_envp(s);
	fflush(NULL);
	child->pid = fork();
	if (child->pid == -1)
		return pd_err_set(err, "cannot make a process: %s",
		    strerror(errno));
	if (child->pid == 0)
		run_child(s);
	if (await_exec(s, child->pid, err) == -1)
		return -1;
	child->chan = s->pair[0];
	s->pair[0] = -1;
	child->words = own_copy(s->words);
	child->so = name_of_fd(s->so);
	return 0;
}

int
pd_launch_spawn(const struct pd_launch *launch, struct pd_child *child,
    struct pd_err *err)
{
	struct spawn s = { .launch = launch, .parent = getpid(),
		.pair = { -1, -1 }, .so = -1, .words = -1,
		.report = { -1, -1 } };
	int rc = spawn_prepared(&s, child, err);

	spawn_done(&s);
	return rc;
}
