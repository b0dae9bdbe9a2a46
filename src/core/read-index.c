/*
 * core/read-index: which blocks a core has, and where.
 *
 * For store.c.  By the index at the end of the file if there is one and it is
 * sound, else by going over the file from block to block.  What an entry says
 * is not believed before it was checked against the file's size and the
 * entries before it; the block's own head is checked when it is loaded.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "core/crc.h"
#include "core/read-room.h"

#define HEAD_SIZE	sizeof(struct pd_core_block_head)
#define NUMBER_MAX	((uint64_t)1 << 48)	/* of records */

static bool
plausible(const struct pd_core_store *s, const struct pd_core_block *b)
{
	uint64_t floor = b->table == PD_CORE_T_OBJECT ? 6 : 1;

	return b->count > 0 && b->raw <= PD_CORE_BLOCK_MAX + 65536 &&
	    b->count * floor <= b->raw && b->first > 0 &&
	    b->first < NUMBER_MAX && b->codec <= PD_CORE_ZSTD &&
	    b->offset <= s->size && s->size - b->offset >= HEAD_SIZE &&
	    b->stored <= s->size - b->offset - HEAD_SIZE &&
	    (b->codec != PD_CORE_RAW || b->stored == b->raw);
}

/* Blocks of a table come in the order of their numbers and do not overlap;
 * those that do are passed over. */
static void
add_block(struct pd_core_store *s, const struct pd_core_block *b)
{
	struct pd_vec *table;

	if (b->table == 0 || b->table >= PD_CORE_T_INDEX)
		return;
	table = &s->tables[b->table];
	if (plausible(s, b)) {
		const struct pd_core_block *last = table->n == 0 ? NULL :
		    PD_VEC_AT(table, struct pd_core_block, table->n - 1);

		if (last == NULL || b->first >= last->first + last->count) {
			*PD_VEC_PUSH(table, struct pd_core_block) = *b;
			return;
		}
	}
	s->damaged++;
}

bool
pd_core_block_head_good(const struct pd_core_block_head *h)
{
	return memcmp(h->magic, PD_CORE_BLOCK_MAGIC, sizeof(h->magic)) == 0 &&
	    h->head_crc == pd_crc32c(h,
	    offsetof(struct pd_core_block_head, head_crc));
}

static struct pd_core_block
block_of(const struct pd_core_block_head *h, uint64_t offset)
{
	return (struct pd_core_block){ .offset = offset, .first = h->first,
	    .count = h->count, .raw = h->raw, .stored = h->stored,
	    .table = h->table, .codec = h->codec };
}

/* ---- by the index -------------------------------------------------------- */

static bool
read_trailer(struct pd_core_store *s, struct pd_core_trailer *t)
{
	return s->size > sizeof(*t) &&
	    pd_core_file_read(s, t, sizeof(*t), s->size - sizeof(*t)) &&
	    memcmp(t->magic, PD_CORE_TRAILER_MAGIC, sizeof(t->magic)) == 0 &&
	    t->crc == pd_crc32c(t, offsetof(struct pd_core_trailer, crc));
}

static bool
by_index(struct pd_core_store *s)
{
	struct pd_core_trailer t;
	struct pd_core_block_head h;
	struct pd_core_block b;
	const struct pd_core_index_entry *e;
	unsigned char *payload;

	if (!read_trailer(s, &t) ||
	    !pd_core_file_read(s, &h, sizeof(h), t.index) ||
	    !pd_core_block_head_good(&h) || h.table != PD_CORE_T_INDEX ||
	    h.raw != (uint64_t)h.count * sizeof(*e) || h.count != t.blocks)
		return false;
	b = block_of(&h, t.index);
	if (h.count > 0 && !plausible(s, &b))
		return false;
	payload = pd_core_block_payload(s, &b);
	if (payload == NULL)
		return false;
	e = (const struct pd_core_index_entry *)(const void *)payload;
	for (uint32_t i = 0; i < h.count; i++, e++) {
		b = (struct pd_core_block){ .offset = e->offset,
		    .first = e->first, .count = e->count, .raw = e->raw,
		    .stored = e->stored, .table = e->table,
		    .codec = e->codec };
		add_block(s, &b);
	}
	free(payload);
	return true;
}

/* ---- by going over it ---------------------------------------------------- */

/* The next place from `from` on at which a block's magic stands, or the end. */
static uint64_t
find_magic(struct pd_core_store *s, uint64_t from)
{
	char window[65536];

	while (from < s->size) {
		uint64_t left = s->size - from;
		size_t n = left < sizeof(window) ? (size_t)left :
		    sizeof(window);
		const char *hit;

		if (n < HEAD_SIZE || !pd_core_file_read(s, window, n, from))
			break;
		hit = memmem(window, n, PD_CORE_BLOCK_MAGIC,
		    PD_CORE_MAGIC_LEN);
		if (hit != NULL)
			return from + (uint64_t)(hit - window);
		from += n - (PD_CORE_MAGIC_LEN - 1);
	}
	return s->size;
}

static void
by_going(struct pd_core_store *s)
{
	uint64_t at = sizeof(struct pd_core_file_head);
	struct pd_core_block_head h;
	struct pd_core_block b;

	s->cut = true;
	while (pd_core_file_read(s, &h, sizeof(h), at)) {
		if (!pd_core_block_head_good(&h)) {
			s->damaged++;
			at = find_magic(s, at + 1);
			continue;
		}
		b = block_of(&h, at);
		if (s->size - at - HEAD_SIZE < h.stored)
			break;		/* cut in the middle of it */
		add_block(s, &b);
		at += HEAD_SIZE + h.stored;
	}
}

int
pd_core_index_read(struct pd_core_store *s, struct pd_err *err)
{
	struct pd_core_file_head h;

	if (!pd_core_file_read(s, &h, sizeof(h), 0) ||
	    memcmp(h.magic, PD_CORE_MAGIC, sizeof(h.magic)) != 0)
		return pd_err_set(err, "%s: is not a core of pydbg", s->name);
	if (h.major != PD_CORE_MAJOR)
		return pd_err_set(err, "%s: is a core of version %u.%u; this "
		    "pydbg reads version %u", s->name, h.major, h.minor,
		    PD_CORE_MAJOR);
	if (!by_index(s)) {
		for (unsigned t = 0; t < PD_CORE_T_COUNT; t++)
			s->tables[t].n = 0;
		s->damaged = 0;
		by_going(s);
	}
	return 0;
}
