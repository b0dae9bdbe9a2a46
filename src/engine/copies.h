/*
 * Which copy with traps stands for which code object: for swap.c.
 */
#ifndef PD_ENGINE_COPIES_H
#define PD_ENGINE_COPIES_H

#include "engine/engine.h"

struct pd_entry {
	PyObject	*orig;		/* owned */
	PyObject	*now;		/* borrowed from copies, or NULL */
	struct pd_vec	 copies;	/* PyObject *, owned: with traps */
	unsigned long	 generation;	/* of the breakpoints it fits */
	unsigned long	 walked;	/* ... its constants fit */
};

/* Of a code object or a copy; NULL: not met yet.  Valid until a sweep. */
struct pd_entry	*pd_copies_find(PyObject *code);
/* Borrowed: the original of a code object, or itself. */
PyObject	*pd_copies_original(PyObject *code);
/* Borrowed: what a code object, given by its original, is to be now, with calls
 * of trap where breakpoints are.  NULL: an exception. */
PyObject	*pd_copies_wanted(PyObject *orig, PyObject *trap);
/* Lets go, now and then, what nobody else has any more. */
void		 pd_copies_sweep(void);

#endif
