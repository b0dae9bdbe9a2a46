/*
 * The breakpoints pane: number, mark, place, condition, hits.
 *
 * The session has them; nothing is asked of the target.  A copy is drawn, so
 * that the pane may be drawn while a command changes them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/list.h"
#include "ui/tui/panes.h"

struct breakpoints {
	struct pd_list	 list;
	struct pd_vec	 bps;		/* struct pd_bp, copies */
	struct pd_vec	 hit;		/* uint64_t: reasons of this stop */
};

static struct breakpoints *
breakpoints_of(struct pd_pane *p)
{
	return (struct breakpoints *)p;
}

static struct pd_bp *
bp_at(struct breakpoints *b, size_t i)
{
	return PD_VEC_AT(&b->bps, struct pd_bp, i);
}

static bool
is_hit(const struct breakpoints *b, const struct pd_bp *bp)
{
	PD_VEC_EACH(&b->hit, uint64_t, id)
		if (*id == bp->id)
			return true;
	return false;
}

static void
add_text(struct pd_list *l, size_t i, struct pd_buf *b)
{
	const struct pd_bp *bp = bp_at((struct breakpoints *)l, i);

	pd_buf_addf(b, "%llu %s:%llu %s %s", (unsigned long long)bp->id,
	    pd_list_base(&bp->file), (unsigned long long)bp->line,
	    pd_str_c(&bp->func), pd_str_c(&bp->cond));
}

/* As in the source pane's gutter. */
static const char *
mark(const struct pd_bp *bp, bool ascii)
{
	if (!bp->enabled)
		return ascii ? "b" : "○";
	if (bp->pending)
		return ascii ? "p" : "◌";
	if (bp->temporary)
		return ascii ? "t" : "◎";
	if (bp->print.s != NULL)
		return ascii ? "d" : "◇";
	return bp->cond.s != NULL ? ascii ? "?" : "◆" : ascii ? "B" : "●";
}

static unsigned
mark_role(const struct pd_bp *bp)
{
	return !bp->enabled ? PD_UI_BP_OFF : bp->pending ?
	    PD_UI_BP_PENDING : PD_UI_BP;
}

/* What may stand behind the place. */
static void
details(const struct pd_bp *bp, struct pd_buf *b)
{
	if (bp->cond.s != NULL)
		pd_buf_addf(b, " if %s", bp->cond.s);
	if (bp->print.s != NULL)
		pd_buf_addf(b, " print %s", bp->print.s);
	if (bp->thread != 0)
		pd_buf_addf(b, " thread %llu", (unsigned long long)bp->thread);
	if (bp->temporary)
		pd_buf_adds(b, " temporary");
	else if (bp->once)
		pd_buf_adds(b, " once");
	if (bp->ignore > 0)
		pd_buf_addf(b, " ignore %llu",
		    (unsigned long long)bp->ignore);
	if (!bp->enabled)
		pd_buf_adds(b, " off");
	else if (bp->pending)
		pd_buf_adds(b, " pending");
}

static void
draw_row(struct pd_list *l, size_t i, struct pd_surface *s, long left)
{
	struct breakpoints *b = (struct breakpoints *)l;
	const struct pd_bp *bp = bp_at(b, i);
	struct pd_buf more = { 0 };
	long col = left;

	col = pd_surface_puts(s, 0, col, PD_UI_ARROW, !is_hit(b, bp) ? " " :
	    s->ascii ? ">" : "▸");
	col = pd_surface_puts(s, 0, col, mark_role(bp), mark(bp, s->ascii));
	col = pd_surface_printf(s, 0, col, PD_UI_LINENO, "%llu ",
	    (unsigned long long)bp->id);
	col = pd_surface_puts(s, 0, col, bp->enabled ? PD_ROLE_FILE :
	    PD_UI_DIM, pd_list_base(&bp->file));
	col = pd_surface_printf(s, 0, col, PD_ROLE_LINE, ":%llu",
	    (unsigned long long)bp->line);
	if (bp->func.s != NULL) {
		col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, " ");
		col = pd_surface_puts(s, 0, col, PD_ROLE_NAME, bp->func.s);
	}
	if (bp->hits > 0)
		col = pd_surface_printf(s, 0, col, PD_ROLE_NUMBER, " x%llu",
		    (unsigned long long)bp->hits);
	details(bp, &more);
	col = pd_surface_puts(s, 0, col, PD_ROLE_VALUE, pd_buf_c(&more));
	pd_list_cut(s, left, col);
	pd_buf_done(&more);
}

static void
forget(struct breakpoints *b)
{
	PD_VEC_EACH(&b->bps, struct pd_bp, bp)
		pd_rec_done(&pd_bp_desc, bp);
	b->bps.n = 0;
	b->hit.n = 0;
}

static void
stale(struct pd_pane *p, enum pd_stale why)
{
	(void)why;
	pd_pane_refetch(p);
}

static void
fetch(struct pd_pane *p)
{
	struct breakpoints *b = breakpoints_of(p);
	struct pd_session *s = p->session;

	forget(b);
	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (bp->id != 0)
			pd_rec_copy(&pd_bp_desc,
			    PD_VEC_PUSH(&b->bps, struct pd_bp), bp);
	if (s->alive)
		PD_VEC_EACH(&s->stop.bps, struct pd_bp_news, n)
			if (n->hit)
				*PD_VEC_PUSH(&b->hit, uint64_t) = n->id;
	b->list.n = b->bps.n;
	pd_list_fix(&b->list);
}

static void
condition_asked(void *ctx, const char *text)
{
	struct pd_pane *p = ctx;
	size_t i;

	/* Only commands change the list, and none has run meanwhile. */
	if (pd_list_at(&breakpoints_of(p)->list, &i))
		pd_tui_runf(p->tui, "condition %llu %s", (unsigned long long)
		    bp_at(breakpoints_of(p), i)->id, text);
}

static bool
action(struct pd_pane *p, const char *name, const char *arg)
{
	struct breakpoints *b = breakpoints_of(p);
	struct pd_bp *bp;
	size_t i;

	if (pd_list_action(p, name))
		return true;
	if (strcmp(name, "open") != 0 && strcmp(name, "toggle") != 0 &&
	    strcmp(name, "condition") != 0)
		return false;
	if (!pd_list_at(&b->list, &i)) {
		pd_tui_message(p->tui, "there are no breakpoints");
		return true;
	}
	bp = bp_at(b, i);
	if (strcmp(name, "open") == 0)
		pd_tui_show(p->tui, pd_str_c(&bp->file), (long)bp->line);
	else if (strcmp(name, "toggle") == 0)
		pd_tui_runf(p->tui, "%s %llu", bp->enabled ? "disable" :
		    "enable", (unsigned long long)bp->id);
	else if (*arg != '\0')
		condition_asked(p, arg);
	else
		pd_tui_ask(p->tui, "condition (empty: none): ",
		    condition_asked, p);
	return true;
}

static bool
expand(struct pd_pane *p, char what, struct pd_buf *out)
{
	struct breakpoints *b = breakpoints_of(p);
	size_t i;

	return pd_list_at(&b->list, &i) && pd_list_expand(what,
	    bp_at(b, i)->id, &bp_at(b, i)->file, bp_at(b, i)->line, out);
}

static void
breakpoints_free(struct pd_pane *p)
{
	struct breakpoints *b = breakpoints_of(p);

	forget(b);
	pd_vec_done(&b->bps);
	pd_vec_done(&b->hit);
	pd_list_done(&b->list);
	free(b);
}

struct pd_pane *
pd_breakpoints_make(void)
{
	struct breakpoints *b = pd_xcalloc(1, sizeof(*b));

	b->list.title = "breakpoints";
	b->list.empty = "no breakpoints";
	b->list.row = draw_row;
	b->list.text = add_text;
	return &b->list.pane;
}

const struct pd_pane_ops pd_breakpoints_ops = {
	.name = "breaks",
	.what = "the breakpoints",
	.context = PD_KEYS_BREAKPOINTS,
	.min_rows = 1,
	.rank = 30,
	.title = pd_list_title,
	.stale = stale,
	.fetch = fetch,
	.draw = pd_list_draw,
	.resize = pd_list_resize,
	.action = action,
	.mouse = pd_list_mouse,
	.expand = expand,
	.search = pd_list_search,
	.free = breakpoints_free,
};
