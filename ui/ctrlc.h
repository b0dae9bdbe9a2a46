/*
 * Ctrl-C, as the debugger hears of it.
 */
#ifndef PD_UI_CTRLC_H
#define PD_UI_CTRLC_H

#include "cmds/session.h"
#include "ui/runner.h"

struct pd_ctrlc {
	struct pd_runner	*runner;	/* borrowed */
	struct pd_session	*session;	/* borrowed */
	bool			 tty;		/* somebody can be asked */
	int64_t		 pressed;	/* when (ms), while it runs; 0 */
	uint64_t		 run;	/* in which of the runner's runs */
	bool			 asking;
};

/* Sees to it that the runner's target tells of its own. */
void	 pd_ctrlc_init(struct pd_ctrlc *, struct pd_runner *,
	    struct pd_session *, bool tty);
/* SIGINT came to us: breaks in if the program runs or is being asked; false if
 * there is nothing to break into. */
bool	 pd_ctrlc_here(struct pd_ctrlc *);

#endif
