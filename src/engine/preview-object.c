/*
 * Texts in short of classes, functions, exceptions and the like.
 *
 * Called by preview.c, whose rules hold here.
 */
#include "engine/preview-room.h"

#include <datetime.h>

#include <string.h>

#include "engine/peek.h"

static void
show_text(struct show *s, PyObject *text, const char *otherwise)
{
	if (text != NULL && PyUnicode_Check(text))
		pd_show_add(s, Py_NewRef(text));
	else
		pd_buf_adds(s->b, otherwise);
}

void
pd_show_class(struct show *s, PyObject *o)
{
	PyTypeObject *type = (PyTypeObject *)o;
	PD_OWNED module = pd_peek_attr(o, "__module__", 10, NULL);
	PD_OWNED name = PyType_GetQualName(type);

	PyErr_Clear();
	pd_buf_adds(s->b, "<class '");
	if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
		pd_buf_adds(s->b, type->tp_name);
	} else {
		if (module != NULL && PyUnicode_CheckExact(module) &&
		    PyUnicode_CompareWithASCIIString(module, "builtins") !=
		    0) {
			pd_show_add(s, Py_NewRef(module));
			pd_buf_addc(s->b, '.');
		}
		show_text(s, name, type->tp_name);
	}
	pd_buf_adds(s->b, "'>");
}

void
pd_show_module(struct show *s, PyObject *o)
{
	PyObject *dict = PyModule_GetDict(o);
	PD_OWNED name = pd_peek_key(dict, "__name__", 8);
	PD_OWNED file = pd_peek_key(dict, "__file__", 8);

	pd_buf_adds(s->b, "<module '");
	show_text(s, name, "?");
	pd_buf_addc(s->b, '\'');
	if (file != NULL && PyUnicode_Check(file)) {
		pd_buf_adds(s->b, " from ");
		pd_show_str(s, file);
	}
	pd_buf_addc(s->b, '>');
}

void
pd_show_function(struct show *s, PyObject *o)
{
	pd_buf_adds(s->b, "<function ");
	show_text(s, ((PyFunctionObject *)o)->func_qualname, "?");
	pd_show_address(s, "", o);
}

void
pd_show_method(struct show *s, PyObject *o)
{
	PyObject *f = PyMethod_GET_FUNCTION(o);

	pd_buf_adds(s->b, "<bound method ");
	show_text(s, PyFunction_Check(f) ?
	    ((PyFunctionObject *)f)->func_qualname : NULL, "?");
	pd_buf_adds(s->b, " of ");
	pd_show(s, PyMethod_GET_SELF(o));
	pd_buf_addc(s->b, '>');
}

void
pd_show_builtin(struct show *s, PyObject *o)
{
	pd_buf_addf(s->b, "<built-in function %s>",
	    ((PyCFunctionObject *)o)->m_ml->ml_name);
}

/* What has a buffer (memoryview, an array of numpy): its shape. */
bool
pd_show_array(struct show *s, PyObject *o)
{
	PyTypeObject *type = Py_TYPE(o);
	Py_buffer view;

	if (type->tp_as_buffer == NULL || !pd_parts_is_c(type) ||
	    type->tp_as_buffer->bf_getbuffer == NULL)
		return false;
	if (PyObject_GetBuffer(o, &view, PyBUF_FULL_RO) < 0) {
		PyErr_Clear();
		return false;
	}
	pd_buf_addc(s->b, '<');
	pd_preview_type(type, s->b);
	for (int i = 0; i < view.ndim; i++)
		pd_buf_addf(s->b, "%s%lld", i == 0 ? " of " : " x ",
		    view.shape != NULL ? (long long)view.shape[i] :
		    (long long)(view.len / view.itemsize));
	pd_buf_addf(s->b, " '%s'", view.format != NULL ? view.format : "B");
	PyBuffer_Release(&view);
	pd_show_address(s, "", o);
	return true;
}

/* Their repr asks their time zone's, which may be the program's. */
bool
pd_show_time(struct show *s, PyObject *o)
{
	bool date = strcmp(Py_TYPE(o)->tp_name, "datetime.datetime") == 0;
	PyObject *zone;

	if ((!date && strcmp(Py_TYPE(o)->tp_name, "datetime.time") != 0) ||
	    !pd_parts_is_c(Py_TYPE(o)))
		return false;
	if (date)
		pd_buf_addf(s->b, "datetime.datetime(%d, %d, %d, %d, %d, %d, "
		    "%d", PyDateTime_GET_YEAR(o), PyDateTime_GET_MONTH(o),
		    PyDateTime_GET_DAY(o), PyDateTime_DATE_GET_HOUR(o),
		    PyDateTime_DATE_GET_MINUTE(o),
		    PyDateTime_DATE_GET_SECOND(o),
		    PyDateTime_DATE_GET_MICROSECOND(o));
	else
		pd_buf_addf(s->b, "datetime.time(%d, %d, %d, %d",
		    PyDateTime_TIME_GET_HOUR(o),
		    PyDateTime_TIME_GET_MINUTE(o),
		    PyDateTime_TIME_GET_SECOND(o),
		    PyDateTime_TIME_GET_MICROSECOND(o));
	zone = date ? PyDateTime_DATE_GET_TZINFO(o) :
	    PyDateTime_TIME_GET_TZINFO(o);
	if (zone != Py_None) {
		pd_buf_adds(s->b, ", tzinfo=");
		pd_show(s, zone);
	}
	pd_buf_addc(s->b, ')');
	return true;
}

/* Color.RED: an Enum keeps its name by that of an attribute. */
bool
pd_show_enum(struct show *s, PyObject *o)
{
	const char *meta = Py_TYPE(Py_TYPE(o))->tp_name;
	PD_OWNED name = NULL;

	if (strcmp(meta, "EnumType") != 0 && strcmp(meta, "EnumMeta") != 0)
		return false;
	name = pd_peek_attr(o, "_name_", 6, NULL);
	if (name == NULL || !PyUnicode_CheckExact(name))
		return false;
	pd_preview_type(Py_TYPE(o), s->b);
	pd_buf_addc(s->b, '.');
	pd_show_add(s, Py_NewRef(name));
	return true;
}

void
pd_show_exception(struct show *s, PyObject *o)
{
	PyObject *args = ((PyBaseExceptionObject *)o)->args;

	pd_preview_type(Py_TYPE(o), s->b);
	if (args == NULL || !PyTuple_CheckExact(args) ||
	    PyTuple_GET_SIZE(args) != 1) {
		pd_show(s, args != NULL ? args : Py_None);
		return;
	}
	pd_buf_addc(s->b, '(');
	pd_show(s, PyTuple_GET_ITEM(args, 0));
	pd_buf_addc(s->b, ')');
}
