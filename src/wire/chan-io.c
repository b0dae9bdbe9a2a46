/*
 * wire/chan-io: bytes of a channel, out and in.
 *
 * Called by chan.c.  Without memory the socket carries them; with it the
 * socket rings, and tells of the end.  Blocks in send(2), recv(2) and poll(2).
 */
#include "wire/chan-io.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define CHUNK		16384		/* bytes read at once */

int
pd_chan_closed(struct pd_err *err)
{
	return pd_err_set(err, "the channel is closed");
}

bool
pd_chan_poll(struct pd_chan *c, short events)
{
	struct pollfd p = { .fd = c->fd, .events = events };

	/* Whatever else it has to say, the call that follows says better. */
	return poll(&p, 1, -1) != -1 || errno != EINTR;
}

static int
send_all(struct pd_chan *c, const char *what, struct pd_err *err)
{
	size_t sent = 0;

	while (sent < c->out.n) {
		ssize_t n = send(c->fd, c->out.s + sent, c->out.n - sent,
		    MSG_NOSIGNAL);

		if (n >= 0) {
			sent += (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			pd_chan_poll(c, POLLOUT);
		} else if (errno != EINTR) {
			int why = errno;

			/* Half a message must not be followed by another. */
			if (sent > 0)
				shutdown(c->fd, SHUT_WR);
			return pd_err_set(err, "cannot send %s: %s", what,
			    strerror(why));
		}
	}
	return 0;
}

/* ---- the memory ---------------------------------------------------------- */

/* Wakes the other side.  If the socket is full it is awake. */
static void
ring_bell(struct pd_chan *c)
{
	send(c->fd, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Takes what was rung.  how: flags of recv(2).  False: nothing, see errno. */
static bool
hear(struct pd_chan *c, int how)
{
	char rung[64];
	ssize_t n = recv(c->fd, rung, sizeof(rung), how);

	/* Whatever it cannot be read for (the program may have closed it). */
	if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
		c->hung_up = true;
	return n > 0 || c->hung_up;
}

static int
nonsense(struct pd_chan *c, struct pd_err *err)
{
	c->bad = true;
	return pd_err_set(err, "garbled numbers in the channel's memory");
}

static int
put_all(struct pd_chan *c, const char *what, struct pd_err *err)
{
	size_t put = 0;

	while (put < c->out.n) {
		bool ring;
		long n = pd_ring_write(&c->ring, c->out.s + put,
		    c->out.n - put, &ring);

		if (n < 0)
			return nonsense(c, err);
		if (ring)
			ring_bell(c);
		put += (size_t)n;
		if (n == 0 && pd_ring_await_room(&c->ring)) {
			pd_chan_poll(c, POLLIN);
			hear(c, MSG_DONTWAIT);
		}
		if (c->hung_up && put < c->out.n)
			return pd_err_set(err, "cannot send %s: %s", what,
			    strerror(EPIPE));
	}
	return 0;
}

int
pd_chan_put(struct pd_chan *c, const char *what, struct pd_err *err)
{
	return c->ring.map != NULL ? put_all(c, what, err) :
	    send_all(c, what, err);
}

/* ---- in ------------------------------------------------------------------ */

static void
read_into(struct pd_chan *c, size_t n)
{
	c->in.n += n;
	c->in.s[c->in.n] = '\0';
}

/* From the memory; to look awake is no system call. */
static enum pd_chan_got
read_ring(struct pd_chan *c, enum pd_look look, struct pd_err *err)
{
	for (;;) {
		bool over = c->hung_up, ring;
		long n;

		pd_buf_reserve(&c->in, CHUNK);
		n = pd_ring_read(&c->ring, c->in.s + c->in.n, CHUNK, &ring);
		if (n < 0) {
			nonsense(c, err);
			return PD_CHAN_ERR;
		}
		if (ring)
			ring_bell(c);
		if (n > 0) {
			read_into(c, (size_t)n);
			return PD_CHAN_SOME;
		}
		if (over) {
			c->eof = true;
			return PD_CHAN_END;
		}
		if (look == PD_LOOK_AWAKE)
			return PD_CHAN_NOTHING;
		if (look == PD_LOOK_UNTIL && !pd_ring_sleep(&c->ring))
			continue;
		if (hear(c, look == PD_LOOK_UNTIL ? 0 : MSG_DONTWAIT))
			continue;
		return errno == EINTR ? PD_CHAN_SIGNAL : PD_CHAN_NOTHING;
	}
}

enum pd_chan_got
pd_chan_take(struct pd_chan *c, enum pd_look look, struct pd_err *err)
{
	ssize_t n;

	if (c->fd == -1) {
		pd_chan_closed(err);
		return PD_CHAN_ERR;
	}
	if (c->ring.map != NULL)
		return read_ring(c, look, err);
	pd_buf_reserve(&c->in, CHUNK);
	n = recv(c->fd, c->in.s + c->in.n, CHUNK, look == PD_LOOK_UNTIL ? 0 :
	    MSG_DONTWAIT);
	if (n > 0) {
		read_into(c, (size_t)n);
		return PD_CHAN_SOME;
	}
	if (n < 0 && errno == EINTR)
		return PD_CHAN_SIGNAL;
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return PD_CHAN_NOTHING;
	/* A peer that dies with something unread resets the connection. */
	if (n < 0 && errno != ECONNRESET) {
		pd_err_set(err, "cannot read from the channel: %s",
		    strerror(errno));
		return PD_CHAN_ERR;
	}
	c->eof = true;
	return PD_CHAN_END;
}
