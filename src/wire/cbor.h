/*
 * The part of CBOR (RFC 8949) that the records need, and records by their
 * descriptions.
 *
 * Written here because Debian ships libcbor as a shared library only, and the
 * engine must not bring a shared library into the program.  The unit test
 * holds it against libcbor, byte by byte.  Written: unsigned and negative
 * integers in their shortest form, byte strings, arrays, maps, false, true,
 * definite lengths.  Read: those plus text strings, null, floats and tags as
 * things to skip.  Input is hostile: lengths are checked against what is there,
 * nesting is limited, a duplicate key is an error.
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

struct pd_cbor_in {
	const unsigned char	*p;	/* borrowed */
	const unsigned char	*end;
};

/* Each takes one item of that type; -1 with err if it is another. */
int	pd_cbor_get_uint(struct pd_cbor_in *, uint64_t *, struct pd_err *);
int	pd_cbor_get_int(struct pd_cbor_in *, int64_t *, struct pd_err *);
int	pd_cbor_get_bytes(struct pd_cbor_in *, const char **, size_t *,
	    struct pd_err *);
int	pd_cbor_get_array(struct pd_cbor_in *, uint64_t *, struct pd_err *);
int	pd_cbor_get_map(struct pd_cbor_in *, uint64_t *, struct pd_err *);
int	pd_cbor_get_bool(struct pd_cbor_in *, bool *, struct pd_err *);
int	pd_cbor_skip(struct pd_cbor_in *, struct pd_err *);

/* A record as a map; members that are zero or absent are left out. */
void	pd_rec_encode(const struct pd_desc *, const void *, struct pd_buf *);
/* rec must be zeroed; on failure it is left done. */
int	pd_rec_decode(const struct pd_desc *, struct pd_cbor_in *, void *rec,
	    struct pd_err *);

#endif
