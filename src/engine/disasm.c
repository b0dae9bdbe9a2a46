/*
 * Bytecode for people, in the words of Python's own module dis, which is
 * imported for us alone where the program has not got it (private.c).
 *
 * What dis is given is the code as it was compiled: instructions that the
 * interpreter has specialised or that a hook has instrumented show as their
 * originals.  Called by serve.c for disassemble, by stop.c for stepi.
 */
#include <string.h>

#include "engine/core.h"

#define TEXT_MAX	240		/* bytes of an instruction's text */

static long
int_attr(PyObject *o, const char *name, long missing)
{
	PD_OWNED v = PyObject_GetAttrString(o, name);
	long n = v != NULL && PyLong_Check(v) ? PyLong_AsLong(v) : missing;

	PyErr_Clear();
	return n;
}

static struct pd_str
str_attr(PyObject *o, const char *name)
{
	PD_OWNED v = PyObject_GetAttrString(o, name);

	PyErr_Clear();
	return v != NULL && PyUnicode_Check(v) ? pd_str_from_py(v) :
	    (struct pd_str){ 0 };
}

/* In dis' own columns. */
static struct pd_str
text_of(PyObject *insn)
{
	struct pd_str name = str_attr(insn, "opname");
	struct pd_str repr = str_attr(insn, "argrepr");
	long arg = int_attr(insn, "arg", -1);
	struct pd_buf b = { 0 };

	if (arg < 0)
		pd_buf_addf(&b, "%s", pd_str_c(&name));
	else
		pd_buf_addf(&b, "%-20s %5ld", pd_str_c(&name), arg);
	if (arg >= 0 && repr.n > 0)
		pd_buf_addf(&b, " (%.*s%s)", TEXT_MAX, pd_str_c(&repr),
		    repr.n > TEXT_MAX ? "..." : "");
	pd_str_done(&name);
	pd_str_done(&repr);
	return pd_buf_take(&b);
}

static void
fill_insn(struct pd_insn *out, PyObject *insn)
{
	PD_OWNED where = PyObject_GetAttrString(insn, "positions");
	PD_OWNED target = PyObject_GetAttrString(insn, "is_jump_target");
	long line = where != NULL ? int_attr(where, "lineno", 0) : 0;

	PyErr_Clear();
	out->offset = (uint64_t)int_attr(insn, "offset", 0);
	out->line = line > 0 ? (uint64_t)line : 0;
	out->text = text_of(insn);
	out->target = target == Py_True;
}

/* New reference: an iterator over the instructions. */
static PyObject *
instructions(PyObject *code)
{
	return pd_private_call("dis", "get_instructions", "(O)", code);
}

/*
 * A copy with traps (instrument.c) and the offsets of its instructions that
 * are the original's, in their order: that is how one is told from the other.
 */
static struct {
	PyObject	*code;		/* owned, or NULL */
	struct pd_vec	 own;		/* uint64_t */
	size_t		 jump;		/* so many of them when the last of them
					   was a JUMP_FORWARD ... */
	uint64_t	 to;		/* ... to there */
} copy;

/* Does it load what traps call? */
static bool
is_trap(PyObject *insn)
{
	PD_OWNED value = PyObject_GetAttrString(insn, "argval");

	if (value == NULL)
		PyErr_Clear();
	return value != NULL && pd_swap_is_trap(value);
}

static bool
is_named(PyObject *insn, const char *attr, const char *want)
{
	struct pd_str s = str_attr(insn, attr);
	bool yes = pd_str_eq(&s, want);

	pd_str_done(&s);
	return yes;
}

#define TRAP_REST	18	/* bytes of a trap from its LOAD_CONST on */

/* A trap is PUSH_NULL, LOAD_CONST, PRECALL, CALL, POP_TOP, and there may be a
 * JUMP_FORWARD past it before it.  The last three are counted in trap. */
static void
map_insn(PyObject *insn, int *trap)
{
	uint64_t at = (uint64_t)int_attr(insn, "offset", 0);

	if (is_trap(insn)) {
		if (copy.own.n > 0)
			copy.own.n--;
		if (copy.own.n > 0 && copy.own.n == copy.jump &&
		    copy.to == at + TRAP_REST)
			copy.own.n--;
		*trap = 3;
	} else if (*trap > 0) {
		--*trap;
	} else if (!is_named(insn, "opname", "EXTENDED_ARG")) {
		*PD_VEC_PUSH(&copy.own, uint64_t) = at;
		if (is_named(insn, "opname", "JUMP_FORWARD")) {
			copy.jump = copy.own.n;
			copy.to = (uint64_t)int_attr(insn, "argval", 0);
		}
	}
}

static int
map_copy(PyObject *code)
{
	PD_OWNED it = NULL;
	PyObject *insn;
	int trap = 0;

	if (copy.code == code)
		return 0;
	it = instructions(code);
	if (it == NULL)
		return -1;
	Py_XSETREF(copy.code, Py_NewRef(code));
	copy.own.n = copy.jump = 0;
	while ((insn = PyIter_Next(it)) != NULL) {
		map_insn(insn, &trap);
		Py_DECREF(insn);
	}
	return PyErr_Occurred() ? -1 : 0;
}

/* Which of the original's instructions is at that offset of the copy? */
static size_t
place_in_copy(uint64_t at, bool *in_trap)
{
	size_t n = 0;

	PD_VEC_EACH(&copy.own, uint64_t, own) {
		if (*own >= at) {
			*in_trap = *own != at;
			return n;
		}
		n++;
	}
	return n;
}

bool
pd_disasm_in_trap(PyFrameObject *f)
{
	PyCodeObject *co = PyFrame_GetCode(f);
	bool in_trap = false;
	struct pd_guard g;

	if (pd_swap_original((PyObject *)co) != (PyObject *)co) {
		pd_guard_enter(&g, PD_REPR_MS);
		if (map_copy((PyObject *)co) == 0)
			place_in_copy((uint64_t)PyFrame_GetLasti(f),
			    &in_trap);
		pd_guard_leave(&g);
	}
	Py_DECREF(co);
	return in_trap;
}

/* Marks where the frame is: at byte lasti of its code, -1 for nowhere. */
static int
mark(struct pd_code *out, PyObject *frames, PyObject *code, int lasti)
{
	struct pd_insn *at = NULL;
	size_t n = 0, want;
	bool in_trap;

	if (lasti < 0)
		return 0;
	if (frames != code && map_copy(frames) < 0)
		return -1;
	want = frames != code ? place_in_copy((uint64_t)lasti, &in_trap) : 0;
	PD_VEC_EACH(&out->insns, struct pd_insn, i) {
		if (frames == code ? i->offset <= (uint64_t)lasti :
		    n == want && at == NULL)
			at = i;
		if (strncmp(pd_str_c(&i->text), "EXTENDED_ARG", 12) != 0)
			n++;
		else if (frames != code && at == i)
			at = NULL;
	}
	if (at != NULL)
		at->current = true;
	return 0;
}

/* lasti: where the frame is, -1 for none. */
static int
fill(struct pd_code *out, PyObject *frames, int lasti)
{
	PyObject *code = pd_swap_original(frames);
	PyCodeObject *co = (PyCodeObject *)code;
	PD_OWNED it = instructions(code);
	PyObject *insn;

	if (it == NULL)
		return -1;
	out->file = pd_str_from(pd_file_canonic(co->co_filename));
	out->func = pd_str_from_py(co->co_qualname);
	while ((insn = PyIter_Next(it)) != NULL) {
		fill_insn(PD_VEC_PUSH(&out->insns, struct pd_insn), insn);
		Py_DECREF(insn);
	}
	return PyErr_Occurred() ? -1 : mark(out, frames, code, lasti);
}

/* New reference: the code of what has some; NULL without an exception. */
static PyObject *
code_of(PyObject *o)
{
	static const char *const names[] = { "__func__", "__code__",
	    "gi_code", "cr_code", "ag_code" };
	PyObject *x = Py_NewRef(o), *y;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (PyCode_Check(x))
			return x;
		y = PyObject_GetAttrString(x, names[i]);
		PyErr_Clear();
		if (y != NULL)
			Py_SETREF(x, y);
	}
	if (PyCode_Check(x))
		return x;
	Py_DECREF(x);
	return NULL;
}

/* With a guard entered. */
static int
disassemble(const struct pd_code_req *req, PyFrameObject *f,
    struct pd_code *out, struct pd_err *err)
{
	PyCodeObject *own = PyFrame_GetCode(f);
	PD_OWNED own_ref = (PyObject *)own;
	PD_OWNED value = NULL;
	PD_OWNED code = NULL;
	struct pd_str text;

	if (req->text.s == NULL)
		code = Py_NewRef(own_ref);
	else
		value = pd_eval_object(f, &req->text);
	if (value != NULL)
		code = code_of(value);
	if (code == NULL && value != NULL)
		return pd_err_set(err, "%s has no bytecode",
		    pd_str_c(&req->text));
	if (code != NULL && fill(out, code, code == own_ref ?
	    PyFrame_GetLasti(f) : -1) == 0)
		return 0;
	text = pd_exception_take();
	pd_err_set(err, "%s", pd_str_c(&text));
	pd_str_done(&text);
	return -1;
}

int
pd_disasm_do(const struct pd_code_req *req, struct pd_code *out,
    struct pd_err *err)
{
	PyFrameObject *f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	struct pd_guard g;
	int rc;

	if (f == NULL)
		return -1;
	pd_guard_enter(&g, 0);
	rc = disassemble(req, f, out, err);
	pd_guard_leave(&g);
	return rc;
}

struct pd_str
pd_disasm_now(PyFrameObject *f)
{
	PyCodeObject *co = PyFrame_GetCode(f);
	struct pd_code code = { 0 };
	struct pd_str text = { 0 };
	struct pd_guard g;

	pd_guard_enter(&g, PD_REPR_MS);
	if (fill(&code, (PyObject *)co, PyFrame_GetLasti(f)) == 0)
		PD_VEC_EACH(&code.insns, struct pd_insn, i)
			if (i->current)
				text = pd_strf("%llu %s",
				    (unsigned long long)i->offset,
				    pd_str_c(&i->text));
	pd_guard_leave(&g);
	pd_rec_done(&pd_code_desc, &code);
	Py_DECREF(co);
	return text;
}
