/*
 * What is to be debugged: from the command line's target to the arguments
 * that start it.
 */
#ifndef PD_UI_PROGRAM_H
#define PD_UI_PROGRAM_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "ui/options.h"

struct pd_program {
	struct pd_vec	argv;		/* struct pd_str: python, its options,
					   the target, its arguments */
	size_t		args_at;	/* index of the first argument */
	struct pd_str	what;		/* script's real path, or the module */
	struct pd_str	python;		/* executable */
	struct pd_str	why;		/* why that one */
	struct pd_str	note;		/* a line to be told, or absent */
};

/* Looks at the environment (PATH, VIRTUAL_ENV) and the working directory.
 * Returns 0; or pydbg's exit status with err: 1 for the target, in pdb's
 * words ("Error: x.py does not exist"); 2 for the Python. */
int	pd_program_find(const struct pd_options *, int argc, char **argv,
	    struct pd_program *, struct pd_err *);
void	pd_program_done(struct pd_program *);

#endif
