/*
 * SIGINT in the process that is debugged: Ctrl-C is the debugger's, whatever
 * the program does to the signal.
 *
 * sigaction() and signal() are defined in front of libc's.  For SIGINT they
 * keep what the program wants as its disposition and answer with it, while
 * the kernel has our handler; everything else goes to libc.  By the policy
 * our handler has the engine break in, or drops the signal; where nothing
 * stops and all is passed on the kernel has the program's own disposition.  A
 * SIGINT that the program sends to itself is always the program's.
 *
 * The wake signal is ours altogether: the interpreter thinks that it has set
 * a handler, and that it has taken it away at its end, when the default action
 * would kill.
 *
 * Children inherit what the program wants: fork()'s by a handler of
 * pthread_atfork(), vfork()'s when it asks for a disposition (as subprocess
 * does before it executes), an ignored signal by the calls of spawn.c.
 *
 * Where SIGINT is ignored from the start (nohup, a shell's background without
 * job control) nothing of this is done.
 *
 * Called by the kernel, by the program in any context, and by start.c and the
 * engine: no locks, no memory.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "start/start.h"
#include "wire/proto.h"

/* libc's own name of sigaction(), and another one of signal(). */
int	__sigaction(int, const struct sigaction *, struct sigaction *);

static struct {
	pid_t		 owner;		/* whose SIGINT it is; 0: nobody's */
	pid_t		 debugger;
	struct sigaction wanted;	/* SIGINT's, by the program */
	struct sigaction wake;		/* the wake signal's, likewise */
	pid_t		 wake_owner;	/* whose wake signal it is; 0 */
	bool		 stop, pass;	/* the policy */
	bool		 early;		/* one came before there was: */
	bool		 (*ask)(void);
} sig;

static void	on_sigint(int, siginfo_t *, void *);

/* ---- what the kernel has ------------------------------------------------ */

static void
place(void)
{
	struct sigaction sa = { .sa_sigaction = on_sigint,
	    .sa_flags = SA_SIGINFO };

	if (!sig.stop && sig.pass) {
		__sigaction(SIGINT, &sig.wanted, NULL);
		return;
	}
	sa.sa_flags |= sig.wanted.sa_flags & SA_ONSTACK;
	if (!sig.stop)
		sa.sa_flags |= SA_RESTART;
	sigemptyset(&sa.sa_mask);
	__sigaction(SIGINT, &sa, NULL);
}

static void
restore(void)
{
	__sigaction(SIGINT, &sig.wanted, NULL);
}

/* The terminal's Ctrl-C reaches all of its foreground group. */
static bool
debugger_hears(const siginfo_t *info)
{
	return info->si_code == SI_KERNEL &&
	    getpgid(sig.debugger) == getpgrp();
}

static void
tell(void)
{
	if (sig.debugger > 0)
		kill(sig.debugger, PD_TOLD_SIGNAL);
}

/* The program sends it to itself (signal.raise_signal): nobody has pressed
 * a key, so it is the program's. */
static bool
own(const siginfo_t *info)
{
	return info->si_code <= 0 && info->si_pid == sig.owner;
}

static void
deliver(int signo, siginfo_t *info, void *context)
{
	const struct sigaction *w = &sig.wanted;

	if (w->sa_flags & SA_SIGINFO) {
		w->sa_sigaction(signo, info, context);
	} else if (w->sa_handler == SIG_DFL) {
		restore();
		raise(signo);
	} else if (w->sa_handler != SIG_IGN) {
		w->sa_handler(signo);
	}
}

static void
on_sigint(int signo, siginfo_t *info, void *context)
{
	int saved = errno;

	if (getpid() != sig.owner) {
		restore();		/* vfork's child */
		raise(signo);
	} else if (own(info)) {
		deliver(signo, info, context);
	} else if (!sig.stop || debugger_hears(info)) {
		;
	} else if (sig.ask == NULL) {
		sig.early = true;
		tell();
	} else if (sig.ask()) {
		tell();
	} else {
		/* Nothing can break in here any more. */
		restore();
		raise(signo);
	}
	errno = saved;
}

static void
in_child(void)
{
	if (sig.owner != 0)
		restore();
	if (sig.wake_owner != 0)
		__sigaction(PD_WAKE_SIGNAL, &sig.wake, NULL);
	sig.owner = sig.wake_owner = 0;
}

/* ---- for start.c and the engine ----------------------------------------- */

void
pd_start_sigint_begin(pid_t debugger)
{
	if (__sigaction(SIGINT, NULL, &sig.wanted) == -1 ||
	    sig.wanted.sa_handler == SIG_IGN ||
	    pthread_atfork(NULL, NULL, in_child) != 0)
		return;
	sig.debugger = debugger;
	sig.stop = true;
	sig.owner = getpid();
	place();
}

void
pd_start_sigint_watch(bool (*ask)(void))
{
	sig.ask = ask;
	if (ask != NULL && sig.early) {
		sig.early = false;
		ask();
	}
}

void
pd_start_sigint_policy(bool stop, bool pass)
{
	if (sig.owner != getpid() || (sig.stop == stop && sig.pass == pass))
		return;
	sig.stop = stop;
	sig.pass = pass;
	place();
}

void
pd_start_sigint_pass(void)
{
	sigset_t mask;

	/* A blocked one would come when our handler is back. */
	if (sig.owner != getpid() ||
	    pthread_sigmask(SIG_SETMASK, NULL, &mask) != 0 ||
	    sigismember(&mask, SIGINT))
		return;
	restore();
	raise(SIGINT);
	__sigaction(SIGINT, NULL, &sig.wanted);	/* SA_RESETHAND */
	place();
}

int
pd_start_sigint_wake(void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction sa = { .sa_sigaction = handler,
	    .sa_flags = SA_SIGINFO };

	sigemptyset(&sa.sa_mask);
	if (__sigaction(PD_WAKE_SIGNAL, &sa, &sig.wake) == -1)
		return -1;
	sig.wake_owner = getpid();
	return sig.owner != 0 ? 0 : pthread_atfork(NULL, NULL, in_child);
}

bool
pd_start_sigint_leave(void)
{
	if (sig.owner == 0 || sig.wanted.sa_handler != SIG_IGN)
		return false;
	restore();
	return true;
}

void
pd_start_sigint_back(void)
{
	if (sig.owner == getpid())
		place();
}

/* ---- in front of libc ---------------------------------------------------- */

/* Where the program's wish is kept; NULL: libc has it. */
static struct sigaction *
wish(int signo)
{
	struct sigaction now;

	if (signo == PD_WAKE_SIGNAL)
		return sig.wake_owner == getpid() ? &sig.wake : NULL;
	if (signo != SIGINT || sig.owner == 0)
		return NULL;
	if (sig.owner == getpid())
		return &sig.wanted;
	if (__sigaction(SIGINT, NULL, &now) == 0 &&
	    now.sa_sigaction == on_sigint)
		restore();
	return NULL;
}

__attribute__((visibility("default"))) int
sigaction(int signo, const struct sigaction *restrict act,
    struct sigaction *restrict old)
{
	struct sigaction *w = wish(signo), was;

	if (w == NULL)
		return __sigaction(signo, act, old);
	was = *w;
	if (act != NULL) {
		*w = *act;
		if (signo == SIGINT)
			place();
	}
	if (old != NULL)
		*old = was;
	return 0;
}

__attribute__((visibility("default"))) sighandler_t
signal(int signo, sighandler_t handler)
{
	struct sigaction act = { .sa_handler = handler,
	    .sa_flags = SA_RESTART }, old;

	if (handler == SIG_ERR || wish(signo) == NULL)
		return ssignal(signo, handler);
	sigemptyset(&act.sa_mask);
	sigaction(signo, &act, &old);
	return old.sa_handler;
}
