/*
 * The layout of objects in each version.
 *
 * Called by the writer of cores and by what looks through the graph.  Knows
 * the internals that compat.c does not need; sources: pycore_dict.h,
 * pycore_object.h, pycore_gc.h and longintrepr.h of each version.
 */
#define Py_BUILD_CORE_MODULE 1

#include "engine/compat-object.h"

#include <stdlib.h>
#include <string.h>

#include <internal/pycore_code.h>
#include <internal/pycore_dict.h>
#include <internal/pycore_frame.h>
#include <internal/pycore_gc.h>
#include <internal/pycore_interp.h>
#include <internal/pycore_object.h>
#if PY_VERSION_HEX >= 0x030e0000
#include <internal/pycore_genobject.h>
#include <internal/pycore_interpframe.h>
#endif

#include "base/alloc.h"
#include "engine/compat.h"

void
pd_pairs_push(struct pd_pairs *p, PyObject *key, PyObject *value)
{
	if (p->n == p->cap) {
		p->cap = p->cap == 0 ? 64 : p->cap * 2;
		p->v = pd_xrealloc(p->v, p->cap * sizeof(*p->v));
	}
	p->v[p->n++] = (struct pd_pair){ key, value };
}

void
pd_pairs_done(struct pd_pairs *p)
{
	free(p->v);
	memset(p, 0, sizeof(*p));
}

/* ---- attributes ---------------------------------------------------------- */

static void
dict_pairs(PyObject *dict, struct pd_pairs *out)
{
	Py_ssize_t pos = 0;
	PyObject *k, *v;

	while (PyDict_Next(dict, &pos, &k, &v))
		pd_pairs_push(out, k, v);
}

/*
 * Values without a dict, and the keys that all instances of the class share.
 * An array of the indices of those that are set, in their order, lies before
 * the values (to 3.12) or behind them.
 */
static void
values_pairs(PyTypeObject *type, PyDictValues *values, struct pd_pairs *out)
{
	PyDictKeysObject *keys = ((PyHeapTypeObject *)type)->ht_cached_keys;
	const uint8_t *order;
	size_t n;

	if (keys == NULL || !DK_IS_UNICODE(keys))
		return;
#if PY_VERSION_HEX >= 0x030d0000
	n = values->size;
	order = (const uint8_t *)&values->values[values->capacity];
#else
	n = ((const uint8_t *)values)[-2];
	order = (const uint8_t *)values - 2 - n;
#endif
	for (size_t i = 0; i < n; i++) {
#if PY_VERSION_HEX >= 0x030d0000
		uint8_t at = order[i];
#else
		uint8_t at = order[n - 1 - i];
#endif
		PyObject *key, *value;

		if (at >= keys->dk_nentries)
			continue;
		key = DK_UNICODE_ENTRIES(keys)[at].me_key;
		value = values->values[at];
		if (key != NULL && value != NULL)
			pd_pairs_push(out, key, value);
	}
}

/* Values and dict of an instance whose type has Py_TPFLAGS_MANAGED_DICT;
 * either may be NULL. */
static PyDictValues *
managed(PyObject *o, PyObject **dict)
{
#if PY_VERSION_HEX >= 0x030d0000
	PyDictValues *values;

	*dict = (PyObject *)_PyObject_ManagedDictPointer(o)->dict;
	if (*dict != NULL ||
	    !(Py_TYPE(o)->tp_flags & Py_TPFLAGS_INLINE_VALUES))
		return NULL;
	values = _PyObject_InlineValues(o);
	return values->valid ? values : NULL;
#elif PY_VERSION_HEX >= 0x030c0000
	PyDictOrValues *p = _PyObject_DictOrValuesPointer(o);

	if (_PyDictOrValues_IsValues(*p)) {
		*dict = NULL;
		return _PyDictOrValues_GetValues(*p);
	}
	*dict = _PyDictOrValues_GetDict(*p);
	return NULL;
#else
	*dict = *_PyObject_ManagedDictPointer(o);
	return *_PyObject_ValuesPointer(o);
#endif
}

PyObject *
pd_layout_dict(PyObject *o)
{
	PyObject *dict = NULL, **p;

	if (Py_TYPE(o)->tp_flags & Py_TPFLAGS_MANAGED_DICT)
		managed(o, &dict);
	else if (Py_TYPE(o)->tp_dictoffset != 0) {
		/* Without that flag nothing is made by asking. */
		p = _PyObject_GetDictPtr(o);
		dict = p != NULL ? *p : NULL;
	}
	return dict != NULL && PyDict_Check(dict) ? dict : NULL;
}

void
pd_layout_own(PyObject *o, struct pd_pairs *out)
{
	PyObject *dict = NULL;
	PyDictValues *values = NULL;

	if (Py_TYPE(o)->tp_flags & Py_TPFLAGS_MANAGED_DICT)
		values = managed(o, &dict);
	else
		dict = pd_layout_dict(o);
	if (values != NULL)
		values_pairs(Py_TYPE(o), values, out);
	else if (dict != NULL && PyDict_Check(dict))
		dict_pairs(dict, out);
}

PyObject *
pd_layout_class_dict(PyTypeObject *type)
{
#if PY_VERSION_HEX >= 0x030c0000
	PyObject *dict = PyType_GetDict(type);

	/* The class goes on holding it. */
	Py_XDECREF(dict);
	return dict;
#else
	return type->tp_dict;
#endif
}

/* ---- numbers --------------------------------------------------------- */

void
pd_layout_long(PyObject *o, struct pd_buf *out, bool *negative)
{
	const PyLongObject *l = (const PyLongObject *)o;
	const digit *digits;
	uint64_t acc = 0;
	size_t n;
	int bits = 0;

#if PY_VERSION_HEX >= 0x030c0000
	digits = l->long_value.ob_digit;
	n = l->long_value.lv_tag >> 3;
	*negative = (l->long_value.lv_tag & 3) == 2;
#else
	digits = l->ob_digit;
	n = (size_t)Py_ABS(Py_SIZE(l));
	*negative = Py_SIZE(l) < 0;
#endif
	for (size_t i = 0; i < n; i++) {
		acc |= (uint64_t)digits[i] << bits;
		for (bits += PyLong_SHIFT; bits >= 8; bits -= 8) {
			pd_buf_addc(out, (char)(acc & 0xff));
			acc >>= 8;
		}
	}
	if (acc != 0)
		pd_buf_addc(out, (char)acc);
}

/* ---- texts, sets ----------------------------------------------------- */

bool
pd_layout_text_ready(PyObject *o)
{
#if PY_VERSION_HEX >= 0x030c0000
	(void)o;
	return true;
#else
	return PyUnicode_IS_READY(o);
#endif
}

PyObject *
pd_layout_set_next(PyObject *o, Py_ssize_t *pos)
{
	PySetObject *s = (PySetObject *)o;

	/* What was removed has left a key of no use, with this hash. */
	while (*pos <= s->mask) {
		setentry *e = &s->table[(*pos)++];

		if (e->key != NULL && e->hash != -1)
			return e->key;
	}
	return NULL;
}

/* ---- sizes ----------------------------------------------------------- */

static size_t
keys_size(const PyDictKeysObject *keys)
{
	size_t usable = ((size_t)1 << keys->dk_log2_size) * 2 / 3;

	return sizeof(PyDictKeysObject) +
	    ((size_t)1 << keys->dk_log2_index_bytes) +
	    usable * (DK_IS_UNICODE(keys) ? sizeof(PyDictUnicodeEntry) :
	    sizeof(PyDictKeyEntry));
}

static size_t
tables_size(PyObject *o)
{
	if (PyList_Check(o))
		return (size_t)((PyListObject *)o)->allocated *
		    sizeof(PyObject *);
	if (PyDict_Check(o)) {
		PyDictObject *d = (PyDictObject *)o;

		/* A split table's keys are the class's. */
		return d->ma_values != NULL ? (size_t)d->ma_used *
		    sizeof(PyObject *) : d->ma_keys->dk_log2_size == 0 ? 0 :
		    keys_size(d->ma_keys);
	}
	if (PyAnySet_Check(o)) {
		PySetObject *s = (PySetObject *)o;

		return s->table == s->smalltable ? 0 :
		    ((size_t)s->mask + 1) * sizeof(setentry);
	}
	if (PyByteArray_Check(o))
		return (size_t)((PyByteArrayObject *)o)->ob_alloc;
	return 0;
}

static size_t
text_size(PyObject *o)
{
	size_t n = (size_t)PyUnicode_GET_LENGTH(o);
	size_t unit = (size_t)PyUnicode_KIND(o);

	if (PyUnicode_IS_COMPACT_ASCII(o))
		return sizeof(PyASCIIObject) + n + 1;
	return (PyUnicode_IS_COMPACT(o) ? sizeof(PyCompactUnicodeObject) :
	    sizeof(PyUnicodeObject)) + (n + 1) * unit;
}

/* Variables and stack of a frame's code. */
static size_t
frame_size(struct _PyInterpreterFrame *f)
{
	PyCodeObject *code = f == NULL ? NULL :
	    (PyCodeObject *)pd_compat_iframe_code(f);

	return code == NULL ? 0 : (size_t)(code->co_nlocalsplus +
	    code->co_stacksize) * sizeof(PyObject *);
}

static bool
is_generator(PyTypeObject *type)
{
	return type == &PyGen_Type || type == &PyCoro_Type ||
	    type == &PyAsyncGen_Type;
}

/* Frames and generators have items, but no count of them where others have
 * it: a pointer lies there. */
static size_t
items_size(PyObject *o)
{
	PyTypeObject *type = Py_TYPE(o);
	size_t n;

	if (type->tp_itemsize == 0)
		return 0;
	if (type == &PyFrame_Type)
		return frame_size(pd_compat_iframe_of((PyFrameObject *)o));
	if (is_generator(type))
		return frame_size(pd_layout_gen_frame(o));
#if PY_VERSION_HEX >= 0x030c0000
	if (PyLong_Check(o))
		n = ((PyLongObject *)o)->long_value.lv_tag >> 3;
	else
#endif
		n = (size_t)Py_ABS(Py_SIZE(o));
	return n * (size_t)type->tp_itemsize;
}

size_t
pd_layout_size(PyObject *o)
{
	PyTypeObject *type = Py_TYPE(o);
	size_t n;

	if (PyUnicode_CheckExact(o))
		return text_size(o);
	n = (size_t)type->tp_basicsize + items_size(o) + tables_size(o);
	if (type->tp_flags & Py_TPFLAGS_HAVE_GC)
		n += 2 * sizeof(void *);
	return n;
}

/* ---- frames -------------------------------------------------------------- */

static struct _PyInterpreterFrame *
complete(struct _PyInterpreterFrame *f)
{
	while (f != NULL && _PyFrame_IsIncomplete(f))
		f = f->previous;
	return f;
}

struct _PyInterpreterFrame *
pd_layout_frame(PyThreadState *ts)
{
#if PY_VERSION_HEX >= 0x030d0000
	return complete(ts->current_frame);
#else
	return complete(ts->cframe->current_frame);
#endif
}

struct _PyInterpreterFrame *
pd_layout_frame_back(struct _PyInterpreterFrame *f)
{
	return complete(f->previous);
}

int
pd_layout_frame_lasti(struct _PyInterpreterFrame *f)
{
	return _PyInterpreterFrame_LASTI(f) * (int)sizeof(_Py_CODEUNIT);
}

struct _PyInterpreterFrame *
pd_layout_gen_frame(PyObject *o)
{
	PyGenObject *g = (PyGenObject *)o;

	if (g->gi_frame_state >= FRAME_COMPLETED)
		return NULL;
#if PY_VERSION_HEX >= 0x030e0000
	return &g->gi_iframe;
#else
	return (struct _PyInterpreterFrame *)g->gi_iframe;
#endif
}

PyObject *
pd_layout_gen_name(PyObject *o)
{
	return ((PyGenObject *)o)->gi_name;
}

PyObject *
pd_layout_gen_qualname(PyObject *o)
{
	return ((PyGenObject *)o)->gi_qualname;
}

bool
pd_layout_slot_hidden(PyCodeObject *code, int slot)
{
#ifdef CO_FAST_HIDDEN
	return (PyBytes_AS_STRING(code->co_localspluskinds)[slot] &
	    CO_FAST_HIDDEN) != 0;
#else
	(void)code;
	(void)slot;
	return false;
#endif
}

PyObject *
pd_layout_handled(PyThreadState *ts)
{
	_PyErr_StackItem *item = ts->exc_info;

	for (; item != NULL; item = item->previous_item)
		if (item->exc_value != NULL && item->exc_value != Py_None)
			return item->exc_value;
	return NULL;
}

/* ---- the collector's objects ------------------------------------------- */

#if PY_VERSION_HEX >= 0x030c0000

struct visit {
	pd_layout_fn	 fn;
	void		*ctx;
};

static int
visit(PyObject *o, void *arg)
{
	struct visit *v = arg;

	return v->fn(v->ctx, o);
}

void
pd_layout_gc_each(pd_layout_fn fn, void *ctx)
{
	struct visit v = { fn, ctx };

	PyUnstable_GC_VisitObjects(visit, &v);
}

#else

void
pd_layout_gc_each(pd_layout_fn fn, void *ctx)
{
	struct _gc_runtime_state *gc = &PyInterpreterState_Get()->gc;

	for (int i = 0; i < NUM_GENERATIONS; i++) {
		PyGC_Head *head = &gc->generations[i].head, *g;

		for (g = _PyGCHead_NEXT(head); g != head;
		    g = _PyGCHead_NEXT(g))
			if (!fn(ctx, (PyObject *)(g + 1)))
				return;
	}
}

#endif
