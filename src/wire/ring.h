/*
 * Bytes between the two processes through memory that both have mapped: one
 * ring each way, of one writer and one reader.
 *
 * A message through a socket is two system calls; here it is none while both
 * sides are awake.  The socket stays beside it: who goes to sleep says so in
 * the memory and sleeps in the socket, where the other side rings (a byte of
 * any value) when there is something; and its end is the channel's end.
 *
 * The other side is not trusted: whatever it writes into the memory, reads and
 * writes stay within it, and numbers that make no sense are an error.  The file
 * is sealed, so nobody can cut it under a reader.  Nothing here waits or calls
 * the system but for the mapping; chan.c does that.
 */
#ifndef PD_WIRE_RING_H
#define PD_WIRE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The file: last words (start/doors.h), then the rings. */
#define PD_RING_AT	4096
#define PD_RING_BYTES	65536u		/* of each; a power of two */

struct pd_ring_half;

/* One side's view; zeroed: there is none. */
struct pd_ring {
	void			*map;	/* owned */
	struct pd_ring_half	*in, *out;
	uint32_t		 taken;	/* bytes of in that we have read */
	uint32_t		 put;	/* bytes of out that we have written */
	bool			 drowsy;	/* we said that we sleep */
};

enum pd_ring_side { PD_RING_DEBUGGER, PD_RING_ENGINE };

/* Makes a file fit for it; false if it cannot be. */
bool	 pd_ring_make(int fd);
/* Maps it.  The engine's is not given to children that it forks.  False: it is
 * not fit, or there is no memory. */
bool	 pd_ring_map(struct pd_ring *, int fd, enum pd_ring_side);
void	 pd_ring_unmap(struct pd_ring *);
/* Takes up to n bytes; how many, -1: the other side's numbers are garbage.
 * *ring: the other side waits for the room. */
long	 pd_ring_read(struct pd_ring *, void *, size_t n, bool *ring);
/* Puts up to n bytes; how many, -1 likewise.  *ring: the other side sleeps. */
long	 pd_ring_write(struct pd_ring *, const void *, size_t n, bool *ring);
/* Is there something to read? */
bool	 pd_ring_has(const struct pd_ring *);
/* From now on the other side rings when it writes.  False: there is something
 * already. */
bool	 pd_ring_sleep(struct pd_ring *);
/* From now on it rings when it has read.  False: there is room already. */
bool	 pd_ring_await_room(struct pd_ring *);

#endif
