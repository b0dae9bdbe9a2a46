/*
 * disassemble: bytecode.
 */
#include "cmds/room.h"
#include "rows.h"

#define LL(x)	((unsigned long long)(x))

static void
show(struct pd_session *s, const struct pd_code *c)
{
	uint64_t line = 0;

	pd_out(s->sink, PD_ROLE_TEXT, "Bytecode of ");
	pd_out_str(s->sink, PD_ROLE_NAME, &c->func);
	pd_out(s->sink, PD_ROLE_TEXT, " in ");
	pd_out_str(s->sink, PD_ROLE_FILE, &c->file);
	pd_out(s->sink, PD_ROLE_TEXT, ":\n");
	PD_VEC_EACH(&c->insns, struct pd_insn, i) {
		if (i->line != line && i->line != 0)
			pd_out(s->sink, PD_ROLE_LINE, "%5llu ", LL(i->line));
		else
			pd_out(s->sink, PD_ROLE_TEXT, "      ");
		if (i->line != 0)
			line = i->line;
		pd_out(s->sink, PD_ROLE_MARK, "%s%s",
		    i->current ? "=>" : "  ", i->target ? ">>" : "  ");
		pd_out(s->sink, PD_ROLE_TEXT, "%5llu ", LL(i->offset));
		pd_out_str(s->sink, PD_ROLE_TEXT, &i->text);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
	}
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_code_req req = { .frame = s->frame };
	struct pd_code code = { 0 };
	struct pd_err err;
	int rc;

	if (*arg != '\0')
		req.text = pd_str_from(arg);
	rc = s->target->ops->code(s->target, &req, &code, &err);
	if (rc == 0)
		show(s, &code);
	pd_str_done(&req.text);
	pd_rec_done(&pd_code_desc, &code);
	return rc == 0 ? PD_CMD_STAY : pd_session_fail(s, &err);
}

const struct pd_cmd pd_cmd_disassemble = {
	.name = "disassemble",
	.aliases = { "disas" },
	.group = PD_GROUP_SOURCE,
	.args = { PD_ARG_EXPR },
	.usage = "disas(semble) [expression]",
	.summary = "Show bytecode.",
	.help =
	    "Show the bytecode of the selected frame's function, or of\n"
	    "the function that an expression gives: line, offset and\n"
	    "instruction.  => marks the next instruction, >> the target\n"
	    "of a jump.  Instructions that the interpreter or the\n"
	    "debugger has replaced show as they were compiled.",
	.example = "disas",
	.needs = PD_CAP_EVAL,
	.soft = true,
	.exec = run,
};
