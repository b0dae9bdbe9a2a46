/*
 * model/records: the description of every record, for whoever carries,
 * copies, frees or shows them.
 *
 * The keys are on the wire and will be in files: a new member takes the next
 * free one of its record, one that is no longer used is not given out again.
 */
#include "model/describe.h"
#include "model/records.h"

#define REC pd_frame
static const struct pd_field frame_fields[] = {
	U64(1, index),
	STR(2, file),
	STR(3, func),
	U64(4, line),
	U64(5, firstline),
	STR(6, source),
	BOOL(7, is_module),
	BOOL(8, has_retval),
	STR(9, retval),
	BOOL(10, hidden),
	STR(11, args),
	U64(12, now),
	U64(13, mark),
};
PD_DESC(pd_frame, frame_fields);
#undef REC

#define REC pd_thread
static const struct pd_field thread_fields[] = {
	U64(1, id),
	U64(2, ident),
	STR(3, name),
	BOOL(4, current),
	SUB(5, frame, pd_frame),
};
PD_DESC(pd_thread, thread_fields);
#undef REC

#define REC pd_bp
static const struct pd_field bp_fields[] = {
	U64(1, id),
	STR(2, file),
	U64(3, line),
	STR(4, func),
	STR(5, cond),
	BOOL(6, enabled),
	BOOL(7, temporary),
	U64(8, ignore),
	U64(9, hits),
	BOOL(10, pending),
	STR(11, print),
	BOOL(12, once),
	U64(13, thread),
	STR(14, qualname),
};
PD_DESC(pd_bp, bp_fields);
#undef REC

#define REC pd_bp_news
static const struct pd_field bp_news_fields[] = {
	U64(1, id),
	U64(2, hits),
	U64(3, ignore),
	BOOL(4, hit),
	BOOL(5, gone),
	STR(6, error),
	BOOL(7, off),
};
PD_DESC(pd_bp_news, bp_news_fields);
#undef REC

#define REC pd_stop
static const struct pd_field stop_fields[] = {
	U64(1, kind),
	SUB(2, thread, pd_thread),
	SUB(3, frame, pd_frame),
	U64(4, selected),
	VEC(5, bps, pd_bp_news),
	STR(6, exception),
	BOOL(7, exc_internal),
	BOOL(8, exc_syntax),
	BOOL(9, interrupted),
	BOOL(10, first),
	STR(11, header),
	STR(12, notice),
	U64(13, mtime),
	BOOL(14, finished),
	STR(15, returned),
	U64(16, skipped),
	STR(17, insn),
	U64(18, depth),
	BOOL(19, left),
	STR(20, error),
};
PD_DESC(pd_stop, stop_fields);
#undef REC

#define REC pd_resume
static const struct pd_field resume_fields[] = {
	U64(1, mode),
	U64(2, frame),
	U64(3, line),
	U64(4, count),
	STR(5, name),
	BOOL(6, insn),
	BOOL(7, finish),
	STR(8, text),
	U64(9, sigint),
	BOOL(10, answered),
};
PD_DESC(pd_resume, resume_fields);
#undef REC

#define REC pd_frames_req
static const struct pd_field frames_req_fields[] = {
	U64(1, thread),
	U64(2, first),
	U64(3, max),
};
PD_DESC(pd_frames_req, frames_req_fields);
#undef REC

#define REC pd_frames
static const struct pd_field frames_fields[] = {
	VEC(1, frames, pd_frame),
	U64(2, total),
};
PD_DESC(pd_frames, frames_fields);
#undef REC

#define REC pd_eval
static const struct pd_field eval_fields[] = {
	U64(1, frame),
	STR(2, text),
	U64(3, style),
	U64(4, max),
	U64(5, depth),
};
PD_DESC(pd_eval, eval_fields);
#undef REC

#define REC pd_value
static const struct pd_field value_fields[] = {
	STR(1, text),
	BOOL(2, failed),
	BOOL(3, cut),
	U64(4, total),
	BOOL(5, incomplete),
};
PD_DESC(pd_value, value_fields);
#undef REC

#define REC pd_exec
static const struct pd_field exec_fields[] = {
	U64(1, frame),
	STR(2, text),
	BOOL(3, console),
	BOOL(4, fresh),
};
PD_DESC(pd_exec, exec_fields);
#undef REC

#define REC pd_vars_req
static const struct pd_field vars_req_fields[] = {
	U64(1, frame),
	U64(2, which),
	U64(3, max),
	U64(4, depth),
};
PD_DESC(pd_vars_req, vars_req_fields);
#undef REC

#define REC pd_var
static const struct pd_field var_fields[] = {
	STR(1, name),
	BOOL(2, undefined),
	SUB(3, value, pd_value),
};
PD_DESC(pd_var, var_fields);
#undef REC

#define REC pd_vars
static const struct pd_field vars_fields[] = {
	VEC(1, vars, pd_var),
};
PD_DESC(pd_vars, vars_fields);
#undef REC

#define REC pd_source_req
static const struct pd_field source_req_fields[] = {
	STR(1, file),
	U64(2, frame),
};
PD_DESC(pd_source_req, source_req_fields);
#undef REC

#define REC pd_source
static const struct pd_field source_fields[] = {
	STR(1, text),
	U64(2, mtime),
};
PD_DESC(pd_source, source_fields);
#undef REC

#define REC pd_locate
static const struct pd_field locate_fields[] = {
	STR(1, file),
	U64(2, line),
	STR(3, spec),
	U64(4, frame),
};
PD_DESC(pd_locate, locate_fields);
#undef REC

#define REC pd_location
static const struct pd_field location_fields[] = {
	U64(1, status),
	STR(2, file),
	U64(3, line),
	STR(4, func),
	U64(5, asked),
	BOOL(6, pending),
	STR(7, qualname),
};
PD_DESC(pd_location, location_fields);
#undef REC

#define REC pd_bp_id
static const struct pd_field bp_id_fields[] = {
	U64(1, id),
};
PD_DESC(pd_bp_id, bp_id_fields);
#undef REC

#define REC pd_check
static const struct pd_field check_fields[] = {
	STR(1, text),
	BOOL(2, statement),
};
PD_DESC(pd_check, check_fields);
#undef REC

#define REC pd_complete_req
static const struct pd_field complete_req_fields[] = {
	U64(1, frame),
	U64(2, what),
	STR(3, text),
};
PD_DESC(pd_complete_req, complete_req_fields);
#undef REC

#define REC pd_complete
static const struct pd_field complete_fields[] = {
	U64(1, from),
	STRVEC(2, items),
	BOOL(3, cut),
};
PD_DESC(pd_complete, complete_fields);
#undef REC

#define REC pd_python
static const struct pd_field python_fields[] = {
	STR(1, version),
	U64(2, hex),
	STR(3, executable),
	STR(4, prefix),
	STR(5, engine),
	U64(6, pid),
	STR(7, backend),
	BOOL(8, ring),
};
PD_DESC(pd_python, python_fields);
#undef REC

#define REC pd_threads
static const struct pd_field threads_fields[] = {
	VEC(1, threads, pd_thread),
};
PD_DESC(pd_threads, threads_fields);
#undef REC

#define REC pd_thread_req
static const struct pd_field thread_req_fields[] = {
	U64(1, thread),
};
PD_DESC(pd_thread_req, thread_req_fields);
#undef REC

#define REC pd_skip
static const struct pd_field skip_fields[] = {
	U64(1, kind),
	STR(2, text),
	STR(3, file),
};
PD_DESC(pd_skip, skip_fields);
#undef REC

#define REC pd_skips
static const struct pd_field skips_fields[] = {
	VEC(1, skips, pd_skip),
};
PD_DESC(pd_skips, skips_fields);
#undef REC

#define REC pd_code_req
static const struct pd_field code_req_fields[] = {
	U64(1, frame),
	STR(2, text),
};
PD_DESC(pd_code_req, code_req_fields);
#undef REC

#define REC pd_insn
static const struct pd_field insn_fields[] = {
	U64(1, offset),
	U64(2, line),
	STR(3, text),
	BOOL(4, current),
	BOOL(5, target),
};
PD_DESC(pd_insn, insn_fields);
#undef REC

#define REC pd_code
static const struct pd_field code_fields[] = {
	STR(1, file),
	STR(2, func),
	VEC(3, insns, pd_insn),
};
PD_DESC(pd_code, code_fields);
#undef REC

#define REC pd_names_req
static const struct pd_field names_req_fields[] = {
	U64(1, which),
	U64(2, frame),
	BOOL(3, all),
};
PD_DESC(pd_names_req, names_req_fields);
#undef REC

#define REC pd_name
static const struct pd_field name_fields[] = {
	STR(1, name),
	STR(2, file),
	U64(3, line),
};
PD_DESC(pd_name, name_fields);
#undef REC

#define REC pd_names
static const struct pd_field names_fields[] = {
	VEC(1, names, pd_name),
};
PD_DESC(pd_names, names_fields);
#undef REC

#define REC pd_jump
static const struct pd_field jump_fields[] = {
	U64(1, frame),
	U64(2, line),
};
PD_DESC(pd_jump, jump_fields);
#undef REC

#define REC pd_mark
static const struct pd_field mark_fields[] = {
	U64(1, frame),
};
PD_DESC(pd_mark, mark_fields);
#undef REC

#define REC pd_stdio
static const struct pd_field stdio_fields[] = {
	STR(1, to),
	STR(2, from),
	BOOL(3, own),
	U64(4, group),
};
PD_DESC(pd_stdio, stdio_fields);
#undef REC

#define REC pd_moved
static const struct pd_field moved_fields[] = {
	U64(1, streams),
	BOOL(2, own),
};
PD_DESC(pd_moved, moved_fields);
#undef REC

#define REC pd_object
static const struct pd_field object_fields[] = {
	STR(1, text),
	U64(2, line),
	BOOL(3, failed),
};
PD_DESC(pd_object, object_fields);
#undef REC

#define REC pd_exc
static const struct pd_field exc_fields[] = {
	STR(1, text),
	BOOL(2, has_tb),
	U64(3, of),
	BOOL(4, member),
};
PD_DESC(pd_exc, exc_fields);
#undef REC

#define REC pd_exceptions_req
static const struct pd_field exceptions_req_fields[] = {
	BOOL(1, select),
	U64(2, index),
};
PD_DESC(pd_exceptions_req, exceptions_req_fields);
#undef REC

#define REC pd_exceptions
static const struct pd_field exceptions_fields[] = {
	VEC(1, excs, pd_exc),
	U64(2, current),
};
PD_DESC(pd_exceptions, exceptions_fields);
#undef REC

#define REC pd_nothing
static const struct pd_field nothing_fields[] = {
	BOOL(1, unused),
};
PD_DESC(pd_nothing, nothing_fields);
#undef REC

#define REC pd_hello
static const struct pd_field hello_fields[] = {
	U64(1, protocol),
	U64(2, pid),
	U64(3, hex),
	STR(4, version),
	STRVEC(5, argv),
	BOOL(6, free_threaded),
};
PD_DESC(pd_hello, hello_fields);
#undef REC

#define REC pd_welcome
static const struct pd_field welcome_fields[] = {
	U64(1, what),
	STR(2, engine),
	STR(3, log),
	BOOL(4, abort_on_bug),
};
PD_DESC(pd_welcome, welcome_fields);
#undef REC

#define REC pd_finish
static const struct pd_field finish_fields[] = {
	BOOL(1, system_exit),
	STR(2, text),
	VEC(3, bps, pd_bp_news),
};
PD_DESC(pd_finish, finish_fields);
#undef REC

#define REC pd_text
static const struct pd_field text_fields[] = {
	STR(1, text),
};
PD_DESC(pd_text, text_fields);
#undef REC
