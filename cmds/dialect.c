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
	{ "display", "display" },	/* display/x */
	{ "p", "p" },			/* p/x */
	{ "print", "p" },
	{ "w", NULL },			/* several commands begin so */
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
by_prefix(const char *p, size_t n, bool *several)
{
	const struct pd_cmd *found = NULL;

	*several = false;
	for (size_t i = 0; pd_commands[i] != NULL; i++) {
		const struct pd_cmd *c = pd_commands[i];

		if (strncmp(c->name, p, n) != 0 || !isalpha(
		    (unsigned char)c->name[0]))
			continue;
		*several = found != NULL;
		if (*several)
			return NULL;
		found = c;
	}
	return found;
}

/* gdb's words for a beginning that several names have. */
static void
tell_ambiguous(struct pd_session *s, const char *p, size_t n)
{
	struct pd_buf b = { 0 };

	for (size_t i = 0; pd_commands[i] != NULL; i++)
		if (strncmp(pd_commands[i]->name, p, n) == 0)
			pd_buf_addf(&b, "%s%s", b.n > 0 ? ", " : "",
			    pd_commands[i]->name);
	pd_out_error(s->sink, "Ambiguous command \"%.*s\": %s.", (int)n, p,
	    pd_buf_c(&b));
	pd_buf_done(&b);
}

/* Its row in gdb_names; their number: none. */
static size_t
by_gdb_name(const char *p, size_t n)
{
	for (size_t i = 0; i < COUNT(gdb_names); i++)
		if (strlen(gdb_names[i].name) == n &&
		    memcmp(gdb_names[i].name, p, n) == 0)
			return i;
	return COUNT(gdb_names);
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

/* The beginning of a name, for a word that is none.  False: told. */
static bool
resolve_prefix(struct pd_session *s, struct pd_parsed *p, size_t n)
{
	bool several;
	const struct pd_cmd *cmd = by_prefix(p->line, n, &several);

	if (cmd == NULL && !(several && pd_dialect_gdb(s)))
		return true;
	if (is_variable(s, p->line, n))
		return true;
	if (cmd != NULL) {
		make_command(p, cmd, n);
		return true;
	}
	tell_ambiguous(s, p->line, n);
	p->nstmt = 0;
	return false;
}

bool
pd_dialect_resolve(struct pd_session *s, struct pd_parsed *p)
{
	size_t n = word_len(p->line, p->n), i;

	if (p->bang || n == 0 ||
	    goes_on_as_python(p->line + n, p->n - n))
		return true;
	i = pd_dialect_gdb(s) ? by_gdb_name(p->line, n) : COUNT(gdb_names);
	if (i < COUNT(gdb_names)) {
		const char *name = gdb_names[i].means;

		if (name != NULL) {
			make_command(p, pd_cmd_find(name, strlen(name)), n);
			return true;
		}
		make_python(p);
	} else if (!pd_dialect_gdb(s) && p->cmd != NULL && p->cmd->soft &&
	    is_variable(s, p->line, n) && is_expression(s, p->line, p->n)) {
		make_python(p);
		return true;
	}
	if (p->cmd != NULL || is_keyword(p->line, n))
		return true;
	return resolve_prefix(s, p, n);
}
