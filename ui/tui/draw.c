/*
 * From the panes' data to the terminal, and when.
 *
 * Called where keys are waited for and, while the program runs, by the loop.
 * Data are fetched only at rest: then nobody else is talking to the target.
 * While more keys wait nothing is fetched or drawn, so that a key that is held
 * down does not leave draws behind it; but DRAW_LATEST after the last one it
 * is, so that something is seen meanwhile.
 */
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "ui/runner.h"
#include "ui/tui/tui-room.h"

#define DRAW_LATEST	50	/* ms, while keys wait */
#define DRAW_RUNNING	30	/* ms between two, while the program runs */
#define SHOW_RUNNING	150	/* ms until it is said that it does */

int64_t
pd_tui_ms(void)
{
	return pd_clock_ms();
}

/* ---- what is around the panes ------------------------------------------ */

static void
draw_title(struct pd_tui *t, struct pd_surface *all, struct pd_pane *p)
{
	struct pd_box box = pd_window_box(p);
	struct pd_surface s = pd_surface_sub(all, box.row, box.col, 1,
	    box.cols);
	unsigned role = t->focus == p ? PD_UI_TITLE_FOCUS : PD_UI_TITLE;
	struct pd_buf text = { 0 };

	if (p->ops->title != NULL)
		p->ops->title(p, &text);
	else
		pd_buf_adds(&text, p->ops->name);
	pd_surface_clear_row(&s, 0, 0, role);
	/* Seen without colour and without attributes too. */
	pd_surface_puts(&s, 0, 0, role, t->focus == p ? "*" : " ");
	pd_surface_fit(&s, 0, 1, (long)s.cols - 1, role, pd_buf_c(&text),
	    text.n);
	pd_buf_done(&text);
}

/* Where a pane does not reach the right edge. */
static void
draw_border(struct pd_surface *all, struct pd_pane *p)
{
	struct pd_box box = pd_window_box(p);

	if (box.col + box.cols >= all->cols)
		return;
	for (unsigned i = 0; i < box.rows; i++)
		pd_surface_puts(all, box.row + i, (long)(box.col + box.cols),
		    PD_UI_BORDER, all->ascii ? "|" : "\u2502");
}

static const char *
state_of(const struct pd_tui *t)
{
	const struct pd_session *s = t->env.session;

	if (t->shows_run)
		return "running; Ctrl-C stops it";
	if (s->alive && (s->target->caps & PD_CAP_CORE) != 0)
		return "core file";
	if (s->postmortem)
		return "post mortem";
	if (s->alive)
		return s->stop.kind == PD_STOP_RETURN ? "returning" :
		    s->stop.kind == PD_STOP_CALL ? "called" :
		    s->stop.kind == PD_STOP_EXCEPTION ? "exception" :
		    "stopped";
	return "not running";
}

static const char *
base_name(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 : file;
}

/* Only what is known without asking. */
static const struct pd_frame *
known_frame(struct pd_session *s)
{
	if (!s->alive)
		return NULL;
	if (s->have_stack)
		PD_VEC_EACH(&s->stack.frames, struct pd_frame, f)
			if (f->index == s->frame)
				return f;
	return s->frame == s->stop.frame.index && s->stop.frame.file.s != NULL ?
	    &s->stop.frame : NULL;
}

static void
keys_text(struct pd_tui *t, struct pd_buf *b)
{
	for (size_t i = 0; i < t->nseq; i++) {
		pd_key_name(b, &t->seq[i]);
		pd_buf_addc(b, ' ');
	}
	if (t->single && t->nseq == 0)
		pd_buf_adds(b, "single-key: c d f n r s u v w, q ends ");
	else if (t->nseq == 0)
		pd_buf_addf(b, "%s  F1 keys ", pd_str_c(&t->layout_name));
}

static void
state_text(struct pd_tui *t, struct pd_buf *b)
{
	struct pd_session *s = t->env.session;
	const struct pd_frame *f = t->shows_run ? NULL : known_frame(s);

	pd_buf_addf(b, " %s", state_of(t));
	if (f != NULL)
		pd_buf_addf(b, "  %s:%llu in %s", base_name(pd_str_c(&f->file)),
		    (unsigned long long)(f->now != 0 ? f->now : f->line),
		    f->func.n > 0 ? f->func.s : "<lambda>");
	if (f != NULL && f->index != s->stop.frame.index)
		pd_buf_addf(b, "  frame %llu", (unsigned long long)f->index);
	if (s->alive && s->stop.thread.id > 1)
		pd_buf_addf(b, "  thread %llu",
		    (unsigned long long)s->stop.thread.id);
}

static void
draw_status(struct pd_tui *t, struct pd_surface *all)
{
	struct pd_surface s = pd_surface_sub(all, all->rows - 1, 0, 1,
	    all->cols);
	struct pd_buf left = { 0 }, right = { 0 };
	unsigned role = PD_UI_STATUS;
	long n, end;

	if (t->ask.on) {
		pd_surface_clear_row(&s, 0, 0, PD_ROLE_PROMPT);
		n = pd_surface_puts(&s, 0, 0, PD_ROLE_PROMPT,
		    pd_str_c(&t->ask.prompt));
		end = n + pd_text_columns(pd_buf_c(&t->ask.text),
		    t->ask.text.n);
		/* The end of a long text is what is typed at. */
		if (end >= (long)s.cols)
			n -= end - (long)s.cols + 1;
		n = pd_surface_put(&s, 0, n, PD_ROLE_TEXT,
		    pd_buf_c(&t->ask.text), t->ask.text.n);
		s.grid->cursor = false;
		pd_surface_cursor(&s, 0, (unsigned)(n > 0 ? n : 0));
		return;
	}
	if (t->message.n > 0) {
		pd_buf_addc(&left, ' ');
		pd_buf_add(&left, t->message.s, t->message.n);
		role = t->message_error ? PD_UI_STATUS_ERROR : role;
	} else {
		state_text(t, &left);
		keys_text(t, &right);
	}
	pd_surface_clear_row(&s, 0, 0, role);
	end = (long)s.cols - pd_text_columns(pd_buf_c(&right), right.n);
	n = pd_text_columns(pd_buf_c(&left), left.n);
	if (end > n)
		pd_surface_put(&s, 0, end, role, pd_buf_c(&right), right.n);
	pd_surface_fit(&s, 0, 0, end > n ? end : (long)s.cols, role,
	    pd_buf_c(&left), left.n);
	pd_buf_done(&left);
	pd_buf_done(&right);
}

/* ---- drawing ----------------------------------------------------------- */

static void
blank(struct pd_surface *s)
{
	for (unsigned row = 0; row < s->rows; row++) {
		pd_surface_clear_row(s, row, 0, PD_ROLE_TEXT);
		pd_surface_under(s, row, 0, (long)s->cols, PD_ROLE_TEXT);
	}
}

static void
draw_pane(struct pd_tui *t, struct pd_surface *all, struct pd_pane *p)
{
	struct pd_surface s = pd_surface_sub(all, p->row, p->col, p->rows,
	    p->cols);

	s.focus = t->focus == p && !t->ask.on;
	if (s.focus)
		t->grid.cursor = false;
	blank(&s);
	p->ops->draw(p, &s);
	p->dirty = false;
	draw_title(t, all, p);
	draw_border(all, p);
}

static bool
is_dirty(const struct pd_tui *t)
{
	if (t->misplaced || t->chrome || t->status)
		return true;
	for (size_t i = 0; i < t->npanes; i++)
		if (t->panes[i]->shown && t->panes[i]->dirty)
			return true;
	return false;
}

static void
draw(struct pd_tui *t)
{
	struct pd_surface all;

	if (t->misplaced)
		pd_window_place(t);
	all = pd_surface_of(&t->grid);
	all.ascii = !pd_screen_unicode(t->screen);
	for (size_t i = 0; i < t->npanes; i++)
		if (t->panes[i]->shown && (t->panes[i]->dirty || t->chrome))
			draw_pane(t, &all, t->panes[i]);
	if (all.rows > 1)
		draw_status(t, &all);
	t->chrome = t->status = false;
	pd_screen_show(t->screen, &t->grid);
	t->drawn = pd_tui_ms();
}

static bool
fetch(struct pd_tui *t)
{
	bool any = false;

	if (t->misplaced)
		pd_window_place(t);
	for (size_t i = 0; i < t->npanes; i++) {
		struct pd_pane *p = t->panes[i];

		if (!p->shown || !p->is_stale)
			continue;
		p->is_stale = false;
		p->dirty = any = true;
		if (p->ops->fetch != NULL)
			p->ops->fetch(p);
	}
	return any;
}

static bool
keys_wait(struct pd_tui *t)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	return t->waiting.n > 0 || poll(&p, 1, 0) == 1;
}

bool
pd_tui_update(struct pd_tui *t, bool rest)
{
	bool fetched = false;

	if (!t->on)
		return false;
	if (rest && t->shows_run) {
		t->shows_run = false;
		t->status = true;
	}
	if (keys_wait(t) && pd_tui_ms() - t->drawn < DRAW_LATEST)
		return false;
	if (rest)
		fetched = fetch(t);
	if (is_dirty(t))
		draw(t);
	return fetched;
}

int
pd_tui_idle(void *ctx, int ms)
{
	struct pd_tui *t = ctx;
	int look = -1;
	int64_t now;

	(void)ms;
	if (!t->on || !pd_runner_running(t->env.runner))
		return -1;
	now = pd_tui_ms();
	if (t->run != t->env.runner->runs) {
		t->run = t->env.runner->runs;
		t->run_since = now;
		pd_lend_begin(t);
		if (t->held.n > 0)
			pd_tui_input(t, false);
	}
	if (!t->shows_run && now - t->run_since >= SHOW_RUNNING)
		t->shows_run = t->status = true;
	if (t->shows_run)
		look = pd_lend_look(t, now);
	if (is_dirty(t)) {
		if (now - t->drawn < DRAW_RUNNING)
			return (int)(DRAW_RUNNING - (now - t->drawn));
		draw(t);
	}
	return t->shows_run ? look : SHOW_RUNNING;
}

void
pd_tui_redraw(struct pd_tui *t)
{
	if (!t->on)
		return;
	pd_screen_spoilt(t->screen);
	t->misplaced = true;
}
