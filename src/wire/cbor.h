/*
 * The part of CBOR (RFC 8949) that the records need, and records by their
 * descriptions.
 *
 * Written here because Debian ships libcbor as a shared library only, and the
 * engine must not bring a shared library into the program.  The unit test
 * holds it against libcbor, byte by byte.  Written: unsigned and negative
 * integers in their shortest form, byte strings, arrays, maps, false, true,
 * null (an absent string in a vector), definite lengths.  Read: those plus text
 * strings, null, floats and tags as things to skip.  Input is hostile: lengths
 * are checked against what is there, nesting is limited, a record's keys must
 * ascend (so a duplicate is seen without memory), and the items of all vectors
 * may take 64 times the bytes of the input plus 64 KiB, no more: hundreds of
 * records that say nothing are refused.
 */
#ifndef PD_WIRE_CBOR_H
#define PD_WIRE_CBOR_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "model/field.h"

void	pd_cbor_uint(struct pd_buf *, uint64_t);
void	pd_cbor_int(struct pd_buf *, int64_t);
void	pd_cbor_bytes(struct pd_buf *, const void *, size_t);
void	pd_cbor_array(struct pd_buf *, uint64_t n);
void	pd_cbor_map(struct pd_buf *, uint64_t n);
void	pd_cbor_bool(struct pd_buf *, bool);
void	pd_cbor_null(struct pd_buf *);

struct pd_cbor_in {
	const unsigned char	*p;	/* borrowed */
	const unsigned char	*end;
};

/* Each takes one item of that type; -1 with err if it is another, and then
 * takes nothing.  The bytes are borrowed from the input. */
int	pd_cbor_get_uint(struct pd_cbor_in *, uint64_t *, struct pd_err *);
int	pd_cbor_get_int(struct pd_cbor_in *, int64_t *, struct pd_err *);
int	pd_cbor_get_bytes(struct pd_cbor_in *, const char **, size_t *,
	    struct pd_err *);
int	pd_cbor_get_array(struct pd_cbor_in *, uint64_t *, struct pd_err *);
int	pd_cbor_get_map(struct pd_cbor_in *, uint64_t *, struct pd_err *);
int	pd_cbor_get_bool(struct pd_cbor_in *, bool *, struct pd_err *);
/* Takes a null if there is one. */
bool	pd_cbor_take_null(struct pd_cbor_in *);
/* What only cores have; the records of the wire have none of these.
 * Takes a simple value below 24 (false, true, null are such), or nothing. */
bool	pd_cbor_take_simple(struct pd_cbor_in *, unsigned *);
/* Takes the head of a tag; its item is to follow. */
bool	pd_cbor_take_tag(struct pd_cbor_in *, uint64_t *);
/* Takes a float of 64 bits. */
bool	pd_cbor_take_float(struct pd_cbor_in *, double *);
#define PD_CBOR_UNDEFINED	23	/* the simple value */
int	pd_cbor_skip(struct pd_cbor_in *, struct pd_err *);

/* A record as a map; members that are zero or absent are left out. */
void	pd_rec_encode(const struct pd_desc *, const void *, struct pd_buf *);
/* rec must be zeroed; on failure it is left done.  Takes one map; what follows
 * it is the caller's. */
int	pd_rec_decode(const struct pd_desc *, struct pd_cbor_in *, void *rec,
	    struct pd_err *);

#endif
