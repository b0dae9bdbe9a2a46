/*
 * The terminal as a full screen, by curses.
 *
 * Called by tui.c and window.c.  Cells become what this terminal can show;
 * curses writes what has changed.  Must not know what is shown, nor wait.
 */
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "ui/edit.h"
#include "ui/terminal.h"
#include "ui/tui/screen-room.h"
#include <term.h>

#define PASTE_ON	"\033[?2004h"
#define PASTE_OFF	"\033[?2004l"
#define MOUSE_ON	"\033[?1002h\033[?1006h"
#define MOUSE_OFF	"\033[?1006l\033[?1002l"

/* ---- looks --------------------------------------------------------------- */

/* A colour's number for curses; -1: the terminal's own. */
static int
colour_of(pd_colour c)
{
	if (c == PD_COLOUR_DEFAULT || COLORS < 8)
		return -1;
	if (PD_COLOUR_IS_RGB(c) && COLORS > 256)
		return (int)(c & 0xffffff);
	return (int)pd_colour_nearest(c, COLORS < 256 ? 16 : 256);
}

attr_t
pd_screen_attr(const struct pd_look *look, int *pair)
{
	static const struct {
		unsigned	ours;
		attr_t		theirs;
	} attrs[] = {
		{ PD_ATTR_BOLD, A_BOLD }, { PD_ATTR_FAINT, A_DIM },
		{ PD_ATTR_ITALIC, A_ITALIC },
		{ PD_ATTR_UNDERLINE, A_UNDERLINE },
		{ PD_ATTR_BLINK, A_BLINK }, { PD_ATTR_REVERSE, A_REVERSE },
	};
	attr_t a = A_NORMAL;
	int fg = colour_of(look->fg), bg = colour_of(look->bg);

	for (size_t i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
		if (look->attr & attrs[i].ours)
			a |= attrs[i].theirs;
	/* Where there are only eight, bold makes them bright. */
	if (fg >= COLORS) {
		fg -= 8;
		a |= A_BOLD;
	}
	if (bg >= COLORS)
		bg -= 8;
	*pair = fg == -1 && bg == -1 ? 0 : alloc_pair(fg, bg);
	if (*pair < 0)
		*pair = 0;
	return a;
}

/* A cell with what it looks like: role and what lies below it. */
static void
resolve(const struct pd_screen *s, const struct pd_look *looks,
    struct pd_cell *c)
{
	struct pd_look under;

	if (!c->own)
		c->look = looks[c->role < PD_UI_ROLE_MAX ? c->role : 0];
	else if (!s->style->able || !s->style->settings->style_enabled)
		c->look.fg = c->look.bg = PD_COLOUR_DEFAULT;
	if (c->under != PD_ROLE_TEXT && c->under < PD_UI_ROLE_MAX) {
		under = looks[c->under];
		if (c->look.bg == PD_COLOUR_DEFAULT)
			c->look.bg = under.bg;
		if (c->look.fg == PD_COLOUR_DEFAULT)
			c->look.fg = under.fg;
		c->look.attr |= under.attr;
	}
	c->own = true;
	c->role = c->under = 0;
}

/* ---- drawing ------------------------------------------------------------- */

static bool
same_cell(const struct pd_cell *a, const struct pd_cell *b)
{
	return memcmp(a->ch, b->ch, sizeof(a->ch)) == 0 &&
	    a->width == b->width && a->look.fg == b->look.fg &&
	    a->look.bg == b->look.bg && a->look.attr == b->look.attr;
}

static void
put_cell(const struct pd_screen *s, unsigned row, unsigned col,
    const struct pd_cell *c)
{
	wchar_t text[PD_CELL_CHARS + 1] = { 0 };
	cchar_t cc;
	int pair;
	attr_t a = pd_screen_attr(&c->look, &pair);

	for (size_t i = 0; i < PD_CELL_CHARS; i++)
		text[i] = (wchar_t)c->ch[i];
	if (!s->unicode && text[0] > 0x7f) {
		text[0] = L'?';
		text[1] = 0;
	}
	if (text[0] == 0)
		text[0] = L' ';
	if (setcchar(&cc, text, a, 0, &pair) == ERR)
		return;
	mvadd_wchnstr((int)row, (int)col, &cc, 1);
}

static void
show_row(struct pd_screen *s, const struct pd_grid *g, unsigned row,
    const struct pd_look *looks)
{
	struct pd_cell *was = s->shown.cells + (size_t)row * g->cols;
	const struct pd_cell *now = g->cells + (size_t)row * g->cols;

	for (unsigned col = 0; col < g->cols; col++) {
		struct pd_cell c = now[col];

		resolve(s, looks, &c);
		if (!s->all && same_cell(&c, &was[col]))
			continue;
		was[col] = c;
		if (c.width != 0)
			put_cell(s, row, col, &c);
		/* What stood behind a wide one that is gone. */
		else if (col == 0 || now[col - 1].width != 2)
			put_cell(s, row, col, &c);
	}
}

void
pd_screen_show(struct pd_screen *s, const struct pd_grid *g)
{
	struct pd_look looks[PD_UI_ROLE_MAX];

	if (g->rows != s->shown.rows || g->cols != s->shown.cols) {
		pd_grid_done(&s->shown);
		pd_grid_init(&s->shown, g->rows, g->cols);
		s->all = true;
	}
	for (unsigned i = 0; i < PD_UI_ROLE_MAX; i++)
		pd_style_look(s->style, i, &looks[i]);
	if (s->all)
		erase();
	for (unsigned row = 0; row < g->rows; row++)
		show_row(s, g, row, looks);
	s->all = false;
	curs_set(g->cursor ? 1 : 0);
	move((int)(g->cursor ? g->cursor_row : g->rows - 1),
	    (int)(g->cursor ? g->cursor_col : 0));
	refresh();
}

void
pd_screen_spoilt(struct pd_screen *s)
{
	s->all = true;
	clearok(curscr, TRUE);
}

void
pd_screen_beep(struct pd_screen *s)
{
	(void)s;
	beep();
}

bool
pd_screen_unicode(const struct pd_screen *s)
{
	return s->unicode;
}

/* ---- the terminal's state ------------------------------------------------ */

void
pd_screen_say(struct pd_screen *s, const char *text)
{
	size_t n = strlen(text), done = 0;
	ssize_t put;

	while (done < n) {
		put = write(fileno(s->out), text + done, n - done);
		if (put > 0)
			done += (size_t)put;
		else if (put == -1 && errno != EINTR)
			return;
	}
}

/* A capability without its padding, for who cannot wait. */
static void
add_cap(struct pd_buf *b, const char *cap)
{
	const char *p = cap != NULL && cap != (char *)-1 ? cap : "";

	while (*p != '\0') {
		const char *end = p[0] == '$' && p[1] == '<' ?
		    strchr(p, '>') : NULL;

		if (end != NULL)
			p = end + 1;
		else
			pd_buf_addc(b, *p++);
	}
}

/* What puts the terminal back, as bytes, for a signal's handler. */
static void
make_restore(struct pd_screen *s)
{
	struct pd_buf *b = &s->restore;
	struct winsize ws = { 0 };

	pd_terminal_screen(NULL, 0);
	pd_buf_reset(b);
	ioctl(s->fd, TIOCGWINSZ, &ws);
	if (s->mouse)
		pd_buf_adds(b, MOUSE_OFF);
	if (s->has_mouse)
		pd_buf_adds(b, PASTE_OFF);
	add_cap(b, exit_attribute_mode);
	add_cap(b, orig_pair);
	add_cap(b, cursor_normal);
	add_cap(b, keypad_local);
	/* A terminal with one screen keeps what is on it, from its last row. */
	if (ws.ws_row > 0 && cursor_address != NULL)
		add_cap(b, tparm(cursor_address, ws.ws_row - 1, 0, 0, 0, 0, 0,
		    0, 0, 0));
	add_cap(b, clr_eol);
	add_cap(b, exit_ca_mode);
	pd_buf_adds(b, "\r");
	pd_terminal_screen(b->s, b->n);
}

static void
modes_on(struct pd_screen *s)
{
	if (s->has_mouse)
		pd_screen_say(s, PASTE_ON);
	if (s->mouse)
		pd_screen_say(s, MOUSE_ON);
}

static void
modes_off(struct pd_screen *s)
{
	if (s->mouse)
		pd_screen_say(s, MOUSE_OFF);
	if (s->has_mouse)
		pd_screen_say(s, PASTE_OFF);
}

void
pd_screen_mouse(struct pd_screen *s, bool on)
{
	on = on && s->has_mouse;
	if (on == s->mouse)
		return;
	pd_screen_say(s, on ? MOUSE_ON : MOUSE_OFF);
	s->mouse = on;
	make_restore(s);
}

void
pd_screen_leave(struct pd_screen *s)
{
	modes_off(s);
	endwin();
	pd_terminal_screen(NULL, 0);
}

void
pd_screen_enter(struct pd_screen *s)
{
	make_restore(s);
	s->all = true;
	clearok(curscr, TRUE);
	refresh();
	modes_on(s);
}

bool
pd_screen_resize(struct pd_screen *s, unsigned *rows, unsigned *cols)
{
	struct winsize ws = { 0 };

	if (ioctl(s->fd, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 &&
	    ws.ws_col > 0 && (ws.ws_row != LINES || ws.ws_col != COLS)) {
		resizeterm(ws.ws_row, ws.ws_col);
		make_restore(s);
		s->all = true;
	}
	*rows = (unsigned)LINES;
	*cols = (unsigned)COLS;
	return *rows != s->shown.rows || *cols != s->shown.cols;
}

/* ---- life ---------------------------------------------------------------- */

/* Can the cursor be put anywhere, and the screen be cleared? */
static bool
is_able(void)
{
	return cursor_address != NULL && clear_screen != NULL &&
	    !generic_type && !hard_copy;
}

static int
open_streams(struct pd_screen *s, struct pd_err *err)
{
	int in = fcntl(s->fd, F_DUPFD_CLOEXEC, 3);
	int out = fcntl(s->fd, F_DUPFD_CLOEXEC, 3);

	if (in != -1)
		s->in = fdopen(in, "r");
	if (out != -1)
		s->out = fdopen(out, "w");
	if (s->in == NULL || s->out == NULL)
		return pd_err_set(err, "the terminal cannot be opened: %s",
		    strerror(errno));
	return 0;
}

static void
set_modes(struct pd_screen *s)
{
	raw();
	noecho();
	nonl();
	leaveok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	pd_screen_keys_begin(s);
}

static int
begin(struct pd_screen *s, const char *term, struct pd_err *err)
{
	if (open_streams(s, err) == -1)
		return -1;
	pd_edit_locale();
	s->unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	s->sp = newterm(term, s->out, s->in);
	if (s->sp == NULL)
		return pd_err_set(err, "terminals of the kind '%s' are not "
		    "known here", term);
	if (!is_able()) {
		endwin();
		return pd_err_set(err, "a terminal of the kind '%s' has no "
		    "full screen", term);
	}
	return 0;
}

struct pd_screen *
pd_screen_new(int fd, const struct pd_style *style, struct pd_err *err)
{
	const char *term = getenv("TERM"), *mouse;
	struct pd_screen *s = pd_xcalloc(1, sizeof(*s));

	s->fd = fd;
	s->style = style;
	if (term == NULL || *term == '\0' || strcmp(term, "dumb") == 0) {
		pd_err_set(err, "there is no full screen with TERM=%s",
		    term != NULL ? term : "");
		free(s);
		return NULL;
	}
	if (begin(s, term, err) == -1) {
		pd_screen_free(s);
		return NULL;
	}
	mouse = tigetstr("kmous");
	s->has_mouse = mouse != NULL && mouse != (char *)-1;
	set_modes(s);
	make_restore(s);
	modes_on(s);
	s->all = true;
	return s;
}

void
pd_screen_free(struct pd_screen *s)
{
	if (s == NULL)
		return;
	if (s->sp != NULL) {
		if (!isendwin())
			pd_screen_leave(s);
		if (s->keys != NULL)
			delwin(s->keys);
		delscreen(s->sp);
	}
	if (s->in != NULL)
		fclose(s->in);
	if (s->out != NULL)
		fclose(s->out);
	pd_terminal_screen(NULL, 0);
	pd_grid_done(&s->shown);
	pd_buf_done(&s->restore);
	pd_buf_done(&s->paste);
	free(s);
}
