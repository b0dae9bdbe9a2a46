/*
 * skip: code that stepping passes over.
 */
#include <string.h>

#include "cmds/walk.h"
#include "rows.h"

/* What the word is, and what follows it. */
static const char *
behind(const char *arg, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(arg, word, n) != 0 || (arg[n] != '\0' && arg[n] != ' ' &&
	    arg[n] != '\t'))
		return NULL;
	return arg + n + strspn(arg + n, " \t");
}

/* Can a function or module be called that?  With * and ?, and <lambda>. */
static bool
is_name(const char *name)
{
	return strpbrk(name, " \t,;:/()\"'") == NULL &&
	    (*name < '0' || *name > '9');
}

static enum pd_cmd_status
add(struct pd_session *s, enum pd_skip_kind kind, const char *name)
{
	if (kind != PD_SKIP_FILE && !is_name(name)) {
		pd_out_error(s->sink, "'%s' is no %s's name", name,
		    kind == PD_SKIP_MODULE ? "module" : "function");
		return PD_CMD_FAILED;
	}
	return pd_skips_add(s, kind, name, NULL);
}

/* Without a name: the selected frame's. */
static enum pd_cmd_status
add_own(struct pd_session *s, enum pd_skip_kind kind)
{
	const struct pd_frame *f = pd_session_frame(s);

	if (f == NULL || kind == PD_SKIP_MODULE) {
		pd_out_error(s->sink, "skip what?");
		return PD_CMD_FAILED;
	}
	if (kind == PD_SKIP_FILE)
		return pd_skips_add(s, kind, f->file.s, NULL);
	return pd_skips_add(s, kind, f->func.s, f->file.s);
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	static const struct { const char *word; enum pd_skip_kind kind; }
	kinds[] = {
		{ "function", PD_SKIP_FUNCTION }, { "file", PD_SKIP_FILE },
		{ "module", PD_SKIP_MODULE },
	};
	static const struct { const char *word; char what; } changes[] = {
		{ "delete", 'x' }, { "enable", 'e' }, { "disable", 'd' },
	};
	const char *rest;

	for (size_t i = 0; i < 3; i++)
		if ((rest = behind(arg, kinds[i].word)) != NULL)
			return *rest == '\0' ? add_own(s, kinds[i].kind) :
			    add(s, kinds[i].kind, rest);
	for (size_t i = 0; i < 3; i++)
		if ((rest = behind(arg, changes[i].word)) != NULL)
			return pd_skips_change(s, changes[i].what, rest);
	if ((rest = behind(arg, "library")) != NULL && *rest == '\0')
		return pd_skips_add(s, PD_SKIP_LIBRARY, NULL, NULL);
	if (*arg == '\0')
		return add_own(s, PD_SKIP_FUNCTION);
	return add(s, PD_SKIP_FUNCTION, arg);
}

static const char *
word(size_t i)
{
	static const char *const words[] = { "function", "file", "module",
	    "library", "delete", "enable", "disable", NULL };

	return words[i];
}

const struct pd_cmd pd_cmd_skip = {
	.name = "skip",
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_WORD, PD_ARG_TEXT },
	.words = word,
	.usage = "skip [function] [name]\n"
	    "skip file [name] | module name | library\n"
	    "skip delete | enable | disable [number ...]",
	.summary = "Let stepping pass over code.",
	.help =
	    "step and its kin pass over functions, files and modules of\n"
	    "that name, and over what these call; * and ? in a name\n"
	    "stand for any characters.  Without a name, over the\n"
	    "selected frame's function or file.  `skip library` passes\n"
	    "over all that is in Python's library or site-packages.\n"
	    "Breakpoints there stop as ever.  A step that has passed\n"
	    "over frames says how many.  `info skip` lists the skips.",
	.example = "skip module json.*",
	.repeat = PD_REPEAT_NONE,
	.soft = true,
	.exec = run,
};
