/*
 * The command row: everything there is to know of a command.
 *
 * A command is one file that defines one row; commands.list names the files,
 * the build makes the table of it.  Dispatch, help, usage errors, completion
 * and the manual's check read the same row.
 */
#ifndef PD_CMDS_CMD_H
#define PD_CMDS_CMD_H

#include <stdbool.h>
#include <stddef.h>

struct pd_session;

enum pd_group {
	PD_GROUP_RUNNING,
	PD_GROUP_BREAKPOINTS,
	PD_GROUP_STACK,
	PD_GROUP_DATA,
	PD_GROUP_SOURCE,
	PD_GROUP_SCREEN,
	PD_GROUP_SESSION,
	PD_GROUP_MAX
};

/* What an argument is: for completion and for usage. */
enum pd_arg_kind {
	PD_ARG_NONE,
	PD_ARG_EXPR,		/* a Python expression */
	PD_ARG_STATEMENT,
	PD_ARG_LOCATION,	/* line, file:line, function */
	PD_ARG_BREAKPOINT,	/* a breakpoint's number */
	PD_ARG_COUNT,
	PD_ARG_COMMAND,		/* a command's name */
	PD_ARG_SETTING,		/* a setting's name */
	PD_ARG_FILE,		/* the rest is a file's name, blanks and all */
	PD_ARG_THREAD,		/* a thread's number */
	PD_ARG_ALIAS,		/* an alias' name */
	PD_ARG_WORD,		/* one of the row's .words */
	PD_ARG_TEXT
};

enum pd_repeat {
	PD_REPEAT_SAME,		/* an empty line runs the same line again */
	PD_REPEAT_BARE,		/* ... without arguments (list goes on) */
	PD_REPEAT_NONE
};

enum pd_cmd_status {
	PD_CMD_STAY,		/* done; prompt again */
	PD_CMD_RESUMED,		/* the program ran and a new event was told */
	PD_CMD_QUIT,		/* the debugger is to end */
	PD_CMD_FAILED		/* as STAY; an error was told */
};

struct pd_cmd {
	const char		*name;
	const char		*aliases[5];	/* NULL-terminated, exact */
	enum pd_group		 group;
	/* in order; the last one repeats */
	enum pd_arg_kind	 args[3];
	/* PD_ARG_WORD: the i-th word, NULL behind the last; for completion */
	const char		*(*words)(size_t i);
	/* pdb's usage lines, several separated by \n: "c(ont(inue))" */
	const char		*usage;
	/* a line for the list in help */
	const char		*summary;
	const char		*help;		/* paragraphs below the usage */
	/* a line that a user might type */
	const char		*example;
	unsigned		 needs;		/* PD_CAP_* */
	enum pd_repeat		 repeat;
	/* Where a Python name is a command's too: is the line with these n
	 * bytes behind the name the command's?  NULL: always. */
	bool			(*claims)(const char *arg, size_t n);
	/* 3.13: arguments are an error */
	bool			 no_args;
	/* 3.14: to have none is an error */
	bool			 wants_arg;
	/* not pdb's: gives way to a variable of that name (dialect.c) */
	bool			 soft;
	/* arg is what follows the name, stripped; "" if nothing. */
	enum pd_cmd_status	(*exec)(struct pd_session *, const char *arg);
};

/* All rows, NULL-terminated, in the order of commands.list. */
extern const struct pd_cmd *const pd_commands[];
/* By name or alias, exact; NULL. */
const struct pd_cmd	*pd_cmd_find(const char *name, size_t n);

#endif
