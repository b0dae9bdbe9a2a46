/*
 * The sink of a front.
 *
 * Called by the commands through the sink.  The program writes to the same
 * place with its own descriptors, so the buffer is written out before the
 * program runs, before a prompt waits and at the end (runner.c, front.c);
 * between these its size alone decides.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ui/out.h"

#define FLUSH_AT	65536

static void
write_all(struct pd_plain_out *o)
{
	struct pollfd p = { .fd = o->fd, .events = POLLOUT };
	size_t done = 0;
	ssize_t n;

	if (o->put != NULL && o->buf.n > 0) {
		o->put(o->put_ctx, o->buf.s, o->buf.n);
		done = o->buf.n;
	}
	while (done < o->buf.n && o->broken == 0) {
		n = write(o->fd, o->buf.s + done, o->buf.n - done);
		if (n >= 0)
			done += (size_t)n;
		else if (errno == EAGAIN)
			poll(&p, 1, -1);
		else if (errno != EINTR)
			o->broken = errno;
	}
	pd_buf_reset(&o->buf);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* Blanks around it stay outside: a line never leaves a colour behind. */
static void
add_styled(struct pd_plain_out *o, const char *sgr, const char *s, size_t n)
{
	size_t from = 0, to = n;

	while (from < to && is_blank(s[from]))
		from++;
	while (to > from && is_blank(s[to - 1]))
		to--;
	pd_buf_add(&o->buf, s, from);
	if (to > from) {
		pd_buf_adds(&o->buf, sgr);
		pd_buf_add(&o->buf, s + from, to - from);
		pd_buf_adds(&o->buf, PD_SGR_END);
	}
	pd_buf_add(&o->buf, s + to, n - to);
}

static void
plain_write(void *ctx, enum pd_role role, const char *s, size_t n)
{
	struct pd_plain_out *o = ctx;
	const char *sgr = o->style != NULL ? pd_style_sgr(o->style, role) : "";

	if (*sgr != '\0')
		add_styled(o, sgr, s, n);
	else
		pd_buf_add(&o->buf, s, n);
	if (o->buf.n >= FLUSH_AT)
		write_all(o);
}

static void
plain_flush(void *ctx)
{
	write_all(ctx);
}

void
pd_plain_out_init(struct pd_plain_out *o, int fd)
{
	memset(o, 0, sizeof(*o));
	o->fd = fd;
	o->sink = (struct pd_sink){
		.write = plain_write, .flush = plain_flush, .ctx = o,
	};
}

void
pd_plain_out_done(struct pd_plain_out *o)
{
	write_all(o);
	pd_buf_done(&o->buf);
}

int
pd_out_unwritten(int why)
{
	if (why != EPIPE)
		fprintf(stderr, "pydbg: what is shown cannot be written: %s\n",
		    strerror(why));
	return 1;
}
