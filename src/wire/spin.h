/*
 * Waiting awake: for a moment, before a reader goes to sleep.
 *
 * At a stop the two processes answer each other within some microseconds; to
 * put one to sleep and wake it on an idle CPU costs ten times that.  So a
 * reader looks again and again first, for about as long as a wake costs
 * (which is never worse than twice the best choice).  If the answers keep
 * coming shortly after it has given up, as they do when both share one CPU
 * or the machine is busy, it goes to sleep at once, and tries again now and
 * then.  Answers that take long (a person types, the program runs) say
 * nothing about the next.
 */
#ifndef PD_WIRE_SPIN_H
#define PD_WIRE_SPIN_H

#include <stdbool.h>
#include <stdint.h>

/* Zeroed: nothing is known yet. */
struct pd_spin {
	int64_t		 began;		/* of this wait, ns; 0: not awake */
	unsigned	 losses;	/* one after the other */
	unsigned	 pass;		/* so many waits without */
};

/* A wait begins.  False: do not wait awake. */
bool	 pd_spin_begin(struct pd_spin *);
/* True while it is worth to look again. */
bool	 pd_spin_more(const struct pd_spin *);
/* The wait is over: something came, awake or after a sleep. */
void	 pd_spin_won(struct pd_spin *);
void	 pd_spin_slept(struct pd_spin *);

#endif
