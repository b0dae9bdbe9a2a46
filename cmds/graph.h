/*
 * What info types, referrers, find and path do; see graph.c.
 */
#ifndef PD_CMDS_GRAPH_H
#define PD_CMDS_GRAPH_H

#include "cmds/room.h"

/* arg: a type's name, or empty for all. */
enum pd_cmd_status	pd_graph_types(struct pd_session *, const char *arg);
enum pd_cmd_status	pd_graph_referrers(struct pd_session *, const char *);
enum pd_cmd_status	pd_graph_find(struct pd_session *, const char *arg);
enum pd_cmd_status	pd_graph_path(struct pd_session *, const char *arg);

#endif
