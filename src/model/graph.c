/*
 * model/graph: the descriptions of the records of looking at all objects.
 *
 * As in records.c, of which this is a part: keys are never used again.
 */
#include "model/graph.h"

#include "model/describe.h"

#define REC pd_graph_req
static const struct pd_field graph_req_fields[] = {
	U64(1, what),
	U64(2, frame),
	STR(3, text),
	STR(4, cond),
	U64(5, max),
	U64(6, bytes),
	U64(7, ident),
};
PD_DESC(pd_graph_req, graph_req_fields);
#undef REC

#define REC pd_node
static const struct pd_field node_fields[] = {
	STR(1, type),
	STR(2, text),
	U64(3, ident),
	U64(4, count),
	U64(5, bytes),
	STR(6, how),
	STR(7, where),
	STR(8, expr),
	U64(9, frame),
};
PD_DESC(pd_node, node_fields);
#undef REC

#define REC pd_graph
static const struct pd_field graph_fields[] = {
	VEC(1, nodes, pd_node),
	U64(2, total),
	U64(3, objects),
	U64(4, bytes),
	BOOL(5, failed),
	STR(6, note),
	STR(7, target),
	U64(8, kept),
};
PD_DESC(pd_graph, graph_fields);
#undef REC

#define REC pd_keep
static const struct pd_field keep_fields[] = {
	U64VEC(1, idents),
};
PD_DESC(pd_keep, keep_fields);
#undef REC
