/*
 * Cores of exceptions that nothing catches.
 *
 * For --dump-on-crash (crashdump.c) and the extension module's
 * install_excepthook(), which find out that there is one.
 */
#ifndef PD_ENGINE_UNCAUGHT_H
#define PD_ENGINE_UNCAUGHT_H

#include "engine/dump.h"

struct pd_uncaught {
	bool		 on;
	struct pd_str	 dir;		/* owned; "": the working directory */
	struct pd_dump_limits limits;	/* owned */
};
extern struct pd_uncaught pd_uncaught;

/*
 * Writes a core of exc (borrowed; of the present thread) and tells on stderr
 * where it is, or why there is none, in a line.  Nothing is done for
 * SystemExit and KeyboardInterrupt, and after so many cores that a disk would
 * fill.  Keeps the current exception.
 */
void	 pd_uncaught_dump(PyObject *exc);

/*
 * asyncio's loops hand what a task, a future or a callback has raised and
 * nobody looks at to call_exception_handler(); from now on a core is written
 * before that does what it did.  Nothing happens before asyncio is loaded:
 * call it again.  True if it is done.
 */
bool	 pd_uncaught_asyncio(void);
void	 pd_uncaught_asyncio_undo(void);

#endif
