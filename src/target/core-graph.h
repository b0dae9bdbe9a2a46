/*
 * What core-graph.c and core-path.c share.
 */
#ifndef PD_TARGET_CORE_GRAPH_H
#define PD_TARGET_CORE_GRAPH_H

#include "target/core-room.h"

/* repr() of at most max bytes; 0: a few. */
struct pd_str	pd_core_short(struct pd_coretarget *,
		    const struct pd_core_ref *, uint64_t max);
/* The object is the next of $1, $2, ... */
void		pd_core_found(struct pd_coretarget *,
		    const struct pd_core_obj *, struct pd_graph *);
/* A Python object, and not a part of one or a frame's variables. */
bool	pd_core_is_real(const struct pd_core_obj *);
/* The object with the address of the request, its number and text in short;
 * none: rep says so. -1 as usual. */
int	pd_core_find_ident(struct pd_coretarget *, const struct pd_graph_req *,
	    struct pd_graph *, uint64_t *id, struct pd_err *);
int	pd_core_referrers(struct pd_coretarget *, const struct pd_graph_req *,
	    struct pd_graph *, struct pd_err *);
int	pd_core_path(struct pd_coretarget *, const struct pd_graph_req *,
	    struct pd_graph *, struct pd_err *);

#endif
