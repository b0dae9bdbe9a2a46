/*
 * Ctrl-C, as the debugger hears of it.
 *
 * While the program has the terminal the kernel gives Ctrl-C to the program,
 * whose engine breaks in and tells us; on a pipe, or without job control, it
 * comes to both and we break in.  A second one within two seconds that finds
 * the program still running offers to kill it: it is stuck in C code.
 *
 * Called from the loop's signals by front.c.
 */
#include <ctype.h>

#include "base/clock.h"
#include "base/log.h"
#include "ui/ctrlc.h"

#define AGAIN_MS	2000	/* a second one within this time ... */
#define REACT_MS	250	/* ... but not before the first had a chance */

static bool
wants_kill(struct pd_ctrlc *c)
{
	struct pd_session *s = c->session;
	struct pd_buf answer = { 0 };
	bool yes;

	yes = s->read_line(s->read_ctx, "\nThe program does not react: it is "
	    "in C code, or waits there.\nKill it? (y or n) ", &answer) == 0 &&
	    answer.n > 0 && tolower((unsigned char)answer.s[0]) == 'y';
	pd_buf_done(&answer);
	return yes;
}

static void
offer_kill(struct pd_ctrlc *c)
{
	struct pd_runner *r = c->runner;
	struct pd_err err;
	bool kill;

	c->asking = true;
	pd_runner_pause(r);
	kill = wants_kill(c);
	if (kill && r->base->kill(r->target, &err) == -1)
		pd_log("ui", "kill: %s", err.msg);
	pd_runner_unpause(r);
	c->asking = false;
}

static void
press(struct pd_ctrlc *c)
{
	int64_t now = pd_clock_ms(), since;

	if (c->asking || !pd_runner_running(c->runner))
		return;
	since = now - c->pressed;
	if (c->pressed == 0 || c->run != c->runner->runs || since > AGAIN_MS) {
		c->run = c->runner->runs;
		c->pressed = now;
	} else if (since >= REACT_MS && c->tty &&
	    c->session->read_line != NULL) {
		offer_kill(c);
		c->pressed = 0;
	}
}

/* Nothing goes on by itself then. */
static void
wants_prompt(struct pd_ctrlc *c)
{
	/* What runs by itself can be asked nothing meanwhile. */
	if ((c->runner->target->caps & PD_CAP_EVAL) == 0 ||
	    pd_session_goes_on(c->session))
		c->session->break_asked = true;
}

bool
pd_ctrlc_here(struct pd_ctrlc *c)
{
	struct pd_runner *r = c->runner;
	struct pd_err err;

	if (c->asking)
		return false;
	if (c->session->sigint & PD_SIGINT_NOSTOP && pd_runner_running(r))
		return true;
	wants_prompt(c);
	if (r->base->interrupt(r->target, &err) == -1) {
		pd_log("ui", "interrupt: %s", err.msg);
		return false;
	}
	press(c);
	return true;
}

/* The program got one itself. */
static void
on_told(void *ctx)
{
	wants_prompt(ctx);
	press(ctx);
}

void
pd_ctrlc_init(struct pd_ctrlc *c, struct pd_runner *r, struct pd_session *s,
    bool tty)
{
	*c = (struct pd_ctrlc){ .runner = r, .session = s, .tty = tty };
	r->told = on_told;
	r->told_ctx = c;
}
