/*
 * Objects as CBOR arrays, straight into the block's payload.
 *
 * Called by the engine's walk for each object.  This is where the time of a
 * dump goes besides the walk itself, so the items are put together in place,
 * in their shortest form.
 */
#include "core/write-room.h"

#include <string.h>

enum { UINT = 0, NEGATIVE = 1, BYTES = 2, ARRAY = 4, TAG = 6, SIMPLE = 7 };
#define TAG_BIG		2
#define TAG_NEGBIG	3

static inline struct pd_core_wbuf *
out(struct pd_core_writer *w)
{
	return &w->tables[PD_CORE_T_OBJECT].buf;
}

/* The head of an item: its type and a number, big endian. */
static inline void
put_head(struct pd_core_wbuf *b, unsigned major, uint64_t v)
{
	unsigned char *p = pd_core_wbuf_room(b, 9);
	unsigned top = major << 5;
	int n;

	if (v < 24) {
		*p = (unsigned char)(top | v);
		b->n++;
		return;
	}
	n = v <= 0xff ? 0 : v <= 0xffff ? 1 : v <= 0xffffffffu ? 2 : 3;
	*p++ = (unsigned char)(top | (24u + (unsigned)n));
	for (int shift = (8 << n) - 8; shift >= 0; shift -= 8)
		*p++ = (unsigned char)(v >> shift);
	b->n += 1u + (1u << n);
}

static inline void
put_signed(struct pd_core_wbuf *b, int64_t v)
{
	if (v >= 0)
		put_head(b, UINT, (uint64_t)v);
	else
		put_head(b, NEGATIVE, ~(uint64_t)v);
}

static void
put_run(struct pd_core_wbuf *b, const void *s, size_t n)
{
	put_head(b, BYTES, n);
	memcpy(pd_core_wbuf_room(b, n), s, n);
	b->n += n;
}

static void
put_double(struct pd_core_wbuf *b, double v)
{
	unsigned char *p = pd_core_wbuf_room(b, 9);
	uint64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	*p++ = SIMPLE << 5 | 27;
	for (int shift = 56; shift >= 0; shift -= 8)
		*p++ = (unsigned char)(bits >> shift);
	b->n += 9;
}

/* ---- the object ---------------------------------------------------------- */

uint64_t
pd_core_obj_begin(struct pd_core_writer *w, enum pd_core_kind kind,
    uint64_t type, uint64_t addr, uint64_t size, unsigned parts)
{
	struct pd_core_wtable *t = &w->tables[PD_CORE_T_OBJECT];

	w->id = w->prev = t->next++;
	w->left = 0;
	t->count++;
	put_head(&t->buf, ARRAY, 5u + (unsigned)__builtin_popcount(parts));
	put_head(&t->buf, UINT, kind);
	put_head(&t->buf, UINT, type);
	put_signed(&t->buf, (int64_t)(addr - t->prev_addr));
	t->prev_addr = addr;
	put_head(&t->buf, UINT, size);
	put_head(&t->buf, UINT, parts);
	return w->id;
}

void
pd_core_obj_end(struct pd_core_writer *w)
{
	if (out(w)->n >= PD_CORE_BLOCK_BYTES)
		pd_core_write_end_block(w, PD_CORE_T_OBJECT);
}

void
pd_core_put_int(struct pd_core_writer *w, int64_t v)
{
	put_signed(out(w), v);
}

void
pd_core_put_uint(struct pd_core_writer *w, uint64_t v)
{
	put_head(out(w), UINT, v);
}

/* Tag 3 is -1 - n: the magnitude less one. */
void
pd_core_put_bigint(struct pd_core_writer *w, bool negative,
    const unsigned char *le, size_t n)
{
	struct pd_core_wbuf *b = out(w);
	unsigned borrow = negative;
	unsigned char *p;

	put_head(b, TAG, negative ? TAG_NEGBIG : TAG_BIG);
	put_head(b, BYTES, n);
	p = pd_core_wbuf_room(b, n);
	for (size_t i = 0; i < n; i++) {
		p[n - 1 - i] = (unsigned char)(le[i] - borrow);
		borrow = borrow && le[i] == 0;
	}
	b->n += n;
}

void
pd_core_put_float(struct pd_core_writer *w, double v)
{
	put_double(out(w), v);
}

void
pd_core_put_complex(struct pd_core_writer *w, double re, double im)
{
	put_head(out(w), ARRAY, 2);
	put_double(out(w), re);
	put_double(out(w), im);
}

void
pd_core_put_bytes(struct pd_core_writer *w, const void *s, size_t n)
{
	put_run(out(w), s, n);
}

void
pd_core_put_number(struct pd_core_writer *w, uint64_t id)
{
	put_signed(out(w), (int64_t)(id - w->id));
}

/* ---- references --------------------------------------------------------- */

void
pd_core_put_array(struct pd_core_writer *w, uint64_t n)
{
	put_head(out(w), ARRAY, n);
	w->left = n;
	w->prev = w->id;
}

/* The next part begins at the object's own number again. */
static inline void
count(struct pd_core_writer *w)
{
	if (w->left > 0 && --w->left == 0)
		w->prev = w->id;
}

void
pd_core_ref_id(struct pd_core_writer *w, uint64_t id)
{
	put_signed(out(w), (int64_t)(id - w->prev));
	w->prev = id;
	count(w);
}

void
pd_core_ref_int(struct pd_core_writer *w, int64_t v)
{
	put_head(out(w), TAG, PD_CORE_REF_TAG_INT);
	put_signed(out(w), v);
	count(w);
}

void
pd_core_ref_float(struct pd_core_writer *w, double v)
{
	put_double(out(w), v);
	count(w);
}

void
pd_core_ref_name(struct pd_core_writer *w, const char *s, size_t n)
{
	put_run(out(w), s, n);
	count(w);
}

void
pd_core_ref_const(struct pd_core_writer *w, enum pd_core_const what)
{
	static const unsigned char items[] = {
		[PD_CORE_NONE] = SIMPLE << 5 | 22,
		[PD_CORE_FALSE] = SIMPLE << 5 | 20,
		[PD_CORE_TRUE] = SIMPLE << 5 | 21,
		[PD_CORE_ELLIPSIS] = SIMPLE << 5 | PD_CORE_SIMPLE_ELLIPSIS,
		[PD_CORE_NOTIMPL] = SIMPLE << 5 | PD_CORE_SIMPLE_NOTIMPL,
		[PD_CORE_UNBOUND] = SIMPLE << 5 | PD_CORE_SIMPLE_UNBOUND,
		[PD_CORE_LEFT_OUT] = SIMPLE << 5 | 23,
		[PD_CORE_EMPTY_TUPLE] = ARRAY << 5
	};

	*pd_core_wbuf_room(out(w), 1) = items[what];
	out(w)->n++;
	count(w);
}
