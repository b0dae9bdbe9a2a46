/*
 * Looking at objects without running any of the program's code.
 *
 * What a property, a __getattr__, a __getitem__ or an __eq__ would have to
 * say is not asked for: such things are just not there.  Dicts are searched
 * by walking them, so that no key is ever compared but by its text.  All
 * functions leave no exception.
 */
#ifndef PD_ENGINE_PEEK_H
#define PD_ENGINE_PEEK_H

#include "engine/engine.h"

/* New reference: the value of an attribute, as far as it can be told; NULL.
 * name is UTF-8.  *bound (may be NULL): it is a function of a class that
 * would get an object as its first argument. */
PyObject	*pd_peek_attr(PyObject *, const char *name, size_t n,
		    bool *bound);
/* New reference: the value of a key in a dict (a subclass only if it takes
 * dict's own subscript); NULL. */
PyObject	*pd_peek_key(PyObject *, const char *key, size_t);
/* ... of an int, in such a dict, a list or a tuple. */
PyObject	*pd_peek_index(PyObject *, long);
/* Is it a dict as above? */
bool	 pd_peek_is_dict(PyObject *);

/* Called with borrowed objects; value as it is kept, not as it would be had
 * (a function, a property). False ends the walk. */
typedef bool (*pd_peek_fn)(void *ctx, PyObject *name, PyObject *value);
/* All attributes that an object has in a namespace: its own, its classes'.
 * Of a module only its own, as dir() does. */
void	 pd_peek_attrs(PyObject *, pd_peek_fn, void *ctx);
/* The items of a dict whose keys are exact str. */
bool	 pd_peek_dict(PyObject *dict, pd_peek_fn, void *ctx);

#endif
