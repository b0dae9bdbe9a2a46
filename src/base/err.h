/*
 * Errors that a caller handles.
 *
 * A function that can fail for reasons outside the code (the user's input,
 * the system) takes a struct pd_err as its last argument, returns -1 or
 * false, and leaves the whole text there: lower case, without a stop at the
 * end, naming the thing.  On success it is untouched.  Our own bugs are no
 * errors: PD_BUG logs them, and aborts when PYDBG_ABORT_ON_BUG is set, as the
 * tests do.
 */
#ifndef PD_BASE_ERR_H
#define PD_BASE_ERR_H

#include <stdbool.h>

struct pd_err {
	char	msg[1024];	/* cut if longer */
};

/* Sets the text and returns -1.  The old text may be an argument; a NULL err
 * is for callers who do not want the text. */
int	 pd_err_set(struct pd_err *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));

void	 pd_bug(const char *file, int line, const char *, ...)
	    __attribute__((format(printf, 3, 4)));
#define PD_BUG(...)	pd_bug(__FILE__, __LINE__, __VA_ARGS__)
/* Abort on a bug though the environment does not say so: for the engine,
 * whose environment is the program's (pd_welcome.abort_on_bug). */
void	 pd_bug_abort(bool);

#endif
