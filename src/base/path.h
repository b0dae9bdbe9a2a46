/*
 * Paths as Python's os.path sees them (bytes, no normalisation of case).
 */
#ifndef PD_BASE_PATH_H
#define PD_BASE_PATH_H

#include <stdbool.h>

#include "base/str.h"

/* os.path.join(a, b). */
struct pd_str	 pd_path_join(const char *a, const char *b);
/* os.path.abspath(p) against cwd (NULL: the process' own). */
struct pd_str	 pd_path_abs(const char *p, const char *cwd);
/* os.path.realpath(p), non-strict: what does not exist stays as it is. */
struct pd_str	 pd_path_real(const char *p);
const char	*pd_path_base(const char *p);	/* behind the last slash */
struct pd_str	 pd_path_dir(const char *p);	/* os.path.dirname(p) */
bool		 pd_path_exists(const char *p);	/* follows links */
bool		 pd_path_is_dir(const char *p);
bool		 pd_path_is_exec(const char *p);	/* executable file */
/* Looks a name up on a PATH-like list; absent if it is not there. */
struct pd_str	 pd_path_search(const char *name, const char *path);
/* Reads a whole file; at most max bytes.  -1 and err when it cannot. */
struct pd_err;
int	 pd_path_read(const char *p, size_t max, struct pd_str *out,
	    struct pd_err *);

#endif
