/*
 * The builtin types and the names of the builtins; isinstance() and type().
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-room.h"

/* ---- types --------------------------------------------------------------- */

#define OBJECT	(&pd_cls[PD_C_OBJECT])

const struct pd_pcls pd_cls[] = {
	[PD_C_OBJECT] = { "object", NULL, -1, NULL, NULL, { "object" } },
	[PD_C_TYPE] = { "type", NULL, PD_K_TYPE, OBJECT, NULL,
	    { "type", pd_make_type, "object /" } },
	[PD_C_NONE] = { "NoneType", NULL, PD_K_NONE, OBJECT },
	[PD_C_ELLIPSIS] = { "ellipsis", NULL, PD_K_ELLIPSIS, OBJECT },
	[PD_C_NOTIMPL] = { "NotImplementedType", NULL, PD_K_NOTIMPL, OBJECT },
	[PD_C_INT] = { "int", NULL, PD_K_INT, OBJECT, pd_int_methods,
	    { "int", pd_make_int, "x? / base?" } },
	[PD_C_BOOL] = { "bool", NULL, PD_K_BOOL, &pd_cls[PD_C_INT], NULL,
	    { "bool", pd_make_bool, "x? /" } },
	[PD_C_FLOAT] = { "float", NULL, PD_K_FLOAT, OBJECT, pd_float_methods,
	    { "float", pd_make_float, "x? /" } },
	[PD_C_COMPLEX] = { "complex", NULL, PD_K_COMPLEX, OBJECT,
	    pd_complex_methods, { "complex", pd_make_complex,
	    "real? imag?" } },
	[PD_C_STR] = { "str", NULL, PD_K_STR, OBJECT, pd_str_methods,
	    { "str", pd_make_str, "object? encoding? errors?" } },
	[PD_C_BYTES] = { "bytes", NULL, PD_K_BYTES, OBJECT, pd_bytes_methods,
	    { "bytes", pd_make_bytes, "source? encoding? errors?" } },
	[PD_C_BYTEARRAY] = { "bytearray", NULL, PD_K_BYTEARRAY, OBJECT,
	    pd_bytes_methods, { "bytearray", pd_make_bytes,
	    "source? encoding? errors?" } },
	[PD_C_LIST] = { "list", NULL, PD_K_LIST, OBJECT, pd_list_methods,
	    { "list", pd_make_list, "iterable? /" } },
	[PD_C_TUPLE] = { "tuple", NULL, PD_K_TUPLE, OBJECT, pd_tuple_methods,
	    { "tuple", pd_make_list, "iterable? /" } },
	[PD_C_DICT] = { "dict", NULL, PD_K_DICT, OBJECT, pd_dict_methods,
	    { "dict", pd_make_dict, NULL } },
	[PD_C_SET] = { "set", NULL, PD_K_SET, OBJECT, pd_set_methods,
	    { "set", pd_make_set, "iterable? /" } },
	[PD_C_FROZENSET] = { "frozenset", NULL, PD_K_FROZENSET, OBJECT,
	    pd_set_methods, { "frozenset", pd_make_set, "iterable? /" } },
	[PD_C_RANGE] = { "range", NULL, PD_K_RANGE, OBJECT, pd_range_methods,
	    { "range", pd_make_range, "start stop? step? /" } },
	[PD_C_SLICE] = { "slice", NULL, PD_K_SLICE, OBJECT, pd_slice_methods,
	    { "slice", pd_make_slice, "start stop? step? /" } },
	[PD_C_FUNC] = { "builtin_function_or_method", NULL, PD_K_FUNC,
	    OBJECT },
	[PD_C_LAMBDA] = { "function", NULL, PD_K_LAMBDA, OBJECT },
	[PD_C_ITER] = { "iterator", NULL, PD_K_ITER, OBJECT },
	[PD_C_KEYS] = { "dict_keys", NULL, PD_K_VIEW, OBJECT,
	    pd_view_methods },
	[PD_C_VALUES] = { "dict_values", NULL, PD_K_VIEW, OBJECT },
	[PD_C_ITEMS] = { "dict_items", NULL, PD_K_VIEW, OBJECT,
	    pd_view_methods },
	[PD_C_ORDERED_KEYS] = { "odict_keys", NULL, PD_K_VIEW, OBJECT,
	    pd_view_methods },
	[PD_C_ORDERED_VALUES] = { "odict_values", NULL, PD_K_VIEW, OBJECT },
	[PD_C_ORDERED_ITEMS] = { "odict_items", NULL, PD_K_VIEW, OBJECT,
	    pd_view_methods },
	[PD_C_DEQUE] = { "deque", "collections", PD_K_DEQUE, OBJECT,
	    pd_deque_methods },
	[PD_C_METHOD] = { "method", NULL, PD_K_BOUND, OBJECT },
	[PD_C_MODULE] = { "module", NULL, PD_K_OBJECT, OBJECT },
	[PD_C_EXTRA] = { "enumerate", NULL, -1, OBJECT, NULL,
	    { "enumerate", pd_make_enumerate, "iterable start?" } },
	{ "zip", NULL, -1, OBJECT, NULL, { "zip", pd_make_zip,
	    "*iterables strict?" } },
	{ "map", NULL, -1, OBJECT, NULL, { "map", pd_make_map,
	    "func *iterables" } },
	{ "filter", NULL, -1, OBJECT, NULL, { "filter", pd_make_filter,
	    "function iterable /" } },
	{ "reversed", NULL, -1, OBJECT, NULL, { "reversed", pd_make_reversed,
	    "sequence /" } },
	{ "property", NULL, -1, OBJECT },
	{ "classmethod", NULL, -1, OBJECT },
	{ "staticmethod", NULL, -1, OBJECT },
	{ "memoryview", NULL, -1, OBJECT },
	{ "super", NULL, -1, OBJECT },
};

/* Names that are no builtins, only types of values. */
static const char *const unnamed[] = {
	"NoneType", "ellipsis", "NotImplementedType",
	"builtin_function_or_method", "function", "iterator", "dict_keys",
	"dict_values", "dict_items", "odict_keys", "odict_values",
	"odict_items", "deque", "method", "module",
};

#define EXCEPTIONS(X)							\
	X(BaseException, BaseException)					\
	X(Exception, BaseException)					\
	X(ArithmeticError, Exception)					\
	X(AssertionError, Exception)					\
	X(AttributeError, Exception)					\
	X(BaseExceptionGroup, BaseException)				\
	X(BlockingIOError, OSError)					\
	X(BrokenPipeError, ConnectionError)				\
	X(BufferError, Exception)					\
	X(BytesWarning, Warning)					\
	X(ChildProcessError, OSError)					\
	X(ConnectionAbortedError, ConnectionError)			\
	X(ConnectionError, OSError)					\
	X(ConnectionRefusedError, ConnectionError)			\
	X(ConnectionResetError, ConnectionError)			\
	X(DeprecationWarning, Warning)					\
	X(EOFError, Exception)						\
	X(EncodingWarning, Warning)					\
	X(ExceptionGroup, BaseExceptionGroup)				\
	X(FileExistsError, OSError)					\
	X(FileNotFoundError, OSError)					\
	X(FloatingPointError, ArithmeticError)				\
	X(FutureWarning, Warning)					\
	X(GeneratorExit, BaseException)					\
	X(ImportError, Exception)					\
	X(ImportWarning, Warning)					\
	X(IndentationError, SyntaxError)				\
	X(IndexError, LookupError)					\
	X(InterruptedError, OSError)					\
	X(IsADirectoryError, OSError)					\
	X(KeyError, LookupError)					\
	X(KeyboardInterrupt, BaseException)				\
	X(LookupError, Exception)					\
	X(MemoryError, Exception)					\
	X(ModuleNotFoundError, ImportError)				\
	X(NameError, Exception)						\
	X(NotADirectoryError, OSError)					\
	X(NotImplementedError, RuntimeError)				\
	X(OSError, Exception)						\
	X(OverflowError, ArithmeticError)				\
	X(PendingDeprecationWarning, Warning)				\
	X(PermissionError, OSError)					\
	X(ProcessLookupError, OSError)					\
	X(RecursionError, RuntimeError)					\
	X(ReferenceError, Exception)					\
	X(ResourceWarning, Warning)					\
	X(RuntimeError, Exception)					\
	X(RuntimeWarning, Warning)					\
	X(StopAsyncIteration, Exception)				\
	X(StopIteration, Exception)					\
	X(SyntaxError, Exception)					\
	X(SyntaxWarning, Warning)					\
	X(SystemError, Exception)					\
	X(SystemExit, BaseException)					\
	X(TabError, IndentationError)					\
	X(TimeoutError, OSError)					\
	X(TypeError, Exception)						\
	X(UnboundLocalError, NameError)					\
	X(UnicodeDecodeError, UnicodeError)				\
	X(UnicodeEncodeError, UnicodeError)				\
	X(UnicodeError, ValueError)					\
	X(UnicodeTranslateError, UnicodeError)				\
	X(UnicodeWarning, Warning)					\
	X(UserWarning, Warning)						\
	X(ValueError, Exception)					\
	X(Warning, Exception)						\
	X(ZeroDivisionError, ArithmeticError)

#define NUMBER(name, base)	E_##name,
enum { EXCEPTIONS(NUMBER) E_COUNT };
#define ROW(name, base)							\
	[E_##name] = { #name, NULL, -1, E_##name == E_BaseException ?	\
	    OBJECT : &exceptions[E_##base] },
static const struct pd_pcls exceptions[E_COUNT] = { EXCEPTIONS(ROW) };

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static const size_t ncls = COUNT(pd_cls);

static bool
is_name(const char *s, const char *name, size_t n)
{
	return strncmp(s, name, n) == 0 && s[n] == '\0';
}

const struct pd_pcls *
pd_cls_find(const char *module, const char *name, size_t n)
{
	bool builtin = strcmp(module, "builtins") == 0;

	for (size_t i = 0; i < ncls; i++)
		if ((pd_cls[i].module == NULL ? builtin :
		    strcmp(pd_cls[i].module, module) == 0) &&
		    is_name(pd_cls[i].name, name, n))
			return &pd_cls[i];
	for (size_t i = 0; builtin && i < E_COUNT; i++)
		if (is_name(exceptions[i].name, name, n))
			return &exceptions[i];
	return NULL;
}

static bool
is_class(const struct pd_pcls *c, const struct pd_pcls *base)
{
	for (; c != NULL; c = c->base)
		if (c == base)
			return true;
	return false;
}

const struct pd_pfunc *
pd_func_find(const struct pd_pfunc *f, const char *name)
{
	for (; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

/* ---- names --------------------------------------------------------------- */

static bool
is_unnamed(const char *name)
{
	for (size_t i = 0; i < COUNT(unnamed); i++)
		if (strcmp(unnamed[i], name) == 0)
			return true;
	return false;
}

static const struct {
	const char	*name;
	int		 kind;
} constants[] = {
	{ "Ellipsis", PD_K_ELLIPSIS },
	{ "NotImplemented", PD_K_NOTIMPL },
};

static const struct pd_pcls *
named_class(const char *name, size_t n)
{
	const struct pd_pcls *c;

	if (is_name("IOError", name, n) || is_name("EnvironmentError", name, n))
		return &exceptions[E_OSError];
	c = pd_cls_find("builtins", name, n);
	return c != NULL && !is_unnamed(c->name) ? c : NULL;
}

struct pd_pv *
pd_builtin(struct pd_ev *ev, const char *name, size_t n)
{
	const struct pd_pcls *c = named_class(name, n);
	struct pd_pv *v;

	if (c != NULL) {
		v = pd_pv_new(ev, PD_K_TYPE);
		v->cls = c;
		return v;
	}
	for (size_t i = 0; i < COUNT(constants); i++)
		if (is_name(constants[i].name, name, n))
			return pd_pv_const(constants[i].kind);
	if (is_name("__debug__", name, n))
		return pd_pv_bool(true);
	for (const struct pd_pfunc *f = pd_builtin_funcs; f->name != NULL; f++)
		if (is_name(f->name, name, n)) {
			v = pd_pv_new(ev, PD_K_FUNC);
			v->func = f;
			return v;
		}
	return NULL;
}

const char *
pd_builtin_name(size_t i)
{
	size_t n = 0;

	while (pd_builtin_funcs[n].name != NULL)
		n++;
	if (i < n)
		return pd_builtin_funcs[i].name;
	i -= n;
	if (i < ncls)
		return is_unnamed(pd_cls[i].name) ? "" : pd_cls[i].name;
	i -= ncls;
	return i < E_COUNT ? exceptions[i].name : NULL;
}

/* ---- type(), isinstance() ------------------------------------------------ */

struct pd_pv *
pd_pv_type(struct pd_ev *ev, struct pd_pv *x)
{
	const struct pd_core_type *t = x->st != NULL ? x->st->type : NULL;
	struct pd_pv *v;

	if (x->kind == PD_K_CUT || x->kind == PD_K_UNBOUND)
		pd_ev_cut(ev);
	v = pd_pv_new(ev, PD_K_TYPE);
	v->cls = t == NULL ? pd_pv_cls(x) : pd_cls_find(pd_str_c(&t->module),
	    pd_str_c(&t->qualname), t->qualname.n);
	if (x->kind == PD_K_ITER)
		v->cls = pd_cls_find("builtins", x->iter->name,
		    strlen(x->iter->name));
	if (x->kind == PD_K_ITER && v->cls == NULL)
		pd_ev_no_process(ev, "type");
	if (v->cls != NULL)
		return v;
	if (t->object != 0) {
		struct pd_pv *cls = pd_ev_obj(ev, t->object);

		if (cls->kind == PD_K_TYPE)
			return cls;
	}
	/* A class whose own object is not in the core. */
	v->st = pd_ev_alloc(ev, sizeof(*v->st));
	v->st->obj = (struct pd_core_obj){ .kind = PD_CORE_TYPE,
	    .vkind = PD_CORE_V_INT, .i = (int64_t)x->st->obj.type,
	    .cut = PD_CORE_CUT_BYTES };
	return v;
}

/* Is t, or a class that it comes from, the builtin one? */
static bool
comes_from(struct pd_ev *ev, const struct pd_core_type *t,
    const struct pd_pcls *cls)
{
	const struct pd_core_type *c;

	if (cls == OBJECT)
		return true;
	PD_VEC_EACH(&t->mro, uint64_t, n) {
		pd_ev_step(ev, 1);
		c = pd_ev_type(ev, *n);
		if (c != NULL && pd_cls_find(pd_str_c(&c->module),
		    pd_str_c(&c->qualname), c->qualname.n) == cls)
			return true;
	}
	return false;
}

static bool
has_number(const struct pd_core_type *t, int64_t want)
{
	PD_VEC_EACH(&t->mro, uint64_t, n)
		if ((int64_t)*n == want)
			return true;
	return false;
}

/* Classes with an __instancecheck__, of which ABCMeta's is the usual. */
static void
check_meta(struct pd_ev *ev, const struct pd_pv *cls)
{
	const struct pd_core_type *t = pd_ev_type(ev, (uint64_t)cls->st->obj.i);
	const struct pd_core_type *m = t != NULL ? pd_ev_type(ev, t->meta) :
	    NULL;

	if (m != NULL && pd_core_type_is(ev->store, m, "abc", "ABCMeta"))
		pd_ev_no_process(ev, "ABCMeta.__instancecheck__");
}

static bool
is_of(struct pd_ev *ev, const struct pd_core_type *t,
    const struct pd_pcls *own, struct pd_pv *cls, const char *what)
{
	if (cls->kind == PD_K_TUPLE) {
		size_t n;
		struct pd_pv **all = pd_seq_all(ev, cls, &n);

		pd_ev_enter(ev);
		for (size_t i = 0; i < n; i++)
			if (is_of(ev, t, own, all[i], what)) {
				pd_ev_leave(ev);
				return true;
			}
		pd_ev_leave(ev);
		return false;
	}
	if (cls->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (cls->kind != PD_K_TYPE)
		pd_ev_raise(ev, "TypeError", "%s", what);
	if (cls->cls != NULL)
		return t != NULL ? comes_from(ev, t, cls->cls) :
		    is_class(own, cls->cls);
	if (t != NULL && cls->st->obj.vkind == PD_CORE_V_INT &&
	    has_number(t, cls->st->obj.i))
		return true;
	check_meta(ev, cls);
	return false;
}

bool
pd_ev_isinstance(struct pd_ev *ev, struct pd_pv *x, struct pd_pv *cls)
{
	const struct pd_pcls *own = pd_pv_cls(x);

	if (x->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (x->kind == PD_K_ITER)
		own = pd_cls_find("builtins", x->iter->name,
		    strlen(x->iter->name));
	return is_of(ev, x->st != NULL ? x->st->type : NULL, own != NULL ?
	    own : OBJECT, cls, "isinstance() arg 2 must be a type, a tuple of "
	    "types, or a union");
}

bool
pd_ev_issubclass(struct pd_ev *ev, struct pd_pv *x, struct pd_pv *cls)
{
	const struct pd_core_type *t;

	if (x->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (x->kind != PD_K_TYPE)
		pd_ev_raise(ev, "TypeError",
		    "issubclass() arg 1 must be a class");
	t = x->st != NULL && x->st->obj.vkind == PD_CORE_V_INT ?
	    pd_ev_type(ev, (uint64_t)x->st->obj.i) : NULL;
	return is_of(ev, x->cls != NULL ? NULL : t, x->cls != NULL ? x->cls :
	    OBJECT, cls, "issubclass() arg 2 must be a class, a tuple of "
	    "classes, or a union");
}
