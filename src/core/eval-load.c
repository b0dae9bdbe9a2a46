/*
 * Objects of the core as values.
 *
 * Called by the evaluator of cores.  What the core says is hostile: kinds may
 * not fit their parts, totals may be anything.  A container's references are
 * read when its items are asked for, its items become values one by one.
 */
#include "core/eval-room.h"

#include "base/str.h"

#define SINGLES	16	/* items of a container that are read alone */

/* The core's kinds and ours; 0 (CUT) stands for PD_K_OBJECT. */
static const uint8_t kinds[PD_CORE_KINDS] = {
	[PD_CORE_INT] = PD_K_INT, [PD_CORE_FLOAT] = PD_K_FLOAT,
	[PD_CORE_COMPLEX] = PD_K_COMPLEX, [PD_CORE_STR] = PD_K_STR,
	[PD_CORE_BYTES] = PD_K_BYTES, [PD_CORE_BYTEARRAY] = PD_K_BYTEARRAY,
	[PD_CORE_LIST] = PD_K_LIST, [PD_CORE_TUPLE] = PD_K_TUPLE,
	[PD_CORE_DICT] = PD_K_DICT, [PD_CORE_SET] = PD_K_SET,
	[PD_CORE_FROZENSET] = PD_K_FROZENSET, [PD_CORE_DEQUE] = PD_K_DEQUE,
	[PD_CORE_RANGE] = PD_K_RANGE, [PD_CORE_SLICE] = PD_K_SLICE,
	[PD_CORE_TYPE] = PD_K_TYPE,
};

static _Noreturn void
unreadable(struct pd_ev *ev, const struct pd_err *err)
{
	pd_ev_stop(ev, "%s", err->msg);
}

const struct pd_core_type *
pd_ev_type(struct pd_ev *ev, uint64_t n)
{
	return n == 0 ? NULL : pd_core_store_type(ev->store, n);
}

void
pd_type_full(struct pd_ev *ev, const struct pd_core_type *t,
    struct pd_ptext *out)
{
	if (t == NULL) {
		pd_pt_adds(ev, out, "object");
		return;
	}
	if (t->module.n > 0 && !pd_str_eq(&t->module, "builtins")) {
		pd_pt_add(ev, out, t->module.s, t->module.n);
		pd_pt_addc(ev, out, '.');
	}
	pd_pt_adds(ev, out, pd_str_c(&t->qualname));
}

/* ---- values by number ---------------------------------------------------- */

static size_t
place(const struct pd_ev *ev, uint64_t id)
{
	size_t i = (size_t)(id * UINT64_C(0x9e3779b97f4a7c15) >> 20);

	for (i &= ev->mask; ev->objs[i] != NULL &&
	    ev->objs[i]->st->obj.id != id; i = (i + 1) & ev->mask)
		;
	return i;
}

static void
remember(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_pv **old = ev->objs;
	size_t n = ev->objs != NULL ? ev->mask + 1 : 0;

	if (ev->nobjs * 2 >= n) {
		ev->objs = pd_ev_allocn(ev, n == 0 ? 64 : n * 2,
		    sizeof(struct pd_pv *));
		ev->mask = (n == 0 ? 64 : n * 2) - 1;
		for (size_t i = 0; i < n; i++)
			if (old[i] != NULL)
				ev->objs[place(ev, old[i]->st->obj.id)] =
				    old[i];
	}
	ev->objs[place(ev, v->st->obj.id)] = v;
	ev->nobjs++;
}

static void
load_int(struct pd_ev *ev, struct pd_pv *v, const struct pd_core_obj *o)
{
	struct pd_pv *big;

	v->i = o->vkind == PD_CORE_V_INT ? o->i : 0;
	if (o->vkind != PD_CORE_V_BIG)
		return;
	big = pd_int_bytes(ev, o->s, o->n, true, false);
	if (o->negative)
		big = pd_int_unary(ev, PD_OP_INVERT, big);
	v->flags |= big->flags & PD_PF_BIG;
	if ((v->flags & PD_PF_BIG) != 0)
		v->big = big->big;
	else
		v->i = big->i;
}

static void
load_text(struct pd_ev *ev, struct pd_pv *v, const struct pd_core_obj *o)
{
	size_t bad = o->n;

	v->s.p = o->s != NULL ? o->s : "";
	v->s.n = o->vkind == PD_CORE_V_BYTES ? o->n : 0;
	v->s.chars = v->s.n;
	if (v->kind != PD_K_STR)
		return;
	/* What is no text ends before its first wrong byte. */
	if (!pd_utf_valid(v->s.p, v->s.n, &bad))
		v->s.n = bad;
	v->s.chars = pd_utf_count(v->s.p, v->s.n);
}

static void
load_three(struct pd_ev *ev, struct pd_pv *v)
{
	static const int64_t missing[] = { 0, 0, 1 };

	for (size_t i = 0; i < 3; i++) {
		v->v[i] = pd_obj_item(ev, v, i);
		if (v->kind == PD_K_RANGE && !pd_pv_is_int(v->v[i]))
			v->v[i] = pd_pv_int(ev, missing[i]);
	}
	if (v->kind == PD_K_RANGE && pd_int_sign(v->v[2]) == 0)
		v->v[2] = pd_pv_int(ev, 1);
}

/* A class: a builtin one is what its name means here. */
static void
load_type(struct pd_ev *ev, struct pd_pv *v, const struct pd_core_obj *o)
{
	const struct pd_core_type *t = o->vkind == PD_CORE_V_INT && o->i > 0 ?
	    pd_ev_type(ev, (uint64_t)o->i) : NULL;

	v->cls = t == NULL ? NULL : pd_cls_find(pd_str_c(&t->module),
	    pd_str_c(&t->qualname), t->qualname.n);
}

/* The keys, values or items of a dict: its class tells. */
static void
load_view(struct pd_ev *ev, struct pd_pv *v)
{
	static const char *const names[] = { "keys", "values", "items" };
	struct pd_pv *dict;

	if (!pd_pv_is_core(v, PD_CORE_VIEW) || v->st->type == NULL)
		return;
	dict = pd_obj_item(ev, v, 0);
	for (int i = 0; i < 3; i++)
		if (dict->kind == PD_K_DICT && strstr(pd_str_c(
		    &v->st->type->qualname), names[i]) != NULL) {
			v->kind = PD_K_VIEW;
			v->view.dict = dict;
			v->view.which = i;
			v->view.ordered = pd_starts(pd_str_c(
			    &v->st->type->qualname), "odict");
			v->view.ordered = *pd_str_c(
			    &v->st->type->qualname) == 'o';
		}
}

static struct pd_pv *
load(struct pd_ev *ev, const struct pd_core_obj *o)
{
	struct pd_pv *v = pd_pv_new(ev, o->kind < PD_CORE_KINDS &&
	    kinds[o->kind] != 0 ? kinds[o->kind] : PD_K_OBJECT);

	v->st = pd_ev_alloc(ev, sizeof(*v->st));
	v->st->obj = *o;
	v->st->type = pd_ev_type(ev, o->type);
	remember(ev, v);
	switch (v->kind) {
	case PD_K_INT:
		load_int(ev, v, o);
		break;
	case PD_K_FLOAT:
		v->f[0] = o->vkind == PD_CORE_V_FLOAT ? o->f[0] : 0;
		break;
	case PD_K_COMPLEX:
		v->f[0] = o->f[0];
		v->f[1] = o->f[1];
		break;
	case PD_K_STR:
	case PD_K_BYTES:
	case PD_K_BYTEARRAY:
		load_text(ev, v, o);
		break;
	case PD_K_RANGE:
	case PD_K_SLICE:
		load_three(ev, v);
		break;
	case PD_K_TYPE:
		load_type(ev, v, o);
		break;
	case PD_K_OBJECT:
		load_view(ev, v);
		break;
	default:
		break;
	}
	return v;
}

struct pd_pv *
pd_ev_obj(struct pd_ev *ev, uint64_t id)
{
	struct pd_core_obj o = { 0 };
	struct pd_err err = { "" };
	struct pd_pv *v;

	if (ev->store == NULL || id == 0)
		return pd_pv_const(PD_K_CUT);
	if (ev->objs != NULL && (v = ev->objs[place(ev, id)]) != NULL)
		return v;
	pd_ev_enter(ev);
	if (pd_core_store_obj(ev->store, id, &o, &err) < 0)
		v = pd_pv_const(PD_K_CUT);
	else
		v = load(ev, &o);
	pd_ev_leave(ev);
	return v;
}

struct pd_pv *
pd_ev_ref(struct pd_ev *ev, const struct pd_core_ref *r)
{
	struct pd_pv *v;

	switch (r->kind) {
	case PD_CORE_R_UNBOUND:
		return pd_pv_const(PD_K_UNBOUND);
	case PD_CORE_R_NONE:
		return pd_pv_none();
	case PD_CORE_R_FALSE:
	case PD_CORE_R_TRUE:
		return pd_pv_bool(r->kind == PD_CORE_R_TRUE);
	case PD_CORE_R_ELLIPSIS:
		return pd_pv_const(PD_K_ELLIPSIS);
	case PD_CORE_R_NOTIMPL:
		return pd_pv_const(PD_K_NOTIMPL);
	case PD_CORE_R_INT:
		return pd_pv_int(ev, r->i);
	case PD_CORE_R_FLOAT:
		return pd_pv_float(ev, r->f);
	case PD_CORE_R_STR:
		v = pd_pv_new(ev, PD_K_STR);
		load_text(ev, v, &(struct pd_core_obj){ .s = r->s, .n = r->n,
		    .vkind = PD_CORE_V_BYTES });
		v->flags = PD_PF_INTERNED;
		return v;
	case PD_CORE_R_EMPTY_TUPLE:
		return pd_pv_seq(ev, PD_K_TUPLE, NULL, 0);
	case PD_CORE_R_OBJ:
		return pd_ev_obj(ev, r->id);
	default:
		return pd_pv_const(PD_K_CUT);
	}
}

/* ---- items --------------------------------------------------------------- */

static void
load_refs(struct pd_ev *ev, struct pd_pstored *st)
{
	struct pd_core_ref r, *grown;
	struct pd_core_iter it;
	struct pd_err err = { "" };
	size_t cap = 0;
	int got;

	if (st->refs != NULL)
		return;
	pd_core_iter_init(&it, &st->obj);
	while ((got = pd_core_iter_next(ev->store, &it, &r, &err)) > 0) {
		if (st->nrefs == cap) {
			cap = cap * 2 + 16;
			grown = pd_ev_allocn(ev, cap, sizeof(r));
			if (st->nrefs > 0)
				memcpy(grown, st->refs,
				    st->nrefs * sizeof(r));
			st->refs = grown;
		}
		st->refs[st->nrefs++] = r;
		pd_ev_step(ev, 1);
	}
	if (got < 0)
		unreadable(ev, &err);
	if (st->refs == NULL)
		st->refs = pd_ev_alloc(ev, sizeof(r));
}

struct pd_pv *
pd_obj_item(struct pd_ev *ev, struct pd_pv *v, size_t i)
{
	if (v->st->vals != NULL)
		return i < v->st->nrefs ? v->st->vals[i] :
		    pd_pv_const(PD_K_CUT);
	load_refs(ev, v->st);
	return i < v->st->nrefs ? pd_ev_ref(ev, &v->st->refs[i]) :
	    pd_pv_const(PD_K_CUT);
}

uint64_t
pd_seq_len(const struct pd_pv *v)
{
	return v->st != NULL ? pd_core_obj_len(&v->st->obj) : v->seq.n;
}

struct pd_pv *
pd_seq_at(struct pd_ev *ev, struct pd_pv *v, size_t i)
{
	struct pd_core_ref r;
	struct pd_err err = { "" };
	int got;

	if (v->st == NULL)
		return v->seq.v[i];
	/* A few items of a long list: their chunks alone.  Further ones, as
	 * a loop asks for them: all. */
	if (v->st->refs == NULL && v->st->obj.more != 0 &&
	    v->st->singles++ < SINGLES) {
		got = pd_core_item_at(ev->store, &v->st->obj, i, &r, &err);
		if (got < 0)
			unreadable(ev, &err);
		return got > 0 ? pd_ev_ref(ev, &r) : pd_pv_const(PD_K_CUT);
	}
	return pd_obj_item(ev, v, i);
}

struct pd_pv **
pd_seq_all(struct pd_ev *ev, struct pd_pv *v, size_t *n)
{
	struct pd_pv **all;

	if (v->st == NULL || v->st->vals != NULL) {
		*n = v->st == NULL ? v->seq.n : v->st->nrefs;
		return v->st == NULL ? v->seq.v : v->st->vals;
	}
	load_refs(ev, v->st);
	*n = v->st->nrefs;
	all = pd_ev_allocn(ev, *n + 1, sizeof(struct pd_pv *));
	for (size_t i = 0; i < *n; i++) {
		all[i] = pd_ev_ref(ev, &v->st->refs[i]);
		if (all[i]->kind == PD_K_CUT)
			pd_ev_cut(ev);
		pd_ev_step(ev, 1);
	}
	if (pd_seq_len(v) > *n)
		pd_ev_cut(ev);
	return all;
}

struct pd_ptab *
pd_tab_of(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_pstored *st = v->st;
	struct pd_ptab *t;
	size_t each = v->kind == PD_K_DICT ? 2 : 1;
	struct pd_pv *key;

	if (st == NULL && each == 1 && (v->flags & PD_PF_ARRANGED) == 0)
		pd_set_arrange(ev, v);
	if (st == NULL || (v->flags & PD_PF_LOADED) != 0)
		return v->tab;
	load_refs(ev, st);
	t = pd_tab_new(ev, st->nrefs / each);
	for (size_t i = 0; i + each <= st->nrefs; i += each) {
		key = pd_ev_ref(ev, &st->refs[i]);
		if (key->kind == PD_K_CUT || key->kind == PD_K_UNBOUND) {
			t->cut = true;
			continue;
		}
		pd_tab_load(ev, t, key, each == 2 ?
		    pd_ev_ref(ev, &st->refs[i + 1]) : NULL);
		pd_ev_step(ev, 1);
	}
	t->cut |= pd_core_obj_len(&st->obj) > t->n;
	v->tab = t;
	v->flags |= PD_PF_LOADED;
	return t;
}

/* ---- names --------------------------------------------------------------- */

struct pd_pv *
pd_obj_attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	struct pd_core_ref r;
	struct pd_err err = { "" };
	int got;

	if (v->st == NULL)
		return NULL;
	pd_ev_step(ev, 1);
	got = pd_core_own_attr(ev->store, &v->st->obj, name, strlen(name), &r,
	    &err);
	if (got < 0)
		unreadable(ev, &err);
	return got > 0 ? pd_ev_ref(ev, &r) : NULL;
}

static struct pd_pv *
lookup_item(struct pd_ev *ev, const struct pd_core_obj *o, const char *name,
    size_t n)
{
	struct pd_core_iter it;
	struct pd_core_ref key, value;
	struct pd_err err = { "" };
	const char *s;
	size_t m;
	int got;

	pd_core_iter_init(&it, o);
	while ((got = pd_core_iter_next(ev->store, &it, &key, &err)) > 0 &&
	    (got = pd_core_iter_next(ev->store, &it, &value, &err)) > 0) {
		pd_ev_step(ev, 1);
		s = pd_core_ref_str(ev->store, &key, &m);
		if (s != NULL && m == n && memcmp(s, name, n) == 0)
			return pd_ev_ref(ev, &value);
	}
	if (got < 0)
		unreadable(ev, &err);
	return NULL;
}

struct pd_pv *
pd_obj_lookup(struct pd_ev *ev, uint64_t id, const char *name, size_t n)
{
	struct pd_core_obj o = { 0 };
	struct pd_core_ref r;
	struct pd_err err = { "" };
	int got;

	if (id == 0 || pd_core_store_obj(ev->store, id, &o, &err) < 0)
		return NULL;
	if (o.kind == PD_CORE_DICT)
		return lookup_item(ev, &o, name, n);
	got = pd_core_own_attr(ev->store, &o, name, n, &r, &err);
	if (got < 0)
		unreadable(ev, &err);
	return got > 0 ? pd_ev_ref(ev, &r) : NULL;
}
