/*
 * Aliases: a first word that stands for a line.
 *
 * Called by line.c for each line that is typed or queued, and by the verbs
 * alias and unalias.  The rules are Lib/pdb.py's precmd(): %1 to %9 are the
 * words behind the name, %* all of them; since 3.13 there must be as many as
 * the text has.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmds/room.h"

#define DEPTH_MAX	100	/* an alias that is its own first word */

static struct pd_alias *
find(struct pd_session *s, const char *name, size_t n)
{
	PD_VEC_EACH(&s->script.aliases, struct pd_alias, a)
		if (a->name.n == n && memcmp(a->name.s, name, n) == 0)
			return a;
	return NULL;
}

const struct pd_str *
pd_alias_find(struct pd_session *s, const char *name, size_t n)
{
	struct pd_alias *a = find(s, name, n);

	return a != NULL ? &a->text : NULL;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct pd_alias *)a)->name.s,
	    ((const struct pd_alias *)b)->name.s);
}

void
pd_alias_set(struct pd_session *s, const char *name, const char *text)
{
	struct pd_vec *v = &s->script.aliases;
	struct pd_alias *a = find(s, name, strlen(name));

	if (a == NULL) {
		a = PD_VEC_PUSH(v, struct pd_alias);
		a->name = pd_str_from(name);
		a->text = pd_str_from(text);
		qsort(v->v, v->n, sizeof(*a), by_name);
		return;
	}
	pd_str_done(&a->text);
	a->text = pd_str_from(text);
}

bool
pd_alias_remove(struct pd_session *s, const char *name)
{
	struct pd_alias *a = find(s, name, strlen(name));

	if (a == NULL)
		return false;
	pd_str_done(&a->name);
	pd_str_done(&a->text);
	pd_vec_remove(&s->script.aliases,
	    (size_t)(a - (struct pd_alias *)s->script.aliases.v), sizeof(*a));
	return true;
}

/* Replaces each `what` in text (owned) by with. */
static void
replace(struct pd_str *text, const char *what, const char *with)
{
	struct pd_buf b = { 0 };
	const char *p = text->s, *at;

	while ((at = strstr(p, what)) != NULL) {
		pd_buf_add(&b, p, (size_t)(at - p));
		pd_buf_adds(&b, with);
		p = at + strlen(what);
	}
	pd_buf_adds(&b, p);
	pd_str_done(text);
	*text = pd_buf_take(&b);
	if (text->s == NULL)
		*text = pd_str_new("", 0);
}

static void
replace_all(struct pd_str *text, const struct pd_vec *words)
{
	struct pd_buf b = { 0 };

	for (size_t i = 1; i < words->n; i++) {
		if (i > 1)
			pd_buf_addc(&b, ' ');
		pd_buf_adds(&b, PD_VEC_AT(words, struct pd_str, i)->s);
	}
	replace(text, "%*", pd_buf_c(&b));
	pd_buf_done(&b);
}

/* Puts the words in. False: their number is not right; told. */
static bool
put_words(struct pd_session *s, struct pd_str *text,
    const struct pd_vec *words)
{
	const char *name = PD_VEC_AT(words, struct pd_str, 0)->s;
	bool strict = s->py >= PD_PY(3, 13);
	char what[24];

	for (size_t i = 1; strict ? i < 10 : i < words->n; i++) {
		snprintf(what, sizeof(what), "%%%zu", i);
		if (strstr(text->s, what) != NULL) {
			if (i >= words->n) {
				pd_out_error(s->sink, "Not enough arguments "
				    "for alias '%s'", name);
				return false;
			}
			replace(text, what,
			    PD_VEC_AT(words, struct pd_str, i)->s);
		} else if (strict && strstr(text->s, "%*") == NULL) {
			if (i < words->n) {
				pd_out_error(s->sink, "Too many arguments "
				    "for alias '%s'", name);
				return false;
			}
			break;
		}
	}
	replace_all(text, words);
	return true;
}

/* One step: 1: line (owned) is another now; 0: no alias; -1: told. */
static int
expand_once(struct pd_session *s, struct pd_str *line)
{
	struct pd_vec words = { 0 };
	struct pd_alias *a = NULL;
	struct pd_str text;
	int rc = 0;

	pd_parse_words(line->s, &words);
	if (words.n > 0) {
		struct pd_str *w = PD_VEC_AT(&words, struct pd_str, 0);

		a = find(s, w->s, w->n);
	}
	if (a != NULL) {
		text = pd_str_dup(&a->text);
		rc = put_words(s, &text, &words) ? 1 : -1;
		pd_str_done(line);
		*line = text;
	}
	pd_parse_words_done(&words);
	return rc;
}

bool
pd_alias_expand(struct pd_session *s, const char *p, size_t n,
    struct pd_str *out)
{
	int rc, depth = 0;

	if (s->script.aliases.n == 0 || memchr(p, '\0', n) != NULL)
		return true;
	*out = pd_str_new(p, n);
	while ((rc = expand_once(s, out)) > 0 && ++depth < DEPTH_MAX)
		;
	if (depth == DEPTH_MAX)
		pd_out_error(s->sink, "an alias stands for itself: %.*s",
		    n > 100 ? 100 : (int)n, p);
	if (depth == 0 || rc < 0 || depth == DEPTH_MAX)
		pd_str_done(out);
	return rc == 0;
}
