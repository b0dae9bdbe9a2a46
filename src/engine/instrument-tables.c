/*
 * The tables of a code object with traps (3.11): positions, exceptions.
 *
 * Called by instrument.c alone, with the code as it has laid it out.  Formats:
 * Objects/locations.md and exception_handling_notes.txt of 3.11.
 */
#include "engine/compat.h"
#include "engine/instrument-room.h"

#if PD_HAVE_SWAP

/* ---- location table (Objects/locations.md) ------------------------------ */

static void
varint(struct pd_buf *out, unsigned v)
{
	for (; v >= 64; v >>= 6)
		pd_buf_addc(out, (char)(0x40 | (v & 0x3f)));
	pd_buf_addc(out, (char)v);
}

static void
svarint(struct pd_buf *out, int v)
{
	varint(out, v < 0 ? ((0u - (unsigned)v) << 1) | 1 : (unsigned)v << 1);
}

/* One position for a run of units, in entries of at most eight. */
static void
location(struct pd_buf *out, int units, const struct pd_ins *i, bool columns,
    int *line)
{
	for (; units > 0; units -= 8) {
		int n = units < 8 ? units : 8;
		int form = i->line <= 0 ? 15 : columns && i->col >= 0 &&
		    i->end_col >= 0 ? 14 : 13;

		pd_buf_addc(out, (char)(0x80 | form << 3 | (n - 1)));
		if (form == 15)
			continue;
		svarint(out, i->line - *line);
		*line = i->line;
		if (form == 14) {
			varint(out, (unsigned)(i->end_line - i->line));
			varint(out, (unsigned)i->col + 1);
			varint(out, (unsigned)i->end_col + 1);
		}
	}
}

PyObject *
pd_locations(const struct pd_body *b, int firstline)
{
	struct pd_buf out = { 0 };
	int line = firstline;
	PyObject *r;

	for (int k = 0; k < b->n; k++) {
		const struct pd_ins *i = &b->v[k];

		if (i->trap)
			location(&out, i->skip + pd_trap_units(b), i, false,
			    &line);
		location(&out, pd_units(i), i, true, &line);
	}
	r = PyBytes_FromStringAndSize(out.s, (Py_ssize_t)out.n);
	pd_buf_done(&out);
	return r;
}

/* ---- exception table (exception_handling_notes.txt) -------------------- */

static bool
get_number(const unsigned char **p, const unsigned char *end, unsigned *v)
{
	bool more = true;

	for (*v = 0; more; (*p)++) {
		if (*p == end)
			return false;
		more = (**p & 0x40) != 0;
		*v = *v << 6 | (**p & 0x3f);
	}
	return true;
}

static void
put_number(struct pd_buf *out, unsigned v, unsigned first)
{
	int shift = 0;

	while (v >> shift > 63)
		shift += 6;
	for (; shift >= 0; shift -= 6) {
		pd_buf_addc(out, (char)(first | (shift > 0 ? 0x40 : 0) |
		    ((v >> shift) & 0x3f)));
		first = 0;
	}
}

static bool
get_entry(struct pd_body *b, const unsigned char **p, const unsigned char *end)
{
	unsigned v[4];

	for (int k = 0; k < 4; k++)
		if (!get_number(p, end, &v[k]))
			return false;
	if (v[0] > (unsigned)b->old_units || v[2] >= (unsigned)b->old_units ||
	    v[1] > (unsigned)b->old_units - v[0])
		return false;
	*PD_VEC_PUSH(&b->handled, struct pd_handled) = (struct pd_handled){
	    .from = b->by_old[v[0]], .end = b->by_old[v[0] + v[1]],
	    .handler = b->by_old[v[2]], .how = v[3] };
	return true;
}

bool
pd_read_exceptions(struct pd_body *b, PyObject *table)
{
	const unsigned char *p = (unsigned char *)PyBytes_AS_STRING(table);
	const unsigned char *end = p + PyBytes_GET_SIZE(table);

	while (p < end)
		if (!get_entry(b, &p, end))
			return false;
	return true;
}

static int
place_of(const struct pd_body *b, int k)
{
	return k < b->n ? b->v[k].at : b->new_units;
}

/* An entry for each run of instructions that arrive at the same place. */
static void
put_handled(struct pd_buf *out, const struct pd_body *b,
    const struct pd_handled *h)
{
	for (int k = h->from, end; k < h->end; k = end) {
		int to = pd_arrival(b, k, h->handler);
		int from = place_of(b, k);

		for (end = k + 1; end < h->end; end++)
			if (pd_arrival(b, end, h->handler) != to)
				break;
		put_number(out, (unsigned)from, 0x80);
		put_number(out, (unsigned)(place_of(b, end) - from), 0);
		put_number(out, (unsigned)to, 0);
		put_number(out, h->how, 0);
	}
}

PyObject *
pd_exceptions(const struct pd_body *b)
{
	struct pd_buf out = { 0 };
	PyObject *r;

	PD_VEC_EACH(&b->handled, struct pd_handled, h)
		put_handled(&out, b, h);
	r = PyBytes_FromStringAndSize(out.s, (Py_ssize_t)out.n);
	pd_buf_done(&out);
	return r;
}

#endif
