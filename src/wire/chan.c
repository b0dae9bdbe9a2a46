/*
 * wire/chan: whole messages; chan-io.c has their bytes.
 *
 * For the target (debugger), start.so and the engine.  Blocks in chan-io.c
 * alone; starts nothing, prints nothing, and keeps nothing outside struct
 * pd_chan.  A message of the largest size is held once while it comes in and
 * once as its body.
 */
#include "wire/chan.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "wire/cbor.h"
#include "wire/chan-io.h"

#define HEAD		4		/* bytes of the length */
#define KEEP		(1u << 20)	/* an empty buffer may keep so many */

void
pd_chan_init(struct pd_chan *c, int fd)
{
	*c = (struct pd_chan){ .fd = fd };
}

void
pd_chan_done(struct pd_chan *c)
{
	if (c->fd != -1)
		close(c->fd);
	pd_buf_done(&c->in);
	pd_buf_done(&c->out);
	pd_ring_unmap(&c->ring);
	*c = (struct pd_chan){ .fd = -1 };
}

void
pd_msg_done(struct pd_msg *msg)
{
	pd_str_done(&msg->body);
	*msg = (struct pd_msg){ 0 };
}

static void
shrink(struct pd_buf *buf)
{
	if (buf->n == 0 && buf->cap > KEEP)
		pd_buf_done(buf);
}

static int
unusable(struct pd_err *err)
{
	return pd_err_set(err, "the channel is unusable after a garbled or "
	    "cut message");
}

/* ---- sending ------------------------------------------------------------- */

static void
log_rec(const char *way, unsigned kind, unsigned op, const void *rec)
{
	struct pd_buf text = { 0 };

	if (!pd_log_on("wire"))
		return;
	pd_rec_dump(pd_op_desc(kind, op), rec, &text);
	pd_log("wire", "%s %s %s: %s", way, pd_kind_name(kind),
	    pd_op_row(op)->name, pd_buf_c(&text));
	pd_buf_done(&text);
}

int
pd_chan_send(struct pd_chan *c, enum pd_kind kind, enum pd_op op,
    const void *rec, struct pd_err *err)
{
	const struct pd_desc *desc = pd_op_desc(kind, op);
	const struct pd_op_row *row = pd_op_row(op);
	size_t n;
	int rc;

	if (desc == NULL) {
		PD_BUG("there is no %s of op %u", pd_kind_name(kind),
		    (unsigned)op);
		return pd_err_set(err, "there is no %s of op %u",
		    pd_kind_name(kind), (unsigned)op);
	}
	if (c->fd == -1)
		return pd_chan_closed(err);
	log_rec("send", kind, op, rec);
	pd_buf_reset(&c->out);
	pd_buf_add(&c->out, "\0\0\0\0", HEAD);
	pd_cbor_array(&c->out, 3);
	pd_cbor_uint(&c->out, kind);
	pd_cbor_uint(&c->out, op);
	pd_rec_encode(desc, rec, &c->out);
	n = c->out.n - HEAD;
	if (n > PD_WIRE_MAX) {
		rc = pd_err_set(err, "%s: %zu bytes are more than a message "
		    "can carry", row->name, n);
	} else {
		for (unsigned i = 0; i < HEAD; i++)
			c->out.s[i] = (char)(n >> (8 * i) & 0xff);
		rc = pd_chan_put(c, row->name, err);
	}
	pd_buf_reset(&c->out);
	shrink(&c->out);
	return rc;
}

/* ---- receiving ----------------------------------------------------------- */

static int
garbage(struct pd_chan *c, struct pd_err *err, const char *why)
{
	c->bad = true;
	pd_log("wire", "garbage: %s", why);
	pd_buf_done(&c->in);
	return pd_err_set(err, "garbled message: %s", why);
}

static int
cut_off(struct pd_chan *c, struct pd_err *err)
{
	size_t n = c->in.n;

	c->bad = true;
	pd_log("wire", "cut after %zu bytes", n);
	pd_buf_done(&c->in);
	return pd_err_set(err, "message cut after %zu bytes", n);
}

/* The length of the message at the front; false if it is not yet there. */
static bool
front_length(const struct pd_chan *c, size_t *n)
{
	if (c->in.n < HEAD)
		return false;
	*n = 0;
	for (unsigned i = 0; i < HEAD; i++)
		*n |= (size_t)(unsigned char)c->in.s[i] << (8 * i);
	return true;
}

/* A whole message, or something that never becomes one, is at the front. */
static bool
front_ready(const struct pd_chan *c)
{
	size_t n;

	return front_length(c, &n) &&
	    (n == 0 || n > PD_WIRE_MAX || c->in.n - HEAD >= n);
}

/* Takes n bytes apart: [kind, op, body].  -1 and err if they are not that. */
static int
parse(const char *p, size_t n, struct pd_msg *msg, struct pd_err *err)
{
	const unsigned char *bytes = (const unsigned char *)p;
	struct pd_cbor_in in = { .p = bytes, .end = bytes + n };
	const unsigned char *body;
	uint64_t len, kind, op;

	if (pd_cbor_get_array(&in, &len, err) == -1)
		return -1;
	if (len != 3)
		return pd_err_set(err, "%llu parts instead of 3",
		    (unsigned long long)len);
	if (pd_cbor_get_uint(&in, &kind, err) == -1 ||
	    pd_cbor_get_uint(&in, &op, err) == -1)
		return -1;
	if (kind > PD_KIND_EVENT)
		return pd_err_set(err, "no kind has the number %llu",
		    (unsigned long long)kind);
	if (op >= PD_OP_MAX || pd_op_row((unsigned)op) == NULL)
		return pd_err_set(err, "no op has the number %llu",
		    (unsigned long long)op);
	body = in.p;
	if (pd_cbor_skip(&in, err) == -1)
		return -1;
	if (in.p != in.end)
		return pd_err_set(err, "%zu bytes too many",
		    (size_t)(in.end - in.p));
	msg->kind = (unsigned)kind;
	msg->op = (unsigned)op;
	msg->body = pd_str_new((const char *)body, (size_t)(in.end - body));
	return 0;
}

int
pd_chan_next(struct pd_chan *c, struct pd_msg *msg, struct pd_err *err)
{
	struct pd_err why;
	size_t n = 0;

	*msg = (struct pd_msg){ 0 };
	if (c->bad)
		return unusable(err);
	if (!front_ready(c)) {
		if (c->eof && c->in.n > 0)
			return cut_off(c, err);
		return 0;
	}
	front_length(c, &n);
	if (n == 0 || n > PD_WIRE_MAX) {
		pd_err_set(&why, "its length is %zu", n);
		return garbage(c, err, why.msg);
	}
	if (parse(c->in.s + HEAD, n, msg, &why) == -1)
		return garbage(c, err, why.msg);
	pd_buf_drop(&c->in, HEAD + n);
	shrink(&c->in);
	return 1;
}

/* Looks until something comes or it is not worth it any longer. */
static enum pd_chan_got
read_awake(struct pd_chan *c, struct pd_err *err)
{
	enum pd_chan_got got = PD_CHAN_NOTHING;

	/* That costs nothing. */
	if (c->ring.map != NULL)
		got = pd_chan_take(c, PD_LOOK_AWAKE, err);
	if (got != PD_CHAN_NOTHING || !pd_spin_begin(&c->spin))
		return got;
	do
		got = pd_chan_take(c, PD_LOOK_AWAKE, err);
	while (got == PD_CHAN_NOTHING && pd_spin_more(&c->spin));
	if (got == PD_CHAN_SOME)
		pd_spin_won(&c->spin);
	return got;
}

/* What pd_chan_fill() says of it. */
static int
filled(struct pd_chan *c, enum pd_chan_got got, struct pd_err *err)
{
	switch (got) {
	case PD_CHAN_ERR:
		return -1;
	case PD_CHAN_END:
		return c->in.n > 0 && !front_ready(c) ? cut_off(c, err) : 0;
	default:
		return 1;
	}
}

int
pd_chan_fill(struct pd_chan *c, struct pd_err *err)
{
	if (c->bad)
		return unusable(err);
	return filled(c, pd_chan_take(c, PD_LOOK_ALL, err), err);
}

bool
pd_chan_sleep(struct pd_chan *c)
{
	return c->ring.map == NULL || pd_ring_sleep(&c->ring);
}

bool
pd_chan_has(const struct pd_chan *c)
{
	return c->ring.map != NULL && pd_ring_has(&c->ring);
}

int
pd_chan_fill_awake(struct pd_chan *c, struct pd_err *err)
{
	enum pd_chan_got got;

	if (c->bad)
		return unusable(err);
	got = read_awake(c, err);
	return got == PD_CHAN_NOTHING || got == PD_CHAN_SIGNAL ? 2 :
	    filled(c, got, err);
}

/* Something, however long it takes. */
static enum pd_chan_got
read_wait(struct pd_chan *c, struct pd_err *err)
{
	enum pd_chan_got got = read_awake(c, err);

	if (got != PD_CHAN_NOTHING)
		return got;
	got = pd_chan_take(c, PD_LOOK_UNTIL, err);
	if (got == PD_CHAN_NOTHING && !pd_chan_poll(c, POLLIN))
		got = PD_CHAN_SIGNAL;
	if (got == PD_CHAN_SOME)
		pd_spin_slept(&c->spin);
	return got;
}

int
pd_chan_recv(struct pd_chan *c, struct pd_msg *msg, bool intr,
    struct pd_err *err)
{
	for (;;) {
		int rc = pd_chan_next(c, msg, err);
		enum pd_chan_got got;

		if (rc != 0)
			return rc;
		got = read_wait(c, err);
		if (got == PD_CHAN_SIGNAL && intr)
			return -2;
		if (got == PD_CHAN_ERR)
			return -1;
		if (got == PD_CHAN_END && c->in.n == 0)
			return 0;
	}
}

int
pd_msg_body(const struct pd_msg *msg, void *rec, struct pd_err *err)
{
	const unsigned char *p = (const unsigned char *)msg->body.s;
	struct pd_cbor_in in = { .p = p, .end = p + msg->body.n };
	const struct pd_desc *desc = pd_op_desc(msg->kind, msg->op);
	const struct pd_op_row *row = pd_op_row(msg->op);
	struct pd_err why;

	if (desc == NULL)
		return pd_err_set(err, "there is no %s of op %u",
		    pd_kind_name(msg->kind), msg->op);
	if (pd_rec_decode(desc, &in, rec, &why) == -1)
		return pd_err_set(err, "garbled %s of %s: %s",
		    pd_kind_name(msg->kind), row->name, why.msg);
	if (in.p != in.end) {
		pd_rec_done(desc, rec);
		return pd_err_set(err, "garbled %s of %s: %zu bytes too many",
		    pd_kind_name(msg->kind), row->name,
		    (size_t)(in.end - in.p));
	}
	log_rec("got", msg->kind, msg->op, rec);
	return 0;
}
