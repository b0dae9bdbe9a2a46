/*
 * A channel: messages on a stream socket, both ends; or through memory
 * (wire/ring.h) beside it, from when both have agreed on that.
 *
 * Knows framing and CBOR, not what messages mean.  Sending blocks until all
 * is written.  Garbage or a cut message is an error that names it; the
 * channel is then unusable (pd_chan_recv goes on saying so).  Never writes
 * to a closed socket with SIGPIPE (MSG_NOSIGNAL).
 */
#ifndef PD_WIRE_CHAN_H
#define PD_WIRE_CHAN_H

#include "base/err.h"
#include "base/str.h"
#include "wire/proto.h"
#include "wire/ring.h"
#include "wire/spin.h"

struct pd_chan {
	int		 fd;		/* owned; -1 when closed */
	struct pd_buf	 in;		/* received, not yet parsed */
	struct pd_buf	 out;		/* scratch for sending */
	bool		 bad;		/* garbage or a cut message was seen */
	bool		 eof;		/* the other end has closed */
	struct pd_spin	 spin;		/* how long to wait awake */
	/* Once it is mapped all bytes go through it, and the socket rings. */
	struct pd_ring	 ring;
	bool		 hung_up;	/* the socket has ended */
};

struct pd_msg {
	unsigned	 kind;		/* enum pd_kind */
	unsigned	 op;		/* enum pd_op, a valid one */
	struct pd_str	 body;		/* CBOR of the record, owned */
};

void	 pd_chan_init(struct pd_chan *, int fd);
void	 pd_chan_done(struct pd_chan *);	/* closes the fd */

/* rec is described by the op's row for that kind.  -1 with err. */
int	 pd_chan_send(struct pd_chan *, enum pd_kind, enum pd_op,
	    const void *rec, struct pd_err *);
/* 1: a message; 0: the other end closed at a message's border; -1: err.
 * Blocks; returns -2 on EINTR if intr is set. */
int	 pd_chan_recv(struct pd_chan *, struct pd_msg *, bool intr,
	    struct pd_err *);
/* For a poll loop: reads what is there.  1: read something, 0: EOF,
 * -1: err (EAGAIN and EINTR count as 1).  At EOF whole messages may still be
 * there for pd_chan_next(), which then reports a cut one behind them. */
int	 pd_chan_fill(struct pd_chan *, struct pd_err *);
/* The same before the loop goes to sleep in poll: waits awake, if that is
 * likely to help (wire/spin.h).  Also 2: nothing came; when something has,
 * the loop says pd_spin_slept(). */
int	 pd_chan_fill_awake(struct pd_chan *, struct pd_err *);
/* Before the loop sleeps in poll: false if something has come by then. */
bool	 pd_chan_sleep(struct pd_chan *);
/* Has something come that was not read yet?  The socket's is poll's to say. */
bool	 pd_chan_has(const struct pd_chan *);
/* Takes the next whole message that was read.  1, 0: none yet, -1: err. */
int	 pd_chan_next(struct pd_chan *, struct pd_msg *, struct pd_err *);
void	 pd_msg_done(struct pd_msg *);

/* The record of a message, by its row and kind.  rec must be zeroed; on
 * failure it is left done. */
int	 pd_msg_body(const struct pd_msg *, void *rec, struct pd_err *);

#endif
