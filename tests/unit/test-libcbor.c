/*
 * wire/cbor and wire/record held against libcbor: what we write it reads as
 * the same record and writes as the same bytes; what it writes we read.
 */
#include <cbor.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "randrec.h"
#include "tap.h"
#include "wire/cbor.h"

static struct pd_cbor_in
reader(const void *p, size_t n)
{
	const unsigned char *bytes = p;

	return (struct pd_cbor_in){ .p = bytes, .end = bytes + n };
}

static bool	same_record(const cbor_item_t *, const struct pd_desc *,
		    const void *rec);

static bool
same_str(const cbor_item_t *item, const struct pd_str *s)
{
	if (s->s == NULL)
		return cbor_is_null(item);
	return cbor_isa_bytestring(item) &&
	    cbor_bytestring_is_definite(item) &&
	    cbor_bytestring_length(item) == s->n &&
	    memcmp(cbor_bytestring_handle(item), s->s, s->n) == 0;
}

static bool
same_int(const cbor_item_t *item, int64_t n)
{
	if (n >= 0)
		return cbor_isa_uint(item) &&
		    cbor_get_int(item) == (uint64_t)n;
	return cbor_isa_negint(item) &&
	    cbor_get_int(item) == (uint64_t)(-1 - n);
}

static bool
same_vec(const cbor_item_t *item, const struct pd_field *f,
    const struct pd_vec *vec)
{
	if (!cbor_isa_array(item) || cbor_array_size(item) != vec->n)
		return false;
	for (size_t i = 0; i < vec->n; i++) {
		const cbor_item_t *it = cbor_array_handle(item)[i];
		const void *p = (const char *)vec->v +
		    i * pd_field_item_size(f);
		bool same;

		if (f->type == PD_T_VEC)
			same = same_record(it, f->desc, p);
		else if (f->type == PD_T_STRVEC)
			same = same_str(it, p);
		else
			same = cbor_isa_uint(it) &&
			    cbor_get_int(it) == *(const uint64_t *)p;
		if (!same)
			return false;
	}
	return true;
}

static bool
same_field(const cbor_item_t *item, const struct pd_field *f,
    const void *p)
{
	switch (f->type) {
	case PD_T_BOOL:
		return cbor_is_bool(item) &&
		    cbor_get_bool(item) == *(const bool *)p;
	case PD_T_U64:
		return cbor_isa_uint(item) &&
		    cbor_get_int(item) == *(const uint64_t *)p;
	case PD_T_I64:
		return same_int(item, *(const int64_t *)p);
	case PD_T_STR:
		return same_str(item, p);
	case PD_T_REC:
		return same_record(item, f->desc, p);
	default:
		return same_vec(item, f, p);
	}
}

/* What libcbor has read is that record. */
static bool
same_record(const cbor_item_t *item, const struct pd_desc *desc,
    const void *rec)
{
	size_t at = 0;

	if (!cbor_isa_map(item) || !cbor_map_is_definite(item))
		return false;
	for (size_t i = 0; i < desc->n; i++) {
		const struct pd_field *f = &desc->fields[i];
		const struct cbor_pair *pair;

		if (pd_field_is_zero(f, rec))
			continue;
		if (at == cbor_map_size(item))
			return false;
		pair = &cbor_map_handle(item)[at++];
		if (cbor_get_int(pair->key) != f->key ||
		    !same_field(pair->value, f,
		    (const char *)rec + f->off))
			return false;
	}
	return at == cbor_map_size(item);
}

/* Our bytes, read by libcbor, are the record; written again by libcbor they
 * are the same bytes, and so read again by us. */
static void
test_libcbor(const struct pd_desc *desc)
{
	struct rnd r = { .state = 99 };
	void *rec = pd_xcalloc(1, desc->size);
	struct pd_buf x = { 0 };
	bool read = true, written = true;

	for (int i = 0; i < 100; i++) {
		struct cbor_load_result res;
		cbor_item_t *item;
		unsigned char *bytes = NULL;
		size_t cap, n;

		rnd_record(&r, desc, rec);
		pd_buf_reset(&x);
		pd_rec_encode(desc, rec, &x);
		item = cbor_load((const unsigned char *)x.s, x.n, &res);
		read = read && item != NULL && res.read == x.n &&
		    same_record(item, desc, rec);
		if (item != NULL) {
			n = cbor_serialize_alloc(item, &bytes, &cap);
			written = written && n == x.n &&
			    memcmp(bytes, x.s, n) == 0;
			free(bytes);
			cbor_decref(&item);
		}
		pd_rec_done(desc, rec);
	}
	tap_ok(read, "libcbor reads our %s", desc->name);
	tap_ok(written, "libcbor writes the same bytes for %s", desc->name);
	pd_buf_done(&x);
	free(rec);
}

/* Builds a random item of what we only skip, and of what we read. */
static cbor_item_t *
random_item(struct rnd *r, unsigned depth)
{
	static const unsigned char bytes[300];
	uint64_t n = rnd_next(r) % 5;
	cbor_item_t *item, *sub;

	switch (rnd_next(r) % (depth < 6 ? 10 : 7)) {
	case 0:
		return cbor_build_uint64(rnd_edge(r));
	case 1:
		return cbor_build_uint8((uint8_t)rnd_next(r));
	case 2:
		return cbor_build_negint32((uint32_t)rnd_next(r));
	case 3:
		return cbor_build_bytestring(bytes, rnd_next(r) % 300);
	case 4:
		return cbor_build_string("text");
	case 5:
		return cbor_build_float8(1.5);
	case 6:
		return cbor_build_bool(rnd_next(r) % 2);
	case 7:
		item = cbor_new_definite_array(n);
		for (; n > 0; n--) {
			sub = random_item(r, depth + 1);
			cbor_array_set(item, cbor_array_size(item), sub);
			cbor_decref(&sub);
		}
		return item;
	case 8:
		item = cbor_new_definite_map(n);
		for (; n > 0; n--)
			cbor_map_add(item, (struct cbor_pair){
			    .key = cbor_move(cbor_build_uint8((uint8_t)n)),
			    .value = cbor_move(random_item(r, depth + 1)) });
		return item;
	default:
		sub = random_item(r, depth + 1);
		item = cbor_build_tag(rnd_edge(r), sub);
		cbor_decref(&sub);
		return item;
	}
}

/* What libcbor writes we can walk over, to the byte. */
static void
test_libcbor_skip(void)
{
	struct rnd r = { .state = 17 };
	bool good = true;

	for (int i = 0; i < 2000; i++) {
		cbor_item_t *item = random_item(&r, 0);
		unsigned char *bytes = NULL;
		size_t cap, n = cbor_serialize_alloc(item, &bytes, &cap);
		struct pd_cbor_in in = reader(bytes, n);

		good = good && n > 0 && pd_cbor_skip(&in, NULL) == 0 &&
		    in.p == in.end;
		in = reader(bytes, n - 1);
		good = good && pd_cbor_skip(&in, NULL) == -1;
		free(bytes);
		cbor_decref(&item);
	}
	tap_ok(good, "what libcbor writes is skipped to the byte");
}

/* Wide heads, which we never write and libcbor does: read all the same. */
static void
test_libcbor_wide(void)
{
	struct rnd r = { .state = 23 };
	bool good = true;

	for (int i = 0; i < 500; i++) {
		uint64_t u = rnd_edge(&r), v = 0;
		cbor_item_t *item = cbor_build_uint64(u);
		unsigned char *bytes = NULL;
		size_t cap, n = cbor_serialize_alloc(item, &bytes, &cap);
		struct pd_cbor_in in = reader(bytes, n);

		good = good && n == 9 && pd_cbor_get_uint(&in, &v, NULL) == 0 &&
		    v == u;
		free(bytes);
		cbor_decref(&item);
	}
	tap_ok(good, "wide heads are read");
}
int
main(void)
{
	for (size_t i = 0; all_descs[i] != NULL; i++)
		test_libcbor(all_descs[i]);
	test_libcbor_skip();
	test_libcbor_wide();
	return tap_done();
}
