/*
 * Writing a core file: records into blocks, blocks into a descriptor.
 *
 * For the engine.  No Python here: the walk says what there is, this makes
 * bytes of it.  Nothing is written twice and the file is never sought in; so a
 * pipe will do.  Memory: a buffer for each table and one for zstd's output.
 *
 * A failed write (full disk) is remembered: everything after it does nothing,
 * pd_core_writer_close() tells.  pd_core_writer_failed() says so early.
 *
 * An object:
 *
 *	pd_core_obj_begin(w, kind, type, addr, size,
 *	    PD_CORE_P_ITEMS | PD_CORE_P_TOTAL);
 *	pd_core_put_array(w, 2);
 *	pd_core_ref_id(w, id);
 *	pd_core_ref_int(w, 7);
 *	pd_core_put_uint(w, total);
 *	pd_core_obj_end(w);
 *
 * The parts come in the order of their bits.  Objects get the numbers 1, 2,
 * ... in the order in which they are written; the walk gives out numbers in
 * the order of its queue, so that both are the same.
 */
#ifndef PD_CORE_WRITE_H
#define PD_CORE_WRITE_H

#include "base/err.h"
#include "core/format.h"
#include "model/coredump.h"

struct pd_core_writer;

/* The descriptor stays the caller's.  level: zstd's, 0 for the default. */
struct pd_core_writer	*pd_core_writer_new(int fd, int level);
/* A record of any table but OBJECT; returns its number. */
uint64_t	 pd_core_put_rec(struct pd_core_writer *, enum pd_core_table,
		    const struct pd_desc *, const void *rec);
/* Ends all blocks that have been begun, types before objects: after the
 * frames and the sources, so that the order in the file is as it should be. */
void		 pd_core_writer_flush(struct pd_core_writer *);
/* Bytes in the file so far; those of blocks not ended as if they became smaller
 * as those before did. */
uint64_t	 pd_core_writer_bytes(const struct pd_core_writer *);
bool		 pd_core_writer_failed(const struct pd_core_writer *);
/* Ends the file: index, trailer, fsync (not on what has none).  Frees.  -1
 * with err if anything of it failed: "cannot write: No space left on device".
 * With keep false the file is being given up: nothing more is written. */
int		 pd_core_writer_close(struct pd_core_writer *, bool keep,
		    struct pd_err *);

/* ---- objects ------------------------------------------------------------ */

/* Returns the object's number. */
uint64_t	 pd_core_obj_begin(struct pd_core_writer *,
		    enum pd_core_kind, uint64_t type, uint64_t addr,
		    uint64_t size, unsigned parts);
void		 pd_core_obj_end(struct pd_core_writer *);

/* VALUE. */
void		 pd_core_put_int(struct pd_core_writer *, int64_t);
void		 pd_core_put_uint(struct pd_core_writer *, uint64_t);
/* Magnitude, least significant byte first. */
void		 pd_core_put_bigint(struct pd_core_writer *, bool negative,
		    const unsigned char *, size_t);
void		 pd_core_put_float(struct pd_core_writer *, double);
void		 pd_core_put_complex(struct pd_core_writer *, double, double);
void		 pd_core_put_bytes(struct pd_core_writer *, const void *,
		    size_t);
/* MORE, DICT: the first chunk's number, the dict's. */
void		 pd_core_put_number(struct pd_core_writer *, uint64_t id);

/* ITEMS and ATTRS: the array's head with its number of references, then as
 * many pd_core_ref_*. */
void		 pd_core_put_array(struct pd_core_writer *, uint64_t n);
void		 pd_core_ref_id(struct pd_core_writer *, uint64_t id);
void		 pd_core_ref_int(struct pd_core_writer *, int64_t);
void		 pd_core_ref_float(struct pd_core_writer *, double);
void		 pd_core_ref_name(struct pd_core_writer *, const char *,
		    size_t);

enum pd_core_const {
	PD_CORE_NONE,
	PD_CORE_FALSE,
	PD_CORE_TRUE,
	PD_CORE_ELLIPSIS,
	PD_CORE_NOTIMPL,
	PD_CORE_UNBOUND,	/* no value */
	PD_CORE_LEFT_OUT,	/* not in the core */
	PD_CORE_EMPTY_TUPLE
};
void		 pd_core_ref_const(struct pd_core_writer *,
		    enum pd_core_const);

#endif
