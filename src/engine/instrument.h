/*
 * Code objects with traps in them (3.11, which has no sys.monitoring).
 */
#ifndef PD_ENGINE_INSTRUMENT_H
#define PD_ENGINE_INSTRUMENT_H

#include "engine/engine.h"

/*
 * New reference: the code object with a call of trap (a callable without
 * arguments) before each line of lines, where a line event would come; the
 * value is dropped.  The code itself if it has no such line.  NULL with an
 * exception if that cannot be done.
 * Everything else stays: line and column tables, exception table, jumps.
 * Format: Objects/locations.md, exception_handling_notes.txt and
 * Python/compile.c of 3.11.
 */
PyObject	*pd_instrument(PyCodeObject *, const int *lines, size_t n,
		    PyObject *trap);
#endif
