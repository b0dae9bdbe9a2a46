/*
 * A layer over a target's operations: what the front does around those that
 * let the program run.
 *
 * Put on by front.c; the session calls the operations without knowing.  Must
 * not decide anything about the program.
 */
#include <errno.h>
#include <string.h>

#include "ui/runner.h"

static struct pd_runner *
runner_of(struct pd_target *t)
{
	return (struct pd_runner *)(void *)t->ops;
}

/* The terminal's foreground cannot be a group of another session. */
static pid_t
group_of(const struct pd_runner *r)
{
	return r->apart ? 0 : r->target->group;
}

/* A program that is being started asks for the terminal if it needs it: until
 * then Ctrl-C is ours. */
static void
enter(struct pd_runner *r, bool starting)
{
	pd_out_flush(r->sink);
	if (!r->own_stdin)
		pd_input_program_runs(r->input);
	r->runs++;
	if (r->term != NULL)
		pd_terminal_run(r->term, group_of(r), !starting);
}

/* What was written before a stop is shown before it. */
static void
leave(struct pd_runner *r)
{
	if (r->on_tty)
		pd_tty_drain(r->tty);
	if (r->term != NULL)
		pd_terminal_stop(r->term);
	if (!r->own_stdin)
		pd_input_program_stopped(r->input);
}

static int
run_start(struct pd_target *t, const struct pd_launch *launch,
    struct pd_event *ev, struct pd_err *err)
{
	struct pd_runner *r = runner_of(t);
	struct pd_launch own = *launch;
	int ret;

	/* Redirected by the user: it reads that, not what we read. */
	r->own_stdin = launch->in != 0;
	if (r->input->feeds && !r->own_stdin) {
		own.in = pd_input_program_fd(r->input);
		if (own.in == -1)
			return pd_err_set(err, "no pipe for the program's "
			    "input: %s", strerror(errno));
	}
	r->on_tty = r->apart = r->tty != NULL && r->use_tty;
	if (r->on_tty) {
		if (pd_tty_launch(r->tty, &own, err) == -1)
			return -1;
	} else if (r->term != NULL)
		own.own_group = pd_terminal_begin(r->term);
	enter(r, true);
	if (r->pager != NULL)
		pd_pager_begin(r->pager);
	ret = r->base->start(t, &own, ev, err);
	if (r->on_tty)
		pd_tty_started(r->tty);
	leave(r);
	return ret;
}

static int
run_resume(struct pd_target *t, const struct pd_resume *how,
    struct pd_event *ev, struct pd_err *err)
{
	struct pd_runner *r = runner_of(t);
	int ret;

	enter(r, false);
	if (r->term != NULL)
		pd_terminal_wake(r->term);
	if (r->pager != NULL)
		pd_pager_begin(r->pager);
	ret = r->base->resume(t, how, ev, err);
	leave(r);
	return ret;
}

static int
run_eval(struct pd_target *t, const struct pd_eval *what,
    struct pd_value *v, struct pd_err *err)
{
	struct pd_runner *r = runner_of(t);
	int ret;

	enter(r, false);
	ret = r->base->eval(t, what, v, err);
	leave(r);
	return ret;
}

static int
run_exec(struct pd_target *t, const struct pd_exec *what,
    struct pd_value *v, struct pd_err *err)
{
	struct pd_runner *r = runner_of(t);
	int ret;

	enter(r, false);
	ret = r->base->exec(t, what, v, err);
	leave(r);
	return ret;
}

static void
run_close(struct pd_target *t)
{
	pd_runner_take_off(runner_of(t));
	t->ops->close(t);
}

void
pd_runner_put(struct pd_runner *r, struct pd_target *t,
    struct pd_input *input, struct pd_sink *sink)
{
	memset(r, 0, sizeof(*r));
	r->base = t->ops;
	r->ops = *t->ops;
	r->ops.start = run_start;
	r->ops.resume = run_resume;
	r->ops.eval = run_eval;
	r->ops.exec = run_exec;
	r->ops.close = run_close;
	r->target = t;
	r->input = input;
	r->sink = sink;
	t->ops = &r->ops;
}

void
pd_runner_take_off(struct pd_runner *r)
{
	r->target->ops = r->base;
}

static void
on_halted(void *ctx, int signo)
{
	struct pd_runner *r = ctx;
	struct pd_target *t = r->target;
	pid_t pid = t->py.pid != 0 ? (pid_t)t->py.pid : t->group;

	pd_terminal_halted(r->term, group_of(r), pid, signo);
}

static void
on_told(void *ctx)
{
	struct pd_runner *r = ctx;

	if (r->told != NULL)
		r->told(r->told_ctx);
}

void
pd_runner_tty(struct pd_runner *r, struct pd_tty *tty, bool use)
{
	r->tty = tty;
	r->use_tty = use;
}

void
pd_runner_terminal(struct pd_runner *r, struct pd_terminal *term)
{
	r->term = term;
	r->target->halted = term != NULL ? on_halted : NULL;
	r->target->told = on_told;
	r->target->running_ctx = r;
}

bool
pd_runner_running(const struct pd_runner *r)
{
	return r->input->running > 0;
}

void
pd_runner_pause(struct pd_runner *r)
{
	if (r->term != NULL)
		pd_terminal_stop(r->term);
}

void
pd_runner_unpause(struct pd_runner *r)
{
	if (r->term != NULL)
		pd_terminal_run(r->term, group_of(r), true);
}
