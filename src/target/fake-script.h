/*
 * What the two files of the fake target share.
 */
#ifndef PD_TARGET_FAKE_SCRIPT_H
#define PD_TARGET_FAKE_SCRIPT_H

#include "target/fake.h"

/* A line of the script: KEY => VALUE below a verb. */
struct rule {
	const char	*verb;		/* static */
	struct pd_str	 key, value;
};

struct fake_event {
	struct pd_event	 ev;
	struct pd_vec	 frames;	/* struct pd_frame, innermost first */
};

struct fake {
	struct pd_target	 target;	/* first: ops get this */
	struct pd_vec		 rules;		/* struct rule */
	struct pd_vec		 events;	/* struct fake_event */
	size_t			 next;		/* event */
	struct pd_buf		 log, given;
	bool			 alive;
};

/* Takes a line of the script; false if it is not understood. */
bool	pd_fake_script_line(struct fake *, const char *);
int	pd_fake_mark(struct pd_target *, const struct pd_mark *,
	    struct pd_frame *, struct pd_err *);
/* FILE:LINE FUNC SOURCE into a zeroed frame; false if it is none. */
bool	pd_fake_frame(const char *, struct pd_frame *);
/* The frames of the stop, innermost first; NULL: the program does not stand. */
const struct pd_vec	*pd_fake_stack(struct fake *);
/* FILE:LINE into an owned file and a line; false if it is none. */
bool	pd_fake_split_place(const char *, size_t, struct pd_str *, uint64_t *);
/* Slots: what rules `child`, `insn` and `also` say, see fake.h. */
int	pd_fake_code(struct pd_target *, const struct pd_code_req *,
	    struct pd_code *, struct pd_err *);
int	pd_fake_threads(struct pd_target *, const struct pd_nothing *,
	    struct pd_threads *, struct pd_err *);
int	pd_fake_children(struct pd_target *, const struct pd_children_req *,
	    struct pd_children *, struct pd_err *);

#endif
