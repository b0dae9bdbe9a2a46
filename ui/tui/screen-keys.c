/*
 * Keys and the mouse, by curses, and what curses does not know by csi.c.
 *
 * Called by input.c when the terminal has something.  Never waits, but for the
 * rest of a sequence that has begun with Escape (ESCAPE_MS).
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "ui/tui/screen-room.h"
#include "ui/tui/vt.h"

#define ESCAPE_MS	25
#define CODE_PASTE	3000	/* codes of our own for curses */
#define CODE_PASTED	3001
#define CSI_MAX		64

/* ---- what curses calls a key --------------------------------------------- */

static const struct {
	int		theirs;
	struct pd_key	key;
} codes[] = {
	{ KEY_UP, { PD_VT_KEY_UP, 0 } },
	{ KEY_DOWN, { PD_VT_KEY_DOWN, 0 } },
	{ KEY_LEFT, { PD_VT_KEY_LEFT, 0 } },
	{ KEY_RIGHT, { PD_VT_KEY_RIGHT, 0 } },
	{ KEY_SR, { PD_VT_KEY_UP, PD_VT_SHIFT } },
	{ KEY_SF, { PD_VT_KEY_DOWN, PD_VT_SHIFT } },
	{ KEY_SLEFT, { PD_VT_KEY_LEFT, PD_VT_SHIFT } },
	{ KEY_SRIGHT, { PD_VT_KEY_RIGHT, PD_VT_SHIFT } },
	{ KEY_HOME, { PD_VT_KEY_HOME, 0 } },
	{ KEY_FIND, { PD_VT_KEY_HOME, 0 } },
	{ KEY_END, { PD_VT_KEY_END, 0 } },
	{ KEY_SELECT, { PD_VT_KEY_END, 0 } },
	{ KEY_LL, { PD_VT_KEY_END, 0 } },
	{ KEY_SHOME, { PD_VT_KEY_HOME, PD_VT_SHIFT } },
	{ KEY_SEND, { PD_VT_KEY_END, PD_VT_SHIFT } },
	{ KEY_PPAGE, { PD_VT_KEY_PAGEUP, 0 } },
	{ KEY_NPAGE, { PD_VT_KEY_PAGEDOWN, 0 } },
	{ KEY_SPREVIOUS, { PD_VT_KEY_PAGEUP, PD_VT_SHIFT } },
	{ KEY_SNEXT, { PD_VT_KEY_PAGEDOWN, PD_VT_SHIFT } },
	{ KEY_IC, { PD_VT_KEY_INS, 0 } },
	{ KEY_DC, { PD_VT_KEY_DEL, 0 } },
	{ KEY_SDC, { PD_VT_KEY_DEL, PD_VT_SHIFT } },
	{ KEY_BTAB, { PD_VT_KEY_TAB, PD_VT_SHIFT } },
	{ KEY_BACKSPACE, { PD_VT_KEY_BACKSPACE, 0 } },
	{ KEY_ENTER, { PD_VT_KEY_ENTER, 0 } },
};

/* terminfo's names of keys with modifiers: "kUP5" is Up with Ctrl. */
static const struct {
	const char	*name;
	uint32_t	 code;
} extended[] = {
	{ "kUP", PD_VT_KEY_UP }, { "kDN", PD_VT_KEY_DOWN },
	{ "kLFT", PD_VT_KEY_LEFT }, { "kRIT", PD_VT_KEY_RIGHT },
	{ "kHOM", PD_VT_KEY_HOME }, { "kEND", PD_VT_KEY_END },
	{ "kPRV", PD_VT_KEY_PAGEUP }, { "kNXT", PD_VT_KEY_PAGEDOWN },
	{ "kIC", PD_VT_KEY_INS }, { "kDC", PD_VT_KEY_DEL },
};

static unsigned
mods_of(char digit)
{
	unsigned m = digit >= '2' && digit <= '8' ? (unsigned)(digit - '1') : 0;

	return (m & 1 ? PD_VT_SHIFT : 0) | (m & 2 ? PD_VT_ALT : 0) |
	    (m & 4 ? PD_VT_CTRL : 0);
}

/* F13 to F24 are Shift, F25 to F36 Ctrl, F37 to F48 both, F49 to F60 Alt. */
static bool
function_key(int code, struct pd_key *key)
{
	static const unsigned banks[] = { 0, PD_VT_SHIFT, PD_VT_CTRL,
	    PD_VT_SHIFT | PD_VT_CTRL, PD_VT_ALT };
	int n = code - KEY_F(1);

	if (n < 0 || n >= 60)
		return false;
	key->code = PD_VT_KEY_F0 + 1 + (uint32_t)(n % 12);
	key->mods = banks[n / 12];
	return true;
}

static bool
code_key(int code, struct pd_key *key)
{
	const char *name;

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].theirs == code) {
			*key = codes[i].key;
			return true;
		}
	if (function_key(code, key))
		return true;
	name = keyname(code);
	for (size_t i = 0; name != NULL &&
	    i < sizeof(extended) / sizeof(extended[0]); i++) {
		size_t n = strlen(extended[i].name);

		if (strncmp(name, extended[i].name, n) == 0) {
			key->code = extended[i].code;
			key->mods = mods_of(name[n]);
			return true;
		}
	}
	return false;
}

static void
char_key(wint_t ch, struct pd_key *key)
{
	*key = (struct pd_key){ .code = ch };
	if (ch == '\r' || ch == '\n')
		key->code = PD_VT_KEY_ENTER;
	else if (ch == '\t')
		key->code = PD_VT_KEY_TAB;
	else if (ch == 0x7f || ch == '\b')
		key->code = PD_VT_KEY_BACKSPACE;
	else if (ch == 0x1b)
		key->code = PD_VT_KEY_ESCAPE;
	else if (ch == 0)
		*key = (struct pd_key){ ' ', PD_VT_CTRL };
	else if (ch < 0x20)
		*key = (struct pd_key){ ch < 27 ? ch + 0x60 : ch + 0x40,
		    PD_VT_CTRL };
}

/* ---- reading ------------------------------------------------------------- */

void
pd_screen_keys_begin(struct pd_screen *s)
{
	static const struct {
		const char	*bytes;
		int		 code;
	} more[] = {
		{ "\033[200~", CODE_PASTE }, { "\033[201~", CODE_PASTED },
	};
	static const char *const cursor[] = { "A", "B", "C", "D", "H", "F" };
	static const int keys[] = { KEY_UP, KEY_DOWN, KEY_RIGHT, KEY_LEFT,
	    KEY_HOME, KEY_END };
	char seq[8];

	set_escdelay(ESCAPE_MS);
	s->keys = newpad(1, 1);
	keypad(s->keys, TRUE);
	nodelay(s->keys, TRUE);
	/* Mouse reports are csi.c's. */
	define_key(NULL, KEY_MOUSE);
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		define_key(more[i].bytes, more[i].code);
	/* Whatever mode the keypad is in. */
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		snprintf(seq, sizeof(seq), "\033[%s", cursor[i]);
		define_key(seq, keys[i]);
		snprintf(seq, sizeof(seq), "\033O%s", cursor[i]);
		define_key(seq, keys[i]);
	}
}

/* Behind ESC [: a sequence that curses does not know. */
static enum pd_screen_got
read_csi(struct pd_screen *s, struct pd_screen_input *in)
{
	char seq[CSI_MAX];
	size_t n = 0;
	wint_t ch;

	while (n < sizeof(seq) && wget_wch(s->keys, &ch) == OK) {
		seq[n++] = (char)(ch < 0x80 ? ch : '?');
		if (ch >= 0x40 && ch < 0x7f)
			break;
	}
	if (n == 0) {
		in->key = (struct pd_key){ '[', PD_VT_ALT };
		return PD_SCREEN_KEY;
	}
	switch (pd_csi_read(seq, n, pd_clock_ms(), &s->buttons, &in->key,
	    &in->mouse)) {
	case PD_CSI_KEY:
		return PD_SCREEN_KEY;
	case PD_CSI_MOUSE:
		return PD_SCREEN_MOUSE;
	default:
		return PD_SCREEN_NONE;
	}
}

/* Escape: by itself, or Alt with what is there behind it. */
/* An answer that came too late (background.c): "11;..." up to BEL or ESC \.
 * False: it was Alt-]. */
static bool
skip_answer(struct pd_screen *s)
{
	wint_t ch, before = 0;

	for (unsigned n = 0; n < 128; n++) {
		if (wget_wch(s->keys, &ch) != OK)
			return n > 0;
		if (ch == '\a' || (before == 033 && ch == '\\'))
			return true;
		before = ch;
	}
	return true;
}

void
pd_screen_unread(struct pd_screen *s, const char *bytes, size_t n)
{
	(void)s;
	while (n > 0)
		ungetch((unsigned char)bytes[--n]);
}

static enum pd_screen_got
read_escape(struct pd_screen *s, struct pd_screen_input *in)
{
	wint_t ch;
	int got = wget_wch(s->keys, &ch);

	if (got == ERR) {
		in->key = (struct pd_key){ PD_VT_KEY_ESCAPE, 0 };
		return PD_SCREEN_KEY;
	}
	if (got == OK && ch == '[')
		return read_csi(s, in);
	if (got == OK && ch == ']' && skip_answer(s))
		return PD_SCREEN_NONE;
	if (got == KEY_CODE_YES) {
		if (!code_key((int)ch, &in->key))
			return PD_SCREEN_NONE;
	} else {
		char_key(ch, &in->key);
	}
	in->key.mods |= PD_VT_ALT;
	return PD_SCREEN_KEY;
}

/* Within a paste; codes are what looked like keys in it. */
static enum pd_screen_got
read_paste(struct pd_screen *s, int got, wint_t ch,
    struct pd_screen_input *in)
{
	if (got == OK) {
		pd_utf8_add(&s->paste, ch == '\r' ? '\n' : ch);
		return PD_SCREEN_NONE;
	}
	if (ch != CODE_PASTED)
		return PD_SCREEN_NONE;
	s->pasting = false;
	pd_buf_done(&in->paste);
	in->paste = s->paste;
	memset(&s->paste, 0, sizeof(s->paste));
	return PD_SCREEN_PASTE;
}

static enum pd_screen_got
one(struct pd_screen *s, int got, wint_t ch, struct pd_screen_input *in)
{
	if (s->pasting)
		return read_paste(s, got, ch, in);
	if (got == OK && ch == 0x1b)
		return read_escape(s, in);
	if (got == OK) {
		char_key(ch, &in->key);
		return PD_SCREEN_KEY;
	}
	if (ch == CODE_PASTE) {
		s->pasting = true;
		return PD_SCREEN_NONE;
	}
	return code_key((int)ch, &in->key) ? PD_SCREEN_KEY : PD_SCREEN_NONE;
}

/* Readable, and yet there is nothing. */
static bool
is_gone(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int n = 0;

	if (poll(&p, 1, 0) != 1)
		return false;
	return (p.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0 ||
	    (ioctl(fd, FIONREAD, &n) == 0 && n == 0);
}

enum pd_screen_got
pd_screen_read(struct pd_screen *s, struct pd_screen_input *in)
{
	enum pd_screen_got what;
	wint_t ch = 0;
	int got;

	while ((got = wget_wch(s->keys, &ch)) != ERR) {
		what = one(s, got, ch, in);
		if (what != PD_SCREEN_NONE)
			return what;
	}
	return is_gone(s->fd) ? PD_SCREEN_END : PD_SCREEN_NONE;
}
