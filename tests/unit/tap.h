/*
 * TAP for the unit tests: a program checks, counts, and ends with
 * "return tap_done();".  A check that fails says what it got.
 */
#ifndef PD_TESTS_TAP_H
#define PD_TESTS_TAP_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static unsigned tap_count, tap_failed;

static inline bool tap_ok(bool, const char *, ...)
    __attribute__((format(printf, 2, 3)));
static inline void tap_note(const char *, ...)
    __attribute__((format(printf, 1, 2)));

/* One check with its name; gives the outcome back. */
static inline bool
tap_ok(bool good, const char *fmt, ...)
{
	va_list ap;

	tap_failed += !good;
	printf("%sok %u - ", good ? "" : "not ", ++tap_count);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
	return good;
}

/* A line of diagnosis; bytes that would break the line are escaped. */
static inline void
tap_note(const char *fmt, ...)
{
	char text[4096];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	printf("# ");
	for (const char *p = text; *p != '\0'; p++)
		if (*p == '\n')
			printf("\\n");
		else
			putchar(*p);
	putchar('\n');
	fflush(stdout);
}

static inline bool
tap_is_int(intmax_t got, intmax_t want, const char *name)
{
	if (!tap_ok(got == want, "%s", name)) {
		tap_note("got  %" PRIdMAX, got);
		tap_note("want %" PRIdMAX, want);
	}
	return got == want;
}

/* NULL is equal to NULL alone. */
static inline bool
tap_is_str(const char *got, const char *want, const char *name)
{
	bool same = got == NULL || want == NULL ? got == want :
	    strcmp(got, want) == 0;

	if (!tap_ok(same, "%s", name)) {
		tap_note("got  %s", got != NULL ? got : "NULL");
		tap_note("want %s", want != NULL ? want : "NULL");
	}
	return same;
}

static inline bool
tap_is_bytes(const void *got, size_t n, const void *want, size_t m,
    const char *name)
{
	bool same = n == m && (n == 0 || memcmp(got, want, n) == 0);

	if (!tap_ok(same, "%s", name))
		tap_note("got %zu bytes, want %zu, or they differ", n, m);
	return same;
}

static inline void
tap_skip(const char *name, const char *why)
{
	printf("ok %u - %s # SKIP %s\n", ++tap_count, name, why);
}

static inline int
tap_done(void)
{
	printf("1..%u\n", tap_count);
	return tap_failed != 0;
}

#endif
