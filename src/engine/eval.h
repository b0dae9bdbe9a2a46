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

/* ---- eval.c ------------------------------------------------------------- */

/* Runs code of text in the frame, by closure where that is wanted, and
 * writes the locals back.  New reference, or NULL with an exception. */
PyObject	*pd_eval_run(PyFrameObject *, PyObject *code, PyObject *text,
		    int start, PyObject *show);
/* A failed value of the current exception, which it clears. */
void	 pd_eval_failed(struct pd_value *);

/* ---- value.c ------------------------------------------------------------ */

/* Appends repr(o) to an empty buffer, at most about max bytes of it (cut at a
 * character's border, *cut set); -1 with an exception. Caller has a guard. */
int	 pd_value_walk(PyObject *o, size_t max, struct pd_buf *, bool *cut);
/* Appends a str, at most max bytes of it; *cut is set if there was more. */
void	 pd_value_add(struct pd_buf *, PyObject *str, size_t max, bool *cut);
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
