/*
 * Stop or run: the pure heart of stepping.
 *
 * The plan is what the user asked for last; an event is what the interpreter
 * is about to do.  pd_decide() compares the two.  It touches no Python
 * object: frames are identities.  The rules are bdb's (Lib/bdb.py: stop_here,
 * dispatch_line, dispatch_call, dispatch_return, dispatch_exception), with the
 * differences that decide.c's table test names.
 */
#ifndef PD_ENGINE_DECIDE_H
#define PD_ENGINE_DECIDE_H

#include <stdbool.h>

enum pd_ev { PD_EV_CALL, PD_EV_LINE, PD_EV_RETURN, PD_EV_EXCEPTION };

/*
 * States of a plan:
 *   stop == NULL, line >= 0    step: any frame will do; stop_is_gen: because
 *                              the plan's frame was a generator's and ended
 *   stop == F,    line >= 0    next, until, return: in F from that line on
 *   stop == F,    line == -1   never by stepping (continue; `return` in a
 *                              generator, which ends by its exception)
 * returning is the frame whose return event stops (`return`, `until`).
 * over and over_line: where `step` or `next` was given, if that line of that
 * frame is to be passed over as long as it goes on.
 */
struct pd_plan {
	const void	*stop;		/* frame identity, or NULL for any */
	const void	*returning;	/* frame identity, or NULL */
	int		 line;
	bool		 stop_is_gen;	/* stop is a generator's frame */
	const void	*over;		/* frame identity, or NULL */
	int		 over_line;
};

struct pd_happening {
	enum pd_ev	 ev;
	const void	*frame;		/* identity */
	int		 line;
	bool		 gen;		/* a generator's, coroutine's ... */
	bool		 for_good;	/* PD_EV_RETURN: not a yield */
	bool		 stop_iteration; /* PD_EV_EXCEPTION: its type */
	bool		 has_tb;	/* ... it has a traceback */
	bool		 bp;		/* PD_EV_LINE: a breakpoint says stop */
};

struct pd_verdict {
	bool		 stop;
	bool		 to_step;	/* the plan's frame is gone: from now on
					   any frame will do */
	bool		 over;		/* the plan's own line goes on: a
					   breakpoint is not asked either */
	const char	*why;		/* for the log */
};

extern const char	 pd_no_frame[];	/* identity of a frame that never is */

struct pd_verdict	 pd_decide(const struct pd_plan *,
			    const struct pd_happening *);

void	 pd_plan_continue(struct pd_plan *);
void	 pd_plan_step(struct pd_plan *);
void	 pd_plan_next(struct pd_plan *, const void *frame, bool gen);
void	 pd_plan_until(struct pd_plan *, const void *frame, bool gen, int line);
/* caller: identity of the frame's caller, pd_no_frame if it has none. */
void	 pd_plan_return(struct pd_plan *, const void *frame, bool gen,
	    const void *caller);

#endif
