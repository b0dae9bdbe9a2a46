/*
 * How objects are laid out in memory, read without changing them and without
 * running anything: for the walk that writes a core, and for what is told of
 * the graph of objects.
 *
 * The public API would make an instance's __dict__ when it is asked for one,
 * which changes how the program keeps its attributes from then on.  Here they
 * are read where they lie.  No function leaves an exception, makes a Python
 * object or gives a reference away: all are borrowed.
 */
#ifndef PD_ENGINE_COMPAT_OBJECT_H
#define PD_ENGINE_COMPAT_OBJECT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Two borrowed objects; value may not be NULL, key is any object. */
struct pd_pair {
	PyObject	*key, *value;
};
/* Grows, is used again and again. */
struct pd_pairs {
	struct pd_pair	*v;
	size_t		 n, cap;
};
void	 pd_pairs_push(struct pd_pairs *, PyObject *key, PyObject *value);
void	 pd_pairs_done(struct pd_pairs *);

/* Appends an instance's own attributes, in the order in which they were set.
 * keys are mostly str.  An object without a __dict__ has none. */
void	 pd_layout_own(PyObject *, struct pd_pairs *);
/* Borrowed: the dict of an instance if it has been made; NULL. */
PyObject	*pd_layout_dict(PyObject *);
/* Borrowed: the namespace of a class; NULL: none. */
PyObject	*pd_layout_class_dict(PyTypeObject *);

/* An int's magnitude, least byte first, and its sign. */
void	 pd_layout_long(PyObject *, struct pd_buf *, bool *negative);

/* A str whose characters are there to be read; an old extension may have made
 * another (3.11). */
bool	 pd_layout_text_ready(PyObject *);
/* The next of a set, borrowed; NULL: the end.  pos begins with 0. */
PyObject	*pd_layout_set_next(PyObject *, Py_ssize_t *pos);

/* Bytes that the object takes, with the tables that are its own; what other
 * objects take is not counted. */
size_t	 pd_layout_size(PyObject *);

/* ---- frames, without making frame objects ------------------------------- */

struct _PyInterpreterFrame;

/* The innermost Python frame of a thread, its caller; NULL: none.  Those that
 * have not begun and those of C are passed over. */
struct _PyInterpreterFrame	*pd_layout_frame(PyThreadState *);
struct _PyInterpreterFrame	*pd_layout_frame_back(
				    struct _PyInterpreterFrame *);
/* Offset in bytes of the instruction that a frame is at. */
int	 pd_layout_frame_lasti(struct _PyInterpreterFrame *);
/* The frame of a generator or coroutine, suspended or not; NULL: it ended. */
struct _PyInterpreterFrame	*pd_layout_gen_frame(PyObject *);
/* Its __name__ and __qualname__, borrowed; the struct is not public in each
 * version. */
PyObject	*pd_layout_gen_name(PyObject *);
PyObject	*pd_layout_gen_qualname(PyObject *);
/* A variable that a comprehension has for itself, without a value of its own
 * outside. */
bool	 pd_layout_slot_hidden(PyCodeObject *, int slot);
/* The exception that a thread is handling; NULL. */
PyObject	*pd_layout_handled(PyThreadState *);

/* Calls fn for each object that the collector knows, until that is false.
 * fn must not make or free Python objects. */
typedef bool (*pd_layout_fn)(void *ctx, PyObject *);
void	 pd_layout_gc_each(pd_layout_fn, void *ctx);

#endif
