/*
 * The stub in CPython: what its files share.
 *
 * Everything here runs with the GIL held, in the thread that is stopped or is
 * being hooked, unless a comment says otherwise.  Functions that return an
 * int return 0, or -1 with err (a user error) or with a Python exception set
 * (only where the comment says so).  Comments say owned or borrowed for
 * each object.
 *
 * Files: main.c the embedding and the start; audit.c where the program
 * begins and ends; mainframe.c the frames whose evaluation is watched;
 * compat.c the only PY_VERSION_HEX and the only internals; trace.c the trace
 * backend; decide.c stop or run (pure); bp.c breakpoints; cond.c conditions;
 * inline.c breakpoint() and pdb.set_trace(); stop.c makes and serves a stop;
 * serve.c requests at a stop; frame.c the stack; file.c names and texts;
 * eval.c expressions, stmt.c statements, closure.c nested code in them,
 * compile.c their compilation, vars.c variables; value.c texts of values,
 * short.c short ones, pprint.c and whatis.c for those commands; exctext.c
 * and suggest.c texts of exceptions; source.c and decode.c texts of files;
 * locate.c and lookup.c where a breakpoint goes; code.c lines of code
 * objects; guard.c what an evaluation may not change; wake.c break-in;
 * crash.c last words; conv.c convenience variables, await.c await, console.c
 * interact, jump.c jumps and frames' numbers, chain.c chained exceptions,
 * objsource.c sources of objects, nest.c stops within a stop.
 */
#ifndef PD_ENGINE_ENGINE_H
#define PD_ENGINE_ENGINE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <frameobject.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "model/records.h"
#include "wire/chan.h"

/* Drops an owned reference at the end of the scope. */
static inline void
pd_decref_cleanup(PyObject **p)
{
	Py_XDECREF(*p);
}
#define PD_OWNED __attribute__((cleanup(pd_decref_cleanup))) PyObject *

/* ---- frame.c: the stack of the stop ----------------------------------- */

struct pd_slot {
	PyFrameObject	*frame;		/* owned while stopped */
	int		 line;		/* f_lineno, or tb_lineno post mortem */
};
struct pd_stack {
	struct pd_slot	*v;		/* innermost first */
	size_t		 n, cap;
	PyFrameObject	*returning;	/* borrowed: at its return, or NULL */
	PyObject	*retval;	/* borrowed: its value */
};

/* From f (borrowed) outwards.  Frames below the program's main frame (runpy)
 * are left out, unless past_main. */
void	 pd_stack_capture(struct pd_stack *, PyFrameObject *f);
/* From a traceback (borrowed), innermost first, tb_lineno for the lines. */
void	 pd_stack_capture_tb(struct pd_stack *, PyObject *tb);
void	 pd_stack_clear(struct pd_stack *);
/* Fills a zeroed record for frame i, with its stripped source line. */
void	 pd_stack_record(const struct pd_stack *, size_t i, struct pd_frame *);
/* The frame of a request, or NULL with err. Borrowed. */
PyFrameObject	*pd_stack_frame(const struct pd_stack *, uint64_t i,
		    struct pd_err *);

/* Canonical name of a co_filename (bdb.canonic: abspath unless <...>), cached
 * by the string object.  Borrowed; lives as long as the engine. */
const char	*pd_file_canonic(PyObject *co_filename);
/* Bytes of a str, surrogates kept (surrogateescape, then surrogatepass).
 * Never fails, never leaves an exception. */
struct pd_str	 pd_str_from_py(PyObject *);
/* The other way: a new str (surrogateescape). NULL with exception. */
PyObject	*pd_str_to_py(const struct pd_str *);

/* ---- the present stop (stop.c) ----------------------------------------- */

/* The stack that requests are about; empty while the program runs. */
extern struct pd_stack pd_stop_stack;
/* The program's main frame's code object, once it has begun; borrowed. */
extern PyObject *pd_main_code;
/* PyThreadState of the stopped thread. */
extern PyThreadState *pd_stop_tstate;

/* ---- guard.c ------------------------------------------------------------ */

/*
 * Brackets everything that may run the program's code at a stop: keeps the
 * current exception, errno, and the engine's flag that its own hooks
 * ignore events of this thread; limits the time (ms; 0: no limit) by a timer
 * that raises in the evaluation.  Nested use is fine.
 */
struct pd_guard {
	PyObject	*exc[3];	/* owned: fetched exception, if any */
	int		 saved_errno;
	int		 ms;
	bool		 timed_out;	/* after leave: the limit was reached */
	bool		 interrupted;	/* after leave: Ctrl-C ended it */
	bool		 idle;		/* the stop's own: nothing runs in it */
	struct pd_guard	*outer;
};
void	 pd_guard_enter(struct pd_guard *, int ms);
void	 pd_guard_leave(struct pd_guard *);	/* clears any exception first */
bool	 pd_guard_active(void);			/* in this thread */
#define PD_REPR_MS	5000	/* a repr for the debugger's own use */

/* Flushes sys.stdout, sys.stderr and C's streams, keeping any exception. */
void	 pd_flush_streams(void);

/* Shows text to the user in order with the program's output: sends OUTPUT
 * and waits for its answer. 0, or -1 when the channel is gone. */
int	 pd_serve_output(const char *, size_t);
/* A line for the user, no answer. */
void	 pd_serve_notice(const char *, ...)
	    __attribute__((format(printf, 1, 2)));

/* ---- private.c ---------------------------------------------------------- */

/* New reference: the program's module of that name if it has attribute
 * wanted, else one of the standard library that the program does not see.
 * NULL with an exception. */
PyObject	*pd_private_import(const char *name, const char *wanted);
/* New reference: what the function of such a module gives; the arguments as
 * for Py_BuildValue(), a tuple.  What it imports when it is called is not seen
 * by the program either.  NULL with an exception. */
PyObject	*pd_private_call(const char *module, const char *function,
		    const char *format, ...);

/* ---- value.c ------------------------------------------------------------ */

#define PD_VALUE_MAX	(1u << 20)	/* default bytes of a value's text */

/* repr(o) with a budget: exact builtins in C, others by tp_repr under a
 * guard.  Of containers within each other depth are shown, 0: all.  out must be
 * zeroed. */
void	 pd_value_repr(PyObject *o, size_t max, size_t depth,
	    struct pd_value *out);
/* reprlib.repr(o), for --Return-- and where (Lib/reprlib.py's limits). */
void	 pd_value_short(PyObject *o, struct pd_str *out);
/* pprint.pformat(o), importing pprint without leaving it in sys.modules. */
void	 pd_value_pprint(PyObject *o, size_t max, size_t depth,
	    struct pd_value *out);
/* str(o), bounded. */
void	 pd_value_str(PyObject *o, size_t max, struct pd_value *out);
/* pdb's whatis: "Function f", "Method m", "Class mod.C", or type(o). */
void	 pd_value_whatis(PyObject *o, struct pd_value *out);
/* Last line of traceback.format_exception_only(exc), stripped, as
 * "NameError: name 'x' is not defined"; value may be NULL. Imports nothing. */
struct pd_str	 pd_exception_text(PyObject *type, PyObject *value);
/* Takes the current exception (clears it) and gives that text. */
struct pd_str	 pd_exception_take(void);
/* Its str() alone, at most max bytes; clears it too. */
struct pd_str	 pd_exception_str(size_t max);

/* ---- conv.c: convenience variables, for stop.c -------------------------- */

void	 pd_conv_set(const char *name, PyObject *value);
/* $1, $2, ... are these from now on; no others with a number are left. */
void	 pd_conv_number(PyObject *const *, size_t n);
/* The table, borrowed, or NULL: it is no object of the program's. */
PyObject	*pd_conv_table(void);
/* Takes another table (owned, or NULL: an empty one); gives the old (owned). */
PyObject	*pd_conv_swap(PyObject *);

/* ---- jump.c, objsource.c, chain.c: requests ----------------------------- */

int	 pd_jump_do(const struct pd_jump *, struct pd_frame *, struct pd_err *);
int	 pd_jump_mark(const struct pd_mark *, struct pd_frame *,
	    struct pd_err *);
int	 pd_stdio_do(const struct pd_stdio *, struct pd_moved *,
	    struct pd_err *);
/* The number that pd_jump_mark() gave to a frame; 0: none. */
uint64_t	 pd_jump_mark_of(PyFrameObject *);
int	 pd_object_source(const struct pd_eval *, struct pd_object *,
	    struct pd_err *);
int	 pd_chain_do(const struct pd_exceptions_req *, struct pd_exceptions *,
	    struct pd_err *);
/* Of the post mortem: exc (borrowed) and what led to it; NULL: none. */
void	 pd_chain_set(PyObject *exc);
/* Borrowed: the exception of the post mortem; NULL: there is none. */
PyObject	*pd_chain_raised(void);

/* ---- eval.c: requests, on pd_stop_stack ------------------------------- */

int	 pd_eval_expr(const struct pd_eval *, struct pd_value *,
	    struct pd_err *);
int	 pd_eval_stmt(const struct pd_exec *, struct pd_value *,
	    struct pd_err *);
int	 pd_eval_vars(const struct pd_vars_req *, struct pd_vars *,
	    struct pd_err *);
/* children.c: what a value consists of. */
int	 pd_children_do(const struct pd_children_req *, struct pd_children *,
	    struct pd_err *);
int	 pd_eval_check(const struct pd_check *, struct pd_value *,
	    struct pd_err *);
/* complete.c: how a text can go on. */
int	 pd_complete_do(const struct pd_complete_req *, struct pd_complete *,
	    struct pd_err *);
/* New reference: the value of an expression in that frame; NULL with a Python
 * exception set. Compiled as eval of "<stdin>". Caller holds a guard. */
PyObject	*pd_eval_object(PyFrameObject *, const struct pd_str *);
/* New reference: the frame's locals as a mapping (3.13: the proxy). */
PyObject	*pd_frame_locals(PyFrameObject *);

/* ---- source.c, locate.c, code.c ---------------------------------------- */

int	 pd_source_get(const struct pd_source_req *, struct pd_source *,
	    struct pd_err *);
/* Text of a file, cached by mtime; borrowed until the next call; NULL: none.
 * globals (borrowed, may be NULL) may have a __loader__ with get_source. */
const struct pd_source	*pd_source_file(const char *file, PyObject *globals);
/* When that file was last changed, in ns, as it was found by the last call
 * for it; 0: it is not there. */
uint64_t	 pd_source_time(const char *file);
/* Files may have been changed: they are looked at again, however short ago
 * the last look was. */
void		 pd_source_distrust(void);
/* Line n (from 1) of what pd_source_file() gave, without newline; NULL. */
const char	*pd_source_line(const struct pd_source *, long n, size_t *len);
int	 pd_locate_do(const struct pd_locate *, struct pd_location *,
	    struct pd_err *);
/* The line after RESUME: where a function's first statement is
 * (as pdb 3.13's find_first_executable_line). */
int	 pd_code_first_line(PyCodeObject *);
/* Is one of the lines (int) a line of its instructions?  -1 with an
 * exception. */
int	 pd_code_has_line(PyObject *code, const struct pd_vec *lines);
/* Sorted lines on which a file's code objects, nested ones included, have an
 * instruction: compiled from its text without running anything and without
 * warnings. Empty if it does not compile. Borrowed; cached by mtime. */
struct pd_lines { int *v; size_t n; };
const struct pd_lines	*pd_code_file_lines(const char *file,
			    PyObject *globals);

/* ---- thread.c ------------------------------------------------------------ */

/* Fills a zeroed record for a thread; numbers are given at first sight. */
void	 pd_thread_record(PyThreadState *, struct pd_thread *);
/* The number alone. */
uint64_t	 pd_thread_number(PyThreadState *);

#endif
