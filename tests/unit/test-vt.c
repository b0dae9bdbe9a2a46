/*
 * ui/tui/vt: what bytes become on the screen, in the scrollback and in answers;
 * and that no bytes do harm.
 */
#include "ui/tui/vt.h"

#include <locale.h>
#include <stdlib.h>

#include "base/str.h"
#include "tap.h"

static struct pd_buf answers;
static char title[256];
static int bells;

static void
on_output(void *ctx, const char *s, size_t n)
{
	(void)ctx;
	pd_buf_add(&answers, s, n);
}

static void
on_title(void *ctx, const char *s)
{
	(void)ctx;
	snprintf(title, sizeof(title), "%s", s);
}

static void
on_bell(void *ctx)
{
	(void)ctx;
	bells++;
}

static const struct pd_vt_hooks hooks = {
	.output = on_output, .title = on_title, .bell = on_bell,
};

static void
put(struct pd_vt *vt, const char *s)
{
	pd_vt_write(vt, s, strlen(s));
}

static void
is_row(struct pd_vt *vt, int row, const char *want, const char *name)
{
	struct pd_buf b = { 0 };

	pd_vt_text(vt, row, &b);
	tap_is_str(pd_buf_c(&b), want, name);
	pd_buf_done(&b);
}

static void
is_answer(const char *want, const char *name)
{
	tap_is_str(pd_buf_c(&answers), want, name);
	pd_buf_reset(&answers);
}

static void
is_at(struct pd_vt *vt, int row, int col, const char *name)
{
	int r, c;
	bool visible;

	pd_vt_cursor(vt, &r, &c, &visible);
	if (!tap_ok(r == row && c == col, "%s", name))
		tap_note("at %d, %d; want %d, %d", r, c, row, col);
}

static void
test_text(void)
{
	struct pd_vt *vt = pd_vt_new(4, 10, 100, &hooks);
	struct pd_vt_cell c;

	put(vt, "one\r\n\033[1;31mred\033[m \033[48;5;200mx\033[m"
	    "\033[38;2;1;2;3;4;7my");
	is_row(vt, 0, "one", "a line");
	is_row(vt, 1, "red xy", "a coloured line");
	pd_vt_cell(vt, 1, 0, &c);
	tap_ok(c.ch[0] == 'r' && c.fg == PD_COLOUR_INDEX(1) &&
	    c.bg == PD_COLOUR_DEFAULT && c.attr == PD_ATTR_BOLD,
	    "bold and red");
	pd_vt_cell(vt, 1, 4, &c);
	tap_ok(c.bg == PD_COLOUR_INDEX(200) && c.attr == 0, "one of 256");
	pd_vt_cell(vt, 1, 5, &c);
	tap_ok(c.fg == PD_COLOUR_RGB(1, 2, 3) &&
	    c.attr == (PD_ATTR_UNDERLINE | PD_ATTR_REVERSE), "a true colour");
	is_at(vt, 1, 6, "the cursor is behind it");
	pd_vt_cell(vt, 99, 0, &c);
	tap_ok(c.ch[0] == 0 && c.width == 1, "outside is blank");
	tap_ok(pd_vt_changed(vt) && !pd_vt_changed(vt), "changed, once");
	pd_vt_free(vt);
}

static void
test_wide(void)
{
	struct pd_vt *vt = pd_vt_new(4, 10, 100, &hooks);
	struct pd_vt_cell c;

	put(vt, "a\xe4\xb8\xad" "b e\xcc\x81.");
	pd_vt_cell(vt, 0, 1, &c);
	tap_ok(c.ch[0] == 0x4e2d && c.width == 2, "a wide character");
	pd_vt_cell(vt, 0, 2, &c);
	tap_ok(c.width == 0, "its right half");
	pd_vt_cell(vt, 0, 5, &c);
	tap_ok(c.ch[0] == 'e' && c.ch[1] == 0x301 && c.ch[2] == 0, "a mark");
	is_row(vt, 0, "a\xe4\xb8\xad" "b e\xcc\x81.", "as text");
	put(vt, "\r\033[2CX");
	is_row(vt, 0, "a\xef\xbf\xbdXb e\xcc\x81.",
	    "its right half overwritten: no character wider than its place");
	put(vt, "\r\n\xe4\xb8\xad\rY");
	is_row(vt, 1, "Y", "its left half overwritten");
	put(vt, "\r\n12345678\xe4\xb8\xad\xe4\xb8\xad");
	is_row(vt, 2, "12345678\xe4\xb8\xad", "one fits at the edge");
	is_row(vt, 3, "\xe4\xb8\xad", "the next is on the next line");
	put(vt, "\033[2J\033[Ha");
	for (int i = 0; i < 50; i++)
		put(vt, "\xcc\x81");
	put(vt, "b");
	is_row(vt, 0, "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81" "b",
	    "a bounded number of marks");
	pd_vt_free(vt);
}

/* What is no text, and text that would turn the line around. */
static void
test_junk(void)
{
	struct pd_vt *vt = pd_vt_new(4, 20, 100, &hooks);

	put(vt, "a\xff" "b\xe4\xb8" "c\xc0\x80" "d\xed\xa0\x80" "e");
	is_row(vt, 0, "a\xef\xbf\xbd" "b\xef\xbf\xbd" "c\xef\xbf\xbd\xef\xbf"
	    "\xbd" "d\xef\xbf\xbd" "e", "invalid bytes are marked");
	put(vt, "\033[H\033[2J\xc2\x80\xc2\x9b" "1m\033[Kx\xe2\x80\xaey");
	is_row(vt, 0, "1mxy", "UTF-8 control characters are dropped");
	put(vt, "\033[H\033[2J\033[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;"
	    "18;19;20mok");
	is_row(vt, 0, "ok", "too many arguments");
	put(vt, "\033[H\033[2J\033#[\033([");
	for (int i = 0; i < 100; i++)
		put(vt, ";");
	put(vt, "\033[H\033[Kok");
	is_row(vt, 0, "ok", "no sequence behind an intermediate");
	put(vt, "\033[H\033[2J\033]0;");
	for (int i = 0; i < 5000; i++)
		put(vt, "long ");
	put(vt, "\033\\ok");
	is_row(vt, 0, "ok", "a string without end");
	put(vt, "\033[H\033[2J\033]0;forgotten\nnext");
	is_row(vt, 1, "next", "an OSC ends with its line");
	pd_vt_free(vt);
}

/* A character is repeated; a mark alone is not, for ever. */
static void
test_repeat(void)
{
	struct pd_vt *vt = pd_vt_new(4, 20, 10, &hooks);

	put(vt, "ab\033[3bc\033[b\xe4\xb8\xad\033[2b");
	is_row(vt, 0, "abbbbcc\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad",
	    "repeated");
	put(vt, "\033[2H\xcc\x81\033[3b");
	tap_ok(true, "a mark is not");
	pd_vt_free(vt);
}

static void
test_cut(void)
{
	static const char bytes[] = "\033[31mr\xe4\xb8\xad\033]0;T\033\\"
	    "\033[2;3Hx\033P$qm\033\\\033[6n\xcc\x81";
	struct pd_vt *whole = pd_vt_new(4, 20, 10, &hooks);
	struct pd_vt *cut = pd_vt_new(4, 20, 10, &hooks);
	struct pd_vt_cell a, b;
	struct pd_buf answer = { 0 };
	bool same = true;

	put(whole, bytes);
	pd_buf_add(&answer, answers.s, answers.n);
	pd_buf_reset(&answers);
	for (size_t i = 0; i < sizeof(bytes) - 1; i++)
		pd_vt_write(cut, bytes + i, 1);
	for (int row = 0; row < 4; row++)
		for (int col = 0; col < 20; col++) {
			pd_vt_cell(whole, row, col, &a);
			pd_vt_cell(cut, row, col, &b);
			same &= memcmp(&a, &b, sizeof(a)) == 0;
		}
	tap_ok(same, "cut after each byte: the same cells");
	is_answer(pd_buf_c(&answer), "and the same answers");
	tap_ok(answer.n > 0, "there are some");
	pd_buf_done(&answer);
	pd_vt_free(whole);
	pd_vt_free(cut);
}

static void
test_answers(void)
{
	struct pd_vt *vt = pd_vt_new(4, 20, 10, &hooks);

	put(vt, "abc\033[6n");
	is_answer("\033[1;4R", "where the cursor is");
	put(vt, "\033[5n");
	is_answer("\033[0n", "all is well");
	put(vt, "\033[c");
	tap_ok(answers.n > 3 && answers.s[1] == '[' &&
	    answers.s[answers.n - 1] == 'c', "what terminal it is");
	pd_buf_reset(&answers);
	put(vt, "\033P$qm\033\\\033P$q q\033\\");
	is_answer("", "what libvterm would answer wrongly");
	put(vt, "\033]0;a title\007\a\033]2;two\033\\");
	tap_is_str(title, "two", "the title");
	tap_is_int(bells, 1, "a bell; the end of a title is none");
	pd_vt_free(vt);
}

static void
test_keys(void)
{
	struct pd_vt *vt = pd_vt_new(4, 20, 10, &hooks);

	pd_vt_key(vt, 'a', 0);
	pd_vt_key(vt, 'c', PD_VT_CTRL);
	pd_vt_key(vt, 'x', PD_VT_ALT);
	pd_vt_key(vt, 0xe9, 0);
	pd_vt_key(vt, 4, 0);
	is_answer("a\003\033x\xc3\xa9\004", "characters");
	pd_vt_key(vt, PD_VT_KEY_UP, 0);
	pd_vt_key(vt, PD_VT_KEY_F0 + 5, 0);
	pd_vt_key(vt, PD_VT_KEY_LEFT, PD_VT_CTRL);
	pd_vt_key(vt, PD_VT_KEY_ENTER, 0);
	pd_vt_key(vt, PD_VT_KEY_BACKSPACE, 0);
	is_answer("\033[A\033[15~\033[1;5D\r\177", "keys");
	put(vt, "\033[?1h");
	pd_vt_key(vt, PD_VT_KEY_UP, 0);
	is_answer("\033OA", "in application mode");
	pd_vt_paste(vt, "two\nlines", 9);
	is_answer("two\nlines", "a paste");
	put(vt, "\033[?2004h");
	pd_vt_paste(vt, "two\nlines", 9);
	is_answer("\033[200~two\nlines\033[201~", "a paste in brackets");
	pd_vt_key(vt, 0x10ffff + 1000, 0);
	is_answer("", "no key");
	pd_vt_free(vt);
}

static void
test_mouse(void)
{
	struct pd_vt *vt = pd_vt_new(4, 20, 10, &hooks);

	pd_vt_mouse_event(vt, 1, 2, 1, true, 0);
	is_answer("", "nobody has asked for the mouse");
	put(vt, "\033[?1000h\033[?1006h");
	tap_is_int(pd_vt_mouse(vt), PD_VT_MOUSE_CLICK, "asked for");
	pd_vt_mouse_event(vt, 1, 2, 1, true, 0);
	pd_vt_mouse_event(vt, 1, 2, 1, false, 0);
	pd_vt_mouse_event(vt, 1, 2, 5, true, 0);
	is_answer("\033[<0;3;2M\033[<0;3;2m\033[<65;3;2M",
	    "a click, the wheel");
	pd_vt_mouse_event(vt, 40, 2, 1, true, 0);
	is_answer("", "outside");
	pd_vt_reset(vt);
	tap_is_int(pd_vt_mouse(vt), PD_VT_MOUSE_NONE, "gone with a reset");
	put(vt, "\033[?1002h\033c");
	tap_is_int(pd_vt_mouse(vt), PD_VT_MOUSE_NONE, "and with the program's");
	pd_vt_free(vt);
}

static void
test_scrollback(void)
{
	struct pd_vt *vt = pd_vt_new(3, 10, 4, &hooks);
	struct pd_vt_cell c;

	for (char i = '1'; i <= '9'; i++) {
		char line[16] = { '\r', '\n', i, 0 };

		put(vt, line + (i == '1') * 2);
	}
	is_row(vt, 0, "7", "the screen");
	is_row(vt, -1, "6", "the line above it");
	is_row(vt, -4, "3", "the oldest that is kept");
	is_row(vt, -5, "", "none above that");
	tap_is_int((intmax_t)pd_vt_back(vt), 4, "lines kept");
	tap_is_int((intmax_t)pd_vt_pushed(vt), 6, "lines that went");
	pd_vt_reset(vt);
	is_row(vt, 0, "", "a reset clears the screen");
	is_row(vt, -1, "9", "and keeps what was on it");
	put(vt, "e\xcc\x81\033[31m\xe4\xb8\xad\r\n\n\n\n");
	pd_vt_cell(vt, -2, 0, &c);
	tap_ok(c.ch[0] == 'e' && c.ch[1] == 0x301, "marks are kept");
	pd_vt_cell(vt, -2, 1, &c);
	tap_ok(c.ch[0] == 0x4e2d && c.width == 2 &&
	    c.fg == PD_COLOUR_INDEX(1), "width and colour too");
	pd_vt_free(vt);
	vt = pd_vt_new(3, 10, 0, NULL);
	put(vt, "1\r\n2\r\n3\r\n4\r\n\033[6n\a");
	tap_is_int((intmax_t)pd_vt_back(vt), 0, "no scrollback at all");
	pd_vt_free(vt);
}

static void
test_alternate(void)
{
	struct pd_vt *vt = pd_vt_new(3, 10, 10, &hooks);

	put(vt, "shell\033[?1049h\033[Hfull\r\n\n\n\nscreen");
	tap_ok(pd_vt_alternate(vt), "the alternate screen");
	tap_is_int((intmax_t)pd_vt_back(vt), 0, "keeps no lines");
	put(vt, "\033[?1049l");
	is_row(vt, 0, "shell", "back on the first");
	is_at(vt, 0, 5, "where it was");
	put(vt, "\033[?1049hx");
	pd_vt_reset(vt);
	tap_ok(!pd_vt_alternate(vt), "a reset leaves it");
	is_row(vt, -1, "shell", "the first screen's text is kept");
	pd_vt_free(vt);
}

static void
test_resize(void)
{
	struct pd_vt *vt = pd_vt_new(4, 10, 100, &hooks);

	put(vt, "1\r\n2\r\n3\r\n4");
	pd_vt_resize(vt, 2, 10);
	is_row(vt, 0, "3", "lower: the cursor's line stays");
	is_row(vt, -1, "2", "the upper lines go up");
	pd_vt_resize(vt, 4, 20);
	is_row(vt, 0, "1", "higher: they come back");
	is_row(vt, 3, "4", "all of them");
	is_at(vt, 3, 1, "the cursor with them");
	put(vt, "\033[H");
	pd_vt_resize(vt, 2, 20);
	put(vt, "x");
	tap_ok(true, "the cursor above what is left: no harm");
	put(vt, "\033[?1049h\033[9;9H\0337");
	pd_vt_resize(vt, 2, 2);
	put(vt, "\0338y\033[?1049lz\033[K");
	tap_ok(true, "a cursor of another size: no harm");
	pd_vt_resize(vt, 0, 0);
	put(vt, "\033#6\xe4\xb8\xad\xe4\xb8\xad");
	pd_vt_resize(vt, 300, 500);
	put(vt, "\033[300;500HX");
	is_at(vt, 299, 499, "a large one");
	pd_vt_free(vt);
}

/* Random bytes, sequences and sizes. */
static void
test_random(void)
{
	static const char *const bits[] = { "\033[", "\033]0;", "\033P$q",
	    "\0337", "\0338", "\033[?1049h", "\033[?1049l", "\033[?6h",
	    "\033[?69h", "\033[3;7s", "\033[2;4r", "\033#6", "\033[99B",
	    "\033[99C", "\033[L", "\033[3M", "\033[4@", "\033[4h", "\033[u",
	    "\033[1J", "\033[3T", "\xe4\xb8\xad", "a\xcc\x81", "\xcc\x81",
	    "\n", "\t", "\033(0", "\016", "\033N", "some text ", "\033c",
	    "\033[3b", "\033#[", "\033(P", "m\033\\", "\xc2\x80", ";;;;;;;;",
	    "\033[r", "\033[4l", "\033[H", "\033[9999C", "\033#8" };
	unsigned seed = 1;
	bool inside = true;

	for (int round = 0; round < 200; round++) {
		struct pd_vt *vt = pd_vt_new(rand_r(&seed) % 20,
		    rand_r(&seed) % 40, 20, &hooks);

		for (int i = 0; i < 150; i++) {
			char junk[8];
			int rows, cols, r, c;
			bool visible;

			for (size_t k = 0; k < sizeof(junk); k++)
				junk[k] = (char)rand_r(&seed);
			if (i % 16 == 0)
				pd_vt_resize(vt, rand_r(&seed) % 30,
				    rand_r(&seed) % 60);
			else if (i % 5 == 0)
				pd_vt_write(vt, junk, sizeof(junk));
			else
				put(vt, bits[(size_t)rand_r(&seed) %
				    (sizeof(bits) / sizeof(bits[0]))]);
			pd_vt_size(vt, &rows, &cols);
			pd_vt_cursor(vt, &r, &c, &visible);
			inside &= r >= 0 && r < rows && c >= 0 && c < cols;
		}
		pd_vt_free(vt);
		pd_buf_reset(&answers);
	}
	tap_ok(inside, "random bytes and sizes: the cursor stays inside");
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	test_text();
	test_wide();
	test_junk();
	test_repeat();
	test_cut();
	test_answers();
	test_keys();
	test_mouse();
	test_scrollback();
	test_alternate();
	test_resize();
	test_random();
	pd_buf_done(&answers);
	return tap_done();
}
