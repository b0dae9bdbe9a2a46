/*
 * What the files about evaluation, values and code share among themselves.
 */
#ifndef PD_ENGINE_EVAL_H
#define PD_ENGINE_EVAL_H

#include "engine/engine.h"

/* ---- compile.c ---------------------------------------------------------- */

/*
 * While silent, warnings of the compiler are neither printed nor raised.
 * An "ignore" entry stands at the front of the filters that the warnings
 * machinery reads; the filters' version is not bumped, so that no
 * __warningregistry__ of the program is reset.  No code of the program may
 * run in between.
 */
struct pd_silence {
	PyObject	*filters;	/* owned, or NULL */
	PyObject	*item;		/* owned, or NULL */
};
void	 pd_silence_begin(struct pd_silence *);
void	 pd_silence_end(struct pd_silence *);	/* keeps any exception */

/* New reference: a code object (or with PyCF_ONLY_AST a tree); NULL with an
 * exception.  Inherits no future flags, ignores coding cookies, is silent. */
PyObject	*pd_compile_utf8(const char *text, PyObject *filename,
		    int start, int flags);
/* The same of a str as compile() takes it, of "<stdin>": NUL and surrogates
 * are errors with compile()'s words. */
PyObject	*pd_compile_str(PyObject *text, int start, int flags);
/* Of file text, of a name in the file system; NULL with an exception. */
PyObject	*pd_code_compile_file(const char *file,
		    const struct pd_source *);

/* ---- closure.c ---------------------------------------------------------- */

/* True if code holds nested code, that plain execution would cut off from
 * the frame's locals. */
bool	 pd_closure_wanted(PyObject *code);
/*
 * Runs text with the locals (a mapping) as variables that nested code can
 * close over, and writes what changed back to it.  start is Py_eval_input,
 * Py_single_input or Py_file_input; show (borrowed) is called with the value
 * of each expression statement, NULL for none.
 * 1: it ran, *out is its value (new reference) or NULL with an exception.
 * 0: this text cannot be run in that way; nothing was run, no exception.
 */
int	 pd_closure_run(PyObject *text, int start, PyObject *globals,
	    PyObject *locals, PyObject *show, PyObject **out);

/* ---- conv.c ------------------------------------------------------------- */

/* New reference: the text with its `$name`s replaced; *used: there were any.
 * NULL with an exception. */
PyObject	*pd_conv_text(PyObject *text, bool *used);
/* Around the evaluation of such text. 0, or -1 with an exception. */
int	 pd_conv_begin(PyFrameObject *, PyObject *globals);
void	 pd_conv_end(PyObject *globals);	/* keeps any exception */

/* ---- await.c ------------------------------------------------------------ */

/* New reference: code of the text; where the frame is a coroutine's, `await`
 * may stand at its top.  NULL with an exception. */
PyObject	*pd_await_compile(PyFrameObject *, PyObject *text, int start);
/* Does running that code give a coroutine that is still to be run? */
bool	 pd_await_is(PyObject *code);
/* Runs it (takes the reference). New reference, or NULL with an exception. */
PyObject	*pd_await_run(PyObject *coro);

/* ---- eval.c ------------------------------------------------------------- */

/* Runs code of text in the frame, by closure where that is wanted, and
 * writes the locals back.  text NULL: never by closure.  New reference, or
 * NULL with an exception. */
PyObject	*pd_eval_run(PyFrameObject *, PyObject *code, PyObject *text,
		    int start, PyObject *show);
/* The same with the table of convenience variables in reach, if conv. */
PyObject	*pd_eval_conv(PyFrameObject *, PyObject *code, PyObject *text,
		    int start, PyObject *show, bool conv);
/* A failed value of the current exception, which it clears. */
void	 pd_eval_failed(struct pd_value *);

/* ---- stmt.c, console.c -------------------------------------------------- */

/* Values of expression statements go to the user from now on.  New reference
 * to the hook, *old gets the one before (owned); NULL with an exception. */
PyObject	*pd_stmt_hook(PyObject **old);
/* Puts the old hook back, unless the statement has set one; keeps any
 * exception. */
void	 pd_stmt_unhook(PyObject *ours, PyObject *old);
/* A line of interact.  Fills a zeroed value: failed with the traceback as its
 * text, or without a text if the line wants to leave (SystemExit). */
void	 pd_console_line(PyFrameObject *, const struct pd_exec *,
	    struct pd_value *out);

/* ---- value.c ------------------------------------------------------------ */

/* Appends repr(o) to an empty buffer, at most about max bytes of it (cut at a
 * character's border, *cut set); -1 with an exception. Caller has a guard. */
int	 pd_value_walk(PyObject *o, size_t max, size_t depth, struct pd_buf *,
	    bool *cut);
/* Appends a str, at most max bytes of it; *cut is set if there was more. */
void	 pd_value_add(struct pd_buf *, PyObject *str, size_t max, bool *cut);
/* Cuts the buffer back to max bytes, at a character's border. */
void	 pd_value_trim(struct pd_buf *, size_t max);
/* Fills a zeroed value with a str's own text, bounded. */
void	 pd_value_text(PyObject *str, size_t max, struct pd_value *);
/* The text of a value that could not be had: takes the exception, leaves the
 * guard, sees whether time was up. */
void	 pd_value_fail(struct pd_guard *, struct pd_value *);

/* ---- suggest.c ---------------------------------------------------------- */

/* New reference: the hint that traceback appends to this exception's text,
 * ". Did you mean: 'x'?"; NULL without exception if there is none. */
PyObject	*pd_suggest(PyObject *exc);

#endif
