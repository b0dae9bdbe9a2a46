/*
 * The lines that were typed, in memory and in a file.
 *
 * The file has a line for each, oldest first.  Each line is appended as it is
 * typed, under a lock, so that several sessions can share it; what others
 * have typed is seen by those that begin later.
 */
#ifndef PD_UI_HISTORY_H
#define PD_UI_HISTORY_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

struct pd_history {
	struct pd_vec	 lines;		/* struct pd_str, oldest first, each
					   text once */
	struct pd_str	 path;		/* absent: none yet */
	size_t		 size;		/* lines to be kept; 0: all */
	bool		 save;		/* into the file */
	bool		 broken;	/* the file does not take lines: told */
};

void	pd_history_init(struct pd_history *);
void	pd_history_done(struct pd_history *);
/* The file that is meant where none was set: pydbg/history in
 * $XDG_STATE_HOME, or in ~/.local/state; absent without a home. */
struct pd_str	 pd_history_default(void);
/*
 * What the settings say now: the file (NULL or "": the default), whether
 * lines go there, how many are kept.  A file that has not been read yet is
 * read, and its lines come before those of this session.  -1 with err when it
 * cannot be read; one that is not there is fine.
 */
int	pd_history_set(struct pd_history *, const char *path, bool save,
	    size_t size, struct pd_err *);
/* Adds a line; one that is the same is dropped, newlines make several.  -1
 * with err, once for each file, when the file does not take it. */
int	pd_history_add(struct pd_history *, const char *, size_t,
	    struct pd_err *);

#endif
