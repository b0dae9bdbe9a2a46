/*
 * The inside of the writer of core files: write.c and write-object.c.
 */
#ifndef PD_CORE_WRITE_ROOM_H
#define PD_CORE_WRITE_ROOM_H

#include <stdlib.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "core/write.h"
#include "wire/cbor.h"

/* Bytes without the NUL and the checks of a pd_buf: millions of small ones. */
struct pd_core_wbuf {
	unsigned char	*p;	/* owned */
	size_t		 n, cap;
};

struct pd_core_wtable {
	struct pd_core_wbuf buf;	/* the payload of the block begun */
	uint32_t	 count;		/* records in it */
	uint64_t	 next;		/* number of the next record */
	uint64_t	 prev_addr;	/* objects: see format.h */
};

struct pd_core_writer {
	int		 fd;
	int		 error;		/* errno of the first failure, or 0 */
	int		 level;
	uint64_t	 offset;	/* bytes in the file */
	uint64_t	 raw;		/* of payloads, not packed */
	struct pd_core_wtable tables[PD_CORE_T_COUNT];
	struct pd_vec	 index;		/* struct pd_core_index_entry */
	ZSTD_CCtx	*zstd;
	unsigned char	*packed;	/* owned: zstd's output */
	size_t		 packed_cap;
	/* Of the object that has been begun: */
	uint64_t	 id;
	uint64_t	 prev;		/* of the reference before */
	uint64_t	 left;		/* references of its array to come */
};

/* Room for n more bytes; the place where they go. */
static inline unsigned char *
pd_core_wbuf_room(struct pd_core_wbuf *b, size_t n)
{
	if (b->cap - b->n < n) {
		b->cap = b->cap * 2 > b->n + n ? b->cap * 2 :
		    b->n + n + PD_CORE_BLOCK_BYTES;
		b->p = pd_xrealloc(b->p, b->cap);
	}
	return b->p + b->n;
}

/* Writes what a table's buffer has as a block, if there is something. */
void	 pd_core_write_end_block(struct pd_core_writer *, enum pd_core_table);

#endif
