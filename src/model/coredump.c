/*
 * model/coredump: the records of a core, and their descriptions.
 *
 * Tables only; see field.h and coredump.h.  A new member gets the next key.
 */
#include "model/coredump.h"

static const struct pd_field core_head_fields[] = {
	PD_FIELD(pd_core_head, 1, PD_T_STR, writer),
	PD_FIELD(pd_core_head, 2, PD_T_U64, time),
	PD_FIELD(pd_core_head, 3, PD_T_U64, why),
	PD_FIELD(pd_core_head, 4, PD_T_U64, pid),
	PD_FIELD(pd_core_head, 5, PD_T_STR, script),
	PD_FIELD(pd_core_head, 6, PD_T_STRVEC, argv),
	PD_FIELD(pd_core_head, 7, PD_T_STR, cwd),
	PD_FIELD(pd_core_head, 8, PD_T_STR, version),
	PD_FIELD(pd_core_head, 9, PD_T_U64, hex),
	PD_FIELD(pd_core_head, 10, PD_T_STR, version_text),
	PD_FIELD(pd_core_head, 11, PD_T_STR, executable),
	PD_FIELD(pd_core_head, 12, PD_T_STR, prefix),
	PD_FIELD(pd_core_head, 13, PD_T_STR, platform),
	PD_FIELD(pd_core_head, 14, PD_T_STR, host),
	PD_FIELD(pd_core_head, 15, PD_T_STRVEC, env),
	PD_FIELD(pd_core_head, 16, PD_T_U64, max_bytes),
	PD_FIELD(pd_core_head, 17, PD_T_U64, max_objects),
	PD_FIELD(pd_core_head, 18, PD_T_U64, max_ms),
	PD_FIELD(pd_core_head, 19, PD_T_U64, max_depth),
	PD_FIELD(pd_core_head, 20, PD_T_U64, uptime),
	PD_FIELD(pd_core_head, 21, PD_T_STRVEC, path),
	PD_FIELD(pd_core_head, 22, PD_T_STR, output),
};
PD_DESC(pd_core_head, core_head_fields);

static const struct pd_field core_exc_fields[] = {
	PD_FIELD(pd_core_exc, 1, PD_T_U64, object),
	PD_FIELD(pd_core_exc, 2, PD_T_STR, type),
	PD_FIELD(pd_core_exc, 3, PD_T_STR, text),
	PD_FIELD(pd_core_exc, 4, PD_T_STRVEC, notes),
	PD_FIELD(pd_core_exc, 5, PD_T_U64, cause),
	PD_FIELD(pd_core_exc, 6, PD_T_U64, context),
	PD_FIELD(pd_core_exc, 7, PD_T_BOOL, suppress),
	PD_FIELD(pd_core_exc, 8, PD_T_U64VEC, members),
	PD_FIELD(pd_core_exc, 9, PD_T_U64, first),
	PD_FIELD(pd_core_exc, 10, PD_T_U64, count),
	PD_FIELD(pd_core_exc, 11, PD_T_U64, raised),
	PD_FIELD(pd_core_exc, 12, PD_T_U64, thread),
};
PD_DESC(pd_core_exc, core_exc_fields);

static const struct pd_field core_thread_fields[] = {
	PD_FIELD(pd_core_thread, 1, PD_T_U64, id),
	PD_FIELD(pd_core_thread, 2, PD_T_U64, ident),
	PD_FIELD(pd_core_thread, 3, PD_T_STR, name),
	PD_FIELD(pd_core_thread, 4, PD_T_U64, first),
	PD_FIELD(pd_core_thread, 5, PD_T_U64, count),
	PD_FIELD(pd_core_thread, 6, PD_T_U64, exc),
	PD_FIELD(pd_core_thread, 7, PD_T_BOOL, daemon),
};
PD_DESC(pd_core_thread, core_thread_fields);

static const struct pd_field core_frame_fields[] = {
	PD_FIELD(pd_core_frame, 1, PD_T_STR, file),
	PD_FIELD(pd_core_frame, 2, PD_T_STR, func),
	PD_FIELD(pd_core_frame, 3, PD_T_STR, qualname),
	PD_FIELD(pd_core_frame, 4, PD_T_STR, module),
	PD_FIELD(pd_core_frame, 5, PD_T_U64, line),
	PD_FIELD(pd_core_frame, 6, PD_T_U64, now),
	PD_FIELD(pd_core_frame, 7, PD_T_U64, firstline),
	PD_FIELD(pd_core_frame, 8, PD_T_U64, lasti),
	PD_FIELD(pd_core_frame, 9, PD_T_BOOL, is_module),
	PD_FIELD(pd_core_frame, 10, PD_T_BOOL, hidden),
	PD_FIELD(pd_core_frame, 11, PD_T_U64, vars),
	PD_FIELD(pd_core_frame, 12, PD_T_U64, globals),
	PD_FIELD(pd_core_frame, 13, PD_T_U64, nargs),
	PD_FIELD(pd_core_frame, 14, PD_T_U64, same),
	PD_FIELD(pd_core_frame, 15, PD_T_STR, retval),
	PD_FIELD(pd_core_frame, 16, PD_T_BOOL, has_retval),
	PD_FIELD(pd_core_frame, 17, PD_T_U64, source),
	PD_FIELD(pd_core_frame, 18, PD_T_U64, code),
	PD_FIELD(pd_core_frame, 19, PD_T_U64, col),
	PD_FIELD(pd_core_frame, 20, PD_T_U64, end_line),
	PD_FIELD(pd_core_frame, 21, PD_T_U64, end_col),
};
PD_DESC(pd_core_frame, core_frame_fields);

static const struct pd_field core_source_fields[] = {
	PD_FIELD(pd_core_source, 1, PD_T_STR, file),
	PD_FIELD(pd_core_source, 2, PD_T_STR, text),
	PD_FIELD(pd_core_source, 3, PD_T_U64, mtime),
	PD_FIELD(pd_core_source, 4, PD_T_BOOL, cut),
};
PD_DESC(pd_core_source, core_source_fields);

static const struct pd_field core_type_fields[] = {
	PD_FIELD(pd_core_type, 1, PD_T_STR, module),
	PD_FIELD(pd_core_type, 2, PD_T_STR, qualname),
	PD_FIELD(pd_core_type, 3, PD_T_U64, object),
	PD_FIELD(pd_core_type, 4, PD_T_U64VEC, mro),
	PD_FIELD(pd_core_type, 5, PD_T_STR, repr),
	PD_FIELD(pd_core_type, 6, PD_T_STR, str),
	PD_FIELD(pd_core_type, 7, PD_T_STRVEC, fields),
	PD_FIELD(pd_core_type, 8, PD_T_U64, size),
	PD_FIELD(pd_core_type, 9, PD_T_U64, flags),
	PD_FIELD(pd_core_type, 10, PD_T_U64, meta),
};
PD_DESC(pd_core_type, core_type_fields);

static const struct pd_field core_module_fields[] = {
	PD_FIELD(pd_core_module, 1, PD_T_STR, name),
	PD_FIELD(pd_core_module, 2, PD_T_STR, file),
	PD_FIELD(pd_core_module, 3, PD_T_STR, version),
	PD_FIELD(pd_core_module, 4, PD_T_U64, object),
};
PD_DESC(pd_core_module, core_module_fields);

static const struct pd_field core_end_fields[] = {
	PD_FIELD(pd_core_end, 1, PD_T_U64, objects),
	PD_FIELD(pd_core_end, 2, PD_T_U64, unwritten),
	PD_FIELD(pd_core_end, 3, PD_T_U64, cut),
	PD_FIELD(pd_core_end, 4, PD_T_U64, ms),
	PD_FIELD(pd_core_end, 5, PD_T_U64, cut_objects),
};
PD_DESC(pd_core_end, core_end_fields);
