/*
 * wire/cbor: the items of CBOR (RFC 8949) that the records need.
 *
 * For record.c and chan.c, in both processes, and for cores.  A reader's
 * input is hostile: every length is held against the bytes that are there
 * before it is used; nothing here allocates but the output buffer.  A get
 * that fails leaves its position where it was.
 */
#include "wire/cbor.h"

#include <string.h>

/* Major types, RFC 8949 section 3.1. */
enum {
	MAJOR_UINT,
	MAJOR_NINT,		/* the value is -1 - n */
	MAJOR_BYTES,
	MAJOR_TEXT,
	MAJOR_ARRAY,
	MAJOR_MAP,
	MAJOR_TAG,
	MAJOR_SIMPLE
};

/* Additional information, the low five bits of the first byte. */
enum {
	INFO_8 = 24,
	INFO_16 = 25,
	INFO_32 = 26,
	INFO_64 = 27,
	INFO_INDEFINITE = 31
};

enum {
	SIMPLE_FALSE = 20,
	SIMPLE_TRUE = 21,
	SIMPLE_NULL = 22
};

#define DEPTH_MAX	32	/* of what is skipped; records have 4 */

/* ---- writing ------------------------------------------------------------- */

static void
put_head(struct pd_buf *buf, unsigned major, uint64_t n)
{
	unsigned char b[9];
	unsigned info, width;

	if (n < INFO_8) {
		pd_buf_addc(buf, (char)(major << 5 | n));
		return;
	}
	if (n <= UINT8_MAX)
		info = INFO_8;
	else if (n <= UINT16_MAX)
		info = INFO_16;
	else if (n <= UINT32_MAX)
		info = INFO_32;
	else
		info = INFO_64;
	width = 1u << (info - INFO_8);
	b[0] = (unsigned char)(major << 5 | info);
	for (unsigned i = 0; i < width; i++)
		b[width - i] = (unsigned char)(n >> (8 * i));
	pd_buf_add(buf, b, 1 + width);
}

void
pd_cbor_uint(struct pd_buf *buf, uint64_t n)
{
	put_head(buf, MAJOR_UINT, n);
}

void
pd_cbor_int(struct pd_buf *buf, int64_t n)
{
	if (n >= 0)
		put_head(buf, MAJOR_UINT, (uint64_t)n);
	else
		put_head(buf, MAJOR_NINT, (uint64_t)(-1 - n));
}

void
pd_cbor_bytes(struct pd_buf *buf, const void *p, size_t n)
{
	put_head(buf, MAJOR_BYTES, n);
	pd_buf_add(buf, p, n);
}

void
pd_cbor_array(struct pd_buf *buf, uint64_t n)
{
	put_head(buf, MAJOR_ARRAY, n);
}

void
pd_cbor_map(struct pd_buf *buf, uint64_t n)
{
	put_head(buf, MAJOR_MAP, n);
}

void
pd_cbor_bool(struct pd_buf *buf, bool on)
{
	put_head(buf, MAJOR_SIMPLE, on ? SIMPLE_TRUE : SIMPLE_FALSE);
}

void
pd_cbor_null(struct pd_buf *buf)
{
	put_head(buf, MAJOR_SIMPLE, SIMPLE_NULL);
}

/* ---- reading ------------------------------------------------------------- */

struct head {
	unsigned	major;
	unsigned	info;
	uint64_t	n;
};

static size_t
left(const struct pd_cbor_in *in)
{
	return (size_t)(in->end - in->p);
}

static int
cut(struct pd_err *err)
{
	return pd_err_set(err, "cbor: cut in the middle of an item");
}

/* Takes the first byte and the number behind it. */
static int
get_head(struct pd_cbor_in *in, struct head *h, struct pd_err *err)
{
	unsigned width;

	if (left(in) < 1)
		return cut(err);
	h->major = in->p[0] >> 5;
	h->info = in->p[0] & 31;
	h->n = h->info;
	if (h->info < INFO_8) {
		in->p++;
		return 0;
	}
	if (h->info > INFO_64)
		return pd_err_set(err, h->info == INFO_INDEFINITE ?
		    "cbor: indefinite length" : "cbor: reserved first byte");
	width = 1u << (h->info - INFO_8);
	if (left(in) < 1 + width)
		return cut(err);
	h->n = 0;
	for (unsigned i = 1; i <= width; i++)
		h->n = h->n << 8 | in->p[i];
	in->p += 1 + width;
	return 0;
}

static const char *
head_name(const struct head *h)
{
	static const char *const names[] = {
		[MAJOR_UINT] = "a number",
		[MAJOR_NINT] = "a negative number",
		[MAJOR_BYTES] = "bytes",
		[MAJOR_TEXT] = "text",
		[MAJOR_ARRAY] = "an array",
		[MAJOR_MAP] = "a map",
		[MAJOR_TAG] = "a tag",
		[MAJOR_SIMPLE] = "a simple value"
	};

	return names[h->major];
}

/* Takes the head of an item of that major type, or nothing. */
static int
get_major(struct pd_cbor_in *in, unsigned major, const char *wanted,
    uint64_t *n, struct pd_err *err)
{
	struct pd_cbor_in at = *in;
	struct head h;

	if (get_head(&at, &h, err) == -1)
		return -1;
	if (h.major != major)
		return pd_err_set(err, "cbor: %s where %s should be",
		    head_name(&h), wanted);
	*n = h.n;
	*in = at;
	return 0;
}

int
pd_cbor_get_uint(struct pd_cbor_in *in, uint64_t *out, struct pd_err *err)
{
	return get_major(in, MAJOR_UINT, "a number", out, err);
}

int
pd_cbor_get_int(struct pd_cbor_in *in, int64_t *out, struct pd_err *err)
{
	struct pd_cbor_in at = *in;
	struct head h;

	if (get_head(&at, &h, err) == -1)
		return -1;
	if (h.major != MAJOR_UINT && h.major != MAJOR_NINT)
		return pd_err_set(err,
		    "cbor: %s where a number should be", head_name(&h));
	if (h.n > INT64_MAX)
		return pd_err_set(err, "cbor: number out of range");
	*out = h.major == MAJOR_UINT ? (int64_t)h.n : -1 - (int64_t)h.n;
	*in = at;
	return 0;
}

int
pd_cbor_get_bytes(struct pd_cbor_in *in, const char **p, size_t *n,
    struct pd_err *err)
{
	struct pd_cbor_in at = *in;
	uint64_t len = 0;

	if (get_major(&at, MAJOR_BYTES, "bytes", &len, err) == -1)
		return -1;
	if (len > left(&at))
		return cut(err);
	*p = (const char *)at.p;
	*n = (size_t)len;
	at.p += len;
	*in = at;
	return 0;
}

int
pd_cbor_get_array(struct pd_cbor_in *in, uint64_t *n, struct pd_err *err)
{
	struct pd_cbor_in at = *in;

	if (get_major(&at, MAJOR_ARRAY, "an array", n, err) == -1)
		return -1;
	/* An item has one byte at least. */
	if (*n > left(&at))
		return cut(err);
	*in = at;
	return 0;
}

int
pd_cbor_get_map(struct pd_cbor_in *in, uint64_t *n, struct pd_err *err)
{
	struct pd_cbor_in at = *in;

	if (get_major(&at, MAJOR_MAP, "a map", n, err) == -1)
		return -1;
	if (*n > left(&at) / 2)
		return cut(err);
	*in = at;
	return 0;
}

int
pd_cbor_get_bool(struct pd_cbor_in *in, bool *out, struct pd_err *err)
{
	if (left(in) < 1)
		return cut(err);
	if (*in->p != (MAJOR_SIMPLE << 5 | SIMPLE_FALSE) &&
	    *in->p != (MAJOR_SIMPLE << 5 | SIMPLE_TRUE))
		return pd_err_set(err,
		    "cbor: something else where a truth value should be");
	*out = *in->p == (MAJOR_SIMPLE << 5 | SIMPLE_TRUE);
	in->p++;
	return 0;
}

bool
pd_cbor_take_null(struct pd_cbor_in *in)
{
	if (left(in) < 1 || *in->p != (MAJOR_SIMPLE << 5 | SIMPLE_NULL))
		return false;
	in->p++;
	return true;
}

bool
pd_cbor_take_simple(struct pd_cbor_in *in, unsigned *n)
{
	if (left(in) < 1 || *in->p >> 5 != MAJOR_SIMPLE ||
	    (*in->p & 31) >= INFO_8)
		return false;
	*n = *in->p++ & 31;
	return true;
}

bool
pd_cbor_take_tag(struct pd_cbor_in *in, uint64_t *n)
{
	return left(in) > 0 && *in->p >> 5 == MAJOR_TAG &&
	    get_major(in, MAJOR_TAG, "a tag", n, NULL) == 0;
}

bool
pd_cbor_take_float(struct pd_cbor_in *in, double *f)
{
	uint64_t n = 0;

	if (left(in) < 9 || *in->p != (MAJOR_SIMPLE << 5 | INFO_64))
		return false;
	for (unsigned i = 1; i <= 8; i++)
		n = n << 8 | in->p[i];
	memcpy(f, &n, sizeof(n));
	in->p += 9;
	return true;
}

static int	skip(struct pd_cbor_in *, unsigned, struct pd_err *);

static int
skip_items(struct pd_cbor_in *in, uint64_t n, unsigned depth,
    struct pd_err *err)
{
	if (n > left(in))
		return cut(err);
	for (; n > 0; n--)
		if (skip(in, depth, err) == -1)
			return -1;
	return 0;
}

static int
skip(struct pd_cbor_in *in, unsigned depth, struct pd_err *err)
{
	struct head h;

	if (get_head(in, &h, err) == -1)
		return -1;
	if (h.major >= MAJOR_ARRAY && h.major <= MAJOR_TAG &&
	    depth == DEPTH_MAX)
		return pd_err_set(err, "cbor: nested too deeply");
	switch (h.major) {
	case MAJOR_BYTES:
	case MAJOR_TEXT:
		if (h.n > left(in))
			return cut(err);
		in->p += h.n;
		return 0;
	case MAJOR_ARRAY:
		return skip_items(in, h.n, depth + 1, err);
	case MAJOR_MAP:
		if (h.n > left(in) / 2)
			return cut(err);
		return skip_items(in, 2 * h.n, depth + 1, err);
	case MAJOR_TAG:
		return skip_items(in, 1, depth + 1, err);
	case MAJOR_SIMPLE:
		/* Two bytes for what fits into one are not well-formed. */
		if (h.info == INFO_8 && h.n < 32)
			return pd_err_set(err, "cbor: bad simple value");
		return 0;
	default:
		return 0;
	}
}

int
pd_cbor_skip(struct pd_cbor_in *in, struct pd_err *err)
{
	struct pd_cbor_in at = *in;

	if (skip(&at, 0, err) == -1)
		return -1;
	*in = at;
	return 0;
}
