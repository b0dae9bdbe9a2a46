/*
 * Memory of one evaluation: see arena.h.
 *
 * Called by the parser and the evaluator.  It must not end the process when
 * a request is beyond the limit.
 */
#include "core/arena.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"

#define CHUNK	((size_t)64 << 10)
#define ALIGN	((size_t)16)

struct pd_arena_chunk {
	struct pd_arena_chunk	*next;
	size_t			 size;
	_Alignas(16) char	 room[];
};

void
pd_arena_init(struct pd_arena *a, size_t max)
{
	*a = (struct pd_arena){ .max = max };
}

void
pd_arena_done(struct pd_arena *a)
{
	struct pd_arena_chunk *next;

	for (struct pd_arena_chunk *c = a->chunks; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	*a = (struct pd_arena){ .max = a->max };
}

static struct pd_arena_chunk *
add_chunk(struct pd_arena *a, size_t size)
{
	struct pd_arena_chunk *c;

	if (size > a->max || a->used > a->max - size)
		return NULL;
	c = pd_xcalloc(1, sizeof(*c) + size);
	c->size = size;
	a->used += size;
	return c;
}

void *
pd_arena_alloc(struct pd_arena *a, size_t n)
{
	struct pd_arena_chunk *c;
	void *p;

	if (n > SIZE_MAX - 2 * ALIGN)
		return NULL;
	n = (n + ALIGN - 1) & ~(ALIGN - 1);
	if (n == 0)
		n = ALIGN;
	if (n > CHUNK / 4) {
		/* A chunk of its own, behind the one that has room. */
		c = add_chunk(a, n);
		if (c == NULL)
			return NULL;
		if (a->chunks != NULL) {
			c->next = a->chunks->next;
			a->chunks->next = c;
		} else {
			a->chunks = c;
		}
		return c->room;
	}
	if (a->left < n) {
		c = add_chunk(a, CHUNK);
		if (c == NULL)
			return NULL;
		c->next = a->chunks;
		a->chunks = c;
		a->at = c->room;
		a->left = CHUNK;
	}
	p = a->at;
	a->at += n;
	a->left -= n;
	return p;
}
