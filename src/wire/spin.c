/*
 * wire/spin: how long a reader of the channel waits awake.
 *
 * For chan.c alone.  Reads the clock, nothing else.
 */
#include "wire/spin.h"

#include "base/clock.h"

#define AWAKE_NS	50000		/* about two wakes of an idle CPU */
#define SOON_NS		1000000		/* a loss: it came so soon after all */
#define LOSSES		3		/* without a win: less often */
#define PASS_MAX	6		/* 2 ** this many waits */

bool
pd_spin_begin(struct pd_spin *s)
{
	s->began = 0;
	if (s->pass > 0) {
		s->pass--;
		return false;
	}
	s->began = pd_clock_ns();
	return true;
}

bool
pd_spin_more(const struct pd_spin *s)
{
	return pd_clock_ns() - s->began < AWAKE_NS;
}

void
pd_spin_won(struct pd_spin *s)
{
	s->losses = 0;
}

void
pd_spin_slept(struct pd_spin *s)
{
	unsigned beyond;

	if (s->began == 0 || pd_clock_ns() - s->began > SOON_NS)
		return;
	if (++s->losses < LOSSES)
		return;
	beyond = s->losses - LOSSES;
	s->pass = 1u << (beyond < PASS_MAX ? beyond : PASS_MAX);
}
