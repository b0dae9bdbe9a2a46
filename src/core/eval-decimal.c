/*
 * decimal.Decimal: what is exact in any context.
 *
 * Called by the evaluator of cores by way of the table at the end.  Comparisons
 * are exact; sums and products are, up to the digits of the default context.
 * What would be rounded depends on a context that is not in the core, and is
 * refused, as is what would signal.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/eval-decimal.h"

#define PREC		28	/* digits of decimal.DefaultContext */
#define DIGITS_MAX	4000
#define FAR		1000000	/* an exponent beyond all limits */

void
pd_dec_refuse(struct pd_ev *ev, const char *method)
{
	struct pd_ptext t = { 0 };

	pd_pt_addf(ev, &t, "decimal.Decimal.%s", method);
	pd_ev_no_process(ev, t.p);
}

static bool
is_dec(const struct pd_pv *v)
{
	return pd_lib_of(v) == &pd_lib_decimal;
}

static size_t
count_digits(struct pd_ev *ev, struct pd_pv *c)
{
	struct pd_ptext t = { 0 };

	if (pd_int_sign(c) == 0)
		return 0;
	if (pd_int_bits(c) > DIGITS_MAX * 4)
		pd_ev_no_process(ev, "decimal.Decimal");
	pd_int_text(ev, &t, c, 10);
	return t.n;
}

struct pd_dec
pd_dec_of_int(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_dec d = { .negative = pd_int_sign(v) < 0 };

	d.c = d.negative ? pd_int_unary(ev, PD_OP_NEG, v) :
	    pd_int_unary(ev, PD_OP_POS, v);
	d.digits = count_digits(ev, d.c);
	return d;
}

/* "-12.50E+3": what __str__ gives, which is all that a core has. */
static struct pd_dec
parse(struct pd_ev *ev, const char *s, size_t n)
{
	struct pd_dec d = { 0 };
	char *digits = pd_ev_alloc(ev, n + 1), *end;
	size_t i = n > 0 && *s == '-', m = 0;
	const char *text = pd_pv_str_c(ev, pd_pv_str(ev, s, n));
	bool point = false;
	long long e;

	d.negative = i > 0;
	if (i < n && strchr("INs", s[i]) != NULL) {
		d.what = s[i] == 'I' ? PD_DEC_INFINITE : s[i] == 'N' ?
		    PD_DEC_NAN : PD_DEC_SNAN;
		d.c = pd_pv_int(ev, 0);
		return d;
	}
	for (; i < n && (isdigit((unsigned char)s[i]) || s[i] == '.'); i++) {
		if (s[i] == '.') {
			point = true;
			continue;
		}
		digits[m++] = s[i];
		d.e -= point;
	}
	if (i < n && s[i] == 'E') {
		e = strtoll(text + i + 1, &end, 10);
		d.e += e > FAR ? FAR : e < -FAR ? -FAR : e;
		i = (size_t)(end - text);
	}
	if (i != n || m == 0 || m > DIGITS_MAX || d.e > PD_DEC_EXP_MAX ||
	    d.e < -PD_DEC_EXP_MAX)
		pd_ev_no_process(ev, "decimal.Decimal");
	d.c = pd_int_parse(ev, digits, m, 10);
	d.digits = count_digits(ev, d.c);
	return d;
}

struct pd_dec
pd_dec_of(struct pd_ev *ev, struct pd_pv *v)
{
	if (pd_pv_is_int(v))
		return pd_dec_of_int(ev, v);
	if (v->st->obj.s == NULL)
		pd_ev_cut(ev);
	return parse(ev, v->st->obj.s, v->st->obj.n);
}

struct pd_pv *
pd_dec_power10(struct pd_ev *ev, int64_t n)
{
	return pd_int_pow(ev, pd_pv_int(ev, 10), pd_pv_int(ev, n), NULL);
}

static struct pd_pv *
times(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	return pd_int_op(ev, PD_OP_MUL, a, b);
}

/* ---- text and making ----------------------------------------------------- */

/* Its digits with a point behind the first `left`, zeros where there are
 * none. */
void
pd_dec_pointed(struct pd_ev *ev, struct pd_ptext *t, const char *s, size_t n,
    int64_t left)
{
	if (left <= 0) {
		pd_pt_adds(ev, t, "0.");
		pd_pt_fill(ev, t, "0", 1, (size_t)-left);
		pd_pt_add(ev, t, s, n);
	} else if ((size_t)left >= n) {
		pd_pt_add(ev, t, s, n);
		pd_pt_fill(ev, t, "0", 1, (size_t)left - n);
	} else {
		pd_pt_add(ev, t, s, (size_t)left);
		pd_pt_addc(ev, t, '.');
		pd_pt_add(ev, t, s + left, n - (size_t)left);
	}
}

/* to-scientific-string of the General Decimal Arithmetic. */
static void
put_text(struct pd_ev *ev, struct pd_ptext *t, const struct pd_dec *d)
{
	struct pd_ptext s = { 0 };
	int64_t left;

	pd_int_text(ev, &s, d->c, 10);
	left = d->e + (int64_t)s.n;
	if (d->negative)
		pd_pt_addc(ev, t, '-');
	if (d->e <= 0 && left > -6) {
		pd_dec_pointed(ev, t, s.p, s.n, left);
		return;
	}
	pd_dec_pointed(ev, t, s.p, s.n, 1);
	pd_pt_addf(ev, t, "E%+lld", (long long)left - 1);
}

/* A finite one, if it is no longer than results are. */
struct pd_pv *
pd_dec_make(struct pd_ev *ev, struct pd_dec d, const char *method)
{
	struct pd_ptext t = { 0 };
	struct pd_pv *v;

	d.digits = count_digits(ev, d.c);
	if (d.digits > PREC || d.e > PD_DEC_EXP_MAX || d.e < -PD_DEC_EXP_MAX)
		pd_dec_refuse(ev, method);
	put_text(ev, &t, &d);
	v = pd_lib_make(ev, "decimal", "Decimal", PD_CORE_DECIMAL, NULL, 0);
	v->st->obj.s = t.p;
	v->st->obj.n = t.n;
	return v;
}

/* c * 10**e to an int with that exponent, halves to the even one. */
struct pd_pv *
pd_dec_rescaled(struct pd_ev *ev, const struct pd_dec *d, int64_t e)
{
	struct pd_pv *unit, *pair, *q, *twice;
	int c;

	if (d->e >= e)
		return times(ev, d->c, pd_dec_power10(ev, d->e - e));
	unit = pd_dec_power10(ev, e - d->e);
	pair = pd_int_divmod(ev, d->c, unit);
	q = pair->seq.v[0];
	twice = times(ev, pair->seq.v[1], pd_pv_int(ev, 2));
	c = pd_int_cmp(twice, unit);
	if (c > 0 || (c == 0 && pd_int_sign(pd_int_op(ev, PD_OP_AND, q,
	    pd_pv_int(ev, 1))) != 0))
		q = pd_int_op(ev, PD_OP_ADD, q, pd_pv_int(ev, 1));
	return q;
}

/* ---- operators ----------------------------------------------------------- */

static struct pd_pv *
add(struct pd_ev *ev, struct pd_dec a, struct pd_dec b, const char *method)
{
	struct pd_dec r = { .e = a.e < b.e ? a.e : b.e };
	bool both = a.negative && b.negative;

	if (llabs(a.e - b.e) > 2 * PREC)
		pd_dec_refuse(ev, method);
	a.c = pd_dec_rescaled(ev, &a, r.e);
	b.c = pd_dec_rescaled(ev, &b, r.e);
	r.c = pd_int_op(ev, PD_OP_ADD, a.negative ? pd_int_unary(ev,
	    PD_OP_NEG, a.c) : a.c, b.negative ? pd_int_unary(ev, PD_OP_NEG,
	    b.c) : b.c);
	r.negative = pd_int_sign(r.c) < 0 || (pd_int_sign(r.c) == 0 && both);
	if (pd_int_sign(r.c) < 0)
		r.c = pd_int_unary(ev, PD_OP_NEG, r.c);
	return pd_dec_make(ev, r, method);
}

/* What it cannot be added to, as people try: a float, None. */
static bool
is_stranger(const struct pd_pv *v)
{
	return v->kind == PD_K_FLOAT || v->kind == PD_K_NONE;
}

static struct pd_pv *
computed(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b,
    const char *method)
{
	struct pd_dec x, y;

	if (op != PD_OP_ADD && op != PD_OP_SUB && op != PD_OP_MUL)
		pd_dec_refuse(ev, method);
	x = pd_dec_of(ev, a);
	y = pd_dec_of(ev, b);
	if (x.what != PD_DEC_FINITE || y.what != PD_DEC_FINITE)
		pd_dec_refuse(ev, method);
	if (op != PD_OP_MUL) {
		y.negative ^= op == PD_OP_SUB;
		return add(ev, x, y, method);
	}
	x.negative ^= y.negative;
	x.c = times(ev, x.c, y.c);
	x.e += y.e;
	return pd_dec_make(ev, x, method);
}

static struct pd_pv *
binary(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	static const struct {
		int		 op;
		const char	*name, *reflected, *text;
	} names[] = {
		{ PD_OP_ADD, "__add__", "__radd__", "+" },
		{ PD_OP_SUB, "__sub__", "__rsub__", "-" },
		{ PD_OP_MUL, "__mul__", "__rmul__", "*" },
		{ PD_OP_DIV, "__truediv__", "__rtruediv__", "/" },
		{ PD_OP_FLOORDIV, "__floordiv__", "__rfloordiv__", "//" },
		{ PD_OP_MOD, "__mod__", "__rmod__", "%" },
		{ PD_OP_POW, "__pow__", "__rpow__", "** or pow()" },
	};
	size_t i = 0;

	while (i < sizeof(names) / sizeof(names[0]) && names[i].op != op)
		i++;
	if (i == sizeof(names) / sizeof(names[0]))
		return NULL;
	if (is_stranger(a) || is_stranger(b))
		pd_ev_raise(ev, "TypeError", "unsupported operand type(s) for "
		    "%s: '%s' and '%s'", names[i].text,
		    pd_pv_type_name(ev, a), pd_pv_type_name(ev, b));
	if ((!is_dec(a) && !pd_pv_is_int(a)) || (!is_dec(b) &&
	    !pd_pv_is_int(b)))
		return NULL;
	return computed(ev, op, a, b, is_dec(a) ? names[i].name :
	    names[i].reflected);
}

static struct pd_pv *
unary(struct pd_ev *ev, int op, struct pd_pv *v)
{
	const char *method = op == PD_OP_NEG ? "__neg__" : "__pos__";
	struct pd_dec d = pd_dec_of(ev, v);

	if (op != PD_OP_NEG && op != PD_OP_POS)
		return NULL;
	if (d.what != PD_DEC_FINITE)
		pd_dec_refuse(ev, method);
	/* There is no negative zero among the results. */
	d.negative = d.digits > 0 && d.negative != (op == PD_OP_NEG);
	return pd_dec_make(ev, d, method);
}

/* ---- comparing ----------------------------------------------------------- */

static struct pd_pv *
by_sign(int op, int c)
{
	return pd_pv_bool(op == PD_OP_EQ ? c == 0 : op == PD_OP_LT ? c < 0 :
	    op == PD_OP_LE ? c <= 0 : op == PD_OP_GT ? c > 0 : c >= 0);
}

static int
sign(const struct pd_dec *d)
{
	if (d->what != PD_DEC_INFINITE && d->digits == 0)
		return 0;
	return d->negative ? -1 : 1;
}

/* Both are numbers. */
static int
compared(struct pd_ev *ev, struct pd_dec a, struct pd_dec b)
{
	int s = sign(&a);
	int64_t x = a.e + (int64_t)a.digits, y = b.e + (int64_t)b.digits;
	int64_t e = a.e < b.e ? a.e : b.e;

	if (s != sign(&b) || s == 0)
		return s < sign(&b) ? -1 : s > sign(&b);
	if (a.what == PD_DEC_INFINITE || b.what == PD_DEC_INFINITE)
		return s * ((a.what == PD_DEC_INFINITE) -
		    (b.what == PD_DEC_INFINITE));
	if (x != y)
		return x < y ? -s : s;
	return s * pd_int_cmp(pd_dec_rescaled(ev, &a, e),
	    pd_dec_rescaled(ev, &b, e));
}

/* A float that is a number, exactly: m / 2**k is m * 5**k / 10**k. */
static struct pd_dec
of_float(struct pd_ev *ev, double x)
{
	struct pd_pcall c = { .self = pd_pv_float(ev, x) };
	struct pd_pv *ratio;
	struct pd_dec d;
	int64_t k;

	if (isinf(x))
		return (struct pd_dec){ .what = PD_DEC_INFINITE,
		    .negative = x < 0, .c = pd_pv_int(ev, 0) };
	ratio = pd_func_find(pd_float_methods, "as_integer_ratio")->fn(ev, &c);
	k = (int64_t)pd_int_bits(ratio->seq.v[1]) - 1;
	d = pd_dec_of_int(ev, ratio->seq.v[0]);
	d.c = times(ev, d.c, pd_int_pow(ev, pd_pv_int(ev, 5),
	    pd_pv_int(ev, k), NULL));
	d.digits = count_digits(ev, d.c);
	d.e = -k;
	return d;
}

static struct pd_pv *
compare(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_dec x = pd_dec_of(ev, a), y;

	if (pd_lib_of(b) == &pd_lib_fraction || b->kind == PD_K_COMPLEX)
		pd_dec_refuse(ev, op == PD_OP_EQ ? "__eq__" : "__lt__");
	if (is_dec(b) || pd_pv_is_int(b))
		y = pd_dec_of(ev, b);
	else if (b->kind != PD_K_FLOAT)
		return NULL;
	else if (isnan(b->f[0]))
		y = (struct pd_dec){ .what = PD_DEC_NAN };
	else
		y = of_float(ev, b->f[0]);
	if (x.what == PD_DEC_SNAN || y.what == PD_DEC_SNAN || (op !=
	    PD_OP_EQ && (x.what == PD_DEC_NAN || y.what == PD_DEC_NAN)))
		pd_dec_refuse(ev, op == PD_OP_EQ ? "__eq__" : "__lt__");
	if (x.what == PD_DEC_NAN || y.what == PD_DEC_NAN)
		return pd_pv_bool(false);
	return by_sign(op, compared(ev, x, y));
}

/* As Python's numbers have it: modulo the prime 2**61 - 1. */
static uint64_t
hash(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_dec d = pd_dec_of(ev, v);
	struct pd_pv *prime = pd_int_op(ev, PD_OP_SUB, pd_int_pow(ev,
	    pd_pv_int(ev, 2), pd_pv_int(ev, 61), NULL), pd_pv_int(ev, 1));
	/* To the power of prime - 2 it is divided by. */
	struct pd_pv *ten = d.e >= 0 ? pd_pv_int(ev, 10) : pd_int_pow(ev,
	    pd_pv_int(ev, 10), pd_int_op(ev, PD_OP_SUB, prime, pd_pv_int(ev,
	    2)), prime);
	struct pd_pv *r;

	if (d.what == PD_DEC_SNAN)
		pd_ev_raise(ev, "TypeError", "Cannot hash a signaling NaN "
		    "value.");
	if (d.what != PD_DEC_FINITE)
		return d.what == PD_DEC_NAN ? (uintptr_t)v : d.negative ?
		    (uint64_t)-314159 : 314159;
	r = pd_int_op(ev, PD_OP_MOD, times(ev, d.c, pd_int_pow(ev, ten,
	    pd_pv_int(ev, llabs(d.e)), prime)), prime);
	return pd_int_hash(d.negative ? pd_int_unary(ev, PD_OP_NEG, r) : r);
}

static bool
truth(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_dec d = pd_dec_of(ev, v);

	return d.what != PD_DEC_FINITE || d.digits > 0;
}

const struct pd_plib pd_lib_decimal = {
	.attr = pd_dec_attr, .binary = binary, .unary = unary,
	.compare = compare, .hash = hash, .truth = truth,
	.number = pd_dec_number, .str = pd_dec_str, .format = pd_dec_format,
};
