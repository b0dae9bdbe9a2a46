/*
 * Names that a module takes over from others.
 */
#ifndef PD_ENGINE_REEXPORT_H
#define PD_ENGINE_REEXPORT_H

#include <stdbool.h>

/* Is the name, which may be dotted, defined in that file? */
typedef bool	(*pd_reexport_fn)(void *ctx, const char *name,
		    const char *file);

/* Asks that of each module that the file has the name from, by a statement
 * `from ... import`, and of those behind them; true: one has it. */
bool	pd_reexport_find(const char *name, const char *file, pd_reexport_fn,
	    void *ctx);

#endif
