/*
 * Writes the completion files of the shells, from the table of options.
 *
 * Run by the build: gen-completion bash|zsh >FILE.  Must not know an option by
 * its name: what is to be completed follows from its row.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ui/options.h"

/* What the argument is called in the table, and what completes it. */
static const struct {
	const char	*arg, *bash, *zsh;
} kinds[] = {
	{ "FILE", "-f", "_files" },
	{ "DIR", "-d", "_files -/" },
	{ "PATH|3.N", "-c", "_command_names -e" },
	{ NULL, "none", " " },
};

static size_t
kind_of(const struct pd_option *row)
{
	size_t i;

	for (i = 0; kinds[i].arg != NULL; i++)
		if (strcmp(kinds[i].arg, row->arg) == 0)
			break;
	return i;
}

static void
put_names(const struct pd_option *row, const char *between)
{
	for (size_t i = 0; row->names[i] != NULL; i++)
		printf("%s%s", i > 0 ? between : "", row->names[i]);
}

/* ---- bash ---------------------------------------------------------------- */

static void
bash_names(void)
{
	const struct pd_option *row;

	printf("\tlocal names=\"");
	for (row = pd_options_table; row->names[0] != NULL; row++) {
		if (row != pd_options_table)
			putchar(' ');
		put_names(row, " ");
	}
	printf("\"\n");
}

#define ENDS	SIZE_MAX

/* The patterns of a case: rows of a kind of argument, or that end options. */
static void
bash_case(size_t kind, const char *what)
{
	const struct pd_option *row;
	bool any = false;

	for (row = pd_options_table; row->names[0] != NULL; row++) {
		bool ends = row->kind == PD_OPT_MODULE ||
		    row->kind == PD_OPT_ARGS;

		/* What may have a value has it in the same word. */
		if (kind == ENDS ? !ends : ends || row->arg == NULL ||
		    row->kind == PD_OPT_MAYBE || kind_of(row) != kind)
			continue;
		printf("%s", any ? "|" : "\t\t");
		put_names(row, "|");
		any = true;
	}
	if (any)
		printf(")\n\t\t\t%s\n\t\t\t;;\n", what);
}

static const char bash_begin[] =
    "# bash completion for pydbg; made from its options.\n"
    "_pydbg()\n{\n"
    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} i w value= ended= suffix\n";

/* bash takes --cd=DIR apart at the =. */
static const char bash_loop[] =
    "\n\t# Is the word an option's argument, or the program's?\n"
    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
    "\t\tw=${COMP_WORDS[i]}\n"
    "\t\tif [[ $value ]]; then\n"
    "\t\t\t[[ $w == = ]] || value=\n"
    "\t\t\tcontinue\n"
    "\t\tfi\n"
    "\t\tcase $w in\n"
    "\t\t--)\n\t\t\tended=1\n\t\t\t;;\n";

static const char bash_end[] =
    "\t\t-*|=)\n\t\t\t;;\n"
    "\t\t*)\n\t\t\tended=1\n\t\t\t;;\n"
    "\t\tesac\n"
    "\t\t[[ $ended ]] && break\n"
    "\tdone\n\n"
    "\tCOMPREPLY=()\n"
    "\t[[ $value && $cur == = ]] && cur=\n"
    "\t[[ $value == -c && $cur == */* ]] && value=-f\n"
    "\tif [[ $value == none ]]; then\n"
    "\t\treturn\n"
    "\telif [[ $value ]]; then\n"
    "\t\t[[ $value == -c ]] || compopt -o filenames 2>/dev/null\n"
    "\t\tmapfile -t COMPREPLY < <(compgen $value -- \"$cur\")\n"
    "\telif [[ ! $ended && $cur == -* ]]; then\n"
    "\t\tmapfile -t COMPREPLY < <(compgen -W \"$names\" -- \"$cur\")\n"
    "\telif [[ ! $ended ]]; then\n"
    "\t\tcompopt -o filenames 2>/dev/null\n"
    "\t\tmapfile -t COMPREPLY < <(compgen -d -- \"$cur\"\n"
    "\t\t\tfor suffix in py pyz zip; do\n"
    "\t\t\t\tcompgen -f -X \"!*.$suffix\" -- \"$cur\"\n"
    "\t\t\tdone)\n"
    "\telse\n"
    "\t\tcompopt -o filenames 2>/dev/null\n"
    "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "\tfi\n"
    "}\n"
    "complete -F _pydbg pydbg\n";

static void
bash(void)
{
	char what[64];

	fputs(bash_begin, stdout);
	bash_names();
	fputs(bash_loop, stdout);
	bash_case(ENDS, "ended=1");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		snprintf(what, sizeof(what), "value=%s", kinds[i].bash);
		bash_case(i, what);
	}
	fputs(bash_end, stdout);
}

/* ---- zsh ----------------------------------------------------------------- */

/* Within single quotes, and within the [] or : of a spec. */
static void
zsh_text(const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			printf("'\\''");
		else if (strchr("[]:\\", *s) != NULL)
			printf("\\%c", *s);
		else
			putchar(*s);
	}
}

static void
zsh_row(const struct pd_option *row)
{
	bool again = row->kind == PD_OPT_COMMAND ||
	    row->kind == PD_OPT_FILE || row->kind == PD_OPT_PYFLAG;

	for (size_t i = 0; row->names[i] != NULL; i++) {
		bool is_long = row->names[i][1] == '-';
		bool maybe = row->kind == PD_OPT_MAYBE;

		printf("\t'%s%s%s[", again ? "*" : "", row->names[i],
		    row->arg == NULL ? "" : maybe ? "=-" : is_long ? "=" :
		    row->names[i][2] == '\0' ? "+" : "");
		zsh_text(row->help);
		printf("]");
		if (row->arg != NULL) {
			printf(maybe ? "::" : ":");
			zsh_text(row->arg);
			printf(":%s", kinds[kind_of(row)].zsh);
		}
		printf("' \\\n");
	}
}

static void
zsh(void)
{
	const struct pd_option *row;

	printf("#compdef pydbg\n"
	    "# zsh completion for pydbg; made from its options.\n"
	    "_arguments -S -A '-*' \\\n");
	for (row = pd_options_table; row->names[0] != NULL; row++)
		zsh_row(row);
	printf("\t':program:_files -g \"(*.py|*.pyz|*.zip)(-.) *(-/)\"' \\\n"
	    "\t'*::argument:_files'\n");
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "bash") == 0)
		bash();
	else if (argc == 2 && strcmp(argv[1], "zsh") == 0)
		zsh();
	else {
		fputs("usage: gen-completion bash|zsh\n", stderr);
		return 2;
	}
	return fflush(stdout) == EOF;
}
