/*
 * Random records by their descriptions, for tests of the model and the wire.
 * The same seed gives the same records on every machine.
 */
#ifndef PD_TESTS_RANDREC_H
#define PD_TESTS_RANDREC_H

#include <stdint.h>

#include "model/field.h"

struct rnd {
	uint64_t state;
};

/* Seeds are not 0. */
uint64_t	rnd_next(struct rnd *);
/* Often an edge: 0, 23, 24, 255, 256, ... 2^64 - 1. */
uint64_t	rnd_edge(struct rnd *);
/* Fills a zeroed record. */
void		rnd_record(struct rnd *, const struct pd_desc *, void *rec);

/* A record that uses every type, for what pd's own do not hold yet. */
struct pd_inner {
	int64_t		num;
	struct pd_str	text;
};
struct pd_sample {
	bool		flag;
	uint64_t	u;
	int64_t		i;
	struct pd_str	s;
	struct pd_inner	in;
	struct pd_vec	recs;		/* struct pd_inner */
	struct pd_vec	strs;		/* struct pd_str */
	struct pd_vec	nums;		/* uint64_t */
};
extern const struct pd_desc pd_inner_desc, pd_sample_desc;

/* Every description there is: the sample's, then the model's; NULL ends it. */
extern const struct pd_desc *const all_descs[];

#endif
