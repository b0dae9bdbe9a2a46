/*
 * pydbg-start.so: what its files share.  Nothing of this is exported.
 */
#ifndef PD_START_START_H
#define PD_START_START_H

#include <sys/types.h>

#include <signal.h>
#include <stdbool.h>

#include "start/doors.h"

/* ---- env.c: the environment --------------------------------------------- */

/* The descriptor that a variable names in decimal; -1 without a good one. */
int	 pd_start_env_fd(const char *name);
/* Takes the front's variables out, and self (our entry) out of LD_PRELOAD.
 * A user's own preload stays, in its place. */
void	 pd_start_env_clean(const char *self);
/* The descriptor in "/proc/self/fd/N"; -1 for another name. */
int	 pd_start_self_fd(const char *self);

/* ---- fds.c: descriptors ------------------------------------------------- */

enum pd_start_slot { PD_START_CHANNEL, PD_START_WORDS, PD_START_SLOTS };

/* Moves fd up, out of the program's way, and makes it close-on-exec.
 * Returns the new number; fd itself if there is no other. */
int	 pd_start_fd_move(int fd);
/* From now on the program's close(), close_range() and closefrom() pass over
 * fd (-1: over nothing) in this process, not in its children. */
void	 pd_start_fd_keep(enum pd_start_slot, int fd);
/* Closes whatever is kept and what is not; -1 is fine. */
void	 pd_start_fd_close(int fd);

/* ---- sigint.c: Ctrl-C --------------------------------------------------- */

/* From now on SIGINT is the debugger's in this process: it stops, and is not
 * passed on. */
void	 pd_start_sigint_begin(pid_t debugger);
/* The doors of the same names: see doors.h. */
void	 pd_start_sigint_watch(bool (*)(void));
void	 pd_start_sigint_policy(bool stop, bool pass);
void	 pd_start_sigint_pass(void);
int	 pd_start_sigint_wake(void (*)(int, siginfo_t *, void *));
/* Before an exec: if the program ignores SIGINT the kernel does so from now
 * on; true if there is something to go back to should the exec fail. */
bool	 pd_start_sigint_leave(void);
void	 pd_start_sigint_back(void);

/* ---- crash.c: --dump-on-crash ------------------------------------------- */

/* Is this the Python that is to write cores? */
bool	 pd_start_crash_wanted(int argc, char **argv);
/* Fills what an engine without a debugger needs, or ends the process. */
void	 pd_start_crash_fill(struct pd_start_doors *);

/* ---- spawn.c ------------------------------------------------------------ */

/* Looks up what stands behind our exec and its like, while that is safe. */
void	 pd_start_spawn_init(void);

#endif
