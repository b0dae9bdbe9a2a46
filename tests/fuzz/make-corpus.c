/*
 * Writes the first corpus of fuzz-wire into a directory: a message of every op
 * and kind with a random record, its record alone, streams of several
 * messages, and mangled ones.  What fuzzing found stands beside them as
 * found-NN.  The same files each time; run it again
 * when records or ops are added:
 *
 *	ninja -C build tests/fuzz/make-corpus
 *	build/tests/fuzz/make-corpus tests/fuzz/corpus-wire
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "randrec.h"
#include "wire/cbor.h"
#include "wire/proto.h"

static const char *dir;

static void
put_file(const char *name, const char *kind, const struct pd_buf *buf)
{
	struct pd_str file = pd_strf("%s/%s-%s", dir, name, kind);
	FILE *f = fopen(file.s, "wb");

	if (f == NULL || fwrite(pd_buf_c(buf), 1, buf->n, f) != buf->n ||
	    fclose(f) != 0) {
		perror(file.s);
		exit(1);
	}
	pd_str_done(&file);
}

static void
add_message(struct rnd *r, unsigned kind, unsigned op, struct pd_buf *out)
{
	const struct pd_desc *desc = pd_op_desc(kind, op);
	void *rec = pd_xcalloc(1, desc->size);
	size_t start = out->n, n;

	rnd_record(r, desc, rec);
	pd_buf_add(out, "\0\0\0\0", 4);
	pd_cbor_array(out, 3);
	pd_cbor_uint(out, kind);
	pd_cbor_uint(out, op);
	pd_rec_encode(desc, rec, out);
	n = out->n - start - 4;
	for (unsigned i = 0; i < 4; i++)
		out->s[start + i] = (char)(n >> (8 * i) & 0xff);
	pd_rec_done(desc, rec);
	free(rec);
}

/* A handful of changed bytes, sometimes a cut. */
static void
mangle(struct rnd *r, struct pd_buf *buf)
{
	for (uint64_t n = 1 + rnd_next(r) % 4; n > 0; n--)
		buf->s[rnd_next(r) % buf->n] = (char)rnd_next(r);
	if (rnd_next(r) % 3 == 0)
		buf->n = 1 + rnd_next(r) % buf->n;
}

static void
put_op(struct rnd *r, unsigned kind, unsigned op)
{
	const char *name = pd_op_row(op)->name;
	struct pd_buf buf = { 0 };

	add_message(r, kind, op, &buf);
	put_file(name, pd_kind_name(kind), &buf);
	/* Length, array, kind, op take 7 bytes; the record is left. */
	pd_buf_drop(&buf, 7);
	put_file(name, kind == PD_KIND_REPLY ? "reply-record" : "record",
	    &buf);
	pd_buf_done(&buf);
}

/* Small harms, by hand: {1: h'61'} and such. */
static const struct {
	const char *name;
	const char *bytes;
	size_t n;
} edges[] = {
#define EDGE(name, lit) { name, lit, sizeof(lit) - 1 }
	EDGE("key-twice", "\xa2\1\x41""a\1\x41""b"),
	EDGE("key-twice-unknown", "\xa2\x18\x63\1\x18\x63\1"),
	EDGE("keys-descend", "\xa2\2\x41""a\1\x41""b"),
	EDGE("string-cut", "\xa1\1\x43""ab"),
	EDGE("string-huge", "\xa1\1\x5b\xff\xff\xff\xff\xff\xff\xff\xff""a"),
	EDGE("skip-cut", "\xa1\x18\x63\x43""ab"),
	EDGE("skip-deep", "\xa1\x18\x63\x81\x81\x81\x81\x81\x81\x81\x81\x81"
	    "\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81"
	    "\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\1"),
	EDGE("array-lies", "\xa1\1\x9a\x7f\xff\xff\xff\xa0\xa0"),
	EDGE("array-of-nothing", "\xa1\1\x84\xa0\xa0\xa0\xa0"),
	EDGE("map-lies", "\xbb\x80\0\0\0\0\0\0\1\1\1"),
	EDGE("number-wide", "\xa1\1\x1b\0\0\0\0\0\0\0\1"),
	EDGE("number-zero", "\xa1\1\0"),
	EDGE("null-argument", "\xa1\5\x82\xf6\x40"),
	EDGE("indefinite", "\xbf\1\1\xff"),
	EDGE("length-0", "\0\0\0\0"),
	EDGE("length-huge", "\xff\xff\xff\xff\x83"),
	EDGE("length-short", "\3\0\0\0\x83\3\x13\xa0"),
	EDGE("length-long", "\5\0\0\0\x83\3\x13\xa0\xa0"),
	EDGE("message-least", "\4\0\0\0\x83\3\x13\xa0"),
	EDGE("kind-bad", "\4\0\0\0\x83\4\x13\xa0"),
	EDGE("op-bad", "\4\0\0\0\x83\3\0\xa0"),
	EDGE("reply-without", "\4\0\0\0\x83\1\x13\xa0"),
	EDGE("empty", "")
#undef EDGE
};

static void
put_edges(void)
{
	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
		struct pd_buf buf = { 0 };

		pd_buf_add(&buf, edges[i].bytes, edges[i].n);
		put_file("edge", edges[i].name, &buf);
		pd_buf_done(&buf);
	}
}

int
main(int argc, char **argv)
{
	struct rnd r = { .state = 2026 };
	struct pd_buf stream = { 0 };

	if (argc != 2) {
		fprintf(stderr, "usage: make-corpus DIRECTORY\n");
		return 2;
	}
	dir = argv[1];
	for (unsigned op = 1; op < PD_OP_MAX; op++) {
		struct pd_buf buf = { 0 };

		put_op(&r, PD_KIND_REQUEST, op);
		if (pd_op_desc(PD_KIND_REPLY, op) != NULL)
			put_op(&r, PD_KIND_REPLY, op);
		add_message(&r, PD_KIND_EVENT, op, &buf);
		mangle(&r, &buf);
		put_file(pd_op_row(op)->name, "mangled", &buf);
		pd_buf_done(&buf);
		if (op % 4 == 0)
			add_message(&r, PD_KIND_ERROR, op, &stream);
		else
			add_message(&r, PD_KIND_EVENT, op, &stream);
	}
	put_edges();
	put_file("all", "stream", &stream);
	stream.n -= 5;
	put_file("all", "cut", &stream);
	pd_buf_done(&stream);
	return 0;
}
