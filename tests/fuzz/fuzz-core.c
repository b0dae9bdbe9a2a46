/*
 * The reader of cores and the core target against arbitrary bytes: as a file,
 * and as the payloads of blocks whose heads, checksums and index are right, so
 * that what is inside is reached.
 *
 * Whatever opens is gone over: every object, every reference, every frame, and
 * what the commands ask.  Nothing may crash, hang or take much memory.
 *
 * Built with -fsanitize=fuzzer, or with replay.c to run over a corpus.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "core/crc.h"
#include "core/store.h"
#include "target/core.h"

#define OBJECTS		2000u	/* that are looked at one by one */
#define STEPS		200u	/* of an iteration over a container */

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* ---- a file of payloads -------------------------------------------------- */

struct maker {
	struct pd_buf	 out;
	struct pd_buf	 index;
	uint64_t	 next[PD_CORE_T_COUNT];
	uint64_t	 blocks;
};

static void
put_block(struct maker *m, unsigned table, uint64_t first, uint32_t count,
    const void *p, size_t n)
{
	struct pd_core_block_head h = { .table = (uint8_t)table,
	    .codec = PD_CORE_RAW, .raw = (uint32_t)n, .stored = (uint32_t)n,
	    .count = count, .first = first };
	struct pd_core_index_entry e = { .offset = m->out.n, .first = first,
	    .count = count, .raw = h.raw, .stored = h.stored,
	    .table = h.table };

	memcpy(h.magic, PD_CORE_BLOCK_MAGIC, sizeof(h.magic));
	h.crc = pd_crc32c(p, n);
	h.head_crc = pd_crc32c(&h, offsetof(struct pd_core_block_head,
	    head_crc));
	pd_buf_add(&m->out, &h, sizeof(h));
	pd_buf_add(&m->out, p, n);
	if (table == PD_CORE_T_INDEX)
		return;
	pd_buf_add(&m->index, &e, sizeof(e));
	m->blocks++;
}

static void
put_head(struct maker *m)
{
	struct pd_core_file_head h = { .major = PD_CORE_MAJOR };
	/* A map that says hex: 3.12. */
	static const char head[] = "\xa1\x09\x1a\x03\x0c\x01\xf0";

	memcpy(h.magic, PD_CORE_MAGIC, sizeof(h.magic));
	pd_buf_add(&m->out, &h, sizeof(h));
	put_block(m, PD_CORE_T_HEAD, 1, 1, head, sizeof(head) - 1);
}

static void
put_trailer(struct maker *m)
{
	struct pd_core_trailer t = { .blocks = m->blocks };
	uint64_t n = m->blocks;

	t.index = m->out.n;
	put_block(m, PD_CORE_T_INDEX, 1, (uint32_t)n, pd_buf_c(&m->index),
	    m->index.n);
	memcpy(t.magic, PD_CORE_TRAILER_MAGIC, sizeof(t.magic));
	t.crc = pd_crc32c(&t, offsetof(struct pd_core_trailer, crc));
	pd_buf_add(&m->out, &t, sizeof(t));
}

/*
 * The recipe: table, what is odd about the block, how many records it claims,
 * length of the payload (two bytes), the payload.
 */
static void
follow(struct maker *m, const uint8_t *p, size_t n)
{
	put_head(m);
	for (unsigned t = 0; t < PD_CORE_T_COUNT; t++)
		m->next[t] = 1;
	while (n >= 5) {
		unsigned table = p[0] % PD_CORE_T_COUNT;
		uint64_t first = m->next[table];
		size_t len = (size_t)(p[3] << 8 | p[4]);

		if (len > n - 5)
			len = n - 5;
		if ((p[1] & 15) == 1)
			first += 1000;
		else if ((p[1] & 15) == 2)
			first = (uint64_t)p[2] << 40;
		if (table != PD_CORE_T_INDEX)
			put_block(m, table, first, p[2], p + 5, len);
		m->next[table] = first + p[2];
		p += 5 + len;
		n -= 5 + len;
	}
	put_trailer(m);
}

/* ---- going over it ------------------------------------------------------- */

static void
look_at_object(struct pd_core_store *s, uint64_t id)
{
	struct pd_core_obj o;
	struct pd_core_ref r;
	struct pd_core_iter it;
	unsigned steps = 0;
	size_t n;

	if (pd_core_store_obj(s, id, &o, NULL) == -1)
		return;
	pd_core_iter_init(&it, &o);
	while (steps++ < STEPS && pd_core_iter_next(s, &it, &r, NULL) == 1)
		pd_core_ref_str(s, &r, &n);
	pd_core_item_at(s, &o, pd_core_obj_len(&o) / 2, &r, NULL);
	pd_core_own_attr(s, &o, "x", 1, &r, NULL);
	pd_core_type_is(s, pd_core_store_type(s, o.type), "builtins", "dict");
}

static void
look_at_store(int fd)
{
	struct pd_core_store *s = pd_core_store_fd(dup(fd), "fuzz", NULL);
	struct pd_core_scan *scan;
	struct pd_core_obj o;
	struct pd_core_ref r;
	uint64_t id = 0;

	if (s == NULL)
		return;
	scan = pd_core_scan_new(s);
	while (pd_core_scan_next(scan, &o, NULL) == 1) {
		while (pd_core_refs_next(&o.items, &r, NULL) == 1)
			continue;
		while (pd_core_refs_next(&o.attrs, &r, NULL) == 1)
			continue;
	}
	pd_core_scan_free(scan);
	for (unsigned i = 0; i < OBJECTS && (id = pd_core_store_next(s,
	    PD_CORE_T_OBJECT, id + 1)) != 0; i++)
		look_at_object(s, id);
	pd_core_store_trim(s);
	pd_core_store_close(s);
}

static void
ask_graph(struct pd_target *t)
{
	for (unsigned what = PD_GRAPH_TYPES; what <= PD_GRAPH_PATH; what++) {
		struct pd_graph_req req = { .what = what,
		    .text = pd_str_from(what == PD_GRAPH_FIND ? "int" : "x"),
		    .max = 5 };
		struct pd_graph rep = { 0 };

		if (what == PD_GRAPH_TYPES)
			pd_str_done(&req.text);
		t->ops->graph(t, &req, &rep, NULL);
		pd_rec_done(&pd_graph_desc, &rep);
		pd_str_done(&req.text);
	}
}

static void
ask_frame(struct pd_target *t, uint64_t frame)
{
	for (unsigned which = 0; which <= PD_VARS_GLOBALS; which++) {
		struct pd_vars_req req = { .frame = frame, .which = which,
		    .max = 200 };
		struct pd_children_req creq = { .frame = frame, .root = which,
		    .max = 20 };
		struct pd_children crep = { 0 };
		struct pd_vars rep = { 0 };

		t->ops->vars(t, &req, &rep, NULL);
		pd_rec_done(&pd_vars_desc, &rep);
		t->ops->children(t, &creq, &crep, NULL);
		pd_rec_done(&pd_children_desc, &crep);
	}
}

static void
look_at_target(int fd)
{
	struct pd_str path = pd_strf("/proc/self/fd/%d", fd);
	struct pd_target *t = pd_target_core_new(path.s, NULL);
	struct pd_exceptions_req ereq = { 0 };
	struct pd_exceptions excs = { 0 };
	struct pd_threads threads = { 0 };
	struct pd_nothing nothing = { 0 };
	struct pd_frames_req freq = { 0 };
	struct pd_frames frames = { 0 };
	struct pd_event ev = { 0 };

	pd_str_done(&path);
	if (t == NULL)
		return;
	t->ops->start(t, NULL, &ev, NULL);
	pd_event_done(&ev);
	t->ops->threads(t, &nothing, &threads, NULL);
	pd_rec_done(&pd_threads_desc, &threads);
	t->ops->exceptions(t, &ereq, &excs, NULL);
	pd_rec_done(&pd_exceptions_desc, &excs);
	t->ops->frames(t, &freq, &frames, NULL);
	for (uint64_t i = 0; i < frames.frames.n && i < 3; i++)
		ask_frame(t, i);
	pd_rec_done(&pd_frames_desc, &frames);
	ask_graph(t);
	t->ops->close(t);
}

static void
look(const void *p, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd == -1 || write(fd, p, n) != (ssize_t)n)
		abort();
	lseek(fd, 0, SEEK_SET);
	look_at_store(fd);
	look_at_target(fd);
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct maker m = { 0 };

	if (size == 0)
		return 0;
	if (data[0] == 0xff) {
		look(data + 1, size - 1);
		return 0;
	}
	follow(&m, data, size);
	look(pd_buf_c(&m.out), m.out.n);
	pd_buf_done(&m.out);
	pd_buf_done(&m.index);
	return 0;
}
