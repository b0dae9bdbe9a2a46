/*
 * Who waits for what is typed: looked up in /proc, without a word to the
 * program.
 *
 * Called by tty.c while the program runs.  Where /proc does not tell, nobody
 * is said to read.
 */
#include "ui/tui/reading.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOOKS_MAX	64		/* threads in all */
#define DEPTH_MAX	4		/* children of children */

/* The beginning of a file of /proc; false: it does not tell. */
static bool
slurp(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd != -1 ? read(fd, buf, size - 1) : -1;

	if (fd != -1)
		close(fd);
	buf[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* Its system call is a number and its arguments, in hexadecimal (proc(5)). */
static bool
thread_reads(pid_t pid, const char *tid, const char *tty)
{
	char path[64], text[256];
	unsigned fd;
	long call;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/task/%.16s/syscall", (int)pid,
	    tid);
	if (!slurp(path, text, sizeof(text)) ||
	    sscanf(text, "%ld 0x%x", &call, &fd) != 2 || call != SYS_read)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/fd/%u", (int)pid, fd);
	n = readlink(path, text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	return strcmp(text, tty) == 0 || strcmp(text, "/dev/tty") == 0;
}

static bool	process_reads(pid_t, const char *, int, int *);

static bool
children_read(pid_t pid, const char *tid, const char *tty, int depth,
    int *looks)
{
	char path[64], text[512], *p = text, *end;
	long child;

	snprintf(path, sizeof(path), "/proc/%d/task/%.16s/children", (int)pid,
	    tid);
	if (depth == 0 || !slurp(path, text, sizeof(text)))
		return false;
	for (; (child = strtol(p, &end, 10)) > 0 && *end == ' '; p = end)
		if (process_reads((pid_t)child, tty, depth - 1, looks))
			return true;
	return false;
}

static bool
process_reads(pid_t pid, const char *tty, int depth, int *looks)
{
	struct dirent *de;
	bool found = false;
	char path[32];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	dir = opendir(path);
	while (dir != NULL && !found && *looks > 0 &&
	    (de = readdir(dir)) != NULL) {
		if (*de->d_name == '.')
			continue;
		--*looks;
		found = thread_reads(pid, de->d_name, tty) ||
		    children_read(pid, de->d_name, tty, depth, looks);
	}
	if (dir != NULL)
		closedir(dir);
	return found;
}

bool
pd_reading(pid_t pid, const char *tty)
{
	int looks = LOOKS_MAX;

	return process_reads(pid, tty, DEPTH_MAX, &looks);
}
