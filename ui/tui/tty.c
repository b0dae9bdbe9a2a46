/*
 * The program's own terminal.
 *
 * Called by the runner (starts and stops) and the output pane.  Reads the
 * master in the loop at all times, a bounded amount in each step, so that keys
 * stay alive during a flood and the program is never held up for long; drawing
 * is the screen's business and has its own pace.
 *
 * Nothing is lost between a write of the program and the stop behind it:
 * reading or polling a pty's master first takes what its slave has written
 * (n_tty of Linux flushes the buffer's work).
 */
#include "ui/tui/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "ui/tui/reading.h"

#define SCROLLBACK	10000		/* lines */
#define STEP_MAX	16384		/* bytes read in a step of the loop */
#define DRAIN_MAX	(4 << 20)	/* bytes; others than the program may
					   write without end */
#define TYPED_MAX	65536		/* that nobody has read */

struct pd_tty {
	struct pd_loop	*loop;		/* borrowed */
	struct pd_vt	*vt;
	void		(*changed)(void *, bool);
	void		*ctx;
	int		 master, slave;	/* -1: none; the slave only until the
					   program has it */
	char		 path[64];	/* the slave's */
	unsigned	 rows, cols;
	bool		 open;		/* somebody has the slave */
	struct pd_buf	 typed;		/* not yet taken by the kernel */
	uint64_t	 begun;		/* lines pushed when it was started */
	char		 title[256];
};

static void	on_master(void *, int, short);

/* ---- the pty ------------------------------------------------------------ */

static void
close_fd(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

static void
hang_up(struct pd_tty *t)
{
	if (t->master != -1)
		pd_loop_unwatch(t->loop, t->master);
	close_fd(&t->slave);
	close_fd(&t->master);
	t->open = false;
	pd_buf_reset(&t->typed);
}

static void
set_size(struct pd_tty *t)
{
	struct winsize ws = { .ws_row = (unsigned short)t->rows,
	    .ws_col = (unsigned short)t->cols };

	if (t->master != -1)
		ioctl(t->master, TIOCSWINSZ, &ws);
}

static void
watch(struct pd_tty *t)
{
	short events = t->typed.n > 0 ? POLLIN | POLLOUT : POLLIN;

	pd_loop_watch(t->loop, t->master, events, on_master, t);
}

/* As a terminal that somebody has just logged in at. */
static void
set_modes(int fd, const struct termios *modes)
{
	struct termios tio;

	if (modes != NULL) {
		tcsetattr(fd, TCSANOW, modes);
		return;
	}
	if (tcgetattr(fd, &tio) == -1)
		return;
	tio.c_iflag |= IUTF8;
	tio.c_cc[VERASE] = 0x7f;
	tcsetattr(fd, TCSANOW, &tio);
}

static int
open_pty(struct pd_tty *t, const struct termios *modes, struct pd_err *err)
{
	hang_up(t);
	t->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (t->master == -1 || grantpt(t->master) == -1 ||
	    unlockpt(t->master) == -1 ||
	    ptsname_r(t->master, t->path, sizeof(t->path)) != 0 ||
	    (t->slave = open(t->path, O_RDWR | O_NOCTTY | O_CLOEXEC)) == -1) {
		pd_err_set(err, "no terminal for the program: %s",
		    strerror(errno));
		hang_up(t);
		return -1;
	}
	set_modes(t->slave, modes);
	set_size(t);
	t->open = true;
	watch(t);
	return 0;
}

/* ---- bytes -------------------------------------------------------------- */

static void
flush_typed(struct pd_tty *t)
{
	ssize_t n;

	while (t->typed.n > 0) {
		n = write(t->master, t->typed.s, t->typed.n);
		if (n <= 0)
			break;
		pd_buf_drop(&t->typed, (size_t)n);
	}
}

void
pd_tty_type(struct pd_tty *t, const char *s, size_t n)
{
	if (!t->open || n > TYPED_MAX - t->typed.n)
		return;
	pd_buf_add(&t->typed, s, n);
	flush_typed(t);
	watch(t);
}

/* 1: there was something; 0: nothing now; -1: nobody has it open any more. */
static int
read_some(struct pd_tty *t, size_t *got)
{
	char buf[STEP_MAX];
	ssize_t n;

	do
		n = read(t->master, buf, sizeof(buf));
	while (n == -1 && errno == EINTR);
	if (n > 0) {
		pd_vt_write(t->vt, buf, (size_t)n);
		*got += (size_t)n;
		return 1;
	}
	return n == -1 && errno == EAGAIN ? 0 : -1;
}

static void
tell(struct pd_tty *t)
{
	if (pd_vt_changed(t->vt) && t->changed != NULL)
		t->changed(t->ctx, false);
}

static void
on_master(void *ctx, int fd, short revents)
{
	struct pd_tty *t = ctx;
	size_t got = 0;

	if (revents & POLLOUT)
		flush_typed(t);
	/* The kernel hands out 4 KB at most, whatever is asked for. */
	while (revents & (POLLIN | POLLHUP | POLLERR) && got < STEP_MAX) {
		int rc = read_some(t, &got);

		if (rc == -1) {
			/* All have closed it; somebody may open it again. */
			pd_loop_unwatch(t->loop, fd);
			t->open = false;
			tell(t);
			return;
		}
		if (rc == 0)
			break;
	}
	watch(t);
	tell(t);
}

void
pd_tty_drain(struct pd_tty *t)
{
	size_t got = 0;

	while (t->master != -1 && got < DRAIN_MAX && read_some(t, &got) == 1)
		;
	tell(t);
}

/* Below it there is nothing but blanks; -1: nor is there above. */
static long
last_row(struct pd_tty *t)
{
	struct pd_buf b = { 0 };
	long row = (long)t->rows;

	while (b.n == 0 && row-- > 0)
		pd_vt_text(t->vt, (int)row, &b);
	pd_buf_done(&b);
	return row;
}

void
pd_tty_text(struct pd_tty *t, size_t lines, struct pd_buf *out)
{
	uint64_t above = pd_vt_pushed(t->vt) - t->begun;
	long last = last_row(t), row;

	if (above > pd_vt_back(t->vt))
		above = pd_vt_back(t->vt);
	if (above + (uint64_t)(last + 1) > lines)
		row = last + 1 - (long)lines;
	else
		row = -(long)above;
	for (; row <= last; row++) {
		pd_vt_text(t->vt, (int)row, out);
		pd_buf_addc(out, '\n');
	}
}

/* ---- what the emulator tells -------------------------------------------- */

static void
on_output(void *ctx, const char *s, size_t n)
{
	pd_tty_type(ctx, s, n);
}

static void
on_title(void *ctx, const char *title)
{
	struct pd_tty *t = ctx;

	memcpy(t->title, title, strlen(title) + 1);
}

static void
on_bell(void *ctx)
{
	struct pd_tty *t = ctx;

	if (t->changed != NULL)
		t->changed(t->ctx, true);
}

bool
pd_tty_listens(const struct pd_tty *t)
{
	return t->open;
}

/* Keys one by one are wanted by who is about to read them; a line, by who is in
 * a read. */
bool
pd_tty_is_read(const struct pd_tty *t)
{
	struct termios tio;
	pid_t group;

	if (!t->open || t->master == -1 || tcgetattr(t->master, &tio) == -1)
		return false;
	if (!(tio.c_lflag & ICANON))
		return true;
	group = tcgetpgrp(t->master);
	return group > 0 && pd_reading(group, t->path);
}

/* ---- life --------------------------------------------------------------- */

struct pd_tty *
pd_tty_new(struct pd_loop *loop, void (*changed)(void *, bool), void *ctx)
{
	struct pd_tty *t = pd_xcalloc(1, sizeof(*t));
	const struct pd_vt_hooks hooks = { .output = on_output,
	    .title = on_title, .bell = on_bell, .ctx = t };

	t->loop = loop;
	t->changed = changed;
	t->ctx = ctx;
	t->master = t->slave = -1;
	t->rows = 24;
	t->cols = 80;
	t->vt = pd_vt_new(24, 80, SCROLLBACK, &hooks);
	return t;
}

void
pd_tty_free(struct pd_tty *t)
{
	if (t == NULL)
		return;
	hang_up(t);
	pd_vt_free(t->vt);
	pd_buf_done(&t->typed);
	free(t);
}

struct pd_vt *
pd_tty_vt(struct pd_tty *t)
{
	return t->vt;
}

const char *
pd_tty_title(const struct pd_tty *t)
{
	return t->title;
}

void
pd_tty_resize(struct pd_tty *t, unsigned rows, unsigned cols)
{
	int r, c;

	if (rows == 0 || cols == 0)
		return;		/* hidden: it keeps its size */
	pd_vt_resize(t->vt, (int)rows, (int)cols);
	pd_vt_size(t->vt, &r, &c);
	if (t->rows == (unsigned)r && t->cols == (unsigned)c)
		return;
	t->rows = (unsigned)r;
	t->cols = (unsigned)c;
	set_size(t);
}

int
pd_tty_launch(struct pd_tty *t, struct pd_launch *l, struct pd_err *err)
{
	if (t->master != -1)
		pd_tty_drain(t);
	if (open_pty(t, NULL, err) == -1)
		return -1;
	pd_vt_reset(t->vt);
	t->begun = pd_vt_pushed(t->vt);
	t->title[0] = '\0';
	if (l->in == STDIN_FILENO)
		l->in = t->slave;
	if (l->out == STDOUT_FILENO)
		l->out = t->slave;
	if (l->err == STDERR_FILENO)
		l->err = t->slave;
	l->tty = t->slave;
	l->term = PD_VT_TERM;
	return 0;
}

void
pd_tty_started(struct pd_tty *t)
{
	close_fd(&t->slave);
}

void
pd_tty_keep(struct pd_tty *t)
{
	if (t->master != -1 && t->slave == -1)
		t->slave = open(t->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

const char *
pd_tty_open(struct pd_tty *t, const struct termios *modes, struct pd_err *err)
{
	if (!t->open && open_pty(t, modes, err) == -1)
		return NULL;
	return t->path;
}

bool
pd_tty_modes(const struct pd_tty *t, struct termios *modes)
{
	return t->master != -1 && tcgetattr(t->master, modes) == 0;
}
