/*
 * The monotonic clock, as a number; for both processes.
 */
#ifndef PD_BASE_CLOCK_H
#define PD_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline int64_t
pd_clock_read(clockid_t which)
{
	struct timespec ts;

	clock_gettime(which, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* Since some time in the past. */
static inline int64_t
pd_clock_ns(void)
{
	return pd_clock_read(CLOCK_MONOTONIC);
}

static inline int64_t
pd_clock_ms(void)
{
	return pd_clock_ns() / 1000000;
}

/* As pd_clock_ns(), some milliseconds late and cheaper. */
static inline int64_t
pd_clock_coarse_ns(void)
{
	return pd_clock_read(CLOCK_MONOTONIC_COARSE);
}

#endif
