/*
 * Cleans what a program writes, before libvterm reads it.
 *
 * Called by vt.c.  libvterm 0.1 is not made for hostile bytes: more than 16
 * arguments in a CSI sequence, a control character in UTF-8 (C2 80) or a
 * sequence cut between two writes make it read and write where it must not.
 * So it gets only what is whole and within its bounds.  A program that writes
 * a picture's bytes gets a messy pane, nothing worse.
 *
 * The grammar is that of ECMA-48 with the private strings of DEC and xterm.
 */
#include "ui/tui/vtfilter.h"

#include <string.h>
#include <wchar.h>

#define ESC		0x1b
#define BEL		0x07
#define CAN		0x18
#define SUB		0x1a
#define ARGS_MAX	15	/* libvterm has room for 16 */
#define DIGITS_MAX	5
#define MARKS_MAX	4	/* on one character; libvterm has room for 5 */
#define STRING_MAX	1048576	/* an unended string is text again */

enum { GROUND, ESCAPE, CSI, OSC, DCS, OTHER };

static const char invalid[] = "\xef\xbf\xbd";	/* U+FFFD */

static void
put_text(struct pd_vtfilter *f, const char *s, size_t n)
{
	if (n > 0)
		f->put(f->ctx, PD_VTFILTER_TEXT, s, n);
}

/* ---- characters --------------------------------------------------------- */

/* Characters that turn, join or hide others: what the terminal around us
 * makes of them is not what its cells hold. */
static bool
is_unwelcome(uint32_t c)
{
	return (c >= 0x80 && c < 0xa0) || (c >= 0x200b && c <= 0x200f) ||
	    (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	    (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff ||
	    (c >= 0xfff9 && c <= 0xfffb) || c >= 0xe0000;
}

static void
keep_last(struct pd_vtfilter *f, const char *s, size_t n)
{
	memcpy(f->last, s, n);
	f->last_n = n;
}

/* The bytes of one character, complete by their number. */
static void
end_char(struct pd_vtfilter *f)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c = f->utf8[0] & (0x7fu >> f->want);

	for (size_t i = 1; i < f->want; i++)
		c = c << 6 | (f->utf8[i] & 0x3f);
	f->have = 0;
	if (c < least[f->want] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
		put_text(f, invalid, 3);
		return;
	}
	if (is_unwelcome(c))
		return;
	f->marks = wcwidth((wchar_t)c) == 0 ? f->marks + 1 : 0;
	if (f->marks == 0)
		keep_last(f, (const char *)f->utf8, f->want);
	if (f->marks <= MARKS_MAX)
		put_text(f, (const char *)f->utf8, f->want);
}

static void
break_char(struct pd_vtfilter *f)
{
	if (f->have > 0)
		put_text(f, invalid, 3);
	f->have = 0;
}

/* A byte from 0x80 on. */
static void
high_byte(struct pd_vtfilter *f, unsigned char c)
{
	if (c < 0xc0 && f->have > 0) {
		f->utf8[f->have++] = c;
		if (f->have == f->want)
			end_char(f);
		return;
	}
	break_char(f);
	if (c < 0xc2 || c > 0xf4) {
		put_text(f, invalid, 3);
		return;
	}
	f->want = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	f->utf8[0] = c;
	f->have = 1;
}

/* ---- sequences ---------------------------------------------------------- */

static void
begin(struct pd_vtfilter *f, int state)
{
	f->state = state;
	f->skip = f->escape = false;
	f->n = f->string = 0;
	f->digits = f->args = 0;
}

static void
keep(struct pd_vtfilter *f, unsigned char c)
{
	if (f->n < sizeof(f->seq))
		f->seq[f->n++] = (char)c;
	else
		f->skip = true;
}

static void
end(struct pd_vtfilter *f, int kind)
{
	f->state = GROUND;
	if (!f->skip)
		f->put(f->ctx, kind, f->seq, f->n);
}

static void
in_escape(struct pd_vtfilter *f, unsigned char c)
{
	keep(f, c);
	if (c >= 0x20 && c <= 0x2f)
		return;			/* an intermediate */
	if (c >= 0x7f) {
		f->state = GROUND;
		return;
	}
	if (f->n > 2) {
		/* For libvterm these would begin a sequence all the same. */
		f->skip |= c == '[' || c == ']' || c == 'P';
		end(f, PD_VTFILTER_ESCAPE);
		return;
	}
	switch (c) {
	case '[':
		f->state = CSI;
		break;
	case ']':
		f->state = OSC;
		break;
	case 'P':
		f->state = DCS;
		break;
	case 'X': case '^': case '_':
		f->state = OTHER;
		break;
	default:
		end(f, PD_VTFILTER_ESCAPE);
	}
}

/* REP, "CSI n b": libvterm 0.1 never ends it where the last thing it has put
 * is a mark alone. */
static void
repeat(struct pd_vtfilter *f)
{
	long n = 0;

	f->state = GROUND;
	for (size_t i = 2; i + 1 < f->n; i++) {
		if (f->seq[i] < '0' || f->seq[i] > '9')
			return;
		n = n * 10 + (f->seq[i] - '0');
	}
	for (n = n == 0 ? 1 : n; n > 0; n--)
		put_text(f, f->last, f->last_n);
}

static void
in_csi(struct pd_vtfilter *f, unsigned char c)
{
	if (c >= '0' && c <= '9') {
		if (++f->digits <= DIGITS_MAX)
			keep(f, c);
		return;
	}
	f->digits = 0;
	if ((c == ';' || c == ':') && ++f->args >= ARGS_MAX)
		f->skip = true;
	keep(f, c);
	if (c == 'b')
		repeat(f);
	else if (c >= 0x40 && c <= 0x7e)
		end(f, PD_VTFILTER_CSI);
	else if (c > 0x7e)
		f->state = GROUND;
}

/* Of strings libvterm gets OSC alone: it answers the one DCS that it knows
 * (DECRQSS) with a wild pointer.
 * An OSC that is begun by mistake ends with the line; a DCS may hold lines. */
static void
in_string(struct pd_vtfilter *f, unsigned char c)
{
	bool lone = f->escape && c != '\\';
	bool wanted = f->state == OSC;

	if (c == CAN || c == SUB || ++f->string > STRING_MAX || lone ||
	    (f->state != DCS && c == '\n')) {
		begin(f, lone ? ESCAPE : GROUND);
		if (lone) {
			keep(f, ESC);
			in_escape(f, c);
		} else if (c == '\n')
			put_text(f, "\n", 1);
		return;
	}
	if (c == BEL || f->escape) {
		keep(f, c);
		f->skip |= !wanted;
		end(f, PD_VTFILTER_STRING);
		return;
	}
	f->escape = c == ESC;
	if (c >= 0x20 || c == ESC)
		keep(f, c);
}

/* A control among a sequence's bytes, ESC but in strings: ends or passes. */
static void
control(struct pd_vtfilter *f, unsigned char c)
{
	char byte = (char)c;

	if (c == ESC) {
		begin(f, ESCAPE);
		keep(f, c);
	} else if (c == CAN || c == SUB)
		f->state = GROUND;
	else if (c != 0)
		put_text(f, &byte, 1);
}

static void
one_byte(struct pd_vtfilter *f, unsigned char c)
{
	if (f->state >= OSC)
		in_string(f, c);
	else if (c < 0x20 || c == 0x7f)
		control(f, c == 0x7f ? 0 : c);
	else if (f->state == ESCAPE)
		in_escape(f, c);
	else
		in_csi(f, c);
}

/* How many bytes are plain: printable ASCII, and controls but ESC. */
static size_t
plain(const unsigned char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] < 0x7f && (s[i] >= 0x20 || s[i] == '\n' ||
	    s[i] == '\r' || s[i] == '\t' || s[i] == '\b' || s[i] == BEL))
		i++;
	return i;
}

void
pd_vtfilter_feed(struct pd_vtfilter *f, const char *bytes, size_t n)
{
	const unsigned char *s = (const unsigned char *)bytes;
	size_t i = 0, k;

	while (i < n) {
		if (f->state != GROUND) {
			one_byte(f, s[i++]);
			continue;
		}
		if (s[i] >= 0x80) {
			high_byte(f, s[i++]);
			continue;
		}
		break_char(f);
		f->marks = 0;
		k = plain(s + i, n - i);
		put_text(f, bytes + i, k);
		if (k > 0 && s[i + k - 1] >= 0x20)
			keep_last(f, bytes + i + k - 1, 1);
		i += k;
		if (k == 0)
			one_byte(f, s[i++]);
	}
}

void
pd_vtfilter_reset(struct pd_vtfilter *f)
{
	begin(f, GROUND);
	f->have = 0;
	f->marks = 0;
}
