/*
 * model/dumpreq: the descriptions of the request for a core file.
 *
 * As in records.c, of which this is a part: keys are never used again.
 */
#include "model/dumpreq.h"

#include "model/describe.h"

#define REC pd_dump_limits
static const struct pd_field dump_limits_fields[] = {
	U64(1, bytes),
	U64(2, objects),
	U64(3, ms),
	U64(4, depth),
	STR(5, redact),
};
PD_DESC(pd_dump_limits, dump_limits_fields);
#undef REC

#define REC pd_dump_req
static const struct pd_field dump_req_fields[] = {
	STR(1, file),
	SUB(2, limits, pd_dump_limits),
	BOOL(3, in_place),
	BOOL(4, all),
	U64(5, frame),
	STR(6, text),
	STR(7, output),
};
PD_DESC(pd_dump_req, dump_req_fields);
#undef REC

#define REC pd_dump_report
static const struct pd_field dump_report_fields[] = {
	STR(1, file),
	U64(2, bytes),
	U64(3, objects),
	U64(4, unwritten),
	STR(5, limit),
	U64(6, ms),
	U64(7, ident),
	BOOL(8, failed),
	STR(9, note),
};
PD_DESC(pd_dump_report, dump_report_fields);
#undef REC
