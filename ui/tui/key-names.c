/*
 * The names of keys.
 *
 * Called by keys.c and input.c.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/tui/keys.h"
#include "ui/tui/surface.h"
#include "ui/tui/vt.h"

/* The first name of a code is the one that is shown. */
static const struct {
	const char	*name;
	uint32_t	 code;
} names[] = {
	{ "Space", ' ' },
	{ "Enter", PD_VT_KEY_ENTER }, { "Return", PD_VT_KEY_ENTER },
	{ "Tab", PD_VT_KEY_TAB },
	{ "Backspace", PD_VT_KEY_BACKSPACE },
	{ "Esc", PD_VT_KEY_ESCAPE }, { "Escape", PD_VT_KEY_ESCAPE },
	{ "Up", PD_VT_KEY_UP }, { "Down", PD_VT_KEY_DOWN },
	{ "Left", PD_VT_KEY_LEFT }, { "Right", PD_VT_KEY_RIGHT },
	{ "Ins", PD_VT_KEY_INS }, { "Insert", PD_VT_KEY_INS },
	{ "Del", PD_VT_KEY_DEL }, { "Delete", PD_VT_KEY_DEL },
	{ "Home", PD_VT_KEY_HOME }, { "End", PD_VT_KEY_END },
	{ "PgUp", PD_VT_KEY_PAGEUP }, { "PageUp", PD_VT_KEY_PAGEUP },
	{ "PgDn", PD_VT_KEY_PAGEDOWN }, { "PageDown", PD_VT_KEY_PAGEDOWN },
};

#define NNAMES	(sizeof(names) / sizeof(names[0]))

static const struct {
	char		letter;
	unsigned	mod;
} mods[] = {
	{ 'C', PD_VT_CTRL }, { 'M', PD_VT_ALT }, { 'S', PD_VT_SHIFT },
};

#define NMODS	(sizeof(mods) / sizeof(mods[0]))

/* "C-", "M-", "S-": leaves p behind them. */
static unsigned
read_mods(const char **p, size_t *n)
{
	unsigned got = 0;

	while (*n > 2 && (*p)[1] == '-') {
		size_t i = 0;

		while (i < NMODS && mods[i].letter != (*p)[0])
			i++;
		if (i == NMODS)
			break;
		got |= mods[i].mod;
		*p += 2;
		*n -= 2;
	}
	return got;
}

static bool
find_code(const char *p, size_t n, uint32_t *code)
{
	struct pd_str s;
	int width;
	long f;

	for (size_t i = 0; i < NNAMES; i++)
		if (strlen(names[i].name) == n &&
		    strncasecmp(names[i].name, p, n) == 0) {
			*code = names[i].code;
			return true;
		}
	if (n >= 2 && (*p == 'F' || *p == 'f')) {
		s = pd_str_new(p + 1, n - 1);
		if (pd_parse_long(s.s, &f) && f >= 1 && f <= 24) {
			*code = PD_VT_KEY_F0 + (uint32_t)f;
			pd_str_done(&s);
			return true;
		}
		pd_str_done(&s);
	}
	return n > 0 && pd_text_char(p, n, code, &width) == n &&
	    *code >= 0x20 && *code != 0x7f;
}

int
pd_key_parse(const char *p, size_t n, struct pd_key *key,
    struct pd_err *err)
{
	const char *from = p;
	size_t all = n;

	key->mods = read_mods(&p, &n);
	if (!find_code(p, n, &key->code))
		return pd_err_set(err, "'%.*s' is no key: C-x, M-x, S-F5, "
		    "PgUp, Space, a", (int)all, from);
	/* Shift makes another character, Ctrl knows no capitals. */
	if (key->code < PD_VT_KEY_FIRST && key->code != ' ') {
		if (key->mods & PD_VT_CTRL && key->code >= 'A' &&
		    key->code <= 'Z')
			key->code += 'a' - 'A';
		if (key->mods & PD_VT_SHIFT)
			return pd_err_set(err, "'%.*s': shift makes another "
			    "character, name that", (int)all, from);
	}
	return 0;
}

void
pd_key_name(struct pd_buf *out, const struct pd_key *key)
{
	for (size_t i = 0; i < NMODS; i++)
		if (key->mods & mods[i].mod)
			pd_buf_addf(out, "%c-", mods[i].letter);
	for (size_t i = 0; i < NNAMES; i++)
		if (names[i].code == key->code) {
			pd_buf_adds(out, names[i].name);
			return;
		}
	if (key->code > PD_VT_KEY_F0 && key->code <= PD_VT_KEY_LAST)
		pd_buf_addf(out, "F%u", key->code - PD_VT_KEY_F0);
	else
		pd_utf8_add(out, key->code);
}
