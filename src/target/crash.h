/*
 * Running a program without a debugger, for the core that it may leave.
 */
#ifndef PD_TARGET_CRASH_H
#define PD_TARGET_CRASH_H

#include "target/target.h"

/*
 * Executes launch->python (argv, start_so and engine_dir are used) in place
 * of this process; what nothing catches there is written to a core in dir,
 * an absolute name, or "" for the directory that the program is then in.
 * Comes back only with -1 and err.
 */
int	 pd_crash_exec(const struct pd_launch *, const char *dir,
	    struct pd_err *);

#endif
