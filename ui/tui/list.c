/*
 * What panes that are lists share.  See list.h.
 *
 * Called by the panes' ops.  It asks neither the session nor the target.
 */
#include "ui/tui/list.h"

#include <string.h>
#include <strings.h>

static struct pd_list *
list_of(struct pd_pane *p)
{
	return (struct pd_list *)p;
}

void
pd_list_fix(struct pd_list *l)
{
	pd_scroll_fix(&l->scroll, l->n, l->pane.rows);
}

bool
pd_list_at(const struct pd_list *l, size_t *i)
{
	*i = l->scroll.at;
	return l->scroll.at < l->n;
}

void
pd_list_fail(struct pd_list *l, const struct pd_err *err)
{
	pd_str_done(&l->error);
	l->error = pd_str_from(err->msg);
	l->n = 0;
}

void
pd_list_done(struct pd_list *l)
{
	pd_str_done(&l->error);
}

bool
pd_list_can_look(const struct pd_list *l)
{
	const struct pd_session *s = l->pane.session;

	return s->alive && (s->target->caps & PD_CAP_FRAMES) != 0;
}

const char *
pd_list_base(const struct pd_str *file)
{
	const char *s = pd_str_c(file), *slash = strrchr(s, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 : s;
}

bool
pd_list_contains(const char *text, const char *what)
{
	return strcasestr(text, what) != NULL;
}

/* ---- drawing ------------------------------------------------------------- */

void
pd_list_draw(struct pd_pane *p, struct pd_surface *s)
{
	struct pd_list *l = list_of(p);
	const char *none = l->error.s != NULL ? l->error.s : l->empty;

	/* The pane may have been drawn smaller than it was told. */
	pd_scroll_fix(&l->scroll, l->n, s->rows);
	if (l->n == 0 && none != NULL)
		pd_surface_fit(s, 0, 0, s->cols, PD_UI_DIM, none,
		    strlen(none));
	for (unsigned i = 0; i < s->rows && l->scroll.top + i < l->n; i++) {
		size_t at = l->scroll.top + i;
		struct pd_surface line = pd_surface_sub(s, i, 0, 1, s->cols);

		l->row(l, at, &line, -(long)l->scroll.left);
		if (at == l->scroll.at)
			pd_surface_under(s, i, 0, s->cols, s->focus ?
			    PD_UI_CURSOR : PD_UI_CURSOR_OFF);
	}
}

void
pd_list_cut(struct pd_surface *s, long left, long col)
{
	if (s->cols == 0)
		return;
	if (left < 0)
		pd_surface_puts(s, 0, 0, PD_UI_FOLD, s->ascii ? "<" : "…");
	if (col > (long)s->cols)
		pd_surface_puts(s, 0, (long)s->cols - 1, PD_UI_FOLD,
		    s->ascii ? ">" : "…");
}

void
pd_list_resize(struct pd_pane *p, unsigned rows, unsigned cols)
{
	(void)cols;
	if (rows > 0)
		pd_scroll_fix(&list_of(p)->scroll, list_of(p)->n, rows);
}

void
pd_list_title_as(struct pd_pane *p, const char *title, struct pd_buf *b)
{
	struct pd_list *l = list_of(p);

	pd_buf_adds(b, title);
	if (l->n > p->rows && p->rows > 0)
		pd_buf_addf(b, " %zu/%zu", l->scroll.at + 1, l->n);
}

void
pd_list_title(struct pd_pane *p, struct pd_buf *b)
{
	pd_list_title_as(p, list_of(p)->title, b);
}

bool
pd_list_expand(char what, uint64_t number, const struct pd_str *file,
    uint64_t line, struct pd_buf *b)
{
	if (what == 'n')
		pd_buf_addf(b, "%llu", (unsigned long long)number);
	else if (what == 'f' && file->s != NULL)
		pd_buf_adds(b, file->s);
	else if (what == 'l' && file->s != NULL)
		pd_buf_addf(b, "%llu", (unsigned long long)line);
	else
		return false;
	return true;
}

/* ---- moving -------------------------------------------------------------- */

bool
pd_list_action(struct pd_pane *p, const char *action)
{
	struct pd_list *l = list_of(p);

	if (!pd_scroll_action(&l->scroll, action, l->n, p->rows))
		return false;
	pd_pane_dirty(p);
	return true;
}

bool
pd_list_mouse(struct pd_pane *p, const struct pd_mouse *m)
{
	struct pd_list *l = list_of(p);
	size_t at = l->scroll.top + m->row;
	bool again = at == l->scroll.at && pd_pane_focused(p);

	if ((m->what != PD_MOUSE_PRESS && m->what != PD_MOUSE_DOUBLE) ||
	    m->button != 1)
		return false;
	if (at >= l->n || m->row >= p->rows)
		return false;
	l->scroll.at = at;
	pd_pane_dirty(p);
	if (again || m->what == PD_MOUSE_DOUBLE)
		p->ops->action(p, "open", "");
	/* Not ours alone: the press focuses as well. */
	return again || m->what == PD_MOUSE_DOUBLE;
}

static bool
matches(struct pd_list *l, size_t i, const char *what)
{
	struct pd_buf b = { 0 };
	bool r;

	l->text(l, i, &b);
	r = pd_list_contains(pd_buf_c(&b), what);
	pd_buf_done(&b);
	return r;
}

bool
pd_list_search(struct pd_pane *p, const char *what, bool backwards,
    bool again)
{
	struct pd_list *l = list_of(p);
	size_t at = l->scroll.at;

	for (size_t i = 0; i < l->n; i++) {
		size_t step = again ? i + 1 : i;
		size_t k = (backwards ? at + 2 * l->n - step : at + step) %
		    l->n;

		if (!matches(l, k, what))
			continue;
		l->scroll.at = k;
		pd_list_fix(l);
		pd_pane_dirty(p);
		return true;
	}
	return false;
}
