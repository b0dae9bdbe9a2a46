/*
 * Children that run the same program, without the debugger: told once.
 *
 * Called by audit.c for events of any thread.  Only watches: a child is never
 * held, changed or followed.  Said only where breakpoints are set that will
 * not be met.  The events: os.fork, os.forkpty, subprocess.Popen and
 * os.posix_spawn (Doc/library/audit_events); multiprocessing starts a fresh
 * Python by a door that has no event, so the import of the module that does so
 * stands for it.
 */
#include <string.h>

#include "base/path.h"
#include "engine/core.h"

static bool told;

/* Waits until it is shown, so that it stands before what the child prints. */
static void
tell(const char *what)
{
	if (told || pd_main_globals == NULL || !pd_bp_any())
		return;
	told = true;
	pd_serve_output(what, strlen(what));
}

/* What may be looked at without running code of the program's. */
static bool
is_plain(PyObject *o)
{
	return o != NULL && (PyList_CheckExact(o) || PyTuple_CheckExact(o));
}

static PyObject *		/* borrowed; NULL: no text there */
text_at(PyObject *list, Py_ssize_t i)
{
	PyObject *o;

	if (i >= PySequence_Fast_GET_SIZE(list))
		return NULL;
	o = PySequence_Fast_GET_ITEM(list, i);
	return PyUnicode_CheckExact(o) ? o : NULL;
}

static bool
same(PyObject *a, PyObject *b)
{
	return a != NULL && b != NULL && PyUnicode_Compare(a, b) == 0;
}

static bool
is(PyObject *s, const char *text)
{
	return s != NULL && PyUnicode_CompareWithASCIIString(s, text) == 0;
}

/* Are they one file's names?  The one may have been made absolute. */
static bool
same_file(PyObject *a, PyObject *b)
{
	const char *x = a != NULL ? PyUnicode_AsUTF8(a) : NULL;
	const char *y = b != NULL && x != NULL ? PyUnicode_AsUTF8(b) : NULL;
	struct pd_str real_x, real_y;
	bool equal;

	if (y == NULL) {
		PyErr_Clear();
		return same(a, b);
	}
	real_x = pd_path_real(x);
	real_y = pd_path_real(y);
	equal = strcmp(real_x.s, real_y.s) == 0;
	pd_str_done(&real_x);
	pd_str_done(&real_y);
	return equal;
}

/* Is it this program's Python, or one by its name? */
static bool
is_python(PyObject *file)
{
	const char *name = file != NULL ? PyUnicode_AsUTF8(file) : NULL;

	if (name == NULL) {
		PyErr_Clear();
		return false;
	}
	return same(file, PySys_GetObject("executable")) ||
	    strncmp(pd_path_base(name), "python", strlen("python")) == 0;
}

/* What a command of a Python's runs: a script, or, with is_module set, the
 * module of -m.  Borrowed; NULL: something else. */
static PyObject *
run_by(PyObject *argv, bool *is_module)
{
	*is_module = false;
	for (Py_ssize_t i = 1; i < PySequence_Fast_GET_SIZE(argv); i++) {
		PyObject *s = text_at(argv, i);

		if (is(s, "-m")) {
			*is_module = true;
			return text_at(argv, i + 1);
		}
		if (is(s, "-c") || is(s, "-"))
			return NULL;
		if (is(s, "-X") || is(s, "-W"))
			i++;
		else if (s == NULL || PyUnicode_GET_LENGTH(s) == 0 ||
		    PyUnicode_READ_CHAR(s, 0) != '-')
			return s;
	}
	return NULL;
}

/* Does the command run our script, or our module, again? */
static bool
names_program(PyObject *argv)
{
	PyObject *args = PySys_GetObject("argv");	/* borrowed */
	PyObject *whole = PySys_GetObject("orig_argv");	/* borrowed */
	PyObject *what, *script;
	bool is_module;

	if (!is_plain(argv) || !is_plain(args) || !is_plain(whole))
		return false;
	script = text_at(args, 0);
	if (!is_python(text_at(argv, 0)))
		return same_file(text_at(argv, 0), script);
	what = run_by(argv, &is_module);
	if (!is_module)
		return same_file(what, script);
	return same(what, run_by(whole, &is_module)) && is_module;
}

void
pd_fork_audit(const char *event, PyObject *args)
{
	if (told)
		return;
	if (strcmp(event, "os.fork") == 0 || strcmp(event, "os.forkpty") == 0)
		tell("[The program forks: the child process runs without the "
		    "debugger]\n");
	else if ((strcmp(event, "subprocess.Popen") == 0 ||
	    strcmp(event, "os.posix_spawn") == 0) &&
	    PyTuple_GET_SIZE(args) > 1 &&
	    names_program(PyTuple_GET_ITEM(args, 1)))
		tell("[A child process runs the program anew, without the "
		    "debugger: a reloader is to be switched off]\n");
}

void
pd_fork_import(PyObject *name)
{
	static const char *const doors[] = {
		"multiprocessing.popen_spawn_posix",
		"multiprocessing.popen_forkserver"
	};

	for (size_t i = 0; i < sizeof(doors) / sizeof(doors[0]); i++)
		if (PyUnicode_CompareWithASCIIString(name, doors[i]) == 0)
			tell("[Processes of multiprocessing run without the "
			    "debugger]\n");
}
