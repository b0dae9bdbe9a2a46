/*
 * nexti: one bytecode instruction.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_resume req = { .mode = PD_RESUME_NEXT, .frame = s->frame,
	    .insn = true };

	return pd_step_counted(s, &pd_cmd_nexti, arg, &req);
}

const struct pd_cmd pd_cmd_nexti = {
	.name = "nexti",
	.aliases = { "ni" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_COUNT },
	.usage = "nexti [count]",
	.summary = "Run one bytecode instruction.",
	.help =
	    "Run the next bytecode instruction, or that many, through\n"
	    "the functions that it calls, and show the one that follows.\n"
	    "See disassemble.",
	.example = "ni 2",
	.needs = PD_CAP_RUN,
	.soft = true,
	.exec = run,
};
