/*
 * What is being debugged, as the commands see it.
 *
 * One vector of operations and a set of capabilities; live (live.c, over the
 * wire), none (none.c, no program), core (core.c, a core file) and fake
 * (fake.c, for tests of commands) fill it.  A slot that a target cannot serve
 * holds a function that says "not supported"; no slot is NULL.  The dispatcher
 * checks a command's needs against caps before it runs.
 *
 * Requests and replies are the records of src/model.  A reply given out is
 * the caller's, who frees it with pd_rec_done(); it is zeroed on failure.  All
 * return 0, or -1 with err: the text is for the user.
 */
#ifndef PD_TARGET_TARGET_H
#define PD_TARGET_TARGET_H

#include <sys/types.h>

#include "base/err.h"
#include "base/loop.h"
#include "model/records.h"

struct pd_target;

/* Capabilities. */
enum {
	PD_CAP_FRAMES	= 1 << 0,	/* has a stack to look at */
	PD_CAP_EVAL	= 1 << 1,	/* can evaluate in a frame */
	PD_CAP_RUN	= 1 << 2,	/* can be resumed */
	PD_CAP_START	= 1 << 3,	/* can be started (anew) */
	PD_CAP_CORE	= 1 << 4	/* a core file: nothing of this machine
					   is its, no file, no process */
};

enum pd_event_kind {
	PD_EVENT_NONE,
	PD_EVENT_STOP,		/* .stop */
	PD_EVENT_EXITED,	/* .code; .finish if the engine told */
	PD_EVENT_SIGNALED,	/* .code is the signal */
	PD_EVENT_FAILED		/* never started; .text says why; .code: exit
				   status for pydbg */
};

struct pd_event {
	enum pd_event_kind	kind;
	struct pd_stop		stop;
	struct pd_finish	finish;
	bool			finished;	/* .finish is there */
	bool		detached;	/* at its end it was no longer under
					   the engine: it had executed another
					   program, or closed the channel */
	int			code;
	struct pd_str		text;
	struct pd_str	last;	/* last Python line known, "FILE:N in F", or
					   absent; on SIGNALED, EXITED without
					   finish */
};
void	pd_event_done(struct pd_event *);

/* How to start the program.  All borrowed from the launcher's owner. */
struct pd_launch {
	struct pd_str	 python;	/* executable to run */
	struct pd_vec	 argv;		/* struct pd_str; argv[0] is python's */
	struct pd_str	 cwd;		/* absent: as it is */
	struct pd_str	 start_so;	/* path of pydbg-start.so */
	struct pd_str	 engine_dir;	/* where pydbg-engine-3.X.so are */
	int		 in, out, err;	/* its descriptors 0, 1, 2 */
	bool		 own_group;	/* a process group of its own */
	int		 tty;		/* a terminal that it is to have for
					   its own, in a session of its own;
					   0: none */
	const char	*term;		/* TERM in its environment; NULL: as
					   it is */
};

struct pd_target_ops {
	const char	*name;
	/* Starts the program, waits for its first event. */
	int	(*start)(struct pd_target *, const struct pd_launch *,
		    struct pd_event *, struct pd_err *);
	/* Resumes and waits for the next event. */
	int	(*resume)(struct pd_target *, const struct pd_resume *,
		    struct pd_event *, struct pd_err *);
	/* Breaks in; the running resume then returns a stop. Async-safe no. */
	int	(*interrupt)(struct pd_target *, struct pd_err *);
	/* Ends the program without unwinding, waits until it is gone. */
	int	(*kill)(struct pd_target *, struct pd_err *);
	int	(*frames)(struct pd_target *, const struct pd_frames_req *,
		    struct pd_frames *, struct pd_err *);
	int	(*eval)(struct pd_target *, const struct pd_eval *,
		    struct pd_value *, struct pd_err *);
	int	(*exec)(struct pd_target *, const struct pd_exec *,
		    struct pd_value *, struct pd_err *);
	int	(*vars)(struct pd_target *, const struct pd_vars_req *,
		    struct pd_vars *, struct pd_err *);
	int	(*source)(struct pd_target *, const struct pd_source_req *,
		    struct pd_source *, struct pd_err *);
	int	(*locate)(struct pd_target *, const struct pd_locate *,
		    struct pd_location *, struct pd_err *);
	/* The reply is the breakpoint as the engine has it. */
	int	(*bp_set)(struct pd_target *, const struct pd_bp *,
		    struct pd_bp *, struct pd_err *);
	int	(*bp_del)(struct pd_target *, const struct pd_bp_id *,
		    struct pd_nothing *, struct pd_err *);
	int	(*check)(struct pd_target *, const struct pd_check *,
		    struct pd_value *, struct pd_err *);
	int	(*python)(struct pd_target *, const struct pd_nothing *,
		    struct pd_python *, struct pd_err *);
	int	(*threads)(struct pd_target *, const struct pd_nothing *,
		    struct pd_threads *, struct pd_err *);
	int	(*thread)(struct pd_target *, const struct pd_thread_req *,
		    struct pd_thread *, struct pd_err *);
	int	(*skip)(struct pd_target *, const struct pd_skips *,
		    struct pd_nothing *, struct pd_err *);
	int	(*code)(struct pd_target *, const struct pd_code_req *,
		    struct pd_code *, struct pd_err *);
	int	(*names)(struct pd_target *, const struct pd_names_req *,
		    struct pd_names *, struct pd_err *);
	int	(*complete)(struct pd_target *, const struct pd_complete_req *,
		    struct pd_complete *, struct pd_err *);
	int	(*jump)(struct pd_target *, const struct pd_jump *,
		    struct pd_frame *, struct pd_err *);
	int	(*mark)(struct pd_target *, const struct pd_mark *,
		    struct pd_frame *, struct pd_err *);
	int	(*object)(struct pd_target *, const struct pd_eval *,
		    struct pd_object *, struct pd_err *);
	int	(*exceptions)(struct pd_target *,
		    const struct pd_exceptions_req *,
		    struct pd_exceptions *, struct pd_err *);
	int	(*children)(struct pd_target *, const struct pd_children_req *,
		    struct pd_children *, struct pd_err *);
	int	(*graph)(struct pd_target *, const struct pd_graph_req *,
		    struct pd_graph *, struct pd_err *);
	/* Writes a core file; its name in the reply. */
	int	(*dump)(struct pd_target *, const struct pd_dump_req *,
		    struct pd_dump_report *, struct pd_err *);
	int	(*keep)(struct pd_target *, const struct pd_keep *,
		    struct pd_nothing *, struct pd_err *);
	int	(*stdio)(struct pd_target *, const struct pd_stdio *,
		    struct pd_moved *, struct pd_err *);
	void	(*close)(struct pd_target *);	/* kills, frees */
};

struct pd_target {
	const struct pd_target_ops	*ops;
	unsigned			 caps;	/* as of now */
	bool			 refused;	/* the last resume was, by
						   the engine: still stopped */
	struct pd_python	 py;	/* known once started; else zero */
	/* Handed down: text that an exec printed (displayhook), and lines that
	 * the engine wants told.  May be NULL. */
	void	(*output)(void *ctx, const char *, size_t);
	void	(*notice)(void *ctx, const char *, size_t);
	void	 *ctx;
	/* Handed down by the ui; may be NULL.  Called with true just before the
	 * program runs, and with false once it has stopped or ended, before the
	 * event is given out.  Has a context of its own: ctx is the
	 * session's. */
	void	(*running)(void *running_ctx, bool);
	void	 *running_ctx;
	/* Likewise: a signal has halted the process (Ctrl-Z, SIGTTIN), running
	 * or not.  May be called wherever the target waits. */
	void	(*halted)(void *running_ctx, int signo);
	/* Likewise: it got a SIGINT, which is to stop it. */
	void	(*told)(void *running_ctx);
	/* Likewise: has the user given up what the target does now, which has
	 * no program to break into?  Asked now and then. */
	bool	(*given_up)(void *given_up_ctx);
	void	 *given_up_ctx;
	pid_t	 group;		/* the program's own process group; 0: ours */
};

struct pd_target	*pd_target_none_new(void);
/* A target that can start programs.  Waits in the loop. */
struct pd_target	*pd_target_live_new(struct pd_loop *);

/* For slots that a target does not serve: "NAME is not supported by ...". */
extern const struct pd_target_ops pd_target_unsupported;

#endif
