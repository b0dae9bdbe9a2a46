/*
 * finish: runs until the frame has returned, and tells with what.
 */
#include "cmds/walk.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_resume req = { .mode = PD_RESUME_RETURN, .frame = s->frame,
	    .finish = true };
	const struct pd_frame *f = pd_session_frame(s);

	if (*arg != '\0')
		return pd_session_bad_arg(s, &pd_cmd_finish, arg);
	if (f != NULL && !s->postmortem && !f->is_module) {
		pd_out(s->sink, PD_ROLE_NOTE, "Run till exit from ");
		pd_frames_number(s, f);
	}
	return pd_session_resume(s, &req);
}

const struct pd_cmd pd_cmd_finish = {
	.name = "finish",
	.aliases = { "fin" },
	.group = PD_GROUP_RUNNING,
	.usage = "fin(ish)",
	.summary = "Run until this function has returned.",
	.help =
	    "Run until the selected frame's function has returned, and\n"
	    "stop in its caller, right behind the call.  The value that\n"
	    "was returned is shown.  In a generator the next value that\n"
	    "it yields is waited for.",
	.example = "finish",
	.needs = PD_CAP_RUN,
	.soft = true,
	.exec = run,
};
