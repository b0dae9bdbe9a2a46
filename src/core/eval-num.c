/*
 * Arithmetic between numbers of different kinds.
 *
 * Called by the evaluator of cores.  bool is an int, an int with a float is a
 * float, with a complex number a complex one.
 */
#include "core/eval-room.h"

#include <complex.h>
#include <math.h>

bool
pd_num_is(const struct pd_pv *v)
{
	return pd_pv_is_int(v) || v->kind == PD_K_FLOAT ||
	    v->kind == PD_K_COMPLEX;
}

double
pd_num_float(struct pd_ev *ev, struct pd_pv *v)
{
	return pd_pv_is_int(v) ? pd_int_float(ev, v) : v->f[0];
}

/* ---- floats -------------------------------------------------------------- */

/* The quotient's floor and the remainder with the divisor's sign. */
static void
float_divmod(double a, double b, double *div, double *mod)
{
	*mod = fmod(a, b);
	*div = (a - *mod) / b;
	if (*mod != 0) {
		if ((b < 0) != (*mod < 0)) {
			*mod += b;
			*div -= 1;
		}
	} else {
		*mod = copysign(0, b);
	}
	if (*div != 0) {
		double f = floor(*div);

		*div = *div - f > 0.5 ? f + 1 : f;
	} else {
		*div = copysign(0, a / b);
	}
}

static struct pd_pv *
float_pow(struct pd_ev *ev, double a, double b)
{
	double r;

	if (a == 0 && b < 0)
		pd_ev_raise(ev, "ZeroDivisionError",
		    ev->hex >= 0x030e0000 ? "zero to a negative power" :
		    "0.0 cannot be raised to a negative power");
	if (isfinite(a) && isfinite(b) && a < 0 && floor(b) != b) {
		double complex z = cpow(a, b);

		return pd_pv_complex(ev, creal(z), cimag(z));
	}
	r = pow(a, b);
	if (isinf(r) && isfinite(a) && isfinite(b))
		pd_ev_raise(ev, "OverflowError",
		    "(34, 'Numerical result out of range')");
	return pd_pv_float(ev, r);
}

static struct pd_pv *
float_op(struct pd_ev *ev, int op, double a, double b)
{
	double div, mod;

	if (b == 0 && (op == PD_OP_DIV || op == PD_OP_FLOORDIV ||
	    op == PD_OP_MOD))
		pd_ev_raise(ev, "ZeroDivisionError",
		    op == PD_OP_DIV ? "float division by zero" :
		    op == PD_OP_MOD ? ev->hex < 0x030d0000 ? "float modulo" :
		    "float modulo by zero" : "float floor division by zero");
	switch (op) {
	case PD_OP_ADD:
		return pd_pv_float(ev, a + b);
	case PD_OP_SUB:
		return pd_pv_float(ev, a - b);
	case PD_OP_MUL:
		return pd_pv_float(ev, a * b);
	case PD_OP_DIV:
		return pd_pv_float(ev, a / b);
	case PD_OP_FLOORDIV:
	case PD_OP_MOD:
		float_divmod(a, b, &div, &mod);
		return pd_pv_float(ev, op == PD_OP_MOD ? mod : div);
	case PD_OP_POW:
		return float_pow(ev, a, b);
	default:
		return NULL;
	}
}

/* ---- complex numbers ----------------------------------------------------- */

static void
complex_of(struct pd_ev *ev, struct pd_pv *v, double *z)
{
	z[0] = v->kind == PD_K_COMPLEX ? v->f[0] : pd_num_float(ev, v);
	z[1] = v->kind == PD_K_COMPLEX ? v->f[1] : 0;
}

static struct pd_pv *
complex_div(struct pd_ev *ev, const double *a, const double *b)
{
	double ratio, denom;

	if (b[0] == 0 && b[1] == 0)
		pd_ev_raise(ev, "ZeroDivisionError",
		    ev->hex >= 0x030e0000 ? "division by zero" :
		    "complex division by zero");
	if (fabs(b[0]) >= fabs(b[1])) {
		ratio = b[1] / b[0];
		denom = b[0] + b[1] * ratio;
		return pd_pv_complex(ev, (a[0] + a[1] * ratio) / denom,
		    (a[1] - a[0] * ratio) / denom);
	}
	ratio = b[0] / b[1];
	denom = b[0] * ratio + b[1];
	return pd_pv_complex(ev, (a[0] * ratio + a[1]) / denom,
	    (a[1] * ratio - a[0]) / denom);
}

static struct pd_pv *
complex_pow(struct pd_ev *ev, const double *a, const double *b)
{
	double r[2] = { 1, 0 }, p[2] = { a[0], a[1] }, t;
	double complex z;
	long n = (long)b[0];

	if (a[0] == 0 && a[1] == 0 && (b[0] < 0 || b[1] != 0))
		pd_ev_raise(ev, "ZeroDivisionError", ev->hex >= 0x030e0000 ?
		    "zero to a negative or complex power" :
		    "0.0 to a negative or complex power");
	if (b[1] != 0 || b[0] != floor(b[0]) || fabs(b[0]) > 100) {
		z = cpow(a[0] + a[1] * I, b[0] + b[1] * I);
		return pd_pv_complex(ev, creal(z), cimag(z));
	}
	for (long k = n < 0 ? -n : n; k > 0; k >>= 1) {
		if (k & 1) {
			t = r[0] * p[0] - r[1] * p[1];
			r[1] = r[0] * p[1] + r[1] * p[0];
			r[0] = t;
		}
		t = p[0] * p[0] - p[1] * p[1];
		p[1] = p[0] * p[1] + p[1] * p[0];
		p[0] = t;
	}
	return n < 0 ? complex_div(ev, (double[]){ 1, 0 }, r) :
	    pd_pv_complex(ev, r[0], r[1]);
}

static struct pd_pv *
complex_op(struct pd_ev *ev, int op, struct pd_pv *va, struct pd_pv *vb)
{
	double a[2], b[2];

	complex_of(ev, va, a);
	complex_of(ev, vb, b);
	switch (op) {
	case PD_OP_ADD:
		return pd_pv_complex(ev, a[0] + b[0], a[1] + b[1]);
	case PD_OP_SUB:
		return pd_pv_complex(ev, a[0] - b[0], a[1] - b[1]);
	case PD_OP_MUL:
		return pd_pv_complex(ev, a[0] * b[0] - a[1] * b[1],
		    a[0] * b[1] + a[1] * b[0]);
	case PD_OP_DIV:
		return complex_div(ev, a, b);
	case PD_OP_POW:
		return complex_pow(ev, a, b);
	default:
		return NULL;
	}
}

/* ---- all ----------------------------------------------------------------- */

static struct pd_pv *
int_div(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	if (pd_int_sign(b) == 0)
		pd_ev_raise(ev, "ZeroDivisionError", "division by zero");
	return pd_pv_float(ev, pd_int_truediv(ev, a, b));
}

struct pd_pv *
pd_num_pow(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	if (!pd_pv_is_int(a) || !pd_pv_is_int(b))
		return pd_num_op(ev, PD_OP_POW, a, b);
	if (pd_int_sign(b) < 0)
		return float_pow(ev, pd_int_float(ev, a),
		    pd_int_float(ev, b));
	return pd_int_pow(ev, a, b, NULL);
}

struct pd_pv *
pd_num_op(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *r;

	if (!pd_num_is(a) || !pd_num_is(b))
		return NULL;
	if (a->kind == PD_K_COMPLEX || b->kind == PD_K_COMPLEX)
		return complex_op(ev, op, a, b);
	if (a->kind == PD_K_FLOAT || b->kind == PD_K_FLOAT)
		return float_op(ev, op, pd_num_float(ev, a),
		    pd_num_float(ev, b));
	if (op == PD_OP_DIV)
		return int_div(ev, a, b);
	if (op == PD_OP_POW)
		return pd_num_pow(ev, a, b);
	if (op == PD_OP_MATMUL)
		return NULL;
	r = pd_int_op(ev, op, a, b);
	/* True & True is a bool. */
	if (a->kind == PD_K_BOOL && b->kind == PD_K_BOOL &&
	    (op == PD_OP_AND || op == PD_OP_OR || op == PD_OP_XOR))
		return pd_pv_bool(r->i != 0);
	return r;
}

struct pd_pv *
pd_num_unary(struct pd_ev *ev, int op, struct pd_pv *a)
{
	if (pd_pv_is_int(a))
		return pd_int_unary(ev, op, a);
	if (op == PD_OP_INVERT)
		return NULL;
	if (a->kind == PD_K_FLOAT)
		return pd_pv_float(ev, op == PD_OP_NEG ? -a->f[0] : a->f[0]);
	return op == PD_OP_NEG ? pd_pv_complex(ev, -a->f[0], -a->f[1]) :
	    pd_pv_complex(ev, a->f[0], a->f[1]);
}

struct pd_pv *
pd_num_divmod(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	double x, y, div, mod;

	if (!pd_num_is(a) || !pd_num_is(b) || a->kind == PD_K_COMPLEX ||
	    b->kind == PD_K_COMPLEX)
		return NULL;
	if (pd_pv_is_int(a) && pd_pv_is_int(b))
		return pd_int_divmod(ev, a, b);
	x = pd_num_float(ev, a);
	y = pd_num_float(ev, b);
	if (y == 0)
		pd_ev_raise(ev, "ZeroDivisionError", "float divmod()");
	float_divmod(x, y, &div, &mod);
	return pd_pv_pair(ev, pd_pv_float(ev, div), pd_pv_float(ev, mod));
}

/* -1, 0, 1, or 2 if they cannot be ordered (nan). */
static int
compare(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	bool ia = pd_pv_is_int(a), ib = pd_pv_is_int(b);

	if (ia && ib)
		return pd_int_cmp(a, b);
	if ((!ia && isnan(a->f[0])) || (!ib && isnan(b->f[0])))
		return 2;
	if (ia)
		return pd_int_cmp_float(ev, a, b->f[0]);
	if (ib)
		return -pd_int_cmp_float(ev, b, a->f[0]);
	return (a->f[0] > b->f[0]) - (a->f[0] < b->f[0]);
}

bool
pd_num_eq(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	bool ca = a->kind == PD_K_COMPLEX, cb = b->kind == PD_K_COMPLEX;

	if (ca && cb)
		return a->f[0] == b->f[0] && a->f[1] == b->f[1];
	if (ca || cb) {
		struct pd_pv *z = ca ? a : b, *x = ca ? b : a;

		return z->f[1] == 0 && compare(ev, x,
		    pd_pv_float(ev, z->f[0])) == 0;
	}
	return compare(ev, a, b) == 0;
}

bool
pd_num_order(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	int c = compare(ev, a, b);

	switch (op) {
	case PD_OP_LT:
		return c == -1;
	case PD_OP_LE:
		return c <= 0;
	case PD_OP_GT:
		return c == 1;
	default:
		return c == 0 || c == 1;
	}
}
