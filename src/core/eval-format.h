/*
 * What format(), str.format() and % share.
 */
#ifndef PD_CORE_EVAL_FORMAT_H
#define PD_CORE_EVAL_FORMAT_H

#include "core/eval-room.h"

/* A format specification, taken apart; '\0' for what is missing. */
struct pd_fspec {
	const char	*fill;		/* one character */
	size_t		 nfill;		/* its bytes */
	char		 align, sign, group, type;
	bool		 no_neg_zero, alternate, zero;
	int64_t		 width, precision;	/* precision -1: none */
};

struct pd_fspec	 pd_fspec_parse(struct pd_ev *, const struct pd_pv *,
		    const char *, size_t);
/* Fills up to the width: head (sign, prefix) and body. */
void		 pd_fspec_pad(struct pd_ev *, struct pd_ptext *,
		    const struct pd_fspec *, const char *head,
		    const struct pd_ptext *body, char align);
/* Digits of |x| as type and precision want them, no sign. */
void		 pd_fspec_float(struct pd_ev *, struct pd_ptext *, double x,
		    char type, int64_t precision, bool alternate);

#endif
