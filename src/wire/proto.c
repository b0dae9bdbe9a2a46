/*
 * wire/proto: the table of messages; each op is one row.
 *
 * For both ends.  A number on the wire is a row's index: rows are added at
 * the end, and PD_WIRE_VERSION says when one changes its meaning.
 */
#include "wire/proto.h"

#define ROW(op, n, b)		[op] = { .name = n, .body = &b##_desc }
#define ROW_REPLY(op, n, b, r)						\
	[op] = { .name = n, .body = &b##_desc, .reply = &r##_desc }

static const struct pd_op_row rows[PD_OP_MAX] = {
	ROW(PD_OP_HELLO, "hello", pd_hello),
	ROW(PD_OP_WELCOME, "welcome", pd_welcome),
	ROW(PD_OP_FAILED, "failed", pd_text),
	ROW(PD_OP_READY, "ready", pd_python),
	ROW(PD_OP_STOP, "stop", pd_stop),
	ROW(PD_OP_FINISH, "finish", pd_finish),
	ROW_REPLY(PD_OP_OUTPUT, "output", pd_text, pd_nothing),
	ROW(PD_OP_RESUME, "resume", pd_resume),
	ROW_REPLY(PD_OP_FRAMES, "frames", pd_frames_req, pd_frames),
	ROW_REPLY(PD_OP_EVAL, "eval", pd_eval, pd_value),
	ROW_REPLY(PD_OP_EXEC, "exec", pd_exec, pd_value),
	ROW_REPLY(PD_OP_VARS, "vars", pd_vars_req, pd_vars),
	ROW_REPLY(PD_OP_SOURCE, "source", pd_source_req, pd_source),
	ROW_REPLY(PD_OP_LOCATE, "locate", pd_locate, pd_location),
	ROW_REPLY(PD_OP_BP_SET, "bp-set", pd_bp, pd_bp),
	ROW_REPLY(PD_OP_BP_DEL, "bp-del", pd_bp_id, pd_nothing),
	ROW_REPLY(PD_OP_CHECK, "check", pd_check, pd_value),
	ROW_REPLY(PD_OP_PYTHON, "python", pd_nothing, pd_python),
	ROW(PD_OP_NOTICE, "notice", pd_text),
	ROW_REPLY(PD_OP_COMPLETE, "complete", pd_complete_req, pd_complete),
	ROW_REPLY(PD_OP_THREADS, "threads", pd_nothing, pd_threads),
	ROW_REPLY(PD_OP_THREAD, "thread", pd_thread_req, pd_thread),
	ROW_REPLY(PD_OP_SKIP, "skip", pd_skips, pd_nothing),
	ROW_REPLY(PD_OP_CODE, "code", pd_code_req, pd_code),
	ROW_REPLY(PD_OP_NAMES, "names", pd_names_req, pd_names),
	ROW_REPLY(PD_OP_JUMP, "jump", pd_jump, pd_frame),
	ROW_REPLY(PD_OP_MARK, "mark", pd_mark, pd_frame),
	ROW_REPLY(PD_OP_OBJECT, "object", pd_eval, pd_object),
	ROW_REPLY(PD_OP_EXCEPTIONS, "exceptions", pd_exceptions_req,
	    pd_exceptions),
	ROW_REPLY(PD_OP_CHILDREN, "children", pd_children_req, pd_children),
	ROW_REPLY(PD_OP_DUMP, "dump", pd_dump_req, pd_dump_report),
	ROW_REPLY(PD_OP_STDIO, "stdio", pd_stdio, pd_moved),
	ROW_REPLY(PD_OP_KEEP, "keep", pd_keep, pd_nothing)
};

const struct pd_op_row *
pd_op_row(unsigned op)
{
	if (op >= PD_OP_MAX || rows[op].name == NULL)
		return NULL;
	return &rows[op];
}

const char *
pd_kind_name(unsigned kind)
{
	static const char *const names[] = {
		[PD_KIND_REQUEST] = "request",
		[PD_KIND_REPLY] = "reply",
		[PD_KIND_ERROR] = "error",
		[PD_KIND_EVENT] = "event"
	};

	return kind <= PD_KIND_EVENT ? names[kind] : "unknown";
}

const struct pd_desc *
pd_op_desc(unsigned kind, unsigned op)
{
	const struct pd_op_row *row = pd_op_row(op);

	if (row == NULL || kind > PD_KIND_EVENT)
		return NULL;
	if (kind == PD_KIND_ERROR)
		return &pd_text_desc;
	return kind == PD_KIND_REPLY ? row->reply : row->body;
}
