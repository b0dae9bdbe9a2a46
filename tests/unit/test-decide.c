/*
 * decide(): the table of stepping.
 *
 * Each row is a plan, an event and the verdict; frames are letters.  The rows
 * follow Lib/bdb.py; the ones that differ from some bdb say so.
 */
#include <string.h>

#include "engine/decide.h"
#include "tap.h"

/* Identities. */
static const char A[] = "A", B[] = "B", G[] = "G";

static const struct {
	const char		*name;
	struct pd_plan		 plan;
	struct pd_happening	 h;
	bool			 stop;
	bool			 to_step;
} rows[] = {
	/* step */
	{ "step stops at a line", { 0 },
	    { PD_EV_LINE, A, 3 }, true, false },
	{ "step stops at a call", { 0 },
	    { PD_EV_CALL, A, 3 }, true, false },
	{ "step stops at a generator's call", { 0 },
	    { PD_EV_CALL, G, 3, .gen = true }, true, false },
	{ "step stops at a return", { 0 },
	    { PD_EV_RETURN, A, 3, .for_good = true }, true, false },
	{ "step stops at an exception", { 0 },
	    { PD_EV_EXCEPTION, A, 3, .has_tb = true }, true, false },
	{ "step: a generator's own StopIteration is internal", { 0 },
	    { PD_EV_EXCEPTION, G, 3, .gen = true, .stop_iteration = true },
	    false, false },
	{ "step: a StopIteration with a traceback is told", { 0 },
	    { PD_EV_EXCEPTION, G, 3, .gen = true, .stop_iteration = true,
	    .has_tb = true }, true, false },

	/* next */
	{ "next stops in its frame", { .stop = A },
	    { PD_EV_LINE, A, 4 }, true, false },
	{ "next passes over another frame", { .stop = A },
	    { PD_EV_LINE, B, 4 }, false, false },
	{ "next passes over a call", { .stop = A },
	    { PD_EV_CALL, B, 4 }, false, false },
	{ "next shows its frame's return and then steps", { .stop = A },
	    { PD_EV_RETURN, A, 4, .for_good = true }, true, true },
	{ "next shows its frame's exception", { .stop = A },
	    { PD_EV_EXCEPTION, A, 4, .has_tb = true }, true, false },
	{ "next passes over an exception elsewhere", { .stop = A },
	    { PD_EV_EXCEPTION, B, 4, .has_tb = true }, false, false },
	{ "next in a generator passes over its yield",
	    { .stop = G, .stop_is_gen = true },
	    { PD_EV_RETURN, G, 4, .gen = true }, false, false },
	{ "next in a generator: its end turns into a step (bdb runs away)",
	    { .stop = G, .stop_is_gen = true },
	    { PD_EV_RETURN, G, 4, .gen = true, .for_good = true },
	    false, true },
	{ "next in a generator passes over its being resumed",
	    { .stop = G, .stop_is_gen = true },
	    { PD_EV_CALL, G, 4, .gen = true }, false, false },
	{ "next over an await passes over a StopIteration inside it (bdb "
	    "stops)",
	    { .stop = G, .stop_is_gen = true },
	    { PD_EV_EXCEPTION, A, 9, .gen = true, .stop_iteration = true },
	    false, false },
	{ "the end of the plan's generator is told to its driver",
	    { .stop_is_gen = true },
	    { PD_EV_EXCEPTION, A, 9, .gen = true, .stop_iteration = true },
	    true, false },
	{ "next in a function: a StopIteration elsewhere passes",
	    { .stop = A },
	    { PD_EV_EXCEPTION, B, 9, .stop_iteration = true }, false, false },

	/* since 3.13.10: over the line that the step was given on */
	{ "step does not stop again on its own line",
	    { .over = A, .over_line = 3 }, { PD_EV_LINE, A, 3 }, false, false },
	{ "step stops on the next line", { .over = A, .over_line = 3 },
	    { PD_EV_LINE, A, 4 }, true, false },
	{ "step stops on the same line of another frame",
	    { .over = A, .over_line = 3 }, { PD_EV_LINE, B, 3 }, true, false },
	{ "step stops at a return from its own line",
	    { .over = A, .over_line = 3 },
	    { PD_EV_RETURN, A, 3, .for_good = true }, true, false },
	{ "next passes over its line's loop, breakpoint or not",
	    { .stop = A, .over = A, .over_line = 3 },
	    { PD_EV_LINE, A, 3, .bp = true }, false, false },

	/* until */
	{ "until runs on above its line",
	    { .stop = A, .returning = A, .line = 10 },
	    { PD_EV_LINE, A, 9 }, false, false },
	{ "until stops at its line",
	    { .stop = A, .returning = A, .line = 10 },
	    { PD_EV_LINE, A, 10 }, true, false },
	{ "until stops below its line",
	    { .stop = A, .returning = A, .line = 10 },
	    { PD_EV_LINE, A, 12 }, true, false },
	{ "until stops when its frame returns",
	    { .stop = A, .returning = A, .line = 10 },
	    { PD_EV_RETURN, A, 5, .for_good = true }, true, true },

	/* return */
	{ "return passes over its own lines", { .stop = B, .returning = A },
	    { PD_EV_LINE, A, 5 }, false, false },
	{ "return stops at its frame's return",
	    { .stop = B, .returning = A },
	    { PD_EV_RETURN, A, 5, .for_good = true }, true, false },
	{ "return stops in the caller after an exception",
	    { .stop = B, .returning = A },
	    { PD_EV_EXCEPTION, B, 7, .has_tb = true }, true, false },
	{ "return without a caller passes over other frames",
	    { .stop = pd_no_frame, .returning = A },
	    { PD_EV_LINE, B, 7 }, false, false },
	{ "return in a generator passes over its yield",
	    { .stop = G, .line = -1, .stop_is_gen = true },
	    { PD_EV_RETURN, G, 5, .gen = true }, false, false },
	{ "return in a generator: its end turns into a step (bdb waits for a "
	    "StopIteration that may not be told)",
	    { .stop = G, .line = -1, .stop_is_gen = true },
	    { PD_EV_RETURN, G, 5, .gen = true, .for_good = true },
	    false, true },

	/* continue, breakpoints */
	{ "continue passes over lines", { .stop = pd_no_frame, .line = -1 },
	    { PD_EV_LINE, A, 5 }, false, false },
	{ "continue passes over returns", { .stop = pd_no_frame, .line = -1 },
	    { PD_EV_RETURN, A, 5, .for_good = true }, false, false },
	{ "a breakpoint stops under continue",
	    { .stop = pd_no_frame, .line = -1 },
	    { PD_EV_LINE, A, 5, .bp = true }, true, false },
	{ "a breakpoint stops under next elsewhere", { .stop = A },
	    { PD_EV_LINE, B, 5, .bp = true }, true, false },
};

static void
test_plans(void)
{
	struct pd_plan p;

	pd_plan_continue(&p);
	tap_ok(p.stop == pd_no_frame && p.line == -1,
	    "continue names no frame");
	pd_plan_step(&p);
	tap_ok(p.stop == NULL && p.line == 0, "step takes any frame");
	pd_plan_return(&p, A, false, B);
	tap_ok(p.stop == B && p.returning == A, "return names both frames");
	pd_plan_return(&p, G, true, B);
	tap_ok(p.stop == G && p.line == -1 && p.returning == NULL,
	    "return in a generator waits for its exception");
	pd_plan_until(&p, A, false, 12);
	tap_ok(p.stop == A && p.returning == A && p.line == 12,
	    "until has a line and a return");
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pd_verdict v = pd_decide(&rows[i].plan, &rows[i].h);

		tap_ok(v.stop == rows[i].stop && v.to_step == rows[i].to_step,
		    "%s", rows[i].name);
		tap_ok(v.why != NULL && v.why[0] != '\0', "... with a reason");
	}
	test_plans();
	return tap_done();
}
