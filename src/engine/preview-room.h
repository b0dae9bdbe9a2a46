/*
 * Texts of values in short, for preview.c and preview-object.c.
 */
#ifndef PD_ENGINE_PREVIEW_ROOM_H
#define PD_ENGINE_PREVIEW_ROOM_H

#include "engine/parts.h"

#define PD_PREVIEW_DEPTH	4	/* containers in each other */

struct show {
	struct pd_buf	*b;
	size_t		 max;
	PyObject	*open[PD_PREVIEW_DEPTH]; /* borrowed: what we are in */
	int		 depth;
	bool		 cut;
};

/* Appends any value. */
void	 pd_show(struct show *, PyObject *);
/* Appends a str; takes the reference.  NULL: an exception, which is dropped. */
void	 pd_show_add(struct show *, PyObject *);
/* "what at 0x...>" */
void	 pd_show_address(struct show *, const char *what, PyObject *);
void	 pd_show_str(struct show *, PyObject *);

/* Objects of these types, exactly. */
void	 pd_show_function(struct show *, PyObject *);
void	 pd_show_method(struct show *, PyObject *);
void	 pd_show_builtin(struct show *, PyObject *);
/* And of their subclasses. */
void	 pd_show_class(struct show *, PyObject *);
void	 pd_show_module(struct show *, PyObject *);
void	 pd_show_exception(struct show *, PyObject *);
/* False: it is none. */
bool	 pd_show_enum(struct show *, PyObject *);
bool	 pd_show_array(struct show *, PyObject *);
bool	 pd_show_time(struct show *, PyObject *);

#endif
