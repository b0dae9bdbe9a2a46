/*
 * The attributes of an object, from where they are kept.
 *
 * For the walk alone; see dump-room.h.  What an object has of its own comes
 * from its __dict__ or from the values that take its place, its slots and the
 * members of types in C from tp_members, which say type and offset.  Functions
 * and the like are read by their structs.  No descriptor is called.
 */
#include "engine/compat.h"
#include "engine/dump-room.h"

#include <stdlib.h>
#include <string.h>
#include <structmember.h>

#include "base/alloc.h"

static struct pd_attr *
push(struct pd_dumper *d)
{
	if (d->nattrs == d->attrs_cap) {
		d->attrs_cap = d->attrs_cap == 0 ? 64 : d->attrs_cap * 2;
		d->attrs = pd_xrealloc(d->attrs, d->attrs_cap *
		    sizeof(*d->attrs));
	}
	return &d->attrs[d->nattrs++];
}

struct pd_attr *
pd_dump_attr(struct pd_dumper *d, const char *name, PyObject *o)
{
	struct pd_attr *a = push(d);

	*a = (struct pd_attr){ .name = name, .what = PD_A_OBJECT, .o = o };
	return a;
}

static void
attr_int(struct pd_dumper *d, const char *name, int64_t i)
{
	struct pd_attr *a = push(d);

	*a = (struct pd_attr){ .name = name, .what = PD_A_INT, .i = i };
}

/* ---- members --------------------------------------------------------- */

/* Sizes of what members are; 0: not shown. */
static size_t
member_size(int type)
{
	switch (type) {
	case T_OBJECT:
	case T_OBJECT_EX:
	case T_LONG:
	case T_ULONG:
	case T_LONGLONG:
	case T_ULONGLONG:
	case T_PYSSIZET:
	case T_DOUBLE:
		return 8;
	case T_INT:
	case T_UINT:
	case T_FLOAT:
		return 4;
	case T_SHORT:
	case T_USHORT:
		return 2;
	case T_BYTE:
	case T_UBYTE:
	case T_BOOL:
		return 1;
	}
	return 0;
}

/* Bytes behind those of all instances, of a tuple of C with names
 * (Objects/structseq.c): it may have more items than its length tells. */
static size_t
named_items(PyTypeObject *type, PyObject *o)
{
	PyObject *n;
	size_t count = (size_t)Py_SIZE(o);

	if (!(type->tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) ||
	    type->tp_itemsize != (Py_ssize_t)sizeof(PyObject *))
		return 0;
	n = pd_dump_dict_get(pd_layout_class_dict(type), "n_fields");
	/* Python itself believes it when it frees them. */
	if (n != NULL && PyLong_CheckExact(n))
		count = (size_t)PyLong_AsLong(n);
	return count < 1000 ? count * sizeof(PyObject *) : 0;
}

/* Does it lie within the instances of the class? */
static bool
member_fits(PyTypeObject *type, PyObject *o, const PyMemberDef *m)
{
	size_t n = member_size(m->type);

	return n > 0 && m->offset > 0 && type->tp_basicsize >= 0 &&
	    (size_t)m->offset + n <= (size_t)type->tp_basicsize +
	    named_items(type, o);
}

#define READ(type)	(*(type const *)p)

static void
member_value(const char *p, int type, struct pd_attr *a)
{
	a->what = PD_A_INT;
	switch (type) {
	case T_OBJECT:
	case T_OBJECT_EX:
		a->what = PD_A_OBJECT;
		a->o = READ(PyObject *);
		/* Read as an attribute such a member is None. */
		if (a->o == NULL && type == T_OBJECT)
			a->o = Py_None;
		return;
	case T_LONG:
	case T_LONGLONG:
	case T_PYSSIZET:
	case T_ULONG:
	case T_ULONGLONG:
		a->i = READ(int64_t);
		return;
	case T_INT:
		a->i = READ(int32_t);
		return;
	case T_UINT:
		a->i = READ(uint32_t);
		return;
	case T_SHORT:
		a->i = READ(int16_t);
		return;
	case T_USHORT:
		a->i = READ(uint16_t);
		return;
	case T_BYTE:
		a->i = READ(int8_t);
		return;
	case T_UBYTE:
		a->i = READ(uint8_t);
		return;
	case T_BOOL:
		a->what = PD_A_BOOL;
		a->i = READ(char) != 0;
		return;
	case T_FLOAT:
		a->what = PD_A_FLOAT;
		a->f = (double)READ(float);
		return;
	case T_DOUBLE:
		a->what = PD_A_FLOAT;
		a->f = READ(double);
		return;
	}
}

/* The namespace of __slots__ itself is told with the classes. */
static bool
is_shown(const char *name)
{
	return strcmp(name, "__dictoffset__") != 0 &&
	    strcmp(name, "__weaklistoffset__") != 0 &&
	    strcmp(name, "__vectorcalloffset__") != 0 &&
	    strcmp(name, "__weakref__") != 0;
}

static bool
have(const struct pd_dumper *d, const char *name)
{
	for (size_t i = 0; i < d->nattrs; i++)
		if (d->attrs[i].name != NULL &&
		    strcmp(d->attrs[i].name, name) == 0)
			return true;
	return false;
}

static void
members(struct pd_dumper *d, PyObject *o)
{
	PyObject *mro = Py_TYPE(o)->tp_mro;

	for (Py_ssize_t i = 0; mro != NULL && i < PyTuple_GET_SIZE(mro); i++) {
		PyTypeObject *c = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);

		if (!PyType_Check((PyObject *)c))
			continue;
		for (const PyMemberDef *m = c->tp_members; m != NULL &&
		    m->name != NULL; m++) {
			struct pd_attr a = { .name = m->name };

			if (!member_fits(c, o, m) || !is_shown(m->name) ||
			    have(d, m->name))
				continue;
			member_value((const char *)o + m->offset, m->type, &a);
			*push(d) = a;
		}
	}
}

PyObject *
pd_dump_slot(PyObject *o, const char *name)
{
	PyObject *mro = Py_TYPE(o)->tp_mro;

	for (Py_ssize_t i = 0; mro != NULL && i < PyTuple_GET_SIZE(mro); i++) {
		PyTypeObject *c = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);

		if (!PyType_Check((PyObject *)c))
			continue;
		for (const PyMemberDef *m = c->tp_members; m != NULL &&
		    m->name != NULL; m++)
			if ((m->type == T_OBJECT_EX || m->type == T_OBJECT) &&
			    strcmp(m->name, name) == 0 && member_fits(c, o, m))
				return *(PyObject **)((char *)o + m->offset);
	}
	return NULL;
}

/* ---- an object's own ------------------------------------------------- */

PyObject *
pd_dump_own(struct pd_dumper *d, PyObject *o, const char *name)
{
	size_t n = strlen(name);
	PyObject *found = NULL;

	d->pairs.n = 0;
	pd_layout_own(o, &d->pairs);
	for (size_t i = 0; i < d->pairs.n && found == NULL; i++) {
		PyObject *k = d->pairs.v[i].key;

		if (PyUnicode_CheckExact(k) && pd_layout_text_ready(k) &&
		    PyUnicode_IS_ASCII(k) &&
		    (size_t)PyUnicode_GET_LENGTH(k) == n &&
		    memcmp(PyUnicode_1BYTE_DATA(k), name, n) == 0)
			found = d->pairs.v[i].value;
	}
	return found;
}

static void
pairs_to_attrs(struct pd_dumper *d, struct pd_plan_obj *p)
{
	for (size_t i = 0; i < d->pairs.n; i++) {
		struct pd_attr *a;

		if (d->nattrs >= PD_CORE_ATTRS_MAX / 2) {
			p->cut = PD_CORE_CUT_BYTES;
			return;
		}
		a = push(d);
		*a = (struct pd_attr){ .key = d->pairs.v[i].key,
		    .what = PD_A_OBJECT, .o = d->pairs.v[i].value };
	}
}

/* A __dict__ that somebody else may hold is an object of its own. */
static void
own(struct pd_dumper *d, PyObject *o, struct pd_plan_obj *p)
{
	PyObject *dict = pd_layout_dict(o);

	if (dict != NULL && (Py_REFCNT(dict) > 1 ||
	    PyDict_GET_SIZE(dict) > PD_CORE_ATTRS_MAX / 4)) {
		p->dict = dict;
		return;
	}
	d->pairs.n = 0;
	pd_layout_own(o, &d->pairs);
	pairs_to_attrs(d, p);
}

/* ---- by kind --------------------------------------------------------- */

static void
of_function(struct pd_dumper *d, PyObject *o)
{
	PyFunctionObject *f = (PyFunctionObject *)o;

	pd_dump_attr(d, "__name__", f->func_name);
	pd_dump_attr(d, "__qualname__", f->func_qualname);
	pd_dump_attr(d, "__module__", f->func_module);
	pd_dump_attr(d, "__code__", f->func_code);
	pd_dump_attr(d, "__defaults__", f->func_defaults != NULL ?
	    f->func_defaults : Py_None);
	pd_dump_attr(d, "__kwdefaults__", f->func_kwdefaults != NULL ?
	    f->func_kwdefaults : Py_None);
	pd_dump_attr(d, "__closure__", f->func_closure != NULL ?
	    f->func_closure : Py_None);
	if (f->func_globals != NULL)
		pd_dump_far_id(d, f->func_globals);
	pd_dump_attr(d, "__globals__", f->func_globals);
	pd_dump_attr(d, "__doc__", f->func_doc != NULL ? f->func_doc :
	    Py_None);
}

/* The names of its variables of some kind are made when they are asked for,
 * and so are not here as tuples; names and constants are those of the object
 * itself. */
static void
of_code(struct pd_dumper *d, PyObject *o)
{
	PyCodeObject *c = (PyCodeObject *)o;

	pd_dump_attr(d, "co_name", c->co_name);
	pd_dump_attr(d, "co_qualname", c->co_qualname);
	pd_dump_attr(d, "co_filename", c->co_filename);
	attr_int(d, "co_firstlineno", c->co_firstlineno);
	attr_int(d, "co_argcount", c->co_argcount);
	attr_int(d, "co_posonlyargcount", c->co_posonlyargcount);
	attr_int(d, "co_kwonlyargcount", c->co_kwonlyargcount);
	attr_int(d, "co_nlocals", c->co_nlocals);
	attr_int(d, "co_flags", c->co_flags);
	pd_dump_attr(d, "co_names", c->co_names);
	pd_dump_attr(d, "co_consts", c->co_consts);
}

static void
of_exception(struct pd_dumper *d, PyObject *o)
{
	PyBaseExceptionObject *e = (PyBaseExceptionObject *)o;

	pd_dump_attr(d, "args", e->args);
	pd_dump_attr(d, "__cause__", e->cause != NULL ? e->cause : Py_None);
	pd_dump_attr(d, "__context__", e->context != NULL ? e->context :
	    Py_None);
	pd_dump_attr(d, "__suppress_context__", e->suppress_context ?
	    Py_True : Py_False);
}

static void
of_generator(struct pd_dumper *d, PyObject *o)
{
	struct _PyInterpreterFrame *f = pd_layout_gen_frame(o);
	PyObject *code = f == NULL ? NULL : pd_compat_iframe_code(f);
	struct pd_attr *a;

	pd_dump_attr(d, "__name__", pd_layout_gen_name(o));
	pd_dump_attr(d, "__qualname__", pd_layout_gen_qualname(o));
	pd_dump_attr(d, "code", code != NULL ? code : Py_None);
	a = pd_dump_attr(d, "frame", Py_None);
	if (code == NULL) {
		pd_dump_attr(d, "line", Py_None);
		return;
	}
	a->what = PD_A_FRAME;
	a->frame = f;
	attr_int(d, "line", PyCode_Addr2Line((PyCodeObject *)code,
	    pd_layout_frame_lasti(f)));
}

static void
of_builtin(struct pd_dumper *d, PyObject *o)
{
	PyCFunctionObject *f = (PyCFunctionObject *)o;
	struct pd_attr *a = pd_dump_attr(d, "__name__", Py_None);

	if (f->m_ml != NULL && f->m_ml->ml_name != NULL) {
		a->what = PD_A_TEXT;
		a->text = f->m_ml->ml_name;
	}
	pd_dump_attr(d, "__module__", f->m_module != NULL ? f->m_module :
	    Py_None);
	pd_dump_attr(d, "__self__", f->m_self != NULL ? f->m_self : Py_None);
}

static void
of_class(struct pd_dumper *d, PyObject *o, struct pd_plan_obj *p)
{
	PyTypeObject *type = (PyTypeObject *)o;
	PyObject *dict, *k, *v;
	Py_ssize_t pos = 0;

	/* What is built in has hundreds of descriptors that say nothing. */
	if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) ||
	    (type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE))
		return;
	dict = pd_layout_class_dict(type);
	if (dict == NULL || !PyDict_Check(dict))
		return;
	d->pairs.n = 0;
	while (PyDict_Next(dict, &pos, &k, &v))
		pd_pairs_push(&d->pairs, k, v);
	pairs_to_attrs(d, p);
}

static void
of_kind(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	PyObject *dict;

	switch (info->kind) {
	case PD_CORE_FUNCTION:
		of_function(d, o);
		break;
	case PD_CORE_CODE:
		of_code(d, o);
		break;
	case PD_CORE_EXCEPTION:
		of_exception(d, o);
		break;
	case PD_CORE_GENERATOR:
		of_generator(d, o);
		break;
	case PD_CORE_BUILTIN:
		of_builtin(d, o);
		break;
	case PD_CORE_TYPE:
		of_class(d, o, p);
		break;
	case PD_CORE_METHOD:
		pd_dump_attr(d, "__self__", PyMethod_GET_SELF(o));
		pd_dump_attr(d, "__func__", PyMethod_GET_FUNCTION(o));
		break;
	case PD_CORE_DESCR:
		pd_dump_attr(d, "__name__", PyDescr_NAME(o));
		pd_dump_attr(d, "__objclass__", (PyObject *)PyDescr_TYPE(o));
		break;
	case PD_CORE_MODULE:
		dict = PyModule_GetDict(o);
		pd_dump_attr(d, "__name__", pd_dump_dict_get(dict,
		    "__name__"));
		pd_dump_attr(d, "__file__", pd_dump_dict_get(dict,
		    "__file__"));
		p->dict = dict;
		break;
	default:
		break;
	}
}

/* Their members are told above, or are of no use. */
static bool
is_struct(enum pd_core_kind kind)
{
	switch (kind) {
	case PD_CORE_FUNCTION:
	case PD_CORE_CODE:
	case PD_CORE_GENERATOR:
	case PD_CORE_BUILTIN:
	case PD_CORE_TYPE:
	case PD_CORE_METHOD:
	case PD_CORE_DESCR:
	case PD_CORE_MODULE:
	case PD_CORE_COMPLEX:
	case PD_CORE_RANGE:
	case PD_CORE_SLICE:
	case PD_CORE_WEAKREF:
		return true;
	default:
		return false;
	}
}

void
pd_dump_attrs(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	bool plain = !is_struct(info->kind);

	of_kind(d, o, info, p);
	p->has_attrs = d->nattrs > 0;
	if (plain && info->members)
		members(d, o);
	if (p->dict == NULL && info->kind != PD_CORE_TYPE &&
	    ((Py_TYPE(o)->tp_flags & Py_TPFLAGS_MANAGED_DICT) ||
	    Py_TYPE(o)->tp_dictoffset != 0))
		own(d, o, p);
}
