/*
 * The exceptions of a post mortem that led to one another.
 *
 * Called by stop.c, which says what was raised, and by serve.c for exceptions.
 * The order and the way are those of Lib/pdb.py since 3.13
 * (_get_tb_and_exceptions): from the raised one by __cause__, or by
 * __context__ unless that is suppressed; told with the oldest in front.
 */
#include "engine/core.h"

#define CHAIN_MAX	999	/* as pdb's */
#define TEXT_MAX	80	/* characters of a repr, as pdb's */

static PyObject	*chain;		/* owned: list, the raised one first; NULL */
static size_t	 current;	/* index in chain */

static bool
seen(PyObject *exc)
{
	for (Py_ssize_t i = 0; i < PyList_GET_SIZE(chain); i++)
		if (PyList_GET_ITEM(chain, i) == exc)
			return true;
	return false;
}

/* New reference, or NULL: the end. */
static PyObject *
next_of(PyObject *exc)
{
	PyObject *next = PyException_GetCause(exc);

	if (next != NULL)
		return next;
	if (((PyBaseExceptionObject *)exc)->suppress_context)
		return NULL;
	return PyException_GetContext(exc);
}

void
pd_chain_set(PyObject *exc)
{
	PyObject *next;

	Py_CLEAR(chain);
	current = 0;
	if (exc == NULL || !PyExceptionInstance_Check(exc))
		return;
	chain = PyList_New(0);
	Py_INCREF(exc);
	while (chain != NULL && exc != NULL && !seen(exc) &&
	    PyList_GET_SIZE(chain) < CHAIN_MAX) {
		PyList_Append(chain, exc);
		next = next_of(exc);
		Py_DECREF(exc);
		exc = next;
	}
	Py_XDECREF(exc);
	PyErr_Clear();
}

PyObject *
pd_chain_raised(void)
{
	return chain != NULL && PyList_GET_SIZE(chain) > 0 ?
	    PyList_GET_ITEM(chain, 0) : NULL;
}

static struct pd_str
short_repr(PyObject *exc)
{
	PD_OWNED text = PyObject_Repr(exc);
	PD_OWNED head = NULL;

	if (text == NULL)
		return pd_exception_take();
	if (PyUnicode_GET_LENGTH(text) <= TEXT_MAX)
		return pd_str_from_py(text);
	head = PyUnicode_Substring(text, 0, TEXT_MAX - 3);
	Py_SETREF(text, head == NULL ? NULL :
	    PyUnicode_FromFormat("%U...", head));
	return text == NULL ? pd_exception_take() : pd_str_from_py(text);
}

static void
list(struct pd_exceptions *rep)
{
	size_t n = chain == NULL ? 0 : (size_t)PyList_GET_SIZE(chain);

	for (size_t i = n; i-- > 0;) {
		PyObject *exc = PyList_GET_ITEM(chain, (Py_ssize_t)i);
		PD_OWNED tb = PyException_GetTraceback(exc);
		struct pd_exc *e = PD_VEC_PUSH(&rep->excs, struct pd_exc);

		e->text = short_repr(exc);
		e->has_tb = tb != NULL;
	}
	rep->current = n == 0 ? 0 : n - 1 - current;
}

static int
choose(uint64_t index, struct pd_err *err)
{
	size_t n = chain == NULL ? 0 : (size_t)PyList_GET_SIZE(chain);
	PD_OWNED tb = NULL;
	PyObject *exc;

	if (index >= n)
		return pd_err_set(err, "No exception with that number");
	exc = PyList_GET_ITEM(chain, (Py_ssize_t)(n - 1 - index));
	tb = PyException_GetTraceback(exc);
	if (tb == NULL)
		return pd_err_set(err, "This exception does not have a "
		    "traceback, cannot jump to it");
	current = n - 1 - (size_t)index;
	pd_stack_capture_tb(&pd_stop_stack, tb);
	pd_conv_set("_exception", exc);
	return 0;
}

int
pd_chain_do(const struct pd_exceptions_req *req, struct pd_exceptions *rep,
    struct pd_err *err)
{
	struct pd_guard g;
	int rc = 0;

	pd_guard_enter(&g, PD_REPR_MS);
	if (req->select)
		rc = choose(req->index, err);
	else
		list(rep);
	pd_guard_leave(&g);
	return rc;
}
