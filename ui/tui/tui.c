/*
 * The full screen's life: on, off, halted, resized.
 *
 * Called by front.c and by the commands (ops.c).  Where the screen is on, this
 * is who owns the terminal: the program has one of its own.
 */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "ui/background.h"
#include "ui/edit.h"
#include "ui/runner.h"
#include "ui/tui/panes.h"
#include "ui/tui/tui-room.h"

#define ANSWER_MS	100	/* for the terminal's background */
#define WIDE_COLS	110	/* a screen for all panes */
#define WIDE_ROWS	32

/* ---- panes ------------------------------------------------------------- */

/* They outlive the screen: what is open in them, and what was printed, is there
 * when it is switched on again. */
static void
make_panes(struct pd_tui *t)
{
	if (t->npanes > 0)
		return;
	for (const struct pd_pane_kind *k = pd_pane_kinds; k->ops != NULL;
	    k++) {
		struct pd_pane *p = k->make();

		p->ops = k->ops;
		p->tui = t;
		p->session = t->env.session;
		p->is_stale = true;
		t->panes[t->npanes++] = p;
	}
}

static void
free_panes(struct pd_tui *t)
{
	for (size_t i = 0; i < t->npanes; i++)
		t->panes[i]->ops->free(t->panes[i]);
	t->npanes = 0;
}

static void
all_stale(struct pd_tui *t, enum pd_stale why)
{
	for (size_t i = 0; i < t->npanes; i++) {
		if (t->panes[i]->ops->stale != NULL)
			t->panes[i]->ops->stale(t->panes[i], why);
		t->panes[i]->is_stale = true;
	}
	t->status = true;
}

void
pd_tui_before_prompt(struct pd_tui *t)
{
	struct pd_session *s = t->env.session;
	enum pd_stale why = PD_STALE_COMMAND;

	if (!t->on)
		return;
	pd_lend_end(t);
	if (s->stops != t->stops || s->alive != t->alive)
		why = PD_STALE_STOP;
	else if (s->frame != t->frame || s->thread != t->thread)
		why = PD_STALE_FRAME;
	t->stops = s->stops;
	t->alive = s->alive;
	t->frame = s->frame;
	t->thread = s->thread;
	pd_screen_mouse(t->screen, s->settings.mouse);
	pd_command_prompts(pd_tui_pane(t, "cmd"));
	all_stale(t, why);
}

void
pd_tui_reads(struct pd_tui *t, bool answer)
{
	if (!t->on || t->answering == answer)
		return;
	t->answering = answer;
	t->chrome = t->status = true;
}

/* ---- signals ----------------------------------------------------------- */

static void
on_resize(void *ctx, int signo)
{
	struct pd_tui *t = ctx;

	(void)signo;
	t->misplaced = true;
}

static void
on_stop(void *ctx, int signo)
{
	struct pd_tui *t = ctx;

	(void)signo;
	pd_screen_leave(t->screen);
	pd_loop_signal(t->env.loop, SIGTSTP, NULL, NULL);
	kill(0, SIGTSTP);
	pd_loop_signal(t->env.loop, SIGTSTP, on_stop, t);
	pd_screen_enter(t->screen);
	t->misplaced = true;
}

void
pd_tui_continued(struct pd_tui *t)
{
	if (t->on)
		pd_tui_redraw(t);
}

static void
watch(struct pd_tui *t, bool on)
{
	struct pd_loop *loop = t->env.loop;

	pd_loop_signal(loop, SIGWINCH, on ? on_resize : NULL, t);
	pd_loop_signal(loop, SIGTSTP, on ? on_stop : NULL, t);
	pd_loop_idle(loop, on ? pd_tui_idle : NULL, t);
	if (on)
		pd_loop_watch(loop, STDIN_FILENO, POLLIN, pd_tui_on_input, t);
	else
		pd_loop_unwatch(loop, STDIN_FILENO);
}

/* The program has written something. */
static void
on_tty(void *ctx, bool bell)
{
	struct pd_tui *t = ctx;
	struct pd_pane *out = t->on ? pd_tui_pane(t, "out") : NULL;

	if (out != NULL && bell)
		pd_screen_beep(t->screen);
	else if (out != NULL)
		pd_output_changed(out);
}

/* ---- on and off -------------------------------------------------------- */

static int
check(struct pd_tui *t, struct pd_err *err)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return pd_err_set(err, "the full screen wants a terminal");
	/* Says itself why not. */
	if (t->env.edit(t->env.ctx) == NULL)
		return pd_err_set(err, "there is no full screen with TERM=%s",
		    getenv("TERM") != NULL ? getenv("TERM") : "");
	return 0;
}

/* Once, and only where nobody has said it: which theme is to be taken. */
static void
find_background(struct pd_tui *t, struct pd_buf *typed)
{
	struct pd_style *st = t->env.style;
	enum pd_background got;

	if (t->asked || !st->is_auto || getenv("COLORFGBG") != NULL ||
	    !st->settings->style_enabled)
		return;
	t->asked = true;
	got = pd_background_ask(STDIN_FILENO, getenv("TERM"), ANSWER_MS,
	    typed);
	if (got != PD_BACKGROUND_UNKNOWN)
		pd_style_background(st, got == PD_BACKGROUND_LIGHT);
}

static int
begin(struct pd_tui *t, struct pd_err *err)
{
	struct pd_buf typed = { 0 };
	unsigned rows, cols;

	if (t->tty == NULL)
		t->tty = pd_tty_new(t->env.loop, on_tty, t);
	make_panes(t);
	t->focus = pd_tui_pane(t, "cmd");
	/* The editor leaves the terminal, which is as it was then, before
	 * curses notes how it is. */
	if (pd_command_take(t->focus, err) == -1)
		return -1;
	find_background(t, &typed);
	t->screen = pd_screen_new(STDIN_FILENO, t->env.style, err);
	if (t->screen != NULL)
		pd_screen_unread(t->screen, pd_buf_c(&typed), typed.n);
	pd_buf_done(&typed);
	if (t->screen == NULL)
		return -1;
	pd_screen_resize(t->screen, &rows, &cols);
	if (t->layout == NULL && pd_window_layout(t, cols >= WIDE_COLS &&
	    rows >= WIDE_ROWS ? "full" : "src", err) == -1)
		return -1;
	pd_window_place(t);
	return 0;
}

/* The other way round. */
static void
end(struct pd_tui *t)
{
	struct pd_pane *cmd = pd_tui_pane(t, "cmd");
	struct pd_edit *e = t->env.edit(t->env.ctx);
	struct pd_buf typed = { 0 };

	pd_tui_spill(t, &typed);
	t->on = t->single = t->answering = t->alone = false;
	pd_ask_end(t);
	pd_tui_forget(t);
	watch(t, false);
	pd_screen_free(t->screen);
	t->screen = NULL;
	pd_command_give(cmd);
	pd_edit_typed(e, pd_buf_c(&typed), typed.n);
	pd_buf_done(&typed);
	t->focus = t->zoom = t->overlay = t->before = t->home = NULL;
	t->drag = t->pressed = NULL;
	pd_grid_done(&t->grid);
}

int
pd_tui_enable(struct pd_tui *t, struct pd_err *err)
{
	if (t->on)
		return 0;
	if (check(t, err) == -1)
		return -1;
	/* Before curses, which would have some of the signals itself. */
	watch(t, true);
	if (begin(t, err) == -1) {
		end(t);
		return -1;
	}
	t->on = t->alive = true;
	t->stops = UINT64_MAX;
	pd_runner_terminal(t->env.runner, NULL);
	pd_runner_tty(t->env.runner, t->tty, true);
	if (pd_tui_move_in(t, err) == -1)
		pd_tui_error(t, err);
	pd_tui_before_prompt(t);
	t->misplaced = true;
	return 0;
}

void
pd_tui_disable(struct pd_tui *t)
{
	struct pd_err err;

	if (!t->on)
		return;
	end(t);
	pd_runner_terminal(t->env.runner, t->env.term);
	pd_runner_tty(t->env.runner, t->tty, false);
	if (pd_tui_move_out(t, &err) == -1)
		pd_out_error(&t->env.out->sink, "%s", err.msg);
}

/* ---- life -------------------------------------------------------------- */

struct pd_tui *
pd_tui_new(const struct pd_tui_env *env)
{
	struct pd_tui *t = pd_xcalloc(1, sizeof(*t));

	t->env = *env;
	pd_keymap_init(&t->keys);
	env->session->screen = &pd_tui_ops;
	env->session->screen_ctx = t;
	return t;
}

void
pd_tui_free(struct pd_tui *t)
{
	bool on = pd_tui_on(t);

	if (t == NULL)
		return;
	pd_tui_disable(t);
	if (on)
		pd_command_last_words(pd_tui_pane(t, "cmd"));
	pd_tty_free(t->tty);
	pd_tui_forget(t);
	free_panes(t);
	pd_vec_done(&t->waiting);
	pd_vec_done(&t->held);
	pd_keymap_done(&t->keys);
	pd_window_free(t);
	pd_str_done(&t->search);
	pd_buf_done(&t->message);
	pd_buf_done(&t->ask.text);
	free(t);
}

bool
pd_tui_on(const struct pd_tui *t)
{
	return t != NULL && t->on;
}

struct pd_loop *
pd_tui_loop(struct pd_tui *t)
{
	return t->env.loop;
}

const struct pd_style *
pd_tui_style(struct pd_tui *t)
{
	return t->env.style;
}

void
pd_tui_page(struct pd_tui *t, const char *title, const char *p, size_t n)
{
	struct pd_pane *pager = pd_tui_pane(t, "pager");

	pd_pager_pane_set(pager, title, p, n);
	pd_window_overlay(t, pager);
}

void
pd_tui_show(struct pd_tui *t, const char *file, long line)
{
	pd_source_show(pd_tui_pane(t, "src"), file, line);
}
