/*
 * The one standard input of the debugger and the program: the feeder.
 *
 * Called by front.c (lines of commands) and runner.c (the program runs, has
 * stopped).  Must not know commands.
 *
 * The program's pipe has one slot, so POLLOUT on our end means that all which
 * was written has been read.  Invariants:
 *   - while the program is stopped the pipe is empty: what it left unread is
 *     back at the front of buf, so the next command is the next line;
 *   - while it runs at most one line (or the first PIPE_SLOT bytes of a longer
 *     one) is in the pipe, and none in its first moment: whoever only steps
 *     pays nothing;
 *   - our end is closed only when our input has ended and the program has read
 *     all of it, while it runs: it then sees the end of the file as it would
 *     have without us.
 *
 * The read end's file description is shared with the program and must not be
 * made nonblocking; taking back goes through a second one, from /proc.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/log.h"
#include "ui/stdin.h"

#define READ_CHUNK	65536
#define PIPE_SLOT	4096	/* bytes in the one slot: a page */
#define MOMENT_MS	1	/* most steps and evaluations are over by then
				   and have read nothing */

static void	feed(struct pd_input *);

void
pd_input_init(struct pd_input *in, struct pd_loop *loop, int fd, bool feeds)
{
	memset(in, 0, sizeof(*in));
	in->loop = loop;
	in->fd = fd;
	in->feeds = feeds;
	in->eof = fd == -1;
	in->rd = in->wr = in->back = -1;
}

static void
close_write_end(struct pd_input *in)
{
	if (in->wr == -1)
		return;
	pd_loop_unwatch(in->loop, in->wr);
	close(in->wr);
	in->wr = -1;
}

static void
close_pipe(struct pd_input *in)
{
	close_write_end(in);
	if (in->rd != -1)
		close(in->rd);
	if (in->back != -1)
		close(in->back);
	in->rd = in->back = -1;
}

void
pd_input_done(struct pd_input *in)
{
	if (in->fd != -1)
		pd_loop_unwatch(in->loop, in->fd);
	pd_loop_later(in->loop, 0, NULL, NULL);
	close_pipe(in);
	pd_buf_done(&in->buf);
}

static void
read_some(struct pd_input *in)
{
	ssize_t n;

	pd_buf_reserve(&in->buf, READ_CHUNK + 1);
	n = read(in->fd, in->buf.s + in->buf.n, READ_CHUNK);
	if (n > 0) {
		in->buf.n += (size_t)n;
		in->buf.s[in->buf.n] = '\0';
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		in->eof = true;
		pd_log("ui", "input ended: %s", n == 0 ? "end of file" :
		    strerror(errno));
	}
}

static void
on_readable(void *ctx, int fd, short revents)
{
	struct pd_input *in = ctx;

	(void)fd;
	(void)revents;
	read_some(in);
	if (in->running > 0)
		feed(in);
}

/* Bytes of the first line in buf, newline included; all if it has none. */
static size_t
first_line(const struct pd_input *in)
{
	const char *nl = in->buf.n > 0 ?
	    memchr(in->buf.s, '\n', in->buf.n) : NULL;

	return nl != NULL ? (size_t)(nl - in->buf.s) + 1 : in->buf.n;
}

/* The pipe is empty: the next line, or the end. */
static void
on_writable(void *ctx, int fd, short revents)
{
	struct pd_input *in = ctx;
	size_t n = first_line(in);
	ssize_t put;

	(void)fd;
	(void)revents;
	if (n == 0) {
		if (in->eof)
			close_write_end(in);
	} else {
		put = write(in->wr, in->buf.s, n < PIPE_SLOT ? n : PIPE_SLOT);
		in->fed = in->fed || put > 0;
		if (put > 0)
			pd_buf_drop(&in->buf, (size_t)put);
		else if (errno != EAGAIN && errno != EINTR) {
			pd_log("ui", "feeding: %s", strerror(errno));
			close_write_end(in);
		}
	}
	feed(in);
}

/* Watches what there is to wait for while the program runs. */
static void
feed(struct pd_input *in)
{
	bool have = in->buf.n > 0 || in->eof;

	if (!in->feeds || in->wr == -1 || in->running == 0) {
		if (in->feeds)
			pd_loop_unwatch(in->loop, in->fd);
		return;
	}
	if (have)
		pd_loop_unwatch(in->loop, in->fd);
	else
		pd_loop_watch(in->loop, in->fd, POLLIN, on_readable, in);
	if (have)
		pd_loop_watch(in->loop, in->wr, POLLOUT, on_writable, in);
	else
		pd_loop_unwatch(in->loop, in->wr);
}

int
pd_input_program_fd(struct pd_input *in)
{
	char name[64];
	int p[2];

	if (!in->feeds)
		return in->fd;
	close_pipe(in);
	if (pipe2(p, O_CLOEXEC) == -1)
		return -1;
	in->rd = p[0];
	in->wr = p[1];
	fcntl(in->wr, F_SETFL, O_NONBLOCK);
	if (fcntl(in->wr, F_SETPIPE_SZ, PIPE_SLOT) == -1)
		pd_log("ui", "F_SETPIPE_SZ: %s", strerror(errno));
	snprintf(name, sizeof(name), "/proc/self/fd/%d", in->rd);
	in->back = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return in->rd;
}

static void
on_moment_over(void *ctx)
{
	feed(ctx);
}

void
pd_input_program_runs(struct pd_input *in)
{
	if (in->running++ == 0 && in->feeds && in->wr != -1)
		pd_loop_later(in->loop, MOMENT_MS, on_moment_over, in);
}

/* Reads what is in the pipe; the program may be reading as well. */
static ssize_t
read_back(struct pd_input *in, char *to, size_t size)
{
	int n = 0;

	if (in->back != -1)
		return read(in->back, to, size);
	if (ioctl(in->rd, FIONREAD, &n) == -1 || n <= 0)
		return -1;
	return read(in->rd, to, size);
}

static void
take_back(struct pd_input *in)
{
	struct pd_buf all = { 0 };
	char part[PIPE_SLOT];
	ssize_t n;

	in->fed = false;
	while ((n = read_back(in, part, sizeof(part))) > 0)
		pd_buf_add(&all, part, (size_t)n);
	if (all.n == 0)
		return;
	pd_buf_add(&all, in->buf.s, in->buf.n);
	pd_buf_done(&in->buf);
	in->buf = all;
}

void
pd_input_program_stopped(struct pd_input *in)
{
	if (in->running == 0 || --in->running > 0 || !in->feeds)
		return;
	pd_loop_later(in->loop, 0, NULL, NULL);
	pd_loop_unwatch(in->loop, in->fd);
	if (in->wr != -1)
		pd_loop_unwatch(in->loop, in->wr);
	if (in->rd != -1 && in->fed)
		take_back(in);
}

bool
pd_input_has_line(const struct pd_input *in)
{
	return in->buf.n > 0 &&
	    (in->eof || memchr(in->buf.s, '\n', in->buf.n) != NULL);
}

enum pd_input_got
pd_input_line(struct pd_input *in, struct pd_buf *out)
{
	size_t n;

	in->interrupted = false;
	while (!pd_input_has_line(in) && !in->eof && !in->interrupted) {
		pd_loop_watch(in->loop, in->fd, POLLIN, on_readable, in);
		pd_loop_step(in->loop, -1);
	}
	if (in->fd != -1)
		pd_loop_unwatch(in->loop, in->fd);
	if (in->interrupted)
		return PD_INPUT_INTERRUPTED;
	if (!pd_input_has_line(in))
		return PD_INPUT_EOF;
	n = first_line(in);
	pd_buf_add(out, in->buf.s,
	    in->buf.s[n - 1] == '\n' ? n - 1 : n);
	pd_buf_drop(&in->buf, n);
	return PD_INPUT_LINE;
}
