/*
 * What the two files of completion share.
 */
#ifndef PD_ENGINE_COMPLETE_H
#define PD_ENGINE_COMPLETE_H

#include "engine/engine.h"
#include "engine/pyscan.h"

#define PD_COMPLETE_MAX	20000	/* items of a reply */

/* One request under way. */
struct pd_completing {
	const char	*p;		/* the text, up to the cursor */
	size_t		 n;
	struct pd_scan	 scan;
	PyFrameObject	*frame;		/* borrowed */
	enum pd_complete_what what;
	const char	*prefix;	/* what each item begins with */
	size_t		 nprefix;
	bool		 hide;		/* names that begin with _ */
	size_t		 hidden;	/* how many were */
	struct pd_complete *out;	/* borrowed */
};

/* Adds the item, unless it does not begin with the prefix; suffix may be "".
 * False: there is no room for more. */
bool	 pd_complete_add(struct pd_completing *, const char *, size_t,
	    const char *suffix);

/* ---- complete-what.c: what there is to choose from ----------------- */

/* New reference: the value of the tokens from first to end, which
 * pd_scan_primary() found; NULL.  *bound as pd_peek_attr(). */
PyObject *pd_complete_value(struct pd_completing *, size_t first, size_t end,
	    bool *bound);
/* Names that the frame sees; with the keywords of the language. */
void	 pd_complete_names(struct pd_completing *);
void	 pd_complete_attrs(struct pd_completing *, PyObject *);
/* NAME= for what o could be called with. */
void	 pd_complete_arguments(struct pd_completing *, PyObject *o, bool bound);
/* Keys of a dict: 'KEY'], quoted as `open` (borrowed, quotes and prefix as
 * typed) begins. */
void	 pd_complete_keys(struct pd_completing *, PyObject *dict,
	    const char *open, size_t nopen);
/* Lines with code, and functions, of the text's file. */
void	 pd_complete_lines(struct pd_completing *);

#endif
