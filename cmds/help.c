/*
 * Help, made from the rows of the commands.
 *
 * The shape of a command's help is the one of the Python that runs: from 3.12
 * on pdb begins it with "Usage: " and indents it by its prompt.
 */
#include <string.h>

#include "cmds/room.h"

static const char *const groups[PD_GROUP_MAX] = {
	[PD_GROUP_RUNNING] = "Running the program",
	[PD_GROUP_BREAKPOINTS] = "Breakpoints",
	[PD_GROUP_STACK] = "The stack",
	[PD_GROUP_DATA] = "Data",
	[PD_GROUP_SOURCE] = "Source",
	[PD_GROUP_SCREEN] = "The full screen",
	[PD_GROUP_SESSION] = "The session",
};

/* Each line of text, with first before the first one and rest before the
 * others, all indented. */
static void
put_lines(struct pd_session *s, const char *text, size_t indent,
    const char *first, const char *rest)
{
	const char *before = first, *nl;

	for (; text != NULL; before = rest, text = nl) {
		size_t n = strcspn(text, "\n");

		nl = text[n] == '\n' ? text + n + 1 : NULL;
		pd_out(s->sink, PD_ROLE_TEXT, "%*s%s%.*s\n",
		    n > 0 ? (int)indent : 0, "", before, (int)n, text);
	}
}

void
pd_help_usage(struct pd_session *s, const struct pd_cmd *cmd)
{
	if (s->py >= PD_PY(3, 12))
		put_lines(s, cmd->usage, s->prompt.n, "Usage: ", "       ");
	else
		put_lines(s, cmd->usage, 0, "", "");
}

void
pd_help_command(struct pd_session *s, const struct pd_cmd *cmd)
{
	pd_help_usage(s, cmd);
	if (s->py >= PD_PY(3, 12)) {
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
		put_lines(s, cmd->help, s->prompt.n, "", "");
	} else {
		put_lines(s, cmd->help, 8, "", "");
	}
	if (cmd->example != NULL) {
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
		put_lines(s, cmd->example, s->py >= PD_PY(3, 12) ?
		    s->prompt.n : 8, "Example: ", "         ");
	}
}

/* ---- lists of commands and settings ------------------------------------ */

#define NAMES_MAX	24	/* columns of names at most */
#define TEXT_MIN	20	/* columns that are left for what is said */

/* Words of text, from column `at` to the line's end. */
static void
put_words(struct pd_session *s, const char *text, size_t at, size_t width)
{
	size_t room = width > at + TEXT_MIN ? width - at : TEXT_MIN;
	size_t used = 0, n;

	for (; *text != '\0'; text += n + (text[n] == ' ')) {
		n = strcspn(text, " ");
		if (used > 0 && used + 1 + n > room) {
			pd_out(s->sink, PD_ROLE_TEXT, "\n%*s", (int)at, "");
			used = 0;
		}
		pd_out(s->sink, PD_ROLE_TEXT, "%s%.*s", used > 0 ? " " : "",
		    (int)n, text);
		used += n + (used > 0);
	}
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

/* A name and what is said of it, in two columns. */
static void
put_entry(struct pd_session *s, const char *name, size_t columns,
    const char *text)
{
	size_t n = strlen(name);

	pd_out(s->sink, PD_ROLE_NAME, "  %s", name);
	if (n > columns)
		pd_out(s->sink, PD_ROLE_TEXT, "\n  %*s", (int)columns, "");
	else
		pd_out(s->sink, PD_ROLE_TEXT, "%*s", (int)(columns - n), "");
	pd_out(s->sink, PD_ROLE_TEXT, " ");
	put_words(s, text, columns + 3, pd_settings_width(s));
}

static struct pd_str
names_of(const struct pd_cmd *cmd)
{
	struct pd_buf b = { 0 };

	pd_buf_adds(&b, cmd->name);
	for (size_t i = 0; i < 5 && cmd->aliases[i] != NULL; i++)
		pd_buf_addf(&b, ", %s", cmd->aliases[i]);
	return pd_buf_take(&b);
}

/* Columns that the names of all commands need. */
static size_t
names_columns(void)
{
	size_t most = 0;

	for (size_t i = 0; pd_commands[i] != NULL; i++) {
		struct pd_str names = names_of(pd_commands[i]);

		if (names.n > most && names.n <= NAMES_MAX)
			most = names.n;
		pd_str_done(&names);
	}
	return most;
}

static void
put_group(struct pd_session *s, enum pd_group group)
{
	size_t columns = names_columns();

	for (size_t i = 0; pd_commands[i] != NULL; i++) {
		struct pd_str names = names_of(pd_commands[i]);

		if (pd_commands[i]->group == group)
			put_entry(s, names.s, columns,
			    pd_commands[i]->summary);
		pd_str_done(&names);
	}
}

void
pd_help_overview(struct pd_session *s)
{
	for (size_t g = 0; g < PD_GROUP_MAX; g++) {
		pd_out(s->sink, PD_ROLE_NOTE, "%s%s:\n", g > 0 ? "\n" : "",
		    groups[g]);
		put_group(s, g);
	}
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
	put_words(s, "`help COMMAND` says more, `apropos WORD` looks for a "
	    "word in all of it.", 0, pd_settings_width(s));
	put_words(s, "What is no command is run as Python.", 0,
	    pd_settings_width(s));
}

void
pd_help_setting(struct pd_session *s, const struct pd_setting *row)
{
	struct pd_buf values = { 0 }, now = { 0 };

	pd_setting_values(row, &values);
	pd_setting_get(s, row, &now);
	pd_out(s->sink, PD_ROLE_TEXT, "set %s %s\n", row->name,
	    pd_buf_c(&values));
	put_lines(s, row->help, 8, "", "");
	if (row->more != NULL)
		put_lines(s, row->more, 8, "", "");
	pd_out(s->sink, PD_ROLE_TEXT, "        now %s", pd_buf_c(&now));
	if (row->initial != NULL && row->kind != PD_SETTING_TEXT)
		pd_out(s->sink, PD_ROLE_TEXT, ", at first %s", row->initial);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
	pd_buf_done(&values);
	pd_buf_done(&now);
}

/* ---- apropos ----------------------------------------------------------- */

static bool
says(const regex_t *word, const char *const *texts)
{
	for (; *texts != NULL; texts++)
		if (regexec(word, *texts, 0, NULL, 0) == 0)
			return true;
	return false;
}

size_t
pd_help_apropos(struct pd_session *s, const regex_t *word)
{
	const struct pd_setting *row;
	size_t columns = names_columns(), found = 0;

	for (size_t i = 0; pd_commands[i] != NULL; i++) {
		const struct pd_cmd *cmd = pd_commands[i];
		struct pd_str names = names_of(cmd);
		const char *texts[] = { cmd->name, names.s, cmd->usage,
		    cmd->summary, cmd->help, NULL };

		if (says(word, texts)) {
			put_entry(s, names.s, columns, cmd->summary);
			found++;
		}
		pd_str_done(&names);
	}
	for (row = pd_settings_table; row->name != NULL; row++) {
		struct pd_str name = pd_strf("set %s", row->name);
		const char *texts[] = { name.s, row->help,
		    row->more != NULL ? row->more : "", NULL };

		if (says(word, texts)) {
			put_entry(s, name.s, columns, row->help);
			found++;
		}
		pd_str_done(&name);
	}
	return found;
}

/* ---- the nearest word -------------------------------------------------- */

#define WORD_MAX	24

/* How many letters must be typed, dropped, changed or swapped with their
 * neighbour to make b of a (Damerau and Levenshtein, restricted). */
static size_t
distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t i = 0; i <= n; i++)
		for (size_t k = 0; k <= m; k++) {
			size_t best, cost;

			if (i == 0 || k == 0) {
				d[i][k] = i + k;
				continue;
			}
			cost = a[i - 1] != b[k - 1];
			best = d[i - 1][k - 1] + cost;
			if (d[i - 1][k] + 1 < best)
				best = d[i - 1][k] + 1;
			if (d[i][k - 1] + 1 < best)
				best = d[i][k - 1] + 1;
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] &&
			    a[i - 2] == b[k - 1] &&
			    d[i - 2][k - 2] + 1 < best)
				best = d[i - 2][k - 2] + 1;
			d[i][k] = best;
		}
	return d[n][m];
}

static void
nearer(const char *word, size_t n, const char *name, size_t *best,
    const char **found)
{
	size_t m = strlen(name), d;

	/* A word of one or two letters is near to nothing. */
	if (m < 3 || m > WORD_MAX)
		return;
	d = n < m && memcmp(word, name, n) == 0 ? 0 :
	    distance(word, n, name, m);
	if (d < *best) {
		*best = d;
		*found = name;
	}
}

const char *
pd_help_nearest(const char *word)
{
	const char *found = NULL;
	size_t n = strlen(word), best;

	if (n < 2 || n > WORD_MAX)
		return NULL;
	/* At most one letter in three is wrong. */
	best = n / 3 + 1 + (n == 2);
	for (size_t i = 0; pd_commands[i] != NULL; i++) {
		nearer(word, n, pd_commands[i]->name, &best, &found);
		for (size_t k = 0; k < 5 &&
		    pd_commands[i]->aliases[k] != NULL; k++)
			nearer(word, n, pd_commands[i]->aliases[k], &best,
			    &found);
	}
	return found;
}
