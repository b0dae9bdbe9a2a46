/*
 * A layer over a target's operations: what the front does around those that
 * let the program run.
 *
 * Put on by front.c; the session calls the operations without knowing.  Must
 * not decide anything about the program.
 */
#include <errno.h>
#include <string.h>

#include "base/log.h"
#include "ui/runner.h"

static struct pd_runner *
runner_of(struct pd_target *t)
{
	return (struct pd_runner *)(void *)t->ops;
}

static void
enter(struct pd_runner *r)
{
	pd_out_flush(r->sink);
	pd_input_program_runs(r->input);
}

static int
run_start(struct pd_target *t, const struct pd_launch *launch,
    struct pd_event *ev, struct pd_err *err)
{
	struct pd_runner *r = runner_of(t);
	struct pd_launch own = *launch;
	int ret;

	if (r->input->fd != -1) {
		own.in = pd_input_program_fd(r->input);
		if (own.in == -1)
			return pd_err_set(err, "no pipe for the program's "
			    "input: %s", strerror(errno));
	}
	enter(r);
	ret = r->base->start(t, &own, ev, err);
	pd_input_program_stopped(r->input);
	return ret;
}

static int
run_resume(struct pd_target *t, const struct pd_resume *how,
    struct pd_event *ev, struct pd_err *err)
{
	struct pd_runner *r = runner_of(t);
	int ret;

	enter(r);
	ret = r->base->resume(t, how, ev, err);
	pd_input_program_stopped(r->input);
	return ret;
}

static int
run_eval(struct pd_target *t, const struct pd_eval *what,
    struct pd_value *v, struct pd_err *err)
{
	struct pd_runner *r = runner_of(t);
	int ret;

	enter(r);
	ret = r->base->eval(t, what, v, err);
	pd_input_program_stopped(r->input);
	return ret;
}

static int
run_exec(struct pd_target *t, const struct pd_exec *what,
    struct pd_value *v, struct pd_err *err)
{
	struct pd_runner *r = runner_of(t);
	int ret;

	enter(r);
	ret = r->base->exec(t, what, v, err);
	pd_input_program_stopped(r->input);
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

bool
pd_runner_interrupt(struct pd_runner *r)
{
	struct pd_err err;

	if (r->input->running == 0)
		return false;
	if (r->base->interrupt(r->target, &err) == -1)
		pd_log("ui", "interrupt: %s", err.msg);
	return true;
}
