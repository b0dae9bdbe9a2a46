/*
 * The source pane: the selected frame's file, or another one that is browsed.
 *
 * Texts come from the session's cache with fetch() and are copied, so that they
 * can be drawn while the program runs.  source-draw.c draws, source-choose.c
 * opens other files.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "ui/tui/source-room.h"

static struct pd_source_pane *
source_of(struct pd_pane *p)
{
	return (struct pd_source_pane *)(void *)p;
}

/* ---- texts ------------------------------------------------------------- */

static struct pd_doc
take_doc(struct pd_source_pane *sp, size_t i)
{
	struct pd_doc d = sp->docs[i];

	memmove(sp->docs + 1, sp->docs, i * sizeof(d));
	return d;
}

/* The text of sp->file, to the front. */
static struct pd_doc *
load(struct pd_source_pane *sp)
{
	struct pd_session *s = sp->pane.session;
	uint64_t serial = pd_session_source_serial(s);
	struct pd_frame f = { .file = sp->file, .index = sp->frame_index };
	const struct pd_str *text;
	size_t i = 0;

	if (sp->file.s == NULL)
		return NULL;
	while (i < sp->ndocs && !pd_str_eq(&sp->docs[i].file, sp->file.s))
		i++;
	if (i < sp->ndocs && sp->docs[i].serial == serial) {
		sp->docs[0] = take_doc(sp, i);
		return &sp->docs[0];
	}
	text = pd_source_text(s, &f);
	if (text == NULL)
		return NULL;
	if (i == sp->ndocs && sp->ndocs < PD_SOURCE_DOCS)
		sp->ndocs++;
	i = i < PD_SOURCE_DOCS ? i : PD_SOURCE_DOCS - 1;
	pd_doc_done(&sp->docs[i]);
	take_doc(sp, i);
	pd_doc_init(&sp->docs[0], sp->file.s, text);
	sp->docs[0].serial = serial;
	return &sp->docs[0];
}

/* ---- fetching ---------------------------------------------------------- */

static void
set_text(struct pd_str *to, const char *from)
{
	struct pd_str s = pd_str_from(from);

	pd_str_done(to);
	*to = s;
}

static void
fetch_frame(struct pd_source_pane *sp)
{
	struct pd_session *s = sp->pane.session;
	const struct pd_frame *f = pd_session_frame(s);

	sp->now = sp->raised = 0;
	if (f == NULL || f->file.s == NULL) {
		pd_str_done(&sp->frame_file);
		return;
	}
	set_text(&sp->frame_file, f->file.s);
	sp->frame_index = f->index;
	sp->now = f->now != 0 ? f->now : f->line;
	sp->raised = f->now != 0 ? f->line : 0;
	sp->innermost = f->index == s->stop.frame.index;
}

static void
fetch_marks(struct pd_source_pane *sp)
{
	sp->marks.n = 0;
	PD_VEC_EACH(&sp->pane.session->bps, struct pd_bp, bp) {
		struct pd_source_mark m = { bp->line, bp->id, 'B', PD_UI_BP };

		if (bp->id == 0 || !pd_str_eq(&bp->file, pd_str_c(&sp->file)))
			continue;
		if (bp->cond.n > 0)
			m.letter = 'C';
		if (bp->temporary)
			m.letter = 'T';
		if (bp->pending) {
			m.letter = 'P';
			m.role = PD_UI_BP_PENDING;
		}
		if (!bp->enabled) {
			m.letter = 'b';
			m.role = PD_UI_BP_OFF;
		}
		*PD_VEC_PUSH(&sp->marks, struct pd_source_mark) = m;
	}
}

static size_t
lines_of(const struct pd_source_pane *sp)
{
	return sp->doc != NULL ? sp->doc->lines : 0;
}

/* Puts the cursor there; a line that is out of sight, or at the edge, comes to
 * the middle. */
static void
go_to(struct pd_source_pane *sp, uint64_t line)
{
	size_t rows = sp->pane.rows, at = line > 0 ? (size_t)line - 1 : 0;
	size_t edge = rows > 8 ? 2 : 0;

	sp->scroll.at = at;
	if (at < sp->scroll.top + (sp->scroll.top > 0 ? edge : 0) ||
	    at + edge >= sp->scroll.top + rows)
		sp->scroll.top = at > rows / 2 ? at - rows / 2 : 0;
	pd_scroll_fix(&sp->scroll, lines_of(sp), rows);
}

static void
source_fetch(struct pd_pane *p)
{
	struct pd_source_pane *sp = source_of(p);
	struct pd_session *s = p->session;

	fetch_frame(sp);
	if (sp->follow && sp->frame_file.s != NULL &&
	    !pd_str_eq(&sp->file, sp->frame_file.s)) {
		set_text(&sp->file, sp->frame_file.s);
		sp->scroll = (struct pd_scroll){ 0 };
	} else if (sp->file.s == NULL && s->what.n > 0 &&
	    pd_path_exists(s->what.s)) {
		set_text(&sp->file, s->what.s);
	}
	sp->doc = load(sp);
	fetch_marks(sp);
	if (sp->follow && sp->frame_file.s != NULL)
		go_to(sp, sp->now);
	else
		pd_scroll_fix(&sp->scroll, lines_of(sp), p->rows);
	sp->follow = false;
}

static void
source_stale(struct pd_pane *p, enum pd_stale why)
{
	if (why != PD_STALE_COMMAND)
		source_of(p)->follow = true;
}

/* ---- actions ----------------------------------------------------------- */

void
pd_source_show(struct pd_pane *p, const char *file, long line)
{
	struct pd_source_pane *sp = source_of(p);

	if (pd_tui_running(p->tui)) {
		pd_tui_message(p->tui, "the program runs; Ctrl-C stops it");
		return;
	}
	if (!pd_str_eq(&sp->file, file)) {
		set_text(&sp->file, file);
		sp->scroll = (struct pd_scroll){ 0 };
	}
	sp->doc = load(sp);
	fetch_marks(sp);
	go_to(sp, line > 0 ? (uint64_t)line : 1);
	pd_pane_dirty(p);
}

static void
toggle_break(struct pd_source_pane *sp)
{
	size_t line = sp->scroll.at + 1;

	if (sp->doc == NULL) {
		pd_tui_message(sp->pane.tui, "there is no source here");
		return;
	}
	PD_VEC_EACH(&sp->marks, struct pd_source_mark, m)
		if (m->line == line) {
			pd_tui_runf(sp->pane.tui, "clear %s:%zu", sp->file.s,
			    line);
			return;
		}
	pd_tui_runf(sp->pane.tui, "break %s:%zu", sp->file.s, line);
}

static void
open_line(struct pd_source_pane *sp)
{
	size_t n;
	const char *p = sp->doc != NULL ?
	    pd_doc_line(sp->doc, sp->scroll.at, &n) : NULL;
	struct pd_str title;

	if (p == NULL)
		return;
	title = pd_strf("%s:%zu", sp->file.s, sp->scroll.at + 1);
	pd_tui_page(sp->pane.tui, title.s, p, n);
	pd_str_done(&title);
}

static void
to_current(struct pd_source_pane *sp)
{
	if (sp->frame_file.s == NULL) {
		pd_tui_message(sp->pane.tui, "no frame is selected");
		return;
	}
	sp->follow = true;
	pd_pane_refetch(&sp->pane);
}

static bool
source_action(struct pd_pane *p, const char *name, const char *arg)
{
	struct pd_source_pane *sp = source_of(p);

	(void)arg;
	pd_pane_dirty(p);
	if (pd_scroll_action(&sp->scroll, name, lines_of(sp), p->rows))
		return true;
	if (strcmp(name, "toggle-break") == 0)
		toggle_break(sp);
	else if (strcmp(name, "open") == 0)
		open_line(sp);
	else if (strcmp(name, "current") == 0)
		to_current(sp);
	else if (strcmp(name, "files") == 0)
		pd_source_choose_file(sp);
	else if (strcmp(name, "modules") == 0)
		pd_source_choose_module(sp);
	else
		return false;
	return true;
}

static bool
source_search(struct pd_pane *p, const char *text, bool backwards,
    bool again)
{
	struct pd_source_pane *sp = source_of(p);
	size_t n = lines_of(sp), len, at = sp->scroll.at;
	size_t skip = again ? 1 : 0;

	set_text(&sp->find, text);
	pd_pane_dirty(p);
	for (size_t k = skip; k < n + skip; k++) {
		size_t i = backwards ? (at + n - k % n) % n : (at + k) % n;
		const char *line = pd_doc_line(sp->doc, i, &len);

		if (pd_source_find(line, len, text) != NULL) {
			go_to(sp, i + 1);
			return true;
		}
	}
	return false;
}

static bool
source_expand(struct pd_pane *p, char what, struct pd_buf *out)
{
	struct pd_source_pane *sp = source_of(p);

	if (sp->doc == NULL)
		return false;
	if (what == 'f') {
		pd_buf_add(out, sp->file.s, sp->file.n);
		return true;
	}
	if (what == 'l') {
		pd_buf_addf(out, "%zu", sp->scroll.at + 1);
		return true;
	}
	PD_VEC_EACH(&sp->marks, struct pd_source_mark, m)
		if (what == 'n' && m->line == sp->scroll.at + 1) {
			pd_buf_addf(out, "%llu", (unsigned long long)m->id);
			return true;
		}
	return false;
}

/* The wheel moves the text, and the cursor only so that it stays in sight. */
static void
wheel(struct pd_source_pane *sp, long by)
{
	long top = (long)sp->scroll.top + by, rows = (long)sp->pane.rows;
	long most = (long)lines_of(sp) - rows;

	top = top > most ? most : top;
	top = top < 0 ? 0 : top;
	sp->scroll.top = (size_t)top;
	if ((long)sp->scroll.at < top)
		sp->scroll.at = (size_t)top;
	if ((long)sp->scroll.at >= top + rows)
		sp->scroll.at = (size_t)(top + rows - 1);
	pd_scroll_fix(&sp->scroll, lines_of(sp), sp->pane.rows);
}

static bool
source_mouse(struct pd_pane *p, const struct pd_mouse *m)
{
	struct pd_source_pane *sp = source_of(p);
	size_t line = sp->scroll.top + m->row;

	pd_pane_dirty(p);
	if (m->what == PD_MOUSE_WHEEL_UP || m->what == PD_MOUSE_WHEEL_DOWN) {
		wheel(sp, m->what == PD_MOUSE_WHEEL_UP ? -3 : 3);
		return true;
	}
	if ((m->what != PD_MOUSE_PRESS && m->what != PD_MOUSE_DOUBLE) ||
	    m->button != 1 || line >= lines_of(sp))
		return true;
	sp->scroll.at = line;
	if (m->col < pd_source_gutter(sp))
		toggle_break(sp);
	return true;
}

/* ---- the rest ---------------------------------------------------------- */

static const char *
short_name(const char *file)
{
	const char *slash = strrchr(file, '/'), *above = slash;

	if (slash == NULL || slash[1] == '\0')
		return file;
	/* A package's files have the same name. */
	if (!pd_starts(slash + 1, "__"))
		return slash + 1;
	while (above > file && above[-1] != '/')
		above--;
	return above;
}

static void
source_title(struct pd_pane *p, struct pd_buf *out)
{
	struct pd_source_pane *sp = source_of(p);

	pd_buf_adds(out, "src");
	if (sp->file.s == NULL)
		return;
	pd_buf_addf(out, "  %s", short_name(sp->file.s));
	if (sp->doc != NULL)
		pd_buf_addf(out, "  %zu of %zu", sp->scroll.at + 1,
		    sp->doc->lines);
	if (sp->scroll.left > 0)
		pd_buf_addf(out, "  from column %zu", sp->scroll.left + 1);
	if (sp->frame_file.s != NULL && pd_str_eq(&sp->frame_file,
	    sp->file.s) && !sp->innermost)
		pd_buf_addf(out, "  frame %llu",
		    (unsigned long long)sp->frame_index);
}

static void
source_resize(struct pd_pane *p, unsigned rows, unsigned cols)
{
	struct pd_source_pane *sp = source_of(p);

	(void)cols;
	if (rows > 0 && sp->doc != NULL)
		go_to(sp, sp->scroll.at + 1);
}

static void
source_free(struct pd_pane *p)
{
	struct pd_source_pane *sp = source_of(p);

	for (size_t i = 0; i < sp->ndocs; i++)
		pd_doc_done(&sp->docs[i]);
	pd_str_done(&sp->file);
	pd_str_done(&sp->find);
	pd_str_done(&sp->frame_file);
	pd_vec_done(&sp->marks);
	free(sp);
}

struct pd_pane *
pd_source_new(void)
{
	struct pd_source_pane *sp = pd_xcalloc(1, sizeof(*sp));

	sp->follow = true;
	return &sp->pane;
}

const struct pd_pane_ops pd_source_ops = {
	.name = "src",
	.what = "the source",
	.context = PD_KEYS_SOURCE,
	.min_rows = 2,
	.rank = 90,
	.title = source_title,
	.stale = source_stale,
	.fetch = source_fetch,
	.draw = pd_source_draw,
	.resize = source_resize,
	.action = source_action,
	.mouse = source_mouse,
	.expand = source_expand,
	.search = source_search,
	.free = source_free,
};
