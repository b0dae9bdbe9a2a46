/*
 * base/loop: watches, time limits, signals.  Nothing here waits for long.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/loop.h"
#include "tap.h"

struct seen {
	struct pd_loop	*loop;
	int		 calls;
	int		 fd;
	short		 revents;
	int		 signo;
	int		 other;		/* fd that a callback works on */
};

static void
note(void *ctx, int fd, short revents)
{
	struct seen *s = ctx;

	s->calls++;
	s->fd = fd;
	s->revents = revents;
}

static void
note_signal(void *ctx, int signo)
{
	struct seen *s = ctx;

	s->calls++;
	s->signo = signo;
}

static void
note_and_unwatch(void *ctx, int fd, short revents)
{
	struct seen *s = ctx;

	note(ctx, fd, revents);
	pd_loop_unwatch(s->loop, s->other);
}

static void
note_and_grow(void *ctx, int fd, short revents)
{
	struct seen *s = ctx;

	note(ctx, fd, revents);
	for (int i = 0; i < 50; i++)
		pd_loop_watch(s->loop, 1000 + i, 0, note, s);
	pd_loop_watch(s->loop, fd, 0, note, s);
}

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void
make_pipe(int p[2])
{
	if (pipe2(p, O_CLOEXEC) == -1)
		tap_ok(false, "pipe: %s", strerror(errno));
}

static void
put(int fd)
{
	if (write(fd, "x", 1) != 1)
		tap_ok(false, "write: %s", strerror(errno));
}

static void
test_watch(void)
{
	struct pd_loop *loop = pd_loop_new();
	struct seen s = { .loop = loop }, t = { .loop = loop };
	int p[2];

	make_pipe(p);
	tap_is_int(pd_loop_step(loop, 0), 0, "an empty loop");
	pd_loop_watch(loop, p[0], POLLIN, note, &s);
	tap_is_int(pd_loop_step(loop, 0), 0, "nothing there");
	put(p[1]);
	tap_is_int(pd_loop_step(loop, -1), 1, "one callback");
	tap_ok(s.calls == 1 && s.fd == p[0] && s.revents == POLLIN,
	    "with fd and events");
	tap_is_int(pd_loop_step(loop, -1), 1, "still there, still told");
	pd_loop_watch(loop, p[0], 0, note, &s);
	tap_is_int(pd_loop_step(loop, 0), 0, "events 0 rests");
	pd_loop_watch(loop, p[0], POLLIN, note, &t);
	tap_is_int(pd_loop_step(loop, -1), 1, "a second call replaces");
	tap_ok(s.calls == 2 && t.calls == 1, "the first is gone");
	close(p[1]);
	pd_loop_step(loop, -1);
	tap_ok((t.revents & POLLHUP) != 0, "the end is told");
	pd_loop_unwatch(loop, p[0]);
	pd_loop_unwatch(loop, p[0]);
	tap_is_int(pd_loop_step(loop, 0), 0, "unwatched");
	close(p[0]);
	pd_loop_free(loop);
	pd_loop_free(NULL);
}

static void
test_changes(void)
{
	struct pd_loop *loop = pd_loop_new();
	struct seen s = { .loop = loop }, t = { .loop = loop };
	int p[2], q[2];

	make_pipe(p);
	make_pipe(q);
	put(p[1]);
	put(q[1]);
	s.other = q[0];
	pd_loop_watch(loop, p[0], POLLIN, note_and_unwatch, &s);
	pd_loop_watch(loop, q[0], POLLIN, note, &t);
	tap_is_int(pd_loop_step(loop, -1), 1, "a callback removes another");
	tap_ok(s.calls == 1 && t.calls == 0, "which does not run any more");
	s.other = p[0];
	tap_is_int(pd_loop_step(loop, -1), 1, "it may remove itself");
	tap_is_int(pd_loop_step(loop, 0), 0, "then it is gone");
	pd_loop_watch(loop, p[0], POLLIN, note_and_grow, &s);
	tap_is_int(pd_loop_step(loop, -1), 1, "a callback adds fifty");
	tap_is_int(pd_loop_step(loop, 0), 0, "and rests");
	pd_loop_free(loop);
	close(p[0]);
	close(p[1]);
	close(q[0]);
	close(q[1]);
}

static void
ignore_it(int signo)
{
	(void)signo;
}

static void
test_time(void)
{
	struct pd_loop *loop = pd_loop_new();
	struct itimerval tick = { { 0, 5000 }, { 0, 5000 } }, off = { 0 };
	struct sigaction sa = { .sa_handler = ignore_it }, old;
	int64_t start = now_ms();

	tap_is_int(pd_loop_step(loop, 30), 0, "time is up");
	tap_ok(now_ms() - start >= 29, "not before it is");
	sigaction(SIGALRM, &sa, &old);
	setitimer(ITIMER_REAL, &tick, NULL);
	start = now_ms();
	tap_is_int(pd_loop_step(loop, 60), 0, "with foreign signals, too");
	tap_ok(now_ms() - start >= 59, "they do not cut the wait short");
	setitimer(ITIMER_REAL, &off, NULL);
	sigaction(SIGALRM, &old, NULL);
	pd_loop_free(loop);
}

static void
test_signals(void)
{
	struct pd_loop *loop = pd_loop_new();
	struct seen s = { .loop = loop }, t = { .loop = loop };
	struct sigaction mine = { .sa_handler = ignore_it }, now;

	sigaction(SIGUSR1, &mine, NULL);
	pd_loop_signal(loop, SIGUSR1, note_signal, &s);
	pd_loop_signal(loop, SIGUSR2, note_signal, &t);
	tap_is_int(pd_loop_step(loop, 0), 0, "no signal");
	raise(SIGUSR1);
	tap_is_int(s.calls, 0, "not in the handler");
	tap_is_int(pd_loop_step(loop, -1), 1, "in the step");
	tap_ok(s.calls == 1 && s.signo == SIGUSR1, "with its number");
	for (int i = 0; i < 100000; i++)
		raise(SIGUSR1);
	raise(SIGUSR2);
	tap_is_int(pd_loop_step(loop, -1), 2, "a full pipe loses none");
	tap_ok(s.calls == 2 && t.calls == 1, "many of one are one");
	pd_loop_signal(loop, SIGUSR2, note_signal, &s);
	raise(SIGUSR2);
	pd_loop_step(loop, -1);
	tap_ok(s.signo == SIGUSR2 && t.calls == 1, "replaced");
	pd_loop_signal(loop, SIGUSR1, NULL, NULL);
	sigaction(SIGUSR1, NULL, &now);
	tap_ok(now.sa_handler == ignore_it, "the old disposition is back");
	pd_loop_free(loop);
	sigaction(SIGUSR2, NULL, &now);
	tap_ok(now.sa_handler == SIG_DFL, "free restores the others");
}

/* A child between fork and exec has our handler but not our loop. */
static void
test_child(void)
{
	struct pd_loop *loop = pd_loop_new();
	struct seen s = { .loop = loop };
	int status = -1;
	pid_t pid;

	pd_loop_signal(loop, SIGUSR1, note_signal, &s);
	pid = fork();
	if (pid == 0) {
		raise(SIGUSR1);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	tap_is_int(status, 0, "the child lives through its signal");
	tap_is_int(pd_loop_step(loop, 0), 0, "which is not ours");
	pd_loop_free(loop);
}

static void
note_later(void *ctx)
{
	struct seen *s = ctx;

	s->calls++;
}

/* Once, not before its time, and also where there is always something to do. */
static void
test_later(void)
{
	struct pd_loop *loop = pd_loop_new();
	struct seen s = { .loop = loop }, busy = { .loop = loop };
	int fds[2];

	pd_loop_later(loop, 60000, note_later, &s);
	pd_loop_step(loop, 5);
	tap_is_int(s.calls, 0, "not before its time");
	pd_loop_later(loop, 1, note_later, &s);
	pd_loop_step(loop, -1);
	tap_is_int(s.calls, 1, "a later call ends a wait for ever");
	tap_is_int(pd_loop_step(loop, 5), 0, "it comes once");
	pd_loop_later(loop, 1, note_later, &s);
	pd_loop_later(loop, 0, NULL, NULL);
	tap_is_int(pd_loop_step(loop, 5), 0, "taken back it does not come");
	if (pipe(fds) == -1 || write(fds[1], "x", 1) != 1)
		abort();
	pd_loop_watch(loop, fds[0], POLLIN, note, &busy);
	pd_loop_later(loop, 1, note_later, &s);
	while (s.calls == 1 && busy.calls < 100000000)
		pd_loop_step(loop, -1);
	tap_is_int(s.calls, 2, "it comes behind what is always ready");
	pd_loop_free(loop);
	close(fds[0]);
	close(fds[1]);
}

int
main(void)
{
	test_watch();
	test_changes();
	test_time();
	test_signals();
	test_child();
	test_later();
	return tap_done();
}
