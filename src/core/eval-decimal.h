/*
 * What the files about decimal.Decimal share.
 */
#ifndef PD_CORE_EVAL_DECIMAL_H
#define PD_CORE_EVAL_DECIMAL_H

#include "core/eval-lib.h"

#define PD_DEC_EXP_MAX	4000	/* beyond: refused, not computed */

enum pd_dec_what {
	PD_DEC_FINITE, PD_DEC_INFINITE, PD_DEC_NAN, PD_DEC_SNAN
};

struct pd_dec {
	enum pd_dec_what what;
	bool		 negative;
	struct pd_pv	*c;		/* the coefficient, no sign */
	size_t		 digits;	/* of it; 0: it is 0 */
	int64_t		 e;
};

/* Says that there is no process to call that method in. */
_Noreturn void	 pd_dec_refuse(struct pd_ev *, const char *method);
/* Of a Decimal or an int; of an int. */
struct pd_dec	 pd_dec_of(struct pd_ev *, struct pd_pv *);
struct pd_dec	 pd_dec_of_int(struct pd_ev *, struct pd_pv *);
/* A finite one as a value, if it is no longer than results are; else the method
 * is refused. */
struct pd_pv	*pd_dec_make(struct pd_ev *, struct pd_dec,
		    const char *method);
/* Its coefficient for exponent e, halves to the even one. */
struct pd_pv	*pd_dec_rescaled(struct pd_ev *, const struct pd_dec *,
		    int64_t e);
struct pd_pv	*pd_dec_power10(struct pd_ev *, int64_t);
/* n digits with a point behind the first `left`, zeros where there are none. */
void		 pd_dec_pointed(struct pd_ev *, struct pd_ptext *,
		    const char *, size_t n, int64_t left);

/* eval-decimal-text.c: for the table. */
struct pd_pv	*pd_dec_number(struct pd_ev *, struct pd_pv *,
		    const char *name, struct pd_pv *digits);
bool		 pd_dec_str(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);
struct pd_pv	*pd_dec_format(struct pd_ev *, struct pd_pv *, const char *,
		    size_t);
struct pd_pv	*pd_dec_attr(struct pd_ev *, struct pd_pv *, const char *);

#endif
