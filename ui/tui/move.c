/*
 * The program's terminal changes while it runs: to the pane's, and back.
 *
 * Called by tui.c as the full screen is switched on and off.  The engine moves
 * the descriptors (an op); a program that is redirected keeps what it has.
 */
#include <string.h>
#include <unistd.h>

#include "ui/runner.h"
#include "ui/terminal.h"
#include "ui/tui/tui-room.h"
#include "ui/tui/tty.h"

static int
ask(struct pd_tui *t, const char *to, const char *from, bool own,
    struct pd_moved *moved, struct pd_err *err)
{
	struct pd_target *target = t->env.session->target;
	struct pd_stdio req = { .to = pd_str_from(to),
	    .from = pd_str_from(from), .own = own,
	    .group = (uint64_t)getpgrp() };
	int ret = target->ops->stdio(target, &req, moved, err);

	pd_str_done(&req.to);
	pd_str_done(&req.from);
	return ret;
}

/* Is there a program that stands still, so that it can be asked? */
static bool
can_ask(const struct pd_tui *t)
{
	return t->env.session->alive && !pd_runner_running(t->env.runner) &&
	    (t->env.session->target->caps & PD_CAP_FRAMES) != 0;
}

int
pd_tui_move_in(struct pd_tui *t, struct pd_err *err)
{
	struct pd_runner *r = t->env.runner;
	struct pd_terminal *term = t->env.term;
	struct pd_moved moved = { 0 };
	const char *path, *ours = ttyname(STDIN_FILENO);

	if (r->on_tty || ours == NULL || !can_ask(t))
		return 0;
	path = pd_tty_open(t->tty, term->have_theirs ? &term->theirs : NULL,
	    err);
	if (path == NULL || ask(t, path, ours, true, &moved, err) == -1)
		return -1;
	pd_tty_started(t->tty);
	r->on_tty = moved.streams != 0;
	r->apart = r->apart || moved.own;
	return 0;
}

int
pd_tui_move_out(struct pd_tui *t, struct pd_err *err)
{
	struct pd_runner *r = t->env.runner;
	struct pd_terminal *term = t->env.term;
	struct pd_moved moved = { 0 };
	const char *path, *ours = ttyname(STDIN_FILENO);

	if (!r->on_tty || ours == NULL || !can_ask(t))
		return 0;
	term->have_theirs = pd_tty_modes(t->tty, &term->theirs);
	path = pd_tty_open(t->tty, NULL, err);
	pd_tty_keep(t->tty);
	if (path == NULL || ask(t, ours, path, false, &moved, err) == -1)
		return -1;
	pd_tty_drain(t->tty);
	r->on_tty = false;
	return 0;
}
