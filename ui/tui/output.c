/*
 * The output pane: what the program writes, and where it is typed to.
 *
 * A view of the program's own terminal (tty.c), which is there whether the
 * pane is or not.  A program that has the alternate screen or the mouse gets
 * the keys and the mouse that otherwise scroll the view.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/panes.h"
#include "ui/tui/tui-room.h"
#include "ui/tui/tty.h"
#include "ui/tui/vt-draw.h"

struct output {
	struct pd_pane	 pane;
	size_t		 back;		/* lines scrolled back */
	uint64_t	 pushed;	/* of the emulator, as drawn last */
	bool		 news;		/* has come since */
};

static struct output *
output_of(struct pd_pane *p)
{
	return (struct output *)(void *)p;
}

static struct pd_vt *
vt_of(struct pd_pane *p)
{
	return pd_tty_vt(p->tui->tty);
}

/* ---- the view ----------------------------------------------------------- */

static void
scroll(struct pd_pane *p, long by)
{
	struct output *o = output_of(p);
	long back = (long)o->back + by, most = (long)pd_vt_back(vt_of(p));

	o->back = (size_t)(back < 0 ? 0 : back > most ? most : back);
	if (o->back == 0)
		o->news = false;
	pd_pane_dirty(p);
}

/* Scrolled back it stays where it is, whatever comes. */
void
pd_output_changed(struct pd_pane *p)
{
	struct output *o = output_of(p);
	uint64_t pushed = pd_vt_pushed(vt_of(p));

	if (o->back > 0) {
		o->news = true;
		if (pushed > o->pushed)
			scroll(p, (long)(pushed - o->pushed));
	}
	o->pushed = pushed;
	pd_pane_dirty(p);
}

static void
output_title(struct pd_pane *p, struct pd_buf *out)
{
	struct output *o = output_of(p);
	const char *title = pd_tty_title(p->tui->tty);

	pd_buf_adds(out, "output");
	if (*title != '\0')
		pd_buf_addf(out, ": %s", title);
	if (o->back > 0)
		pd_buf_addf(out, "  %zu lines back%s", o->back, o->news ?
		    ", more below" : "");
}

static void
output_draw(struct pd_pane *p, struct pd_surface *s)
{
	pd_vt_draw(vt_of(p), s, output_of(p)->back);
}

static void
output_resize(struct pd_pane *p, unsigned rows, unsigned cols)
{
	pd_tty_resize(p->tui->tty, rows, cols);
	scroll(p, 0);
}

/* ---- keys --------------------------------------------------------------- */

static const struct {
	const char	*name;
	uint32_t	 key;		/* for a program that draws; 0: none */
	int		 lines, pages;
} moves[] = {
	{ "up", 0, 1, 0 }, { "down", 0, -1, 0 },
	{ "page-up", PD_VT_KEY_PAGEUP, 0, 1 },
	{ "page-down", PD_VT_KEY_PAGEDOWN, 0, -1 },
	{ "back", 0, 0, 1 }, { "forth", 0, 0, -1 },
	{ "home", 0, INT16_MAX, 0 }, { "end", 0, -INT16_MAX, 0 },
};

static bool
output_action(struct pd_pane *p, const char *name, const char *arg)
{
	long page = p->rows > 1 ? (long)p->rows - 1 : 1;

	(void)arg;
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (strcmp(moves[i].name, name) != 0)
			continue;
		if (moves[i].key != 0 && pd_vt_alternate(vt_of(p)))
			pd_vt_key(vt_of(p), moves[i].key, 0);
		else
			scroll(p, moves[i].lines + moves[i].pages * page);
		return true;
	}
	return false;
}

static void
to_present(struct pd_pane *p)
{
	if (output_of(p)->back > 0)
		scroll(p, -(long)output_of(p)->back);
}

static bool
output_key(struct pd_pane *p, const struct pd_key *k)
{
	to_present(p);
	if (!pd_tty_listens(p->tui->tty)) {
		pd_tui_message(p->tui, "no program reads here; C-x o goes to "
		    "the next pane");
		return true;
	}
	/* As bytes: what a terminal sends for Ctrl-I is what it sends for
	 * Tab. */
	if (k->mods == PD_VT_CTRL && k->code >= '@' && k->code < 0x7f)
		pd_vt_key(vt_of(p), k->code & 0x1f, 0);
	else
		pd_vt_key(vt_of(p), k->code, k->mods);
	return true;
}

static void
output_paste(struct pd_pane *p, const char *text, size_t n)
{
	to_present(p);
	pd_vt_paste(vt_of(p), text, n);
}

/* ---- the mouse ---------------------------------------------------------- */

static bool
output_mouse(struct pd_pane *p, const struct pd_mouse *m)
{
	static const struct {
		int	button;		/* 0: as it is */
		bool	pressed;
	} as[] = {
		[PD_MOUSE_PRESS] = { 0, true },
		[PD_MOUSE_DOUBLE] = { 0, true },
		[PD_MOUSE_RELEASE] = { 0, false },
		[PD_MOUSE_DRAG] = { 0, true },
		[PD_MOUSE_WHEEL_UP] = { 4, true },
		[PD_MOUSE_WHEEL_DOWN] = { 5, true },
	};
	int button = as[m->what].button != 0 ? as[m->what].button :
	    (int)m->button;

	if (pd_vt_mouse(vt_of(p)) == PD_VT_MOUSE_NONE ||
	    output_of(p)->back > 0)
		return false;
	if (m->what == PD_MOUSE_PRESS && !pd_pane_focused(p))
		return false;		/* the first press is for us */
	pd_vt_mouse_event(vt_of(p), (int)m->row, (int)m->col,
	    m->what == PD_MOUSE_DRAG ? 0 : button, as[m->what].pressed,
	    m->mods);
	return true;
}

/* ---- searching ---------------------------------------------------------- */

static bool
row_holds(struct pd_pane *p, long row, const char *text)
{
	struct pd_buf b = { 0 };
	bool found;

	pd_vt_text(vt_of(p), (int)row, &b);
	found = strstr(pd_buf_c(&b), text) != NULL;
	pd_buf_done(&b);
	return found;
}

/* Upwards from what is seen, or downwards. */
static bool
output_search(struct pd_pane *p, const char *text, bool backwards, bool again)
{
	long top = -(long)pd_vt_back(vt_of(p)), row = -(long)output_of(p)->back;
	long step = backwards ? -1 : 1;

	if (again)
		row += step;
	for (; row >= top && row < (long)p->rows; row += step)
		if (row_holds(p, row, text)) {
			scroll(p, -row - (long)output_of(p)->back);
			return true;
		}
	return false;
}

static void
output_free(struct pd_pane *p)
{
	free(p);
}

const struct pd_pane_ops pd_output_ops = {
	.name = "out",
	.what = "the program's terminal",
	.context = PD_KEYS_OUTPUT,
	.min_rows = 2,
	.rank = 4,
	.title = output_title,
	.draw = output_draw,
	.resize = output_resize,
	.action = output_action,
	.key = output_key,
	.paste = output_paste,
	.mouse = output_mouse,
	.search = output_search,
	.free = output_free,
};

struct pd_pane *
pd_output_make(void)
{
	struct output *o = pd_xcalloc(1, sizeof(*o));

	return &o->pane;
}
