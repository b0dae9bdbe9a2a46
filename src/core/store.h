/*
 * Reading a core file.
 *
 * For the core target and the evaluator, in the debugger.  The file is
 * hostile: every length, checksum and number is checked, and what is damaged
 * or missing is an error or a hole, never a crash.  Blocks are read when
 * something of them is asked for: opening takes the index alone.
 *
 * What is given out (objects, types, strings of references) points into
 * blocks that the store holds.  It is good until pd_core_store_trim(), which
 * whoever is outermost (the target, after each of its operations) calls.  In
 * between blocks are only added, PD_CORE_HOLD_MAX bytes of them at most; what
 * goes beyond is an error.  Going over the whole file has its own buffer
 * (pd_core_scan_*).
 */
#ifndef PD_CORE_STORE_H
#define PD_CORE_STORE_H

#include "core/format.h"
#include "model/coredump.h"
#include "wire/cbor.h"

#define PD_CORE_HOLD_MAX	(256u << 20)

struct pd_core_store;

/* NULL with err: "FILE: is not a core of pydbg".  A file that is compressed as
 * a whole (gzip, zstd) is unpacked into memory first, 1 GB at most. */
struct pd_core_store	*pd_core_store_open(const char *path, struct pd_err *);
/* The same of a descriptor, which becomes the store's (also on failure);
 * name is for messages. */
struct pd_core_store	*pd_core_store_fd(int fd, const char *name,
			    struct pd_err *);
void	 pd_core_store_close(struct pd_core_store *);
/* Lets go of blocks beyond a few; see above. */
void	 pd_core_store_trim(struct pd_core_store *);

/* Asked for each block by what goes over the whole file, and by evaluations
 * now and then: true ends it with "interrupted". */
void	 pd_core_store_stop(struct pd_core_store *, bool (*fn)(void *ctx),
	    void *ctx);
bool	 pd_core_store_stopped(const struct pd_core_store *);

const struct pd_core_head	*pd_core_store_head(const struct
				    pd_core_store *);
/* NULL: the writer did not come to its end, or the file is cut. */
const struct pd_core_end	*pd_core_store_end(const struct
				    pd_core_store *);
/* No index: the file was read by going over it; damage: blocks that were
 * passed over because they are damaged. */
bool	 pd_core_store_cut(const struct pd_core_store *);
uint64_t pd_core_store_size(const struct pd_core_store *);	/* bytes */
uint64_t pd_core_store_damaged(const struct pd_core_store *);
/* The highest number of a table; with damage, not all below it are there. */
uint64_t pd_core_store_count(const struct pd_core_store *, enum
	    pd_core_table);
/* The first number from n on that is there and can be read; 0: none.  This is
 * how to go over a table: numbers may have gaps of any size. */
uint64_t pd_core_store_next(struct pd_core_store *, enum pd_core_table,
	    uint64_t n);
/* A record of any table but OBJECT by its number.  Owned by the caller, zeroed
 * before; -1 with err if it is not there. */
int	 pd_core_store_rec(struct pd_core_store *, enum pd_core_table,
	    uint64_t n, const struct pd_desc *, void *rec, struct pd_err *);
/* A type by its number, kept until the store is closed; NULL if it is not
 * there. */
const struct pd_core_type	*pd_core_store_type(struct pd_core_store *,
				    uint64_t n);
/* The type that is called so, its number in *n; NULL: none.  The last few are
 * remembered. */
const struct pd_core_type	*pd_core_store_type_named(struct pd_core_store
				    *, const char *module,
				    const char *qualname, uint64_t *n);
/* Is t, or a class that it comes from, MODULE.QUALNAME?  NULL t: false. */
bool	 pd_core_type_is(struct pd_core_store *, const struct pd_core_type *t,
	    const char *module, const char *qualname);

/* ---- references --------------------------------------------------------- */

enum pd_core_ref_kind {
	PD_CORE_R_LEFT_OUT,	/* not in the core */
	PD_CORE_R_UNBOUND,
	PD_CORE_R_NONE,
	PD_CORE_R_FALSE,
	PD_CORE_R_TRUE,
	PD_CORE_R_ELLIPSIS,
	PD_CORE_R_NOTIMPL,
	PD_CORE_R_INT,		/* .i */
	PD_CORE_R_FLOAT,	/* .f */
	PD_CORE_R_STR,		/* .s, .n */
	PD_CORE_R_EMPTY_TUPLE,
	PD_CORE_R_OBJ		/* .id; not 0, but may lead nowhere */
};

struct pd_core_ref {
	enum pd_core_ref_kind	 kind;
	union {
		uint64_t	 id;
		int64_t		 i;
		double		 f;
		struct {
			const char	*s;	/* in a block */
			size_t		 n;
		};
	};
};

/* References of one part, one after the other. */
struct pd_core_refs {
	struct pd_cbor_in	 in;
	uint64_t		 left;	/* still to come in this record */
	uint64_t		 prev;	/* see format.h */
};

/* ---- objects ------------------------------------------------------------ */

enum pd_core_value_kind {
	PD_CORE_V_NONE,
	PD_CORE_V_INT,		/* .i */
	PD_CORE_V_BIG,		/* .s, .n: magnitude, most significant byte
				   first; .negative (then it is -1 - that,
				   as tag 3 has it) */
	PD_CORE_V_FLOAT,	/* .f[0] */
	PD_CORE_V_COMPLEX,	/* .f[0], .f[1] */
	PD_CORE_V_BYTES		/* .s, .n */
};

/* A view of an object; copied freely, owns nothing. */
struct pd_core_obj {
	uint64_t	 id;
	uint64_t	 type;		/* number */
	uint64_t	 addr;
	uint64_t	 size;
	uint64_t	 total;		/* items, pairs, characters or bytes */
	uint64_t	 more;		/* first CHUNK's number, or 0 */
	enum pd_core_kind	kind;	/* unknown ones are OBJECT */
	enum pd_core_cut	cut;
	bool		 has_total;
	uint64_t	 dict;		/* number of its __dict__, or 0 */
	enum pd_core_value_kind	vkind;
	bool		 negative;
	int64_t		 i;
	double		 f[2];
	const char	*s;
	size_t		 n;
	const char	*tail;		/* the end of what .s begins */
	size_t		 ntail;
	struct pd_core_refs	items;	/* copy it and go */
	struct pd_core_refs	attrs;
};

/* -1 with err: "object 12 is not in the core". */
int	 pd_core_store_obj(struct pd_core_store *, uint64_t id,
	    struct pd_core_obj *, struct pd_err *);
/* The next reference: 1; 0 at the end; -1 with err if it is garbage. */
int	 pd_core_refs_next(struct pd_core_refs *, struct pd_core_ref *,
	    struct pd_err *);
/* Items that there were: .total, or those in the record (a dict's: pairs). */
uint64_t pd_core_obj_len(const struct pd_core_obj *);

/* All items of a container, through its chunks. */
struct pd_core_iter {
	struct pd_core_refs	 refs;
	uint64_t		 chunk;	/* the next one, or 0 */
	uint64_t		 owner;
	uint64_t		 left;	/* items that should still come */
};
void	 pd_core_iter_init(struct pd_core_iter *, const struct pd_core_obj *);
/* As pd_core_refs_next().  What a container had and the core has not comes as
 * PD_CORE_R_LEFT_OUT, once, before the 0. */
int	 pd_core_iter_next(struct pd_core_store *, struct pd_core_iter *,
	    struct pd_core_ref *, struct pd_err *);
/* Item i of a container (a dict's: 2n its keys, 2n + 1 its values), reading
 * only the chunk that has it. 1, 0: none such, -1 as above. */
int	 pd_core_item_at(struct pd_core_store *, const struct pd_core_obj *,
	    uint64_t i, struct pd_core_ref *, struct pd_err *);
/* What the object itself has under that name, in its ATTRS or its DICT: 1,
 * 0: no such.  Classes are not looked into. */
int	 pd_core_own_attr(struct pd_core_store *, const struct pd_core_obj *,
	    const char *name, size_t n, struct pd_core_ref *,
	    struct pd_err *);
/* A reference's text if it is a str, inline or an object: bytes, or NULL. */
const char	*pd_core_ref_str(struct pd_core_store *,
		    const struct pd_core_ref *, size_t *n);

/* ---- going over all objects --------------------------------------------- */

/* One after the other, CHUNKs and NAMESPACEs included, in a buffer of its
 * own: what next gives is good until the next next.  Damaged blocks are passed
 * over. */
struct pd_core_scan;
struct pd_core_scan	*pd_core_scan_new(struct pd_core_store *);
int	 pd_core_scan_next(struct pd_core_scan *, struct pd_core_obj *,
	    struct pd_err *);
void	 pd_core_scan_free(struct pd_core_scan *);

#endif
