/*
 * repr() and str() of what numpy and the module array define.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-array.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

#define LINE	75	/* characters, as numpy has it */
#define SHORT	10	/* elements, where numpy's own form is code */

/* numpy's version, as 100 * major + minor; that of a core without it: 100. */
static int
version(struct pd_ev *ev)
{
	struct pd_core_module m = { 0 };
	uint64_t n = 0;
	char *dot;

	while (ev->numpy == 0 && (n = pd_core_store_next(ev->store,
	    PD_CORE_T_MODULE, n + 1)) != 0) {
		pd_ev_step(ev, 1);
		if (pd_core_store_rec(ev->store, PD_CORE_T_MODULE, n,
		    &pd_core_module_desc, &m, NULL) == 0 &&
		    pd_str_eq(&m.name, "numpy") && m.version.s != NULL) {
			ev->numpy = (int)strtol(m.version.s, &dot, 10) * 100;
			if (*dot == '.')
				ev->numpy += atoi(dot + 1) % 100;
		}
		pd_rec_done(&pd_core_module_desc, &m);
	}
	if (ev->numpy <= 0)
		ev->numpy = 100;
	return ev->numpy;
}

static const char *
repr_of(const struct pd_pv *v)
{
	return v->st != NULL && v->st->type != NULL ?
	    pd_str_c(&v->st->type->repr) : "";
}

static bool
type_is(struct pd_ev *ev, const struct pd_pv *v, const char *name)
{
	return pd_core_type_is(ev->store, v->st->type, "numpy", name);
}

/* ---- dtypes -------------------------------------------------------------- */

static void
add_dtype_text(struct pd_ev *ev, struct pd_ptext *t, const struct pd_pv *v)
{
	pd_pt_add(ev, t, v->st->obj.s != NULL ? v->st->obj.s : "?",
	    v->st->obj.s != NULL ? v->st->obj.n : 1);
}

static void
repr_dtype(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, bool str)
{
	const struct pd_core_obj *o = &v->st->obj;
	bool list = o->n > 0 && o->s[0] == '[', time;

	if (str) {
		add_dtype_text(ev, t, v);
		return;
	}
	time = o->n > 8 && (memcmp(o->s, "datetime", 8) == 0 ||
	    memcmp(o->s, "timedelt", 8) == 0);
	pd_pt_adds(ev, t, list ? "dtype(" : "dtype('");
	if (o->n == 6 && memcmp(o->s, "object", 6) == 0)
		pd_pt_addc(ev, t, 'O');
	else if (o->n > 0 && o->s[0] == '|')
		pd_pt_add(ev, t, o->s + 1, o->n - 1);
	else if (time && memchr(o->s, '6', o->n) != NULL) {
		size_t from = o->s[0] == 'd' ? 10 : 11;

		pd_pt_adds(ev, t, o->s[0] == 'd' ? "<M8" : "<m8");
		if (o->n > from)
			pd_pt_add(ev, t, o->s + from, o->n - from);
	} else {
		add_dtype_text(ev, t, v);
	}
	pd_pt_adds(ev, t, list ? ")" : "')");
}

/* As it stands in an array's repr; false: what the elements say already. */
static bool
add_short_dtype(struct pd_ev *ev, struct pd_ptext *t, const struct pd_nd *a)
{
	struct pd_pv *name = pd_obj_item(ev, a->v, 0);
	struct pd_pv *str = pd_obj_item(ev, a->v, 1);
	struct pd_pv *dtype = pd_obj_attr(ev, a->v, "dtype");
	/* 1.x is silent about the order of bytes. */
	bool other = a->type.big && version(ev) >= 200;
	bool implied = !other && (a->type.kind == 'b' ||
	    (strchr("if", a->type.kind) != NULL && a->type.size == 8) ||
	    (a->type.kind == 'c' && a->type.size == 16));

	if (implied && a->count > 0)
		return false;
	pd_pt_adds(ev, t, "dtype=");
	if (a->type.kind == 'V' && dtype != NULL && dtype->st != NULL &&
	    pd_pv_is_core(dtype, PD_CORE_DTYPE) && dtype->st->obj.s != NULL &&
	    dtype->st->obj.s[0] == '[')
		add_dtype_text(ev, t, dtype);
	else if (strchr("SUV", a->type.kind) != NULL || other)
		pd_ev_repr(ev, t, str);
	else if (a->type.unit != NULL)
		pd_ev_repr(ev, t, name);
	else if (name->kind == PD_K_STR)
		pd_pt_add(ev, t, name->s.p, name->s.n);
	return true;
}

/* ---- arrays -------------------------------------------------------------- */

static size_t
last_line(const struct pd_ptext *t)
{
	size_t n = t->n;

	while (n > 0 && t->p[n - 1] != '\n')
		n--;
	return pd_utf_count(t->p + n, t->n - n);
}

static void
repr_ndarray(struct pd_ev *ev, struct pd_ptext *t, const struct pd_nd *a)
{
	const char *name = pd_pv_short_name(ev, a->v);
	struct pd_ptext own = { 0 }, dtype = { 0 };
	bool has, shape;
	size_t indent;

	if (strcmp(name, "ndarray") == 0)
		name = "array";
	has = add_short_dtype(ev, &dtype, a);
	shape = (a->count == 0 && (a->ndim != 1 || a->shape[0] != 0)) ||
	    (a->count > 1000 && version(ev) >= 202);
	pd_pt_addf(ev, &own, "%s(", name);
	indent = own.n;
	pd_nd_print(ev, &own, a, ", ", LINE - 1, indent + 1);
	if (shape) {
		pd_pt_adds(ev, &own, ", shape=");
		pd_ev_repr(ev, &own, pd_nd_shape(ev, a));
	}
	if (has) {
		pd_pt_addc(ev, &own, ',');
		if (last_line(&own) + dtype.n + 2 > LINE) {
			pd_pt_addc(ev, &own, '\n');
			pd_pt_fill(ev, &own, " ", 1, indent);
		} else {
			pd_pt_addc(ev, &own, ' ');
		}
		pd_pt_add(ev, &own, dtype.p, dtype.n);
	}
	pd_pt_addc(ev, &own, ')');
	pd_pt_add(ev, t, own.p, own.n);
}

/* A class whose own form is code: what it is, and its first elements. */
static void
repr_short(struct pd_ev *ev, struct pd_ptext *t, const struct pd_nd *a)
{
	struct pd_pv *name = pd_obj_item(ev, a->v, 0), *x;

	pd_pt_addc(ev, t, '<');
	pd_type_full(ev, a->v->st->type, t);
	pd_pt_adds(ev, t, " shape=");
	pd_ev_repr(ev, t, pd_nd_shape(ev, a));
	pd_pt_adds(ev, t, " dtype=");
	if (name->kind == PD_K_STR)
		pd_pt_add(ev, t, name->s.p, name->s.n);
	pd_pt_adds(ev, t, " [");
	for (uint64_t i = 0; i < a->count && i < SHORT &&
	    strchr("Mm", a->type.kind) == NULL; i++) {
		x = pd_nd_at(ev, a, i);
		pd_pt_adds(ev, t, i > 0 ? ", " : "");
		pd_ev_repr(ev, t, x);
	}
	pd_pt_adds(ev, t, a->count > SHORT ? ", ...]>" : "]>");
}

/* datetime64, timedelta64 and void, which have no dimensions. */
static void
repr_scalar(struct pd_ev *ev, struct pd_ptext *t, const struct pd_nd *a,
    bool str)
{
	const char *p = pd_nd_bytes(a, 0);
	bool two = version(ev) >= 200, nat;

	if (p == NULL) {
		pd_repr_plain(ev, t, a->v);
		return;
	}
	if (a->type.kind == 'V') {
		if (two && !str)
			pd_pt_adds(ev, t, "np.void(");
		pd_ev_repr(ev, t, pd_nd_value(ev, &a->type, p));
		if (two && !str) {
			pd_pt_adds(ev, t, ", ");
			add_short_dtype(ev, t, a);
			pd_pt_addc(ev, t, ')');
		}
		return;
	}
	nat = pd_nd_int(p, a->type.size, a->type.big, true) == INT64_MIN;
	if (str) {
		pd_nd_time(ev, t, &a->type, p);
		if (a->type.kind == 'm' && !nat)
			pd_ev_no_process(ev, "numpy.timedelta64.__str__");
		return;
	}
	pd_pt_addf(ev, t, "%s.%s(%s", two ? "np" : "numpy",
	    pd_pv_short_name(ev, a->v), nat || a->type.kind == 'M' ? "'" :
	    "");
	pd_nd_time(ev, t, &a->type, p);
	pd_pt_adds(ev, t, nat || a->type.kind == 'M' ? "'" : "");
	if (a->type.kind == 'm' && a->type.unit != NULL)
		pd_pt_addf(ev, t, ",'%.*s'", (int)a->type.nunit,
		    a->type.unit);
	pd_pt_addc(ev, t, ')');
}

/* array('i', [1, 2]) */
static void
repr_array(struct pd_ev *ev, struct pd_ptext *t, const struct pd_nd *a)
{
	struct pd_ptext text = { 0 };
	uint64_t i;

	pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, a->v));
	pd_ev_repr(ev, t, pd_obj_item(ev, a->v, 0));
	if (a->count > 0)
		pd_pt_adds(ev, t, a->type.kind == 'w' ? ", " : ", [");
	for (i = 0; i < a->count && pd_nd_bytes(a, i) != NULL && !t->full;
	    i++) {
		struct pd_pv *x = pd_nd_at(ev, a, i);

		if (a->type.kind == 'w') {
			pd_pt_add(ev, &text, x->s.p, x->s.n);
			continue;
		}
		pd_pt_adds(ev, t, i > 0 ? ", " : "");
		pd_ev_repr(ev, t, x);
	}
	if (text.n > 0)
		pd_repr_text(ev, t, text.p, text.n, false);
	if (i < a->count && !t->full)
		pd_pt_addf(ev, t, "%s...<%llu more not in the core>",
		    i > 0 && a->type.kind != 'w' ? ", " : "",
		    (unsigned long long)(a->count - i));
	pd_pt_adds(ev, t, a->count > 0 && a->type.kind != 'w' ? "])" : ")");
}

bool
pd_nd_repr(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, bool str)
{
	struct pd_nd a;

	if (pd_pv_is_core(v, PD_CORE_DTYPE) && v->st->obj.s != NULL) {
		repr_dtype(ev, t, v, str);
		return true;
	}
	if (!pd_nd_is(v))
		return false;
	if (!pd_nd_read(ev, v, &a)) {
		pd_pt_addc(ev, t, '<');
		pd_type_full(ev, v->st->type, t);
		pd_pt_adds(ev, t, ", data not in the core>");
		return true;
	}
	if (pd_pv_is_core(v, PD_CORE_ARRAY))
		repr_array(ev, t, &a);
	else if (v->st->type != NULL && type_is(ev, v, "generic"))
		repr_scalar(ev, t, &a, str);
	else if (strcmp(repr_of(v), "numpy.ndarray.__repr__") != 0)
		repr_short(ev, t, &a);
	else if (str)
		pd_nd_print(ev, t, &a, " ", LINE, 1);
	else
		repr_ndarray(ev, t, &a);
	return true;
}

/* ---- scalars that are numbers or texts ----------------------------------- */

/* The number whose repr as a float64 has the same digits. */
static double
shortened(double f, size_t size)
{
	char digits[32], b[64];
	int point;

	if (size >= 8 || f != f || f == 0 || f - f != 0)
		return f;
	pd_nd_digits(f, size, digits, &point);
	snprintf(b, sizeof(b), "%s0.%se%d", f < 0 ? "-" : "", digits, point);
	return strtod(b, NULL);
}

static size_t
real_size(struct pd_ev *ev, const struct pd_pv *v)
{
	return type_is(ev, v, "float16") ? 2 : type_is(ev, v, "float32") ||
	    type_is(ev, v, "complex64") ? 4 : 8;
}

static void
add_number(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	double f[2];

	if (v->kind == PD_K_INT && (type_is(ev, v, "bool_") ||
	    type_is(ev, v, "bool"))) {
		pd_pt_adds(ev, t, pd_int_sign(v) != 0 ? "True" : "False");
	} else if (v->kind == PD_K_INT) {
		pd_pt_adds(ev, t, pd_int_sign(v) < 0 ? "-" : "");
		pd_int_text(ev, t, v, 10);
	} else if (v->kind == PD_K_FLOAT) {
		pd_float_repr(ev, t, shortened(v->f[0], real_size(ev, v)),
		    true);
	} else {
		f[0] = shortened(v->f[0], real_size(ev, v));
		f[1] = shortened(v->f[1], real_size(ev, v));
		pd_complex_repr(ev, t, f);
	}
}

/* Within np.complex128() no brackets, within np.longdouble() quotes. */
static void
add_named(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, bool named)
{
	struct pd_ptext s = { 0 };
	const char *quote = named && (type_is(ev, v, "longdouble") ||
	    type_is(ev, v, "float128")) ? "'" : "";
	size_t skip;

	add_number(ev, &s, v);
	skip = named && s.n > 2 && s.p[0] == '(';
	pd_pt_adds(ev, t, quote);
	pd_pt_add(ev, t, s.p + skip, s.n - 2 * skip);
	pd_pt_adds(ev, t, quote);
}

bool
pd_npscalar_repr(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    bool str)
{
	bool text = v->kind == PD_K_STR || v->kind == PD_K_BYTES, named;

	if (!pd_starts(repr_of(v), "numpy.") || !type_is(ev, v, "generic") ||
	    (!text && v->kind != PD_K_INT && v->kind != PD_K_FLOAT &&
	    v->kind != PD_K_COMPLEX) || (text && str))
		return false;
	named = !str && version(ev) >= 200;
	if (named && v->kind == PD_K_INT && (type_is(ev, v, "bool_") ||
	    type_is(ev, v, "bool"))) {
		pd_pt_addf(ev, t, "np.%s_", pd_int_sign(v) != 0 ? "True" :
		    "False");
		return true;
	}
	if (named)
		pd_pt_addf(ev, t, "np.%s(", pd_pv_short_name(ev, v));
	if (text)
		pd_repr_text(ev, t, v->s.p, v->s.n, v->kind == PD_K_BYTES);
	else
		add_named(ev, t, v, named);
	if (named)
		pd_pt_addc(ev, t, ')');
	return true;
}
