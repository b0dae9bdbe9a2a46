/*
 * The methods of dates, times and datetimes, for the evaluator of cores.
 */
#include "core/eval-lib.h"

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
	pd_ev_str(ev, &t, pd_date_zone(ev, c->self));
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
do_timestamp(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *off = pd_date_offset(ev, c->self), *us;

	/* Local time is that of a machine. */
	if (off == NULL)
		pd_ev_no_process(ev, "timestamp");
	us = pd_int_op(ev, PD_OP_SUB, pd_pv_int(ev, pd_date_moment(ev,
	    c->self) - INT64_C(719163) * PD_DAY_US), pd_delta_us(ev, off));
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
	    !pd_is_delta(pd_obj_item(ev, zone, 0)))
		pd_ev_no_process(ev, "astimezone");
	pd_int_fits(pd_delta_us(ev, off), &us);
	pd_int_fits(pd_delta_us(ev, pd_obj_item(ev, zone, 0)), &to);
	r = pd_date_at(ev, c->self, pd_date_moment(ev, c->self) - us + to);
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
		int64_t last = m == 2 ? pd_is_leap(y) ? 29 : 28 :
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
