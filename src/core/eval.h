/*
 * Python expressions over the stored objects of a core.
 *
 * For the core target.  Nothing runs: names, attributes, items, operators,
 * comprehensions and the pure builtins and methods are done here, as the
 * Python that wrote the core does them (its version is in the head); anything
 * else raises "there is no process to call X in".  The text is the user's or
 * hostile, the store is hostile: steps, bytes and depth are limited.
 *
 * All return 0 when there is an answer, what Python raises included
 * (pd_value.failed and the last line of its traceback); -1 with err only if
 * the core itself could not be read.
 */
#ifndef PD_CORE_EVAL_H
#define PD_CORE_EVAL_H

#include "core/store.h"
#include "model/records.h"

struct pd_core_limits {
	uint64_t	 steps;		/* of evaluation; 0: the default */
	uint64_t	 bytes;		/* of memory, the same */
	uint64_t	 exc;		/* in table EXC: what $_exception is; 0:
					   None.  $_retval is what the frame's
					   variable __return__ is, if any */
	const uint64_t	*found;		/* objects that $1, $2, ... are; they
					   stay the caller's */
	size_t		 nfound;
};

/* Evaluates req->text in frame number `frame` of table FRAME (not req->frame;
 * 0: no frame, only builtins) and gives it as req->style wants, at most
 * req->max bytes (0: as live). */
int	 pd_core_eval(struct pd_core_store *, uint64_t frame,
	    const struct pd_eval *req, const struct pd_core_limits *,
	    struct pd_value *, struct pd_err *);

/* The same, for an expression whose value is to be an object of the core: what
 * `referrers` and `path` are asked about.  A computed value, or a failure: the
 * value is .failed with why, out untouched. */
int	 pd_core_eval_ref(struct pd_core_store *, uint64_t frame,
	    const struct pd_str *text, const struct pd_core_limits *,
	    struct pd_core_ref *out, struct pd_value *, struct pd_err *);

/* The text of a stored value: style, max and depth as in pd_eval. */
int	 pd_core_render(struct pd_core_store *, const struct pd_core_ref *,
	    uint64_t style, uint64_t max, uint64_t depth, struct pd_value *,
	    struct pd_err *);

/* Does the text parse as an expression?  As pd_target_ops.check. */
int	 pd_core_check(const struct pd_check *, struct pd_value *,
	    struct pd_err *);

/* A condition, compiled once and asked of many objects: in it `self` is the
 * object.  NULL with a text of what is wrong with it. */
struct pd_core_cond;
struct pd_core_cond	*pd_core_cond_new(struct pd_core_store *,
			    uint64_t frame, const struct pd_str *text,
			    struct pd_value *why);
/* 1: true; 0: false; -1: raised, the value says what.  Does not trim. */
int	 pd_core_cond_test(struct pd_core_cond *, const struct pd_core_ref *,
	    struct pd_value *why);
void	 pd_core_cond_free(struct pd_core_cond *);

/* How text could go on, from what is stored; as pd_target_ops.complete. */
int	 pd_core_complete(struct pd_core_store *, uint64_t frame,
	    const struct pd_complete_req *, const struct pd_core_limits *,
	    struct pd_complete *, struct pd_err *);

#endif
