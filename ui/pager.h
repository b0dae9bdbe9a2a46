/*
 * The pager: long output stops at each page of the terminal.
 *
 * A sink in front of the one that writes.  It counts lines since the last
 * prompt; where a page is full it asks whether to go on.  What an answer of no
 * leaves unsaid is dropped, up to the next prompt or until the program runs.
 */
#ifndef PD_UI_PAGER_H
#define PD_UI_PAGER_H

#include "cmds/settings.h"
#include "ui/out.h"

/* A window that is no terminal of its own. */
struct pd_pager_place {
	void	(*size)(void *ctx, unsigned *rows, unsigned *columns);
	int	(*key)(void *ctx);	/* waits; -1: Ctrl-C, the end */
	void	 *ctx;
};

struct pd_pager {
	struct pd_sink			 sink;	/* ctx is this record */
	struct pd_plain_out		*out;		/* borrowed */
	const struct pd_settings	*settings;	/* borrowed */
	int				 in;	/* where keys come from; -1: it
						   never asks */
	const struct pd_pager_place	*place;	/* borrowed; NULL: the terminal
						   behind in and the output */
	/* of the terminal, when the page began; 0: unknown */
	unsigned			 window_rows, window_columns;
	unsigned		 lines;	/* that are full, of this page */
	unsigned			 column;
	bool				 stopped;	/* drop what comes */
	bool				 to_end;	/* ask no more */
};

/* in and the output must be the same terminal, or in be -1. */
void	 pd_pager_init(struct pd_pager *, struct pd_plain_out *,
	    const struct pd_settings *, int in);
/* The user was there, or the program runs: a page begins. */
void	 pd_pager_begin(struct pd_pager *);
/* Columns of the output, 0 if it is no terminal. */
unsigned pd_pager_columns(struct pd_pager *);

#endif
