/*
 * core/scan: all objects, one after the other.
 *
 * For what looks at the whole graph: counts by type, referrers, find.  Reads
 * from the file's front to its end with one block in memory; what the store
 * holds is left as it is.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "core/read-room.h"

struct pd_core_scan {
	struct pd_core_store	*store;
	size_t			 next;	/* block */
	uint32_t		 left;	/* records in this one */
	uint64_t		 id;	/* of the next */
	uint64_t		 addr;	/* of the one before, or 0 */
	unsigned char		*data;
	struct pd_cbor_in	 in;
};

struct pd_core_scan *
pd_core_scan_new(struct pd_core_store *s)
{
	struct pd_core_scan *scan = pd_xcalloc(1, sizeof(*scan));

	scan->store = s;
	return scan;
}

/* The next block that can be read: 1; 0: that was all. */
static int
next_block(struct pd_core_scan *scan, struct pd_err *err)
{
	struct pd_vec *blocks = &scan->store->tables[PD_CORE_T_OBJECT];

	free(scan->data);
	scan->data = NULL;
	if (pd_core_store_stopped(scan->store))
		return pd_err_set(err, "interrupted");
	while (scan->data == NULL && scan->next < blocks->n) {
		struct pd_core_block *b = PD_VEC_AT(blocks,
		    struct pd_core_block, scan->next++);

		if (b->bad)
			continue;
		scan->data = pd_core_block_payload(scan->store, b);
		if (scan->data == NULL) {
			b->bad = true;
			scan->store->damaged++;
			continue;
		}
		scan->in.p = scan->data;
		scan->in.end = scan->data + b->raw;
		scan->id = b->first;
		scan->left = b->count;
		scan->addr = 0;
	}
	return scan->data != NULL;
}

int
pd_core_scan_next(struct pd_core_scan *scan, struct pd_core_obj *o,
    struct pd_err *err)
{
	do {
		while (scan->left == 0) {
			int rc = next_block(scan, err);

			if (rc != 1)
				return rc;
		}
		scan->left--;
		/* Garbage ends its block, not the scan. */
		if (pd_core_obj_parse(&scan->in, scan->id++, scan->addr, o,
		    err) == 0) {
			scan->addr = o->addr;
			return 1;
		}
		scan->left = 0;
	} while (true);
}

void
pd_core_scan_free(struct pd_core_scan *scan)
{
	if (scan == NULL)
		return;
	free(scan->data);
	free(scan);
}
