/*
 * What the files of pp share.
 */
#ifndef PD_CORE_EVAL_PPRINT_H
#define PD_CORE_EVAL_PPRINT_H

#include "core/eval-room.h"

#define PD_PP_WIDTH	80

struct pd_pp {
	struct pd_ev	*ev;
	struct pd_ptext	*out;
	uint64_t	 depth;		/* containers in each other; 0: any */
};

/* Ends a line and begins the next. */
void	 pd_pp_newline(struct pd_pp *, const char *before, long indent);
/* eval-pprint-text.c: texts that do not fit in a line. */
void	 pd_pp_str(struct pd_pp *, struct pd_pv *, long indent,
	    long allowance, unsigned level);
void	 pd_pp_bytes(struct pd_pp *, struct pd_pv *, long indent,
	    long allowance, unsigned level);

#endif
