/*
 * core/: what the writer writes is what the reader reads: records, objects of
 * every kind, chunks; and files that are cut, damaged, compressed, crafted.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/alloc.h"
#include "core/crc.h"
#include "core/store.h"
#include "core/write.h"
#include "tap.h"

#define LONG	10000u		/* items of a list that needs chunks */

static int
memfile(const void *p, size_t n)
{
	int fd = memfd_create("core", MFD_CLOEXEC);

	if (fd == -1 || write(fd, p, n) != (ssize_t)n ||
	    lseek(fd, 0, SEEK_SET) == -1)
		abort();
	return fd;
}

static struct pd_buf
contents(int fd)
{
	off_t n = lseek(fd, 0, SEEK_END);
	struct pd_buf b = { 0 };

	pd_buf_reserve(&b, (size_t)n + 1);
	if (pread(fd, b.s, (size_t)n, 0) != n)
		abort();
	b.n = (size_t)n;
	return b;
}

static void
put_head_records(struct pd_core_writer *w)
{
	struct pd_core_head head = { .writer = pd_str_from("test"),
	    .hex = 0x030b02f0 };
	struct pd_core_frame frame = { .func = pd_str_from("f"), .line = 7,
	    .vars = 1 };

	pd_core_put_rec(w, PD_CORE_T_HEAD, &pd_core_head_desc, &head);
	for (frame.line = 1; frame.line <= 3; frame.line++)
		pd_core_put_rec(w, PD_CORE_T_FRAME, &pd_core_frame_desc,
		    &frame);
	pd_core_writer_flush(w);
	pd_rec_done(&pd_core_head_desc, &head);
	pd_rec_done(&pd_core_frame_desc, &frame);
}

static void
put_types(struct pd_core_writer *w)
{
	static const char *const names[] = { "object", "int", "list", "Sub" };
	uint64_t mro[] = { 4, 3, 1 };

	for (size_t i = 0; i < 4; i++) {
		struct pd_core_type t = {
			.module = pd_str_from(i < 3 ? "builtins" : "app"),
			.qualname = pd_str_from(names[i])
		};

		if (i == 3)
			for (size_t k = 0; k < 3; k++)
				*PD_VEC_PUSH(&t.mro, uint64_t) = mro[k];
		pd_core_put_rec(w, PD_CORE_T_TYPE, &pd_core_type_desc, &t);
		pd_rec_done(&pd_core_type_desc, &t);
	}
}

/* 1: a namespace of all constants; 2: a long list; 3..: its chunks; then an
 * object of each other shape. */
static void
put_objects(struct pd_core_writer *w)
{
	uint64_t chunks = (LONG - 1) / PD_CORE_CHUNK_ITEMS;
	uint64_t id = 3 + chunks;

	pd_core_obj_begin(w, PD_CORE_NAMESPACE, 0, 0, 0, PD_CORE_P_ATTRS);
	pd_core_put_array(w, 2 * 12);
	for (unsigned i = 0; i <= PD_CORE_EMPTY_TUPLE; i++) {
		pd_core_ref_name(w, "abcdefgh" + i, 1);
		pd_core_ref_const(w, i);
	}
	pd_core_ref_name(w, "int", 3);
	pd_core_ref_int(w, -5000000000);
	pd_core_ref_name(w, "float", 5);
	pd_core_ref_float(w, 2.5);
	pd_core_ref_name(w, "list", 4);
	pd_core_ref_id(w, 2);
	pd_core_ref_name(w, "self", 4);
	pd_core_ref_id(w, 1);
	pd_core_obj_end(w);

	pd_core_obj_begin(w, PD_CORE_LIST, 4, 0x7f0000001000, 80,
	    PD_CORE_P_ITEMS | PD_CORE_P_ATTRS | PD_CORE_P_TOTAL |
	    PD_CORE_P_MORE | PD_CORE_P_CUT);
	pd_core_put_array(w, PD_CORE_CHUNK_ITEMS);
	for (unsigned i = 0; i < PD_CORE_CHUNK_ITEMS; i++)
		pd_core_ref_int(w, i);
	pd_core_put_array(w, 2);
	pd_core_ref_name(w, "label", 5);
	pd_core_ref_id(w, id);
	pd_core_put_uint(w, LONG + 50);
	pd_core_put_number(w, 3);
	pd_core_put_uint(w, PD_CORE_CUT_BYTES);
	pd_core_obj_end(w);
	for (unsigned i = PD_CORE_CHUNK_ITEMS; i < LONG;) {
		unsigned n = LONG - i < PD_CORE_CHUNK_ITEMS ? LONG - i :
		    PD_CORE_CHUNK_ITEMS;

		pd_core_obj_begin(w, PD_CORE_CHUNK, 0, 0, 0, PD_CORE_P_ITEMS);
		pd_core_put_array(w, n);
		for (; n > 0; n--)
			pd_core_ref_int(w, i++);
		pd_core_obj_end(w);
	}
	pd_core_obj_begin(w, PD_CORE_STR, 0, 0x7f0000000f00, 60,
	    PD_CORE_P_VALUE);
	pd_core_put_bytes(w, "hello", 5);
	pd_core_obj_end(w);
	pd_core_obj_begin(w, PD_CORE_INT, 2, 0x7f0000002000, 36,
	    PD_CORE_P_VALUE);
	pd_core_put_bigint(w, true, (const unsigned char *)"\0\0\0\0\0\0\0\0\1",
	    9);
	pd_core_obj_end(w);
	pd_core_obj_begin(w, PD_CORE_COMPLEX, 0, 0x7f0000002100, 32,
	    PD_CORE_P_VALUE);
	pd_core_put_complex(w, 1.5, -0.0);
	pd_core_obj_end(w);
	pd_core_obj_begin(w, PD_CORE_OBJECT, 1, 0x7f0000002200, 48,
	    PD_CORE_P_DICT | PD_CORE_P_CUT);
	pd_core_put_number(w, id + 4);
	pd_core_put_uint(w, PD_CORE_CUT_DEPTH);
	pd_core_obj_end(w);
	pd_core_obj_begin(w, PD_CORE_DICT, 0, 0x7f0000002300, 64,
	    PD_CORE_P_ITEMS);
	pd_core_put_array(w, 4);
	pd_core_ref_int(w, 1);
	pd_core_ref_const(w, PD_CORE_NONE);
	pd_core_ref_name(w, "x", 1);
	pd_core_ref_id(w, id);
	pd_core_obj_end(w);
}

/* The whole file.  more: that many small objects on top, to have blocks. */
static struct pd_buf
make(unsigned more)
{
	int fd = memfd_create("core", MFD_CLOEXEC);
	struct pd_core_writer *w = pd_core_writer_new(fd, 0);
	struct pd_core_end end = { .objects = 8 + more };
	struct pd_err err = { "" };
	struct pd_buf b;

	put_head_records(w);
	put_types(w);
	put_objects(w);
	for (unsigned i = 0; i < more; i++) {
		pd_core_obj_begin(w, PD_CORE_TUPLE, 1, 0x7f0000003000 +
		    i * 2654435761u % 100000, 56, PD_CORE_P_ITEMS);
		pd_core_put_array(w, 2);
		pd_core_ref_int(w, i);
		pd_core_ref_int(w, i * 2654435761u);
		pd_core_obj_end(w);
	}
	pd_core_put_rec(w, PD_CORE_T_END, &pd_core_end_desc, &end);
	if (pd_core_writer_close(w, true, &err) == -1)
		abort();
	b = contents(fd);
	close(fd);
	return b;
}

static struct pd_core_store *
reopen(const struct pd_buf *b, struct pd_err *err)
{
	return pd_core_store_fd(memfile(b->s, b->n), "x.pycore", err);
}

/* ---- what was written ---------------------------------------------------- */

static void
test_constants(struct pd_core_store *s)
{
	static const enum pd_core_ref_kind want[] = {
		PD_CORE_R_NONE, PD_CORE_R_FALSE, PD_CORE_R_TRUE,
		PD_CORE_R_ELLIPSIS, PD_CORE_R_NOTIMPL, PD_CORE_R_UNBOUND,
		PD_CORE_R_LEFT_OUT, PD_CORE_R_EMPTY_TUPLE
	};
	struct pd_core_obj o;
	struct pd_core_ref r;
	bool good = true;

	tap_is_int(pd_core_store_obj(s, 1, &o, NULL), 0, "the namespace");
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		good = good && pd_core_own_attr(s, &o, &"abcdefgh"[i], 1, &r,
		    NULL) == 1 && r.kind == want[i];
	tap_ok(good, "the constants");
	tap_ok(pd_core_own_attr(s, &o, "int", 3, &r, NULL) == 1 &&
	    r.kind == PD_CORE_R_INT && r.i == -5000000000, "an int");
	tap_ok(pd_core_own_attr(s, &o, "float", 5, &r, NULL) == 1 &&
	    r.kind == PD_CORE_R_FLOAT && r.f == 2.5, "a float");
	tap_ok(pd_core_own_attr(s, &o, "self", 4, &r, NULL) == 1 &&
	    r.kind == PD_CORE_R_OBJ && r.id == 1, "an object, itself");
	tap_is_int(pd_core_own_attr(s, &o, "nosuch", 6, &r, NULL), 0,
	    "a name that it has not");
}

static void
test_list(struct pd_core_store *s)
{
	struct pd_core_obj o;
	struct pd_core_ref r;
	struct pd_core_iter it;
	size_t n;
	int64_t sum = 0;
	int rc;

	tap_is_int(pd_core_store_obj(s, 2, &o, NULL), 0, "the list");
	tap_is_int((intmax_t)pd_core_obj_len(&o), LONG + 50, "its length");
	tap_is_int((intmax_t)o.addr, 0x7f0000001000, "its address");
	tap_is_int(o.cut, PD_CORE_CUT_BYTES, "it was cut");
	tap_ok(pd_core_type_is(s, pd_core_store_type(s, o.type), "builtins",
	    "list"), "its type is a list by its bases");
	tap_ok(!pd_core_type_is(s, pd_core_store_type(s, o.type), "builtins",
	    "int"), "and no int");
	tap_ok(pd_core_item_at(s, &o, 9999, &r, NULL) == 1 &&
	    r.kind == PD_CORE_R_INT && r.i == 9999, "its last item");
	tap_ok(pd_core_item_at(s, &o, LONG, &r, NULL) == 1 &&
	    r.kind == PD_CORE_R_LEFT_OUT, "one that was left out");
	tap_is_int(pd_core_item_at(s, &o, LONG + 50, &r, NULL), 0,
	    "one that it never had");
	pd_core_iter_init(&it, &o);
	while ((rc = pd_core_iter_next(s, &it, &r, NULL)) == 1 &&
	    r.kind == PD_CORE_R_INT)
		sum += r.i;
	tap_ok(rc == 1 && r.kind == PD_CORE_R_LEFT_OUT &&
	    pd_core_iter_next(s, &it, &r, NULL) == 0,
	    "the end of what there is says so");
	tap_is_int(sum, (intmax_t)LONG * (LONG - 1) / 2, "all its items");
	tap_ok(pd_core_own_attr(s, &o, "label", 5, &r, NULL) == 1 &&
	    pd_core_ref_str(s, &r, &n) != NULL && n == 5 &&
	    memcmp(pd_core_ref_str(s, &r, &n), "hello", 5) == 0,
	    "its attribute is a text");
}

static void
test_others(struct pd_core_store *s)
{
	uint64_t id = 3 + (LONG - 1) / PD_CORE_CHUNK_ITEMS;
	struct pd_core_obj o;
	struct pd_core_ref r;

	tap_ok(pd_core_store_obj(s, id + 1, &o, NULL) == 0 &&
	    o.vkind == PD_CORE_V_BIG && o.negative && o.n == 9 &&
	    memcmp(o.s, "\0\xff\xff\xff\xff\xff\xff\xff\xff", 9) == 0,
	    "-(2 ** 64)");
	tap_ok(pd_core_store_obj(s, id + 2, &o, NULL) == 0 &&
	    o.vkind == PD_CORE_V_COMPLEX && o.f[0] == 1.5 &&
	    __builtin_signbit(o.f[1]), "a complex");
	tap_ok(pd_core_store_obj(s, id + 3, &o, NULL) == 0 &&
	    o.dict == id + 4 && o.cut == PD_CORE_CUT_DEPTH &&
	    pd_core_own_attr(s, &o, "x", 1, &r, NULL) == 1 &&
	    r.kind == PD_CORE_R_OBJ && r.id == id,
	    "an attribute from the __dict__");
	tap_ok(pd_core_store_obj(s, id + 4, &o, NULL) == 0 &&
	    pd_core_obj_len(&o) == 2, "the dict has two");
	tap_ok(pd_core_store_obj(s, id + 5, &o, NULL) == -1,
	    "an object that is not there");
	tap_ok(pd_core_store_type(s, 5) == NULL && pd_core_store_type(s, 0) ==
	    NULL, "types that are not there");
}

static void
test_scan(struct pd_core_store *s, uint64_t want)
{
	struct pd_core_scan *scan = pd_core_scan_new(s);
	struct pd_core_obj o, again;
	uint64_t n = 0;
	bool good = true;

	while (pd_core_scan_next(scan, &o, NULL) == 1) {
		good = good && o.id == ++n &&
		    pd_core_store_obj(s, n, &again, NULL) == 0 &&
		    again.addr == o.addr && again.kind == o.kind &&
		    again.items.left == o.items.left;
		if (n % 500 == 0)
			pd_core_store_trim(s);
	}
	pd_core_scan_free(scan);
	tap_ok(good, "going over it gives what asking gives");
	tap_is_int((intmax_t)n, (intmax_t)want, "all of them");
}

static void
test_round(void)
{
	struct pd_buf b = make(0);
	struct pd_err err = { "" };
	struct pd_core_store *s = reopen(&b, &err);
	struct pd_core_frame f = { 0 };

	if (!tap_ok(s != NULL, "it opens")) {
		tap_note("%s", err.msg);
		return;
	}
	tap_ok(!pd_core_store_cut(s) && pd_core_store_damaged(s) == 0 &&
	    pd_core_store_end(s) != NULL, "whole");
	tap_is_str(pd_str_c(&pd_core_store_head(s)->writer), "test", "head");
	tap_is_int((intmax_t)pd_core_store_count(s, PD_CORE_T_FRAME), 3,
	    "frames");
	tap_ok(pd_core_store_rec(s, PD_CORE_T_FRAME, 2, &pd_core_frame_desc,
	    &f, NULL) == 0 && f.line == 2, "a frame");
	pd_rec_done(&pd_core_frame_desc, &f);
	tap_ok(pd_core_store_rec(s, PD_CORE_T_FRAME, 4, &pd_core_frame_desc,
	    &f, NULL) == -1, "a frame that is not there");
	test_constants(s);
	test_list(s);
	test_others(s);
	test_scan(s, 9 + (LONG - 1) / PD_CORE_CHUNK_ITEMS - 2);
	pd_core_store_close(s);
	pd_buf_done(&b);
}

static bool
yes(void *ctx)
{
	++*(int *)ctx;
	return true;
}

static void
test_stop(void)
{
	struct pd_buf b = make(60000);
	struct pd_err err = { "" };
	struct pd_core_store *s = reopen(&b, &err);
	struct pd_core_scan *scan = pd_core_scan_new(s);
	struct pd_core_obj o;
	int asked = 0;

	pd_core_store_stop(s, yes, &asked);
	tap_is_int(pd_core_scan_next(scan, &o, &err), -1,
	    "going over it can be ended");
	tap_ok(asked == 1 && strcmp(err.msg, "interrupted") == 0, "in words");
	pd_core_scan_free(scan);
	pd_core_store_close(s);
	pd_buf_done(&b);
}

/* ---- not as it should be ------------------------------------------------- */

static void
test_cut(void)
{
	struct pd_buf b = make(60000);
	struct pd_err err = { "" };
	struct pd_core_store *s;
	uint64_t before = 0;
	bool good = true;

	s = reopen(&b, &err);
	test_scan(s, 60007 + (LONG - 1) / PD_CORE_CHUNK_ITEMS);
	pd_core_store_close(s);
	for (size_t percent = 5; percent < 100; percent += 5) {
		struct pd_buf part = { .s = b.s, .n = b.n * percent / 100 };
		uint64_t n;

		s = reopen(&part, &err);
		good = good && s != NULL && pd_core_store_cut(s) &&
		    pd_core_store_count(s, PD_CORE_T_FRAME) == 3;
		n = s == NULL ? 0 : pd_core_store_count(s, PD_CORE_T_OBJECT);
		good = good && n >= before;
		before = n;
		pd_core_store_close(s);
	}
	tap_ok(good, "cut anywhere: the frames, and more the more there is");
	tap_ok(before > 40000, "cut at 95 %%: most of the objects");
	pd_buf_done(&b);
}

static void
test_damage(void)
{
	struct pd_buf b = make(60000);
	struct pd_err err = { "" };
	struct pd_core_store *s;
	struct pd_core_obj o;
	uint64_t seen = 0;
	struct pd_core_scan *scan;

	/* One byte in the middle of a block; with the index, and without. */
	b.s[b.n / 2] ^= 1;
	s = reopen(&b, &err);
	tap_ok(s != NULL && !pd_core_store_cut(s), "a damaged one opens");
	scan = pd_core_scan_new(s);
	while (pd_core_scan_next(scan, &o, &err) == 1)
		seen++;
	pd_core_scan_free(scan);
	tap_ok(seen > 50000 && seen < 60000, "all but a block's objects");
	tap_is_int((intmax_t)pd_core_store_damaged(s), 1, "which is told");
	tap_ok(pd_core_store_obj(s, 30000, &o, &err) == -1 ||
	    pd_core_store_obj(s, 32000, &o, &err) == -1 || seen > 0,
	    "what is in it is not there");
	pd_core_store_close(s);
	b.s[b.n - 1] ^= 1;
	s = reopen(&b, &err);
	tap_ok(s != NULL && pd_core_store_cut(s), "a damaged trailer");
	tap_ok(s != NULL && pd_core_store_count(s, PD_CORE_T_OBJECT) > 60000,
	    "everything is found without it");
	pd_core_store_close(s);
	pd_buf_done(&b);
}

static void
test_packed(void)
{
	struct pd_buf b = make(1000), z = { 0 };
	struct pd_err err = { "" };
	struct pd_core_store *s;
	z_stream g = { 0 };
	size_t n;

	pd_buf_reserve(&z, ZSTD_compressBound(b.n) + b.n);
	z.n = ZSTD_compress(z.s, ZSTD_compressBound(b.n), b.s, b.n, 3);
	s = reopen(&z, &err);
	tap_ok(s != NULL && !pd_core_store_cut(s), "packed by zstd");
	pd_core_store_close(s);
	deflateInit2(&g, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
	    Z_DEFAULT_STRATEGY);
	g.next_in = (unsigned char *)b.s;
	g.avail_in = (unsigned)b.n;
	g.next_out = (unsigned char *)z.s;
	g.avail_out = (unsigned)z.cap;
	deflate(&g, Z_FINISH);
	n = z.n = g.total_out;
	deflateEnd(&g);
	s = reopen(&z, &err);
	tap_ok(s != NULL && !pd_core_store_cut(s), "packed by gzip");
	pd_core_store_close(s);
	z.n = n * 8 / 10;
	s = reopen(&z, &err);
	tap_ok(s != NULL && pd_core_store_cut(s) &&
	    pd_core_store_count(s, PD_CORE_T_FRAME) == 3,
	    "packed by gzip, then cut");
	pd_core_store_close(s);
	pd_buf_done(&z);
	pd_buf_done(&b);
}

static void
refused(int fd, const char *want)
{
	struct pd_err err = { "" };
	struct pd_core_store *s = pd_core_store_fd(fd, "x", &err);

	tap_ok(s == NULL, "refused: %s", want);
	tap_is_str(err.msg, want, "the reason");
	pd_core_store_close(s);
}

static void
test_refused(void)
{
	struct pd_buf b = make(0);
	int pipes[2];

	refused(memfile("", 0), "x: is empty");
	refused(memfile("import os\n", 10), "x: is not a core of pydbg");
	refused(memfile(PD_CORE_MAGIC, 8), "x: is not a core of pydbg");
	refused(memfile(b.s, 16), "x: nothing of the core can be read");
	refused(open("/", O_RDONLY), "x: is a directory, not a core");
	refused(open("/dev/zero", O_RDONLY), "x: is not a core of pydbg");
	b.s[8] = 9;
	refused(memfile(b.s, b.n),
	    "x: is a core of version 9.1; this pydbg reads version 1");
	if (pipe(pipes) == -1)
		abort();
	close(pipes[1]);
	refused(pipes[0], "x: is empty");
	pd_buf_done(&b);
}

/* Every byte of a small file wrong once: nothing crashes, what opens can be
 * gone over. */
static void
test_each_byte(void)
{
	struct pd_buf b = make(3);
	struct pd_core_obj o;
	struct pd_core_ref r;
	unsigned opened = 0;

	for (size_t i = 0; i < b.n; i += 3) {
		struct pd_core_store *s;
		struct pd_core_scan *scan;

		b.s[i] ^= 0x55;
		s = reopen(&b, NULL);
		b.s[i] ^= 0x55;
		if (s == NULL)
			continue;
		opened++;
		scan = pd_core_scan_new(s);
		while (pd_core_scan_next(scan, &o, NULL) == 1)
			while (pd_core_refs_next(&o.items, &r, NULL) == 1)
				continue;
		pd_core_scan_free(scan);
		pd_core_store_close(s);
	}
	tap_ok(opened > 0, "bytes that are wrong");
	pd_buf_done(&b);
}

int
main(void)
{
	tap_ok(pd_crc32c("123456789", 9) == 0xe3069283, "the checksum");
	test_round();
	test_stop();
	test_cut();
	test_damage();
	test_packed();
	test_refused();
	test_each_byte();
	return tap_done();
}
