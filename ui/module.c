/*
 * Why -m MODULE could not be run, in the words that pdb has for it.
 *
 * Called by runner.c after a program ended with status 1 before its first
 * line.  Only the program's own Python can tell, so it is asked: the same
 * executable and options, with a few lines instead of the module.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "ui/module.h"

#define ASK_MS	10000	/* an import that takes longer is not our answer */

static char dash_c[] = "-c";
static char ask[] =
    "import runpy, sys\n"
    "try:\n"
    "    runpy._get_module_details(sys.argv[1])\n"
    "except ImportError as e:\n"
    "    sys.__stdout__.write(f'\\x02ImportError: {e}\\x03')\n";

/* python and its options from the launch, then our -c. */
static char **
build_argv(const struct pd_launch *launch, const char *module)
{
	char **argv = pd_xcalloc(launch->argv.n + 5, sizeof(*argv));
	size_t n = 0;

	PD_VEC_EACH(&launch->argv, struct pd_str, s) {
		if (pd_str_eq(s, "-m"))
			break;
		argv[n++] = s->s;
	}
	argv[n++] = dash_c;
	argv[n++] = ask;
	argv[n] = (char *)(uintptr_t)module;
	return argv;
}

static pid_t
spawn(const struct pd_launch *launch, char **argv, int out)
{
	pid_t pid = fork();
	int null;

	if (pid != 0)
		return pid;
	null = open("/dev/null", O_RDWR);
	dup2(null, 0);
	dup2(out, 1);
	dup2(null, 2);
	if (launch->cwd.s != NULL && chdir(launch->cwd.s) == -1)
		_exit(127);
	execv(launch->python.s, argv);
	_exit(127);
}

static long
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void
read_answer(int fd, struct pd_buf *b)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	long end = now_ms() + ASK_MS, left;
	char part[4096];
	ssize_t n;

	while ((left = end - now_ms()) > 0 && b->n < 1 << 20) {
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		n = read(fd, part, sizeof(part));
		if (n == 0 || (n == -1 && errno != EINTR))
			return;
		if (n > 0)
			pd_buf_add(b, part, (size_t)n);
	}
}

/* What stands between the two marks; a module may print as well. */
static struct pd_str
marked(const struct pd_buf *b)
{
	struct pd_str none = { 0 };
	const char *from, *to;

	if (b->n == 0 || (from = memchr(b->s, 2, b->n)) == NULL ||
	    (to = memchr(from, 3, b->n - (size_t)(from - b->s))) == NULL)
		return none;
	return pd_str_new(from + 1, (size_t)(to - from - 1));
}

struct pd_str
pd_module_error(const struct pd_launch *launch, const char *module)
{
	struct pd_buf b = { 0 };
	struct pd_str text = { 0 };
	char **argv;
	pid_t pid;
	int p[2];

	if (pipe2(p, O_CLOEXEC) == -1)
		return text;
	argv = build_argv(launch, module);
	pid = spawn(launch, argv, p[1]);
	close(p[1]);
	if (pid > 0) {
		read_answer(p[0], &b);
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
			;
	}
	close(p[0]);
	text = marked(&b);
	pd_buf_done(&b);
	free(argv);
	return text;
}
