/*
 * The pager pane: a long text, over the other panes.
 *
 * pd_tui_page() fills and shows it.  Long lines are broken to the pane's width.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/tui-room.h"

struct line {
	size_t	at, n;			/* in the text */
};

struct pager {
	struct pd_pane	 pane;
	struct pd_str	 title, text;
	struct pd_vec	 lines;		/* struct line, for this width */
	size_t		 top;
	size_t		 found;		/* a line's number + 1; 0: none */
};

static struct pager *
pager_of(struct pd_pane *p)
{
	return (struct pager *)(void *)p;
}

static void
add_line(struct pager *g, size_t at, size_t n)
{
	*PD_VEC_PUSH(&g->lines, struct line) = (struct line){ at, n };
}

/* Breaks the text at newlines and at the width. */
static void
break_lines(struct pager *g)
{
	const char *p = g->text.s;
	size_t from = 0, i = 0;
	long col = 0, width = g->pane.cols > 0 ? (long)g->pane.cols : 80;

	g->lines.n = 0;
	while (i < g->text.n) {
		uint32_t ch;
		int w;
		size_t n;

		if (p[i] == '\n') {
			add_line(g, from, i - from);
			from = ++i;
			col = 0;
			continue;
		}
		n = pd_text_char(p + i, g->text.n - i, &ch, &w);
		w = w == -1 ? (int)(8 - col % 8) : w;
		if (col + w > width && i > from) {
			add_line(g, from, i - from);
			from = i;
			col = 0;
			continue;
		}
		col += w;
		i += n;
	}
	if (from < i)
		add_line(g, from, i - from);
}

static void
pager_title(struct pd_pane *p, struct pd_buf *out)
{
	struct pager *g = pager_of(p);
	size_t last = g->top + p->rows;

	last = last < g->lines.n ? last : g->lines.n;
	pd_buf_addf(out, "%s  %zu-%zu of %zu  q puts it away",
	    pd_str_c(&g->title), g->lines.n > 0 ? g->top + 1 : 0, last,
	    g->lines.n);
}

static void
pager_draw(struct pd_pane *p, struct pd_surface *s)
{
	struct pager *g = pager_of(p);

	for (unsigned i = 0; i < s->rows && g->top + i < g->lines.n; i++) {
		struct line *l = PD_VEC_AT(&g->lines, struct line, g->top + i);

		pd_surface_put(s, i, 0, PD_ROLE_TEXT, g->text.s + l->at, l->n);
		if (g->found == g->top + i + 1)
			pd_surface_under(s, i, 0, (long)s->cols, PD_UI_MATCH);
	}
}

static void
pager_resize(struct pd_pane *p, unsigned rows, unsigned cols)
{
	struct pager *g = pager_of(p);

	if (rows == 0 || cols == 0 || g->text.s == NULL)
		return;
	break_lines(g);
	if (g->top >= g->lines.n)
		g->top = g->lines.n > 0 ? g->lines.n - 1 : 0;
}

static void
move_to(struct pager *g, long top)
{
	long most = (long)g->lines.n - (long)g->pane.rows;

	top = top > most ? most : top;
	g->top = (size_t)(top > 0 ? top : 0);
	pd_pane_dirty(&g->pane);
}

static bool
pager_action(struct pd_pane *p, const char *name, const char *arg)
{
	static const struct {
		const char	*name;
		long		 lines, pages;
	} moves[] = {
		{ "up", -1, 0 }, { "down", 1, 0 }, { "page-up", 0, -1 },
		{ "page-down", 0, 1 },
	};
	struct pager *g = pager_of(p);

	(void)arg;
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (strcmp(moves[i].name, name) == 0) {
			move_to(g, (long)g->top + moves[i].lines +
			    moves[i].pages * ((long)p->rows - 1));
			return true;
		}
	if (strcmp(name, "home") == 0)
		move_to(g, 0);
	else if (strcmp(name, "end") == 0)
		move_to(g, (long)g->lines.n);
	else if (strcmp(name, "close") == 0)
		pd_window_overlay(p->tui, NULL);
	else
		return false;
	return true;
}

static bool
has(const struct pager *g, size_t i, const char *text)
{
	struct line *l = PD_VEC_AT(&g->lines, struct line, i);

	return memmem(g->text.s + l->at, l->n, text, strlen(text)) != NULL;
}

static bool
pager_search(struct pd_pane *p, const char *text, bool backwards, bool again)
{
	struct pager *g = pager_of(p);
	size_t n = g->lines.n, from = g->found > 0 ? g->found - 1 : g->top;

	for (size_t k = again ? 1 : 0; k < n + (again ? 1 : 0); k++) {
		size_t i = backwards ? (from + n - k % n) % n : (from + k) % n;

		if (!has(g, i, text))
			continue;
		g->found = i + 1;
		if (i < g->top || i >= g->top + p->rows)
			move_to(g, (long)i - (long)p->rows / 2);
		pd_pane_dirty(p);
		return true;
	}
	return false;
}

void
pd_pager_pane_set(struct pd_pane *p, const char *title, const char *text,
    size_t n)
{
	struct pager *g = pager_of(p);

	pd_str_done(&g->title);
	pd_str_done(&g->text);
	g->title = pd_str_from(title);
	g->text = pd_str_new(text, n);
	g->top = g->found = 0;
	break_lines(g);
	pd_pane_dirty(p);
}

static void
pager_free(struct pd_pane *p)
{
	struct pager *g = pager_of(p);

	pd_str_done(&g->title);
	pd_str_done(&g->text);
	pd_vec_done(&g->lines);
	free(g);
}

struct pd_pane *
pd_pager_pane_new(void)
{
	struct pager *g = pd_xcalloc(1, sizeof(*g));

	return &g->pane;
}

const struct pd_pane_ops pd_pager_pane_ops = {
	.name = "pager",
	.context = PD_KEYS_PAGER,
	.min_rows = 1,
	.title = pager_title,
	.draw = pager_draw,
	.resize = pager_resize,
	.action = pager_action,
	.search = pager_search,
	.free = pager_free,
};
