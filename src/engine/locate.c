/*
 * Where a breakpoint goes: pdb's do_break, lookupmodule, lineinfo,
 * find_function and checkline, by the program's Python's version.
 *
 * Called by serve.c for break, tbreak, clear, until and list.  Two things are
 * done better than pdb does: a line that has no code is moved to the next
 * one that has, and a function that is looked up by name in a file is found
 * in the file's compiled code first.  Files are looked up in lookup.c.
 */
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

#include "engine/compat-eval.h"
#include "engine/eval.h"
#include "engine/lookup.h"
#include "engine/reexport.h"

struct ask {
	PyFrameObject		*frame;		/* borrowed, or NULL */
	PyObject		*globals;	/* owned, or NULL */
	struct pd_str		 frame_file;	/* canonical, or absent */
	struct pd_location	*out;
};

/* Whose loader may have the file's text: the frame's, or its module's. */
static PyObject *
globals_for(const struct ask *a, const char *file)
{
	return pd_str_eq(&a->frame_file, file) ? a->globals :
	    pd_lookup_globals(file);
}

static void
set_file(struct ask *a, const char *file)
{
	pd_str_done(&a->out->file);
	a->out->file = pd_str_from(file);
}

static bool
starts_docstring(const char *p, size_t n)
{
	return n >= 3 &&
	    (memcmp(p, "\"\"\"", 3) == 0 || memcmp(p, "'''", 3) == 0);
}

/* pdb's checkline(). */
static enum pd_locate_status
check_line(const struct ask *a)
{
	const char *file = pd_str_c(&a->out->file);
	const struct pd_source *src = pd_source_file(file,
	    globals_for(a, file));
	const char *p;
	size_t n;

	p = src == NULL ? NULL :
	    pd_source_line(src, (long)a->out->line, &n);
	if (p == NULL)
		return PD_LOCATE_EOF;
	while (n > 0 && (*p == ' ' || (*p >= '\t' && *p <= '\r'))) {
		p++;
		n--;
	}
	if (n == 0 || *p == '#' || starts_docstring(p, n))
		return PD_LOCATE_BLANK;
	return PD_LOCATE_OK;
}

/* To a line that has code: the next one, or the last one of the file. */
static void
move_line(const struct ask *a)
{
	const char *file = pd_str_c(&a->out->file);
	const struct pd_lines *lines = pd_code_file_lines(file,
	    globals_for(a, file));
	uint64_t line = a->out->line;
	size_t i = 0, end;

	if (lines == NULL || lines->n == 0)
		return;
	for (end = lines->n; i < end;) {
		size_t mid = i + (end - i) / 2;

		if ((uint64_t)lines->v[mid] < line)
			i = mid + 1;
		else
			end = mid;
	}
	if (i == lines->n)
		i--;
	if ((uint64_t)lines->v[i] != line) {
		a->out->asked = line;
		a->out->line = (uint64_t)lines->v[i];
	}
}

static int
code_line(PyCodeObject *co)
{
	return PD_PDB_313 ? pd_code_first_line(co) : co->co_firstlineno;
}

/* ---- functions ----------------------------------------------------------- */

static void
found_code(struct ask *a, PyCodeObject *co)
{
	set_file(a, pd_file_canonic(co->co_filename));
	a->out->func = pd_str_from_py(co->co_name);
	pd_str_done(&a->out->qualname);
	a->out->qualname = pd_str_from_py(co->co_qualname);
	a->out->line = (uint64_t)(code_line(co) > 0 ? code_line(co) : 0);
}

/* An expression whose value has code. */
static bool
by_value(struct ask *a, const struct pd_str *spec)
{
	PD_OWNED func = NULL;
	PD_OWNED inner = NULL;
	PD_OWNED code = NULL;

	if (a->frame == NULL)
		return false;
	func = pd_eval_object(a->frame, spec);
	if (func == NULL)
		return false;
	inner = PyObject_GetAttrString(func, "__func__");
	PyErr_Clear();
	code = PyObject_GetAttrString(inner != NULL ? inner : func,
	    "__code__");
	if (code == NULL || !PyCode_Check(code))
		return false;
	found_code(a, (PyCodeObject *)code);
	return true;
}

/* The column-0 line that defines the function, from 1; 0: none. */
static long
def_line(const struct pd_source *src, const char *name)
{
	const char *p = src->text.s, *end = p + src->text.n, *nl;

	for (long line = 1; p < end; line++, p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL)
			nl = end;
		if (pd_lookup_is_def(p, nl, name))
			return line;
	}
	return 0;
}

/* New reference: code below co that is the function: by qualified name, or
 * (line > 0) by name as the last one that begins no later than that. */
static PyObject *
find_code(PyObject *co, PyObject *name, long line)
{
	PD_OWNED consts = PyObject_GetAttrString(co, "co_consts");
	PyObject *found = NULL;

	for (Py_ssize_t i = 0; consts != NULL &&
	    i < PyTuple_GET_SIZE(consts); i++) {
		PyObject *c = PyTuple_GET_ITEM(consts, i);
		PD_OWNED own = NULL;
		PyObject *sub;

		if (!PyCode_Check(c))
			continue;
		own = PyObject_GetAttrString(c, line > 0 ? "co_name" :
		    "co_qualname");
		if (own != NULL && PyUnicode_Compare(own, name) == 0 &&
		    (line == 0 || ((PyCodeObject *)c)->co_firstlineno <= line))
			Py_XSETREF(found, Py_NewRef(c));
		else if (line == 0 && (sub = find_code(c, name, 0)) != NULL)
			Py_XSETREF(found, sub);
	}
	PyErr_Clear();
	return found;
}

/* The line of the function that begins on the def line. */
static long
line_in_code(const char *file, const struct pd_source *src, const char *name,
    long def)
{
	PD_OWNED code = NULL;
	PD_OWNED s = PyUnicode_FromString(name);
	PD_OWNED found = NULL;
	long line = def;

	if (PD_PDB_313 && s != NULL)
		code = pd_code_compile_file(file, src);
	if (code != NULL)
		found = find_code(code, s, def);
	if (found != NULL)
		line = code_line((PyCodeObject *)found);
	PyErr_Clear();
	return line;
}

/* pdb's find_function(). */
static bool
by_text(struct ask *a, const char *name, const char *file)
{
	PD_OWNED globals = Py_XNewRef(globals_for(a, file));
	const struct pd_source *src = pd_source_file(file, globals);
	long line;

	line = src == NULL ? 0 : def_line(src, name);
	if (line == 0)
		return false;
	set_file(a, file);
	a->out->line = (uint64_t)line_in_code(file, src, name, line);
	a->out->func = pd_str_from(name);
	a->out->qualname = pd_str_from(name);
	return true;
}

/* A function or method by its qualified name in a file's code. */
static bool
by_code(struct ask *a, const char *name, const char *file)
{
	const struct pd_source *src = pd_source_file(file,
	    globals_for(a, file));
	PD_OWNED code = src == NULL ? NULL : pd_code_compile_file(file, src);
	PD_OWNED s = PyUnicode_FromString(name);
	PD_OWNED found = NULL;

	if (code != NULL && s != NULL)
		found = find_code(code, s, 0);
	PyErr_Clear();
	if (found == NULL)
		return false;
	found_code(a, (PyCodeObject *)found);
	set_file(a, file);
	return true;
}

/* pdb's lineinfo(): NAME, 'NAME', module.NAME, self.NAME. */
static bool
by_name(struct ask *a, const char *spec, const char *file)
{
	char *id = pd_lookup_identifier(spec), *part, *rest;
	struct pd_str where = pd_str_from(file);
	bool ok = false;

	part = id;
	if (part != NULL && pd_starts(part, "self."))
		part += 5;
	if (part != NULL && *part != 0) {
		rest = strchr(part, '.');
		if (rest != NULL) {
			struct pd_str f;

			*rest++ = 0;
			f = pd_lookup_module(part);
			/* pdb would take any function of that name. */
			pd_str_done(&where);
			where = f;
			part = rest;
			rest = strchr(part, '.');
			if (rest != NULL)
				*rest = 0;
		}
		ok = where.s != NULL && by_text(a, part, where.s);
	}
	pd_str_done(&where);
	free(id);
	return ok;
}

static bool
is_there(void *ctx, const char *name, const char *file)
{
	return by_code(ctx, name, file);
}

/* In the file of a module, or where that has it from. */
static bool
by_module(struct ask *a, const char *name, const char *file)
{
	return file != NULL && (by_code(a, name, file) ||
	    pd_reexport_find(name, file, is_there, a));
}

/* Better than pdb: CLASS.METHOD of the frame's file before the class is there,
 * MODULE.CLASS.METHOD of one that has not been imported. */
static bool
by_dotted(struct ask *a, const char *spec, const char *file)
{
	struct pd_str name = pd_str_from(spec);
	bool ok = strchr(spec, '.') != NULL && by_code(a, spec, file);
	struct pd_str where;
	char *dot;

	while (!ok && (dot = strrchr(name.s, '.')) != NULL) {
		const char *rest = spec + (dot + 1 - name.s);

		*dot = 0;
		where = pd_lookup_module(name.s);
		ok = by_module(a, rest, where.s);
		pd_str_done(&where);
		/* A package; or the script has the module's name. */
		where = ok ? (struct pd_str){ 0 } : pd_lookup_import(name.s);
		ok = ok || by_module(a, rest, where.s);
		pd_str_done(&where);
	}
	pd_str_done(&name);
	return ok;
}

static void
by_function(struct ask *a, const struct pd_locate *req, const char *file)
{
	const char *spec = pd_str_c(&req->spec);
	bool ok;

	if (req->file.s != NULL)
		ok = by_code(a, spec, file) || by_text(a, spec, file);
	else
		ok = by_value(a, &req->spec);
	PyErr_Clear();
	if (!ok && req->file.s == NULL)
		ok = by_name(a, spec, file) || by_dotted(a, spec, file);
	a->out->status = ok ? check_line(a) : PD_LOCATE_NO_FUNC;
}

/* FILE:FUNCTION, where the script that runs has the name of a module. */
static void
in_namesake(struct ask *a, const struct pd_locate *req)
{
	struct pd_str file = pd_lookup_import(req->file.s);

	if (file.s != NULL)
		by_function(a, req, file.s);
	pd_str_done(&file);
}

/* ---- the request --------------------------------------------------------- */

static void
locate(struct ask *a, const struct pd_locate *req)
{
	struct pd_str file;

	if (req->file.s != NULL)
		file = pd_lookup_module(req->file.s);
	else
		file = pd_lookup_default(&a->frame_file);
	if (file.s == NULL) {
		a->out->status = PD_LOCATE_NO_FILE;
		return;
	}
	if (req->line == 0 && req->spec.s != NULL) {
		by_function(a, req, file.s);
		if (a->out->status == PD_LOCATE_NO_FUNC && req->file.s != NULL)
			in_namesake(a, req);
	} else {
		set_file(a, file.s);
		a->out->line = req->line;
		a->out->status = check_line(a);
		if (a->out->status == PD_LOCATE_OK)
			move_line(a);
	}
	pd_str_done(&file);
	if (a->out->status == PD_LOCATE_OK &&
	    !pd_str_eq(&a->frame_file, pd_str_c(&a->out->file)))
		a->out->pending = !pd_lookup_loaded(pd_str_c(&a->out->file));
}

int
pd_locate_do(const struct pd_locate *req, struct pd_location *out,
    struct pd_err *err)
{
	struct ask a = { .out = out };
	struct pd_guard g;

	/* Post mortem of a script that does not compile has no frame. */
	if (pd_stop_stack.n > 0) {
		PyCodeObject *co;

		a.frame = pd_stack_frame(&pd_stop_stack, req->frame, err);
		if (a.frame == NULL)
			return -1;
		a.globals = PyFrame_GetGlobals(a.frame);
		co = PyFrame_GetCode(a.frame);
		a.frame_file = pd_str_from(pd_file_canonic(co->co_filename));
		Py_DECREF(co);
	}
	pd_guard_enter(&g, 0);
	locate(&a, req);
	pd_flush_streams();
	pd_guard_leave(&g);
	Py_XDECREF(a.globals);
	pd_str_done(&a.frame_file);
	return 0;
}
