/*
 * The engine's inside: the state that hooks, stops and requests share.
 * (engine.h is what the evaluating files need; this is the rest.)
 *
 * All of it is protected by the GIL.
 */
#ifndef PD_ENGINE_CORE_H
#define PD_ENGINE_CORE_H

#include "engine/decide.h"
#include "engine/engine.h"
#include "start/doors.h"

/* ---- main.c ------------------------------------------------------------- */

extern struct pd_chan pd_channel;	/* to the debugger */
extern bool pd_disarmed;		/* a forked child, or the debugger is
					   gone: nothing hooks any more */
extern const struct pd_start_doors *pd_doors;

bool	 pd_is_main_thread(void);
/* Fills a zeroed record: which Python this is. Under the GIL. */
void	 pd_python_describe(struct pd_python *);

/* ---- the backend ------------------------------------------------------ */

/*
 * How events come to pass.  The trace backend (trace.c) is the first; others
 * take its place behind the same calls.
 */
struct pd_backend {
	const char	*name;
	/* Events of all threads from now on, or none. 0, -1 with exception. */
	int		(*arm)(void);
	int		(*disarm)(void);
};
extern const struct pd_backend pd_backend_trace;
extern const struct pd_backend *pd_backend;

/* ---- plan: what the user asked for ------------------------------------- */

struct pd_running {
	struct pd_plan	 plan;
	PyFrameObject	*stop;		/* owned: keeps plan.stop's identity */
	PyFrameObject	*returning;	/* owned, likewise */
	PyThreadState	*tstate;	/* the thread that the plan is about */
	enum pd_resume_mode mode;	/* to be planned again for counts */
	uint64_t	 count;		/* stops of the plan still to skip */
	bool		 waiting;	/* for the program's first line */
	bool		 interrupt;	/* Ctrl-C: stop at the next line */
	bool		 inline_stop;	/* breakpoint(): at the next line */
	bool		 quitting;	/* the program is being unwound */
};
extern struct pd_running pd_run;

/* From a request, on pd_stop_stack. 0, or -1 with err. */
int	 pd_run_plan(const struct pd_resume *, struct pd_err *);
/* Any frame of the present thread will do. */
void	 pd_run_plan_step(void);
void	 pd_run_plan_continue(void);
/* Arms or disarms the backend as plan and breakpoints need it. */
int	 pd_run_rearm(void);

/* ---- bp.c ------------------------------------------------------------- */

/* Adds or replaces; takes a copy. */
void	 pd_bp_put(const struct pd_bp *);
void	 pd_bp_remove(uint64_t id);
bool	 pd_bp_any(void);		/* is one enabled? */
/* At a line event: true if a breakpoint says stop.  Counts hits, evaluates
 * conditions; what happened is kept for pd_bp_report(). */
bool	 pd_bp_check(PyFrameObject *, PyCodeObject *, int line);
/* Moves the news since the last report into out (struct pd_bp_news). */
void	 pd_bp_report(struct pd_vec *out);

/* cond.c: evaluates a condition in a frame.  1, 0, or -1 and *error (owned
 * text). cache is kept with the breakpoint: a code object, owned, or NULL. */
int	 pd_cond_true(PyObject **cache, const struct pd_str *text,
	    PyFrameObject *, struct pd_str *error);

/* ---- stop.c, serve.c -------------------------------------------------- */

struct pd_reason {
	enum pd_stop_kind kind;
	PyObject	*arg;		/* borrowed: return value, or exception
					   (type, value, tb) tuple */
	PyObject	*tb;		/* borrowed: post mortem */
	const struct pd_str *header;	/* set_trace(header=) */
	bool		 first;
	bool		 interrupted;
	bool		 syntax;
};
/* Stops in frame (borrowed; NULL only post mortem) until resumed.  0, or -1
 * with a Python exception set if the program is to be unwound. */
int	 pd_stop_at(PyFrameObject *, const struct pd_reason *);
/* True while some thread is stopped; hooks of other threads wait in
 * pd_stop_wait() until it goes on. */
bool	 pd_stop_active(void);
void	 pd_stop_wait(void);
/* Answers requests until one resumes.  0, -1 when the debugger is gone. */
int	 pd_serve(struct pd_resume *out);
/* Fetches the whole stack of the stop, where only the top is there. */
void	 pd_stop_need_stack(void);
/* Tells how the program ended. */
void	 pd_serve_finish(bool system_exit, const struct pd_str *text);
int	 pd_serve_send(enum pd_kind, enum pd_op, const void *rec);
/* Raises the exception that unwinds the program. Returns -1. */
int	 pd_quit_raise(void);
extern PyObject *pd_quit_type;		/* owned: pydbg.Quit */
extern PyObject *pd_timeout_type;	/* owned: pydbg.Timeout */

/* The timer that limits evaluations sends this signal. */
#define PD_TIMER_SIGNAL	(SIGRTMAX - 3)
/* guard.c, for wake.c: has the time limit been reached? In which thread? */
bool	 pd_guard_expired(unsigned long *ident);
/* ... is something being evaluated, for Ctrl-C to end?  In which thread? */
bool	 pd_guard_interrupt(unsigned long *ident);
void	 pd_thread_init(void);		/* the present thread gets number 1 */

/* ---- audit.c, mainframe.c, inline.c, wake.c, crash.c ------------------ */

int	 pd_audit_init(void);		/* before initialisation */
/* The program is about to run: the interpreter is up, main thread. */
void	 pd_program_begins(void);
void	 pd_mainframe_watch(void);	/* for the program's main frame */
void	 pd_mainframe_watch_pdb(void);	/* module pdb is being imported */
int	 pd_inline_init(void);		/* breakpoint(), with exception */
void	 pd_inline_patch(PyObject *pdb_globals);
int	 pd_wake_init(void);		/* with exception */
void	 pd_crash_init(int words_fd);

extern PyObject *pd_main_globals;	/* borrowed: __main__'s dict */

#endif
