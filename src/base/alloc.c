/*
 * base/alloc: memory that is there or the process is not.
 *
 * For every room of both processes.  Keeps no state but the hook.  Must not
 * allocate on the way out: it is called when there is nothing left.
 */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pd_oom_fn oom;

void
pd_oom_set(pd_oom_fn fn)
{
	oom = fn;
}

/* Writes a number's decimal digits in front of end; returns where it begins. */
static char *
digits(char *end, size_t n)
{
	do {
		*--end = (char)('0' + n % 10);
		n /= 10;
	} while (n != 0);
	return end;
}

static void
last_words(size_t wanted)
{
	char line[64] = "pydbg: out of memory (bytes wanted: ";
	char num[24];
	char *end = num + sizeof(num);
	char *p = digits(end, wanted);
	size_t n = strlen(line);

	memcpy(line + n, p, (size_t)(end - p));
	n += (size_t)(end - p);
	memcpy(line + n, ")\n", 2);
	n += 2;
	/* There is nothing to be done if this fails, too. */
	if (write(STDERR_FILENO, line, n) < 0)
		return;
}

/* Returns if the call is worth repeating, else never. */
static void
no_memory(size_t wanted)
{
	if (oom != NULL && oom(wanted))
		return;
	last_words(wanted);
	/* No exit(): the program's atexit handlers must not run here; and an
	 * exit status would pass for one that the program chose. */
	abort();
}

void *
pd_xmalloc(size_t n)
{
	void *p;

	if (n == 0)
		n = 1;
	while ((p = malloc(n)) == NULL)
		no_memory(n);
	return p;
}

void *
pd_xcalloc(size_t n, size_t size)
{
	void *p;

	if (n == 0 || size == 0)
		n = size = 1;
	while ((p = calloc(n, size)) == NULL)
		no_memory(size > (size_t)-1 / n ? (size_t)-1 : n * size);
	return p;
}

void *
pd_xrealloc(void *old, size_t n)
{
	void *p;

	if (n == 0)
		n = 1;
	while ((p = realloc(old, n)) == NULL)
		no_memory(n);
	return p;
}

char *
pd_xstrdup(const char *s)
{
	return pd_xmemdup(s, strlen(s));
}

char *
pd_xmemdup(const void *p, size_t n)
{
	char *s = pd_xmalloc(n + 1);

	if (n > 0)
		memcpy(s, p, n);
	s[n] = '\0';
	return s;
}
