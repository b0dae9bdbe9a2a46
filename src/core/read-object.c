/*
 * core/read-object: views of objects, references, the items of containers.
 *
 * For the evaluator and the core target.  A view owns nothing and points into
 * the block of its record.  Whatever the record says is checked as it is
 * read; a number that leads nowhere is an answer of its own.
 */
#include <string.h>

#include "core/read-room.h"

enum { TAG_BIG = 2, TAG_BIG_NEGATIVE = 3 };

/* ---- one record ---------------------------------------------------------- */

static int
get_complex(struct pd_cbor_in *in, struct pd_core_obj *o, struct pd_err *err)
{
	uint64_t n;

	if (pd_cbor_get_array(in, &n, err) == -1)
		return -1;
	if (n != 2 || !pd_cbor_take_float(in, &o->f[0]) ||
	    !pd_cbor_take_float(in, &o->f[1]))
		return pd_err_set(err, "an object's value is garbled");
	o->vkind = PD_CORE_V_COMPLEX;
	return 0;
}

static int
get_value(struct pd_cbor_in *in, struct pd_core_obj *o, struct pd_err *err)
{
	uint64_t tag;

	o->vkind = PD_CORE_V_BYTES;
	if (pd_cbor_get_bytes(in, &o->s, &o->n, NULL) == 0)
		return 0;
	o->vkind = PD_CORE_V_INT;
	if (pd_cbor_get_int(in, &o->i, NULL) == 0)
		return 0;
	o->vkind = PD_CORE_V_FLOAT;
	if (pd_cbor_take_float(in, &o->f[0]))
		return 0;
	if (pd_cbor_take_tag(in, &tag)) {
		if (tag != TAG_BIG && tag != TAG_BIG_NEGATIVE)
			return pd_err_set(err, "an object's value is garbled");
		o->vkind = PD_CORE_V_BIG;
		o->negative = tag == TAG_BIG_NEGATIVE;
		return pd_cbor_get_bytes(in, &o->s, &o->n, err);
	}
	return get_complex(in, o, err);
}

static int
get_refs(struct pd_cbor_in *in, struct pd_core_obj *o,
    struct pd_core_refs *refs, struct pd_err *err)
{
	struct pd_cbor_in at = *in;

	if (pd_cbor_get_array(&at, &refs->left, err) == -1 ||
	    pd_cbor_skip(in, err) == -1)
		return -1;
	refs->in = (struct pd_cbor_in){ .p = at.p, .end = in->p };
	refs->prev = o->id;
	return 0;
}

static int
get_number(struct pd_cbor_in *in, const struct pd_core_obj *o, uint64_t *id,
    struct pd_err *err)
{
	int64_t delta;

	if (pd_cbor_get_int(in, &delta, err) == -1)
		return -1;
	*id = o->id + (uint64_t)delta;
	return 0;
}

static int
get_part(struct pd_cbor_in *in, unsigned bit, struct pd_core_obj *o,
    struct pd_err *err)
{
	uint64_t n;

	switch (bit) {
	case PD_CORE_P_VALUE:
		return get_value(in, o, err);
	case PD_CORE_P_ITEMS:
		return get_refs(in, o, &o->items, err);
	case PD_CORE_P_ATTRS:
		return get_refs(in, o, &o->attrs, err);
	case PD_CORE_P_DICT:
		return get_number(in, o, &o->dict, err);
	case PD_CORE_P_TOTAL:
		o->has_total = true;
		return pd_cbor_get_uint(in, &o->total, err);
	case PD_CORE_P_MORE:
		return get_number(in, o, &o->more, err);
	case PD_CORE_P_CUT:
		if (pd_cbor_get_uint(in, &n, err) == -1)
			return -1;
		o->cut = n <= PD_CORE_CUT_UNSAFE && n > 0 ?
		    (enum pd_core_cut)n : PD_CORE_CUT_UNSAFE;
		return 0;
	case PD_CORE_P_TAIL:
		return pd_cbor_get_bytes(in, &o->tail, &o->ntail, err);
	}
	return pd_cbor_skip(in, err);
}

/* What kind of value each kind must have: one that has another is taken as an
 * object of no kind, so that nobody has to look twice. */
static bool
value_fits(const struct pd_core_obj *o)
{
	switch (o->kind) {
	case PD_CORE_INT:
		return o->vkind == PD_CORE_V_INT || o->vkind == PD_CORE_V_BIG;
	case PD_CORE_TYPE:
		return o->vkind == PD_CORE_V_INT && o->i >= 0;
	case PD_CORE_FLOAT:
		return o->vkind == PD_CORE_V_FLOAT;
	case PD_CORE_COMPLEX:
		return o->vkind == PD_CORE_V_COMPLEX;
	case PD_CORE_STR:
	case PD_CORE_BYTES:
	case PD_CORE_BYTEARRAY:
	case PD_CORE_PATH:
		return o->vkind == PD_CORE_V_BYTES;
	default:
		return true;
	}
}

int
pd_core_obj_parse(struct pd_cbor_in *in, uint64_t id, uint64_t before,
    struct pd_core_obj *o, struct pd_err *err)
{
	uint64_t n, kind, parts;
	int64_t delta;

	memset(o, 0, sizeof(*o));
	o->id = id;
	if (pd_cbor_get_array(in, &n, err) == -1 ||
	    pd_cbor_get_uint(in, &kind, err) == -1 ||
	    pd_cbor_get_uint(in, &o->type, err) == -1 ||
	    pd_cbor_get_int(in, &delta, err) == -1 ||
	    pd_cbor_get_uint(in, &o->size, err) == -1 ||
	    pd_cbor_get_uint(in, &parts, err) == -1)
		return -1;
	o->addr = before + (uint64_t)delta;
	o->kind = kind < PD_CORE_KINDS ? (enum pd_core_kind)kind :
	    PD_CORE_OBJECT;
	if (n != 5 + (uint64_t)__builtin_popcountll(parts))
		return pd_err_set(err, "an object's record is garbled");
	for (; parts != 0; parts &= parts - 1) {
		uint64_t bit = parts & -parts;

		if (get_part(in, bit <= PD_CORE_P_TAIL ? (unsigned)bit : 0, o,
		    err) == -1)
			return -1;
	}
	if (!value_fits(o))
		o->kind = PD_CORE_OBJECT;
	return 0;
}

int
pd_core_store_obj(struct pd_core_store *s, uint64_t id,
    struct pd_core_obj *o, struct pd_err *err)
{
	struct pd_cbor_in in;
	uint64_t addr;

	if (pd_core_block_find(s, PD_CORE_T_OBJECT, id) == NULL)
		return pd_err_set(err, "this object is not in the core");
	if (pd_core_record(s, PD_CORE_T_OBJECT, id, &in, &addr, err) == -1)
		return -1;
	if (pd_core_obj_parse(&in, id, 0, o, err) == -1)
		return -1;
	o->addr = addr;
	return 0;
}

/* ---- references ---------------------------------------------------------- */

static int
garbled(struct pd_err *err)
{
	return pd_err_set(err, "a reference in the core is garbled");
}

static int
simple_ref(unsigned n, struct pd_core_ref *r, struct pd_err *err)
{
	static const unsigned char kinds[32] = {
		[PD_CORE_SIMPLE_ELLIPSIS] = 1 + PD_CORE_R_ELLIPSIS,
		[PD_CORE_SIMPLE_NOTIMPL] = 1 + PD_CORE_R_NOTIMPL,
		[PD_CORE_SIMPLE_UNBOUND] = 1 + PD_CORE_R_UNBOUND,
		[20] = 1 + PD_CORE_R_FALSE,	/* RFC 8949, 3.3 */
		[21] = 1 + PD_CORE_R_TRUE,
		[22] = 1 + PD_CORE_R_NONE,
		[PD_CBOR_UNDEFINED] = 1 + PD_CORE_R_LEFT_OUT
	};

	if (kinds[n] == 0)
		return garbled(err);
	r->kind = (enum pd_core_ref_kind)(kinds[n] - 1);
	return 1;
}

/* What is neither a number nor a text. */
static int
rare_ref(struct pd_core_refs *refs, struct pd_core_ref *r,
    struct pd_err *err)
{
	unsigned simple;
	uint64_t n;

	if (pd_cbor_take_simple(&refs->in, &simple))
		return simple_ref(simple, r, err);
	if (pd_cbor_take_float(&refs->in, &r->f)) {
		r->kind = PD_CORE_R_FLOAT;
		return 1;
	}
	if (pd_cbor_take_tag(&refs->in, &n)) {
		if (n != PD_CORE_REF_TAG_INT ||
		    pd_cbor_get_int(&refs->in, &r->i, NULL) == -1)
			return garbled(err);
		r->kind = PD_CORE_R_INT;
		return 1;
	}
	if (pd_cbor_get_array(&refs->in, &n, NULL) == -1 || n != 0)
		return garbled(err);
	r->kind = PD_CORE_R_EMPTY_TUPLE;
	return 1;
}

int
pd_core_refs_next(struct pd_core_refs *refs, struct pd_core_ref *r,
    struct pd_err *err)
{
	int64_t delta;

	if (refs->left == 0)
		return 0;
	refs->left--;
	if (refs->in.p == refs->in.end)
		return garbled(err);
	switch (*refs->in.p >> 5) {
	case 0:
	case 1:
		if (pd_cbor_get_int(&refs->in, &delta, NULL) == -1)
			return garbled(err);
		refs->prev += (uint64_t)delta;
		r->kind = PD_CORE_R_OBJ;
		r->id = refs->prev;
		return r->id != 0 ? 1 : garbled(err);
	case 2:
		r->kind = PD_CORE_R_STR;
		if (pd_cbor_get_bytes(&refs->in, &r->s, &r->n, NULL) == -1)
			return garbled(err);
		return 1;
	}
	return rare_ref(refs, r, err);
}

const char *
pd_core_ref_str(struct pd_core_store *s, const struct pd_core_ref *r,
    size_t *n)
{
	struct pd_core_obj o;

	if (r->kind == PD_CORE_R_STR) {
		*n = r->n;
		return r->s;
	}
	if (r->kind != PD_CORE_R_OBJ ||
	    pd_core_store_obj(s, r->id, &o, NULL) == -1 ||
	    o.kind != PD_CORE_STR)
		return NULL;
	*n = o.n;
	return o.s;
}

/* ---- the items of a container -------------------------------------------- */

static uint64_t
items_of(const struct pd_core_obj *o)
{
	return o->kind == PD_CORE_DICT ? 2 * o->total : o->total;
}

/* Of a container whose items are in chunks as well. */
static bool
counts_items(const struct pd_core_obj *o)
{
	return o->has_total && o->vkind == PD_CORE_V_NONE &&
	    o->total <= UINT64_MAX / 4;
}

uint64_t
pd_core_obj_len(const struct pd_core_obj *o)
{
	if (o->has_total)
		return o->total;
	if (o->vkind == PD_CORE_V_BYTES)
		return o->n;
	return o->kind == PD_CORE_DICT ? o->items.left / 2 : o->items.left;
}

void
pd_core_iter_init(struct pd_core_iter *it, const struct pd_core_obj *o)
{
	it->refs = o->items;
	it->chunk = o->more;
	it->owner = o->id;
	it->left = counts_items(o) ? items_of(o) : o->items.left;
	if (it->left < o->items.left)
		it->left = o->items.left;
}

/* Begins the next chunk; false if there is none. */
static bool
next_chunk(struct pd_core_store *s, struct pd_core_iter *it)
{
	struct pd_core_obj o;

	if (it->chunk == 0 ||
	    pd_core_store_obj(s, it->chunk, &o, NULL) == -1 ||
	    o.kind != PD_CORE_CHUNK || o.items.left == 0 ||
	    o.items.left > it->left) {
		it->chunk = 0;
		return false;
	}
	it->refs = o.items;
	it->chunk++;
	return true;
}

int
pd_core_iter_next(struct pd_core_store *s, struct pd_core_iter *it,
    struct pd_core_ref *r, struct pd_err *err)
{
	if (it->left == 0)
		return 0;
	if (it->refs.left == 0 && !next_chunk(s, it)) {
		it->left = 0;
		r->kind = PD_CORE_R_LEFT_OUT;
		return 1;
	}
	it->left--;
	return pd_core_refs_next(&it->refs, r, err);
}

static int
skip_to(struct pd_core_refs refs, uint64_t i, struct pd_core_ref *r,
    struct pd_err *err)
{
	int rc;

	do
		rc = pd_core_refs_next(&refs, r, err);
	while (rc == 1 && i-- > 0);
	return rc;
}

int
pd_core_item_at(struct pd_core_store *s, const struct pd_core_obj *o,
    uint64_t i, struct pd_core_ref *r, struct pd_err *err)
{
	struct pd_core_obj chunk;
	uint64_t rest;

	if (i < o->items.left)
		return skip_to(o->items, i, r, err);
	if (!counts_items(o) || i >= items_of(o))
		return 0;
	r->kind = PD_CORE_R_LEFT_OUT;
	if (o->more == 0)
		return 1;
	rest = i - o->items.left;
	if (pd_core_store_obj(s, o->more + rest / PD_CORE_CHUNK_ITEMS, &chunk,
	    NULL) == -1 || chunk.kind != PD_CORE_CHUNK)
		return 1;
	if (rest % PD_CORE_CHUNK_ITEMS >= chunk.items.left)
		return 1;
	return skip_to(chunk.items, rest % PD_CORE_CHUNK_ITEMS, r, err);
}

static int
find_in(struct pd_core_store *s, struct pd_core_iter *it, const char *name,
    size_t n, struct pd_core_ref *r, struct pd_err *err)
{
	struct pd_core_ref key;
	const char *text;
	size_t len;
	int rc;

	while ((rc = pd_core_iter_next(s, it, &key, err)) == 1) {
		if (key.kind == PD_CORE_R_LEFT_OUT)
			return 0;
		rc = pd_core_iter_next(s, it, r, err);
		if (rc != 1)
			return rc;
		text = pd_core_ref_str(s, &key, &len);
		if (text != NULL && len == n && memcmp(text, name, n) == 0)
			return 1;
	}
	return rc;
}

int
pd_core_own_attr(struct pd_core_store *s, const struct pd_core_obj *o,
    const char *name, size_t n, struct pd_core_ref *r, struct pd_err *err)
{
	struct pd_core_iter it = { .refs = o->attrs, .left = o->attrs.left };
	struct pd_core_obj dict;
	int rc = find_in(s, &it, name, n, r, err);

	if (rc != 0 || o->dict == 0 ||
	    pd_core_store_obj(s, o->dict, &dict, NULL) == -1 ||
	    dict.kind != PD_CORE_DICT)
		return rc;
	pd_core_iter_init(&it, &dict);
	return find_in(s, &it, name, n, r, err);
}
