/*
 * base/vec: growing arrays of plain records, for every room.
 *
 * Knows sizes, not types; frees storage, never what a record points to.
 */
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define FIRST_CAP	4

static void
grow(struct pd_vec *vec, size_t size)
{
	size_t cap = vec->cap < FIRST_CAP ? FIRST_CAP : vec->cap * 2;

	/* An impossible size fails in the allocator instead of wrapping. */
	if (cap < vec->cap || cap > SIZE_MAX / size)
		vec->v = pd_xrealloc(vec->v, SIZE_MAX);
	else
		vec->v = pd_xrealloc(vec->v, cap * size);
	vec->cap = cap;
}

void *
pd_vec_push(struct pd_vec *vec, size_t size)
{
	char *p;

	if (vec->n == vec->cap)
		grow(vec, size);
	p = (char *)vec->v + vec->n++ * size;
	memset(p, 0, size);
	return p;
}

void
pd_vec_remove(struct pd_vec *vec, size_t i, size_t size)
{
	char *p = vec->v;

	if (i >= vec->n)
		return;
	memmove(p + i * size, p + (i + 1) * size, (vec->n - i - 1) * size);
	vec->n--;
}

void
pd_vec_done(struct pd_vec *vec)
{
	free(vec->v);
	*vec = (struct pd_vec){ 0 };
}
