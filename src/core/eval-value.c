/*
 * Values of the evaluator of cores: making them, their types, their truth.
 *
 * Called by all its files.
 */
#include "core/eval-array.h"
#include "core/eval-lib.h"

static struct pd_pv consts[] = {
	[PD_K_CUT] = { .kind = PD_K_CUT },
	[PD_K_UNBOUND] = { .kind = PD_K_UNBOUND },
	[PD_K_NONE] = { .kind = PD_K_NONE },
	[PD_K_ELLIPSIS] = { .kind = PD_K_ELLIPSIS },
	[PD_K_NOTIMPL] = { .kind = PD_K_NOTIMPL },
};
static struct pd_pv bools[] = {
	{ .kind = PD_K_BOOL, .i = 0 },
	{ .kind = PD_K_BOOL, .i = 1 },
};

struct pd_pv *
pd_pv_const(int kind)
{
	return &consts[kind];
}

struct pd_pv *
pd_pv_none(void)
{
	return &consts[PD_K_NONE];
}

struct pd_pv *
pd_pv_bool(bool b)
{
	return &bools[b];
}

struct pd_pv *
pd_pv_new(struct pd_ev *ev, int kind)
{
	struct pd_pv *v = pd_ev_alloc(ev, sizeof(*v));

	v->kind = (uint8_t)kind;
	return v;
}

struct pd_pv *
pd_pv_int(struct pd_ev *ev, int64_t i)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_INT);

	v->i = i;
	return v;
}

struct pd_pv *
pd_pv_size(struct pd_ev *ev, uint64_t n)
{
	char b[8];

	if (n <= INT64_MAX)
		return pd_pv_int(ev, (int64_t)n);
	memcpy(b, &n, sizeof(b));
	return pd_int_bytes(ev, b, sizeof(b), false, false);
}

struct pd_pv *
pd_pv_float(struct pd_ev *ev, double f)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_FLOAT);

	v->f[0] = f;
	return v;
}

struct pd_pv *
pd_pv_complex(struct pd_ev *ev, double re, double im)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_COMPLEX);

	v->f[0] = re;
	v->f[1] = im;
	return v;
}

struct pd_pv *
pd_pv_str(struct pd_ev *ev, const char *s, size_t n)
{
	struct pd_pv *v = pd_pv_new(ev, PD_K_STR);

	v->s.p = s;
	v->s.n = n;
	v->s.chars = pd_utf_count(s, n);
	return v;
}

struct pd_pv *
pd_pv_strc(struct pd_ev *ev, const char *s)
{
	size_t n = strlen(s);
	char *p = pd_ev_alloc(ev, n + 1);

	memcpy(p, s, n);
	return pd_pv_str(ev, p, n);
}

const char *
pd_pv_str_c(struct pd_ev *ev, const struct pd_pv *v)
{
	char *s = pd_ev_alloc(ev, v->s.n + 1);

	if (v->s.n > 0)
		memcpy(s, v->s.p, v->s.n);
	return s;
}

struct pd_pv *
pd_pv_bytes(struct pd_ev *ev, int kind, const char *s, size_t n)
{
	struct pd_pv *v = pd_pv_new(ev, kind);

	v->s.p = s;
	v->s.n = v->s.chars = n;
	return v;
}

struct pd_pv *
pd_pv_seq(struct pd_ev *ev, int kind, struct pd_pv **items, size_t n)
{
	struct pd_pv *v = pd_pv_new(ev, kind);

	v->seq.v = items;
	v->seq.n = n;
	return v;
}

struct pd_pv *
pd_pv_pair(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv **v = pd_ev_allocn(ev, 2, sizeof(struct pd_pv *));

	v[0] = a;
	v[1] = b;
	return pd_pv_seq(ev, PD_K_TUPLE, v, 2);
}

struct pd_pv *
pd_pv_tab(struct pd_ev *ev, int kind, struct pd_ptab *tab)
{
	struct pd_pv *v = pd_pv_new(ev, kind);

	v->tab = tab;
	return v;
}

void
pd_pvec_add(struct pd_ev *ev, struct pd_pvec *l, struct pd_pv *x)
{
	struct pd_pv **grown;

	if (l->n == l->cap) {
		l->cap = l->cap * 2 + 8;
		grown = pd_ev_allocn(ev, l->cap, sizeof(struct pd_pv *));
		if (l->n > 0)
			memcpy(grown, l->v, l->n * sizeof(struct pd_pv *));
		l->v = grown;
	}
	l->v[l->n++] = x;
}

/* ---- types --------------------------------------------------------------- */

static const uint8_t classes[PD_K_COUNT] = {
	[PD_K_CUT] = PD_C_OBJECT, [PD_K_UNBOUND] = PD_C_OBJECT,
	[PD_K_NONE] = PD_C_NONE, [PD_K_ELLIPSIS] = PD_C_ELLIPSIS,
	[PD_K_NOTIMPL] = PD_C_NOTIMPL, [PD_K_BOOL] = PD_C_BOOL,
	[PD_K_INT] = PD_C_INT, [PD_K_FLOAT] = PD_C_FLOAT,
	[PD_K_COMPLEX] = PD_C_COMPLEX, [PD_K_STR] = PD_C_STR,
	[PD_K_BYTES] = PD_C_BYTES, [PD_K_BYTEARRAY] = PD_C_BYTEARRAY,
	[PD_K_LIST] = PD_C_LIST, [PD_K_TUPLE] = PD_C_TUPLE,
	[PD_K_DEQUE] = PD_C_DEQUE, [PD_K_DICT] = PD_C_DICT,
	[PD_K_SET] = PD_C_SET, [PD_K_FROZENSET] = PD_C_FROZENSET,
	[PD_K_RANGE] = PD_C_RANGE, [PD_K_SLICE] = PD_C_SLICE,
	[PD_K_TYPE] = PD_C_TYPE, [PD_K_FUNC] = PD_C_FUNC,
	[PD_K_METHOD] = PD_C_FUNC, [PD_K_BOUND] = PD_C_METHOD,
	[PD_K_LAMBDA] = PD_C_LAMBDA, [PD_K_ITER] = PD_C_ITER,
	[PD_K_VIEW] = PD_C_KEYS, [PD_K_OBJECT] = PD_C_OBJECT,
};

const struct pd_pcls *
pd_pv_cls(const struct pd_pv *v)
{
	if (v->kind == PD_K_VIEW)
		return &pd_cls[(v->view.ordered ? PD_C_ORDERED_KEYS :
		    PD_C_KEYS) + v->view.which];
	if (v->kind == PD_K_OBJECT && v->st != NULL) {
		switch (v->st->obj.kind) {
		case PD_CORE_MODULE:
			return &pd_cls[PD_C_MODULE];
		case PD_CORE_FUNCTION:
			return &pd_cls[PD_C_LAMBDA];
		case PD_CORE_METHOD:
			return &pd_cls[PD_C_METHOD];
		case PD_CORE_BUILTIN:
			return &pd_cls[PD_C_FUNC];
		default:
			break;
		}
	}
	return &pd_cls[classes[v->kind]];
}

/* A class that is made in C is called by its full name in messages.  One that
 * PyType_FromSpec() made has no attributes in the core. */
static bool
is_c_type(struct pd_ev *ev, const struct pd_core_type *t)
{
	const struct pd_pv *cls;

	if ((t->flags & PD_CORE_TYPE_HEAP) == 0)
		return true;
	cls = t->object != 0 ? pd_ev_obj(ev, t->object) : NULL;
	return cls != NULL && cls->kind == PD_K_TYPE && cls->st != NULL &&
	    cls->st->obj.attrs.left == 0 && cls->st->obj.cut == 0;
}

const char *
pd_pv_type_name(struct pd_ev *ev, const struct pd_pv *v)
{
	const struct pd_core_type *t = v->st != NULL ? v->st->type : NULL;
	struct pd_ptext full = { 0 };

	if (t == NULL || pd_str_eq(&t->module, "builtins") ||
	    !is_c_type(ev, t))
		return pd_pv_short_name(ev, v);
	pd_type_full(ev, t, &full);
	return full.p;
}

const char *
pd_pv_short_name(struct pd_ev *ev, const struct pd_pv *v)
{
	const struct pd_core_type *t = v->st != NULL ? v->st->type : NULL;
	const char *dot;

	if (v->kind == PD_K_CUT || v->kind == PD_K_UNBOUND)
		pd_ev_cut(ev);
	if (t != NULL) {
		dot = strrchr(pd_str_c(&t->qualname), '.');
		return dot != NULL ? dot + 1 : pd_str_c(&t->qualname);
	}
	if (v->kind == PD_K_ITER)
		return v->iter->name;
	if (v->kind == PD_K_TYPE && v->st != NULL)
		return "type";
	return pd_pv_cls(v)->name;
}

bool
pd_pv_exact(const struct pd_pv *v)
{
	const struct pd_core_type *t = v->st != NULL ? v->st->type : NULL;
	const struct pd_pcls *cls = pd_pv_cls(v);
	const char *module = cls->module != NULL ? cls->module : "builtins";

	return t == NULL || (pd_str_eq(&t->qualname, cls->name) &&
	    pd_str_eq(&t->module, module));
}

bool
pd_pv_flag(const struct pd_pv *v, uint64_t flag)
{
	return v->st != NULL && v->st->type != NULL &&
	    (v->st->type->flags & flag) != 0;
}

bool
pd_pv_is_text(const struct pd_pv *v)
{
	return v->kind == PD_K_BYTES || v->kind == PD_K_BYTEARRAY;
}

bool
pd_pv_is_set(const struct pd_pv *v)
{
	return v->kind == PD_K_SET || v->kind == PD_K_FROZENSET;
}

bool
pd_pv_is_int(const struct pd_pv *v)
{
	return v->kind == PD_K_INT || v->kind == PD_K_BOOL;
}

bool
pd_pv_is_core(const struct pd_pv *v, int kind)
{
	return v->kind == PD_K_OBJECT && v->st != NULL &&
	    (int)v->st->obj.kind == kind;
}

/* Is it one object?  Equal small ints and interned texts are. */
bool
pd_pv_same(const struct pd_pv *a, const struct pd_pv *b)
{
	if (a == b)
		return true;
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case PD_K_INT:
		return a->st == NULL && b->st == NULL && pd_int_cmp(a, b) == 0
		    && (a->flags & PD_PF_BIG) == 0 && a->i >= -5 &&
		    a->i <= 256;
	case PD_K_STR:
		return (a->flags & b->flags & PD_PF_INTERNED) != 0 &&
		    a->s.n == b->s.n && memcmp(a->s.p, b->s.p, a->s.n) == 0;
	case PD_K_TUPLE:
		return a->st == NULL && b->st == NULL && a->seq.n == 0 &&
		    b->seq.n == 0;
	case PD_K_TYPE:
		if (a->cls != NULL || b->cls != NULL)
			return a->cls == b->cls;
		return a->st->obj.vkind == PD_CORE_V_INT &&
		    b->st->obj.vkind == PD_CORE_V_INT &&
		    a->st->obj.i == b->st->obj.i;
	case PD_K_FUNC:
		return a->func == b->func;
	default:
		return false;
	}
}

/* ---- what is asked of every value ---------------------------------------- */

uint64_t
pd_pv_len(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_nd a;
	int64_t n;

	if (pd_pv_flag(v, PD_CORE_TYPE_LEN) && v->kind != PD_K_TYPE)
		pd_ev_no_process(ev, "__len__");
	switch (v->kind) {
	case PD_K_STR:
	case PD_K_BYTES:
	case PD_K_BYTEARRAY:
		return pd_text_len(v);
	case PD_K_LIST:
	case PD_K_TUPLE:
	case PD_K_DEQUE:
		return pd_seq_len(v);
	case PD_K_DICT:
	case PD_K_SET:
	case PD_K_FROZENSET:
		return v->st != NULL ? pd_core_obj_len(&v->st->obj) :
		    v->tab->n;
	case PD_K_VIEW:
		return pd_pv_len(ev, v->view.dict);
	case PD_K_RANGE:
		if (!pd_int_fits(pd_range_len(ev, v), &n))
			pd_ev_raise(ev, "OverflowError", "Python int too "
			    "large to convert to C ssize_t");
		return (uint64_t)n;
	case PD_K_TYPE:
		if (pd_enum_is_class(ev, v))
			return pd_seq_len(pd_enum_members(ev, v));
		if (pd_pv_flag(v, PD_CORE_TYPE_LEN))
			pd_ev_no_process(ev, "__len__");
		break;
	case PD_K_OBJECT:
		pd_ev_refuse(ev, v, "__len__");
		if (pd_nd_is(v) && pd_nd_read(ev, v, &a) && a.ndim > 0)
			return a.shape[0];
		if (pd_pv_is_core(v, PD_CORE_PROXY))
			return pd_pv_len(ev, pd_obj_item(ev, v, 0));
		break;
	default:
		break;
	}
	pd_ev_raise(ev, "TypeError", "object of type '%s' has no len()",
	    pd_pv_type_name(ev, v));
}

bool
pd_pv_true(struct pd_ev *ev, struct pd_pv *v)
{
	const struct pd_plib *lib = pd_lib_of(v);
	bool answer;

	if (lib != NULL && lib->truth != NULL)
		return lib->truth(ev, v);
	if (pd_flag_true(ev, v, &answer))
		return answer;
	if (pd_pv_flag(v, PD_CORE_TYPE_BOOL))
		pd_ev_no_process(ev, "__bool__");
	switch (v->kind) {
	case PD_K_CUT:
	case PD_K_UNBOUND:
		pd_ev_cut(ev);
	case PD_K_NONE:
		return false;
	case PD_K_BOOL:
	case PD_K_INT:
		return pd_int_sign(v) != 0;
	case PD_K_FLOAT:
		return v->f[0] != 0;
	case PD_K_COMPLEX:
		return v->f[0] != 0 || v->f[1] != 0;
	case PD_K_STR:
	case PD_K_BYTES:
	case PD_K_BYTEARRAY:
	case PD_K_LIST:
	case PD_K_TUPLE:
	case PD_K_DEQUE:
	case PD_K_DICT:
	case PD_K_SET:
	case PD_K_FROZENSET:
	case PD_K_VIEW:
		return pd_pv_len(ev, v) != 0;
	case PD_K_RANGE:
		return pd_int_sign(pd_range_len(ev, v)) != 0;
	case PD_K_OBJECT:
		if (pd_pv_flag(v, PD_CORE_TYPE_LEN))
			pd_ev_no_process(ev, "__len__");
		pd_ev_refuse(ev, v, "__bool__");
		pd_ev_refuse(ev, v, "__len__");
		if (pd_pv_is_core(v, PD_CORE_NDARRAY))
			pd_ev_no_process(ev, "numpy.ndarray.__bool__");
		return true;
	default:
		return true;
	}
}

int64_t
pd_pv_index(struct pd_ev *ev, struct pd_pv *v)
{
	int64_t i;

	if (v->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (!pd_pv_is_int(v))
		pd_ev_raise(ev, "TypeError", "'%s' object cannot be "
		    "interpreted as an integer", pd_pv_type_name(ev, v));
	if (!pd_int_fits(v, &i))
		pd_ev_raise(ev, "OverflowError", "Python int too large to "
		    "convert to C ssize_t");
	return i;
}
