/*
 * The environment, as the program is to see it.
 *
 * Edited in place, in the strings that the kernel put there: nothing is
 * allocated, nothing changes its address, the order of what remains is kept.
 * Called by start.c alone, before the program's main() runs.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "start/start.h"
#include "wire/crash.h"
#include "wire/proto.h"

#define PRELOAD	"LD_PRELOAD"

static int
decimal_fd(const char *s)
{
	char *end;
	long n;

	if (s == NULL || *s < '0' || *s > '9')
		return -1;
	n = strtol(s, &end, 10);
	if (*end != '\0' || n > 1 << 30)
		return -1;
	return (int)n;
}

int
pd_start_env_fd(const char *name)
{
	return decimal_fd(getenv(name));
}

int
pd_start_self_fd(const char *self)
{
	static const char dir[] = "/proc/self/fd/";

	if (self == NULL || strncmp(self, dir, sizeof(dir) - 1) != 0)
		return -1;
	return decimal_fd(self + sizeof(dir) - 1);
}

static void
env_drop(const char *name)
{
	size_t n = strlen(name);
	char **to = environ;

	if (environ == NULL)
		return;
	for (char **e = environ; *e != NULL; e++)
		if (strncmp(*e, name, n) != 0 || (*e)[n] != '=')
			*to++ = *e;
	*to = NULL;
}

/* ld.so takes blanks as well as colons between the entries. */
static bool
is_sep(char c)
{
	return c == ':' || c == ' ';
}

/* Takes one entry and a separator beside it out of a list. */
static bool
list_drop(char *list, const char *entry)
{
	size_t n = strlen(entry), rest;
	char *p = list;

	while ((p = strstr(p, entry)) != NULL) {
		if ((p == list || is_sep(p[-1])) &&
		    (p[n] == '\0' || is_sep(p[n])))
			break;
		p += n;
	}
	if (p == NULL)
		return false;
	if (p[n] != '\0')
		n++;
	else if (p != list) {
		p--;
		n++;
	}
	rest = strlen(p + n) + 1;
	memmove(p, p + n, rest);
	return true;
}

void
pd_start_env_clean(const char *self)
{
	char *list = getenv(PRELOAD);

	env_drop(PD_WIRE_ENV);
	env_drop(PD_WORDS_ENV);
	env_drop(PD_CRASH_ENV);
	env_drop(PD_CRASH_ENGINES_ENV);
	env_drop(PD_CRASH_DIR_ENV);
	if (list == NULL || self == NULL)
		return;
	/* The front writes "self:" where the user had it set and empty. */
	if (strcmp(list, self) == 0)
		env_drop(PRELOAD);
	else
		list_drop(list, self);
}
