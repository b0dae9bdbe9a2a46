/*
 * The sink: printf for commands, with roles.
 *
 * For everything in cmds that has something to say.  It must not know what
 * becomes of the text: no width, no colour, no terminal.
 */
#include "cmds/sink.h"

#include <stdarg.h>
#include <string.h>

static void
put(struct pd_sink *sink, enum pd_role role, const struct pd_buf *b)
{
	if (b->n > 0)
		sink->write(sink->ctx, role, b->s, b->n);
}

void
pd_out(struct pd_sink *sink, enum pd_role role, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	put(sink, role, &b);
	pd_buf_done(&b);
}

void
pd_out_str(struct pd_sink *sink, enum pd_role role, const struct pd_str *s)
{
	if (s->s != NULL && s->n > 0)
		sink->write(sink->ctx, role, s->s, s->n);
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
	put(sink, PD_ROLE_ERROR, &b);
	pd_buf_done(&b);
}

void
pd_out_flush(struct pd_sink *sink)
{
	if (sink->flush != NULL)
		sink->flush(sink->ctx);
}
