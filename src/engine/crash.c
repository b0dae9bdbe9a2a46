/*
 * Last words: where Python was when a deadly signal came.
 *
 * The handlers are signal safe: they read the thread's innermost frame and
 * write "FILE:LINE in FUNC" to a memory file that the debugger reads after the
 * death, then put the default back and let the signal kill.  They are set
 * only where the program starts with the default, and the program may replace
 * them (faulthandler chains to them).  The main thread gets an alternate stack,
 * so that an overflow of its own is told too.
 */
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/compat.h"
#include "engine/core.h"

static int	 words_fd = -1;
static const int deadly[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

#define ALT_STACK	(64 * 1024)	/* bytes */

/* Appends a str's UTF-8 or Latin-1 bytes without any API call that might
 * allocate. Signal safe. */
static size_t
put_text(char *at, size_t room, PyObject *s)
{
	Py_ssize_t n;
	const char *p;

	if (!PyUnicode_IS_COMPACT_ASCII(s)) {
		p = ((PyCompactUnicodeObject *)s)->utf8;
		n = ((PyCompactUnicodeObject *)s)->utf8_length;
		if (p == NULL)
			return 0;
	} else {
		p = (const char *)((PyASCIIObject *)s + 1);
		n = ((PyASCIIObject *)s)->length;
	}
	if ((size_t)n > room)
		n = (Py_ssize_t)room;
	memcpy(at, p, (size_t)n);
	return (size_t)n;
}

static size_t
put_line(char *at, int line)
{
	char digits[16];
	size_t n = 0, i = 0;

	for (; line > 0 && n < sizeof(digits); line /= 10)
		digits[n++] = (char)('0' + line % 10);
	while (n > 0)
		at[i++] = digits[--n];
	return i;
}

static void
last_words(void)
{
	PyThreadState *ts = PyGILState_GetThisThreadState();
	PyObject *file, *func;
	char text[4096];
	size_t n;
	int line;

	if (ts == NULL || !pd_compat_crash_frame(ts, &file, &func, &line) ||
	    line <= 0)
		return;
	n = put_text(text, 3000, file);
	if (n == 0)
		return;
	text[n++] = ':';
	n += put_line(text + n, line);
	memcpy(text + n, " in ", 4);
	n += 4;
	n += put_text(text + n, 1000, func);
	if (pwrite(words_fd, text, n, 0) < 0)
		return;
}

static void
on_deadly(int signo)
{
	signal(signo, SIG_DFL);
	if (!pd_disarmed)
		last_words();
	raise(signo);
}

void
pd_crash_init(int fd)
{
	struct sigaction sa = { .sa_handler = on_deadly,
	    .sa_flags = SA_ONSTACK | SA_NODEFER };
	struct sigaction old;
	stack_t alt = { .ss_size = ALT_STACK }, now;

	words_fd = fd;
	if (fd < 0)
		return;
	if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE)) {
		alt.ss_sp = mmap(NULL, ALT_STACK, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (alt.ss_sp != MAP_FAILED)
			sigaltstack(&alt, NULL);
	}
	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		if (sigaction(deadly[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_DFL)
			sigaction(deadly[i], &sa, NULL);
}
