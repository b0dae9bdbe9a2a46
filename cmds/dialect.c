/*
 * What a word means where pdb's own names do not decide it.
 *
 * pdb's names always win in the pdb dialect.  What only gdb has gives way
 * there to a variable of the program's (`start`, `f`), because pdb would show
 * that.  In the gdb dialect gdb's meaning of a name comes first.  Either way
 * the beginning of a command's name is enough if it is no other's and if
 * Python could make nothing of the word.  Called for each line by line.c; it
 * asks the target only for words that are in doubt, and what it asks runs none
 * of the program's code.
 */
#include <ctype.h>
#include <string.h>

#include "cmds/walk.h"

/* gdb's meaning of names that pdb has too, or that are too short for both. */
static const struct { const char *name, *means; } gdb_names[] = {
	{ "d", "delete" },
	{ "u", "until" },
	{ "r", "run" },
	{ "disas", "disassemble" },
	{ "dis", "disable" },
	{ "i", "info" },
	{ "fin", "finish" },
	{ "adv", "advance" },
	{ "del", "delete" },
};

/* Rows that gdb does not repeat on an empty line. */
static const char *const unrepeated[] = { "run", "start", "kill", "delete",
	"clear", "thread", "save", "source", "set", "cd" };

/* Words that begin a statement of Python's. */
static const char *const keywords[] = { "False", "None", "True", "and", "as",
	"assert", "async", "await", "break", "class", "continue", "def", "del",
	"elif", "else", "except", "finally", "for", "from", "global", "if",
	"import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
	"raise", "return", "try", "while", "with", "yield", "match", "case",
	"type" };

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

bool
pd_dialect_gdb(const struct pd_session *s)
{
	return s->settings.dialect == PD_DIALECT_GDB;
}

bool
pd_dialect_repeats(const struct pd_session *s, const struct pd_cmd *cmd)
{
	if (!pd_dialect_gdb(s))
		return true;
	for (size_t i = 0; i < COUNT(unrepeated); i++)
		if (strcmp(cmd->name, unrepeated[i]) == 0)
			return false;
	return true;
}

/* Length of the identifier that the line begins with. */
static size_t
word_len(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n && (isalnum((unsigned char)p[i]) || p[i] == '_'); i++)
		;
	return n > 0 && isdigit((unsigned char)p[0]) ? 0 : i;
}

static bool
is_keyword(const char *p, size_t n)
{
	for (size_t i = 0; i < COUNT(keywords); i++)
		if (strlen(keywords[i]) == n && memcmp(keywords[i], p, n) == 0)
			return true;
	return false;
}

/* Does the frame see a variable of that name?  Looked up, not shown: of the
 * pair only None is described. */
static bool
is_variable(struct pd_session *s, const char *p, size_t n)
{
	struct pd_eval req = { .frame = s->frame };
	struct pd_value v = { 0 };
	struct pd_err err;
	bool yes = false;

	if (!s->alive || (s->target->caps & PD_CAP_EVAL) == 0)
		return false;
	req.text = pd_strf("(%.*s, None)[1]", (int)n, p);
	if (s->target->ops->eval(s->target, &req, &v, &err) == 0)
		yes = !v.failed;
	pd_str_done(&req.text);
	pd_rec_done(&pd_value_desc, &v);
	return yes;
}

static bool
is_expression(struct pd_session *s, const char *p, size_t n)
{
	struct pd_check req = { .text = pd_str_new(p, n) };
	struct pd_value v = { 0 };
	struct pd_err err;
	bool yes = s->target->ops->check(s->target, &req, &v, &err) == 0 &&
	    !v.failed;

	pd_str_done(&req.text);
	pd_rec_done(&pd_value_desc, &v);
	return yes;
}

static void
make_command(struct pd_parsed *p, const struct pd_cmd *cmd, size_t word)
{
	p->cmd = cmd;
	p->arg = p->line + word;
	p->narg = p->n - word;
	pd_parse_strip(&p->arg, &p->narg);
}

static void
make_python(struct pd_parsed *p)
{
	p->cmd = NULL;
	p->stmt = p->line;
	p->nstmt = p->n;
}

/* The one command whose name begins so; NULL: none, or several. */
static const struct pd_cmd *
by_prefix(const char *p, size_t n)
{
	const struct pd_cmd *found = NULL;

	for (size_t i = 0; pd_commands[i] != NULL; i++) {
		const struct pd_cmd *c = pd_commands[i];

		if (strncmp(c->name, p, n) != 0 || !isalpha(
		    (unsigned char)c->name[0]))
			continue;
		if (found != NULL)
			return NULL;
		found = c;
	}
	return found;
}

static const struct pd_cmd *
by_gdb_name(const char *p, size_t n)
{
	for (size_t i = 0; i < COUNT(gdb_names); i++)
		if (strlen(gdb_names[i].name) == n &&
		    memcmp(gdb_names[i].name, p, n) == 0)
			return pd_cmd_find(gdb_names[i].means,
			    strlen(gdb_names[i].means));
	return NULL;
}

/* What comes behind the word makes it Python: x = 1, x.y, x(1), x[0]. */
static bool
goes_on_as_python(const char *p, size_t n)
{
	if (n > 0 && strchr(".([=", p[0]) != NULL)
		return true;
	pd_parse_strip(&p, &n);
	return n > 0 && (p[0] == '=' || (n > 1 && p[1] == '=' &&
	    strchr("+-*/%&|^@", p[0]) != NULL));
}

void
pd_dialect_resolve(struct pd_session *s, struct pd_parsed *p)
{
	size_t n = word_len(p->line, p->n);
	const struct pd_cmd *cmd;

	if (p->bang || n == 0 ||
	    goes_on_as_python(p->line + n, p->n - n))
		return;
	if (pd_dialect_gdb(s)) {
		cmd = by_gdb_name(p->line, n);
		if (cmd != NULL) {
			make_command(p, cmd, n);
			return;
		}
	} else if (p->cmd != NULL && p->cmd->soft &&
	    is_variable(s, p->line, n) &&
	    is_expression(s, p->line, p->n)) {
		make_python(p);
		return;
	}
	if (p->cmd != NULL || is_keyword(p->line, n))
		return;
	cmd = by_prefix(p->line, n);
	if (cmd != NULL && !is_variable(s, p->line, n))
		make_command(p, cmd, n);
}
