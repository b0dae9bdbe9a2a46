/*
 * Exceptions: those that led to one another, with their own frames.
 *
 * For the walk alone; see dump-room.h.
 */
#include "engine/dump-room.h"

#include <string.h>
#include <structmember.h>

#define EXCS_MAX	1000

static size_t
find(const struct pd_dumper *d, PyObject *exc)
{
	for (size_t i = 0; i < d->excs.n; i++)
		if (PD_VEC_AT(&d->excs, struct pd_dexc, i)->exc == exc)
			return i + 1;
	return 0;
}

/* Its number; 0: there are too many. */
static uint64_t
number(struct pd_dumper *d, PyObject *exc, bool below)
{
	struct pd_core_exc rec = { 0 };
	size_t n;

	if (exc == NULL || !PyExceptionInstance_Check(exc))
		return 0;
	n = find(d, exc);
	if (n != 0 || d->excs.n >= EXCS_MAX)
		return n;
	pd_dump_add_tb(d, ((PyBaseExceptionObject *)exc)->traceback, below,
	    &rec);
	*PD_VEC_PUSH(&d->excs, struct pd_dexc) = (struct pd_dexc){ exc, rec };
	return d->excs.n;
}

static PyObject *
group_members(PyObject *exc)
{
	PyObject *type = PyExc_BaseExceptionGroup, *o;

	if (!PyObject_TypeCheck(exc, (PyTypeObject *)type))
		return NULL;
	o = ((PyBaseExceptionGroupObject *)exc)->excs;
	return o != NULL && PyTuple_Check(o) ? o : NULL;
}

uint64_t
pd_dump_add_exc(struct pd_dumper *d, PyObject *raised, bool below)
{
	size_t i = d->excs.n;
	uint64_t n = number(d, raised, below);

	/* Numbering may add further ones, behind. */
	for (; i < d->excs.n; i++) {
		PyObject *o = PD_VEC_AT(&d->excs, struct pd_dexc, i)->exc;
		PyBaseExceptionObject *e = (PyBaseExceptionObject *)o;
		uint64_t cause = number(d, e->cause, false);
		uint64_t context = number(d, e->context, false);
		PyObject *group = group_members(o);
		struct pd_core_exc *rec;

		for (Py_ssize_t k = 0; group != NULL &&
		    k < PyTuple_GET_SIZE(group); k++) {
			uint64_t m = number(d, PyTuple_GET_ITEM(group, k),
			    false);

			rec = &PD_VEC_AT(&d->excs, struct pd_dexc, i)->rec;
			*PD_VEC_PUSH(&rec->members, uint64_t) = m;
		}
		rec = &PD_VEC_AT(&d->excs, struct pd_dexc, i)->rec;
		rec->cause = cause;
		rec->context = context;
		rec->suppress = e->suppress_context;
	}
	return n;
}

/* ---- what a traceback says ------------------------------------------- */

static struct pd_str
type_text(PyTypeObject *type)
{
	struct pd_str module, name, s;

	pd_dump_type_name(type, &module, &name);
	if (module.s == NULL || pd_str_eq(&module, "builtins") ||
	    pd_str_eq(&module, "__main__")) {
		pd_str_done(&module);
		return name;
	}
	s = pd_strf("%s.%s", module.s, pd_str_c(&name));
	pd_str_done(&module);
	pd_str_done(&name);
	return s;
}

/* Only builtin things, whose str() and repr() are C's own? */
static bool
is_plain(PyObject *o, int depth)
{
	PyObject *k, *v;
	Py_ssize_t pos = 0;

	if (o == NULL || o == Py_None || PyBool_Check(o) ||
	    PyLong_CheckExact(o) || PyFloat_CheckExact(o) ||
	    PyUnicode_CheckExact(o) || PyBytes_CheckExact(o))
		return true;
	if (depth == 0)
		return false;
	if (PyTuple_CheckExact(o) || PyList_CheckExact(o)) {
		PyObject **item = PyTuple_CheckExact(o) ?
		    ((PyTupleObject *)o)->ob_item :
		    ((PyListObject *)o)->ob_item;

		if (Py_SIZE(o) > 100)
			return false;
		for (Py_ssize_t i = 0; i < Py_SIZE(o); i++)
			if (!is_plain(item[i], depth - 1))
				return false;
		return true;
	}
	if (!PyDict_CheckExact(o) || PyDict_GET_SIZE(o) > 100)
		return false;
	while (PyDict_Next(o, &pos, &k, &v))
		if (!is_plain(k, depth - 1) || !is_plain(v, depth - 1))
			return false;
	return true;
}

static bool
has_plain_members(PyObject *exc)
{
	PyObject *mro = Py_TYPE(exc)->tp_mro;

	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(mro); i++) {
		PyTypeObject *c = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);
		const PyMemberDef *m = PyType_Check((PyObject *)c) ?
		    c->tp_members : NULL;

		/* Of a failed look-up the object itself, which no text
		 * shows. */
		for (; m != NULL && m->name != NULL; m++)
			if ((m->type == T_OBJECT || m->type == T_OBJECT_EX) &&
			    strcmp(m->name, "obj") != 0 &&
			    strcmp(m->name, "exceptions") != 0 &&
			    strcmp(m->name, "value") != 0 &&
			    !is_plain(pd_dump_slot(exc, m->name), 4))
				return false;
	}
	return true;
}

/* Does what its text is made of hold builtin things alone?  Of a group that
 * is the message and the number of its members. */
static bool
is_told_plainly(PyObject *exc)
{
	PyObject *group = group_members(exc);

	if (group != NULL)
		return PyUnicode_CheckExact(
		    ((PyBaseExceptionGroupObject *)exc)->msg);
	return is_plain(((PyBaseExceptionObject *)exc)->args, 4) &&
	    has_plain_members(exc);
}

/* str(exc), if that is done by C with builtin things alone.  No collection can
 * begin: texts are all that is made. */
static bool
str_text(PyObject *exc, struct pd_str *out)
{
	reprfunc fn = Py_TYPE(exc)->tp_str;
	PyObject *mro = Py_TYPE(exc)->tp_mro, *s, *was[3];
	bool in_c = false;

	/* The slot of a class that has its own __str__ is the interpreter's
	 * way to Python code; those of builtin exceptions are not. */
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(mro) && !in_c; i++) {
		PyTypeObject *c = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);

		if (PyType_Check((PyObject *)c) &&
		    !(c->tp_flags & Py_TPFLAGS_HEAPTYPE))
			in_c = c->tp_str == fn;
	}
	if (!in_c || !is_told_plainly(exc))
		return false;
	PyErr_Fetch(&was[0], &was[1], &was[2]);
	s = fn(exc);
	if (s != NULL)
		*out = pd_dump_str(s);
	Py_XDECREF(s);
	PyErr_Clear();
	PyErr_Restore(was[0], was[1], was[2]);
	return out->s != NULL;
}

static struct pd_str
exc_text(PyObject *exc, const struct pd_str *type)
{
	struct pd_str s = { 0 }, line;
	PyObject *msg;

	/* A traceback gives the place in lines of its own. */
	if (PyObject_TypeCheck(exc, (PyTypeObject *)PyExc_SyntaxError)) {
		msg = ((PySyntaxErrorObject *)exc)->msg;
		if (msg == NULL || !PyUnicode_CheckExact(msg))
			return s;
		s = pd_dump_str(msg);
	} else if (!str_text(exc, &s))
		return s;
	line = pd_strf("%s%s%s", pd_str_c(type), s.n > 0 ? ": " : "",
	    pd_str_c(&s));
	pd_str_done(&s);
	return line;
}

static void
put_notes(struct pd_dumper *d, PyObject *exc, struct pd_vec *out)
{
	PyObject *notes = pd_dump_own(d, exc, "__notes__");

	if (notes == NULL || !PyList_Check(notes))
		return;
	for (Py_ssize_t i = 0; i < PyList_GET_SIZE(notes) && i < 1000; i++) {
		PyObject *o = PyList_GET_ITEM(notes, i);

		if (o != NULL && PyUnicode_Check(o))
			*PD_VEC_PUSH(out, struct pd_str) = pd_dump_str(o);
	}
}

void
pd_dump_put_excs(struct pd_dumper *d)
{
	for (size_t i = 0; i < d->excs.n; i++) {
		struct pd_dexc *x = PD_VEC_AT(&d->excs, struct pd_dexc, i);
		struct pd_core_exc *rec = &x->rec;

		rec->object = pd_dump_id(d, x->exc);
		rec->type = type_text(Py_TYPE(x->exc));
		rec->text = exc_text(x->exc, &rec->type);
		put_notes(d, x->exc, &rec->notes);
		PD_VEC_EACH(&d->threads, struct pd_core_thread, t)
			if (t->exc == i + 1)
				rec->thread = (uint64_t)(t - (struct
				    pd_core_thread *)d->threads.v) + 1;
		pd_core_put_rec(d->w, PD_CORE_T_EXC, &pd_core_exc_desc, rec);
	}
}
