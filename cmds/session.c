/*
 * The session: its life, and events becoming its state.
 *
 * Made by the ui; called by it and by commands.  The end of a program is
 * end.c's, lines are line.c's, what a stop looks like is stop.c's.  It must
 * not print for a width or a terminal, and not wait for anything but the
 * target.
 */
#include "cmds/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cmds/corefile.h"
#include "cmds/walk.h"

static void
show_output(void *ctx, const char *p, size_t n)
{
	struct pd_session *s = ctx;

	pd_out_text(s->sink, PD_ROLE_TEXT, p, n);
	pd_out_flush(s->sink);
}

static void
show_notice(void *ctx, const char *p, size_t n)
{
	struct pd_session *s = ctx;

	pd_out_text(s->sink, PD_ROLE_NOTE, p, n);
	pd_out(s->sink, PD_ROLE_NOTE, "\n");
}

void
pd_session_init(struct pd_session *s, struct pd_target *target,
    struct pd_sink *sink)
{
	memset(s, 0, sizeof(*s));
	s->target = target;
	s->sink = sink;
	sink->strict = (target->caps & PD_CAP_CORE) != 0;
	s->py = PD_PY(3, 13);
	pd_settings_init(s);
	s->launch.in = 0;
	s->launch.out = 1;
	s->launch.err = 2;
	target->output = show_output;
	target->notice = show_notice;
	target->ctx = s;
}

static void
launch_done(struct pd_launch *l)
{
	pd_str_done(&l->python);
	PD_VEC_EACH(&l->argv, struct pd_str, a)
		pd_str_done(a);
	pd_vec_done(&l->argv);
	pd_str_done(&l->cwd);
	pd_str_done(&l->start_so);
	pd_str_done(&l->engine_dir);
}

void
pd_session_done(struct pd_session *s)
{
	pd_corefile_leave(s);
	pd_stop_forget(s);
	pd_source_free(s);
	pd_skips_free(s);
	pd_redirect_free(s);
	launch_done(&s->launch);
	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		pd_rec_done(&pd_bp_desc, bp);
	pd_vec_done(&s->bps);
	PD_VEC_EACH(&s->queue, struct pd_qline, q) {
		pd_str_done(&q->text);
		pd_str_done(&q->from);
	}
	pd_vec_done(&s->queue);
	pd_script_done(&s->script);
	pd_logging_end(s);
	pd_settings_done(s);
	pd_str_done(&s->what);
	pd_str_done(&s->python_why);
	pd_str_done(&s->last_line);
	if (s->target->ctx == s) {
		s->target->output = NULL;
		s->target->notice = NULL;
	}
}

static enum pd_cmd_status
stopped(struct pd_session *s, struct pd_event *ev)
{
	pd_stop_forget(s);
	s->stop = ev->stop;
	memset(&ev->stop, 0, sizeof(ev->stop));
	s->stop_came = pd_clock_coarse_ns();
	s->alive = s->started = true;
	s->stops++;
	s->postmortem = s->stop.kind == PD_STOP_POSTMORTEM;
	s->break_asked = s->break_asked && !s->stop.interrupted;
	if (!s->stopped_once && s->program == NULL) {
		s->stopped_once = true;
		pd_bps_push_all(s);
		pd_skips_push(s);
	}
	/* Before 3.13 a script that does not compile is no post mortem. */
	if (s->postmortem && s->stop.exc_syntax && s->py < PD_PY(3, 13)) {
		pd_end_process(s);
		s->exit_code = 1;
		s->quit = true;
		return PD_CMD_QUIT;
	}
	pd_stop_tell(s);
	return PD_CMD_RESUMED;
}

enum pd_cmd_status
pd_session_event(struct pd_session *s, struct pd_event *ev)
{
	if (ev->kind == PD_EVENT_STOP)
		return stopped(s, ev);
	pd_stop_forget(s);
	s->alive = false;
	if (ev->kind == PD_EVENT_NONE) {
		pd_out_error(s->sink, "the target gave no event");
		return PD_CMD_FAILED;
	}
	return pd_end_event(s, ev);
}

enum pd_cmd_status
pd_session_resume_failed(struct pd_session *s, const struct pd_err *err)
{
	struct pd_err ignored;

	if (s->target->refused)
		return pd_session_fail(s, err);
	/* What state it is in nobody knows: it must not run on. */
	s->target->ops->kill(s->target, &ignored);
	pd_stop_forget(s);
	s->alive = s->postmortem = false;
	return pd_session_fail(s, err);
}

void
pd_session_sigint(struct pd_session *s, struct pd_resume *req)
{
	req->sigint = s->sigint;
	req->answered = s->break_answered;
	s->break_answered = false;
}

enum pd_cmd_status
pd_session_resume(struct pd_session *s, const struct pd_resume *req)
{
	struct pd_event ev = { 0 };
	struct pd_resume how = *req;	/* borrows its texts */
	struct pd_err err;
	enum pd_cmd_status rc;

	pd_session_sigint(s, &how);
	if (s->postmortem && req->mode != PD_RESUME_DEBUG)
		return pd_end_postmortem(s);
	pd_out_flush(s->sink);
	if (s->target->ops->resume(s->target, &how, &ev, &err) < 0) {
		pd_event_done(&ev);
		return pd_session_resume_failed(s, &err);
	}
	rc = pd_session_event(s, &ev);
	pd_event_done(&ev);
	return rc;
}

enum pd_cmd_status
pd_resume_mode(struct pd_session *s, enum pd_resume_mode mode)
{
	struct pd_resume req = { .mode = mode, .frame = s->frame };

	return pd_session_resume(s, &req);
}

enum pd_cmd_status
pd_session_fail(struct pd_session *s, const struct pd_err *err)
{
	pd_out_error(s->sink, "%s", err->msg);
	return PD_CMD_FAILED;
}

enum pd_cmd_status
pd_session_bad_arg(struct pd_session *s, const struct pd_cmd *cmd,
    const char *arg)
{
	if (*arg == '\0' && s->py >= PD_PY(3, 14))
		pd_out_error(s->sink, "Argument is required for this command");
	else
		pd_out_error(s->sink, "Invalid argument: %s", arg);
	pd_help_usage(s, cmd);
	return PD_CMD_FAILED;
}
