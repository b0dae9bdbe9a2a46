/*
 * The panes of data on a plain grid, without a terminal: the fake target
 * behind a session, actions in, cells out.
 *
 * What a pane asks of the full screen (run this line, show this place) is
 * taken down here; command lines are run by the session as the screen would.
 */
#include <locale.h>
#include <stdlib.h>

#include "cmds/session.h"
#include "tap.h"
#include "target/fake-script.h"
#include "ui/tui/list.h"
#include "ui/tui/panes.h"

struct bench {
	struct pd_session	 s;
	struct pd_sink		 sink;
	struct pd_pane		*pane;
	struct pd_grid		 grid;
	struct pd_buf		 said;		/* to the screen, a line each */
	struct pd_buf		 out;		/* of the commands */
	bool			 ascii, focus;
	const char		*answer;	/* to the next question */
};

/* ---- what panes call --------------------------------------------------- */

static struct bench *bench;
static void	line(struct bench *, const char *);

void
pd_tui_run(struct pd_tui *tui, const char *text)
{
	(void)tui;
	pd_buf_addf(&bench->said, "run %s\n", text);
	line(bench, text);
}

void
pd_tui_runf(struct pd_tui *tui, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	pd_tui_run(tui, pd_buf_c(&b));
	pd_buf_done(&b);
}

void
pd_tui_message(struct pd_tui *tui, const char *fmt, ...)
{
	va_list ap;

	(void)tui;
	pd_buf_adds(&bench->said, "message ");
	va_start(ap, fmt);
	pd_buf_addv(&bench->said, fmt, ap);
	va_end(ap);
	pd_buf_addc(&bench->said, '\n');
}

void
pd_tui_page(struct pd_tui *tui, const char *title, const char *text, size_t n)
{
	(void)tui;
	pd_buf_addf(&bench->said, "page %s: %.*s\n", title, (int)n, text);
}

void
pd_tui_show(struct pd_tui *tui, const char *file, long at)
{
	(void)tui;
	pd_buf_addf(&bench->said, "show %s:%ld\n", file, at);
}

void
pd_tui_ask(struct pd_tui *tui, const char *prompt,
    void (*done)(void *, const char *), void *ctx)
{
	(void)tui;
	pd_buf_addf(&bench->said, "ask %s\n", prompt);
	if (bench->answer != NULL)
		done(ctx, bench->answer);
}

bool
pd_tui_running(const struct pd_tui *tui)
{
	(void)tui;
	return false;
}

bool
pd_pane_focused(const struct pd_pane *p)
{
	(void)p;
	return bench->focus;
}

/* ---- driving ----------------------------------------------------------- */

static void
take(void *ctx, enum pd_role role, const char *text, size_t n)
{
	(void)role;
	pd_buf_add(&((struct bench *)ctx)->out, text, n);
}

static void
refresh(struct bench *b)
{
	if (!b->pane->is_stale)
		return;
	b->pane->is_stale = false;
	b->pane->ops->fetch(b->pane);
}

static void
resize(struct bench *b, unsigned rows, unsigned cols)
{
	pd_grid_done(&b->grid);
	pd_grid_init(&b->grid, rows, cols);
	b->pane->rows = rows;
	b->pane->cols = cols;
	if (b->pane->ops->resize != NULL)
		b->pane->ops->resize(b->pane, rows, cols);
	refresh(b);
}

static void
begin(struct bench *b, const char *script, const struct pd_pane_kind *kind,
    unsigned rows, unsigned cols)
{
	struct pd_err err;
	struct pd_target *t = pd_target_fake_new(script, &err);

	memset(b, 0, sizeof(*b));
	bench = b;
	if (t == NULL) {
		tap_ok(false, "script: %s", err.msg);
		exit(tap_done());
	}
	b->sink.write = take;
	b->sink.ctx = b;
	pd_session_init(&b->s, t, &b->sink);
	*PD_VEC_PUSH(&b->s.launch.argv, struct pd_str) = pd_str_from("python");
	b->s.what = pd_str_from("/p/main.py");
	b->pane = kind->make();
	b->pane->ops = kind->ops;
	b->pane->session = &b->s;
	b->pane->shown = true;
	b->focus = true;
	resize(b, rows, cols);
	pd_session_start(&b->s);
	pd_session_before_prompt(&b->s);
	b->pane->ops->stale(b->pane, PD_STALE_STOP);
	refresh(b);
}

static void
line(struct bench *b, const char *text)
{
	uint64_t stops = b->s.stops, frame = b->s.frame;

	pd_session_line(&b->s, text, strlen(text));
	pd_session_run_queue(&b->s);
	pd_session_before_prompt(&b->s);
	b->pane->ops->stale(b->pane, b->s.stops != stops || !b->s.alive ?
	    PD_STALE_STOP : b->s.frame != frame ? PD_STALE_FRAME :
	    PD_STALE_COMMAND);
	refresh(b);
}

static void
act(struct bench *b, const char *action)
{
	struct pd_str name = pd_str_new(action, strcspn(action, " "));
	const char *arg = action + name.n;

	if (!b->pane->ops->action(b->pane, name.s, arg + (*arg == ' ')))
		tap_ok(false, "the pane has no action %s", name.s);
	pd_str_done(&name);
	refresh(b);
}

static void
end(struct bench *b)
{
	struct pd_target *t = b->s.target;

	b->pane->ops->free(b->pane);
	pd_session_done(&b->s);
	t->ops->close(t);
	pd_grid_done(&b->grid);
	pd_buf_done(&b->said);
	pd_buf_done(&b->out);
}

/* ---- looking ------------------------------------------------------------- */

static void
draw(struct bench *b)
{
	struct pd_surface s;

	pd_grid_clear(&b->grid);
	s = pd_surface_of(&b->grid);
	s.focus = true;
	s.ascii = b->ascii;
	b->pane->ops->draw(b->pane, &s);
}

static void
shows(struct bench *b, const char *want, const char *name)
{
	struct pd_buf got = { 0 };

	draw(b);
	for (unsigned i = 0; i < b->grid.rows; i++) {
		pd_grid_text(&b->grid, i, &got);
		pd_buf_addc(&got, '\n');
	}
	while (got.n > 1 && got.s[got.n - 2] == '\n')
		got.n--;
	got.s[got.n] = '\0';
	tap_is_str(pd_buf_c(&got), want, name);
	pd_buf_done(&got);
}

/* The role of the first cell of text in the last drawing; -1: not there. */
static int
role_of(struct bench *b, const char *text)
{
	struct pd_buf row = { 0 };
	int role = -1;

	for (unsigned i = 0; i < b->grid.rows && role < 0; i++) {
		const char *at;

		pd_buf_reset(&row);
		pd_grid_text(&b->grid, i, &row);
		at = strstr(pd_buf_c(&row), text);
		if (at != NULL)
			role = b->grid.cells[(size_t)i * b->grid.cols +
			    (size_t)pd_text_columns(row.s,
			    (size_t)(at - row.s))].role;
	}
	pd_buf_done(&row);
	return role;
}

static void
said(struct bench *b, const char *want, const char *name)
{
	tap_is_str(pd_buf_c(&b->said), want, name);
	pd_buf_reset(&b->said);
}

static void
asked(struct bench *b, const char *want, const char *name)
{
	tap_is_str(pd_target_fake_log(b->s.target), want, name);
}

static void
expands(struct bench *b, char what, const char *want, const char *name)
{
	struct pd_buf got = { 0 };
	bool good = b->pane->ops->expand(b->pane, what, &got);

	tap_is_str(good ? pd_buf_c(&got) : "(nothing)", want, name);
	pd_buf_done(&got);
}

static void
press(struct bench *b, unsigned row, enum pd_mouse_what what)
{
	struct pd_mouse m = { .what = what, .row = row, .button = 1 };

	b->pane->ops->mouse(b->pane, &m);
	refresh(b);
}

/* ---- the stack --------------------------------------------------------- */

#define FIRST	"python 0x030d00f0 3.13.0\n"				\
		"stop line /p/main.py:1 <module> import os\n"
#define IN_G	"stop line /p/lib/deep.py:7 g y = x\nfirst 5\n"		\
		"frame /p/main.py:5 f g(x)\nfirst 4\n"			\
		"frame /p/main.py:8 <module> f(1)\n"

static const struct pd_pane_kind stack = { &pd_stack_ops, pd_stack_make };

static void
test_stack(void)
{
	struct bench b;

	begin(&b, FIRST IN_G, &stack, 4, 40);
	shows(&b, "▸0 <module> main.py:1  import os\n", "the first stop");
	line(&b, "step");
	shows(&b, "▸0 g deep.py:7  y = x\n 1 f main.py:5  g(x)\n"
	    " 2 <module> main.py:8  f(1)\n", "three frames");
	act(&b, "down");
	expands(&b, 'n', "1", "the number at the cursor");
	expands(&b, 'f', "/p/main.py", "its file");
	expands(&b, 'l', "5", "its line");
	act(&b, "open");
	said(&b, "run frame 1\n", "Enter is a command line");
	shows(&b, " 0 g deep.py:7  y = x\n▸1 f main.py:5  g(x)\n"
	    " 2 <module> main.py:8  f(1)\n", "the mark has moved");
	b.ascii = true;
	resize(&b, 3, 10);
	shows(&b, " 0 g deep>\n>1 f main>\n 2 <modul>\n", "10 columns");
	act(&b, "right");
	shows(&b, "<.py:7  y>\n<.py:5  g>\n<e> main.>\n", "... sideways");
	act(&b, "left");
	resize(&b, 1, 10);
	shows(&b, ">1 f main>\n", "one row: the cursor's");
	resize(&b, 0, 0);
	resize(&b, 3, 30);
	press(&b, 2, PD_MOUSE_PRESS);
	press(&b, 2, PD_MOUSE_PRESS);
	said(&b, "run frame 2\n", "a second click opens");
	tap_ok(b.pane->ops->search(b.pane, "DEEP", false, false) &&
	    ((struct pd_list *)b.pane)->scroll.at == 0, "search");
	tap_ok(!b.pane->ops->search(b.pane, "nosuch", false, false),
	    "... for what is not there");
	line(&b, "kill");
	shows(&b, "no stack\n", "no program");
	end(&b);
}

/* ---- the variables ----------------------------------------------------- */

#define IN_F	"stop line /p/main.py:5 f y = x\nfirst 4\n"		\
		"frame /p/main.py:8 <module> f(1)\n"
#define VARS								\
	"child locals: x int => 1\n"					\
	"child locals: d dict => {'k': [1, 2]}\n"			\
	"child locals:1 ['k'] list => [1, 2]\n"				\
	"child locals:1.0 [0] int => 1\n"				\
	"child locals:1.0 [1] int => 2\n"				\
	"child locals: o Thing => Thing(a=1)\n"				\
	"child locals:2 .a int => 1\n"					\
	"child locals:2 .area property => \n"				\
	"child locals: __doc__ str => 'text'\n"				\
	"child locals: os module => <module 'os'>\n"			\
	"child globals: count int => 7\n"				\
	"child globals: __name__ str => '__main__'\n"

static const struct pd_pane_kind vars = { &pd_vars_ops, pd_vars_make };

static void
test_tree(void)
{
	struct bench b;

	begin(&b, FIRST IN_F IN_F VARS, &vars, 12, 40);
	shows(&b, "▾ globals\n    count = 7\n  ▸ 1 special\n",
	    "a module has globals alone");
	asked(&b, "start python\nchildren globals: \n", "one request");
	line(&b, "step");
	shows(&b, "▾ locals\n    x = 1\n  ▸ d = {'k': [1, 2]}\n"
	    "  ▸ o = Thing(a=1)\n  ▸ 2 special\n▸ globals\n", "a function");
	asked(&b, "resume step frame 0\nchildren locals: \n",
	    "what is closed is not asked for");
	draw(&b);
	draw(&b);
	asked(&b, "", "drawing asks nothing");
	b.pane->ops->search(b.pane, "d ", false, false);
	act(&b, "in");
	shows(&b, "▾ locals\n    x = 1\n  ▾ d = {'k': [1, 2]}\n"
	    "    ▸ ['k'] = [1, 2]\n  ▸ o = Thing(a=1)\n  ▸ 2 special\n"
	    "▸ globals\n", "opened");
	act(&b, "in");
	act(&b, "in");
	expands(&b, 'e', "d['k']", "its expression");
	asked(&b, "children locals:1 \nchildren locals:1.0 \n",
	    "a request for each");
	line(&b, "step");
	shows(&b, "▾ locals\n    x = 1\n  ▾ d = {'k': [1, 2]}\n"
	    "    ▾ ['k'] = [1, 2]\n        [0] = 1\n        [1] = 2\n"
	    "  ▸ o = Thing(a=1)\n  ▸ 2 special\n▸ globals\n",
	    "open at the next stop as well");
	expands(&b, 'e', "d['k']", "... and the cursor is where it was");
	asked(&b, "resume step frame 0\nchildren locals: \n"
	    "children locals:1 \nchildren locals:1.0 \n", "asked once");
	act(&b, "out");
	act(&b, "out");
	act(&b, "out");
	shows(&b, "▾ locals\n    x = 1\n  ▸ d = {'k': [1, 2]}\n"
	    "  ▸ o = Thing(a=1)\n  ▸ 2 special\n▸ globals\n", "closed again");
	act(&b, "home");
	expands(&b, 'e', "(nothing)", "the heading has none");
	act(&b, "out");
	shows(&b, "▸ locals\n▸ globals\n", "the locals closed");
	end(&b);
}

static void
test_properties(void)
{
	struct bench b;

	begin(&b, FIRST IN_F VARS, &vars, 12, 40);
	line(&b, "step");
	b.pane->ops->search(b.pane, "o ", false, false);
	act(&b, "toggle");
	shows(&b, "▾ locals\n    x = 1\n  ▸ d = {'k': [1, 2]}\n"
	    "  ▾ o = Thing(a=1)\n      .a = 1\n    ▸ .area  (property)\n"
	    "  ▸ 2 special\n▸ globals\n", "a property is not computed");
	asked(&b, "start python\nchildren globals: \nresume step frame 0\n"
	    "children locals: \nchildren locals:2 \n", "... nor asked for");
	act(&b, "down");
	act(&b, "down");
	expands(&b, 'e', "o.area", "r will print it");
	act(&b, "toggle");
	asked(&b, "children locals:2 ask\n", "Enter asks");
	act(&b, "up");
	act(&b, "toggle");
	said(&b, "message it does not open: r shows it whole\n",
	    "a number does not open");
	act(&b, "view");
	said(&b, "page .a: \n", "a look in the pager");
	end(&b);
}

static void
test_special(void)
{
	struct bench b;

	begin(&b, FIRST IN_F VARS, &vars, 12, 40);
	line(&b, "step");
	b.pane->ops->search(b.pane, "o ", false, false);
	act(&b, "down");
	act(&b, "toggle");
	shows(&b, "▾ locals\n    x = 1\n  ▸ d = {'k': [1, 2]}\n"
	    "  ▸ o = Thing(a=1)\n  ▾ 2 special\n      __doc__ = 'text'\n"
	    "      os = <module 'os'>\n▸ globals\n", "names like __x__");
	act(&b, "filter o");
	shows(&b, "▾ locals\n  ▸ o = Thing(a=1)\n    __doc__ = 'text'\n"
	    "    os = <module 'os'>\n▸ globals\n", "a filter");
	act(&b, "filter");
	b.answer = "X";
	act(&b, "filter");
	shows(&b, "▾ locals\n    x = 1\n▸ globals\n", "an asked filter");
	said(&b, "ask names with: \n", "... is asked for");
	end(&b);
}

/* As if the program had changed it. */
static void
change(struct bench *b, const char *rule, const char *value)
{
	PD_VEC_EACH(&((struct fake *)b->s.target)->rules, struct rule, r) {
		if (!pd_str_eq(&r->key, rule))
			continue;
		pd_str_done(&r->value);
		r->value = pd_str_from(value);
	}
}

#define IN_OTHER "stop line /p/main.py:9 other y = 1\nfirst 9\n"	\
		"frame /p/main.py:8 <module> f(1)\n"

static void
test_changes(void)
{
	struct bench b;

	begin(&b, FIRST IN_F IN_F IN_F IN_OTHER IN_F VARS, &vars, 12, 40);
	line(&b, "step");
	draw(&b);
	tap_is_int(role_of(&b, "1"), PD_ROLE_VALUE, "first seen");
	line(&b, "step");
	draw(&b);
	tap_is_int(role_of(&b, "1"), PD_ROLE_VALUE, "the same");
	change(&b, "locals: x int", "99");
	line(&b, "step");
	draw(&b);
	tap_is_int(role_of(&b, "99"), PD_UI_CHANGED, "another value");
	tap_is_int(role_of(&b, "{'k"), PD_ROLE_VALUE, "... of that alone");
	line(&b, "frame 0");
	draw(&b);
	tap_is_int(role_of(&b, "99"), PD_UI_CHANGED,
	    "... until the program runs");
	line(&b, "step");
	draw(&b);
	tap_is_int(role_of(&b, "99"), PD_ROLE_VALUE,
	    "another function is first seen");
	change(&b, "locals: x int", "100");
	line(&b, "step");
	draw(&b);
	tap_is_int(role_of(&b, "100"), PD_UI_CHANGED,
	    "back: against what it was there");
	end(&b);
}

static void
test_narrow(void)
{
	struct bench b;

	begin(&b, FIRST IN_F VARS, &vars, 3, 10);
	b.ascii = true;
	line(&b, "step");
	shows(&b, "- locals\n    x = 1\n  + d = {>\n", "3 rows, 10 columns");
	act(&b, "down");
	act(&b, "in");
	shows(&b, "- locals\n    x = 1\n  + d = {>\n",
	    "what is whole does not scroll");
	act(&b, "end");
	shows(&b, "  + o = T>\n  + 2 spe>\n+ globals\n", "the end");
	resize(&b, 1, 1);
	draw(&b);
	line(&b, "kill");
	resize(&b, 2, 20);
	shows(&b, "no variables\n", "no program");
	act(&b, "toggle");
	said(&b, "message there are no variables\n", "nothing to open");
	end(&b);
}

/* A hundred names and more: a page at a time. */
static void
test_pages(void)
{
	struct pd_buf script = { 0 };
	struct bench b;

	pd_buf_adds(&script, FIRST IN_F);
	for (int i = 0; i < 250; i++)
		pd_buf_addf(&script, "child locals: v%03d int => %d\n", i, i);
	begin(&b, pd_buf_c(&script), &vars, 4, 30);
	line(&b, "step");
	act(&b, "end");
	act(&b, "up");
	shows(&b, "    v098 = 98\n    v099 = 99\n  ▸ 150 more\n▸ globals\n",
	    "a page");
	act(&b, "toggle");
	act(&b, "end");
	shows(&b, "    v247 = 247\n    v248 = 248\n    v249 = 249\n"
	    "▸ globals\n", "more");
	pd_buf_done(&script);
	end(&b);
}

/* ---- the others -------------------------------------------------------- */

#define TEXT	"text /p/main.py\n|import os\n|\n|x = 1\n|y = 2\n"	\
		"file main.py => /p/main.py\n"

static const struct pd_pane_kind breaks = { &pd_breakpoints_ops,
	pd_breakpoints_make };

static void
test_breakpoints(void)
{
	struct bench b;

	begin(&b, FIRST "stop line /p/main.py:3 <module> x = 1\nhit 1 1\n"
	    TEXT, &breaks, 4, 40);
	shows(&b, "no breakpoints\n", "none");
	act(&b, "toggle");
	said(&b, "message there are no breakpoints\n", "none to switch");
	line(&b, "break 3");
	line(&b, "tbreak 4");
	shows(&b, " ●1 main.py:3\n ◎2 main.py:4 temporary\n", "two");
	act(&b, "toggle");
	said(&b, "run disable 1\n", "Space is a command line");
	shows(&b, " ○1 main.py:3 off\n ◎2 main.py:4 temporary\n", "off");
	act(&b, "toggle");
	said(&b, "run enable 1\n", "... and back");
	b.answer = "x > 1";
	act(&b, "condition");
	said(&b, "ask condition (empty: none): \nrun condition 1 x > 1\n",
	    "a condition");
	shows(&b, " ◆1 main.py:3 if x > 1\n ◎2 main.py:4 temporary\n",
	    "conditional");
	act(&b, "open");
	said(&b, "show /p/main.py:3\n", "Enter shows the place");
	expands(&b, 'n', "1", "its number");
	line(&b, "continue");
	shows(&b, "▸◆1 main.py:3 x1 if x > 1\n ◎2 main.py:4 temporary\n",
	    "it was hit");
	line(&b, "delete 1");
	shows(&b, " ◎2 main.py:4 temporary\n", "deleted");
	b.ascii = true;
	resize(&b, 3, 10);
	shows(&b, " t2 main.>\n", "10 columns");
	end(&b);
}

static const struct pd_pane_kind threads = { &pd_threads_ops,
	pd_threads_make };

static void
test_threads(void)
{
	struct bench b;

	begin(&b, FIRST "also 2 worker /p/main.py:30 loop\n", &threads, 4,
	    40);
	shows(&b, "▸1* MainThread <module> main.py:1\n"
	    " 2 worker loop main.py:30\n", "two");
	act(&b, "down");
	expands(&b, 'n', "2", "its number");
	act(&b, "open");
	said(&b, "run thread 2\n", "Enter selects");
	b.ascii = true;
	resize(&b, 3, 10);
	shows(&b, ">1* MainT>\n 2 worker>\n", "10 columns");
	line(&b, "kill");
	shows(&b, "no threads\n", "no program");
	end(&b);
}

static const struct pd_pane_kind assembly = { &pd_asm_ops, pd_asm_make };

static void
test_asm(void)
{
	struct bench b;

	begin(&b, FIRST "insn 0 1 RESUME 0\ninsn 2 1 LOAD_NAME 0 (x)\n"
	    "insn =4 2 LOAD_CONST 1 (5)\ninsn 6 0 NOP\n", &assembly, 6, 40);
	shows(&b, "   1       0  RESUME 0\n           2  LOAD_NAME 0 (x)\n"
	    "   2 ▸     4  LOAD_CONST 1 (5)\n           6  NOP\n", "a frame");
	tap_is_int(b.grid.cells[2 * 40 + 30].under, PD_UI_CURSOR,
	    "the cursor is at the current one");
	expands(&b, 'l', "2", "its line");
	act(&b, "open");
	said(&b, "show /p/main.py:2\n", "Enter shows the line");
	act(&b, "toggle-break");
	act(&b, "down");
	act(&b, "open");
	said(&b, "run break /p/main.py:2\n"
	    "message this instruction is of no line\n",
	    "a breakpoint is a command line");
	expands(&b, 'l', "(nothing)", "no line");
	act(&b, "current");
	expands(&b, 'l', "2", "back");
	b.ascii = true;
	resize(&b, 3, 10);
	shows(&b, "   1     >\n         >\n   2 >   >\n", "10 columns");
	act(&b, "right");
	shows(&b, "<  0  RES>\n<  2  LOA>\n<  4  LOA>\n", "... sideways");
	line(&b, "kill");
	shows(&b, "no byteco>\n", "no program");
	end(&b);
}

static const struct pd_pane_kind display = { &pd_display_ops,
	pd_display_make };

static void
test_display(void)
{
	struct bench b;

	begin(&b, FIRST "stop line /p/main.py:3 <module> x = 1\n"
	    "stop line /p/main.py:4 <module> y = 2\neval x => 1\n" TEXT,
	    &display, 3, 44);
	shows(&b, "nothing is displayed: display EXPRESSION\n", "none");
	line(&b, "set dialect gdb");
	b.answer = "x";
	act(&b, "add");
	said(&b, "ask display: \nrun display x\n", "a asks");
	shows(&b, "x = 1\n", "one");
	expands(&b, 'e', "x", "its expression");
	line(&b, "next");
	shows(&b, "x = 1\n", "the same");
	/* As if the program had changed it. */
	pd_str_done(&PD_VEC_AT(&b.s.script.displays, struct pd_display,
	    0)->text);
	PD_VEC_AT(&b.s.script.displays, struct pd_display, 0)->text =
	    pd_str_from("2");
	b.pane->ops->stale(b.pane, PD_STALE_STOP);
	refresh(&b);
	shows(&b, "x = 2  was 1\n", "another value");
	tap_is_int(role_of(&b, "2"), PD_UI_CHANGED, "... is marked");
	b.pane->ops->stale(b.pane, PD_STALE_COMMAND);
	refresh(&b);
	shows(&b, "x = 2  was 1\n", "... until the next stop");
	act(&b, "open");
	said(&b, "page x: 2\n", "Enter shows it in the pager");
	act(&b, "delete");
	said(&b, "run undisplay 1\n", "d is a command line");
	shows(&b, "nothing is displayed: display EXPRESSION\n", "none again");
	act(&b, "open");
	said(&b, "message nothing is displayed\n", "none to open");
	end(&b);
}

int
main(void)
{
	/* Widths of characters. */
	setlocale(LC_CTYPE, "C.UTF-8");
	test_stack();
	test_tree();
	test_properties();
	test_special();
	test_changes();
	test_narrow();
	test_pages();
	test_breakpoints();
	test_threads();
	test_asm();
	test_display();
	return tap_done();
}
