/*
 * How a program begins, ends and begins anew.
 *
 * The flow is that of Lib/pdb.py main(), which differs by version.
 * Called by session.c with events, and by run, quit, kill.  A
 * program that ends without having stopped is never restarted by itself:
 * that would go on for ever.
 */
#include <signal.h>
#include <string.h>

#include "cmds/corefile.h"
#include "cmds/walk.h"

#define FINISHED	"The program finished and will be restarted\n"

void
pd_end_process(struct pd_session *s)
{
	struct pd_resume req = { .mode = PD_RESUME_QUIT };
	struct pd_event ev = { 0 };
	struct pd_err err;

	if (!s->alive)
		return;
	pd_out_flush(s->sink);
	if (s->target->ops->resume(s->target, &req, &ev, &err) < 0 ||
	    ev.kind == PD_EVENT_STOP)
		s->target->ops->kill(s->target, &err);
	else if (ev.finished)
		pd_session_bp_news(s, &ev.finish.bps);
	pd_event_done(&ev);
	pd_stop_forget(s);
	s->alive = s->postmortem = false;
}

void
pd_end_notice(struct pd_session *s)
{
	const unsigned process = PD_CAP_FRAMES | PD_CAP_EVAL | PD_CAP_RUN;
	struct pd_resume req = { .mode = PD_RESUME_CONTINUE };
	struct pd_event ev = { 0 };
	struct pd_err err;

	if (!s->alive || (s->target->caps & process) != 0)
		return;
	if (s->target->ops->resume(s->target, &req, &ev, &err) < 0)
		pd_session_resume_failed(s, &err);
	else
		pd_session_event(s, &ev);
	pd_event_done(&ev);
}

enum pd_cmd_status
pd_end_begin(struct pd_session *s)
{
	struct pd_event ev = { 0 };
	struct pd_err err;
	enum pd_cmd_status rc;
	bool failed;

	pd_source_forget(s);
	pd_display_forget(s);
	s->script.outer.n = 0;
	s->stopped_once = false;
	s->last_thread = 0;
	pd_out_flush(s->sink);
	if (pd_redirect_open(s, &err) < 0)
		return pd_session_fail(s, &err);
	failed = s->target->ops->start(s->target, &s->launch, &ev, &err) < 0;
	pd_redirect_close(s);
	if (failed) {
		pd_event_done(&ev);
		if (!s->started) {
			s->quit = true;
			s->exit_code = 2;
		}
		return pd_session_fail(s, &err);
	}
	if (s->target->py.hex != 0)
		s->py = (unsigned)(s->target->py.hex >> 16);
	rc = pd_session_event(s, &ev);
	pd_event_done(&ev);
	return rc;
}

enum pd_cmd_status
pd_session_start(struct pd_session *s)
{
	return pd_end_begin(s);
}

static enum pd_cmd_status
end_session(struct pd_session *s, int code)
{
	s->exit_code = code;
	s->quit = true;
	return PD_CMD_QUIT;
}

/* A start that came to nothing: the line that the target has for it. */
static enum pd_cmd_status
tell_failed(struct pd_session *s, const struct pd_event *ev)
{
	pd_out(s->sink, PD_ROLE_ERROR, "%s\n", pd_str_c(&ev->text));
	s->errors++;
	return s->started ? PD_CMD_FAILED : end_session(s, ev->code);
}

static void
tell_death(struct pd_session *s, const struct pd_event *ev)
{
	const char *name, *text;

	if (ev->kind == PD_EVENT_SIGNALED) {
		name = sigabbrev_np(ev->code);
		text = sigdescr_np(ev->code);
		if (name != NULL)
			pd_out(s->sink, PD_ROLE_NOTE, "Program terminated "
			    "with signal SIG%s, %s.", name, text);
		else
			pd_out(s->sink, PD_ROLE_NOTE, "Program terminated "
			    "with signal %d.", ev->code);
	} else {
		pd_out(s->sink, PD_ROLE_NOTE, ev->detached ?
		    "Program exited with status %d, out of the debugger's "
		    "hands since it executed another program or closed its "
		    "channel." : "Program exited with status %d without "
		    "unwinding (os._exit?).", ev->code);
	}
	if (ev->last.s != NULL)
		pd_out(s->sink, PD_ROLE_NOTE, " Last known line: %s",
		    ev->last.s);
	pd_out(s->sink, PD_ROLE_NOTE, "\n");
}

/*
 * The very first start ended before the program's first line.  If there was
 * none (an empty file) the session goes on without a process; else Python or
 * the engine has said why nothing could be run.
 */
static enum pd_cmd_status
never_stopped(struct pd_session *s, const struct pd_event *ev)
{
	if (ev->finished && !ev->finish.system_exit) {
		pd_out(s->sink, PD_ROLE_NOTE,
		    "The program finished without a line to stop at\n");
		return PD_CMD_RESUMED;
	}
	return end_session(s, ev->kind == PD_EVENT_SIGNALED ?
	    128 + ev->code : ev->code);
}

static void
tell_end(struct pd_session *s, const struct pd_event *ev, bool again)
{
	if (ev->finish.system_exit)
		pd_out(s->sink, PD_ROLE_NOTE, "The program exited via "
		    "sys.exit(). Exit status: %s\n",
		    pd_str_c(&ev->finish.text));
	if (again && (!ev->finish.system_exit || s->py >= PD_PY(3, 13)))
		pd_out(s->sink, PD_ROLE_NOTE, FINISHED);
	else if (!again && !ev->finish.system_exit)
		pd_out(s->sink, PD_ROLE_NOTE, "The program finished\n");
}

enum pd_cmd_status
pd_end_event(struct pd_session *s, struct pd_event *ev)
{
	bool first = !s->started, had_stop = s->stopped_once;
	bool died = ev->kind == PD_EVENT_SIGNALED || !ev->finished;
	bool again = had_stop && !died && !s->batch;

	if (ev->kind == PD_EVENT_FAILED)
		return tell_failed(s, ev);
	s->started = true;
	s->alive = s->postmortem = false;
	if (ev->finished)
		pd_session_bp_news(s, &ev->finish.bps);
	if (died && (!first || ev->kind == PD_EVENT_SIGNALED))
		tell_death(s, ev);
	s->child_ended = true;
	s->child_code = ev->kind == PD_EVENT_SIGNALED ? 128 + ev->code :
	    ev->code;
	if (first)
		return never_stopped(s, ev);
	if (s->batch)
		s->exit_code = s->child_code;
	if (died)
		return PD_CMD_RESUMED;
	tell_end(s, ev, again);
	return again ? pd_end_begin(s) : PD_CMD_RESUMED;
}

enum pd_cmd_status
pd_end_postmortem(struct pd_session *s)
{
	pd_end_process(s);
	s->child_ended = true;
	s->child_code = 1;
	if (s->batch) {
		s->exit_code = 1;
		return PD_CMD_RESUMED;
	}
	if (s->py < PD_PY(3, 13))
		pd_out(s->sink, PD_ROLE_NOTE, "Post mortem debugger finished. "
		    "The %s will be restarted\n", pd_str_c(&s->what));
	else
		pd_out(s->sink, PD_ROLE_NOTE, FINISHED);
	return pd_end_begin(s);
}

enum pd_cmd_status
pd_session_quit(struct pd_session *s)
{
	if (s->alive && s->stop.depth > 0)
		return pd_resume_mode(s, PD_RESUME_LEAVE);
	/* Up to 3.12 the first q only leaves the post mortem. */
	if (s->alive && s->postmortem && s->py < PD_PY(3, 13) && !s->batch)
		return pd_end_postmortem(s);
	pd_end_process(s);
	s->quit = true;
	return PD_CMD_QUIT;
}

enum pd_cmd_status
pd_session_kill(struct pd_session *s)
{
	struct pd_err err;

	if (s->target->ops->kill(s->target, &err) < 0)
		return pd_session_fail(s, &err);
	pd_stop_forget(s);
	s->alive = s->postmortem = false;
	pd_out(s->sink, PD_ROLE_NOTE, "[Program killed]\n");
	return PD_CMD_STAY;
}

static void
tell_restart(struct pd_session *s, bool postmortem, bool was_alive)
{
	pd_out(s->sink, PD_ROLE_NOTE, "Restarting %s with arguments:\n\t",
	    pd_str_c(&s->what));
	for (size_t i = s->program_args; i < s->launch.argv.n; i++) {
		if (i > s->program_args)
			pd_out(s->sink, PD_ROLE_NOTE, " ");
		pd_out_str(s->sink, PD_ROLE_NOTE,
		    PD_VEC_AT(&s->launch.argv, struct pd_str, i));
	}
	pd_out(s->sink, PD_ROLE_NOTE, "\n");
	/* 3.13's pdb says this too: main() falls through to it. */
	if (was_alive && !postmortem && s->py >= PD_PY(3, 13))
		pd_out(s->sink, PD_ROLE_NOTE, FINISHED);
}

int
pd_session_set_args(struct pd_session *s, const char *args,
    struct pd_err *err)
{
	struct pd_vec *argv = &s->launch.argv, words = { 0 };
	struct pd_redirect before = s->redirect;
	struct pd_buf plain = { 0 };
	int rc;

	memset(&s->redirect, 0, sizeof(s->redirect));
	rc = pd_redirect_parse(s, args, &plain, err);
	if (rc == 0)
		rc = pd_parse_shlex(pd_buf_c(&plain), &words, err);
	pd_buf_done(&plain);
	if (rc < 0) {
		pd_redirect_free(s);
		s->redirect = before;
		return -1;
	}
	for (int i = 0; i < 3; i++)
		pd_str_done(&before.file[i]);
	while (argv->n > s->program_args)
		pd_str_done(PD_VEC_AT(argv, struct pd_str, --argv->n));
	PD_VEC_EACH(&words, struct pd_str, w)
		*PD_VEC_PUSH(argv, struct pd_str) = *w;
	pd_vec_done(&words);
	return 0;
}

enum pd_cmd_status
pd_session_restart(struct pd_session *s, const char *args)
{
	bool postmortem = s->postmortem;
	bool was_alive = s->alive && s->program == NULL;
	struct pd_err err;

	if (args != NULL && *args != '\0' &&
	    pd_session_set_args(s, args, &err) < 0) {
		pd_out_error(s->sink, "Cannot run %s: %s", args, err.msg);
		return PD_CMD_FAILED;
	}
	s->redirect.fresh = true;
	pd_corefile_leave(s);
	pd_end_process(s);
	tell_restart(s, postmortem, was_alive);
	return pd_end_begin(s);
}
