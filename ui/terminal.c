/*
 * The terminal's owner.
 *
 * Called by the runner when the program runs and has stopped, by the front for
 * signals and before a prompt.  Writes nothing.
 *
 * States, by members: running says who is to have the terminal, given who has
 * it.  They differ while the program is being started (it gets the terminal
 * when it asks), and in the background, where the terminal is the shell's and
 * nobody here may touch it: not given, and the foreground group is not ours.
 *
 * What the program's part of the terminal was like at a stop (modes, the group
 * that it had put in the foreground) is put back when it goes on.  Our part is
 * noted when it is given away, so that what the user has set meanwhile stays.
 *
 * While the program has it we are in the background: changes are made with
 * SIGTTOU blocked, which lets them pass.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "ui/terminal.h"

#define ORPHAN_MS	100	/* between two tries of one that cannot halt */

static struct pd_terminal *watched;	/* for on_deadly(); signal safe */
static const char *volatile screen_end;
static volatile size_t screen_end_n;

/* ---- the two things that change hands ----------------------------------- */

static void
set_group(struct pd_terminal *t, pid_t group)
{
	sigset_t block, was;

	sigemptyset(&block);
	sigaddset(&block, SIGTTOU);
	sigprocmask(SIG_BLOCK, &block, &was);
	if (tcsetpgrp(t->fd, group) == -1 && group == t->holder) {
		/* Gone meanwhile; whoever had made it is to have it. */
		t->holder = 0;
		tcsetpgrp(t->fd, t->group);
	}
	sigprocmask(SIG_SETMASK, &was, NULL);
}

/* At once: output that flow control holds back must not hold us up. */
static void
set_modes(struct pd_terminal *t, const struct termios *modes)
{
	sigset_t block, was;

	sigemptyset(&block);
	sigaddset(&block, SIGTTOU);
	sigprocmask(SIG_BLOCK, &block, &was);
	while (tcsetattr(t->fd, TCSANOW, modes) == -1 && errno == EINTR)
		;
	sigprocmask(SIG_SETMASK, &was, NULL);
}

static bool
in_foreground(const struct pd_terminal *t)
{
	return !t->job || tcgetpgrp(t->fd) == getpgrp();
}

/* Curses redraws for it; the kernel told only who was in the foreground. */
static void
tell_size(struct pd_terminal *t)
{
	struct winsize now;

	if (t->group == 0 || t->size.ws_col == 0 ||
	    ioctl(t->fd, TIOCGWINSZ, &now) == -1)
		return;
	if (now.ws_row != t->size.ws_row || now.ws_col != t->size.ws_col)
		kill(-t->group, SIGWINCH);
}

static void
give(struct pd_terminal *t)
{
	if (t->given || t->fd == -1 || !in_foreground(t))
		return;
	tcgetattr(t->fd, &t->ours);
	if (t->group != 0)
		set_group(t, t->holder != 0 ? t->holder : t->group);
	if (t->have_theirs)
		set_modes(t, &t->theirs);
	t->given = true;
	tell_size(t);
}

static void
take(struct pd_terminal *t)
{
	pid_t group;

	if (!t->given)
		return;
	t->given = false;
	if (t->group != 0) {
		group = tcgetpgrp(t->fd);
		t->holder = group > 0 && group != getpgrp() ? group : 0;
		set_group(t, getpgrp());
	} else if (!in_foreground(t))
		return;
	t->have_theirs = tcgetattr(t->fd, &t->theirs) == 0;
	set_modes(t, &t->ours);
	if (ioctl(t->fd, TIOCGWINSZ, &t->size) == -1)
		memset(&t->size, 0, sizeof(t->size));
}

/* ---- our own end ------------------------------------------------------ */

static void
on_deadly(int signo)
{
	struct pd_terminal *t = watched;

	signal(signo, SIG_DFL);
	if (t != NULL && t->fd != -1 && (t->given || in_foreground(t))) {
		if (t->group != 0)
			set_group(t, getpgrp());
		if (screen_end != NULL && write(t->fd, screen_end,
		    screen_end_n) == -1)
			errno = 0;	/* nothing more can be done */
		set_modes(t, &t->ours);
	}
	raise(signo);
}

static void
watch_deaths(struct pd_terminal *t)
{
	static const int deadly[] = { SIGHUP, SIGQUIT, SIGTERM, SIGABRT,
	    SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGXCPU, SIGALRM };
	struct sigaction sa = { .sa_handler = on_deadly }, old;

	watched = t;
	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		if (sigaction(deadly[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_DFL)
			sigaction(deadly[i], &sa, NULL);
}

void
pd_terminal_screen(const char *bytes, size_t n)
{
	screen_end = NULL;
	screen_end_n = n;
	screen_end = bytes;
}

/* ---- for the front ---------------------------------------------------- */

void
pd_terminal_init(struct pd_terminal *t)
{
	memset(t, 0, sizeof(*t));
	/* The program may ask at /dev/tty though our stdin is no terminal. */
	t->fd = isatty(STDIN_FILENO) ?
	    fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) :
	    open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (t->fd == -1)
		return;
	if (tcgetattr(t->fd, &t->ours) == -1) {
		close(t->fd);
		t->fd = -1;
		return;
	}
	/* Answers for the controlling terminal alone. */
	t->job = tcgetpgrp(t->fd) != -1;
	watch_deaths(t);
}

void
pd_terminal_done(struct pd_terminal *t)
{
	pd_terminal_stop(t);
	watched = NULL;
	if (t->fd != -1)
		close(t->fd);
	t->fd = -1;
}

int
pd_terminal_input(void)
{
	int fd = -1;

	if (isatty(STDIN_FILENO))
		fd = open("/proc/self/fd/0",
		    O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	return fd != -1 ? fd : STDIN_FILENO;
}

void
pd_terminal_input_done(int fd)
{
	if (fd != STDIN_FILENO)
		close(fd);
}

bool
pd_terminal_begin(struct pd_terminal *t)
{
	t->have_theirs = t->wake_group = false;
	t->holder = t->group = 0;
	return t->fd != -1 && t->job && isatty(STDIN_FILENO) &&
	    in_foreground(t);
}

void
pd_terminal_run(struct pd_terminal *t, pid_t group, bool now)
{
	t->running = true;
	t->resumed = false;
	t->group = group;
	if (now)
		give(t);
}

void
pd_terminal_wake(struct pd_terminal *t)
{
	t->resumed = true;
	if (t->wake_group && t->group != 0)
		kill(-t->group, SIGCONT);
	t->wake_group = false;
}

void
pd_terminal_stop(struct pd_terminal *t)
{
	t->running = false;
	take(t);
}

/* The shell's job is we and the program: all halt, and all go on. */
static void
halt_job(struct pd_terminal *t, int signo)
{
	take(t);
	pd_log("ui", "halting with signal %d", signo);
	kill(0, signo);
	/* Here again by fg or bg; or never halted, in an orphaned group. */
	if (!in_foreground(t))
		poll(NULL, 0, ORPHAN_MS);
	give(t);
	kill(-t->group, SIGCONT);
}

void
pd_terminal_halted(struct pd_terminal *t, pid_t group, pid_t pid, int signo)
{
	bool asks = signo == SIGTTIN || signo == SIGTTOU, late;

	t->group = group;
	if (group == 0 || t->fd == -1)
		return;		/* the kernel halts us with it */
	/* It asked before it got the terminal, and we hear of it now. */
	late = asks && t->given && tcgetpgrp(t->fd) == group;
	if (!t->running || (late && !t->resumed)) {
		/* Somebody in its group has asked for the terminal; the
		 * Python must go on answering. */
		kill(pid, SIGCONT);
		t->wake_group = true;
	} else if (late || (asks && !t->given && in_foreground(t))) {
		give(t);
		kill(-group, SIGCONT);
	} else
		halt_job(t, signo);
}

void
pd_terminal_continued(struct pd_terminal *t)
{
	if (!t->running || t->group == 0 || t->fd == -1)
		return;
	if (t->given && tcgetpgrp(t->fd) != t->group)
		t->given = false;	/* the shell took it */
	give(t);
}

void
pd_terminal_claim(struct pd_terminal *t)
{
	if (t->fd != -1 && t->job && isatty(STDIN_FILENO) &&
	    !in_foreground(t))
		kill(0, SIGTTIN);
}
