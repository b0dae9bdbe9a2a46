/*
 * What the files of the reader share: read-file.c (the bytes), read-index.c
 * (which blocks there are), read-block.c (their payloads), store.c (records),
 * read-object.c (objects), scan.c (all of them).
 */
#ifndef PD_CORE_READ_ROOM_H
#define PD_CORE_READ_ROOM_H

#include "base/vec.h"
#include "core/store.h"

/* Where a record begins in its block's payload. */
struct pd_core_place {
	uint32_t	 off;
	uint32_t	 len;
	uint64_t	 addr;		/* of an object */
};

struct pd_core_block {
	uint64_t		 offset;	/* of its head in the file */
	uint64_t		 first;
	uint32_t		 count;
	uint32_t		 raw;
	uint32_t		 stored;
	uint8_t			 table;
	uint8_t			 codec;
	bool			 bad;	/* was tried; is damaged */
	uint64_t		 used;	/* when, for trimming */
	unsigned char		*data;	/* payload, or NULL */
	struct pd_core_place	*places;	/* .count, with data */
};

struct pd_core_kept_type {
	uint64_t		 number;	/* 0: an empty place */
	struct pd_core_type	*type;
};

/* What was asked for by name, and what it was. */
struct pd_core_named {
	const char		*module, *qualname;	/* of who asked */
	uint64_t		 number;		/* 0: none */
};

struct pd_core_store {
	int			 fd;
	char			*name;
	uint64_t		 size;		/* bytes of the file */
	bool			 cut;
	uint64_t		 damaged;
	struct pd_vec		 tables[PD_CORE_T_COUNT]; /* pd_core_block,
						   ascending, apart */
	uint64_t		 clock;
	uint64_t		 held;		/* bytes of payloads in it */
	struct ZSTD_DCtx_s	*zstd;
	bool			(*stop)(void *ctx);	/* or NULL */
	void			*stop_ctx;
	struct pd_core_head	 head;
	struct pd_core_end	 end;
	bool			 has_end;
	struct pd_core_kept_type	*types;	/* open addressing */
	size_t			 ntypes, captypes;
	struct pd_core_named	 named[8];
	size_t			 nnamed;
};

/* The file's bytes: unpacked if it was compressed as a whole.  The descriptor
 * becomes the caller's new one; *size its bytes. */
int	pd_core_file_take(int fd, const char *name, int *out,
	    uint64_t *size, struct pd_err *);
/* n bytes from an offset; false if they are not there. */
bool	pd_core_file_read(const struct pd_core_store *, void *, size_t n,
	    uint64_t offset);

/* Checks the file's head and fills .tables. */
int	pd_core_index_read(struct pd_core_store *, struct pd_err *);
/* The head of a block, from memory or file, if it is sound. */
bool	pd_core_block_head_good(const struct pd_core_block_head *);

/* The block that has record n of a table, not necessarily loaded; or NULL. */
struct pd_core_block	*pd_core_block_find(struct pd_core_store *,
			    enum pd_core_table, uint64_t n);
/* Its payload, in memory of the caller's (pd_xmalloc); NULL if it is damaged.*/
unsigned char	*pd_core_block_payload(struct pd_core_store *,
		    const struct pd_core_block *);
/* Loads it into the store. */
int	pd_core_block_load(struct pd_core_store *, struct pd_core_block *,
	    struct pd_err *);
void	pd_core_block_drop(struct pd_core_store *, struct pd_core_block *);
/* Record n of a table: its bytes, and its address if it is an object. */
int	pd_core_record(struct pd_core_store *, enum pd_core_table, uint64_t n,
	    struct pd_cbor_in *, uint64_t *addr, struct pd_err *);

/* An object's record, taken from in; before: the address of the one before. */
int	pd_core_obj_parse(struct pd_cbor_in *, uint64_t id, uint64_t before,
	    struct pd_core_obj *, struct pd_err *);

#endif
