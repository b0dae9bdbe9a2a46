/*
 * pp: what pprint.pformat() gives, at 80 columns.
 *
 * Called by eval-run.c.  The layout is that of Lib/pprint.py (3.11 to 3.13
 * agree on what is done here): a value that fits is its repr, with dicts in
 * the order of their keys; one that does not goes an item a line.
 */
#include "core/eval-pprint.h"

#include "base/str.h"

static void	format(struct pd_pp *, struct pd_pv *, long indent,
		    long allowance, unsigned level);

/* Is its repr that of the builtin type? */
static bool
plain(const struct pd_pv *v, const char *name)
{
	const char *repr = v->st != NULL && v->st->type != NULL ?
	    pd_str_c(&v->st->type->repr) : "";
	size_t n = strlen(name);

	return *repr == '\0' || (pd_starts(repr, "builtins.") &&
	    strncmp(repr + 9, name, n) == 0 && repr[9 + n] == '.');
}

static bool
repr_is(const struct pd_pv *v, const char *what)
{
	return v->st != NULL && v->st->type != NULL &&
	    pd_str_eq(&v->st->type->repr, what);
}

/* ---- one line ------------------------------------------------------------ */

struct pair {
	struct pd_pv	*a, *b;
	bool		 less;
};

static void
compare(struct pd_ev *ev, void *arg)
{
	struct pair *p = arg;

	p->less = pd_ev_order(ev, PD_OP_LT, p->a, p->b);
}

/* What cannot be ordered goes by the name of its type, then by its address. */
static bool
less(struct pd_ev *ev, struct pd_pv *a, struct pd_pv *b)
{
	struct pair p = { a, b, false };
	const struct pd_pv *s, *t;
	int r;

	if (pd_ev_try(ev, compare, &p, "TypeError"))
		return p.less;
	s = pd_ev_repr_str(ev, pd_pv_type(ev, a));
	t = pd_ev_repr_str(ev, pd_pv_type(ev, b));
	r = strcmp(s->s.p, t->s.p);
	if (r != 0 || a->st == NULL || b->st == NULL)
		return r < 0;
	return a->st->obj.addr < b->st->obj.addr;
}

/* Stable; pairs by their first. */
static void
sort(struct pd_ev *ev, struct pd_pv **v, struct pd_pv **room, size_t n,
    bool pair)
{
	size_t half = (n + 1) / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	sort(ev, v, room, half, pair);
	sort(ev, v + half, room, n - half, pair);
	while (i < half && j < n) {
		pd_ev_step(ev, 1);
		room[k++] = less(ev, pair ? v[j]->seq.v[0] : v[j], pair ?
		    v[i]->seq.v[0] : v[i]) ? v[j++] : v[i++];
	}
	while (i < half)
		room[k++] = v[i++];
	memcpy(v, room, k * sizeof(*v));
}

static void
sort_safely(struct pd_ev *ev, struct pd_pv **v, size_t n, bool pair)
{
	sort(ev, v, pd_ev_allocn(ev, n + 1, sizeof(*v)), n, pair);
}

/* The pairs of a dict in the order of the keys. */
static struct pd_pv **
sorted_pairs(struct pd_ev *ev, struct pd_pv *v, size_t *n)
{
	const struct pd_ptab *t = pd_tab_of(ev, v);
	struct pd_pv **pairs = pd_ev_allocn(ev, t->n + 1,
	    sizeof(struct pd_pv *));

	*n = t->n;
	for (size_t i = 0; i < t->n; i++)
		pairs[i] = pd_pv_pair(ev, t->ent[i].key, t->ent[i].value);
	sort_safely(ev, pairs, t->n, true);
	return pairs;
}

/* pprint's saferepr: as repr(), but for the order in dicts and the depth. */
static void
line(struct pd_pp *u, struct pd_ptext *t, struct pd_pv *v, unsigned level)
{
	struct pd_ev *ev = u->ev;
	struct pd_pv **pairs;
	bool dict = v->kind == PD_K_DICT && plain(v, "dict");
	bool list = v->kind == PD_K_LIST && plain(v, "list");
	bool tuple = v->kind == PD_K_TUPLE && plain(v, "tuple");
	size_t n;

	if (t->full)
		return;
	if ((!dict && !list && !tuple) || pd_pv_len(ev, v) == 0 ||
	    (v->st != NULL && v->st->obj.cut != 0)) {
		pd_ev_repr(ev, t, v);
		return;
	}
	if (u->depth > 0 && level >= u->depth) {
		pd_pt_adds(ev, t, dict ? "{...}" : list ? "[...]" : "(...)");
		return;
	}
	if (!pd_repr_enter(ev, v)) {
		pd_pt_addf(ev, t, "<Recursion on %s with id=%llu>",
		    pd_pv_short_name(ev, v), v->st != NULL ?
		    (unsigned long long)v->st->obj.addr : 0ULL);
		return;
	}
	pd_ev_enter(ev);
	pd_pt_addc(ev, t, dict ? '{' : list ? '[' : '(');
	if (dict) {
		pairs = sorted_pairs(ev, v, &n);
		for (size_t i = 0; i < n && !t->full; i++) {
			pd_pt_adds(ev, t, i > 0 ? ", " : "");
			line(u, t, pairs[i]->seq.v[0], level + 1);
			pd_pt_adds(ev, t, ": ");
			line(u, t, pairs[i]->seq.v[1], level + 1);
		}
	} else {
		n = (size_t)pd_seq_len(v);
		for (size_t i = 0; i < n && !t->full; i++) {
			pd_pt_adds(ev, t, i > 0 ? ", " : "");
			line(u, t, pd_seq_at(ev, v, i), level + 1);
		}
	}
	pd_pt_adds(ev, t, dict ? "}" : list ? "]" : n == 1 ? ",)" : ")");
	pd_ev_leave(ev);
	pd_repr_leave(ev);
}

/* ---- many lines ---------------------------------------------------------- */

static void
put(struct pd_pp *u, const char *s)
{
	pd_pt_adds(u->ev, u->out, s);
}

void
pd_pp_newline(struct pd_pp *u, const char *before, long indent)
{
	put(u, before);
	pd_pt_addc(u->ev, u->out, '\n');
	pd_pt_fill(u->ev, u->out, " ", 1, indent > 0 ? (size_t)indent : 0);
}

static void
items(struct pd_pp *u, struct pd_pv **v, size_t n, long indent, long allowance,
    unsigned level)
{
	indent++;
	for (size_t i = 0; i < n && !u->out->full; i++) {
		if (i > 0)
			pd_pp_newline(u, ",", indent);
		format(u, v[i], indent, i + 1 == n ? allowance : 1, level);
	}
}

static void
pairs(struct pd_pp *u, struct pd_pv **v, size_t n, long indent, long allowance,
    unsigned level)
{
	struct pd_ptext key;

	indent++;
	for (size_t i = 0; i < n && !u->out->full; i++) {
		key = (struct pd_ptext){ 0 };
		line(u, &key, v[i]->seq.v[0], level);
		pd_pt_add(u->ev, u->out, key.p, key.n);
		put(u, ": ");
		format(u, v[i]->seq.v[1], indent + 2 +
		    (long)pd_utf_count(key.p, key.n), i + 1 == n ? allowance :
		    1, level);
		if (i + 1 < n)
			pd_pp_newline(u, ",", indent);
	}
}

static void
pp_dict(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	struct pd_pv **all;
	size_t n;

	put(u, "{");
	all = sorted_pairs(u->ev, v, &n);
	pairs(u, all, n, indent, allowance + 1, level);
	put(u, "}");
}

static void
pp_seq(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	bool list = v->kind == PD_K_LIST;
	size_t n;
	struct pd_pv **all = pd_seq_all(u->ev, v, &n);
	const char *end = list ? "]" : n == 1 ? ",)" : ")";

	put(u, list ? "[" : "(");
	items(u, all, n, indent, allowance + (long)strlen(end), level);
	put(u, end);
}

static void
pp_set(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	bool named = v->kind != PD_K_SET || !pd_pv_exact(v);
	const char *name = pd_pv_short_name(u->ev, v);
	struct pd_pvec l = pd_ev_list(u->ev, v);

	if (named) {
		put(u, name);
		put(u, "(");
		indent += (long)strlen(name) + 1;
	}
	put(u, "{");
	sort_safely(u->ev, l.v, l.n, false);
	items(u, l.v, l.n, indent, allowance + (named ? 2 : 1), level);
	put(u, named ? "})" : "}");
}

/* name=value, of a dataclass or a SimpleNamespace. */
static void
named_items(struct pd_pp *u, struct pd_pv **v, size_t n, const char *name,
    long indent, long allowance, unsigned level)
{
	const struct pd_pv *key;

	indent += (long)strlen(name) + 1;
	put(u, name);
	put(u, "(");
	for (size_t i = 0; i < n && !u->out->full; i++) {
		key = v[i]->seq.v[0];
		pd_pt_add(u->ev, u->out, key->s.p, key->s.n);
		put(u, "=");
		format(u, v[i]->seq.v[1], indent + 1 +
		    (long)pd_utf_count(key->s.p, key->s.n), i + 1 == n ?
		    allowance : 1, level);
		if (i + 1 < n)
			pd_pp_newline(u, ",", indent);
	}
	put(u, ")");
}

static void
pp_dataclass(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	struct pd_pvec l = { 0 };
	struct pd_pv *x;

	PD_VEC_EACH(&v->st->type->fields, struct pd_str, f) {
		x = pd_obj_attr(u->ev, v, pd_str_c(f));
		pd_pvec_add(u->ev, &l, pd_pv_pair(u->ev, pd_pv_str(u->ev,
		    pd_str_c(f), f->n), x != NULL ? x :
		    pd_pv_const(PD_K_CUT)));
	}
	named_items(u, l.v, l.n, pd_pv_short_name(u->ev, v), indent,
	    allowance, level);
}

static void
pp_namespace(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	struct pd_pv *vars = pd_ev_vars(u->ev, v);
	const char *name = pd_pv_short_name(u->ev, v);
	struct pd_pvec l = { 0 };
	const struct pd_ptab *t = pd_tab_of(u->ev, vars);

	for (size_t i = 0; i < t->n; i++)
		pd_pvec_add(u->ev, &l, pd_pv_pair(u->ev, pd_ev_str_of(u->ev,
		    t->ent[i].key), t->ent[i].value));
	named_items(u, l.v, l.n, strcmp(name, "SimpleNamespace") == 0 ?
	    "namespace" : name, indent, allowance, level);
}

static void
pp_bytearray(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	put(u, "bytearray(");
	pd_pp_bytes(u, pd_pv_bytes(u->ev, PD_K_BYTES, v->s.p, v->s.n),
	    indent + 10, allowance + 1, level + 1);
	put(u, ")");
}

/* OrderedDict, defaultdict, deque. */
static bool
pp_collection(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	struct pd_ev *ev = u->ev;
	const char *name = pd_pv_short_name(ev, v);
	long inner = indent + (long)strlen(name) + 1;
	struct pd_pv *x;
	struct pd_pvec l;
	bool max;

	if (v->kind == PD_K_DICT &&
	    repr_is(v, "collections.OrderedDict.__repr__")) {
		x = pd_pv_new(ev, PD_K_VIEW);
		x->view.dict = v;
		x->view.which = PD_VIEW_ITEMS;
		l = pd_ev_list(ev, x);
		put(u, name);
		put(u, "(");
		format(u, pd_pv_seq(ev, PD_K_LIST, l.v, l.n), inner,
		    allowance + 1, level);
		put(u, ")");
	} else if (v->kind == PD_K_DICT &&
	    repr_is(v, "collections.defaultdict.__repr__")) {
		x = pd_obj_attr(ev, v, "default_factory");
		put(u, name);
		put(u, "(");
		pd_ev_repr(ev, u->out, x != NULL ? x : pd_pv_none());
		pd_pp_newline(u, ",", inner);
		pp_dict(u, v, inner, allowance + 1, level);
		put(u, ")");
	} else if (v->kind == PD_K_DEQUE) {
		x = v->st != NULL ? pd_obj_attr(ev, v, "maxlen") : NULL;
		max = x != NULL && pd_pv_is_int(x);
		l.v = pd_seq_all(ev, v, &l.n);
		put(u, name);
		put(u, "([");
		items(u, l.v, l.n, inner, max ? 2 : allowance + 2, level);
		if (max) {
			pd_pp_newline(u, "],", inner);
			put(u, "maxlen=");
			pd_ev_repr(ev, u->out, x);
			put(u, ")");
		} else {
			put(u, "])");
		}
	} else {
		return false;
	}
	return true;
}

static bool
spread(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	if (v->st != NULL && v->st->obj.cut != 0 && v->kind != PD_K_OBJECT)
		return false;
	if (v->kind == PD_K_DICT && plain(v, "dict"))
		pp_dict(u, v, indent, allowance, level);
	else if ((v->kind == PD_K_LIST && plain(v, "list")) ||
	    (v->kind == PD_K_TUPLE && plain(v, "tuple")))
		pp_seq(u, v, indent, allowance, level);
	else if (pd_pv_is_set(v) && plain(v, pd_pv_cls(v)->name) &&
	    pd_pv_len(u->ev, v) > 0)
		pp_set(u, v, indent, allowance, level);
	else if (v->kind == PD_K_STR && plain(v, "str") && v->s.n > 0)
		pd_pp_str(u, v, indent, allowance, level);
	else if (v->kind == PD_K_BYTES && plain(v, "bytes"))
		pd_pp_bytes(u, v, indent, allowance, level);
	else if (v->kind == PD_K_BYTEARRAY && plain(v, "bytearray"))
		pp_bytearray(u, v, indent, allowance, level);
	else if (repr_is(v, "dataclass"))
		pp_dataclass(u, v, indent, allowance, level);
	else if (repr_is(v, "types.SimpleNamespace.__repr__"))
		pp_namespace(u, v, indent, allowance, level);
	else
		return pp_collection(u, v, indent, allowance, level);
	return true;
}

static void
format(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	long room = PD_PP_WIDTH - indent - allowance;
	struct pd_ptext t = { .max = PD_PP_WIDTH * 4 + 16 };
	bool done = false;

	if (u->out->full)
		return;
	pd_ev_enter(u->ev);
	line(u, &t, v, level);
	if (!t.full && (long)pd_utf_count(t.p != NULL ? t.p : "", t.n) <=
	    room) {
		pd_pt_add(u->ev, u->out, t.p != NULL ? t.p : "", t.n);
		done = true;
	} else if ((u->depth == 0 || level < u->depth) &&
	    pd_repr_enter(u->ev, v)) {
		done = spread(u, v, indent, allowance, level + 1);
		pd_repr_leave(u->ev);
	}
	if (!done)
		line(u, u->out, v, level);
	pd_ev_leave(u->ev);
}

void
pd_ev_pprint(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    uint64_t depth)
{
	struct pd_pp u = { .ev = ev, .out = t, .depth = depth };

	t->depth_max = 0;
	format(&u, v, 0, 0, 0);
}
