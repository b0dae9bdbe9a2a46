/*
 * The command pane: the prompt, in a terminal of its own.
 *
 * libedit draws in it, the sink and the pager write to it, with the same
 * sequences as on a plain terminal; keys go to the editor as the bytes that
 * such a terminal sends.  A private pty has the size and the modes that libedit
 * asks for; nothing is written to it or read from it.
 */
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/alloc.h"
#include "ui/edit.h"
#include "ui/out.h"
#include "ui/pager.h"
#include "ui/tui/tui-room.h"
#include "ui/tui/vt-draw.h"

#define SCROLLBACK	10000	/* lines */
#define SAID_MAX	(4u << 20)	/* bytes that the pager shows */
#define WORDS_MAX	4096	/* ... and that outlive the screen */

struct command {
	struct pd_pane		 pane;
	struct pd_vt		*vt;
	int			 master, slave;
	FILE			*out;		/* libedit's, into vt */
	struct pd_buf		 keys;		/* for the editor */
	struct pd_buf		 said;		/* since the last prompt */
	struct pd_buf		 before;	/* by the command before it */
	size_t			 back;		/* lines scrolled back */
	struct pd_edit_place	 place;
	struct pd_pager_place	 pager;
	bool			 taken;
};

static struct command *
command_of(struct pd_pane *p)
{
	return (struct command *)(void *)p;
}

/* ---- text -------------------------------------------------------------- */

/* As a terminal's driver does, a newline goes to the first column too. */
static void
put(void *ctx, const char *p, size_t n)
{
	struct command *c = ctx;
	const char *nl;

	while (n > 0) {
		nl = memchr(p, '\n', n);
		if (nl == NULL) {
			pd_vt_write(c->vt, p, n);
			break;
		}
		pd_vt_write(c->vt, p, (size_t)(nl - p));
		pd_vt_write(c->vt, "\r\n", 2);
		n -= (size_t)(nl - p) + 1;
		p = nl + 1;
	}
	pd_pane_dirty(&c->pane);
}

static ssize_t
cookie_write(void *ctx, const char *p, size_t n)
{
	put(ctx, p, n);
	return (ssize_t)n;
}

/* What is said, not what is typed. */
static void
put_said(void *ctx, const char *p, size_t n)
{
	struct command *c = ctx;

	if (c->said.n < SAID_MAX)
		pd_buf_add(&c->said, p, n);
	put(c, p, n);
}

/* A key as bytes. */
static void
on_output(void *ctx, const char *p, size_t n)
{
	struct command *c = ctx;

	pd_buf_add(&c->keys, p, n);
}

/* ---- the editor's keys ------------------------------------------------- */

static size_t
there(void *ctx)
{
	return ((struct command *)ctx)->keys.n;
}

static size_t
take(void *ctx, char *to, size_t max)
{
	struct command *c = ctx;
	size_t n = c->keys.n < max ? c->keys.n : max;

	memcpy(to, c->keys.s, n);
	pd_buf_drop(&c->keys, n);
	return n;
}

/* At rest, unless the program runs: Ctrl-C has asked whether to kill it. */
static void
wait_key(void *ctx)
{
	struct command *c = ctx;
	struct pd_tui *t = c->pane.tui;
	bool rest = !pd_tui_running(t);

	pd_tui_input(t, rest);
	if (c->keys.n > 0 || pd_tui_hand_over(t))
		return;
	/* What came while data were fetched wakes nobody. */
	if (!pd_tui_update(t, rest))
		pd_tui_wait(t);
}

/* ---- the pager's window ------------------------------------------------ */

static void
pager_size(void *ctx, unsigned *rows, unsigned *columns)
{
	struct command *c = ctx;

	*rows = c->pane.rows;
	*columns = c->pane.cols;
}

/* Its question may come in the middle of a request: nothing is fetched. */
static int
pager_key(void *ctx)
{
	struct command *c = ctx;
	struct pd_tui *t = c->pane.tui;
	int key;

	pd_tui_reads(t, true);
	t->paging = true;
	while (c->keys.n == 0) {
		pd_tui_input(t, false);
		if (c->keys.n > 0)
			break;
		pd_tui_update(t, false);
		pd_tui_wait(t);
	}
	key = (unsigned char)c->keys.s[0];
	pd_buf_drop(&c->keys, 1);
	t->paging = false;
	pd_tui_reads(t, false);
	return key;
}

/* ---- taking and giving ------------------------------------------------- */

static void
set_size(struct command *c)
{
	struct winsize ws = { 0 };
	int rows, cols;

	pd_vt_resize(c->vt, (int)c->pane.rows, (int)c->pane.cols);
	pd_vt_size(c->vt, &rows, &cols);
	ws.ws_row = (unsigned short)rows;
	ws.ws_col = (unsigned short)cols;
	if (c->master != -1)
		ioctl(c->master, TIOCSWINSZ, &ws);
}

static int
open_pty(struct command *c, struct pd_err *err)
{
	struct termios raw;

	if (c->master != -1)
		return 0;
	if (openpty(&c->master, &c->slave, NULL, NULL, NULL) == -1) {
		c->master = c->slave = -1;
		return pd_err_set(err, "no terminal for the command pane: %s",
		    strerror(errno));
	}
	fcntl(c->master, F_SETFD, FD_CLOEXEC);
	fcntl(c->slave, F_SETFD, FD_CLOEXEC);
	if (tcgetattr(c->slave, &raw) == 0) {
		cfmakeraw(&raw);
		tcsetattr(c->slave, TCSANOW, &raw);
	}
	return 0;
}

int
pd_command_take(struct pd_pane *p, struct pd_err *err)
{
	struct command *c = command_of(p);
	struct pd_tui_env *env = &p->tui->env;

	if (open_pty(c, err) == -1)
		return -1;
	set_size(c);
	c->place = (struct pd_edit_place){ .out = c->out, .tty = c->slave,
	    .term = PD_VT_TERM, .there = there, .take = take,
	    .wait = wait_key, .ctx = c };
	if (pd_edit_move(env->edit(env->ctx), &c->place) == -1)
		return pd_err_set(err, "the line editor does not work here");
	pd_out_flush(&env->out->sink);
	env->out->put = put_said;
	env->out->put_ctx = c;
	c->pager = (struct pd_pager_place){ .size = pager_size,
	    .key = pager_key, .ctx = c };
	env->pager->place = &c->pager;
	c->taken = true;
	return 0;
}

void
pd_command_give(struct pd_pane *p)
{
	struct command *c = command_of(p);
	struct pd_tui_env *env = &p->tui->env;

	if (!c->taken)
		return;
	c->taken = false;
	pd_out_flush(&env->out->sink);
	env->out->put = NULL;
	env->pager->place = NULL;
	pd_edit_move(env->edit(env->ctx), NULL);
}

void
pd_command_prompts(struct pd_pane *p)
{
	struct command *c = command_of(p);
	struct pd_buf b = c->before;

	pd_out_flush(&p->tui->env.out->sink);
	/* What said nothing leaves the text of what did. */
	if (c->said.n == 0)
		return;
	c->before = c->said;
	c->said = b;
	pd_buf_reset(&c->said);
}

void
pd_command_last_words(struct pd_pane *p)
{
	struct command *c = command_of(p);
	struct pd_sink *sink = &p->tui->env.out->sink;
	size_t skip = c->said.n > WORDS_MAX ? c->said.n - WORDS_MAX : 0;

	if (c->said.n > 0)
		sink->write(sink->ctx, PD_ROLE_TEXT, c->said.s + skip,
		    c->said.n - skip);
	pd_out_flush(sink);
}

void
pd_command_spill(struct pd_pane *p, struct pd_buf *to)
{
	struct command *c = command_of(p);

	pd_buf_add(to, c->keys.s, c->keys.n);
	pd_buf_reset(&c->keys);
}

void
pd_command_forget(struct pd_pane *p)
{
	pd_buf_reset(&command_of(p)->keys);
}

/* ---- the pane ---------------------------------------------------------- */

static void
command_title(struct pd_pane *p, struct pd_buf *out)
{
	struct command *c = command_of(p);

	pd_buf_adds(out, "cmd");
	if (c->back > 0)
		pd_buf_addf(out, "  %zu lines back", c->back);
	if (p->tui->answering)
		pd_buf_adds(out, "  a question");
}

static void
command_draw(struct pd_pane *p, struct pd_surface *s)
{
	struct command *c = command_of(p);

	if (p->tui->answering)
		s->focus = !p->tui->ask.on;
	pd_vt_draw(c->vt, s, c->back);
}

static void
command_resize(struct pd_pane *p, unsigned rows, unsigned cols)
{
	struct command *c = command_of(p);

	if (rows == 0)
		return;
	set_size(c);
	if (c->taken)
		pd_edit_resized(p->tui->env.edit(p->tui->env.ctx));
}

static void
scroll(struct command *c, long by)
{
	long back = (long)c->back + by, most = (long)pd_vt_back(c->vt);

	c->back = (size_t)(back < 0 ? 0 : back > most ? most : back);
	pd_pane_dirty(&c->pane);
}

/* Without the sequences that colour it. */
static void
page_output(struct command *c)
{
	struct pd_buf plain = { 0 };
	const char *p = pd_buf_c(&c->before);

	while (*p != '\0') {
		if (p[0] == '\033' && p[1] == '[') {
			p += 2;
			p += strspn(p, "0123456789;:");
			p += *p != '\0';
		} else {
			if (*p != '\r')
				pd_buf_addc(&plain, *p);
			p++;
		}
	}
	pd_tui_page(c->pane.tui, "what was printed last", pd_buf_c(&plain),
	    plain.n);
	pd_buf_done(&plain);
}

static bool
command_action(struct pd_pane *p, const char *name, const char *arg)
{
	struct command *c = command_of(p);
	long page = p->rows > 1 ? (long)p->rows - 1 : 1;

	(void)arg;
	if (strcmp(name, "page-up") == 0)
		scroll(c, page);
	else if (strcmp(name, "page-down") == 0)
		scroll(c, -page);
	else if (strcmp(name, "up") == 0)
		scroll(c, 1);
	else if (strcmp(name, "down") == 0)
		scroll(c, -1);
	else if (strcmp(name, "home") == 0)
		scroll(c, (long)pd_vt_back(c->vt));
	else if (strcmp(name, "end") == 0)
		scroll(c, -(long)c->back);
	else if (strcmp(name, "page") == 0)
		page_output(c);
	else
		return false;
	return true;
}

static bool
command_key(struct pd_pane *p, const struct pd_key *k)
{
	struct command *c = command_of(p);
	char byte;

	if (c->back > 0)
		scroll(c, -(long)c->back);
	if (k->mods == PD_VT_CTRL && k->code >= '@' && k->code < 0x7f) {
		byte = (char)(k->code & 0x1f);
		pd_buf_add(&c->keys, &byte, 1);
	} else {
		pd_vt_key(c->vt, k->code, k->mods);
	}
	return true;
}

static void
command_paste(struct pd_pane *p, const char *text, size_t n)
{
	pd_vt_paste(command_of(p)->vt, text, n);
}

static void
command_free(struct pd_pane *p)
{
	struct command *c = command_of(p);

	if (c->out != NULL)
		fclose(c->out);
	pd_vt_free(c->vt);
	if (c->master != -1) {
		close(c->master);
		close(c->slave);
	}
	pd_buf_done(&c->keys);
	pd_buf_done(&c->said);
	pd_buf_done(&c->before);
	free(c);
}

struct pd_pane *
pd_command_new(void)
{
	struct command *c = pd_xcalloc(1, sizeof(*c));
	struct pd_vt_hooks hooks = { .output = on_output, .ctx = c };
	cookie_io_functions_t io = { .write = cookie_write };

	c->master = c->slave = -1;
	c->vt = pd_vt_new(PD_VT_MIN, 80, SCROLLBACK, &hooks);
	c->out = fopencookie(c, "w", io);
	return &c->pane;
}

const struct pd_pane_ops pd_command_ops = {
	.name = "cmd",
	.what = "the prompt",
	.context = PD_KEYS_COMMAND,
	.min_rows = 2,
	.rank = 100,
	.title = command_title,
	.draw = command_draw,
	.resize = command_resize,
	.action = command_action,
	.key = command_key,
	.paste = command_paste,
	.free = command_free,
};
