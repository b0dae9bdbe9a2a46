/*
 * Conditions: compiled once, evaluated in the frame that hits.
 *
 * Runs the program's code, under a guard: no event inside it is ours, the
 * program's exception state stays.  No time limit: a condition is the user's
 * own, and Ctrl-C ends it.
 */
#include "engine/core.h"

static PyObject *
compile_cond(const struct pd_str *text)
{
	PD_OWNED src = pd_str_to_py(text);
	const char *s;

	if (src == NULL)
		return NULL;
	s = PyUnicode_AsUTF8(src);
	if (s == NULL)
		return NULL;
	while (*s == ' ' || *s == '\t')
		s++;
	return Py_CompileString(s, "<stdin>", Py_eval_input);
}

static int
evaluate(PyObject **cache, const struct pd_str *text, PyFrameObject *f)
{
	PD_OWNED globals = PyFrame_GetGlobals(f);
	PD_OWNED locals = NULL;
	PD_OWNED code = NULL;
	PD_OWNED value = NULL;

	if (*cache == NULL)
		*cache = compile_cond(text);
	if (*cache == NULL)
		return -1;
	code = Py_NewRef(*cache);
	locals = pd_frame_locals(f);
	if (locals == NULL)
		return -1;
	value = PyEval_EvalCode(code, globals, locals);
	return value == NULL ? -1 : PyObject_IsTrue(value);
}

int
pd_cond_true(PyObject **cache, const struct pd_str *text, PyFrameObject *f,
    struct pd_str *error)
{
	struct pd_guard g;
	int rc;

	pd_guard_enter(&g, 0);
	rc = evaluate(cache, text, f);
	if (rc < 0)
		*error = pd_exception_take();
	pd_guard_leave(&g);
	return rc;
}
