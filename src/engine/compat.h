/*
 * What differs between the Pythons: the one place, with compat-eval.h, that
 * asks for PY_VERSION_HEX, and the only file whose .c sees CPython's internal
 * headers.
 */
#ifndef PD_ENGINE_COMPAT_H
#define PD_ENGINE_COMPAT_H

#include "engine/engine.h"

/* sys.monitoring is there. */
#define PD_HAVE_MONITORING	(PY_VERSION_HEX >= 0x030c0000)

/* Code objects can be swapped for ones with traps (instrument.c): bytecode is
 * each version's own. */
#define PD_HAVE_SWAP	(PY_VERSION_HEX < 0x030c0000)

/* A line that a step was given on does not stop it again: bdb since 3.13.10 and
 * 3.14.1.  Py_Version is that of the Python that runs. */
#define PD_STEPS_OVER_LINES	(Py_Version >= 0x030e0100 || \
	(Py_Version >= 0x030d0a00 && Py_Version < 0x030e0000))

/* Python's configuration can be asked for (PEP 741). */
#define PD_HAVE_CONFIG_GET	(PY_VERSION_HEX >= 0x030e0000)

/* traceback asks this module for a name that was meant. */
#define PD_HAVE_SUGGESTIONS	(PY_VERSION_HEX >= 0x030d0000)

struct _PyInterpreterFrame;

/* Installs hook (or NULL: none) as the trace function of all threads. 0, or
 * -1 with a Python exception.  Raises the audit event sys.settrace. */
int	 pd_compat_trace_all(Py_tracefunc hook);
/* The trace function of a thread. */
Py_tracefunc	 pd_compat_trace_of(PyThreadState *);

/* The trace function gets an event for each instruction of the frame, or no
 * longer.  -1 with a Python exception. */
int	 pd_compat_trace_opcodes(PyFrameObject *, bool on);

/* Is the line among those (int)? */
bool	 pd_compat_is_among(long line, const struct pd_vec *lines);
#if PD_HAVE_MONITORING
/* In a trace function's line event: the tools of sys.monitoring, a bit for
 * each, that are called in that event too. */
unsigned	 pd_compat_event_tools(PyFrameObject *);
/* Takes a tool's LINE events from a code object, but for those lines.  Where
 * the midst of a line is jumped to from the same line the interpreter looks
 * each time and tells nothing: no callback could return DISABLE. */
void	 pd_compat_keep_lines(PyCodeObject *, int tool,
	    const struct pd_vec *lines);
#endif

/* PEP 523: the evaluation hook. fn NULL puts the default back. */
typedef PyObject *(*pd_eval_fn)(PyThreadState *, struct _PyInterpreterFrame *,
	    int);
void	 pd_compat_eval_hook(pd_eval_fn fn);
PyObject	*pd_compat_eval_default(PyThreadState *,
		    struct _PyInterpreterFrame *, int);
/* Borrowed; NULL if the frame is not as we know frames. */
PyObject	*pd_compat_iframe_code(struct _PyInterpreterFrame *);
PyObject	*pd_compat_iframe_globals(struct _PyInterpreterFrame *);
PyObject	*pd_compat_iframe_locals(struct _PyInterpreterFrame *);

/* The frame that a thread executes; the one of a frame object. */
struct _PyInterpreterFrame	*pd_compat_iframe_now(PyThreadState *);
struct _PyInterpreterFrame	*pd_compat_iframe_of(PyFrameObject *);
/* A variable of a function's frame by its place in co_localsplusnames, through
 * its cell if it has one.  Borrowed; NULL: unbound. */
PyObject	*pd_compat_iframe_local(struct _PyInterpreterFrame *,
		    PyCodeObject *, int slot);
/* The place of a name among a code's variables, -1: it is none. */
int	 pd_compat_local_slot(PyCodeObject *, PyObject *name);

/* Borrowed: the names that a frame has besides its code's variables, a dict;
 * NULL: none.  Those of a module or class, or what was bound by hand. */
PyObject	*pd_compat_frame_names(PyFrameObject *);
/* The frame of a generator, coroutine or asynchronous generator, of these
 * types exactly; NULL: it has ended. */
struct _PyInterpreterFrame	*pd_compat_gen_iframe(PyObject *);

/* At a return event: does the frame return for good (not a yield)? */
bool	 pd_compat_is_return(PyFrameObject *);
/* Is an exception event (type, value, traceback) nothing but the end of a loop
 * over a generator that returns None?  From 3.12 on one that was specialized
 * before there was a hook tells of it, others do not. */
bool	 pd_compat_is_loop_end(PyFrameObject *, PyObject *arg);

/* Around the setting of f_lineno: 3.11 allows it at a line event alone, though
 * an instruction's will do as well (line: it is one of these). */
int	 pd_compat_jump_begin(bool line);
void	 pd_compat_jump_end(int was);

/* The current exception, normalised, as type, value, traceback (owned). */
void	 pd_compat_fetch(PyObject *exc[3]);

/* Async-signal-safe, for crash.c: the innermost frame of a thread.  False if
 * there is none.  name and func are borrowed str objects. */
bool	 pd_compat_crash_frame(PyThreadState *, PyObject **name,
	    PyObject **func, int *line);

#endif
