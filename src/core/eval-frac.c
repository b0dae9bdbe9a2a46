/*
 * Fractions, as fractions.Fraction has them.
 *
 * Called by the evaluator of cores by way of the table at the end.
 */
#include "core/eval-int.h"
#include "core/eval-lib.h"

#include <math.h>

struct frac {
	struct pd_pv	*n, *d;		/* d is above 0 */
};

static bool
is_frac(const struct pd_pv *v)
{
	return pd_lib_of(v) == &pd_lib_fraction;
}

static struct frac
frac_of(struct pd_ev *ev, struct pd_pv *v)
{
	struct frac f = { v, pd_pv_int(ev, 1) };

	if (pd_pv_is_int(v))
		return f;
	if (v->st->vals != NULL)
		return (struct frac){ v->st->vals[0], v->st->vals[1] };
	f.n = pd_obj_attr(ev, v, "_numerator");
	f.d = pd_obj_attr(ev, v, "_denominator");
	if (f.n == NULL || f.d == NULL || !pd_pv_is_int(f.n) ||
	    !pd_pv_is_int(f.d) || pd_int_sign(f.d) <= 0)
		pd_ev_cut(ev);
	return f;
}

static struct pd_pv *
mul(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	return pd_int_op(ev, PD_OP_MUL, a, b);
}

static struct pd_pv *
gcd(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	mp_limb_t ra, rb;
	mpz_t x, y, z;

	pd_mpz_view(x, a, &ra);
	pd_mpz_view(y, b, &rb);
	mpz_init(z);
	mpz_gcd(z, x, y);
	return pd_mpz_take(ev, z);
}

static struct pd_pv *
make(struct pd_ev *ev, struct pd_pv *n, struct pd_pv *d)
{
	struct pd_pv **v = pd_ev_allocn(ev, 2, sizeof(struct pd_pv *));
	struct pd_pv *g = gcd(ev, n, d);

	if (pd_int_sign(d) < 0)
		g = pd_int_unary(ev, PD_OP_NEG, g);
	v[0] = pd_int_op(ev, PD_OP_FLOORDIV, n, g);
	v[1] = pd_int_op(ev, PD_OP_FLOORDIV, d, g);
	return pd_lib_make(ev, "fractions", "Fraction", PD_CORE_OBJECT, v, 2);
}

static struct pd_pv *
as_float(struct pd_ev *ev, struct pd_pv *v)
{
	struct frac f = frac_of(ev, v);

	return pd_pv_float(ev, pd_int_truediv(ev, f.n, f.d));
}

/* ---- operators ----------------------------------------------------------- */

static _Noreturn void
by_zero(struct pd_ev *ev, struct pd_pv *n)
{
	struct pd_pv *r = pd_ev_repr_str(ev, n);

	pd_ev_raise(ev, "ZeroDivisionError", "Fraction(%.*s, 0)",
	    (int)(r->s.n > 4000 ? 4000 : r->s.n), r->s.p);
}

static struct pd_pv *
divide(struct pd_ev *ev, int op, struct frac a, struct frac b)
{
	struct pd_pv *n = mul(ev, a.n, b.d), *d = mul(ev, a.d, b.n);

	if (op == PD_OP_DIV) {
		if (pd_int_sign(d) == 0)
			by_zero(ev, ev->hex < 0x030c0000 ? n : b.d);
		return make(ev, n, d);
	}
	if (pd_int_sign(d) == 0)
		pd_ev_raise(ev, "ZeroDivisionError", "%s",
		    ev->hex >= 0x030e0000 ? "division by zero" :
		    "integer division or modulo by zero");
	if (op == PD_OP_FLOORDIV)
		return pd_int_op(ev, op, n, d);
	return make(ev, pd_int_op(ev, PD_OP_MOD, n, d), mul(ev, a.d, b.d));
}

static struct pd_pv *
power(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct frac x = frac_of(ev, a), y = frac_of(ev, b);
	struct pd_pv *e, *n, *d;

	if (pd_int_cmp(y.d, pd_pv_int(ev, 1)) != 0)
		return pd_num_pow(ev, as_float(ev, a), as_float(ev, b));
	e = pd_int_sign(y.n) < 0 ? pd_int_unary(ev, PD_OP_NEG, y.n) : y.n;
	n = pd_int_pow(ev, x.n, e, NULL);
	d = pd_int_pow(ev, x.d, e, NULL);
	if (pd_int_sign(y.n) >= 0)
		return make(ev, n, d);
	if (pd_int_sign(n) == 0)
		by_zero(ev, d);
	return make(ev, d, n);
}

static struct pd_pv *
rational(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct frac x = frac_of(ev, a), y = frac_of(ev, b);

	switch (op) {
	case PD_OP_ADD:
	case PD_OP_SUB:
		return make(ev, pd_int_op(ev, op, mul(ev, x.n, y.d),
		    mul(ev, y.n, x.d)), mul(ev, x.d, y.d));
	case PD_OP_MUL:
		return make(ev, mul(ev, x.n, y.n), mul(ev, x.d, y.d));
	case PD_OP_DIV:
	case PD_OP_FLOORDIV:
	case PD_OP_MOD:
		return divide(ev, op, x, y);
	case PD_OP_POW:
		/* An int's power is that of a float, if it is no whole. */
		return power(ev, a, b);
	default:
		return NULL;
	}
}

static struct pd_pv *
binary(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	bool fa = is_frac(a), fb = is_frac(b);

	if ((fa || pd_pv_is_int(a)) && (fb || pd_pv_is_int(b)))
		return rational(ev, op, a, b);
	if (!(fa || pd_num_is(a)) || !(fb || pd_num_is(b)))
		return NULL;
	return pd_num_op(ev, op, fa ? as_float(ev, a) : a,
	    fb ? as_float(ev, b) : b);
}

static struct pd_pv *
unary(struct pd_ev *ev, int op, struct pd_pv *v)
{
	struct frac f = frac_of(ev, v);

	if (op != PD_OP_NEG && op != PD_OP_POS)
		return NULL;
	return make(ev, pd_int_unary(ev, op, f.n), f.d);
}

/* ---- order --------------------------------------------------------------- */

static struct pd_pv *
by_sign(int op, int r)
{
	return pd_pv_bool(op == PD_OP_EQ ? r == 0 : op == PD_OP_LT ? r < 0 :
	    op == PD_OP_LE ? r <= 0 : op == PD_OP_GT ? r > 0 : r >= 0);
}

static struct pd_pv *
compare(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct frac x = frac_of(ev, a), y;

	if (b->kind == PD_K_COMPLEX && op == PD_OP_EQ && b->f[1] == 0)
		b = pd_pv_float(ev, b->f[0]);
	if (b->kind == PD_K_FLOAT) {
		struct pd_pcall c = { .self = b };
		struct pd_pv *ratio;

		if (isnan(b->f[0]))
			return pd_pv_bool(false);
		if (isinf(b->f[0]))
			return by_sign(op, b->f[0] > 0 ? -1 : 1);
		ratio = pd_func_find(pd_float_methods,
		    "as_integer_ratio")->fn(ev, &c);
		y = (struct frac){ ratio->seq.v[0], ratio->seq.v[1] };
	} else if (is_frac(b) || pd_pv_is_int(b)) {
		y = frac_of(ev, b);
	} else {
		return NULL;
	}
	return by_sign(op, pd_int_cmp(mul(ev, x.n, y.d), mul(ev, y.n, x.d)));
}

/* As Python's numbers have it: modulo the prime 2**61 - 1. */
#define P	((UINT64_C(1) << 61) - 1)
__extension__ typedef unsigned __int128 wide;

static uint64_t
times(uint64_t a, uint64_t b)
{
	return (uint64_t)((wide)a * b % P);
}

static uint64_t
hash(struct pd_ev *ev, struct pd_pv *v)
{
	struct frac f = frac_of(ev, v);
	bool negative = pd_int_sign(f.n) < 0;
	uint64_t d = pd_int_hash(f.d), inverse = 1, h;

	if (d == 0)
		return negative ? (uint64_t)-314159 : 314159;
	for (uint64_t e = P - 2, x = d; e > 0; e >>= 1, x = times(x, x))
		if (e & 1)
			inverse = times(inverse, x);
	h = times(pd_int_hash(negative ? pd_int_unary(ev, PD_OP_NEG, f.n) :
	    f.n), inverse);
	if (!negative)
		return h;
	return h == 1 ? (uint64_t)-2 : -h;
}

static bool
truth(struct pd_ev *ev, struct pd_pv *v)
{
	return pd_int_sign(frac_of(ev, v).n) != 0;
}

/* ---- numbers, text ------------------------------------------------------- */

static struct pd_pv *
whole(struct pd_ev *ev, struct frac f, const char *name)
{
	struct pd_pv *pair = pd_int_divmod(ev, f.n, f.d), *q = pair->seq.v[0];
	struct pd_pv *one = pd_pv_int(ev, 1), *twice = mul(ev,
	    pair->seq.v[1], pd_pv_int(ev, 2));
	int c = pd_int_cmp(twice, f.d);

	if (strcmp(name, "int") == 0)
		return pd_int_sign(f.n) < 0 && pd_int_sign(pair->seq.v[1]) > 0
		    ? pd_int_op(ev, PD_OP_ADD, q, one) : q;
	if (c > 0 || (c == 0 && pd_int_sign(pd_int_op(ev, PD_OP_AND, q,
	    one)) != 0))
		q = pd_int_op(ev, PD_OP_ADD, q, one);
	return q;
}

static struct pd_pv *
number(struct pd_ev *ev, struct pd_pv *v, const char *name,
    struct pd_pv *digits)
{
	struct frac f = frac_of(ev, v);
	struct pd_pv *shift;

	if (strcmp(name, "float") == 0)
		return as_float(ev, v);
	if (strcmp(name, "abs") == 0)
		return make(ev, pd_int_sign(f.n) < 0 ? pd_int_unary(ev,
		    PD_OP_NEG, f.n) : f.n, f.d);
	if (digits == NULL)
		return whole(ev, f, name);
	shift = pd_int_pow(ev, pd_pv_int(ev, 10), pd_pv_int(ev,
	    __builtin_llabs(pd_pv_index(ev, digits))), NULL);
	if (pd_int_sign(digits) > 0) {
		f.n = mul(ev, f.n, shift);
		return make(ev, whole(ev, f, name), shift);
	}
	f.d = mul(ev, f.d, shift);
	return make(ev, mul(ev, whole(ev, f, name), shift), pd_pv_int(ev, 1));
}

static bool
repr(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct frac f = frac_of(ev, v);

	pd_pt_adds(ev, t, "Fraction(");
	pd_ev_repr(ev, t, f.n);
	pd_pt_adds(ev, t, ", ");
	pd_ev_repr(ev, t, f.d);
	pd_pt_addc(ev, t, ')');
	return true;
}

static bool
str(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct frac f = frac_of(ev, v);

	pd_ev_repr(ev, t, f.n);
	if (pd_int_cmp(f.d, pd_pv_int(ev, 1)) != 0) {
		pd_pt_addc(ev, t, '/');
		pd_ev_repr(ev, t, f.d);
	}
	return true;
}

static struct pd_pv *
do_ratio(struct pd_ev *ev, struct pd_pcall *c)
{
	struct frac f = frac_of(ev, c->self);

	return pd_pv_pair(ev, f.n, f.d);
}

static struct pd_pv *
do_is_integer(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_bool(pd_int_cmp(frac_of(ev, c->self).d,
	    pd_pv_int(ev, 1)) == 0);
}

static struct pd_pv *
do_self(struct pd_ev *ev, struct pd_pcall *c)
{
	return unary(ev, PD_OP_POS, c->self);
}

static struct pd_pv *
attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const struct pd_pfunc methods[] = {
		{ "as_integer_ratio", do_ratio, "/" },
		{ "conjugate", do_self, "/" },
		{ NULL }
	};
	static const struct pd_pfunc newer[] = {
		{ "is_integer", do_is_integer, "/" }, { NULL } };
	struct pd_pv *method;

	if (strcmp(name, "numerator") == 0 ||
	    strcmp(name, "_numerator") == 0)
		return frac_of(ev, v).n;
	if (strcmp(name, "denominator") == 0 ||
	    strcmp(name, "_denominator") == 0)
		return frac_of(ev, v).d;
	if (strcmp(name, "real") == 0)
		return unary(ev, PD_OP_POS, v);
	if (strcmp(name, "imag") == 0)
		return pd_pv_int(ev, 0);
	method = pd_lib_method(ev, v, methods, name);
	if (method == NULL && ev->hex >= 0x030c0000)
		method = pd_lib_method(ev, v, newer, name);
	return method;
}

const struct pd_plib pd_lib_fraction = {
	.attr = attr, .binary = binary, .unary = unary, .compare = compare,
	.hash = hash, .truth = truth, .number = number, .repr = repr,
	.str = str,
};
