/*
 * Descriptions of the plain records that cross borders.
 *
 * A record is a C struct whose members are bool, uint64_t, int64_t,
 * struct pd_str, another record, or a struct pd_vec of records, pd_strs or
 * uint64_ts.  Its struct pd_desc says so once; the wire's encoder and
 * decoder, freeing, copying, comparing and dumping follow from it.  A
 * member that is added gets a new key; keys are never used again for
 * something else, unknown keys are skipped by the decoder, missing ones leave
 * zero: so an older reader reads a newer file.
 *
 * A record owns everything below it.
 */
#ifndef PD_MODEL_FIELD_H
#define PD_MODEL_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

enum pd_type {
	PD_T_BOOL,
	PD_T_U64,
	PD_T_I64,
	PD_T_STR,		/* struct pd_str */
	PD_T_REC,		/* a record inside, .desc says which */
	PD_T_VEC,		/* struct pd_vec of records, .desc */
	PD_T_STRVEC,		/* struct pd_vec of struct pd_str */
	PD_T_U64VEC		/* struct pd_vec of uint64_t */
};

struct pd_desc;

struct pd_field {
	const char		*name;
	unsigned		 key;	/* on the wire, from 1 */
	enum pd_type		 type;
	size_t			 off;	/* offsetof in the record */
	const struct pd_desc	*desc;	/* for PD_T_REC and PD_T_VEC */
};

struct pd_desc {
	const char		*name;
	size_t			 size;	/* sizeof the record */
	const struct pd_field	*fields; /* keys ascending; at most 64 */
	size_t			 n;
};

#define PD_FIELD(rec, k, t, m)						\
	{ .name = #m, .key = (k), .type = (t), .off = offsetof(struct rec, m) }
#define PD_FIELD_OF(rec, k, t, m, d)					\
	{ .name = #m, .key = (k), .type = (t),				\
	  .off = offsetof(struct rec, m), .desc = (d) }
#define PD_DESC(rec, tbl)						\
	const struct pd_desc rec##_desc = {				\
		.name = #rec, .size = sizeof(struct rec), .fields = (tbl), \
		.n = sizeof(tbl) / sizeof((tbl)[0]) }

/* Frees what the record owns and zeroes it; the record itself stays. */
void	 pd_rec_done(const struct pd_desc *, void *rec);
/* Deep copy into dst, which must be zeroed or done. */
void	 pd_rec_copy(const struct pd_desc *, void *dst, const void *src);
bool	 pd_rec_equal(const struct pd_desc *, const void *, const void *);
/* One line of text for logs and tests: name{member=value ...}; members that
 * are zero or absent are left out. */
void	 pd_rec_dump(const struct pd_desc *, const void *, struct pd_buf *);

/* ---- for those that walk records themselves (the wire) ------------------ */

/* Of a member of rec: zero, false, absent, no items, or a record of these. */
bool	 pd_field_is_zero(const struct pd_field *, const void *rec);
/* Bytes of an item of a vector member; 0 if it is none. */
size_t	 pd_field_item_size(const struct pd_field *);

#endif
