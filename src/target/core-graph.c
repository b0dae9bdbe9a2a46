/*
 * target/core-graph: looking at all objects of a core: counts by type, find.
 *
 * For `info types` and `find`; core-path.c has those that follow references.
 * Each goes over the file once, with one block of it in memory.
 */
#include "target/core-graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define TEXT_MAX	200u	/* bytes of a node's repr, unless told */
#define TRIM_EVERY	256u	/* conditions, before blocks are let go of */

struct pd_str
pd_core_short(struct pd_coretarget *c, const struct pd_core_ref *r,
    uint64_t max)
{
	struct pd_value v = { 0 };
	struct pd_str s = { 0 };

	if (pd_core_render(c->store, r, PD_EVAL_REPR, max != 0 ? max :
	    TEXT_MAX, 0, &v, NULL) == 0) {
		s = v.text;
		v.text = (struct pd_str){ 0 };
	}
	pd_rec_done(&pd_value_desc, &v);
	return s;
}

bool
pd_core_is_real(const struct pd_core_obj *o)
{
	return o->kind != PD_CORE_CHUNK && o->kind != PD_CORE_NAMESPACE;
}

/* Is text a type's name: app.models.Order, models.Order, Order? */
static bool
is_named(const struct pd_core_type *t, const struct pd_str *text)
{
	struct pd_str whole = pd_strf("%s.%s", pd_str_c(&t->module),
	    pd_str_c(&t->qualname));
	const char *tail = whole.n >= text->n ? whole.s + whole.n - text->n :
	    NULL;
	bool yes = tail != NULL && text->n > 0 &&
	    memcmp(tail, text->s, text->n) == 0 &&
	    (tail == whole.s || tail[-1] == '.');

	pd_str_done(&whole);
	return yes;
}

void
pd_core_found(struct pd_coretarget *c, const struct pd_core_obj *o,
    struct pd_graph *rep)
{
	if (o->addr == 0)
		return;
	*PD_VEC_PUSH(&c->found, uint64_t) = o->id;
	rep->kept = c->found.n;
}

int
pd_core_find_ident(struct pd_coretarget *c, const struct pd_graph_req *req,
    struct pd_graph *rep, uint64_t *id, struct pd_err *err)
{
	struct pd_core_scan *scan = pd_core_scan_new(c->store);
	struct pd_core_ref ref = { .kind = PD_CORE_R_OBJ };
	struct pd_core_obj o;
	int rc;

	while (*id == 0 && (rc = pd_core_scan_next(scan, &o, err)) == 1)
		if (pd_core_is_real(&o) && o.addr == req->ident)
			*id = ref.id = o.id;
	pd_core_scan_free(scan);
	if (*id != 0) {
		rep->target = pd_core_short(c, &ref, req->bytes);
		return 0;
	}
	rep->failed = true;
	rep->note = pd_str_from("nothing keeps it: it is new, or a number, "
	    "a name or a constant");
	return rc;
}

/* ---- types --------------------------------------------------------------- */

struct count {
	uint64_t	type;		/* + 1; 0: an empty place */
	uint64_t	count;
	uint64_t	bytes;
};

struct counts {
	struct count	*v;		/* open addressing */
	size_t		 n, cap;
};

static struct count *
place(struct count *v, size_t cap, uint64_t type)
{
	size_t i = (size_t)(type * 0x9e3779b97f4a7c15u >> 20) & (cap - 1);

	while (v[i].type != 0 && v[i].type != type + 1)
		i = (i + 1) & (cap - 1);
	return &v[i];
}

static struct count *
count_of(struct counts *c, uint64_t type)
{
	struct count *p;

	if (2 * c->n >= c->cap) {
		size_t cap = c->cap == 0 ? 1024 : 2 * c->cap;
		struct count *v = pd_xcalloc(cap, sizeof(*v));

		for (size_t i = 0; i < c->cap; i++)
			if (c->v[i].type != 0)
				*place(v, cap, c->v[i].type - 1) = c->v[i];
		free(c->v);
		c->v = v;
		c->cap = cap;
	}
	p = place(c->v, c->cap, type);
	c->n += p->type == 0;
	p->type = type + 1;
	return p;
}

static int
most_bytes(const void *a, const void *b)
{
	const struct pd_node *x = a, *y = b;

	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? 1 : -1;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(pd_str_c(&x->type), pd_str_c(&y->type));
}

static void
put_counts(struct pd_coretarget *c, const struct counts *counts,
    const struct pd_graph_req *req, struct pd_graph *rep)
{
	for (size_t i = 0; i < counts->cap; i++) {
		const struct count *p = &counts->v[i];
		const struct pd_core_type *t;
		struct pd_node *node;

		if (p->type == 0)
			continue;
		t = pd_core_store_type(c->store, p->type - 1);
		if (req->text.n > 0 && (t == NULL || !is_named(t, &req->text)))
			continue;
		node = PD_VEC_PUSH(&rep->nodes, struct pd_node);
		node->type = pd_core_type_name(c->store, p->type - 1);
		node->count = p->count;
		node->bytes = p->bytes;
	}
	if (rep->nodes.n > 0)
		qsort(rep->nodes.v, rep->nodes.n, sizeof(struct pd_node),
		    most_bytes);
	rep->total = rep->nodes.n;
	while (rep->nodes.n > req->max)
		pd_rec_done(&pd_node_desc, PD_VEC_AT(&rep->nodes,
		    struct pd_node, --rep->nodes.n));
}

static int
do_types(struct pd_coretarget *c, const struct pd_graph_req *req,
    struct pd_graph *rep, struct pd_err *err)
{
	struct pd_core_scan *scan = pd_core_scan_new(c->store);
	struct counts counts = { 0 };
	struct pd_core_obj o;
	int rc;

	while ((rc = pd_core_scan_next(scan, &o, err)) == 1) {
		struct count *p;

		if (!pd_core_is_real(&o))
			continue;
		p = count_of(&counts, o.type);
		p->count++;
		p->bytes += o.size;
		rep->objects++;
		rep->bytes += o.size;
	}
	pd_core_scan_free(scan);
	put_counts(c, &counts, req, rep);
	free(counts.v);
	return rc;
}

/* ---- find ---------------------------------------------------------------- */

struct find {
	struct pd_coretarget		*c;
	const struct pd_graph_req	*req;
	struct pd_graph			*rep;
	struct pd_core_cond		*cond;	/* NULL: none */
	uint64_t			 tests;
	/* The last type that was asked for, and whether it fits. */
	uint64_t			 type;
	bool				 fits;
};

static bool
type_fits(struct find *f, uint64_t type)
{
	const struct pd_core_type *t;

	if (type == f->type)
		return f->fits;
	f->type = type;
	t = pd_core_store_type(f->c->store, type);
	f->fits = t != NULL && is_named(t, &f->req->text);
	if (t != NULL)
		PD_VEC_EACH(&t->mro, uint64_t, n) {
			const struct pd_core_type *base = f->fits ? NULL :
			    pd_core_store_type(f->c->store, *n);

			f->fits = f->fits || (base != NULL &&
			    is_named(base, &f->req->text));
		}
	return f->fits;
}

static bool
cond_holds(struct find *f, const struct pd_core_ref *ref)
{
	struct pd_value why = { 0 };
	int rc;

	if (f->cond == NULL)
		return true;
	rc = pd_core_cond_test(f->cond, ref, &why);
	if (rc == -1 && f->rep->note.s == NULL) {
		f->rep->note = why.text;
		why.text = (struct pd_str){ 0 };
	}
	pd_rec_done(&pd_value_desc, &why);
	if (++f->tests % TRIM_EVERY == 0)
		pd_core_store_trim(f->c->store);
	return rc == 1;
}

static void
consider(struct find *f, const struct pd_core_obj *o)
{
	struct pd_core_ref ref = { .kind = PD_CORE_R_OBJ, .id = o->id };
	struct pd_node *node;

	f->rep->objects++;
	if (!type_fits(f, o->type) || !cond_holds(f, &ref))
		return;
	f->rep->total++;
	f->rep->bytes += o->size;
	if (f->rep->nodes.n >= f->req->max)
		return;
	node = PD_VEC_PUSH(&f->rep->nodes, struct pd_node);
	node->type = pd_core_type_name(f->c->store, o->type);
	node->text = pd_core_short(f->c, &ref, f->req->bytes);
	node->ident = o->addr;
	node->bytes = o->size;
	pd_core_found(f->c, o, f->rep);
}

static int
do_find(struct pd_coretarget *c, const struct pd_graph_req *req,
    struct pd_graph *rep, struct pd_err *err)
{
	struct find f = { .c = c, .req = req, .rep = rep };
	uint64_t frame = pd_core_frame_number(c, req->frame, err);
	struct pd_core_scan *scan;
	struct pd_core_obj o;
	struct pd_value why = { 0 };
	int rc;

	if (frame == 0 && c->count > 0)
		return -1;
	if (req->cond.n > 0) {
		f.cond = pd_core_cond_new(c->store, frame, &req->cond, &why);
		if (f.cond == NULL) {
			rep->failed = true;
			rep->note = why.text;
			why.text = (struct pd_str){ 0 };
			pd_rec_done(&pd_value_desc, &why);
			return 0;
		}
	}
	c->found.n = 0;
	scan = pd_core_scan_new(c->store);
	while ((rc = pd_core_scan_next(scan, &o, err)) == 1)
		if (pd_core_is_real(&o))
			consider(&f, &o);
	pd_core_scan_free(scan);
	pd_core_cond_free(f.cond);
	return rc;
}

int
pd_core_do_graph(struct pd_target *t, const struct pd_graph_req *asked,
    struct pd_graph *rep, struct pd_err *err)
{
	static int (*const rows[])(struct pd_coretarget *,
	    const struct pd_graph_req *, struct pd_graph *,
	    struct pd_err *) = {
		[PD_GRAPH_TYPES] = do_types,
		[PD_GRAPH_REFERRERS] = pd_core_referrers,
		[PD_GRAPH_FIND] = do_find,
		[PD_GRAPH_PATH] = pd_core_path
	};
	struct pd_coretarget *c = pd_core_of(t);
	struct pd_graph_req req = *asked;	/* borrows its texts */
	int rc;

	memset(rep, 0, sizeof(*rep));
	if (req.what >= sizeof(rows) / sizeof(rows[0]))
		return pd_err_set(err, "the core is asked for something "
		    "unknown");
	if (req.max == 0)
		req.max = PD_GRAPH_DEFAULT;
	rc = rows[req.what](c, &req, rep, err);
	if (rc == -1)
		pd_rec_done(&pd_graph_desc, rep);
	pd_core_store_trim(c->store);
	return rc;
}
