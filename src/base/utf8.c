/*
 * base/utf8: characters as UTF-8, for both processes.  Reading it is where the
 * text comes from: what is wrong in it means something else in each place.
 */
#include "base/utf8.h"

size_t
pd_utf8_put(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (c >> 18 & 7));
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void
pd_utf8_add(struct pd_buf *b, uint32_t c)
{
	char bytes[PD_UTF8_MAX];

	pd_buf_add(b, bytes, pd_utf8_put(bytes, c));
}
