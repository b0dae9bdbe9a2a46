/*
 * Keys and mouse reports, as xterm and its kin send them.
 *
 * The forms are those of xterm's "Control Sequences": CSI 1 ; MOD FINAL and CSI
 * N ; MOD ~ for keys, CSI u for keys by code point, CSI < B ; X ; Y M|m for the
 * mouse (mode 1006).
 */
#include "ui/tui/csi.h"

#include <string.h>

#include "ui/tui/vt.h"

#define PARAMS		4
#define DOUBLE_MS	400

struct csi {
	char		 leader;	/* < ? or 0 */
	long		 p[PARAMS];
	size_t		 n;
	char		 final;
};

static bool
split(const char *s, size_t n, struct csi *c)
{
	size_t i = 0;

	memset(c, 0, sizeof(*c));
	if (n == 0)
		return false;
	c->final = s[n - 1];
	if (strchr("<=>?", s[0]) != NULL)
		c->leader = s[i++];
	for (; i < n - 1; i++) {
		if (s[i] == ';' || s[i] == ':') {
			if (c->n + 1 < PARAMS)
				c->n++;
		} else if (s[i] >= '0' && s[i] <= '9') {
			if (c->p[c->n] < 100000000)
				c->p[c->n] = c->p[c->n] * 10 + (s[i] - '0');
		} else {
			return false;
		}
	}
	c->n++;
	return true;
}

/* xterm's modifiers: 1 + Shift 1, Alt 2, Ctrl 4. */
static unsigned
mods_of(long p)
{
	unsigned m = p > 0 ? (unsigned)(p - 1) : 0;

	return (m & 1 ? PD_VT_SHIFT : 0) | (m & 2 ? PD_VT_ALT : 0) |
	    (m & 4 ? PD_VT_CTRL : 0);
}

static const struct {
	char		final;
	uint32_t	code;
} finals[] = {
	{ 'A', PD_VT_KEY_UP }, { 'B', PD_VT_KEY_DOWN },
	{ 'C', PD_VT_KEY_RIGHT }, { 'D', PD_VT_KEY_LEFT },
	{ 'H', PD_VT_KEY_HOME }, { 'F', PD_VT_KEY_END },
	{ 'P', PD_VT_KEY_F0 + 1 }, { 'Q', PD_VT_KEY_F0 + 2 },
	{ 'R', PD_VT_KEY_F0 + 3 }, { 'S', PD_VT_KEY_F0 + 4 },
	{ 'Z', PD_VT_KEY_TAB },
};

static const uint32_t numbers[] = {
	[1] = PD_VT_KEY_HOME, [2] = PD_VT_KEY_INS, [3] = PD_VT_KEY_DEL,
	[4] = PD_VT_KEY_END, [5] = PD_VT_KEY_PAGEUP,
	[6] = PD_VT_KEY_PAGEDOWN, [7] = PD_VT_KEY_HOME,
	[8] = PD_VT_KEY_END, [11] = PD_VT_KEY_F0 + 1,
	[12] = PD_VT_KEY_F0 + 2, [13] = PD_VT_KEY_F0 + 3,
	[14] = PD_VT_KEY_F0 + 4, [15] = PD_VT_KEY_F0 + 5,
	[17] = PD_VT_KEY_F0 + 6, [18] = PD_VT_KEY_F0 + 7,
	[19] = PD_VT_KEY_F0 + 8, [20] = PD_VT_KEY_F0 + 9,
	[21] = PD_VT_KEY_F0 + 10, [23] = PD_VT_KEY_F0 + 11,
	[24] = PD_VT_KEY_F0 + 12,
};

static enum pd_csi
read_key(const struct csi *c, struct pd_key *key)
{
	key->mods = mods_of(c->n > 1 ? c->p[1] : 0);
	if (c->final == '~') {
		if (c->p[0] < 0 || (size_t)c->p[0] >=
		    sizeof(numbers) / sizeof(numbers[0]))
			return PD_CSI_NONE;
		key->code = numbers[c->p[0]];
		return key->code != 0 ? PD_CSI_KEY : PD_CSI_NONE;
	}
	if (c->final == 'u') {
		key->code = c->p[0] == 13 ? PD_VT_KEY_ENTER :
		    c->p[0] == 9 ? PD_VT_KEY_TAB :
		    c->p[0] == 27 ? PD_VT_KEY_ESCAPE :
		    c->p[0] == 127 ? PD_VT_KEY_BACKSPACE : (uint32_t)c->p[0];
		return key->code >= 0x20 ? PD_CSI_KEY : PD_CSI_NONE;
	}
	for (size_t i = 0; i < sizeof(finals) / sizeof(finals[0]); i++)
		if (finals[i].final == c->final) {
			key->code = finals[i].code;
			if (c->final == 'Z')
				key->mods |= PD_VT_SHIFT;
			return PD_CSI_KEY;
		}
	return PD_CSI_NONE;
}

static bool
is_double(const struct pd_mouse_state *st, const struct pd_mouse *m,
    int64_t now)
{
	return st->when != 0 && now - st->when <= DOUBLE_MS &&
	    st->button == m->button && st->row == m->row && st->col == m->col;
}

/* b: button 0-2, 3 none; 4 Shift, 8 Alt, 16 Ctrl, 32 moved, 64 wheel. */
static enum pd_csi
read_mouse(const struct csi *c, int64_t now, struct pd_mouse_state *st,
    struct pd_mouse *m)
{
	long b = c->p[0];

	if (c->n != 3 || c->p[1] < 1 || c->p[2] < 1)
		return PD_CSI_NONE;
	memset(m, 0, sizeof(*m));
	m->col = (unsigned)c->p[1] - 1;
	m->row = (unsigned)c->p[2] - 1;
	m->mods = (b & 4 ? PD_VT_SHIFT : 0) | (b & 8 ? PD_VT_ALT : 0) |
	    (b & 16 ? PD_VT_CTRL : 0);
	m->button = (unsigned)(b & 3) + 1;
	if (b & 64) {
		if ((b & 3) > 1 || c->final == 'm')
			return PD_CSI_NONE;
		m->what = b & 1 ? PD_MOUSE_WHEEL_DOWN : PD_MOUSE_WHEEL_UP;
		m->button = 0;
		return PD_CSI_MOUSE;
	}
	if ((b & 3) == 3)
		return PD_CSI_NONE;	/* moved with no button */
	if (b & 32) {
		m->what = PD_MOUSE_DRAG;
		st->when = 0;
		return PD_CSI_MOUSE;
	}
	if (c->final == 'm') {
		m->what = PD_MOUSE_RELEASE;
		return PD_CSI_MOUSE;
	}
	m->what = is_double(st, m, now) ? PD_MOUSE_DOUBLE : PD_MOUSE_PRESS;
	*st = (struct pd_mouse_state){ m->button, m->row, m->col,
	    m->what == PD_MOUSE_DOUBLE ? 0 : now };
	return PD_CSI_MOUSE;
}

enum pd_csi
pd_csi_read(const char *s, size_t n, int64_t now,
    struct pd_mouse_state *st, struct pd_key *key, struct pd_mouse *m)
{
	struct csi c;

	if (!split(s, n, &c))
		return PD_CSI_NONE;
	if (c.leader == '<' && (c.final == 'M' || c.final == 'm'))
		return read_mouse(&c, now, st, m);
	return c.leader == '\0' ? read_key(&c, key) : PD_CSI_NONE;
}
