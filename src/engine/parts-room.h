/*
 * The walk over a value's parts, for parts.c and parts-attr.c.
 */
#ifndef PD_ENGINE_PARTS_ROOM_H
#define PD_ENGINE_PARTS_ROOM_H

#include "engine/parts.h"

struct walk {
	uint64_t	 pos;		/* of the next part */
	uint64_t	 first, end;	/* those that are wanted */
	bool		 over;
	pd_part_fn	 fn;
	void		*ctx;
};

struct _PyInterpreterFrame;

/* The next part. */
void	 pd_walk_part(struct walk *, const struct pd_part *);
/* Is anything from here on wanted? */
bool	 pd_walk_more(const struct walk *);
/* Passes over n parts if none of them is wanted. */
bool	 pd_walk_skip(struct walk *, uint64_t n);
/* An attribute; value NULL: it is not there. */
void	 pd_walk_attr(struct walk *, const char *name, PyObject *value);
/* All items of a dict, as parts of that kind; NULL: none. */
void	 pd_walk_dict(struct walk *, PyObject *dict, enum pd_item_kind);
/* The first n variables of a frame's code that are set; n < 0: all. */
void	 pd_walk_slots(struct walk *, struct _PyInterpreterFrame *,
	    PyCodeObject *, Py_ssize_t n, const char *via);

/* parts-attr.c: all but items. */
void	 pd_walk_attributes(struct walk *, PyObject *);

#endif
