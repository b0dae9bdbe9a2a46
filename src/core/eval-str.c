/*
 * Methods of str and bytes that the other has not: encoding and decoding,
 * translate, isidentifier, hex.  And the tables of both.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-text.h"

#include <ctype.h>
#include <stdio.h>

/* ---- codecs -------------------------------------------------------------- */

enum codec { UTF8, ASCII, LATIN1, OTHER };

static enum codec
codec_of(struct pd_ev *ev, const struct pd_pv *name)
{
	static const struct {
		const char	*name;
		enum codec	 codec;
	} names[] = {
		{ "utf8", UTF8 }, { "ascii", ASCII }, { "usascii", ASCII },
		{ "latin1", LATIN1 }, { "iso88591", LATIN1 },
		{ "latin", LATIN1 }, { "l1", LATIN1 }, { "u8", UTF8 },
	};
	char plain[32];
	size_t n = 0;

	if (name == NULL)
		return UTF8;
	if (name->kind != PD_K_STR)
		pd_ev_raise(ev, "TypeError", "the encoding must be str, not %s",
		    pd_pv_type_name(ev, name));
	for (size_t i = 0; i < name->s.n && n < sizeof(plain) - 1; i++)
		if (isalnum((unsigned char)name->s.p[i]))
			plain[n++] = (char)tolower(
			    (unsigned char)name->s.p[i]);
	plain[n] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, plain) == 0)
			return names[i].codec;
	return OTHER;
}

enum onerror { STRICT, IGNORE, REPLACE, BACKSLASH, SURROGATE, PASS };

static enum onerror
errors_of(struct pd_ev *ev, const struct pd_pv *name)
{
	static const char *const names[] = { "strict", "ignore", "replace",
	    "backslashreplace", "surrogateescape", "surrogatepass" };

	if (name == NULL)
		return STRICT;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (name->kind == PD_K_STR && name->s.n == strlen(names[i]) &&
		    memcmp(name->s.p, names[i], name->s.n) == 0)
			return (enum onerror)i;
	pd_ev_no_process(ev, "the error handler");
}

static const char *const codec_names[] = { "utf-8", "ascii", "latin-1", "" };

static _Noreturn void
cannot_encode(struct pd_ev *ev, enum codec codec, uint32_t ch, size_t at)
{
	char shown[16];

	snprintf(shown, sizeof(shown), ch < 0x100 ? "\\x%02x" :
	    ch < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)ch);
	pd_ev_raise(ev, "UnicodeEncodeError", "'%s' codec can't encode "
	    "character '%s' in position %zu: %s", codec_names[codec], shown,
	    at, codec == UTF8 ? "surrogates not allowed" : codec == ASCII ?
	    "ordinal not in range(128)" : "ordinal not in range(256)");
}

static void
encode_wrong(struct pd_ev *ev, struct pd_ptext *t, enum codec codec,
    enum onerror how, uint32_t ch, size_t at)
{
	bool surrogate = ch >= 0xdc80 && ch <= 0xdcff;

	switch (how) {
	case IGNORE:
		break;
	case REPLACE:
		pd_pt_addc(ev, t, '?');
		break;
	case BACKSLASH:
		pd_pt_addf(ev, t, ch < 0x100 ? "\\x%02x" : ch < 0x10000 ?
		    "\\u%04x" : "\\U%08x", (unsigned)ch);
		break;
	case SURROGATE:
		if (!surrogate)
			cannot_encode(ev, codec, ch, at);
		pd_pt_addc(ev, t, (char)(ch - 0xdc00));
		break;
	case PASS:
		if (codec != UTF8)
			cannot_encode(ev, codec, ch, at);
		pd_pt_char(ev, t, ch);
		break;
	default:
		cannot_encode(ev, codec, ch, at);
	}
}

static struct pd_pv *
str_encode(struct pd_ev *ev, struct pd_pcall *c)
{
	enum codec codec = codec_of(ev, c->p[0]);
	enum onerror how = errors_of(ev, c->p[1]);
	struct pd_pv *v = c->self;
	struct pd_ptext t = { 0 };
	size_t size, at = 0;
	uint32_t ch;

	if (v->st != NULL && v->st->obj.cut != 0)
		pd_ev_cut(ev);
	if (codec == OTHER)
		pd_ev_no_process(ev, "the codec");
	for (size_t i = 0; i < v->s.n; i += size, at++) {
		ch = pd_utf_get(v->s.p + i, v->s.n - i, &size);
		if (codec == UTF8 ? ch >= 0xd800 && ch <= 0xdfff :
		    ch >= (codec == ASCII ? 0x80u : 0x100u))
			encode_wrong(ev, &t, codec, how, ch, at);
		else if (codec == UTF8)
			pd_pt_add(ev, &t, v->s.p + i, size);
		else
			pd_pt_addc(ev, &t, (char)ch);
	}
	return pd_pv_bytes(ev, PD_K_BYTES, t.p != NULL ? t.p : "", t.n);
}

/* How many bytes of wrong UTF-8 are one error, and its name. */
static size_t
wrong_bytes(const char *s, size_t n, const char **why)
{
	unsigned char b = (unsigned char)*s, c;
	size_t want = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4, i;

	*why = "invalid start byte";
	if (b < 0xc2 || b > 0xf4)
		return 1;
	for (i = 1; i < want && i < n; i++) {
		c = (unsigned char)s[i];
		if ((c & 0xc0) != 0x80 || (i == 1 && ((b == 0xe0 &&
		    c < 0xa0) || (b == 0xed && c > 0x9f) || (b == 0xf0 &&
		    c < 0x90) || (b == 0xf4 && c > 0x8f)))) {
			*why = "invalid continuation byte";
			return i;
		}
	}
	*why = "unexpected end of data";
	return i;
}

static _Noreturn void
cannot_decode(struct pd_ev *ev, enum codec codec, const struct pd_pv *v,
    size_t at, size_t n, const char *why)
{
	if (n > 1)
		pd_ev_raise(ev, "UnicodeDecodeError", "'%s' codec can't decode "
		    "bytes in position %zu-%zu: %s", codec_names[codec], at,
		    at + n - 1, why);
	pd_ev_raise(ev, "UnicodeDecodeError", "'%s' codec can't decode byte "
	    "0x%02x in position %zu: %s", codec_names[codec],
	    (unsigned char)v->s.p[at], at, why);
}

static void
decode_wrong(struct pd_ev *ev, struct pd_ptext *t, enum codec codec,
    enum onerror how, const struct pd_pv *v, size_t at, size_t n,
    const char *why)
{
	if (how == REPLACE)
		pd_pt_char(ev, t, 0xfffd);
	else if (how == BACKSLASH || how == SURROGATE)
		for (size_t i = at; i < at + n; i++)
			if (how == BACKSLASH)
				pd_pt_addf(ev, t, "\\x%02x",
				    (unsigned char)v->s.p[i]);
			else
				pd_pt_char(ev, t, 0xdc00 +
				    (uint32_t)(unsigned char)v->s.p[i]);
	else if (how != IGNORE)
		cannot_decode(ev, codec, v, at, n, why);
}

static struct pd_pv *
bytes_decode(struct pd_ev *ev, struct pd_pcall *c)
{
	enum codec codec = codec_of(ev, c->p[0]);
	enum onerror how = errors_of(ev, c->p[1]);
	struct pd_pv *v = c->self;
	struct pd_ptext t = { 0 };
	const char *why = "ordinal not in range(128)";
	size_t size, n;
	uint32_t ch;
	bool wrong;

	if (v->st != NULL && v->st->obj.cut != 0)
		pd_ev_cut(ev);
	if (codec == OTHER)
		pd_ev_no_process(ev, "the codec");
	for (size_t i = 0; i < v->s.n; i += n) {
		n = 1;
		ch = (unsigned char)v->s.p[i];
		wrong = codec == ASCII && ch >= 0x80;
		if (codec == UTF8) {
			ch = pd_utf_get(v->s.p + i, v->s.n - i, &size);
			wrong = (ch == 0xfffd && size == 1) ||
			    (ch >= 0xd800 && ch <= 0xdfff && how != PASS);
			n = wrong ? wrong_bytes(v->s.p + i, v->s.n - i,
			    &why) : size;
		}
		if (wrong)
			decode_wrong(ev, &t, codec, how, v, i, n, why);
		else
			pd_pt_char(ev, &t, ch);
	}
	return pd_pt_str(ev, &t);
}

/* ---- others -------------------------------------------------------------- */

static struct pd_pv *
bytes_hex(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c), *sep = c->p[0];
	int64_t every = c->p[1] != NULL ? pd_pv_index(ev, c->p[1]) : 1;
	uint64_t group = every < 0 ? -(uint64_t)every : (uint64_t)every, k;
	struct pd_ptext t = { 0 };

	if (sep != NULL && ((sep->kind != PD_K_STR && !pd_pv_is_text(sep)) ||
	    sep->s.n != 1))
		pd_ev_raise(ev, "ValueError", "sep must be length 1.");
	for (size_t i = 0; i < v->s.n; i++) {
		k = every < 0 ? i : v->s.n - i;
		if (i > 0 && sep != NULL && group > 0 && k % group == 0)
			pd_pt_add(ev, &t, sep->s.p, 1);
		pd_pt_addf(ev, &t, "%02x", (unsigned char)v->s.p[i]);
	}
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
str_isidentifier(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c);
	size_t size;
	uint32_t ch;

	for (size_t i = 0; i < v->s.n; i += size) {
		ch = pd_utf_get(v->s.p + i, v->s.n - i, &size);
		if (i == 0 ? !pd_utf_ident_start(ch) : !pd_utf_ident(ch))
			return pd_pv_bool(false);
	}
	return pd_pv_bool(v->s.n > 0);
}

static struct pd_pv *
str_translate(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c), *to;
	struct pd_ptext t = { 0 };
	struct pd_ptab *table;
	struct pd_pent *e;
	size_t size;
	uint32_t ch;

	if (c->p[0]->kind != PD_K_DICT)
		pd_ev_no_process(ev, "str.translate");
	table = pd_tab_of(ev, c->p[0]);
	for (size_t i = 0; i < v->s.n; i += size) {
		ch = pd_utf_get(v->s.p + i, v->s.n - i, &size);
		e = pd_tab_find(ev, table, pd_pv_int(ev, ch));
		to = e != NULL ? e->value : NULL;
		if (to == NULL)
			pd_pt_add(ev, &t, v->s.p + i, size);
		else if (to->kind == PD_K_STR)
			pd_pt_add(ev, &t, to->s.p, to->s.n);
		else if (pd_pv_is_int(to)) {
			int64_t code = pd_pv_index(ev, to);

			if (code < 0 || code > 0x10ffff)
				pd_ev_raise(ev, "ValueError", "character "
				    "mapping must be in range(0x110000)");
			pd_pt_char(ev, &t, (uint32_t)code);
		} else if (to->kind != PD_K_NONE)
			pd_ev_raise(ev, "TypeError", "character mapping must "
			    "return integer, None or str");
	}
	return pd_pt_str(ev, &t);
}

static struct pd_pv *
str_format(struct pd_ev *ev, struct pd_pcall *c)
{
	pd_text_self(ev, c);
	return pd_str_format(ev, c);
}

const struct pd_pfunc pd_str_methods[] = {
	PD_TEXT_METHODS,
	{ "casefold", pd_text_case, "/" },
	{ "encode", str_encode, "encoding? errors?" },
	{ "format", str_format, NULL },
	{ "format_map", str_format, "mapping /" },
	{ "isdecimal", pd_text_is, "/" },
	{ "isidentifier", str_isidentifier, "/" },
	{ "isnumeric", pd_text_is, "/" },
	{ "isprintable", pd_text_is, "/" },
	{ "maketrans" },
	{ "translate", str_translate, "table /" },
	{ NULL }
};

const struct pd_pfunc pd_bytes_methods[] = {
	PD_TEXT_METHODS,
	{ "decode", bytes_decode, "encoding? errors?" },
	{ "fromhex" },
	{ "hex", bytes_hex, "sep? bytes_per_sep?" },
	{ "translate" }, { "maketrans" }, { "append" }, { "clear" },
	{ "copy" }, { "extend" }, { "insert" }, { "pop" }, { "remove" },
	{ "reverse" },
	{ NULL }
};
