/*
 * What makes scripts of commands: aliases, command lists of breakpoints,
 * displays, and statements of several lines.
 *
 * A part of the session (session.h), which makes and ends it.  The formats
 * and rules are those of Lib/pdb.py.
 */
#ifndef PD_CMDS_SCRIPT_H
#define PD_CMDS_SCRIPT_H

#include <stdbool.h>

#include "base/str.h"
#include "base/vec.h"
#include "cmds/cmd.h"
#include "model/records.h"

struct pd_session;
struct pd_qline;

struct pd_script {
	struct pd_vec	 aliases;	/* struct pd_alias, by name */
	struct pd_vec	 displays;	/* struct pd_display */
	uint64_t	 last_display;	/* highest number given out */
	struct pd_vec	 lists;		/* struct pd_cmdlist */
	uint64_t	 defining;	/* breakpoint whose list is typed; 0 */
	struct pd_vec	 before;	/* at most one pd_cmdlist: the list
					   that defining replaces */
	bool		 swallow_end;	/* an `end` that has nothing to end */
	struct pd_vec	 outer;		/* uint64_t: the frame that was selected
					   at each `debug` */
	struct pd_str	 prompt;	/* as last shown */
};

struct pd_alias {
	struct pd_str	 name;
	struct pd_str	 text;
};

/* What display shows when its value has changed; in the gdb dialect always. */
struct pd_display {
	uint64_t	 id;		/* the gdb dialect's number */
	uint64_t	 mark;		/* of the frame, see PD_OP_MARK */
	struct pd_str	 expr;
	struct pd_str	 text;		/* the value when last seen */
};

struct pd_cmdline {
	struct pd_str	 text;
	struct pd_str	 from;		/* as struct pd_qline's */
};

/* The commands of a breakpoint. */
struct pd_cmdlist {
	uint64_t	 id;
	struct pd_vec	 lines;		/* struct pd_cmdline */
	bool		 silent;
	bool		 resumes;	/* the last line lets the program run */
};

void	pd_script_done(struct pd_script *);

/* ---- alias.c ------------------------------------------------------------- */

/*
 * Replaces the line's first word as long as it is an alias' name.  out (zeroed,
 * the caller's) is the line then; absent: it is no alias.  False: told why it
 * cannot be.
 */
bool	pd_alias_expand(struct pd_session *, const char *, size_t,
	    struct pd_str *out);
/* NULL: there is none. */
const struct pd_str	*pd_alias_find(struct pd_session *, const char *,
			    size_t);
void	pd_alias_set(struct pd_session *, const char *name, const char *text);
bool	pd_alias_remove(struct pd_session *, const char *name);

/* ---- cmdlist.c ----------------------------------------------------------- */

/* From now on lines are the breakpoint's, until `end`. */
void	pd_cmdlist_begin(struct pd_session *, uint64_t id);
/* A line while that lasts; from as in struct pd_qline. */
void	pd_cmdlist_line(struct pd_session *, const char *, size_t,
	    const struct pd_str *from);
/* Ctrl-C while that lasts: the old list is back. */
void	pd_cmdlist_abort(struct pd_session *);
/* At a stop: queues the commands of the breakpoint that it is due to. */
void	pd_cmdlist_stop(struct pd_session *);
/* NULL: it has none. */
const struct pd_cmdlist	*pd_cmdlist_of(struct pd_session *, uint64_t id);

/* ---- display.c ----------------------------------------------------------- */

/* Shows what has changed of the present frame's displays. */
void	pd_display_show(struct pd_session *);
void	pd_display_forget(struct pd_session *);	/* a new process */

#endif
