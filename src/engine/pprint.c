/*
 * pprint.pformat() for `pp`, with a module of our own where the program has
 * none (private.c).  Called by eval.c.
 */
#include "engine/engine.h"

#include "engine/eval.h"

static PyObject *
pformat(PyObject *o, size_t depth)
{
	/* Positions: the object, indent, width, depth. */
	PyObject *s = depth == 0 ?
	    pd_private_call("pprint", "pformat", "(O)", o) :
	    pd_private_call("pprint", "pformat", "(Oiin)", o, 1, 80,
	    (Py_ssize_t)depth);

	if (s != NULL && !PyUnicode_Check(s)) {
		Py_DECREF(s);
		PyErr_SetString(PyExc_TypeError,
		    "pprint.pformat() returned no str");
		return NULL;
	}
	return s;
}

void
pd_value_pprint(PyObject *o, size_t max, size_t depth, struct pd_value *out)
{
	struct pd_guard g;
	PyObject *s;

	pd_guard_enter(&g, PD_REPR_MS);
	s = pformat(o, depth);
	if (s == NULL) {
		pd_value_fail(&g, out);
		return;
	}
	pd_guard_leave(&g);
	pd_value_text(s, max, out);
	Py_DECREF(s);
}
