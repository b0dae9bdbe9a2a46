/*
 * A growing array of records of one size.
 *
 * Records may move when the vector grows; keep indices, not pointers.
 * The vector owns its storage; what a record points to belongs to whoever
 * put it there (src/model/field.h frees records that are described there).
 */
#ifndef PD_BASE_VEC_H
#define PD_BASE_VEC_H

#include <stddef.h>

struct pd_vec {
	void	*v;		/* owned storage, or NULL */
	size_t	 n;		/* records in use */
	size_t	 cap;		/* records allocated */
};

/* Appends a zeroed record of size bytes and returns it. */
void	*pd_vec_push(struct pd_vec *, size_t size);
/* Removes the record at index i; the ones behind it move down. */
void	 pd_vec_remove(struct pd_vec *, size_t i, size_t size);
/* Frees the storage only. */
void	 pd_vec_done(struct pd_vec *);

#define PD_VEC_PUSH(vec, type)	((type *)pd_vec_push((vec), sizeof(type)))
#define PD_VEC_AT(vec, type, i)	(&((type *)(vec)->v)[(i)])
#define PD_VEC_EACH(vec, type, it)					\
	for (type *it = (vec)->v; it != NULL &&				\
	    it < (type *)(vec)->v + (vec)->n; it++)

#endif
