/*
 * target/core-children: what a stored value consists of, for the tree of the
 * full screen.
 *
 * The order is the live engine's (engine/parts.h): the object's own
 * attributes, then its items.  Nothing is run, a property has no value.
 */
#include <ctype.h>
#include <string.h>

#include "target/core-graph.h"

#define BYTES_DEFAULT	200u	/* of a text */
#define BYTES_MAX	(64u << 10)
#define LABEL_MAX	80u	/* of a key */
#define EXPR_MAX	1000u

struct place {
	struct pd_coretarget	*c;
	bool			 vars;	/* at a frame's variables */
	uint64_t		 args;	/* ... only so many; UINT64_MAX: all */
	struct pd_core_ref	 ref;	/* the value */
	struct pd_core_obj	 obj;	/* ... if it is an object */
	bool			 is_obj;
	struct pd_str		 expr;	/* leads to it, or absent */
};

/* One part of it. */
struct part {
	enum pd_item_kind	 kind;
	uint64_t		 index;
	struct pd_core_ref	 name;	/* of an attribute; the key */
	struct pd_core_ref	 value;
};

typedef bool (*part_fn)(void *ctx, uint64_t pos, const struct part *);

struct each {
	struct place	*at;
	uint64_t	 first, end;	/* positions that are wanted */
	uint64_t	 pos;
	part_fn		 fn;
	void		*ctx;
	bool		 ended;
};

static void
give(struct each *e, const struct part *p)
{
	uint64_t pos = e->pos++;

	if (pos >= e->first && pos < e->end && !e->ended)
		e->ended = !e->fn(e->ctx, pos, p);
}

/* Names and values that alternate. */
static void
each_pair(struct each *e, struct pd_core_iter it, enum pd_item_kind kind)
{
	struct pd_core_store *s = e->at->c->store;
	struct part p = { .kind = kind };
	uint64_t n = 0;

	while (!e->ended && pd_core_iter_next(s, &it, &p.name, NULL) == 1 &&
	    p.name.kind != PD_CORE_R_LEFT_OUT &&
	    pd_core_iter_next(s, &it, &p.value, NULL) == 1) {
		if (kind == PD_ITEM_NAME && n++ >= e->at->args)
			break;
		if (p.value.kind != PD_CORE_R_UNBOUND)
			give(e, &p);
	}
}

static struct pd_core_iter
attrs_of(const struct pd_core_obj *o)
{
	return (struct pd_core_iter){ .refs = o->attrs,
	    .left = o->attrs.left };
}

static void
each_item(struct each *e, const struct pd_core_obj *o)
{
	struct part p = { .kind = o->kind == PD_CORE_SET ||
	    o->kind == PD_CORE_FROZENSET ? PD_ITEM_MEMBER : PD_ITEM_INDEX };
	struct pd_core_iter it;

	pd_core_iter_init(&it, o);
	while (!e->ended && pd_core_iter_next(e->at->c->store, &it, &p.value,
	    NULL) == 1) {
		give(e, &p);
		p.index++;
	}
}

/* Containers whose items are parts; others have theirs for the evaluator. */
static bool
has_items(enum pd_core_kind kind)
{
	return kind == PD_CORE_LIST || kind == PD_CORE_TUPLE ||
	    kind == PD_CORE_SET || kind == PD_CORE_FROZENSET ||
	    kind == PD_CORE_DEQUE || kind == PD_CORE_CELL ||
	    kind == PD_CORE_PROXY;
}

/* Calls fn for the parts at those positions; gives how many there are. */
static uint64_t
each_part(struct place *at, uint64_t first, uint64_t end, part_fn fn,
    void *ctx)
{
	struct each e = { .at = at, .first = first, .end = end, .fn = fn,
	    .ctx = ctx };
	enum pd_item_kind names = at->vars ? PD_ITEM_NAME : PD_ITEM_ATTR;
	struct pd_core_iter it;
	struct pd_core_obj dict;

	if (!at->is_obj)
		return 0;
	each_pair(&e, attrs_of(&at->obj), names);
	if (at->obj.dict != 0 && pd_core_store_obj(at->c->store,
	    at->obj.dict, &dict, NULL) == 0 && dict.kind == PD_CORE_DICT) {
		pd_core_iter_init(&it, &dict);
		each_pair(&e, it, names);
	}
	if (at->obj.kind == PD_CORE_DICT) {
		pd_core_iter_init(&it, &at->obj);
		each_pair(&e, it, at->vars ? PD_ITEM_NAME : PD_ITEM_KEY);
	} else if (has_items(at->obj.kind)) {
		each_item(&e, &at->obj);
	}
	return e.pos;
}

/* How many parts it has, from what its record says. */
static uint64_t
count_of(struct pd_coretarget *c, const struct pd_core_obj *o)
{
	struct pd_core_obj dict;
	uint64_t n = o->attrs.left / 2;

	if (o->dict != 0 && pd_core_store_obj(c->store, o->dict, &dict,
	    NULL) == 0 && dict.kind == PD_CORE_DICT)
		n += pd_core_obj_len(&dict);
	if (o->kind == PD_CORE_DICT || has_items(o->kind))
		n += pd_core_obj_len(o);
	return n;
}

/* ---- records ------------------------------------------------------------- */

static struct pd_str
name_of(struct pd_coretarget *c, const struct pd_core_ref *r)
{
	size_t n;
	const char *p = pd_core_ref_str(c->store, r, &n);

	return p != NULL ? pd_str_new(p, n) : (struct pd_str){ 0 };
}

static bool
is_identifier(const struct pd_str *s)
{
	if (s->n == 0 || isdigit((unsigned char)s->s[0]))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (s->s[i] != '_' && !isalnum((unsigned char)s->s[i]) &&
		    (unsigned char)s->s[i] < 0x80)
			return false;
	return true;
}

static struct pd_str
label_of(struct place *at, const struct part *p)
{
	struct pd_str name, text;

	if (p->kind == PD_ITEM_INDEX || p->kind == PD_ITEM_MEMBER)
		return pd_strf(p->kind == PD_ITEM_INDEX ? "[%llu]" :
		    "{%llu}", (unsigned long long)p->index);
	name = name_of(at->c, &p->name);
	if (p->kind == PD_ITEM_KEY || name.s == NULL) {
		struct pd_str key = pd_core_short(at->c, &p->name, LABEL_MAX);

		text = pd_strf("[%s]", pd_str_c(&key));
		pd_str_done(&key);
	} else {
		text = pd_strf("%s%s", p->kind == PD_ITEM_NAME ? "" : ".",
		    name.s);
	}
	pd_str_done(&name);
	return text;
}

/* Is a key's text what one would type? */
static bool
is_literal(struct pd_coretarget *c, const struct pd_core_ref *r)
{
	size_t n;

	return r->kind != PD_CORE_R_OBJ || pd_core_ref_str(c->store, r, &n) !=
	    NULL;
}

static struct pd_str
expr_of(struct place *at, const struct part *p, const struct pd_str *label)
{
	struct pd_str name = { 0 }, expr = { 0 };
	const char *base = pd_str_c(&at->expr);
	bool good = at->vars || at->expr.s != NULL;

	if (p->kind == PD_ITEM_NAME || p->kind == PD_ITEM_ATTR) {
		name = name_of(at->c, &p->name);
		good = good && is_identifier(&name);
	} else if (p->kind == PD_ITEM_KEY) {
		good = good && is_literal(at->c, &p->name) &&
		    label->n < LABEL_MAX;
	} else if (p->kind == PD_ITEM_MEMBER ||
	    at->obj.kind == PD_CORE_CELL || at->obj.kind == PD_CORE_PROXY) {
		good = false;
	}
	if (good && at->expr.n + label->n < EXPR_MAX)
		expr = pd_strf("%s%s", base, pd_str_c(label));
	pd_str_done(&name);
	return expr;
}

static struct pd_str
type_of(struct pd_coretarget *c, const struct pd_core_ref *r,
    const struct pd_core_obj *o)
{
	static const char *const names[] = {
		[PD_CORE_R_LEFT_OUT] = "", [PD_CORE_R_NONE] = "NoneType",
		[PD_CORE_R_FALSE] = "bool", [PD_CORE_R_TRUE] = "bool",
		[PD_CORE_R_ELLIPSIS] = "ellipsis",
		[PD_CORE_R_NOTIMPL] = "NotImplementedType",
		[PD_CORE_R_INT] = "int", [PD_CORE_R_FLOAT] = "float",
		[PD_CORE_R_STR] = "str", [PD_CORE_R_EMPTY_TUPLE] = "tuple"
	};
	const struct pd_core_type *t;
	const char *dot;

	if (r->kind != PD_CORE_R_OBJ)
		return pd_str_from(names[r->kind]);
	t = o != NULL ? pd_core_store_type(c->store, o->type) : NULL;
	if (t == NULL)
		return pd_str_from("?");
	dot = strrchr(pd_str_c(&t->qualname), '.');
	return pd_str_from(dot != NULL ? dot + 1 : pd_str_c(&t->qualname));
}

static void
describe(struct pd_coretarget *c, const struct pd_core_ref *r,
    uint64_t bytes, struct pd_item *out)
{
	struct pd_value v = { 0 };
	struct pd_core_obj o;
	bool is_obj = r->kind == PD_CORE_R_OBJ &&
	    pd_core_store_obj(c->store, r->id, &o, NULL) == 0;

	out->type = type_of(c, r, is_obj ? &o : NULL);
	if (pd_core_render(c->store, r, PD_EVAL_REPR, bytes, 0, &v,
	    NULL) == 0) {
		out->text = v.text;
		out->cut = v.cut;
		v.text = (struct pd_str){ 0 };
	}
	pd_rec_done(&pd_value_desc, &v);
	if (is_obj) {
		out->count = count_of(c, &o);
		out->ident = o.addr;
		out->module = o.kind == PD_CORE_MODULE;
	}
}

struct fill {
	struct place		*at;
	struct pd_children	*out;
	uint64_t		 bytes;
};

static bool
fill(void *ctx, uint64_t pos, const struct part *p)
{
	struct fill *f = ctx;
	struct pd_item *item = PD_VEC_PUSH(&f->out->items, struct pd_item);

	item->kind = p->kind;
	item->pos = pos;
	item->label = label_of(f->at, p);
	item->expr = expr_of(f->at, p, &item->label);
	describe(f->at->c, &p->value, f->bytes, item);
	return true;
}

/* ---- the path ------------------------------------------------------------ */

static void
stand_at(struct place *at, const struct pd_core_ref *r)
{
	at->ref = *r;
	at->vars = false;
	at->is_obj = r->kind == PD_CORE_R_OBJ &&
	    pd_core_store_obj(at->c->store, r->id, &at->obj, NULL) == 0;
}

struct pick {
	struct part	part;
	bool		found;
};

static bool
pick(void *ctx, uint64_t pos, const struct part *p)
{
	struct pick *k = ctx;

	(void)pos;
	k->part = *p;
	k->found = true;
	return false;
}

static int
descend(struct place *at, uint64_t pos, struct pd_err *err)
{
	struct pick k = { .found = false };
	struct pd_str label, expr;

	each_part(at, pos, pos + 1, pick, &k);
	if (!k.found)
		return pd_err_set(err, "there is no such part");
	label = label_of(at, &k.part);
	expr = expr_of(at, &k.part, &label);
	pd_str_done(&label);
	pd_str_done(&at->expr);
	at->expr = expr;
	stand_at(at, &k.part.value);
	return 0;
}

static int
begin_vars(struct place *at, uint64_t number, uint64_t root,
    struct pd_err *err)
{
	struct pd_core_frame f = { 0 };

	if (root > PD_ROOT_EXPR)
		return pd_err_set(err, "no such variables");
	if (pd_core_store_rec(at->c->store, PD_CORE_T_FRAME, number,
	    &pd_core_frame_desc, &f, err) == -1)
		return -1;
	stand_at(at, &(struct pd_core_ref){ .kind = PD_CORE_R_OBJ,
	    .id = root == PD_ROOT_GLOBALS ? f.globals : f.vars });
	at->vars = true;
	at->args = root == PD_ROOT_ARGS ? f.nargs : UINT64_MAX;
	pd_rec_done(&pd_core_frame_desc, &f);
	return 0;
}

static int
begin_expr(struct place *at, uint64_t number, const struct pd_str *text,
    struct pd_err *err)
{
	struct pd_core_limits limits = pd_core_limits_of(at->c);
	struct pd_core_ref r = { 0 };
	struct pd_value why = { 0 };
	int rc = pd_core_eval_ref(at->c->store, number, text, &limits, &r,
	    &why, err);

	if (rc == 0 && why.failed)
		rc = pd_err_set(err, "%s", pd_str_c(&why.text));
	pd_rec_done(&pd_value_desc, &why);
	if (rc == 0) {
		stand_at(at, &r);
		at->expr = is_identifier(text) ? pd_str_dup(text) :
		    pd_strf("(%s)", pd_str_c(text));
	}
	return rc;
}

static uint64_t
at_most(uint64_t wanted, uint64_t usual, uint64_t limit)
{
	return wanted == 0 ? usual : wanted < limit ? wanted : limit;
}

static int
find(struct place *at, const struct pd_children_req *req, struct pd_err *err)
{
	uint64_t number = pd_core_frame_number(at->c, req->frame, err);

	if (number == 0 || (req->root == PD_ROOT_EXPR ?
	    begin_expr(at, number, &req->text, err) :
	    begin_vars(at, number, req->root, err)) == -1)
		return -1;
	PD_VEC_EACH(&req->path, uint64_t, pos)
		if (descend(at, *pos, err) == -1)
			return -1;
	if (req->ident != 0 && (!at->is_obj || at->obj.addr != req->ident))
		return pd_err_set(err, "the value has changed");
	return 0;
}

int
pd_core_do_children(struct pd_target *t, const struct pd_children_req *req,
    struct pd_children *rep, struct pd_err *err)
{
	struct place at = { .c = pd_core_of(t) };
	struct fill f = { .at = &at, .out = rep,
	    .bytes = at_most(req->bytes, BYTES_DEFAULT, BYTES_MAX) };
	uint64_t max = at_most(req->max, PD_CHILDREN_DEFAULT,
	    PD_CHILDREN_MAX);
	int rc;

	memset(rep, 0, sizeof(*rep));
	rc = find(&at, req, err);
	if (rc == 0 && !at.vars) {
		describe(at.c, &at.ref, f.bytes, &rep->self);
		rep->self.expr = pd_str_dup(&at.expr);
	}
	if (rc == 0)
		rep->total = each_part(&at, req->first, req->first + max,
		    fill, &f);
	pd_str_done(&at.expr);
	pd_core_store_trim(at.c->store);
	return rc;
}
