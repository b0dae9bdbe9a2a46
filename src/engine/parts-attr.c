/*
 * The attributes of a value: what the interpreter keeps for it, its own, its
 * slots, properties.
 *
 * Called by parts.c, whose rules hold here.
 */
#include "engine/parts-room.h"

#include <structmember.h>

#include <string.h>

#include "engine/compat-object.h"
#include "engine/compat.h"

/* ---- what the interpreter keeps ----------------------------------------- */

static void
of_exception(struct walk *w, PyObject *o)
{
	PyBaseExceptionObject *e = (PyBaseExceptionObject *)o;

	pd_walk_attr(w, "args", e->args);
	pd_walk_attr(w, "__cause__", e->cause);
	pd_walk_attr(w, "__context__", e->context);
	pd_walk_attr(w, "__traceback__", e->traceback);
}

static void
of_function(struct walk *w, PyObject *o)
{
	PyObject *closure = PyFunction_GET_CLOSURE(o);
	PyCodeObject *co = (PyCodeObject *)PyFunction_GET_CODE(o);
	PD_OWNED names = NULL;

	pd_walk_attr(w, "__defaults__", PyFunction_GET_DEFAULTS(o));
	pd_walk_attr(w, "__kwdefaults__", PyFunction_GET_KW_DEFAULTS(o));
	if (closure == NULL)
		return;
	names = PyCode_GetFreevars(co);
	PyErr_Clear();
	for (Py_ssize_t i = 0; names != NULL && i < PyTuple_GET_SIZE(names) &&
	    i < PyTuple_GET_SIZE(closure); i++) {
		struct pd_part part = { PD_ITEM_NAME,
		    PyTuple_GET_ITEM(names, i), (uint64_t)i,
		    PyCell_GET(PyTuple_GET_ITEM(closure, i)),
		    ".__closure__[#].cell_contents" };

		if (part.value != NULL)
			pd_walk_part(w, &part);
	}
}

static void
of_method(struct walk *w, PyObject *o)
{
	pd_walk_attr(w, "__self__", PyMethod_GET_SELF(o));
	pd_walk_attr(w, "__func__", PyMethod_GET_FUNCTION(o));
}

static void
of_builtin(struct walk *w, PyObject *o)
{
	PyObject *self = PyCFunction_GET_SELF(o);

	if (self != NULL && !PyModule_Check(self))
		pd_walk_attr(w, "__self__", self);
}

static void
of_cell(struct walk *w, PyObject *o)
{
	pd_walk_attr(w, "cell_contents", PyCell_GET(o));
}

static void
of_traceback(struct walk *w, PyObject *o)
{
	PyTracebackObject *tb = (PyTracebackObject *)o;

	pd_walk_attr(w, "tb_next", (PyObject *)tb->tb_next);
	pd_walk_attr(w, "tb_frame", (PyObject *)tb->tb_frame);
}

static void
of_frame(struct walk *w, PyObject *o)
{
	PyFrameObject *f = (PyFrameObject *)o;
	PyCodeObject *co = PyFrame_GetCode(f);
	PD_OWNED back = (PyObject *)PyFrame_GetBack(f);

	pd_walk_attr(w, "f_back", back);
	pd_walk_slots(w, pd_compat_iframe_of(f), co, -1, ".f_locals[@]");
	Py_DECREF(co);
}

static void
of_generator(struct walk *w, PyObject *o)
{
	struct _PyInterpreterFrame *f = pd_compat_gen_iframe(o);
	PyObject *co = f != NULL ? pd_compat_iframe_code(f) : NULL;

	if (co != NULL)
		pd_walk_slots(w, f, (PyCodeObject *)co, -1,
		    PyCoro_CheckExact(o) ? ".cr_frame.f_locals[@]" :
		    PyGen_Check(o) ? ".gi_frame.f_locals[@]" :
		    ".ag_frame.f_locals[@]");
}

/* The function inside of a staticmethod or classmethod is a plain member of
 * these types. */
static void
of_wrapped(struct walk *w, PyObject *o)
{
	PD_OWNED f = PyObject_GetAttrString(o, "__func__");

	PyErr_Clear();
	pd_walk_attr(w, "__func__", f);
}

static void
of_class(struct walk *w, PyObject *o)
{
	pd_walk_attr(w, "__bases__", ((PyTypeObject *)o)->tp_bases);
	pd_walk_dict(w, pd_layout_class_dict((PyTypeObject *)o),
	    PD_ITEM_ATTR);
}

static void
of_module(struct walk *w, PyObject *o)
{
	pd_walk_dict(w, PyModule_GetDict(o), PD_ITEM_ATTR);
}

static const struct kept {
	PyTypeObject	*type;		/* this very one */
	void		(*fn)(struct walk *, PyObject *);
} kept[] = {
	{ &PyFunction_Type, of_function },
	{ &PyMethod_Type, of_method },
	{ &PyCFunction_Type, of_builtin },
	{ &PyCell_Type, of_cell },
	{ &PyTraceBack_Type, of_traceback },
	{ &PyFrame_Type, of_frame },
	{ &PyGen_Type, of_generator },
	{ &PyCoro_Type, of_generator },
	{ &PyAsyncGen_Type, of_generator },
	{ &PyStaticMethod_Type, of_wrapped },
	{ &PyClassMethod_Type, of_wrapped },
};

/* ---- its own ------------------------------------------------------------- */

static void
own(struct walk *w, PyObject *o)
{
	PyObject *dict = pd_layout_dict(o);
	struct pd_pairs pairs = { 0 };

	if (dict != NULL) {
		pd_walk_dict(w, dict, PD_ITEM_ATTR);
		return;
	}
	/* Kept without a dict: few. */
	pd_layout_own(o, &pairs);
	for (size_t i = 0; i < pairs.n; i++)
		pd_walk_part(w, &(struct pd_part){ PD_ITEM_ATTR,
		    pairs.v[i].key, 0, pairs.v[i].value, NULL });
	pd_pairs_done(&pairs);
}

/* ---- what the classes say ------------------------------------------------ */

struct classes {
	struct walk	*w;
	PyObject	*o;
	PyObject	*mro;		/* owned by the type */
	Py_ssize_t	 at;		/* class in it */
	bool		 c;		/* that class is C's */
};

/* A reading of it would raise an audit event, which the program may hear. */
#define MEMBER_AUDITS	2

static void
member(struct classes *c, PyObject *name, PyObject *descr)
{
	PyMemberDef *def = ((PyMemberDescrObject *)descr)->d_member;
	PD_OWNED v = NULL;

	if (def->flags & MEMBER_AUDITS)
		return;
	v = Py_TYPE(descr)->tp_descr_get(descr, c->o,
	    (PyObject *)Py_TYPE(c->o));
	PyErr_Clear();
	if (v != NULL)
		pd_walk_part(c->w, &(struct pd_part){ PD_ITEM_ATTR, name, 0, v,
		    NULL });
}

/* Is it computed when it is asked for? */
static bool
is_property(const struct classes *c, PyObject *descr)
{
	PyTypeObject *type = Py_TYPE(descr);
	const char *name = strrchr(type->tp_name, '.');

	name = name != NULL ? name + 1 : type->tp_name;
	if (type->tp_descr_get == NULL ||
	    Py_IS_TYPE(descr, &PyMemberDescr_Type) ||
	    strcmp(name, "_tuplegetter") == 0)
		return false;
	/* What the C classes below one of the program's offer is noise. */
	if (Py_IS_TYPE(descr, &PyGetSetDescr_Type))
		return c->at == 0 && c->c;
	return type->tp_descr_set != NULL ||
	    strcmp(name, "cached_property") == 0;
}

static bool
same_name(PyObject *a, PyObject *b)
{
	return a == b || (PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b) &&
	    PyUnicode_Compare(a, b) == 0);
}

static bool
has_name(PyObject *dict, PyObject *name)
{
	Py_ssize_t pos = 0;
	PyObject *k, *v;

	while (dict != NULL && PyDict_Next(dict, &pos, &k, &v))
		if (same_name(k, name))
			return true;
	return false;
}

/* Does something else go before what this class has under that name? */
static bool
is_hidden(const struct classes *c, PyObject *name, PyObject *descr)
{
	struct pd_pairs pairs = { 0 };
	bool found = false;

	for (Py_ssize_t i = 0; i < c->at; i++)
		if (has_name(pd_layout_class_dict((PyTypeObject *)
		    PyTuple_GET_ITEM(c->mro, i)), name))
			return true;
	if (Py_TYPE(descr)->tp_descr_set != NULL)
		return false;
	pd_layout_own(c->o, &pairs);
	for (size_t i = 0; i < pairs.n && !found; i++)
		found = same_name(pairs.v[i].key, name);
	pd_pairs_done(&pairs);
	return found;
}

static void
members(struct classes *c, PyObject *name, PyObject *v)
{
	if (Py_IS_TYPE(v, &PyMemberDescr_Type))
		member(c, name, v);
}

static void
properties(struct classes *c, PyObject *name, PyObject *v)
{
	if (is_property(c, v) && !is_hidden(c, name, v))
		pd_walk_part(c->w, &(struct pd_part){ PD_ITEM_PROPERTY, name, 0,
		    NULL, NULL });
}

/* Calls fn for what the classes of the object have, the first one first. */
static void
each_of_classes(struct walk *w, PyObject *o,
    void (*fn)(struct classes *, PyObject *, PyObject *))
{
	struct classes c = { .w = w, .o = o, .mro = Py_TYPE(o)->tp_mro };
	PyObject *k, *v;

	if (c.mro == NULL)
		return;
	Py_INCREF(c.mro);
	for (; c.at < PyTuple_GET_SIZE(c.mro); c.at++) {
		PyTypeObject *t =
		    (PyTypeObject *)PyTuple_GET_ITEM(c.mro, c.at);
		PyObject *dict = PyType_Check(t) ? pd_layout_class_dict(t) :
		    NULL;
		Py_ssize_t pos = 0;

		if (dict == NULL || !PyDict_Check(dict))
			continue;
		c.c = pd_parts_is_c(t);
		while (PyDict_Next(dict, &pos, &k, &v))
			if (PyUnicode_CheckExact(k) && !pd_parts_is_dunder(k))
				fn(&c, k, v);
	}
	Py_DECREF(c.mro);
}

void
pd_walk_attributes(struct walk *w, PyObject *o)
{
	if (PyType_Check(o)) {
		of_class(w, o);
		return;
	}
	if (PyModule_Check(o)) {
		of_module(w, o);
		return;
	}
	if (PyExceptionInstance_Check(o))
		of_exception(w, o);
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (Py_IS_TYPE(o, kept[i].type))
			kept[i].fn(w, o);
	own(w, o);
	each_of_classes(w, o, members);
	/* Those of generators, frames and the like are what was shown above,
	 * or raise audit events. */
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (Py_IS_TYPE(o, kept[i].type))
			return;
	each_of_classes(w, o, properties);
}
