/*
 * A layer over a target's operations: what the front does around those that
 * let the program run.
 */
#ifndef PD_UI_RUNNER_H
#define PD_UI_RUNNER_H

#include <stdbool.h>

#include "cmds/sink.h"
#include "target/target.h"
#include "ui/stdin.h"

struct pd_runner {
	struct pd_target_ops		 ops;	/* first: the target points here */
	const struct pd_target_ops	*base;	/* what the target had */
	struct pd_target		*target;	/* borrowed */
	struct pd_input			*input;		/* borrowed */
	struct pd_sink			*sink;		/* borrowed */
};

/*
 * Puts the layer on: output is flushed and the input fed while the program
 * runs (start, resume) or may read (eval, exec); a fresh stdin is made for
 * each start.
 */
void	pd_runner_put(struct pd_runner *, struct pd_target *,
	    struct pd_input *, struct pd_sink *);
void	pd_runner_take_off(struct pd_runner *);
/* Ctrl-C: breaks in if the program runs; false if it does not. */
bool	pd_runner_interrupt(struct pd_runner *);

#endif
