/*
 * What a value is in the evaluator of cores, and what one evaluation keeps.
 *
 * For eval-room.h alone, which all its files include.
 */
#ifndef PD_CORE_EVAL_VALUE_H
#define PD_CORE_EVAL_VALUE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/ast.h"
#include "core/eval.h"
#include "core/utf.h"

#define PD_EV_STEPS	UINT64_C(200000000)	/* seconds of work at most */
#define PD_EV_ASK	10000u		/* a fraction of a millisecond */
#define PD_EV_BYTES	((size_t)512 << 20)
#define PD_EV_DEPTH	800		/* evaluations within one another */
#define PD_EV_PARAMS	10
#define PD_EV_TEXT	((size_t)1 << 20)	/* of a value, by default */

enum pd_pkind {
	PD_K_CUT,		/* not in the core */
	PD_K_UNBOUND,
	PD_K_NONE,
	PD_K_ELLIPSIS,
	PD_K_NOTIMPL,
	PD_K_BOOL,		/* .i */
	PD_K_INT,		/* .i, or .big if PD_PF_BIG */
	PD_K_FLOAT,		/* .f[0] */
	PD_K_COMPLEX,		/* .f[0], .f[1] */
	PD_K_STR,		/* .s */
	PD_K_BYTES,		/* .s */
	PD_K_BYTEARRAY,		/* .s */
	PD_K_LIST,		/* .seq */
	PD_K_TUPLE,		/* .seq */
	PD_K_DEQUE,		/* .seq */
	PD_K_DICT,		/* .tab */
	PD_K_SET,		/* .tab */
	PD_K_FROZENSET,		/* .tab */
	PD_K_RANGE,		/* .v: start, stop, step */
	PD_K_SLICE,		/* .v: the same */
	PD_K_TYPE,		/* .cls, or stored */
	PD_K_FUNC,		/* .func: a builtin function */
	PD_K_METHOD,		/* .method: of a builtin type, bound */
	PD_K_BOUND,		/* .v: self, a stored function */
	PD_K_LAMBDA,		/* .lambda */
	PD_K_ITER,		/* .iter */
	PD_K_VIEW,		/* .view: of a dict */
	PD_K_OBJECT,		/* of the core, by its enum pd_core_kind */
	PD_K_COUNT
};

enum {
	PD_PF_BIG = 1 << 0,
	PD_PF_INTERNED = 1 << 1,	/* equal ones are identical */
	PD_PF_LOADED = 1 << 2,		/* .tab is that of the core */
	PD_PF_ARRANGED = 1 << 3		/* see pd_set_arrange() */
};

struct pd_pv;
struct pd_ev;
struct pd_pcls;

/* What is particular to a value that the core holds. */
struct pd_pstored {
	struct pd_core_obj		 obj;
	const struct pd_core_type	*type;	/* NULL: not known */
	struct pd_core_ref		*refs;	/* items, when all are read */
	struct pd_pv			**vals;	/* items of one that was made */
	size_t				 nrefs;
	unsigned			 singles; /* items asked for alone */
};

struct pd_pent {
	struct pd_pv	*key, *value;	/* value NULL in a set */
	uint64_t	 hash;
};

/* A dict or set: entries in their order, found by an open hash of indices. */
struct pd_ptab {
	struct pd_pent	*ent;
	size_t		 n, cap;
	uint32_t	*index;		/* entry + 1, or 0 */
	size_t		 mask;
	bool		 cut;		/* the core has not all of it */
};

struct pd_piter {
	struct pd_pv	*(*next)(struct pd_ev *, struct pd_piter *);
	const char	*name;		/* its type's */
	struct pd_pv	*a, *b;
	struct pd_piter	*in, **many;
	size_t		 i, n;
	void		*state;
	bool		 done;
};

enum pd_pview { PD_VIEW_KEYS, PD_VIEW_VALUES, PD_VIEW_ITEMS };

struct pd_pv {
	uint8_t			 kind;		/* enum pd_pkind */
	uint8_t			 flags;
	struct pd_pstored	*st;		/* NULL: computed, or inline */
	union {
		int64_t		 i;
		double		 f[2];
		struct {
			const uint64_t	*limb;	/* least significant first */
			int32_t		 n;	/* limbs; negative: below 0 */
		} big;
		struct {
			const char	*p;
			size_t		 n;	/* bytes */
			size_t		 chars;	/* characters of a str */
		} s;
		struct {
			struct pd_pv	**v;
			size_t		  n;
		} seq;
		struct pd_ptab		*tab;
		struct pd_pv		*v[3];
		const struct pd_pcls	*cls;
		const struct pd_pfunc	*func;
		struct {
			struct pd_pv		*self;
			const struct pd_pfunc	*fn;
		} method;
		struct {
			const struct pd_ast	*ast;
			struct pd_pscope	*scope;
			struct pd_pv		**defaults;
		} lambda;
		struct pd_piter		*iter;
		struct {
			struct pd_pv	*dict;
			int		 which;
			bool		 ordered; /* of an OrderedDict */
		} view;
	};
};

/* Variables of a comprehension or lambda; a name is looked for outwards. */
struct pd_pscope {
	struct pd_pscope	*up;
	struct pd_ast_text	*name;
	struct pd_pv		**value;
	size_t			 n, cap;
	bool			 comp;	/* :=  binds outside of these */
};

/* A call's arguments: as they came, and bound to the function's names. */
struct pd_pcall {
	struct pd_pv		*self;		/* of a method */
	const struct pd_pfunc	*fn;
	struct pd_pv		**arg;
	size_t			 narg;
	struct pd_ast_text	*kw;
	struct pd_pv		**kwarg;
	size_t			 nkw;
	struct pd_pv		*p[PD_EV_PARAMS]; /* NULL: not given */
	struct pd_pv		**rest;		/* of a * in params */
	size_t			 nrest;
};

/*
 * A builtin function or method.  params: names, those that may be missing with
 * a "?", "/" behind those that have no keyword, "*" before those that only
 * have it, "*x" for any number; NULL: fn sees to it.
 */
struct pd_pfunc {
	const char	*name;
	struct pd_pv	*(*fn)(struct pd_ev *, struct pd_pcall *);
	const char	*params;
	bool		 of_class;	/* called on the type itself */
};

/* A builtin type. */
struct pd_pcls {
	const char		*name;
	const char		*module;	/* NULL: builtins */
	int			 kind;		/* of instances, or -1 */
	const struct pd_pcls	*base;		/* NULL: object */
	const struct pd_pfunc	*methods;	/* up to a NULL name */
	struct pd_pfunc		 make;		/* calling it */
};

struct pd_ev {
	struct pd_core_store		*store;	/* NULL: literals alone */
	uint64_t			 hex;	/* PY_VERSION_HEX */
	struct pd_arena			 arena;
	uint64_t			 steps, steps_max;
	uint64_t			 ask_at; /* whether to go on */
	unsigned			 depth;
	const char			*src;
	size_t				 nsrc;
	/* the frame */
	struct pd_core_frame		 frame;	/* owned */
	bool				 has_frame;
	struct pd_pv			*self;	/* of a condition, or NULL */
	uint64_t			 raised; /* $_exception, in table EXC */
	const uint64_t			*found;	/* $1, $2, ...: objects */
	size_t				 nfound;
	struct pd_pscope		*top;	/* what := has bound */
	/* objects of the core that have values: open hash by number */
	struct pd_pv			**objs;
	size_t				 nobjs, mask;
	/* what was raised */
	jmp_buf				*fail;
	const char			*exc;	/* "KeyError", or NULL: text
						 * alone, caught by nobody */
	struct pd_buf			 text;	/* owned: "KeyError: 'a'" */
	int				 numpy;	/* its version; 0: not known */
	struct pd_pv			*reprs[64];
	size_t				 nreprs;
};

#endif
