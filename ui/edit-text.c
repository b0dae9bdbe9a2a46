/*
 * Bytes and wide characters of the line editor.
 *
 * What is typed in the terminal's encoding reaches the session as UTF-8.
 * Bytes that are no text of it pass through unharmed.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "ui/edit-room.h"

/* The character at p, and its bytes in *len; U+DC80 and on for a byte that
 * begins none (RFC 3629). */
static wchar_t
decode(const unsigned char *p, size_t n, size_t *len)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t want = p[0] < 0x80 ? 1 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 :
	    (p[0] & 0xf0) == 0xe0 ? 3 : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
	uint32_t c = want <= 1 ? p[0] : p[0] & (0x7fu >> want);

	*len = 1;
	if (want == 1)
		return (wchar_t)c;
	for (size_t i = 1; i < want; i++) {
		if (i >= n || (p[i] & 0xc0) != 0x80)
			return (wchar_t)(0xdc00 + p[0]);
		c = c << 6 | (p[i] & 0x3f);
	}
	if (want == 0 || c < least[want] || c > 0x10ffff ||
	    (c >= 0xd800 && c < 0xe000))
		return (wchar_t)(0xdc00 + p[0]);
	*len = want;
	return (wchar_t)c;
}

wchar_t *
pd_edit_wide(const char *s, size_t n, size_t *len)
{
	wchar_t *w = pd_xcalloc(n + 1, sizeof(*w));
	size_t at = 0, k;

	for (size_t i = 0; i < n; i += k)
		w[at++] = decode((const unsigned char *)s + i, n - i, &k);
	if (len != NULL)
		*len = at;
	return w;
}

static void
encode(struct pd_buf *b, uint32_t c)
{
	if (c >= 0xdc80 && c <= 0xdcff)
		pd_buf_addc(b, (char)(c - 0xdc00));
	else
		pd_utf8_add(b, c);
}

void
pd_edit_narrow(struct pd_buf *b, const wchar_t *w, size_t n)
{
	for (size_t i = 0; i < n; i++)
		encode(b, (uint32_t)w[i]);
}

size_t
pd_edit_width(const wchar_t *w, size_t n)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++) {
		int k = wcwidth(w[i]);

		/* As libedit shows what it cannot: ^A, \U+DC80. */
		if (w[i] == L'\t')
			width = (width + 8) & ~(size_t)7;
		else
			width += k >= 0 ? (size_t)k : w[i] < 0x20 ? 2 : 8;
	}
	return width;
}
