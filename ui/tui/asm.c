/*
 * The bytecode pane: the instructions of the selected frame's function.
 *
 * Fetched once for each stop or frame that is selected: the target says which
 * instruction is the current one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/tui/list.h"
#include "ui/tui/panes.h"

struct asm_pane {
	struct pd_list	 list;
	struct pd_code	 code;
	size_t		 current;	/* row; SIZE_MAX: none */
	bool		 innermost;	/* the frame that it is of */
	bool		 follow;	/* the cursor is to go there */
};

static struct asm_pane *
asm_of(struct pd_pane *p)
{
	return (struct asm_pane *)p;
}

static const struct pd_insn *
insn_at(struct asm_pane *a, size_t i)
{
	return PD_VEC_AT(&a->code.insns, struct pd_insn, i);
}

static void
add_text(struct pd_list *l, size_t i, struct pd_buf *b)
{
	const struct pd_insn *in = insn_at((struct asm_pane *)l, i);

	pd_buf_addf(b, "%llu %s", (unsigned long long)in->offset,
	    pd_str_c(&in->text));
}

/* Does a line of source begin here? */
static bool
begins_line(struct asm_pane *a, size_t i)
{
	const struct pd_insn *in = insn_at(a, i);

	return in->line != 0 && (i == 0 || insn_at(a, i - 1)->line !=
	    in->line);
}

static void
draw_row(struct pd_list *l, size_t i, struct pd_surface *s, long left)
{
	struct asm_pane *a = (struct asm_pane *)l;
	const struct pd_insn *in = insn_at(a, i);
	unsigned under = a->innermost ? PD_UI_LINE_CURRENT :
	    PD_UI_LINE_OTHER;
	long col = left;

	if (begins_line(a, i))
		pd_surface_printf(s, 0, col, PD_UI_LINENO, "%4llu",
		    (unsigned long long)in->line);
	col += 5;
	col = pd_surface_puts(s, 0, col, a->innermost ? PD_UI_ARROW :
	    PD_UI_ARROW_OTHER, i != a->current ? " " : s->ascii ? ">" : "▸");
	col = pd_surface_puts(s, 0, col, PD_ROLE_MARK, !in->target ? "  " :
	    s->ascii ? "> " : "» ");
	col = pd_surface_printf(s, 0, col, PD_UI_DIM, "%4llu  ",
	    (unsigned long long)in->offset);
	col = pd_surface_puts(s, 0, col, PD_ROLE_TEXT, pd_str_c(&in->text));
	if (i == a->current)
		pd_surface_under(s, 0, 0, s->cols, under);
	pd_list_cut(s, left, col);
}

static void
stale(struct pd_pane *p, enum pd_stale why)
{
	if (why != PD_STALE_COMMAND)
		asm_of(p)->follow = true;
	pd_pane_refetch(p);
}

static void
find_current(struct asm_pane *a)
{
	a->current = SIZE_MAX;
	for (size_t i = 0; i < a->code.insns.n; i++)
		if (insn_at(a, i)->current)
			a->current = i;
	if (a->current == SIZE_MAX || !a->follow)
		return;
	a->list.scroll.at = a->current;
	/* Some of what comes next is to be seen as well. */
	if (a->current >= a->list.scroll.top + a->list.pane.rows ||
	    a->current < a->list.scroll.top)
		a->list.scroll.top = a->current >= a->list.pane.rows / 3 ?
		    a->current - a->list.pane.rows / 3 : 0;
}

static void
fetch(struct pd_pane *p)
{
	struct asm_pane *a = asm_of(p);
	struct pd_session *s = p->session;
	struct pd_code_req req = { .frame = s->frame };
	struct pd_err err;

	pd_rec_done(&pd_code_desc, &a->code);
	pd_str_done(&a->list.error);
	a->list.n = 0;
	if (!pd_list_can_look(&a->list))
		return;
	if (s->target->ops->code(s->target, &req, &a->code, &err) < 0) {
		pd_list_fail(&a->list, &err);
		return;
	}
	a->innermost = s->frame == s->stop.frame.index && s->thread == 0;
	a->list.n = a->code.insns.n;
	find_current(a);
	a->follow = false;
	pd_list_fix(&a->list);
}

static bool
has_bp(struct asm_pane *a, uint64_t line)
{
	return pd_session_bp_at(a->list.pane.session, pd_str_c(&a->code.file),
	    line);
}

/* The instruction's line: shown, or a breakpoint in it. */
static void
line_action(struct asm_pane *a, const char *name, const struct pd_insn *in)
{
	struct pd_tui *tui = a->list.pane.tui;
	const char *file = pd_str_c(&a->code.file);

	if (in->line == 0)
		pd_tui_message(tui, "this instruction is of no line");
	else if (strcmp(name, "open") == 0)
		pd_tui_show(tui, file, (long)in->line);
	else
		pd_tui_runf(tui, "%s %s:%llu", has_bp(a, in->line) ? "clear" :
		    "break", file, (unsigned long long)in->line);
}

static bool
action(struct pd_pane *p, const char *name, const char *arg)
{
	struct asm_pane *a = asm_of(p);
	size_t i;

	(void)arg;
	if (pd_list_action(p, name))
		return true;
	if (strcmp(name, "current") == 0) {
		a->follow = true;
		find_current(a);
		a->follow = false;
		pd_list_fix(&a->list);
		pd_pane_dirty(p);
		return true;
	}
	if (strcmp(name, "open") != 0 && strcmp(name, "toggle-break") != 0)
		return false;
	if (pd_list_at(&a->list, &i))
		line_action(a, name, insn_at(a, i));
	return true;
}

static bool
expand(struct pd_pane *p, char what, struct pd_buf *b)
{
	struct asm_pane *a = asm_of(p);
	size_t i;

	if (!pd_list_at(&a->list, &i) || insn_at(a, i)->line == 0)
		return false;
	if (what == 'f')
		pd_buf_adds(b, pd_str_c(&a->code.file));
	else if (what == 'l')
		pd_buf_addf(b, "%llu",
		    (unsigned long long)insn_at(a, i)->line);
	else
		return false;
	return true;
}

static void
title(struct pd_pane *p, struct pd_buf *b)
{
	struct asm_pane *a = asm_of(p);
	struct pd_str name = a->list.n == 0 ? pd_str_from("bytecode") :
	    pd_strf("bytecode: %s", pd_str_c(&a->code.func));

	pd_list_title_as(p, name.s, b);
	pd_str_done(&name);
}

static void
asm_free(struct pd_pane *p)
{
	struct asm_pane *a = asm_of(p);

	pd_rec_done(&pd_code_desc, &a->code);
	pd_list_done(&a->list);
	free(a);
}

struct pd_pane *
pd_asm_make(void)
{
	struct asm_pane *a = pd_xcalloc(1, sizeof(*a));

	a->list.empty = "no bytecode";
	a->list.row = draw_row;
	a->list.text = add_text;
	a->current = SIZE_MAX;
	return &a->list.pane;
}

const struct pd_pane_ops pd_asm_ops = {
	.name = "asm",
	.what = "the bytecode of the selected frame",
	.context = PD_KEYS_ASM,
	.min_rows = 2,
	.rank = 60,
	.title = title,
	.stale = stale,
	.fetch = fetch,
	.draw = pd_list_draw,
	.resize = pd_list_resize,
	.action = action,
	.mouse = pd_list_mouse,
	.expand = expand,
	.search = pd_list_search,
	.free = asm_free,
};
