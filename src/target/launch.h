/*
 * Starting the process: what live.c gets from launch.c.
 */
#ifndef PD_TARGET_LAUNCH_H
#define PD_TARGET_LAUNCH_H

#include <sys/types.h>

#include "target/target.h"

struct pd_child {
	pid_t		 pid;
	int		 chan;		/* our end; close-on-exec */
	int		 words;		/* file of last words; -1: none */
	struct pd_str	 so;		/* start.so's name in maps */
};

/*
 * Runs launch->python with pydbg-start.so in front.  -1 with err if it did
 * not come to run; nothing is left behind then.  The child is the caller's
 * to wait for; it dies with this process.
 */
int	 pd_launch_spawn(const struct pd_launch *, struct pd_child *,
	    struct pd_err *);

#endif
