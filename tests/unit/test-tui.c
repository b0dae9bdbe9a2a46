/*
 * The full screen without a terminal: cells and columns, layouts, the key
 * table, sequences of keys and of the mouse, texts by lines.
 */
#include <locale.h>
#include <stdlib.h>

#include "cmds/cmd.h"
#include "tap.h"
#include "ui/tui/csi.h"
#include "ui/tui/doc.h"
#include "ui/tui/keys.h"
#include "ui/tui/layout.h"
#include "ui/tui/vt.h"

/* ---- surfaces ------------------------------------------------------------ */

static void
is_row(const struct pd_grid *g, unsigned row, const char *want,
    const char *name)
{
	struct pd_buf b = { 0 };

	pd_grid_text(g, row, &b);
	if (!tap_ok(strcmp(pd_buf_c(&b), want) == 0, "%s", name))
		tap_note("got '%s', want '%s'", pd_buf_c(&b), want);
	pd_buf_done(&b);
}

static const struct {
	const char	*text;
	long		 col;
	const char	*want;
	long		 end;
} puts_rows[] = {
	{ "plain", 0, "plain", 5 },
	{ "cut at the right edge", 0, "cut at the", 21 },
	{ "cut left", -4, "left", 4 },
	{ "a\tb", 0, "a       b", 9 },
	{ "a\tb", 1, " a       b", 10 },
	{ "\x01x", 0, "^Ax", 3 },
	{ "bad\xff!", 0, "bad?!", 5 },
	{ "e\xcc\x81t\xc3\xa9", 0, "e\xcc\x81t\xc3\xa9", 3 },
	{ "\xe6\x97\xa5\xe6\x9c\xac", 0, "\xe6\x97\xa5\xe6\x9c\xac", 4 },
	{ "\xe6\x97\xa5x", -1, " x", 2 },
	{ "\xe6\x97\xa5", 9, "", 11 },
	{ "\xed\xa0\x80", 0, "???", 3 },
	{ "line\nother", 0, "line", 4 },
};

static void
test_puts(void)
{
	struct pd_grid g;
	struct pd_surface s;

	for (size_t i = 0; i < sizeof(puts_rows) / sizeof(puts_rows[0]); i++) {
		pd_grid_init(&g, 1, 10);
		s = pd_surface_of(&g);
		tap_is_int(pd_surface_puts(&s, 0, puts_rows[i].col,
		    PD_ROLE_TEXT, puts_rows[i].text), puts_rows[i].end,
		    "the column behind");
		is_row(&g, 0, puts_rows[i].want, puts_rows[i].want);
		pd_grid_done(&g);
	}
}

static void
test_surfaces(void)
{
	struct pd_grid g;
	struct pd_surface s, sub;

	pd_grid_init(&g, 3, 10);
	s = pd_surface_of(&g);
	sub = pd_surface_sub(&s, 1, 2, 5, 4);
	tap_is_int(sub.rows, 2, "a part ends where the whole does");
	pd_surface_puts(&sub, 0, 0, PD_ROLE_TEXT, "abcdefg");
	is_row(&g, 1, "  abcd", "a part is clipped");
	pd_surface_fit(&sub, 1, 0, 3, PD_ROLE_TEXT, "abcdefg", 7);
	is_row(&g, 2, "  ab\xe2\x80\xa6", "what is cut is marked");
	sub.ascii = true;
	pd_surface_fit(&sub, 1, 0, 3, PD_ROLE_TEXT, "abcdefg", 7);
	is_row(&g, 2, "  ab>", "... in ASCII too");
	/* Half of a wide character is written over. */
	pd_surface_puts(&s, 0, 0, PD_ROLE_TEXT, "\xe6\x97\xa5\xe6\x9c\xac");
	pd_surface_puts(&s, 0, 1, PD_ROLE_TEXT, "x");
	is_row(&g, 0, " x\xe6\x9c\xac", "its other half is a blank");
	pd_surface_puts(&s, 0, 2, PD_ROLE_TEXT, "y");
	is_row(&g, 0, " xy", "... and so is the right one");
	pd_surface_cursor(&sub, 1, 1);
	tap_ok(g.cursor && g.cursor_row == 2 && g.cursor_col == 3,
	    "the cursor is the whole's");
	pd_surface_puts(&sub, 7, 0, PD_ROLE_TEXT, "outside");
	pd_surface_cursor(&sub, 7, 1);
	tap_is_int(g.cursor_row, 2, "outside nothing happens");
	pd_grid_done(&g);
}

/* ---- layouts ------------------------------------------------------------- */

static bool
knows(const char *name)
{
	return strcmp(name, "nothing") != 0;
}

static void
need(const char *name, struct pd_layout_need *n)
{
	*n = (struct pd_layout_need){ 3, 8, strcmp(name, "cmd") == 0 ? 100 :
	    strcmp(name, "src") == 0 ? 90 : 10 };
}

static const struct {
	const char	*text;
	unsigned	 rows, cols;
	const char	*want;		/* row,col,rows,cols of each */
} solve_rows[] = {
	{ "src 2 cmd 1", 23, 80, "0,0,15,80 15,0,8,80" },
	{ "src cmd", 10, 80, "0,0,5,80 5,0,5,80" },
	{ "-horizontal src 1 cmd 1", 10, 81, "0,0,10,40 0,41,10,40" },
	{ "{-h src 3 {vars 1 stack 1} 1} 2 cmd 1", 24, 81,
	  "0,0,16,60 0,61,8,20 8,61,8,20 16,0,8,81" },
	/* Weights that leave one too little. */
	{ "src 100 out 1 cmd 1", 20, 80, "0,0,14,80 14,0,3,80 17,0,3,80" },
	/* No room for all: who ranks lowest goes. */
	{ "src 1 out 1 cmd 1", 8, 80, "0,0,4,80 0,0,0,0 4,0,4,80" },
	{ "src 1 out 1 cmd 1", 4, 80, "0,0,0,0 0,0,0,0 0,0,4,80" },
	{ "-h src 1 vars 1 cmd 1", 9, 20, "0,0,9,10 0,0,0,0 0,11,9,9" },
	{ "src 1 cmd 1", 1, 1, "0,0,0,0 0,0,1,1" },
};

static void
test_solve(void)
{
	struct pd_box boxes[8];
	struct pd_err err;

	for (size_t i = 0; i < sizeof(solve_rows) / sizeof(solve_rows[0]);
	    i++) {
		struct pd_layout *l = pd_layout_parse(solve_rows[i].text,
		    knows, &err);
		struct pd_buf b = { 0 };

		memset(boxes, 0, sizeof(boxes));
		pd_layout_solve(l, solve_rows[i].rows, solve_rows[i].cols,
		    need, boxes);
		for (size_t k = 0; pd_layout_pane(l, k) != NULL; k++)
			pd_buf_addf(&b, "%s%u,%u,%u,%u", k > 0 ? " " : "",
			    boxes[k].rows ? boxes[k].row : 0,
			    boxes[k].rows ? boxes[k].col : 0, boxes[k].rows,
			    boxes[k].cols);
		if (!tap_ok(strcmp(pd_buf_c(&b), solve_rows[i].want) == 0,
		    "%s in %u x %u", solve_rows[i].text, solve_rows[i].rows,
		    solve_rows[i].cols))
			tap_note("got '%s', want '%s'", pd_buf_c(&b),
			    solve_rows[i].want);
		pd_buf_done(&b);
		pd_layout_free(l);
	}
}

static void
test_layouts(void)
{
	static const char *const bad[] = { "", "{", "src 1 }", "src 0",
	    "src 1 nothing 1", "src 1 src 1", "{-sideways src 1} 1",
	    "src 99999", "{} 1", "{src 1" };
	struct pd_box boxes[8];
	struct pd_buf b = { 0 };
	struct pd_layout *l;
	struct pd_err err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		tap_ok(pd_layout_parse(bad[i], knows, &err) == NULL,
		    "refused: '%s'", bad[i]);
	l = pd_layout_parse("{-horizontal src 3 vars} 2 cmd 1", knows, &err);
	pd_layout_text(l, &b);
	tap_is_str(pd_buf_c(&b), "{-horizontal src 3 vars 1} 2 cmd 1",
	    "a layout as text");
	pd_layout_solve(l, 24, 80, need, boxes);
	tap_ok(pd_layout_grow(l, 2, 3, 0), "a pane grows");
	pd_layout_solve(l, 24, 80, need, boxes);
	tap_is_int(boxes[2].rows, 11, "... by so many rows");
	tap_ok(!pd_layout_grow(l, 2, 100, 0), "not at all costs");
	tap_ok(pd_layout_grow(l, 0, 0, -5), "... and narrower");
	pd_layout_solve(l, 24, 80, need, boxes);
	tap_is_int(boxes[1].cols, 25, "its neighbour has the room");
	tap_ok(!pd_layout_grow(l, 2, 0, 5), "over all columns: no wider");
	pd_layout_free(l);
	pd_buf_done(&b);
	for (size_t i = 0; pd_layouts[i].name != NULL; i++) {
		l = pd_layout_parse(pd_layouts[i].text, knows, &err);
		tap_ok(l != NULL, "ready layout %s", pd_layouts[i].name);
		pd_layout_free(l);
	}
}

/* ---- keys ---------------------------------------------------------------- */

static const char *const names[] = { "C-x", "M-x", "F5", "S-F11", "PgUp",
    "Space", "a", "Esc", "C-M-Left", "?", "\xc3\xa9", "Enter", "C-Space" };
static const char *const no_names[] = { "", "C-", "F25", "S-a", "Nokey",
    "\x01", "ab" };

static void
test_names(void)
{
	struct pd_buf b = { 0 };
	struct pd_key k;
	struct pd_err err;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		pd_buf_reset(&b);
		if (pd_key_parse(names[i], strlen(names[i]), &k, &err) == 0)
			pd_key_name(&b, &k);
		tap_is_str(pd_buf_c(&b), names[i], "a key's name, and back");
	}
	for (size_t i = 0; i < sizeof(no_names) / sizeof(no_names[0]); i++)
		tap_ok(pd_key_parse(no_names[i], strlen(no_names[i]), &k,
		    &err) == -1, "no key: '%s'", no_names[i]);
	pd_key_parse("C-X", 3, &k, &err);
	tap_ok(k.code == 'x' && k.mods == PD_VT_CTRL, "Ctrl has no capitals");
	pd_buf_done(&b);
}

static size_t	rows_seen, rows_bad;

static void
check_row(void *ctx, enum pd_key_context c, const char *keys,
    const char *command, const char *help)
{
	struct pd_buf *printed = ctx;
	size_t n = strcspn(command, " ");
	char line[128];

	rows_seen++;
	snprintf(line, sizeof(line), "  %-10s  %-26s  %s\n", keys, command,
	    help);
	if (pd_cmd_find(command, n) == NULL || *help == '\0' ||
	    strstr(pd_buf_c(printed), line) == NULL) {
		tap_note("%s %s: %s", pd_key_contexts[c], keys, command);
		rows_bad++;
	}
}

static void
add_text(void *ctx, enum pd_role role, const char *p, size_t n)
{
	(void)role;
	pd_buf_add(ctx, p, n);
}

static enum pd_keys_found
look_up(const struct pd_keymap *map, enum pd_key_context c, const char *text,
    const char **command)
{
	struct pd_key keys[PD_KEYS_MAX];
	struct pd_err err;
	size_t n = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, " ");

		pd_key_parse(text, len, &keys[n++], &err);
		text += len + (text[len] == ' ');
	}
	*command = "";
	return pd_keymap_find(map, c, keys, n, command);
}

static void
test_keys(void)
{
	struct pd_buf printed = { 0 };
	struct pd_sink sink = { .write = add_text, .ctx = &printed };
	struct pd_keymap map;
	const char *command;
	struct pd_err err;

	pd_keymap_init(&map);
	pd_keymap_print(&map, NULL, &sink, &err);
	pd_keymap_each(&map, check_row, &printed);
	tap_ok(rows_seen > 60 && rows_bad == 0, "%zu rows are commands that "
	    "there are, and `help keys` has them", rows_seen);
	tap_is_int(look_up(&map, PD_KEYS_SOURCE, "F8", &command),
	    PD_KEYS_FOUND, "F8 in the source pane");
	tap_is_str(command, "next", "... is next");
	tap_is_int(look_up(&map, PD_KEYS_SOURCE, "C-x", &command),
	    PD_KEYS_PREFIX, "C-x wants more");
	look_up(&map, PD_KEYS_SOURCE, "C-x o", &command);
	tap_is_str(command, "focus next", "C-x o");
	tap_ok(pd_keymap_bind(&map, "F8 step 2", &err) == 0, "bind");
	look_up(&map, PD_KEYS_SOURCE, "F8", &command);
	tap_is_str(command, "step 2", "... has changed it");
	pd_keymap_bind(&map, "source F8 list", &err);
	look_up(&map, PD_KEYS_SOURCE, "F8", &command);
	tap_is_str(command, "list", "a pane's own goes before");
	look_up(&map, PD_KEYS_STACK, "F8", &command);
	tap_is_str(command, "step 2", "... and only there");
	pd_keymap_bind(&map, "source F8", &err);
	tap_is_int(look_up(&map, PD_KEYS_SOURCE, "F8", &command),
	    PD_KEYS_NONE, "taken away in a pane");
	tap_is_int(pd_keymap_own(&map, PD_KEYS_COMMAND,
	    &(struct pd_key){ PD_VT_KEY_F0 + 8, 0 }, 1, &command),
	    PD_KEYS_NONE, "own knows no rows of any");
	tap_ok(pd_keymap_bind(&map, "", &err) == -1, "bind of nothing");
	tap_ok(pd_keymap_bind(&map, "source", &err) == -1, "... of no key");
	pd_keymap_done(&map);
	pd_buf_done(&printed);
}

/* ---- sequences ----------------------------------------------------------- */

static const struct {
	const char	*seq;
	uint32_t	 code;		/* 0: none */
	unsigned	 mods;
} csi_rows[] = {
	{ "A", PD_VT_KEY_UP, 0 },
	{ "1;5C", PD_VT_KEY_RIGHT, PD_VT_CTRL },
	{ "1;2H", PD_VT_KEY_HOME, PD_VT_SHIFT },
	{ "23;2~", PD_VT_KEY_F0 + 11, PD_VT_SHIFT },
	{ "15;8~", PD_VT_KEY_F0 + 5, PD_VT_SHIFT | PD_VT_ALT | PD_VT_CTRL },
	{ "Z", PD_VT_KEY_TAB, PD_VT_SHIFT },
	{ "97;5u", 'a', PD_VT_CTRL },
	{ "13;2u", PD_VT_KEY_ENTER, PD_VT_SHIFT },
	{ "99999~", 0, 0 }, { "", 0, 0 }, { "?1;2c", 0, 0 }, { "x", 0, 0 },
	{ "1;2;3;4;5;6;7;8C", PD_VT_KEY_RIGHT, PD_VT_SHIFT },
	{ "I", 0, 0 }, { "99999999999999999999~", 0, 0 },
};

static const struct {
	const char	*seq;
	int		 what;		/* -1: nothing */
	unsigned	 row, col, button, mods;
} mouse_rows[] = {
	{ "<0;10;5M", PD_MOUSE_PRESS, 4, 9, 1, 0 },
	{ "<0;10;5m", PD_MOUSE_RELEASE, 4, 9, 1, 0 },
	{ "<0;10;5M", PD_MOUSE_DOUBLE, 4, 9, 1, 0 },
	{ "<0;10;5M", PD_MOUSE_PRESS, 4, 9, 1, 0 },
	{ "<32;11;5M", PD_MOUSE_DRAG, 4, 10, 1, 0 },
	{ "<2;300;100M", PD_MOUSE_PRESS, 99, 299, 3, 0 },
	{ "<64;1;1M", PD_MOUSE_WHEEL_UP, 0, 0, 0, 0 },
	{ "<81;1;1M", PD_MOUSE_WHEEL_DOWN, 0, 0, 0, PD_VT_CTRL },
	{ "<35;1;1M", -1, 0, 0, 0, 0 },
	{ "<0;0;5M", -1, 0, 0, 0, 0 },
	{ "<0;5M", -1, 0, 0, 0, 0 },
};

static void
test_csi(void)
{
	struct pd_mouse_state st = { 0 };
	struct pd_key k;
	struct pd_mouse m;
	enum pd_csi got;

	for (size_t i = 0; i < sizeof(csi_rows) / sizeof(csi_rows[0]); i++) {
		const char *s = csi_rows[i].seq;

		got = pd_csi_read(s, strlen(s), 1, &st, &k, &m);
		tap_ok(csi_rows[i].code == 0 ? got == PD_CSI_NONE :
		    got == PD_CSI_KEY && k.code == csi_rows[i].code &&
		    k.mods == csi_rows[i].mods, "ESC [ %s", s);
	}
	for (size_t i = 0; i < sizeof(mouse_rows) / sizeof(mouse_rows[0]);
	    i++) {
		const char *s = mouse_rows[i].seq;

		got = pd_csi_read(s, strlen(s), 100 + (int64_t)i, &st, &k, &m);
		tap_ok(mouse_rows[i].what == -1 ? got == PD_CSI_NONE :
		    got == PD_CSI_MOUSE && (int)m.what == mouse_rows[i].what &&
		    m.row == mouse_rows[i].row && m.col == mouse_rows[i].col &&
		    m.button == mouse_rows[i].button &&
		    m.mods == mouse_rows[i].mods, "ESC [ %s", s);
	}
}

/* ---- texts --------------------------------------------------------------- */

static void
piece(void *ctx, enum pd_pytok kind, const char *p, size_t n)
{
	(void)p;
	(void)n;
	*(enum pd_pytok *)ctx = kind;
}

static void
test_doc(void)
{
	struct pd_buf b = { 0 };
	struct pd_str text;
	struct pd_pylex lex;
	enum pd_pytok kind = PD_PYTOK_TEXT;
	struct pd_doc d;
	const char *p;
	size_t n;

	pd_buf_adds(&b, "x = 1\r\n");
	for (int i = 0; i < 300; i++)
		pd_buf_adds(&b, i == 100 ? "s = '''\n" : i == 200 ?
		    "'''\n" : "y = 2\n");
	pd_buf_adds(&b, "end");
	text = (struct pd_str){ b.s, b.n };
	pd_doc_init(&d, "f", &text);
	tap_is_int((intmax_t)d.lines, 302, "lines");
	p = pd_doc_line(&d, 0, &n);
	tap_ok(n == 5 && memcmp(p, "x = 1", 5) == 0, "without CR LF");
	p = pd_doc_line(&d, 301, &n);
	tap_ok(n == 3 && memcmp(p, "end", 3) == 0, "the last, unended");
	tap_ok(pd_doc_line(&d, 302, &n) == NULL, "no more");
	/* Backwards: what was lexed is kept. */
	for (size_t line = 250; line > 100; line -= 75) {
		p = pd_doc_line(&d, line, &n);
		pd_doc_lex(&d, line, &lex);
		pd_pylex_line(&lex, p, n, piece, &kind);
		tap_is_int(kind == PD_PYTOK_STRING, line < 200,
		    "within the string, and behind it");
	}
	pd_doc_done(&d);
	pd_buf_done(&b);
}

int
main(void)
{
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		tap_note("no UTF-8 locale");
	test_puts();
	test_surfaces();
	test_solve();
	test_layouts();
	test_names();
	test_keys();
	test_csi();
	test_doc();
	return tap_done();
}
