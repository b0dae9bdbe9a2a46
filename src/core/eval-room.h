/*
 * The inside of the evaluator of cores.
 *
 * A value is a struct pd_pv: computed here, or standing for an object of the
 * core whose parts are read when they are asked for.  Values, and all that
 * hangs on them, live in the evaluation's arena and are not changed once they
 * are made.  One object of the core is one value: identity is the pointer.
 *
 * What Python would raise leaves by pd_ev_raise(), a longjmp: so no function
 * here may hold memory that is not the arena's while it calls another.
 */
#ifndef PD_CORE_EVAL_ROOM_H
#define PD_CORE_EVAL_ROOM_H

#include "core/eval-value.h"

/* ---- eval.c -------------------------------------------------------------- */

void		 pd_ev_begin(struct pd_ev *, struct pd_core_store *,
		    const struct pd_core_limits *);
int		 pd_ev_frame(struct pd_ev *, uint64_t frame, struct pd_err *);
void		 pd_ev_end(struct pd_ev *);

/* ---- eval-run.c: one evaluation ----------------------------------------- */

/* Ends the evaluation, or the try that it is in. */
_Noreturn void	 pd_ev_raise(struct pd_ev *, const char *type, const char *,
		    ...) __attribute__((format(printf, 3, 4)));
/* What no except clause would catch; the text says all. */
_Noreturn void	 pd_ev_stop(struct pd_ev *, const char *, ...)
		    __attribute__((format(printf, 2, 3)));
_Noreturn void	 pd_ev_no_process(struct pd_ev *, const char *what);
_Noreturn void	 pd_ev_cut(struct pd_ev *);	/* it is not in the core */
/* Runs fn; true unless it raised what `except types` would catch, a list with
 * blanks in which NULL stands for all. */
bool		 pd_ev_try(struct pd_ev *, void (*)(struct pd_ev *, void *),
		    void *, const char *types);
void		*pd_ev_alloc(struct pd_ev *, size_t);
void		*pd_ev_allocn(struct pd_ev *, size_t n, size_t size);
void		 pd_ev_step(struct pd_ev *, uint64_t);
void		 pd_ev_enter(struct pd_ev *);
void		 pd_ev_leave(struct pd_ev *);

/* Text that grows in the arena, as far as max. */
struct pd_ptext {
	char	*p;
	size_t	 n, cap;
	size_t	 max;		/* 0: as the arena */
	bool	 full;		/* more than max was added */
	unsigned depth, depth_max;	/* containers that are open; 0: any */
};
void		 pd_pt_add(struct pd_ev *, struct pd_ptext *, const char *,
		    size_t);
void		 pd_pt_adds(struct pd_ev *, struct pd_ptext *, const char *);
void		 pd_pt_addc(struct pd_ev *, struct pd_ptext *, char);
void		 pd_pt_char(struct pd_ev *, struct pd_ptext *, uint32_t);
void		 pd_pt_addf(struct pd_ev *, struct pd_ptext *, const char *,
		    ...) __attribute__((format(printf, 3, 4)));
void		 pd_pt_fill(struct pd_ev *, struct pd_ptext *, const char *,
		    size_t n, size_t times);
struct pd_pv	*pd_pt_str(struct pd_ev *, struct pd_ptext *);

/* ---- eval-value.c -------------------------------------------------------- */

struct pd_pv	*pd_pv_new(struct pd_ev *, int kind);
struct pd_pv	*pd_pv_none(void);
struct pd_pv	*pd_pv_bool(bool);
struct pd_pv	*pd_pv_const(int kind);	/* CUT, UNBOUND, NONE, ... */
struct pd_pv	*pd_pv_int(struct pd_ev *, int64_t);
struct pd_pv	*pd_pv_size(struct pd_ev *, uint64_t);
struct pd_pv	*pd_pv_float(struct pd_ev *, double);
struct pd_pv	*pd_pv_complex(struct pd_ev *, double, double);
/* The bytes must live as long as the evaluation, or are copied. */
struct pd_pv	*pd_pv_str(struct pd_ev *, const char *, size_t);
struct pd_pv	*pd_pv_strc(struct pd_ev *, const char *);	/* copied */
/* A str's bytes with a NUL behind them. */
const char	*pd_pv_str_c(struct pd_ev *, const struct pd_pv *);
struct pd_pv	*pd_pv_bytes(struct pd_ev *, int kind, const char *, size_t);
struct pd_pv	*pd_pv_seq(struct pd_ev *, int kind, struct pd_pv **,
		    size_t);
struct pd_pv	*pd_pv_pair(struct pd_ev *, struct pd_pv *, struct pd_pv *);
/* A value's exact builtin type, or the builtin that a stored one is kept
 * as; never NULL. */
const struct pd_pcls *pd_pv_cls(const struct pd_pv *);
/* As messages name it: "Order", "datetime.date". */
const char	*pd_pv_type_name(struct pd_ev *, const struct pd_pv *);
/* Its __name__. */
const char	*pd_pv_short_name(struct pd_ev *, const struct pd_pv *);
bool		 pd_pv_exact(const struct pd_pv *);	/* no subclass */
bool		 pd_pv_flag(const struct pd_pv *, uint64_t core_type_flag);
bool		 pd_pv_is_text(const struct pd_pv *);	/* bytes, bytearray */
bool		 pd_pv_is_set(const struct pd_pv *);
bool		 pd_pv_is_int(const struct pd_pv *);	/* bool as well */
bool		 pd_pv_is_core(const struct pd_pv *, int core_kind);
bool		 pd_pv_true(struct pd_ev *, struct pd_pv *);
bool		 pd_pv_same(const struct pd_pv *, const struct pd_pv *);
/* len(); raises TypeError. */
uint64_t	 pd_pv_len(struct pd_ev *, struct pd_pv *);
/* The int of __index__, within what a size may be; else it raises. */
int64_t		 pd_pv_index(struct pd_ev *, struct pd_pv *);
/* A vector that grows. */
struct pd_pvec {
	struct pd_pv	**v;
	size_t		  n, cap;
};
void		 pd_pvec_add(struct pd_ev *, struct pd_pvec *, struct pd_pv *);

/* ---- eval-load.c: out of the core --------------------------------------- */

struct pd_pv	*pd_ev_ref(struct pd_ev *, const struct pd_core_ref *);
struct pd_pv	*pd_ev_obj(struct pd_ev *, uint64_t id);
/* Item i of a list, tuple or deque, computed or not; CUT if it is missing. */
struct pd_pv	*pd_seq_at(struct pd_ev *, struct pd_pv *, size_t i);
uint64_t	 pd_seq_len(const struct pd_pv *);
/* All items; raises if any is missing. */
struct pd_pv	**pd_seq_all(struct pd_ev *, struct pd_pv *, size_t *n);
struct pd_ptab	*pd_tab_of(struct pd_ev *, struct pd_pv *);
/* A part of an object by its place in ITEMS. */
struct pd_pv	*pd_obj_item(struct pd_ev *, struct pd_pv *, size_t i);
/* What a stored object itself has under that name, or NULL. */
struct pd_pv	*pd_obj_attr(struct pd_ev *, struct pd_pv *, const char *);
/* The value of a str key in a stored dict or namespace by its number. */
struct pd_pv	*pd_obj_lookup(struct pd_ev *, uint64_t id, const char *,
		    size_t);
const struct pd_core_type *pd_ev_type(struct pd_ev *, uint64_t n);
/* "MODULE.QUALNAME" as reprs show it. */
void		 pd_type_full(struct pd_ev *, const struct pd_core_type *,
		    struct pd_ptext *);

/* ---- eval-int.c, eval-num.c, eval-float.c -------------------------------- */

struct pd_pv	*pd_int_parse(struct pd_ev *, const char *, size_t, int base);
struct pd_pv	*pd_int_bytes(struct pd_ev *, const char *, size_t n,
		    bool big, bool negative);
struct pd_pv	*pd_int_op(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);
struct pd_pv	*pd_int_pow(struct pd_ev *, struct pd_pv *, struct pd_pv *,
		    struct pd_pv *mod);
struct pd_pv	*pd_int_unary(struct pd_ev *, int op, struct pd_pv *);
int		 pd_int_cmp(const struct pd_pv *, const struct pd_pv *);
int		 pd_int_sign(const struct pd_pv *);
bool		 pd_int_fits(const struct pd_pv *, int64_t *);
void		 pd_int_text(struct pd_ev *, struct pd_ptext *,
		    const struct pd_pv *, int base);	/* no prefix, sign */
struct pd_pv	*pd_int_of_float(struct pd_ev *, double);
double		 pd_int_float(struct pd_ev *, const struct pd_pv *);
int		 pd_int_cmp_float(struct pd_ev *, const struct pd_pv *, double);
size_t		 pd_int_bits(const struct pd_pv *);
size_t		 pd_int_ones(const struct pd_pv *);
uint64_t	 pd_int_hash(const struct pd_pv *);
/* To n bytes; false if it has no room. */
bool		 pd_int_export(struct pd_ev *, const struct pd_pv *, char *,
		    size_t n, bool big, bool sign);
double		 pd_int_truediv(struct pd_ev *, const struct pd_pv *,
		    const struct pd_pv *);
struct pd_pv	*pd_int_divmod(struct pd_ev *, struct pd_pv *, struct pd_pv *);
struct pd_pv	*pd_int_round(struct pd_ev *, struct pd_pv *, int64_t digits);

/* NULL: not two numbers. */
struct pd_pv	*pd_num_op(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);
bool		 pd_num_is(const struct pd_pv *);
struct pd_pv	*pd_num_unary(struct pd_ev *, int op, struct pd_pv *);
struct pd_pv	*pd_num_divmod(struct pd_ev *, struct pd_pv *, struct pd_pv *);
struct pd_pv	*pd_num_pow(struct pd_ev *, struct pd_pv *, struct pd_pv *);
bool		 pd_num_eq(struct pd_ev *, struct pd_pv *, struct pd_pv *);
/* op is PD_OP_LT ... GE; both real. */
bool		 pd_num_order(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);
double		 pd_num_float(struct pd_ev *, struct pd_pv *);

void		 pd_float_repr(struct pd_ev *, struct pd_ptext *, double,
		    bool dot);
void		 pd_complex_repr(struct pd_ev *, struct pd_ptext *,
		    const double *);
double		 pd_float_round(double, int64_t digits);
/* float() of a text; false if it is none. */
bool		 pd_float_parse(const char *, size_t, double *);
uint64_t	 pd_float_hash(double);
/* Digits of the shortest repr; *point: 0.DIGITS * 10 ** point. */
void		 pd_float_digits(double, char *digits, int *point);

/* ---- eval-tab.c, eval-cmp.c ---------------------------------------------- */

struct pd_ptab	*pd_tab_new(struct pd_ev *, size_t expected);
struct pd_pent	*pd_tab_find(struct pd_ev *, const struct pd_ptab *,
		    struct pd_pv *key);
void		 pd_tab_put(struct pd_ev *, struct pd_ptab *, struct pd_pv *key,
		    struct pd_pv *value);
/* Without comparing or hashing by code: as the core holds it. */
void		 pd_tab_load(struct pd_ev *, struct pd_ptab *,
		    struct pd_pv *key, struct pd_pv *value);
struct pd_pv	*pd_pv_tab(struct pd_ev *, int kind, struct pd_ptab *);
void		 pd_tab_update(struct pd_ev *, struct pd_ptab *,
		    struct pd_pv *);
uint64_t	 pd_ev_hash(struct pd_ev *, struct pd_pv *);	/* may raise */

bool		 pd_ev_eq(struct pd_ev *, struct pd_pv *, struct pd_pv *);
bool		 pd_ev_order(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);
bool		 pd_ev_contains(struct pd_ev *, struct pd_pv *in,
		    struct pd_pv *x);
struct pd_pv	*pd_ev_compare(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);
/* Set operators: op is PD_OP_OR, AND, SUB, XOR. */
/* A set, or what is like one: keys() and items(). */
bool		 pd_set_like(const struct pd_pv *);
struct pd_pv	*pd_view_and(struct pd_ev *, struct pd_pv *, struct pd_pv *);
struct pd_pv	*pd_set_op(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);
/* The entries of a computed set of numbers in the order that CPython's table
 * gives them. */
void		 pd_set_arrange(struct pd_ev *, struct pd_pv *);
bool		 pd_set_order(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);

/* ---- eval-iter.c --------------------------------------------------------- */

struct pd_piter	*pd_ev_iter(struct pd_ev *, struct pd_pv *);
struct pd_piter	*pd_ev_try_iter(struct pd_ev *, struct pd_pv *); /* or NULL */
struct pd_pv	*pd_iter_next(struct pd_ev *, struct pd_piter *);
struct pd_pv	*pd_pv_iter(struct pd_ev *, struct pd_piter *);
struct pd_piter	*pd_iter_new(struct pd_ev *, const char *name, struct pd_pv *
		    (*next)(struct pd_ev *, struct pd_piter *));
/* Everything that comes. */
struct pd_pvec	 pd_ev_list(struct pd_ev *, struct pd_pv *);
void		 pd_ev_sort(struct pd_ev *, struct pd_pv **, size_t n,
		    struct pd_pv *key, bool reverse);
struct pd_pv	*pd_range_at(struct pd_ev *, struct pd_pv *, struct pd_pv *i);
struct pd_pv	*pd_range_len(struct pd_ev *, struct pd_pv *);

/* ---- eval-node.c, eval-comp.c, eval-call.c ------------------------------ */

struct pd_pv	*pd_ev_node(struct pd_ev *, const struct pd_ast *,
		    struct pd_pscope *);
struct pd_pv	*pd_ev_comp(struct pd_ev *, const struct pd_ast *,
		    struct pd_pscope *);
struct pd_pv	*pd_ev_lambda(struct pd_ev *, const struct pd_ast *,
		    struct pd_pscope *);
struct pd_pv	*pd_ev_name(struct pd_ev *, const struct pd_ast_text *,
		    struct pd_pscope *);	/* NULL: no such */
void		 pd_scope_set(struct pd_ev *, struct pd_pscope *,
		    const struct pd_ast_text *, struct pd_pv *);
struct pd_pv	*pd_ev_call_node(struct pd_ev *, const struct pd_ast *,
		    struct pd_pscope *);
struct pd_pv	*pd_ev_call(struct pd_ev *, struct pd_pv *f,
		    struct pd_pcall *, const char *what);
/* eval-bind.c: fills p and rest from the arguments, by fn's params. */
void		 pd_ev_bind(struct pd_ev *, struct pd_pcall *);
const char	*pd_ev_callable(struct pd_ev *, const struct pd_pcall *);
struct pd_pv	*pd_ev_call1(struct pd_ev *, struct pd_pv *f, struct pd_pv *);
/* f-string's {a!r:b}, and format(). */
struct pd_pv	*pd_ev_format(struct pd_ev *, struct pd_pv *, const char *spec,
		    size_t);
/* How messages call the expression: its source. */
const char	*pd_ev_source(struct pd_ev *, const struct pd_ast *);

/* ---- eval-op.c, eval-item.c, eval-attr.c --------------------------------- */

struct pd_pv	*pd_ev_binary(struct pd_ev *, int op, struct pd_pv *,
		    struct pd_pv *);
struct pd_pv	*pd_ev_unary(struct pd_ev *, int op, struct pd_pv *);
struct pd_pv	*pd_ev_item(struct pd_ev *, struct pd_pv *, struct pd_pv *key);
struct pd_prange {
	int64_t	start, stop, step;
	size_t	n;
};
/* A slice over a length, as slice.indices() has it. */
struct pd_prange pd_slice_range(struct pd_ev *, struct pd_pv *, uint64_t len);
struct pd_pv	*pd_ev_attr(struct pd_ev *, struct pd_pv *, const char *name);
/* NULL: no such attribute.  What needs code raises. */
struct pd_pv	*pd_ev_find_attr(struct pd_ev *, struct pd_pv *,
		    const char *name);
struct pd_pv	*pd_ev_dir(struct pd_ev *, struct pd_pv *);	/* eval-dir.c */
/* The type that a class of the core is, or NULL. */
const struct pd_core_type *pd_type_of_class(struct pd_ev *,
		    const struct pd_pv *);
/* Has it a __dict__, as far as the core can tell? */
bool		 pd_ev_has_dict(struct pd_ev *, const struct pd_pv *);
/* Has an object without a kind of its own that special method, or can that
 * not be told?  Then what it does is code. */
bool		 pd_ev_special(struct pd_ev *, const struct pd_pv *,
		    const char *name);
/* If so: there is no process to call it in. */
void		 pd_ev_refuse(struct pd_ev *, const struct pd_pv *,
		    const char *name);
struct pd_pv	*pd_ev_vars(struct pd_ev *, struct pd_pv *);
/* eval-cnames.c: has a class that is made in C that attribute itself?  A
 * function that is refused when it is called, or CUT, or NULL.  known: there is
 * a list of what that class has. */
struct pd_pv	*pd_cname(struct pd_ev *, const char *module, const char *cls,
		    const char *name, bool *known);
/* eval-known.c: attributes of what the standard library defines; NULL. */
struct pd_pv	*pd_known_attr(struct pd_ev *, struct pd_pv *,
		    const char *name);

/* ---- eval-names.c: the builtins ------------------------------------------ */

struct pd_pv	*pd_builtin(struct pd_ev *, const char *name, size_t);
/* Names of all of them, one by one, then NULL. */
const char	*pd_builtin_name(size_t i);
const struct pd_pcls *pd_cls_find(const char *module, const char *name,
		    size_t);
struct pd_pv	*pd_pv_type(struct pd_ev *, struct pd_pv *);	/* type(x) */
bool		 pd_ev_isinstance(struct pd_ev *, struct pd_pv *,
		    struct pd_pv *cls);
bool		 pd_ev_issubclass(struct pd_ev *, struct pd_pv *,
		    struct pd_pv *cls);
const struct pd_pfunc *pd_func_find(const struct pd_pfunc *, const char *);
extern const struct pd_pfunc pd_builtin_funcs[];
extern const struct pd_pcls pd_cls[];		/* by enum pd_pclass */

enum pd_pclass {
	PD_C_OBJECT, PD_C_TYPE, PD_C_NONE, PD_C_ELLIPSIS, PD_C_NOTIMPL,
	PD_C_INT, PD_C_BOOL, PD_C_FLOAT, PD_C_COMPLEX, PD_C_STR, PD_C_BYTES,
	PD_C_BYTEARRAY, PD_C_LIST, PD_C_TUPLE, PD_C_DICT, PD_C_SET,
	PD_C_FROZENSET, PD_C_RANGE, PD_C_SLICE, PD_C_FUNC, PD_C_LAMBDA,
	PD_C_ITER, PD_C_KEYS, PD_C_VALUES, PD_C_ITEMS, PD_C_ORDERED_KEYS,
	PD_C_ORDERED_VALUES, PD_C_ORDERED_ITEMS, PD_C_DEQUE, PD_C_METHOD,
	PD_C_MODULE, PD_C_EXTRA
};

/* Calling the builtin types: eval-make.c. */
struct pd_pv	*pd_make_type(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_int(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_bool(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_float(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_complex(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_str(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_bytes(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_list(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_dict(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_set(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_range(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_slice(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_enumerate(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_zip(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_map(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_filter(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_make_reversed(struct pd_ev *, struct pd_pcall *);

/* Methods of the builtin types, up to one without a name. */
extern const struct pd_pfunc pd_str_methods[], pd_bytes_methods[],
    pd_int_methods[], pd_float_methods[], pd_complex_methods[],
    pd_list_methods[], pd_tuple_methods[], pd_dict_methods[],
    pd_set_methods[], pd_view_methods[], pd_range_methods[],
    pd_slice_methods[], pd_deque_methods[];

/* ---- eval-text*.c, eval-format.c, eval-percent.c ------------------------- */

/* Slices of text by characters (str) or bytes. */
struct pd_pv	*pd_text_sub(struct pd_ev *, struct pd_pv *, size_t from,
		    size_t n);
struct pd_pv	*pd_text_like(struct pd_ev *, const struct pd_pv *like,
		    const char *, size_t);
uint64_t	 pd_text_len(const struct pd_pv *);
/* The first place of b in a, or the last; SIZE_MAX. */
size_t		 pd_text_find(const char *a, size_t n, const char *b, size_t m,
		    bool last);
struct pd_pv	*pd_percent(struct pd_ev *, struct pd_pv *, struct pd_pv *);
struct pd_pv	*pd_str_format(struct pd_ev *, struct pd_pcall *);

/* ---- eval-repr.c, eval-known*.c, eval-pprint*.c, eval-whatis.c ---------- */

void		 pd_ev_repr(struct pd_ev *, struct pd_ptext *, struct pd_pv *);
void		 pd_ev_str(struct pd_ev *, struct pd_ptext *, struct pd_pv *);
void		 pd_ev_ascii(struct pd_ev *, struct pd_ptext *, struct pd_pv *);
struct pd_pv	*pd_ev_repr_str(struct pd_ev *, struct pd_pv *);
struct pd_pv	*pd_ev_str_of(struct pd_ev *, struct pd_pv *);
/* repr or str of what the standard library defines; false: not known. */
bool		 pd_known_repr(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);
/* An attribute as text; "?" if it is none. */
void		 pd_known_add(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *, const char *name);
bool		 pd_known_str(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);
void		 pd_repr_text(struct pd_ev *, struct pd_ptext *, const char *,
		    size_t, bool bytes);
/* eval-dates.c */
void		 pd_repr_date(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);
void		 pd_repr_delta(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);
void		 pd_repr_zone(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);
bool		 pd_str_date(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);
/* A container that is open may not be entered again: false. */
bool		 pd_repr_enter(struct pd_ev *, struct pd_pv *);
void		 pd_repr_leave(struct pd_ev *);
void		 pd_repr_plain(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);	/* <X object at 0x...> */
void		 pd_ev_pprint(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *, uint64_t depth);
void		 pd_ev_whatis(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);

#endif
