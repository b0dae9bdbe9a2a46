/*
 * target/core-source: source texts that are in the core, and none else.
 *
 * For core.c's frames, for list and for `source EXPR`.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/pyblock.h"
#include "target/core-room.h"

static void
index_lines(struct pd_core_text *t)
{
	const char *p = pd_str_c(&t->source.text), *nl;
	size_t left = t->source.text.n, cap = 0;

	while (left > 0) {
		if (t->lines == cap) {
			cap = cap > 0 ? cap * 2 : 256;
			t->start = pd_xrealloc(t->start,
			    cap * sizeof(*t->start));
		}
		t->start[t->lines++] = t->source.text.n - left;
		nl = memchr(p, '\n', left);
		if (nl == NULL)
			break;
		left -= (size_t)(nl + 1 - p);
		p = nl + 1;
	}
}

/* The text with that number, kept; NULL: it is not there. */
static struct pd_core_text *
text_of(struct pd_coretarget *c, uint64_t number)
{
	struct pd_core_text *t;

	if (number == 0)
		return NULL;
	PD_VEC_EACH(&c->texts, struct pd_core_text, it)
		if (it->number == number)
			return it;
	t = PD_VEC_PUSH(&c->texts, struct pd_core_text);
	t->number = number;
	if (pd_core_store_rec(c->store, PD_CORE_T_SOURCE, number,
	    &pd_core_source_desc, &t->source, NULL) == 0)
		index_lines(t);
	return t;
}

void
pd_core_texts_free(struct pd_coretarget *c)
{
	PD_VEC_EACH(&c->texts, struct pd_core_text, t) {
		pd_rec_done(&pd_core_source_desc, &t->source);
		free(t->start);
	}
	pd_vec_done(&c->texts);
}

static struct pd_core_text *
text_of_file(struct pd_coretarget *c, const struct pd_str *file)
{
	uint64_t n = 0;

	while ((n = pd_core_store_next(c->store, PD_CORE_T_SOURCE,
	    n + 1)) != 0) {
		struct pd_core_text *t = text_of(c, n);

		if (t != NULL && pd_str_eq(&t->source.file, pd_str_c(file)))
			return t;
	}
	return NULL;
}

static const char *
line_of(const struct pd_core_text *t, uint64_t line, size_t *n)
{
	size_t from, to;

	if (t == NULL || line == 0 || line > t->lines)
		return NULL;
	from = t->start[line - 1];
	to = line < t->lines ? t->start[line] : t->source.text.n;
	*n = to - from;
	return t->source.text.s + from;
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') ||
	    (c >= '\x1c' && c <= '\x1f');
}

struct pd_str
pd_core_source_line(struct pd_coretarget *c, uint64_t number, uint64_t line)
{
	size_t n;
	const char *p = line_of(text_of(c, number), line, &n);

	if (p == NULL)
		return (struct pd_str){ 0 };
	while (n > 0 && is_blank(*p)) {
		p++;
		n--;
	}
	while (n > 0 && is_blank(p[n - 1]))
		n--;
	return pd_str_new(p, n);
}

int
pd_core_do_source(struct pd_target *t, const struct pd_source_req *req,
    struct pd_source *rep, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	struct pd_core_text *text = text_of_file(c, &req->file);

	(void)err;
	memset(rep, 0, sizeof(*rep));
	if (text != NULL) {
		rep->text = pd_str_dup(&text->source.text);
		rep->mtime = text->source.mtime;
	}
	pd_core_store_trim(c->store);
	return 0;
}

/* ---- the source of an object --------------------------------------------- */

/* An attribute by name, as a text or a number. */
static bool
attr_str(struct pd_coretarget *c, const struct pd_core_obj *o,
    const char *name, struct pd_str *out)
{
	struct pd_core_ref r;
	const char *p;
	size_t n;

	if (pd_core_own_attr(c->store, o, name, strlen(name), &r, NULL) != 1 ||
	    (p = pd_core_ref_str(c->store, &r, &n)) == NULL)
		return false;
	*out = pd_str_new(p, n);
	return true;
}

/* From a function or a method to its code. */
static bool
find_code(struct pd_coretarget *c, struct pd_core_obj *o)
{
	static const char *const ways[] = { "__func__", "__wrapped__",
	    "__code__" };
	struct pd_core_ref r;

	for (unsigned depth = 0; depth < 16; depth++) {
		bool moved = false;

		if (o->kind == PD_CORE_CODE)
			return true;
		for (size_t i = 0; i < 3 && !moved; i++)
			moved = pd_core_own_attr(c->store, o, ways[i],
			    strlen(ways[i]), &r, NULL) == 1 &&
			    r.kind == PD_CORE_R_OBJ &&
			    pd_core_store_obj(c->store, r.id, o, NULL) == 0;
		if (!moved)
			return false;
	}
	return false;
}

static void
no_source(struct pd_object *rep)
{
	rep->failed = true;
	rep->text = pd_str_from("OSError: the source is not in the core");
}

/* The block that begins at a line. */
static void
put_block(const struct pd_core_text *t, uint64_t line, struct pd_object *rep)
{
	size_t n, rest;
	const char *p = line_of(t, line, &n);
	long many;

	if (p == NULL) {
		no_source(rep);
		return;
	}
	rest = t->source.text.n - (size_t)(p - t->source.text.s);
	many = (long)pd_pyblock_lines(p, rest);
	if ((uint64_t)many < t->lines - (line - 1))
		rest = t->start[line - 1 + (uint64_t)many] -
		    t->start[line - 1];
	rep->text = pd_str_new(p, rest);
	rep->line = line;
}

/* The line of `class NAME` in a text; 0: none. */
static uint64_t
class_line(const struct pd_core_text *t, const struct pd_str *qualname)
{
	const char *name = strrchr(pd_str_c(qualname), '.');
	size_t want, n;

	name = name != NULL ? name + 1 : pd_str_c(qualname);
	want = strlen(name);
	for (uint64_t line = 1; line <= t->lines; line++) {
		const char *p = line_of(t, line, &n);

		while (n > 0 && is_blank(*p)) {
			p++;
			n--;
		}
		if (n > 6 + want && strncmp(p, "class ", 6) == 0 &&
		    strncmp(p + 6, name, want) == 0 &&
		    strchr("(: \t[", p[6 + want]) != NULL)
			return line;
	}
	return 0;
}

static void
source_of_class(struct pd_coretarget *c, const struct pd_core_obj *o,
    struct pd_object *rep)
{
	const struct pd_core_type *type = pd_core_store_type(c->store,
	    (uint64_t)o->i);
	uint64_t n = 0;

	/* The module's file is that of any frame of it; or a module's. */
	while (type != NULL && (n = pd_core_store_next(c->store,
	    PD_CORE_T_MODULE, n + 1)) != 0) {
		struct pd_core_module m = { 0 };
		struct pd_core_text *t = NULL;

		if (pd_core_store_rec(c->store, PD_CORE_T_MODULE, n,
		    &pd_core_module_desc, &m, NULL) == 0 &&
		    pd_str_eq(&m.name, pd_str_c(&type->module)) &&
		    m.file.s != NULL)
			t = text_of_file(c, &m.file);
		pd_rec_done(&pd_core_module_desc, &m);
		if (t != NULL) {
			put_block(t, class_line(t, &type->qualname), rep);
			return;
		}
	}
	no_source(rep);
}

static void
source_of(struct pd_coretarget *c, const struct pd_core_ref *ref,
    struct pd_object *rep)
{
	struct pd_core_obj o;
	struct pd_str file = { 0 };
	struct pd_core_text *t;
	struct pd_core_ref line;

	if (ref->kind != PD_CORE_R_OBJ ||
	    pd_core_store_obj(c->store, ref->id, &o, NULL) == -1) {
		no_source(rep);
	} else if (o.kind == PD_CORE_TYPE) {
		source_of_class(c, &o, rep);
	} else if (o.kind == PD_CORE_MODULE) {
		t = attr_str(c, &o, "__file__", &file) ?
		    text_of_file(c, &file) : NULL;
		if (t == NULL) {
			no_source(rep);
		} else {
			rep->text = pd_str_dup(&t->source.text);
			rep->line = 1;
		}
	} else if (find_code(c, &o) && attr_str(c, &o, "co_filename", &file) &&
	    pd_core_own_attr(c->store, &o, "co_firstlineno", 14, &line,
	    NULL) == 1 && line.kind == PD_CORE_R_INT && line.i > 0 &&
	    (t = text_of_file(c, &file)) != NULL) {
		put_block(t, (uint64_t)line.i, rep);
	} else {
		no_source(rep);
	}
	pd_str_done(&file);
}

int
pd_core_do_object(struct pd_target *t, const struct pd_eval *req,
    struct pd_object *rep, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	uint64_t frame = pd_core_frame_number(c, req->frame, err);
	struct pd_core_limits limits = pd_core_limits_of(c);
	struct pd_core_ref ref = { 0 };
	struct pd_value why = { 0 };
	int rc;

	memset(rep, 0, sizeof(*rep));
	if (frame == 0)
		return -1;
	rc = pd_core_eval_ref(c->store, frame, &req->text, &limits, &ref,
	    &why, err);
	if (rc == 0 && why.failed) {
		rep->failed = true;
		rep->text = why.text;
		why.text = (struct pd_str){ 0 };
	} else if (rc == 0) {
		source_of(c, &ref, rep);
	}
	pd_rec_done(&pd_value_desc, &why);
	pd_core_store_trim(c->store);
	return rc;
}
