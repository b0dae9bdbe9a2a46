/*
 * Where commands write.
 *
 * Text has a role; the UI's theme makes colours of roles.  A command knows no
 * width, no colour and no terminal.
 */
#ifndef PD_CMDS_SINK_H
#define PD_CMDS_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum pd_role {
	PD_ROLE_TEXT,
	PD_ROLE_FILE,
	PD_ROLE_LINE,
	PD_ROLE_NAME,
	PD_ROLE_VALUE,
	PD_ROLE_SOURCE,		/* Python source text */
	PD_ROLE_MARK,		/* arrows, B */
	PD_ROLE_ERROR,
	PD_ROLE_NOTE,		/* what the debugger has to say of itself */
	PD_ROLE_PROMPT,
	PD_ROLE_ADDED,		/* what is new, and what is there no more */
	PD_ROLE_GONE,
	/* pieces of source text; what is none of these is PD_ROLE_SOURCE */
	PD_ROLE_KEYWORD,
	PD_ROLE_CONSTANT,
	PD_ROLE_BUILTIN,
	PD_ROLE_DEF,
	PD_ROLE_STRING,
	PD_ROLE_NUMBER,
	PD_ROLE_COMMENT,
	PD_ROLE_DECORATOR,
	PD_ROLE_MAX
};

struct pd_sink {
	void	(*write)(void *ctx, enum pd_role, const char *, size_t);
	void	(*flush)(void *ctx);
	void	 *ctx;
	/* What is said comes from a file that anybody may have written: control
	 * characters, which a terminal would obey, are written out. */
	bool	  strict;
};

/* All that commands say goes through here. */
void	pd_out_text(struct pd_sink *, enum pd_role, const char *, size_t);

void	pd_out(struct pd_sink *, enum pd_role, const char *, ...)
	    __attribute__((format(printf, 3, 4)));
void	pd_out_str(struct pd_sink *, enum pd_role, const struct pd_str *);
/* A whole error line, "*** TEXT" and a newline. */
void	pd_out_error(struct pd_sink *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
void	pd_out_flush(struct pd_sink *);

#endif
