/*
 * A stop: from the hook that decided it to the request that ends it.
 *
 * The stopped thread holds the GIL and sits in pd_serve(); nothing of the
 * program runs but what requests evaluate.  That may let other threads run:
 * a hook of theirs that wants to stop waits in pd_stop_wait() and looks again
 * when this stop is over.  So there is at most one stop, and
 *
 *   stopped == NULL   running: pd_stop_stack is empty
 *   stopped == T      T is between pd_stop_at()'s begin and end
 *
 * The stack is fetched whole only when a request wants more than its top.
 */
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "engine/compat.h"
#include "engine/core.h"

struct pd_stack	 pd_stop_stack;
PyThreadState	*pd_stop_tstate;
PyObject	*pd_main_code, *pd_main_globals;

static PyFrameObject	*top_frame;	/* borrowed during the stop */
static PyObject		*top_tb;	/* borrowed, post mortem */
static bool		 whole;		/* pd_stop_stack is complete */
/* While requests look at another thread: that, and the stopped one's stack. */
static PyThreadState	*looked_at;	/* NULL: at the stopped one */
static struct pd_stack	 own_stack;
static bool		 own_whole;
static bool		 in_hook;	/* of an event: f_lineno can be set */
static enum pd_stop_kind stop_kind;

#define WAIT_NS	20000000	/* between two looks for a break-in */

/* For the threads that wait; taken with the GIL held only to set going. */
static pthread_mutex_t	 wait_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t	 wait_cond = PTHREAD_COND_INITIALIZER;
static bool		 stopping;	/* protected by wait_lock */

bool
pd_stop_active(void)
{
	return pd_stop_tstate != NULL &&
	    pd_stop_tstate != PyThreadState_Get();
}

/* The main thread is the one that signals reach: it looks up for them. */
static void
wait_for_end(bool main_thread)
{
	struct timespec t;

	pthread_mutex_lock(&wait_lock);
	while (stopping && !(main_thread && pd_wake_pending())) {
		clock_gettime(CLOCK_REALTIME, &t);
		t.tv_nsec += WAIT_NS;
		if (t.tv_nsec >= 1000000000) {
			t.tv_nsec -= 1000000000;
			t.tv_sec++;
		}
		if (main_thread)
			pthread_cond_timedwait(&wait_cond, &wait_lock, &t);
		else
			pthread_cond_wait(&wait_cond, &wait_lock);
	}
	pthread_mutex_unlock(&wait_lock);
}

void
pd_stop_wait(void)
{
	bool main_thread = pd_is_main_thread();

	while (pd_stop_active()) {
		Py_BEGIN_ALLOW_THREADS
		wait_for_end(main_thread);
		Py_END_ALLOW_THREADS
		if (main_thread && pd_stop_active())
			pd_wake_look();
	}
}

static void
set_stopping(bool on)
{
	pthread_mutex_lock(&wait_lock);
	stopping = on;
	pthread_cond_broadcast(&wait_cond);
	pthread_mutex_unlock(&wait_lock);
}

/* True: it is what Ctrl-C asked for, too. */
static bool
begin(PyFrameObject *f, const struct pd_reason *why)
{
	struct pd_slot *slot;
	bool asked;

	pd_stop_tstate = PyThreadState_Get();
	set_stopping(true);
	asked = pd_wake_stopped() && why->kind != PD_STOP_POSTMORTEM;
	top_frame = f;
	top_tb = why->tb;
	in_hook = why->in_hook;
	stop_kind = why->kind;
	whole = false;
	if (why->tb != NULL) {
		pd_stack_capture_tb(&pd_stop_stack, why->tb);
		whole = true;
	} else if (f != NULL) {
		slot = pd_xcalloc(1, sizeof(*slot));
		slot->frame = (PyFrameObject *)Py_NewRef((PyObject *)f);
		slot->line = PyFrame_GetLineNumber(f);
		pd_stop_stack.v = slot;
		pd_stop_stack.n = pd_stop_stack.cap = 1;
	}
	if (why->kind == PD_STOP_RETURN) {
		pd_stop_stack.returning = f;
		pd_stop_stack.retval = why->arg != NULL ? why->arg : Py_None;
	}
	return asked || why->interrupted;
}

/* What `$name` and `exceptions` know of this stop. */
static void
remember(const struct pd_reason *why)
{
	bool raised = why->arg != NULL && (why->kind == PD_STOP_EXCEPTION ||
	    why->kind == PD_STOP_POSTMORTEM) && PyTuple_Check(why->arg) &&
	    PyTuple_GET_SIZE(why->arg) > 1;

	if (why->kind == PD_STOP_RETURN)
		pd_conv_set("_retval", pd_stop_stack.retval);
	if (raised)
		pd_conv_set("_exception", PyTuple_GET_ITEM(why->arg, 1));
	pd_chain_set(why->kind == PD_STOP_POSTMORTEM && raised ?
	    PyTuple_GET_ITEM(why->arg, 1) : NULL);
}

PyThreadState *
pd_stop_looked_at(void)
{
	return looked_at != NULL ? looked_at : pd_stop_tstate;
}

void
pd_stop_look_at(PyThreadState *ts)
{
	PyFrameObject *f;

	if (ts == pd_stop_looked_at())
		return;
	if (looked_at == NULL) {
		own_stack = pd_stop_stack;
		own_whole = whole;
		pd_stop_stack = (struct pd_stack){ 0 };
	}
	pd_stack_clear(&pd_stop_stack);
	if (ts == pd_stop_tstate) {
		looked_at = NULL;
		pd_stop_stack = own_stack;
		whole = own_whole;
		return;
	}
	looked_at = ts;
	whole = true;
	f = PyThreadState_GetFrame(ts);
	if (f != NULL)
		pd_stack_capture(&pd_stop_stack, f);
	Py_XDECREF(f);
}

static void
end(void)
{
	pd_stop_look_at(pd_stop_tstate);
	Py_XDECREF(pd_conv_swap(NULL));
	pd_chain_set(NULL);
	pd_console_forget();
	pd_stack_clear(&pd_stop_stack);
	top_frame = NULL;
	top_tb = NULL;
	pd_stop_tstate = NULL;
	set_stopping(false);
}

bool
pd_stop_can_jump(bool *line)
{
	*line = stop_kind == PD_STOP_LINE;
	return in_hook;
}

void
pd_stop_suspend(struct pd_stop_state *st)
{
	pd_stop_look_at(pd_stop_tstate);
	*st = (struct pd_stop_state){ pd_stop_stack, pd_stop_tstate,
	    top_frame, top_tb, whole, in_hook, stop_kind };
	pd_stop_stack = (struct pd_stack){ 0 };
	top_frame = NULL;
	top_tb = NULL;
	pd_stop_tstate = NULL;
	set_stopping(false);
}

void
pd_stop_restore(const struct pd_stop_state *st)
{
	/* Another thread's stop is waited for. */
	pd_stop_wait();
	pd_stop_stack = st->stack;
	pd_stop_tstate = st->tstate;
	top_frame = st->frame;
	top_tb = st->tb;
	whole = st->whole;
	in_hook = st->in_hook;
	stop_kind = st->kind;
	set_stopping(true);
}

void
pd_stop_need_stack(void)
{
	struct pd_stack old = pd_stop_stack;

	if (whole || top_frame == NULL)
		return;
	pd_stop_stack = (struct pd_stack){ .returning = old.returning,
	    .retval = old.retval };
	pd_stack_capture(&pd_stop_stack, top_frame);
	pd_stop_stack.returning = old.returning;
	pd_stop_stack.retval = old.retval;
	pd_stack_clear(&old);
	whole = true;
}

/* The exception of an event's (type, value, tb), as text. */
static void
describe_exception(struct pd_stop *rec, PyObject *arg)
{
	PyObject *type, *value;

	if (arg == NULL || !PyTuple_Check(arg) || PyTuple_GET_SIZE(arg) < 3)
		return;
	type = PyTuple_GET_ITEM(arg, 0);
	value = PyTuple_GET_ITEM(arg, 1);
	rec->exception = pd_exception_text(type, value);
	rec->exc_internal = type == PyExc_StopIteration &&
	    PyTuple_GET_ITEM(arg, 2) == Py_None;
}

/* A SyntaxError has no frame of the program; show where it is. */
static void
describe_syntax(struct pd_stop *rec, PyObject *arg)
{
	PyObject *value = PyTuple_GET_ITEM(arg, 1);
	PD_OWNED file = PyObject_GetAttrString(value, "filename");
	PD_OWNED line = PyObject_GetAttrString(value, "lineno");
	PD_OWNED text = PyObject_GetAttrString(value, "text");
	PD_OWNED stripped = NULL;

	if (file != NULL && PyUnicode_Check(file))
		rec->frame.file = pd_str_from_py(file);
	if (line != NULL && PyLong_Check(line))
		rec->frame.line = (uint64_t)PyLong_AsLong(line);
	if (text != NULL && PyUnicode_Check(text)) {
		stripped = PyObject_CallMethod(text, "strip", NULL);
		if (stripped != NULL)
			rec->frame.source = pd_str_from_py(stripped);
	}
	rec->frame.func = pd_str_from("<module>");
	rec->frame.is_module = true;
	PyErr_Clear();
}

static void
describe(struct pd_stop *rec, const struct pd_reason *why, bool interrupted)
{
	rec->kind = why->kind;
	rec->first = why->first;
	rec->interrupted = interrupted;
	rec->exc_syntax = why->syntax;
	pd_thread_record(pd_stop_tstate, &rec->thread);
	if (pd_stop_stack.n > 0) {
		pd_stack_record(&pd_stop_stack, 0, &rec->frame);
		rec->mtime = pd_source_time(pd_str_c(&rec->frame.file));
	}
	if (why->kind == PD_STOP_EXCEPTION || why->kind == PD_STOP_POSTMORTEM)
		describe_exception(rec, why->arg);
	if (why->syntax && pd_stop_stack.n == 0)
		describe_syntax(rec, why->arg);
	if (why->header != NULL)
		rec->header = pd_str_dup(why->header);
	pd_bp_report(&rec->bps);
	pd_walk_report(top_frame, rec);
	rec->depth = pd_nest_depth();
}

/* The debugger is gone: a program that it launched ends with it. */
static void
orphaned(void)
{
	pd_disarmed = true;
	_exit(1);
}

int
pd_stop_at(PyFrameObject *f, const struct pd_reason *why)
{
	struct pd_guard g;
	struct pd_stop rec = { 0 };
	struct pd_resume resume = { 0 };
	bool quit, again, interrupted;
	int rc;

	if (pd_stop_tstate == PyThreadState_Get() || pd_disarmed)
		return 0;
	pd_stop_wait();
	pd_guard_enter(&g, 0);
	g.idle = true;
	interrupted = begin(f, why);
	pd_flush_streams();
	remember(why);
	for (;;) {
		describe(&rec, why, interrupted);
		rc = pd_serve_send(PD_KIND_EVENT, PD_OP_STOP, &rec);
		pd_rec_done(&pd_stop_desc, &rec);
		if (rc < 0 || pd_serve(&resume) < 0)
			orphaned();
		if (resume.mode != PD_RESUME_DEBUG)
			break;
		pd_nest_run(&resume, &rec.error);
		rec.left = true;
		pd_rec_done(&pd_resume_desc, &resume);
	}
	quit = resume.mode == PD_RESUME_QUIT ||
	    resume.mode == PD_RESUME_LEAVE;
	pd_run.quitting = pd_run.quitting || quit;
	end();
	if (pd_run_rearm() < 0)
		PyErr_Clear();
	pd_guard_leave(&g);
	again = why->first && resume.mode == PD_RESUME_CONTINUE;
	pd_rec_done(&pd_resume_desc, &resume);
	if (quit)
		return pd_quit_raise();
	return again && pd_swap_restart() < 0 ? -1 : pd_wake_pass();
}
