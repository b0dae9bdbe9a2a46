/*
 * The line editor and its window: resizing, stopping, going on.
 *
 * Signals come through the loop, while libedit waits for a key; so its state
 * may be touched.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ui/edit-room.h"

unsigned
pd_edit_columns(const struct pd_edit *e)
{
	struct winsize ws;

	if (ioctl(e->tty, TIOCGWINSZ, &ws) == -1 || ws.ws_col < 2)
		return 80;
	return ws.ws_col;
}

/* Back to where the prompt began, in a window that has wrapped the line
 * anew, and everything from there gone. */
void
pd_edit_erase(struct pd_edit *e)
{
	const LineInfoW *li = el_wline(e->el);
	size_t columns = pd_edit_columns(e);
	size_t width = e->prompt_width + pd_edit_width(li->buffer,
	    (size_t)(li->cursor - li->buffer));

	fputc('\r', e->out);
	if (width / columns > 0)
		fprintf(e->out, "\033[%zuA", width / columns);
	fputs("\033[J", e->out);
	fflush(e->out);
}

void
pd_edit_resized(struct pd_edit *e)
{
	if (e == NULL || !e->reading)
		return;
	pd_edit_erase(e);
	el_resize(e->el);
	el_wset(e->el, EL_REFRESH);
	fflush(e->out);
}

static void
on_resize(void *ctx, int signo)
{
	(void)signo;
	pd_edit_resized(ctx);
}

/* As if we had not been asked: the terminal as it was, stopped; and back. */
static void
on_stop(void *ctx, int signo)
{
	struct pd_edit *e = ctx;

	(void)signo;
	pd_edit_erase(e);
	pd_edit_paste_off(e);
	el_wset(e->el, EL_PREP_TERM, 0);
	pd_loop_signal(e->loop, SIGTSTP, NULL, NULL);
	raise(SIGTSTP);
	pd_loop_signal(e->loop, SIGTSTP, on_stop, e);
	el_wset(e->el, EL_PREP_TERM, 1);
	pd_edit_paste_on(e);
	el_resize(e->el);
	el_wset(e->el, EL_REFRESH);
	fflush(e->out);
}

static bool
is_ignored(int signo)
{
	struct sigaction sa;

	return sigaction(signo, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN;
}

void
pd_edit_signals_on(struct pd_edit *e)
{
	/* Elsewhere they are whoever's who has the terminal. */
	if (e->place != NULL)
		return;
	pd_loop_signal(e->loop, SIGWINCH, on_resize, e);
	/* A shell without job control has it ignored. */
	if (!is_ignored(SIGTSTP))
		pd_loop_signal(e->loop, SIGTSTP, on_stop, e);
}

void
pd_edit_signals_off(struct pd_edit *e)
{
	if (e->place != NULL)
		return;
	pd_loop_signal(e->loop, SIGWINCH, NULL, NULL);
	pd_loop_signal(e->loop, SIGTSTP, NULL, NULL);
}
