/*
 * Integers of any size.
 *
 * Called by the evaluator of cores.  Small ones are computed as they are, the
 * others by GMP, whose numbers are copied to the arena and cleared before
 * anything here can raise.
 */
#include "core/eval-int.h"

#include <ctype.h>
#include <stdlib.h>

void
pd_mpz_too_large(struct pd_ev *ev)
{
	pd_ev_stop(ev, "the number has more than %zu bits", PD_INT_BITS);
}

void
pd_mpz_view(mpz_t z, const struct pd_pv *v, mp_limb_t *room)
{
	if ((v->flags & PD_PF_BIG) != 0) {
		mpz_roinit_n(z, (const mp_limb_t *)v->big.limb, v->big.n);
		return;
	}
	*room = v->i < 0 ? -(mp_limb_t)v->i : (mp_limb_t)v->i;
	mpz_roinit_n(z, room, v->i < 0 ? -1 : v->i > 0);
}

struct pd_pv *
pd_mpz_take(struct pd_ev *ev, mpz_t z)
{
	size_t n = mpz_size(z);
	struct pd_pv *v;
	mp_limb_t *limb;
	int sign = mpz_sgn(z);

	if (mpz_fits_slong_p(z)) {
		long i = mpz_get_si(z);

		mpz_clear(z);
		return pd_pv_int(ev, i);
	}
	if (n * 64 > PD_INT_BITS + 64) {
		mpz_clear(z);
		pd_mpz_too_large(ev);
	}
	limb = pd_arena_alloc(&ev->arena, n * sizeof(*limb));
	if (limb != NULL)
		memcpy(limb, mpz_limbs_read(z), n * sizeof(*limb));
	mpz_clear(z);
	if (limb == NULL)
		pd_ev_alloc(ev, SIZE_MAX / 2);
	v = pd_pv_new(ev, PD_K_INT);
	v->flags = PD_PF_BIG;
	v->big.limb = limb;
	v->big.n = (int32_t)(sign < 0 ? -(int64_t)n : (int64_t)n);
	return v;
}

bool
pd_int_fits(const struct pd_pv *v, int64_t *out)
{
	if (!pd_pv_is_int(v) || (v->flags & PD_PF_BIG) != 0)
		return false;
	*out = v->i;
	return true;
}

int
pd_int_sign(const struct pd_pv *v)
{
	int64_t i = (v->flags & PD_PF_BIG) != 0 ? v->big.n : v->i;

	return (i > 0) - (i < 0);
}

int
pd_int_cmp(const struct pd_pv *a, const struct pd_pv *b)
{
	mp_limb_t ra, rb;
	mpz_t x, y;
	int r;

	if (((a->flags | b->flags) & PD_PF_BIG) == 0)
		return (a->i > b->i) - (a->i < b->i);
	pd_mpz_view(x, a, &ra);
	pd_mpz_view(y, b, &rb);
	r = mpz_cmp(x, y);
	return (r > 0) - (r < 0);
}

size_t
pd_int_bits(const struct pd_pv *v)
{
	mp_limb_t room;
	mpz_t z;

	pd_mpz_view(z, v, &room);
	return mpz_sgn(z) == 0 ? 0 : mpz_sizeinbase(z, 2);
}

size_t
pd_int_ones(const struct pd_pv *v)
{
	mp_limb_t room;
	mpz_t z;

	pd_mpz_view(z, v, &room);
	return mpn_popcount(mpz_limbs_read(z), mpz_size(z));
}

/* Modulo 2**61 - 1, as CPython's hash of numbers. */
uint64_t
pd_int_hash(const struct pd_pv *v)
{
	mp_limb_t room;
	uint64_t h;
	mpz_t z;

	pd_mpz_view(z, v, &room);
	h = mpz_size(z) == 0 ? 0 :
	    mpz_tdiv_ui(z, (UINT64_C(1) << 61) - 1);
	if (mpz_sgn(z) < 0)
		h = -h;
	return h == UINT64_MAX ? UINT64_MAX - 1 : h;
}

struct pd_pv *
pd_int_bytes(struct pd_ev *ev, const char *s, size_t n, bool big,
    bool negative)
{
	mpz_t z;

	if (n > PD_INT_BITS / 8)
		pd_mpz_too_large(ev);
	pd_ev_step(ev, n / 8);
	mpz_init(z);
	mpz_import(z, n, big ? 1 : -1, 1, 0, 0, s);
	if (negative) {
		/* Two's complement of n bytes. */
		mpz_t top;

		mpz_init(top);
		mpz_setbit(top, n * 8);
		mpz_sub(z, z, top);
		mpz_clear(top);
	}
	return pd_mpz_take(ev, z);
}

bool
pd_int_export(struct pd_ev *ev, const struct pd_pv *v, char *out, size_t n,
    bool big, bool sign)
{
	size_t bits = pd_int_bits(v), count = 0;
	bool negative = pd_int_sign(v) < 0;
	mp_limb_t room;
	mpz_t z, x;

	memset(out, 0, n);
	pd_mpz_view(z, v, &room);
	if (negative && !sign)
		return false;
	/* -2**k needs one bit less than 2**k. */
	if (sign)
		bits += !(negative && mpz_scan1(z, 0) == bits - 1);
	if (bits > n * 8)
		return false;
	mpz_init(x);
	if (negative) {
		mpz_setbit(x, n * 8);
		mpz_add(x, x, z);
	} else {
		mpz_set(x, z);
	}
	mpz_export(out, &count, -1, 1, 0, 0, x);
	mpz_clear(x);
	for (size_t i = 0; big && i < n / 2; i++) {
		char c = out[i];

		out[i] = out[n - 1 - i];
		out[n - 1 - i] = c;
	}
	return true;
}

/* ---- text ---------------------------------------------------------------- */

/* int(text, base): NULL if it is none. */
struct pd_pv *
pd_int_parse(struct pd_ev *ev, const char *s, size_t n, int base)
{
	size_t i = 0, m = 0;
	bool negative = false, under = true;
	char *digits, base_char;
	mpz_t z;
	int bad;

	if (i < n && (s[i] == '-' || s[i] == '+'))
		negative = s[i++] == '-';
	base_char = (char)(i + 1 < n && s[i] == '0' ?
	    tolower((unsigned char)s[i + 1]) : 0);
	if ((base_char == 'x' && (base == 16 || base == 0)) ||
	    (base_char == 'o' && (base == 8 || base == 0)) ||
	    (base_char == 'b' && (base == 2 || base == 0))) {
		base = base_char == 'x' ? 16 : base_char == 'o' ? 8 : 2;
		i += 2;
		under = false;
	} else if (base == 0) {
		/* 010 is an error, 00 is not. */
		base = 10;
		for (size_t k = i; k < n && s[i] == '0'; k++)
			if (s[k] != '0' && s[k] != '_')
				return NULL;
	}
	digits = pd_ev_alloc(ev, n + 2);
	for (; i < n; i++) {
		int c = tolower((unsigned char)s[i]);
		int d = isdigit(c) ? c - '0' : isalpha(c) ? c - 'a' + 10 : 99;

		if (c == '_' && !under) {
			under = true;
			continue;
		}
		if (d >= base)
			return NULL;
		digits[m++] = (char)c;
		under = false;
	}
	if (m == 0 || under)
		return NULL;
	if (m > PD_INT_BITS / 6)
		pd_mpz_too_large(ev);
	pd_ev_step(ev, m);
	bad = mpz_init_set_str(z, digits, base);
	if (negative)
		mpz_neg(z, z);
	if (bad != 0) {
		mpz_clear(z);
		return NULL;
	}
	return pd_mpz_take(ev, z);
}

void
pd_int_text(struct pd_ev *ev, struct pd_ptext *t, const struct pd_pv *v,
    int base)
{
	mp_limb_t room;
	char *s;
	mpz_t z;

	pd_mpz_view(z, v, &room);
	z->_mp_size = abs(z->_mp_size);
	pd_ev_step(ev, mpz_size(z) * 8);
	s = pd_ev_alloc(ev, mpz_sizeinbase(z, base) + 2);
	mpz_get_str(s, base, z);
	pd_pt_adds(ev, t, s);
}

/* ---- arithmetic ---------------------------------------------------------- */

static bool
small_op(int op, int64_t a, int64_t b, int64_t *r)
{
	switch (op) {
	case PD_OP_ADD:
		return !__builtin_add_overflow(a, b, r);
	case PD_OP_SUB:
		return !__builtin_sub_overflow(a, b, r);
	case PD_OP_MUL:
		return !__builtin_mul_overflow(a, b, r);
	case PD_OP_AND:
		*r = a & b;
		return true;
	case PD_OP_OR:
		*r = a | b;
		return true;
	case PD_OP_XOR:
		*r = a ^ b;
		return true;
	case PD_OP_FLOORDIV:
	case PD_OP_MOD:
		if (b == 0 || b == -1)
			return false;
		*r = op == PD_OP_MOD ? a % b : a / b;
		if (a % b != 0 && (a < 0) != (b < 0))
			*r += op == PD_OP_MOD ? b : -1;
		return true;
	default:
		return false;
	}
}

static void
big_op(int op, mpz_t z, const mpz_t x, const mpz_t y)
{
	switch (op) {
	case PD_OP_ADD:
		mpz_add(z, x, y);
		break;
	case PD_OP_SUB:
		mpz_sub(z, x, y);
		break;
	case PD_OP_MUL:
		mpz_mul(z, x, y);
		break;
	case PD_OP_AND:
		mpz_and(z, x, y);
		break;
	case PD_OP_OR:
		mpz_ior(z, x, y);
		break;
	case PD_OP_XOR:
		mpz_xor(z, x, y);
		break;
	case PD_OP_FLOORDIV:
		mpz_fdiv_q(z, x, y);
		break;
	case PD_OP_MOD:
		mpz_fdiv_r(z, x, y);
		break;
	}
}

static struct pd_pv *
shift(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	mp_limb_t room;
	int64_t by;
	mpz_t x, z;

	if (pd_int_sign(b) < 0)
		pd_ev_raise(ev, "ValueError", "negative shift count");
	if (pd_int_sign(a) == 0)
		return pd_pv_int(ev, 0);
	if (!pd_int_fits(b, &by) || by > (int64_t)PD_INT_BITS) {
		if (op == PD_OP_RSHIFT)
			return pd_pv_int(ev, pd_int_sign(a) < 0 ? -1 : 0);
		pd_mpz_too_large(ev);
	}
	if (op == PD_OP_LSHIFT && pd_int_bits(a) + (size_t)by > PD_INT_BITS)
		pd_mpz_too_large(ev);
	pd_ev_step(ev, (uint64_t)by / 64);
	pd_mpz_view(x, a, &room);
	mpz_init(z);
	if (op == PD_OP_LSHIFT)
		mpz_mul_2exp(z, x, (mp_bitcnt_t)by);
	else
		mpz_fdiv_q_2exp(z, x, (mp_bitcnt_t)by);
	return pd_mpz_take(ev, z);
}

/* Time of a product or quotient, about. */
static void
pay(struct pd_ev *ev, const struct pd_pv *a, const struct pd_pv *b)
{
	uint64_t n = pd_int_bits(a) / 64 + 1, m = pd_int_bits(b) / 64 + 1;

	pd_ev_step(ev, (n > m ? n : m) + (n < m ? n : m) * 4);
}

struct pd_pv *
pd_int_op(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	mp_limb_t ra, rb;
	mpz_t x, y, z;
	int64_t r;

	if ((op == PD_OP_FLOORDIV || op == PD_OP_MOD) && pd_int_sign(b) == 0)
		pd_ev_raise(ev, "ZeroDivisionError", op == PD_OP_MOD ?
		    "integer modulo by zero" :
		    "integer division or modulo by zero");
	if (op == PD_OP_LSHIFT || op == PD_OP_RSHIFT)
		return shift(ev, op, a, b);
	if (((a->flags | b->flags) & PD_PF_BIG) == 0 &&
	    small_op(op, a->i, b->i, &r))
		return pd_pv_int(ev, r);
	pay(ev, a, b);
	if (op == PD_OP_MUL && pd_int_bits(a) + pd_int_bits(b) > PD_INT_BITS)
		pd_mpz_too_large(ev);
	pd_mpz_view(x, a, &ra);
	pd_mpz_view(y, b, &rb);
	mpz_init(z);
	big_op(op, z, x, y);
	return pd_mpz_take(ev, z);
}

struct pd_pv *
pd_int_divmod(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	if (pd_int_sign(b) == 0)
		pd_ev_raise(ev, "ZeroDivisionError",
		    "integer division or modulo by zero");
	return pd_pv_pair(ev, pd_int_op(ev, PD_OP_FLOORDIV, a, b),
	    pd_int_op(ev, PD_OP_MOD, a, b));
}

struct pd_pv *
pd_int_unary(struct pd_ev *ev, int op, struct pd_pv *a)
{
	mp_limb_t room;
	mpz_t x, z;

	if (op == PD_OP_POS && a->kind == PD_K_INT && a->st == NULL)
		return a;
	pd_mpz_view(x, a, &room);
	mpz_init(z);
	if (op == PD_OP_NEG)
		mpz_neg(z, x);
	else if (op == PD_OP_INVERT)
		mpz_com(z, x);
	else
		mpz_set(z, x);
	return pd_mpz_take(ev, z);
}

/* pow(a, b, mod), mod NULL: none; b is not negative unless there is one. */
struct pd_pv *
pd_int_pow(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b,
    struct pd_pv *mod)
{
	mp_limb_t ra, rb, rm;
	mpz_t x, y, m, z;
	int64_t e;

	pd_mpz_view(x, a, &ra);
	pd_mpz_view(y, b, &rb);
	if (mod != NULL) {
		bool good = true;

		if (pd_int_sign(mod) == 0)
			pd_ev_raise(ev, "ValueError",
			    "pow() 3rd argument cannot be 0");
		if (pd_int_bits(a) + pd_int_bits(b) + pd_int_bits(mod) > 8192)
			pd_ev_stop(ev, "the numbers are too large for pow()");
		pd_ev_step(ev, pd_int_bits(b) * (pd_int_bits(mod) / 64 + 1));
		pd_mpz_view(m, mod, &rm);
		mpz_init(z);
		if (pd_int_sign(b) < 0)
			good = mpz_invert(z, x, m) != 0;
		if (!good) {
			mpz_clear(z);
			pd_ev_raise(ev, "ValueError", "base is not invertible "
			    "for the given modulus");
		}
		mpz_powm(z, x, y, m);
		mpz_fdiv_r(z, z, m);
		return pd_mpz_take(ev, z);
	}
	if (!pd_int_fits(b, &e) || (pd_int_bits(a) > 1 &&
	    (uint64_t)e > PD_INT_BITS / pd_int_bits(a))) {
		/* Of 0, 1 and -1 every power is small. */
		if (pd_int_bits(a) > 1)
			pd_mpz_too_large(ev);
		e = mpz_even_p(y) ? 2 : 1;
	}
	pd_ev_step(ev, (uint64_t)e * (pd_int_bits(a) + 1) / 16);
	mpz_init(z);
	mpz_pow_ui(z, x, (unsigned long)e);
	return pd_mpz_take(ev, z);
}

/* round(n, -2): to even. */
struct pd_pv *
pd_int_round(struct pd_ev *ev, struct pd_pv *a, int64_t digits)
{
	struct pd_pv *ten, *half, *r, *q;
	int c;

	if (digits >= 0)
		return pd_int_unary(ev, PD_OP_POS, a);
	if (digits < -200000)
		return pd_pv_int(ev, 0);
	ten = pd_int_pow(ev, pd_pv_int(ev, 10), pd_pv_int(ev, -digits), NULL);
	q = pd_int_op(ev, PD_OP_FLOORDIV, a, ten);
	r = pd_int_op(ev, PD_OP_MOD, a, ten);
	half = pd_int_op(ev, PD_OP_FLOORDIV, ten, pd_pv_int(ev, 2));
	c = pd_int_cmp(r, half);
	if (c > 0 || (c == 0 && pd_int_sign(pd_int_op(ev, PD_OP_AND, q,
	    pd_pv_int(ev, 1))) != 0))
		q = pd_int_op(ev, PD_OP_ADD, q, pd_pv_int(ev, 1));
	return pd_int_op(ev, PD_OP_MUL, q, ten);
}
