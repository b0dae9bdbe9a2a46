/*
 * Texts by key: the values that were seen before.
 *
 * Called by tree.c.
 */
#include <stdlib.h>
#include <string.h>

#include "ui/tui/tree.h"

#define SEEN_MAX	5000u	/* texts; of more, other functions' go */

static struct pd_seen_text *
text_at(const struct pd_seen *s, size_t i)
{
	return PD_VEC_AT(&s->v, struct pd_seen_text, i);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct pd_seen_text *)a)->key.s,
	    ((const struct pd_seen_text *)b)->key.s);
}

const struct pd_str *
pd_seen_find(const struct pd_seen *s, const char *key)
{
	/* The search only reads it. */
	struct pd_seen_text wanted = { .key = { (char *)key, 0 } };
	const struct pd_seen_text *t = s->v.n == 0 ? NULL :
	    bsearch(&wanted, s->v.v, s->v.n, sizeof(wanted), compare);

	return t != NULL ? &t->text : NULL;
}

void
pd_seen_add(struct pd_seen *s, const char *key, const struct pd_str *text)
{
	struct pd_seen_text *t = PD_VEC_PUSH(&s->v, struct pd_seen_text);

	t->key = pd_str_from(key);
	t->text = pd_str_dup(text);
}

void
pd_seen_sort(struct pd_seen *s)
{
	if (s->v.n > 0)
		qsort(s->v.v, s->v.n, sizeof(struct pd_seen_text), compare);
}

static void
text_done(struct pd_seen_text *t)
{
	pd_str_done(&t->key);
	pd_str_done(&t->text);
}

void
pd_seen_done(struct pd_seen *s)
{
	PD_VEC_EACH(&s->v, struct pd_seen_text, t)
		text_done(t);
	pd_vec_done(&s->v);
}

void
pd_seen_replace(struct pd_seen *s, const char *prefix, struct pd_seen *from)
{
	bool all = s->v.n + from->v.n > SEEN_MAX;
	size_t kept = 0;

	pd_seen_sort(from);
	for (size_t i = 0; i < s->v.n; i++) {
		const char *key = text_at(s, i)->key.s;

		if (all || pd_starts(key, prefix) ||
		    pd_seen_find(from, key) != NULL)
			text_done(text_at(s, i));
		else
			*text_at(s, kept++) = *text_at(s, i);
	}
	s->v.n = kept;
	PD_VEC_EACH(&from->v, struct pd_seen_text, t)
		*PD_VEC_PUSH(&s->v, struct pd_seen_text) = *t;
	pd_vec_done(&from->v);
	pd_seen_sort(s);
}
