/*
 * Waiting for the debuggee: the one place of the live target that does.
 *
 * Serves the loop meanwhile, so that what the ui has registered there (the
 * program's stdin, Ctrl-C) goes on.  Callbacks of this file only note what has
 * happened; pd_live_wait() hands it out in the order: messages, the channel's
 * end, the process' end.  Messages that a process left behind are thus seen
 * before its death.
 */
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "target/live.h"

#define KICK_FIRST_MS	20
#define KICK_LAST_MS	1000
#define LOOP_TURN	32	/* waits awake to a step of the loop */

int64_t
pd_live_deadline(int ms)
{
	return pd_clock_ms() + ms;
}

/* What a fill of the channel has come to. */
static void
note(struct pd_live *lv, int rc)
{
	if (rc > 0)
		return;
	lv->eof = rc == 0;
	lv->broken = rc == -1;
	pd_loop_unwatch(lv->loop, lv->chan.fd);
}

static void
on_readable(void *ctx, int fd, short revents)
{
	struct pd_live *lv = ctx;

	note(lv, pd_chan_fill(&lv->chan, &lv->broken_why));
	pd_spin_slept(&lv->chan.spin);
}

/* An answer is often there before one could fall asleep.  True: something
 * has come.  Signals that came before it are served first, as by the loop, and
 * now and then all else is. */
static bool
came_soon(struct pd_live *lv)
{
	int rc;

	if (lv->chan.fd == -1 || lv->eof || lv->broken || lv->reaped)
		return false;
	rc = pd_chan_fill_awake(&lv->chan, &lv->broken_why);
	note(lv, rc);
	if (rc == 2)
		return false;
	if (pd_loop_signalled(lv->loop) || ++lv->awake % LOOP_TURN == 0)
		pd_loop_step(lv->loop, 0);
	return true;
}

/* Has nothing come by now?  From here on it is heard in poll. */
static bool
may_sleep(struct pd_live *lv)
{
	return lv->chan.fd == -1 || pd_chan_sleep(&lv->chan);
}

static void
tell_halt(struct pd_live *lv, int signo)
{
	pd_log("target", "process %d was halted by signal %d", (int)lv->child,
	    signo);
	if (lv->target.halted != NULL)
		lv->target.halted(lv->target.running_ctx, signo);
}

static void
reap(struct pd_live *lv)
{
	pid_t pid;

	if (lv->child == 0 || lv->reaped)
		return;
	do {
		pid = waitpid(lv->child, &lv->status, WNOHANG | WUNTRACED);
		if (pid > 0 && WIFSTOPPED(lv->status)) {
			tell_halt(lv, WSTOPSIG(lv->status));
			lv->status = 0;
			errno = EINTR;
			pid = -1;
		}
	} while (pid == -1 && errno == EINTR);
	if (pid == 0)
		return;
	if (pid == -1)
		lv->status = 0;		/* somebody else has waited for it */
	lv->reaped = true;
	pd_log("target", "process %d is gone, status %#x", (int)lv->child,
	    (unsigned)lv->status);
}

static void
on_sigchld(void *ctx, int signo)
{
	reap(ctx);
}

void
pd_live_attach(struct pd_live *lv, struct pd_child *child)
{
	lv->child = child->pid;
	lv->words = child->words;
	lv->so = child->so;
	pd_chan_init(&lv->chan, child->chan);
	pd_loop_watch(lv->loop, lv->chan.fd, POLLIN, on_readable, lv);
	pd_loop_signal(lv->loop, SIGCHLD, on_sigchld, lv);
	reap(lv);		/* it may be gone already */
}

void
pd_live_close_channel(struct pd_live *lv)
{
	if (lv->chan.fd == -1)
		return;
	pd_loop_unwatch(lv->loop, lv->chan.fd);
	pd_chan_done(&lv->chan);
	lv->chan.fd = -1;
}

/* What the dead process has left in the socket.  Not until its end: somebody
 * else may have inherited a copy. */
static bool
drain(struct pd_live *lv)
{
	struct pollfd p = { .fd = lv->chan.fd, .events = POLLIN };

	if (lv->chan.fd == -1 || lv->eof || lv->broken ||
	    (poll(&p, 1, 0) <= 0 && !pd_chan_has(&lv->chan)))
		return false;
	on_readable(lv, lv->chan.fd, p.revents);
	return true;
}

/* What has been noted already, or -1. */
static int
take(struct pd_live *lv, struct pd_msg *msg, struct pd_err *err)
{
	if (lv->chan.fd != -1) {
		int rc = pd_chan_next(&lv->chan, msg, err);

		if (rc == 1)
			return PD_GOT_MESSAGE;
		if (rc == 0 && lv->broken) {
			rc = -1;
			*err = lv->broken_why;
		}
		if (rc == -1 || lv->eof) {
			/* Not to see the end and go before it is killed. */
			if (rc == -1)
				pd_live_signal_all(lv, SIGKILL);
			pd_live_close_channel(lv);
			return rc == -1 ? PD_GOT_GARBAGE : PD_GOT_EOF;
		}
	}
	/* SIGCHLD tells of a death; at the channel's end look for oneself. */
	if (lv->eof || lv->broken)
		reap(lv);
	if (lv->reaped && !drain(lv))
		return PD_GOT_DEATH;
	return -1;
}

void
pd_live_kick(struct pd_live *lv)
{
	lv->kick_ms = KICK_FIRST_MS;
	lv->kick_at = pd_clock_ms() + lv->kick_ms;
}

/* How long the loop may wait: until the next kick at most. */
static int
kick(struct pd_live *lv, int left)
{
	int64_t due = lv->kick_at - pd_clock_ms();

	if (lv->kick_ms == 0)
		return left;
	if (due <= 0) {
		lv->kick_ms = lv->kick_ms < KICK_LAST_MS && pd_live_wake(lv) ?
		    2 * lv->kick_ms : 0;
		due = lv->kick_ms;
		lv->kick_at = pd_clock_ms() + due;
		if (due == 0)
			return left;
	}
	return left != -1 && left < due ? left : (int)due;
}

enum pd_live_got
pd_live_wait(struct pd_live *lv, int64_t until, struct pd_msg *msg,
    struct pd_err *err)
{
	int got;

	lv->waiting++;
	while ((got = take(lv, msg, err)) == -1) {
		int64_t left = until == 0 ? -1 : until - pd_clock_ms();

		if (until != 0 && left <= 0) {
			got = PD_GOT_TIMEOUT;
			break;
		}
		if (!came_soon(lv))
			/* Drained something: look at it first. */
			pd_loop_step(lv->loop, lv->reaped ||
			    !may_sleep(lv) ? 0 : kick(lv, (int)left));
	}
	lv->waiting--;
	return (enum pd_live_got)got;
}
