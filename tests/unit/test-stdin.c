/*
 * The feeder: one stdin for commands and the program, with a real pipe and
 * a program that is played here.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "ui/stdin.h"
#include "tap.h"

#define MOMENT_MS	4	/* some more than the feeder's */

struct scene {
	struct pd_loop	*loop;
	struct pd_input	 in;
	int		 to;		/* write end of our stdin, or -1 */
	int		 from;		/* our stdin */
	int		 prog;		/* the program's stdin */
};

static void
say(struct scene *s, const char *text)
{
	size_t n = strlen(text);

	if (write(s->to, text, n) != (ssize_t)n)
		tap_note("short write");
}

static void
hang_up(struct scene *s)
{
	close(s->to);
	s->to = -1;
}

static void
begin(struct scene *s, const char *text)
{
	int p[2];

	if (pipe(p) == -1)
		abort();
	s->from = p[0];
	s->to = p[1];
	s->loop = pd_loop_new();
	pd_input_init(&s->in, s->loop, s->from, true);
	s->prog = pd_input_program_fd(&s->in);
	say(s, text);
}

static void
end(struct scene *s)
{
	pd_input_done(&s->in);
	pd_loop_free(s->loop);
	close(s->from);
	if (s->to != -1)
		close(s->to);
}

static void
serve(struct scene *s)
{
	while (pd_loop_step(s->loop, 0) > 0)
		;
}

/* What the feeder lets pass before it feeds. */
static void
moment(struct scene *s)
{
	struct timespec ts;
	int64_t begin, now;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	begin = now = (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
	while (now < begin + MOMENT_MS) {
		pd_loop_step(s->loop, (int)(begin + MOMENT_MS - now));
		clock_gettime(CLOCK_MONOTONIC, &ts);
		now = (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
	}
	serve(s);
}

/* A command is read; what it is. */
static void
command(struct scene *s, const char *want)
{
	struct pd_buf line = { 0 };
	enum pd_input_got got = pd_input_line(&s->in, &line);

	if (want == NULL)
		tap_is_int(got, PD_INPUT_EOF, "the end of the commands");
	else if (got != PD_INPUT_LINE)
		tap_ok(false, "command %s", want);
	else
		tap_is_str(pd_buf_c(&line), want, "command");
	pd_buf_done(&line);
}

/* The program reads up to n bytes; want NULL: it would have to wait. */
static void
program(struct scene *s, size_t n, const char *want)
{
	struct pollfd p = { .fd = s->prog, .events = POLLIN };
	char text[256];
	ssize_t got;

	moment(s);
	if (poll(&p, 1, 0) == 0) {
		tap_is_str(NULL, want, "the program reads nothing yet");
		return;
	}
	got = read(s->prog, text, n < sizeof(text) ? n : sizeof(text) - 1);
	text[got > 0 ? got : 0] = '\0';
	tap_is_str(text, want, "the program reads");
	serve(s);
}

static void
test_interleave(void)
{
	struct scene s;

	begin(&s, "first\ninput 1\ninput 2\nsecond\nthird\n");
	command(&s, "first");
	pd_input_program_runs(&s.in);
	program(&s, 100, "input 1\n");
	program(&s, 100, "input 2\n");
	pd_input_program_stopped(&s.in);
	program(&s, 100, NULL);		/* all was taken back */
	command(&s, "second");
	pd_input_program_runs(&s.in);
	pd_input_program_stopped(&s.in);
	command(&s, "third");
	hang_up(&s);
	command(&s, NULL);
	command(&s, NULL);
	end(&s);
}

static void
test_part_of_a_line(void)
{
	struct scene s;

	begin(&s, "abcdef\nnext\n");
	pd_input_program_runs(&s.in);
	program(&s, 3, "abc");
	program(&s, 1, "d");
	pd_input_program_stopped(&s.in);
	command(&s, "ef");
	command(&s, "next");
	end(&s);
}

static void
test_end_of_file(void)
{
	struct scene s;

	begin(&s, "last\nno newline");
	hang_up(&s);
	pd_input_program_runs(&s.in);
	program(&s, 100, "last\n");
	program(&s, 100, "no newline");
	program(&s, 100, "");		/* the end */
	pd_input_program_stopped(&s.in);
	command(&s, NULL);
	/* A program that is started anew sees the end as well. */
	s.prog = pd_input_program_fd(&s.in);
	pd_input_program_runs(&s.in);
	program(&s, 100, "");
	pd_input_program_stopped(&s.in);
	end(&s);
}

static void
test_end_comes_after_what_is_unread(void)
{
	struct scene s;

	begin(&s, "one\n");
	hang_up(&s);
	pd_input_program_runs(&s.in);
	moment(&s);
	tap_ok(s.in.wr != -1, "not closed before the line is read");
	pd_input_program_stopped(&s.in);
	command(&s, "one");
	command(&s, NULL);
	end(&s);
}

static void
test_late_input(void)
{
	struct scene s;

	begin(&s, "");
	pd_input_program_runs(&s.in);
	program(&s, 100, NULL);
	say(&s, "late\n");
	program(&s, 100, "late\n");
	say(&s, "half");
	program(&s, 100, "half");
	say(&s, " and half\ncommand\n");
	program(&s, 100, " and half\n");
	pd_input_program_stopped(&s.in);
	command(&s, "command");
	end(&s);
}

static void
test_restart(void)
{
	struct scene s;

	begin(&s, "unread\n");
	pd_input_program_runs(&s.in);
	moment(&s);
	pd_input_program_stopped(&s.in);
	s.prog = pd_input_program_fd(&s.in);
	pd_input_program_runs(&s.in);
	program(&s, 100, "unread\n");
	pd_input_program_stopped(&s.in);
	end(&s);
}

/* An evaluation inside: only the outermost stop counts. */
static void
test_nested(void)
{
	struct scene s;

	begin(&s, "a\nb\n");
	pd_input_program_runs(&s.in);
	pd_input_program_runs(&s.in);
	pd_input_program_stopped(&s.in);
	program(&s, 100, "a\n");
	pd_input_program_stopped(&s.in);
	command(&s, "b");
	end(&s);
}

/* Who stops within a moment finds that nothing has gone into the pipe. */
static void
test_moment(void)
{
	struct scene s;
	struct pollfd p;

	begin(&s, "answer\n");
	pd_input_program_runs(&s.in);
	p = (struct pollfd){ .fd = s.prog, .events = POLLIN };
	tap_is_int(poll(&p, 1, 0), 0, "nothing is there at once");
	pd_input_program_stopped(&s.in);
	moment(&s);
	tap_is_int(poll(&p, 1, 0), 0, "nor later, when it has stopped");
	command(&s, "answer");
	end(&s);
}

#define LONG	(1u << 20)

static pid_t
write_long(int to, char c)
{
	pid_t pid = fork();
	char *text;

	if (pid != 0)
		return pid;
	text = pd_xmalloc(LONG + 1);
	memset(text, c, LONG);
	text[LONG] = '\n';
	for (size_t done = 0; done < LONG + 1;) {
		ssize_t n = write(to, text + done, LONG + 1 - done);

		if (n <= 0)
			_exit(1);
		done += (size_t)n;
	}
	_exit(0);
}

/* Reads a line of LONG bytes; the exit status says whether it was right. */
static pid_t
read_long(int from, char c)
{
	pid_t pid = fork();
	size_t sum = 0;
	char part[4096];

	if (pid != 0)
		return pid;
	while (sum < LONG + 1) {
		ssize_t n = read(from, part, sizeof(part));

		if (n <= 0)
			_exit(2);
		for (ssize_t i = 0; i < n; i++)
			if (part[i] != (sum + (size_t)i == LONG ? '\n' : c))
				_exit(3);
		sum += (size_t)n;
	}
	_exit(sum == LONG + 1 ? 0 : 4);
}

static int
wait_for(struct scene *s, pid_t pid)
{
	int status;

	while (waitpid(pid, &status, WNOHANG) == 0)
		pd_loop_step(s->loop, 20);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
test_long_lines(void)
{
	struct pd_buf line = { 0 };
	struct scene s;
	pid_t writer, reader;

	begin(&s, "");
	writer = write_long(s.to, 'c');
	tap_is_int(pd_input_line(&s.in, &line), PD_INPUT_LINE,
	    "a command of 1 MB");
	tap_is_int((intmax_t)line.n, LONG, "... all of it");
	wait_for(&s, writer);
	writer = write_long(s.to, 'p');
	reader = read_long(s.prog, 'p');
	pd_input_program_runs(&s.in);
	tap_is_int(wait_for(&s, reader), 0, "1 MB for the program");
	tap_is_int(wait_for(&s, writer), 0, "... was written");
	pd_input_program_stopped(&s.in);
	say(&s, "after\n");
	command(&s, "after");
	pd_buf_done(&line);
	end(&s);
}

static void
test_any_bytes(void)
{
	static const char bytes[] = "a\0b\xff\n";
	struct pd_buf line = { 0 };
	struct scene s;

	begin(&s, "");
	if (write(s.to, bytes, 5) != 5)
		tap_note("short write");
	pd_input_line(&s.in, &line);
	tap_is_bytes(line.s, line.n, bytes, 4, "NUL and no UTF-8");
	pd_buf_done(&line);
	end(&s);
}

static void
on_signal(void *ctx, int signo)
{
	struct scene *s = ctx;

	(void)signo;
	s->in.interrupted = true;
}

static void
test_interrupt(void)
{
	struct pd_buf line = { 0 };
	struct scene s;

	begin(&s, "half");
	pd_loop_signal(s.loop, SIGUSR1, on_signal, &s);
	raise(SIGUSR1);
	tap_is_int(pd_input_line(&s.in, &line), PD_INPUT_INTERRUPTED,
	    "a signal ends the wait");
	say(&s, " line\n");
	command(&s, "half line");
	pd_buf_done(&line);
	end(&s);
}

static void
test_without(void)
{
	struct pd_buf line = { 0 };
	struct pd_loop *loop = pd_loop_new();
	struct pd_input in;

	pd_input_init(&in, loop, -1, false);
	tap_is_int(pd_input_line(&in, &line), PD_INPUT_EOF, "no input at all");
	pd_input_program_runs(&in);
	pd_input_program_stopped(&in);
	pd_input_done(&in);
	pd_input_init(&in, loop, 0, false);
	tap_is_int(pd_input_program_fd(&in), 0, "untouched: the same fd");
	pd_input_program_runs(&in);
	pd_input_program_stopped(&in);
	pd_input_done(&in);
	pd_loop_free(loop);
	pd_buf_done(&line);
}

int
main(void)
{
	alarm(60);
	test_interleave();
	test_part_of_a_line();
	test_end_of_file();
	test_end_comes_after_what_is_unread();
	test_late_input();
	test_restart();
	test_nested();
	test_moment();
	test_long_lines();
	test_any_bytes();
	test_interrupt();
	test_without();
	return tap_done();
}
