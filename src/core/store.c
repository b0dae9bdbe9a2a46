/*
 * core/store: a core that is open, and its records.
 *
 * For the core target and the evaluator; see store.h for how long what it
 * gives out is good.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "base/alloc.h"
#include "core/read-room.h"

/* Blocks that stay after a trim: what is asked for next is often there. */
#define KEEP_MAX	(8u << 20)
/* A record of any table but SOURCE and OBJECT; its strings and vectors take up
 * to 64 times as much. */
#define RECORD_MAX	(4u << 20)
#define TYPES_MAX	(1u << 20)

/* ---- opening and closing ------------------------------------------------- */

static int
load_head(struct pd_core_store *s, struct pd_err *err)
{
	if (pd_core_index_read(s, err) == -1)
		return -1;
	if (pd_core_store_rec(s, PD_CORE_T_HEAD, 1, &pd_core_head_desc,
	    &s->head, NULL) == -1)
		return pd_err_set(err, "%s: nothing of the core can be read",
		    s->name);
	s->has_end = pd_core_store_rec(s, PD_CORE_T_END, 1,
	    &pd_core_end_desc, &s->end, NULL) == 0;
	return 0;
}

struct pd_core_store *
pd_core_store_fd(int fd, const char *name, struct pd_err *err)
{
	struct pd_core_store *s = pd_xcalloc(1, sizeof(*s));

	s->name = pd_xstrdup(name);
	s->fd = -1;
	if (pd_core_file_take(fd, name, &s->fd, &s->size, err) == -1) {
		s->fd = fd;
		pd_core_store_close(s);
		return NULL;
	}
	if (load_head(s, err) == -1) {
		pd_core_store_close(s);
		return NULL;
	}
	return s;
}

struct pd_core_store *
pd_core_store_open(const char *path, struct pd_err *err)
{
	/* Not to wait for a writer of a pipe, nor to get a terminal. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd == -1) {
		pd_err_set(err, "%s: %s", path, strerror(errno));
		return NULL;
	}
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	return pd_core_store_fd(fd, path, err);
}

static void
free_types(struct pd_core_store *s)
{
	for (size_t i = 0; i < s->captypes; i++)
		if (s->types[i].type != NULL) {
			pd_rec_done(&pd_core_type_desc, s->types[i].type);
			free(s->types[i].type);
		}
	free(s->types);
}

void
pd_core_store_close(struct pd_core_store *s)
{
	if (s == NULL)
		return;
	for (unsigned t = 0; t < PD_CORE_T_COUNT; t++) {
		PD_VEC_EACH(&s->tables[t], struct pd_core_block, b)
			pd_core_block_drop(s, b);
		pd_vec_done(&s->tables[t]);
	}
	free_types(s);
	pd_rec_done(&pd_core_head_desc, &s->head);
	pd_rec_done(&pd_core_end_desc, &s->end);
	ZSTD_freeDCtx(s->zstd);
	if (s->fd != -1)
		close(s->fd);
	free(s->name);
	free(s);
}

static struct pd_core_block *
oldest(struct pd_core_store *s)
{
	struct pd_core_block *found = NULL;

	for (unsigned t = 0; t < PD_CORE_T_COUNT; t++)
		PD_VEC_EACH(&s->tables[t], struct pd_core_block, b)
			if (b->data != NULL &&
			    (found == NULL || b->used < found->used))
				found = b;
	return found;
}

void
pd_core_store_trim(struct pd_core_store *s)
{
	struct pd_core_block *b;

	if (s->held > 2 * KEEP_MAX) {
		/* Much was read: looking for the oldest each time would cost
		 * more than to read again. */
		for (unsigned t = 0; t < PD_CORE_T_COUNT; t++)
			PD_VEC_EACH(&s->tables[t], struct pd_core_block, it)
				if (it->used + 64 < s->clock)
					pd_core_block_drop(s, it);
	}
	while (s->held > KEEP_MAX && (b = oldest(s)) != NULL)
		pd_core_block_drop(s, b);
}

void
pd_core_store_stop(struct pd_core_store *s, bool (*fn)(void *ctx), void *ctx)
{
	s->stop = fn;
	s->stop_ctx = ctx;
}

bool
pd_core_store_stopped(const struct pd_core_store *s)
{
	return s->stop != NULL && s->stop(s->stop_ctx);
}

/* ---- records ------------------------------------------------------------- */

const struct pd_core_head *
pd_core_store_head(const struct pd_core_store *s)
{
	return &s->head;
}

const struct pd_core_end *
pd_core_store_end(const struct pd_core_store *s)
{
	return s->has_end ? &s->end : NULL;
}

bool
pd_core_store_cut(const struct pd_core_store *s)
{
	return s->cut;
}

uint64_t
pd_core_store_damaged(const struct pd_core_store *s)
{
	return s->damaged;
}

uint64_t
pd_core_store_size(const struct pd_core_store *s)
{
	return s->size;
}

uint64_t
pd_core_store_count(const struct pd_core_store *s, enum pd_core_table table)
{
	const struct pd_vec *v = &s->tables[table];
	const struct pd_core_block *last;

	if (v->n == 0)
		return 0;
	last = PD_VEC_AT(v, struct pd_core_block, v->n - 1);
	return last->first + last->count - 1;
}

uint64_t
pd_core_store_next(struct pd_core_store *s, enum pd_core_table table,
    uint64_t n)
{
	PD_VEC_EACH(&s->tables[table], struct pd_core_block, b) {
		if (b->first + b->count <= n || b->bad ||
		    pd_core_block_load(s, b, NULL) == -1)
			continue;
		return b->first > n ? b->first : n;
	}
	return 0;
}

int
pd_core_store_rec(struct pd_core_store *s, enum pd_core_table table,
    uint64_t n, const struct pd_desc *desc, void *rec, struct pd_err *err)
{
	struct pd_cbor_in in;

	if (pd_core_record(s, table, n, &in, NULL, err) == -1)
		return -1;
	if (table != PD_CORE_T_SOURCE && in.end - in.p > RECORD_MAX)
		return pd_err_set(err, "%s: a record is too large", s->name);
	return pd_rec_decode(desc, &in, rec, err);
}

/* ---- types --------------------------------------------------------------- */

static struct pd_core_kept_type *
type_place(struct pd_core_kept_type *v, size_t cap, uint64_t n)
{
	size_t i = (size_t)(n * 0x9e3779b97f4a7c15u >> 20) & (cap - 1);

	while (v[i].number != 0 && v[i].number != n)
		i = (i + 1) & (cap - 1);
	return &v[i];
}

static void
grow_types(struct pd_core_store *s)
{
	size_t cap = s->captypes == 0 ? 256 : 2 * s->captypes;
	struct pd_core_kept_type *v = pd_xcalloc(cap, sizeof(*v));

	for (size_t i = 0; i < s->captypes; i++)
		if (s->types[i].number != 0)
			*type_place(v, cap, s->types[i].number) = s->types[i];
	free(s->types);
	s->types = v;
	s->captypes = cap;
}

const struct pd_core_type *
pd_core_store_type(struct pd_core_store *s, uint64_t n)
{
	struct pd_core_kept_type *place;
	struct pd_core_type *t;

	if (n == 0 || n > pd_core_store_count(s, PD_CORE_T_TYPE))
		return NULL;
	if (2 * s->ntypes >= s->captypes)
		grow_types(s);
	place = type_place(s->types, s->captypes, n);
	if (place->number == n)
		return place->type;
	if (s->ntypes >= TYPES_MAX)
		return NULL;
	t = pd_xcalloc(1, sizeof(*t));
	if (pd_core_store_rec(s, PD_CORE_T_TYPE, n, &pd_core_type_desc, t,
	    NULL) == -1) {
		free(t);
		t = NULL;	/* and it is not tried again */
	}
	place->number = n;
	place->type = t;
	s->ntypes++;
	return t;
}

static uint64_t
search_type(struct pd_core_store *s, const char *module, const char *qualname)
{
	const struct pd_core_type *t;
	uint64_t n = 0;

	while ((n = pd_core_store_next(s, PD_CORE_T_TYPE, n + 1)) != 0) {
		t = pd_core_store_type(s, n);
		if (t != NULL && pd_str_eq(&t->qualname, qualname) &&
		    pd_str_eq(&t->module, module))
			return n;
	}
	return 0;
}

const struct pd_core_type *
pd_core_store_type_named(struct pd_core_store *s, const char *module,
    const char *qualname, uint64_t *n)
{
	const size_t room = sizeof(s->named) / sizeof(s->named[0]);
	struct pd_core_named *at;

	for (size_t i = 0; i < room; i++) {
		at = &s->named[i];
		if (at->module == module && at->qualname == qualname) {
			*n = at->number;
			return pd_core_store_type(s, *n);
		}
	}
	at = &s->named[s->nnamed++ % room];
	*at = (struct pd_core_named){ module, qualname,
	    search_type(s, module, qualname) };
	*n = at->number;
	return pd_core_store_type(s, *n);
}

bool
pd_core_type_is(struct pd_core_store *s, const struct pd_core_type *t,
    const char *module, const char *qualname)
{
	if (t == NULL)
		return false;
	if (pd_str_eq(&t->module, module) &&
	    pd_str_eq(&t->qualname, qualname))
		return true;
	PD_VEC_EACH(&t->mro, uint64_t, n) {
		const struct pd_core_type *base = pd_core_store_type(s, *n);

		if (base != NULL && pd_str_eq(&base->module, module) &&
		    pd_str_eq(&base->qualname, qualname))
			return true;
	}
	return false;
}
