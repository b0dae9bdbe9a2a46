/*
 * The threads pane: all threads, which one has stopped and which is looked at.
 *
 * Fetched once for each stop.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/list.h"
#include "ui/tui/panes.h"

struct threads {
	struct pd_list	 list;
	struct pd_threads threads;
	uint64_t	 selected;	/* number; 0: the stopped one */
};

static struct threads *
threads_of(struct pd_pane *p)
{
	return (struct threads *)p;
}

static const struct pd_thread *
thread_at(struct threads *t, size_t i)
{
	return PD_VEC_AT(&t->threads.threads, struct pd_thread, i);
}

static bool
is_selected(const struct threads *t, const struct pd_thread *th)
{
	return t->selected != 0 ? th->id == t->selected : th->current;
}

static void
add_text(struct pd_list *l, size_t i, struct pd_buf *b)
{
	const struct pd_thread *th = thread_at((struct threads *)l, i);

	pd_buf_addf(b, "%llu %s %s", (unsigned long long)th->id,
	    pd_str_c(&th->name), pd_str_c(&th->frame.func));
}

static void
draw_row(struct pd_list *l, size_t i, struct pd_surface *s, long left)
{
	struct threads *t = (struct threads *)l;
	const struct pd_thread *th = thread_at(t, i);
	long col = left;

	col = pd_surface_puts(s, 0, col, PD_UI_ARROW, !is_selected(t, th) ?
	    " " : s->ascii ? ">" : "▸");
	col = pd_surface_printf(s, 0, col, PD_UI_LINENO, "%llu%s ",
	    (unsigned long long)th->id, th->current ? "*" : "");
	if (th->name.s != NULL) {
		col = pd_surface_puts(s, 0, col, PD_ROLE_NAME, th->name.s);
		col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, " ");
	}
	if (th->frame.file.s != NULL) {
		col = pd_surface_puts(s, 0, col, PD_ROLE_VALUE,
		    pd_str_c(&th->frame.func));
		col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, " ");
		col = pd_surface_puts(s, 0, col, PD_ROLE_FILE,
		    pd_list_base(&th->frame.file));
		col = pd_surface_printf(s, 0, col, PD_ROLE_LINE, ":%llu",
		    (unsigned long long)th->frame.line);
	}
	pd_list_cut(s, left, col);
}

static void
stale(struct pd_pane *p, enum pd_stale why)
{
	if (why == PD_STALE_STOP)
		threads_of(p)->list.scroll.at = 0;
	pd_pane_refetch(p);
}

static void
fetch(struct pd_pane *p)
{
	struct threads *t = threads_of(p);
	struct pd_session *s = p->session;
	struct pd_nothing nothing = { 0 };
	struct pd_err err;

	pd_rec_done(&pd_threads_desc, &t->threads);
	pd_str_done(&t->list.error);
	t->list.n = 0;
	if (!pd_list_can_look(&t->list))
		return;
	if (s->target->ops->threads(s->target, &nothing, &t->threads, &err) <
	    0) {
		pd_list_fail(&t->list, &err);
		return;
	}
	t->selected = s->thread;
	t->list.n = t->threads.threads.n;
	pd_list_fix(&t->list);
}

static bool
action(struct pd_pane *p, const char *name, const char *arg)
{
	struct threads *t = threads_of(p);
	size_t i;

	(void)arg;
	if (strcmp(name, "open") != 0)
		return pd_list_action(p, name);
	if (pd_list_at(&t->list, &i))
		pd_tui_runf(p->tui, "thread %llu",
		    (unsigned long long)thread_at(t, i)->id);
	return true;
}

static bool
expand(struct pd_pane *p, char what, struct pd_buf *b)
{
	struct threads *t = threads_of(p);
	const struct pd_thread *th;
	size_t i;

	if (!pd_list_at(&t->list, &i))
		return false;
	th = thread_at(t, i);
	return pd_list_expand(what, th->id, &th->frame.file, th->frame.line,
	    b);
}

static void
threads_free(struct pd_pane *p)
{
	struct threads *t = threads_of(p);

	pd_rec_done(&pd_threads_desc, &t->threads);
	pd_list_done(&t->list);
	free(t);
}

struct pd_pane *
pd_threads_make(void)
{
	struct threads *t = pd_xcalloc(1, sizeof(*t));

	t->list.title = "threads";
	t->list.empty = "no threads";
	t->list.row = draw_row;
	t->list.text = add_text;
	return &t->list.pane;
}

const struct pd_pane_ops pd_threads_ops = {
	.name = "threads",
	.what = "the program's threads",
	.context = PD_KEYS_THREADS,
	.min_rows = 1,
	.rank = 20,
	.title = pd_list_title,
	.stale = stale,
	.fetch = fetch,
	.draw = pd_list_draw,
	.resize = pd_list_resize,
	.action = action,
	.mouse = pd_list_mouse,
	.expand = expand,
	.search = pd_list_search,
	.free = threads_free,
};
