/*
 * Code objects and their copies with traps (3.11).
 *
 * entries[] knows each code object that was met in a file with breakpoints,
 * the copy that is in its place, and copies that functions may still have from
 * before.  All are owned, so that their addresses stay theirs, until nobody
 * else has them any more (a program may compile without end): pd_copies_sweep.
 *
 * table[] finds an entry by the address of any of its code objects.  No dict: a
 * look-up must not fail where the program is at its limit of recursion.
 *
 * Called by swap.c alone; puts nothing in anybody's place.
 */
#include <stdlib.h>

#include "engine/compat.h"
#include "engine/copies.h"
#include "engine/core.h"
#include "engine/instrument.h"

#if PD_HAVE_SWAP

struct slot {
	PyObject	*code;		/* borrowed from e, or NULL: free */
	struct pd_entry	*e;
};

static struct pd_vec	 entries;	/* struct pd_entry *, owned */
static struct slot	*table;		/* open addressing */
static size_t		 table_size, table_used;	/* size: power of 2 */
static size_t		 look_at = 256;	/* entries: some may be dead */

static struct slot *
slot_of(PyObject *code)
{
	size_t i = ((size_t)code >> 4) * 0x9e3779b1u & (table_size - 1);

	while (table[i].code != NULL && table[i].code != code)
		i = (i + 1) & (table_size - 1);
	return &table[i];
}

struct pd_entry *
pd_copies_find(PyObject *code)
{
	return table_used > 0 ? slot_of(code)->e : NULL;
}

static void
put(PyObject *code, struct pd_entry *e)
{
	struct slot *slot = slot_of(code);

	table_used += slot->code == NULL;
	*slot = (struct slot){ code, e };
}

static void
make_table(size_t size)
{
	free(table);
	table = pd_xcalloc(size, sizeof(*table));
	table_size = size;
	table_used = 0;
	PD_VEC_EACH(&entries, struct pd_entry *, e) {
		put((*e)->orig, *e);
		PD_VEC_EACH(&(*e)->copies, PyObject *, c)
			put(*c, *e);
	}
}

static void
remember(PyObject *code, struct pd_entry *e)
{
	if (2 * table_used >= table_size)
		make_table(table_size == 0 ? 64 : 2 * table_size);
	put(code, e);
}

/* Has anybody else the code, or a copy of it? */
static bool
is_alive(struct pd_entry *e)
{
	bool alive = Py_REFCNT(e->orig) > 1;

	PD_VEC_EACH(&e->copies, PyObject *, c)
		alive = alive || Py_REFCNT(*c) > 1;
	return alive;
}

/* Moves what nobody else has any more to dead.  True: it is all of e. */
static bool
pick_dead(struct pd_entry *e, struct pd_vec *dead)
{
	bool alive = is_alive(e);
	size_t n = 0;

	for (size_t i = 0; i < e->copies.n; i++) {
		PyObject *c = *PD_VEC_AT(&e->copies, PyObject *, i);

		if (alive && (Py_REFCNT(c) > 1 || c == e->now))
			*PD_VEC_AT(&e->copies, PyObject *, n++) = c;
		else
			*PD_VEC_PUSH(dead, PyObject *) = c;
	}
	e->copies.n = n;
	if (!alive)
		*PD_VEC_PUSH(dead, PyObject *) = e->orig;
	return !alive;
}

/* The end of a code object may run the program's code, and that come here: so
 * it comes last. */
void
pd_copies_sweep(void)
{
	struct pd_vec dead = { 0 };
	size_t n = 0;

	if (entries.n < look_at)
		return;
	for (size_t i = 0; i < entries.n; i++) {
		struct pd_entry *e = *PD_VEC_AT(&entries, struct pd_entry *, i);

		if (pick_dead(e, &dead)) {
			pd_vec_done(&e->copies);
			free(e);
		} else {
			*PD_VEC_AT(&entries, struct pd_entry *, n++) = e;
		}
	}
	entries.n = n;
	look_at = 2 * n > 256 ? 2 * n : 256;
	make_table(table_size);
	PD_VEC_EACH(&dead, PyObject *, code)
		Py_DECREF(*code);
	pd_vec_done(&dead);
}

PyObject *
pd_copies_original(PyObject *code)
{
	struct pd_entry *e = pd_copies_find(code);

	return e != NULL ? e->orig : code;
}

/* Makes the copy that an entry's code needs now. */
static int
fit(struct pd_entry *e, PyObject *trap)
{
	struct pd_vec lines = { 0 };
	PyObject *now = NULL;

	e->generation = pd_bp_generation;
	pd_bp_lines((PyCodeObject *)e->orig, &lines);
	if (lines.n > 0) {
		now = pd_instrument((PyCodeObject *)e->orig, lines.v, lines.n,
		    trap);
		if (now == e->orig)
			Py_CLEAR(now);
	}
	pd_vec_done(&lines);
	if (PyErr_Occurred())
		return -1;
	e->now = now;
	if (now != NULL) {
		*PD_VEC_PUSH(&e->copies, PyObject *) = now;
		remember(now, e);
	}
	return 0;
}

PyObject *
pd_copies_wanted(PyObject *orig, PyObject *trap)
{
	struct pd_entry *e = pd_copies_find(orig);

	if (e == NULL) {
		if (!pd_bp_in_file((PyCodeObject *)orig))
			return orig;
		e = pd_xcalloc(1, sizeof(*e));
		e->orig = Py_NewRef(orig);
		*PD_VEC_PUSH(&entries, struct pd_entry *) = e;
		remember(orig, e);
	}
	if (e->generation != pd_bp_generation && fit(e, trap) < 0)
		return NULL;
	return e->now != NULL ? e->now : e->orig;
}

#endif
