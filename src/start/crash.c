/*
 * pydbg --dump-on-crash: an engine without a debugger.
 *
 * Called by start.c where there is no channel.  The launcher has executed the
 * Python in its own place, so there is nobody to be asked: which engine to
 * load follows from the Python's own version.  Without one the process ends
 * with a line, before the program has begun.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "start/start.h"
#include "wire/crash.h"

bool
pd_start_crash_wanted(int argc, char **argv)
{
	const char *sum = getenv(PD_CRASH_ENV);
	char *end;

	if (sum == NULL || getenv(PD_CRASH_ENGINES_ENV) == NULL ||
	    getenv(PD_CRASH_DIR_ENV) == NULL ||
	    dlsym(RTLD_DEFAULT, "Py_GetVersion") == NULL)
		return false;
	return strtoull(sum, &end, 16) == pd_crash_args(argc, argv) &&
	    *end == '\0';
}

static __attribute__((noreturn)) void
refuse(const char *why, const char *what)
{
	struct pd_str line = pd_strf("pydbg: %s%s\n", why, what);

	if (write(STDERR_FILENO, line.s, line.n) < 0)
		_exit(2);
	_exit(2);
}

void
pd_start_crash_fill(struct pd_start_doors *doors)
{
	const unsigned long *hex = dlsym(RTLD_DEFAULT, "Py_Version");
	const char *dir = getenv(PD_CRASH_ENGINES_ENV);
	const char *(*version)(void);
	void *p = dlsym(RTLD_DEFAULT, "Py_GetVersion");

	memcpy(&version, &p, sizeof(p));
	if (hex == NULL || *hex < 0x030b0000)
		refuse("cores need Python 3.11 or later, this is ", version());
	if (strstr(version(), "free-threading") != NULL)
		refuse("there are no cores of a free-threaded Python", "");
	doors->engine = pd_strf("%s/pydbg-engine-3.%u.so", dir,
	    (unsigned)(*hex >> 16 & 0xff)).s;
	if (access(doors->engine, R_OK) == -1)
		refuse("there is no engine for this Python: ", doors->engine);
	doors->crash_dir = pd_str_from(getenv(PD_CRASH_DIR_ENV)).s;
	doors->log = pd_str_from(getenv("PYDBG_LOG")).s;
	doors->abort_on_bug = getenv("PYDBG_ABORT_ON_BUG") != NULL;
	doors->words_fd = -1;
}
