/*
 * Text by characters and columns.
 *
 * Called by surface.c and by panes that lay text out.  It must not draw.
 */
#include <wchar.h>

#include "ui/tui/surface.h"

#define TAB	8

/* Bytes of the UTF-8 character at p; 0: it is none. */
static size_t
decode(const unsigned char *p, size_t n, uint32_t *ch)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 :
	    p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;

	if (len == 0 || len > n)
		return 0;
	*ch = len == 1 ? p[0] : p[0] & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*ch = *ch << 6 | (p[i] & 0x3f);
	}
	if (*ch < least[len] || *ch > 0x10ffff ||
	    (*ch >= 0xd800 && *ch < 0xe000))
		return 0;
	return len;
}

size_t
pd_text_char(const char *p, size_t n, uint32_t *ch, int *width)
{
	size_t len = decode((const unsigned char *)p, n, ch);

	if (len == 0) {
		*ch = '?';
		*width = 1;
		return 1;
	}
	if (*ch == '\t')
		*width = -1;
	else if (*ch < 0x20 || *ch == 0x7f)
		*width = 2;
	else if (*ch < 0x7f)
		*width = 1;
	else {
		*width = wcwidth((wchar_t)*ch);
		if (*width < 0) {
			*ch = '?';	/* not for a terminal */
			*width = 1;
		}
	}
	return len;
}

long
pd_text_columns(const char *p, size_t n)
{
	long col = 0;

	for (size_t i = 0; i < n && p[i] != '\n';) {
		uint32_t ch;
		int width;

		i += pd_text_char(p + i, n - i, &ch, &width);
		col += width == -1 ? TAB - col % TAB : width;
	}
	return col;
}
