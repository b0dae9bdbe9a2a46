/*
 * "Did you mean": the hints that the traceback module adds to the text of an
 * exception from Python 3.12 on.
 *
 * Called by exctext.c under its guard.  The distance is that of Levenshtein
 * with the costs that traceback documents in its constants: 2 for a change, 1
 * for a change of case; a third of the letters may differ.
 */
#include "engine/engine.h"

#include <limits.h>
#include <string.h>

#include "engine/compat-eval.h"
#include "engine/eval.h"

enum { MOVE = 2, CASE = 1, NAME_MAX_LEN = 40, NAMES_MAX = 750 };

/* A name's characters, or for _suggestions its bytes; longer ones than this
 * are never near. */
struct word {
	Py_UCS4		 c[512];
	int		 n;
};

static bool
word_of(PyObject *s, struct word *w)
{
	struct pd_str b;

	if (PD_TB_SUGGEST_C && PyUnicode_Check(s)) {
		b = pd_str_from_py(s);
		w->n = b.n > 512 ? -1 : (int)b.n;
		for (int i = 0; i < w->n; i++)
			w->c[i] = (unsigned char)b.s[i];
		pd_str_done(&b);
		return w->n >= 0;
	}
	if (!PyUnicode_Check(s) || PyUnicode_GET_LENGTH(s) > 512)
		return false;
	w->n = (int)PyUnicode_GET_LENGTH(s);
	for (int i = 0; i < w->n; i++)
		w->c[i] = PyUnicode_ReadChar(s, i);
	return true;
}

static Py_UCS4
lower(Py_UCS4 c)
{
	if (c < 128 || PD_TB_SUGGEST_C)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	return Py_UNICODE_TOLOWER(c);
}

static int
change(Py_UCS4 a, Py_UCS4 b)
{
	if (a == b)
		return 0;
	return lower(a) == lower(b) ? CASE : MOVE;
}

/* The distance of a and b, or more than max. */
static int
distance(const Py_UCS4 *a, int na, const Py_UCS4 *b, int nb, int max)
{
	int row[NAME_MAX_LEN + 1];

	for (; na > 0 && nb > 0 && a[0] == b[0]; a++, b++, na--, nb--)
		continue;
	for (; na > 0 && nb > 0 && a[na - 1] == b[nb - 1]; na--, nb--)
		continue;
	if (na == 0 || nb == 0)
		return MOVE * (na + nb);
	if (na > NAME_MAX_LEN || nb > NAME_MAX_LEN)
		return max + 1;
	for (int i = 0; i <= na; i++)
		row[i] = i * MOVE;
	for (int j = 1; j <= nb; j++) {
		int diagonal = row[0], least = INT_MAX;

		row[0] = j * MOVE;
		for (int i = 1; i <= na; i++) {
			int best = diagonal + change(a[i - 1], b[j - 1]);

			diagonal = row[i];
			if (row[i] + MOVE < best)
				best = row[i] + MOVE;
			if (row[i - 1] + MOVE < best)
				best = row[i - 1] + MOVE;
			row[i] = best;
			if (best < least)
				least = best;
		}
		if (least > max)
			return max + 1;
	}
	return row[na];
}

/* Borrowed: the item of the list names that is nearest to wrong; NULL. */
static PyObject *
nearest(PyObject *names, PyObject *wrong)
{
	Py_ssize_t n = PyList_GET_SIZE(names);
	PyObject *found = NULL;
	struct word w, x;
	int best;

	if (n > NAMES_MAX || (PD_TB_SUGGEST_C && n == NAMES_MAX))
		return NULL;
	if (!word_of(wrong, &w) || w.n > NAME_MAX_LEN)
		return NULL;
	best = PD_TB_SUGGEST_C ? INT_MAX : w.n;
	for (Py_ssize_t i = 0; i < n; i++) {
		PyObject *s = PyList_GET_ITEM(names, i);
		int max, d;

		if (!word_of(s, &x) || PyUnicode_Compare(s, wrong) == 0)
			continue;
		max = (x.n + w.n + 3) * MOVE / 6;
		if (max > best - 1)
			max = best - 1;
		d = distance(w.c, w.n, x.c, x.n, max);
		if (d > max || (found != NULL && d >= best))
			continue;
		found = s;
		best = d;
	}
	return found;
}

static bool
underscored(PyObject *s)
{
	return PyUnicode_Check(s) && PyUnicode_GET_LENGTH(s) > 0 &&
	    PyUnicode_ReadChar(s, 0) == '_';
}

/* New reference: the name of dir(o) that wrong was to be, or NULL. */
static PyObject *
nearest_in(PyObject *o, PyObject *wrong)
{
	PD_OWNED names = PyObject_Dir(o);
	PyObject *s;

	if (names == NULL)
		return NULL;
	if (PD_TB_HIDES_UNDERSCORE && !underscored(wrong))
		for (Py_ssize_t i = PyList_GET_SIZE(names); i-- > 0;)
			if (underscored(PyList_GET_ITEM(names, i)))
				PyList_SetSlice(names, i, i + 1, NULL);
	s = nearest(names, wrong);
	return Py_XNewRef(s);
}

/* __import__() of a module that is loaded: its first part. */
static PyObject *
loaded_module(PyObject *name)
{
	PD_OWNED whole = NULL;
	PD_OWNED head = NULL;
	Py_ssize_t dot;

	if (!PyUnicode_Check(name))
		return NULL;
	whole = PyImport_GetModule(name);
	if (whole == NULL)
		return NULL;
	dot = PyUnicode_FindChar(name, '.', 0, PyUnicode_GET_LENGTH(name), 1);
	head = PyUnicode_Substring(name, 0, dot < 0 ?
	    PyUnicode_GET_LENGTH(name) : dot);
	return head == NULL ? NULL : PyImport_GetModule(head);
}

static PyObject *
import_hint(PyObject *wrong)
{
	PyObject *all = PySys_GetObject("stdlib_module_names");

	if (all == NULL || PySequence_Contains(all, wrong) != 1)
		return NULL;
	return PyUnicode_FromFormat(". Did you forget to import '%U'%s", wrong,
	    PD_TB_IMPORT_QUESTION ? "?" : "");
}

/* New reference: what the wrong name is taken from; NULL for NameErrors. */
static PyObject *
owner(PyObject *exc, bool import)
{
	PD_OWNED name = NULL;

	if (!import)
		return PyObject_GetAttrString(exc, "obj");
	name = PyObject_GetAttrString(exc, "name");
	return name == NULL ? NULL : loaded_module(name);
}

static PyObject *
hint(PyObject *exc)
{
	bool import = PyObject_TypeCheck(exc,
	    (PyTypeObject *)PyExc_ImportError);
	bool attr = PyObject_TypeCheck(exc,
	    (PyTypeObject *)PyExc_AttributeError);
	PD_OWNED wrong = NULL;
	PD_OWNED o = NULL;
	PD_OWNED s = NULL;

	if (!import && !attr &&
	    !PyObject_TypeCheck(exc, (PyTypeObject *)PyExc_NameError))
		return NULL;
	wrong = PyObject_GetAttrString(exc, import ? "name_from" : "name");
	if (wrong == NULL || !PyUnicode_Check(wrong))
		return NULL;
	/* Names in scope would need the traceback, which the last line alone
	 * is made without. */
	if (!import && !attr)
		return import_hint(wrong);
	o = owner(exc, import);
	s = o == NULL ? NULL : nearest_in(o, wrong);
	return s == NULL ? NULL :
	    PyUnicode_FromFormat(". Did you mean: '%U'?", s);
}

PyObject *
pd_suggest(PyObject *exc)
{
	PyObject *s = PD_TB_SUGGESTS ? hint(exc) : NULL;

	PyErr_Clear();
	return s;
}
