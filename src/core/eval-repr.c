/*
 * repr() and str() of the builtin types, as the core's Python prints them.
 *
 * Called by the evaluator of cores.  What has a repr of its own in the
 * program's code is shown as object.__repr__ would; what the standard library
 * defines is in eval-known.c.
 */
#include "core/eval-room.h"

#include <stdio.h>

/* ---- text ---------------------------------------------------------------- */

static void
add_escaped(struct pd_ev *ev, struct pd_ptext *t, uint32_t c, char quote)
{
	if (c == (unsigned char)quote || c == '\\')
		pd_pt_addf(ev, t, "\\%c", (char)c);
	else if (c == '\n' || c == '\r' || c == '\t')
		pd_pt_adds(ev, t, c == '\n' ? "\\n" : c == '\r' ? "\\r" :
		    "\\t");
	else if (c < 0x100)
		pd_pt_addf(ev, t, "\\x%02x", (unsigned)c);
	else if (c < 0x10000)
		pd_pt_addf(ev, t, "\\u%04x", (unsigned)c);
	else
		pd_pt_addf(ev, t, "\\U%08x", (unsigned)c);
}

void
pd_repr_text(struct pd_ev *ev, struct pd_ptext *t, const char *s, size_t n,
    bool bytes)
{
	char quote = n > 0 && memchr(s, '\'', n) != NULL &&
	    memchr(s, '"', n) == NULL ? '"' : '\'';
	size_t size = 1, from = 0;
	uint32_t c;

	if (bytes)
		pd_pt_addc(ev, t, 'b');
	pd_pt_addc(ev, t, quote);
	for (size_t i = 0; i < n && !t->full; i += size) {
		c = bytes ? (unsigned char)s[i] : pd_utf_get(s + i, n - i,
		    &size);
		if (c != (unsigned char)quote && c != '\\' && (bytes ?
		    c >= 0x20 && c < 0x7f : pd_utf_printable(c)))
			continue;
		/* What needs no escape goes in one piece. */
		pd_pt_add(ev, t, s + from, i - from);
		add_escaped(ev, t, c, quote);
		from = i + size;
	}
	if (from < n)
		pd_pt_add(ev, t, s + from, n - from);
	pd_pt_addc(ev, t, quote);
}

static void
repr_text(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	if (v->kind == PD_K_BYTEARRAY)
		pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, v));
	pd_repr_text(ev, t, v->s.p, v->s.n, v->kind != PD_K_STR);
	if (v->kind == PD_K_BYTEARRAY)
		pd_pt_addc(ev, t, ')');
	if (pd_text_len(v) > v->s.chars)
		pd_pt_addf(ev, t, "...<%llu more not in the core>",
		    (unsigned long long)(pd_text_len(v) - v->s.chars));
}

/* ---- containers ---------------------------------------------------------- */

bool
pd_repr_enter(struct pd_ev *ev, struct pd_pv *v)
{
	for (size_t i = 0; i < ev->nreprs; i++)
		if (ev->reprs[i] == v)
			return false;
	if (ev->nreprs == sizeof(ev->reprs) / sizeof(ev->reprs[0]))
		pd_ev_raise(ev, "RecursionError", "maximum recursion depth "
		    "exceeded while getting the repr of an object");
	ev->reprs[ev->nreprs++] = v;
	return true;
}

void
pd_repr_leave(struct pd_ev *ev)
{
	ev->nreprs--;
}

/* What a container had and the core has not. */
static void
add_missing(struct pd_ev *ev, struct pd_ptext *t, uint64_t n, bool first)
{
	pd_pt_addf(ev, t, "%s...<%llu more not in the core>",
	    first ? "" : ", ", (unsigned long long)n);
}

static void
repr_items(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    const char *open, const char *close)
{
	uint64_t n = pd_seq_len(v);

	pd_pt_adds(ev, t, open);
	for (size_t i = 0; i < n && !t->full; i++) {
		struct pd_pv *x = pd_seq_at(ev, v, i);

		pd_ev_step(ev, 1);
		if (x->kind == PD_K_CUT && v->st != NULL &&
		    i >= v->st->nrefs - (v->st->nrefs > 0)) {
			add_missing(ev, t, n - i, i == 0);
			break;
		}
		if (i > 0)
			pd_pt_adds(ev, t, ", ");
		pd_ev_repr(ev, t, x);
	}
	if (v->kind == PD_K_TUPLE && n == 1)
		pd_pt_addc(ev, t, ',');
	pd_pt_adds(ev, t, close);
}

static void
repr_table(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    const char *open, const char *close)
{
	const struct pd_ptab *tab = pd_tab_of(ev, v);
	uint64_t len = pd_pv_len(ev, v);

	pd_pt_adds(ev, t, open);
	for (size_t i = 0; i < tab->n && !t->full; i++) {
		pd_ev_step(ev, 1);
		if (i > 0)
			pd_pt_adds(ev, t, ", ");
		pd_ev_repr(ev, t, tab->ent[i].key);
		if (tab->ent[i].value == NULL)
			continue;
		pd_pt_adds(ev, t, ": ");
		pd_ev_repr(ev, t, tab->ent[i].value);
	}
	if (tab->cut && len > tab->n)
		add_missing(ev, t, len - tab->n, tab->n == 0);
	pd_pt_adds(ev, t, close);
}

static void
repr_set(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	bool named = v->kind == PD_K_FROZENSET || !pd_pv_exact(v);
	const char *name = pd_pv_short_name(ev, v);

	if (pd_pv_len(ev, v) == 0) {
		pd_pt_addf(ev, t, "%s()", name);
		return;
	}
	if (named)
		pd_pt_addf(ev, t, "%s(", name);
	repr_table(ev, t, v, "{", "}");
	if (named)
		pd_pt_addc(ev, t, ')');
}

static void
repr_deque(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *max = pd_obj_attr(ev, v, "maxlen");

	pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, v));
	repr_items(ev, t, v, "[", "]");
	if (max != NULL && pd_pv_is_int(max)) {
		pd_pt_adds(ev, t, ", maxlen=");
		pd_ev_repr(ev, t, max);
	}
	pd_pt_addc(ev, t, ')');
}

static void
repr_view(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pvec l = pd_ev_list(ev, v);

	pd_pt_addf(ev, t, "%s(", pd_pv_cls(v)->name);
	repr_items(ev, t, pd_pv_seq(ev, PD_K_LIST, l.v, l.n), "[", "]");
	pd_pt_addc(ev, t, ')');
}

static void
repr_three(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	bool range = v->kind == PD_K_RANGE;
	int64_t step = 1;

	pd_pt_adds(ev, t, range ? "range(" : "slice(");
	pd_ev_repr(ev, t, v->v[0]);
	pd_pt_adds(ev, t, ", ");
	pd_ev_repr(ev, t, v->v[1]);
	if (!range || !pd_int_fits(v->v[2], &step) || step != 1) {
		pd_pt_adds(ev, t, ", ");
		pd_ev_repr(ev, t, v->v[2]);
	}
	pd_pt_addc(ev, t, ')');
}

/* Those that may stand within themselves. */
static void
repr_container(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	static const char *const again[PD_K_COUNT] = {
		[PD_K_LIST] = "[...]", [PD_K_TUPLE] = "(...)",
		[PD_K_DICT] = "{...}", [PD_K_DEQUE] = "[...]",
		[PD_K_FROZENSET] = "frozenset(...)", [PD_K_SET] = "set(...)",
		[PD_K_VIEW] = "...",
	};

	if ((t->depth_max > 0 && t->depth >= t->depth_max &&
	    pd_pv_len(ev, v) > 0) || !pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, again[v->kind]);
		return;
	}
	t->depth++;
	switch (v->kind) {
	case PD_K_LIST:
		repr_items(ev, t, v, "[", "]");
		break;
	case PD_K_TUPLE:
		repr_items(ev, t, v, "(", ")");
		break;
	case PD_K_DEQUE:
		repr_deque(ev, t, v);
		break;
	case PD_K_DICT:
		repr_table(ev, t, v, "{", "}");
		break;
	case PD_K_VIEW:
		repr_view(ev, t, v);
		break;
	default:
		repr_set(ev, t, v);
		break;
	}
	t->depth--;
	pd_repr_leave(ev);
}

/* ---- all others ---------------------------------------------------------- */

void
pd_repr_plain(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	pd_pt_addc(ev, t, '<');
	if (v->st != NULL && v->st->type != NULL)
		pd_type_full(ev, v->st->type, t);
	else
		pd_pt_adds(ev, t, pd_pv_short_name(ev, v));
	pd_pt_addf(ev, t, " object at 0x%llx>", v->st != NULL ?
	    (unsigned long long)v->st->obj.addr : 0ULL);
}

static void
repr_type(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	pd_pt_adds(ev, t, "<class '");
	if (v->cls != NULL && v->cls->module != NULL)
		pd_pt_addf(ev, t, "%s.", v->cls->module);
	if (v->cls != NULL)
		pd_pt_adds(ev, t, v->cls->name);
	else
		pd_type_full(ev, pd_ev_type(ev, (uint64_t)v->st->obj.i), t);
	pd_pt_adds(ev, t, "'>");
}

static void
repr_callable(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *name;

	switch (v->kind) {
	case PD_K_FUNC:
		pd_pt_addf(ev, t, "<built-in function %s>", v->func->name);
		break;
	case PD_K_METHOD:
		if (v->method.self == NULL)
			pd_pt_addf(ev, t, "<method '%s'>", v->method.fn->name);
		else
			pd_pt_addf(ev, t, "<built-in method %s of %s object "
			    "at 0x%llx>", v->method.fn->name,
			    pd_pv_type_name(ev, v->method.self),
			    v->method.self->st != NULL ? (unsigned long long)
			    v->method.self->st->obj.addr : 0ULL);
		break;
	case PD_K_BOUND:
		name = pd_obj_attr(ev, v->v[1], "__qualname__");
		pd_pt_adds(ev, t, "<bound method ");
		if (name != NULL && name->kind == PD_K_STR)
			pd_pt_add(ev, t, name->s.p, name->s.n);
		else
			pd_pt_addc(ev, t, '?');
		pd_pt_adds(ev, t, " of ");
		pd_ev_repr(ev, t, v->v[0]);
		pd_pt_addc(ev, t, '>');
		break;
	case PD_K_LAMBDA:
		pd_pt_adds(ev, t, "<function <lambda> at 0x0>");
		break;
	default:
		if (strcmp(v->iter->name, "generator") == 0)
			pd_pt_adds(ev, t, "<generator object <genexpr> at "
			    "0x0>");
		else
			pd_pt_addf(ev, t, "<%s object at 0x0>",
			    v->iter->name);
		break;
	}
}

static void
repr_number(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	int64_t max = ev->hex >= 0x030b0000 ? 4300 : INT64_MAX;

	switch (v->kind) {
	case PD_K_BOOL:
		pd_pt_adds(ev, t, v->i ? "True" : "False");
		break;
	case PD_K_INT:
		/* More bits than 4300 digits may have, or nearly so. */
		if ((int64_t)pd_int_bits(v) > max * 10 / 3 + 10)
			pd_ev_raise(ev, "ValueError", "Exceeds the limit (4300 "
			    "digits) for integer string conversion; use "
			    "sys.set_int_max_str_digits() to increase the "
			    "limit");
		if (pd_int_sign(v) < 0)
			pd_pt_addc(ev, t, '-');
		pd_int_text(ev, t, v, 10);
		break;
	case PD_K_FLOAT:
		pd_float_repr(ev, t, v->f[0], true);
		break;
	default:
		pd_complex_repr(ev, t, v->f);
		break;
	}
}

/* Its repr is code of the program's own, or of a library's. */
static bool
is_foreign(const struct pd_pv *v)
{
	const struct pd_core_type *t = v->st != NULL ? v->st->type : NULL;
	const char *repr = t != NULL ? pd_str_c(&t->repr) : "";

	if (v->kind == PD_K_DEQUE &&
	    strcmp(repr, "collections.deque.__repr__") == 0)
		return false;
	return *repr != '\0' && (!pd_starts(repr, "builtins.") ||
	    strcmp(repr, "builtins.object.__repr__") == 0);
}

static void
repr(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	switch (v->kind) {
	case PD_K_CUT:
		pd_pt_adds(ev, t, "<not in the core>");
		break;
	case PD_K_UNBOUND:
		pd_pt_adds(ev, t, "<unbound>");
		break;
	case PD_K_NONE:
		pd_pt_adds(ev, t, "None");
		break;
	case PD_K_ELLIPSIS:
		pd_pt_adds(ev, t, "Ellipsis");
		break;
	case PD_K_NOTIMPL:
		pd_pt_adds(ev, t, "NotImplemented");
		break;
	case PD_K_BOOL:
	case PD_K_INT:
	case PD_K_FLOAT:
	case PD_K_COMPLEX:
		repr_number(ev, t, v);
		break;
	case PD_K_STR:
	case PD_K_BYTES:
	case PD_K_BYTEARRAY:
		repr_text(ev, t, v);
		break;
	case PD_K_RANGE:
	case PD_K_SLICE:
		repr_three(ev, t, v);
		break;
	case PD_K_TYPE:
		repr_type(ev, t, v);
		break;
	case PD_K_OBJECT:
		pd_repr_plain(ev, t, v);
		break;
	case PD_K_FUNC:
	case PD_K_METHOD:
	case PD_K_BOUND:
	case PD_K_LAMBDA:
	case PD_K_ITER:
		repr_callable(ev, t, v);
		break;
	default:
		repr_container(ev, t, v);
		break;
	}
}

void
pd_ev_repr(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	if (t->full)
		return;
	pd_ev_enter(ev);
	if (v->st == NULL || !pd_known_repr(ev, t, v)) {
		if (is_foreign(v))
			pd_repr_plain(ev, t, v);
		else
			repr(ev, t, v);
	}
	pd_ev_leave(ev);
}

void
pd_ev_str(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	const char *s;

	if (v->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (v->kind == PD_K_STR && (v->st == NULL || v->st->type == NULL ||
	    v->st->type->str.n == 0 || pd_str_eq(&v->st->type->str,
	    "builtins.str.__str__"))) {
		if (v->st != NULL && v->st->obj.cut != 0)
			pd_ev_cut(ev);
		pd_pt_add(ev, t, v->s.p, v->s.n);
		return;
	}
	if (v->st != NULL && pd_known_str(ev, t, v))
		return;
	s = v->st != NULL && v->st->type != NULL ?
	    pd_str_c(&v->st->type->str) : "";
	if (*s != '\0' && !pd_starts(s, "builtins.") &&
	    v->kind == PD_K_OBJECT)
		pd_ev_no_process(ev, s);
	pd_ev_repr(ev, t, v);
}

void
pd_ev_ascii(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_ptext r = { 0 };
	size_t size;
	uint32_t c;

	pd_ev_repr(ev, &r, v);
	for (size_t i = 0; i < r.n; i += size) {
		c = pd_utf_get(r.p + i, r.n - i, &size);
		if (c < 0x80)
			pd_pt_addc(ev, t, (char)c);
		else
			add_escaped(ev, t, c, '\0');
	}
}

struct pd_pv *
pd_ev_repr_str(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_ptext t = { 0 };

	if (v->kind == PD_K_CUT)
		pd_ev_cut(ev);
	pd_ev_repr(ev, &t, v);
	return pd_pt_str(ev, &t);
}

struct pd_pv *
pd_ev_str_of(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_ptext t = { 0 };

	if (v->kind == PD_K_STR && v->st == NULL)
		return v;
	pd_ev_str(ev, &t, v);
	return pd_pt_str(ev, &t);
}
