/*
 * Which Python runs the program, and why that one.
 */
#ifndef PD_UI_PYTHON_H
#define PD_UI_PYTHON_H

#include "base/err.h"
#include "base/str.h"
#include "ui/shebang.h"

/* What the choice depends on.  All borrowed; NULL where there is none. */
struct pd_python_ask {
	const char		*option;	/* --python */
	const struct pd_shebang	*shebang;	/* of the script */
	const char		*dir;	/* absolute: the script's, or the
						   working directory for -m */
	const char		*virtual_env;	/* $VIRTUAL_ENV */
	const char		*path;		/* $PATH */
	const char		*pyenv;		/* where pyenv's versions are */
};

struct pd_python_choice {
	struct pd_str	exe;		/* path to execute, links kept: a venv's
					   python is known by its name */
	struct pd_str	why;		/* "python3 on PATH" */
	struct pd_str	note;		/* a line to be told, or absent: what
					   was passed over and why */
};

/* -1 with err: none found.  The caller frees the choice. */
int	pd_python_choose(const struct pd_python_ask *,
	    struct pd_python_choice *, struct pd_err *);
void	pd_python_choice_done(struct pd_python_choice *);
/* The directory of the venv around dir, "" if there is none: one that holds
 * it (pyvenv.cfg), or .venv or venv in it or in a directory above.  A venv
 * of another user is left out, and noted. */
struct pd_str	pd_python_venv(const char *dir, struct pd_str *note);

#endif
