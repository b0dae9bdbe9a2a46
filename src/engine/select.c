/*
 * Threads at a stop: the list of them, and the one that requests are about.
 *
 * Called by serve.c.  A thread that is not the stopped one stands somewhere in
 * its own code, in a system call or waiting for the GIL; its frames can be
 * looked at as long as nothing is evaluated that lets it run on.  It must not
 * change what is planned.
 */
#include "engine/core.h"

/* All thread states, oldest first, so that numbers go by age. */
static void
all_threads(struct pd_vec *out)
{
	PyThreadState *ts =
	    PyInterpreterState_ThreadHead(PyInterpreterState_Get());
	PyThreadState **v, *x;

	for (; ts != NULL; ts = PyThreadState_Next(ts))
		*PD_VEC_PUSH(out, PyThreadState *) = ts;
	v = out->v;
	for (size_t i = 0; i < out->n / 2; i++) {
		x = v[i];
		v[i] = v[out->n - 1 - i];
		v[out->n - 1 - i] = x;
	}
}

/* Its innermost frame; it may have none. */
static void
describe_top(PyThreadState *ts, struct pd_frame *out)
{
	PyFrameObject *f = PyThreadState_GetFrame(ts);
	struct pd_stack s = { 0 };

	if (f == NULL)
		return;
	pd_stack_capture(&s, f);
	pd_stack_record(&s, 0, out);
	pd_stack_clear(&s);
	Py_DECREF(f);
}

int
pd_select_list(const struct pd_nothing *req, struct pd_threads *rep,
    struct pd_err *err)
{
	struct pd_vec all = { 0 };

	(void)req;
	(void)err;
	all_threads(&all);
	PD_VEC_EACH(&all, PyThreadState *, ts) {
		struct pd_thread *t = PD_VEC_PUSH(&rep->threads,
		    struct pd_thread);

		pd_thread_record(*ts, t);
		describe_top(*ts, &t->frame);
	}
	pd_vec_done(&all);
	return 0;
}

int
pd_select_thread(const struct pd_thread_req *req, struct pd_thread *rep,
    struct pd_err *err)
{
	struct pd_vec all = { 0 };
	PyThreadState *found = NULL;

	all_threads(&all);
	PD_VEC_EACH(&all, PyThreadState *, ts) {
		pd_rec_done(&pd_thread_desc, rep);
		pd_thread_record(*ts, rep);
		if (rep->id == req->thread || (req->thread == 0 &&
		    rep->current)) {
			found = *ts;
			break;
		}
	}
	pd_vec_done(&all);
	if (found == NULL)
		return pd_err_set(err, "there is no thread %llu",
		    (unsigned long long)req->thread);
	pd_stop_look_at(found);
	if (pd_stop_stack.n > 0)
		pd_stack_record(&pd_stop_stack, 0, &rep->frame);
	return 0;
}
