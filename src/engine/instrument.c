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
 * One that whoever comes from the instruction before it is not to meet has a
 * JUMP_FORWARD past it before it.  Whether somebody is to meet it depends on
 * the line that he comes from (tells()); jumps and handlers of exceptions go to
 * the trap, or past it.
 *
 * Called by swap.c; knows nothing of breakpoints.  The tables that belong to
 * the code are instrument-tables.c's.
 */
#include "engine/compat.h"
#include "engine/instrument-room.h"

#if PD_HAVE_SWAP

#include <opcode.h>
#include <string.h>

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
exts_for(unsigned arg)
{
	return arg > 0xffffff ? 3 : arg > 0xffff ? 2 : arg > 0xff ? 1 : 0;
}

int
pd_trap_units(const struct pd_body *b)
{
	return exts_for(b->trap_const) + 10;
}

static void
body_done(struct pd_body *b)
{
	free(b->v);
	free(b->by_old);
	pd_vec_done(&b->handled);
}

static bool
read_code(struct pd_body *b, const unsigned char *code, int units)
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
			b->v[b->n] = (struct pd_ins){ .op = op, .arg = arg,
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
find_targets(struct pd_body *b)
{
	for (int k = 0; k < b->n; k++) {
		struct pd_ins *i = &b->v[k];
		int way = direction(i->op), to;

		if (way == 0)
			continue;
		to = i->old + pd_units(i) + way * (int)i->arg;
		if (to < 0 || to > b->old_units)
			return false;
		i->target = b->by_old[to];
	}
	return true;
}

/* Positions of all instructions, by the code's own reader. */
static bool
find_positions(struct pd_body *b, PyCodeObject *code)
{
	for (int k = 0; k < b->n; k++) {
		struct pd_ins *i = &b->v[k];
		int off = (i->old + i->exts) * 2;

		if (!PyCode_Addr2Location(code, off, &i->line, &i->col,
		    &i->end_line, &i->end_col))
			return false;
	}
	return true;
}

/* Where tracing begins: behind the prologue's RESUME. */
static int
first_traceable(const struct pd_body *b)
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
 * Is it a line event to come from one instruction to another, of a line that
 * is told of?  To another line, and backward: a loop's next turn.
 * (maybe_call_line_trace() in Python/ceval.c of 3.11)
 */
static bool
tells(const struct pd_body *b, int from, int to)
{
	const struct pd_ins *i = &b->v[from];

	return i->line != b->v[to].line ||
	    (to <= from && i->op != JUMP_BACKWARD_NO_INTERRUPT) ||
	    /* What it raises is as old as the exception. */
	    (i->op == RERAISE && i->arg > 0);
}

/* Who comes there from an instruction that is not before it is told so. */
static void
mark_arrival(struct pd_body *b, int from, int to)
{
	if (b->v[to].told && !b->v[to].trap && tells(b, from, to))
		b->v[to].trap = b->v[to].skip = true;
}

/* Returns the number of traps. */
static int
mark_traps(struct pd_body *b, const int *lines, size_t n)
{
	int first = first_traceable(b), count = 0;

	for (int k = first; k < b->n; k++) {
		struct pd_ins *i = &b->v[k];

		i->told = i->line > 0 && wanted(i->line, lines, n);
		i->trap = i->told && (k == first || tells(b, k - 1, k));
	}
	for (int k = first; k < b->n; k++)
		if (b->v[k].target >= first && b->v[k].target < b->n)
			mark_arrival(b, k, b->v[k].target);
	PD_VEC_EACH(&b->handled, struct pd_handled, h)
		for (int k = h->from; k < h->end; k++)
			mark_arrival(b, k, h->handler);
	for (int k = first; k < b->n; k++)
		count += b->v[k].trap;
	return count;
}

int
pd_arrival(const struct pd_body *b, int from, int to)
{
	if (to >= b->n)
		return b->new_units;
	return b->v[to].at + (b->v[to].trap && !tells(b, from, to) ?
	    pd_trap_units(b) : 0);
}

/* Places and distances, until no argument grows any more. */
static void
lay_out(struct pd_body *b)
{
	bool again = true;

	while (again) {
		int at = 0;

		again = false;
		for (int k = 0; k < b->n; k++) {
			at += b->v[k].skip;
			b->v[k].at = at;
			at += pd_ins_units(b, &b->v[k]);
		}
		b->new_units = at;
		for (int k = 0; k < b->n; k++) {
			struct pd_ins *i = &b->v[k];
			int to, end;

			if (i->target < 0)
				continue;
			to = pd_arrival(b, k, i->target);
			end = i->at + pd_ins_units(b, i);
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
write_code(const struct pd_body *b)
{
	struct pd_buf out = { 0 };
	PyObject *r;

	for (int k = 0; k < b->n; k++) {
		const struct pd_ins *i = &b->v[k];

		if (i->skip)
			put(&out, JUMP_FORWARD, (unsigned)pd_trap_units(b), 0,
			    0);
		if (i->trap) {
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

/* ---- the whole ---------------------------------------------------------- */

static bool
read_body(struct pd_body *b, PyCodeObject *code)
{
	PD_OWNED bytes = PyCode_GetCode(code);

	if (bytes == NULL)
		return false;
	if (read_code(b, (unsigned char *)PyBytes_AS_STRING(bytes),
	    (int)PyBytes_GET_SIZE(bytes) / 2) && find_targets(b) &&
	    find_positions(b, code) &&
	    pd_read_exceptions(b, code->co_exceptiontable))
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
rebuild(struct pd_body *b, PyCodeObject *code, PyObject *trap)
{
	PD_OWNED bytes = write_code(b);
	PD_OWNED lines = pd_locations(b, code->co_firstlineno);
	PD_OWNED table = pd_exceptions(b);
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
	struct pd_body b = { .trap_const =
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
