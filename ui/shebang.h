/*
 * The first line of a script: which interpreter it names.
 */
#ifndef PD_UI_SHEBANG_H
#define PD_UI_SHEBANG_H

#include <stdbool.h>

#include "base/str.h"

struct pd_shebang {
	bool		 python;	/* names a python */
	bool		 env;		/* by env: a name for PATH */
	struct pd_str	 interp;	/* absolute path, or env's name; absent:
					   no "#!" line */
	struct pd_str	 option;	/* one word behind it ("-Es"), absent if
					   there is none */
};

/* Reads the head of a file.  A file that cannot be read, or has no such line,
 * gives an empty record: the caller looks at readability itself. */
void	pd_shebang_read(const char *path, struct pd_shebang *);
/* The same on bytes that the caller has. */
void	pd_shebang_parse(const char *, size_t, struct pd_shebang *);
void	pd_shebang_done(struct pd_shebang *);

#endif
