/*
 * Traps in the bytecode of 3.11.
 *
 * The code is read into a list of instructions (their EXTENDED_ARGs folded in,
 * their caches counted), traps are marked, and everything is laid out anew:
 * jumps are by instruction and get their distance at the end, grown until it
 * fits.  A trap is
 *
 *	PUSH_NULL; LOAD_CONST trap; PRECALL 0; CALL 0; POP_TOP
 *
 * One that is for jumps backward alone has a JUMP_FORWARD past it before it.
 *
 * Called by swap.c; knows nothing of breakpoints.
 */
#include "engine/compat.h"
#include "engine/instrument.h"

#if PD_HAVE_SWAP

#include <opcode.h>
#include <string.h>

struct ins {
	int	 op;
	unsigned arg;
	int	 caches;
	int	 target;	/* a jump's instruction, or -1 */
	int	 old;		/* offset in units of its first EXTENDED_ARG */
	int	 at;	/* new offset in units: of its trap, or its own */
	int	 exts;		/* EXTENDED_ARGs before it */
	bool	 trap;		/* of its own line, before it */
	bool	 back;		/* the same, for jumps backward alone */
	int	 line, end_line, col, end_col;	/* -1: none */
};

struct body {
	struct ins	*v;
	int		 n;
	int	*by_old;	/* instruction at an old offset, units */
	int		 old_units;
	int		 new_units;
	unsigned	 trap_const;
};

/* 3.11's jumps are relative: 1 forward, -1 backward, 0 no jump. */
static int
direction(int op)
{
	switch (op) {
	case JUMP_FORWARD:
	case POP_JUMP_FORWARD_IF_FALSE:
	case POP_JUMP_FORWARD_IF_TRUE:
	case POP_JUMP_FORWARD_IF_NONE:
	case POP_JUMP_FORWARD_IF_NOT_NONE:
	case JUMP_IF_TRUE_OR_POP:
	case JUMP_IF_FALSE_OR_POP:
	case FOR_ITER:
	case SEND:
		return 1;
	case JUMP_BACKWARD:
	case JUMP_BACKWARD_NO_INTERRUPT:
	case POP_JUMP_BACKWARD_IF_FALSE:
	case POP_JUMP_BACKWARD_IF_TRUE:
	case POP_JUMP_BACKWARD_IF_NONE:
	case POP_JUMP_BACKWARD_IF_NOT_NONE:
		return -1;
	}
	return 0;
}

static int
units_of(const struct ins *i)
{
	return i->exts + 1 + i->caches;
}

static int
exts_for(unsigned arg)
{
	return arg > 0xffffff ? 3 : arg > 0xffff ? 2 : arg > 0xff ? 1 : 0;
}

static int
trap_units(const struct body *b)
{
	return exts_for(b->trap_const) + 10;
}

/* Units of an instruction's traps. */
static int
traps_of(const struct body *b, const struct ins *i)
{
	return (i->trap || i->back) * trap_units(b);
}

static void
body_done(struct body *b)
{
	free(b->v);
	free(b->by_old);
}

static bool
read_code(struct body *b, const unsigned char *code, int units)
{
	unsigned arg = 0;
	int start = 0;

	b->v = pd_xcalloc((size_t)units, sizeof(*b->v));
	b->by_old = pd_xcalloc((size_t)units + 1, sizeof(*b->by_old));
	b->old_units = units;
	for (int u = 0; u < units; u++) {
		int op = code[2 * u];

		b->by_old[u] = b->n;
		arg = arg << 8 | code[2 * u + 1];
		if (op == EXTENDED_ARG)
			continue;
		if (op == CACHE) {
			if (b->n == 0)
				return false;
			b->by_old[u] = b->n - 1;
			b->v[b->n - 1].caches++;
		} else {
			b->v[b->n] = (struct ins){ .op = op, .arg = arg,
			    .target = -1, .old = start,
			    .exts = u - start };
			b->n++;
		}
		arg = 0;
		start = u + 1;
	}
	b->by_old[units] = b->n;
	return true;
}

static bool
find_targets(struct body *b)
{
	for (int k = 0; k < b->n; k++) {
		struct ins *i = &b->v[k];
		int way = direction(i->op), to;

		if (way == 0)
			continue;
		to = i->old + units_of(i) + way * (int)i->arg;
		if (to < 0 || to > b->old_units)
			return false;
		i->target = b->by_old[to];
	}
	return true;
}

/* Positions of all instructions, by the code's own reader. */
static bool
find_positions(struct body *b, PyCodeObject *code)
{
	for (int k = 0; k < b->n; k++) {
		struct ins *i = &b->v[k];
		int off = (i->old + i->exts) * 2;

		if (!PyCode_Addr2Location(code, off, &i->line, &i->col,
		    &i->end_line, &i->end_col))
			return false;
	}
	return true;
}

/* Where tracing begins: behind the prologue's RESUME. */
static int
first_traceable(const struct body *b)
{
	for (int k = 0; k < b->n; k++)
		if (b->v[k].op == RESUME)
			return k + 1;
	return b->n;
}

static bool
wanted(int line, const int *lines, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (lines[k] == line)
			return true;
	return false;
}

/*
 * A line event comes where a line begins, and with a jump backward into the
 * midst of it: a loop's next turn.  Traps go there.  Returns their number.
 */
static int
mark_traps(struct body *b, const int *lines, size_t n)
{
	int first = first_traceable(b), count = 0;

	for (int k = first; k < b->n; k++)
		if (b->v[k].line > 0 && wanted(b->v[k].line, lines, n) &&
		    (k == first || b->v[k - 1].line != b->v[k].line))
			b->v[k].trap = true;
	for (int k = first; k < b->n; k++) {
		int to = b->v[k].target;

		if (direction(b->v[k].op) < 0 && to >= first &&
		    b->v[k].op != JUMP_BACKWARD_NO_INTERRUPT &&
		    !b->v[to].trap && b->v[to].line > 0 &&
		    wanted(b->v[to].line, lines, n))
			b->v[to].back = true;
	}
	for (int k = first; k < b->n; k++)
		count += b->v[k].trap || b->v[k].back;
	return count;
}

/* Places and distances, until no argument grows any more. */
static void
lay_out(struct body *b)
{
	bool again = true;

	while (again) {
		int at = 0;

		again = false;
		for (int k = 0; k < b->n; k++) {
			at += b->v[k].back;
			b->v[k].at = at;
			at += traps_of(b, &b->v[k]) + units_of(&b->v[k]);
		}
		b->new_units = at;
		for (int k = 0; k < b->n; k++) {
			struct ins *i = &b->v[k];
			int to, end;

			if (i->target < 0)
				continue;
			to = i->target < b->n ? b->v[i->target].at : at;
			if (direction(i->op) > 0 && i->target < b->n &&
			    b->v[i->target].back)
				to += trap_units(b);
			end = i->at + traps_of(b, i) + units_of(i);
			i->arg = (unsigned)(to > end ? to - end : end - to);
			if (exts_for(i->arg) > i->exts) {
				i->exts = exts_for(i->arg);
				again = true;
			}
		}
	}
}

static void
put(struct pd_buf *out, int op, unsigned arg, int exts, int caches)
{
	for (int k = exts; k > 0; k--) {
		pd_buf_addc(out, (char)EXTENDED_ARG);
		pd_buf_addc(out, (char)(arg >> (8 * k)));
	}
	pd_buf_addc(out, (char)op);
	pd_buf_addc(out, (char)arg);
	for (int k = 0; k < caches; k++)
		pd_buf_add(out, "\0", 2);
}

static PyObject *
write_code(const struct body *b)
{
	struct pd_buf out = { 0 };
	PyObject *r;

	for (int k = 0; k < b->n; k++) {
		const struct ins *i = &b->v[k];

		if (i->back)
			put(&out, JUMP_FORWARD, (unsigned)trap_units(b), 0, 0);
		if (i->trap || i->back) {
			put(&out, PUSH_NULL, 0, 0, 0);
			put(&out, LOAD_CONST, b->trap_const,
			    exts_for(b->trap_const), 0);
			put(&out, PRECALL, 0, 0, 1);
			put(&out, CALL, 0, 0, 4);
			put(&out, POP_TOP, 0, 0, 0);
		}
		put(&out, i->op, i->arg, i->exts, i->caches);
	}
	r = PyBytes_FromStringAndSize(out.s, (Py_ssize_t)out.n);
	pd_buf_done(&out);
	return r;
}

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
location(struct pd_buf *out, int units, const struct ins *i, bool columns,
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

static PyObject *
write_locations(const struct body *b, int firstline)
{
	struct pd_buf out = { 0 };
	int line = firstline;
	PyObject *r;

	for (int k = 0; k < b->n; k++) {
		if (b->v[k].trap || b->v[k].back)
			location(&out, b->v[k].back + trap_units(b), &b->v[k],
			    false, &line);
		location(&out, units_of(&b->v[k]), &b->v[k], true, &line);
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

static int
moved(const struct body *b, unsigned old)
{
	int k = old <= (unsigned)b->old_units ? b->by_old[old] : b->n;

	return k < b->n ? b->v[k].at : b->new_units;
}

static PyObject *
write_exceptions(const struct body *b, PyObject *table)
{
	const unsigned char *p = (unsigned char *)PyBytes_AS_STRING(table);
	const unsigned char *end = p + PyBytes_GET_SIZE(table);
	struct pd_buf out = { 0 };
	unsigned v[4];
	PyObject *r;
	int from;

	while (p < end) {
		for (int k = 0; k < 4; k++)
			if (!get_number(&p, end, &v[k])) {
				pd_buf_done(&out);
				PyErr_SetString(PyExc_ValueError,
				    "bad exception table");
				return NULL;
			}
		from = moved(b, v[0]);
		put_number(&out, (unsigned)from, 0x80);
		put_number(&out, (unsigned)(moved(b, v[0] + v[1]) - from), 0);
		put_number(&out, (unsigned)moved(b, v[2]), 0);
		put_number(&out, v[3], 0);
	}
	r = PyBytes_FromStringAndSize(out.s, (Py_ssize_t)out.n);
	pd_buf_done(&out);
	return r;
}

/* ---- the whole ---------------------------------------------------------- */

static bool
read_body(struct body *b, PyCodeObject *code)
{
	PD_OWNED bytes = PyCode_GetCode(code);

	if (bytes == NULL)
		return false;
	if (read_code(b, (unsigned char *)PyBytes_AS_STRING(bytes),
	    (int)PyBytes_GET_SIZE(bytes) / 2) && find_targets(b) &&
	    find_positions(b, code))
		return true;
	PyErr_SetString(PyExc_ValueError, "bytecode not understood");
	return false;
}

static PyObject *
add_const(PyObject *consts, PyObject *trap)
{
	Py_ssize_t n = PyTuple_GET_SIZE(consts);
	PyObject *r = PyTuple_New(n + 1);

	if (r == NULL)
		return NULL;
	for (Py_ssize_t k = 0; k < n; k++)
		PyTuple_SET_ITEM(r, k, Py_NewRef(PyTuple_GET_ITEM(consts, k)));
	PyTuple_SET_ITEM(r, n, Py_NewRef(trap));
	return r;
}

static PyObject *
rebuild(struct body *b, PyCodeObject *code, PyObject *trap)
{
	PD_OWNED bytes = write_code(b);
	PD_OWNED lines = write_locations(b, code->co_firstlineno);
	PD_OWNED table = write_exceptions(b, code->co_exceptiontable);
	PD_OWNED consts = add_const(code->co_consts, trap);
	PD_OWNED replace = PyObject_GetAttrString((PyObject *)code, "replace");
	PD_OWNED none = PyTuple_New(0);
	PD_OWNED kw = NULL;

	if (bytes == NULL || lines == NULL || table == NULL ||
	    consts == NULL || replace == NULL || none == NULL)
		return NULL;
	kw = Py_BuildValue("{sOsOsOsOsi}", "co_code", bytes, "co_linetable",
	    lines, "co_exceptiontable", table, "co_consts", consts,
	    "co_stacksize", code->co_stacksize + 3);
	return kw != NULL ? PyObject_Call(replace, none, kw) : NULL;
}

PyObject *
pd_instrument(PyCodeObject *code, const int *lines, size_t n, PyObject *trap)
{
	struct body b = { .trap_const =
	    (unsigned)PyTuple_GET_SIZE(code->co_consts) };
	PyObject *r = NULL;

	if (read_body(&b, code)) {
		if (mark_traps(&b, lines, n) == 0) {
			r = Py_NewRef((PyObject *)code);
		} else {
			lay_out(&b);
			r = rebuild(&b, code, trap);
		}
	}
	body_done(&b);
	return r;
}

#endif
