/*
 * Arithmetic and order of dates, times and durations, as datetime has them.
 *
 * Called by the evaluator of cores by way of the tables at the end.  What a
 * zone says, where it is no datetime.timezone, is its code.
 */
#include "core/eval-lib.h"

#define MAX_ORDINAL	3652059		/* 9999-12-31 */

/* ---- durations ----------------------------------------------------------- */

static struct pd_pv *
mul_add(struct pd_ev *ev, struct pd_pv *a, int64_t by, int64_t plus)
{
	a = pd_int_op(ev, PD_OP_MUL, a, pd_pv_int(ev, by));
	return pd_int_op(ev, PD_OP_ADD, a, pd_pv_int(ev, plus));
}

struct pd_pv *
pd_delta_us(struct pd_ev *ev, struct pd_pv *d)
{
	struct pd_pv *us = pd_pv_int(ev, pd_date_part(ev, d, 0));

	us = mul_add(ev, us, 86400, pd_date_part(ev, d, 1));
	return mul_add(ev, us, 1000000, pd_date_part(ev, d, 2));
}

struct pd_pv *
pd_delta_of(struct pd_ev *ev, struct pd_pv *us)
{
	struct pd_pv *pair = pd_int_divmod(ev, us, pd_pv_int(ev, PD_DAY_US));
	struct pd_pv **v = pd_ev_allocn(ev, 3, sizeof(struct pd_pv *));
	int64_t days, rest;

	if (!pd_int_fits(pair->seq.v[0], &days) || days > INT32_MAX ||
	    days < INT32_MIN)
		pd_ev_raise(ev, "OverflowError",
		    "Python int too large to convert to C int");
	if (days > 999999999 || days < -999999999)
		pd_ev_raise(ev, "OverflowError", "days=%lld; must have "
		    "magnitude <= 999999999", (long long)days);
	pd_int_fits(pair->seq.v[1], &rest);
	v[0] = pair->seq.v[0];
	v[1] = pd_pv_int(ev, rest / 1000000);
	v[2] = pd_pv_int(ev, rest % 1000000);
	return pd_lib_make(ev, "datetime", "timedelta", PD_CORE_TIMEDELTA, v,
	    3);
}

/* a / b, halves to even. */
static struct pd_pv *
nearest(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *pair = pd_int_divmod(ev, a, b), *q = pair->seq.v[0];
	struct pd_pv *twice = pd_int_op(ev, PD_OP_MUL, pair->seq.v[1],
	    pd_pv_int(ev, 2));
	int c = pd_int_cmp(twice, b);

	if (pd_int_sign(b) < 0)
		c = -c;
	if (c > 0 || (c == 0 && pd_int_sign(pd_int_op(ev, PD_OP_AND, q,
	    pd_pv_int(ev, 1))) != 0))
		q = mul_add(ev, q, 1, 1);
	return q;
}

/* A float as a fraction. */
static void
ratio(struct pd_ev *ev, struct pd_pv *f, struct pd_pv **a, struct pd_pv **b)
{
	struct pd_pcall c = { .self = f };
	struct pd_pv *pair = pd_func_find(pd_float_methods,
	    "as_integer_ratio")->fn(ev, &c);

	*a = pair->seq.v[0];
	*b = pair->seq.v[1];
}

bool
pd_is_delta(const struct pd_pv *v)
{
	return pd_pv_is_core(v, PD_CORE_TIMEDELTA);
}

static struct pd_pv *
delta_times(struct pd_ev *ev, struct pd_pv *d, struct pd_pv *by)
{
	struct pd_pv *us = pd_delta_us(ev, d), *a, *b;

	if (pd_pv_is_int(by))
		return pd_delta_of(ev, pd_int_op(ev, PD_OP_MUL, us, by));
	if (by->kind != PD_K_FLOAT)
		return NULL;
	ratio(ev, by, &a, &b);
	return pd_delta_of(ev, nearest(ev, pd_int_op(ev, PD_OP_MUL, us, a),
	    b));
}

static _Noreturn void
by_zero(struct pd_ev *ev, const char *what)
{
	pd_ev_raise(ev, "ZeroDivisionError", "%s", ev->hex >= 0x030e0000 ?
	    "division by zero" : what);
}

static struct pd_pv *
delta_div(struct pd_ev *ev, struct pd_pv *d, struct pd_pv *by)
{
	struct pd_pv *us = pd_delta_us(ev, d), *a, *b;

	if (by->kind == PD_K_FLOAT) {
		ratio(ev, by, &a, &b);
		if (pd_int_sign(a) == 0)
			by_zero(ev, "division by zero");
		return pd_delta_of(ev, nearest(ev, pd_int_op(ev, PD_OP_MUL, b,
		    us), a));
	}
	if (!pd_is_delta(by) && !pd_pv_is_int(by))
		return NULL;
	if (pd_is_delta(by))
		by = pd_delta_us(ev, by);
	else if (pd_int_sign(by) != 0)
		return pd_delta_of(ev, nearest(ev, us, by));
	if (pd_int_sign(by) == 0)
		by_zero(ev, "division by zero");
	return pd_pv_float(ev, pd_int_truediv(ev, us, by));
}

static struct pd_pv *
delta_floor(struct pd_ev *ev, int op, struct pd_pv *d, struct pd_pv *by)
{
	struct pd_pv *pair;
	bool other = pd_is_delta(by);

	if (!other && (!pd_pv_is_int(by) || op == PD_OP_MOD))
		return NULL;
	by = other ? pd_delta_us(ev, by) : by;
	if (pd_int_sign(by) == 0)
		by_zero(ev, "integer division or modulo by zero");
	pair = pd_int_divmod(ev, pd_delta_us(ev, d), by);
	if (op == PD_OP_MOD)
		return pd_delta_of(ev, pair->seq.v[1]);
	return other ? pair->seq.v[0] : pd_delta_of(ev, pair->seq.v[0]);
}

static struct pd_pv *
delta_binary(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	switch (op) {
	case PD_OP_ADD:
	case PD_OP_SUB:
		return pd_is_delta(a) && pd_is_delta(b) ? pd_delta_of(ev,
		    pd_int_op(ev, op, pd_delta_us(ev, a),
		    pd_delta_us(ev, b))) : NULL;
	case PD_OP_MUL:
		return pd_is_delta(a) ? delta_times(ev, a, b) :
		    delta_times(ev, b, a);
	case PD_OP_DIV:
		return pd_is_delta(a) ? delta_div(ev, a, b) : NULL;
	case PD_OP_FLOORDIV:
	case PD_OP_MOD:
		return pd_is_delta(a) ? delta_floor(ev, op, a, b) : NULL;
	default:
		return NULL;
	}
}

static struct pd_pv *
delta_unary(struct pd_ev *ev, int op, struct pd_pv *d)
{
	if (op != PD_OP_NEG && op != PD_OP_POS)
		return NULL;
	return pd_delta_of(ev, op == PD_OP_NEG ? pd_int_unary(ev, op,
	    pd_delta_us(ev, d)) : pd_delta_us(ev, d));
}

static struct pd_pv *
delta_number(struct pd_ev *ev, struct pd_pv *d, const char *name,
    struct pd_pv *digits)
{
	(void)digits;
	if (strcmp(name, "abs") != 0)
		return NULL;
	return delta_unary(ev, pd_date_part(ev, d, 0) < 0 ? PD_OP_NEG :
	    PD_OP_POS, d);
}

/* ---- days ---------------------------------------------------------------- */

static const int before[] = { 0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273,
    304, 334 };

bool
pd_is_leap(int64_t y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

/* 0001-01-01 is 1. */
int64_t
pd_date_ordinal(struct pd_ev *ev, struct pd_pv *v)
{
	int64_t y = pd_date_part(ev, v, 0), m = pd_date_part(ev, v, 1);
	int64_t d = pd_date_part(ev, v, 2), past = y - 1;

	if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31)
		pd_ev_cut(ev);
	return past * 365 + past / 4 - past / 100 + past / 400 + before[m] +
	    (m > 2 && pd_is_leap(y)) + d;
}

static void
from_ordinal(struct pd_ev *ev, int64_t n, struct pd_pv **v)
{
	int64_t y, m = 12, first;

	if (n < 1 || n > MAX_ORDINAL)
		pd_ev_raise(ev, "OverflowError", "date value out of range");
	y = (n - 1) / 366 + 1;
	while (y * 365 + y / 4 - y / 100 + y / 400 < n)
		y++;
	n -= (y - 1) * 365 + (y - 1) / 4 - (y - 1) / 100 + (y - 1) / 400;
	for (; first = before[m] + (m > 2 && pd_is_leap(y)), first >= n; m--)
		;
	v[0] = pd_pv_int(ev, y);
	v[1] = pd_pv_int(ev, m);
	v[2] = pd_pv_int(ev, n - first);
}

/* Microseconds since the day 0, of a date as well. */
int64_t
pd_date_moment(struct pd_ev *ev, struct pd_pv *v)
{
	int64_t s = 0, us = 0, day = 0;
	size_t i = pd_pv_is_core(v, PD_CORE_TIME) ? 0 : 3;

	if (i == 3)
		day = pd_date_ordinal(ev, v);
	if (!pd_pv_is_core(v, PD_CORE_DATE)) {
		s = (pd_date_part(ev, v, i) % 24 * 60 + pd_date_part(ev, v,
		    i + 1) % 60) * 60 + pd_date_part(ev, v, i + 2) % 60;
		us = pd_date_part(ev, v, i + 3) % 1000000;
	}
	return day * PD_DAY_US + s * 1000000 + us;
}

/* The day and time of day, with the rest as in v. */
struct pd_pv *
pd_date_at(struct pd_ev *ev, struct pd_pv *v, int64_t us)
{
	struct pd_pv **p = pd_ev_allocn(ev, 9, sizeof(struct pd_pv *));
	int64_t day = us / PD_DAY_US, rest = us % PD_DAY_US;

	if (rest < 0) {
		rest += PD_DAY_US;
		day--;
	}
	from_ordinal(ev, day, p);
	p[3] = pd_pv_int(ev, rest / 3600000000);
	p[4] = pd_pv_int(ev, rest / 60000000 % 60);
	p[5] = pd_pv_int(ev, rest / 1000000 % 60);
	p[6] = pd_pv_int(ev, rest % 1000000);
	p[7] = pd_pv_int(ev, 0);
	p[8] = pd_obj_item(ev, v, 8);
	return pd_lib_like(ev, v, p, 9);
}

static struct pd_pv *
shifted(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *delta, int sign)
{
	struct pd_pv **p;
	int64_t days = pd_date_part(ev, delta, 0), us;

	if (days > 2 * MAX_ORDINAL || days < -2 * MAX_ORDINAL)
		pd_ev_raise(ev, "OverflowError", "date value out of range");
	if (pd_pv_is_core(v, PD_CORE_DATE)) {
		p = pd_ev_allocn(ev, 3, sizeof(struct pd_pv *));
		from_ordinal(ev, pd_date_ordinal(ev, v) + sign * days, p);
		return pd_lib_like(ev, v, p, 3);
	}
	pd_int_fits(pd_delta_us(ev, delta), &us);
	return pd_date_at(ev, v, pd_date_moment(ev, v) + sign * us);
}

/* ---- zones --------------------------------------------------------------- */

struct pd_pv *
pd_date_zone(struct pd_ev *ev, struct pd_pv *v)
{
	size_t first, n = pd_date_parts(v, &first);

	return n < 6 ? pd_pv_none() : pd_obj_item(ev, v, n - 1);
}

struct pd_pv *
pd_date_offset(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_pv *zone = pd_date_zone(ev, v), *offset;

	if (zone->kind == PD_K_NONE)
		return NULL;
	if (zone->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (!pd_pv_is_core(zone, PD_CORE_TIMEZONE))
		pd_ev_no_process(ev, "utcoffset");
	offset = pd_obj_item(ev, zone, 0);
	if (!pd_is_delta(offset))
		pd_ev_cut(ev);
	return offset;
}

/* Both without a zone, or with the same: their own time tells.  Else the
 * offsets are taken off.  False: only one has a zone. */
static bool
comparable(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b, int64_t *x,
    int64_t *y)
{
	struct pd_pv *za = pd_date_zone(ev, a), *zb = pd_date_zone(ev, b), *off;
	int64_t us;

	*x = pd_date_moment(ev, a);
	*y = pd_date_moment(ev, b);
	if (za == zb)
		return true;
	if ((za->kind == PD_K_NONE) != (zb->kind == PD_K_NONE))
		return false;
	off = pd_date_offset(ev, a);
	if (off != NULL && pd_int_fits(pd_delta_us(ev, off), &us))
		*x -= us;
	off = pd_date_offset(ev, b);
	if (off != NULL && pd_int_fits(pd_delta_us(ev, off), &us))
		*y -= us;
	return true;
}

static struct pd_pv *
between(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	int64_t x, y;

	if (a->st->obj.kind != b->st->obj.kind ||
	    pd_pv_is_core(a, PD_CORE_TIME))
		return NULL;
	if (!comparable(ev, a, b, &x, &y))
		pd_ev_raise(ev, "TypeError", "can't subtract offset-naive and "
		    "offset-aware datetimes");
	return pd_delta_of(ev, pd_pv_int(ev, x - y));
}

static bool
is_day(const struct pd_pv *v)
{
	return pd_pv_is_core(v, PD_CORE_DATE) ||
	    pd_pv_is_core(v, PD_CORE_DATETIME);
}

static struct pd_pv *
date_binary(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	if (op == PD_OP_ADD && is_day(a) && pd_is_delta(b))
		return shifted(ev, a, b, 1);
	if (op == PD_OP_ADD && pd_is_delta(a) && is_day(b))
		return shifted(ev, b, a, 1);
	if (op == PD_OP_SUB && is_day(a) && pd_is_delta(b))
		return shifted(ev, a, b, -1);
	if (op == PD_OP_SUB && is_day(a) && is_day(b))
		return between(ev, a, b);
	return NULL;
}

/* ---- order --------------------------------------------------------------- */

static struct pd_pv *
by_sign(int op, int r)
{
	return pd_pv_bool(op == PD_OP_EQ ? r == 0 : op == PD_OP_LT ? r < 0 :
	    op == PD_OP_LE ? r <= 0 : op == PD_OP_GT ? r > 0 : r >= 0);
}

static struct pd_pv *
date_compare(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	int64_t x, y;

	if (b->kind != PD_K_OBJECT || b->st == NULL)
		return NULL;
	/* A datetime is a date, but has no order with one. */
	if (is_day(a) && is_day(b) && a->st->obj.kind != b->st->obj.kind) {
		if (op == PD_OP_EQ || ev->hex >= 0x030d0000)
			return NULL;
		pd_ev_raise(ev, "TypeError", "can't compare datetime.datetime "
		    "to datetime.date");
	}
	if (a->st->obj.kind != b->st->obj.kind)
		return NULL;
	if (comparable(ev, a, b, &x, &y))
		return by_sign(op, (x > y) - (x < y));
	if (op == PD_OP_EQ)
		return pd_pv_bool(false);
	pd_ev_raise(ev, "TypeError", "can't compare offset-naive and "
	    "offset-aware %s", pd_pv_is_core(a, PD_CORE_TIME) ? "times" :
	    "datetimes");
}

static struct pd_pv *
delta_compare(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	return pd_is_delta(b) ? by_sign(op, pd_int_cmp(pd_delta_us(ev, a),
	    pd_delta_us(ev, b))) : NULL;
}

static struct pd_pv *
zone_compare(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	return op == PD_OP_EQ && pd_pv_is_core(b, PD_CORE_TIMEZONE) ?
	    delta_compare(ev, op, pd_obj_item(ev, a, 0),
	    pd_obj_item(ev, b, 0)) : NULL;
}

/* ---- hashes, truth ------------------------------------------------------- */

/* Equal moments of two zones have equal hashes. */
static uint64_t
date_hash(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_pv *zone = pd_date_zone(ev, v), *off;
	int64_t us = pd_date_moment(ev, v), o;

	/* What its zone says is code: one hash for all of these. */
	if (zone->kind != PD_K_NONE && !pd_pv_is_core(zone, PD_CORE_TIMEZONE))
		return v->st->obj.kind;
	off = pd_date_offset(ev, v);
	if (off != NULL && pd_int_fits(pd_delta_us(ev, off), &o))
		us -= o;
	return (uint64_t)us * UINT64_C(0x9e3779b97f4a7c15);
}

static uint64_t
delta_hash(struct pd_ev *ev, struct pd_pv *v)
{
	return pd_int_hash(pd_delta_us(ev, v));
}

static uint64_t
zone_hash(struct pd_ev *ev, struct pd_pv *v)
{
	(void)ev;
	return v->st->obj.kind;
}

static bool
delta_truth(struct pd_ev *ev, struct pd_pv *v)
{
	return pd_int_sign(pd_delta_us(ev, v)) != 0;
}

/* ---- methods ------------------------------------------------------------- */

static struct pd_pv *
do_total_seconds(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_float(ev, pd_int_truediv(ev, pd_delta_us(ev, c->self),
	    pd_pv_int(ev, 1000000)));
}

static struct pd_pv *
delta_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const char *const names[] = { "days", "seconds",
	    "microseconds" };
	static const struct pd_pfunc methods[] = {
		{ "total_seconds", do_total_seconds, "/" }, { NULL } };

	for (size_t i = 0; i < 3; i++)
		if (strcmp(names[i], name) == 0)
			return pd_obj_item(ev, v, i);
	return pd_lib_method(ev, v, methods, name);
}

const struct pd_plib pd_lib_delta = {
	.attr = delta_attr, .binary = delta_binary, .unary = delta_unary,
	.compare = delta_compare, .hash = delta_hash, .truth = delta_truth,
	.number = delta_number,
};
const struct pd_plib pd_lib_zone = {
	.compare = zone_compare, .hash = zone_hash,
};
const struct pd_plib pd_lib_date = {
	.attr = pd_date_attr, .binary = date_binary, .compare = date_compare,
	.hash = date_hash, .format = pd_date_strftime,
};
