/*
 * base/err: the texts of errors, and what happens to our own bugs.
 *
 * For every room.  Writes to stderr only on the way to an abort() that was
 * asked for.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

static bool abort_on_bug;

int
pd_err_set(struct pd_err *err, const char *fmt, ...)
{
	char text[sizeof(err->msg)];
	va_list ap;

	if (err == NULL)
		return -1;
	/* Not straight into msg: it may be among the arguments. */
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	memcpy(err->msg, text, strlen(text) + 1);
	return -1;
}

void
pd_bug_abort(bool on)
{
	abort_on_bug = on;
}

void
pd_bug(const char *file, int line, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	pd_log("bug", "%s:%d: %s", file, line, text);
	if (abort_on_bug || getenv("PYDBG_ABORT_ON_BUG") != NULL) {
		fprintf(stderr, "pydbg: bug at %s:%d: %s\n", file, line, text);
		abort();
	}
}
