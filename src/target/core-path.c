/*
 * target/core-path: who refers to an object, and how one is reached.
 *
 * For `referrers` and `path`.  One pass over the file notes who holds whom:
 * objects are in the order in which the writer met them, breadth first, so the
 * first that refers to an object is on a shortest way to it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "target/core-graph.h"

#define OBJECTS_MAX	(1u << 26)	/* four bytes for each */
#define STEPS_MAX	10000u
#define KEY_MAX		80u		/* bytes of a key's repr */

/* Who refers first: .holder[id] is a number, or 0.  Chunks and dicts that are
 * an object's __dict__ lead to whose they are. */
struct holders {
	uint32_t	*holder;
	uint64_t	 n;
	uint64_t	 target;
	struct pd_vec	 direct;	/* uint64_t: all that refer to it */
};

static void
note(struct holders *h, uint64_t by, uint64_t id)
{
	if (id == 0 || id > h->n || id == by)
		return;
	if (h->holder[id] == 0)
		h->holder[id] = (uint32_t)by;
	if (id == h->target && (h->direct.n == 0 || *PD_VEC_AT(&h->direct,
	    uint64_t, h->direct.n - 1) != by))
		*PD_VEC_PUSH(&h->direct, uint64_t) = by;
}

static void
note_refs(struct holders *h, uint64_t by, struct pd_core_refs refs)
{
	struct pd_core_ref r;

	while (pd_core_refs_next(&refs, &r, NULL) == 1)
		if (r.kind == PD_CORE_R_OBJ)
			note(h, by, r.id);
}

static void
note_object(struct holders *h, const struct pd_core_obj *o)
{
	uint64_t items = o->kind == PD_CORE_DICT ? 2 * o->total : o->total;

	if (o->kind == PD_CORE_WEAKREF)
		return;		/* does not hold what it refers to */
	note_refs(h, o->id, o->items);
	note_refs(h, o->id, o->attrs);
	note(h, o->id, o->dict);
	if (o->more == 0 || items < o->items.left)
		return;
	for (uint64_t left = items - o->items.left, id = o->more; left > 0 &&
	    id <= h->n; id++) {
		note(h, o->id, id);
		left -= left < PD_CORE_CHUNK_ITEMS ? left :
		    PD_CORE_CHUNK_ITEMS;
	}
}

static int
find_holders(struct pd_coretarget *c, uint64_t target, struct holders *h,
    struct pd_err *err)
{
	struct pd_core_scan *scan;
	struct pd_core_obj o;
	int rc;

	memset(h, 0, sizeof(*h));
	h->n = pd_core_store_count(c->store, PD_CORE_T_OBJECT);
	h->target = target;
	if (h->n >= OBJECTS_MAX)
		return pd_err_set(err, "there are too many objects in the "
		    "core for this");
	h->holder = pd_xcalloc(h->n + 1, sizeof(*h->holder));
	scan = pd_core_scan_new(c->store);
	while ((rc = pd_core_scan_next(scan, &o, err)) == 1)
		note_object(h, &o);
	pd_core_scan_free(scan);
	return rc;
}

static void
holders_done(struct holders *h)
{
	free(h->holder);
	pd_vec_done(&h->direct);
}

/* ---- how one refers to another ------------------------------------------- */

/* The way from a container to what it holds. */
struct way {
	struct pd_str	 name;	/* of an attribute, or a key that is a str */
	struct pd_str	 text;	/* behind an expression: "[3]", "['k']" */
	bool		 typed;	/* ... where one can write it */
};

static void
way_done(struct way *w)
{
	pd_str_done(&w->name);
	pd_str_done(&w->text);
}

/* Position of id among the references; -1: it is not there. */
static int64_t
position(struct pd_core_refs refs, uint64_t id)
{
	struct pd_core_ref r;

	for (int64_t i = 0; pd_core_refs_next(&refs, &r, NULL) == 1; i++)
		if (r.kind == PD_CORE_R_OBJ && r.id == id)
			return i;
	return -1;
}

static void
ref_at(struct pd_core_refs refs, int64_t i, struct pd_core_ref *r)
{
	r->kind = PD_CORE_R_LEFT_OUT;
	while (pd_core_refs_next(&refs, r, NULL) == 1 && i-- > 0)
		continue;
}

static void
key_way(struct pd_coretarget *c, const struct pd_core_ref *key,
    struct way *w)
{
	struct pd_str repr = pd_core_short(c, key, KEY_MAX);
	const char *p;
	size_t n;

	p = pd_core_ref_str(c->store, key, &n);
	if (p != NULL)
		w->name = pd_str_new(p, n);
	w->text = pd_strf("[%s]", pd_str_c(&repr));
	w->typed = (p != NULL || key->kind != PD_CORE_R_OBJ) &&
	    repr.n < KEY_MAX;
	pd_str_done(&repr);
}

/* The reference at a position of a dict's items. */
static void
dict_way(struct pd_coretarget *c, struct pd_core_refs refs, int64_t at,
    struct way *w)
{
	struct pd_core_ref key;

	if (at % 2 == 0) {
		w->text = pd_str_from("key");
		return;
	}
	ref_at(refs, at - 1, &key);
	key_way(c, &key, w);
}

/* Item i of what is no dict. */
static void
item_way(struct pd_coretarget *c, const struct pd_core_obj *o, uint64_t i,
    struct way *w)
{
	const struct pd_core_type *t = pd_core_store_type(c->store, o->type);

	w->typed = true;
	if (o->kind == PD_CORE_TUPLE && t != NULL && i < t->fields.n) {
		w->text = pd_strf(".%s", pd_str_c(PD_VEC_AT(&t->fields,
		    struct pd_str, i)));
	} else if (o->kind == PD_CORE_TUPLE || o->kind == PD_CORE_LIST ||
	    o->kind == PD_CORE_DEQUE) {
		w->text = pd_strf("[%llu]", (unsigned long long)i);
	} else if (o->kind == PD_CORE_CELL) {
		w->text = pd_str_from(".cell_contents");
	} else {
		w->text = pd_str_from(o->kind == PD_CORE_SET ||
		    o->kind == PD_CORE_FROZENSET ? "{...}" : "(...)");
		w->typed = false;
	}
}

/* From a container to id, which is in part: the container itself, or a chunk
 * of it. */
static struct way
find_way(struct pd_coretarget *c, const struct pd_core_obj *of,
    const struct pd_core_obj *part, uint64_t id)
{
	int64_t at = position(part->items, id);
	uint64_t before = part->id == of->id ? 0 : of->items.left +
	    (part->id - of->more) * PD_CORE_CHUNK_ITEMS;
	struct pd_core_ref name = { 0 };
	struct way w = { 0 };

	if (at >= 0 && of->kind == PD_CORE_DICT) {
		dict_way(c, part->items, at, &w);
	} else if (at >= 0) {
		item_way(c, of, before + (uint64_t)at, &w);
	} else if (of->dict == id) {
		w.text = pd_str_from(".__dict__");
		w.typed = true;
	} else if ((at = position(of->attrs, id)) > 0) {
		ref_at(of->attrs, at - 1, &name);
		key_way(c, &name, &w);
		pd_str_done(&w.text);
		w.text = pd_strf(".%s", pd_str_c(&w.name));
		w.typed = of->kind != PD_CORE_GENERATOR;
	} else {
		w.text = pd_str_from("?");
	}
	return w;
}

/* The frame that has these variables or globals: its place as where has it,
 * and its index if it is of the stack that is looked at. */
static struct pd_str
frame_place(struct pd_coretarget *c, uint64_t id, uint64_t *index)
{
	uint64_t n = 0;
	struct pd_str s = { 0 };

	*index = UINT64_MAX;
	while (s.s == NULL && (n = pd_core_store_next(c->store,
	    PD_CORE_T_FRAME, n + 1)) != 0) {
		struct pd_core_frame f = { 0 };

		if (pd_core_store_rec(c->store, PD_CORE_T_FRAME, n,
		    &pd_core_frame_desc, &f, NULL) == 0 && (f.vars == id ||
		    f.globals == id)) {
			s = f.vars == id && !f.is_module ? pd_strf(
			    "%s(%llu)%s()", pd_str_c(&f.file),
			    (unsigned long long)f.line, pd_str_c(&f.func)) :
			    pd_strf("module %s", pd_str_c(&f.module));
			if (n >= c->first && n - c->first < c->count)
				*index = n - c->first;
		}
		pd_rec_done(&pd_core_frame_desc, &f);
	}
	return s;
}

/* ---- what is asked for --------------------------------------------------- */

/* The object's number; 0: rep says why not. -1 as usual. */
static int
find_target(struct pd_coretarget *c, const struct pd_graph_req *req,
    struct pd_graph *rep, uint64_t *id, struct pd_err *err)
{
	struct pd_core_limits limits = pd_core_limits_of(c);
	uint64_t frame = pd_core_frame_number(c, req->frame, err);
	struct pd_core_ref ref = { 0 };
	struct pd_value why = { 0 };

	*id = 0;
	if (req->ident != 0)
		return pd_core_find_ident(c, req, rep, id, err);
	if ((frame == 0 && c->count > 0) || pd_core_eval_ref(c->store, frame,
	    &req->text, &limits, &ref, &why, err) == -1)
		return -1;
	if (why.failed) {
		rep->failed = true;
		rep->note = why.text;
		why.text = (struct pd_str){ 0 };
	} else if (ref.kind != PD_CORE_R_OBJ) {
		rep->failed = true;
		rep->note = pd_str_from("numbers, names and constants stand "
		    "where they are referred to: who does is not kept");
	} else {
		*id = ref.id;
		rep->target = pd_core_short(c, &ref, req->bytes);
	}
	pd_rec_done(&pd_value_desc, &why);
	return 0;
}

static void
fill_node(struct pd_coretarget *c, const struct pd_graph_req *req,
    const struct pd_core_obj *o, struct pd_node *node)
{
	struct pd_core_ref ref = { .kind = PD_CORE_R_OBJ, .id = o->id };

	node->type = pd_core_type_name(c->store, o->type);
	node->text = pd_core_short(c, &ref, req->bytes);
	node->ident = o->addr;
	node->bytes = o->size;
}

/* ---- referrers ----------------------------------------------------------- */

/* What holds the object: `by`, or whose chunk or __dict__ that is. */
struct held {
	struct pd_core_obj	part;		/* has the reference */
	struct pd_core_obj	container;	/* part, or what it is of */
	struct pd_core_obj	owner;		/* container, or whose __dict__
						   that is */
};

static bool
find_held(struct pd_coretarget *c, const struct holders *h, uint64_t by,
    struct held *out)
{
	struct pd_core_obj o;

	if (pd_core_store_obj(c->store, by, &out->part, NULL) == -1)
		return false;
	out->container = out->part;
	if (out->part.kind == PD_CORE_CHUNK && (h->holder[by] == 0 ||
	    pd_core_store_obj(c->store, h->holder[by], &out->container,
	    NULL) == -1))
		return false;
	out->owner = out->container;
	by = h->holder[out->container.id];
	if (out->container.kind == PD_CORE_DICT && by != 0 &&
	    pd_core_store_obj(c->store, by, &o, NULL) == 0 &&
	    o.dict == out->container.id)
		out->owner = o;
	return true;
}

static void
put_referrer(struct pd_coretarget *c, const struct pd_graph_req *req,
    const struct holders *h, uint64_t by, struct pd_graph *rep)
{
	struct held held;
	struct pd_node *node;
	struct way w;

	if (!find_held(c, h, by, &held))
		return;
	rep->total++;
	if (rep->nodes.n >= req->max)
		return;
	w = find_way(c, &held.container, &held.part, h->target);
	node = PD_VEC_PUSH(&rep->nodes, struct pd_node);
	if (held.container.kind == PD_CORE_NAMESPACE) {
		node->how = pd_strf("local %s", pd_str_c(&w.name));
		node->where = frame_place(c, held.container.id,
		    &node->frame);
	} else {
		if (held.owner.id != held.container.id && w.name.s != NULL)
			node->how = pd_strf(".%s", w.name.s);
		else
			node->how = pd_str_dup(&w.text);
		fill_node(c, req, &held.owner, node);
		pd_core_found(c, &held.owner, rep);
	}
	way_done(&w);
}

int
pd_core_referrers(struct pd_coretarget *c, const struct pd_graph_req *req,
    struct pd_graph *rep, struct pd_err *err)
{
	struct holders h = { 0 };
	uint64_t id;
	int rc = find_target(c, req, rep, &id, err);

	if (rc == -1 || id == 0)
		return rc;
	c->found.n = 0;
	rc = find_holders(c, id, &h, err);
	rep->objects = h.n;
	if (rc == 0)
		PD_VEC_EACH(&h.direct, uint64_t, by)
			put_referrer(c, req, &h, *by, rep);
	holders_done(&h);
	return rc;
}

/* ---- path ---------------------------------------------------------------- */

struct walk {
	struct pd_coretarget		*c;
	const struct pd_graph_req	*req;
	struct pd_graph			*rep;
	struct pd_buf			 expr;	/* what leads here so far */
	bool				 typed;	/* it can be typed */
	struct held			 at;
};

static void
put_step(struct walk *w, const char *how, const struct pd_str *where,
    uint64_t frame, const struct pd_core_obj *o)
{
	struct pd_node *node = PD_VEC_PUSH(&w->rep->nodes, struct pd_node);

	node->how = pd_str_from(how);
	if (where != NULL)
		node->where = pd_str_dup(where);
	node->frame = frame;
	pd_buf_adds(&w->expr, how);
	if (w->typed)
		node->expr = pd_str_new(pd_buf_c(&w->expr), w->expr.n);
	fill_node(w->c, w->req, o, node);
}

/* The first step: out of a frame's variables, or a module's. */
static void
put_variable(struct walk *w, const struct way *way,
    const struct pd_core_obj *o)
{
	uint64_t frame;
	struct pd_str where = frame_place(w->c, w->at.container.id, &frame);

	if (where.s == NULL && w->at.owner.kind == PD_CORE_MODULE)
		where = pd_core_short(w->c, &(struct pd_core_ref){
		    .kind = PD_CORE_R_OBJ, .id = w->at.owner.id }, 0);
	w->typed = frame != UINT64_MAX;
	put_step(w, way->name.s, &where, w->typed ? frame : 0, o);
	pd_str_done(&where);
}

/* From w->at down to o, which is no part of anything. */
static void
take_step(struct walk *w, const struct pd_core_obj *o)
{
	struct way way = find_way(w->c, &w->at.container, &w->at.part, o->id);
	bool first = w->rep->nodes.n == 0;
	bool of_dict = w->at.owner.id != w->at.container.id;

	if (first && way.name.s != NULL) {
		put_variable(w, &way, o);
	} else if (of_dict && way.name.s != NULL) {
		struct pd_str how = pd_strf(".%s", way.name.s);

		put_step(w, how.s, NULL, 0, o);
		pd_str_done(&how);
	} else {
		w->typed = w->typed && way.typed && !of_dict;
		put_step(w, pd_str_c(&way.text), NULL, 0, o);
	}
	way_done(&way);
	w->at = (struct held){ *o, *o, *o };
}

static void
walk_down(struct walk *w, const struct pd_vec *ids)
{
	const uint64_t *v = ids->v;
	struct pd_core_obj o;
	size_t i = ids->n - 1;

	if (pd_core_store_obj(w->c->store, v[i], &o, NULL) == -1)
		return;
	w->at = (struct held){ o, o, o };
	/* A root that has no variables: the exception, or the object is itself
	 * one. */
	if (o.kind == PD_CORE_EXCEPTION || (i == 0 && pd_core_is_real(&o)))
		put_step(w, o.kind == PD_CORE_EXCEPTION ? "$_exception" : "",
		    NULL, 0, &o);
	while (i-- > 0 && pd_core_store_obj(w->c->store, v[i], &o,
	    NULL) == 0) {
		if (o.kind == PD_CORE_CHUNK)
			w->at.part = o;
		else if (i > 0 && w->at.container.dict == o.id)
			w->at.container = w->at.part = o;
		else
			take_step(w, &o);
	}
}

int
pd_core_path(struct pd_coretarget *c, const struct pd_graph_req *req,
    struct pd_graph *rep, struct pd_err *err)
{
	struct walk w = { .c = c, .req = req, .rep = rep, .typed = true };
	struct pd_vec ids = { 0 };
	struct holders h = { 0 };
	uint64_t id;
	int rc = find_target(c, req, rep, &id, err);

	if (rc == -1 || id == 0)
		return rc;
	rc = find_holders(c, id, &h, err);
	rep->objects = h.n;
	while (rc == 0 && id != 0 && ids.n < STEPS_MAX) {
		*PD_VEC_PUSH(&ids, uint64_t) = id;
		id = id <= h.n ? h.holder[id] : 0;
		/* Whoever was met first has a lower number. */
		if (id >= *PD_VEC_AT(&ids, uint64_t, ids.n - 1))
			break;
	}
	if (rc == 0 && ids.n > 0)
		walk_down(&w, &ids);
	rep->total = rep->nodes.n;
	pd_buf_done(&w.expr);
	pd_vec_done(&ids);
	holders_done(&h);
	return rc;
}
