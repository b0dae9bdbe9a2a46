/*
 * Writing a core file of the present state (man/pydbg-core.5).
 *
 * For the engine's requests (gcore.c), for what ends by an exception that
 * nobody catches (crashdump.c), and for the extension module (src/module).
 * The walk runs none of the program's code: no repr, no attribute look-up, no
 * iteration, no comparison, no import; it makes no Python object that the
 * collector knows, and changes none.  The GIL is held all the time.
 */
#ifndef PD_ENGINE_DUMP_H
#define PD_ENGINE_DUMP_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/err.h"
#include "base/str.h"
#include "model/coredump.h"
#include "model/dumpreq.h"

/* What is to be written; all borrowed, everything may be 0 or NULL. */
struct pd_dump {
	PyObject	*exc;		/* what was raised */
	PyThreadState	*thread;	/* the current one; NULL: that which
					   calls */
	enum pd_core_why why;
	struct pd_dump_limits limits;
	PyObject	*main_code;	/* frames outside of it are not the
					   program's */
	uint64_t	(*thread_number)(PyThreadState *);
	struct pd_str	 output;	/* the last lines that it wrote, or
					   absent */
	bool		 all;		/* also what the collector knows and
					   no frame leads to ... */
	PyObject	*but;		/* ... but for this one */
};

/* Writes to a descriptor, which stays the caller's.  The report is freed by
 * pd_rec_done(&pd_dump_report_desc); it has no file then.  -1 with err if it
 * could not be written to the end. */
int	 pd_dump_write(int fd, const struct pd_dump *,
	    struct pd_dump_report *, struct pd_err *);

/* Writes a file: to another name first, synced, renamed.  file is absolute or
 * of the working directory; NULL: SCRIPT.PID.pycore in dir (NULL or "": the
 * working directory), with a number in between where that is taken.  -1 with
 * err: "cannot write FILE: Read-only file system"; nothing is left behind. */
int	 pd_dump_file(const char *file, const char *dir,
	    const struct pd_dump *, struct pd_dump_report *, struct pd_err *);

#endif
