/*
 * The engine's inside: the state that hooks, stops and requests share.
 * (engine.h is what the evaluating files need; this is the rest.)
 *
 * All of it is protected by the GIL.
 */
#ifndef PD_ENGINE_CORE_H
#define PD_ENGINE_CORE_H

#include <pthread.h>

#include "engine/decide.h"
#include "engine/engine.h"
#include "start/doors.h"

/* ---- main.c ------------------------------------------------------------- */

extern struct pd_chan pd_channel;	/* to the debugger */
extern bool pd_disarmed;		/* a forked child, or the debugger is
					   gone: nothing hooks any more */
extern const struct pd_start_doors *pd_doors;

bool	 pd_is_main_thread(void);
pthread_t	 pd_main_thread(void);
/* Fills a zeroed record: which Python this is. Under the GIL. */
void	 pd_python_describe(struct pd_python *);

/* ---- crashdump.c: no debugger, cores only ---------------------------- */

int	 pd_crashdump_init(void);	/* sets its audit hook; -1 */

/* ---- gcore.c: a request -------------------------------------------------- */

int	 pd_gcore_do(const struct pd_dump_req *, struct pd_dump_report *,
	    struct pd_err *);
/* A request has come. */
void	 pd_gcore_next(void);
/* $1, $2, ... are these objects, which the dump that was the request before
 * this one has shown. */
int	 pd_gcore_keep(const struct pd_keep *, struct pd_nothing *,
	    struct pd_err *);

/* ---- the backend ------------------------------------------------------ */

/* Where execution is.  frame is made when somebody needs it (pd_at_frame). */
struct pd_at {
	PyCodeObject	*code;		/* borrowed */
	int		 line;
	struct _PyInterpreterFrame *iframe;	/* the present frame */
	PyFrameObject	*frame;		/* borrowed, or NULL: not made yet */
};

/*
 * How events come to pass.  steps: the events that a plan needs, in the present
 * thread; bps: the lines of breakpoints, in all threads.  Neither: nothing
 * of ours runs.  Called before each resume; pd_bp_generation tells whether
 * breakpoints have changed.
 */
struct pd_backend {
	const char	*name;
	int		(*init)(void);	/* 0, or -1: cannot be had here */
	int		(*arm)(bool steps, bool bps);	/* -1 with exception */
	/* The trace hook is in a line's event: will the backend be told of
	 * that place too, next, in the same event?  NULL: never. */
	bool		(*follows)(const struct pd_at *);
};
extern const struct pd_backend pd_backend_trace;	/* trace.c */
extern const struct pd_backend pd_backend_monitor;	/* monitor.c: 3.12 on */
extern const struct pd_backend pd_backend_swap;		/* swap.c: 3.11 */
extern const struct pd_backend *pd_backend;
/* The best that works here; PYDBG_BACKEND names another, for tests. */
void	 pd_backend_choose(void);

/* monitor.c, for tools.c: does it call sys.monitoring itself?  Its tool's id,
 * or -1; gives that id back and goes on with another, or the trace backend. */
bool	 pd_monitor_is_busy(void);
int	 pd_monitor_tool(void);
void	 pd_monitor_leave(int id);
/* tools.c: what the program does with ids is heard of from here on. */
void	 pd_tools_watch(PyObject *mon);
/* The n-th id to try, -1 behind the last: what it has asked about or used comes
 * last. */
int	 pd_tools_candidate(size_t n);

/* swap.c, where swap is the backend; elsewhere they do nothing. */
/* Borrowed: a code object as it was compiled, without traps. */
PyObject	*pd_swap_original(PyObject *code);
/* Is it what the traps call? */
bool	 pd_swap_is_trap(PyObject *);
/* A module's code is about to run (audit event exec): borrowed. */
void	 pd_swap_module(PyObject *code);
/* At the program's first line, before `continue`: its frame is to begin anew
 * with other code. Raises pd_restart_type, returns -1; or 0. */
int	 pd_swap_restart(void);
/* New reference: the code to begin anew with. */
PyObject	*pd_swap_main_code(void);
/* A frame is being left (trace hook): is less to be traced from now on? */
void	 pd_swap_left(PyCodeObject *);
extern PyObject *pd_restart_type;	/* owned: pydbg.Restart */

/* trace.c, for backends that leave only the steps to it. */
int	 pd_trace_steps(bool on);	/* in this thread; -1 exception */
int	 pd_trace_all(void);		/* in all threads; -1 exception */
bool	 pd_trace_is_on(PyThreadState *);	/* does it look there? */
/* A trace function is about to be set, by whomever (audit event). */
void	 pd_trace_being_set(void);
/* Puts the hook back in front of what was set in its place in the present
 * thread, if it is to be there. -1 exception. */
int	 pd_trace_regain(void);

/* tracer.c: puts the hook in the present thread, in all, and away again; what
 * the program has set there is kept.  -1 exception. */
int	 pd_tracer_hook(Py_tracefunc);
int	 pd_tracer_hook_all(Py_tracefunc);
int	 pd_tracer_unhook(Py_tracefunc);
/* Hands an event to the program's own; -1 with its exception. */
int	 pd_tracer_call(PyFrameObject *, int what, PyObject *arg);
/* Is one being set whose place the hook will take in any case? */
bool	 pd_tracer_is_setting(void);

/* ---- plan: what the user asked for ------------------------------------- */

struct pd_running {
	struct pd_plan	 plan;
	PyFrameObject	*stop;		/* owned: keeps plan.stop's identity */
	PyFrameObject	*returning;	/* owned, likewise */
	PyFrameObject	*over;		/* owned, likewise */
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
/* A step begins here: the line is not to stop it again (since 3.13.10). */
void	 pd_run_plan_over(PyFrameObject *);
/* The next line of that frame; NULL: any will do. */
void	 pd_run_plan_next(PyFrameObject *);
/* Arms or disarms the backend as plan and breakpoints need it. */
int	 pd_run_rearm(void);

/* ---- walk.c, skip.c: finer ways to step ---------------------------------- */

struct pd_walk {
	PyFrameObject	*over;		/* owned: of skipped code, or NULL */
	PyFrameObject	*finish;	/* owned: is to return, or NULL */
	struct pd_str	 name;		/* step NAME; absent: any */
	bool		 insn;		/* by instruction */
	bool		 finished;	/* .finish has returned ... */
	struct pd_str	 returned;	/* ... this */
	int		 lasti;		/* where the walk began, or -1 */
	bool		 from_trap;	/* it began in a trap before one */
	uint64_t	 skipped;	/* frames passed over */
	struct pd_vec	 traced;	/* PyFrameObject *, owned: by opcode */
};
extern struct pd_walk pd_walk;

/* A new plan begins, from frame f (borrowed); done: back to plain steps. */
void	 pd_walk_begin(const struct pd_resume *, PyFrameObject *f);
void	 pd_walk_done(void);
/* The trace hook is in place from here on. */
void	 pd_walk_armed(void);
/* At an event of the thread that steps: is it in code to be passed over? */
bool	 pd_walk_passes(PyFrameObject *, PyCodeObject *,
	    const struct pd_happening *);
/* ... what becomes of decide's verdict.  arg: a return's value or NULL. */
void	 pd_walk_judge(PyFrameObject *, PyCodeObject *,
	    const struct pd_happening *, PyObject *arg, struct pd_verdict *);
/* At an opcode event of that thread: stop? */
bool	 pd_walk_opcode(PyFrameObject *);
/* Tells it with the stop, in frame f (borrowed, or NULL). */
void	 pd_walk_report(PyFrameObject *, struct pd_stop *);
int	 pd_skip_set(const struct pd_skips *, struct pd_nothing *,
	    struct pd_err *);
bool	 pd_skip_frame(PyFrameObject *, PyCodeObject *);

/* disasm.c, names.c, select.c: for serve.c. */
int	 pd_disasm_do(const struct pd_code_req *, struct pd_code *,
	    struct pd_err *);
/* "OFFSET INSTRUCTION" that the frame is at; absent if that fails. */
struct pd_str	 pd_disasm_now(PyFrameObject *);
/* Is the frame in a trap of ours, not in the program's own code? */
bool	 pd_disasm_in_trap(PyFrameObject *);
int	 pd_names_do(const struct pd_names_req *, struct pd_names *,
	    struct pd_err *);
int	 pd_select_list(const struct pd_nothing *, struct pd_threads *,
	    struct pd_err *);
int	 pd_select_thread(const struct pd_thread_req *, struct pd_thread *,
	    struct pd_err *);

/* ---- bp.c ------------------------------------------------------------- */

/* Adds or replaces; takes a copy. */
void	 pd_bp_put(const struct pd_bp *);
void	 pd_bp_remove(uint64_t id);
bool	 pd_bp_any(void);		/* is one enabled? */
extern unsigned long pd_bp_generation;	/* grows with each change */
extern unsigned long pd_bp_crossings;	/* with each breakpoint met */
PyFrameObject	*pd_at_frame(struct pd_at *);	/* borrowed */
/* Does a breakpoint lie in the code's file? */
bool	 pd_bp_in_file(PyCodeObject *);
/* Appends the lines (int) on which a breakpoint may stop in that code. */
void	 pd_bp_lines(PyCodeObject *, struct pd_vec *);
/* Does a breakpoint that is enabled lie there? */
bool	 pd_bp_lies_at(const struct pd_at *);
/* At a line event: true if a breakpoint says stop.  Counts hits, evaluates
 * conditions; what happened is kept for pd_bp_report(). */
bool	 pd_bp_check(struct pd_at *);
/* The trace hook stops there (line 0: not at a line).  If the other backend is
 * told of that place too, that comes next, in the same event. */
void	 pd_bp_passed(const struct pd_at *);
/* The other backend's event: is it that one?  True once. */
bool	 pd_bp_was_passed(const struct pd_at *);
/* The present thread is past that: it came while the hook was on, or never. */
void	 pd_bp_moved_on(void);
/* A jump has put the frame before its line, where the user is then. */
void	 pd_bp_jumped(PyFrameObject *);
/* Moves the news since the last report into out (struct pd_bp_news). */
void	 pd_bp_report(struct pd_vec *out);

/* cond.c: a condition, compiled once; kept with its breakpoint, and by who
 * evaluates it: meanwhile another thread may stop, and the breakpoint go. */
#define PD_COND_SLOTS	12
struct pd_cond {
	unsigned	 refs;
	struct pd_str	 text;
	PyObject	*code;		/* owned: compiled as an expression */
	/* As a function of the frame's variables, for one code object. */
	PyObject	*fn;		/* owned, or NULL: not possible */
	PyObject	*fn_code;	/* owned: whose; NULL: not tried */
	PyObject	*fn_globals;	/* owned */
	int		 n;		/* arguments */
	int		 slot[PD_COND_SLOTS];	/* places in the frame */
};
struct pd_cond	*pd_cond_new(const struct pd_str *text);
void	 pd_cond_unref(struct pd_cond *);	/* NULL: nothing */
/* Evaluates it.  1, 0, or -1 and *error (owned text). */
int	 pd_cond_true(struct pd_cond *, struct pd_at *, struct pd_str *error);

/* dprintf.c: prints for breakpoint id, in that frame.  cache is kept with the
 * breakpoint: a code object, owned, or NULL. */
void	 pd_dprintf(PyObject **cache, const struct pd_str *text, uint64_t id,
	    PyFrameObject *);
/* Does it compile? */
int	 pd_dprintf_check(const struct pd_str *text, struct pd_err *);

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
	bool		 in_hook;	/* inside the hook of an event */
};
/* Stops in frame (borrowed; NULL only post mortem) until resumed.  0, or -1
 * with a Python exception set if the program is to be unwound. */
int	 pd_stop_at(PyFrameObject *, const struct pd_reason *);
/* May f_lineno be set at this stop?  line: is it at a line or an instruction,
 * not at a call, return or exception? */
bool	 pd_stop_can_jump(bool *line);
/* Puts the stop aside, as if the program ran, and back. */
struct pd_stop_state {
	struct pd_stack	 stack;
	PyThreadState	*tstate;
	PyFrameObject	*frame;		/* borrowed */
	PyObject	*tb;		/* borrowed */
	bool		 whole;
	bool		 in_hook;
	enum pd_stop_kind kind;
};
void	 pd_stop_suspend(struct pd_stop_state *);
void	 pd_stop_restore(const struct pd_stop_state *);
/* nest.c: runs what PD_RESUME_DEBUG asks for, stops included; *error is the
 * exception that ended it, or stays absent. */
void	 pd_nest_run(const struct pd_resume *, struct pd_str *error);
unsigned pd_nest_depth(void);
void	 pd_console_forget(void);	/* console.c: the stop is over */
/* guard.c: takes the guards of this thread away, and puts them back. */
struct pd_guard	*pd_guard_suspend(void);
void	 pd_guard_restore(struct pd_guard *);
/* True while some thread is stopped; hooks of other threads wait in
 * pd_stop_wait() until it goes on. */
bool	 pd_stop_active(void);
void	 pd_stop_wait(void);
/* Answers requests until one resumes.  0, -1 when the debugger is gone. */
int	 pd_serve(struct pd_resume *out);
/* Fetches the whole stack of the stop, where only the top is there. */
void	 pd_stop_need_stack(void);
/* Requests are about that thread from now on, until the stop ends. */
void	 pd_stop_look_at(PyThreadState *);
PyThreadState	*pd_stop_looked_at(void);
/* Tells how the program ended. */
void	 pd_serve_finish(bool system_exit, const struct pd_str *text);
int	 pd_serve_send(enum pd_kind, enum pd_op, const void *rec);
/* Before the program begins; -1: an exception is set. */
int	 pd_quit_init(void);
/* Raises the exception that unwinds the program. Returns -1. */
int	 pd_quit_raise(void);
/* It has got through the main frame, and is cleared. */
void	 pd_quit_through(void);
/* An exception is set: is it that, or one that it has led to where it came out
 * of the blue? */
bool	 pd_quit_is_set(void);
extern PyObject *pd_quit_type;		/* owned: pydbg.Quit */
extern PyObject *pd_timeout_type;	/* owned: pydbg.Timeout */

/* The timer that limits evaluations sends this signal. */
#define PD_TIMER_SIGNAL	(SIGRTMAX - 3)
/* guard.c, for wake.c: has the time limit been reached? In which thread? */
bool	 pd_guard_expired(unsigned long *ident);
/* ... is something being evaluated, for Ctrl-C to end?  In which thread? */
bool	 pd_guard_interrupt(unsigned long *ident);
/* Calls fn for the code (borrowed) of each frame that runs, in all threads,
 * until it does not give 0; gives that. */
int	 pd_thread_each_code(int (*fn)(PyObject *));
void	 pd_thread_init(void);		/* the present thread gets number 1 */

/* ---- audit.c, mainframe.c, inline.c, wake.c, crash.c ------------------ */

int	 pd_audit_init(void);		/* before initialisation */
/* The program is about to run: the interpreter is up, main thread. */
void	 pd_program_begins(void);
void	 pd_mainframe_watch(void);	/* for the program's main frame */
void	 pd_mainframe_watch_pdb(void);	/* module pdb is being imported */

/* Children of the program (fork.c): what may begin one, from audit.c; names
 * and arguments as of the audit events. */
void	 pd_fork_audit(const char *event, PyObject *args);
void	 pd_fork_import(PyObject *module);	/* a str: it is imported */
/* The next frame of that code evaluates another instead; borrowed. */
void	 pd_mainframe_replace(PyObject *code, PyObject *with);
int	 pd_inline_init(void);		/* breakpoint(), with exception */
void	 pd_inline_patch(PyObject *pdb_globals);
int	 pd_wake_init(void);		/* with exception */
/* A request has come; one that is no RESUME is done; a RESUME is, for which
 * one that came before is answered or still to be heeded. */
void	 pd_wake_request(void);
void	 pd_wake_over(void);
void	 pd_wake_resume(bool answered);
/* A stop begins: true if it is what Ctrl-C asked for as well. */
bool	 pd_wake_stopped(void);
/* What SIGINT does from now on.  As it comes to go on after one: gives it to
 * the program if that is to have it; -1 with an exception. */
void	 pd_wake_policy(bool stop, bool pass);
int	 pd_wake_pass(void);
/* For a main thread that waits while another one is stopped: has a break-in
 * come (no GIL needed)?  Ends an evaluation of the stop if so. */
bool	 pd_wake_pending(void);
void	 pd_wake_look(void);
void	 pd_crash_init(int words_fd);

extern PyObject *pd_main_globals;	/* borrowed: __main__'s dict */

#endif
