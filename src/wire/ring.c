/*
 * wire/ring: see ring.h.
 *
 * Counters run on and wrap (2**32 is a multiple of the size); each is written
 * by one side alone, which believes its own copy.  A flag that asks to be
 * rung is set before a last look, and taken after what was written is there:
 * with both in one order for all (seq_cst) one of the two sees the other.
 *
 * Called by chan.c, by launch.c, which makes the file, and by those who begin
 * to use it (engine/main.c, target/hello.c).
 */
#include "wire/ring.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE	64		/* bytes that processors pass around at once */

struct pd_ring_half {
	_Alignas(LINE) _Atomic uint32_t	put;
	_Atomic uint32_t		full;	/* the writer waits for room */
	_Alignas(LINE) _Atomic uint32_t	taken;
	_Atomic uint32_t		asleep;	/* the reader is, or soon */
	_Alignas(LINE) unsigned char	bytes[PD_RING_BYTES];
};

#define SIZE	(PD_RING_AT + 2 * sizeof(struct pd_ring_half))

bool
pd_ring_make(int fd)
{
	struct rlimit most;

	/* What is more is a deadly signal. */
	if (getrlimit(RLIMIT_FSIZE, &most) == -1 || most.rlim_cur < SIZE)
		return false;
	return ftruncate(fd, SIZE) == 0 && fcntl(fd, F_ADD_SEALS,
	    F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
}

bool
pd_ring_map(struct pd_ring *r, int fd, enum pd_ring_side side)
{
	struct pd_ring_half *half;
	struct stat st;
	void *map;
	int seals = fcntl(fd, F_GET_SEALS);

	*r = (struct pd_ring){ 0 };
	if (seals == -1 || !(seals & F_SEAL_SHRINK) || fstat(fd, &st) == -1 ||
	    st.st_size < (off_t)SIZE)
		return false;
	map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return false;
	if (side == PD_RING_ENGINE && madvise(map, SIZE, MADV_DONTFORK) == -1) {
		munmap(map, SIZE);
		return false;
	}
	half = (struct pd_ring_half *)((char *)map + PD_RING_AT);
	r->map = map;
	r->in = &half[side == PD_RING_ENGINE];
	r->out = &half[side == PD_RING_DEBUGGER];
	return true;
}

void
pd_ring_unmap(struct pd_ring *r)
{
	if (r->map != NULL)
		munmap(r->map, SIZE);
	*r = (struct pd_ring){ 0 };
}

/* Into the ring or out of it, from a counter on. */
static void
copy(unsigned char *bytes, uint32_t at, unsigned char *p, size_t n, bool in)
{
	size_t first = PD_RING_BYTES - at % PD_RING_BYTES;

	if (first > n)
		first = n;
	if (in) {
		memcpy(bytes + at % PD_RING_BYTES, p, first);
		memcpy(bytes, p + first, n - first);
	} else {
		memcpy(p, bytes + at % PD_RING_BYTES, first);
		memcpy(p + first, bytes, n - first);
	}
}

long
pd_ring_read(struct pd_ring *r, void *p, size_t n, bool *ring)
{
	uint32_t there = atomic_load_explicit(&r->in->put,
	    memory_order_acquire) - r->taken;

	*ring = false;
	if (there > PD_RING_BYTES)
		return -1;
	if (there == 0)
		return 0;
	if (r->drowsy) {
		r->drowsy = false;
		atomic_store_explicit(&r->in->asleep, 0, memory_order_relaxed);
	}
	if (n > there)
		n = there;
	copy(r->in->bytes, r->taken, p, n, false);
	r->taken += (uint32_t)n;
	atomic_store(&r->in->taken, r->taken);
	*ring = atomic_load(&r->in->full) != 0 &&
	    atomic_exchange(&r->in->full, 0) != 0;
	return (long)n;
}

/* Room in out; false: garbage. */
static bool
room(const struct pd_ring *r, size_t *n)
{
	uint32_t used = r->put - atomic_load(&r->out->taken);

	*n = PD_RING_BYTES - used;
	return used <= PD_RING_BYTES;
}

long
pd_ring_write(struct pd_ring *r, const void *p, size_t n, bool *ring)
{
	size_t free_bytes;

	*ring = false;
	if (!room(r, &free_bytes))
		return -1;
	if (n > free_bytes)
		n = free_bytes;
	if (n == 0)
		return 0;
	copy(r->out->bytes, r->put, (unsigned char *)p, n, true);
	r->put += (uint32_t)n;
	atomic_store(&r->out->put, r->put);
	*ring = atomic_load(&r->out->asleep) != 0 &&
	    atomic_exchange(&r->out->asleep, 0) != 0;
	return (long)n;
}

bool
pd_ring_has(const struct pd_ring *r)
{
	return atomic_load_explicit(&r->in->put, memory_order_acquire) !=
	    r->taken;
}

bool
pd_ring_sleep(struct pd_ring *r)
{
	r->drowsy = true;
	atomic_store(&r->in->asleep, 1);
	return atomic_load(&r->in->put) == r->taken;
}

bool
pd_ring_await_room(struct pd_ring *r)
{
	size_t n;

	atomic_store(&r->out->full, 1);
	return room(r, &n) && n == 0;
}
