/*
 * dprintf: a line printed where the program passes, without a stop.
 *
 * What the user typed behind the place, "FORMAT", ARG, ..., is compiled once
 * as the arguments of a call that formats with Python's % operator, whose
 * conversions are C's.  bp.c calls it for a breakpoint that prints.  The text
 * goes to the debugger and is answered, so that it stands where it belongs in
 * the program's own output.
 */
#include "engine/core.h"

#include "engine/eval.h"

static PyObject *
compile_print(const struct pd_str *text)
{
	PD_OWNED typed = pd_str_to_py(text);
	PD_OWNED whole = NULL;

	if (typed != NULL)
		whole = PyUnicode_FromFormat(
		    "(lambda format, *args: format %% args)(%U\n)", typed);
	return whole == NULL ? NULL :
	    pd_compile_str(whole, Py_eval_input, 0);
}

static PyObject *
formatted(PyObject **cache, const struct pd_str *text, PyFrameObject *f)
{
	PD_OWNED globals = PyFrame_GetGlobals(f);
	PD_OWNED locals = NULL;
	PD_OWNED code = NULL;
	PD_OWNED value = NULL;

	if (*cache == NULL)
		*cache = compile_print(text);
	if (*cache == NULL)
		return NULL;
	code = Py_NewRef(*cache);
	locals = pd_frame_locals(f);
	if (locals == NULL)
		return NULL;
	value = PyEval_EvalCode(code, globals, locals);
	return value == NULL ? NULL : PyObject_Str(value);
}

void
pd_dprintf(PyObject **cache, const struct pd_str *text, uint64_t id,
    PyFrameObject *f)
{
	struct pd_str s = { 0 }, error;
	struct pd_guard g;
	PyObject *o;

	pd_guard_enter(&g, 0);
	o = formatted(cache, text, f);
	if (o != NULL) {
		s = pd_str_from_py(o);
	} else {
		error = pd_exception_take();
		s = pd_strf("*** dprintf %llu: %s\n", (unsigned long long)id,
		    pd_str_c(&error));
		pd_str_done(&error);
	}
	Py_XDECREF(o);
	pd_flush_streams();
	pd_guard_leave(&g);
	if (s.n > 0)
		pd_serve_output(s.s, s.n);
	pd_str_done(&s);
}

int
pd_dprintf_check(const struct pd_str *text, struct pd_err *err)
{
	struct pd_str error;
	struct pd_guard g;
	PyObject *code;

	pd_guard_enter(&g, 0);
	code = compile_print(text);
	if (code == NULL) {
		error = pd_exception_take();
		pd_err_set(err, "%s", pd_str_c(&error));
		pd_str_done(&error);
	}
	pd_guard_leave(&g);
	Py_XDECREF(code);
	return code != NULL ? 0 : -1;
}
