/*
 * What colour the terminal's background is.
 *
 * Called as the full screen is switched on.  The question for the colour is
 * followed by one that all terminals answer (DA1): when that answer has come
 * the other one will not, so that nothing is waited for in vain, and no answer
 * is left behind to be taken for keys.
 */
#include "base/clock.h"
#include "ui/background.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define QUESTION	"\033]11;?\033\\\033[c"

/* ---- answers ------------------------------------------------------------ */

/* Up to four hexadecimal digits, as a part of one. */
static double
channel(const char **p)
{
	char *end;
	unsigned long n = strtoul(*p, &end, 16);
	size_t digits = (size_t)(end - *p);
	static const unsigned long most[] = { 1, 0xf, 0xff, 0xfff, 0xffff };

	*p = *end == '/' ? end + 1 : end;
	return digits == 0 || digits > 4 ? 0 : (double)n / (double)most[digits];
}

/* "rgb:1e1e/1e1e/1e1e", "rgba:..."; by how bright it looks (ITU-R BT.601). */
static enum pd_background
judge(const char *p)
{
	double r, g, b;

	p = strchr(p, ':');
	if (p == NULL)
		return PD_BACKGROUND_UNKNOWN;
	p++;
	r = channel(&p);
	g = channel(&p);
	b = channel(&p);
	return 0.299 * r + 0.587 * g + 0.114 * b > 0.5 ?
	    PD_BACKGROUND_LIGHT : PD_BACKGROUND_DARK;
}

static void
cut_out(struct pd_buf *b, size_t at, size_t n)
{
	memmove(b->s + at, b->s + at + n, b->n - at - n + 1);
	b->n -= n;
}

/* Where the string that begins at p ends; NULL: it has not come yet. */
static char *
string_end(char *p)
{
	char *bel = strchr(p, '\a'), *st = strstr(p, "\033\\");

	if (st != NULL && (bel == NULL || st < bel))
		return st + 2;
	return bel != NULL ? bel + 1 : NULL;
}

bool
pd_background_read(struct pd_buf *b, enum pd_background *got)
{
	char *p = b->n > 0 ? strstr(b->s, "\033]11;") : NULL, *end;
	size_t n;

	if (p != NULL && (end = string_end(p)) != NULL) {
		*got = judge(p);
		cut_out(b, (size_t)(p - b->s), (size_t)(end - p));
	}
	p = b->n > 0 ? strstr(b->s, "\033[?") : NULL;
	if (p == NULL)
		return false;
	n = strspn(p + 3, "0123456789;");
	if (p[3 + n] != 'c')
		return false;
	cut_out(b, (size_t)(p - b->s), n + 4);
	return true;
}

/* ---- asking ------------------------------------------------------------- */

static bool
may_answer(const char *term)
{
	static const char *const mute[] = { "linux", "vt", "dumb", "cons",
	    "ansi", "screen.linux", "emacs" };

	if (term == NULL || *term == '\0')
		return false;
	for (size_t i = 0; i < sizeof(mute) / sizeof(mute[0]); i++)
		if (strncmp(term, mute[i], strlen(mute[i])) == 0)
			return false;
	return true;
}

static enum pd_background
await(int fd, int ms, struct pd_buf *b)
{
	enum pd_background got = PD_BACKGROUND_UNKNOWN;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t end = pd_clock_ms() + ms, left;
	char bytes[256];
	ssize_t n;

	while ((left = end - pd_clock_ms()) > 0) {
		if (poll(&p, 1, (int)left) == -1 && errno != EINTR)
			break;
		if (!(p.revents & POLLIN))
			continue;
		n = read(fd, bytes, sizeof(bytes));
		if (n <= 0)
			break;
		pd_buf_add(b, bytes, (size_t)n);
		if (pd_background_read(b, &got))
			break;
	}
	return got;
}

enum pd_background
pd_background_ask(int fd, const char *term, int ms, struct pd_buf *typed)
{
	struct termios was, raw;
	struct pd_buf b = { 0 };
	enum pd_background got;

	if (!may_answer(term) || tcgetattr(fd, &was) == -1)
		return PD_BACKGROUND_UNKNOWN;
	raw = was;
	raw.c_lflag &= (tcflag_t)~(ICANON | ECHO | ISIG);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	if (tcsetattr(fd, TCSANOW, &raw) == -1)
		return PD_BACKGROUND_UNKNOWN;
	got = PD_BACKGROUND_UNKNOWN;
	if (write(fd, QUESTION, strlen(QUESTION)) ==
	    (ssize_t)strlen(QUESTION))
		got = await(fd, ms, &b);
	tcsetattr(fd, TCSANOW, &was);
	if (b.n > 0)
		pd_buf_add(typed, b.s, b.n);
	pd_buf_done(&b);
	return got;
}
