/*
 * UTF-8 with surrogates, and what Unicode says of characters: see utf.h.
 *
 * Called by the parser and the evaluator of core files.
 */
#include "core/utf.h"

#include <string.h>
#include <unictype.h>

uint32_t
pd_utf_get(const char *s, size_t n, size_t *size)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char b = (unsigned char)*s;
	size_t len = b < 0x80 ? 1 : b < 0xc2 ? 0 : b < 0xe0 ? 2 :
	    b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
	uint32_t c;

	*size = 1;
	if (len == 1)
		return b;
	if (len == 0 || len > n)
		return 0xfffd;
	c = b & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 0xfffd;
		c = c << 6 | ((unsigned char)s[i] & 0x3f);
	}
	if (c < least[len] || c > 0x10ffff)
		return 0xfffd;
	*size = len;
	return c;
}

bool
pd_utf_valid(const char *s, size_t n, size_t *bad)
{
	size_t size;

	for (size_t i = 0; i < n; i += size)
		if (pd_utf_get(s + i, n - i, &size) == 0xfffd && size == 1) {
			*bad = i;
			return false;
		}
	return true;
}

size_t
pd_utf_count(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xc0) != 0x80;
	return count;
}

size_t
pd_utf_offset(const char *s, size_t n, size_t chars)
{
	size_t i = 0;

	for (; i < n; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80 && chars-- == 0)
			break;
	return i;
}

bool
pd_utf_ascii(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((s[i] & 0x80) != 0)
			return false;
	return true;
}

bool
pd_utf_printable(uint32_t c)
{
	if (c < 0x7f)
		return c >= 0x20;
	return !uc_is_general_category_withtable(c,
	    UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cs |
	    UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Cn | UC_CATEGORY_MASK_Zl |
	    UC_CATEGORY_MASK_Zp | UC_CATEGORY_MASK_Zs);
}

bool
pd_utf_ident_start(uint32_t c)
{
	return c == '_' || uc_is_property_xid_start(c);
}

bool
pd_utf_ident(uint32_t c)
{
	return uc_is_property_xid_continue(c);
}

/* White space, or of bidirectional class WS, B or S. */
bool
pd_utf_space(uint32_t c)
{
	int bidi;

	if (c < 0x80)
		return c == ' ' || (c >= 0x09 && c <= 0x0d) ||
		    (c >= 0x1c && c <= 0x1f);
	bidi = uc_bidi_class(c);
	return uc_is_general_category(c, UC_SPACE_SEPARATOR) ||
	    bidi == UC_BIDI_WS || bidi == UC_BIDI_B || bidi == UC_BIDI_S;
}
