/*
 * target/core: a core file's stack and threads.
 *
 * Made by the session for --core and `core`.  What was there when the core was
 * written is all there is: what would need the process says that there is
 * none.  Must not open anything but the file.
 */
#include "target/core.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "target/core-room.h"

/* ---- the stack ----------------------------------------------------------- */

void
pd_core_choose_stack(struct pd_coretarget *c)
{
	struct pd_core_thread t = { 0 };
	struct pd_core_exc x = { 0 };

	c->first = c->count = 0;
	if (c->exc != 0 && pd_core_store_rec(c->store, PD_CORE_T_EXC, c->exc,
	    &pd_core_exc_desc, &x, NULL) == 0) {
		c->first = x.first;
		c->count = x.count;
	}
	if (c->count == 0 && pd_core_store_rec(c->store, PD_CORE_T_THREAD,
	    c->thread, &pd_core_thread_desc, &t, NULL) == 0) {
		c->first = t.first;
		c->count = t.count;
	}
	/* No more than there are, whatever the record says. */
	if (c->first == 0 || c->first > pd_core_store_count(c->store,
	    PD_CORE_T_FRAME))
		c->count = 0;
	else if (c->count > pd_core_store_count(c->store, PD_CORE_T_FRAME) -
	    c->first + 1)
		c->count = pd_core_store_count(c->store, PD_CORE_T_FRAME) -
		    c->first + 1;
	pd_rec_done(&pd_core_thread_desc, &t);
	pd_rec_done(&pd_core_exc_desc, &x);
}

uint64_t
pd_core_frame_number(struct pd_coretarget *c, uint64_t index,
    struct pd_err *err)
{
	if (index < c->count)
		return c->first + index;
	if (c->count == 0)
		pd_err_set(err, "no frame is selected");
	else
		pd_err_set(err, "there is no frame %llu",
		    (unsigned long long)index);
	return 0;
}

bool
pd_core_frame_record(struct pd_coretarget *c, uint64_t number,
    uint64_t index, struct pd_frame *out)
{
	struct pd_core_frame f = { 0 };

	out->index = index;
	if (pd_core_store_rec(c->store, PD_CORE_T_FRAME, number,
	    &pd_core_frame_desc, &f, NULL) == -1) {
		out->file = pd_str_from("<not in the core>");
		out->func = pd_str_from("?");
		return false;
	}
	out->file = f.file;
	out->func = f.func;
	out->retval = f.retval;
	f.file = f.func = f.retval = (struct pd_str){ 0 };
	out->line = f.line;
	out->firstline = f.firstline;
	out->now = f.now;
	out->is_module = f.is_module;
	out->hidden = f.hidden;
	out->has_retval = f.has_retval;
	out->mark = f.same != 0 ? f.same : number;
	out->source = pd_core_source_line(c, f.source, f.line);
	pd_rec_done(&pd_core_frame_desc, &f);
	return true;
}

static int
do_frames(struct pd_target *t, const struct pd_frames_req *req,
    struct pd_frames *rep, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	uint64_t end = c->count;

	(void)err;
	memset(rep, 0, sizeof(*rep));
	rep->total = c->count;
	if (req->max != 0 && req->first < end && end - req->first > req->max)
		end = req->first + req->max;
	for (uint64_t i = req->first; i < end; i++)
		if (!pd_core_frame_record(c, c->first + i, i,
		    PD_VEC_PUSH(&rep->frames, struct pd_frame)))
			break;		/* nor are those behind it there */
	pd_core_store_trim(c->store);
	return 0;
}

/* Frames have their numbers from the start. */
static int
do_mark(struct pd_target *t, const struct pd_mark *req, struct pd_frame *rep,
    struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	uint64_t number = pd_core_frame_number(c, req->frame, err);

	memset(rep, 0, sizeof(*rep));
	if (number == 0)
		return -1;
	pd_core_frame_record(c, number, req->frame, rep);
	return 0;
}

/* ---- threads ------------------------------------------------------------- */

static void
put_thread(struct pd_coretarget *c, uint64_t n,
    const struct pd_core_thread *from, struct pd_thread *to)
{
	struct pd_core_exc x = { 0 };
	uint64_t frame = from->count > 0 ? from->first : 0;

	to->id = from->id;
	to->ident = from->ident;
	to->name = pd_str_dup(&from->name);
	to->current = n == 1;
	if (from->exc != 0 && pd_core_store_rec(c->store, PD_CORE_T_EXC,
	    from->exc, &pd_core_exc_desc, &x, NULL) == 0 && x.count > 0)
		frame = x.first;
	if (frame != 0)
		pd_core_frame_record(c, frame, 0, &to->frame);
	pd_rec_done(&pd_core_exc_desc, &x);
}

static int
do_threads(struct pd_target *t, const struct pd_nothing *req,
    struct pd_threads *rep, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	uint64_t n = 0;

	(void)req;
	(void)err;
	memset(rep, 0, sizeof(*rep));
	while ((n = pd_core_store_next(c->store, PD_CORE_T_THREAD,
	    n + 1)) != 0) {
		struct pd_core_thread from = { 0 };

		if (pd_core_store_rec(c->store, PD_CORE_T_THREAD, n,
		    &pd_core_thread_desc, &from, NULL) == -1)
			continue;
		put_thread(c, n, &from, PD_VEC_PUSH(&rep->threads,
		    struct pd_thread));
		pd_rec_done(&pd_core_thread_desc, &from);
	}
	pd_core_store_trim(c->store);
	return 0;
}

static void
look_at_thread(struct pd_coretarget *c, uint64_t n)
{
	c->thread = n;
	pd_core_list_excs(c);
	pd_core_choose_stack(c);
}

static int
do_thread(struct pd_target *t, const struct pd_thread_req *req,
    struct pd_thread *rep, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	uint64_t n = 0;

	memset(rep, 0, sizeof(*rep));
	while ((n = pd_core_store_next(c->store, PD_CORE_T_THREAD,
	    n + 1)) != 0) {
		struct pd_core_thread from = { 0 };
		bool found = pd_core_store_rec(c->store, PD_CORE_T_THREAD, n,
		    &pd_core_thread_desc, &from, NULL) == 0 &&
		    (from.id == req->thread || (req->thread == 0 && n == 1));

		if (found) {
			look_at_thread(c, n);
			put_thread(c, n, &from, rep);
		}
		pd_rec_done(&pd_core_thread_desc, &from);
		if (found) {
			pd_core_store_trim(c->store);
			return 0;
		}
	}
	return pd_err_set(err, "there is no thread %llu",
	    (unsigned long long)req->thread);
}

/* ---- life ---------------------------------------------------------------- */

/* Nothing is begun: the stop is where the core was written. */
static int
do_start(struct pd_target *t, const struct pd_launch *launch,
    struct pd_event *ev, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	struct pd_core_thread thread = { 0 };

	(void)launch;
	(void)err;
	memset(ev, 0, sizeof(*ev));
	pd_core_store_stop(c->store, t->given_up, t->given_up_ctx);
	ev->kind = PD_EVENT_STOP;
	ev->stop.kind = PD_STOP_CORE;
	look_at_thread(c, 1);
	ev->stop.notice = pd_core_announcement(c);
	ev->stop.exception = pd_core_raised(c);
	if (pd_core_store_rec(c->store, PD_CORE_T_THREAD, 1,
	    &pd_core_thread_desc, &thread, NULL) == 0)
		put_thread(c, 1, &thread, &ev->stop.thread);
	pd_rec_done(&pd_core_thread_desc, &thread);
	if (c->count > 0)
		pd_core_frame_record(c, c->first, 0, &ev->stop.frame);
	pd_core_store_trim(c->store);
	return 0;
}

/* The user is done with it. */
static int
do_resume(struct pd_target *t, const struct pd_resume *req,
    struct pd_event *ev, struct pd_err *err)
{
	(void)t;
	memset(ev, 0, sizeof(*ev));
	if (req->mode != PD_RESUME_QUIT)
		return pd_err_set(err, "this is a core file: there is no "
		    "process to run");
	ev->kind = PD_EVENT_EXITED;
	return 0;
}

static int
do_kill(struct pd_target *t, struct pd_err *err)
{
	(void)t;
	(void)err;
	return 0;
}

/* Where a breakpoint should go. */
static int
do_locate(struct pd_target *t, const struct pd_locate *req,
    struct pd_location *rep, struct pd_err *err)
{
	(void)t;
	(void)req;
	memset(rep, 0, sizeof(*rep));
	return pd_err_set(err, "this is a core file: there is no process to "
	    "stop");
}

static int
do_code(struct pd_target *t, const struct pd_code_req *req,
    struct pd_code *rep, struct pd_err *err)
{
	(void)t;
	(void)req;
	memset(rep, 0, sizeof(*rep));
	return pd_err_set(err, "this is a core file: the bytecode is not in "
	    "it");
}

static int
do_dump(struct pd_target *t, const struct pd_dump_req *req,
    struct pd_dump_report *rep, struct pd_err *err)
{
	(void)t;
	(void)req;
	memset(rep, 0, sizeof(*rep));
	return pd_err_set(err, "this is a core file already");
}

/* Nothing steps; they are for the next program. */
static int
do_skip(struct pd_target *t, const struct pd_skips *req,
    struct pd_nothing *rep, struct pd_err *err)
{
	(void)t;
	(void)req;
	(void)rep;
	(void)err;
	return 0;
}

static void
do_close(struct pd_target *t)
{
	struct pd_coretarget *c = pd_core_of(t);

	if (t == NULL)
		return;
	pd_core_texts_free(c);
	pd_core_store_close(c->store);
	pd_vec_done(&c->excs);
	pd_vec_done(&c->found);
	pd_str_done(&c->file);
	pd_rec_done(&pd_python_desc, &t->py);
	free(c);
}

static const struct pd_target_ops *
core_ops(void)
{
	static struct pd_target_ops ops;

	ops = pd_target_unsupported;
	ops.name = "core";
	ops.start = do_start;
	ops.resume = do_resume;
	ops.kill = do_kill;
	ops.frames = do_frames;
	ops.mark = do_mark;
	ops.threads = do_threads;
	ops.thread = do_thread;
	ops.exceptions = pd_core_do_exceptions;
	ops.locate = do_locate;
	ops.code = do_code;
	ops.dump = do_dump;
	ops.skip = do_skip;
	ops.eval = pd_core_do_eval;
	ops.exec = pd_core_do_exec;
	ops.check = pd_core_do_check;
	ops.vars = pd_core_do_vars;
	ops.names = pd_core_do_names;
	ops.complete = pd_core_do_complete;
	ops.source = pd_core_do_source;
	ops.object = pd_core_do_object;
	ops.graph = pd_core_do_graph;
	ops.children = pd_core_do_children;
	ops.close = do_close;
	return &ops;
}

struct pd_target *
pd_target_core_new(const char *file, struct pd_err *err)
{
	struct pd_core_store *store = pd_core_store_open(file, err);
	const struct pd_core_head *h;
	struct pd_coretarget *c;

	if (store == NULL)
		return NULL;
	h = pd_core_store_head(store);
	c = pd_xcalloc(1, sizeof(*c));
	c->store = store;
	c->file = pd_str_from(file);
	c->target.ops = core_ops();
	c->target.caps = PD_CAP_FRAMES | PD_CAP_EVAL | PD_CAP_CORE;
	c->target.py.version = pd_str_dup(&h->version);
	c->target.py.hex = h->hex;
	c->target.py.executable = pd_str_dup(&h->executable);
	c->target.py.prefix = pd_str_dup(&h->prefix);
	c->target.py.pid = h->pid;
	look_at_thread(c, 1);
	return &c->target;
}
