/*
 * Is this executable one that pydbg-start.so can take over?
 *
 * Looked at before it is run, so that a mistake is told in a line instead of a
 * program that runs without the debugger.
 */
#ifndef PD_TARGET_ELF_H
#define PD_TARGET_ELF_H

#include "base/err.h"

/*
 * 0 for a script (#!) and for a Python: an ELF program for this machine that is
 * linked dynamically and defines Python's main or needs a libpython.  -1 with
 * err for everything else: set-user-id or with file capabilities (the loader
 * then ignores LD_PRELOAD), fully static, no Python; "cannot run ..." if it
 * is not there or not executable.  The file may hold anything.
 */
int	 pd_elf_check(const char *path, struct pd_err *);

#endif
