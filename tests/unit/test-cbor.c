/*
 * wire/cbor and wire/record: against RFC 8949's own examples and against
 * input that means harm.  test-libcbor.c holds them against another library.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "model/records.h"
#include "randrec.h"
#include "tap.h"
#include "wire/cbor.h"

static struct pd_cbor_in
reader(const void *p, size_t n)
{
	const unsigned char *bytes = p;

	return (struct pd_cbor_in){ .p = bytes, .end = bytes + n };
}

/* RFC 8949, appendix A. */
static void
test_examples(void)
{
	static const struct {
		uint64_t n;
		const char *bytes;
		size_t len;
	} nums[] = {
		{ 0, "\x00", 1 }, { 1, "\x01", 1 }, { 10, "\x0a", 1 },
		{ 23, "\x17", 1 }, { 24, "\x18\x18", 2 },
		{ 100, "\x18\x64", 2 }, { 1000, "\x19\x03\xe8", 3 },
		{ 1000000, "\x1a\x00\x0f\x42\x40", 5 },
		{ 1000000000000, "\x1b\x00\x00\x00\xe8\xd4\xa5\x10\x00", 9 },
		{ UINT64_MAX, "\x1b\xff\xff\xff\xff\xff\xff\xff\xff", 9 }
	};
	struct pd_buf out = { 0 };

	for (size_t i = 0; i < sizeof(nums) / sizeof(nums[0]); i++) {
		pd_buf_reset(&out);
		pd_cbor_uint(&out, nums[i].n);
		tap_is_bytes(out.s, out.n, nums[i].bytes, nums[i].len,
		    "a number of the RFC");
	}
	pd_buf_reset(&out);
	pd_cbor_int(&out, -1);
	pd_cbor_int(&out, -10);
	pd_cbor_int(&out, -1000);
	pd_cbor_int(&out, INT64_MIN);
	pd_cbor_bytes(&out, "\1\2\3\4", 4);
	pd_cbor_array(&out, 3);
	pd_cbor_map(&out, 2);
	pd_cbor_bool(&out, false);
	pd_cbor_bool(&out, true);
	pd_cbor_null(&out);
	tap_is_bytes(out.s, out.n, "\x20\x29\x39\x03\xe7"
	    "\x3b\x7f\xff\xff\xff\xff\xff\xff\xff"
	    "\x44\1\2\3\4\x83\xa2\xf4\xf5\xf6", 24, "the other items");
	pd_buf_done(&out);
}

static void
test_ints(void)
{
	struct rnd r = { .state = 11 };
	struct pd_buf out = { 0 };
	bool unsigned_ok = true, signed_ok = true, cut_ok = true;

	for (int i = 0; i < 2000; i++) {
		uint64_t u = rnd_edge(&r), v = 0;
		int64_t s = (int64_t)u, w = 0;
		struct pd_cbor_in in;

		pd_buf_reset(&out);
		pd_cbor_uint(&out, u);
		for (size_t n = 0; n < out.n; n++) {
			in = reader(out.s, n);
			cut_ok = cut_ok && pd_cbor_get_uint(&in, &v, NULL) ==
			    -1 && in.p == (unsigned char *)out.s;
		}
		in = reader(out.s, out.n);
		unsigned_ok = unsigned_ok && in.p != NULL &&
		    pd_cbor_get_uint(&in, &v, NULL) == 0 && v == u &&
		    in.p == in.end;
		pd_buf_reset(&out);
		pd_cbor_int(&out, s);
		in = reader(out.s, out.n);
		signed_ok = signed_ok && pd_cbor_get_int(&in, &w, NULL) == 0 &&
		    w == s && in.p == in.end;
	}
	tap_ok(unsigned_ok, "unsigned numbers come back");
	tap_ok(signed_ok, "signed numbers come back");
	tap_ok(cut_ok, "cut ones do not, and take nothing");
	pd_buf_done(&out);
}

struct bad {
	const char	*name;
	const char	*bytes;
	size_t		 n;
};
#define BAD(name, lit)	{ name, lit, sizeof(lit) - 1 }

static void
test_skip(void)
{
	static const struct bad good[] = {
		BAD("text", "\x63""abc"), BAD("empty text", "\x60"),
		BAD("float 16", "\xf9\x3c\x00"),
		BAD("float 32", "\xfa\x47\xc3\x50\x00"),
		BAD("float 64", "\xfb\x3f\xf1\x99\x99\x99\x99\x99\x9a"),
		BAD("undefined", "\xf7"), BAD("simple", "\xf8\xff"),
		BAD("tag", "\xc1\x1a\x51\x4b\x67\xb0"),
		BAD("nested", "\x82\x01\xa1\x02\x83\x03\x41\x00\xf6")
	}, bads[] = {
		BAD("nothing", ""), BAD("cut text", "\x63""ab"),
		BAD("cut float", "\xf9\x3c"), BAD("short simple", "\xf8\x18"),
		BAD("tag of nothing", "\xc1"), BAD("cut array", "\x82\x01"),
		BAD("huge array", "\x9b\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
		BAD("huge map", "\xbb\x80\x00\x00\x00\x00\x00\x00\x00\x01"),
		BAD("huge bytes", "\x5b\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
		BAD("indefinite", "\x9f\x01\xff"), BAD("break", "\xff"),
		BAD("reserved", "\x1c"), BAD("odd map", "\xa1\x01")
	};
	char deep[100];
	struct pd_cbor_in in;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		in = reader(good[i].bytes, good[i].n);
		tap_ok(pd_cbor_skip(&in, NULL) == 0 && in.p == in.end,
		    "skips %s", good[i].name);
	}
	for (size_t i = 0; i < sizeof(bads) / sizeof(bads[0]); i++) {
		in = reader(bads[i].bytes, bads[i].n);
		tap_ok(pd_cbor_skip(&in, NULL) == -1 && in.p ==
		    (const unsigned char *)bads[i].bytes, "refuses %s",
		    bads[i].name);
	}
	memset(deep, '\x81', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = 0;
	in = reader(deep, sizeof(deep));
	tap_is_int(pd_cbor_skip(&in, NULL), -1, "refuses 99 levels");
	in = reader(deep + 80, sizeof(deep) - 80);
	tap_is_int(pd_cbor_skip(&in, NULL), 0, "skips 19 levels");
}

/* Messages of errors: which member, and what is wrong with it. */
static void
is_refused(const char *name, const char *bytes, size_t n, const char *want)
{
	struct pd_sample rec = { 0 }, zero = { 0 };
	struct pd_err err = { "" };
	struct pd_cbor_in in = reader(bytes, n);
	int rc = pd_rec_decode(&pd_sample_desc, &in, &rec, &err);

	tap_is_int(rc, -1, name);
	tap_is_str(err.msg, want, "its message");
	tap_ok(memcmp(&rec, &zero, sizeof(rec)) == 0, "nothing is left");
}

#define REFUSED(name, lit, want)					\
	is_refused(name, lit, sizeof(lit) - 1, "pd_sample: " want)

static void
test_refused(void)
{
	REFUSED("no map", "\x01", "cbor: a number where a map should be");
	REFUSED("empty", "", "cbor: cut in the middle of an item");
	REFUSED("a key twice", "\xa2\x02\x05\x02\x05",
	    "key 2 twice or out of order");
	REFUSED("an unknown key twice", "\xa2\x04\x05\x04\x05",
	    "key 4 twice or out of order");
	REFUSED("keys in disorder", "\xa2\x05\x41x\x02\x05",
	    "key 2 twice or out of order");
	REFUSED("a key of text", "\xa1\x61x\x05",
	    "cbor: text where a number should be");
	REFUSED("a flag that is a number", "\xa1\x01\x01", "flag: cbor: "
	    "something else where a truth value should be");
	REFUSED("a number that is negative", "\xa1\x02\x20",
	    "u: cbor: a negative number where a number should be");
	REFUSED("a number out of range",
	    "\xa1\x03\x1b\x80\x00\x00\x00\x00\x00\x00\x00",
	    "i: cbor: number out of range");
	REFUSED("a number too low",
	    "\xa1\x03\x3b\x80\x00\x00\x00\x00\x00\x00\x00",
	    "i: cbor: number out of range");
	REFUSED("a cut string", "\xa1\x05\x43xy",
	    "s: cbor: cut in the middle of an item");
	REFUSED("text for bytes", "\xa1\x05\x61x",
	    "s: cbor: text where bytes should be");
	REFUSED("an error inside", "\xa2\x05\x41x\x17\x82\xa0\xa1\x01\xf6",
	    "recs: num: cbor: a simple value where a number should be");
	REFUSED("a count that lies",
	    "\xa1\x17\x9a\x7f\xff\xff\xff\xa0\xa0\xa0",
	    "recs: cbor: cut in the middle of an item");
}

static void
test_budget(void)
{
	enum { N = 100000 };
	struct pd_buf out = { 0 };
	struct pd_frames rec = { 0 };
	struct pd_cbor_in in;
	struct pd_err err;

	pd_cbor_map(&out, 1);
	pd_cbor_uint(&out, 1);
	pd_cbor_array(&out, N);
	for (int i = 0; i < N; i++)
		pd_cbor_map(&out, 0);
	in = reader(out.s, out.n);
	tap_is_int(pd_rec_decode(&pd_frames_desc, &in, &rec, &err), -1,
	    "frames that say nothing do not eat the memory");
	tap_is_str(err.msg, "pd_frames: frames: too many items for what they "
	    "say", "its message");
	pd_buf_done(&out);

	for (uint64_t i = 0; i < N; i++) {
		struct pd_frame *f = PD_VEC_PUSH(&rec.frames, struct pd_frame);

		f->index = i;
		f->line = 1;
	}
	pd_rec_encode(&pd_frames_desc, &rec, &out);
	pd_rec_done(&pd_frames_desc, &rec);
	in = reader(out.s, out.n);
	tap_is_int(pd_rec_decode(&pd_frames_desc, &in, &rec, &err), 0,
	    "frames that say a little are welcome");
	tap_is_int((intmax_t)rec.frames.n, N, "all of them");
	pd_rec_done(&pd_frames_desc, &rec);
	pd_buf_done(&out);
}

static void
test_newer(void)
{
	/* {2: 7, 4: [h'', {1: "x"}], 9: 1.5, 2^64-1: null} */
	static const char bytes[] = "\xa4\x02\x07\x04\x82\x40\xa1\x01\x61x"
	    "\x09\xf9\x3e\x00\x1b\xff\xff\xff\xff\xff\xff\xff\xff\xf6" "rest";
	struct pd_sample rec = { 0 };
	struct pd_cbor_in in = reader(bytes, sizeof(bytes) - 1);

	tap_is_int(pd_rec_decode(&pd_sample_desc, &in, &rec, NULL), 0,
	    "unknown keys are skipped");
	tap_ok(rec.u == 7 && rec.s.s == NULL, "the others are read");
	tap_ok(memcmp(in.p, "rest", 4) == 0, "what follows is left");
	pd_rec_done(&pd_sample_desc, &rec);
}

/* Records come back the same; cut anywhere they do not come at all. */
static void
test_records(const struct pd_desc *desc)
{
	struct rnd r = { .state = 5 };
	void *a = pd_xcalloc(1, desc->size), *b = pd_xcalloc(1, desc->size);
	struct pd_buf x = { 0 }, y = { 0 };
	bool same = true, cut = true;

	for (int i = 0; i < 60; i++) {
		struct pd_cbor_in in;

		rnd_record(&r, desc, a);
		pd_buf_reset(&x);
		pd_buf_reset(&y);
		pd_rec_encode(desc, a, &x);
		in = reader(x.s, x.n);
		same = same && pd_rec_decode(desc, &in, b, NULL) == 0 &&
		    in.p == in.end && pd_rec_equal(desc, a, b);
		pd_rec_encode(desc, b, &y);
		same = same && x.n == y.n && memcmp(x.s, y.s, x.n) == 0;
		pd_rec_done(desc, b);
		for (size_t n = 0; n < x.n; n += 1 + n / 64) {
			in = reader(x.s, n);
			cut = cut &&
			    pd_rec_decode(desc, &in, b, NULL) == -1;
		}
		pd_rec_done(desc, a);
	}
	tap_ok(same, "%s comes back the same", desc->name);
	tap_ok(cut, "%s cut anywhere is refused", desc->name);
	pd_buf_done(&x);
	pd_buf_done(&y);
	free(a);
	free(b);
}

int
main(void)
{
	test_examples();
	test_ints();
	test_skip();
	test_refused();
	test_budget();
	test_newer();
	for (size_t i = 0; all_descs[i] != NULL; i++)
		test_records(all_descs[i]);
	return tap_done();
}
