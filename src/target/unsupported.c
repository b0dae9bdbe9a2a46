/*
 * What a target cannot do: one function for each slot, which says so.
 *
 * Targets copy this table's slots into theirs where they have nothing of
 * their own, so that nobody has to ask whether a slot is there.
 */
#include <stdlib.h>

#include "target/target.h"

/* One slot with a request and a reply. */
#define UNSUPPORTED(slot, words, req, rep)				\
static int								\
no_##slot(struct pd_target *t, const struct req *q, struct rep *r,	\
    struct pd_err *err)							\
{									\
	return refuse(words, err);					\
}

static int
refuse(const char *what, struct pd_err *err)
{
	return pd_err_set(err, "%s is not supported by this target", what);
}

UNSUPPORTED(start, "starting a program", pd_launch, pd_event)
UNSUPPORTED(resume, "running", pd_resume, pd_event)
UNSUPPORTED(frames, "looking at the stack", pd_frames_req, pd_frames)
UNSUPPORTED(eval, "evaluating", pd_eval, pd_value)
UNSUPPORTED(exec, "executing statements", pd_exec, pd_value)
UNSUPPORTED(vars, "listing variables", pd_vars_req, pd_vars)
UNSUPPORTED(source, "reading source", pd_source_req, pd_source)
UNSUPPORTED(locate, "looking up a place", pd_locate, pd_location)
UNSUPPORTED(bp_set, "setting breakpoints", pd_bp, pd_bp)
UNSUPPORTED(bp_del, "deleting breakpoints", pd_bp_id, pd_nothing)
UNSUPPORTED(check, "compiling", pd_check, pd_value)
UNSUPPORTED(python, "asking for the Python", pd_nothing, pd_python)
UNSUPPORTED(complete, "completing", pd_complete_req, pd_complete)
UNSUPPORTED(threads, "listing threads", pd_nothing, pd_threads)
UNSUPPORTED(thread, "selecting a thread", pd_thread_req, pd_thread)
UNSUPPORTED(skip, "skipping code", pd_skips, pd_nothing)
UNSUPPORTED(code, "disassembling", pd_code_req, pd_code)
UNSUPPORTED(names, "listing names", pd_names_req, pd_names)

UNSUPPORTED(jump, "jumping", pd_jump, pd_frame)
UNSUPPORTED(mark, "marking a frame", pd_mark, pd_frame)
UNSUPPORTED(stdio, "another terminal", pd_stdio, pd_moved)
UNSUPPORTED(object, "finding an object's source", pd_eval, pd_object)
UNSUPPORTED(exceptions, "looking at exceptions", pd_exceptions_req,
    pd_exceptions)
UNSUPPORTED(children, "looking into values", pd_children_req, pd_children)
UNSUPPORTED(graph, "looking at all objects", pd_graph_req, pd_graph)
UNSUPPORTED(dump, "writing a core file", pd_dump_req, pd_dump_report)
UNSUPPORTED(keep, "keeping what was found", pd_keep, pd_nothing)

static int
no_interrupt(struct pd_target *t, struct pd_err *err)
{
	return refuse("interrupting", err);
}

static int
no_kill(struct pd_target *t, struct pd_err *err)
{
	return refuse("killing", err);
}

static void
just_free(struct pd_target *t)
{
	if (t == NULL)
		return;
	pd_rec_done(&pd_python_desc, &t->py);
	free(t);
}

const struct pd_target_ops pd_target_unsupported = {
	.name = "unsupported",
	.start = no_start,
	.resume = no_resume,
	.interrupt = no_interrupt,
	.kill = no_kill,
	.frames = no_frames,
	.eval = no_eval,
	.exec = no_exec,
	.vars = no_vars,
	.source = no_source,
	.locate = no_locate,
	.bp_set = no_bp_set,
	.bp_del = no_bp_del,
	.check = no_check,
	.python = no_python,
	.complete = no_complete,
	.threads = no_threads,
	.thread = no_thread,
	.skip = no_skip,
	.code = no_code,
	.names = no_names,
	.jump = no_jump,
	.mark = no_mark,
	.stdio = no_stdio,
	.object = no_object,
	.exceptions = no_exceptions,
	.children = no_children,
	.graph = no_graph,
	.dump = no_dump,
	.keep = no_keep,
	.close = just_free,
};
