/*
 * Files by name along sys.path, and names within files.
 *
 * Called by locate.c under its guard.  Runs no code of the program: sys.path
 * and modules are read as data.
 */
#include "engine/engine.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "engine/compat-eval.h"
#include "engine/lookup.h"

/* Canonical names have no "." and ".." and begin at the root. */
static struct pd_str
canonical(const char *path)
{
	return pd_path_abs(path, NULL);
}

static struct pd_str
main_file(void)
{
	if (pd_main_code == NULL || !PyCode_Check(pd_main_code))
		return (struct pd_str){0};
	return pd_str_from(pd_file_canonic(
	    ((PyCodeObject *)pd_main_code)->co_filename));
}

/* The directory with links followed as pdb follows them; bounded, since links
 * may go round. */
static struct pd_str
follow_links(const char *dir)
{
	struct pd_str s = pd_str_from(dir);
	char buf[4096];
	ssize_t n;

	for (int i = 0; i < 40; i++) {
		n = readlink(s.s, buf, sizeof(buf) - 1);
		if (n <= 0)
			break;
		buf[n] = 0;
		if (buf[0] != '/') {
			struct pd_str base = pd_path_dir(s.s);

			pd_str_done(&s);
			s = pd_path_join(base.s, buf);
			pd_str_done(&base);
		} else {
			pd_str_done(&s);
			s = pd_str_from(buf);
		}
	}
	return s;
}

static struct pd_str
on_sys_path(const char *name)
{
	PyObject *path = PySys_GetObject("path");
	struct pd_str found = {0};

	if (path == NULL || !PyList_Check(path))
		return found;
	for (Py_ssize_t i = 0; i < PyList_GET_SIZE(path) && found.s == NULL;
	    i++) {
		PyObject *o = PyList_GET_ITEM(path, i);
		struct pd_str entry, dir, full;

		if (!PyUnicode_Check(o))
			continue;
		entry = pd_str_from_py(o);
		dir = follow_links(entry.s);
		full = pd_path_join(dir.s, name);
		if (pd_path_exists(full.s))
			found = canonical(full.s);
		pd_str_done(&full);
		pd_str_done(&dir);
		pd_str_done(&entry);
	}
	return found;
}

/* The main file under its own name, whatever its suffix. */
static struct pd_str
as_main_file(const char *name)
{
	PyObject *path = PySys_GetObject("path"), *first;
	struct pd_str own = main_file(), dir, full, found = {0};

	if (own.s != NULL && path != NULL && PyList_Check(path) &&
	    PyList_GET_SIZE(path) > 0 &&
	    PyUnicode_Check(first = PyList_GET_ITEM(path, 0))) {
		struct pd_str joined;

		dir = pd_str_from_py(first);
		joined = pd_path_join(dir.s, name);
		full = canonical(joined.s);
		if (pd_str_eq(&own, full.s) && pd_path_exists(full.s))
			found = pd_str_dup(&full);
		pd_str_done(&full);
		pd_str_done(&joined);
		pd_str_done(&dir);
	}
	pd_str_done(&own);
	return found;
}

/* os.path.splitext(name)[1] == "". */
static bool
has_no_suffix(const char *name)
{
	const char *base = pd_path_base(name);

	while (*base == '.')
		base++;
	return strrchr(base, '.') == NULL;
}

/* Before 3.13 pdb adds a suffix where there is none. */
static struct pd_str
with_suffix(const char *name)
{
	return has_no_suffix(name) ? pd_strf("%s.py", name) :
	    pd_str_from(name);
}

/* package.module, as pdb takes it from 3.13 on; ./module too. */
static struct pd_str
dotted(const char *name)
{
	struct pd_str s;

	if (pd_ends(name, ".py"))
		return pd_str_from(name);
	s = pd_strf("%s.py", name);
	if (strchr(name, '/') == NULL)
		for (size_t i = 0; i + 3 < s.n; i++)
			if (s.s[i] == '.')
				s.s[i] = '/';
	return s;
}

/* A module by the name it was imported by, wherever its file is: os.path, a
 * package. */
static struct pd_str
imported(const char *name)
{
	PyObject *modules = PyImport_GetModuleDict(), *m, *f;
	PD_OWNED key = PyUnicode_FromString(name);

	if (key == NULL || !PyDict_CheckExact(modules)) {
		PyErr_Clear();
		return (struct pd_str){0};
	}
	m = PyDict_GetItemWithError(modules, key);
	f = m != NULL && PyModule_Check(m) ?
	    PyDict_GetItemString(PyModule_GetDict(m), "__file__") : NULL;
	if (f == NULL || !PyUnicode_Check(f) || !pd_ends(pd_file_canonic(f),
	    ".py"))
		return (struct pd_str){0};
	return pd_str_from(pd_file_canonic(f));
}

/* dir/name, canonical; absent if there is no such file. */
static struct pd_str
file_in(const char *dir, const char *name)
{
	struct pd_str full = pd_path_join(dir, name), found = {0};

	if (pd_path_exists(full.s) && !pd_path_is_dir(full.s))
		found = canonical(full.s);
	pd_str_done(&full);
	return found;
}

struct pd_str
pd_lookup_import(const char *name)
{
	struct pd_str base, full, found = {0};

	if (pd_ends(name, ".py"))
		return found;
	base = dotted(name);
	base.s[base.n - 3] = 0;		/* without ".py" */
	for (size_t i = 0; i < 4 && found.s == NULL; i++) {
		full = i % 2 == 0 ? pd_strf("%s/__init__.py", base.s) :
		    pd_strf("%s.py", base.s);
		found = i < 2 ? on_sys_path(full.s) : file_in("", full.s);
		pd_str_done(&full);
	}
	pd_str_done(&base);
	return found;
}

struct pd_str
pd_lookup_module(const char *name)
{
	struct pd_str full, found;

	if (name[0] == '/' && pd_path_exists(name))
		return canonical(name);
	found = as_main_file(name);
	if (found.s != NULL)
		return found;
	full = PD_PDB_313 ? dotted(name) : with_suffix(name);
	if (full.s[0] == '/') {
		/* Up to 3.12 such a name passes, and fails on its line. */
		if (!PD_PDB_313 || pd_path_exists(full.s))
			found = canonical(full.s);
		pd_str_done(&full);
		return found;
	}
	found = on_sys_path(full.s);
	pd_str_done(&full);
	if (found.s == NULL && !PD_PDB_313) {
		full = dotted(name);
		found = on_sys_path(full.s);
		pd_str_done(&full);
	}
	if (found.s == NULL)
		found = imported(name);
	/* Where a test is that pytest will run. */
	if (found.s == NULL)
		found = file_in("", name);
	return found.s != NULL ? found : pd_lookup_import(name);
}

struct pd_str
pd_lookup_default(const struct pd_str *frame_file)
{
	if (frame_file->s == NULL || pd_str_eq(frame_file, "<string>")) {
		struct pd_str own = main_file();

		if (own.s != NULL)
			return own;
	}
	return pd_str_dup(frame_file);
}

PyObject *
pd_lookup_globals(const char *file)
{
	PyObject *modules = PyImport_GetModuleDict(), *k, *m;
	Py_ssize_t pos = 0;

	if (!PyDict_Check(modules))
		return NULL;
	while (PyDict_Next(modules, &pos, &k, &m)) {
		PyObject *f = PyModule_Check(m) ?
		    PyDict_GetItemString(PyModule_GetDict(m), "__file__") :
		    NULL;

		if (f != NULL && PyUnicode_Check(f) &&
		    strcmp(pd_file_canonic(f), file) == 0)
			return PyModule_GetDict(m);
	}
	return NULL;
}

bool
pd_lookup_loaded(const char *file)
{
	struct pd_str own = main_file();
	bool found = pd_str_eq(&own, file);

	pd_str_done(&own);
	return found || pd_lookup_globals(file) != NULL;
}

char *
pd_lookup_identifier(const char *spec)
{
	const char *open = strchr(spec, '\''), *close, *end;

	end = spec + strlen(spec);
	if (open != NULL) {
		close = strchr(open + 1, '\'');
		if (close == NULL || strchr(close + 1, '\'') != NULL)
			return NULL;
		spec = open + 1;
		end = close;
	}
	while (spec < end && isspace((unsigned char)*spec))
		spec++;
	while (end > spec && isspace((unsigned char)end[-1]))
		end--;
	return end == spec ? NULL : pd_xmemdup(spec, (size_t)(end - spec));
}

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		p++;
	return p;
}

bool
pd_lookup_is_def(const char *line, const char *end, const char *name)
{
	const char *p;
	size_t n = strlen(name);

	if (end - line > 5 && memcmp(line, "async", 5) == 0) {
		p = skip_blanks(line + 5, end);
		if (p > line + 5)
			line = p;
	}
	if (end - line < 3 || memcmp(line, "def", 3) != 0)
		return false;
	p = skip_blanks(line + 3, end);
	if (p == line + 3 || (size_t)(end - p) < n || memcmp(p, name, n) != 0)
		return false;
	p = skip_blanks(p + n, end);
	return p < end && *p == '(';
}
