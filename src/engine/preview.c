/*
 * Texts of values in short, made without running any of the program's code.
 *
 * Called by children.c.  Exact builtins read as their repr() does; what they
 * hold and what is of other types is shown by its parts (parts.c).  As there,
 * no exception is left.
 */
#include "engine/preview-room.h"

#include <string.h>

#include "engine/eval.h"

#define ATTRS_MAX	12		/* of an object */
#define INT_MAX_BYTES	1600		/* larger ones are not written out */

static bool
full(struct show *s)
{
	if (s->b->n > s->max)
		s->cut = true;
	return s->cut;
}

static size_t
left(const struct show *s)
{
	return s->b->n >= s->max ? 0 : s->max - s->b->n;
}

void
pd_show_add(struct show *s, PyObject *text)
{
	bool cut = false;

	PyErr_Clear();
	if (text == NULL) {
		pd_buf_addc(s->b, '?');
		return;
	}
	pd_value_add(s->b, text, left(s) + 1, &cut);
	Py_DECREF(text);
}

void
pd_preview_type(PyTypeObject *type, struct pd_buf *b)
{
	const char *dot = strrchr(type->tp_name, '.');

	pd_buf_adds(b, dot != NULL ? dot + 1 : type->tp_name);
}

void
pd_show_address(struct show *s, const char *what, PyObject *o)
{
	pd_buf_addf(s->b, "%s at %#llx>", what,
	    (unsigned long long)(size_t)o);
}

/* ---- builtins ------------------------------------------------------------ */

void
pd_show_str(struct show *s, PyObject *o)
{
	PD_OWNED head = PyUnicode_Substring(o, 0, (Py_ssize_t)left(s) + 1);

	pd_show_add(s, head == NULL ? NULL : PyUnicode_Type.tp_repr(head));
}

static void
show_bytes(struct show *s, PyObject *o)
{
	bool array = PyByteArray_Check(o);
	size_t n = (size_t)Py_SIZE(o);
	PD_OWNED head = PyBytes_FromStringAndSize(array ?
	    PyByteArray_AS_STRING(o) : PyBytes_AS_STRING(o),
	    (Py_ssize_t)(n <= left(s) ? n : left(s) + 1));

	if (array)
		pd_buf_adds(s->b, "bytearray(");
	pd_show_add(s, head == NULL ? NULL : PyBytes_Type.tp_repr(head));
	if (array)
		pd_buf_addc(s->b, ')');
}

/* Digits cost the square of their number, and Python has a limit for them. */
static void
show_int(struct show *s, PyObject *o)
{
	PD_OWNED size = PyObject_CallMethod((PyObject *)&PyLong_Type,
	    "__sizeof__", "O", o);
	long bytes = size != NULL ? PyLong_AsLong(size) : 0;

	PyErr_Clear();
	if (bytes > INT_MAX_BYTES) {
		pd_buf_addf(s->b, "<int of %ld bytes>", bytes);
		return;
	}
	pd_show_add(s, PyLong_Type.tp_repr(o));
}

static void
show_float(struct show *s, PyObject *o)
{
	pd_show_add(s, PyFloat_Type.tp_repr(o));
}

static void
show_complex(struct show *s, PyObject *o)
{
	pd_show_add(s, PyComplex_Type.tp_repr(o));
}

/* Types whose repr is C's and asks nothing of what they hold. */
static void
show_own(struct show *s, PyObject *o)
{
	pd_show_add(s, Py_TYPE(o)->tp_repr(o));
}

/* ---- containers ---------------------------------------------------------- */

struct listing {
	struct show	*s;
	uint64_t	 n;		/* shown so far */
	bool		 names;		/* a=1, not {'a': 1} */
	bool		 attrs;		/* only attributes */
};

static bool
list_part(void *ctx, uint64_t pos, const struct pd_part *p)
{
	struct listing *l = ctx;
	struct show *s = l->s;

	(void)pos;
	if (l->attrs && (p->kind != PD_ITEM_ATTR ||
	    pd_parts_is_dunder(p->name)))
		return p->kind == PD_ITEM_ATTR;
	if (p->kind == PD_ITEM_PROPERTY ||
	    (!l->attrs && !l->names && p->kind == PD_ITEM_ATTR))
		return true;
	if (full(s))
		return false;
	if (l->n++ > 0)
		pd_buf_adds(s->b, ", ");
	if (l->attrs && l->n > ATTRS_MAX) {
		pd_buf_adds(s->b, "...");
		return false;
	}
	if (p->kind == PD_ITEM_ATTR) {
		pd_show_add(s, PyUnicode_CheckExact(p->name) ?
		    Py_NewRef(p->name) : NULL);
		pd_buf_addc(s->b, '=');
	} else if (p->kind == PD_ITEM_KEY) {
		pd_show(s, p->name);
		pd_buf_adds(s->b, ": ");
	}
	pd_show(s, p->value);
	return !full(s);
}

/* The parts of o between two texts; gives how many there were. */
static uint64_t
list_parts(struct show *s, PyObject *o, const char *open, const char *close,
    struct listing *l)
{
	l->s = s;
	pd_buf_adds(s->b, open);
	pd_parts_each(o, 0, UINT64_MAX, list_part, l);
	pd_buf_adds(s->b, close);
	return l->n;
}

/* How a container is written; that of a subclass stands in its name and
 * parentheses. */
static const struct form {
	const char	*open, *close;
	const char	*empty;
	bool		 named;		/* the exact type is too */
} tuple_form = { "(", ")", "()", false },
    list_form = { "[", "]", "[]", false },
    dict_form = { "{", "}", "{}", false },
    set_form = { "{", "}", "", false },
    frozenset_form = { "{", "}", "", true },
    other_form = { "[", "]", "", true };

static void
container(struct show *s, PyObject *o, const struct form *f, bool exact)
{
	struct listing l = { .names = false };
	PD_OWNED fields = pd_parts_fields(o);
	bool named = f->named || !exact;
	bool empty = false;

	if (f == &set_form || f == &frozenset_form)
		empty = PySet_GET_SIZE(o) == 0;
	if (fields != NULL) {
		l.names = true;
		pd_preview_type(Py_TYPE(o), s->b);
		list_parts(s, o, "(", ")", &l);
		return;
	}
	if (named || (empty && *f->empty == '\0')) {
		pd_preview_type(Py_TYPE(o), s->b);
		pd_buf_addc(s->b, '(');
		named = true;
	}
	if (empty)
		pd_buf_adds(s->b, f->empty);
	else if (list_parts(s, o, f->open, "", &l) == 1 && f == &tuple_form)
		pd_buf_addc(s->b, ',');
	if (!empty)
		pd_buf_adds(s->b, f->close);
	if (named)
		pd_buf_addc(s->b, ')');
}

/* ---- objects ------------------------------------------------------------- */

/* A subclass of a simple builtin: Celsius(20.5). */
static bool
show_derived(struct show *s, PyObject *o)
{
	void (*fn)(struct show *, PyObject *) =
	    PyUnicode_Check(o) ? pd_show_str : PyBytes_Check(o) ? show_bytes :
	    PyLong_Check(o) ? show_int : PyFloat_Check(o) ? show_float :
	    PyComplex_Check(o) ? show_complex : NULL;

	if (fn == NULL)
		return false;
	pd_preview_type(Py_TYPE(o), s->b);
	pd_buf_addc(s->b, '(');
	fn(s, o);
	pd_buf_addc(s->b, ')');
	return true;
}

/* Type(a=1, b=2), or its address where it has no attributes. */
static void
show_object(struct show *s, PyObject *o)
{
	struct listing l = { .attrs = true };
	size_t start = s->b->n;

	pd_preview_type(Py_TYPE(o), s->b);
	if (list_parts(s, o, "(", ")", &l) > 0)
		return;
	s->b->n = start;
	pd_buf_addc(s->b, '<');
	pd_buf_adds(s->b, Py_TYPE(o)->tp_name);
	pd_show_address(s, " object", o);
}

/* ---- the choice ---------------------------------------------------------- */

/* Exact types. */
static const struct row {
	PyTypeObject	*type;
	void		(*fn)(struct show *, PyObject *);
	const struct form *form;
} rows[] = {
	{ &PyUnicode_Type, pd_show_str, NULL },
	{ &PyLong_Type, show_int, NULL },
	{ &PyBool_Type, show_own, NULL },
	{ &PyFloat_Type, show_float, NULL },
	{ &PyComplex_Type, show_complex, NULL },
	{ &PyBytes_Type, show_bytes, NULL },
	{ &PyByteArray_Type, show_bytes, NULL },
	{ &PyRange_Type, show_own, NULL },
	{ &PyFunction_Type, pd_show_function, NULL },
	{ &PyMethod_Type, pd_show_method, NULL },
	{ &PyCFunction_Type, pd_show_builtin, NULL },
	{ &PyTuple_Type, NULL, &tuple_form },
	{ &PyList_Type, NULL, &list_form },
	{ &PyDict_Type, NULL, &dict_form },
	{ &PySet_Type, NULL, &set_form },
	{ &PyFrozenSet_Type, NULL, &frozenset_form },
};

/* C types elsewhere, by name. */
static const char *const own_names[] = {
	"decimal.Decimal", "datetime.date", "datetime.timedelta",
	"re.Pattern",
};

static bool
has_own(PyObject *o)
{
	for (size_t i = 0; i < sizeof(own_names) / sizeof(own_names[0]); i++)
		if (strcmp(Py_TYPE(o)->tp_name, own_names[i]) == 0)
			return pd_parts_is_c(Py_TYPE(o));
	return o == Py_None || o == Py_Ellipsis || o == Py_NotImplemented;
}

/* What a subclass is at base. */
static const struct form *
base_form(PyObject *o)
{
	if (pd_parts_dict_behind(o) != NULL)
		return Py_IS_TYPE(o, &PyDictProxy_Type) ? &dict_form :
		    &other_form;
	return PyDict_Check(o) ? &dict_form : PyList_Check(o) ? &list_form :
	    PyTuple_Check(o) ? &tuple_form : PyFrozenSet_Check(o) ?
	    &frozenset_form : PyAnySet_Check(o) ? &set_form :
	    pd_parts_base(Py_TYPE(o), "collections.deque") != NULL ||
	    pd_parts_base(Py_TYPE(o), "array.array") != NULL ? &other_form :
	    NULL;
}

static void
show_other(struct show *s, PyObject *o)
{
	const struct form *form;

	if (has_own(o))
		show_own(s, o);
	else if (PyType_Check(o))
		pd_show_class(s, o);
	else if (PyModule_Check(o))
		pd_show_module(s, o);
	else if (PyExceptionInstance_Check(o))
		pd_show_exception(s, o);
	else if ((form = base_form(o)) != NULL)
		container(s, o, form, false);
	else if (!pd_show_enum(s, o) && !show_derived(s, o) &&
	    !pd_show_array(s, o) && !pd_show_time(s, o))
		show_object(s, o);
}

/* Within itself, or too deep. */
static bool
is_open(const struct show *s, PyObject *o)
{
	for (int i = 0; i < s->depth; i++)
		if (s->open[i] == o)
			return true;
	return s->depth == PD_PREVIEW_DEPTH;
}

void
pd_show(struct show *s, PyObject *o)
{
	const struct row *row = NULL;

	if (full(s))
		return;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (Py_IS_TYPE(o, rows[i].type))
			row = &rows[i];
	if (row != NULL && row->fn != NULL) {
		row->fn(s, o);
		return;
	}
	if (is_open(s, o)) {
		pd_buf_adds(s->b, row == NULL ? "..." :
		    row->form == &list_form ? "[...]" :
		    row->form == &tuple_form ? "(...)" : "{...}");
		return;
	}
	s->open[s->depth++] = o;
	if (row != NULL)
		container(s, o, row->form, true);
	else
		show_other(s, o);
	s->depth--;
}

void
pd_preview(PyObject *o, size_t max, struct pd_buf *b, bool *cut)
{
	struct show s = { .b = b, .max = b->n + max };

	pd_show(&s, o);
	*cut = full(&s);
	pd_value_trim(b, s.max);
}
