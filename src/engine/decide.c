/*
 * Stop or run.
 *
 * Called by the backends for each event; calls nothing.  The invariants:
 *
 * - A breakpoint stops whatever the plan says; the plan stays as it is.
 * - `step` (stop == NULL) stops at each line, call, return and exception.
 * - While a plan names a frame, a generator's calls and returns are not told:
 *   a frame that is left by a yield comes back.
 * - The line that `step` or `next` was given on does not stop it again, so
 *   that a loop in one line is a single step (bdb since 3.13.10, 3.14.1).
 * - When the plan's own frame returns for good nothing would ever match
 *   again.  bdb turns the plan into `step` after it has shown the return.
 *   For a generator it shows nothing and, on some versions, runs away to
 *   the program's end; here the plan turns into `step` in silence, so that
 *   the next line of whoever drove the generator stops.
 */
#include <stddef.h>

#include "engine/decide.h"

const char pd_no_frame[] = "no frame";

static bool
stop_here(const struct pd_plan *p, const struct pd_happening *h)
{
	if (p->stop == NULL)
		return true;
	if (p->stop != h->frame)
		return false;
	return p->line != -1 && h->line >= p->line;
}

static struct pd_verdict
decide_line(const struct pd_plan *p, const struct pd_happening *h)
{
	struct pd_verdict v = { .why = "runs" };

	if (p->over != NULL && p->over == h->frame &&
	    p->over_line == h->line)
		v = (struct pd_verdict){ .over = true, .why = "same line" };
	else if (h->bp)
		v = (struct pd_verdict){ .stop = true, .why = "breakpoint" };
	else if (stop_here(p, h))
		v = (struct pd_verdict){ .stop = true, .why = "plan, line" };
	return v;
}

static struct pd_verdict
decide_call(const struct pd_plan *p, const struct pd_happening *h)
{
	struct pd_verdict v = { .why = "runs" };

	if (stop_here(p, h) && !(p->stop != NULL && h->gen))
		v = (struct pd_verdict){ .stop = true, .why = "plan, call" };
	return v;
}

static struct pd_verdict
decide_return(const struct pd_plan *p, const struct pd_happening *h)
{
	struct pd_verdict v = { .why = "runs" };
	bool planned = stop_here(p, h) || h->frame == p->returning;

	if (planned && !(p->stop != NULL && h->gen))
		v = (struct pd_verdict){ .stop = true, .why = "plan, return" };
	if (p->stop != h->frame)
		return v;
	if (h->gen && h->for_good) {
		v.why = "the plan's generator ends";
		v.to_step = true;
	} else if (p->line != -1 && (v.stop || h->for_good)) {
		v.to_step = true;
	}
	return v;
}

static struct pd_verdict
decide_exception(const struct pd_plan *p, const struct pd_happening *h)
{
	struct pd_verdict v = { .why = "runs" };

	if (stop_here(p, h)) {
		/* How a generator tells its caller that it is done: not of
		 * interest, unless it was the plan's. */
		if (!(h->gen && h->stop_iteration && !h->has_tb) ||
		    (p->stop == NULL && p->stop_is_gen))
			v = (struct pd_verdict){ .stop = true,
			    .why = "plan, exception" };
	}
	return v;
}

struct pd_verdict
pd_decide(const struct pd_plan *p, const struct pd_happening *h)
{
	static struct pd_verdict (*const by_event[])(const struct pd_plan *,
	    const struct pd_happening *) = {
		[PD_EV_CALL] = decide_call,
		[PD_EV_LINE] = decide_line,
		[PD_EV_RETURN] = decide_return,
		[PD_EV_EXCEPTION] = decide_exception,
	};

	return by_event[h->ev](p, h);
}

void
pd_plan_continue(struct pd_plan *p)
{
	*p = (struct pd_plan){ .stop = pd_no_frame, .line = -1 };
}

void
pd_plan_step(struct pd_plan *p)
{
	*p = (struct pd_plan){ 0 };
}

void
pd_plan_next(struct pd_plan *p, const void *frame, bool gen)
{
	*p = (struct pd_plan){ .stop = frame, .stop_is_gen = gen };
}

void
pd_plan_until(struct pd_plan *p, const void *frame, bool gen, int line)
{
	*p = (struct pd_plan){ .stop = frame, .returning = frame,
	    .line = line, .stop_is_gen = gen };
}

void
pd_plan_return(struct pd_plan *p, const void *frame, bool gen,
    const void *caller)
{
	if (gen)
		*p = (struct pd_plan){ .stop = frame, .line = -1,
		    .stop_is_gen = true };
	else
		*p = (struct pd_plan){ .stop = caller, .returning = frame };
}
