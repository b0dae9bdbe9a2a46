/*
 * The pager.
 *
 * The session writes to it; it passes on to the sink of out.c.  It must not
 * ask where nobody can answer: front.c gives it a descriptor for keys only on
 * a terminal, and not with --batch.
 */
#include "ui/pager.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ttydefaults.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#define TAB		8
#define ROWS_MIN	5	/* a smaller window is no page */

static void
measure(struct pd_pager *p)
{
	struct winsize ws = { 0 };

	if (p->place != NULL) {
		p->place->size(p->place->ctx, &p->window_rows,
		    &p->window_columns);
		return;
	}
	ioctl(p->out->fd, TIOCGWINSZ, &ws);
	p->window_rows = ws.ws_row;
	p->window_columns = ws.ws_col;
}

unsigned
pd_pager_columns(struct pd_pager *p)
{
	measure(p);
	return p->window_columns;
}

/* What a page holds; height 0: everything. */
struct page {
	unsigned	height, width;
};

static struct page
page_of(const struct pd_pager *p)
{
	const struct pd_settings *s = p->settings;
	struct page page;

	if (p->in == -1 || p->to_end || !s->pagination)
		return (struct page){ 0, 0 };
	page.height = (unsigned)s->height;
	if (s->height == PD_AUTO)
		page.height = p->window_rows < ROWS_MIN ? 0 : p->window_rows;
	page.width = s->width == PD_AUTO ? p->window_columns :
	    (unsigned)s->width;
	/* The question takes a line. */
	page.height -= page.height > 1;
	return page;
}

/* Bytes of the character at p, whose columns go to *width. */
static size_t
character(const char *p, size_t n, int *width)
{
	unsigned char c = (unsigned char)*p;
	size_t len = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	wchar_t w = len == 1 ? c : c & (0x7f >> len);

	for (size_t i = 1; i < len; i++) {
		if (i >= n || ((unsigned char)p[i] & 0xc0) != 0x80) {
			*width = 1;
			return 1;
		}
		w = (w << 6) | (p[i] & 0x3f);
	}
	*width = c < 0x80 ? c >= 0x20 && c != 0x7f : wcwidth(w);
	if (*width < 0)
		*width = 1;
	return len;
}

/* Does the terminal put this character in the next row? */
static bool
wraps(const struct pd_pager *p, const struct page *page, char c, int width)
{
	return c != '\n' && c != '\t' && page->width > 0 &&
	    p->column + (unsigned)width > page->width;
}

/* Where the text goes once this character is on the terminal. */
static void
advance(struct pd_pager *p, const struct page *page, char c, int width)
{
	if (c == '\n') {
		p->lines++;
		p->column = 0;
		return;
	}
	if (c == '\t')
		width = TAB - (int)(p->column % TAB);
	p->column += (unsigned)width;
	if (page->width > 0 && p->column > page->width) {
		p->lines++;
		p->column = (unsigned)width;
	}
}

static int
read_key(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	unsigned char c;
	ssize_t n;

	for (;;) {
		n = read(fd, &c, 1);
		if (n == 1)
			return c;
		if (n == 0)
			return -1;
		if (errno == EAGAIN)
			poll(&pfd, 1, -1);
		else if (errno != EINTR)
			return -1;
	}
}

/* Keys come without Enter and without echo, Ctrl-C is one too; *old is what
 * the terminal had.  False: it is no terminal any more. */
static bool
take_keys(int fd, struct termios *old)
{
	struct termios raw;

	if (tcgetattr(fd, old) == -1)
		return false;
	raw = *old;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	raw.c_iflag |= ICRNL;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	return tcsetattr(fd, TCSADRAIN, &raw) == 0;
}

/* A key, with Ctrl-Z's effect taken.  -1: none comes any more. */
static int
ask_key(int fd, struct termios *old)
{
	for (;;) {
		int key = read_key(fd);

		if (key != CTRL('z'))
			return key;
		tcsetattr(fd, TCSADRAIN, old);
		raise(SIGTSTP);
		if (!take_keys(fd, old))
			return -1;
	}
}

static void
show_question(struct pd_pager *p, const struct page *page)
{
	static const char *const texts[] = {
		"--Enter: more, q: stop, c: all the rest--", "--more--", ":",
	};
	struct pd_sink *sink = &p->out->sink;
	size_t i = 0;

	while (i < 2 && page->width > 0 && strlen(texts[i]) >= page->width)
		i++;
	sink->write(sink->ctx, PD_ROLE_PROMPT, texts[i], strlen(texts[i]));
	sink->flush(sink->ctx);
}

/* A full page: asks, and takes the question off the screen again. */
static void
ask(struct pd_pager *p, const struct page *page)
{
	struct pd_sink *sink = &p->out->sink;
	struct termios old;
	bool keys = p->place != NULL || take_keys(p->in, &old);
	bool done = false;

	/* Only now: a key that is pressed at sight of it is for us. */
	show_question(p, page);
	while (!done && p->out->broken == 0) {
		done = true;
		switch (!keys ? -1 : p->place != NULL ?
		    p->place->key(p->place->ctx) : ask_key(p->in, &old)) {
		case '\n':
		case '\r':
		case ' ':
			break;
		case 'c':
			p->to_end = true;
			break;
		case 'q':
		case 'Q':
		case CTRL('c'):
		case CTRL('d'):
		case -1:
			p->stopped = true;
			break;
		default:
			done = false;
		}
	}
	if (keys && p->place == NULL)
		tcsetattr(p->in, TCSADRAIN, &old);
	pd_out(sink, PD_ROLE_TEXT, "\r\033[K");
	measure(p);
	p->lines = p->column = 0;
}

static void
pager_write(void *ctx, enum pd_role role, const char *s, size_t n)
{
	struct pd_pager *p = ctx;
	struct pd_sink *sink = &p->out->sink;
	struct page page = page_of(p);
	size_t from = 0, len;
	int width;

	if (p->stopped)
		return;
	for (size_t i = 0; i < n && page.height > 0; i += len) {
		len = character(s + i, n - i, &width);
		/* Before a character that would begin the question's row. */
		if (p->lines + wraps(p, &page, s[i], width) >= page.height) {
			sink->write(sink->ctx, role, s + from, i - from);
			from = i;
			ask(p, &page);
			if (p->stopped)
				return;
			page = page_of(p);
		}
		advance(p, &page, s[i], width);
	}
	sink->write(sink->ctx, role, s + from, n - from);
}

static void
pager_flush(void *ctx)
{
	struct pd_pager *p = ctx;

	pd_out_flush(&p->out->sink);
}

void
pd_pager_init(struct pd_pager *p, struct pd_plain_out *out,
    const struct pd_settings *settings, int in)
{
	memset(p, 0, sizeof(*p));
	p->out = out;
	p->settings = settings;
	p->in = in;
	p->sink = (struct pd_sink){
		.write = pager_write, .flush = pager_flush, .ctx = p,
	};
	measure(p);
}

void
pd_pager_begin(struct pd_pager *p)
{
	p->lines = p->column = 0;
	p->stopped = p->to_end = false;
	if (p->in != -1)
		measure(p);
}
