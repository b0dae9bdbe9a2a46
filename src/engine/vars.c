/*
 * Variables of a frame: arguments, locals, globals.
 *
 * Called by serve.c.  A reply has an upper bound as a whole, so that a
 * thousand large variables still fit into a message.
 */
#include "engine/engine.h"

#include "engine/compat-eval.h"

#define REPLY_MAX	((size_t)32 << 20)
#define VALUE_MIN	64u		/* bytes, when the reply is full */

struct collect {
	struct pd_vec	*out;
	size_t		 max;		/* for each value */
	size_t		 depth;
	size_t		 room;		/* in the reply */
};

/* value: borrowed, or NULL for an argument that was deleted. */
static void
add(struct collect *c, PyObject *name, PyObject *value)
{
	struct pd_var *v = PD_VEC_PUSH(c->out, struct pd_var);
	size_t room = c->room < VALUE_MIN ? VALUE_MIN : c->room, used;

	v->name = pd_str_from_py(name);
	if (value == NULL) {
		v->undefined = true;
		return;
	}
	pd_value_repr(value, c->max < room ? c->max : room, c->depth,
	    &v->value);
	used = v->name.n + v->value.text.n + 32;
	c->room = used < c->room ? c->room - used : 0;
}

/* As pdb's args. */
static int
arguments(struct collect *c, PyFrameObject *f, PyObject *locals)
{
	PyCodeObject *co = PyFrame_GetCode(f);
	PD_OWNED names = PyCode_GetVarnames(co);
	Py_ssize_t n = co->co_argcount + co->co_kwonlyargcount +
	    ((co->co_flags & CO_VARARGS) != 0) +
	    ((co->co_flags & CO_VARKEYWORDS) != 0);

	Py_DECREF(co);
	if (names == NULL)
		return -1;
	for (Py_ssize_t i = 0; i < n && i < PyTuple_GET_SIZE(names); i++) {
		PyObject *name = PyTuple_GET_ITEM(names, i);
		PD_OWNED v = PyObject_GetItem(locals, name);

		PyErr_Clear();
		add(c, name, v);
	}
	return 0;
}

static int
all(struct collect *c, PyObject *mapping)
{
	PD_OWNED items = PyMapping_Items(mapping);

	if (items == NULL)
		return -1;
	for (Py_ssize_t i = 0; i < PyList_GET_SIZE(items); i++) {
		PyObject *x = PyList_GET_ITEM(items, i);

		if (PyTuple_Check(x) && PyTuple_GET_SIZE(x) == 2)
			add(c, PyTuple_GET_ITEM(x, 0), PyTuple_GET_ITEM(x, 1));
	}
	return 0;
}

static int
collect(struct collect *c, PyFrameObject *f, uint64_t which)
{
	PD_OWNED mapping = which == PD_VARS_GLOBALS ? PyFrame_GetGlobals(f) :
	    pd_compat_locals(f);

	if (mapping == NULL)
		return -1;
	return which == PD_VARS_ARGS ? arguments(c, f, mapping) :
	    all(c, mapping);
}

int
pd_eval_vars(const struct pd_vars_req *req, struct pd_vars *out,
    struct pd_err *err)
{
	PyFrameObject *f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	struct collect c = { .out = &out->vars, .max = PD_VALUE_MAX,
	    .room = REPLY_MAX };
	struct pd_guard g;
	int r;

	if (f == NULL)
		return -1;
	if (req->max != 0 && req->max < REPLY_MAX)
		c.max = (size_t)req->max;
	c.depth = req->depth > INT_MAX ? 0 : (size_t)req->depth;
	pd_guard_enter(&g, 0);
	r = collect(&c, f, req->which);
	if (r < 0) {
		struct pd_str s = pd_exception_take();

		pd_err_set(err, "cannot read the variables: %s", pd_str_c(&s));
		pd_str_done(&s);
	}
	pd_flush_streams();
	pd_guard_leave(&g);
	return r;
}
