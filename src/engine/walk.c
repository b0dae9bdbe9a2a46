/*
 * Finer ways to step than decide.c knows: past code that is to be skipped,
 * into one function only, behind a call, by instruction.
 *
 * trace.c asks at each event of the thread that steps, plan.c begins and ends
 * a walk.  States of pd_walk:
 *   over     a frame of skipped code runs; the plan does not count until it
 *            has been left
 *   name     step NAME: a call of the plan's frame stops only if it is that
 *   finish   its frame has still to return; then the caller's next
 *            instruction stops, with the value at hand
 *   insn     stops are at instructions; calls and returns only tell which
 *            frame the next one is in
 * Frames whose instructions are traced are kept until the walk ends, so that
 * they can be put back as they were.
 */
#include <string.h>

#include "engine/compat.h"
#include "engine/core.h"

struct pd_walk	pd_walk = { .lasti = -1 };

static void
trace_opcodes(PyFrameObject *f)
{
	if (f == NULL)
		return;
	PD_VEC_EACH(&pd_walk.traced, PyFrameObject *, it)
		if (*it == f)
			return;
	if (pd_compat_trace_opcodes(f, true) < 0) {
		PyErr_Clear();
		return;
	}
	*PD_VEC_PUSH(&pd_walk.traced, PyFrameObject *) =
	    (PyFrameObject *)Py_NewRef((PyObject *)f);
}

static void
hold(PyFrameObject **slot, PyFrameObject *f)
{
	PyFrameObject *old = *slot;

	*slot = (PyFrameObject *)Py_XNewRef((PyObject *)f);
	Py_XDECREF(old);
}

void
pd_walk_done(void)
{
	PD_VEC_EACH(&pd_walk.traced, PyFrameObject *, f) {
		if (pd_compat_trace_opcodes(*f, false) < 0)
			PyErr_Clear();
		Py_DECREF(*f);
	}
	pd_vec_done(&pd_walk.traced);
	hold(&pd_walk.over, NULL);
	hold(&pd_walk.finish, NULL);
	pd_str_done(&pd_walk.name);
	pd_str_done(&pd_walk.returned);
	pd_walk = (struct pd_walk){ .lasti = -1 };
}

void
pd_walk_begin(const struct pd_resume *r, PyFrameObject *f)
{
	pd_walk_done();
	if (r->name.n > 0)
		pd_walk.name = pd_str_dup(&r->name);
	if (r->finish)
		hold(&pd_walk.finish, f);
	if (r->insn) {
		pd_walk.insn = true;
		pd_walk.lasti = PyFrame_GetLasti(f);
		pd_walk.from_trap = r->mode != PD_RESUME_EVENT &&
		    pd_disasm_in_trap(f);
		trace_opcodes(f);
	}
}

void
pd_walk_armed(void)
{
	PD_VEC_EACH(&pd_walk.traced, PyFrameObject *, f)
		if (pd_compat_trace_opcodes(*f, false) < 0 ||
		    pd_compat_trace_opcodes(*f, true) < 0)
			PyErr_Clear();
}

/* Does the frame's end hand something over to its caller here? */
static bool
leaves(PyCodeObject *code, const struct pd_happening *h)
{
	return h->for_good || (code->co_flags & CO_GENERATOR) != 0;
}

bool
pd_walk_passes(PyFrameObject *f, PyCodeObject *code,
    const struct pd_happening *h)
{
	if (pd_run.interrupt || pd_run.inline_stop) {
		hold(&pd_walk.over, NULL);
		return false;
	}
	if (pd_walk.over != NULL) {
		if (h->ev == PD_EV_RETURN && f == pd_walk.over)
			hold(&pd_walk.over, NULL);
		return true;
	}
	if (pd_run.plan.stop != NULL || pd_run.waiting ||
	    !pd_skip_frame(f, code))
		return false;
	pd_walk.skipped++;
	if (h->ev != PD_EV_RETURN)
		hold(&pd_walk.over, f);
	return true;
}

/* NAME, or the last part of what was typed as obj.NAME; a class stands for
 * its __init__. */
static bool
is_named(PyCodeObject *code)
{
	const char *want = pd_walk.name.s, *dot = strrchr(want, '.');
	const char *name = PyUnicode_AsUTF8(code->co_name);
	const char *qual = PyUnicode_AsUTF8(code->co_qualname);
	size_t n = strlen(want);

	PyErr_Clear();
	if (name == NULL || qual == NULL)
		return false;
	return strcmp(qual, want) == 0 || strcmp(name, want) == 0 ||
	    (dot != NULL && strcmp(name, dot + 1) == 0) ||
	    (strncmp(qual, want, n) == 0 && strcmp(qual + n,
	    ".__init__") == 0);
}

/* The frame of finish has returned: on to the caller's next instruction. */
static void
finished(PyFrameObject *f, PyObject *value)
{
	PyFrameObject *back = PyFrame_GetBack(f);
	struct pd_guard g;

	hold(&pd_walk.finish, NULL);
	if (value != NULL) {
		pd_guard_enter(&g, PD_REPR_MS);
		pd_value_short(value, &pd_walk.returned);
		pd_guard_leave(&g);
		pd_walk.finished = true;
	}
	pd_run_plan_next(back);
	if (value != NULL)
		trace_opcodes(back);
	Py_XDECREF(back);
}

void
pd_walk_judge(PyFrameObject *f, PyCodeObject *code,
    const struct pd_happening *h, PyObject *arg, struct pd_verdict *v)
{
	PyFrameObject *back;

	if (pd_run.interrupt || pd_run.inline_stop)
		return;
	if (h->ev == PD_EV_EXCEPTION)
		pd_walk.finished = false;
	if (h->ev == PD_EV_CALL && pd_walk.name.n > 0) {
		back = PyFrame_GetBack(f);
		if ((const void *)back == pd_run.plan.stop && is_named(code))
			*v = (struct pd_verdict){ .stop = true,
			    .why = "the named function" };
		Py_XDECREF(back);
	}
	if (h->ev == PD_EV_RETURN && pd_walk.finish == f && leaves(code, h)) {
		finished(f, arg);
		*v = (struct pd_verdict){ .why = "finish: behind the call" };
	}
	if (!pd_walk.insn || h->ev == PD_EV_EXCEPTION)
		return;
	if (h->ev == PD_EV_CALL && v->stop)
		trace_opcodes(f);
	if (h->ev == PD_EV_RETURN && (v->stop || v->to_step)) {
		back = PyFrame_GetBack(f);
		trace_opcodes(back);
		Py_XDECREF(back);
	}
	v->stop = false;
}

bool
pd_walk_opcode(PyFrameObject *f)
{
	int from = pd_walk.lasti;

	pd_walk.lasti = -1;
	if (pd_walk.over != NULL || (pd_run.plan.stop != NULL &&
	    pd_run.plan.stop != (const void *)f))
		return false;
	/* The event of the instruction that the walk began at. */
	if ((from >= 0 && PyFrame_GetLasti(f) == from) ||
	    pd_disasm_in_trap(f))
		return false;
	if (pd_walk.from_trap) {
		pd_walk.from_trap = false;
		return false;
	}
	return pd_walk.insn || pd_walk.finished;
}

void
pd_walk_report(PyFrameObject *f, struct pd_stop *rec)
{
	rec->skipped = pd_walk.skipped;
	rec->finished = pd_walk.finished;
	if (pd_walk.finished) {
		rec->returned = pd_walk.returned;
		pd_walk.returned = (struct pd_str){ 0 };
	}
	if (pd_walk.insn && f != NULL)
		rec->insn = pd_disasm_now(f);
}
