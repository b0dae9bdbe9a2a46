/*
 * Code that stepping passes over: functions, files, modules, the library.
 *
 * The debugger owns the list and sends the whole of it; walk.c asks for each
 * frame in which a step could stop.  It must not run the program's code.
 */
#include <fnmatch.h>
#include <string.h>

#include "engine/core.h"

static struct pd_skips	skips;

int
pd_skip_set(const struct pd_skips *req, struct pd_nothing *rep,
    struct pd_err *err)
{
	(void)rep;
	(void)err;
	pd_rec_done(&pd_skips_desc, &skips);
	pd_rec_copy(&pd_skips_desc, &skips, req);
	return 0;
}

/* A pattern of the shell's, or the end of a path. */
static bool
is_file(const char *pattern, const char *file)
{
	size_t n = strlen(file), m = strlen(pattern);

	if (fnmatch(pattern, file, 0) == 0)
		return true;
	return m < n && file[n - m - 1] == '/' &&
	    fnmatch(pattern, file + n - m, 0) == 0;
}

static bool
is_text(const char *pattern, PyObject *name)
{
	const char *s = name != NULL && PyUnicode_Check(name) ?
	    PyUnicode_AsUTF8(name) : NULL;

	PyErr_Clear();
	return s != NULL && fnmatch(pattern, s, 0) == 0;
}

static bool
is_library(const char *file)
{
	PyObject *dir = PySys_GetObject("_stdlib_dir");	/* borrowed */
	const char *s = dir != NULL && PyUnicode_Check(dir) ?
	    PyUnicode_AsUTF8(dir) : NULL;
	size_t n = s != NULL ? strlen(s) : 0;

	PyErr_Clear();
	return (n > 0 && strncmp(file, s, n) == 0 && file[n] == '/') ||
	    strncmp(file, "<frozen ", 8) == 0 ||
	    strstr(file, "/site-packages/") != NULL ||
	    strstr(file, "/dist-packages/") != NULL;
}

static bool
matches(const struct pd_skip *k, PyFrameObject *f, PyCodeObject *code)
{
	const char *file = pd_file_canonic(code->co_filename);
	const char *text = pd_str_c(&k->text);
	PD_OWNED globals = NULL;

	switch ((enum pd_skip_kind)k->kind) {
	case PD_SKIP_FUNCTION:
		return (is_text(text, code->co_name) ||
		    is_text(text, code->co_qualname)) &&
		    (k->file.s == NULL || is_file(k->file.s, file));
	case PD_SKIP_FILE:
		return is_file(text, file);
	case PD_SKIP_MODULE:
		globals = PyFrame_GetGlobals(f);
		return globals != NULL && PyDict_Check(globals) && is_text(
		    text, PyDict_GetItemString(globals, "__name__"));
	case PD_SKIP_LIBRARY:
		return is_library(file);
	}
	return false;
}

bool
pd_skip_frame(PyFrameObject *f, PyCodeObject *code)
{
	PyObject *t, *v, *tb;
	bool yes = false;

	if (skips.skips.n == 0)
		return false;
	PyErr_Fetch(&t, &v, &tb);
	PD_VEC_EACH(&skips.skips, struct pd_skip, k)
		if (matches(k, f, code)) {
			yes = true;
			break;
		}
	PyErr_Restore(t, v, tb);
	return yes;
}
