/*
 * Text: upper and lower case, and the kinds of characters.
 *
 * Called by the evaluator of cores by way of the tables of methods.  Bytes
 * know ASCII alone; what Unicode says of a character is libunistring's
 * (Unicode 14).
 */
#include "core/eval-text.h"

#include <ctype.h>
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>


typedef uint8_t	*map_fn(const uint8_t *, size_t, const char *,
		    uninorm_t, uint8_t *, size_t *);

/* Adds the text in the other case: as a whole, for a final sigma. */
static void
add_mapped(struct pd_ev *ev, struct pd_ptext *t, map_fn *map, const char *s,
    size_t n)
{
	size_t m = 0;
	uint8_t *p = n > 0 ? map((const uint8_t *)s, n, NULL, NULL, NULL,
	    &m) : NULL;
	char *copy;

	if (p == NULL) {
		/* Surrogates have no case. */
		pd_pt_add(ev, t, s, n);
		return;
	}
	copy = m <= ev->arena.max ? pd_arena_alloc(&ev->arena, m + 1) : NULL;
	if (copy != NULL)
		memcpy(copy, p, m);
	free(p);
	if (copy == NULL)
		pd_ev_alloc(ev, SIZE_MAX / 2);
	pd_pt_add(ev, t, copy, m);
}

/* Of one character: a letter that has both cases, or one of them? */
static bool
is_cased(uint32_t c)
{
	return uc_is_property_uppercase(c) || uc_is_property_lowercase(c) ||
	    uc_is_general_category(c, UC_TITLECASE_LETTER);
}

static void
add_byte(struct pd_ev *ev, struct pd_ptext *t, char how, bool first, char b)
{
	int c = (unsigned char)b;

	if (how == 'u' || ((how == 'c' || how == 't') && first))
		c = c < 0x80 ? toupper(c) : c;
	else if (how == 's')
		c = c < 0x80 && isupper(c) ? tolower(c) :
		    c < 0x80 ? toupper(c) : c;
	else
		c = c < 0x80 ? tolower(c) : c;
	pd_pt_addc(ev, t, (char)c);
}

static void
case_bytes(struct pd_ev *ev, struct pd_ptext *t, const struct pd_pv *v,
    char how)
{
	bool inside = false;

	for (size_t i = 0; i < v->s.n; i++) {
		add_byte(ev, t, how, how == 't' ? !inside : i == 0,
		    v->s.p[i]);
		inside = (v->s.p[i] & 0x80) == 0 &&
		    isalpha((unsigned char)v->s.p[i]);
	}
}

/* Lower case of a capital sigma at place i: another one at a word's end. */
static uint32_t
sigma(const struct pd_pv *v, size_t i)
{
	size_t at = i, size;
	bool before = false;
	uint32_t c;

	while (at > 0) {
		do
			at--;
		while (at > 0 && ((unsigned char)v->s.p[at] & 0xc0) == 0x80);
		c = pd_utf_get(v->s.p + at, v->s.n - at, &size);
		if (uc_is_property_case_ignorable(c))
			continue;
		before = is_cased(c);
		break;
	}
	for (at = i + 2; before && at < v->s.n; at += size) {
		c = pd_utf_get(v->s.p + at, v->s.n - at, &size);
		if (!uc_is_property_case_ignorable(c))
			return is_cased(c) ? 0x3c3 : 0x3c2;
	}
	return before ? 0x3c2 : 0x3c3;
}

static void
case_chars(struct pd_ev *ev, struct pd_ptext *t, const struct pd_pv *v,
    char how)
{
	bool inside = false, down;
	size_t size;
	uint32_t ch;

	for (size_t i = 0; i < v->s.n; i += size) {
		const char *p = v->s.p + i;

		ch = pd_utf_get(p, v->s.n - i, &size);
		pd_ev_step(ev, 1);
		down = how == 's' ? uc_is_property_uppercase(ch) :
		    how == 'c' ? i > 0 : inside;
		if (down && ch == 0x3a3)
			pd_pt_char(ev, t, sigma(v, i));
		else
			add_mapped(ev, t, down ? u8_tolower : how == 's' ?
			    u8_toupper : u8_totitle, p, size);
		inside = is_cased(ch);
	}
}

/* lower, upper, title, capitalize, swapcase, casefold (by their letters). */
struct pd_pv *
pd_text_case(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c);
	bool fold = strcmp(c->fn->name, "casefold") == 0;
	char how = fold ? 'l' : c->fn->name[0];
	struct pd_ptext t = { 0 };

	if (v->kind != PD_K_STR || pd_utf_ascii(v->s.p, v->s.n))
		case_bytes(ev, &t, v, how);
	else if (fold)
		add_mapped(ev, &t, u8_casefold, v->s.p, v->s.n);
	else if (how == 'l' || how == 'u')
		add_mapped(ev, &t, how == 'l' ? u8_tolower : u8_toupper,
		    v->s.p, v->s.n);
	else
		case_chars(ev, &t, v, how);
	return pd_text_like(ev, v, t.p, t.n);
}

/* ---- kinds of characters ------------------------------------------------- */

static bool
is_alpha(uint32_t c)
{
	return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L);
}

static bool
is_decimal(uint32_t c)
{
	return uc_decimal_value(c) >= 0;
}

static bool
is_digit(uint32_t c)
{
	return uc_digit_value(c) >= 0;
}

static bool
is_numeric(uint32_t c)
{
	return uc_numeric_value(c).denominator != 0;
}

static bool
is_alnum(uint32_t c)
{
	return is_alpha(c) || is_numeric(c);
}

static bool
is_ascii(uint32_t c)
{
	return c < 0x80;
}

static const struct {
	const char	*name;
	bool		(*fn)(uint32_t);
	bool		 empty;		/* the answer for no characters */
} tests[] = {
	{ "isalnum", is_alnum, false },
	{ "isalpha", is_alpha, false },
	{ "isascii", is_ascii, true },
	{ "isdecimal", is_decimal, false },
	{ "isdigit", is_digit, false },
	{ "isnumeric", is_numeric, false },
	{ "isprintable", pd_utf_printable, true },
	{ "isspace", pd_utf_space, false },
};

/* islower, isupper, istitle: what has no case does not matter. */
static bool
has_case(const struct pd_pv *v, char which)
{
	bool any = false, inside = false, upper, lower;
	size_t size = 1;
	uint32_t c;

	for (size_t i = 0; i < v->s.n; i += size) {
		c = v->kind == PD_K_STR ? pd_utf_get(v->s.p + i, v->s.n - i,
		    &size) : (unsigned char)v->s.p[i];
		if (v->kind != PD_K_STR && c >= 0x80)
			c = 0;
		upper = uc_is_property_uppercase(c) ||
		    uc_is_general_category(c, UC_TITLECASE_LETTER);
		lower = uc_is_property_lowercase(c);
		if ((which == 'l' && upper) || (which == 'u' && lower) ||
		    (which == 't' && (inside ? upper : lower)))
			return false;
		inside = upper || lower;
		any |= inside;
	}
	return any;
}

struct pd_pv *
pd_text_is(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c);
	const char *name = c->fn->name;
	size_t size = 1;
	uint32_t ch;

	pd_ev_step(ev, v->s.n);
	for (size_t k = 0; k < sizeof(tests) / sizeof(tests[0]); k++) {
		if (strcmp(tests[k].name, name) != 0)
			continue;
		for (size_t i = 0; i < v->s.n; i += size) {
			ch = v->kind == PD_K_STR ? pd_utf_get(v->s.p + i,
			    v->s.n - i, &size) : (unsigned char)v->s.p[i];
			if (v->kind != PD_K_STR && (ch >= 0x80 ||
			    (k == 7 && ch >= 0x1c && ch < 0x20)))
				return pd_pv_bool(false);
			if (!tests[k].fn(ch))
				return pd_pv_bool(false);
		}
		return pd_pv_bool(v->s.n > 0 || tests[k].empty);
	}
	return pd_pv_bool(has_case(v, name[2]));
}
