/*
 * The sink: printf for commands, with roles.
 *
 * For everything in cmds that has something to say.  It must not know what
 * becomes of the text: no width, no colour, no terminal.
 */
#include "cmds/sink.h"

#include <stdarg.h>
#include <string.h>

/* Bytes at p that a terminal takes for a control character: one of ASCII but
 * tab and newline, one of C1 in UTF-8 or, for terminals without that, as a byte
 * that belongs to no character.  0: none; *len: how many bytes to pass over. */
static size_t
control(const char *s, size_t n, size_t *len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t more = *p < 0xc2 || *p > 0xf4 ? 0 : *p < 0xe0 ? 1 :
	    *p < 0xf0 ? 2 : 3;

	*len = 1;
	if (*p < 0x80)
		return (*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f;
	while (*len <= more && *len < n && (p[*len] & 0xc0) == 0x80)
		++*len;
	if (*len == more + 1 && more > 0)
		return *p == 0xc2 && p[1] < 0xa0 ? 2 : 0;
	*len = 1;
	return *p < 0xa0;
}

static void
put_strict(struct pd_sink *sink, enum pd_role role, const char *p, size_t n)
{
	struct pd_buf b = { 0 };
	size_t len, bad;

	for (size_t i = 0; i < n; i += len) {
		bad = control(p + i, n - i, &len);
		if (bad == 0)
			pd_buf_add(&b, p + i, len);
		else
			pd_buf_addf(&b, "\\x%02x",
			    (unsigned)(unsigned char)p[i + bad - 1]);
	}
	sink->write(sink->ctx, role, b.s, b.n);
	pd_buf_done(&b);
}

void
pd_out_text(struct pd_sink *sink, enum pd_role role, const char *p, size_t n)
{
	if (n > 0 && sink->strict)
		put_strict(sink, role, p, n);
	else if (n > 0)
		sink->write(sink->ctx, role, p, n);
}

void
pd_out(struct pd_sink *sink, enum pd_role role, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	pd_out_text(sink, role, b.s, b.n);
	pd_buf_done(&b);
}

void
pd_out_str(struct pd_sink *sink, enum pd_role role, const struct pd_str *s)
{
	if (s->s != NULL)
		pd_out_text(sink, role, s->s, s->n);
}

void
pd_out_error(struct pd_sink *sink, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	pd_buf_adds(&b, "*** ");
	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	pd_buf_addc(&b, '\n');
	pd_out_text(sink, PD_ROLE_ERROR, b.s, b.n);
	pd_buf_done(&b);
}

void
pd_out_flush(struct pd_sink *sink)
{
	if (sink->flush != NULL)
		sink->flush(sink->ctx);
}
