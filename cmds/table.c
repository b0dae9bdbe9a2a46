/*
 * Looking commands up by name.  The rows come from commands.list.
 */
#include <string.h>

#include "cmds/cmd.h"

static bool
same(const char *a, const char *name, size_t n)
{
	return strncmp(a, name, n) == 0 && a[n] == '\0';
}

const struct pd_cmd *
pd_cmd_find(const char *name, size_t n)
{
	for (size_t i = 0; n > 0 && pd_commands[i] != NULL; i++) {
		const struct pd_cmd *cmd = pd_commands[i];

		if (same(cmd->name, name, n))
			return cmd;
		for (size_t j = 0; j < 5 && cmd->aliases[j] != NULL; j++)
			if (same(cmd->aliases[j], name, n))
				return cmd;
	}
	return NULL;
}
