/*
 * The bytes of a channel, for chan.c: to a socket, or to the memory beside it
 * (wire/ring.h).
 */
#ifndef PD_WIRE_CHAN_IO_H
#define PD_WIRE_CHAN_IO_H

#include "wire/chan.h"

enum pd_chan_got {
	PD_CHAN_ERR = -1,
	PD_CHAN_END,
	PD_CHAN_SOME,
	PD_CHAN_SIGNAL,		/* one came first */
	PD_CHAN_NOTHING
};

/* How long to look for some. */
enum pd_look {
	PD_LOOK_AWAKE,		/* again and again: by the cheapest means */
	PD_LOOK_ALL,		/* once; the socket's bells are taken as well */
	PD_LOOK_UNTIL		/* until there are; or NOTHING where the socket
				   does not block: then poll it */
};

/* Appends what has come to c->in. */
enum pd_chan_got	pd_chan_take(struct pd_chan *, enum pd_look,
			    struct pd_err *);
/* Writes all of c->out; what names the message.  0, -1 with err. */
int	 pd_chan_put(struct pd_chan *, const char *what, struct pd_err *);
/* Sleeps until the socket can be read (POLLIN) or written (POLLOUT).  False if
 * a signal came first. */
bool	 pd_chan_poll(struct pd_chan *, short events);
/* -1, with that as err. */
int	 pd_chan_closed(struct pd_err *);

#endif
