/*
 * pydbg --dump-on-crash: what the launcher leaves in the environment for
 * pydbg-start.so, which then loads an engine that talks to nobody.
 *
 * There is no channel and no debugger: the launcher has become the program.
 * The start takes the variables away again before the program runs.
 */
#ifndef PD_WIRE_CRASH_H
#define PD_WIRE_CRASH_H

#include <stdint.h>

/* The sum of the arguments that are meant, as below, in hexadecimal. */
#define PD_CRASH_ENV		"PYDBG_CRASH_ARGS"
/* Directory of the engines; directory for cores, "" for the program's own. */
#define PD_CRASH_ENGINES_ENV	"PYDBG_CRASH_ENGINES"
#define PD_CRASH_DIR_ENV	"PYDBG_CRASH_DIR"

/* Tells the Python that was meant from others on the way to it (a launcher
 * written in Python).  FNV-1a of all arguments but the first, and the NUL
 * behind each. */
static inline uint64_t
pd_crash_args(int argc, char *const *argv)
{
	uint64_t h = 14695981039346656037u;

	for (int i = 1; i < argc; i++)
		for (const char *p = argv[i];; p++) {
			h = (h ^ (unsigned char)*p) * 1099511628211u;
			if (*p == '\0')
				break;
		}
	return h;
}

#endif
