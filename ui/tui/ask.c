/*
 * Questions in the status line: search, and what is chosen from.
 *
 * Keys come from input.c.
 */
#include <string.h>

#include "base/utf8.h"
#include "ui/tui/tui-room.h"
#include "ui/tui/vt.h"

void
pd_tui_ask(struct pd_tui *t, const char *prompt,
    void (*done)(void *, const char *), void *ctx)
{
	pd_ask_end(t);
	t->ask.on = true;
	t->ask.prompt = pd_str_from(prompt);
	t->ask.done = done;
	t->ask.typed = NULL;
	t->ask.ctx = ctx;
	t->status = true;
}

void
pd_ask_end(struct pd_tui *t)
{
	t->ask.on = false;
	pd_str_done(&t->ask.prompt);
	pd_buf_reset(&t->ask.text);
	t->status = true;
	/* The cursor goes back to the pane. */
	if (t->focus != NULL)
		pd_pane_dirty(t->focus);
}

/* Takes the last character off, marks and all bytes. */
static void
rub_out(struct pd_buf *b)
{
	while (b->n > 0 && ((unsigned char)b->s[b->n - 1] & 0xc0) == 0x80)
		b->n--;
	if (b->n > 0)
		b->n--;
	if (b->s != NULL)
		b->s[b->n] = '\0';
}

static void
answer(struct pd_tui *t)
{
	struct pd_str text = pd_str_from(pd_buf_c(&t->ask.text));
	void (*done)(void *, const char *) = t->ask.done;
	void *ctx = t->ask.ctx;

	/* It may ask the next one. */
	pd_ask_end(t);
	done(ctx, text.s);
	pd_str_done(&text);
}

bool
pd_ask_key(struct pd_tui *t, const struct pd_key *k)
{
	struct pd_tui_ask *a = &t->ask;
	size_t was = a->text.n;

	if (k->code == PD_VT_KEY_ENTER) {
		answer(t);
		return true;
	}
	if (k->code == PD_VT_KEY_ESCAPE || (k->code == 'g' &&
	    k->mods == PD_VT_CTRL)) {
		pd_ask_end(t);
		if (t->overlay != NULL)
			pd_window_overlay(t, NULL);
		return true;
	}
	if (k->code == PD_VT_KEY_BACKSPACE)
		rub_out(&a->text);
	else if (k->code == 'u' && k->mods == PD_VT_CTRL)
		pd_buf_reset(&a->text);
	else if (k->mods == 0 && k->code >= 0x20 && k->code < PD_VT_KEY_FIRST)
		pd_utf8_add(&a->text, k->code);
	else
		return false;
	t->status = true;
	if (a->text.n != was && a->typed != NULL)
		a->typed(a->ctx, pd_buf_c(&a->text));
	return true;
}
