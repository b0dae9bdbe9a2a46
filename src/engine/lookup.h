/*
 * Looking up files for locations, as pdb does.
 */
#ifndef PD_ENGINE_LOOKUP_H
#define PD_ENGINE_LOOKUP_H

#include <stdbool.h>

#include "base/str.h"

/* pdb's lookupmodule(), canonical; then a file in the working directory, then
 * what pd_lookup_import() finds; absent if there is no such file. */
struct pd_str	 pd_lookup_module(const char *name);
/* The file that import would read for a module or package, canonical; along
 * sys.path, then in the working directory; absent if there is none. */
struct pd_str	 pd_lookup_import(const char *name);
/* pdb's defaultFile() for a frame's canonical file (which may be absent). */
struct pd_str	 pd_lookup_default(const struct pd_str *frame_file);
/* The globals of the module in sys.modules that comes from that canonical
 * file; borrowed, NULL: there is none. */
PyObject	*pd_lookup_globals(const char *file);
/* True if some module in sys.modules comes from that canonical file. */
bool	 pd_lookup_loaded(const char *file);
/* pdb's way to take an identifier out of quotes; owned, NULL if there is
 * none. */
char	*pd_lookup_identifier(const char *spec);
/* Does the line match (async\s+)?def\s+NAME\s*[(] at its start?  pdb does not
 * find what is async. */
bool	 pd_lookup_is_def(const char *line, const char *end,
	    const char *name);

#endif
