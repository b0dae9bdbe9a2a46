/*
 * Memory of one evaluation: allocated bit by bit, freed at once, limited.
 *
 * The parser and the evaluator of core files take all their memory from an
 * arena, so that neither a hostile core nor a greedy expression costs more
 * than the limit, and leaving in the middle leaks nothing.
 */
#ifndef PD_CORE_ARENA_H
#define PD_CORE_ARENA_H

#include <stddef.h>

struct pd_arena_chunk;

struct pd_arena {
	struct pd_arena_chunk	*chunks;	/* owned, newest first */
	char			*at;		/* free room of the newest */
	size_t			 left;
	size_t			 used;		/* bytes of all chunks */
	size_t			 max;		/* never more than that */
};

/* Nothing is allocated until the first request. */
void	 pd_arena_init(struct pd_arena *, size_t max);
void	 pd_arena_done(struct pd_arena *);
/* Zeroed bytes that live until done, or NULL beyond the limit. */
void	*pd_arena_alloc(struct pd_arena *, size_t);

#endif
