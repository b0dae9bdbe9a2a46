/*
 * Records about the program's streams.  Part of records.h.
 */
#ifndef PD_MODEL_STDIO_H
#define PD_MODEL_STDIO_H

#include "model/field.h"

/* Moves those of the descriptors 0, 1, 2 that are one terminal to another. */
struct pd_stdio {
	struct pd_str	 to;		/* path of the terminal */
	struct pd_str	 from;		/* path of the one to be left */
	bool		 own;		/* it is to be the program's own, in a
					   session of its own */
	uint64_t	 group;		/* then: another process group of the
					   program's session */
};
extern const struct pd_desc pd_stdio_desc;

/* What came of it. */
struct pd_moved {
	uint64_t	 streams;	/* bit i: descriptor i was moved */
	bool		 own;		/* it has a session of its own */
};
extern const struct pd_desc pd_moved_desc;

#endif
