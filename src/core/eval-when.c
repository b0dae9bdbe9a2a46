/*
 * Arithmetic and order of dates, times and durations, as datetime has them.
 *
 * Called by the evaluator of cores by way of the tables at the end.  What a
 * zone says, where it is no datetime.timezone, is its code.
 */
#include "core/eval-lib.h"

#define DAY_US		INT64_C(86400000000)
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
	struct pd_pv *pair = pd_int_divmod(ev, us, pd_pv_int(ev, DAY_US));
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

static bool
is_delta(const struct pd_pv *v)
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
	if (!is_delta(by) && !pd_pv_is_int(by))
		return NULL;
	if (is_delta(by))
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
	bool other = is_delta(by);

	if (!other && (!pd_pv_is_int(by) || op == PD_OP_MOD))
		return NULL;
	by = other ? pd_delta_us(ev, by) : by;
	if (pd_int_sign(by) == 0)
		by_zero(ev, ev->hex < 0x030e0000 && (other || op == PD_OP_MOD) ?
		    "integer division or modulo by zero" :
		    "integer division or modulo by zero");
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
		return is_delta(a) && is_delta(b) ? pd_delta_of(ev,
		    pd_int_op(ev, op, pd_delta_us(ev, a),
		    pd_delta_us(ev, b))) : NULL;
	case PD_OP_MUL:
		return is_delta(a) ? delta_times(ev, a, b) :
		    delta_times(ev, b, a);
	case PD_OP_DIV:
		return is_delta(a) ? delta_div(ev, a, b) : NULL;
	case PD_OP_FLOORDIV:
	case PD_OP_MOD:
		return is_delta(a) ? delta_floor(ev, op, a, b) : NULL;
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

static bool
is_leap(int64_t y)
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
	    (m > 2 && is_leap(y)) + d;
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
	for (; first = before[m] + (m > 2 && is_leap(y)), first >= n; m--)
		;
	v[0] = pd_pv_int(ev, y);
	v[1] = pd_pv_int(ev, m);
	v[2] = pd_pv_int(ev, n - first);
}

/* Microseconds since the day 0, of a date as well. */
static int64_t
moment(struct pd_ev *ev, struct pd_pv *v)
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
	return day * DAY_US + s * 1000000 + us;
}

/* The day and time of day, with the rest as in v. */
static struct pd_pv *
at(struct pd_ev *ev, struct pd_pv *v, int64_t us)
{
	struct pd_pv **p = pd_ev_allocn(ev, 9, sizeof(struct pd_pv *));
	int64_t day = us / DAY_US, rest = us % DAY_US;

	if (rest < 0) {
		rest += DAY_US;
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
	return at(ev, v, moment(ev, v) + sign * us);
}

/* ---- zones --------------------------------------------------------------- */

static struct pd_pv *
zone_of(struct pd_ev *ev, struct pd_pv *v)
{
	size_t first, n = pd_date_parts(v, &first);

	return n < 6 ? pd_pv_none() : pd_obj_item(ev, v, n - 1);
}

struct pd_pv *
pd_date_offset(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_pv *zone = zone_of(ev, v), *offset;

	if (zone->kind == PD_K_NONE)
		return NULL;
	if (zone->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (!pd_pv_is_core(zone, PD_CORE_TIMEZONE))
		pd_ev_no_process(ev, "utcoffset");
	offset = pd_obj_item(ev, zone, 0);
	if (!is_delta(offset))
		pd_ev_cut(ev);
	return offset;
}

/* Both without a zone, or with the same: their own time tells.  Else the
 * offsets are taken off.  False: only one has a zone. */
static bool
comparable(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b, int64_t *x,
    int64_t *y)
{
	struct pd_pv *za = zone_of(ev, a), *zb = zone_of(ev, b), *off;
	int64_t us;

	*x = moment(ev, a);
	*y = moment(ev, b);
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
	if (op == PD_OP_ADD && is_day(a) && is_delta(b))
		return shifted(ev, a, b, 1);
	if (op == PD_OP_ADD && is_delta(a) && is_day(b))
		return shifted(ev, b, a, 1);
	if (op == PD_OP_SUB && is_day(a) && is_delta(b))
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
	return is_delta(b) ? by_sign(op, pd_int_cmp(pd_delta_us(ev, a),
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
	struct pd_pv *zone = zone_of(ev, v), *off;
	int64_t us = moment(ev, v), o;

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

static struct pd_pv *
do_weekday(struct pd_ev *ev, struct pd_pcall *c)
{
	int64_t n = (pd_date_ordinal(ev, c->self) + 6) % 7;

	return pd_pv_int(ev, c->fn->name[0] == 'i' ? n + 1 : n);
}

static struct pd_pv *
do_toordinal(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_int(ev, pd_date_ordinal(ev, c->self));
}

/* date(), time(), timetz() of a datetime. */
static struct pd_pv *
do_part(struct pd_ev *ev, struct pd_pcall *c)
{
	bool date = c->fn->name[0] == 'd';
	size_t n = date ? 3 : 6;
	struct pd_pv **p = pd_ev_allocn(ev, n, sizeof(struct pd_pv *));

	for (size_t i = 0; i < n; i++)
		p[i] = pd_obj_item(ev, c->self, date ? i : i + 3);
	if (!date && c->fn->name[4] == '\0')
		p[5] = pd_pv_none();
	return pd_lib_make(ev, "datetime", date ? "date" : "time", date ?
	    PD_CORE_DATE : PD_CORE_TIME, p, n);
}

static struct pd_pv *
do_offset(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *off = pd_date_offset(ev, c->self);
	struct pd_ptext t = { 0 };

	/* Of a time, and of a fixed zone, there is no dst. */
	if (off == NULL || c->fn->name[0] == 'd')
		return pd_pv_none();
	if (c->fn->name[0] == 'u')
		return off;
	pd_ev_str(ev, &t, zone_of(ev, c->self));
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
do_timestamp(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *off = pd_date_offset(ev, c->self), *us;

	/* Local time is that of a machine. */
	if (off == NULL)
		pd_ev_no_process(ev, "timestamp");
	us = pd_int_op(ev, PD_OP_SUB, pd_pv_int(ev, moment(ev, c->self) -
	    INT64_C(719163) * DAY_US), pd_delta_us(ev, off));
	return pd_pv_float(ev, pd_int_truediv(ev, us,
	    pd_pv_int(ev, 1000000)));
}

static struct pd_pv *
do_astimezone(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *off = pd_date_offset(ev, c->self), *zone = c->p[0], *r;
	int64_t us, to;

	if (off == NULL || zone == NULL ||
	    !pd_pv_is_core(zone, PD_CORE_TIMEZONE) ||
	    !is_delta(pd_obj_item(ev, zone, 0)))
		pd_ev_no_process(ev, "astimezone");
	pd_int_fits(pd_delta_us(ev, off), &us);
	pd_int_fits(pd_delta_us(ev, pd_obj_item(ev, zone, 0)), &to);
	r = at(ev, c->self, moment(ev, c->self) - us + to);
	r->st->vals[8] = zone;
	return r;
}

/* replace(): what a value may be is checked as the constructor does. */
static struct pd_pv *
do_replace(struct pd_ev *ev, struct pd_pcall *c)
{
	static const struct {
		const char	*what;
		int64_t		 least, most;
	} limits[] = {
		{ "year", 1, 9999 }, { "month must be in 1..12", 1, 12 },
		{ "day is out of range for month", 1, 31 },
		{ "hour must be in 0..23", 0, 23 },
		{ "minute must be in 0..59", 0, 59 },
		{ "second must be in 0..59", 0, 59 },
		{ "microsecond must be in 0..999999", 0, 999999 },
		{ "fold must be either 0 or 1", 0, 1 },
	};
	size_t first, n = pd_date_parts(c->self, &first);
	struct pd_pv **p = pd_ev_allocn(ev, n, sizeof(struct pd_pv *));
	/* The parameters have tzinfo before fold. */
	static const size_t place[] = { 0, 1, 2, 3, 4, 5, 6, 8, 7 };
	int64_t x;

	for (size_t i = 0; i < n; i++) {
		size_t k = first + i;

		p[i] = c->p[place[k] - first];
		if (p[i] == NULL)
			p[i] = pd_obj_item(ev, c->self, i);
		else if (k == 8 && p[i]->kind != PD_K_NONE &&
		    !pd_pv_is_core(p[i], PD_CORE_TIMEZONE))
			pd_ev_no_process(ev, "replace");
		if (k == 8)
			continue;
		x = pd_pv_index(ev, p[i]);
		if (k == 0 && (x < 1 || x > 9999))
			pd_ev_raise(ev, "ValueError", "year %lld is out of "
			    "range", (long long)x);
		if (x < limits[k].least || x > limits[k].most)
			pd_ev_raise(ev, "ValueError", "%s", limits[k].what);
	}
	if (first == 0) {
		int64_t y = pd_pv_index(ev, p[0]), m = pd_pv_index(ev, p[1]);
		int64_t last = m == 2 ? is_leap(y) ? 29 : 28 :
		    m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;

		if (pd_pv_index(ev, p[2]) > last)
			pd_ev_raise(ev, "ValueError",
			    "day is out of range for month");
	}
	return pd_lib_like(ev, c->self, p, n);
}

static struct pd_pv *
do_strftime(struct pd_ev *ev, struct pd_pcall *c)
{
	if (c->p[0]->kind != PD_K_STR)
		pd_ev_raise(ev, "TypeError", "strftime() argument 1 must be "
		    "str, not %s", pd_pv_type_name(ev, c->p[0]));
	return pd_date_strftime(ev, c->self, c->p[0]->s.p, c->p[0]->s.n);
}

static struct pd_pv *
do_ctime(struct pd_ev *ev, struct pd_pcall *c)
{
	static const char format[] = "%a %b %e %H:%M:%S %Y";

	return pd_date_strftime(ev, c->self, format, sizeof(format) - 1);
}

#define DAY_METHODS							\
	{ "ctime", do_ctime, "/" },					\
	{ "isoweekday", do_weekday, "/" },				\
	{ "strftime", do_strftime, "format" },				\
	{ "toordinal", do_toordinal, "/" },				\
	{ "weekday", do_weekday, "/" }
#define ZONE_METHODS							\
	{ "dst", do_offset, "/" },					\
	{ "tzname", do_offset, "/" },					\
	{ "utcoffset", do_offset, "/" }

const struct pd_pfunc pd_date_methods[] = {
	DAY_METHODS,
	{ "replace", do_replace, "year? month? day?" },
	{ NULL }
};

const struct pd_pfunc pd_time_methods[] = {
	ZONE_METHODS,
	{ "replace", do_replace,
	    "hour? minute? second? microsecond? tzinfo? * fold?" },
	{ "strftime", do_strftime, "format" },
	{ NULL }
};

const struct pd_pfunc pd_datetime_methods[] = {
	DAY_METHODS, ZONE_METHODS,
	{ "astimezone", do_astimezone, "tz?" },
	{ "date", do_part, "/" },
	{ "replace", do_replace, "year? month? day? hour? minute? second? "
	    "microsecond? tzinfo? * fold?" },
	{ "time", do_part, "/" },
	{ "timestamp", do_timestamp, "/" },
	{ "timetz", do_part, "/" },
	{ NULL }
};

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
