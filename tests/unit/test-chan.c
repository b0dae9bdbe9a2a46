/*
 * wire/chan and wire/proto: messages over a socket, and through memory beside
 * it, whole, in pieces, cut, garbled, too long, and from a peer that is gone.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "randrec.h"
#include "tap.h"
#include "wire/chan.h"

struct ends {
	struct pd_chan	a;
	struct pd_chan	b;
};

static bool in_memory;	/* the tests that follow */

static void
share_memory(struct ends *e)
{
	int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (!pd_ring_make(fd) ||
	    !pd_ring_map(&e->a.ring, fd, PD_RING_DEBUGGER) ||
	    !pd_ring_map(&e->b.ring, fd, PD_RING_ENGINE))
		tap_ok(false, "memory for both");
	close(fd);
}

static void
ends_open(struct ends *e)
{
	int fds[2] = { -1, -1 };

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == -1)
		tap_ok(false, "socketpair: %s", strerror(errno));
	pd_chan_init(&e->a, fds[0]);
	pd_chan_init(&e->b, fds[1]);
	if (in_memory)
		share_memory(e);
}

static void
ends_close(struct ends *e)
{
	pd_chan_done(&e->a);
	pd_chan_done(&e->b);
}

static void
send_text(struct pd_chan *c, enum pd_kind kind, enum pd_op op,
    const char *text)
{
	struct pd_text rec = { .text = pd_str_from(text) };
	struct pd_err err;

	if (pd_chan_send(c, kind, op, &rec, &err) == -1)
		tap_ok(false, "send: %s", err.msg);
	pd_rec_done(&pd_text_desc, &rec);
}

static void
put(struct pd_chan *c, const void *p, size_t n)
{
	bool ring;

	if (c->ring.map != NULL ? pd_ring_write(&c->ring, p, n, &ring) !=
	    (long)n : send(c->fd, p, n, MSG_NOSIGNAL) != (ssize_t)n)
		tap_ok(false, "raw send: %s", strerror(errno));
}

/* ---- the table ----------------------------------------------------------- */

static void
test_table(void)
{
	unsigned rows = 0, names = 0;

	for (unsigned op = 0; op < PD_OP_MAX + 3; op++) {
		const struct pd_op_row *row = pd_op_row(op);

		rows += row != NULL;
		names += row != NULL && row->name != NULL &&
		    row->body != NULL;
	}
	tap_is_int(rows, PD_OP_MAX - 1, "every op has its row, nothing else");
	tap_is_int(names, PD_OP_MAX - 1, "with a name and a record");
	tap_ok(pd_op_desc(PD_KIND_REPLY, PD_OP_EVAL) == &pd_value_desc &&
	    pd_op_desc(PD_KIND_ERROR, PD_OP_EVAL) == &pd_text_desc &&
	    pd_op_desc(PD_KIND_REQUEST, PD_OP_EVAL) == &pd_eval_desc &&
	    pd_op_desc(PD_KIND_REPLY, PD_OP_STOP) == NULL &&
	    pd_op_desc(9, PD_OP_STOP) == NULL &&
	    pd_op_desc(PD_KIND_EVENT, 0) == NULL, "records by kind and op");
}

/* ---- what goes well ------------------------------------------------------ */

static void
round_trip(struct ends *e, struct rnd *r, enum pd_kind kind, enum pd_op op)
{
	const struct pd_desc *desc = pd_op_desc(kind, op);
	void *x = pd_xcalloc(1, desc->size), *y = pd_xcalloc(1, desc->size);
	struct pd_msg msg;
	struct pd_err err = { "" };
	bool good = true;

	for (int i = 0; i < 20 && good; i++) {
		rnd_record(r, desc, x);
		good = pd_chan_send(&e->a, kind, op, x, &err) == 0 &&
		    pd_chan_recv(&e->b, &msg, false, &err) == 1 &&
		    msg.kind == kind && msg.op == op &&
		    pd_msg_body(&msg, y, &err) == 0 &&
		    pd_rec_equal(desc, x, y);
		pd_msg_done(&msg);
		pd_rec_done(desc, x);
		pd_rec_done(desc, y);
	}
	if (!tap_ok(good, "%s of %s", pd_kind_name(kind),
	    pd_op_row(op)->name))
		tap_note("%s", err.msg);
	free(x);
	free(y);
}

static void
test_ops(void)
{
	struct rnd r = { .state = 41 };
	struct ends e;

	ends_open(&e);
	for (unsigned op = 1; op < PD_OP_MAX; op++)
		for (unsigned kind = 0; kind <= PD_KIND_EVENT; kind++)
			if (pd_op_desc(kind, op) != NULL)
				round_trip(&e, &r, kind, op);
	ends_close(&e);
}

/* Bigger than any socket's buffer: the sender must wait for the reader. */
static void
test_big(void)
{
	enum { N = 5000000 };
	struct pd_text rec = { 0 };
	struct pd_msg msg = { 0 };
	struct pd_err err = { "" };
	struct ends e;
	int status = -1;
	pid_t pid;

	ends_open(&e);
	fcntl(e.a.fd, F_SETFL, O_NONBLOCK);
	fcntl(e.b.fd, F_SETFL, O_NONBLOCK);
	pid = fork();
	if (pid == 0) {
		rec.text = (struct pd_str){ pd_xcalloc(1, N + 1), N };
		_exit(pd_chan_send(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, &rec,
		    &err) == -1);
	}
	pd_chan_done(&e.a);
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 1,
	    "a big message, both ends non-blocking");
	tap_ok(pd_msg_body(&msg, &rec, &err) == 0 && rec.text.n == N,
	    "has all its bytes");
	tap_ok(e.b.in.cap < N, "its room is given back");
	pd_rec_done(&pd_text_desc, &rec);
	pd_msg_done(&msg);
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 0, "then the end");
	waitpid(pid, &status, 0);
	tap_is_int(status, 0, "the sender is content");
	ends_close(&e);
}

static void
test_fill(void)
{
	struct pd_msg msg;
	struct pd_err err = { "" };
	struct ends e;
	int n = 0;

	ends_open(&e);
	fcntl(e.b.fd, F_SETFL, O_NONBLOCK);
	tap_is_int(pd_chan_fill(&e.b, &err), 1, "nothing to read is no end");
	tap_is_int(pd_chan_next(&e.b, &msg, &err), 0, "no message yet");
	for (int i = 0; i < 3; i++)
		send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "hello");
	tap_is_int(pd_chan_fill(&e.b, &err), 1, "three at once");
	while (pd_chan_next(&e.b, &msg, &err) == 1) {
		n++;
		pd_msg_done(&msg);
	}
	tap_is_int(n, 3, "come out as three");
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "last");
	put(&e.a, "\x09\0\0\0half", 8);
	pd_chan_done(&e.a);
	tap_is_int(pd_chan_fill(&e.b, &err), 1, "one and a half, then closed");
	tap_is_int(pd_chan_fill(&e.b, &err), 0, "the end");
	tap_is_int(pd_chan_next(&e.b, &msg, &err), 1, "the whole one comes");
	pd_msg_done(&msg);
	tap_is_int(pd_chan_next(&e.b, &msg, &err), -1, "the half does not");
	tap_is_str(err.msg, "message cut after 8 bytes", "and is named");
	ends_close(&e);
}

/* ---- awake --------------------------------------------------------------- */

static void
test_awake(void)
{
	struct pd_msg msg;
	struct pd_err err = { "" };
	struct ends e;

	ends_open(&e);
	tap_is_int(pd_chan_fill_awake(&e.b, &err), 2, "nothing came awake");
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "hello");
	tap_is_int(pd_chan_fill_awake(&e.b, &err), 1, "something did");
	tap_is_int(pd_chan_next(&e.b, &msg, &err), 1, "a message");
	pd_msg_done(&msg);
	pd_chan_done(&e.a);
	tap_is_int(pd_chan_fill_awake(&e.b, &err), 0, "the end comes, too");
	ends_close(&e);
}

/* A wait that is over at once: not awake. */
static bool
lose(struct pd_spin *s)
{
	bool awake = pd_spin_begin(s);

	pd_spin_slept(s);
	return awake;
}

static void
test_spin(void)
{
	struct pd_spin s = { 0 };
	int awake = 0, n = 0;

	/* A wait that the machine has drawn out is none. */
	while (lose(&s) && n < 1000)
		n++;
	tap_ok(n < 1000, "who always loses stops waiting awake");
	for (int i = 0; i < 1000; i++)
		awake += lose(&s);
	tap_ok(awake > 0 && awake < 500, "but tries again (%d of 1000)", awake);
	while (!pd_spin_begin(&s))
		;
	pd_spin_won(&s);
	n = 0;
	for (int i = 0; i < 100; i++) {
		n += pd_spin_begin(&s);
		pd_spin_won(&s);
	}
	tap_is_int(n, 100, "and after a win each time");
	pd_spin_begin(&s);
	for (n = 0; pd_spin_more(&s) && n < 100000000; n++)
		;
	tap_ok(n < 100000000, "each wait has an end");
}

/* ---- what does not ------------------------------------------------------- */

/* A message cut at every byte: an error except at the very front. */
static void
test_cut(void)
{
	struct pd_buf bytes = { 0 };
	struct pd_err err;
	struct pd_msg msg;
	struct ends e;
	bool recv_ok = true, fill_ok = true, again_ok = true;
	char want[64];

	ends_open(&e);
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "a text of some length");
	pd_chan_fill(&e.b, &err);
	pd_buf_add(&bytes, e.b.in.s, e.b.in.n);
	ends_close(&e);
	for (size_t n = 1; n < bytes.n; n++) {
		snprintf(want, sizeof(want), "message cut after %zu bytes", n);
		ends_open(&e);
		put(&e.a, bytes.s, n);
		pd_chan_done(&e.a);
		recv_ok = recv_ok && pd_chan_recv(&e.b, &msg, false, &err) ==
		    -1 && strcmp(err.msg, want) == 0;
		again_ok = again_ok && e.b.bad &&
		    pd_chan_recv(&e.b, &msg, false, &err) == -1 &&
		    pd_chan_fill(&e.b, &err) == -1;
		ends_close(&e);
		ends_open(&e);
		put(&e.a, bytes.s, n);
		pd_chan_done(&e.a);
		fill_ok = fill_ok && pd_chan_fill(&e.b, &err) == 1 &&
		    pd_chan_next(&e.b, &msg, &err) == 0 &&
		    pd_chan_fill(&e.b, &err) == -1 &&
		    strcmp(err.msg, want) == 0;
		ends_close(&e);
	}
	tap_ok(recv_ok, "cut at every byte, recv");
	tap_ok(fill_ok, "cut at every byte, fill and next");
	tap_ok(again_ok, "the channel goes on saying so");
	pd_buf_done(&bytes);
}

/* The same message byte by byte. */
static void
test_pieces(void)
{
	struct pd_buf bytes = { 0 };
	struct pd_err err;
	struct pd_msg msg;
	struct pd_text rec = { 0 };
	struct ends e;
	bool good = true;

	ends_open(&e);
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "in pieces");
	pd_chan_fill(&e.b, &err);
	pd_buf_add(&bytes, e.b.in.s, e.b.in.n);
	pd_buf_reset(&e.b.in);
	for (size_t i = 0; i < bytes.n; i++) {
		good = good && pd_chan_next(&e.b, &msg, &err) == 0;
		put(&e.a, bytes.s + i, 1);
		good = good && pd_chan_fill(&e.b, &err) == 1;
	}
	tap_ok(good, "no message before its last byte");
	tap_is_int(pd_chan_next(&e.b, &msg, &err), 1, "then it is there");
	tap_ok(pd_msg_body(&msg, &rec, &err) == 0 &&
	    pd_str_eq(&rec.text, "in pieces"), "unharmed");
	pd_rec_done(&pd_text_desc, &rec);
	pd_msg_done(&msg);
	pd_buf_done(&bytes);
	ends_close(&e);
}

static const struct {
	const char *name, *bytes;
	size_t n;
	const char *want;
} garbage[] = {
#define ROW(name, lit, want) { name, lit, sizeof(lit) - 1, want }
	ROW("length 0", "\0\0\0\0", "its length is 0"),
	ROW("too long", "\1\0\0\4", "its length is 67108865"),
	ROW("text", "HTTP/1.1 200 OK\r\n", "its length is 1347703880"),
	ROW("no array", "\1\0\0\0\1",
	    "cbor: a number where an array should be"),
	ROW("two parts", "\3\0\0\0\x82\3\x13", "2 parts instead of 3"),
	ROW("no such kind", "\4\0\0\0\x83\4\x13\xa0",
	    "no kind has the number 4"),
	ROW("op 0", "\4\0\0\0\x83\3\0\xa0", "no op has the number 0"),
	ROW("op 2^32+1", "\x0c\0\0\0\x83\3\x1b\0\0\0\1\0\0\0\1\xa0",
	    "no op has the number 4294967297"),
	ROW("a body that is cut", "\4\0\0\0\x83\3\x13\xa1",
	    "cbor: cut in the middle of an item"),
	ROW("bytes behind", "\6\0\0\0\x83\3\x13\xa0\xa0\xa0",
	    "2 bytes too many")
#undef ROW
};

static void
test_garbage(void)
{
	for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
		struct pd_err err = { "" };
		struct pd_msg msg;
		struct ends e;
		char want[200];

		snprintf(want, sizeof(want), "garbled message: %s",
		    garbage[i].want);
		ends_open(&e);
		put(&e.a, garbage[i].bytes, garbage[i].n);
		tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), -1,
		    garbage[i].name);
		tap_is_str(err.msg, want, "its message");
		tap_ok(msg.body.s == NULL && e.b.bad, "and no more from it");
		ends_close(&e);
	}
}

/* The envelope is fine, the record inside is not: the channel lives. */
static void
test_bad_body(void)
{
	struct pd_err err = { "" };
	struct pd_msg msg;
	struct pd_text rec = { 0 };
	struct ends e;

	ends_open(&e);
	put(&e.a, "\6\0\0\0\x83\3\x13\xa1\1\2", 10);
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "fine");
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 1, "an envelope");
	tap_is_int(pd_msg_body(&msg, &rec, &err), -1, "a bad record");
	tap_is_str(err.msg, "garbled event of notice: pd_text: text: cbor: "
	    "a number where bytes should be", "is named whole");
	pd_msg_done(&msg);
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 1, "the next is");
	tap_is_int(pd_msg_body(&msg, &rec, &err), 0, "fine");
	pd_rec_done(&pd_text_desc, &rec);
	msg.kind = PD_KIND_REPLY;
	tap_is_int(pd_msg_body(&msg, &rec, &err), -1, "a reply of notice");
	tap_is_str(err.msg, "there is no reply of op 19", "does not exist");
	pd_msg_done(&msg);
	ends_close(&e);
}

static void
test_gone(void)
{
	struct pd_text rec = { .text = pd_str_from("x") };
	struct pd_err err = { "" };
	struct pd_msg msg;
	struct ends e;

	ends_open(&e);
	send_text(&e.b, PD_KIND_EVENT, PD_OP_NOTICE, "unread by a");
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "last words");
	pd_chan_done(&e.a);
	tap_is_int(pd_chan_send(&e.b, PD_KIND_EVENT, PD_OP_NOTICE, &rec,
	    &err), -1, "sending to nobody (and no SIGPIPE)");
	tap_is_str(err.msg, "cannot send notice: Broken pipe", "says so");
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 1,
	    "last words are heard all the same");
	pd_msg_done(&msg);
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 0,
	    "a reset connection is an end");
	pd_chan_done(&e.b);
	tap_ok(pd_chan_send(&e.b, PD_KIND_EVENT, PD_OP_NOTICE, &rec, &err) ==
	    -1 && pd_chan_recv(&e.b, &msg, false, &err) == -1,
	    "a closed channel");
	tap_is_str(err.msg, "the channel is closed", "says so");
	pd_rec_done(&pd_text_desc, &rec);
	ends_close(&e);
}

static void
test_oversize(void)
{
	struct pd_text rec = { 0 };
	struct pd_err err = { "" };
	struct pd_msg msg;
	struct ends e;

	ends_open(&e);
	rec.text.n = PD_WIRE_MAX;
	rec.text.s = pd_xcalloc(1, rec.text.n + 1);
	tap_is_int(pd_chan_send(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, &rec,
	    &err), -1, "too much for a message");
	tap_is_str(err.msg, "notice: 67108874 bytes are more than a message "
	    "can carry", "says so");
	pd_rec_done(&pd_text_desc, &rec);
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "fine");
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 1,
	    "nothing of it was sent");
	pd_msg_done(&msg);
	ends_close(&e);
}

/* ---- signals ------------------------------------------------------------- */

static void
on_alarm(int signo)
{
	(void)signo;
}

static void
test_intr(void)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	struct itimerval tick = { { 0, 10000 }, { 0, 10000 } }, off = { 0 };
	struct pd_err err = { "" };
	struct pd_msg msg;
	struct ends e;

	ends_open(&e);
	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &tick, NULL);
	tap_is_int(pd_chan_recv(&e.b, &msg, true, &err), -2,
	    "a signal ends the wait");
	fcntl(e.b.fd, F_SETFL, O_NONBLOCK);
	tap_is_int(pd_chan_recv(&e.b, &msg, true, &err), -2,
	    "on a non-blocking socket, too");
	setitimer(ITIMER_REAL, &off, NULL);
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "later");
	tap_is_int(pd_chan_recv(&e.b, &msg, true, &err), 1,
	    "and harms nothing");
	pd_msg_done(&msg);
	ends_close(&e);
}

/* ---- memory -------------------------------------------------------------- */

/* Is there a bell to be heard at that end? */
static bool
rings(struct pd_chan *c)
{
	char byte;

	return recv(c->fd, &byte, 1, MSG_DONTWAIT) == 1;
}

static void
test_bells(void)
{
	static char much[PD_RING_BYTES];
	struct pd_err err;
	struct pd_msg msg;
	struct ends e;
	bool ring;

	ends_open(&e);
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "to one who is awake");
	tap_ok(!rings(&e.b) && pd_chan_has(&e.b), "no bell");
	tap_ok(!pd_chan_sleep(&e.b), "one with work does not fall asleep");
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 1, "the work");
	pd_msg_done(&msg);
	tap_ok(pd_chan_sleep(&e.b), "then it does");
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "wake up");
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "and hear");
	tap_ok(rings(&e.b) && !rings(&e.b), "one bell for two messages");
	for (int i = 0; i < 2; i++) {
		tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 1, "both");
		pd_msg_done(&msg);
	}
	tap_is_int(pd_ring_write(&e.a.ring, much, sizeof(much), &ring),
	    sizeof(much), "as much as it holds");
	tap_is_int(pd_ring_write(&e.a.ring, much, 1, &ring), 0, "and no more");
	tap_ok(pd_ring_await_room(&e.a.ring), "the writer waits");
	pd_ring_read(&e.b.ring, much, 1, &ring);
	tap_ok(ring, "and is rung for");
	tap_ok(!pd_ring_await_room(&e.a.ring), "there is room");
	ends_close(&e);
}

/* Each number in the memory, spoilt by the other side. */
static void
test_nonsense(void)
{
	struct pd_text rec = { .text = pd_str_from("x") };
	struct pd_err err = { "" };
	struct pd_msg msg;
	struct ends e;

	ends_open(&e);
	memset((char *)e.a.ring.map + PD_RING_AT, 0x7f, 256);
	memset(e.a.ring.out, 0x7f, 256);
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), -1, "more bytes "
	    "than there can be");
	tap_is_str(err.msg, "garbled numbers in the channel's memory",
	    "are named");
	e.b.bad = false;
	tap_is_int(pd_chan_send(&e.b, PD_KIND_EVENT, PD_OP_NOTICE, &rec, &err),
	    -1, "more room as well");
	pd_rec_done(&pd_text_desc, &rec);
	ends_close(&e);
}

static void
test_unfit(void)
{
	struct pd_ring r;
	int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	tap_ok(!pd_ring_map(&r, -1, PD_RING_ENGINE), "no file");
	tap_ok(!pd_ring_map(&r, fd, PD_RING_ENGINE), "one that can shrink");
	tap_ok(pd_ring_make(fd) && ftruncate(fd, 0) == -1,
	    "one that is fit cannot");
	close(fd);
	fd = memfd_create("test", MFD_CLOEXEC);
	tap_ok(!pd_ring_make(fd), "one that cannot be sealed");
	close(fd);
}

static void
test_memory(void)
{
	struct pd_err err;
	struct pd_msg msg;
	struct ends e;

	test_bells();
	test_nonsense();
	test_unfit();
	ends_open(&e);
	send_text(&e.a, PD_KIND_EVENT, PD_OP_NOTICE, "last words");
	pd_chan_done(&e.a);
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 1, "last words");
	pd_msg_done(&msg);
	tap_is_int(pd_chan_recv(&e.b, &msg, false, &err), 0, "and the end");
	ends_close(&e);
}

/* What is the same both ways. */
static void
test_both(bool memory)
{
	in_memory = memory;
	test_ops();
	test_big();
	test_fill();
	test_cut();
	test_pieces();
	test_garbage();
	test_bad_body();
	test_oversize();
	test_intr();
}

int
main(void)
{
	test_table();
	test_both(false);
	test_awake();
	test_spin();
	test_gone();
	test_both(true);
	test_memory();
	return tap_done();
}
