/*
 * The live target: a program under an engine, over the wire.
 *
 * Called through struct pd_target_ops by the commands.  One process at a
 * time.  Every request waits for its answer, every resume for an event; an
 * engine that dies, lies or falls silent at any moment makes an event or an
 * error of it, never a hang for want of an answer from a dead process.  An end
 * that comes while a request is under way is kept and given out by the next
 * resume.
 *
 * Must not know what a message's content means to the user.
 */
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "target/live.h"

#define CAPS_STOPPED							\
	(PD_CAP_FRAMES | PD_CAP_EVAL | PD_CAP_RUN | PD_CAP_START)

static struct pd_live *
live_of(struct pd_target *t)
{
	return (struct pd_live *)t;
}

/* ---- messages that may come at any time --------------------------------- */

static int
take_text(struct pd_live *lv, const struct pd_msg *msg, struct pd_err *err)
{
	struct pd_target *t = &lv->target;
	struct pd_nothing nothing = { 0 };
	struct pd_text text = { 0 };
	struct pd_err ignored;

	if (pd_msg_body(msg, &text, err) == -1)
		return -1;
	if (msg->op == PD_OP_NOTICE) {
		if (t->notice != NULL)
			t->notice(t->ctx, pd_str_c(&text.text), text.text.n);
	} else {
		if (t->output != NULL)
			t->output(t->ctx, pd_str_c(&text.text), text.text.n);
		/* If it is gone, waiting for it will tell. */
		pd_chan_send(&lv->chan, PD_KIND_REPLY, PD_OP_OUTPUT, &nothing,
		    &ignored);
	}
	pd_rec_done(&pd_text_desc, &text);
	return 1;
}

int
pd_live_common(struct pd_live *lv, const struct pd_msg *msg,
    struct pd_err *err)
{
	if (msg->kind != PD_KIND_EVENT)
		return 0;
	if (msg->op == PD_OP_OUTPUT || msg->op == PD_OP_NOTICE)
		return take_text(lv, msg, err);
	if (msg->op != PD_OP_FINISH)
		return 0;
	pd_rec_done(&pd_finish_desc, &lv->finish);
	if (pd_msg_body(msg, &lv->finish, err) == -1)
		return -1;
	lv->finished = true;
	return 1;
}

/* ---- garbage ------------------------------------------------------------ */

/* Nothing that it says can be believed any more. */
static void
drop_liar(struct pd_live *lv, const struct pd_err *err)
{
	struct pd_err ignored;

	pd_live_notice(lv, "process %d sent garbage to the debugger (%s); it "
	    "was killed", (int)lv->child, err->msg);
	lv->stopped = false;
	if (!lv->reaped)
		pd_live_kill(lv, &ignored);
}

/* ---- events ------------------------------------------------------------- */

static void
take_stop(struct pd_live *lv, struct pd_event *ev)
{
	const struct pd_frame *f = &ev->stop.frame;

	ev->kind = PD_EVENT_STOP;
	pd_str_done(&lv->last);
	if (f->file.s != NULL)
		lv->last = pd_strf("%s:%llu in %s", f->file.s,
		    (unsigned long long)f->line, pd_str_c(&f->func));
	/* It may have been on its way when it was asked for. */
	if (lv->asked == lv->sent + 1 && ev->stop.kind != PD_STOP_POSTMORTEM)
		ev->stop.interrupted = true;
	lv->asked = 0;
	lv->stopped = true;
	lv->target.caps = CAPS_STOPPED;
	pd_live_running(lv, false);
}

static void
count_request(struct pd_live *lv)
{
	lv->sent++;
	lv->kick_ms = 0;	/* that was for the one before */
}

static int
send_resume(struct pd_live *lv, const struct pd_resume *r, struct pd_err *err)
{
	count_request(lv);
	return pd_chan_send(&lv->chan, PD_KIND_REQUEST, PD_OP_RESUME, r, err);
}

/* The text of an ERROR becomes err.  -1: garbage, in err. */
static int
take_error(const struct pd_msg *msg, struct pd_err *err)
{
	struct pd_text text = { 0 };

	if (pd_msg_body(msg, &text, err) == -1)
		return -1;
	pd_err_set(err, "%s", pd_str_c(&text.text));
	pd_rec_done(&pd_text_desc, &text);
	return 0;
}

/* A message while the program runs.  1: ev is filled, or left empty because
 * the resume was refused, with err; 0: go on; -1: garbage, in err. */
static int
take_event(struct pd_live *lv, const struct pd_msg *msg,
    const struct pd_resume *quit, struct pd_event *ev, struct pd_err *err)
{
	int rc = pd_live_common(lv, msg, err);

	if (rc != 0)
		return rc == -1 ? -1 : 0;
	if (lv->resuming && msg->kind == PD_KIND_ERROR &&
	    msg->op == PD_OP_RESUME)
		return take_error(msg, err) == -1 ? -1 : 1;
	if (msg->kind != PD_KIND_EVENT || msg->op != PD_OP_STOP)
		return pd_err_set(err, "message %u of kind %u while the "
		    "program runs", msg->op, msg->kind);
	if (pd_msg_body(msg, &ev->stop, err) == -1)
		return -1;
	if (quit == NULL) {
		take_stop(lv, ev);
		return 1;
	}
	/* The program's own handlers came upon a stop; it is to end. */
	pd_rec_done(&pd_stop_desc, &ev->stop);
	return send_resume(lv, quit, err) == -1 ? -1 : 0;
}

/* Until the program stops or is gone.  quit (or NULL) is a limit too.  -1: it
 * has not been let go, err is the engine's word. */
static int
await_event(struct pd_live *lv, const struct pd_resume *quit,
    struct pd_event *ev, struct pd_err *refusal)
{
	int64_t until = quit != NULL ? pd_live_deadline(PD_LIVE_QUIT_MS) : 0;
	struct pd_msg msg = { 0 };
	struct pd_err err;

	for (;;) {
		int rc = 0;

		switch (pd_live_wait(lv, until, &msg, &err)) {
		case PD_GOT_MESSAGE:
			rc = take_event(lv, &msg, quit, ev, &err);
			pd_msg_done(&msg);
			if (rc == 1 && ev->kind == PD_EVENT_NONE)
				*refusal = err;
			if (rc == 1)
				return ev->kind == PD_EVENT_NONE ? -1 : 0;
			break;
		case PD_GOT_EOF:
			pd_live_channel_gone(lv);
			break;
		case PD_GOT_GARBAGE:
			rc = -1;
			break;
		case PD_GOT_TIMEOUT:
			pd_live_notice(lv, "the program did not end within %d "
			    "seconds; it was killed", PD_LIVE_QUIT_MS / 1000);
			pd_live_signal_all(lv, SIGKILL);
			until = 0;
			break;
		case PD_GOT_DEATH:
			pd_live_take_end(lv, ev);
			return 0;
		}
		if (rc == -1)
			drop_liar(lv, &err);
	}
}

/* ---- requests ----------------------------------------------------------- */

/* The process went while it was asked: keeps its end for the next resume. */
static int
ended_in_request(struct pd_live *lv, struct pd_err *err)
{
	struct pd_event *ev = &lv->ended;
	struct pd_str text;

	lv->stopped = false;
	/* It may have executed something else: that runs, then. */
	if (!lv->reaped)
		pd_live_running(lv, true);
	lv->resuming = false;
	await_event(lv, NULL, ev, err);
	lv->have_ended = true;
	text = pd_live_status_text(ev->kind == PD_EVENT_SIGNALED ? ev->code :
	    ev->code << 8);
	pd_err_set(err, "the program is gone (%s)", pd_str_c(&text));
	pd_str_done(&text);
	return -1;
}

/* The answer.  1: got it; 0: not yet; -1: an answer that is an error, in err;
 * -2: garbage. */
static int
take_answer(struct pd_live *lv, const struct pd_msg *msg, enum pd_op op,
    void *reply, struct pd_err *err)
{
	int rc = pd_live_common(lv, msg, err);

	if (rc != 0)
		return rc == 1 ? 0 : -2;
	if (msg->op != op || (msg->kind != PD_KIND_REPLY &&
	    msg->kind != PD_KIND_ERROR)) {
		pd_err_set(err, "message %u of kind %u as an answer to %s",
		    msg->op, msg->kind, pd_op_row(op)->name);
		return -2;
	}
	if (msg->kind == PD_KIND_REPLY)
		return pd_msg_body(msg, reply, err) == -1 ? -2 : 1;
	return take_error(msg, err) == -1 ? -2 : -1;
}

static int
may_ask(const struct pd_live *lv, struct pd_err *err)
{
	if (!lv->stopped)
		return pd_err_set(err, "the program is not being run");
	return lv->waiting > 0 ? pd_err_set(err, "the program is busy") : 0;
}

static int
ask(struct pd_live *lv, enum pd_op op, const void *req, void *reply,
    struct pd_err *err)
{
	struct pd_msg msg = { 0 };
	int rc = 0;

	if (may_ask(lv, err) == -1)
		return -1;
	count_request(lv);
	/* A dead engine is found by waiting for its answer. */
	if (pd_chan_send(&lv->chan, PD_KIND_REQUEST, op, req, err) == -1)
		pd_log("target", "%s", err->msg);
	while (rc == 0) {
		enum pd_live_got got = pd_live_wait(lv, 0, &msg, err);

		if (got == PD_GOT_EOF)
			pd_live_channel_gone(lv);
		if (got == PD_GOT_EOF || got == PD_GOT_DEATH)
			return ended_in_request(lv, err);
		rc = got == PD_GOT_MESSAGE ?
		    take_answer(lv, &msg, op, reply, err) : -2;
		pd_msg_done(&msg);
	}
	if (rc == -2) {
		drop_liar(lv, err);
		return ended_in_request(lv, err);
	}
	return rc == 1 ? 0 : -1;
}

#define ASK(slot, op, req, rep)						\
static int								\
live_##slot(struct pd_target *t, const struct req *q, struct rep *r,	\
    struct pd_err *err)							\
{									\
	memset(r, 0, sizeof(*r));					\
	return ask(live_of(t), (op), q, r, err);			\
}

/* What is asked and answered without more: slot, op, request, reply. */
#define ASKED(X)							\
	X(frames, PD_OP_FRAMES, pd_frames_req, pd_frames)		\
	X(eval, PD_OP_EVAL, pd_eval, pd_value)				\
	X(exec, PD_OP_EXEC, pd_exec, pd_value)				\
	X(vars, PD_OP_VARS, pd_vars_req, pd_vars)			\
	X(source, PD_OP_SOURCE, pd_source_req, pd_source)		\
	X(locate, PD_OP_LOCATE, pd_locate, pd_location)			\
	X(bp_set, PD_OP_BP_SET, pd_bp, pd_bp)				\
	X(bp_del, PD_OP_BP_DEL, pd_bp_id, pd_nothing)			\
	X(check, PD_OP_CHECK, pd_check, pd_value)			\
	X(python, PD_OP_PYTHON, pd_nothing, pd_python)			\
	X(complete, PD_OP_COMPLETE, pd_complete_req, pd_complete)	\
	X(threads, PD_OP_THREADS, pd_nothing, pd_threads)		\
	X(thread, PD_OP_THREAD, pd_thread_req, pd_thread)		\
	X(skip, PD_OP_SKIP, pd_skips, pd_nothing)			\
	X(code, PD_OP_CODE, pd_code_req, pd_code)			\
	X(names, PD_OP_NAMES, pd_names_req, pd_names)			\
	X(jump, PD_OP_JUMP, pd_jump, pd_frame)				\
	X(mark, PD_OP_MARK, pd_mark, pd_frame)				\
	X(stdio, PD_OP_STDIO, pd_stdio, pd_moved)			\
	X(object, PD_OP_OBJECT, pd_eval, pd_object)			\
	X(exceptions, PD_OP_EXCEPTIONS, pd_exceptions_req, pd_exceptions) \
	X(children, PD_OP_CHILDREN, pd_children_req, pd_children)	\
	X(dump, PD_OP_DUMP, pd_dump_req, pd_dump_report)		\
	X(keep, PD_OP_KEEP, pd_keep, pd_nothing)

ASKED(ASK)

/* ---- running ------------------------------------------------------------ */

static int
live_resume(struct pd_target *t, const struct pd_resume *r,
    struct pd_event *ev, struct pd_err *err)
{
	struct pd_live *lv = live_of(t);

	memset(ev, 0, sizeof(*ev));
	t->refused = false;
	if (lv->have_ended) {
		*ev = lv->ended;
		memset(&lv->ended, 0, sizeof(lv->ended));
		lv->have_ended = false;
		return 0;
	}
	if (may_ask(lv, err) == -1)
		return -1;
	pd_live_running(lv, true);
	/* A dead engine is found by waiting. */
	if (send_resume(lv, r, err) == -1)
		pd_log("target", "%s", err->msg);
	lv->stopped = false;
	lv->target.caps = PD_CAP_START;
	lv->resuming = true;
	if (await_event(lv, r->mode == PD_RESUME_QUIT ? r : NULL, ev, err) == 0)
		return 0;
	lv->stopped = t->refused = true;
	lv->target.caps = CAPS_STOPPED;
	pd_live_running(lv, false);
	return -1;
}

static void
forget(struct pd_live *lv)
{
	struct pd_err err;

	if (lv->child != 0) {
		if (!lv->reaped && pd_live_kill(lv, &err) == -1)
			pd_live_notice(lv, "%s", err.msg);
		pd_live_reset(lv);
	}
	pd_event_done(&lv->ended);
	lv->have_ended = false;
}

static int
live_start(struct pd_target *t, const struct pd_launch *launch,
    struct pd_event *ev, struct pd_err *err)
{
	struct pd_live *lv = live_of(t);
	struct pd_child child = { .chan = -1, .words = -1 };
	struct pd_err why;

	memset(ev, 0, sizeof(*ev));
	if (lv->waiting > 0)
		return pd_err_set(err, "the program is busy");
	forget(lv);
	if (!pd_live_check_python(lv, launch, ev))
		return 0;
	if (pd_launch_spawn(launch, &child, &why) == -1) {
		pd_live_fail(lv, ev, "%s", why.msg);
		return 0;
	}
	pd_log("target", "started %s as %d", pd_str_c(&launch->python),
	    (int)child.pid);
	pd_live_attach(lv, &child);
	lv->target.group = launch->own_group || launch->tty != 0 ?
	    child.pid : 0;
	lv->target.caps = PD_CAP_START;
	if (!pd_live_handshake(lv, launch, ev))
		return 0;
	lv->resuming = false;
	await_event(lv, NULL, ev, err);
	if (lv->early && ev->kind == PD_EVENT_STOP)
		ev->stop.interrupted = true;
	return 0;
}

static int
live_interrupt(struct pd_target *t, struct pd_err *err)
{
	struct pd_live *lv = live_of(t);

	if (lv->child == 0 || lv->reaped)
		return pd_err_set(err, "the program is not being run");
	if (lv->stopped && lv->waiting == 0)
		return pd_err_set(err, "the program is stopped already");
	if (pd_live_wake(lv)) {
		lv->asked = lv->stopped ? 0 : lv->sent + 1;
		pd_live_kick(lv);
	} else if (lv->up) {
		pd_live_signal_all(lv, SIGINT);
	} else {
		lv->early = true;	/* its first stop is near */
	}
	return 0;
}

static int
live_kill(struct pd_target *t, struct pd_err *err)
{
	struct pd_live *lv = live_of(t);

	if (lv->child == 0)
		return pd_err_set(err, "the program is not being run");
	if (!lv->reaped && pd_live_kill(lv, err) == -1)
		return -1;
	if (lv->waiting == 0)
		forget(lv);
	return 0;
}

static void
live_close(struct pd_target *t)
{
	struct pd_live *lv = live_of(t);

	if (t == NULL)
		return;
	forget(lv);
	pd_loop_signal(lv->loop, PD_TOLD_SIGNAL, NULL, NULL);
	pd_rec_done(&pd_python_desc, &t->py);
	free(lv);
}

static const struct pd_target_ops live_ops = {
	.name = "live",
	.start = live_start,
	.resume = live_resume,
	.interrupt = live_interrupt,
	.kill = live_kill,
#define SLOT(slot, op, req, rep)	.slot = live_##slot,
	ASKED(SLOT)
	.graph = pd_live_graph,
	.close = live_close,
};

static void
on_told(void *ctx, int signo)
{
	struct pd_live *lv = ctx;

	(void)signo;
	if (lv->waiting > 0)
		pd_live_kick(lv);
	if (lv->target.told != NULL)
		lv->target.told(lv->target.running_ctx);
}

struct pd_target *
pd_target_live_new(struct pd_loop *loop)
{
	struct pd_live *lv = pd_xcalloc(1, sizeof(*lv));

	lv->target.ops = &live_ops;
	lv->target.caps = PD_CAP_START;
	lv->loop = loop;
	lv->words = -1;
	lv->chan.fd = -1;
	/* As long as there may be a program that sends it. */
	pd_loop_signal(loop, PD_TOLD_SIGNAL, on_told, lv);
	return &lv->target;
}
