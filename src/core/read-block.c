/*
 * core/read-block: payloads of blocks, and the records in them.
 *
 * For store.c, read-object.c and scan.c.  A block is read when a record of it
 * is asked for, checked, unpacked and cut into its records; one that fails is
 * marked and not tried again.
 */
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "base/alloc.h"
#include "core/crc.h"
#include "core/read-room.h"

struct pd_core_block *
pd_core_block_find(struct pd_core_store *s, enum pd_core_table table,
    uint64_t n)
{
	struct pd_core_block *v = s->tables[table].v;
	size_t lo = 0, hi = s->tables[table].n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (v[mid].first + v[mid].count <= n)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == s->tables[table].n || v[lo].first > n)
		return NULL;
	return &v[lo];
}

/* The bytes behind the block's head, if that is the one that is meant. */
static unsigned char *
read_stored(struct pd_core_store *s, const struct pd_core_block *b)
{
	struct pd_core_block_head h;
	unsigned char *p = NULL;

	if (!pd_core_file_read(s, &h, sizeof(h), b->offset) ||
	    !pd_core_block_head_good(&h) || h.table != b->table ||
	    h.codec != b->codec || h.raw != b->raw ||
	    h.stored != b->stored || h.count != b->count ||
	    h.first != b->first)
		return NULL;
	p = pd_xmalloc(b->stored + 1);
	if (pd_core_file_read(s, p, b->stored, b->offset + sizeof(h)) &&
	    pd_crc32c(p, b->stored) == h.crc)
		return p;
	free(p);
	return NULL;
}

unsigned char *
pd_core_block_payload(struct pd_core_store *s, const struct pd_core_block *b)
{
	unsigned char *stored = read_stored(s, b), *raw;
	size_t n;

	if (stored == NULL || b->codec == PD_CORE_RAW)
		return stored;
	if (ZSTD_getFrameContentSize(stored, b->stored) != b->raw) {
		free(stored);
		return NULL;
	}
	if (s->zstd == NULL)
		s->zstd = ZSTD_createDCtx();
	raw = pd_xmalloc(b->raw + 1);
	n = ZSTD_decompressDCtx(s->zstd, raw, b->raw, stored, b->stored);
	free(stored);
	if (!ZSTD_isError(n) && n == b->raw)
		return raw;
	free(raw);
	return NULL;
}

/* Takes the beginning of an object's record and gives its address' delta. */
static int
take_delta(struct pd_cbor_in in, uint64_t *addr, struct pd_err *err)
{
	uint64_t n;
	int64_t delta;

	if (pd_cbor_get_array(&in, &n, err) == -1 ||
	    pd_cbor_get_uint(&in, &n, err) == -1 ||
	    pd_cbor_get_uint(&in, &n, err) == -1 ||
	    pd_cbor_get_int(&in, &delta, err) == -1)
		return -1;
	*addr += (uint64_t)delta;
	return 0;
}

static int
find_places(struct pd_core_block *b, struct pd_err *err)
{
	struct pd_cbor_in in = { .p = b->data, .end = b->data + b->raw };
	uint64_t addr = 0;

	for (uint32_t i = 0; i < b->count; i++) {
		struct pd_core_place *place = &b->places[i];
		const unsigned char *from = in.p;

		if ((b->table == PD_CORE_T_OBJECT &&
		    take_delta(in, &addr, err) == -1) ||
		    pd_cbor_skip(&in, err) == -1)
			return -1;
		place->off = (uint32_t)(from - b->data);
		place->len = (uint32_t)(in.p - from);
		place->addr = addr;
	}
	return 0;
}

static uint64_t
weight(const struct pd_core_block *b)
{
	return b->raw + (uint64_t)b->count * sizeof(struct pd_core_place);
}

void
pd_core_block_drop(struct pd_core_store *s, struct pd_core_block *b)
{
	if (b->data == NULL)
		return;
	s->held -= weight(b);
	free(b->data);
	free(b->places);
	b->data = NULL;
	b->places = NULL;
}

static int
damaged(const struct pd_core_store *s, const struct pd_core_block *b,
    struct pd_err *err)
{
	return pd_err_set(err, "%s: the block at byte %llu is damaged",
	    s->name, (unsigned long long)b->offset);
}

int
pd_core_block_load(struct pd_core_store *s, struct pd_core_block *b,
    struct pd_err *err)
{
	b->used = ++s->clock;
	if (b->data != NULL)
		return 0;
	if (b->bad)
		return damaged(s, b, err);
	if (s->held + weight(b) > PD_CORE_HOLD_MAX)
		return pd_err_set(err, "%s: this would take more than %u MB "
		    "of it at once", s->name, PD_CORE_HOLD_MAX >> 20);
	b->data = pd_core_block_payload(s, b);
	if (b->data != NULL) {
		s->held += weight(b);
		b->places = pd_xcalloc(b->count, sizeof(*b->places));
		if (find_places(b, NULL) == 0)
			return 0;
		pd_core_block_drop(s, b);
	}
	b->bad = true;
	s->damaged++;
	return damaged(s, b, err);
}

int
pd_core_record(struct pd_core_store *s, enum pd_core_table table, uint64_t n,
    struct pd_cbor_in *in, uint64_t *addr, struct pd_err *err)
{
	struct pd_core_block *b = pd_core_block_find(s, table, n);
	const struct pd_core_place *place;

	if (b == NULL)
		return pd_err_set(err, "this part is not in the core");
	if (pd_core_block_load(s, b, err) == -1)
		return -1;
	place = &b->places[n - b->first];
	in->p = b->data + place->off;
	in->end = in->p + place->len;
	if (addr != NULL)
		*addr = place->addr;
	return 0;
}
