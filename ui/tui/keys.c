/*
 * The key table: rows that are there from the start, and what `bind` does.
 *
 * Called by input.c for each key, and by commands through the screen's
 * operations.  It must not run anything.
 */
#include <stdlib.h>
#include <string.h>

#include "ui/tui/keys.h"
#include "ui/tui/vt.h"

const char *const pd_key_contexts[PD_KEYS_CONTEXT_MAX] = {
	[PD_KEYS_ANY] = "any",
	[PD_KEYS_SOURCE] = "source",
	[PD_KEYS_ASM] = "asm",
	[PD_KEYS_VARS] = "vars",
	[PD_KEYS_STACK] = "stack",
	[PD_KEYS_BREAKPOINTS] = "breaks",
	[PD_KEYS_THREADS] = "threads",
	[PD_KEYS_DISPLAY] = "display",
	[PD_KEYS_OUTPUT] = "output",
	[PD_KEYS_COMMAND] = "command",
	[PD_KEYS_PAGER] = "pager",
	[PD_KEYS_SINGLE] = "single",
};

static const char *const headings[PD_KEYS_CONTEXT_MAX] = {
	[PD_KEYS_ANY] = "Everywhere (in the output pane only those with C-x)",
	[PD_KEYS_SOURCE] = "In the source pane",
	[PD_KEYS_ASM] = "In the bytecode pane",
	[PD_KEYS_VARS] = "In the variables pane",
	[PD_KEYS_STACK] = "In the stack pane",
	[PD_KEYS_BREAKPOINTS] = "In the breakpoints pane",
	[PD_KEYS_THREADS] = "In the threads pane",
	[PD_KEYS_DISPLAY] = "In the display pane",
	[PD_KEYS_OUTPUT] = "In the output pane; all others go to the program",
	[PD_KEYS_COMMAND] = "In the command pane; all others are the editor's",
	[PD_KEYS_PAGER] = "In the pager and the lists to choose from",
	[PD_KEYS_SINGLE] = "In single-key mode (C-x s)",
};

struct binding {
	enum pd_key_context	 context;
	struct pd_key		 keys[PD_KEYS_MAX];
	size_t			 n;
	struct pd_str		 command;
	struct pd_str		 help;		/* absent: the user's own */
};

/* ---- the map ------------------------------------------------------------ */

/* "C-x a": -1 with err. */
static int
parse_keys(const char *p, struct pd_key *keys, size_t *n, struct pd_err *err)
{
	*n = 0;
	while (*p != '\0') {
		size_t len = strcspn(p, " \t");

		if (*n == PD_KEYS_MAX)
			return pd_err_set(err, "more than %d keys in a row",
			    PD_KEYS_MAX);
		if (pd_key_parse(p, len, &keys[(*n)++], err) == -1)
			return -1;
		p += len;
		p += strspn(p, " \t");
	}
	return 0;
}

static bool
same_key(const struct pd_key *a, const struct pd_key *b)
{
	return a->code == b->code && a->mods == b->mods;
}

static bool
begins(const struct binding *b, const struct pd_key *keys, size_t n)
{
	if (n > b->n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!same_key(&b->keys[i], &keys[i]))
			return false;
	return true;
}

static struct binding *
find(const struct pd_keymap *map, enum pd_key_context context,
    const struct pd_key *keys, size_t n)
{
	PD_VEC_EACH(&map->rows, struct binding, b)
		if (b->context == context && b->n == n && begins(b, keys, n))
			return b;
	return NULL;
}

static void
add(struct pd_keymap *map, enum pd_key_context context,
    const struct pd_key *keys, size_t n, const char *command,
    const char *help)
{
	struct binding *b = find(map, context, keys, n);

	if (b == NULL) {
		b = PD_VEC_PUSH(&map->rows, struct binding);
		b->context = context;
		memcpy(b->keys, keys, n * sizeof(*keys));
		b->n = n;
	}
	pd_str_done(&b->command);
	pd_str_done(&b->help);
	b->command = pd_str_from(command);
	b->help = pd_str_from(help);
}

void
pd_keymap_init(struct pd_keymap *map)
{
	static const struct pd_key_row *const tables[] = {
		pd_keys_general, pd_keys_source, pd_keys_panes,
	};
	struct pd_key keys[PD_KEYS_MAX];
	struct pd_err err;
	size_t n;

	memset(map, 0, sizeof(*map));
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (const struct pd_key_row *r = tables[i]; r->keys != NULL;
		    r++) {
			if (parse_keys(r->keys, keys, &n, &err) == -1)
				PD_BUG("a row of keys: %s", err.msg);
			else
				add(map, r->context, keys, n, r->command,
				    r->help);
		}
}

void
pd_keymap_done(struct pd_keymap *map)
{
	PD_VEC_EACH(&map->rows, struct binding, b) {
		pd_str_done(&b->command);
		pd_str_done(&b->help);
	}
	pd_vec_done(&map->rows);
}

enum pd_keys_found
pd_keymap_own(const struct pd_keymap *map, enum pd_key_context context,
    const struct pd_key *keys, size_t n, const char **command)
{
	const struct binding *b = find(map, context, keys, n);

	if (b != NULL && b->command.n > 0) {
		*command = b->command.s;
		return PD_KEYS_FOUND;
	}
	PD_VEC_EACH(&map->rows, struct binding, it)
		if (it->context == context && it->n > n &&
		    it->command.n > 0 && begins(it, keys, n))
			return PD_KEYS_PREFIX;
	return PD_KEYS_NONE;
}

enum pd_keys_found
pd_keymap_find(const struct pd_keymap *map, enum pd_key_context context,
    const struct pd_key *keys, size_t n, const char **command)
{
	enum pd_keys_found got = pd_keymap_own(map, context, keys, n, command);

	/* A key that the user has taken from a pane is nobody's there. */
	if (got != PD_KEYS_NONE || context == PD_KEYS_ANY ||
	    find(map, context, keys, n) != NULL)
		return got;
	return pd_keymap_own(map, PD_KEYS_ANY, keys, n, command);
}

/* ---- bind ---------------------------------------------------------------- */

static size_t
word_len(const char *p)
{
	return strcspn(p, " \t");
}

static bool
find_context(const char *p, size_t n, enum pd_key_context *context)
{
	for (size_t i = 0; i < PD_KEYS_CONTEXT_MAX; i++)
		if (strlen(pd_key_contexts[i]) == n &&
		    memcmp(pd_key_contexts[i], p, n) == 0) {
			*context = (enum pd_key_context)i;
			return true;
		}
	return false;
}

/*
 * Keys end where a word is no key.  The first key of several has Ctrl or Alt
 * ("C-x a"), so that "bind a n" binds the one key a.
 */
static int
read_keys(const char **p, struct pd_key *keys, size_t *n,
    struct pd_err *err)
{
	struct pd_err ignored;

	*n = 0;
	do {
		size_t len = word_len(*p);

		if (pd_key_parse(*p, len, &keys[*n], *n == 0 ? err :
		    &ignored) == -1)
			return *n == 0 ? -1 : 0;
		++*n;
		*p += len;
		*p += strspn(*p, " \t");
	} while (**p != '\0' && *n < PD_KEYS_MAX &&
	    keys[*n - 1].mods & (PD_VT_CTRL | PD_VT_ALT));
	return 0;
}

int
pd_keymap_bind(struct pd_keymap *map, const char *text, struct pd_err *err)
{
	enum pd_key_context context = PD_KEYS_ANY;
	struct pd_key keys[PD_KEYS_MAX];
	const char *p = text;
	size_t n = word_len(p);

	if (n > 1 && find_context(p, n, &context)) {
		p += n;
		p += strspn(p, " \t");
	}
	if (*p == '\0')
		return pd_err_set(err, "which key?  bind [CONTEXT] KEY "
		    "COMMAND, as in: bind F4 info locals");
	if (read_keys(&p, keys, &n, err) == -1)
		return -1;
	/* In a pane of its own, or over what any pane has. */
	add(map, context, keys, n, p, NULL);
	return 0;
}

/* ---- showing ------------------------------------------------------------- */

static void
keys_text(const struct binding *b, struct pd_buf *out)
{
	for (size_t i = 0; i < b->n; i++) {
		if (i > 0)
			pd_buf_addc(out, ' ');
		pd_key_name(out, &b->keys[i]);
	}
}

void
pd_keymap_each(const struct pd_keymap *map, void (*fn)(void *ctx,
    enum pd_key_context, const char *keys, const char *command,
    const char *help), void *ctx)
{
	struct pd_buf keys = { 0 };

	for (unsigned c = 0; c < PD_KEYS_CONTEXT_MAX; c++)
		PD_VEC_EACH(&map->rows, struct binding, b) {
			if (b->context != c || b->command.n == 0)
				continue;
			pd_buf_reset(&keys);
			keys_text(b, &keys);
			fn(ctx, b->context, pd_buf_c(&keys), b->command.s,
			    pd_str_c(&b->help));
		}
	pd_buf_done(&keys);
}

struct printer {
	struct pd_sink		*sink;
	int			 only;		/* a context, or -1 */
	int			 last;
};

static void
print_row(void *ctx, enum pd_key_context context, const char *keys,
    const char *command, const char *help)
{
	struct printer *pr = ctx;

	if (pr->only != -1 && pr->only != (int)context)
		return;
	if (pr->last != (int)context)
		pd_out(pr->sink, PD_ROLE_TEXT, "%s%s [%s]:\n",
		    pr->last == -1 ? "" : "\n", headings[context],
		    pd_key_contexts[context]);
	pr->last = (int)context;
	pd_out(pr->sink, PD_ROLE_NAME, "  %-10s", keys);
	if (*help != '\0')
		pd_out(pr->sink, PD_ROLE_TEXT, "  %-26s  %s\n", command,
		    help);
	else
		pd_out(pr->sink, PD_ROLE_TEXT, "  %s\n", command);
}

int
pd_keymap_print(const struct pd_keymap *map, const char *context,
    struct pd_sink *sink, struct pd_err *err)
{
	struct printer pr = { .sink = sink, .only = -1, .last = -1 };
	enum pd_key_context c;

	if (context != NULL && *context != '\0') {
		if (!find_context(context, strlen(context), &c))
			return pd_err_set(err, "no keys are for '%s'",
			    context);
		pr.only = (int)c;
	}
	pd_keymap_each(map, print_row, &pr);
	return 0;
}
