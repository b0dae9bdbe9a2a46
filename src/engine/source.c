/*
 * The text of source files, as linecache would show it, without linecache.
 *
 * Called for stops, listings and locations.  Reads regular files only and
 * never blocks; what is not on disk is asked of linecache's own table, if
 * the program has that module, and of the loader of the frame's module,
 * which is the program's code and runs under a guard.
 */
#include "engine/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "engine/compat-eval.h"
#include "engine/cookie.h"
#include "engine/decode.h"

#define SOURCE_MAX	((size_t)64 << 20)
#define TRUST_NS	10000000	/* to look at a file at each step of
					   many costs a tenth of them */

struct entry {
	struct pd_source src;		/* first: they are cast; text absent:
					   there is none */
	struct pd_vec	 starts;	/* size_t: of its lines; empty: not
					   known yet */
	struct pd_str	 file;
	uint64_t	 size;		/* on disk */
	uint64_t	 seen;		/* its time there when last asked for;
					   0: it was not there */
	bool		 asked;		/* the loader was asked */
	int64_t		 looked;	/* at the disk, monotonic ns */
	unsigned	 trust;		/* what `trust` was then */
};
static struct pd_vec cache;		/* struct entry *, owned */
static int last_errno;			/* why the last file was not read */
static unsigned trust;			/* another after each request that may
					   have changed files */

void
pd_source_distrust(void)
{
	trust++;
}

static struct entry *
cache_get(const char *file)
{
	struct entry *e;

	PD_VEC_EACH(&cache, struct entry *, it)
		if (pd_str_eq(&(*it)->file, file))
			return *it;
	e = pd_xcalloc(1, sizeof(*e));
	e->file = pd_str_from(file);
	*PD_VEC_PUSH(&cache, struct entry *) = e;
	return e;
}

static int
read_all(int fd, size_t size, struct pd_buf *b)
{
	char chunk[65536];
	ssize_t n;

	pd_buf_reserve(b, size + 1);
	while (b->n <= SOURCE_MAX) {
		n = read(fd, chunk, sizeof(chunk));
		if (n == 0)
			return 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		pd_buf_add(b, chunk, (size_t)n);
	}
	errno = EFBIG;
	return -1;
}

/* Fills e from disk if that has changed.  True if there is such a file. */
static bool
from_disk(struct entry *e, const char *file)
{
	struct pd_buf raw = {0};
	int64_t now = pd_clock_coarse_ns();
	struct stat st;
	uint64_t mtime;
	bool ok;
	int fd;

	if (e->seen != 0 && e->src.text.s != NULL && e->trust == trust &&
	    now - e->looked < TRUST_NS)
		return true;
	e->looked = now;
	e->trust = trust;
	e->seen = 0;
	if (stat(file, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	mtime = e->seen = (uint64_t)st.st_mtim.tv_sec * 1000000000u +
	    (uint64_t)st.st_mtim.tv_nsec;
	if (e->src.text.s != NULL && e->src.mtime == mtime &&
	    e->size == (uint64_t)st.st_size)
		return true;
	fd = (size_t)st.st_size > SOURCE_MAX ? (errno = EFBIG, -1) :
	    open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	ok = fd >= 0 && read_all(fd, (size_t)st.st_size, &raw) == 0;
	if (!ok)
		last_errno = errno;
	if (fd >= 0)
		close(fd);
	if (ok) {
		pd_str_done(&e->src.text);
		pd_vec_done(&e->starts);
		e->src.text = pd_decode_source(&raw);
		e->src.mtime = mtime;
		e->size = (uint64_t)st.st_size;
	}
	pd_buf_done(&raw);
	return e->src.text.s != NULL;
}

/* linecache.cache[file] is (size, mtime, lines, fullname) for sources that
 * were registered there: doctest's, generated code. */
static PyObject *
from_linecache(const char *file)
{
	PD_OWNED name = PyUnicode_FromString("linecache");
	PD_OWNED mod = name == NULL ? NULL : PyImport_GetModule(name);
	PD_OWNED key = PyUnicode_DecodeFSDefault(file);
	PD_OWNED empty = PyUnicode_FromString("");
	PyObject *table, *row;

	if (mod == NULL || key == NULL || empty == NULL ||
	    !PyModule_Check(mod))
		return NULL;
	table = PyDict_GetItemString(PyModule_GetDict(mod), "cache");
	if (table == NULL || !PyDict_CheckExact(table))
		return NULL;
	row = PyDict_GetItemWithError(table, key);
	if (row == NULL || !PyTuple_CheckExact(row) ||
	    PyTuple_GET_SIZE(row) != 4 ||
	    !PyList_CheckExact(PyTuple_GET_ITEM(row, 2)))
		return NULL;
	return PyUnicode_Join(empty, PyTuple_GET_ITEM(row, 2));
}

/* New reference: an item of globals, or of its __spec__. */
static PyObject *
spec_or_global(PyObject *globals, const char *attr, const char *key)
{
	PyObject *spec = PyDict_GetItemString(globals, "__spec__"), *o = NULL;

	if (spec != NULL && spec != Py_None) {
		o = PyObject_GetAttrString(spec, attr);
		if (o == NULL)
			PyErr_Clear();
	}
	if (o == NULL || o == Py_None) {
		Py_XDECREF(o);
		o = PyDict_GetItemString(globals, key);
		Py_XINCREF(o);
	}
	return o;
}

/* Code that was made by exec() has its module's globals, but a file name of
 * its own. */
static bool
is_own_file(PyObject *globals, const char *file)
{
	PyObject *own = PyDict_GetItemString(globals, "__file__");

	return own == NULL || !PyUnicode_Check(own) ||
	    strcmp(pd_file_canonic(own), file) == 0;
}

static PyObject *
from_loader(struct entry *e, const char *file, PyObject *globals)
{
	PD_OWNED loader = NULL;
	PD_OWNED name = NULL;

	if (!PyDict_Check(globals) || !is_own_file(globals, file))
		return NULL;
	e->asked = true;
	loader = spec_or_global(globals, "loader", "__loader__");
	name = spec_or_global(globals, "name", "__name__");
	if (loader == NULL || name == NULL || loader == Py_None ||
	    !PyObject_HasAttrString(loader, "get_source"))
		return NULL;
	return PyObject_CallMethod(loader, "get_source", "O", name);
}

static void
from_program(struct entry *e, const char *file, PyObject *globals)
{
	struct pd_buf text = {0};
	struct pd_guard g;
	PyObject *s;

	pd_guard_enter(&g, PD_REPR_MS);
	s = from_linecache(file);
	if (s == NULL && globals != NULL && file[0] != '<') {
		PyErr_Clear();
		s = from_loader(e, file, globals);
	}
	if (s != NULL && PyUnicode_Check(s)) {
		struct pd_str b = pd_str_from_py(s);

		pd_buf_add(&text, b.s, b.n);
		pd_str_done(&b);
		pd_vec_done(&e->starts);
		e->src.text = pd_decode_newlines(&text);
		e->src.mtime = 0;
		e->size = 0;
	}
	Py_XDECREF(s);
	pd_guard_leave(&g);
	pd_buf_done(&text);
}

/* A frozen module's text: since 3.14 linecache goes by its __file__. */
static bool
from_frozen(struct entry *e, const char *file, PyObject *globals)
{
	PyObject *own;

	if (!PD_FROZEN_HAS_LINES || !pd_starts(file, "<frozen ") ||
	    globals == NULL || !PyDict_Check(globals))
		return false;
	own = PyDict_GetItemString(globals, "__file__");
	return own != NULL && PyUnicode_Check(own) &&
	    from_disk(e, pd_file_canonic(own));
}

const struct pd_source *
pd_source_file(const char *file, PyObject *globals)
{
	struct entry *e;
	int saved = errno;

	last_errno = 0;
	if (file == NULL || file[0] == 0)
		return NULL;
	e = cache_get(file);
	if (!from_frozen(e, file, globals) &&
	    (file[0] == '<' || !from_disk(e, file))) {
		/* A file that is gone keeps the text it had. */
		if (e->src.text.s == NULL && last_errno == 0 && !e->asked)
			from_program(e, file, globals);
	}
	errno = saved;
	return e->src.text.s == NULL ? NULL : &e->src;
}

uint64_t
pd_source_time(const char *file)
{
	PD_VEC_EACH(&cache, struct entry *, it)
		if (pd_str_eq(&(*it)->file, file))
			return (*it)->seen;
	return 0;
}

/* Where each line of a text begins; made when the first is asked for. */
static void
index_lines(struct entry *e)
{
	const char *p = e->src.text.s, *end = p + e->src.text.n, *nl;

	while (p < end) {
		*PD_VEC_PUSH(&e->starts, size_t) =
		    (size_t)(p - e->src.text.s);
		nl = memchr(p, '\n', (size_t)(end - p));
		p = nl != NULL ? nl + 1 : end;
	}
}

const char *
pd_source_line(const struct pd_source *src, long line, size_t *len)
{
	struct entry *e = (struct entry *)src;
	size_t at, end;

	if (src->text.s == NULL || line < 1)
		return NULL;
	if (e->starts.n == 0)
		index_lines(e);
	if ((size_t)line > e->starts.n)
		return NULL;
	at = *PD_VEC_AT(&e->starts, size_t, line - 1);
	end = (size_t)line < e->starts.n ?
	    *PD_VEC_AT(&e->starts, size_t, line) : src->text.n;
	*len = end - at;
	if (*len > 0 && src->text.s[end - 1] == '\n')
		--*len;
	return src->text.s + at;
}

int
pd_source_get(const struct pd_source_req *req, struct pd_source *out,
    struct pd_err *err)
{
	PD_OWNED globals = NULL;
	const struct pd_source *src;

	if (req->frame < pd_stop_stack.n)
		globals = PyFrame_GetGlobals(
		    pd_stop_stack.v[req->frame].frame);
	src = pd_source_file(pd_str_c(&req->file), globals);
	if (src == NULL && last_errno != 0)
		return pd_err_set(err, "cannot read %s: %s",
		    pd_str_c(&req->file), strerror(last_errno));
	if (src != NULL) {
		out->text = pd_str_dup(&src->text);
		out->mtime = src->mtime;
	}
	return 0;
}
