/*
 * Running typed code so that nested code in it sees the frame's variables.
 *
 * exec() and eval() give comprehensions, lambdas and functions in the text no
 * way to a function's locals.  So the text's syntax tree is put into a
 * generated function whose enclosing function has those locals as variables:
 *
 *	def __pd_outer():
 *	    a = None ...
 *	    def __pd_scope():
 *	        nonlocal a, ...
 *	        THE TEXT
 *
 * Only the inner function is made, with cells that hold the values; what the
 * cells hold afterwards is written back.  Names that the text binds itself
 * show up as the inner code's own variables in a first compilation and are
 * declared, too, in a second, so that their values can be had.
 *
 * Called by eval.c when plain execution would not do.
 */
#include "engine/engine.h"

#include <string.h>

#include "engine/eval.h"

#define SHOW	"__pd_show"

bool
pd_closure_wanted(PyObject *code)
{
	PD_OWNED consts = PyObject_GetAttrString(code, "co_consts");

	if (consts == NULL) {
		PyErr_Clear();
		return false;
	}
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(consts); i++)
		if (PyCode_Check(PyTuple_GET_ITEM(consts, i)))
			return true;
	return false;
}

/* ---- names --------------------------------------------------------------- */

/* Adds those of seq that are identifiers and not yet in names. */
static int
names_add(PyObject *names, PyObject *seq)
{
	PD_OWNED fast = PySequence_Fast(seq, "names");

	if (fast == NULL)
		return -1;
	for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
		PyObject *s = PySequence_Fast_GET_ITEM(fast, i);

		if (!PyUnicode_CheckExact(s) || PyUnicode_IsIdentifier(s) != 1)
			continue;
		if (PyDict_SetDefault(names, s, Py_None) == NULL)
			return -1;
	}
	return 0;
}

/* New reference: a dict whose keys are the names, in order. */
static PyObject *
names_of(PyObject *locals)
{
	PD_OWNED keys = PyMapping_Keys(locals);
	PyObject *names = PyDict_New();
	PD_OWNED show = PyUnicode_FromString(SHOW);

	if (keys == NULL || names == NULL || show == NULL ||
	    PyDict_SetItem(names, show, Py_None) < 0 ||
	    names_add(names, keys) < 0)
		Py_CLEAR(names);
	return names;
}

/* ---- trees --------------------------------------------------------------- */

static PyObject *
parse(const char *text, int start)
{
	PD_OWNED name = PyUnicode_FromString("<stdin>");

	return name == NULL ? NULL :
	    pd_compile_utf8(text, name, start, PyCF_ONLY_AST);
}

/* New reference: item i (from the end if negative) of a list attribute. */
static PyObject *
child(PyObject *node, const char *attr, Py_ssize_t i)
{
	PD_OWNED list = node == NULL ? NULL :
	    PyObject_GetAttrString(node, attr);

	return list == NULL ? NULL : PySequence_GetItem(list, i);
}

static bool
is_node(PyObject *node, const char *name)
{
	const char *type = strrchr(Py_TYPE(node)->tp_name, '.');

	type = type == NULL ? Py_TYPE(node)->tp_name : type + 1;
	return strcmp(type, name) == 0;
}

/* An expression statement E becomes __pd_show(E), as 'single' mode would
 * hand it to the display hook. */
static int
show_expr(PyObject *stmt)
{
	PD_OWNED tree = parse(SHOW "(0)", Py_eval_input);
	PD_OWNED call = NULL;
	PD_OWNED value = NULL;
	PD_OWNED args = NULL;

	call = tree == NULL ? NULL : PyObject_GetAttrString(tree, "body");
	value = call == NULL ? NULL : PyObject_GetAttrString(stmt, "value");
	args = value == NULL ? NULL : Py_BuildValue("[O]", value);
	if (args == NULL || PyObject_SetAttrString(call, "args", args) < 0)
		return -1;
	return PyObject_SetAttrString(stmt, "value", call);
}

/* For a list of statements, handlers or cases, and what they hold; what is
 * in functions and classes is not shown. */
static int
show_all(PyObject *list)
{
	static const char *const blocks[] = {
		"body", "orelse", "finalbody", "handlers", "cases",
	};

	for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
		PyObject *stmt = PyList_GET_ITEM(list, i);

		if (is_node(stmt, "Expr") && show_expr(stmt) < 0)
			return -1;
		if (is_node(stmt, "FunctionDef") ||
		    is_node(stmt, "AsyncFunctionDef") ||
		    is_node(stmt, "ClassDef"))
			continue;
		for (size_t k = 0; k < sizeof(blocks) / sizeof(*blocks); k++) {
			PD_OWNED sub = PyObject_GetAttrString(stmt, blocks[k]);

			PyErr_Clear();
			if (sub != NULL && PyList_Check(sub) &&
			    show_all(sub) < 0)
				return -1;
		}
	}
	return 0;
}

/* The two functions around the text, with a placeholder as its last line. */
static PyObject *
frame_text(PyObject *names, bool eval)
{
	struct pd_buf b = {0}, list = {0};
	Py_ssize_t pos = 0;
	PyObject *k, *v, *tree;

	pd_buf_adds(&b, "def __pd_outer():\n");
	while (PyDict_Next(names, &pos, &k, &v)) {
		struct pd_str s = pd_str_from_py(k);

		pd_buf_addf(&b, " %s = None\n", s.s);
		pd_buf_addf(&list, "%s%s", list.n > 0 ? ", " : "", s.s);
		pd_str_done(&s);
	}
	pd_buf_addf(&b, " def __pd_scope():\n  nonlocal %s\n  %s\n",
	    pd_buf_c(&list), eval ? "return 0" : "pass");
	tree = parse(pd_buf_c(&b), Py_file_input);
	pd_buf_done(&b);
	pd_buf_done(&list);
	return tree;
}

/* Puts the text's tree into the inner function. */
static int
graft(PyObject *scope, PyObject *text, int start, bool show)
{
	PD_OWNED body = PyObject_GetAttrString(text, "body");
	PD_OWNED first = NULL;
	PD_OWNED list = NULL;

	if (body == NULL)
		return -1;
	if (start == Py_eval_input) {
		PD_OWNED ret = child(scope, "body", -1);

		return ret == NULL ? -1 :
		    PyObject_SetAttrString(ret, "value", body);
	}
	if (!PyList_Check(body) || (show && show_all(body) < 0))
		return -1;
	first = child(scope, "body", 0);
	list = first == NULL ? NULL : Py_BuildValue("[O]", first);
	if (list == NULL ||
	    PyList_SetSlice(list, 1, 1, body) < 0)
		return -1;
	return PyObject_SetAttrString(scope, "body", list);
}

/* builtins.compile: the C API cannot compile a tree. Borrowed. */
static PyObject *
builtin_compile(void)
{
	PyObject *f = PyDict_GetItemString(PyEval_GetBuiltins(), "compile");

	return f != NULL && PyCFunction_Check(f) ? f : NULL;
}

static PyObject *
compile_tree(PyObject *tree)
{
	PyObject *f = builtin_compile(), *code;
	struct pd_silence quiet;

	if (f == NULL)
		return NULL;
	pd_silence_begin(&quiet);
	code = PyObject_CallFunction(f, "OssiO", tree, "<stdin>", "exec", 0,
	    Py_True);
	pd_silence_end(&quiet);
	return code;
}

/* New reference: the code object among a code's constants. */
static PyObject *
inner_code(PyObject *code)
{
	PD_OWNED consts = code == NULL ? NULL :
	    PyObject_GetAttrString(code, "co_consts");

	for (Py_ssize_t i = 0; consts != NULL &&
	    i < PyTuple_GET_SIZE(consts); i++)
		if (PyCode_Check(PyTuple_GET_ITEM(consts, i)))
			return Py_NewRef(PyTuple_GET_ITEM(consts, i));
	return NULL;
}

/* New reference: the inner function's code; NULL (perhaps with an exception)
 * if the text cannot be put in. */
static PyObject *
build(PyObject *text, int start, PyObject *names, bool show)
{
	PD_OWNED tree = pd_compile_str(text, start, PyCF_ONLY_AST);
	PD_OWNED whole = NULL;
	PD_OWNED outer = NULL;
	PD_OWNED scope = NULL;
	PD_OWNED code = NULL;
	PD_OWNED mid = NULL;

	whole = tree == NULL ? NULL : frame_text(names,
	    start == Py_eval_input);
	outer = child(whole, "body", 0);
	scope = child(outer, "body", -1);
	if (scope == NULL || graft(scope, tree, start, show) < 0)
		return NULL;
	code = compile_tree(whole);
	mid = inner_code(code);
	return mid == NULL ? NULL : inner_code(mid);
}

/* The same, with the names that the text binds declared as well. */
static PyObject *
build_all(PyObject *text, int start, PyObject *names, bool show)
{
	static const char *const own[] = { "co_varnames", "co_cellvars" };
	Py_ssize_t before = PyDict_Size(names);
	PyObject *code = build(text, start, names, show);

	for (int i = 0; code != NULL && i < 2; i++) {
		PD_OWNED vars = PyObject_GetAttrString(code, own[i]);

		if (vars == NULL || names_add(names, vars) < 0)
			Py_CLEAR(code);
	}
	if (code == NULL || PyDict_Size(names) == before)
		return code;
	Py_DECREF(code);
	return build(text, start, names, show);
}

/* ---- cells --------------------------------------------------------------- */

/* New reference: what the name means before the text runs, or NULL. */
static PyObject *
value_before(PyObject *name, PyObject *globals, PyObject *locals,
    PyObject *show)
{
	PyObject *v;

	if (PyUnicode_CompareWithASCIIString(name, SHOW) == 0)
		return Py_XNewRef(show);
	v = PyObject_GetItem(locals, name);
	PyErr_Clear();
	if (v == NULL)
		v = Py_XNewRef(PyDict_GetItemWithError(globals, name));
	if (v == NULL)
		v = Py_XNewRef(PyDict_GetItemWithError(PyEval_GetBuiltins(),
		    name));
	PyErr_Clear();
	return v;
}

/* New reference: a tuple of cells for code's free variables; *was gets a
 * list of what they hold (None: nothing; else a 1-tuple). */
static PyObject *
make_cells(PyObject *free, PyObject *globals, PyObject *locals,
    PyObject *show, PyObject *was)
{
	Py_ssize_t n = PyTuple_GET_SIZE(free);
	PyObject *cells = PyTuple_New(n);

	for (Py_ssize_t i = 0; cells != NULL && i < n; i++) {
		PD_OWNED v = value_before(PyTuple_GET_ITEM(free, i), globals,
		    locals, show);
		PyObject *cell = PyCell_New(v);
		PD_OWNED old = v == NULL ? Py_NewRef(Py_None) :
		    PyTuple_Pack(1, v);

		if (cell == NULL || old == NULL ||
		    PyList_Append(was, old) < 0) {
			Py_XDECREF(cell);
			Py_CLEAR(cells);
		} else {
			PyTuple_SET_ITEM(cells, i, cell);
		}
	}
	return cells;
}

static void
write_one(PyObject *locals, PyObject *name, PyObject *old, PyObject *now)
{
	PyObject *before = old == Py_None ? NULL : PyTuple_GET_ITEM(old, 0);

	if (now == before ||
	    PyUnicode_CompareWithASCIIString(name, SHOW) == 0)
		return;
	if (now != NULL)
		PyObject_SetItem(locals, name, now);
	else
		PyObject_DelItem(locals, name);
	PyErr_Clear();
}

static void
write_back(PyObject *free, PyObject *cells, PyObject *was, PyObject *locals)
{
	PyObject *t, *v, *tb;

	PyErr_Fetch(&t, &v, &tb);
	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(free); i++) {
		PD_OWNED now = PyCell_Get(PyTuple_GET_ITEM(cells, i));

		write_one(locals, PyTuple_GET_ITEM(free, i),
		    PyList_GET_ITEM(was, i), now);
	}
	PyErr_Restore(t, v, tb);
}

int
pd_closure_run(PyObject *text, int start, PyObject *globals,
    PyObject *locals, PyObject *show, PyObject **out)
{
	PD_OWNED names = names_of(locals);
	PD_OWNED was = PyList_New(0);
	PD_OWNED code = NULL;
	PD_OWNED free = NULL;
	PD_OWNED cells = NULL;
	PD_OWNED fn = NULL;

	if (names != NULL && was != NULL)
		code = build_all(text, start, names, show != NULL);
	if (code != NULL)
		free = PyObject_GetAttrString(code, "co_freevars");
	if (free != NULL)
		cells = make_cells(free, globals, locals, show, was);
	if (cells != NULL)
		fn = PyFunction_New(code, globals);
	if (fn == NULL || (PyTuple_GET_SIZE(cells) > 0 &&
	    PyFunction_SetClosure(fn, cells) < 0)) {
		PyErr_Clear();
		return 0;
	}
	*out = PyObject_CallNoArgs(fn);
	write_back(free, cells, was, locals);
	return 1;
}
