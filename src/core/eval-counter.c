/*
 * collections.Counter, and what namedtuples have besides their fields.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-lib.h"

/* ---- Counter ------------------------------------------------------------- */

static bool
is_counter(const struct pd_pv *v)
{
	return pd_lib_of(v) == &pd_lib_counter;
}

static struct pd_pv *
made(struct pd_ev *ev, const struct pd_pv *like, struct pd_ptab *t)
{
	struct pd_pv *v = pd_lib_like(ev, like, NULL, t->n);

	v->tab = t;
	v->flags |= PD_PF_LOADED;
	return v;
}

/* All of it. */
static struct pd_ptab *
table(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_ptab *t = pd_tab_of(ev, v);

	if (t->cut)
		pd_ev_cut(ev);
	return t;
}

static struct pd_pv *
count_of(struct pd_ev *ev, const struct pd_ptab *t, struct pd_pv *key)
{
	const struct pd_pent *e = pd_tab_find(ev, t, key);

	return e != NULL ? e->value : pd_pv_int(ev, 0);
}

static void
keep(struct pd_ev *ev, struct pd_ptab *r, struct pd_pv *key, struct pd_pv *n)
{
	if (pd_ev_order(ev, PD_OP_GT, n, pd_pv_int(ev, 0)))
		pd_tab_put(ev, r, key, n);
}

/* What one of the operators makes of two counts. */
static struct pd_pv *
combined(struct pd_ev *ev, int op, struct pd_pv *x, struct pd_pv *y)
{
	if (op == PD_OP_ADD || op == PD_OP_SUB)
		return pd_ev_binary(ev, op, x, y);
	return pd_ev_order(ev, PD_OP_LT, x, y) == (op == PD_OP_AND) ? x : y;
}

static struct pd_pv *
binary(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_ptab *s, *t, *r;

	if (!is_counter(a) || !is_counter(b) || (op != PD_OP_ADD &&
	    op != PD_OP_SUB && op != PD_OP_AND && op != PD_OP_OR))
		return NULL;
	s = table(ev, a);
	t = table(ev, b);
	r = pd_tab_new(ev, s->n);
	for (size_t i = 0; i < s->n; i++)
		keep(ev, r, s->ent[i].key, combined(ev, op, s->ent[i].value,
		    count_of(ev, t, s->ent[i].key)));
	for (size_t i = 0; i < t->n && op != PD_OP_AND; i++)
		if (pd_tab_find(ev, s, t->ent[i].key) == NULL)
			keep(ev, r, t->ent[i].key, op == PD_OP_SUB ?
			    pd_ev_unary(ev, PD_OP_NEG, t->ent[i].value) :
			    t->ent[i].value);
	return made(ev, a, r);
}

static struct pd_pv *
unary(struct pd_ev *ev, int op, struct pd_pv *v)
{
	struct pd_ptab *t, *r;

	if (op != PD_OP_POS && op != PD_OP_NEG)
		return NULL;
	t = table(ev, v);
	r = pd_tab_new(ev, t->n);
	for (size_t i = 0; i < t->n; i++)
		keep(ev, r, t->ent[i].key, op == PD_OP_POS ?
		    t->ent[i].value : pd_ev_unary(ev, op, t->ent[i].value));
	return made(ev, v, r);
}

/* For every key of s: what it counts, and what the other counts. */
static bool
all(struct pd_ev *ev, int op, struct pd_ptab *keys, struct pd_ptab *s,
    struct pd_ptab *t)
{
	struct pd_pv *x, *y;

	for (size_t i = 0; i < keys->n; i++) {
		x = count_of(ev, s, keys->ent[i].key);
		y = count_of(ev, t, keys->ent[i].key);
		if (!(op == PD_OP_EQ ? pd_pv_same(x, y) || pd_ev_eq(ev, x, y) :
		    pd_ev_order(ev, op, x, y)))
			return false;
	}
	return true;
}

static struct pd_pv *
compare(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_ptab *s, *t;
	int each = op == PD_OP_LT ? PD_OP_LE : op == PD_OP_GT ? PD_OP_GE : op;
	bool r;

	if (!is_counter(b))
		return NULL;
	s = table(ev, a);
	t = table(ev, b);
	r = all(ev, each, s, s, t) && all(ev, each, t, s, t);
	if (r && each != op)
		r = !(all(ev, PD_OP_EQ, s, s, t) &&
		    all(ev, PD_OP_EQ, t, s, t));
	return pd_pv_bool(r);
}

static struct pd_pv *
second(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_seq_at(ev, c->p[0], 1);
}

static struct pd_pv *
do_most_common(struct pd_ev *ev, struct pd_pcall *c)
{
	static const struct pd_pfunc key = { "key", second, "pair /" };
	const struct pd_ptab *t = table(ev, c->self);
	struct pd_pv *f = pd_pv_new(ev, PD_K_FUNC);
	struct pd_pvec l = { 0 };
	int64_t n = c->p[0] != NULL && c->p[0]->kind != PD_K_NONE ?
	    pd_pv_index(ev, c->p[0]) : INT64_MAX;

	f->func = &key;
	for (size_t i = 0; i < t->n; i++)
		pd_pvec_add(ev, &l, pd_pv_pair(ev, t->ent[i].key,
		    t->ent[i].value));
	pd_ev_sort(ev, l.v, l.n, f, true);
	return pd_pv_seq(ev, PD_K_LIST, l.v, n < 0 ? 0 :
	    (uint64_t)n < l.n ? (size_t)n : l.n);
}

static struct pd_pv *
do_total(struct pd_ev *ev, struct pd_pcall *c)
{
	const struct pd_ptab *t = table(ev, c->self);
	struct pd_pv *sum = pd_pv_int(ev, 0);

	for (size_t i = 0; i < t->n; i++)
		sum = pd_ev_binary(ev, PD_OP_ADD, sum, t->ent[i].value);
	return sum;
}

static struct pd_pv *
next_element(struct pd_ev *ev, struct pd_piter *it)
{
	const struct pd_ptab *t = it->state;
	int64_t count;

	for (; it->i < t->n; it->i++, it->n = 0) {
		count = pd_pv_index(ev, t->ent[it->i].value);
		if ((int64_t)it->n < count) {
			it->n++;
			return t->ent[it->i].key;
		}
	}
	return NULL;
}

static struct pd_pv *
do_elements(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_piter *it = pd_iter_new(ev, "itertools.chain",
	    next_element);

	it->state = table(ev, c->self);
	return pd_pv_iter(ev, it);
}

static struct pd_pv *
do_copy(struct pd_ev *ev, struct pd_pcall *c)
{
	return made(ev, c->self, table(ev, c->self));
}

static struct pd_pv *
attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const struct pd_pfunc methods[] = {
		{ "copy", do_copy, "/" },
		{ "elements", do_elements, "/" },
		{ "most_common", do_most_common, "n?" },
		{ "total", do_total, "/" },
		{ NULL }
	};

	return pd_lib_method(ev, v, methods, name);
}

const struct pd_plib pd_lib_counter = {
	.attr = attr, .binary = binary, .unary = unary, .compare = compare,
};

/* ---- namedtuples --------------------------------------------------------- */

static struct pd_pv *
do_asdict(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_ptab *t = pd_tab_new(ev, 0);
	size_t n, i = 0;
	struct pd_pv **all = pd_seq_all(ev, c->self, &n);

	PD_VEC_EACH(&c->self->st->type->fields, struct pd_str, f)
		if (i < n)
			pd_tab_put(ev, t, pd_pv_str(ev, pd_str_c(f), f->n),
			    all[i++]);
	return pd_pv_tab(ev, PD_K_DICT, t);
}

static struct pd_pv *
do_replace(struct pd_ev *ev, struct pd_pcall *c)
{
	const struct pd_vec *fields = &c->self->st->type->fields;
	size_t n, i, unknown = 0;
	struct pd_pv **all = pd_seq_all(ev, c->self, &n);
	struct pd_pv **v = pd_ev_allocn(ev, n + 1, sizeof(struct pd_pv *));
	struct pd_pvec names = { 0 };

	if (c->narg > 0)
		pd_ev_no_process(ev, "_replace");
	if (n > 0)
		memcpy(v, all, n * sizeof(struct pd_pv *));
	for (size_t k = 0; k < c->nkw; k++) {
		i = 0;
		PD_VEC_EACH(fields, struct pd_str, f) {
			if (f->n == c->kw[k].n && memcmp(f->s, c->kw[k].s,
			    f->n) == 0)
				break;
			i++;
		}
		if (i < n)
			v[i] = c->kwarg[k];
		else
			pd_pvec_add(ev, &names, pd_pv_str(ev, c->kw[k].s,
			    c->kw[k].n));
		unknown += i >= n;
	}
	if (unknown > 0) {
		struct pd_pv *r = pd_ev_repr_str(ev, pd_pv_seq(ev, PD_K_LIST,
		    names.v, names.n));

		pd_ev_raise(ev, ev->hex >= 0x030d0000 ? "TypeError" :
		    "ValueError", "Got unexpected field names: %.*s",
		    (int)(r->s.n > 4096 ? 4096 : r->s.n), r->s.p);
	}
	return pd_lib_like(ev, c->self, v, n);
}

struct pd_pv *
pd_namedtuple_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	static const struct pd_pfunc methods[] = {
		{ "_asdict", do_asdict, "/" },
		{ "_replace", do_replace, NULL },
		{ NULL }
	};

	return pd_lib_method(ev, v, methods, name);
}
