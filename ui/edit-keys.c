/*
 * Keys for the line editor: from the terminal through the loop.
 *
 * Called by libedit for each character it wants.  No more is read ahead than
 * up to the end of a line: what is typed behind it may be for the program.
 *
 * Pastes.  A terminal that brackets them (ESC [200~ ... ESC [201~) has a paste
 * read as a whole; a long run of characters that is there at once is taken for
 * one as well.  libedit is given PD_KEY_PASTE instead of the characters, and
 * the function bound to it puts in a whole line: key by key it would draw
 * the line each time.
 *
 * Ctrl-C.  The signal's callback sets input->interrupted; PD_KEY_BREAK then
 * moves to the end of the line, and a newline ends it, so that the cursor is
 * left below it.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/log.h"
#include "ui/edit-room.h"

#define ESC_BEGIN	"\033[200~"
#define ESC_END		"\033[201~"
#define RUN_MIN		32		/* bytes at once that no hand types */

static void
on_ready(void *ctx, int fd, short revents)
{
	(void)fd;
	(void)revents;
	*(bool *)ctx = true;
}

static bool
is_there(const struct pd_edit *e)
{
	struct pollfd p = { .fd = e->fd, .events = POLLIN };

	if (e->place != NULL)
		return e->place->there(e->place->ctx) > 0;
	return poll(&p, 1, 0) == 1;
}

/* Waits for input; false: Ctrl-C, which goes before what came with it. */
static bool
wait_input(struct pd_edit *e)
{
	bool ready = false;

	if (e->place != NULL) {
		while (!is_there(e) && !e->input->interrupted &&
		    (e->run.s == NULL || e->left))
			e->place->wait(e->place->ctx);
		return is_there(e) && !e->input->interrupted;
	}
	while (!ready && !e->input->interrupted) {
		pd_loop_watch(e->loop, e->fd, POLLIN, on_ready, &ready);
		pd_loop_step(e->loop, -1);
	}
	pd_loop_unwatch(e->loop, e->fd);
	/* A signal that came between is older than the input is. */
	pd_loop_step(e->loop, 0);
	return !e->input->interrupted;
}

static ssize_t
take(struct pd_edit *e, char *to, size_t max)
{
	return e->place != NULL ?
	    (ssize_t)e->place->take(e->place->ctx, to, max) :
	    read(e->fd, to, max);
}

/* Reads up to max bytes more; false: the end, or Ctrl-C. */
static bool
read_bytes(struct pd_edit *e, size_t max)
{
	ssize_t n;

	do {
		if (e->eof || !wait_input(e))
			return false;
		pd_buf_reserve(&e->bytes, max + 1);
		n = take(e, e->bytes.s + e->bytes.n, max);
	} while (n == -1 && (errno == EINTR || errno == EAGAIN));
	if (n <= 0) {
		pd_log("ui", "the terminal's input ended: %s", n == 0 ?
		    "end of file" : strerror(errno));
		e->eof = true;
		return false;
	}
	e->bytes.n += (size_t)n;
	e->bytes.s[e->bytes.n] = '\0';
	return true;
}

static size_t
pending(const struct pd_edit *e)
{
	int n = 0;

	if (e->place != NULL)
		return e->place->there(e->place->ctx);
	return ioctl(e->fd, FIONREAD, &n) == 0 && n > 0 ? (size_t)n : 0;
}

/* ---- pastes ------------------------------------------------------------ */

/* The bytes begin with ESC_BEGIN: reads to ESC_END.  False: it broke off. */
static bool
read_bracketed(struct pd_edit *e)
{
	const size_t begin = strlen(ESC_BEGIN), end = strlen(ESC_END);
	size_t seen = begin;
	const char *at;

	pd_log("ui", "a paste begins");
	for (;;) {
		at = memmem(e->bytes.s + seen, e->bytes.n - seen, ESC_END,
		    end);
		if (at != NULL)
			break;
		/* The end may be cut in two. */
		if (e->bytes.n > seen + end)
			seen = e->bytes.n - end;
		if (!read_bytes(e, 65536)) {
			pd_buf_reset(&e->bytes);
			return false;
		}
	}
	pd_edit_take_paste(e, e->bytes.s + begin,
	    (size_t)(at - e->bytes.s) - begin);
	pd_buf_drop(&e->bytes, (size_t)(at - e->bytes.s) + end);
	return true;
}

/* The bytes are a beginning of ESC_BEGIN, and more of it is there? */
static void
look_for_bracket(struct pd_edit *e)
{
	const size_t n = strlen(ESC_BEGIN);

	while (e->bytes.n > 0 && e->bytes.n < n &&
	    memcmp(e->bytes.s, ESC_BEGIN, e->bytes.n) == 0 &&
	    is_there(e) && read_bytes(e, 1))
		;
}

static bool
is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

/* Much has come at once: the characters of it up to the first key that is
 * none. */
static void
read_run(struct pd_edit *e)
{
	if (pending(e) < RUN_MIN)
		return;
	while (e->bytes.n > 0 && !is_control(e->bytes.s[e->bytes.n - 1]) &&
	    pending(e) > 0 && read_bytes(e, 1))
		;
}

static bool
is_run(const struct pd_edit *e)
{
	for (size_t i = 0; i < RUN_MIN; i++)
		if (i >= e->bytes.n || is_control(e->bytes.s[i]))
			return false;
	return true;
}

void
pd_edit_paste_on(struct pd_edit *e)
{
	fputs("\033[?2004h", e->out);
	fflush(e->out);
}

void
pd_edit_paste_off(struct pd_edit *e)
{
	fputs("\033[?2004l", e->out);
	fflush(e->out);
}

/* Puts the next line of the paste in; its newline ends the line. */
unsigned char
pd_edit_do_paste(EditLine *el, int ch)
{
	struct pd_edit *e = NULL;
	const char *nl;
	size_t n;
	wchar_t *w;

	(void)ch;
	el_wget(el, EL_CLIENTDATA, &e);
	if (e->paste.n == 0)
		return CC_NORM;
	nl = memchr(e->paste.s, '\n', e->paste.n);
	n = nl != NULL ? (size_t)(nl - e->paste.s) : e->paste.n;
	w = pd_edit_wide(e->paste.s, n, NULL);
	if (n > 0 && el_winsertstr(el, w) == -1)
		el_beep(el);
	free(w);
	pd_buf_drop(&e->paste, n + (nl != NULL));
	e->newline = nl != NULL;
	return CC_REFRESH;
}

/* ---- keys -------------------------------------------------------------- */

unsigned char
pd_edit_do_break(EditLine *el, int ch)
{
	struct pd_edit *e = NULL;

	(void)ch;
	el_wget(el, EL_CLIENTDATA, &e);
	e->newline = true;
	el_cursor(el, (int)(el_wline(el)->lastchar - el_wline(el)->cursor));
	return CC_REFRESH;
}

/* Ctrl-C: the key for it, once; whoever then asks for more (a search) gets
 * the end. */
static int
give_break(struct pd_edit *e, wchar_t *out)
{
	pd_buf_reset(&e->bytes);
	pd_buf_reset(&e->paste);
	if (e->newline) {
		e->newline = false;
		e->ended_by_break = true;
		*out = L'\n';
		return 1;
	}
	if (e->broken_off)
		return 0;
	e->broken_off = true;
	*out = PD_KEY_BREAK;
	return 1;
}

/* A key of another kind: the line is to come back, or to step aside. */
static bool
give_special(struct pd_edit *e, wchar_t *out)
{
	if (e->bytes.n > 0 || e->paste.n > 0 || e->left ||
	    e->kind != PD_EDIT_COMMAND)
		return false;
	if (e->kept != NULL) {
		*out = PD_KEY_BACK;
		return true;
	}
	if (e->run.s == NULL || is_there(e))
		return false;
	*out = PD_KEY_LEAVE;
	return true;
}

/* A character of the bytes; 0: more are needed. */
static int
give_char(struct pd_edit *e, wchar_t *out)
{
	mbstate_t state = { 0 };
	wchar_t w;
	size_t n = mbrtowc(&w, e->bytes.s, e->bytes.n, &state);

	if (n == (size_t)-2 && e->bytes.n < MB_CUR_MAX)
		return 0;
	if (n == (size_t)-1 || n == (size_t)-2) {
		w = (wchar_t)(0xdc00 + (unsigned char)e->bytes.s[0]);
		n = 1;
	} else if (n == 0) {
		n = 1;
	} else if (w >= PD_KEY_PASTE && w <= PD_KEY_BACK) {
		w = L' ';
	}
	pd_buf_drop(&e->bytes, n);
	*out = w;
	return 1;
}

int
pd_edit_getc(EditLine *el, wchar_t *out)
{
	struct pd_edit *e = NULL;

	el_wget(el, EL_CLIENTDATA, &e);
	for (;;) {
		if (e->input->interrupted)
			return give_break(e, out);
		if (e->newline) {
			e->newline = false;
			*out = L'\n';
			return 1;
		}
		if (give_special(e, out))
			return 1;
		if (e->paste.n > 0) {
			*out = PD_KEY_PASTE;
			return 1;
		}
		if (e->bytes.n == 0) {
			if (!read_bytes(e, 1) && !e->input->interrupted &&
			    e->run.s == NULL)
				return 0;
			look_for_bracket(e);
			read_run(e);
			continue;
		}
		if (pd_starts(e->bytes.s, ESC_BEGIN)) {
			read_bracketed(e);
			continue;
		}
		if (is_run(e)) {
			size_t n = e->bytes.n;

			/* A control character may be its last. */
			n -= is_control(e->bytes.s[n - 1]);
			pd_buf_add(&e->paste, e->bytes.s, n);
			pd_buf_drop(&e->bytes, n);
			continue;
		}
		if (give_char(e, out) == 1)
			return 1;
		if (!read_bytes(e, 1) && !e->input->interrupted)
			return 0;
	}
}

int
pd_edit_key(struct pd_edit *e)
{
	int c;

	if (e->bytes.n == 0 && !read_bytes(e, 1))
		return 0;
	c = (unsigned char)e->bytes.s[0];
	pd_buf_drop(&e->bytes, 1);
	return c;
}

void
pd_edit_typed(struct pd_edit *e, const char *p, size_t n)
{
	pd_buf_add(&e->bytes, p, n);
}
