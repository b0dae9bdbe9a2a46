/*
 * What a key press and the mouse do.
 *
 * Called from the loop when the terminal has something, and before each wait.
 * A key goes to the question in the status line, else through the key table of
 * the pane in focus, else to that pane.  What it is bound to is a command line:
 * those of the screen run at once, the others where the prompt takes one.
 */
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "ui/edit.h"
#include "ui/runner.h"
#include "ui/tui/tui-room.h"
#include "ui/tui/vt.h"

struct held {
	enum pd_screen_got	 got;
	struct pd_screen_input	 in;
};

/* ---- messages ---------------------------------------------------------- */

void
pd_tui_message(struct pd_tui *t, const char *fmt, ...)
{
	va_list ap;

	pd_buf_reset(&t->message);
	va_start(ap, fmt);
	pd_buf_addv(&t->message, fmt, ap);
	va_end(ap);
	t->message_error = false;
	t->status = true;
}

void
pd_tui_error(struct pd_tui *t, const struct pd_err *err)
{
	pd_tui_message(t, "%s", err->msg);
	t->message_error = true;
}

/* ---- command lines ----------------------------------------------------- */

/* Commands that only touch the screen: they need no prompt. */
static const struct {
	const char		*name;
	enum pd_screen_op	 op;
} at_once[] = {
	{ "pane", PD_SCREEN_PANE },
	{ "focus", PD_SCREEN_FOCUS },
	{ "layout", PD_SCREEN_LAYOUT },
	{ "winheight", PD_SCREEN_WINHEIGHT },
	{ "refresh", PD_SCREEN_REFRESH },
	{ "tui single-key", PD_SCREEN_TUI },
};

static bool
run_at_once(struct pd_tui *t, const char *line)
{
	struct pd_err err;

	for (size_t i = 0; i < sizeof(at_once) / sizeof(at_once[0]); i++) {
		size_t n = strlen(at_once[i].name);
		const char *word = strchr(at_once[i].name, ' ');
		const char *arg = line + (word != NULL ?
		    (size_t)(word - at_once[i].name) : n);

		if (!pd_starts(line, at_once[i].name) ||
		    (line[n] != '\0' && line[n] != ' '))
			continue;
		arg += strspn(arg, " ");
		if (pd_tui_op(t, at_once[i].op, arg, &err) == -1)
			pd_tui_error(t, &err);
		return true;
	}
	return false;
}

/* Quick steps are all made; but once the program is seen to be running, a key
 * that is held down asks for one more. */
static void
wait_for_prompt(struct pd_tui *t, const char *line)
{
	struct pd_str *last = t->waiting.n > 0 ? PD_VEC_AT(&t->waiting,
	    struct pd_str, t->waiting.n - 1) : NULL;

	if (last != NULL && t->shows_run && pd_tui_running(t) &&
	    pd_str_eq(last, line))
		return;
	*PD_VEC_PUSH(&t->waiting, struct pd_str) = pd_str_from(line);
}

void
pd_tui_run(struct pd_tui *t, const char *line)
{
	if (*line == '\0' || run_at_once(t, line))
		return;
	wait_for_prompt(t, line);
}

void
pd_tui_runf(struct pd_tui *t, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	pd_tui_run(t, pd_buf_c(&b));
	pd_buf_done(&b);
}

static void
drop_waiting(struct pd_tui *t)
{
	PD_VEC_EACH(&t->waiting, struct pd_str, s)
		pd_str_done(s);
	t->waiting.n = 0;
}

bool
pd_tui_hand_over(struct pd_tui *t)
{
	struct pd_edit *e = t->env.edit(t->env.ctx);
	struct pd_str line;

	if (t->waiting.n == 0)
		return false;
	if (!pd_edit_takes(e)) {
		drop_waiting(t);
		return false;
	}
	line = *PD_VEC_AT(&t->waiting, struct pd_str, 0);
	pd_vec_remove(&t->waiting, 0, sizeof(line));
	pd_edit_run(e, line.s);
	pd_str_done(&line);
	return true;
}

static void
drop_held(struct pd_tui *t)
{
	PD_VEC_EACH(&t->held, struct held, h)
		pd_buf_done(&h->in.paste);
	t->held.n = 0;
}

void
pd_tui_spill(struct pd_tui *t, struct pd_buf *to)
{
	struct pd_pane *cmd = pd_tui_pane(t, "cmd");

	PD_VEC_EACH(&t->held, struct held, h)
		if (h->got == PD_SCREEN_KEY)
			cmd->ops->key(cmd, &h->in.key);
		else if (h->got == PD_SCREEN_PASTE)
			cmd->ops->paste(cmd, pd_buf_c(&h->in.paste),
			    h->in.paste.n);
	drop_held(t);
	pd_command_spill(cmd, to);
}

void
pd_tui_forget(struct pd_tui *t)
{
	struct pd_pane *cmd = pd_tui_pane(t, "cmd");

	drop_waiting(t);
	drop_held(t);
	t->nseq = 0;
	if (cmd != NULL)
		pd_command_forget(cmd);
}

/* Puts in what the command line wants of the pane; false: it has not got it,
 * told. */
static bool
expand(struct pd_tui *t, const char *command, struct pd_buf *out)
{
	struct pd_pane *p = t->focus;

	for (; *command != '\0'; command++) {
		if (*command != '%' || command[1] == '\0') {
			pd_buf_addc(out, *command);
			continue;
		}
		command++;
		if (*command == '%') {
			pd_buf_addc(out, '%');
		} else if (strchr("flne", *command) == NULL) {
			pd_buf_addc(out, '%');
			pd_buf_addc(out, *command);
		} else if (p == NULL || p->ops->expand == NULL ||
		    !p->ops->expand(p, *command, out)) {
			pd_tui_message(t, "there is nothing at the cursor "
			    "for that");
			return false;
		}
	}
	return true;
}

static void
run_bound(struct pd_tui *t, const char *command)
{
	struct pd_edit *e = t->env.edit(t->env.ctx);
	struct pd_buf line = { 0 };

	if (expand(t, command, &line) &&
	    !run_at_once(t, pd_buf_c(&line))) {
		if (t->answering)
			pd_tui_message(t, "the command pane has a question");
		else if (!pd_tui_running(t) && !pd_edit_takes(e) &&
		    pd_edit_reads(e) && t->waiting.n == 0)
			pd_tui_message(t, "the command line is in the middle "
			    "of something");
		else
			wait_for_prompt(t, pd_buf_c(&line));
	}
	pd_buf_done(&line);
}

/* ---- keys -------------------------------------------------------------- */

static bool
is_prefix_key(const struct pd_key *k)
{
	return k->code == 'x' && k->mods == PD_VT_CTRL;
}

/* Of the rows for all panes, those that a terminal in a pane leaves alone. */
static bool
any_holds(enum pd_key_context c, const struct pd_key *first)
{
	if (c == PD_KEYS_OUTPUT)
		return is_prefix_key(first);
	if (c == PD_KEYS_COMMAND)
		return first->code >= PD_VT_KEY_FIRST ||
		    (first->mods & (PD_VT_CTRL | PD_VT_ALT)) != 0;
	return true;
}

static enum pd_keys_found
find(struct pd_tui *t, const char **command)
{
	enum pd_key_context c = t->answering ? PD_KEYS_COMMAND :
	    t->focus->ops->context;
	enum pd_keys_found got = PD_KEYS_NONE;

	if (t->single && !t->answering && c != PD_KEYS_OUTPUT &&
	    c != PD_KEYS_PAGER)
		got = pd_keymap_own(&t->keys, PD_KEYS_SINGLE, t->seq,
		    t->nseq, command);
	if (got != PD_KEYS_NONE)
		return got;
	/* A terminal in a pane has nearly all keys. */
	if (any_holds(c, &t->seq[0]))
		got = pd_keymap_find(&t->keys, c, t->seq, t->nseq, command);
	else
		got = pd_keymap_own(&t->keys, c, t->seq, t->nseq, command);
	return got;
}

static void
to_pane(struct pd_tui *t, const struct pd_key *k)
{
	struct pd_pane *p = t->answering ? pd_tui_pane(t, "cmd") : t->focus;
	struct pd_buf name = { 0 };

	if (p->ops->key != NULL && p->ops->key(p, k))
		return;
	pd_key_name(&name, k);
	pd_tui_message(t, "%s does nothing here; F1 shows what keys do",
	    pd_buf_c(&name));
	pd_buf_done(&name);
}

/* Escape is vi's in vi's map. */
static bool
is_for_vi(struct pd_tui *t, const struct pd_key *k)
{
	return k->code == PD_VT_KEY_ESCAPE && k->mods == 0 &&
	    (t->answering || t->focus->ops->context == PD_KEYS_COMMAND) &&
	    pd_edit_is_vi(t->env.edit(t->env.ctx));
}

static void
through_table(struct pd_tui *t, const struct pd_key *k)
{
	const char *command = NULL;
	enum pd_keys_found got;
	size_t n;

	t->seq[t->nseq++] = *k;
	t->status = true;
	got = is_for_vi(t, k) ? PD_KEYS_NONE : find(t, &command);
	if (got == PD_KEYS_PREFIX && t->nseq < PD_KEYS_MAX)
		return;
	n = t->nseq;
	t->nseq = 0;
	if (got == PD_KEYS_FOUND) {
		run_bound(t, command);
		return;
	}
	/* The editor has sequences of its own. */
	for (size_t i = 0; i < n; i++)
		to_pane(t, &t->seq[i]);
}

/* With Escape before it too, which a slow line makes Alt of. */
static bool
is_break(const struct pd_tui *t, enum pd_screen_got got,
    const struct pd_key *k)
{
	return got == PD_SCREEN_KEY && k->code == 'c' &&
	    (k->mods & ~(unsigned)PD_VT_ALT) == PD_VT_CTRL && !t->paging;
}

static void
on_key(struct pd_tui *t, const struct pd_key *k)
{
	bool to_program = t->focus->ops->context == PD_KEYS_OUTPUT &&
	    !t->answering && !t->ask.on;

	t->typed = pd_tui_ms();
	if (t->message.n > 0) {
		pd_buf_reset(&t->message);
		t->status = true;
	}
	if (is_break(t, PD_SCREEN_KEY, k)) {
		pd_tui_break(t);
		return;
	}
	if (k->code == 'z' && k->mods == PD_VT_CTRL && !to_program) {
		raise(SIGTSTP);
		return;
	}
	if (t->ask.on && pd_ask_key(t, k))
		return;
	through_table(t, k);
}

static void
on_paste(struct pd_tui *t, struct pd_buf *text)
{
	struct pd_pane *p = t->answering ? pd_tui_pane(t, "cmd") : t->focus;

	if (t->ask.on) {
		for (size_t i = 0; i < text->n; i++)
			if ((unsigned char)text->s[i] >= 0x20)
				pd_buf_addc(&t->ask.text, text->s[i]);
		t->status = true;
	} else if (p->ops->paste != NULL) {
		p->ops->paste(p, pd_buf_c(text), text->n);
	} else {
		pd_tui_message(t, "nothing can be pasted here");
	}
}

void
pd_tui_break(struct pd_tui *t)
{
	if (t->ask.on)
		pd_ask_end(t);
	if (t->overlay != NULL)
		pd_window_overlay(t, NULL);
	pd_tui_forget(t);
	t->env.interrupt(t->env.ctx);
}

/* ---- reading ----------------------------------------------------------- */

/* What has been held comes first. */
static enum pd_screen_got
next_input(struct pd_tui *t, struct pd_screen_input *in)
{
	struct held h;

	if (t->held.n == 0)
		return pd_screen_read(t->screen, in);
	h = *PD_VEC_AT(&t->held, struct held, 0);
	pd_vec_remove(&t->held, 0, sizeof(h));
	pd_buf_done(&in->paste);
	*in = h.in;
	return h.got;
}

/* The terminal has hung up: as a shell's end does it. */
static void
hang_up(struct pd_tui *t)
{
	pd_loop_unwatch(t->env.loop, STDIN_FILENO);
	raise(SIGHUP);
}

/*
 * At rest no more is read once a command waits: what is typed behind it comes
 * after it.
 */
void
pd_tui_input(struct pd_tui *t, bool rest)
{
	struct pd_screen_input in = { 0 };
	enum pd_screen_got got = PD_SCREEN_NONE;

	while (t->on && (!rest || t->waiting.n == 0) &&
	    (got = next_input(t, &in)) != PD_SCREEN_NONE) {
		if (got == PD_SCREEN_END)
			break;
		if (t->misplaced)
			pd_window_place(t);
		if (got == PD_SCREEN_KEY)
			on_key(t, &in.key);
		else if (got == PD_SCREEN_PASTE)
			on_paste(t, &in.paste);
		else
			pd_tui_mouse(t, &in.mouse);
	}
	pd_buf_done(&in.paste);
	if (got == PD_SCREEN_END)
		hang_up(t);
}

/*
 * Somebody is talking to the target, perhaps for a pane that a key would
 * change: what is typed waits until keys are waited for.
 */
static void
hold(struct pd_tui *t)
{
	struct pd_screen_input in = { 0 };
	enum pd_screen_got got = PD_SCREEN_NONE;

	while (t->on &&
	    (got = pd_screen_read(t->screen, &in)) != PD_SCREEN_NONE) {
		if (got == PD_SCREEN_END)
			break;
		if (is_break(t, got, &in.key)) {
			pd_tui_break(t);
			continue;
		}
		*PD_VEC_PUSH(&t->held, struct held) = (struct held){ got, in };
		memset(&in, 0, sizeof(in));
	}
	pd_buf_done(&in.paste);
	if (got == PD_SCREEN_END)
		hang_up(t);
}

void
pd_tui_on_input(void *ctx, int fd, short revents)
{
	struct pd_tui *t = ctx;
	bool waits = t->waits;

	(void)fd;
	(void)revents;
	/* A key may ask the target, which runs the loop. */
	t->waits = false;
	if (pd_tui_running(t))
		pd_tui_input(t, false);
	else if (waits)
		pd_tui_input(t, true);
	else
		hold(t);
}

void
pd_tui_wait(struct pd_tui *t)
{
	t->waits = true;
	pd_loop_step(t->env.loop, -1);
	t->waits = false;
}

bool
pd_tui_running(const struct pd_tui *t)
{
	return pd_runner_running(t->env.runner);
}
