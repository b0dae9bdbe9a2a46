/*
 * Completion: which argument of which command the cursor is in.
 *
 * Called by the front at a key, in the midst of a line.  Must not print
 * anything nor change the session.
 */
#include <stdlib.h>
#include <string.h>

#include "cmds/complete.h"
#include "cmds/room.h"

void
pd_completion_done(struct pd_completion *out)
{
	PD_VEC_EACH(&out->items, struct pd_str, s)
		pd_str_done(s);
	pd_vec_done(&out->items);
	memset(out, 0, sizeof(*out));
}

size_t
pd_completion_common(const struct pd_completion *c)
{
	const struct pd_str *first = c->items.v;
	size_t n = c->items.n > 0 ? first->n : 0;

	PD_VEC_EACH(&c->items, struct pd_str, s) {
		size_t i = 0;

		while (i < n && i < s->n && s->s[i] == first->s[i])
			i++;
		n = i;
	}
	/* Not within a character. */
	while (n > 0 && n < first->n && ((unsigned char)first->s[n] & 0xc0) ==
	    0x80)
		n--;
	return n;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(pd_str_c(a), pd_str_c(b));
}

static void
sort_unique(struct pd_vec *v)
{
	struct pd_str *s = v->v;
	size_t n = 0;

	if (v->n == 0)
		return;
	qsort(s, v->n, sizeof(*s), by_text);
	for (size_t i = 0; i < v->n; i++) {
		if (n > 0 && strcmp(s[n - 1].s, s[i].s) == 0)
			pd_str_done(&s[i]);
		else
			s[n++] = s[i];
	}
	v->n = n;
}

/* What an item ends with need not be given if it is there already: the ']
 * of a key. */
static void
drop_what_follows(struct pd_vec *v, const char *follows)
{
	size_t most = strspn(follows, "'\"]");

	PD_VEC_EACH(v, struct pd_str, s) {
		for (size_t n = most < s->n ? most : s->n; n > 0; n--) {
			if (memcmp(s->s + s->n - n, follows, n) != 0)
				continue;
			s->n -= n;
			s->s[s->n] = '\0';
			break;
		}
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Kinds that are one word each. */
static bool
is_word_kind(enum pd_arg_kind kind)
{
	return kind == PD_ARG_BREAKPOINT || kind == PD_ARG_COUNT ||
	    kind == PD_ARG_COMMAND || kind == PD_ARG_THREAD ||
	    kind == PD_ARG_ALIAS || kind == PD_ARG_WORD;
}

/* Where the next argument begins behind the one at p; n if it does not. */
static size_t
next_arg(enum pd_arg_kind kind, const char *p, size_t n)
{
	const char *comma;
	size_t i = 0;

	if (kind == PD_ARG_LOCATION) {
		comma = memchr(p, ',', n);
		if (comma != NULL)
			return (size_t)(comma - p) + 1;
		comma = memmem(p, n, " if ", 4);
		return comma != NULL ? (size_t)(comma - p) + 4 : n;
	}
	if (!is_word_kind(kind))
		return n;
	while (i < n && !is_blank(p[i]))
		i++;
	return i < n ? i + 1 : n;
}

/* The argument that the end of the text is in. */
static void
in_args(struct pd_session *s, const struct pd_cmd *cmd, const char *p,
    size_t n, struct pd_completion *out)
{
	const size_t most = sizeof(cmd->args) / sizeof(cmd->args[0]);
	size_t i = 0, at = 0, skip;

	for (;;) {
		while (at < n && is_blank(p[at]))
			at++;
		skip = next_arg(cmd->args[i], p + at, n - at);
		if (skip == n - at && (n == at || !is_blank(p[n - 1]) ||
		    !is_word_kind(cmd->args[i])))
			break;
		at += skip;
		if (i + 1 < most && cmd->args[i + 1] != PD_ARG_NONE)
			i++;
		else if (cmd->args[i] == PD_ARG_LOCATION)
			return;
	}
	pd_complete_arg(s, cmd, cmd->args[i], p + at, n - at, out);
	out->from += at;
}

/* The first word is still being typed: nothing but what a name is made of. */
static bool
is_first_word(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!((p[i] >= 'a' && p[i] <= 'z') ||
		    (p[i] >= 'A' && p[i] <= 'Z') || p[i] == '_' ||
		    (i > 0 && p[i] >= '0' && p[i] <= '9')))
			return false;
	return true;
}

/* A line without ;; in it, up to the cursor. */
static void
in_command(struct pd_session *s, const char *p, size_t n,
    struct pd_completion *out)
{
	struct pd_parsed parsed;
	size_t at;

	if (is_first_word(p, n)) {
		/* Names only where something is typed of them: all there
		 * are would bury the commands. */
		if (n > 0)
			pd_complete_python(s, PD_COMPLETE_STATEMENT, p, n,
			    out);
		pd_complete_commands(s, p, n, out);
		out->from = 0;
		out->whole = true;
		return;
	}
	pd_parse_line(p, n, &parsed);
	if (parsed.cmd == NULL) {
		at = parsed.bang ? 1 : 0;
		pd_complete_python(s, PD_COMPLETE_STATEMENT, p + at, n - at,
		    out);
	} else {
		at = parsed.narg > 0 ? (size_t)(parsed.arg - p) : n;
		in_args(s, parsed.cmd, p + at, n - at, out);
	}
	out->from += at;
}

void
pd_complete_line(struct pd_session *s, const char *p, size_t n,
    const char *follows, struct pd_completion *out)
{
	size_t at = 0, split;

	memset(out, 0, sizeof(*out));
	while ((split = pd_parse_split(p + at, n - at)) < n - at)
		at += split + 2;
	while (at < n && is_blank(p[at]))
		at++;
	in_command(s, p + at, n - at, out);
	out->from += at;
	drop_what_follows(&out->items, follows);
	sort_unique(&out->items);
}

void
pd_complete_more(struct pd_session *s, const char *p, size_t n,
    const char *follows, struct pd_completion *out)
{
	memset(out, 0, sizeof(*out));
	pd_complete_python(s, PD_COMPLETE_STATEMENT, p, n, out);
	drop_what_follows(&out->items, follows);
	sort_unique(&out->items);
}
