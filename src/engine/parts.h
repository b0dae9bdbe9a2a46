/*
 * What a value consists of, found without running any of the program's code.
 *
 * For children.c and preview.c.  The order is fixed: what the interpreter
 * keeps for it (arguments of an exception, a generator's variables), its own
 * attributes, its slots, properties, items.  Containers are read as what they
 * are at base, whatever a subclass defines.  No function leaves an exception;
 * the caller has switched the collector off, whose finalizers are the program's
 * code (pd_parts_quiet()).
 */
#ifndef PD_ENGINE_PARTS_H
#define PD_ENGINE_PARTS_H

#include "engine/engine.h"

struct pd_part {
	enum pd_item_kind kind;
	PyObject	*name;	/* of a variable or an attribute; the key */
	uint64_t	 index;	/* of [3] and {3} */
	PyObject	*value;	/* NULL: a property */
	/* How an expression gets from the whole to a variable in it: # stands
	 * for the index, @ for the name as a literal; NULL: none. */
	const char	*via;
};
/* Borrowed objects, held for the call.  False ends the walk. */
typedef bool (*pd_part_fn)(void *ctx, uint64_t pos, const struct pd_part *);

/* Calls fn for the parts at positions first to end - 1; gives the number of all
 * parts, if the walk was not ended. */
uint64_t	 pd_parts_each(PyObject *, uint64_t first, uint64_t end,
		    pd_part_fn, void *ctx);
uint64_t	 pd_parts_count(PyObject *);
/* The same of a frame's variables; root is not PD_ROOT_EXPR.  Variables that
 * are not set are left out. */
uint64_t	 pd_parts_vars(PyFrameObject *, enum pd_children_root,
		    uint64_t first, uint64_t end, pd_part_fn, void *ctx);

/* Does C alone implement the type?  Then its slots are not the program's. */
bool	 pd_parts_is_c(PyTypeObject *);
/* The first class of that name (tp_name) in the type's order of resolution
 * that C implements; borrowed, NULL: none. */
PyTypeObject	*pd_parts_base(PyTypeObject *, const char *name);
/* Borrowed: what a mappingproxy or the view of a dict shows; NULL: no dict. */
PyObject	*pd_parts_dict_behind(PyObject *);
/* New reference: a namedtuple's _fields, if it is one. */
PyObject	*pd_parts_fields(PyObject *);
/* "__x__" */
bool	 pd_parts_is_dunder(PyObject *name);

/* While this is on no finalizer runs; gives what off wants. */
int	 pd_parts_quiet(void);
void	 pd_parts_unquiet(int was);

/* preview.c: appends a value in short, at most max bytes; *cut: there was
 * more.  Builtins as repr() has them, others with their attributes or as
 * <Type object at 0x...>; their own repr is not called. */
void	 pd_preview(PyObject *, size_t max, struct pd_buf *, bool *cut);
/* ... the name of a type, without its module. */
void	 pd_preview_type(PyTypeObject *, struct pd_buf *);

#endif
