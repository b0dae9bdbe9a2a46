/*
 * Types: their records, and what kind of object their instances are.
 *
 * For the walk alone; see dump-room.h.  A type is looked at once.  Its own
 * dict is gone through from end to end and its keys are compared as bytes, so
 * that no key's __eq__ is asked; what a class inherits follows from those of
 * its __mro__.
 */
#include "engine/dump-room.h"

#include <stdlib.h>
#include <string.h>
#include <structmember.h>

#include "base/alloc.h"

/* ---- looking into dicts ---------------------------------------------- */

static bool
is_text(PyObject *o, const char *s, size_t n)
{
	return PyUnicode_CheckExact(o) && pd_layout_text_ready(o) &&
	    PyUnicode_IS_ASCII(o) &&
	    (size_t)PyUnicode_GET_LENGTH(o) == n &&
	    memcmp(PyUnicode_1BYTE_DATA(o), s, n) == 0;
}

PyObject *
pd_dump_dict_get(PyObject *dict, const char *key)
{
	size_t n = strlen(key);
	Py_ssize_t pos = 0;
	PyObject *k, *v;

	if (dict == NULL || !PyDict_Check(dict))
		return NULL;
	while (PyDict_Next(dict, &pos, &k, &v))
		if (is_text(k, key, n))
			return v;
	return NULL;
}

PyObject *
pd_dump_module_dict(const char *name)
{
	PyObject *mod = pd_dump_dict_get(PyImport_GetModuleDict(), name);

	return mod != NULL && PyModule_Check(mod) ? PyModule_GetDict(mod) :
	    NULL;
}

/* ---- names ----------------------------------------------------------- */

void
pd_dump_type_name(PyTypeObject *type, struct pd_str *module,
    struct pd_str *qualname)
{
	const char *name = type->tp_name, *dot = strrchr(name, '.');
	PyObject *o;

	if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
		o = pd_dump_dict_get(pd_layout_class_dict(type), "__module__");
		*module = pd_dump_str(o);
		*qualname = pd_dump_str(((PyHeapTypeObject *)type)->
		    ht_qualname);
		if (qualname->s == NULL)
			*qualname = pd_str_from(name);
		if (module->s == NULL && dot != NULL)
			*module = pd_str_new(name, (size_t)(dot - name));
		return;
	}
	*module = dot != NULL ? pd_str_new(name, (size_t)(dot - name)) :
	    pd_str_from("builtins");
	*qualname = pd_str_from(dot != NULL ? dot + 1 : name);
}

/* ---- what instances are ---------------------------------------------- */

static const struct {
	PyTypeObject		*type;
	enum pd_core_kind	 kind;
} exact_types[] = {
	{ &PyFloat_Type, PD_CORE_FLOAT },
	{ &PyComplex_Type, PD_CORE_COMPLEX },
	{ &PyByteArray_Type, PD_CORE_BYTEARRAY },
	{ &PySet_Type, PD_CORE_SET },
	{ &PyFrozenSet_Type, PD_CORE_FROZENSET },
	{ &PyModule_Type, PD_CORE_MODULE },
	{ &PyProperty_Type, PD_CORE_PROPERTY },
	{ &PyStaticMethod_Type, PD_CORE_WRAPPER },
	{ &PyClassMethod_Type, PD_CORE_WRAPPER },
	{ &PyCFunction_Type, PD_CORE_BUILTIN },
	/* Those below have no subclasses. */
	{ &PyFunction_Type, PD_CORE_FUNCTION },
	{ &PyMethod_Type, PD_CORE_METHOD },
	{ &PyCode_Type, PD_CORE_CODE },
	{ &PyRange_Type, PD_CORE_RANGE },
	{ &PySlice_Type, PD_CORE_SLICE },
	{ &PyGen_Type, PD_CORE_GENERATOR },
	{ &PyCoro_Type, PD_CORE_GENERATOR },
	{ &PyAsyncGen_Type, PD_CORE_GENERATOR },
	{ &PyCell_Type, PD_CORE_CELL },
	{ &PyDictProxy_Type, PD_CORE_PROXY },
	{ &PyMemoryView_Type, PD_CORE_MEMORYVIEW },
	{ &PyMemberDescr_Type, PD_CORE_DESCR },
	{ &PyGetSetDescr_Type, PD_CORE_DESCR },
	{ &PyMethodDescr_Type, PD_CORE_DESCR },
	{ &PyClassMethodDescr_Type, PD_CORE_DESCR },
	{ &PyWrapperDescr_Type, PD_CORE_DESCR },
	{ &_PyWeakref_RefType, PD_CORE_WEAKREF },
	{ &PyDictKeys_Type, PD_CORE_VIEW },
	{ &PyDictValues_Type, PD_CORE_VIEW },
	{ &PyDictItems_Type, PD_CORE_VIEW },
};

/* Of the standard library, in C: no class of the program's is one of these. */
static const struct {
	const char		*name;
	enum pd_core_kind	 kind;
} named_types[] = {
	{ "collections.deque", PD_CORE_DEQUE },
	{ "datetime.datetime", PD_CORE_DATETIME },
	{ "datetime.date", PD_CORE_DATE },
	{ "datetime.time", PD_CORE_TIME },
	{ "datetime.timedelta", PD_CORE_TIMEDELTA },
	{ "datetime.timezone", PD_CORE_TIMEZONE },
	{ "decimal.Decimal", PD_CORE_DECIMAL },
	{ "array.array", PD_CORE_ARRAY },
	{ "numpy.ndarray", PD_CORE_NDARRAY },
	{ "numpy.dtype", PD_CORE_DTYPE },
};

static const struct {
	unsigned long		 flag;
	enum pd_core_kind	 kind;
} flagged[] = {
	{ Py_TPFLAGS_LONG_SUBCLASS, PD_CORE_INT },
	{ Py_TPFLAGS_LIST_SUBCLASS, PD_CORE_LIST },
	{ Py_TPFLAGS_TUPLE_SUBCLASS, PD_CORE_TUPLE },
	{ Py_TPFLAGS_BYTES_SUBCLASS, PD_CORE_BYTES },
	{ Py_TPFLAGS_UNICODE_SUBCLASS, PD_CORE_STR },
	{ Py_TPFLAGS_DICT_SUBCLASS, PD_CORE_DICT },
	{ Py_TPFLAGS_BASE_EXC_SUBCLASS, PD_CORE_EXCEPTION },
	{ Py_TPFLAGS_TYPE_SUBCLASS, PD_CORE_TYPE },
};

/* What one class of the __mro__ makes of its instances. */
static bool
kind_of_class(PyTypeObject *c, struct pd_tinfo *info)
{
	bool in_c = !(c->tp_flags & Py_TPFLAGS_HEAPTYPE) ||
	    (c->tp_flags & Py_TPFLAGS_IMMUTABLETYPE);

	for (size_t i = 0; i < sizeof(exact_types) / sizeof(*exact_types); i++)
		if (exact_types[i].type == c) {
			info->kind = exact_types[i].kind;
			return true;
		}
	for (size_t i = 0; in_c && i < sizeof(named_types) /
	    sizeof(*named_types); i++)
		if (strcmp(c->tp_name, named_types[i].name) == 0) {
			info->kind = named_types[i].kind;
			info->base = c;
			return true;
		}
	if (in_c && strncmp(c->tp_name, "numpy.", 6) == 0 &&
	    pd_dump_npscalar(c, info))
		return true;
	if (pd_dump_is_path(c)) {
		info->kind = PD_CORE_PATH;
		return true;
	}
	return false;
}

static bool
is_class(PyObject *o)
{
	return o != NULL && PyType_Check(o);
}

static void
find_kind(struct pd_tinfo *info)
{
	PyTypeObject *type = info->type;
	PyObject *mro = type->tp_mro;

	for (size_t i = 0; i < sizeof(flagged) / sizeof(*flagged); i++)
		if (type->tp_flags & flagged[i].flag) {
			info->kind = flagged[i].kind;
			return;
		}
	if (mro == NULL)
		return;
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(mro); i++) {
		PyObject *c = PyTuple_GET_ITEM(mro, i);

		if (is_class(c) && kind_of_class((PyTypeObject *)c, info))
			return;
	}
}

/* ---- what a class defines -------------------------------------------- */

static const struct {
	const char	*name;
	uint64_t	 flag;
} methods[] = {
	{ "__getattr__", PD_CORE_TYPE_GETATTR },
	{ "__getattribute__", PD_CORE_TYPE_GETATTR },
	{ "__eq__", PD_CORE_TYPE_EQ },
	{ "__len__", PD_CORE_TYPE_LEN },
	{ "__iter__", PD_CORE_TYPE_ITER },
	{ "__getitem__", PD_CORE_TYPE_ITEM },
	{ "__missing__", PD_CORE_TYPE_ITEM },
	{ "__bool__", PD_CORE_TYPE_BOOL },
	{ "__contains__", PD_CORE_TYPE_CONTAINS },
	{ "__hash__", PD_CORE_TYPE_HASH },
	{ "__lt__", PD_CORE_TYPE_COMPARE },
	{ "__le__", PD_CORE_TYPE_COMPARE },
	{ "__gt__", PD_CORE_TYPE_COMPARE },
	{ "__ge__", PD_CORE_TYPE_COMPARE },
	{ "__add__", PD_CORE_TYPE_NUMBER },
	{ "__radd__", PD_CORE_TYPE_NUMBER },
	{ "__sub__", PD_CORE_TYPE_NUMBER },
	{ "__mul__", PD_CORE_TYPE_NUMBER },
	{ "__truediv__", PD_CORE_TYPE_NUMBER },
	{ "__and__", PD_CORE_TYPE_NUMBER },
	{ "__or__", PD_CORE_TYPE_NUMBER },
};
#define NMETHODS	(sizeof(methods) / sizeof(*methods))

/* Done by the program's code, as far as can be told; None takes it away. */
static bool
is_code(PyObject *v)
{
	return !PyType_IsSubtype(Py_TYPE(v), &PyWrapperDescr_Type) &&
	    !PyType_IsSubtype(Py_TYPE(v), &PyMethodDescr_Type) &&
	    !PyCFunction_Check(v) && v != Py_None;
}

static void
note(struct pd_tinfo *info, const char *name, size_t n, PyObject *v)
{
	if (n > 4 && name[0] == '_' && name[1] == '_') {
		for (size_t i = 0; i < NMETHODS; i++)
			if (strlen(methods[i].name) == n &&
			    memcmp(methods[i].name, name, n) == 0) {
				info->defined |= 1u << i;
				if (is_code(v))
					info->python |= 1u << i;
				return;
			}
	}
	if (n == 8 && memcmp(name, "__repr__", 8) == 0)
		info->repr = v;
	else if (n == 7 && memcmp(name, "__str__", 7) == 0)
		info->str = v;
	else if (n == 7 && memcmp(name, "_fields", 7) == 0 &&
	    PyTuple_Check(v))
		info->fields = v;
	else if (n == 20 && memcmp(name, "__dataclass_fields__", 20) == 0 &&
	    PyDict_CheckExact(v)) {
		info->fields = v;
		info->dataclass = true;
	}
}

static void
scan(struct pd_tinfo *info)
{
	PyObject *dict = pd_layout_class_dict(info->type), *k, *v;
	Py_ssize_t pos = 0;

	if (dict == NULL || !PyDict_Check(dict))
		return;
	while (PyDict_Next(dict, &pos, &k, &v))
		if (PyUnicode_CheckExact(k) && pd_layout_text_ready(k) &&
		    PyUnicode_IS_ASCII(k) && PyUnicode_READ_CHAR(k, 0) == '_')
			note(info, (const char *)PyUnicode_1BYTE_DATA(k),
			    (size_t)PyUnicode_GET_LENGTH(k), v);
}

/* ---- the record ------------------------------------------------------ */

static uint64_t
number(struct pd_dumper *d, PyTypeObject *type)
{
	uint64_t *at = pd_map_at(&d->types, type);
	struct pd_tinfo *info;

	if (*at != 0)
		return *at;
	if (d->ntypes == d->types_cap) {
		d->types_cap = d->types_cap == 0 ? 256 : d->types_cap * 2;
		d->tinfos = pd_xrealloc(d->tinfos, d->types_cap *
		    sizeof(*d->tinfos));
	}
	info = pd_xcalloc(1, sizeof(*info));
	info->type = type;
	d->tinfos[d->ntypes] = info;
	*at = ++d->ntypes;
	find_kind(info);
	scan(info);
	return d->ntypes;
}

/* "app.User.__repr__" for what a class has there. */
static struct pd_str
method_name(PyTypeObject *owner, PyObject *v, const char *name)
{
	struct pd_str module, qualname, s;

	if (PyFunction_Check(v)) {
		PyFunctionObject *f = (PyFunctionObject *)v;

		module = pd_dump_str(f->func_module);
		qualname = pd_dump_str(f->func_qualname);
		s = pd_strf("%s.%s", pd_str_c(&module), pd_str_c(&qualname));
	} else {
		pd_dump_type_name(owner, &module, &qualname);
		s = pd_strf("%s.%s.%s", pd_str_c(&module),
		    pd_str_c(&qualname), name);
	}
	pd_str_done(&module);
	pd_str_done(&qualname);
	return s;
}

static bool
file_is(PyObject *f, const char *end)
{
	PyCodeObject *code = (PyCodeObject *)((PyFunctionObject *)f)->func_code;
	struct pd_str s = pd_dump_str(code->co_filename);
	bool yes = pd_ends(pd_str_c(&s), end);

	pd_str_done(&s);
	return yes;
}

/* The __repr__ that dataclasses makes is compiled from a text, and wrapped. */
static bool
is_generated(PyObject *f)
{
	PyObject *inner;

	if (!PyFunction_Check(f))
		return false;
	inner = pd_dump_dict_get(pd_layout_dict(f), "__wrapped__");
	return inner != NULL && PyFunction_Check(inner) &&
	    file_is(inner, "<string>") &&
	    (file_is(f, "/dataclasses.py") || file_is(f, "/reprlib.py"));
}

/* The one that namedtuple() makes stands in its body. */
static bool
is_namedtuple(PyObject *f)
{
	PyCodeObject *code;
	struct pd_str s;
	bool yes;

	if (!PyFunction_Check(f) || !file_is(f, "/collections/__init__.py"))
		return false;
	code = (PyCodeObject *)((PyFunctionObject *)f)->func_code;
	s = pd_dump_str(code->co_qualname);
	yes = pd_str_eq(&s, "namedtuple.<locals>.__repr__");
	pd_str_done(&s);
	return yes;
}

/* The field of a dataclass, if repr() shows it; borrowed. */
static PyObject *
shown_field(struct pd_dumper *d, PyObject *field)
{
	PyObject *kind = pd_dump_slot(field, "_field_type");
	PyObject *repr = pd_dump_slot(field, "repr");
	PyObject *name = pd_dump_slot(field, "name"), *what;

	what = kind == NULL ? NULL : pd_dump_own(d, kind, "name");
	if (what == NULL || !is_text(what, "_FIELD", 6) || repr != Py_True)
		return NULL;
	return name != NULL && PyUnicode_Check(name) ? name : NULL;
}

static void
put_fields(struct pd_dumper *d, const struct pd_tinfo *info,
    struct pd_vec *out)
{
	PyObject *k, *v, *name;
	Py_ssize_t pos = 0;

	if (info->dataclass) {
		while (PyDict_Next(info->fields, &pos, &k, &v))
			if ((name = shown_field(d, v)) != NULL)
				*PD_VEC_PUSH(out, struct pd_str) =
				    pd_dump_str(name);
		return;
	}
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(info->fields); i++) {
		name = PyTuple_GET_ITEM(info->fields, i);
		if (name != NULL && PyUnicode_Check(name))
			*PD_VEC_PUSH(out, struct pd_str) = pd_dump_str(name);
	}
}

/* What a class inherits from one of its __mro__. */
static void
inherit(struct pd_dumper *d, struct pd_tinfo *info,
    const struct pd_tinfo *from, uint32_t *seen, struct pd_core_type *rec)
{
	PyTypeObject *owner = from->type;
	uint32_t fresh = from->defined & ~*seen;

	*seen |= from->defined;
	for (size_t i = 0; i < NMETHODS; i++)
		if (from->python & fresh & 1u << i)
			rec->flags |= methods[i].flag;
	if (owner->tp_members != NULL && owner->tp_members->name != NULL)
		info->members = true;
	if (rec->repr.s == NULL && from->repr != NULL) {
		if (is_generated(from->repr))
			rec->repr = pd_str_from("dataclass");
		else if (is_namedtuple(from->repr))
			rec->repr = pd_str_from("namedtuple");
		else
			rec->repr = method_name(owner, from->repr, "__repr__");
	}
	if (rec->str.s == NULL && from->str != NULL)
		rec->str = method_name(owner, from->str, "__str__");
	if (rec->fields.n == 0 && from->fields != NULL) {
		put_fields(d, from, &rec->fields);
		rec->flags |= from->dataclass ? PD_CORE_TYPE_DATACLASS :
		    info->kind == PD_CORE_TUPLE ? PD_CORE_TYPE_NAMEDTUPLE : 0;
	}
}

static bool
is_enum(PyTypeObject *type)
{
	struct pd_str module, name;
	bool yes;

	pd_dump_type_name(Py_TYPE(type), &module, &name);
	yes = pd_str_eq(&module, "enum") && (pd_str_eq(&name, "EnumType") ||
	    pd_str_eq(&name, "EnumMeta"));
	pd_str_done(&module);
	pd_str_done(&name);
	return yes;
}

static void
put_type(struct pd_dumper *d, size_t i)
{
	struct pd_tinfo *info = d->tinfos[i];
	PyTypeObject *type = info->type;
	struct pd_core_type rec = { 0 };
	PyObject *mro = type->tp_mro;
	uint32_t seen = 0;

	pd_dump_type_name(type, &rec.module, &rec.qualname);
	rec.size = (uint64_t)type->tp_basicsize;
	rec.meta = number(d, Py_TYPE(type));
	for (Py_ssize_t k = 0; mro != NULL && k < PyTuple_GET_SIZE(mro); k++) {
		PyObject *c = PyTuple_GET_ITEM(mro, k);
		uint64_t n;

		if (!is_class(c))
			continue;
		n = number(d, (PyTypeObject *)c);
		*PD_VEC_PUSH(&rec.mro, uint64_t) = n;
		inherit(d, info, d->tinfos[n - 1], &seen, &rec);
	}
	rec.flags |= (type->tp_flags & Py_TPFLAGS_HEAPTYPE ?
	    PD_CORE_TYPE_HEAP : 0) | (is_enum(type) ? PD_CORE_TYPE_ENUM : 0);
	rec.object = pd_dump_id(d, (PyObject *)type);
	pd_core_put_rec(d->w, PD_CORE_T_TYPE, &pd_core_type_desc, &rec);
	pd_rec_done(&pd_core_type_desc, &rec);
}

uint64_t
pd_dump_type(struct pd_dumper *d, PyTypeObject *type,
    const struct pd_tinfo **info)
{
	uint64_t n = number(d, type);

	while (d->types_written < d->ntypes)
		put_type(d, d->types_written++);
	if (info != NULL)
		*info = d->tinfos[n - 1];
	return n;
}
