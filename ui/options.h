/*
 * The command line: one table of options.
 *
 * --help, the manual's check and completion read the same rows as the parser.
 * Parsing changes nothing but the record; main.c acts on it.
 */
#ifndef PD_UI_OPTIONS_H
#define PD_UI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

/* A command to run at the first stop: a line, or a file of lines. */
struct pd_option_cmd {
	bool		 is_file;
	const char	*text;		/* borrowed from argv */
};

/* All texts are borrowed from argv. */
struct pd_options {
	struct pd_vec	 cmds;		/* struct pd_option_cmd, as given */
	struct pd_vec	 pyflags;	/* const char *: as typed */
	const char	*module;	/* -m; NULL */
	const char	*cd;
	const char	*core;		/* a core file; NULL */
	const char	*export;	/* its format; NULL */
	const char	*prompt;
	const char	*python;
	const char	*crash_dir;	/* --dump-on-crash; "": none given */
	bool		 batch;
	bool		 child_result;
	bool		 quiet;
	bool		 tui;
	bool		 nx;
	bool		 nh;
	bool		 help;
	bool		 version;
	bool		 done;		/* the rest is the program's */
	int		 rest;		/* argv index: the target, or behind
					   -m the program's first argument */
};

enum pd_option_kind {
	PD_OPT_FLAG,		/* a bool of the record */
	PD_OPT_TEXT,		/* a const char * of the record */
	PD_OPT_MAYBE,		/* the same, "" without "=VALUE" */
	PD_OPT_COMMAND,
	PD_OPT_FILE,
	PD_OPT_MODULE,
	PD_OPT_ARGS,
	PD_OPT_PYFLAG		/* passed on; letters may be grouped: -Es */
};

struct pd_option {
	enum pd_option_kind	 kind;
	const char	*names[8];	/* with dashes; NULL-terminated */
	const char		*arg;		/* "FILE"; NULL: takes none */
	const char		*help;
	size_t			 off;		/* of the FLAG or TEXT */
};

/* Ends with a row without names. */
extern const struct pd_option	pd_options_table[];

/* o must be zeroed.  -1 with err ("unknown option '--x'").  No target is no
 * error here: then module is NULL and rest is argc. */
int	pd_options_parse(struct pd_options *o, int argc, char **argv,
	    struct pd_err *);
void	pd_options_done(struct pd_options *);
void	pd_options_usage(struct pd_buf *);	/* the one-line usage */
void	pd_options_help(struct pd_buf *);	/* usage and all rows */

#endif
