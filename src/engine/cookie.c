/*
 * What a source file says of its encoding (PEP 263), and its line ends.
 *
 * Called by decode.c and by the writer of cores.  Bytes in, bytes out: nothing
 * of Python is needed.
 */
#include "engine/cookie.h"

#include <string.h>

struct pd_str
pd_decode_newlines(const struct pd_buf *in)
{
	struct pd_buf out = {0};
	size_t i = 0, from = 0;

	pd_buf_reserve(&out, in->n + 1);
	for (; i < in->n; i++) {
		if (in->s[i] != '\r')
			continue;
		pd_buf_add(&out, in->s + from, i - from);
		pd_buf_addc(&out, '\n');
		if (i + 1 < in->n && in->s[i + 1] == '\n')
			i++;
		from = i + 1;
	}
	if (from < in->n)
		pd_buf_add(&out, in->s + from, in->n - from);
	if (out.n == 0) {
		pd_buf_done(&out);
		return pd_str_new("", 0);
	}
	return pd_buf_take(&out);
}

static bool
name_char(char c)
{
	return c == '-' || c == '_' || c == '.' || (c >= '0' && c <= '9') ||
	    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* PEP 263: ^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+).  Fills name and
 * returns true; *blank is set if another line may follow. */
static bool
cookie(const char *p, size_t n, char name[64], bool *blank)
{
	size_t i = 0, k = 0;

	while (i < n && (p[i] == ' ' || p[i] == '\t' || p[i] == '\f'))
		i++;
	*blank = i == n || p[i] == '#';
	if (i == n || p[i] != '#')
		return false;
	for (; i + 7 < n; i++) {
		size_t j = i + 7;

		if (memcmp(p + i, "coding", 6) != 0 ||
		    (p[i + 6] != ':' && p[i + 6] != '='))
			continue;
		while (j < n && (p[j] == ' ' || p[j] == '\t'))
			j++;
		for (; j < n && k < 63 && name_char(p[j]); j++)
			name[k++] = p[j];
		name[k] = 0;
		if (k > 0)
			return true;
	}
	return false;
}

bool
pd_cookie_find(const char *p, size_t n, char name[64])
{
	bool blank = true;

	for (int line = 0; line < 2 && blank; line++) {
		size_t len = 0;

		while (len < n && p[len] != '\n' && p[len] != '\r')
			len++;
		if (cookie(p, len, name, &blank))
			return true;
		if (len < n && p[len] == '\r' && len + 1 < n &&
		    p[len + 1] == '\n')
			len++;
		if (len < n)
			len++;
		p += len;
		n -= len;
	}
	return false;
}
