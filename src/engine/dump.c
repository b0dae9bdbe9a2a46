/*
 * The walk: from the frames outwards, breadth first, each object once.
 *
 * Called by whoever wants a core (see dump.h); the parts are in dump-*.c.  An
 * object gets its number when it is first referred to, and is queued; the
 * queue is written in its order, so numbers and places agree.  A budget that
 * is used up closes the queue: what is not numbered then is left out, and
 * where it is referred to the file says so.
 *
 * Globals and modules lead to nearly everything, and would use up a small
 * budget before the second level of a local variable.  What is met there first
 * is far, and gets no more than half of a budget while there is anything near
 * that is still to be written: then no more of it is numbered, and what has
 * its number already is written as a stub.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "engine/dump-room.h"

uint64_t
pd_dump_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- the queue ------------------------------------------------------- */

static uint64_t
enqueue(struct pd_dumper *d, uintptr_t item)
{
	if (d->queued == d->queue_cap) {
		d->queue_cap = d->queue_cap == 0 ? 4096 : d->queue_cap * 2;
		d->queue = pd_xrealloc(d->queue, d->queue_cap *
		    sizeof(*d->queue));
	}
	d->queue[d->queued++] = item;
	if (item & PD_Q_FAR)
		d->nfar++;
	else
		d->near_left++;
	return d->queued;
}

static bool
is_closed(struct pd_dumper *d)
{
	uint64_t max = d->req->limits.objects;

	if (d->closed == PD_CORE_CUT_NONE && max != 0 && d->queued >= max)
		d->closed = PD_CORE_CUT_OBJECTS;
	return d->closed != PD_CORE_CUT_NONE;
}

/* Have the far ones had their half?  Of what budget? */
static enum pd_core_cut
far_closed(const struct pd_dumper *d)
{
	const struct pd_dump_limits *l = &d->req->limits;

	if (d->near_left == 0)
		return PD_CORE_CUT_NONE;
	if (d->half != PD_CORE_CUT_NONE)
		return d->half;
	return l->objects != 0 && d->nfar >= l->objects / 2 ?
	    PD_CORE_CUT_OBJECTS : PD_CORE_CUT_NONE;
}

/* What was met as far, and is not written yet, is near as well. */
static void
come_near(struct pd_dumper *d, uint64_t n)
{
	uintptr_t *item = &d->queue[n - 1];

	if (n > d->written && (*item & PD_Q_FAR) != 0) {
		*item &= ~(uintptr_t)PD_Q_FAR;
		d->nfar--;
		d->near_left++;
	}
}

static uint64_t
number(struct pd_dumper *d, uintptr_t item, bool far)
{
	enum pd_core_cut cut;
	uint64_t *at, n;

	if (is_closed(d))
		return pd_map_get(&d->ids, (const void *)item);
	if (far && (cut = far_closed(d)) != PD_CORE_CUT_NONE) {
		n = pd_map_get(&d->ids, (const void *)item);
		if (n == 0)
			d->far_cut = cut;
		return n;
	}
	at = pd_map_at(&d->ids, (const void *)item);
	if (*at != 0) {
		if (!far)
			come_near(d, *at);
		return *at;
	}
	n = enqueue(d, far ? item | PD_Q_FAR : item);
	*at = n;
	return n;
}

uint64_t
pd_dump_id(struct pd_dumper *d, PyObject *o)
{
	return number(d, (uintptr_t)o | PD_Q_OBJECT,
	    d->far || PyModule_Check(o));
}

uint64_t
pd_dump_far_id(struct pd_dumper *d, PyObject *o)
{
	return number(d, (uintptr_t)o | PD_Q_OBJECT, true);
}

uint64_t
pd_dump_frame_id(struct pd_dumper *d, struct _PyInterpreterFrame *f)
{
	return number(d, (uintptr_t)f | PD_Q_FRAME, d->far);
}

uint64_t
pd_dump_chunks(struct pd_dumper *d, struct pd_run_on *r, uint64_t n)
{
	uint64_t first = d->queued + 1;

	for (; n > 0; n--)
		enqueue(d, (uintptr_t)r | PD_Q_CHUNK |
		    (d->far ? PD_Q_FAR : 0));
	return first;
}

/* ---- going through it ------------------------------------------------ */

static void
write_item(struct pd_dumper *d, uintptr_t item)
{
	void *p = (void *)(item & ~(uintptr_t)(PD_Q_MASK | PD_Q_FAR));
	enum pd_core_cut cut = PD_CORE_CUT_NONE;

	d->far = (item & PD_Q_FAR) != 0;
	if (!d->far)
		d->near_left--;
	else
		cut = far_closed(d);
	/* That the objects are many does not make one of them large. */
	if (cut == PD_CORE_CUT_BYTES || cut == PD_CORE_CUT_SECONDS) {
		d->far_cut = cut;
		pd_dump_stub(d, (item & PD_Q_MASK) == PD_Q_OBJECT ? p : NULL,
		    (item & PD_Q_MASK) == PD_Q_FRAME ? PD_CORE_NAMESPACE :
		    PD_CORE_CHUNK, cut);
		return;
	}
	switch (item & PD_Q_MASK) {
	case PD_Q_OBJECT:
		pd_dump_object(d, p);
		break;
	case PD_Q_FRAME:
		pd_dump_namespace(d, p);
		break;
	case PD_Q_CHUNK:
		pd_dump_chunk(d, p);
		break;
	}
}

static void
watch(struct pd_dumper *d)
{
	uint64_t ns = pd_dump_now() - d->began;
	uint64_t max = d->req->limits.ms * 1000000u;

	if (ns > max / 2)
		d->half = PD_CORE_CUT_SECONDS;
	if (ns > max)
		d->closed = PD_CORE_CUT_SECONDS;
}

/* Has a budget been used up that ends the writing itself? */
static bool
is_over(struct pd_dumper *d, size_t i)
{
	const struct pd_dump_limits *l = &d->req->limits;
	uint64_t bytes = l->bytes != 0 ? pd_core_writer_bytes(d->w) : 0;

	if (pd_core_writer_failed(d->w))
		return true;
	if (l->bytes != 0 && bytes >= l->bytes / 2)
		d->half = PD_CORE_CUT_BYTES;
	if (l->bytes != 0 && bytes > l->bytes)
		d->closed = PD_CORE_CUT_BYTES;
	/* A chunk is as much work as thousands of others. */
	else if (l->ms != 0 && (i % 64 == 0 ||
	    (d->queue[i] & PD_Q_MASK) == PD_Q_CHUNK))
		watch(d);
	return d->closed == PD_CORE_CUT_BYTES ||
	    d->closed == PD_CORE_CUT_SECONDS;
}

/* Writes what is queued, from number i + 1 on; returns how many were
 * written. */
static size_t
walk(struct pd_dumper *d, size_t i)
{
	d->level_end = d->queued;
	for (; i < d->queued && !is_over(d, i); i++) {
		if (i == d->level_end) {
			d->level++;
			d->level_end = d->queued;
			if (d->req->limits.depth != 0 &&
			    d->level >= d->req->limits.depth &&
			    d->closed == PD_CORE_CUT_NONE)
				d->closed = PD_CORE_CUT_DEPTH;
		}
		d->written = i + 1;
		write_item(d, d->queue[i]);
	}
	return i;
}

static bool
also(void *ctx, PyObject *o)
{
	struct pd_dumper *d = ctx;

	if (o != d->req->but)
		pd_dump_id(d, o);
	return true;
}

static void
begin(struct pd_dumper *d, const struct pd_dump *req, int fd)
{
	memset(d, 0, sizeof(*d));
	d->req = req;
	d->began = pd_dump_now();
	d->w = pd_core_writer_new(fd, 0);
}

static void
done(struct pd_dumper *d)
{
	pd_map_done(&d->ids);
	pd_map_done(&d->types);
	pd_map_done(&d->frame_of);
	pd_map_done(&d->sources);
	free(d->queue);
	for (size_t i = 0; i < d->ntypes; i++)
		free(d->tinfos[i]);
	free(d->tinfos);
	pd_pairs_done(&d->pairs);
	free(d->attrs);
	pd_buf_done(&d->text);
	PD_VEC_EACH(&d->runs, struct pd_run_on *, r) {
		if ((*r)->owned)
			free((*r)->seq);
		free(*r);
	}
	pd_vec_done(&d->runs);
	pd_vec_done(&d->frames);
	PD_VEC_EACH(&d->excs, struct pd_dexc, x)
		pd_rec_done(&pd_core_exc_desc, &x->rec);
	pd_vec_done(&d->excs);
	PD_VEC_EACH(&d->threads, struct pd_core_thread, t)
		pd_rec_done(&pd_core_thread_desc, t);
	pd_vec_done(&d->threads);
	PD_VEC_EACH(&d->files, struct pd_core_source, s)
		pd_rec_done(&pd_core_source_desc, s);
	pd_vec_done(&d->files);
	PD_VEC_EACH(&d->secrets, struct pd_str, s)
		pd_str_done(s);
	pd_vec_done(&d->secrets);
}

static void
write_all(struct pd_dumper *d, struct pd_dump_report *report)
{
	static const char *const limits[] = {
		[PD_CORE_CUT_BYTES] = "bytes",
		[PD_CORE_CUT_OBJECTS] = "objects",
		[PD_CORE_CUT_SECONDS] = "seconds",
		[PD_CORE_CUT_DEPTH] = "depth"
	};
	struct pd_core_end end = { 0 };

	pd_dump_put_head(d);
	pd_dump_collect(d);
	pd_dump_number_frames(d);
	pd_dump_put_excs(d);
	pd_dump_put_frames(d);
	pd_core_writer_flush(d->w);
	end.objects = walk(d, 0);
	if (d->req->all && d->closed == PD_CORE_CUT_NONE) {
		pd_layout_gc_each(also, d);
		end.objects = walk(d, end.objects);
	}
	end.unwritten = d->queued - end.objects;
	end.cut = d->closed == PD_CORE_CUT_NONE ? d->far_cut : d->closed;
	end.cut_objects = d->cut_objects;
	pd_dump_put_modules(d);
	end.ms = (pd_dump_now() - d->began) / 1000000u;
	pd_core_put_rec(d->w, PD_CORE_T_END, &pd_core_end_desc, &end);
	report->objects = end.objects;
	report->unwritten = end.unwritten;
	report->limit = pd_str_from(limits[end.cut]);
	report->ms = end.ms;
}

int
pd_dump_write(int fd, const struct pd_dump *req,
    struct pd_dump_report *report, struct pd_err *err)
{
	/* A collection would run finalizers. */
	int gc = PyGC_Disable(), rc;
	PyObject *was[3];
	struct pd_dumper d;

	PyErr_Fetch(&was[0], &was[1], &was[2]);
	begin(&d, req, fd);
	write_all(&d, report);
	rc = pd_core_writer_close(d.w, true, err);
	done(&d);
	PyErr_Restore(was[0], was[1], was[2]);
	if (gc)
		PyGC_Enable();
	return rc;
}
