/*
 * strftime() of dates and times, in the C locale, which a Python program has
 * for times unless it calls locale.setlocale().
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-lib.h"

#include <locale.h>
#include <time.h>

/* Those that libc does from a struct tm, in any locale alike. */
#define PLAIN	"aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyY"

static struct tm
fields(struct pd_ev *ev, struct pd_pv *v)
{
	struct tm tm = { .tm_mday = 1, .tm_isdst = -1, .tm_wday = 0 };
	size_t i = pd_pv_is_core(v, PD_CORE_TIME) ? 0 : 3;
	int64_t ordinal = 693596;	/* 1900-01-01, a Monday */

	if (i == 3) {
		tm.tm_mon = (int)pd_date_part(ev, v, 1) - 1;
		tm.tm_mday = (int)pd_date_part(ev, v, 2);
		tm.tm_year = (int)pd_date_part(ev, v, 0) - 1900;
		ordinal = pd_date_ordinal(ev, v);
		for (int m = 0; m < tm.tm_mon; m++)
			tm.tm_yday += m == 1 ? 28 : 31 - (m == 3 || m == 5 ||
			    m == 8 || m == 10);
		tm.tm_yday += tm.tm_mday - 1;
		if (tm.tm_mon > 1 && (tm.tm_year + 1900) % 4 == 0 &&
		    ((tm.tm_year + 1900) % 100 != 0 ||
		    (tm.tm_year + 1900) % 400 == 0))
			tm.tm_yday++;
	}
	tm.tm_wday = (int)(ordinal % 7);
	if (!pd_pv_is_core(v, PD_CORE_DATE)) {
		tm.tm_hour = (int)(pd_date_part(ev, v, i) % 24);
		tm.tm_min = (int)(pd_date_part(ev, v, i + 1) % 60);
		tm.tm_sec = (int)(pd_date_part(ev, v, i + 2) % 60);
	}
	return tm;
}

static void
add_plain(struct pd_ptext *t, struct pd_ev *ev, const struct tm *tm, char c)
{
	const char format[] = { '%', c, '\0' };
	locale_t where = newlocale(LC_TIME_MASK, "C", (locale_t)0);
	char b[128];
	size_t n = 0;

	if (where != (locale_t)0) {
		n = strftime_l(b, sizeof(b), format, tm, where);
		freelocale(where);
	}
	pd_pt_add(ev, t, b, n);
}

struct pd_pv *
pd_date_strftime(struct pd_ev *ev, struct pd_pv *v, const char *s, size_t n)
{
	struct tm tm = fields(ev, v);
	struct pd_ptext t = { 0 };
	struct pd_pv *off;
	size_t last = pd_pv_is_core(v, PD_CORE_TIME) ? 3 : 6;
	bool day = pd_pv_is_core(v, PD_CORE_DATE);

	for (size_t i = 0; i < n; i++) {
		if (s[i] != '%' || i + 1 == n) {
			pd_pt_addc(ev, &t, s[i]);
			continue;
		}
		off = day || (s[i + 1] != 'z' && s[i + 1] != 'Z') ? NULL :
		    pd_date_offset(ev, v);
		if (s[++i] == '%')
			pd_pt_addc(ev, &t, '%');
		else if (s[i] == 'f')
			pd_pt_addf(ev, &t, "%06d", day ? 0 :
			    (int)pd_date_part(ev, v, last));
		else if (s[i] == 'z' && off != NULL)
			pd_date_add_offset(ev, &t, off, "");
		else if (s[i] == 'Z' && off != NULL)
			pd_ev_str(ev, &t, pd_obj_item(ev, v, last + 2));
		else if (strchr(PLAIN, s[i]) != NULL)
			add_plain(&t, ev, &tm, s[i]);
		else if (s[i] != 'z' && s[i] != 'Z')
			pd_ev_no_process(ev, "strftime");
	}
	return pd_pt_str(ev, &t);
}
