/*
 * A small poll loop: the debugger's one place that waits.
 *
 * The target waits for the debuggee here; the UI registers what must go on
 * meanwhile (the stdin feeder, signals), without either knowing the other.
 * Callbacks run in pd_loop_step() and may add and remove watches.
 */
#ifndef PD_BASE_LOOP_H
#define PD_BASE_LOOP_H

#include <stdbool.h>

struct pd_loop;
typedef void (*pd_watch_fn)(void *ctx, int fd, short revents);
typedef void (*pd_later_fn)(void *ctx);
typedef void (*pd_signal_fn)(void *ctx, int signo);

struct pd_loop	*pd_loop_new(void);
void		 pd_loop_free(struct pd_loop *);
/* events as poll(2).  One watch for each fd: a second call replaces it;
 * events 0 keeps the watch but does not poll it. */
void	 pd_loop_watch(struct pd_loop *, int fd, short events, pd_watch_fn,
	    void *ctx);
void	 pd_loop_unwatch(struct pd_loop *, int fd);
/* Routes a signal through a self-pipe; fn runs in pd_loop_step(). A NULL fn
 * restores the disposition that was there before. */
void	 pd_loop_signal(struct pd_loop *, int signo, pd_signal_fn, void *ctx);
/* Called with what is left of a wait (ms; -1: for ever) each time before the
 * loop waits; it says how long to wait before it is to be called again, -1: as
 * long as wanted.  It must not step the loop.  NULL: nobody. */
void	 pd_loop_idle(struct pd_loop *, int (*fn)(void *ctx, int ms),
	    void *ctx);
/* Calls fn once, in a step, ms milliseconds from now or a little later.  One
 * such call at a time: another replaces it; a NULL fn takes it back. */
void	 pd_loop_later(struct pd_loop *, int ms, pd_later_fn, void *ctx);
/* True if a signal waits for the next step. */
bool	 pd_loop_signalled(const struct pd_loop *);
/* Waits for at most ms milliseconds (-1: for ever) and runs what is due.
 * Returns the number of callbacks that ran. */
int	 pd_loop_step(struct pd_loop *, int ms);

#endif
