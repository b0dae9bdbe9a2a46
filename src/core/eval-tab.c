/*
 * Dicts and sets of the evaluator of cores, and hashes.
 *
 * Keys are told apart as Python does it: 1, 1.0 and True are one.  Keys whose
 * == is the program's code can only be found by their identity; where that
 * could give a wrong answer, there is none.
 */
#include "core/eval-lib.h"

static uint64_t
hash_bytes(const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	return h;
}

static uint64_t
mix(uint64_t h, uint64_t x)
{
	h ^= x + UINT64_C(0x9e3779b97f4a7c15) + (h << 6) + (h >> 2);
	return h * UINT64_C(0xbf58476d1ce4e5b9);
}

static bool
is_opaque(struct pd_ev *ev, const struct pd_pv *v)
{
	return pd_lib_of(v) == NULL && (pd_pv_flag(v, PD_CORE_TYPE_EQ) ||
	    pd_ev_special(ev, v, "__eq__"));
}

static uint64_t
hash_items(struct pd_ev *ev, struct pd_pv *v)
{
	uint64_t h = v->kind;
	size_t n;
	struct pd_pv **all = pd_seq_all(ev, v, &n);

	for (size_t i = 0; i < n; i++)
		h = mix(h, pd_ev_hash(ev, all[i]));
	return h;
}

/* The same in any order. */
static uint64_t
hash_set(struct pd_ev *ev, struct pd_pv *v)
{
	const struct pd_ptab *t = pd_tab_of(ev, v);
	uint64_t h = t->n;

	for (size_t i = 0; i < t->n; i++)
		h += mix(1, t->ent[i].hash);
	return h;
}

static uint64_t
hash(struct pd_ev *ev, struct pd_pv *v)
{
	const struct pd_plib *lib;

	switch (v->kind) {
	case PD_K_CUT:
	case PD_K_UNBOUND:
		pd_ev_cut(ev);
	case PD_K_BOOL:
	case PD_K_INT:
		return pd_int_hash(v);
	case PD_K_FLOAT:
		return pd_float_hash(v->f[0]);
	case PD_K_COMPLEX:
		return pd_float_hash(v->f[0]) +
		    1000003 * pd_float_hash(v->f[1]);
	case PD_K_STR:
		return hash_bytes(v->s.p, v->s.n);
	case PD_K_BYTES:
		return hash_bytes(v->s.p, v->s.n);
	case PD_K_TUPLE:
		return hash_items(ev, v);
	case PD_K_FROZENSET:
		return hash_set(ev, v);
	case PD_K_RANGE:
		return pd_ev_hash(ev, pd_range_len(ev, v));
	case PD_K_SLICE:
		if (ev->hex >= 0x030c0000)
			return mix(pd_ev_hash(ev, v->v[0]),
			    pd_ev_hash(ev, v->v[1]));
		break;
	case PD_K_BYTEARRAY:
	case PD_K_LIST:
	case PD_K_DEQUE:
	case PD_K_DICT:
	case PD_K_SET:
		break;
	case PD_K_TYPE:
		return v->cls != NULL ? (uint64_t)(uintptr_t)v->cls >> 4 :
		    (uint64_t)v->st->obj.i;
	case PD_K_FUNC:
		return (uint64_t)(uintptr_t)v->func >> 4;
	case PD_K_VIEW:
		if (v->view.which == PD_VIEW_VALUES)
			return (uint64_t)(uintptr_t)v >> 4;
		break;
	case PD_K_OBJECT:
		lib = pd_lib_of(v);
		if (lib != NULL && lib->hash != NULL)
			return lib->hash(ev, v);
		if (pd_pv_is_core(v, PD_CORE_METHOD))
			return PD_CORE_METHOD;
		return (uint64_t)(uintptr_t)v >> 4;
	default:
		return (uint64_t)(uintptr_t)v >> 4;
	}
	pd_ev_raise(ev, "TypeError", "unhashable type: '%s'",
	    pd_pv_type_name(ev, v));
}

uint64_t
pd_ev_hash(struct pd_ev *ev, struct pd_pv *v)
{
	uint64_t h;

	if (is_opaque(ev, v))
		pd_ev_no_process(ev, "__hash__");
	pd_ev_enter(ev);
	h = hash(ev, v);
	pd_ev_leave(ev);
	return h;
}

/* ---- tables -------------------------------------------------------------- */

struct pd_ptab *
pd_tab_new(struct pd_ev *ev, size_t expected)
{
	struct pd_ptab *t = pd_ev_alloc(ev, sizeof(*t));

	t->cap = expected > 0 ? expected : 4;
	t->ent = pd_ev_allocn(ev, t->cap, sizeof(*t->ent));
	for (t->mask = 8; t->mask < t->cap * 2; t->mask *= 2)
		;
	t->index = pd_ev_allocn(ev, t->mask, sizeof(*t->index));
	t->mask--;
	return t;
}

static void
insert_index(struct pd_ptab *t, size_t entry)
{
	size_t i = (size_t)(t->ent[entry].hash * UINT64_C(0x9e3779b97f4a7c15)
	    >> 16) & t->mask;

	while (t->index[i] != 0)
		i = (i + 1) & t->mask;
	t->index[i] = (uint32_t)entry + 1;
}

static void
rebuild(struct pd_ev *ev, struct pd_ptab *t)
{
	if (t->n > UINT32_MAX / 4)
		pd_ev_stop(ev, "a dict or set has too many items");
	if (t->mask + 1 < t->cap * 2) {
		t->mask = (t->mask + 1) * 4;
		t->index = pd_ev_allocn(ev, t->mask, sizeof(*t->index));
		t->mask--;
	} else {
		memset(t->index, 0, (t->mask + 1) * sizeof(*t->index));
	}
	for (size_t i = 0; i < t->n; i++)
		insert_index(t, i);
}

static void
append(struct pd_ev *ev, struct pd_ptab *t, struct pd_pv *key,
    struct pd_pv *value, uint64_t h)
{
	struct pd_pent *grown;

	if (t->n == t->cap) {
		t->cap *= 2;
		grown = pd_ev_allocn(ev, t->cap, sizeof(*grown));
		memcpy(grown, t->ent, t->n * sizeof(*grown));
		t->ent = grown;
	}
	t->ent[t->n] = (struct pd_pent){ key, value, h };
	t->n++;
	if (t->mask + 1 < t->n * 2)
		rebuild(ev, t);
	else
		insert_index(t, t->n - 1);
}

/* key is not opaque; h is its hash. */
static struct pd_pent *
find(struct pd_ev *ev, const struct pd_ptab *t, struct pd_pv *key, uint64_t h,
    bool compare)
{
	size_t i = (size_t)(h * UINT64_C(0x9e3779b97f4a7c15) >> 16) & t->mask;

	for (; t->index[i] != 0; i = (i + 1) & t->mask) {
		struct pd_pent *e = &t->ent[t->index[i] - 1];

		pd_ev_step(ev, 1);
		if (e->hash == h && (pd_pv_same(e->key, key) ||
		    (compare && pd_ev_eq(ev, e->key, key))))
			return e;
	}
	return NULL;
}

struct pd_pent *
pd_tab_find(struct pd_ev *ev, const struct pd_ptab *t, struct pd_pv *key)
{
	struct pd_pent *e;

	if (is_opaque(ev, key)) {
		e = find(ev, t, key, (uint64_t)(uintptr_t)key >> 4, false);
		if (e == NULL && t->n > 0)
			pd_ev_no_process(ev, "__hash__");
		return e;
	}
	e = find(ev, t, key, pd_ev_hash(ev, key), true);
	if (e == NULL && t->cut)
		pd_ev_cut(ev);
	return e;
}

void
pd_tab_put(struct pd_ev *ev, struct pd_ptab *t, struct pd_pv *key,
    struct pd_pv *value)
{
	uint64_t h = pd_ev_hash(ev, key);
	struct pd_pent *e = find(ev, t, key, h, true);

	if (e != NULL)
		e->value = value;
	else
		append(ev, t, key, value, h);
}

void
pd_tab_load(struct pd_ev *ev, struct pd_ptab *t, struct pd_pv *key,
    struct pd_pv *value)
{
	bool opaque = is_opaque(ev, key);
	uint64_t h;

	switch (key->kind) {
	case PD_K_BYTEARRAY:
	case PD_K_LIST:
	case PD_K_DEQUE:
	case PD_K_DICT:
	case PD_K_SET:
		/* Of such a subclass: __hash__ is the program's code. */
		opaque = true;
		break;
	default:
		break;
	}
	h = opaque ? (uint64_t)(uintptr_t)key >> 4 : pd_ev_hash(ev, key);
	append(ev, t, key, value, h);
}

/* All that an iterable gives goes into a set. */
void
pd_tab_update(struct pd_ev *ev, struct pd_ptab *t, struct pd_pv *from)
{
	struct pd_piter *it = pd_ev_iter(ev, from);
	struct pd_pv *x;

	while ((x = pd_iter_next(ev, it)) != NULL)
		if (find(ev, t, x, pd_ev_hash(ev, x), true) == NULL)
			append(ev, t, x, NULL, pd_ev_hash(ev, x));
}
