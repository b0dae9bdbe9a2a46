/*
 * Keys of the line editor: ours, and those of ~/.editrc.
 *
 * libedit's own reader of that file stops at the first line it does not like
 * and does not say which; so the lines are given to it one by one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "cmds/parse.h"
#include "ui/edit-room.h"

#define RC_MAX		((size_t)1 << 20)	/* bytes */
#define RC_ERRORS	5			/* lines that are told */

static void
bind_in(struct pd_edit *e, const wchar_t *key, const wchar_t *what)
{
	el_wset(e->el, EL_BIND, key, what, NULL);
}

/* What must work in each map of keys. */
static void
bind_inner(struct pd_edit *e)
{
	static const wchar_t paste[] = { PD_KEY_PASTE, 0 };
	static const wchar_t brk[] = { PD_KEY_BREAK, 0 };
	static const wchar_t leave[] = { PD_KEY_LEAVE, 0 };
	static const wchar_t back[] = { PD_KEY_BACK, 0 };
	static const struct {
		const wchar_t	*key, *what;
	} ours[] = {
		{ paste, L"pd-paste" }, { brk, L"pd-break" },
		{ leave, L"pd-leave" }, { back, L"pd-back" },
	};

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		bind_in(e, ours[i].key, ours[i].what);
		el_wset(e->el, EL_BIND, L"-a", ours[i].key, ours[i].what,
		    NULL);
	}
}

void
pd_edit_bind(struct pd_edit *e)
{
	bind_inner(e);
	bind_in(e, L"^I", L"pd-complete");
	bind_in(e, L"^R", L"em-inc-search-prev");
	bind_in(e, L"^W", L"ed-delete-prev-word");
	bind_in(e, L"^Xa", L"pd-switch");
	bind_in(e, L"^X^A", L"pd-switch");
	/* Keys of xterm and its kin that libedit leaves out. */
	bind_in(e, L"\033[1;5C", L"em-next-word");
	bind_in(e, L"\033[1;5D", L"ed-prev-word");
	bind_in(e, L"\033[1;3C", L"em-next-word");
	bind_in(e, L"\033[1;3D", L"ed-prev-word");
}

bool
pd_edit_is_vi(struct pd_edit *e)
{
	const wchar_t *name = NULL;

	return el_wget(e->el, EL_EDITOR, &name) == 0 && name != NULL &&
	    wcscmp(name, L"vi") == 0;
}

/* vi's insert mode: ESC ends it, so no sequence may begin with it. */
static void
bind_vi(struct pd_edit *e)
{
	bind_inner(e);
	bind_in(e, L"^I", L"pd-complete");
	bind_in(e, L"^R", L"em-inc-search-prev");
}

/* One line of the file. -1: not understood. */
static int
rc_line(struct pd_edit *e, Tokenizer *tok, const char *line)
{
	bool vi = pd_edit_is_vi(e);
	int argc, rc = 0;
	const char **argv;

	tok_reset(tok);
	if (tok_str(tok, line, &argc, &argv) != 0)
		return -1;
	if (argc > 0 && argv[0][0] != '#')
		rc = el_parse(e->el, argc, argv);
	/* "bind -v" and "bind -e" begin a map anew. */
	if (pd_edit_is_vi(e) != vi ||
	    (argc == 2 && strcmp(argv[0], "bind") == 0)) {
		if (pd_edit_is_vi(e))
			bind_vi(e);
		else
			pd_edit_bind(e);
	}
	return rc == -1 ? -1 : 0;
}

static void
tell(struct pd_edit *e, const char *path, size_t number, const char *line)
{
	struct pd_str s = pd_strf("%s:%zu: not understood: %s", path, number,
	    line);

	e->notice(e->ctx, s.s);
	pd_str_done(&s);
}

static void
rc_text(struct pd_edit *e, const char *path, char *text)
{
	Tokenizer *tok = tok_init(NULL);
	size_t number = 0, errors = 0;

	for (char *line = strsep(&text, "\n"); line != NULL;
	    line = strsep(&text, "\n")) {
		const char *p = line;
		size_t n = strlen(line);

		number++;
		pd_parse_strip(&p, &n);
		line[(size_t)(p - line) + n] = '\0';
		if (n == 0 || *p == '#')
			continue;
		if (rc_line(e, tok, p) == -1 && errors++ < RC_ERRORS)
			tell(e, path, number, p);
	}
	tok_end(tok);
}

void
pd_edit_rc(struct pd_edit *e)
{
	const char *named = getenv("EDITRC"), *home = getenv("HOME");
	struct pd_str path = named != NULL ? pd_str_from(named) :
	    home != NULL ? pd_strf("%s/.editrc", home) : pd_str_from("");
	struct pd_str text = { 0 }, line;
	struct pd_err err;

	if (path.n > 0 && pd_path_exists(path.s)) {
		if (pd_path_read(path.s, RC_MAX, &text, &err) == -1) {
			line = pd_strf("%s is left out: %s", path.s, err.msg);
			e->notice(e->ctx, line.s);
			pd_str_done(&line);
		} else {
			rc_text(e, path.s, text.s);
		}
	}
	pd_str_done(&text);
	pd_str_done(&path);
}
