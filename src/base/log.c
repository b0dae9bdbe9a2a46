/*
 * base/log: the debugger's own log, for both processes at once.
 *
 * Each entry is one write(2) to a file opened for appending, so that the lines
 * of debugger and debuggee do not mix.  Nothing here allocates once the log is
 * open, changes errno, or writes anywhere else: without a log it is silent.
 *
 * In the debuggee the program may close our descriptor (os.closerange) and get
 * its number for a file of its own; so each entry first looks whether the
 * descriptor still is the log, and opens it anew if not.
 */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"

#define ENTRY_MAX	2048	/* bytes; a longer entry is cut */
#define HIGH_FD		200	/* out of the way of the program's own */

static struct {
	int	 fd;
	dev_t	 dev;
	ino_t	 ino;
	char	*areas;		/* owned, "a,b,c"; NULL: the log is off */
	char	*file;		/* owned, absolute */
} sink = { .fd = -1 };

static void
open_file(void)
{
	struct stat st;
	int fd, high;

	fd = open(sink.file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC |
	    O_NOCTTY, 0600);
	if (fd == -1)
		return;
	high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
	if (high != -1) {
		close(fd);
		fd = high;
	}
	if (fstat(fd, &st) == -1) {
		close(fd);
		return;
	}
	sink.fd = fd;
	sink.dev = st.st_dev;
	sink.ino = st.st_ino;
}

static bool
still_ours(void)
{
	struct stat st;

	return sink.fd != -1 && fstat(sink.fd, &st) == 0 &&
	    st.st_dev == sink.dev && st.st_ino == sink.ino;
}

void
pd_log_open(const char *spec)
{
	const char *colon;
	int saved = errno;

	pd_log_close();
	colon = spec != NULL ? strchr(spec, ':') : NULL;
	if (colon != NULL && colon != spec && colon[1] != '\0') {
		sink.areas = pd_xmemdup(spec, (size_t)(colon - spec));
		sink.file = pd_path_abs(colon + 1, NULL).s;
		open_file();
		if (sink.fd == -1)
			pd_log_close();
	}
	errno = saved;
}

void
pd_log_close(void)
{
	int saved = errno;

	if (still_ours())
		close(sink.fd);
	sink.fd = -1;
	free(sink.areas);
	free(sink.file);
	sink.areas = sink.file = NULL;
	errno = saved;
}

bool
pd_log_on(const char *area)
{
	const char *p = sink.areas;
	size_t n, len = strlen(area);

	if (p == NULL)
		return false;
	if (strcmp(area, "bug") == 0)
		return true;
	for (;; p += n + 1) {
		n = strcspn(p, ",");
		if (n == len && memcmp(p, area, n) == 0)
			return true;
		if (n == 3 && memcmp(p, "all", 3) == 0)
			return true;
		if (p[n] == '\0')
			return false;
	}
}

/* One entry is one line: what would break it becomes a blank. */
static size_t
finish_line(char *line, size_t n, size_t cap)
{
	if (n >= cap - 1) {
		n = cap - 2;
		memcpy(line + n - 3, "...", 3);
	}
	for (size_t i = 0; i < n; i++)
		if (line[i] == '\n' || line[i] == '\r')
			line[i] = ' ';
	line[n++] = '\n';
	return n;
}

static void
put_line(const char *line, size_t n)
{
	if (!still_ours()) {
		sink.fd = -1;
		open_file();
	}
	/* There is nowhere to say that the log cannot be written. */
	if (sink.fd == -1 || write(sink.fd, line, n) < 0)
		return;
}

void
pd_log(const char *area, const char *fmt, ...)
{
	char line[ENTRY_MAX];
	int saved = errno;
	va_list ap;
	int n, m;

	if (!pd_log_on(area))
		return;
	n = snprintf(line, sizeof(line), "%ld %.32s: ", (long)getpid(), area);
	va_start(ap, fmt);
	m = vsnprintf(line + n, sizeof(line) - (size_t)n, fmt, ap);
	va_end(ap);
	if (m >= 0) {
		size_t len = finish_line(line, (size_t)n + (size_t)m,
		    sizeof(line));

		put_line(line, len);
	}
	errno = saved;
}
