/*
 * What several commands show: values, variables, another frame.
 *
 * Called by the commands in verbs/.  A value comes as text from the
 * target, within a budget; that it was cut is said.
 */
#include <string.h>

#include "cmds/room.h"

static void
show_text(struct pd_session *s, const struct pd_value *v)
{
	pd_out_str(s->sink, PD_ROLE_VALUE, &v->text);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
	if (v->cut && v->total > 0)
		pd_out(s->sink, PD_ROLE_NOTE,
		    "[value cut: %zu bytes shown, its length is %llu]\n",
		    v->text.n,
		    (unsigned long long)v->total);
	else if (v->cut)
		pd_out(s->sink, PD_ROLE_NOTE,
		    "[value cut: %zu bytes shown]\n", v->text.n);
}

static void
show_error(struct pd_session *s, const struct pd_str *text)
{
	pd_out(s->sink, PD_ROLE_ERROR, "*** ");
	pd_out_str(s->sink, PD_ROLE_ERROR, text);
	pd_out(s->sink, PD_ROLE_ERROR, "\n");
}

enum pd_cmd_status
pd_show_value(struct pd_session *s, const char *expr, enum pd_eval_style style)
{
	struct pd_eval req = { .frame = s->frame, .style = style,
	    .max = (uint64_t)s->settings.print_elements,
	    .depth = (uint64_t)s->settings.print_depth };
	struct pd_value v = { 0 };
	struct pd_err err;
	enum pd_cmd_status rc = PD_CMD_STAY;

	/* Evaluating may print: what was said before comes first. */
	pd_out_flush(s->sink);
	req.text = pd_str_from(expr);
	if (s->target->ops->eval(s->target, &req, &v, &err) < 0) {
		rc = pd_session_fail(s, &err);
	} else if (v.failed) {
		show_error(s, &v.text);
		rc = PD_CMD_FAILED;
	} else {
		show_text(s, &v);
	}
	pd_str_done(&req.text);
	pd_rec_done(&pd_value_desc, &v);
	return rc;
}

static void
show_var(struct pd_session *s, const struct pd_var *var)
{
	pd_out_str(s->sink, PD_ROLE_NAME, &var->name);
	pd_out(s->sink, PD_ROLE_TEXT, " = ");
	if (var->undefined) {
		pd_out(s->sink, PD_ROLE_ERROR, "*** undefined ***\n");
	} else if (var->value.failed) {
		pd_out(s->sink, PD_ROLE_ERROR, "*** repr(%s) failed: ",
		    pd_str_c(&var->name));
		pd_out_str(s->sink, PD_ROLE_ERROR, &var->value.text);
		pd_out(s->sink, PD_ROLE_ERROR, " ***\n");
	} else {
		show_text(s, &var->value);
	}
}

enum pd_cmd_status
pd_show_args(struct pd_session *s, enum pd_vars_which which)
{
	struct pd_vars_req req = { .frame = s->frame, .which = which,
	    .max = (uint64_t)s->settings.print_elements,
	    .depth = (uint64_t)s->settings.print_depth };
	struct pd_vars vars = { 0 };
	struct pd_err err;

	pd_out_flush(s->sink);
	if (s->target->ops->vars(s->target, &req, &vars, &err) < 0)
		return pd_session_fail(s, &err);
	PD_VEC_EACH(&vars.vars, struct pd_var, v)
		show_var(s, v);
	pd_rec_done(&pd_vars_desc, &vars);
	return PD_CMD_STAY;
}

/* The frame `count` shown frames away, or the last one on the way. */
static bool
frame_away(struct pd_session *s, bool up, long count, uint64_t *index)
{
	struct pd_frame *v = s->stack.frames.v;
	size_t n = s->stack.frames.n, i;
	bool moved = false;

	for (i = 0; i < n && v[i].index != s->frame; i++)
		;
	while (count > 0 && i < n && (up ? i + 1 < n : i > 0)) {
		i = up ? i + 1 : i - 1;
		if (v[i].hidden)
			continue;
		*index = v[i].index;
		moved = true;
		count--;
	}
	return moved;
}

enum pd_cmd_status
pd_select_by(struct pd_session *s, const char *arg, bool up)
{
	uint64_t index = s->frame;
	long count = 1;

	if (pd_session_stack(s) < 0)
		return PD_CMD_FAILED;
	if (!frame_away(s, up, 1, &index)) {
		pd_out_error(s->sink, up ? "Oldest frame" : "Newest frame");
		return PD_CMD_FAILED;
	}
	if (*arg != '\0' && !pd_parse_int(arg, &count)) {
		pd_out_error(s->sink, "Invalid frame count (%s)", arg);
		return PD_CMD_FAILED;
	}
	index = s->frame;
	/* A negative count goes all the way, as with pdb. */
	frame_away(s, up, count < 0 ? (long)s->stack.frames.n : count,
	    &index);
	pd_session_select(s, index);
	return PD_CMD_STAY;
}
