/*
 * The front on a pipe or a plain terminal: the prompt's loop.
 */
#ifndef PD_UI_FRONT_H
#define PD_UI_FRONT_H

#include "ui/locations.h"
#include "ui/options.h"
#include "ui/program.h"

/* Runs a session over the program; returns pydbg's exit status.  Takes what
 * it needs out of the program and the locations (they are still to be
 * done). */
int	pd_front_run(const struct pd_options *, struct pd_program *,
	    struct pd_locations *);

#endif
