/*
 * Dtypes of numpy: what an element is.
 *
 * For dump-numpy.c, and for dump-kinds.c, whose table has them.  Read by the
 * struct that numpy promises to others, which is one in 1.x and another in
 * 2.x; none of its functions is called.
 */
#include "engine/dump-numpy.h"

#include <string.h>

#define FIELDS_DEPTH	8		/* dtypes within dtypes */
#define LEGACY_MAX	2056		/* type_num of dtypes of another make */

/* ---- dtypes -------------------------------------------------------------- */

/* numpy's first number, 0: not known. */
static int
major(struct pd_dumper *d)
{
	PyObject *v;

	if (d->numpy == 0) {
		v = pd_dump_dict_get(pd_dump_module_dict("numpy"),
		    "__version__");
		d->numpy = v == NULL || !PyUnicode_CheckExact(v) ||
		    PyUnicode_GET_LENGTH(v) < 2 ||
		    PyUnicode_READ_CHAR(v, 1) != '.' ? -1 :
		    (int)PyUnicode_READ_CHAR(v, 0) - '0';
	}
	return d->numpy;
}

/* Behind a NpyAuxData of two functions and two reserved words. */
static struct pd_npunit
unit_of(const char *aux)
{
	struct pd_npunit u = { 14, 1 };

	if (aux != NULL)
		memcpy(&u, aux + 4 * sizeof(void *), sizeof(u));
	return u;
}

static bool
is_dtype(struct pd_dumper *d, PyObject *o)
{
	const struct pd_tinfo *info;

	pd_dump_type(d, Py_TYPE(o), &info);
	return info->kind == PD_CORE_DTYPE;
}

bool
pd_dtype_read(struct pd_dumper *d, const struct pd_npdescr *t,
    struct pd_dtype *out)
{
	bool two = major(d) >= 2, time;

	if (t == NULL || major(d) < 1 ||
	    Py_TYPE(t)->tp_basicsize < (Py_ssize_t)(two ?
	    offsetof(struct pd_npdescr, v2.reserved) :
	    offsetof(struct pd_npdescr, v1.unit) + sizeof(void *)) ||
	    t->num < 0 || t->num >= LEGACY_MAX)
		return false;
	time = t->kind == 'M' || t->kind == 'm';
	*out = (struct pd_dtype){ .kind = t->kind,
	    .order = t->order == '=' ? '<' : t->order,
	    .size = (size_t)(two ? t->v2.size : t->v1.size),
	    .subarray = (two ? t->v2.subarray : t->v1.subarray) != NULL,
	    .fields = two ? t->v2.fields : t->v1.fields,
	    .names = two ? t->v2.names : t->v1.names };
	if (time)
		out->unit = unit_of(two ? t->v2.unit : t->v1.unit);
	if (out->names != NULL && (!PyTuple_CheckExact(out->names) ||
	    out->fields == NULL || !PyDict_CheckExact(out->fields)))
		out->names = NULL;
	return out->size < (size_t)1 << 31;
}

static void
add_unit(struct pd_buf *b, const struct pd_npunit *u)
{
	static const char *const names[] = { "Y", "M", "W", NULL, "D", "h",
	    "m", "s", "ms", "us", "ns", "ps", "fs", "as" };

	if (u->base < 0 || (size_t)u->base >= sizeof(names) /
	    sizeof(*names) || names[u->base] == NULL)
		return;
	if (u->count != 1)
		pd_buf_addf(b, "[%d%s]", u->count, names[u->base]);
	else
		pd_buf_addf(b, "[%s]", names[u->base]);
}

/* "f8", "S2", "M8[D]". */
static void
add_letter(struct pd_buf *b, const struct pd_dtype *t)
{
	pd_buf_addc(b, t->kind);
	if (t->kind != 'O')
		pd_buf_addf(b, "%zu", t->kind == 'U' ? t->size / 4 : t->size);
	if (t->kind == 'M' || t->kind == 'm')
		add_unit(b, &t->unit);
}

/* "<f8", "|S2". */
void
pd_dtype_str(struct pd_buf *b, const struct pd_dtype *t)
{
	pd_buf_addc(b, t->order);
	add_letter(b, t);
}

/* "float64", "datetime64[D]". */
void
pd_dtype_name(struct pd_buf *b, const struct pd_dtype *t)
{
	static const char words[][12] = { "iint", "uuint", "ffloat",
	    "ccomplex", "Sbytes", "Ustr", "Vvoid", "Mdatetime",
	    "mtimedelta" };

	if (t->kind == 'b' || t->kind == 'O') {
		pd_buf_adds(b, t->kind == 'b' ? "bool" : "object");
		return;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (words[i][0] == t->kind)
			pd_buf_addf(b, "%s%zu", words[i] + 1, t->size * 8);
	if (t->kind == 'M' || t->kind == 'm')
		add_unit(b, &t->unit);
}

static bool	 add_fields(struct pd_dumper *, struct pd_buf *,
		    const struct pd_dtype *, int depth);

/* One of them: ('a', '<i4').  False: not where the one before it ends. */
static bool
add_field(struct pd_dumper *d, struct pd_buf *b, PyObject *name, PyObject *v,
    size_t *at, int depth)
{
	PyObject *of, *offset;
	struct pd_dtype t;

	if (v == NULL || !PyTuple_CheckExact(v) || PyTuple_GET_SIZE(v) != 2 ||
	    !PyUnicode_CheckExact(name))
		return false;
	of = PyTuple_GET_ITEM(v, 0);
	offset = PyTuple_GET_ITEM(v, 1);
	if (!is_dtype(d, of) || !PyLong_CheckExact(offset) ||
	    !pd_dtype_read(d, (struct pd_npdescr *)of, &t) || t.subarray ||
	    PyLong_AsSize_t(offset) != *at)
		return false;
	*at += t.size;
	pd_buf_adds(b, "('");
	pd_dump_text(name, 256, false, b);
	pd_buf_adds(b, "', ");
	if (t.names != NULL) {
		if (!add_fields(d, b, &t, depth + 1))
			return false;
	} else {
		pd_buf_addc(b, '\'');
		if (t.kind == 'b')
			pd_buf_addc(b, '?');
		else if (t.order == '|')
			add_letter(b, &t);
		else
			pd_dtype_str(b, &t);
		pd_buf_addc(b, '\'');
	}
	pd_buf_addc(b, ')');
	return true;
}

/* What is packed and has no arrays in it; else false. */
static bool
add_fields(struct pd_dumper *d, struct pd_buf *b, const struct pd_dtype *t,
    int depth)
{
	size_t at = 0;

	if (depth > FIELDS_DEPTH)
		return false;
	pd_buf_addc(b, '[');
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(t->names); i++) {
		PyObject *name = PyTuple_GET_ITEM(t->names, i), *k, *v;
		Py_ssize_t pos = 0;

		/* The dict has the very objects of the tuple. */
		while (PyDict_Next(t->fields, &pos, &k, &v) && k != name)
			;
		if (k != name)
			return false;
		pd_buf_adds(b, i > 0 ? ", " : "");
		if (!add_field(d, b, name, v, &at, depth))
			return false;
	}
	pd_buf_addc(b, ']');
	return at == t->size;
}

/* str() of it; "void96" for fields that are not side by side. */
static void
add_dtype(struct pd_dumper *d, struct pd_buf *b, const struct pd_dtype *t)
{
	if (t->names != NULL && !add_fields(d, b, t, 0))
		pd_buf_reset(b);
	if (b->n > 0)
		return;
	if (strchr("SU", t->kind) != NULL || t->order == '>' ||
	    (t->kind == 'V' && t->names == NULL))
		pd_dtype_str(b, t);
	else
		pd_dtype_name(b, t);
}

void
pd_plan_dtype(struct pd_dumper *d, PyObject *o, const struct pd_tinfo *info,
    struct pd_plan_obj *p)
{
	struct pd_dtype t;

	(void)info;
	if (!pd_dtype_read(d, (struct pd_npdescr *)o, &t)) {
		p->cut = PD_CORE_CUT_UNSAFE;
		return;
	}
	add_dtype(d, &p->own, &t);
	p->value = PD_V_BYTES;
	p->s = pd_buf_c(&p->own);
	p->n = p->own.n;
}
