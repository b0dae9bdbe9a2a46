/*
 * Numbers by address: which object has been met, and as what.
 *
 * For the walk alone; see dump-room.h.  Sixteen bytes a slot and no
 * allocation for each object: a million objects take 32 MB.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/dump-room.h"

#define FIRST	1024		/* slots */

/* Addresses are multiples of 16 mostly; frames have a low bit set. */
static inline size_t
slot_of(const struct pd_map *m, const void *key)
{
	uint64_t h = (uintptr_t)key * 0x9e3779b97f4a7c15u;

	return (size_t)(h >> 20) & (m->cap - 1);
}

static struct pd_map_slot *
find(const struct pd_map *m, const void *key)
{
	size_t i = slot_of(m, key);

	while (m->v[i].key != NULL && m->v[i].key != key)
		i = (i + 1) & (m->cap - 1);
	return &m->v[i];
}

static void
grow(struct pd_map *m)
{
	struct pd_map old = *m;

	m->cap = old.cap == 0 ? FIRST : old.cap * 2;
	m->v = pd_xcalloc(m->cap, sizeof(*m->v));
	for (size_t i = 0; i < old.cap; i++)
		if (old.v[i].key != NULL)
			*find(m, old.v[i].key) = old.v[i];
	free(old.v);
}

uint64_t
pd_map_get(const struct pd_map *m, const void *key)
{
	return m->cap == 0 ? 0 : find(m, key)->n;
}

uint64_t *
pd_map_at(struct pd_map *m, const void *key)
{
	struct pd_map_slot *s;

	if (m->n >= m->cap / 8 * 5)
		grow(m);
	s = find(m, key);
	if (s->key == NULL) {
		s->key = key;
		s->n = 0;
		m->n++;
	}
	return &s->n;
}

void
pd_map_done(struct pd_map *m)
{
	free(m->v);
	memset(m, 0, sizeof(*m));
}
