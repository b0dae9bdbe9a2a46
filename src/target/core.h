/*
 * A core file as a target: the program as it was when it was written.
 *
 * Frames, variables, values, threads and exceptions come from the file alone;
 * nothing of the machine that it is opened on is looked at, nothing is run.
 */
#ifndef PD_TARGET_CORE_H
#define PD_TARGET_CORE_H

#include "model/coredump.h"
#include "target/target.h"

/* NULL with err: "FILE: is not a core of pydbg".  It has its frames at once;
 * start() only tells where it is. */
struct pd_target	*pd_target_core_new(const char *file, struct pd_err *);

/* What `core info` tells.  Borrowed from the target; NULL of another one. */
struct pd_core_about {
	const char			*file;
	uint64_t			 size;
	const struct pd_core_head	*head;
	const struct pd_core_end	*end;	/* NULL: cut off */
	bool				 cut;
	uint64_t			 damaged;	/* blocks */
	uint64_t			 objects;
	uint64_t			 frames;
	uint64_t			 threads;
	uint64_t			 modules;
	uint64_t			 sources;
};
bool	pd_target_core_about(struct pd_target *, struct pd_core_about *);
/* The exception that it was written for, number 1; -1 if there is none.  The
 * caller's. */
int	pd_target_core_exc(struct pd_target *, struct pd_core_exc *);
/* One module; NULL err.  -1: not there. */
int	pd_target_core_module(struct pd_target *, uint64_t n,
	    struct pd_core_module *);
/* When, as "2026-11-23 06:40:12 UTC". */
struct pd_str	pd_target_core_when(const struct pd_core_head *);
/* All of it that is not objects as JSON, with the frames' variables as texts:
 * for scripts and issue trackers.  out is appended to. */
int	pd_target_core_json(struct pd_target *, struct pd_buf *out,
	    struct pd_err *);

#endif
