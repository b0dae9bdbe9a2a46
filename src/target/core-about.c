/*
 * target/core-about: what a core is: when, where, of what, and what is missing.
 *
 * For core.c's first stop and for `core info`.
 */
#include <string.h>

#include "target/core-room.h"

/* ---- where it is --------------------------------------------------------- */

struct pd_str
pd_target_core_when(const struct pd_core_head *h)
{
	/* libc's functions for dates open the file of the local time zone.
	 * Days count from March 1st of the year 0 here, so that a leap day is
	 * the last of its year; 400 years have 146097 days. */
	uint64_t s = h->time / 1000000000, day = s / 86400 + 719468;
	uint64_t era = day / 146097, of = day % 146097;
	uint64_t year = (of - of / 1460 + of / 36524 - of / 146096) / 365;
	uint64_t left = of - (365 * year + year / 4 - year / 100);
	uint64_t month = (5 * left + 2) / 153;

	if (h->time == 0)
		return (struct pd_str){ 0 };
	year += 400 * era + (month >= 10);
	return pd_strf("%04u-%02u-%02u %02u:%02u:%02u UTC", (unsigned)year,
	    (unsigned)(month < 10 ? month + 3 : month - 9),
	    (unsigned)(left - (153 * month + 2) / 5 + 1),
	    (unsigned)(s / 3600 % 24), (unsigned)(s / 60 % 60),
	    (unsigned)(s % 60));
}

/* What the user has to know of a file that is not whole. */
static void
add_holes(struct pd_coretarget *c, struct pd_buf *b)
{
	static const char *const budgets[] = {
		[PD_CORE_CUT_BYTES] = "bytes", [PD_CORE_CUT_OBJECTS] =
		"objects", [PD_CORE_CUT_SECONDS] = "seconds",
		[PD_CORE_CUT_DEPTH] = "depth"
	};
	const struct pd_core_end *end = pd_core_store_end(c->store);
	uint64_t cut = end != NULL ? end->cut : 0;

	if (pd_core_store_cut(c->store))
		pd_buf_adds(b, "\nThe file is cut off: what stood behind is "
		    "not in it.");
	else if (end == NULL)
		pd_buf_adds(b, "\nIts writer did not come to an end.");
	if (pd_core_store_damaged(c->store) > 0)
		pd_buf_addf(b, "\nThe file is damaged: %llu of its blocks "
		    "cannot be read.", (unsigned long long)
		    pd_core_store_damaged(c->store));
	if (cut > 0 && cut < sizeof(budgets) / sizeof(budgets[0]))
		pd_buf_addf(b, "\nNot everything is in it: the limit of %s "
		    "was reached.", budgets[cut]);
}

static void
add_exception(struct pd_coretarget *c, struct pd_buf *b)
{
	const struct pd_core_head *h = pd_core_store_head(c->store);
	struct pd_core_exc x = { 0 };
	struct pd_str text;

	if (c->exc == 0 || pd_core_store_rec(c->store, PD_CORE_T_EXC, c->exc,
	    &pd_core_exc_desc, &x, NULL) == -1)
		return;
	text = pd_core_raised(c);
	pd_buf_adds(b, h->why == PD_CORE_WHY_UNCAUGHT ?
	    "\nUncaught exception: " : "\nException: ");
	pd_buf_add(b, pd_str_c(&text), text.n);
	PD_VEC_EACH(&x.notes, struct pd_str, note) {
		pd_buf_addc(b, '\n');
		pd_buf_add(b, pd_str_c(note), note->n);
	}
	pd_str_done(&text);
	pd_rec_done(&pd_core_exc_desc, &x);
}

struct pd_str
pd_core_announcement(struct pd_coretarget *c)
{
	const struct pd_core_head *h = pd_core_store_head(c->store);
	struct pd_str when = pd_target_core_when(h);
	struct pd_buf b = { 0 };

	pd_buf_addf(&b, "Core of %s", h->script.n > 0 ? h->script.s :
	    "a Python program");
	if (when.s != NULL)
		pd_buf_addf(&b, ", written %s", when.s);
	if (h->version.n > 0)
		pd_buf_addf(&b, " by Python %s", h->version.s);
	if (h->host.n > 0)
		pd_buf_addf(&b, " on %s", h->host.s);
	pd_str_done(&when);
	add_exception(c, &b);
	add_holes(c, &b);
	return pd_buf_take(&b);
}

bool
pd_target_core_about(struct pd_target *t, struct pd_core_about *a)
{
	struct pd_coretarget *c = pd_core_of(t);

	if ((t->caps & PD_CAP_CORE) == 0)
		return false;
	*a = (struct pd_core_about){
		.file = pd_str_c(&c->file),
		.size = pd_core_store_size(c->store),
		.head = pd_core_store_head(c->store),
		.end = pd_core_store_end(c->store),
		.cut = pd_core_store_cut(c->store),
		.damaged = pd_core_store_damaged(c->store),
		.objects = pd_core_store_count(c->store, PD_CORE_T_OBJECT),
		.frames = pd_core_store_count(c->store, PD_CORE_T_FRAME),
		.threads = pd_core_store_count(c->store, PD_CORE_T_THREAD),
		.modules = pd_core_store_count(c->store, PD_CORE_T_MODULE),
		.sources = pd_core_store_count(c->store, PD_CORE_T_SOURCE)
	};
	return true;
}

int
pd_target_core_exc(struct pd_target *t, struct pd_core_exc *x)
{
	memset(x, 0, sizeof(*x));
	return pd_core_store_rec(pd_core_of(t)->store, PD_CORE_T_EXC, 1,
	    &pd_core_exc_desc, x, NULL);
}

int
pd_target_core_module(struct pd_target *t, uint64_t n,
    struct pd_core_module *m)
{
	memset(m, 0, sizeof(*m));
	return pd_core_store_rec(pd_core_of(t)->store, PD_CORE_T_MODULE, n,
	    &pd_core_module_desc, m, NULL);
}
