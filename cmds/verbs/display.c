/*
 * display: shows a value whenever it has changed.
 */
#include "cmds/display.h"
#include "cmds/walk.h"
#include "rows.h"

/* Since 3.12 what does not compile is refused; before, it is displayed as the
 * error that it is. */
static bool
compiles(struct pd_session *s, const char *expr)
{
	struct pd_check req = { 0 };
	struct pd_value v = { 0 };
	struct pd_err err;
	bool ok = true;

	if (s->py < PD_PY(3, 12) && !pd_dialect_gdb(s))
		return true;
	req.text = pd_str_from(expr);
	if (s->target->ops->check(s->target, &req, &v, &err) < 0) {
		pd_session_fail(s, &err);
		ok = false;
	} else if (v.failed) {
		pd_out_error(s->sink, "Unable to display %s: %s", expr,
		    pd_str_c(&v.text));
		ok = false;
	}
	pd_str_done(&req.text);
	pd_rec_done(&pd_value_desc, &v);
	return ok;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	if (pd_dialect_gdb(s) && pd_display_format(s, "display", arg))
		return PD_CMD_FAILED;
	if (*arg != '\0')
		return compiles(s, arg) ? pd_display_add(s, arg) :
		    PD_CMD_FAILED;
	if (pd_dialect_gdb(s)) {
		pd_display_show_gdb(s);
		return PD_CMD_STAY;
	}
	if (s->script.displays.n == 0 && s->py >= PD_PY(3, 12)) {
		pd_out(s->sink, PD_ROLE_NOTE,
		    "No expression is being displayed\n");
		return PD_CMD_STAY;
	}
	pd_out(s->sink, PD_ROLE_NOTE, "Currently displaying:\n");
	pd_display_list(s);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_display = {
	.name = "display",
	.group = PD_GROUP_DATA,
	.args = { PD_ARG_EXPR },
	.usage = "display [expression]",
	.summary = "Show a value whenever it has changed.",
	.help =
	    "Show the expression's value now, and at each stop in the\n"
	    "selected frame at which it shows as something else, changes\n"
	    "in place included.  Without an argument list the frame's\n"
	    "displays.  In the gdb dialect displays have numbers, are\n"
	    "shown at each stop whose frame knows their names, and all\n"
	    "of them without an argument.",
	.example = "display len(queue), queue[:3]",
	.needs = PD_CAP_EVAL,
	.exec = run,
};
