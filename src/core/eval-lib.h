/*
 * Classes of the standard library whose operators and methods are done without
 * a process: what the evaluator of cores knows of each.
 *
 * A value of such a class is stored, or made here: then its parts are in
 * st->vals, and it has no address.
 */
#ifndef PD_CORE_EVAL_LIB_H
#define PD_CORE_EVAL_LIB_H

#include "core/eval-room.h"

/* What is not known is NULL, as is NotImplemented. */
struct pd_plib {
	struct pd_pv	*(*attr)(struct pd_ev *, struct pd_pv *,
			    const char *name);
	struct pd_pv	*(*binary)(struct pd_ev *, int op, struct pd_pv *,
			    struct pd_pv *);	/* either is of the class */
	struct pd_pv	*(*unary)(struct pd_ev *, int op, struct pd_pv *);
	/* op: PD_OP_EQ, LT, LE, GT, GE; a is of the class. */
	struct pd_pv	*(*compare)(struct pd_ev *, int op, struct pd_pv *,
			    struct pd_pv *);
	/* Equal ones have equal hashes, and equal numbers the same. */
	uint64_t	 (*hash)(struct pd_ev *, struct pd_pv *);
	bool		 (*truth)(struct pd_ev *, struct pd_pv *);
	/* int(), float(), abs(), round(x) by its name. */
	struct pd_pv	*(*number)(struct pd_ev *, struct pd_pv *,
			    const char *name, struct pd_pv *digits);
	bool		 (*repr)(struct pd_ev *, struct pd_ptext *,
			    struct pd_pv *);
	bool		 (*str)(struct pd_ev *, struct pd_ptext *,
			    struct pd_pv *);
	struct pd_pv	*(*format)(struct pd_ev *, struct pd_pv *,
			    const char *spec, size_t);
};
extern const struct pd_plib pd_lib_date, pd_lib_delta, pd_lib_zone,
    pd_lib_path, pd_lib_fraction, pd_lib_decimal, pd_lib_counter;

/* What a value's class is, or NULL; a class of the program's that comes from
 * one of these may do otherwise, and is none. */
const struct pd_plib	*pd_lib_of(const struct pd_pv *);

/* What int(), float(), abs() or round() gives for it, or NULL; what code would
 * tell is refused. */
struct pd_pv	*pd_lib_number(struct pd_ev *, struct pd_pv *,
		    const char *name, struct pd_pv *digits);

/* ---- values that are made ------------------------------------------------ */

/* Of the type of another value. */
struct pd_pv	*pd_lib_like(struct pd_ev *, const struct pd_pv *like,
		    struct pd_pv **parts, size_t n);
/* Of a class by its name, of that core kind. */
struct pd_pv	*pd_lib_make(struct pd_ev *, const char *module,
		    const char *name, int core_kind, struct pd_pv **parts,
		    size_t n);
/* mappingproxy(mapping); NULL: CUT. */
struct pd_pv	*pd_lib_proxy(struct pd_ev *, struct pd_pv *mapping);
/* A method of that table, bound to self; NULL: none of that name. */
struct pd_pv	*pd_lib_method(struct pd_ev *, struct pd_pv *self,
		    const struct pd_pfunc *, const char *name);

/* ---- eval-dates.c, eval-when.c, eval-when-methods.c, eval-strftime.c ----- */

#define PD_DAY_US	INT64_C(86400000000)

bool		 pd_is_delta(const struct pd_pv *);
bool		 pd_is_leap(int64_t year);
/* Microseconds since the day 0, of a date as well; and the value with that
 * day and time of day, the rest as in like. */
int64_t		 pd_date_moment(struct pd_ev *, struct pd_pv *);
struct pd_pv	*pd_date_at(struct pd_ev *, struct pd_pv *like, int64_t us);
/* Its tzinfo; None of one that can have none. */
struct pd_pv	*pd_date_zone(struct pd_ev *, struct pd_pv *);

int64_t		 pd_date_part(struct pd_ev *, struct pd_pv *, size_t);
/* Where a kind's parts are among year, ..., tzinfo: the first, how many. */
size_t		 pd_date_parts(const struct pd_pv *, size_t *first);
/* "+05:30", with sep between; nothing else. */
void		 pd_date_add_offset(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *delta, const char *sep);
/* Its zone's offset as a timedelta, or NULL without one; what only code can
 * tell is refused. */
struct pd_pv	*pd_date_offset(struct pd_ev *, struct pd_pv *);
int64_t		 pd_date_ordinal(struct pd_ev *, struct pd_pv *);
/* All of a timedelta in microseconds, and back. */
struct pd_pv	*pd_delta_us(struct pd_ev *, struct pd_pv *);
struct pd_pv	*pd_delta_of(struct pd_ev *, struct pd_pv *us);
extern const struct pd_pfunc pd_date_methods[], pd_time_methods[],
    pd_datetime_methods[];
struct pd_pv	*pd_date_attr(struct pd_ev *, struct pd_pv *,
		    const char *name);
struct pd_pv	*pd_date_strftime(struct pd_ev *, struct pd_pv *,
		    const char *, size_t);

/* ---- eval-known-lib.c, eval-known-dict.c --------------------------------- */

bool		 pd_known_dict(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);

/* repr(), or str(), of a class of the standard library; false: of another.  Its
 * type is known. */
bool		 pd_known_lib(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *, bool str);

/* ---- eval-dataclass.c ---------------------------------------------------- */

/* Is its == the one that dataclasses made? */
bool		 pd_dataclass_is(struct pd_ev *, const struct pd_pv *);
/* a == b, if that is a's; false: of another class. */
bool		 pd_dataclass_eq(struct pd_ev *, struct pd_pv *a,
		    struct pd_pv *b);

/* ---- eval-counter.c, eval-enum.c ----------------------------------------- */

struct pd_pv	*pd_namedtuple_attr(struct pd_ev *, struct pd_pv *,
		    const char *name);
/* A class of enum whose metaclass is the library's. */
bool		 pd_enum_is_class(struct pd_ev *, const struct pd_pv *);
struct pd_pv	*pd_enum_members(struct pd_ev *, struct pd_pv *cls);
struct pd_pv	*pd_enum_item(struct pd_ev *, struct pd_pv *cls,
		    struct pd_pv *name);
/* NULL: what it gives is code's to say. */
struct pd_pv	*pd_enum_call(struct pd_ev *, struct pd_pv *cls,
		    struct pd_pcall *);
bool		 pd_enum_contains(struct pd_ev *, struct pd_pv *cls,
		    struct pd_pv *);
/* Of flags whose operators are the library's; NULL or false: of no such. */
struct pd_pv	*pd_flag_binary(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);
bool		 pd_flag_contains(struct pd_ev *, struct pd_pv *in,
		    struct pd_pv *, bool *answer);
bool		 pd_flag_true(struct pd_ev *, struct pd_pv *, bool *answer);

#endif
