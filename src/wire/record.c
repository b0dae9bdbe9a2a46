/*
 * wire/record: records as CBOR maps, by their descriptions.
 *
 * For chan.c and for cores.  What is written is RFC 8949's deterministic form:
 * shortest heads, keys ascending, nothing that is zero; so equal records
 * are equal bytes.  What is read may be hostile; see cbor.h for the limits.
 */
#include "wire/cbor.h"


/* ---- writing ------------------------------------------------------------- */

static void
encode_str(const struct pd_str *s, struct pd_buf *out)
{
	if (s->s == NULL)
		pd_cbor_null(out);
	else
		pd_cbor_bytes(out, s->s, s->n);
}

static void
encode_vec(const struct pd_field *f, const struct pd_vec *vec,
    struct pd_buf *out)
{
	size_t size = pd_field_item_size(f);

	pd_cbor_array(out, vec->n);
	for (size_t i = 0; i < vec->n; i++) {
		const void *p = (const char *)vec->v + i * size;

		if (f->type == PD_T_VEC)
			pd_rec_encode(f->desc, p, out);
		else if (f->type == PD_T_STRVEC)
			encode_str(p, out);
		else
			pd_cbor_uint(out, *(const uint64_t *)p);
	}
}

static void
encode_field(const struct pd_field *f, const void *p, struct pd_buf *out)
{
	switch (f->type) {
	case PD_T_BOOL:
		pd_cbor_bool(out, *(const bool *)p);
		break;
	case PD_T_U64:
		pd_cbor_uint(out, *(const uint64_t *)p);
		break;
	case PD_T_I64:
		pd_cbor_int(out, *(const int64_t *)p);
		break;
	case PD_T_STR:
		encode_str(p, out);
		break;
	case PD_T_REC:
		pd_rec_encode(f->desc, p, out);
		break;
	case PD_T_VEC:
	case PD_T_STRVEC:
	case PD_T_U64VEC:
		encode_vec(f, p, out);
		break;
	}
}

void
pd_rec_encode(const struct pd_desc *desc, const void *rec,
    struct pd_buf *out)
{
	uint64_t n = 0;

	for (size_t i = 0; i < desc->n; i++)
		n += !pd_field_is_zero(&desc->fields[i], rec);
	pd_cbor_map(out, n);
	for (size_t i = 0; i < desc->n; i++) {
		const struct pd_field *f = &desc->fields[i];

		if (pd_field_is_zero(f, rec))
			continue;
		pd_cbor_uint(out, f->key);
		encode_field(f, (const char *)rec + f->off, out);
	}
}

/* ---- reading ------------------------------------------------------------- */

/*
 * Storage that the items of vectors may still take, in bytes.  It is earned
 * by what a record says, not by the bytes it took to say it: so a record that
 * was read can be read again from the shorter bytes that we write of it.
 */
struct budget {
	size_t	left;
};

#define BUDGET_FIRST	65536
#define BUDGET_EARNED	64	/* by an item, a member, a byte of a string */

static int	decode(const struct pd_desc *, struct pd_cbor_in *, void *,
		    struct budget *, struct pd_err *);

static int
decode_str(struct pd_cbor_in *in, struct pd_str *s, struct budget *b,
    struct pd_err *err)
{
	const char *p;
	size_t n;

	if (pd_cbor_get_bytes(in, &p, &n, err) == -1)
		return -1;
	*s = pd_str_new(p, n);
	b->left += n * BUDGET_EARNED;
	return 0;
}

static int
decode_item(const struct pd_field *f, struct pd_cbor_in *in, void *p,
    struct budget *b, struct pd_err *err)
{
	if (f->type == PD_T_VEC)
		return decode(f->desc, in, p, b, err);
	if (f->type == PD_T_U64VEC)
		return pd_cbor_get_uint(in, p, err);
	if (pd_cbor_take_null(in))
		return 0;
	return decode_str(in, p, b, err);
}

static int
decode_vec(const struct pd_field *f, struct pd_cbor_in *in,
    struct pd_vec *vec, struct budget *b, struct pd_err *err)
{
	size_t size = pd_field_item_size(f);
	uint64_t n;

	if (pd_cbor_get_array(in, &n, err) == -1)
		return -1;
	/* Item by item: the claimed count reserves nothing. */
	for (; n > 0; n--) {
		if (b->left < size)
			return pd_err_set(err,
			    "too many items for what they say");
		b->left += BUDGET_EARNED;
		b->left -= size;
		if (decode_item(f, in, pd_vec_push(vec, size), b, err) == -1)
			return -1;
	}
	return 0;
}

static int
decode_field(const struct pd_field *f, struct pd_cbor_in *in, void *p,
    struct budget *b, struct pd_err *err)
{
	switch (f->type) {
	case PD_T_BOOL:
		return pd_cbor_get_bool(in, p, err);
	case PD_T_U64:
		return pd_cbor_get_uint(in, p, err);
	case PD_T_I64:
		return pd_cbor_get_int(in, p, err);
	case PD_T_STR:
		return decode_str(in, p, b, err);
	case PD_T_REC:
		return decode(f->desc, in, p, b, err);
	case PD_T_VEC:
	case PD_T_STRVEC:
	case PD_T_U64VEC:
		return decode_vec(f, in, p, b, err);
	}
	return -1;
}

/* The member with that key among those from *at on, which moves behind it. */
static const struct pd_field *
find_field(const struct pd_desc *desc, uint64_t key, size_t *at)
{
	while (*at < desc->n && desc->fields[*at].key < key)
		++*at;
	if (*at < desc->n && desc->fields[*at].key == key)
		return &desc->fields[(*at)++];
	return NULL;
}

static int
decode(const struct pd_desc *desc, struct pd_cbor_in *in, void *rec,
    struct budget *b, struct pd_err *err)
{
	uint64_t n, key, last = 0;
	size_t at = 0;

	if (pd_cbor_get_map(in, &n, err) == -1)
		return -1;
	for (uint64_t i = 0; i < n; i++) {
		const struct pd_field *f;

		if (pd_cbor_get_uint(in, &key, err) == -1)
			return -1;
		if (i > 0 && key <= last)
			return pd_err_set(err, "key %llu twice or out of order",
			    (unsigned long long)key);
		last = key;
		f = find_field(desc, key, &at);
		if (f == NULL) {
			if (pd_cbor_skip(in, err) == -1)
				return -1;
		} else if (decode_field(f, in, (char *)rec + f->off, b,
		    err) == -1) {
			return pd_err_set(err, "%s: %s", f->name,
			    err != NULL ? err->msg : "");
		} else if (f->type <= PD_T_STR && !pd_field_is_zero(f, rec)) {
			b->left += BUDGET_EARNED;
		}
	}
	return 0;
}

int
pd_rec_decode(const struct pd_desc *desc, struct pd_cbor_in *in, void *rec,
    struct pd_err *err)
{
	struct pd_cbor_in at = *in;
	struct budget b = { .left = BUDGET_FIRST };

	if (decode(desc, &at, rec, &b, err) == -1) {
		pd_rec_done(desc, rec);
		return pd_err_set(err, "%s: %s", desc->name,
		    err != NULL ? err->msg : "");
	}
	*in = at;
	return 0;
}
