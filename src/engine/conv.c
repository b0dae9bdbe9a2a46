/*
 * Convenience variables: `$name` in what the user types.
 *
 * As in pdb (its manual: "The debugger supports convenience variables"), a
 * `$name` outside of strings stands for an item of a table that is emptied when
 * the program goes on.  pdb keeps the table in the frame's globals; here it is
 * there only while text that names it is evaluated.  $1, $2, ... are what was
 * found last among all objects (gcore.c).  Called by the files that evaluate,
 * under a guard, and by stop.c.
 */
#include "engine/engine.h"

#include <stdio.h>
#include <string.h>

#include "engine/compat-eval.h"
#include "engine/eval.h"

#define TABLE	"__pdb_convenience_variables"

static PyObject *table;		/* owned: a dict, or NULL: empty */

static PyObject *
the_table(void)
{
	if (table == NULL)
		table = PyDict_New();
	return table;
}

void
pd_conv_set(const char *name, PyObject *value)
{
	PyObject *t, *v, *tb;

	PyErr_Fetch(&t, &v, &tb);
	if (the_table() != NULL && value != NULL)
		PyDict_SetItemString(table, name, value);
	PyErr_Clear();
	PyErr_Restore(t, v, tb);
}

PyObject *
pd_conv_table(void)
{
	return table;
}

void
pd_conv_number(PyObject *const *v, size_t n)
{
	char name[24];
	PyObject *t, *e, *tb;

	PyErr_Fetch(&t, &e, &tb);
	for (size_t i = 1; table != NULL; i++) {
		snprintf(name, sizeof(name), "%zu", i);
		if (PyDict_GetItemString(table, name) == NULL)
			break;
		PyDict_DelItemString(table, name);
	}
	for (size_t i = 0; i < n && the_table() != NULL; i++) {
		snprintf(name, sizeof(name), "%zu", i + 1);
		PyDict_SetItemString(table, name, v[i]);
	}
	PyErr_Clear();
	PyErr_Restore(t, e, tb);
}

PyObject *
pd_conv_swap(PyObject *other)
{
	PyObject *old = table;

	table = other;
	return old;
}

static bool
is_name(char c, bool first)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (!first && c >= '0' && c <= '9');
}

/* Bytes of the string literal at p, its quotes included. */
static size_t
string_len(const char *p, size_t n)
{
	size_t q = n >= 3 && p[1] == *p && p[2] == *p ? 3 : 1;

	for (size_t i = q; i < n; i++) {
		if (p[i] == '\\')
			i++;
		else if (i + q <= n && memcmp(p + i, p, q) == 0)
			return i + q;
		else if (q == 1 && p[i] == '\n')
			return i;
	}
	return n;
}

/* Is there an f among the letters that end at p? */
static bool
has_f(const char *start, const char *p)
{
	bool f = false;

	while (p > start && is_name(p[-1], false))
		if (*--p == 'f' || *p == 'F')
			f = true;
	return f;
}

static size_t	 rewrite(const char *, size_t, struct pd_buf *);

/*
 * An f-string: its fields are Python too.  A nested string of the same quotes
 * ends string_len() early; what follows then counts as code, and a $ there is
 * replaced all the same.
 */
static size_t
rewrite_fields(const char *p, size_t n, struct pd_buf *out)
{
	size_t found = 0, from;
	int depth;

	for (size_t i = 0; i < n; i++) {
		pd_buf_addc(out, p[i]);
		if (p[i] == '{' && i + 1 < n && p[i + 1] == '{') {
			pd_buf_addc(out, p[++i]);
			continue;
		}
		if (p[i] != '{')
			continue;
		for (from = i + 1, depth = 1; i + 1 < n && depth > 0; i++)
			depth += (p[i + 1] == '{') - (p[i + 1] == '}');
		found += rewrite(p + from, i + 1 - from, out);
	}
	return found;
}

/* Appends p with its `$name`s replaced; how many there were. */
static size_t
rewrite(const char *p, size_t n, struct pd_buf *out)
{
	size_t i = 0, len, found = 0;

	for (; i < n; i += len) {
		len = 1;
		if (p[i] == '\'' || p[i] == '"') {
			len = string_len(p + i, n - i);
			if (PD_FSTRINGS_ARE_TOKENS && has_f(p, p + i)) {
				found += rewrite_fields(p + i, len, out);
				continue;
			}
		} else if (p[i] == '#') {
			while (i + len < n && p[i + len] != '\n')
				len++;
		} else if (p[i] == '$' && i + 1 < n &&
		    is_name(p[i + 1], false)) {
			while (i + len < n && is_name(p[i + len], false))
				len++;
			pd_buf_adds(out, TABLE "[\"");
			pd_buf_add(out, p + i + 1, len - 1);
			pd_buf_adds(out, "\"]");
			found++;
			continue;
		}
		pd_buf_add(out, p + i, len);
	}
	return found;
}

PyObject *
pd_conv_text(PyObject *text, bool *used)
{
	struct pd_buf b = { 0 };
	struct pd_str s = pd_str_from_py(text);
	PyObject *r = NULL;

	*used = false;
	if (s.n > 0 && memchr(s.s, '$', s.n) != NULL)
		*used = rewrite(s.s, s.n, &b) > 0;
	if (*used) {
		struct pd_str whole = { b.s, b.n };

		r = pd_str_to_py(&whole);
	} else {
		r = Py_NewRef(text);
	}
	pd_str_done(&s);
	pd_buf_done(&b);
	return r;
}

/* The asyncio task that runs in this thread, or None; new reference. */
static PyObject *
async_task(void)
{
	PD_OWNED name = PyUnicode_FromString("asyncio.tasks");
	PD_OWNED mod = name == NULL ? NULL : PyImport_GetModule(name);
	PyObject *task = NULL;

	if (mod != NULL)
		task = PyObject_CallMethod(mod, "current_task", NULL);
	if (task == NULL) {
		PyErr_Clear();
		task = Py_NewRef(Py_None);
	}
	return task;
}

int
pd_conv_begin(PyFrameObject *f, PyObject *globals)
{
	PD_OWNED task = async_task();

	if (the_table() == NULL ||
	    PyDict_SetItemString(table, "_frame", (PyObject *)f) < 0 ||
	    PyDict_SetItemString(table, "_asynctask", task) < 0)
		return -1;
	return PyDict_SetItemString(globals, TABLE, table);
}

void
pd_conv_end(PyObject *globals)
{
	PyObject *t, *v, *tb;

	PyErr_Fetch(&t, &v, &tb);
	if (PyDict_GetItemString(globals, TABLE) != NULL)
		PyDict_DelItemString(globals, TABLE);
	/* It would keep the frame and all that it holds. */
	if (table != NULL && PyDict_GetItemString(table, "_frame") != NULL)
		PyDict_DelItemString(table, "_frame");
	PyErr_Clear();
	PyErr_Restore(t, v, tb);
}
