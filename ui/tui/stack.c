/*
 * The stack pane: the frames of the thread that is looked at, innermost first.
 *
 * Fetched once for each stop, thread or frame, and only as many as the pane
 * can show around where it is scrolled to: a recursion may have thousands.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/list.h"
#include "ui/tui/panes.h"

#define AROUND	50u		/* frames fetched beyond those seen */

struct stack {
	struct pd_list	 list;
	struct pd_frames frames;	/* from first on */
	uint64_t	 first;
	uint64_t	 selected;	/* index, as fetched */
};

static struct stack *
stack_of(struct pd_pane *p)
{
	return (struct stack *)p;
}

/* NULL: not fetched. */
static const struct pd_frame *
frame_at(struct stack *st, size_t i)
{
	if (i < st->first || i - st->first >= st->frames.frames.n)
		return NULL;
	return PD_VEC_AT(&st->frames.frames, struct pd_frame, i - st->first);
}

static void
add_text(struct pd_list *l, size_t i, struct pd_buf *b)
{
	const struct pd_frame *f = frame_at((struct stack *)l, i);

	if (f != NULL)
		pd_buf_addf(b, "%s %s:%llu", pd_str_c(&f->func),
		    pd_list_base(&f->file), (unsigned long long)f->line);
}

static void
draw_row(struct pd_list *l, size_t i, struct pd_surface *s, long left)
{
	struct stack *st = (struct stack *)l;
	const struct pd_frame *f = frame_at(st, i);
	long col = left;

	if (f == NULL)
		return;
	col = pd_surface_puts(s, 0, col, i == 0 ? PD_UI_ARROW :
	    PD_UI_ARROW_OTHER, f->index != st->selected ? " " :
	    s->ascii ? ">" : "▸");
	col = pd_surface_printf(s, 0, col, PD_UI_LINENO, "%llu ",
	    (unsigned long long)f->index);
	col = pd_surface_puts(s, 0, col, PD_ROLE_NAME, f->func.n > 0 ?
	    f->func.s : "<lambda>");
	col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, " ");
	col = pd_surface_puts(s, 0, col, PD_ROLE_FILE, pd_list_base(&f->file));
	col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, ":");
	col = pd_surface_printf(s, 0, col, PD_ROLE_LINE, "%llu",
	    (unsigned long long)f->line);
	if (f->source.n > 0) {
		col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, "  ");
		col = pd_surface_puts(s, 0, col, PD_UI_DIM, f->source.s);
	}
	pd_list_cut(s, left, col);
}

static void
stale(struct pd_pane *p, enum pd_stale why)
{
	struct stack *st = stack_of(p);
	struct pd_session *s = p->session;

	/* The cursor goes where one looks. */
	if (why == PD_STALE_STOP)
		st->list.scroll.top = 0;
	if (why != PD_STALE_COMMAND || st->selected != s->frame)
		st->list.scroll.at = s->alive ? (size_t)s->frame : 0;
	pd_pane_refetch(p);
}

/* What is seen with some around it, and the cursor. */
static void
window(struct stack *st, struct pd_frames_req *req)
{
	size_t top = st->list.scroll.top, at = st->list.scroll.at;
	size_t rows = st->list.pane.rows;

	if (at < top || at >= top + rows)
		top = at > rows / 2 ? at - rows / 2 : 0;
	req->first = top > AROUND ? top - AROUND : 0;
	req->max = rows + 2 * AROUND;
}

/* A script that does not compile has a place and no frame. */
static void
lone_frame(struct stack *st)
{
	const struct pd_session *s = st->list.pane.session;

	if (st->frames.total > 0 || s->stop.frame.file.s == NULL)
		return;
	pd_rec_copy(&pd_frame_desc,
	    PD_VEC_PUSH(&st->frames.frames, struct pd_frame), &s->stop.frame);
	st->frames.total = 1;
	st->first = 0;
}

static void
fetch(struct pd_pane *p)
{
	struct stack *st = stack_of(p);
	struct pd_session *s = p->session;
	struct pd_frames_req req = { 0 };
	struct pd_err err;

	pd_rec_done(&pd_frames_desc, &st->frames);
	pd_str_done(&st->list.error);
	st->list.n = 0;
	if (!pd_list_can_look(&st->list))
		return;
	window(st, &req);
	if (s->target->ops->frames(s->target, &req, &st->frames, &err) < 0) {
		pd_list_fail(&st->list, &err);
		return;
	}
	st->first = req.first;
	st->selected = s->frame;
	lone_frame(st);
	st->list.n = (size_t)st->frames.total;
	pd_list_fix(&st->list);
}

/* Scrolled to frames that are not here yet? */
static void
follow(struct stack *st)
{
	struct pd_list *l = &st->list;
	size_t last = l->scroll.top + l->pane.rows;

	if (last > l->n)
		last = l->n;
	if (l->n > 0 && (frame_at(st, l->scroll.top) == NULL ||
	    frame_at(st, last - 1) == NULL))
		pd_pane_refetch(&l->pane);
}

static bool
action(struct pd_pane *p, const char *name, const char *arg)
{
	struct stack *st = stack_of(p);
	size_t i;

	(void)arg;
	if (strcmp(name, "open") == 0) {
		if (pd_list_at(&st->list, &i))
			pd_tui_runf(p->tui, "frame %zu", i);
		return true;
	}
	if (!pd_list_action(p, name))
		return false;
	follow(st);
	return true;
}

static void
resize(struct pd_pane *p, unsigned rows, unsigned cols)
{
	pd_list_resize(p, rows, cols);
	if (rows > 0)
		follow(stack_of(p));
}

static bool
expand(struct pd_pane *p, char what, struct pd_buf *b)
{
	struct stack *st = stack_of(p);
	const struct pd_frame *f;
	size_t i;

	if (!pd_list_at(&st->list, &i) || (f = frame_at(st, i)) == NULL)
		return false;
	return pd_list_expand(what, i, &f->file, f->line, b);
}

static void
stack_free(struct pd_pane *p)
{
	struct stack *st = stack_of(p);

	pd_rec_done(&pd_frames_desc, &st->frames);
	pd_list_done(&st->list);
	free(st);
}

struct pd_pane *
pd_stack_make(void)
{
	struct stack *st = pd_xcalloc(1, sizeof(*st));

	st->list.title = "stack";
	st->list.empty = "no stack";
	st->list.row = draw_row;
	st->list.text = add_text;
	return &st->list.pane;
}

const struct pd_pane_ops pd_stack_ops = {
	.name = "stack",
	.what = "the frames, innermost first",
	.context = PD_KEYS_STACK,
	.min_rows = 2,
	.rank = 50,
	.title = pd_list_title,
	.stale = stale,
	.fetch = fetch,
	.draw = pd_list_draw,
	.resize = resize,
	.action = action,
	.mouse = pd_list_mouse,
	.expand = expand,
	.search = pd_list_search,
	.free = stack_free,
};
