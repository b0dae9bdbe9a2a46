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
}

static void
put_names(struct pd_buf *b, const struct pd_cmd *cmd)
{
	pd_buf_adds(b, cmd->name);
	for (size_t i = 0; i < 5 && cmd->aliases[i] != NULL; i++)
		pd_buf_addf(b, ", %s", cmd->aliases[i]);
}

void
pd_help_overview(struct pd_session *s)
{
	struct pd_buf names = { 0 };

	for (size_t g = 0; g < PD_GROUP_MAX; g++) {
		pd_out(s->sink, PD_ROLE_NOTE, "%s%s:\n", g > 0 ? "\n" : "",
		    groups[g]);
		for (size_t i = 0; pd_commands[i] != NULL; i++) {
			if (pd_commands[i]->group != g)
				continue;
			pd_buf_reset(&names);
			put_names(&names, pd_commands[i]);
			pd_out(s->sink, PD_ROLE_NAME, "  %-18s",
			    pd_buf_c(&names));
			pd_out(s->sink, PD_ROLE_TEXT, " %s\n",
			    pd_commands[i]->summary);
		}
	}
	pd_out(s->sink, PD_ROLE_NOTE, "\n`help COMMAND` says more. "
	    "What is no command is run as Python.\n");
	pd_buf_done(&names);
}
