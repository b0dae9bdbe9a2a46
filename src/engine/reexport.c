/*
 * Names that a module takes over from others: asyncio.run is in
 * asyncio/runners.py, by `from .runners import *` in asyncio/__init__.py.
 *
 * Called by locate.c for breakpoints in modules that have not been imported.
 * Only the text is read: nothing is imported, and what a condition around such
 * a line would say is not asked.
 */
#include "engine/engine.h"

#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "engine/lookup.h"
#include "engine/reexport.h"

#define DEPTH_MAX	4	/* modules behind one another */
#define FILES_MAX	200

struct seek {
	pd_reexport_fn	 fn;
	void		*ctx;
	unsigned	 files;
	unsigned	 depth;
};

/* A piece of the text. */
struct word {
	const char	*p;
	size_t		 n;
};

static bool	in_file(struct seek *, const char *name, const char *file);

static bool
is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' ||
	    (c & 0x80) != 0;
}

static bool
word_is(struct word w, const char *text)
{
	return w.n == strlen(text) && memcmp(w.p, text, w.n) == 0;
}

/* The next name, dotted name, * or ) of the statement; n 0: it ends. */
static struct word
next_word(const char **p, bool in_brackets)
{
	struct word w;

	while (!is_word_byte(**p) && **p != '*' && **p != ')') {
		if (**p == '\0' || **p == ';' ||
		    (**p == '\n' && !in_brackets))
			return (struct word){ *p, 0 };
		in_brackets = in_brackets || **p == '(';
		if (**p == '#')
			*p += strcspn(*p, "\n");
		else
			*p += **p == '\\' && (*p)[1] == '\n' ? 2 : 1;
	}
	w = (struct word){ *p, 1 };
	while (is_word_byte(*w.p) && is_word_byte(w.p[w.n]))
		w.n++;
	*p += w.n;
	return w;
}

/* The file of what stands between from and import, as seen from a file. */
static struct pd_str
file_of(struct word module, const char *from)
{
	struct pd_str name = pd_str_new(module.p, module.n), dir, base, full;
	const char *rest = name.s + strspn(name.s, ".");
	size_t up = (size_t)(rest - name.s);

	if (up == 0) {
		full = pd_lookup_import(name.s);
		pd_str_done(&name);
		return full;
	}
	dir = pd_str_from(from);
	for (char *slash; up > 0 && (slash = strrchr(dir.s, '/')) != NULL;
	    up--)
		*slash = '\0';
	base = pd_strf("%s%s%s", dir.s, *rest != '\0' ? "/" : "", rest);
	for (char *c = base.s + strlen(dir.s); *c != '\0'; c++)
		if (*c == '.')
			*c = '/';
	full = pd_strf("%s/__init__.py", base.s);
	if (!pd_path_exists(full.s)) {
		pd_str_done(&full);
		full = pd_strf("%s.py", base.s);
	}
	if (!pd_path_exists(full.s))
		pd_str_done(&full);
	pd_str_done(&base);
	pd_str_done(&dir);
	pd_str_done(&name);
	return full;
}

/* The module has the name (and what is behind its first dot) as `was`. */
static bool
in_module(struct seek *k, struct word module, struct word was,
    const char *name, const char *from)
{
	struct pd_str file = file_of(module, from), full;
	bool ok;

	full = word_is(was, "*") ? pd_str_from(name) :
	    pd_strf("%.*s%s", (int)was.n, was.p, name + strcspn(name, "."));
	ok = file.s != NULL && !pd_str_eq(&file, from) &&
	    in_file(k, full.s, file.s);
	pd_str_done(&full);
	pd_str_done(&file);
	return ok;
}

/* Behind `from`. */
static bool
statement(struct seek *k, const char *p, const char *name, const char *from)
{
	struct word first = { name, strcspn(name, ".") }, module, was, now;
	bool brackets;

	module = next_word(&p, false);
	if (module.n == 0 || !word_is(next_word(&p, false), "import"))
		return false;
	brackets = p[strspn(p, " \t\\\n")] == '(';
	was = next_word(&p, brackets);
	while (was.n > 0 && *was.p != ')') {
		struct word next = next_word(&p, brackets);

		now = was;
		if (word_is(next, "as")) {
			now = next_word(&p, brackets);
			next = next_word(&p, brackets);
		}
		if ((word_is(now, "*") || (now.n == first.n &&
		    memcmp(now.p, first.p, now.n) == 0)) &&
		    in_module(k, module, was, name, from))
			return true;
		was = next;
	}
	return false;
}

static bool
in_text(struct seek *k, const char *text, const char *name, const char *from)
{
	for (const char *p = text; *p != '\0'; p += *p == '\n') {
		p += strspn(p, " \t");
		if (strncmp(p, "from", 4) == 0 &&
		    (p[4] == ' ' || p[4] == '\t') &&
		    statement(k, p + 5, name, from))
			return true;
		p += strcspn(p, "\n");
	}
	return false;
}

static bool
behind(struct seek *k, const char *name, const char *file)
{
	const struct pd_source *src = pd_source_file(file, NULL);
	struct pd_str text;
	bool ok;

	if (src == NULL)
		return false;
	/* The next file's takes its place. */
	text = pd_str_dup(&src->text);
	ok = in_text(k, pd_str_c(&text), name, file);
	pd_str_done(&text);
	return ok;
}

static bool
in_file(struct seek *k, const char *name, const char *file)
{
	bool ok;

	if (k->depth == DEPTH_MAX || k->files++ == FILES_MAX)
		return false;
	if (k->fn(k->ctx, name, file))
		return true;
	k->depth++;
	ok = behind(k, name, file);
	k->depth--;
	return ok;
}

bool
pd_reexport_find(const char *name, const char *file, pd_reexport_fn fn,
    void *ctx)
{
	struct seek k = { .fn = fn, .ctx = ctx };

	return behind(&k, name, file);
}
