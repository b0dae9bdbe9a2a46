/*
 * Values as GMP's numbers, for the files about integers.
 */
#ifndef PD_CORE_EVAL_INT_H
#define PD_CORE_EVAL_INT_H

#include <gmp.h>

#include "core/eval-room.h"

#define PD_INT_BITS	((size_t)1 << 22)	/* of any result */

_Noreturn void	 pd_mpz_too_large(struct pd_ev *);
/* A view of a value's number that must not be cleared or changed; room holds
 * a small one's. */
void		 pd_mpz_view(mpz_t, const struct pd_pv *, mp_limb_t *room);
/* The number as a value; clears it. */
struct pd_pv	*pd_mpz_take(struct pd_ev *, mpz_t);

#endif
