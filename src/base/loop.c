/*
 * base/loop: poll(2) and signals, for the debugger (ui makes the loop, the
 * target waits in it).  Not for the debuggee.
 *
 * A signal's handler only notes the number and writes a byte to the pipe of
 * the loop that wants it; the rest happens in pd_loop_step().  A child
 * between fork and exec shares the pipe, so the handler looks whose process
 * it is in.
 *
 * Events are level-triggered.  An event found by poll is dropped if a callback
 * that ran before it took the watch away or made another of it: what is
 * still true comes again in the next step.
 */
#include "base/loop.h"

#include <sys/timerfd.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/vec.h"

struct watch {
	int		 fd;
	short		 events;
	uint64_t	 serial;	/* which registration */
	pd_watch_fn	 fn;
	void		*ctx;
};

struct route {
	pd_signal_fn	 fn;		/* NULL: not routed */
	void		*ctx;
	struct sigaction old;
};

struct pd_loop {
	struct pd_vec	watches;	/* struct watch */
	pd_later_fn	later;		/* NULL: none */
	void	       *later_ctx;
	int64_t		later_at;	/* monotonic ms */
	int		timer;		/* for that; -1 until it is needed */
	int64_t		timer_at;	/* when it is due, likewise; 0: it is
					   not armed */
	uint64_t	serial;
	int		pipe[2];	/* -1 until a signal is routed */
	struct route	routes[NSIG];
	int		(*idle)(void *, int);
	void		*idle_ctx;
};

/* What the handler sees. */
static volatile sig_atomic_t noted[NSIG];
static volatile sig_atomic_t any_noted;	/* since the last look */
static volatile sig_atomic_t pipe_of[NSIG];
static volatile pid_t owner;

static void
on_signal(int signo)
{
	int saved = errno;

	if (getpid() == owner) {
		noted[signo] = any_noted = 1;
		/* A full pipe wakes the loop just as well. */
		if (write(pipe_of[signo], "", 1) < 0)
			errno = saved;
	}
	errno = saved;
}

struct pd_loop *
pd_loop_new(void)
{
	struct pd_loop *loop = pd_xcalloc(1, sizeof(*loop));

	loop->pipe[0] = loop->pipe[1] = loop->timer = -1;
	return loop;
}

void
pd_loop_free(struct pd_loop *loop)
{
	if (loop == NULL)
		return;
	for (int signo = 1; signo < NSIG; signo++)
		pd_loop_signal(loop, signo, NULL, NULL);
	if (loop->pipe[0] != -1) {
		close(loop->pipe[0]);
		close(loop->pipe[1]);
	}
	if (loop->timer != -1)
		close(loop->timer);
	pd_vec_done(&loop->watches);
	free(loop);
}

static struct watch *
find_watch(struct pd_loop *loop, int fd)
{
	PD_VEC_EACH(&loop->watches, struct watch, w)
		if (w->fd == fd)
			return w;
	return NULL;
}

void
pd_loop_watch(struct pd_loop *loop, int fd, short events, pd_watch_fn fn,
    void *ctx)
{
	struct watch *w = find_watch(loop, fd);

	if (w == NULL) {
		w = PD_VEC_PUSH(&loop->watches, struct watch);
		w->fd = fd;
		w->serial = ++loop->serial;
	} else if (w->fn != fn || w->ctx != ctx) {
		w->serial = ++loop->serial;
	}
	w->events = events;
	w->fn = fn;
	w->ctx = ctx;
}

void
pd_loop_unwatch(struct pd_loop *loop, int fd)
{
	struct watch *w = find_watch(loop, fd);

	if (w != NULL)
		pd_vec_remove(&loop->watches,
		    (size_t)(w - (struct watch *)loop->watches.v), sizeof(*w));
}

static bool
open_pipe(struct pd_loop *loop)
{
	if (loop->pipe[0] != -1)
		return true;
	if (pipe2(loop->pipe, O_CLOEXEC | O_NONBLOCK) == 0)
		return true;
	loop->pipe[0] = loop->pipe[1] = -1;
	return false;
}

static void
unroute(struct route *r, int signo)
{
	if (r->fn == NULL)
		return;
	sigaction(signo, &r->old, NULL);
	r->fn = NULL;
	noted[signo] = 0;
}

void
pd_loop_signal(struct pd_loop *loop, int signo, pd_signal_fn fn, void *ctx)
{
	struct sigaction sa = { .sa_handler = on_signal,
		.sa_flags = SA_RESTART };
	struct route *r;

	if (signo < 1 || signo >= NSIG)
		return;
	r = &loop->routes[signo];
	if (fn == NULL) {
		unroute(r, signo);
		return;
	}
	if (!open_pipe(loop)) {
		PD_BUG("no pipe for signal %d: %s", signo, strerror(errno));
		return;
	}
	r->ctx = ctx;
	if (r->fn == NULL) {
		noted[signo] = 0;
		pipe_of[signo] = loop->pipe[1];
		owner = getpid();
		sigemptyset(&sa.sa_mask);
		if (sigaction(signo, &sa, &r->old) == -1)
			return;
	}
	r->fn = fn;
}

static int
run_signals(struct pd_loop *loop)
{
	char bytes[64];
	int ran = 0;

	if (loop->pipe[0] == -1)
		return 0;
	any_noted = 0;
	/* First the pipe, then the notes: a signal in between is seen now and
	 * wakes the next step for nothing, but none is lost. */
	while (read(loop->pipe[0], bytes, sizeof(bytes)) > 0)
		;
	for (int signo = 1; signo < NSIG; signo++) {
		struct route *r = &loop->routes[signo];

		if (r->fn == NULL || !noted[signo])
			continue;
		noted[signo] = 0;
		r->fn(r->ctx, signo);
		ran++;
	}
	return ran;
}

/* What is polled: [0] is the signals' pipe, [1] the timer (fd -1 is ignored by
 * poll). */
struct pollset {
	struct pollfd	*fds;		/* owned */
	uint64_t	*serials;	/* owned */
	size_t		 n;
};

static struct pollset
make_pollset(struct pd_loop *loop)
{
	struct pollset set = { 0 };
	size_t cap = loop->watches.n + 2;

	set.fds = pd_xcalloc(cap, sizeof(*set.fds));
	set.serials = pd_xcalloc(cap, sizeof(*set.serials));
	set.fds[0] = (struct pollfd){ .fd = loop->pipe[0], .events = POLLIN };
	set.fds[1] = (struct pollfd){ .fd = loop->timer, .events = POLLIN };
	set.n = 2;
	PD_VEC_EACH(&loop->watches, struct watch, w) {
		if (w->events == 0)
			continue;
		set.fds[set.n] = (struct pollfd){ .fd = w->fd,
			.events = w->events };
		set.serials[set.n++] = w->serial;
	}
	return set;
}

static int
run_watches(struct pd_loop *loop, const struct pollset *set)
{
	const short always = POLLERR | POLLHUP | POLLNVAL;
	int ran = 0;

	for (size_t i = 2; i < set->n; i++) {
		struct watch *w = find_watch(loop, set->fds[i].fd);
		short revents = set->fds[i].revents;

		if (w == NULL || w->serial != set->serials[i] ||
		    w->events == 0)
			continue;
		revents &= (short)(w->events | always);
		if (revents == 0)
			continue;
		w->fn(w->ctx, w->fd, revents);
		ran++;
	}
	return ran;
}

void
pd_loop_idle(struct pd_loop *loop, int (*fn)(void *ctx, int ms), void *ctx)
{
	loop->idle = fn;
	loop->idle_ctx = ctx;
}

/* What is left of a wait until then; -1: no end. */
static int
time_left(int ms, int64_t deadline)
{
	int64_t left = deadline - pd_clock_ms();

	return ms <= 0 ? ms : left > 0 ? (int)left : 0;
}

/* poll, as long as it takes.  Somebody else's signal does not cut the wait
 * short, nor does whoever wants to be called now and then. */
static int
wait_for(struct pd_loop *loop, struct pollset *set, int ms)
{
	int64_t deadline = ms > 0 ? pd_clock_ms() + ms : 0;

	for (;;) {
		int left = time_left(ms, deadline), turn = left, n;

		if (loop->idle != NULL && left != 0) {
			turn = loop->idle(loop->idle_ctx, left);
			if (turn < 0 || (left >= 0 && turn > left))
				turn = left;
		}
		n = poll(set->fds, (nfds_t)set->n, turn);
		if (n > 0 || (n == -1 && errno != EINTR) ||
		    (n == 0 && time_left(ms, deadline) == 0))
			return n;
	}
}

/* The timer is left armed when a call is taken back, and found armed by the
 * next: to set it each time costs more than all else of a short wait. */
static void
arm(struct pd_loop *loop)
{
	struct itimerspec t = { .it_value = { .tv_sec = loop->later_at / 1000,
	    .tv_nsec = loop->later_at % 1000 * 1000000 } };

	if (loop->timer == -1)
		loop->timer = timerfd_create(CLOCK_MONOTONIC,
		    TFD_CLOEXEC | TFD_NONBLOCK);
	loop->timer_at = timerfd_settime(loop->timer, TFD_TIMER_ABSTIME, &t,
	    NULL) == 0 ? loop->later_at : 0;
}

void
pd_loop_later(struct pd_loop *loop, int ms, pd_later_fn fn, void *ctx)
{
	loop->later = fn;
	loop->later_ctx = ctx;
	if (fn == NULL)
		return;
	/* Of the millisecond that runs something is gone. */
	loop->later_at = pd_clock_ms() + ms + 1;
	if (loop->timer_at == 0 || loop->timer_at > loop->later_at)
		arm(loop);
	if (loop->timer_at == 0) {	/* no descriptor: now, then */
		loop->later = NULL;
		fn(ctx);
	}
}

static int
run_later(struct pd_loop *loop)
{
	pd_later_fn fn = loop->later;
	uint64_t times;

	if (read(loop->timer, &times, sizeof(times)) != sizeof(times))
		return 0;
	loop->timer_at = 0;
	if (fn != NULL && loop->later_at > pd_clock_ms())
		arm(loop);
	if (fn == NULL || loop->timer_at != 0)
		return 0;
	loop->later = NULL;
	fn(loop->later_ctx);
	return 1;
}

bool
pd_loop_signalled(const struct pd_loop *loop)
{
	return any_noted && loop->pipe[0] != -1;
}

int
pd_loop_step(struct pd_loop *loop, int ms)
{
	struct pollset set;
	int n, ran = 0;

	set = make_pollset(loop);
	n = wait_for(loop, &set, ms);
	if (n > 0) {
		if (set.fds[0].revents != 0)
			ran += run_signals(loop);
		ran += run_watches(loop, &set);
		if (set.fds[1].revents != 0)
			ran += run_later(loop);
	}
	free(set.fds);
	free(set.serials);
	return ran;
}
