/*
 * Completion over a core: names, and attributes of what is there.
 *
 * Called by the core target.  What stands before the last dot is evaluated:
 * nothing of that runs code.
 */
#include "core/eval-room.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

#define ITEMS	5000

struct job {
	struct pd_ev		 ev;
	struct pd_complete	*out;
	const char		*text;
	size_t			 n;
	size_t			 word;	/* where the last name begins */
};

static bool
is_ident(char c)
{
	return (c & 0x80) != 0 || c == '_' || (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* What can be typed: a core may have attributes with any name. */
static bool
is_name(const char *s, size_t n)
{
	size_t size;

	for (size_t i = 0; i < n; i += size)
		if (!pd_utf_ident(pd_utf_get(s + i, n - i, &size)))
			return false;
	return n > 0;
}

static void
offer(struct job *j, const char *s, size_t n)
{
	size_t typed = j->n - j->word;

	if (n < typed || memcmp(s, j->text + j->word, typed) != 0 ||
	    !is_name(s, n))
		return;
	if (j->out->items.n == ITEMS) {
		j->out->cut = true;
		return;
	}
	*PD_VEC_PUSH(&j->out->items, struct pd_str) = pd_str_new(s, n);
}

/* Where the expression before a dot begins: names, brackets and quotes that
 * belong together. */
static size_t
chain_begin(const char *s, size_t end)
{
	size_t i = end;
	int depth = 0;

	while (i > 0) {
		char c = s[i - 1];

		if (c == ')' || c == ']')
			depth++;
		else if (c == '(' || c == '[')
			depth--;
		if (depth < 0 || (depth == 0 && !is_ident(c) && c != '.' &&
		    c != '$' && c != '(' && c != '[' && c != '\'' &&
		    c != '"'))
			break;
		i--;
	}
	return i;
}

static void
attributes(struct job *j)
{
	size_t end = j->word - 1, from = chain_begin(j->text, end);
	struct pd_err err = { "" };
	struct pd_ast *a = pd_ast_parse(&j->ev.arena, j->text + from,
	    end - from, &err);
	struct pd_pv *v, *names;

	if (a == NULL)
		return;
	v = pd_ev_node(&j->ev, a, NULL);
	names = pd_ev_dir(&j->ev, v);
	for (size_t i = 0; i < names->seq.n; i++)
		if (names->seq.v[i]->kind == PD_K_STR)
			offer(j, names->seq.v[i]->s.p, names->seq.v[i]->s.n);
	if (pd_pv_flag(v, PD_CORE_TYPE_ENUM)) {
		offer(j, "name", 4);
		offer(j, "value", 5);
	}
	if (v->kind == PD_K_TUPLE && v->st != NULL && v->st->type != NULL)
		PD_VEC_EACH(&v->st->type->fields, struct pd_str, f)
			offer(j, pd_str_c(f), f->n);
}

static void
variables(struct job *j, const char *of)
{
	struct pd_pcall c = { .fn = pd_func_find(pd_builtin_funcs, of) };
	struct pd_pv *dict = c.fn->fn(&j->ev, &c);
	const struct pd_ptab *t;

	if (dict->kind != PD_K_DICT)
		return;
	t = pd_tab_of(&j->ev, dict);
	for (size_t i = 0; i < t->n; i++)
		if (t->ent[i].key->kind == PD_K_STR)
			offer(j, t->ent[i].key->s.p, t->ent[i].key->s.n);
}

static void
names(struct job *j)
{
	static const char *const words[] = { "False", "None", "True", "and",
	    "else", "for", "if", "in", "is", "lambda", "not", "or" };
	const char *s;

	for (size_t i = 0; (s = pd_builtin_name(i)) != NULL; i++)
		offer(j, s, strlen(s));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		offer(j, words[i], strlen(words[i]));
	if (!j->ev.has_frame)
		return;
	variables(j, "locals");
	variables(j, "globals");
}

int
pd_core_complete(struct pd_core_store *store, uint64_t frame,
    const struct pd_complete_req *req, const struct pd_core_limits *limits,
    struct pd_complete *out, struct pd_err *err)
{
	struct job *j = pd_xcalloc(1, sizeof(*j));
	jmp_buf here;
	int r;

	j->out = out;
	j->text = pd_str_c(&req->text);
	j->n = j->word = req->text.n;
	while (j->word > 0 && is_ident(j->text[j->word - 1]))
		j->word--;
	out->from = j->word;
	pd_ev_begin(&j->ev, store, limits);
	r = pd_ev_frame(&j->ev, frame, err);
	j->ev.fail = &here;
	/* Whatever cannot be had completes to nothing. */
	if (r == 0 && setjmp(here) == 0) {
		if (j->word > 0 && j->text[j->word - 1] == '.')
			attributes(j);
		else
			names(j);
	}
	pd_ev_end(&j->ev);
	free(j);
	return r;
}
