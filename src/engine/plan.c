/*
 * The plan of the run: from a request to identities, and which events the
 * backend must deliver for it.
 *
 * The plan's frames are kept alive while it holds, so that their addresses
 * are not used again for others.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/compat.h"
#include "engine/core.h"

struct pd_running pd_run = {
	.plan = { .stop = pd_no_frame, .line = -1 },
};
const struct pd_backend *pd_backend = &pd_backend_trace;

void
pd_backend_choose(void)
{
	static const struct pd_backend *const all[] = { &pd_backend_monitor,
	    &pd_backend_swap, &pd_backend_trace };
	const char *want = getenv("PYDBG_BACKEND");

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if ((want == NULL || strcmp(want, all[i]->name) == 0) &&
		    all[i]->init() == 0) {
			pd_backend = all[i];
			return;
		}
}

static void
hold(PyFrameObject *stop, PyFrameObject *returning)
{
	PyFrameObject *old_stop = pd_run.stop, *old_ret = pd_run.returning;

	pd_run.stop = (PyFrameObject *)Py_XNewRef((PyObject *)stop);
	pd_run.returning = (PyFrameObject *)Py_XNewRef((PyObject *)returning);
	Py_XDECREF(old_stop);
	Py_XDECREF(old_ret);
}

static bool
frame_is_gen(PyFrameObject *f)
{
	PyCodeObject *code = PyFrame_GetCode(f);
	bool gen = (code->co_flags & (CO_GENERATOR | CO_COROUTINE |
	    CO_ASYNC_GENERATOR)) != 0;

	Py_DECREF(code);
	return gen;
}

static void
hold_over(PyFrameObject *f)
{
	PyFrameObject *old = pd_run.over;

	pd_run.over = (PyFrameObject *)Py_XNewRef((PyObject *)f);
	Py_XDECREF(old);
}

void
pd_run_plan_over(PyFrameObject *f)
{
	if (f == NULL || !PD_STEPS_OVER_LINES)
		return;
	pd_run.plan.over = f;
	pd_run.plan.over_line = PyFrame_GetLineNumber(f);
	hold_over(f);
}

void
pd_run_plan_step(void)
{
	pd_plan_step(&pd_run.plan);
	hold(NULL, NULL);
	hold_over(NULL);
	pd_run.tstate = PyThreadState_Get();
}

void
pd_run_plan_continue(void)
{
	pd_plan_continue(&pd_run.plan);
	hold(NULL, NULL);
	hold_over(NULL);
	pd_run.count = 0;
}

void
pd_run_plan_next(PyFrameObject *f)
{
	if (f == NULL) {
		pd_run_plan_step();
		return;
	}
	pd_plan_next(&pd_run.plan, f, frame_is_gen(f));
	hold(f, NULL);
}

/* The caller's identity, or none below the program's main frame. */
static PyFrameObject *
caller_of(PyFrameObject *f)
{
	PyCodeObject *code = PyFrame_GetCode(f);
	bool main_frame = (PyObject *)code == pd_main_code;

	Py_DECREF(code);
	return main_frame ? NULL : PyFrame_GetBack(f);
}

static bool
is_outermost(PyFrameObject *f)
{
	PyFrameObject *back = caller_of(f);

	Py_XDECREF(back);
	return back == NULL;
}

static void
plan_return(PyFrameObject *f)
{
	PyFrameObject *back = caller_of(f);

	pd_plan_return(&pd_run.plan, f, frame_is_gen(f),
	    back != NULL ? (const void *)back : pd_no_frame);
	hold(back != NULL ? back : f, f);
	Py_XDECREF(back);
}

static int
plan_until(PyFrameObject *f, uint64_t line)
{
	int n = line != 0 ? (int)line : PyFrame_GetLineNumber(f) + 1;

	pd_plan_until(&pd_run.plan, f, frame_is_gen(f), n);
	hold(f, f);
	return 0;
}

static bool
needs_own_thread(uint64_t mode)
{
	return mode != PD_RESUME_CONTINUE && mode != PD_RESUME_QUIT &&
	    mode != PD_RESUME_LEAVE;
}

int
pd_run_plan(const struct pd_resume *r, struct pd_err *err)
{
	PyFrameObject *f = NULL;

	if (pd_stop_looked_at() != pd_stop_tstate && needs_own_thread(r->mode))
		return pd_err_set(err, "only the thread that has stopped can "
		    "do that: select it with `thread`, or let all run on "
		    "with `continue`");
	if (r->mode == PD_RESUME_DEBUG)
		return pd_stack_frame(&pd_stop_stack, r->frame, err) == NULL ?
		    -1 : 0;
	if (r->mode == PD_RESUME_LEAVE && pd_nest_depth() == 0)
		return pd_err_set(err, "there is no recursive debugger");
	if (r->mode == PD_RESUME_NEXT || r->mode == PD_RESUME_RETURN ||
	    r->mode == PD_RESUME_UNTIL || r->insn) {
		f = pd_stack_frame(&pd_stop_stack, r->frame, err);
		if (f == NULL)
			return -1;
	}
	pd_run.mode = (enum pd_resume_mode)r->mode;
	if (r->finish && is_outermost(f))
		return pd_err_set(err,
		    "\"finish\" not meaningful in the outermost frame.");
	pd_walk_begin(r, f);
	pd_run.count = r->count > 1 ? r->count - 1 : 0;
	pd_run.tstate = PyThreadState_Get();
	hold_over(NULL);
	switch (pd_run.mode) {
	case PD_RESUME_STEP:
	case PD_RESUME_EVENT:
		pd_run_plan_step();
		if (!r->insn && pd_stop_stack.n > 0)
			pd_run_plan_over(pd_stop_stack.v[0].frame);
		break;
	case PD_RESUME_NEXT:
		pd_run_plan_next(f);
		if (!r->insn)
			pd_run_plan_over(f);
		break;
	case PD_RESUME_RETURN:
		plan_return(f);
		break;
	case PD_RESUME_UNTIL:
		return plan_until(f, r->line);
	case PD_RESUME_CONTINUE:
	case PD_RESUME_QUIT:
	case PD_RESUME_LEAVE:
		pd_run_plan_continue();
		break;
	default:
		return pd_err_set(err, "unknown way to resume: %d",
		    (int)r->mode);
	}
	return 0;
}

/* Does the plan need events? */
static bool
needed(void)
{
	if (pd_run.quitting)
		return false;
	return pd_run.plan.stop != pd_no_frame ||
	    pd_run.plan.returning != NULL || pd_run.waiting ||
	    pd_run.interrupt || pd_run.inline_stop;
}

int
pd_run_rearm(void)
{
	if (pd_backend->arm(needed(), pd_bp_any() && !pd_run.quitting) < 0)
		return -1;
	pd_walk_armed();
	return 0;
}
