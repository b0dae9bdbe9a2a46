/*
 * datetime64 and timedelta64 of numpy as text.
 *
 * For the arrays of the evaluator of cores.
 */
#include "core/eval-array.h"

#include <stdio.h>

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Year, month and day of a day since 1970, in the Gregorian calendar without
 * an end: years that begin with March, 400 of them at a time. */
static void
civil(int64_t day, int64_t *year, int *month, int *mday)
{
	int64_t d = day + 719468, era = floor_div(d, 146097), y, m;

	d -= era * 146097;
	y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
	d -= 365 * y + y / 4 - y / 100;
	m = (5 * d + 2) / 153;
	*mday = (int)(d - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = y + era * 400 + (*month <= 2);
}

/* Units by their names: in a day, and digits of a second's fraction. */
static const struct {
	const char	*name;
	int64_t		 per_day;
	int		 digits;
} units[] = {
	{ "h", 24, 0 }, { "m", 1440, 0 }, { "s", 86400, 0 },
	{ "ms", INT64_C(86400000), 3 }, { "us", INT64_C(86400000000), 6 },
	{ "ns", INT64_C(86400000000000), 9 },
	{ "ps", INT64_C(86400000000000000), 12 },
};

static void
add_clock(struct pd_ev *ev, struct pd_ptext *t, size_t u, int64_t in_day)
{
	int64_t s = units[u].per_day / 86400, sec;

	if (u < 2) {
		sec = in_day * (u == 0 ? 3600 : 60);
		s = 1;
	} else {
		sec = in_day / s;
	}
	pd_pt_addf(ev, t, "T%02d", (int)(sec / 3600));
	if (u >= 1)
		pd_pt_addf(ev, t, ":%02d", (int)(sec / 60 % 60));
	if (u >= 2)
		pd_pt_addf(ev, t, ":%02d", (int)(sec % 60));
	if (units[u].digits > 0)
		pd_pt_addf(ev, t, ".%0*lld", units[u].digits,
		    (long long)(in_day % s));
}

static void
add_day(struct pd_ev *ev, struct pd_ptext *t, int64_t day)
{
	int64_t year;
	int month, mday;

	civil(day, &year, &month, &mday);
	pd_pt_addf(ev, t, "%04lld-%02d-%02d", (long long)year, month, mday);
}

void
pd_nd_time(struct pd_ev *ev, struct pd_ptext *t,
    const struct pd_nd_type *type, const char *p)
{
	int64_t v = pd_nd_int(p, type->size, type->big, true), scaled, day;
	char unit[16];
	int count = 1, at = 0;

	if (v == INT64_MIN) {
		pd_pt_adds(ev, t, "NaT");
		return;
	}
	snprintf(unit, sizeof(unit), "%.*s", (int)type->nunit, type->unit !=
	    NULL ? type->unit : "");
	sscanf(unit, "%d%n", &count, &at);
	if (strcmp(unit + at, "W") == 0 && count < 1000000)
		count *= 7;
	if (type->kind == 'm' || __builtin_mul_overflow(v, count, &scaled) ||
	    scaled > INT64_MAX - 719468) {
		pd_pt_addf(ev, t, "%lld", (long long)v);
		return;
	}
	v = scaled;
	if (strcmp(unit + at, "Y") == 0)
		pd_pt_addf(ev, t, "%04lld", (long long)v + 1970);
	else if (strcmp(unit + at, "M") == 0)
		pd_pt_addf(ev, t, "%04lld-%02d", 1970 +
		    (long long)floor_div(v, 12), (int)(v -
		    floor_div(v, 12) * 12) + 1);
	else if (strcmp(unit + at, "W") == 0 || strcmp(unit + at, "D") == 0)
		add_day(ev, t, v);
	for (size_t u = 0; u < sizeof(units) / sizeof(*units); u++) {
		if (strcmp(unit + at, units[u].name) != 0)
			continue;
		day = floor_div(v, units[u].per_day);
		add_day(ev, t, day);
		add_clock(ev, t, u, v - day * units[u].per_day);
	}
}
