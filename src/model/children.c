/*
 * model/children: the descriptions of the records of looking into values.
 *
 * As in records.c, of which this is a part: keys are never used again.
 */
#include "model/children.h"

#include "model/describe.h"

#define REC pd_children_req
static const struct pd_field children_req_fields[] = {
	U64(1, frame),
	U64(2, root),
	STR(3, text),
	U64VEC(4, path),
	U64(5, ident),
	U64(6, first),
	U64(7, max),
	U64(8, bytes),
	BOOL(9, ask),
};
PD_DESC(pd_children_req, children_req_fields);
#undef REC

#define REC pd_item
static const struct pd_field item_fields[] = {
	U64(1, kind),
	U64(2, pos),
	STR(3, label),
	STR(4, type),
	STR(5, text),
	BOOL(6, cut),
	BOOL(7, failed),
	U64(8, count),
	STR(9, expr),
	U64(10, ident),
	BOOL(11, module),
};
PD_DESC(pd_item, item_fields);
#undef REC

#define REC pd_children
static const struct pd_field children_fields[] = {
	VEC(1, items, pd_item),
	U64(2, total),
	SUB(3, self, pd_item),
};
PD_DESC(pd_children, children_fields);
#undef REC
