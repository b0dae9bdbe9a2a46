/*
 * The command line: the table of options, its parser and its help text.
 *
 * Called by main.c.  Must not touch the system: it only sorts argv into a
 * record.
 *
 * Single letters come as Python takes them: the argument may be attached
 * (-Xdev, -ccont), Python's flags may be grouped (-Es).  Names of several
 * letters take the argument behind "=" or as the next word.  Options end at
 * the target, at -m MODULE, at --args and at "--".
 */
#include <string.h>

#include "ui/options.h"

#define OFF(member)	offsetof(struct pd_options, member)

const struct pd_option pd_options_table[] = {
	{ PD_OPT_MODULE, { "-m" }, "MODULE",
	  "debug a module or package, as python -m; ends the options" },
	{ PD_OPT_ARGS, { "--args", "-args" }, NULL,
	  "what follows is the program and its arguments" },
	{ PD_OPT_COMMAND, { "-c", "-ex", "--command", "--ex" }, "COMMAND",
	  "run this debugger command at the first stop; may be repeated" },
	{ PD_OPT_FILE, { "-x" }, "FILE",
	  "run the debugger commands in FILE at the first stop" },
	{ PD_OPT_FLAG, { "--batch", "-batch" }, NULL,
	  "no prompt: run the given commands, then end",
	  OFF(batch) },
	{ PD_OPT_FLAG,
	  { "--return-child-result", "-return-child-result" }, NULL,
	  "exit as the program did when it last ended",
	  OFF(child_result) },
	{ PD_OPT_FLAG, { "-q", "--quiet" }, NULL,
	  "print no greeting",
	  OFF(quiet) },
	{ PD_OPT_FLAG, { "-nx", "--nx" }, NULL,
	  "read no rc files",
	  OFF(nx) },
	{ PD_OPT_FLAG, { "-nh", "--nh" }, NULL,
	  "read no rc files of the home directory",
	  OFF(nh) },
	{ PD_OPT_TEXT, { "--cd" }, "DIR",
	  "change to DIR first",
	  OFF(cd) },
	{ PD_OPT_TEXT, { "--core", "-core" }, "FILE",
	  "look at a core file instead of a program",
	  OFF(core) },
	{ PD_OPT_TEXT, { "--export" }, "json",
	  "write what is in the core to standard output, and end",
	  OFF(export) },
	{ PD_OPT_TEXT, { "--prompt" }, "TEXT",
	  "the prompt, instead of \"(pydbg) \"",
	  OFF(prompt) },
	{ PD_OPT_TEXT, { "--python" }, "PATH|3.N",
	  "the Python that runs the program",
	  OFF(python) },
	{ PD_OPT_MAYBE, { "--dump-on-crash" }, "DIR",
	  "no debugger: run, and leave a core file of what nothing catches",
	  OFF(crash_dir) },
	{ PD_OPT_PYFLAG, { "-X", "-W" }, "ARG",
	  "passed on to Python" },
	{ PD_OPT_PYFLAG, { "-O", "-b" }, NULL,
	  "passed on to Python, also -OO and -bb" },
	{ PD_OPT_PYFLAG, { "-u", "-I", "-E", "-s", "-S", "-P", "-B" }, NULL,
	  "passed on to Python" },
	{ PD_OPT_FLAG, { "--tui", "-tui" }, NULL,
	  "begin with the full screen",
	  OFF(tui) },
	{ PD_OPT_FLAG, { "--version" }, NULL, "print the version",
	  OFF(version) },
	{ PD_OPT_FLAG, { "-h", "--help" }, NULL, "print this text",
	  OFF(help) },
	{ .names = { NULL } }
};

/* The row that has exactly this name, of n bytes. */
static const struct pd_option *
find_name(const char *s, size_t n)
{
	const struct pd_option *row;
	const char *const *name;

	for (row = pd_options_table; row->names[0] != NULL; row++)
		for (name = row->names; *name != NULL; name++)
			if (strlen(*name) == n && memcmp(*name, s, n) == 0)
				return row;
	return NULL;
}

/* -ABC where each letter is one of Python's flags without argument. */
static const struct pd_option *
find_group(const char *word)
{
	const struct pd_option *row = NULL;
	char name[3] = "-?";

	for (word++; *word != '\0'; word++) {
		name[1] = *word;
		row = find_name(name, 2);
		if (row == NULL || row->kind != PD_OPT_PYFLAG ||
		    row->arg != NULL)
			return NULL;
	}
	return row;
}

/*
 * Finds the row of a word and where its attached value begins (NULL: none).
 * The name's length goes to *n.
 */
static const struct pd_option *
find_word(const char *word, size_t *n, const char **value)
{
	const struct pd_option *row;
	const char *eq = strchr(word, '=');

	*n = strlen(word);
	*value = NULL;
	if ((row = find_name(word, *n)) != NULL)
		return row;
	if (eq != NULL && eq - word > 2 &&
	    (row = find_name(word, (size_t)(eq - word))) != NULL) {
		*n = (size_t)(eq - word);
		*value = eq + 1;
		return row;
	}
	if (word[1] == '-')
		return NULL;
	row = find_name(word, 2);
	if (row != NULL && row->arg != NULL) {
		*n = 2;
		*value = word + 2;
		return row;
	}
	return find_group(word);
}

static void
add_cmd(struct pd_options *o, bool is_file, const char *text)
{
	struct pd_option_cmd *cmd;

	cmd = PD_VEC_PUSH(&o->cmds, struct pd_option_cmd);
	cmd->is_file = is_file;
	cmd->text = text;
}

static int
set_option(struct pd_options *o, const struct pd_option *row, const char *name,
    const char *value, struct pd_err *err)
{
	void *member = (char *)o + row->off;

	switch (row->kind) {
	case PD_OPT_COMMAND:
	case PD_OPT_FILE:
		add_cmd(o, row->kind == PD_OPT_FILE, value);
		break;
	case PD_OPT_MODULE:
		if (*value == '\0')
			return pd_err_set(err, "option '-m' needs a module");
		o->module = value;
		o->done = true;
		break;
	case PD_OPT_ARGS:
		o->done = true;
		break;
	case PD_OPT_FLAG:
		*(bool *)member = true;
		break;
	case PD_OPT_TEXT:
	case PD_OPT_MAYBE:
		*(const char **)member = value;
		break;
	case PD_OPT_PYFLAG:
		*PD_VEC_PUSH(&o->pyflags, const char *) = name;
		break;
	}
	return 0;
}

/* One option at argv[*i], whose argument may be the next word. */
static int
parse_option(struct pd_options *o, int argc, char **argv, int *i,
    struct pd_err *err)
{
	const struct pd_option *row;
	const char *word = argv[*i], *value;
	bool detached = false;
	size_t n;

	row = find_word(word, &n, &value);
	if (row == NULL)
		return pd_err_set(err, "unknown option '%s'", word);
	if (row->arg == NULL && value != NULL)
		return pd_err_set(err, "option '%.*s' takes no argument",
		    (int)n, word);
	if (row->kind == PD_OPT_MAYBE && value == NULL)
		value = "";
	if (row->arg != NULL && value == NULL) {
		if (*i + 1 >= argc)
			return pd_err_set(err,
			    "option '%s' needs an argument: %s", word,
			    row->arg);
		value = argv[++*i];
		detached = true;
	}
	if (set_option(o, row, word, value, err) == -1)
		return -1;
	/* Python's flags keep the form in which they were typed. */
	if (row->kind == PD_OPT_PYFLAG && detached)
		*PD_VEC_PUSH(&o->pyflags, const char *) = value;
	return 0;
}

int
pd_options_parse(struct pd_options *o, int argc, char **argv,
    struct pd_err *err)
{
	int i;

	for (i = 1; i < argc && !o->done; i++) {
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (argv[i][0] != '-' || argv[i][1] == '\0')
			break;
		if (parse_option(o, argc, argv, &i, err) == -1)
			return -1;
	}
	/* gdb's users write --args python-like words: -m may follow. */
	if (o->done && o->module == NULL && i + 1 < argc &&
	    strcmp(argv[i], "-m") == 0) {
		o->module = argv[i + 1];
		i += 2;
	}
	o->done = true;
	o->rest = i;
	return 0;
}

void
pd_options_done(struct pd_options *o)
{
	pd_vec_done(&o->cmds);
	pd_vec_done(&o->pyflags);
	memset(o, 0, sizeof(*o));
}

void
pd_options_usage(struct pd_buf *b)
{
	pd_buf_adds(b, "usage: pydbg [options] "
	    "script.py|NAME|-m module|zip|dir [args...]\n");
}

void
pd_options_help(struct pd_buf *b)
{
	const struct pd_option *row;
	size_t from, i;

	pd_options_usage(b);
	pd_buf_adds(b, "\nDebugs a Python program. Type help at the prompt "
	    "for the commands.\n\noptions:\n");
	for (row = pd_options_table; row->names[0] != NULL; row++) {
		pd_buf_adds(b, "  ");
		from = b->n;
		for (i = 0; row->names[i] != NULL; i++)
			pd_buf_addf(b, "%s%s", i > 0 ? ", " : "",
			    row->names[i]);
		if (row->arg != NULL)
			pd_buf_addf(b, row->kind == PD_OPT_MAYBE ? "[=%s]" :
			    " %s", row->arg);
		if (b->n - from > 24)
			pd_buf_addf(b, "\n  %26s", "");
		else
			pd_buf_addf(b, "%*s", (int)(26 - (b->n - from)), "");
		pd_buf_addf(b, "%s\n", row->help);
	}
	pd_buf_adds(b, "\nenvironment:\n"
	    "  VIRTUAL_ENV               the venv whose Python is used\n"
	    "  PYDBG_LOG                 AREA[,AREA]:FILE, the debugger's own "
	    "log\n"
	    "  PYDBG_LIBEXEC             where pydbg's engines are\n"
	    "  PYDBG_CORE                limits of --dump-on-crash\n");
}
