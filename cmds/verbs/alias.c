/*
 * alias: a word for a line.
 */
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

static void
put(struct pd_session *s, const struct pd_alias *a)
{
	pd_out_str(s->sink, PD_ROLE_NAME, &a->name);
	pd_out(s->sink, PD_ROLE_TEXT, " = ");
	pd_out_str(s->sink, PD_ROLE_SOURCE, &a->text);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

static enum pd_cmd_status
show_one(struct pd_session *s, const struct pd_str *name)
{
	PD_VEC_EACH(&s->script.aliases, struct pd_alias, a)
		if (pd_str_eq(&a->name, name->s)) {
			put(s, a);
			return PD_CMD_STAY;
		}
	/* The first pdbs of 3.11 say nothing. */
	if (s->target->py.hex != 0 && s->target->py.hex < 0x030b0300)
		return PD_CMD_STAY;
	pd_out_error(s->sink, "Unknown alias '%s'", name->s);
	return PD_CMD_FAILED;
}

/* Since 3.13: %1, %2 ... without a gap, unless all are taken by %*. */
static bool
is_consecutive(const char *text)
{
	bool gap = false;
	char what[3] = "%1";

	if (strstr(text, "%*") != NULL)
		return true;
	for (; what[1] <= '9'; what[1]++) {
		if (strstr(text, what) == NULL)
			gap = true;
		else if (gap)
			return false;
	}
	return true;
}

static enum pd_cmd_status
define(struct pd_session *s, const struct pd_vec *words)
{
	enum pd_cmd_status rc = PD_CMD_STAY;
	struct pd_buf text = { 0 };

	for (size_t i = 1; i < words->n; i++) {
		if (i > 1)
			pd_buf_addc(&text, ' ');
		pd_buf_adds(&text, PD_VEC_AT(words, struct pd_str, i)->s);
	}
	if (s->py >= PD_PY(3, 13) && !is_consecutive(pd_buf_c(&text))) {
		pd_out_error(s->sink,
		    "Replaceable parameters must be consecutive");
		rc = PD_CMD_FAILED;
	} else {
		pd_alias_set(s, PD_VEC_AT(words, struct pd_str, 0)->s,
		    pd_buf_c(&text));
	}
	pd_buf_done(&text);
	return rc;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_vec words = { 0 };
	enum pd_cmd_status rc = PD_CMD_STAY;

	pd_parse_words(arg, &words);
	if (words.n == 0)
		PD_VEC_EACH(&s->script.aliases, struct pd_alias, a)
			put(s, a);
	else if (words.n == 1)
		rc = show_one(s, PD_VEC_AT(&words, struct pd_str, 0));
	else
		rc = define(s, &words);
	pd_parse_words_done(&words);
	return rc;
}

const struct pd_cmd pd_cmd_alias = {
	.name = "alias",
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_TEXT },
	.usage = "alias [name [command]]",
	.summary = "Give a word a meaning of its own.",
	.help =
	    "A line that begins with the name stands for the command from\n"
	    "now on; %1 to %9 in it are the words behind the name, %* all\n"
	    "of them.  An alias can use others and hides the command of\n"
	    "its name.  Without a command show the alias, without a name\n"
	    "all of them.  Two that are useful in a .pdbrc:\n"
	    "alias pi for k in %1.__dict__.keys(): "
	    "print(\"%1.\",k,\"=\",%1.__dict__[k])\n"
	    "alias ps pi self",
	.example = "alias pi for k in %1.__dict__: print(k, getattr(%1, k))",
	.exec = run,
};
