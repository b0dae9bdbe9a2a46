/*
 * The display pane: the expressions of `display`, with the values that they
 * had at this stop and before.
 *
 * The session evaluates them when it tells a stop, for that is what the user
 * asked for; here only the texts that it has kept are shown.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/list.h"
#include "ui/tui/panes.h"

struct shown {
	uint64_t	 id;
	struct pd_str	 expr, text;
	struct pd_str	 old;		/* before it changed; absent: it has
					   not since the last stop */
};

struct display {
	struct pd_list	 list;
	struct pd_vec	 shown;		/* struct shown; behind those that the
					   list has are those of other frames,
					   for what they were */
	bool		 stopped;	/* since the last fetch */
};

static struct display *
display_of(struct pd_pane *p)
{
	return (struct display *)p;
}

static struct shown *
shown_at(struct display *d, size_t i)
{
	return PD_VEC_AT(&d->shown, struct shown, i);
}

static void
shown_done(struct shown *s)
{
	pd_str_done(&s->expr);
	pd_str_done(&s->text);
	pd_str_done(&s->old);
}

static void
add_text(struct pd_list *l, size_t i, struct pd_buf *b)
{
	const struct shown *sh = shown_at((struct display *)l, i);

	pd_buf_addf(b, "%s %s", pd_str_c(&sh->expr), pd_str_c(&sh->text));
}

static void
draw_row(struct pd_list *l, size_t i, struct pd_surface *s, long left)
{
	const struct shown *sh = shown_at((struct display *)l, i);
	long col = left;

	col = pd_surface_puts(s, 0, col, PD_ROLE_NAME, pd_str_c(&sh->expr));
	col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, " = ");
	col = pd_surface_puts(s, 0, col, sh->old.s != NULL ? PD_UI_CHANGED :
	    PD_ROLE_VALUE, pd_str_c(&sh->text));
	if (sh->old.s != NULL) {
		col = pd_surface_puts(s, 0, col, PD_UI_DIM, "  was ");
		col = pd_surface_puts(s, 0, col, PD_UI_DIM, sh->old.s);
	}
	pd_list_cut(s, left, col);
}

static bool
is_gdb(const struct pd_session *s)
{
	return s->settings.dialect == PD_DIALECT_GDB;
}

static void
stale(struct pd_pane *p, enum pd_stale why)
{
	if (why == PD_STALE_STOP)
		display_of(p)->stopped = true;
	pd_pane_refetch(p);
}

static bool
same(const struct pd_str *a, const struct pd_str *b)
{
	return a->n == b->n && memcmp(pd_str_c(a), pd_str_c(b), a->n) == 0;
}

/* What has become of it since it was shown as was (or NULL). */
static void
compare(struct shown *now, struct shown *was, bool stopped)
{
	if (was == NULL || was->text.s == NULL)
		return;
	if (!same(&now->text, &was->text))
		now->old = pd_str_dup(&was->text);
	else if (!stopped && was->old.s != NULL)
		now->old = pd_str_dup(&was->old);
}

static struct shown *
find(struct pd_vec *v, uint64_t id)
{
	PD_VEC_EACH(v, struct shown, it)
		if (it->id == id)
			return it;
	return NULL;
}

static void
forget(struct pd_vec *v)
{
	PD_VEC_EACH(v, struct shown, it)
		shown_done(it);
	pd_vec_done(v);
}

/* Those that belong to the selected frame, or the others. */
static void
collect(struct display *d, uint64_t mark, bool visible, struct pd_vec *before)
{
	struct pd_session *s = d->list.pane.session;

	PD_VEC_EACH(&s->script.displays, struct pd_display, it) {
		struct shown *sh;

		if (visible != (is_gdb(s) || (mark != 0 && it->mark == mark)))
			continue;
		sh = PD_VEC_PUSH(&d->shown, struct shown);
		sh->id = it->id;
		sh->expr = pd_str_dup(&it->expr);
		sh->text = pd_str_dup(&it->text);
		compare(sh, find(before, it->id), d->stopped);
	}
}

static void
fetch(struct pd_pane *p)
{
	struct display *d = display_of(p);
	const struct pd_frame *f = pd_session_frame(p->session);
	uint64_t mark = f != NULL ? f->mark : 0;
	struct pd_vec before = d->shown;

	memset(&d->shown, 0, sizeof(d->shown));
	collect(d, mark, true, &before);
	d->list.n = d->shown.n;
	collect(d, mark, false, &before);
	forget(&before);
	d->stopped = false;
	pd_list_fix(&d->list);
}

static void
add_asked(void *ctx, const char *text)
{
	struct pd_pane *p = ctx;

	if (*text != '\0')
		pd_tui_runf(p->tui, "display %s", text);
}

static bool
action(struct pd_pane *p, const char *name, const char *arg)
{
	struct display *d = display_of(p);
	size_t i;

	if (pd_list_action(p, name))
		return true;
	if (strcmp(name, "add") == 0) {
		if (*arg != '\0')
			add_asked(p, arg);
		else
			pd_tui_ask(p->tui, "display: ", add_asked, p);
		return true;
	}
	if (strcmp(name, "open") != 0 && strcmp(name, "delete") != 0)
		return false;
	if (!pd_list_at(&d->list, &i))
		pd_tui_message(p->tui, "nothing is displayed");
	else if (strcmp(name, "open") == 0)
		pd_tui_page(p->tui, pd_str_c(&shown_at(d, i)->expr),
		    pd_str_c(&shown_at(d, i)->text), shown_at(d, i)->text.n);
	else if (is_gdb(p->session))
		pd_tui_runf(p->tui, "undisplay %llu",
		    (unsigned long long)shown_at(d, i)->id);
	else
		pd_tui_runf(p->tui, "undisplay %s",
		    pd_str_c(&shown_at(d, i)->expr));
	return true;
}

static bool
expand(struct pd_pane *p, char what, struct pd_buf *b)
{
	struct display *d = display_of(p);
	size_t i;

	if (!pd_list_at(&d->list, &i))
		return false;
	if (what == 'n')
		pd_buf_addf(b, "%llu", (unsigned long long)shown_at(d, i)->id);
	else if (what == 'e')
		pd_buf_adds(b, pd_str_c(&shown_at(d, i)->expr));
	else
		return false;
	return true;
}

static void
display_free(struct pd_pane *p)
{
	struct display *d = display_of(p);

	forget(&d->shown);
	pd_list_done(&d->list);
	free(d);
}

struct pd_pane *
pd_display_make(void)
{
	struct display *d = pd_xcalloc(1, sizeof(*d));

	d->list.title = "display";
	d->list.empty = "nothing is displayed: display EXPRESSION";
	d->list.row = draw_row;
	d->list.text = add_text;
	return &d->list.pane;
}

const struct pd_pane_ops pd_display_ops = {
	.name = "display",
	.what = "the displayed expressions",
	.context = PD_KEYS_DISPLAY,
	.min_rows = 1,
	.rank = 25,
	.title = pd_list_title,
	.stale = stale,
	.fetch = fetch,
	.draw = pd_list_draw,
	.resize = pd_list_resize,
	.action = action,
	.mouse = pd_list_mouse,
	.expand = expand,
	.search = pd_list_search,
	.free = display_free,
};
