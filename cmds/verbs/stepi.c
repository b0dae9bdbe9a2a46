/*
 * stepi: one bytecode instruction.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_resume req = { .mode = PD_RESUME_STEP, .frame = s->frame,
	    .insn = true };

	return pd_step_counted(s, &pd_cmd_stepi, arg, &req);
}

const struct pd_cmd pd_cmd_stepi = {
	.name = "stepi",
	.aliases = { "si" },
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_COUNT },
	.usage = "stepi [count]",
	.summary = "Run one bytecode instruction, into calls.",
	.help =
	    "Run the next bytecode instruction, or that many, into\n"
	    "the functions that it calls, and show the one that follows.\n"
	    "See disassemble.",
	.example = "si",
	.needs = PD_CAP_RUN,
	.soft = true,
	.exec = run,
};
