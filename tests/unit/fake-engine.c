/*
 * An engine without a debugger in it, for test-live: it speaks the protocol
 * and runs the program by the Python's own main.
 *
 * FAKE_ENGINE in the environment says how it is to behave: see main's table;
 * FAKE_RING, that it speaks through memory.
 * Needs no Python headers, so one build of it serves every version.
 */
#include <sys/socket.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "start/doors.h"
#include "wire/chan.h"

__attribute__((visibility("default"))) int	pd_engine_main(int, char **,
	    int, const struct pd_start_doors *);

static struct pd_chan chan;
static const struct pd_start_doors *doors;
static struct pd_err err;
static int quits;	/* QUITs that are answered by a stop first */

static void
send_event(enum pd_op op, const void *rec)
{
	if (pd_chan_send(&chan, PD_KIND_EVENT, op, rec, &err) == -1)
		_exit(99);
}

static void
send_text(enum pd_op op, const char *s)
{
	struct pd_text text = { .text = pd_str_from(s) };

	send_event(op, &text);
	pd_rec_done(&pd_text_desc, &text);
}

/* Bytes that are no message. */
static void
send_raw(const char *p, size_t n)
{
	bool ring;

	if (chan.ring.map != NULL) {
		pd_ring_write(&chan.ring, p, n, &ring);
		p = "";		/* in case that it sleeps */
		n = 1;
	}
	send(chan.fd, p, n, MSG_NOSIGNAL);
}

static void
send_ready(void)
{
	struct pd_python py = { 0 };
	struct pd_ring ring = { 0 };

	py.version = pd_str_from("fake");
	py.engine = pd_str_from(doors->engine);
	py.pid = (uint64_t)getpid();
	if (getenv("FAKE_RING") != NULL)
		py.ring = pd_ring_map(&ring, doors->words_fd, PD_RING_ENGINE);
	send_event(PD_OP_READY, &py);
	pd_rec_done(&pd_python_desc, &py);
	chan.ring = ring;
}

static void
send_stop(uint64_t line)
{
	struct pd_stop stop = { .kind = PD_STOP_LINE };

	stop.frame.file = pd_str_from("fake.py");
	stop.frame.func = pd_str_from("f");
	stop.frame.line = line;
	send_event(PD_OP_STOP, &stop);
	pd_rec_done(&pd_stop_desc, &stop);
}

static void
send_error(enum pd_op op, const char *text)
{
	struct pd_text why = { .text = pd_str_from(text) };

	pd_chan_send(&chan, PD_KIND_ERROR, op, &why, &err);
	pd_rec_done(&pd_text_desc, &why);
}

/* An expression is a word of what to do. */
static void
serve_eval(const struct pd_msg *msg)
{
	struct pd_eval q = { 0 };
	struct pd_value v = { 0 };
	const char *s;

	if (pd_msg_body(msg, &q, &err) == -1)
		_exit(98);
	s = pd_str_c(&q.text);
	if (strcmp(s, "exit") == 0)
		_exit(3);
	if (strcmp(s, "segv") == 0)
		raise(SIGSEGV);
	if (strcmp(s, "exec") == 0)
		execl("/bin/sleep", "sleep", "1", (char *)NULL);
	if (strcmp(s, "garbage") == 0)
		send_raw("\1\0\0\0\377", 5);
	if (strcmp(s, "cut") == 0) {
		send_raw("\20\0\0\0\203", 5);
		shutdown(chan.fd, SHUT_WR);
		pause();
	}
	if (strcmp(s, "output") == 0) {
		struct pd_msg answer;

		send_text(PD_OP_OUTPUT, "shown\n");
		if (pd_chan_recv(&chan, &answer, false, &err) != 1 ||
		    answer.op != PD_OP_OUTPUT)
			_exit(97);
		pd_msg_done(&answer);
		send_text(PD_OP_NOTICE, "noted");
	}
	v.text = pd_str_from(getenv(s));
	if (strcmp(s, "error") == 0)
		send_error(PD_OP_EVAL, "no such thing");
	else
		pd_chan_send(&chan, PD_KIND_REPLY, PD_OP_EVAL, &v, &err);
	pd_rec_done(&pd_value_desc, &v);
	pd_rec_done(&pd_eval_desc, &q);
}

static int refusals;	/* of RESUME, still to come */

/* Until a RESUME: its mode. */
static uint64_t
serve(void)
{
	struct pd_resume r = { 0 };
	struct pd_msg msg;

	while (pd_chan_recv(&chan, &msg, false, &err) == 1) {
		if (msg.op == PD_OP_EVAL)
			serve_eval(&msg);
		if (msg.op == PD_OP_RESUME) {
			if (pd_msg_body(&msg, &r, &err) == -1)
				_exit(98);
			pd_msg_done(&msg);
			if (refusals == 0)
				return r.mode;
			refusals--;
			send_error(PD_OP_RESUME, "not now");
			continue;
		}
		pd_msg_done(&msg);
	}
	_exit(96);
}

static volatile sig_atomic_t woken;

static void
on_wake(int signo)
{
	woken = 1;
}

/* What QUIT leads to, by FAKE_ENGINE. */
static void
quit(const char *how)
{
	if (strcmp(how, "stubborn") == 0)
		for (;;)
			pause();
	while (quits-- > 0) {
		send_stop(99);
		serve();
	}
	_exit(0);
}

static void
last_words(const char *s)
{
	if (pwrite(doors->words_fd, s, strlen(s), 0) == -1)
		_exit(95);
}

static pid_t owner;

/* SystemExit does not come back from Python's main. */
static void
tell_finish(void)
{
	struct pd_finish finish = { .system_exit = true };

	if (getpid() == owner)
		send_event(PD_OP_FINISH, &finish);
}

static int
run_program(int argc, char **argv)
{
	int (*bytes_main)(int, char **);
	void *p = dlsym(RTLD_DEFAULT, "Py_BytesMain");

	memcpy(&bytes_main, &p, sizeof(p));
	owner = getpid();
	atexit(tell_finish);
	return bytes_main(argc, argv);
}

int
pd_engine_main(int argc, char **argv, int fd, const struct pd_start_doors *d)
{
	const char *how = getenv("FAKE_ENGINE");

	how = how != NULL ? how : "";
	doors = d;
	pd_chan_init(&chan, fd);
	signal(PD_WAKE_SIGNAL, on_wake);
	if (strcmp(how, "early") == 0)
		return 7;
	if (strcmp(how, "failed") == 0)
		send_text(PD_OP_FAILED, "no mood");
	if (strcmp(how, "mad") == 0)
		send_stop(1);
	send_ready();
	if (strcmp(how, "nostop") == 0)
		return run_program(argc, argv);
	if (strcmp(how, "killed") == 0) {
		send_stop(1);
		raise(SIGKILL);
	}
	if (strcmp(how, "unasked") == 0)
		send_error(PD_OP_RESUME, "not now");
	refusals = strcmp(how, "refuse") == 0 ? 2 : 0;
	quits = strcmp(how, "twice") == 0 ? 2 : 0;
	send_stop(12);
	if (serve() == PD_RESUME_QUIT)
		quit(how);
	if (strcmp(how, "loop") == 0) {
		while (!woken)
			pause();
		send_stop(13);
		serve();
	}
	if (strcmp(how, "words") == 0) {
		last_words("dead.py:5 in g\nmore\n");
		raise(SIGSEGV);
	}
	if (strcmp(how, "stray") == 0)
		send_raw("\1\0\0\0\377", 5);
	return run_program(argc, argv);
}
