/*
 * The builtin functions that need no process.
 *
 * Called by the evaluator of cores by way of the table at the end.  Those
 * without a function there are known by name alone: calling them is refused.
 */
#include "core/eval-lib.h"

static struct pd_pv *
do_abs(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0], *r;

	if (pd_pv_is_int(x))
		return pd_int_sign(x) < 0 ? pd_int_unary(ev, PD_OP_NEG, x) :
		    pd_int_unary(ev, PD_OP_POS, x);
	if (x->kind == PD_K_FLOAT)
		return pd_pv_float(ev, __builtin_fabs(x->f[0]));
	if (x->kind == PD_K_COMPLEX)
		return pd_pv_float(ev, __builtin_hypot(x->f[0], x->f[1]));
	r = pd_lib_number(ev, x, "abs", NULL);
	if (r != NULL)
		return r;
	pd_ev_raise(ev, "TypeError", "bad operand type for abs(): '%s'",
	    pd_pv_type_name(ev, x));
}

static struct pd_pv *
do_all(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it = pd_ev_iter(ev, c->p[0]);
	bool any = c->fn->name[1] == 'n';
	struct pd_pv *x;

	while ((x = pd_iter_next(ev, it)) != NULL)
		if (pd_pv_true(ev, x) == any)
			return pd_pv_bool(any);
	return pd_pv_bool(!any);
}

static struct pd_pv *
do_ascii(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_ptext t = { 0 };

	pd_ev_ascii(ev, &t, c->p[0]);
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
do_bin(struct pd_ev *ev, struct pd_pcall *c)
{
	int base = c->fn->name[0] == 'b' ? 2 : c->fn->name[0] == 'o' ? 8 : 16;
	struct pd_ptext t = { 0 };
	struct pd_pv *x = c->p[0];

	if (!pd_pv_is_int(x))
		pd_pv_index(ev, x);
	pd_pt_adds(ev, &t, pd_int_sign(x) < 0 ? "-0" : "0");
	pd_pt_addc(ev, &t, base == 2 ? 'b' : base == 8 ? 'o' : 'x');
	pd_int_text(ev, &t, x, base);
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
do_callable(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0];

	switch (x->kind) {
	case PD_K_CUT:
		pd_ev_cut(ev);
	case PD_K_TYPE:
	case PD_K_FUNC:
	case PD_K_METHOD:
	case PD_K_BOUND:
	case PD_K_LAMBDA:
		return pd_pv_bool(true);
	case PD_K_OBJECT:
		break;
	default:
		return pd_pv_bool(false);
	}
	switch (x->st->obj.kind) {
	case PD_CORE_FUNCTION:
	case PD_CORE_METHOD:
	case PD_CORE_BUILTIN:
		return pd_pv_bool(true);
	default:
		return pd_pv_bool(pd_ev_special(ev, x, "__call__"));
	}
}

static struct pd_pv *
do_chr(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_ptext t = { 0 };
	int64_t i = pd_pv_index(ev, c->p[0]);

	if (i < 0 || i > 0x10ffff)
		pd_ev_raise(ev, "ValueError",
		    "chr() arg not in range(0x110000)");
	pd_pt_char(ev, &t, (uint32_t)i);
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
do_ord(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0];
	size_t size;

	if (x->kind != PD_K_STR && !pd_pv_is_text(x))
		pd_ev_raise(ev, "TypeError", "ord() expected string of length "
		    "1, but %s found", pd_pv_type_name(ev, x));
	if (pd_text_len(x) != 1)
		pd_ev_raise(ev, "TypeError", "ord() expected a character, but "
		    "string of length %llu found",
		    (unsigned long long)pd_text_len(x));
	if (x->s.n == 0)
		pd_ev_cut(ev);
	return pd_pv_int(ev, x->kind == PD_K_STR ? (int64_t)pd_utf_get(x->s.p,
	    x->s.n, &size) : (unsigned char)*x->s.p);
}

static struct pd_pv *
names_of(struct pd_ev *ev)
{
	struct pd_pv *v = pd_pv_const(PD_K_CUT);

	if (ev->has_frame && ev->frame.vars != 0)
		v = pd_ev_obj(ev, ev->frame.vars);
	if (v->kind == PD_K_CUT)
		pd_ev_stop(ev, "the frame's variables are not in the core");
	return v;
}

static struct pd_pv *
do_locals(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_core_refs refs;
	struct pd_core_ref key, value;
	struct pd_err err = { "" };
	struct pd_pv *v;
	struct pd_ptab *t;

	if (c->fn->name[0] == 'g') {
		v = ev->has_frame ? pd_ev_obj(ev, ev->frame.globals) :
		    pd_pv_const(PD_K_CUT);
		if (v->kind == PD_K_CUT)
			pd_ev_stop(ev, "the globals are not in the core");
		return v;
	}
	v = names_of(ev);
	if (v->kind == PD_K_DICT)
		return v;
	t = pd_tab_new(ev, 0);
	refs = v->st->obj.attrs;
	while (pd_core_refs_next(&refs, &key, &err) > 0 &&
	    pd_core_refs_next(&refs, &value, &err) > 0)
		if (value.kind != PD_CORE_R_UNBOUND)
			pd_tab_put(ev, t, pd_ev_ref(ev, &key),
			    pd_ev_ref(ev, &value));
	return pd_pv_tab(ev, PD_K_DICT, t);
}

static struct pd_pv *
do_dir(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pcall inner = { .fn = pd_func_find(pd_builtin_funcs,
	    "locals") };
	struct pd_pvec l;

	if (c->p[0] != NULL)
		return pd_ev_dir(ev, c->p[0]);
	l = pd_ev_list(ev, do_locals(ev, &inner));
	pd_ev_sort(ev, l.v, l.n, NULL, false);
	return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
}

static struct pd_pv *
do_divmod(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *a = c->p[0], *b = c->p[1];
	struct pd_pv *r = pd_num_divmod(ev, a, b);

	if (r == NULL && (pd_lib_of(a) != NULL || pd_lib_of(b) != NULL))
		return pd_pv_pair(ev, pd_ev_binary(ev, PD_OP_FLOORDIV, a, b),
		    pd_ev_binary(ev, PD_OP_MOD, a, b));
	if (r == NULL)
		pd_ev_raise(ev, "TypeError", "unsupported operand type(s) for "
		    "divmod(): '%s' and '%s'", pd_pv_type_name(ev, c->p[0]),
		    pd_pv_type_name(ev, c->p[1]));
	return r;
}

static struct pd_pv *
do_format(struct pd_ev *ev, struct pd_pcall *c)
{
	const struct pd_pv *spec = c->p[1];

	if (spec != NULL && spec->kind != PD_K_STR)
		pd_ev_raise(ev, "TypeError", "format() argument 2 must be str, "
		    "not %s", pd_pv_type_name(ev, spec));
	return pd_ev_format(ev, c->p[0], spec != NULL ? spec->s.p : "",
	    spec != NULL ? spec->s.n : 0);
}

/* ---- attributes ---------------------------------------------------------- */

static const char *
attr_name(struct pd_ev *ev, const struct pd_pv *name)
{
	if (name->kind != PD_K_STR)
		pd_ev_raise(ev, "TypeError", "attribute name must be string, "
		    "not '%s'", pd_pv_type_name(ev, name));
	return pd_pv_str_c(ev, name);
}

static struct pd_pv *
do_getattr(struct pd_ev *ev, struct pd_pcall *c)
{
	const char *name = attr_name(ev, c->p[1]);
	struct pd_pv *v;

	if (c->p[2] == NULL)
		return pd_ev_attr(ev, c->p[0], name);
	v = pd_ev_find_attr(ev, c->p[0], name);
	return v != NULL ? v : c->p[2];
}

static struct pd_pv *
do_hasattr(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_bool(pd_ev_find_attr(ev, c->p[0], attr_name(ev,
	    c->p[1])) != NULL);
}

static struct pd_pv *
do_vars(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pcall inner = { .fn = pd_func_find(pd_builtin_funcs,
	    "locals") };

	return c->p[0] != NULL ? pd_ev_vars(ev, c->p[0]) :
	    do_locals(ev, &inner);
}

static struct pd_pv *
do_hash(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0];
	uint64_t h = pd_ev_hash(ev, x);

	/* That of texts is another in each process. */
	if (!pd_pv_is_int(x) && x->kind != PD_K_FLOAT)
		pd_ev_no_process(ev, "hash");
	return pd_pv_int(ev, (int64_t)h);
}

static struct pd_pv *
do_id(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0];

	if (x->st == NULL || x->st->obj.addr == 0)
		pd_ev_stop(ev, "the value is no object of the core: it has no "
		    "id");
	return pd_pv_size(ev, x->st->obj.addr);
}

static struct pd_pv *
do_isinstance(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_bool(c->fn->name[2] == 'i' ?
	    pd_ev_isinstance(ev, c->p[0], c->p[1]) :
	    pd_ev_issubclass(ev, c->p[0], c->p[1]));
}

static struct pd_pv *
do_len(struct pd_ev *ev, struct pd_pcall *c)
{
	if (c->p[0]->kind == PD_K_CUT)
		pd_ev_cut(ev);
	return pd_pv_size(ev, pd_pv_len(ev, c->p[0]));
}

/* ---- iteration ----------------------------------------------------------- */

static struct pd_pv *
do_iter(struct pd_ev *ev, struct pd_pcall *c)
{
	if (c->p[1] != NULL)
		pd_ev_no_process(ev, "iter");
	return pd_pv_iter(ev, pd_ev_iter(ev, c->p[0]));
}

static struct pd_pv *
do_next(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v;

	if (c->p[0]->kind != PD_K_ITER) {
		if (c->p[0]->kind == PD_K_OBJECT)
			pd_ev_no_process(ev, "__next__");
		pd_ev_raise(ev, "TypeError", "'%s' object is not an iterator",
		    pd_pv_type_name(ev, c->p[0]));
	}
	v = pd_iter_next(ev, c->p[0]->iter);
	if (v == NULL && c->p[1] == NULL)
		pd_ev_raise(ev, "StopIteration", "%s", "");
	return v != NULL ? v : c->p[1];
}

/* max(1, 2), max([1, 2]), with key and default. */
static struct pd_pv *
do_max(struct pd_ev *ev, struct pd_pcall *c)
{
	int op = c->fn->name[1] == 'a' ? PD_OP_GT : PD_OP_LT;
	struct pd_pv *key = c->p[0], *best = NULL, *best_key = NULL;
	struct pd_pv *from, *x, *k;
	struct pd_piter *it;

	if (c->nrest == 0)
		pd_ev_raise(ev, "TypeError", "%s expected at least 1 argument, "
		    "got 0", c->fn->name);
	if (c->nrest > 1 && c->p[1] != NULL)
		pd_ev_raise(ev, "TypeError", "Cannot specify a default for "
		    "%s() with multiple positional arguments", c->fn->name);
	from = c->nrest == 1 ? c->rest[0] :
	    pd_pv_seq(ev, PD_K_TUPLE, c->rest, c->nrest);
	it = pd_ev_iter(ev, from);
	while ((x = pd_iter_next(ev, it)) != NULL) {
		k = key == NULL || key->kind == PD_K_NONE ? x :
		    pd_ev_call1(ev, key, x);
		if (best == NULL || pd_ev_order(ev, op, k, best_key)) {
			best = x;
			best_key = k;
		}
	}
	if (best == NULL && c->p[1] == NULL)
		pd_ev_raise(ev, "ValueError", ev->hex >= 0x030c0000 ?
		    "%s() iterable argument is empty" :
		    "%s() arg is an empty sequence", c->fn->name);
	return best != NULL ? best : c->p[1];
}

static struct pd_pv *
do_sorted(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pvec l = pd_ev_list(ev, c->p[0]);

	pd_ev_sort(ev, l.v, l.n, c->p[1], c->p[2] != NULL &&
	    pd_pv_true(ev, c->p[2]));
	return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
}

/* From 3.12 on floats are added with what rounding loses. */
static struct pd_pv *
sum_floats(struct pd_ev *ev, struct pd_piter *it, double sum, bool exact,
    struct pd_pv **left)
{
	double lost = 0, x, t;
	struct pd_pv *v;

	while ((v = pd_iter_next(ev, it)) != NULL) {
		if (!pd_pv_is_int(v) && v->kind != PD_K_FLOAT)
			break;
		x = pd_num_float(ev, v);
		if (exact && v->kind == PD_K_FLOAT) {
			t = sum + x;
			lost += __builtin_fabs(sum) >= __builtin_fabs(x) ?
			    (sum - t) + x : (x - t) + sum;
			sum = t;
		} else {
			sum += x;
		}
	}
	*left = v;
	if (lost != 0 && __builtin_isfinite(lost))
		sum += lost;
	return pd_pv_float(ev, sum);
}

static struct pd_pv *
do_sum(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *sum = c->p[1] != NULL ? c->p[1] : pd_pv_int(ev, 0);
	struct pd_piter *it = pd_ev_iter(ev, c->p[0]);
	struct pd_pv *x;

	if (sum->kind == PD_K_STR)
		pd_ev_raise(ev, "TypeError", "sum() can't sum strings [use "
		    "''.join(seq) instead]");
	if (pd_pv_is_text(sum))
		pd_ev_raise(ev, "TypeError", "sum() can't sum %s [use "
		    "b''.join(seq) instead]", pd_pv_type_name(ev, sum));
	while ((x = pd_iter_next(ev, it)) != NULL) {
		sum = pd_ev_binary(ev, PD_OP_ADD, sum, x);
		if (sum->kind != PD_K_FLOAT)
			continue;
		sum = sum_floats(ev, it, sum->f[0], ev->hex >= 0x030c0000,
		    &x);
		if (x == NULL)
			break;
		sum = pd_ev_binary(ev, PD_OP_ADD, sum, x);
	}
	return sum;
}

/* ---- numbers ------------------------------------------------------------- */

static struct pd_pv *
do_pow(struct pd_ev *ev, struct pd_pcall *c)
{
	if (c->p[2] == NULL || c->p[2]->kind == PD_K_NONE)
		return pd_ev_binary(ev, PD_OP_POW, c->p[0], c->p[1]);
	for (size_t i = 0; i < 3; i++)
		if (!pd_pv_is_int(c->p[i]))
			pd_ev_raise(ev, "TypeError", "pow() 3rd argument not "
			    "allowed unless all arguments are integers");
	return pd_int_pow(ev, c->p[0], c->p[1], c->p[2]);
}

static struct pd_pv *
do_repr(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_ev_repr_str(ev, c->p[0]);
}

static struct pd_pv *
do_round(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0], *r;
	bool digits = c->p[1] != NULL && c->p[1]->kind != PD_K_NONE;
	int64_t n = digits ? pd_pv_index(ev, c->p[1]) : 0;
	double f;

	if (pd_pv_is_int(x))
		return pd_int_round(ev, x, n);
	if (x->kind != PD_K_FLOAT) {
		r = pd_lib_number(ev, x, "round", digits ? c->p[1] : NULL);
		if (r != NULL)
			return r;
		pd_ev_raise(ev, "TypeError", "type %s doesn't define __round__ "
		    "method", pd_pv_type_name(ev, x));
	}
	if (digits)
		return pd_pv_float(ev, pd_float_round(x->f[0], n));
	f = __builtin_isfinite(x->f[0]) ? pd_float_round(x->f[0], 0) :
	    x->f[0];
	return pd_int_of_float(ev, f);
}

const struct pd_pfunc pd_builtin_funcs[] = {
	{ "abs", do_abs, "x /" },
	{ "all", do_all, "iterable /" },
	{ "any", do_all, "iterable /" },
	{ "ascii", do_ascii, "obj /" },
	{ "bin", do_bin, "number /" },
	{ "callable", do_callable, "obj /" },
	{ "chr", do_chr, "i /" },
	{ "dir", do_dir, "object? /" },
	{ "divmod", do_divmod, "x y /" },
	{ "format", do_format, "value spec? /" },
	{ "getattr", do_getattr, "object name default? /" },
	{ "globals", do_locals, "/" },
	{ "hasattr", do_hasattr, "obj name /" },
	{ "hash", do_hash, "obj /" },
	{ "hex", do_bin, "number /" },
	{ "id", do_id, "obj /" },
	{ "isinstance", do_isinstance, "obj cls /" },
	{ "issubclass", do_isinstance, "cls info /" },
	{ "iter", do_iter, "object sentinel? /" },
	{ "len", do_len, "obj /" },
	{ "locals", do_locals, "/" },
	{ "max", do_max, "*args key? default?" },
	{ "min", do_max, "*args key? default?" },
	{ "next", do_next, "iterator default? /" },
	{ "oct", do_bin, "number /" },
	{ "ord", do_ord, "c /" },
	{ "pow", do_pow, "base exp mod?" },
	{ "repr", do_repr, "obj /" },
	{ "round", do_round, "number ndigits?" },
	{ "sorted", do_sorted, "iterable / * key? reverse?" },
	{ "sum", do_sum, "iterable / start?" },
	{ "vars", do_vars, "object? /" },
	/* Known, and refused. */
	{ "__build_class__" }, { "__import__" }, { "aiter" }, { "anext" },
	{ "breakpoint" }, { "compile" }, { "copyright" }, { "credits" },
	{ "delattr" }, { "eval" }, { "exec" }, { "exit" }, { "help" },
	{ "input" }, { "license" }, { "open" }, { "print" }, { "quit" },
	{ "setattr" }, { NULL }
};
