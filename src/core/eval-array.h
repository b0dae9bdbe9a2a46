/*
 * Arrays of numpy and of the module array: what eval-array*.c share.
 */
#ifndef PD_CORE_EVAL_ARRAY_H
#define PD_CORE_EVAL_ARRAY_H

#include "core/eval-room.h"

#define PD_ND_DIMS	64

struct pd_nd_field;

/* What an element is: numpy's letters, or those of array.array as numpy would
 * have them ('w': an 'u' of array, one character). */
struct pd_nd_type {
	char		 kind;
	bool		 big;		/* most significant byte first */
	size_t		 size;		/* bytes */
	const char	*unit;		/* "D", "25us" of 'M' and 'm' */
	size_t		 nunit;
	struct pd_nd_field	*fields;	/* of a 'V' */
	size_t		 nfields;
};

struct pd_nd_field {
	const char	*name;
	size_t		 nname;
	size_t		 at;		/* bytes from the element's beginning */
	struct pd_nd_type	 type;
};

/* Elements in C order. */
struct pd_nd {
	struct pd_pv	*v;
	struct pd_nd_type	 type;
	int		 ndim;
	uint64_t	 shape[PD_ND_DIMS];
	uint64_t	 count;
};

/* False: not an array, or what was stored is not enough to say what it has. */
bool		 pd_nd_read(struct pd_ev *, struct pd_pv *, struct pd_nd *);
/* The bytes of an element; NULL: not in the core, or one of objects. */
const char	*pd_nd_bytes(const struct pd_nd *, uint64_t i);
/* An element as Python's own value; CUT if it is not in the core. */
struct pd_pv	*pd_nd_at(struct pd_ev *, const struct pd_nd *, uint64_t i);
/* ... of bytes that are there. */
struct pd_pv	*pd_nd_value(struct pd_ev *, const struct pd_nd_type *,
		    const char *);
double		 pd_nd_real(const char *, size_t size, bool big);
int64_t		 pd_nd_int(const char *, size_t size, bool big, bool sign);

/* a[key], and what a loop over it gives, as a list; what would be an array is
 * refused. */
struct pd_pv	*pd_nd_item(struct pd_ev *, struct pd_pv *, struct pd_pv *key);
struct pd_pv	*pd_nd_list(struct pd_ev *, struct pd_pv *);
struct pd_pv	*pd_nd_shape(struct pd_ev *, const struct pd_nd *);
struct pd_pv	*pd_nd_attr(struct pd_ev *, struct pd_pv *, const char *name);
bool		 pd_nd_is(const struct pd_pv *);

/* ---- eval-array-num.c: columns of numbers, as numpy prints them ---------- */

/* How all of an array's numbers are printed, so that they stand under one
 * another. */
struct pd_nd_column {
	size_t	 size;		/* of the numbers, bytes */
	bool	 sign;		/* also that of positive ones */
	bool	 exp;		/* 1.5e+10 */
	size_t	 left, right;	/* characters beside the point */
	size_t	 precision, exp_digits;
};
/* size and sign are the caller's. */
void		 pd_nd_measure(struct pd_ev *, struct pd_nd_column *,
		    const double *, size_t n);
void		 pd_nd_real_text(struct pd_ev *, struct pd_ptext *,
		    const struct pd_nd_column *, double);
/* Digits of the shortest text that gives that number again in so many bytes;
 * *point: 0.DIGITS * 10 ** point.  digits: 32 bytes. */
void		 pd_nd_digits(double, size_t size, char *digits, int *point);

/* ---- eval-array-text.c: the elements; eval-array-repr.c: the rest -------- */

/* As numpy prints them; line: how many characters fit in one, hang: blanks
 * before further ones. */
void		 pd_nd_print(struct pd_ev *, struct pd_ptext *,
		    const struct pd_nd *, const char *sep, size_t line,
		    size_t hang);
/* eval-array-time.c: a datetime64 as str() of it; of a timedelta64 the
 * number. */
void		 pd_nd_time(struct pd_ev *, struct pd_ptext *,
		    const struct pd_nd_type *, const char *);

/* repr(), or str(), of one of the kinds NDARRAY, ARRAY and DTYPE; false: of
 * another. */
bool		 pd_nd_repr(struct pd_ev *, struct pd_ptext *, struct pd_pv *,
		    bool str);
/* ... of a scalar that is kept as Python's number, or text; false: none. */
bool		 pd_npscalar_repr(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *, bool str);

#endif
