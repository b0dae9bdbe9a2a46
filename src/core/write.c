/*
 * Core files, from records to bytes: blocks, compression, index, trailer.
 *
 * Called by the engine's walk (engine/dump.c), and by tests.  Must not know
 * Python.  What is a record of a table is encoded by its description; objects
 * are in write-object.c.  See format.h for what the bytes mean.
 */
#include "core/write-room.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "core/crc.h"

_Static_assert(sizeof(struct pd_core_file_head) == 16, "packed");
_Static_assert(sizeof(struct pd_core_block_head) == 40, "packed");
_Static_assert(sizeof(struct pd_core_index_entry) == 32, "packed");
_Static_assert(sizeof(struct pd_core_trailer) == 32, "packed");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "see format.h");

#define LEVEL	1	/* 64 KiB in 0.2 ms; more gains little */

static void
put_file(struct pd_core_writer *w, const void *data, size_t n)
{
	const char *p = data;

	while (n > 0 && w->error == 0) {
		ssize_t did = write(w->fd, p, n);

		if (did < 0 && errno == EINTR)
			continue;
		if (did <= 0) {
			w->error = did < 0 ? errno : ENOSPC;
			return;
		}
		p += did;
		n -= (size_t)did;
		w->offset += (uint64_t)did;
	}
}

struct pd_core_writer *
pd_core_writer_new(int fd, int level)
{
	struct pd_core_writer *w = pd_xcalloc(1, sizeof(*w));
	struct pd_core_file_head head = { .major = PD_CORE_MAJOR,
	    .minor = PD_CORE_MINOR };

	w->fd = fd;
	w->level = level == 0 ? LEVEL : level;
	w->zstd = ZSTD_createCCtx();
	if (w->zstd == NULL)
		w->error = ENOMEM;
	for (int i = 0; i < PD_CORE_T_COUNT; i++)
		w->tables[i].next = 1;
	memcpy(head.magic, PD_CORE_MAGIC, PD_CORE_MAGIC_LEN);
	put_file(w, &head, sizeof(head));
	return w;
}

/* The payload as it goes into the file; smaller, or as it was. */
static const unsigned char *
pack(struct pd_core_writer *w, const struct pd_core_wbuf *t,
    struct pd_core_block_head *head)
{
	size_t room = ZSTD_compressBound(t->n), n;

	if (room > w->packed_cap) {
		w->packed = pd_xrealloc(w->packed, room);
		w->packed_cap = room;
	}
	n = ZSTD_compressCCtx(w->zstd, w->packed, room, t->p, t->n, w->level);
	if (ZSTD_isError(n) || n >= t->n) {
		head->codec = PD_CORE_RAW;
		head->stored = (uint32_t)t->n;
		return t->p;
	}
	head->codec = PD_CORE_ZSTD;
	head->stored = (uint32_t)n;
	return w->packed;
}

static void
put_block(struct pd_core_writer *w, enum pd_core_table table,
    struct pd_core_wtable *t)
{
	struct pd_core_block_head head = { .table = (uint8_t)table,
	    .raw = (uint32_t)t->buf.n, .count = t->count,
	    .first = t->next - t->count };
	struct pd_core_index_entry *e;
	const unsigned char *payload = pack(w, &t->buf, &head);

	memcpy(head.magic, PD_CORE_BLOCK_MAGIC, PD_CORE_MAGIC_LEN);
	head.crc = pd_crc32c(payload, head.stored);
	head.head_crc = pd_crc32c(&head, sizeof(head) - 4);
	if (table != PD_CORE_T_INDEX) {
		e = PD_VEC_PUSH(&w->index, struct pd_core_index_entry);
		e->offset = w->offset;
		e->first = head.first;
		e->count = head.count;
		e->raw = head.raw;
		e->stored = head.stored;
		e->table = head.table;
		e->codec = head.codec;
	}
	put_file(w, &head, sizeof(head));
	put_file(w, payload, head.stored);
	w->raw += head.raw;
}

void
pd_core_write_end_block(struct pd_core_writer *w, enum pd_core_table table)
{
	struct pd_core_wtable *t = &w->tables[table];

	if (t->count == 0)
		return;
	/* A type stands before its first object. */
	if (table == PD_CORE_T_OBJECT)
		pd_core_write_end_block(w, PD_CORE_T_TYPE);
	if (w->error == 0)
		put_block(w, table, t);
	t->buf.n = 0;
	t->count = 0;
	t->prev_addr = 0;
}

uint64_t
pd_core_put_rec(struct pd_core_writer *w, enum pd_core_table table,
    const struct pd_desc *desc, const void *rec)
{
	struct pd_core_wtable *t = &w->tables[table];
	struct pd_buf b = { 0 };
	uint64_t n = t->next;

	pd_rec_encode(desc, rec, &b);
	if (t->buf.n > 0 && t->buf.n + b.n > PD_CORE_BLOCK_BYTES)
		pd_core_write_end_block(w, table);
	memcpy(pd_core_wbuf_room(&t->buf, b.n), b.s, b.n);
	t->buf.n += b.n;
	t->next++;
	t->count++;
	pd_buf_done(&b);
	if (t->buf.n >= PD_CORE_BLOCK_BYTES)
		pd_core_write_end_block(w, table);
	return n;
}

void
pd_core_writer_flush(struct pd_core_writer *w)
{
	for (int i = PD_CORE_T_HEAD; i < PD_CORE_T_INDEX; i++)
		pd_core_write_end_block(w, (enum pd_core_table)i);
}

uint64_t
pd_core_writer_bytes(const struct pd_core_writer *w)
{
	uint64_t n = 0;

	for (int i = PD_CORE_T_HEAD; i < PD_CORE_T_INDEX; i++)
		n += w->tables[i].buf.n;
	if (w->raw > w->offset)
		n = (uint64_t)((double)n * (double)w->offset /
		    (double)w->raw);
	return w->offset + n;
}

bool
pd_core_writer_failed(const struct pd_core_writer *w)
{
	return w->error != 0;
}

static void
put_index(struct pd_core_writer *w)
{
	struct pd_core_wtable t = { .next = w->index.n + 1 };
	struct pd_core_trailer end = { .index = w->offset,
	    .blocks = w->index.n };
	size_t n = w->index.n * sizeof(struct pd_core_index_entry);

	t.count = (uint32_t)w->index.n;
	t.buf.p = w->index.v;
	t.buf.n = n;
	put_block(w, PD_CORE_T_INDEX, &t);
	end.crc = pd_crc32c(&end, 16);
	memcpy(end.magic, PD_CORE_TRAILER_MAGIC, PD_CORE_MAGIC_LEN);
	put_file(w, &end, sizeof(end));
}

int
pd_core_writer_close(struct pd_core_writer *w, bool keep, struct pd_err *err)
{
	int error;

	if (keep) {
		pd_core_writer_flush(w);
		put_index(w);
		/* A pipe has none. */
		if (w->error == 0 && fsync(w->fd) == -1 && errno != EINVAL &&
		    errno != EROFS && errno != ENOTSUP)
			w->error = errno;
	}
	error = w->error;
	for (int i = 0; i < PD_CORE_T_COUNT; i++)
		free(w->tables[i].buf.p);
	pd_vec_done(&w->index);
	free(w->packed);
	ZSTD_freeCCtx(w->zstd);
	free(w);
	return error == 0 ? 0 : pd_err_set(err, "cannot write: %s",
	    strerror(error));
}
