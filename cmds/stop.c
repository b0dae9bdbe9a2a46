/*
 * A stop and its stack, told as pdb tells them.
 *
 * Called by session.c when an event has come, and by commands that show
 * frames.  The stop's own words come at once; its frame comes before the
 * next prompt, or, up to 3.12, before the next command that is not from a rc
 * file (Lib/pdb.py interaction()).  It must not resume anything.
 */
#include <string.h>

#include "cmds/room.h"

#define LL(x)	((unsigned long long)(x))

long
pd_frame_now(const struct pd_frame *f)
{
	return (long)(f->now != 0 ? f->now : f->line);
}

void
pd_stop_forget(struct pd_session *s)
{
	pd_rec_done(&pd_frames_desc, &s->stack);
	pd_rec_done(&pd_stop_desc, &s->stop);
	s->have_stack = false;
	s->frame_unshown = false;
	s->list_line = 0;
	s->frame = 0;
	s->thread = 0;
}

int
pd_session_stack(struct pd_session *s)
{
	struct pd_frames_req req = { 0 };
	struct pd_err err;

	if (s->have_stack)
		return 0;
	if (s->target->ops->frames(s->target, &req, &s->stack, &err) < 0) {
		pd_session_fail(s, &err);
		return -1;
	}
	/* A script that does not compile has a place and no frame. */
	if (s->stack.frames.n == 0 && s->stop.frame.file.s != NULL)
		pd_rec_copy(&pd_frame_desc, PD_VEC_PUSH(&s->stack.frames,
		    struct pd_frame), &s->stop.frame);
	s->have_stack = true;
	return 0;
}

const struct pd_frame *
pd_session_frame(struct pd_session *s)
{
	if (!s->alive)
		return NULL;
	if (s->frame == s->stop.frame.index && !s->have_stack)
		return s->stop.frame.file.s != NULL ? &s->stop.frame : NULL;
	if (pd_session_stack(s) < 0)
		return NULL;
	PD_VEC_EACH(&s->stack.frames, struct pd_frame, f)
		if (f->index == s->frame)
			return f;
	return NULL;
}

void
pd_session_select(struct pd_session *s, uint64_t index)
{
	const struct pd_frame *f;

	s->frame = index;
	s->list_line = 0;
	f = pd_session_frame(s);
	if (f != NULL)
		pd_session_print_frame(s, f, true);
}

void
pd_session_print_frame(struct pd_session *s, const struct pd_frame *f,
    bool current)
{
	struct pd_sink *out = s->sink;

	pd_out(out, PD_ROLE_MARK, "%s", current ? "> " : "  ");
	pd_out_str(out, PD_ROLE_FILE, &f->file);
	pd_out(out, PD_ROLE_TEXT, "(");
	if (f->line != 0)
		pd_out(out, PD_ROLE_LINE, "%llu", LL(f->line));
	else
		pd_out(out, PD_ROLE_LINE, s->stop.first ? "0" : "None");
	pd_out(out, PD_ROLE_TEXT, ")");
	if (f->func.n > 0)
		pd_out_str(out, PD_ROLE_NAME, &f->func);
	else
		pd_out(out, PD_ROLE_NAME, "<lambda>");
	pd_out(out, PD_ROLE_TEXT, "()");
	if (f->has_retval) {
		pd_out(out, PD_ROLE_MARK, "->");
		pd_out_str(out, PD_ROLE_VALUE, &f->retval);
	}
	/* Without a line at the program's first stop: it is empty. */
	if (f->line == 0 && !s->stop.first) {
		pd_out(out, PD_ROLE_TEXT, "\n-> Warning: lineno is None");
	} else if (f->source.s != NULL) {
		pd_out(out, PD_ROLE_MARK, "\n-> ");
		pd_source_put(s, NULL, f->source.s, f->source.n);
	}
	pd_out(out, PD_ROLE_TEXT, "\n");
}

void
pd_stop_show_frame(struct pd_session *s)
{
	const struct pd_frame *f;

	if (!s->frame_unshown)
		return;
	s->frame_unshown = false;
	f = pd_session_frame(s);
	if (f != NULL && !pd_screen_shows_stop(s))
		pd_session_print_frame(s, f, true);
	pd_source_warn_edited(s, true, false);
	if (s->stop.insn.s != NULL) {
		pd_out(s->sink, PD_ROLE_MARK, "=> ");
		pd_out_str(s->sink, PD_ROLE_TEXT, &s->stop.insn);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
	}
	pd_display_show(s);
}

static void
tell_thread(struct pd_session *s)
{
	const struct pd_thread *t = &s->stop.thread;

	if (s->last_thread != 0 && t->id != 0 && t->id != s->last_thread)
		pd_out(s->sink, PD_ROLE_NOTE,
		    t->name.s != NULL ? "[Switching to thread %llu (%s)]\n" :
		    "[Switching to thread %llu]\n", LL(t->id),
		    pd_str_c(&t->name));
	if (t->id != 0)
		s->last_thread = t->id;
}

static void
tell_line(struct pd_session *s, enum pd_role role, const struct pd_str *text)
{
	if (text->s == NULL)
		return;
	pd_out_str(s->sink, role, text);
	pd_out(s->sink, role, "\n");
}

static void
tell_exception(struct pd_session *s)
{
	if (s->stop.exc_internal)
		pd_out(s->sink, PD_ROLE_ERROR, "Internal ");
	tell_line(s, PD_ROLE_ERROR, &s->stop.exception);
}

/* What came of a step besides where it ended. */
static void
tell_step(struct pd_session *s)
{
	if (s->stop.skipped > 0)
		pd_out(s->sink, PD_ROLE_NOTE, "[passed over %llu frame%s of "
		    "skipped code]\n", LL(s->stop.skipped),
		    s->stop.skipped > 1 ? "s" : "");
	if (!s->stop.finished)
		return;
	pd_out(s->sink, PD_ROLE_NOTE, "Value returned: ");
	pd_out_str(s->sink, PD_ROLE_VALUE, &s->stop.returned);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

/* What announces a stop, by enum pd_stop_kind. */
static const char *const words[] = {
	[PD_STOP_CALL] = "--Call--\n",
	[PD_STOP_RETURN] = "--Return--\n",
	[PD_STOP_POSTMORTEM] =
	    "Uncaught exception. Entering post mortem debugging\n"
	    "Running 'cont' or 'step' will restart the program\n",
};

/* A recursive debugger has ended: the stop that it was begun at is back. */
static void
tell_left(struct pd_session *s)
{
	struct pd_vec *outer = &s->script.outer;

	if (s->stop.error.s != NULL) {
		pd_out(s->sink, PD_ROLE_ERROR, "*** ");
		tell_line(s, PD_ROLE_ERROR, &s->stop.error);
	}
	pd_out(s->sink, PD_ROLE_NOTE, "LEAVING RECURSIVE DEBUGGER\n");
	s->frame = s->stop.selected;
	if (outer->n > 0)
		s->frame = *PD_VEC_AT(outer, uint64_t, --outer->n);
}

void
pd_stop_tell_interrupted(struct pd_session *s)
{
	pd_out(s->sink, PD_ROLE_NOTE, "\nProgram interrupted. "
	    "(Use 'cont' to resume).\n");
}

void
pd_stop_tell(struct pd_session *s)
{
	uint64_t kind = s->stop.kind;

	if (s->stop.left) {
		tell_left(s);
		return;
	}
	tell_thread(s);
	tell_line(s, PD_ROLE_NOTE, &s->stop.notice);
	pd_session_bp_news(s, &s->stop.bps);
	if (s->stop.interrupted)
		pd_stop_tell_interrupted(s);
	tell_line(s, PD_ROLE_TEXT, &s->stop.header);
	tell_step(s);
	if (kind == PD_STOP_EXCEPTION)
		tell_exception(s);
	else if (kind < sizeof(words) / sizeof(words[0]) &&
	    words[kind] != NULL)
		pd_out(s->sink, PD_ROLE_NOTE, "%s", words[kind]);
	s->frame = s->stop.selected;
	s->frame_unshown = true;
	pd_cmdlist_stop(s);
}
