/*
 * Keys: their names, and the one table of what they do.
 *
 * A key does what a command line does (law L5).  `help keys` prints the table,
 * `bind` changes it.  A row of a pane's own context goes before one of `any`.
 */
#ifndef PD_UI_TUI_KEYS_H
#define PD_UI_TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "cmds/sink.h"

/* code: a code point, or PD_VT_KEY_* of vt.h; mods: PD_VT_SHIFT, ...  A letter
 * with Ctrl is the lower case letter and PD_VT_CTRL; Shift with a character is
 * the character itself.  Blank, Enter, Tab, Backspace and Escape are ' ' and
 * PD_VT_KEY_*. */
struct pd_key {
	uint32_t	code;
	unsigned	mods;
};

#define PD_KEYS_MAX	3		/* keys in a row of them: C-x a */

/* Where a key means what it does: the kind of the pane in focus. */
enum pd_key_context {
	PD_KEYS_ANY,
	PD_KEYS_SOURCE,
	PD_KEYS_ASM,
	PD_KEYS_VARS,
	PD_KEYS_STACK,
	PD_KEYS_BREAKPOINTS,
	PD_KEYS_THREADS,
	PD_KEYS_DISPLAY,
	PD_KEYS_OUTPUT,		/* nearly all keys go to the program */
	PD_KEYS_COMMAND,	/* nearly all keys go to the editor */
	PD_KEYS_PAGER,
	PD_KEYS_SINGLE,		/* single-key mode, C-x s */
	PD_KEYS_CONTEXT_MAX
};
extern const char *const pd_key_contexts[PD_KEYS_CONTEXT_MAX]; /* "source" */

/*
 * A row.  The command line may hold what the pane in focus puts in
 * (pane.h, expand): %f file and %l line at the cursor, %n the number of the
 * item (breakpoint, frame, thread), %e the expression of it, %% a percent
 * sign.  A row whose command wants what the pane does not have now does
 * nothing but tell so.
 */
struct pd_key_row {
	enum pd_key_context	 context;
	const char		*keys;		/* "C-x a", "F8", "Space" */
	const char		*command;
	const char		*help;		/* a few words */
};

/* Rows end with one without keys.  A pane's own rows stand in its own file's
 * table of keys-*.c; keys.c puts them all together. */
extern const struct pd_key_row	pd_keys_general[];	/* keys-rows.c */
extern const struct pd_key_row	pd_keys_source[];	/* keys-rows.c */
extern const struct pd_key_row	pd_keys_panes[];	/* keys-panes.c */

/* What is in force: the table and what `bind` has made of it. */
struct pd_keymap {
	struct pd_vec	 rows;		/* of keys.c; use the functions */
};

void	pd_keymap_init(struct pd_keymap *);
void	pd_keymap_done(struct pd_keymap *);

enum pd_keys_found { PD_KEYS_NONE, PD_KEYS_PREFIX, PD_KEYS_FOUND };
/* What these keys mean in a context, any included; a PREFIX wants more.
 * *command is borrowed until the next bind. */
enum pd_keys_found	pd_keymap_find(const struct pd_keymap *,
			    enum pd_key_context, const struct pd_key *,
			    size_t n, const char **command);
/* The same without the rows of any. */
enum pd_keys_found	pd_keymap_own(const struct pd_keymap *,
			    enum pd_key_context, const struct pd_key *,
			    size_t n, const char **command);
/* "[CONTEXT] KEYS COMMAND"; without a command: unbound.  -1 with err. */
int	pd_keymap_bind(struct pd_keymap *, const char *, struct pd_err *);
/* The table, as `help keys` shows it; context NULL: all, else by its name.
 * -1 with err: no such context. */
int	pd_keymap_print(const struct pd_keymap *, const char *context,
	    struct pd_sink *, struct pd_err *);
/* Calls fn for each row; for the help pane and tests. */
void	pd_keymap_each(const struct pd_keymap *, void (*fn)(void *ctx,
	    enum pd_key_context, const char *keys, const char *command,
	    const char *help), void *ctx);

/* "C-x", "M-F5", "S-Tab", "PgUp", "Space", "a": -1 with err. */
int	pd_key_parse(const char *, size_t, struct pd_key *, struct pd_err *);
/* Appends the name. */
void	pd_key_name(struct pd_buf *, const struct pd_key *);

#endif
