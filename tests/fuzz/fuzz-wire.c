/*
 * The wire against arbitrary bytes: as the record of every op, and as a stream
 * of messages.  What can be read must be written, read and written again to
 * the same bytes; and a stream gives the same messages however it is cut.
 *
 * Built with -fsanitize=fuzzer, or with replay.c to run over a corpus.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "wire/cbor.h"
#include "wire/chan.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check(bool good)
{
	if (!good)
		abort();
}

/* rec is a record that was read: it survives being written. */
static void
check_fixed_point(const struct pd_desc *desc, const void *rec)
{
	void *again = pd_xcalloc(1, desc->size);
	struct pd_buf x = { 0 }, y = { 0 };
	struct pd_cbor_in in;
	struct pd_err err;

	pd_rec_encode(desc, rec, &x);
	in.p = (const unsigned char *)x.s;
	in.end = in.p + x.n;
	check(pd_rec_decode(desc, &in, again, &err) == 0);
	check(in.p == in.end);
	check(pd_rec_equal(desc, rec, again));
	pd_rec_encode(desc, again, &y);
	check(x.n == y.n && memcmp(x.s, y.s, x.n) == 0);
	pd_rec_done(desc, again);
	pd_rec_copy(desc, again, rec);
	check(pd_rec_equal(desc, rec, again));
	pd_rec_done(desc, again);
	pd_buf_reset(&y);
	pd_rec_dump(desc, rec, &y);
	check(y.n > 0 && strlen(y.s) == y.n);
	pd_buf_done(&x);
	pd_buf_done(&y);
	free(again);
}

static void
as_record(const struct pd_desc *desc, const uint8_t *p, size_t n)
{
	struct pd_cbor_in in = { .p = p, .end = p + n };
	void *rec = pd_xcalloc(1, desc->size);
	struct pd_err err = { "" };

	if (pd_rec_decode(desc, &in, rec, &err) == 0) {
		check(in.p > p && in.p <= in.end && err.msg[0] == '\0');
		check_fixed_point(desc, rec);
	} else {
		check(in.p == p && err.msg[0] != '\0');
	}
	pd_rec_done(desc, rec);
	free(rec);
}

static void
as_every_record(const uint8_t *p, size_t n)
{
	for (unsigned op = 1; op < PD_OP_MAX; op++)
		for (unsigned kind = 0; kind <= PD_KIND_EVENT; kind++) {
			const struct pd_desc *desc = pd_op_desc(kind, op);

			/* Each record once: requests stand for events. */
			if (desc == NULL || kind == PD_KIND_EVENT ||
			    (kind == PD_KIND_ERROR && op > 1))
				continue;
			as_record(desc, p, n);
		}
}

static void
take_messages(struct pd_chan *c, struct pd_buf *log, unsigned *bodies)
{
	struct pd_msg msg;
	struct pd_err err = { "" };
	int rc;

	while ((rc = pd_chan_next(c, &msg, &err)) == 1) {
		const struct pd_desc *desc = pd_op_desc(msg.kind, msg.op);

		pd_buf_addf(log, "%u %u %zu ", msg.kind, msg.op, msg.body.n);
		pd_buf_add(log, msg.body.s, msg.body.n);
		if (desc != NULL) {
			void *rec = pd_xcalloc(1, desc->size);

			if (pd_msg_body(&msg, rec, &err) == 0) {
				check_fixed_point(desc, rec);
				++*bodies;
			}
			pd_rec_done(desc, rec);
			free(rec);
		}
		pd_msg_done(&msg);
	}
	check(msg.body.s == NULL);
	if (rc == -1) {
		check(c->bad && err.msg[0] != '\0');
		pd_buf_adds(log, "bad");
	}
}

/* Gives the channel step bytes at a time, as a socket might. */
static void
as_stream(const uint8_t *p, size_t n, size_t step, struct pd_buf *log)
{
	struct pd_chan c;
	unsigned bodies = 0;

	pd_chan_init(&c, -1);
	for (size_t at = 0; at < n && !c.bad; at += step) {
		size_t len = n - at < step ? n - at : step;

		pd_buf_add(&c.in, p + at, len);
		take_messages(&c, log, &bodies);
	}
	if (!c.bad) {
		c.eof = true;
		take_messages(&c, log, &bodies);
	}
	pd_chan_done(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of its exact size, so that one byte too far is seen. */
	uint8_t *p = pd_xmalloc(size);
	struct pd_buf whole = { 0 }, pieces = { 0 };

	if (size > 0)
		memcpy(p, data, size);
	as_every_record(p, size);
	as_stream(p, size, size > 0 ? size : 1, &whole);
	as_stream(p, size, size > 0 ? 1 + p[0] % 13 : 1, &pieces);
	check(whole.n == pieces.n && (whole.n == 0 ||
	    memcmp(whole.s, pieces.s, whole.n) == 0));
	pd_buf_done(&whole);
	pd_buf_done(&pieces);
	free(p);
	return 0;
}
