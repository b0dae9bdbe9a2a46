/*
 * decimal.Decimal: numbers and text that are made of one, and its methods.
 *
 * Called by the evaluator of cores by way of the table in eval-decimal.c.
 */
#include <string.h>

#include "core/eval-decimal.h"
#include "core/eval-format.h"

static struct pd_pv *
negated(struct pd_ev *ev, bool negative, struct pd_pv *c)
{
	return negative ? pd_int_unary(ev, PD_OP_NEG, c) : c;
}

static struct pd_pv *
as_float(struct pd_ev *ev, struct pd_pv *v)
{
	double x;

	if (!pd_float_parse(v->st->obj.s, v->st->obj.n, &x))
		pd_dec_refuse(ev, "__float__");
	return pd_pv_float(ev, x);
}

static struct pd_pv *
rounded(struct pd_ev *ev, struct pd_dec d, struct pd_pv *digits)
{
	int64_t n = digits == NULL ? 0 : pd_pv_index(ev, digits);

	if (d.what != PD_DEC_FINITE || n > PD_DEC_EXP_MAX ||
	    n < -PD_DEC_EXP_MAX)
		pd_dec_refuse(ev, "__round__");
	d.c = pd_dec_rescaled(ev, &d, -n);
	if (digits == NULL)
		return negated(ev, d.negative, d.c);
	d.e = -n;
	return pd_dec_make(ev, d, "__round__");
}

struct pd_pv *
pd_dec_number(struct pd_ev *ev, struct pd_pv *v, const char *name,
    struct pd_pv *digits)
{
	struct pd_dec d = pd_dec_of(ev, v);

	if (strcmp(name, "float") == 0)
		return as_float(ev, v);
	if (strcmp(name, "round") == 0)
		return rounded(ev, d, digits);
	if (d.what == PD_DEC_INFINITE && strcmp(name, "int") == 0)
		pd_ev_raise(ev, "OverflowError", "cannot convert Infinity to "
		    "integer");
	if (d.what != PD_DEC_FINITE && strcmp(name, "int") == 0)
		pd_ev_raise(ev, "ValueError", "cannot convert NaN to integer");
	if (strcmp(name, "int") == 0)
		return negated(ev, d.negative, d.e >= 0 ?
		    pd_dec_rescaled(ev, &d, 0) : pd_int_op(ev, PD_OP_FLOORDIV,
		    d.c, pd_dec_power10(ev, -d.e)));
	if (d.what != PD_DEC_FINITE)
		pd_dec_refuse(ev, "__abs__");
	d.negative = false;
	return pd_dec_make(ev, d, "__abs__");
}

bool
pd_dec_str(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	if (v->st->obj.s == NULL)
		pd_ev_cut(ev);
	pd_pt_add(ev, t, v->st->obj.s, v->st->obj.n);
	return true;
}

/* Groups of three before the point. */
static void
grouped(struct pd_ev *ev, struct pd_ptext *t, const struct pd_ptext *s,
    char group)
{
	const char *point = memchr(s->p, '.', s->n);
	size_t left = point != NULL ? (size_t)(point - s->p) : s->n;

	for (size_t i = 0; i < s->n; i++) {
		if (i > 0 && i < left && (left - i) % 3 == 0 && group != '\0')
			pd_pt_addc(ev, t, group);
		pd_pt_addc(ev, t, s->p[i]);
	}
}

/* 'f' and '%', which money wants; the rest is refused. */
struct pd_pv *
pd_dec_format(struct pd_ev *ev, struct pd_pv *v, const char *spec, size_t n)
{
	struct pd_fspec f = pd_fspec_parse(ev, v, spec, n);
	struct pd_dec d = pd_dec_of(ev, v);
	struct pd_ptext t = { 0 }, digits = { 0 }, point = { 0 }, body = { 0 };

	if ((f.type != 'f' && f.type != 'F' && f.type != '%') ||
	    d.what != PD_DEC_FINITE || f.zero || f.alternate || f.no_neg_zero ||
	    f.precision > PD_DEC_EXP_MAX || f.group == '_')
		pd_dec_refuse(ev, "__format__");
	if (f.type == '%')
		d.e += 2;
	if (f.precision >= 0) {
		d.c = pd_dec_rescaled(ev, &d, -f.precision);
		d.e = -f.precision;
	} else if (d.e > 0) {
		d.c = pd_dec_rescaled(ev, &d, 0);
		d.e = 0;
	}
	pd_int_text(ev, &digits, d.c, 10);
	pd_dec_pointed(ev, &point, digits.p, digits.n, (int64_t)digits.n + d.e);
	grouped(ev, &body, &point, f.group);
	if (f.type == '%')
		pd_pt_addc(ev, &body, '%');
	pd_fspec_pad(ev, &t, &f, d.negative ? "-" : f.sign == '+' ? "+" :
	    f.sign == ' ' ? " " : "", &body, '>');
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
do_is(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_dec d = pd_dec_of(ev, c->self);

	switch (c->fn->name[3]) {
	case 'f':
		return pd_pv_bool(d.what == PD_DEC_FINITE);
	case 'i':
		return pd_pv_bool(d.what == PD_DEC_INFINITE);
	case 'n':
		return pd_pv_bool(d.what == PD_DEC_NAN ||
		    d.what == PD_DEC_SNAN);
	case 's':
		return pd_pv_bool(d.negative);
	default:
		return pd_pv_bool(d.what == PD_DEC_FINITE && d.digits == 0);
	}
}

static struct pd_pv *
do_adjusted(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_dec d = pd_dec_of(ev, c->self);

	return pd_pv_int(ev, d.what != PD_DEC_FINITE ? 0 : d.e - 1 + (int64_t)
	    (d.digits > 0 ? d.digits : 1));
}

struct pd_pv *
pd_dec_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const struct pd_pfunc methods[] = {
		{ "adjusted", do_adjusted, "/" },
		{ "is_finite", do_is, "/" },
		{ "is_infinite", do_is, "/" },
		{ "is_nan", do_is, "/" },
		{ "is_signed", do_is, "/" },
		{ "is_zero", do_is, "/" },
		{ NULL }
	};

	if (strcmp(name, "real") == 0)
		return v;
	if (strcmp(name, "imag") == 0)
		return pd_dec_make(ev, pd_dec_of_int(ev, pd_pv_int(ev, 0)),
		    "imag");
	return pd_lib_method(ev, v, methods, name);
}
