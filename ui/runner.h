/*
 * A layer over a target's operations: what the front does around those that
 * let the program run.
 */
#ifndef PD_UI_RUNNER_H
#define PD_UI_RUNNER_H

#include <stdbool.h>

#include "cmds/sink.h"
#include "target/target.h"
#include "ui/pager.h"
#include "ui/stdin.h"
#include "ui/terminal.h"
#include "ui/tui/tty.h"

struct pd_runner {
	struct pd_target_ops	 ops;	/* first: the target points here */
	const struct pd_target_ops	*base;	/* what the target had */
	struct pd_target		*target;	/* borrowed */
	struct pd_input			*input;		/* borrowed */
	struct pd_sink			*sink;		/* borrowed */
	struct pd_pager			*pager;		/* borrowed; or NULL */
	struct pd_terminal		*term;		/* borrowed; or NULL */
	struct pd_tty			*tty;		/* borrowed; or NULL */
	bool			 use_tty;	/* programs start on it */
	bool			 on_tty;	/* this one is on it */
	bool			 apart;		/* it has a session of its
						   own */
	/* Handed down: the program got a SIGINT; may be NULL. */
	void				(*told)(void *told_ctx);
	void				*told_ctx;
	uint64_t			 runs;	/* how often it was let run */
	bool			 own_stdin;	/* of the program: a file */
};

/*
 * Puts the layer on: output is flushed and the input fed while the program
 * runs (start, resume) or may read (eval, exec); a fresh stdin is made for
 * each start.
 */
void	pd_runner_put(struct pd_runner *, struct pd_target *,
	    struct pd_input *, struct pd_sink *);
void	pd_runner_take_off(struct pd_runner *);
/* From now on programs are started on that terminal, or, if use is false, on
 * ours; one that is on it stays there. */
void	pd_runner_tty(struct pd_runner *, struct pd_tty *, bool use);
/* From now on the terminal changes hands with it; NULL: no more. */
void	pd_runner_terminal(struct pd_runner *, struct pd_terminal *);
/* Is the program let run, or evaluating, at this moment? */
bool	pd_runner_running(const struct pd_runner *);
/* While it does: the terminal is ours for a question, and no longer. */
void	pd_runner_pause(struct pd_runner *);
void	pd_runner_unpause(struct pd_runner *);

#endif
