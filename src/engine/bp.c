/*
 * Breakpoints in the engine.
 *
 * The debugger owns the truth and sends each breakpoint; here they are found
 * by file and line, their conditions evaluated, their hits counted.  The rules
 * are bdb's: effective() and checkfuncname() in Lib/bdb.py.
 *
 * A code object's file is looked up by its co_filename object (the cache owns
 * a reference, so that the address stays its); a file without breakpoints
 * costs one look-up for each event.
 *
 * Invariant: files[] is rebuilt whenever bps[] changes; index lists in it
 * are positions in bps[].
 */
#include "engine/core.h"

struct bp {
	struct pd_bp	 rec;
	struct pd_cond	 cond;		/* compiled condition */
	bool		 news;		/* something to be reported */
	bool		 hit;
	bool		 gone;		/* temporary, used, not yet told */
	struct pd_str	 error;
};

struct file {
	PyObject	*name;		/* owned: a co_filename */
	bool		 any;		/* breakpoints in that file */
};

#define NBUCKET	4096		/* co_filename objects; open addressing */
static struct pd_vec	 bps;		/* struct bp */
static struct file	 files[NBUCKET];
static size_t		 nfiles;
unsigned long		 pd_bp_generation;

static void
files_forget(void)
{
	for (size_t i = 0; i < NBUCKET; i++)
		Py_CLEAR(files[i].name);
	nfiles = 0;
	pd_bp_generation++;
}

static bool
file_has_bps(const char *name)
{
	PD_VEC_EACH(&bps, struct bp, b)
		if (!b->gone && pd_str_eq(&b->rec.file, name))
			return true;
	return false;
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
	files[i].any = file_has_bps(pd_file_canonic(name));
	return &files[i];
}

static struct bp *
find(uint64_t id)
{
	PD_VEC_EACH(&bps, struct bp, b)
		if (b->rec.id == id && !b->gone)
			return b;
	return NULL;
}

static void
bp_done(struct bp *b)
{
	pd_rec_done(&pd_bp_desc, &b->rec);
	pd_str_done(&b->error);
	pd_cond_done(&b->cond);
}

void
pd_bp_put(const struct pd_bp *rec)
{
	struct bp *b = find(rec->id);

	if (b == NULL)
		b = PD_VEC_PUSH(&bps, struct bp);
	else
		bp_done(b);
	pd_rec_copy(&pd_bp_desc, &b->rec, rec);
	files_forget();
	pd_log("bp", "set %llu at %s:%llu",
	    (unsigned long long)rec->id, pd_str_c(&rec->file),
	    (unsigned long long)rec->line);
}

static void
remove_at(size_t i)
{
	bp_done(PD_VEC_AT(&bps, struct bp, i));
	pd_vec_remove(&bps, i, sizeof(struct bp));
	files_forget();
}

void
pd_bp_remove(uint64_t id)
{
	for (size_t i = 0; i < bps.n; i++)
		if (PD_VEC_AT(&bps, struct bp, i)->rec.id == id) {
			remove_at(i);
			return;
		}
}

bool
pd_bp_any(void)
{
	PD_VEC_EACH(&bps, struct bp, b)
		if (b->rec.enabled && !b->gone)
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

/* bdb.effective() for one breakpoint: stop? */
static bool
crossed(struct bp *b, struct pd_at *at)
{
	struct pd_str error = { 0 };
	uint64_t id = b->rec.id;
	int rc = 1;

	b->rec.hits++;
	b->news = true;
	if (b->rec.cond.s != NULL) {
		rc = pd_cond_true(&b->cond, &b->rec.cond, at, &error);
		/* The condition may have run for long: look again. */
		b = find(id);
		if (b == NULL) {
			pd_str_done(&error);
			return false;
		}
	}
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
	b->hit = true;
	b->gone = b->rec.temporary;
	return true;
}

bool
pd_bp_in_file(PyCodeObject *code)
{
	return bps.n > 0 && file_of(code->co_filename)->any;
}

bool
pd_bp_on_line(PyCodeObject *code, int line)
{
	const char *name;

	if (!pd_bp_in_file(code))
		return false;
	name = pd_file_canonic(code->co_filename);
	PD_VEC_EACH(&bps, struct bp, b)
		if (pd_str_eq(&b->rec.file, name) && applies(b, code, line))
			return true;
	return false;
}

PyFrameObject *
pd_at_frame(struct pd_at *at)
{
	if (at->frame == NULL)
		at->frame = PyEval_GetFrame();
	return at->frame;
}

bool
pd_bp_check(struct pd_at *at)
{
	const char *name;

	if (!pd_bp_in_file(at->code))
		return false;
	name = pd_file_canonic(at->code->co_filename);
	for (size_t i = 0; i < bps.n; i++) {
		struct bp *b = PD_VEC_AT(&bps, struct bp, i);

		if (pd_str_eq(&b->rec.file, name) &&
		    applies(b, at->code, at->line) && crossed(b, at))
			return true;
	}
	return false;
}

void
pd_bp_report(struct pd_vec *out)
{
	for (size_t i = 0; i < bps.n; ) {
		struct bp *b = PD_VEC_AT(&bps, struct bp, i);
		struct pd_bp_news *n;

		if (!b->news) {
			i++;
			continue;
		}
		n = PD_VEC_PUSH(out, struct pd_bp_news);
		*n = (struct pd_bp_news){ .id = b->rec.id, .hits = b->rec.hits,
		    .ignore = b->rec.ignore, .hit = b->hit, .gone = b->gone,
		    .error = b->error };
		b->error = (struct pd_str){ 0 };
		b->news = b->hit = false;
		if (b->gone)
			remove_at(i);
		else
			i++;
	}
}
