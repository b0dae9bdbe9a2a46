/*
 * Displays: values of a frame that are shown when they have changed.
 *
 * Called by stop.c when it has shown the stop's frame, and by the verbs
 * display and undisplay.  As in pdb a display belongs to the frame that it was
 * made in.  What is compared is the text of the value, so that a change in
 * place is seen too.
 */
#include "cmds/display.h"

#include <string.h>

#include "cmds/walk.h"

struct pd_str
pd_display_value(struct pd_session *s, const struct pd_str *expr)
{
	struct pd_eval req = { .frame = s->frame, .style = PD_EVAL_SAFE,
	    .text = *expr, .max = (uint64_t)s->settings.print_elements };
	struct pd_value v = { 0 };
	struct pd_str text;
	struct pd_err err;

	pd_out_flush(s->sink);
	if (s->target->ops->eval(s->target, &req, &v, &err) < 0)
		return pd_strf("** %s **", err.msg);
	text = v.text;
	memset(&v.text, 0, sizeof(v.text));
	pd_rec_done(&pd_value_desc, &v);
	return text.s != NULL ? text : pd_str_new("", 0);
}

static void
put(struct pd_session *s, const char *head, const struct pd_display *d)
{
	pd_out(s->sink, PD_ROLE_TEXT, "%s", head);
	pd_out_str(s->sink, PD_ROLE_NAME, &d->expr);
	pd_out(s->sink, PD_ROLE_TEXT, ": ");
	pd_out_str(s->sink, PD_ROLE_VALUE, &d->text);
}

static bool
same(const struct pd_str *a, const struct pd_str *b)
{
	return a->n == b->n && (a->n == 0 || memcmp(a->s, b->s, a->n) == 0);
}

void
pd_display_show(struct pd_session *s)
{
	uint64_t mark = pd_display_mark(s);

	if (pd_dialect_gdb(s)) {
		pd_display_show_gdb(s);
		return;
	}
	if (mark == 0)
		return;
	for (size_t i = 0; i < s->script.displays.n; i++) {
		struct pd_display *d = PD_VEC_AT(&s->script.displays,
		    struct pd_display, i);
		struct pd_str now, old;

		if (d->mark != mark)
			continue;
		now = pd_display_value(s, &d->expr);
		if (same(&now, &d->text)) {
			pd_str_done(&now);
			continue;
		}
		old = d->text;
		d->text = now;
		put(s, "display ", d);
		pd_out(s->sink, PD_ROLE_TEXT, "  [old: ");
		pd_out_str(s->sink, PD_ROLE_VALUE, &old);
		pd_out(s->sink, PD_ROLE_TEXT, "]\n");
		pd_str_done(&old);
	}
}

uint64_t
pd_display_mark(struct pd_session *s)
{
	const struct pd_frame *f;

	if (s->script.displays.n == 0)
		return 0;
	f = pd_session_frame(s);
	return f != NULL ? f->mark : 0;
}

/* The selected frame's mark; it gets one. 0: told. */
static uint64_t
make_mark(struct pd_session *s)
{
	struct pd_mark req = { .frame = s->frame };
	const struct pd_frame *f = pd_session_frame(s);
	struct pd_frame marked = { 0 };
	uint64_t mark;
	struct pd_err err;

	if (f != NULL && f->mark != 0)
		return f->mark;
	if (s->target->ops->mark(s->target, &req, &marked, &err) < 0) {
		pd_session_fail(s, &err);
		return 0;
	}
	mark = marked.mark;
	pd_rec_done(&pd_frame_desc, &marked);
	if (s->stop.frame.index == s->frame)
		s->stop.frame.mark = mark;
	PD_VEC_EACH(&s->stack.frames, struct pd_frame, it)
		if (it->index == s->frame)
			it->mark = mark;
	return mark;
}

enum pd_cmd_status
pd_display_add(struct pd_session *s, const char *expr)
{
	uint64_t mark = make_mark(s);
	struct pd_display *d = NULL;

	if (mark == 0)
		return PD_CMD_FAILED;
	PD_VEC_EACH(&s->script.displays, struct pd_display, it)
		if (it->mark == mark && pd_str_eq(&it->expr, expr))
			d = it;
	if (d == NULL) {
		d = PD_VEC_PUSH(&s->script.displays, struct pd_display);
		d->id = ++s->script.last_display;
		d->mark = mark;
		d->expr = pd_str_from(expr);
	}
	if (pd_dialect_gdb(s)) {
		pd_display_put_gdb(s, d);
		return PD_CMD_STAY;
	}
	pd_str_done(&d->text);
	d->text = pd_display_value(s, &d->expr);
	put(s, "display ", d);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
	return PD_CMD_STAY;
}

void
pd_display_list(struct pd_session *s)
{
	uint64_t mark = pd_display_mark(s);

	PD_VEC_EACH(&s->script.displays, struct pd_display, d)
		if (mark != 0 && d->mark == mark) {
			put(s, "", d);
			pd_out(s->sink, PD_ROLE_TEXT, "\n");
		}
}

bool
pd_display_remove(struct pd_session *s, const char *expr)
{
	uint64_t mark = pd_display_mark(s);
	bool found = false;

	for (size_t i = s->script.displays.n; i-- > 0;) {
		struct pd_display *d = PD_VEC_AT(&s->script.displays,
		    struct pd_display, i);

		if (mark == 0 || d->mark != mark ||
		    (*expr != '\0' && !pd_str_eq(&d->expr, expr)))
			continue;
		found = true;
		pd_str_done(&d->expr);
		pd_str_done(&d->text);
		pd_vec_remove(&s->script.displays, i, sizeof(*d));
	}
	return found;
}

void
pd_display_forget(struct pd_session *s)
{
	/* gdb's belong to no frame. */
	if (pd_dialect_gdb(s)) {
		PD_VEC_EACH(&s->script.displays, struct pd_display, d)
			d->mark = 0;
		return;
	}
	PD_VEC_EACH(&s->script.displays, struct pd_display, d) {
		pd_str_done(&d->expr);
		pd_str_done(&d->text);
	}
	pd_vec_done(&s->script.displays);
}
