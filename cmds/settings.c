/*
 * The settings: their table, and finding one by its words.
 *
 * Called by `set`, `show`, help and completion.  The values are setvalue.c's.
 * It must not print.
 */
#include "cmds/settings.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "cmds/walk.h"

#define OFF(member)	offsetof(struct pd_session, member)
#define WIDTH		80

static const char *const dialects[] = {
	[PD_DIALECT_PDB] = "pdb", [PD_DIALECT_GDB] = "gdb", NULL
};
static const char *const themes[] = {
	"auto", "dark", "dusk", "light", "mono", "paper", NULL
};

/* The front knows them. */
static int
theme_changed(struct pd_session *s, struct pd_err *err)
{
	return s->theme == NULL ? 0 : s->theme(s->theme_ctx,
	    pd_str_c(&s->settings.style_theme), err);
}

#define THEMES								\
	"auto: dark or light, as the terminal or COLORFGBG in the\n"	\
	"environment says; dark, dusk, light, mono, paper; or the name of\n" \
	"a file NAME.theme of your own, see the manual."

const struct pd_setting pd_settings_table[] = {
	{ "args", PD_SETTING_TEXT, .may_be_empty = true,
	  .put = pd_args_put, .get = pd_args_get,
	  .help = "the program's arguments, from its next start on",
	  .more = "As a shell would take them, with redirections." },
	{ "confirm", PD_SETTING_BOOL, OFF(settings.confirm),
	  .initial = "on",
	  .help = "ask before much is deleted" },
	{ "core-max-bytes", PD_SETTING_INT, OFF(settings.core_max_bytes),
	  .max = LONG_MAX, .unlimited = true, .initial = "268435456",
	  .help = "bytes of the file that gcore writes",
	  .more = "What is left out is marked in it." },
	{ "core-max-depth", PD_SETTING_INT, OFF(settings.core_max_depth),
	  .max = INT_MAX, .unlimited = true, .initial = "unlimited",
	  .help = "steps from a variable to an object in a core" },
	{ "core-max-objects", PD_SETTING_INT,
	  OFF(settings.core_max_objects),
	  .max = LONG_MAX, .unlimited = true, .initial = "5000000",
	  .help = "objects in a core file" },
	{ "core-max-seconds", PD_SETTING_INT,
	  OFF(settings.core_max_seconds),
	  .max = INT_MAX, .unlimited = true, .initial = "10",
	  .help = "how long the writing of a core file may take" },
	{ "core-output-lines", PD_SETTING_INT,
	  OFF(settings.core_output_lines), .max = 10000, .initial = "500",
	  .help = "last lines of the program's output in a core",
	  .more = "Where the full screen has kept them; 0: none." },
	{ "core-redact", PD_SETTING_TEXT, OFF(settings.core_redact),
	  .may_be_empty = true, .initial = "",
	  .help = "parts of names of secrets in the environment",
	  .more = "Words, with commas between them.  The values of such\n"
	      "variables are not written to core files, nor are those of\n"
	      "key, token, secret, password, passwd, passphrase and\n"
	      "credential, which always count." },
	{ "dialect", PD_SETTING_ENUM, OFF(settings.dialect),
	  .words = dialects, .initial = "pdb",
	  .help = "who wins where pdb and gdb differ",
	  .more = "Both debuggers' commands are always there.  Where one name\n"
	      "means different things to them, this says which it is." },
	{ "height", PD_SETTING_INT, OFF(settings.height),
	  .max = INT_MAX, .unlimited = true, .autosize = true,
	  .initial = "auto",
	  .help = "lines of a page; auto: the terminal's" },
	{ "history filename", PD_SETTING_TEXT, OFF(settings.history_filename),
	  .may_be_empty = true, .initial = "",
	  .help = "where typed lines are kept",
	  .more = "Without a value: history in the directory pydbg of\n"
	      "XDG_STATE_HOME, or of ~/.local/state." },
	{ "history save", PD_SETTING_BOOL, OFF(settings.history_save),
	  .initial = "on",
	  .help = "keep typed lines for the next session" },
	{ "history size", PD_SETTING_INT, OFF(settings.history_size),
	  .max = INT_MAX, .unlimited = true, .initial = "1000",
	  .help = "how many typed lines are kept" },
	{ "listsize", PD_SETTING_INT, OFF(settings.listsize),
	  .min = 1, .max = INT_MAX / 2, .initial = "11",
	  .help = "lines that list shows" },
	{ "logging enabled", PD_SETTING_BOOL, OFF(settings.logging_enabled),
	  .initial = "off", .changed = pd_logging_changed,
	  .help = "copy what is shown to the logging file",
	  .more = "What the debugger shows is appended to the file; what the\n"
	      "program prints is not." },
	{ "logging file", PD_SETTING_TEXT, OFF(settings.logging_file),
	  .initial = "pydbg.txt", .changed = pd_logging_changed,
	  .help = "the file that logging appends to" },
	{ "mouse", PD_SETTING_BOOL, OFF(settings.mouse),
	  .initial = "on",
	  .help = "the mouse, on the full screen",
	  .more = "While it is on, Shift lets the terminal select text." },
	{ "pagination", PD_SETTING_BOOL, OFF(settings.pagination),
	  .initial = "on",
	  .help = "stop long output at each page",
	  .more = "On a terminal alone, and not with --batch." },
	{ "print depth", PD_SETTING_INT, OFF(settings.print_depth),
	  .max = INT_MAX, .unlimited = true, .initial = "unlimited",
	  .help = "how deep containers are shown",
	  .more = "What is within more of them is shown as [...] or {...}." },
	{ "print elements", PD_SETTING_INT, OFF(settings.print_elements),
	  .max = 32 << 20, .unlimited = true, .initial = "unlimited",
	  .help = "bytes of a value that are shown",
	  .more = "The text of a value is cut there, and it is said that it\n"
	      "was.  Unlimited means one megabyte." },
	{ "print pretty", PD_SETTING_BOOL, OFF(settings.print_pretty),
	  .initial = "off",
	  .help = "p shows values as pp does" },
	{ "prompt", PD_SETTING_TEXT, OFF(prompt),
	  .may_be_empty = true, .initial = "(pydbg) ",
	  .help = "the prompt",
	  .more = "Quotes keep blanks at its end: set prompt \"> \"" },
	{ "style enabled", PD_SETTING_BOOL, OFF(settings.style_enabled),
	  .initial = "on",
	  .help = "colours",
	  .more = "On a terminal alone.  They are off from the start if\n"
	      "NO_COLOR is in the environment or TERM is dumb." },
	{ "style theme", PD_SETTING_TEXT, OFF(settings.style_theme),
	  .words = themes, .initial = "auto", .changed = theme_changed,
	  .help = "colours for a dark or a light background",
	  .more = THEMES },
	{ "theme", PD_SETTING_TEXT, OFF(settings.style_theme),
	  .words = themes, .changed = theme_changed,
	  .help = "the same as style theme", .more = THEMES },
	{ "width", PD_SETTING_INT, OFF(settings.width),
	  .max = INT_MAX, .unlimited = true, .autosize = true,
	  .initial = "auto",
	  .help = "columns of a line; auto: the terminal's" },
	{ .name = NULL }
};

/* What is usual to type for one of several words. */
static const struct {
	const char	*abbrev, *word;
} usual[] = {
	{ "p", "print" },
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t
word_len(const char *p)
{
	size_t n = 0;

	while (p[n] != '\0' && !is_blank(p[n]))
		n++;
	return n;
}

static const char *
skip_blanks(const char *p)
{
	while (is_blank(*p))
		p++;
	return p;
}

/* 2: typed in full or usual, 1: a beginning, 0: not. */
static int
word_fits(const char *word, size_t len, const char *typed, size_t n)
{
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (strlen(usual[i].abbrev) == n && n > 0 &&
		    memcmp(usual[i].abbrev, typed, n) == 0)
			return len == strlen(usual[i].word) &&
			    memcmp(usual[i].word, word, len) == 0 ? 2 : 0;
	if (n == 0 || n > len || memcmp(word, typed, n) != 0)
		return 0;
	return n == len ? 2 : 1;
}

/* The word of a name at a level from 0; NULL: it has none there. */
static const char *
word_at(const char *name, size_t level, size_t *len)
{
	for (; level > 0 && *name != '\0'; level--)
		name = skip_blanks(name + word_len(name));
	*len = word_len(name);
	return *len > 0 ? name : NULL;
}

#define ROWS_MAX	64

/* The rows that what was typed may mean, as it is read word by word. */
struct search {
	bool	 out[ROWS_MAX];
	size_t	 level;			/* words read */
	bool	 several;		/* the last one has several meanings */
};

/* How well a row that is still in fits the next word. */
static int
row_fits(const struct search *q, size_t i, const char *text)
{
	const char *word;
	size_t len;

	if (q->out[i])
		return 0;
	word = word_at(pd_settings_table[i].name, q->level, &len);
	return word == NULL ? 0 : word_fits(word, len, text, word_len(text));
}

static bool
same_word(size_t i, size_t k, size_t level)
{
	size_t n, m;
	const char *a = word_at(pd_settings_table[i].name, level, &n);
	const char *b = word_at(pd_settings_table[k].name, level, &m);

	return n == m && memcmp(a, b, n) == 0;
}

/* Takes out the rows that the next word excludes; false, and nothing is done,
 * if that were all. */
static bool
narrow(struct search *q, const char *text)
{
	const struct pd_setting *row = pd_settings_table;
	size_t first = ROWS_MAX;
	int best = 0, how;

	for (size_t i = 0; row[i].name != NULL; i++) {
		how = row_fits(q, i, text);
		best = how > best ? how : best;
	}
	if (best == 0)
		return false;
	for (size_t i = 0; row[i].name != NULL; i++) {
		if (q->out[i])
			continue;
		q->out[i] = row_fits(q, i, text) != best;
		if (!q->out[i] && first == ROWS_MAX)
			first = i;
		else if (!q->out[i] && !same_word(first, i, q->level))
			q->several = true;
	}
	q->level++;
	return true;
}

/* Reads words as long as they narrow the search; gives what follows. */
static const char *
search(struct search *q, const char *text)
{
	memset(q, 0, sizeof(*q));
	text = skip_blanks(text);
	while (*text != '\0' && !q->several && narrow(q, text))
		text = skip_blanks(text + word_len(text));
	return text;
}

bool
pd_setting_matches(const struct pd_setting *row, const char *words)
{
	struct search q;

	return *search(&q, words) == '\0' && !q.out[row - pd_settings_table];
}

static const struct pd_setting *
not_found(const struct search *q, const char *text, const char *rest,
    struct pd_err *err)
{
	const struct pd_setting *row = pd_settings_table;
	struct pd_str word = pd_str_new(rest, word_len(rest));
	struct pd_buf b = { 0 };
	size_t n = strlen(text);

	/* A word from the middle of a name is a good guess. */
	for (size_t i = 0; row[i].name != NULL; i++)
		if (q->level > 0 ? !q->out[i] :
		    word.n > 0 && strstr(row[i].name, word.s) != NULL)
			pd_buf_addf(&b, "%s%s", b.n > 0 ? ", " : "",
			    row[i].name);
	while (n > 0 && is_blank(text[n - 1]))
		n--;
	if (b.n == 0)
		pd_err_set(err, "There is no setting '%s'; `show` lists all",
		    word.s);
	else
		pd_err_set(err, "'%.*s' is %s: %s", (int)n, text, q->several ?
		    "ambiguous" : "no setting; there are", pd_buf_c(&b));
	pd_buf_done(&b);
	pd_str_done(&word);
	return NULL;
}

const struct pd_setting *
pd_setting_find(const char *text, const char **rest, struct pd_err *err)
{
	const struct pd_setting *row = pd_settings_table;
	struct search q;
	size_t len;

	*rest = search(&q, text);
	for (size_t i = 0; row[i].name != NULL && !q.several; i++)
		if (!q.out[i] && q.level > 0 &&
		    word_at(row[i].name, q.level, &len) == NULL)
			return &row[i];
	return not_found(&q, text, *rest, err);
}

/* "if", "is", ... : behind a name these are Python. */
bool
pd_setting_is_words(const char *arg, size_t n)
{
	static const char *const operators[] = { "and", "if", "in", "is",
	    "not", "or", NULL };
	size_t len = 0;

	while (len < n && !is_blank(arg[len]))
		len++;
	if (len == 0 || !isalpha((unsigned char)arg[0]))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)arg[i]) && arg[i] != '-')
			return false;
	for (size_t i = 0; operators[i] != NULL; i++)
		if (strlen(operators[i]) == len &&
		    memcmp(operators[i], arg, len) == 0)
			return false;
	return true;
}

unsigned
pd_settings_width(const struct pd_session *s)
{
	long w = s->settings.width;

	if (w == PD_AUTO)
		w = s->columns != NULL ? (long)s->columns(s->columns_ctx) :
		    WIDTH;
	else if (w == 0)
		w = INT_MAX;
	return w > 0 ? (unsigned)w : WIDTH;
}
