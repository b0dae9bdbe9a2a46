/*
 * Breakpoints in the engine.
 *
 * The debugger owns the truth and sends each breakpoint; here they are found
 * by file and line, their conditions evaluated, their hits counted.  The rules
 * are bdb's: effective() and checkfuncname() in Lib/bdb.py.
 *
 * A code object's file is looked up by its co_filename object (the cache owns
 * a reference, so that the address stays its); a file without breakpoints
 * costs one look-up for each event, another a search by line.
 *
 * Invariant: files[] is forgotten whenever bps[] changes; the places in its
 * lists point to what is in bps[].  It is forgotten as well when it is full,
 * which is no change of the breakpoints: whoever holds one of its lists over
 * what may run Python code compares times_forgotten.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/compat.h"
#include "engine/core.h"

struct bp {
	struct pd_bp	 rec;
	struct pd_cond	*cond;		/* owned: compiled condition, or NULL */
	PyObject	*print;		/* owned: compiled dprintf, or NULL */
	bool		 news;		/* something to be reported */
	bool		 hit;
	bool		 gone;		/* temporary, used, not yet told */
	struct pd_str	 error;
};

/* A breakpoint of a file, by line; those of functions have line 0. */
struct place {
	uint64_t	 line;
	struct bp	*bp;
};

struct file {
	PyObject	*name;		/* owned: a co_filename */
	struct pd_vec	 places;	/* struct place, by line, then number */
};

#define NBUCKET	4096		/* co_filename objects; open addressing */
static struct pd_vec	 bps;		/* struct bp *, owned, by number */
static struct file	 files[NBUCKET];
static size_t		 nfiles;
static bool		 any_news;	/* a breakpoint has some */
static unsigned long	 times_forgotten;	/* files[] */
unsigned long		 pd_bp_generation, pd_bp_crossings;

static void
files_forget(void)
{
	for (size_t i = 0; nfiles > 0 && i < NBUCKET; i++) {
		Py_CLEAR(files[i].name);
		pd_vec_done(&files[i].places);
	}
	nfiles = 0;
	times_forgotten++;
}

/* bps[] has changed. */
static void
changed(void)
{
	files_forget();
	pd_bp_generation++;
}

static int
by_line(const void *va, const void *vb)
{
	const struct place *a = va, *b = vb;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->bp->rec.id < b->bp->rec.id ? -1 :
	    a->bp->rec.id > b->bp->rec.id;
}

/* Code of the file is about to run: what was pending there is so no more. */
static void
find_places(struct file *f, const char *name)
{
	PD_VEC_EACH(&bps, struct bp *, it) {
		struct bp *b = *it;

		if (b->gone || !b->rec.enabled || !pd_str_eq(&b->rec.file,
		    name))
			continue;
		*PD_VEC_PUSH(&f->places, struct place) = (struct place){
		    .bp = b, .line = b->rec.func.s != NULL ? 0 : b->rec.line };
		if (b->rec.pending)
			b->news = any_news = true;
		b->rec.pending = false;
	}
	if (f->places.n > 1)
		qsort(f->places.v, f->places.n, sizeof(struct place), by_line);
}

/* The entry for a co_filename. Never fails: a full table starts anew. */
static struct file *
file_of(PyObject *name)
{
	size_t i = ((size_t)name >> 4) % NBUCKET;

	while (files[i].name != NULL && files[i].name != name)
		i = (i + 1) % NBUCKET;
	if (files[i].name != NULL)
		return &files[i];
	if (nfiles > NBUCKET / 2) {
		files_forget();
		i = ((size_t)name >> 4) % NBUCKET;
	}
	nfiles++;
	files[i].name = Py_NewRef(name);
	find_places(&files[i], pd_file_canonic(name));
	return &files[i];
}

/* Where that number is in bps[], or would be. */
static size_t
position(uint64_t id)
{
	size_t lo = 0, hi = bps.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if ((*PD_VEC_AT(&bps, struct bp *, mid))->rec.id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static struct bp *
find(uint64_t id)
{
	size_t i = position(id);
	struct bp *b = i < bps.n ? *PD_VEC_AT(&bps, struct bp *, i) : NULL;

	return b != NULL && b->rec.id == id && !b->gone ? b : NULL;
}

static void
bp_done(struct bp *b)
{
	pd_rec_done(&pd_bp_desc, &b->rec);
	pd_str_done(&b->error);
	pd_cond_unref(b->cond);
	b->cond = NULL;
	Py_CLEAR(b->print);
}

/* A new one, in its place by number. */
static struct bp *
insert(uint64_t id)
{
	struct bp *b = pd_xcalloc(1, sizeof(*b)), **v;
	size_t i = position(id);

	PD_VEC_PUSH(&bps, struct bp *);
	v = bps.v;
	memmove(v + i + 1, v + i, (bps.n - 1 - i) * sizeof(*v));
	v[i] = b;
	return b;
}

void
pd_bp_put(const struct pd_bp *rec)
{
	struct bp *b = find(rec->id);

	if (b == NULL)
		b = insert(rec->id);
	else
		bp_done(b);
	pd_rec_copy(&pd_bp_desc, &b->rec, rec);
	if (rec->cond.s != NULL)
		b->cond = pd_cond_new(&rec->cond);
	changed();
	pd_log("bp", "set %llu at %s:%llu",
	    (unsigned long long)rec->id, pd_str_c(&rec->file),
	    (unsigned long long)rec->line);
}

static void
remove_at(size_t i)
{
	struct bp *b = *PD_VEC_AT(&bps, struct bp *, i);

	bp_done(b);
	free(b);
	pd_vec_remove(&bps, i, sizeof(b));
	changed();
}

void
pd_bp_remove(uint64_t id)
{
	size_t i = position(id);

	if (i < bps.n && (*PD_VEC_AT(&bps, struct bp *, i))->rec.id == id)
		remove_at(i);
}

bool
pd_bp_any(void)
{
	PD_VEC_EACH(&bps, struct bp *, b)
		if ((*b)->rec.enabled && !(*b)->gone)
			return true;
	return false;
}

/* bdb.checkfuncname(): is this line, in this code, where b stops? */
static bool
applies(const struct bp *b, PyCodeObject *code, int line)
{
	const char *name;
	int first;

	if (b->gone || !b->rec.enabled)
		return false;
	if (b->rec.func.s == NULL)
		return b->rec.line == (uint64_t)line;
	name = PyUnicode_AsUTF8(code->co_name);
	if (name == NULL) {
		PyErr_Clear();
		return false;
	}
	if (!pd_str_eq(&b->rec.func, name))
		return false;
	first = pd_code_first_line(code);
	return line == first && b->rec.line >= (uint64_t)code->co_firstlineno &&
	    b->rec.line <= (uint64_t)first;
}

/* A dprintf's line. It does not stop; it may run for long. */
static bool
print_for(struct bp *b, struct pd_at *at)
{
	struct pd_str text = pd_str_dup(&b->rec.print);
	PyObject *code = Py_XNewRef(b->print);
	unsigned long generation = pd_bp_generation;
	uint64_t id = b->rec.id;

	pd_dprintf(&code, &text, id, pd_at_frame(at));
	if (generation != pd_bp_generation)
		b = find(id);
	if (b != NULL)
		Py_XSETREF(b->print, Py_XNewRef(code));
	Py_XDECREF(code);
	pd_str_done(&text);
	return false;
}

/* bdb.effective() for one breakpoint: stop? */
static bool
crossed(struct bp *b, struct pd_at *at)
{
	struct pd_str error = { 0 };
	unsigned long generation = pd_bp_generation;
	uint64_t id = b->rec.id;
	int rc = 1;

	pd_bp_crossings++;
	if (b->rec.thread != 0 &&
	    b->rec.thread != pd_thread_number(PyThreadState_Get()))
		return false;
	b->rec.hits++;
	if (b->cond != NULL) {
		rc = pd_cond_true(b->cond, at, &error);
		/* Another thread may have stopped meanwhile: look again. */
		if (generation != pd_bp_generation)
			b = find(id);
		if (b == NULL) {
			pd_str_done(&error);
			return false;
		}
	}
	/* Not before: that thread has taken what was news by then. */
	b->news = any_news = true;
	if (rc == 0)
		return false;
	if (rc < 0) {
		pd_str_done(&b->error);
		b->error = error;
		b->hit = true;
		return true;
	}
	if (b->rec.ignore > 0) {
		b->rec.ignore--;
		return false;
	}
	if (b->rec.print.s != NULL)
		return print_for(b, at);
	b->hit = true;
	b->gone = b->rec.temporary;
	if (b->rec.once)
		b->rec.enabled = false;
	return true;
}

bool
pd_bp_in_file(PyCodeObject *code)
{
	return bps.n > 0 && file_of(code->co_filename)->places.n > 0;
}

void
pd_bp_lines(PyCodeObject *code, struct pd_vec *lines)
{
	const struct pd_vec *places = &file_of(code->co_filename)->places;

	PD_VEC_EACH(places, struct place, p) {
		const struct bp *b = p->bp;
		int line = p->line != 0 ? (int)p->line :
		    pd_code_first_line(code);

		if (line >= code->co_firstlineno && applies(b, code, line))
			*PD_VEC_PUSH(lines, int) = line;
	}
}

/* First place of a file on that line or behind it. */
static size_t
first_place(const struct pd_vec *places, uint64_t line)
{
	size_t lo = 0, hi = places->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (PD_VEC_AT(places, struct place, mid)->line < line)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Where the trace hook has stopped in an event that the other backend is told
 * of next, in which thread (borrowed, only compared). */
static struct { const void *frame, *thread; int line; } passed;

bool
pd_bp_lies_at(const struct pd_at *at)
{
	const uint64_t lines[] = { 0, (uint64_t)at->line };
	const struct pd_vec *places;

	if (bps.n == 0)
		return false;
	places = &file_of(at->code->co_filename)->places;
	for (size_t k = 0; k < 2; k++)
		for (size_t i = first_place(places, lines[k]); i < places->n &&
		    PD_VEC_AT(places, struct place, i)->line == lines[k]; i++)
			if (applies(PD_VEC_AT(places, struct place, i)->bp,
			    at->code, at->line))
				return true;
	return false;
}

void
pd_bp_passed(const struct pd_at *at)
{
	bool follows = at->line > 0 && pd_backend->follows != NULL &&
	    pd_backend->follows(at);

	passed.frame = follows ? at->iframe : NULL;
	passed.line = at->line;
	passed.thread = PyThreadState_Get();
}

void
pd_bp_moved_on(void)
{
	if (passed.thread == PyThreadState_Get())
		passed.frame = NULL;
}

void
pd_bp_jumped(PyFrameObject *f)
{
	struct pd_at at = { .iframe = pd_compat_iframe_of(f),
	    .line = PyFrame_GetLineNumber(f) };

	/* Elsewhere the event of the line that was left is still to come, and
	 * none of the new one. */
	if (pd_backend != &pd_backend_swap)
		return;
	at.code = PyFrame_GetCode(f);
	pd_bp_passed(&at);
	Py_DECREF(at.code);
}

bool
pd_bp_was_passed(const struct pd_at *at)
{
	bool it = passed.frame != NULL && passed.frame == at->iframe &&
	    passed.line == at->line;

	pd_bp_moved_on();
	return it;
}

bool
pd_bp_check(struct pd_at *at)
{
	const uint64_t lines[] = { 0, (uint64_t)at->line };
	const struct pd_vec *places;
	unsigned long forgotten;

	if (bps.n == 0)
		return false;
	places = &file_of(at->code->co_filename)->places;
	forgotten = times_forgotten;
	for (size_t k = 0; places->n > 0 && k < 2; k++) {
		size_t i = first_place(places, lines[k]);

		for (; i < places->n; i++) {
			struct place *p = PD_VEC_AT(places, struct place, i);
			struct bp *b = p->bp;

			if (p->line != lines[k])
				break;
			if (!applies(b, at->code, at->line))
				continue;
			if (crossed(b, at))
				return true;
			/* The condition let others change everything. */
			if (forgotten != times_forgotten)
				return false;
		}
	}
	return false;
}

PyFrameObject *
pd_at_frame(struct pd_at *at)
{
	if (at->frame == NULL)
		at->frame = PyEval_GetFrame();
	return at->frame;
}

void
pd_bp_report(struct pd_vec *out)
{
	if (!any_news)
		return;
	any_news = false;
	for (size_t i = 0; i < bps.n; ) {
		struct bp *b = *PD_VEC_AT(&bps, struct bp *, i);
		struct pd_bp_news *n;

		if (!b->news) {
			i++;
			continue;
		}
		n = PD_VEC_PUSH(out, struct pd_bp_news);
		*n = (struct pd_bp_news){ .id = b->rec.id, .hits = b->rec.hits,
		    .ignore = b->rec.ignore, .hit = b->hit, .gone = b->gone,
		    .off = b->rec.once && !b->rec.enabled,
		    .error = b->error };
		b->error = (struct pd_str){ 0 };
		b->news = b->hit = false;
		if (b->gone)
			remove_at(i);
		else
			i++;
	}
}
