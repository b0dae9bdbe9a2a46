/*
 * Integers and floats: conversions, quotients, comparisons, all exact.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-int.h"

#include <math.h>
#include <stdlib.h>

struct pd_pv *
pd_int_of_float(struct pd_ev *ev, double f)
{
	mpz_t z;

	if (isnan(f))
		pd_ev_raise(ev, "ValueError",
		    "cannot convert float NaN to integer");
	if (isinf(f))
		pd_ev_raise(ev, "OverflowError",
		    "cannot convert float infinity to integer");
	mpz_init_set_d(z, f);
	return pd_mpz_take(ev, z);
}

/* Rounded to even, as C does it; GMP would cut. */
double
pd_int_float(struct pd_ev *ev, const struct pd_pv *v)
{
	size_t bits = pd_int_bits(v), cut;
	mp_limb_t room;
	bool sticky, half;
	mpz_t z, q;
	double d;

	if ((v->flags & PD_PF_BIG) == 0)
		return (double)v->i;
	pd_mpz_view(z, v, &room);
	cut = bits - 55;
	sticky = mpz_scan1(z, 0) < cut;
	mpz_init(q);
	mpz_tdiv_q_2exp(q, z, cut);
	/* 55 bits: the last two decide, and whether any follow. */
	half = mpz_tstbit(q, 1) && (mpz_tstbit(q, 0) || sticky ||
	    mpz_tstbit(q, 2));
	mpz_tdiv_q_2exp(q, q, 2);
	d = mpz_get_d(q);
	mpz_clear(q);
	if (half)
		d += d < 0 ? -1 : 1;
	d = ldexp(d, (int)(cut + 2 > 5000 ? 5000 : cut + 2));
	if (isinf(d))
		pd_ev_raise(ev, "OverflowError",
		    "int too large to convert to float");
	return d;
}

/* a / b, rounded once: enough bits of the quotient, and one that says whether
 * there were more. */
double
pd_int_truediv(struct pd_ev *ev, const struct pd_pv *a, const struct pd_pv *b)
{
	int64_t by = (int64_t)pd_int_bits(a) - (int64_t)pd_int_bits(b) - 66;
	mp_limb_t ra, rb;
	mpz_t x, y, n, q, r;
	double d;
	int64_t extra;

	if (((a->flags | b->flags) & PD_PF_BIG) == 0 &&
	    llabs(a->i) <= (INT64_C(1) << 53) &&
	    llabs(b->i) <= (INT64_C(1) << 53))
		return (double)a->i / (double)b->i;
	if (by > 1100)
		pd_ev_raise(ev, "OverflowError",
		    "integer division result too large for a float");
	if (pd_int_sign(a) == 0 || by < -1300)
		return pd_int_sign(a) * pd_int_sign(b) < 0 ? -0.0 : 0.0;
	pd_mpz_view(x, a, &ra);
	pd_mpz_view(y, b, &rb);
	mpz_inits(n, q, r, NULL);
	if (by < 0)
		mpz_mul_2exp(n, x, (mp_bitcnt_t)-by);
	else
		mpz_set(n, x);
	mpz_set(q, y);
	if (by > 0)
		mpz_mul_2exp(q, q, (mp_bitcnt_t)by);
	mpz_tdiv_qr(q, r, n, q);
	/* A subnormal result keeps fewer bits: round at its last one. */
	extra = (int64_t)mpz_sizeinbase(q, 2) - 55;
	if (by + extra < -1074 - 2)
		extra = -1076 - by;
	if (extra > 0) {
		bool more = mpz_sgn(r) != 0 ||
		    mpz_scan1(q, 0) < (mp_bitcnt_t)extra;

		mpz_tdiv_q_2exp(q, q, (mp_bitcnt_t)extra);
		if (mpz_tstbit(q, 1) && (mpz_tstbit(q, 0) || more ||
		    mpz_tstbit(q, 2))) {
			mpz_tdiv_q_2exp(q, q, 2);
			if (pd_int_sign(a) * pd_int_sign(b) < 0)
				mpz_sub_ui(q, q, 1);
			else
				mpz_add_ui(q, q, 1);
		} else {
			mpz_tdiv_q_2exp(q, q, 2);
		}
		by += extra + 2;
	}
	d = ldexp(mpz_get_d(q), (int)by);
	mpz_clears(n, q, r, NULL);
	if (isinf(d))
		pd_ev_raise(ev, "OverflowError",
		    "integer division result too large for a float");
	return d;
}

int
pd_int_cmp_float(struct pd_ev *ev, const struct pd_pv *v, double f)
{
	mp_limb_t room;
	mpz_t z;
	int r;

	if (isinf(f))
		return f > 0 ? -1 : 1;
	pd_mpz_view(z, v, &room);
	r = mpz_cmp_d(z, f);
	return (r > 0) - (r < 0);
}
