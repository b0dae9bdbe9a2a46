/*
 * References and texts: what stands where an object is referred to.
 *
 * For the walk alone; see dump-room.h.  Numbers, names and constants are
 * written in place (core/format.h says which), everything else by its number.
 */
#include <string.h>

#include "base/utf8.h"
#include "engine/dump-room.h"

/* ---- texts ----------------------------------------------------------- */

static inline Py_UCS4
char_at(int kind, const void *data, Py_ssize_t i)
{
	return PyUnicode_READ((unsigned)kind, data, i);
}

bool
pd_dump_text(PyObject *o, size_t max, bool fs, struct pd_buf *out)
{
	Py_ssize_t n = PyUnicode_GET_LENGTH(o);
	size_t from = out->n;
	const void *data;
	int kind;
	char c[PD_UTF8_MAX];

	if (!pd_layout_text_ready(o))
		return false;
	if (PyUnicode_IS_ASCII(o)) {
		size_t take = (size_t)n < max ? (size_t)n : max;

		pd_buf_add(out, PyUnicode_1BYTE_DATA(o), take);
		return take == (size_t)n;
	}
	kind = (int)PyUnicode_KIND(o);
	data = PyUnicode_DATA(o);
	for (Py_ssize_t i = 0; i < n; i++) {
		Py_UCS4 ch = char_at(kind, data, i);
		size_t k = pd_utf8_put(c, ch);

		if (fs && ch >= 0xdc80 && ch <= 0xdcff) {
			c[0] = (char)(ch & 0xff);
			k = 1;
		}
		if (out->n - from + k > max)
			return false;
		pd_buf_add(out, c, k);
	}
	return true;
}

static struct pd_str
text_of(PyObject *o, bool fs)
{
	struct pd_buf b = { 0 };

	if (o == NULL || !PyUnicode_Check(o))
		return (struct pd_str){ 0 };
	pd_dump_text(o, PD_DUMP_TEXT_MAX, fs, &b);
	return pd_buf_take(&b);
}

struct pd_str
pd_dump_str(PyObject *o)
{
	return text_of(o, false);
}

struct pd_str
pd_dump_fsname(PyObject *o)
{
	return text_of(o, true);
}

bool
pd_dump_is_secret(const struct pd_dumper *d, const char *s, size_t n)
{
	PD_VEC_EACH(&d->secrets, struct pd_str, x)
		if (x->n == n && memcmp(x->s, s, n) == 0)
			return true;
	return false;
}

/* ---- references ------------------------------------------------------ */

static void
ref_name(struct pd_dumper *d, const char *s, size_t n)
{
	if (d->secrets.n > 0 && pd_dump_is_secret(d, s, n)) {
		s = PD_DUMP_REDACTED;
		n = strlen(s);
	}
	pd_core_ref_name(d->w, s, n);
}

/* A name, or one of the characters that there is one object of. */
static bool
ref_text(struct pd_dumper *d, PyObject *o)
{
	Py_ssize_t n = PyUnicode_GET_LENGTH(o);
	bool single = n == 1 && PyUnicode_KIND(o) == PyUnicode_1BYTE_KIND;
	size_t mark = d->text.n;

	if (!single && (n > PD_CORE_NAME_MAX || !PyUnicode_CHECK_INTERNED(o)))
		return false;
	if (!pd_layout_text_ready(o))
		return false;
	if (PyUnicode_IS_ASCII(o)) {
		ref_name(d, (const char *)PyUnicode_1BYTE_DATA(o), (size_t)n);
		return true;
	}
	if (pd_dump_text(o, PD_CORE_NAME_MAX, false, &d->text)) {
		ref_name(d, d->text.s + mark, d->text.n - mark);
		d->text.n = mark;
		return true;
	}
	d->text.n = mark;
	return false;
}

/* Written in place? */
static bool
ref_inline(struct pd_dumper *d, PyObject *o)
{
	PyTypeObject *type = Py_TYPE(o);
	long long v;
	int over;

	if (type == &PyLong_Type) {
		v = PyLong_AsLongLongAndOverflow(o, &over);
		if (over == 0)
			pd_core_ref_int(d->w, v);
		return over == 0;
	}
	if (type == &PyUnicode_Type)
		return ref_text(d, o);
	if (type == &PyFloat_Type) {
		pd_core_ref_float(d->w, PyFloat_AS_DOUBLE(o));
		return true;
	}
	if (type == &PyTuple_Type && Py_SIZE(o) == 0) {
		pd_core_ref_const(d->w, PD_CORE_EMPTY_TUPLE);
		return true;
	}
	return false;
}

static bool
ref_const(struct pd_dumper *d, PyObject *o)
{
	enum pd_core_const c;

	if (o == Py_None)
		c = PD_CORE_NONE;
	else if (o == NULL)
		c = PD_CORE_UNBOUND;
	else if (o == Py_False)
		c = PD_CORE_FALSE;
	else if (o == Py_True)
		c = PD_CORE_TRUE;
	else if (o == Py_Ellipsis)
		c = PD_CORE_ELLIPSIS;
	else if (o == Py_NotImplemented)
		c = PD_CORE_NOTIMPL;
	else
		return false;
	pd_core_ref_const(d->w, c);
	return true;
}

static void
ref_number(struct pd_dumper *d, uint64_t id)
{
	if (id == 0)
		pd_core_ref_const(d->w, PD_CORE_LEFT_OUT);
	else
		pd_core_ref_id(d->w, id);
}

void
pd_dump_ref(struct pd_dumper *d, PyObject *o)
{
	if (!ref_const(d, o) && !ref_inline(d, o))
		ref_number(d, pd_dump_id(d, o));
}

void
pd_dump_ref_attr(struct pd_dumper *d, const struct pd_attr *a)
{
	switch (a->what) {
	case PD_A_OBJECT:
		pd_dump_ref(d, a->o);
		break;
	case PD_A_INT:
		pd_core_ref_int(d->w, a->i);
		break;
	case PD_A_BOOL:
		pd_core_ref_const(d->w, a->i ? PD_CORE_TRUE : PD_CORE_FALSE);
		break;
	case PD_A_FLOAT:
		pd_core_ref_float(d->w, a->f);
		break;
	case PD_A_TEXT:
		pd_core_ref_name(d->w, a->text, strlen(a->text));
		break;
	case PD_A_FRAME:
		ref_number(d, pd_dump_frame_id(d, a->frame));
		break;
	}
}
