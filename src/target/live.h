/*
 * The live target: what its files share.
 *
 * Files: launch.c makes the process, wait.c is the one place that waits for it,
 * hello.c the handshake, end.c everything about its end, live.c the
 * operations.
 *
 * States, by members: child 0: no program.  child and not up: the start is
 * going on.  stopped: the engine serves requests.  Otherwise the program
 * runs; if detached it does so for good, without us.
 */
#ifndef PD_TARGET_LIVE_H
#define PD_TARGET_LIVE_H

#include <sys/types.h>

#include "target/launch.h"
#include "wire/chan.h"

#define PD_LIVE_HELLO_MS	30000	/* for a shim and a slow disk */
#define PD_LIVE_QUIT_MS		5000	/* finally and atexit, then SIGKILL */
#define PD_LIVE_KILL_MS		10000	/* until a killed process is gone */
#define PD_LIVE_FAILED		2	/* pydbg's status without a start */

struct pd_live {
	struct pd_target target;	/* first: they are cast */
	struct pd_loop	*loop;		/* borrowed */

	/* The process. */
	pid_t		 child;		/* whom we wait for; 0: none */
	pid_t		 py;		/* the Python: child, or below it; 0 */
	bool		 reaped;	/* child is gone; status is valid */
	int		 status;	/* as waitpid gives it */
	struct pd_str	 so;		/* pydbg-start.so in its maps */
	int		 words;		/* file of last words, or -1 */

	/* The channel. */
	struct pd_chan	 chan;		/* fd -1: closed, or no program */
	bool		 eof;		/* the other end is closed */
	bool		 broken;	/* reading failed: broken_why */
	struct pd_err	 broken_why;

	/* The program. */
	bool		 up;		/* READY was seen */
	bool		 stopped;
	bool		 resuming;	/* the last resume may be refused */
	bool		 detached;	/* exec, or the channel was closed */
	bool		 early;		/* an interrupt came before READY */
	bool		 told_running;	/* target.running(true) is open */
	int		 waiting;	/* depth of pd_live_wait */
	unsigned	 awake;		/* waits that the loop had no part in */
	int		 sent;		/* requests, see engine/wake.c */
	int		 asked;		/* to stop, after so many and one; 0 */
	int		 kick_ms;	/* until the next kick; 0: none */
	int64_t		 kick_at;	/* monotonic ms */
	struct pd_str	 last;		/* "FILE:N in F" of the last stop */
	bool		 finished;
	struct pd_finish finish;

	/* An end that came while nobody could take it. */
	bool		 have_ended;
	struct pd_event	 ended;
};

/* ---- live-graph.c -------------------------------------------------------- */

int	 pd_live_graph(struct pd_target *, const struct pd_graph_req *,
	    struct pd_graph *, struct pd_err *);

/* ---- wait.c ------------------------------------------------------------- */

enum pd_live_got {
	PD_GOT_MESSAGE,		/* msg */
	PD_GOT_EOF,		/* told once */
	PD_GOT_GARBAGE,		/* err; told once, the channel is closed */
	PD_GOT_DEATH,		/* reaped, and nothing more to be read */
	PD_GOT_TIMEOUT
};

/* Monotonic time from now, for pd_live_wait's until. */
int64_t	 pd_live_deadline(int ms);
/* Serves the loop until there is something; until 0: for ever. */
enum pd_live_got	pd_live_wait(struct pd_live *, int64_t until,
			    struct pd_msg *, struct pd_err *);
/* The program has been told to stop, or to give an evaluation up.  A signal
 * that comes just before it waits in a system call does not end the waiting:
 * so it is told again, in growing intervals, until it answers. */
void	 pd_live_kick(struct pd_live *);
/* Begins and ends listening to the process and its channel. */
void	 pd_live_attach(struct pd_live *, struct pd_child *);
void	 pd_live_close_channel(struct pd_live *);

/* ---- end.c -------------------------------------------------------------- */

void	 pd_live_signal_all(struct pd_live *, int signo);
/* Wakes the engine; false if there is none that would understand. */
bool	 pd_live_wake(struct pd_live *);
/* SIGKILL, and waits until it is gone. */
int	 pd_live_kill(struct pd_live *, struct pd_err *);
/* The channel has ended and the process may not have: tells an exec. */
void	 pd_live_channel_gone(struct pd_live *);
/* True if pydbg-start.so is in the Python's memory. */
bool	 pd_live_has_start(const struct pd_live *);
/* Fills the event from what is known of the dead process, and forgets it. */
void	 pd_live_take_end(struct pd_live *, struct pd_event *);
/* Forgets the process (which must be gone) and its program. */
void	 pd_live_reset(struct pd_live *);
/* "exit status 3", "killed by SIGSEGV". */
struct pd_str	pd_live_status_text(int status);
/* target.running, each change once. */
void	 pd_live_running(struct pd_live *, bool);
void	 pd_live_notice(struct pd_live *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));

/* ---- hello.c ------------------------------------------------------------ */

/* Looks at the executable before it is run.  False: as pd_live_handshake. */
bool	 pd_live_check_python(struct pd_live *, const struct pd_launch *,
	    struct pd_event *);
/* From the new process to READY.  False: ev says why not, the process is
 * gone and forgotten. */
bool	 pd_live_handshake(struct pd_live *, const struct pd_launch *,
	    struct pd_event *);
/* Makes ev a FAILED with that text; ends the process if there is one. */
void	 pd_live_fail(struct pd_live *, struct pd_event *, const char *, ...)
	    __attribute__((format(printf, 3, 4)));

/* ---- live.c ------------------------------------------------------------- */

/* What may come at any time: OUTPUT, NOTICE, FINISH.  1: it was one; 0: not;
 * -1: its body is no record, err. */
int	 pd_live_common(struct pd_live *, const struct pd_msg *,
	    struct pd_err *);

#endif
