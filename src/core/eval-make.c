/*
 * Calling the builtin types: int(), str(), list(), zip() and their like.
 *
 * Called by the evaluator of cores by way of the table in eval-names.c.
 */
#include "core/eval-lib.h"

#include <ctype.h>

struct pd_pv *
pd_make_type(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_type(ev, c->p[0]);
}

struct pd_pv *
pd_make_bool(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_bool(c->p[0] != NULL && pd_pv_true(ev, c->p[0]));
}

/* ---- numbers ------------------------------------------------------------- */

/* The text of str or bytes without the blanks around it. */
static const char *
stripped(struct pd_ev *ev, const struct pd_pv *v, size_t *n)
{
	const char *s = v->s.p;
	size_t size;

	*n = v->s.n;
	if (v->st != NULL && v->st->obj.cut != 0)
		pd_ev_cut(ev);
	while (*n > 0 && pd_utf_space(pd_utf_get(s, *n, &size))) {
		s += size;
		*n -= size;
	}
	while (*n > 0 && isspace((unsigned char)s[*n - 1]))
		--*n;
	return s;
}

struct pd_pv *
pd_make_int(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0], *v;
	int64_t base = 10;
	const char *s;
	size_t n;

	if (x == NULL)
		return pd_pv_int(ev, 0);
	if (c->p[1] != NULL) {
		base = pd_pv_index(ev, c->p[1]);
		if (base != 0 && (base < 2 || base > 36))
			pd_ev_raise(ev, "ValueError", "int() base must be >= 2 "
			    "and <= 36, or 0");
		if (x->kind != PD_K_STR && !pd_pv_is_text(x))
			pd_ev_raise(ev, "TypeError", "int() can't convert "
			    "non-string with explicit base");
	}
	if (pd_pv_is_int(x))
		return pd_int_unary(ev, PD_OP_POS, x);
	if (x->kind == PD_K_FLOAT)
		return pd_int_of_float(ev, x->f[0]);
	if (x->kind == PD_K_CUT)
		pd_ev_cut(ev);
	v = pd_lib_number(ev, x, "int", NULL);
	if (v != NULL)
		return v;
	if (x->kind != PD_K_STR && !pd_pv_is_text(x))
		pd_ev_raise(ev, "TypeError", "int() argument must be a string, "
		    "a bytes-like object or a real number, not '%s'",
		    pd_pv_type_name(ev, x));
	s = stripped(ev, x, &n);
	v = pd_int_parse(ev, s, n, (int)base);
	if (v == NULL) {
		v = pd_ev_repr_str(ev, x->kind != PD_K_BYTEARRAY ? x :
		    pd_pv_bytes(ev, PD_K_BYTES, x->s.p, x->s.n));
		pd_ev_raise(ev, "ValueError", "invalid literal for int() with "
		    "base %d: %.*s", (int)base, (int)(v->s.n > 220 ? 220 :
		    v->s.n), v->s.p);
	}
	return v;
}

struct pd_pv *
pd_make_float(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0], *r;
	const char *s;
	double f;
	size_t n;

	if (x == NULL)
		return pd_pv_float(ev, 0);
	if (pd_pv_is_int(x) || x->kind == PD_K_FLOAT)
		return pd_pv_float(ev, pd_num_float(ev, x));
	if (x->kind == PD_K_CUT)
		pd_ev_cut(ev);
	r = pd_lib_number(ev, x, "float", NULL);
	if (r != NULL)
		return r;
	if (x->kind != PD_K_STR && !pd_pv_is_text(x))
		pd_ev_raise(ev, "TypeError", "float() argument must be a "
		    "string or a real number, not '%s'",
		    pd_pv_type_name(ev, x));
	s = stripped(ev, x, &n);
	pd_ev_step(ev, n);
	if (!pd_float_parse(s, n, &f)) {
		r = pd_ev_repr_str(ev, x);
		pd_ev_raise(ev, "ValueError", "could not convert string to "
		    "float: %.*s", (int)(r->s.n > 4096 ? 4096 : r->s.n),
		    r->s.p);
	}
	return pd_pv_float(ev, f);
}

struct pd_pv *
pd_make_complex(struct pd_ev *ev, struct pd_pcall *c)
{
	double z[2] = { 0, 0 };

	for (size_t i = 0; i < 2; i++) {
		struct pd_pv *x = c->p[i];

		if (x == NULL)
			continue;
		if (!pd_num_is(x))
			pd_ev_no_process(ev, "complex");
		if (x->kind != PD_K_COMPLEX)
			z[i] = i == 0 ? pd_num_float(ev, x) :
			    z[i] + pd_num_float(ev, x);
		else if (i == 0)
			memcpy(z, x->f, sizeof(z));
		else {
			z[0] -= x->f[1];
			z[1] += x->f[0];
		}
	}
	return pd_pv_complex(ev, z[0], z[1]);
}

/* ---- text ---------------------------------------------------------------- */

struct pd_pv *
pd_make_str(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pcall decode = { .self = c->p[0] };

	if (c->p[0] == NULL)
		return pd_pv_str(ev, "", 0);
	if (c->p[1] == NULL && c->p[2] == NULL)
		return pd_ev_str_of(ev, c->p[0]);
	if (!pd_pv_is_text(c->p[0]))
		pd_ev_raise(ev, "TypeError", "decoding to str: need a "
		    "bytes-like object, %s found",
		    pd_pv_type_name(ev, c->p[0]));
	decode.p[0] = c->p[1];
	decode.p[1] = c->p[2];
	return pd_func_find(pd_bytes_methods, "decode")->fn(ev, &decode);
}

struct pd_pv *
pd_make_bytes(struct pd_ev *ev, struct pd_pcall *c)
{
	int kind = c->fn->name[4] == 's' ? PD_K_BYTES : PD_K_BYTEARRAY;
	struct pd_pcall encode = { .self = c->p[0] };
	struct pd_ptext t = { 0 };
	struct pd_piter *it;
	struct pd_pv *x = c->p[0];
	int64_t n;

	if (x == NULL)
		return pd_pv_bytes(ev, kind, "", 0);
	if (x->kind == PD_K_STR) {
		if (c->p[1] == NULL)
			pd_ev_raise(ev, "TypeError",
			    "string argument without an encoding");
		encode.p[0] = c->p[1];
		encode.p[1] = c->p[2];
		x = pd_func_find(pd_str_methods, "encode")->fn(ev, &encode);
		return pd_pv_bytes(ev, kind, x->s.p, x->s.n);
	}
	if (pd_pv_is_text(x))
		return pd_pv_bytes(ev, kind, x->s.p, x->s.n);
	if (pd_pv_is_int(x)) {
		n = pd_pv_index(ev, x);
		if (n < 0)
			pd_ev_raise(ev, "ValueError", "negative count");
		return pd_pv_bytes(ev, kind, pd_ev_allocn(ev, (size_t)n + 1,
		    1), (size_t)n);
	}
	it = pd_ev_try_iter(ev, x);
	if (it == NULL)
		pd_ev_raise(ev, "TypeError", "cannot convert '%s' object to "
		    "%s", pd_pv_type_name(ev, x), c->fn->name);
	while ((x = pd_iter_next(ev, it)) != NULL) {
		n = pd_pv_index(ev, x);
		if (n < 0 || n > 255)
			pd_ev_raise(ev, "ValueError", kind == PD_K_BYTES ?
			    "bytes must be in range(0, 256)" :
			    "byte must be in range(0, 256)");
		pd_pt_addc(ev, &t, (char)n);
	}
	return pd_pv_bytes(ev, kind, t.p != NULL ? t.p : "", t.n);
}

/* ---- containers ---------------------------------------------------------- */

struct pd_pv *
pd_make_list(struct pd_ev *ev, struct pd_pcall *c)
{
	int kind = c->fn->name[0] == 'l' ? PD_K_LIST : PD_K_TUPLE;
	struct pd_pvec l = { 0 };

	if (c->p[0] != NULL && kind == PD_K_TUPLE &&
	    c->p[0]->kind == PD_K_TUPLE && pd_pv_exact(c->p[0]))
		return c->p[0];
	if (c->p[0] != NULL)
		l = pd_ev_list(ev, c->p[0]);
	return pd_pv_seq(ev, kind, l.v, l.n);
}

struct pd_pv *
pd_make_set(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_ptab *t = pd_tab_new(ev, 0);

	if (c->p[0] != NULL)
		pd_tab_update(ev, t, c->p[0]);
	return pd_pv_tab(ev, c->fn->name[0] == 's' ? PD_K_SET :
	    PD_K_FROZENSET, t);
}

/* An iterable of pairs. */
static void
add_pairs(struct pd_ev *ev, struct pd_ptab *t, struct pd_pv *from)
{
	struct pd_piter *it = pd_ev_iter(ev, from);
	struct pd_pvec pair;
	struct pd_pv *x;

	for (size_t i = 0; (x = pd_iter_next(ev, it)) != NULL; i++) {
		if (pd_num_is(x) || x->kind == PD_K_NONE)
			pd_ev_raise(ev, "TypeError", "cannot convert "
			    "dictionary update sequence element #%zu to a "
			    "sequence", i);
		pair = pd_ev_list(ev, x);
		if (pair.n != 2)
			pd_ev_raise(ev, "ValueError", "dictionary update "
			    "sequence element #%zu has length %zu; 2 is "
			    "required", i, pair.n);
		pd_tab_put(ev, t, pair.v[0], pair.v[1]);
	}
}

struct pd_pv *
pd_make_dict(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_ptab *t = pd_tab_new(ev, 0), *from;
	struct pd_pv *x = c->narg > 0 ? c->arg[0] : NULL;

	if (c->narg > 1)
		pd_ev_raise(ev, "TypeError", "dict expected at most 1 "
		    "argument, got %zu", c->narg);
	if (x != NULL && pd_pv_is_core(x, PD_CORE_PROXY))
		x = pd_obj_item(ev, x, 0);
	if (x != NULL && x->kind == PD_K_DICT) {
		from = pd_tab_of(ev, x);
		for (size_t i = 0; i < from->n; i++)
			pd_tab_put(ev, t, from->ent[i].key,
			    from->ent[i].value);
		if (from->cut)
			pd_ev_cut(ev);
	} else if (x != NULL) {
		add_pairs(ev, t, x);
	}
	for (size_t i = 0; i < c->nkw; i++)
		pd_tab_put(ev, t, pd_pv_str(ev, c->kw[i].s, c->kw[i].n),
		    c->kwarg[i]);
	return pd_pv_tab(ev, PD_K_DICT, t);
}

struct pd_pv *
pd_make_range(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_RANGE);

	for (size_t i = 0; i < 3; i++)
		if (c->p[i] != NULL && !pd_pv_is_int(c->p[i]))
			pd_ev_raise(ev, "TypeError", "'%s' object cannot be "
			    "interpreted as an integer",
			    pd_pv_type_name(ev, c->p[i]));
	for (size_t i = 0; i < 3; i++)
		if (c->p[i] != NULL)
			c->p[i] = pd_int_unary(ev, PD_OP_POS, c->p[i]);
	v->v[0] = c->p[1] != NULL ? c->p[0] : pd_pv_int(ev, 0);
	v->v[1] = c->p[1] != NULL ? c->p[1] : c->p[0];
	v->v[2] = c->p[2] != NULL ? c->p[2] : pd_pv_int(ev, 1);
	if (pd_int_sign(v->v[2]) == 0)
		pd_ev_raise(ev, "ValueError", "range() arg 3 must not be zero");
	return v;
}

struct pd_pv *
pd_make_slice(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_SLICE);

	v->v[0] = c->p[1] != NULL ? c->p[0] : pd_pv_none();
	v->v[1] = c->p[1] != NULL ? c->p[1] : c->p[0];
	v->v[2] = c->p[2] != NULL ? c->p[2] : pd_pv_none();
	return v;
}

/* ---- iterators ----------------------------------------------------------- */

static struct pd_pv *
next_enumerate(struct pd_ev *ev, struct pd_piter *it)
{
	struct pd_pv *x = pd_iter_next(ev, it->in), *i = it->a;

	if (x == NULL)
		return NULL;
	it->a = pd_int_op(ev, PD_OP_ADD, i, pd_pv_int(ev, 1));
	return pd_pv_pair(ev, i, x);
}

struct pd_pv *
pd_make_enumerate(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it = pd_iter_new(ev, "enumerate", next_enumerate);

	it->in = pd_ev_iter(ev, c->p[0]);
	it->a = c->p[1] != NULL ? c->p[1] : pd_pv_int(ev, 0);
	if (!pd_pv_is_int(it->a))
		pd_pv_index(ev, it->a);
	return pd_pv_iter(ev, it);
}

static struct pd_piter *
over_all(struct pd_ev *ev, const char *name, struct pd_pcall *c,
    struct pd_pv *(*next)(struct pd_ev *, struct pd_piter *))
{
	struct pd_piter *it = pd_iter_new(ev, name, next);

	it->n = c->nrest;
	it->many = pd_ev_allocn(ev, c->nrest + 1, sizeof(struct pd_piter *));
	for (size_t i = 0; i < c->nrest; i++)
		it->many[i] = pd_ev_iter(ev, c->rest[i]);
	return it;
}

static _Noreturn void
uneven(struct pd_ev *ev, size_t i, bool longer)
{
	pd_ev_raise(ev, "ValueError", "zip() argument %zu is %s than "
	    "argument%s%zu", i + 1, longer ? "longer" : "shorter",
	    i == 1 ? " " : "s 1-", i == 1 ? (size_t)1 : i);
}

static struct pd_pv *
next_zip(struct pd_ev *ev, struct pd_piter *it)
{
	bool strict = it->b != NULL && pd_pv_true(ev, it->b);
	struct pd_pvec l = { 0 };
	struct pd_pv *x;

	if (it->n == 0)
		return NULL;
	for (size_t i = 0; i < it->n; i++) {
		x = pd_iter_next(ev, it->many[i]);
		if (x == NULL && strict && i > 0)
			uneven(ev, i, false);
		for (size_t k = 1; x == NULL && strict && k < it->n; k++)
			if (pd_iter_next(ev, it->many[k]) != NULL)
				uneven(ev, k, true);
		if (x == NULL)
			return NULL;
		pd_pvec_add(ev, &l, x);
	}
	return pd_pv_seq(ev, PD_K_TUPLE, l.v, l.n);
}

struct pd_pv *
pd_make_zip(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it = over_all(ev, "zip", c, next_zip);

	it->b = c->p[0];
	return pd_pv_iter(ev, it);
}

static struct pd_pv *
next_map(struct pd_ev *ev, struct pd_piter *it)
{
	struct pd_pcall c = { 0 };
	struct pd_pvec l = { 0 };
	struct pd_pv *x;

	for (size_t i = 0; i < it->n; i++) {
		x = pd_iter_next(ev, it->many[i]);
		if (x == NULL)
			return NULL;
		pd_pvec_add(ev, &l, x);
	}
	c.arg = l.v;
	c.narg = l.n;
	return pd_ev_call(ev, it->a, &c, "this");
}

struct pd_pv *
pd_make_map(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it;

	if (c->nrest == 0)
		pd_ev_raise(ev, "TypeError",
		    "map() must have at least two arguments.");
	it = over_all(ev, "map", c, next_map);
	it->a = c->p[0];
	return pd_pv_iter(ev, it);
}

static struct pd_pv *
next_filter(struct pd_ev *ev, struct pd_piter *it)
{
	struct pd_pv *x;

	while ((x = pd_iter_next(ev, it->in)) != NULL)
		if (pd_pv_true(ev, it->a->kind == PD_K_NONE ? x :
		    pd_ev_call1(ev, it->a, x)))
			return x;
	return NULL;
}

struct pd_pv *
pd_make_filter(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it = pd_iter_new(ev, "filter", next_filter);

	it->a = c->p[0];
	it->in = pd_ev_iter(ev, c->p[1]);
	return pd_pv_iter(ev, it);
}

static struct pd_pv *
next_reversed(struct pd_ev *ev, struct pd_piter *it)
{
	return it->i == 0 ? NULL : ((struct pd_pv **)it->state)[--it->i];
}

struct pd_pv *
pd_make_reversed(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it = pd_iter_new(ev, "reversed", next_reversed);
	struct pd_pv *x = c->p[0];
	struct pd_pvec l;

	switch (x->kind) {
	case PD_K_LIST:
		it->name = "list_reverseiterator";
		break;
	case PD_K_STR:
	case PD_K_BYTES:
	case PD_K_BYTEARRAY:
	case PD_K_TUPLE:
	case PD_K_DEQUE:
	case PD_K_DICT:
	case PD_K_RANGE:
	case PD_K_VIEW:
		break;
	default:
		if (x->kind == PD_K_OBJECT || x->kind == PD_K_CUT)
			pd_ev_no_process(ev, "__reversed__");
		pd_ev_raise(ev, "TypeError", "'%s' object is not reversible",
		    pd_pv_type_name(ev, x));
	}
	l = pd_ev_list(ev, x);
	it->state = l.v;
	it->i = l.n;
	return pd_pv_iter(ev, it);
}
