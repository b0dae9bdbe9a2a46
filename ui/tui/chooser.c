/*
 * A list to choose from, narrowed by what is typed in the status line.
 *
 * pd_tui_choose() fills and shows it.  A text fits if it has the typed
 * characters in their order; those that have them closer together, and nearer
 * to the end, come first.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/tui-room.h"

struct hit {
	size_t	i;			/* of the texts */
	long	score;			/* the lowest first */
};

struct chooser {
	struct pd_pane	 pane;
	struct pd_vec	 texts;		/* struct pd_str, owned */
	struct pd_vec	 hits;		/* struct hit */
	struct pd_scroll scroll;
	void		(*done)(void *, const char *);
	void		*ctx;
};

static struct chooser *
chooser_of(struct pd_pane *p)
{
	return (struct chooser *)(void *)p;
}

/*
 * How well text fits; -1: not.  From the end, as names end with what is told
 * apart by; each gap between two characters counts, and what stands behind
 * the last.
 */
static long
score_of(const struct pd_str *text, const char *typed)
{
	size_t at = text->n, k = strlen(typed);
	size_t last = at;
	long score = 0;

	while (k > 0) {
		unsigned char want = (unsigned char)typed[k - 1];

		if (want == ' ') {
			k--;
			continue;
		}
		while (at > 0 && tolower((unsigned char)text->s[at - 1]) !=
		    tolower(want))
			at--;
		if (at == 0)
			return -1;
		at--;
		k--;
		score += last - at > 1 ? 10 + (long)(last - at) : 0;
		last = at;
	}
	/* The beginning of a word is a good place for the first one. */
	if (last > 0 && isalnum((unsigned char)text->s[last - 1]))
		score += 5;
	return score + (long)text->n / 16;
}

static int
by_score(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

static void
narrow(void *ctx, const char *typed)
{
	struct chooser *c = ctx;
	long score;

	c->hits.n = 0;
	for (size_t i = 0; i < c->texts.n; i++) {
		score = score_of(PD_VEC_AT(&c->texts, struct pd_str, i), typed);
		if (score >= 0)
			*PD_VEC_PUSH(&c->hits, struct hit) =
			    (struct hit){ i, score };
	}
	if (c->hits.n > 0 && *typed != '\0')
		qsort(c->hits.v, c->hits.n, sizeof(struct hit), by_score);
	c->scroll = (struct pd_scroll){ 0 };
	pd_pane_dirty(&c->pane);
}

static void
forget(struct chooser *c)
{
	PD_VEC_EACH(&c->texts, struct pd_str, s)
		pd_str_done(s);
	pd_vec_done(&c->texts);
	c->hits.n = 0;
}

static const struct pd_str *
chosen(struct chooser *c)
{
	if (c->scroll.at >= c->hits.n)
		return NULL;
	return PD_VEC_AT(&c->texts, struct pd_str, PD_VEC_AT(&c->hits,
	    struct hit, c->scroll.at)->i);
}

static void
answered(void *ctx, const char *typed)
{
	struct chooser *c = ctx;
	const struct pd_str *text = chosen(c);
	struct pd_str copy = pd_str_from(text != NULL ? text->s : typed);

	pd_window_overlay(c->pane.tui, NULL);
	if (text == NULL)
		pd_tui_message(c->pane.tui, "nothing fits '%s'", copy.s);
	else
		c->done(c->ctx, copy.s);
	pd_str_done(&copy);
	forget(c);
}

void
pd_tui_choose(struct pd_tui *t, const char *prompt, struct pd_vec *texts,
    void (*done)(void *ctx, const char *), void *ctx)
{
	struct chooser *c = chooser_of(pd_tui_pane(t, "choose"));

	forget(c);
	c->texts = *texts;
	memset(texts, 0, sizeof(*texts));
	c->done = done;
	c->ctx = ctx;
	narrow(c, "");
	pd_window_overlay(t, &c->pane);
	pd_tui_ask(t, prompt, answered, c);
	t->ask.typed = narrow;
}

static void
chooser_title(struct pd_pane *p, struct pd_buf *out)
{
	struct chooser *c = chooser_of(p);

	pd_buf_addf(out, "%zu of %zu  Enter opens, Esc leaves", c->hits.n,
	    c->texts.n);
}

static void
chooser_draw(struct pd_pane *p, struct pd_surface *s)
{
	struct chooser *c = chooser_of(p);

	for (unsigned i = 0; i < s->rows && c->scroll.top + i < c->hits.n;
	    i++) {
		size_t at = c->scroll.top + i;
		struct pd_str *text = PD_VEC_AT(&c->texts, struct pd_str,
		    PD_VEC_AT(&c->hits, struct hit, at)->i);
		long n = pd_text_columns(text->s, text->n);

		/* Of a long one the end is what matters. */
		pd_surface_put(s, i, n > (long)s->cols ? (long)s->cols - n : 0,
		    PD_ROLE_FILE, text->s, text->n);
		if (at == c->scroll.at)
			pd_surface_under(s, i, 0, (long)s->cols, PD_UI_CURSOR);
	}
}

static void
chooser_resize(struct pd_pane *p, unsigned rows, unsigned cols)
{
	struct chooser *c = chooser_of(p);

	(void)cols;
	pd_scroll_fix(&c->scroll, c->hits.n, rows);
}

static bool
chooser_action(struct pd_pane *p, const char *name, const char *arg)
{
	struct chooser *c = chooser_of(p);

	(void)arg;
	if (strcmp(name, "close") == 0) {
		pd_ask_end(p->tui);
		pd_window_overlay(p->tui, NULL);
		forget(c);
		return true;
	}
	pd_pane_dirty(p);
	return pd_scroll_action(&c->scroll, name, c->hits.n, p->rows);
}

static bool
chooser_mouse(struct pd_pane *p, const struct pd_mouse *m)
{
	struct chooser *c = chooser_of(p);

	if (m->what != PD_MOUSE_PRESS && m->what != PD_MOUSE_DOUBLE)
		return false;
	if (c->scroll.top + m->row < c->hits.n) {
		c->scroll.at = c->scroll.top + m->row;
		pd_pane_dirty(p);
		if (m->what == PD_MOUSE_DOUBLE) {
			pd_ask_end(p->tui);
			answered(c, "");
		}
	}
	return true;
}

static void
chooser_free(struct pd_pane *p)
{
	struct chooser *c = chooser_of(p);

	forget(c);
	pd_vec_done(&c->hits);
	free(c);
}

struct pd_pane *
pd_chooser_new(void)
{
	struct chooser *c = pd_xcalloc(1, sizeof(*c));

	return &c->pane;
}

const struct pd_pane_ops pd_chooser_ops = {
	.name = "choose",
	.context = PD_KEYS_PAGER,
	.min_rows = 1,
	.title = chooser_title,
	.draw = chooser_draw,
	.resize = chooser_resize,
	.action = chooser_action,
	.mouse = chooser_mouse,
	.free = chooser_free,
};
