/*
 * Dates and times: their text and parts.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-array.h"
#include "core/eval-lib.h"

#include <stdio.h>

#include "base/str.h"
#include "core/utf.h"

int64_t
pd_date_part(struct pd_ev *ev, struct pd_pv *v, size_t i)
{
	int64_t n;

	if (!pd_int_fits(pd_obj_item(ev, v, i), &n))
		pd_ev_cut(ev);
	return n;
}

#define part	pd_date_part

static const char *const date_parts[] = { "year", "month", "day", "hour",
    "minute", "second", "microsecond", "fold", "tzinfo" };

size_t
pd_date_parts(const struct pd_pv *v, size_t *first)
{
	*first = v->st->obj.kind == PD_CORE_TIME ? 3 : 0;
	return v->st->obj.kind == PD_CORE_DATE ? 3 :
	    v->st->obj.kind == PD_CORE_TIME ? 6 : 9;
}

/* datetime.datetime(2024, 1, 2, 3, 4), without zeros at the end. */
void
pd_repr_date(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	size_t first, n = pd_date_parts(v, &first), last;

	pd_type_full(ev, v->st->type, t);
	pd_pt_addc(ev, t, '(');
	last = v->st->obj.kind == PD_CORE_DATE ? 3 : n - 2;
	if (v->st->obj.kind != PD_CORE_DATE && part(ev, v, last - 1) == 0 &&
	    part(ev, v, --last - 1) == 0)
		last--;
	for (size_t i = 0; i < last; i++)
		pd_pt_addf(ev, t, "%s%lld", i > 0 ? ", " : "",
		    (long long)part(ev, v, i));
	if (n > 3 && part(ev, v, n - 2) != 0)
		pd_pt_adds(ev, t, ", fold=1");
	if (n > 3 && pd_obj_item(ev, v, n - 1)->kind != PD_K_NONE) {
		pd_pt_adds(ev, t, ", tzinfo=");
		pd_ev_repr(ev, t, pd_obj_item(ev, v, n - 1));
	}
	pd_pt_addc(ev, t, ')');
}

void
pd_repr_delta(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	static const char *const names[] = { "days", "seconds",
	    "microseconds" };
	bool any = false;

	pd_type_full(ev, v->st->type, t);
	pd_pt_addc(ev, t, '(');
	for (size_t i = 0; i < 3; i++)
		if (part(ev, v, i) != 0) {
			pd_pt_addf(ev, t, "%s%s=%lld", any ? ", " : "",
			    names[i], (long long)part(ev, v, i));
			any = true;
		}
	pd_pt_adds(ev, t, any ? ")" : "0)");
}

static bool
is_zero(struct pd_ev *ev, struct pd_pv *delta)
{
	return pd_pv_is_core(delta, PD_CORE_TIMEDELTA) &&
	    part(ev, delta, 0) == 0 && part(ev, delta, 1) == 0 &&
	    part(ev, delta, 2) == 0;
}

void
pd_repr_zone(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *offset = pd_obj_item(ev, v, 0);
	struct pd_pv *name = pd_obj_item(ev, v, 1);

	pd_type_full(ev, v->st->type, t);
	if (is_zero(ev, offset) && name->kind == PD_K_NONE) {
		pd_pt_adds(ev, t, ".utc");
		return;
	}
	pd_pt_addc(ev, t, '(');
	pd_ev_repr(ev, t, offset);
	if (name->kind != PD_K_NONE) {
		pd_pt_adds(ev, t, ", ");
		pd_ev_repr(ev, t, name);
	}
	pd_pt_addc(ev, t, ')');
}

/* ---- str() --------------------------------------------------------------- */

void
pd_date_add_offset(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *delta,
    const char *sep)
{
	int64_t s, us;

	if (!pd_pv_is_core(delta, PD_CORE_TIMEDELTA))
		pd_ev_cut(ev);
	s = part(ev, delta, 0) % 100 * 86400 + part(ev, delta, 1) % 86400;
	us = part(ev, delta, 2) % 1000000;
	pd_pt_addc(ev, t, s < 0 ? '-' : '+');
	if (s < 0) {
		s = -s - (us != 0);
		us = us != 0 ? 1000000 - us : 0;
	}
	pd_pt_addf(ev, t, "%02d%s%02d", (int)(s / 3600), sep,
	    (int)(s / 60 % 60));
	if (s % 60 != 0 || us != 0)
		pd_pt_addf(ev, t, "%s%02d", sep, (int)(s % 60));
	if (us != 0)
		pd_pt_addf(ev, t, ".%06d", (int)us);
}

static void
str_delta(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	int64_t days = part(ev, v, 0), s = part(ev, v, 1);
	int64_t us = part(ev, v, 2);

	if (days != 0)
		pd_pt_addf(ev, t, "%lld day%s, ", (long long)days,
		    days == 1 || days == -1 ? "" : "s");
	pd_pt_addf(ev, t, "%lld:%02lld:%02lld", (long long)(s / 3600),
	    (long long)(s / 60 % 60), (long long)(s % 60));
	if (us != 0)
		pd_pt_addf(ev, t, ".%06lld", (long long)us);
}

enum { AUTO, HOURS, MINUTES, SECONDS, MILLISECONDS, MICROSECONDS };

/* The time, whose parts begin at i, as far as spec says. */
static void
iso_time(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, size_t i,
    int spec)
{
	long long us = part(ev, v, i + 3);

	pd_pt_addf(ev, t, "%02lld", (long long)part(ev, v, i));
	for (size_t k = 1; k < 3; k++)
		if (spec == AUTO || spec > (int)k)
			pd_pt_addf(ev, t, ":%02lld",
			    (long long)part(ev, v, i + k));
	if (spec == MICROSECONDS || (spec == AUTO && us != 0))
		pd_pt_addf(ev, t, ".%06lld", us);
	else if (spec == MILLISECONDS)
		pd_pt_addf(ev, t, ".%03lld", us / 1000);
}

/* What str() and isoformat() give. */
static void
iso(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, const char *sep,
    int spec)
{
	size_t first, n = pd_date_parts(v, &first), i = 0;
	struct pd_pv *zone;

	if (first == 0) {
		pd_pt_addf(ev, t, "%04lld-%02lld-%02lld",
		    (long long)part(ev, v, 0), (long long)part(ev, v, 1),
		    (long long)part(ev, v, 2));
		i = 3;
	}
	if (n == 3)
		return;
	if (first == 0)
		pd_pt_adds(ev, t, sep);
	iso_time(ev, t, v, i, spec);
	zone = pd_obj_item(ev, v, n - 1);
	if (zone->kind == PD_K_NONE)
		return;
	if (!pd_pv_is_core(zone, PD_CORE_TIMEZONE))
		pd_ev_no_process(ev, "utcoffset");
	pd_date_add_offset(ev, t, pd_obj_item(ev, zone, 0), ":");
}

bool
pd_str_date(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *name;

	switch (v->st->obj.kind) {
	case PD_CORE_TIMEDELTA:
		str_delta(ev, t, v);
		break;
	case PD_CORE_TIMEZONE:
		name = pd_obj_item(ev, v, 1);
		if (name->kind == PD_K_STR) {
			pd_ev_str(ev, t, name);
			break;
		}
		pd_pt_adds(ev, t, "UTC");
		if (!is_zero(ev, pd_obj_item(ev, v, 0)))
			pd_date_add_offset(ev, t, pd_obj_item(ev, v, 0), ":");
		break;
	default:
		iso(ev, t, v, " ", AUTO);
		break;
	}
	return true;
}

/* ---- attributes ---------------------------------------------------------- */

static struct pd_pv *
do_isoformat(struct pd_ev *ev, struct pd_pcall *c)
{
	static const char *const specs[] = { "auto", "hours", "minutes",
	    "seconds", "milliseconds", "microseconds" };
	bool timed = *c->fn->params == 't';
	struct pd_pv *sep = timed ? NULL : c->p[0];
	struct pd_pv *spec = c->p[timed ? 0 : 1];
	struct pd_ptext t = { 0 };
	int i = 0;

	if ((sep != NULL && (sep->kind != PD_K_STR ||
	    pd_utf_count(sep->s.p, sep->s.n) != 1)) ||
	    (spec != NULL && spec->kind != PD_K_STR))
		pd_ev_no_process(ev, "isoformat");
	while (spec != NULL && i <= MICROSECONDS &&
	    strcmp(pd_pv_str_c(ev, spec), specs[i]) != 0)
		i++;
	if (i > MICROSECONDS)
		pd_ev_raise(ev, "ValueError", "Unknown timespec value");
	iso(ev, &t, c->self, sep != NULL ? pd_pv_str_c(ev, sep) : "T", i);
	return pd_pt_str(ev, &t);
}

struct pd_pv *
pd_date_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const struct pd_pfunc text[][2] = {
		{ { "isoformat", do_isoformat, "sep? timespec?" } },
		{ { "isoformat", do_isoformat, "timespec?" } },
		{ { "isoformat", do_isoformat, "/" } },
	};
	size_t first, n = pd_date_parts(v, &first);
	struct pd_pv *method;

	for (size_t i = 0; i < n; i++)
		if (strcmp(date_parts[first + i], name) == 0)
			return pd_obj_item(ev, v, i);
	method = pd_lib_method(ev, v, text[n == 3 ? 2 : first == 3],
	    name);
	return method != NULL ? method : pd_lib_method(ev, v, n == 3 ?
	    pd_date_methods : first == 3 ? pd_time_methods :
	    pd_datetime_methods, name);
}

struct pd_pv *
pd_known_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	const struct pd_plib *lib = pd_lib_of(v);

	if (pd_nd_is(v))
		return pd_nd_attr(ev, v, name);
	return lib != NULL && lib->attr != NULL ? lib->attr(ev, v, name) :
	    NULL;
}
