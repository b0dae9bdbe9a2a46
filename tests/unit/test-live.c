/*
 * The live target and the start, against a real Python and an engine that
 * only pretends (fake-engine.c): every way in which a program can start, answer
 * and end.
 *
 * PD_TEST_START, PD_TEST_ENGINE and PD_TEST_PYTHON name pydbg-start.so, the
 * fake engine and a Python of 3.11 or later.
 */
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/loop.h"
#include "target/target.h"
#include "tap.h"

static char dir[] = "/tmp/pydbg-test-live-XXXXXX";
static struct pd_loop *loop;
static struct pd_target *target;
static const char *python;
static int out_fd;		/* the program's stdout and stderr: a file */
static struct pd_buf said;	/* what has come of the actions so far */

/* ---- what is seen ------------------------------------------------------- */

static void
say(const char *fmt, ...)
{
	va_list ap;

	pd_buf_adds(&said, said.n > 0 ? "|" : "");
	va_start(ap, fmt);
	pd_buf_addv(&said, fmt, ap);
	va_end(ap);
}

static void
on_output(void *ctx, const char *s, size_t n)
{
	say("out %.*s", (int)n - 1, s);
}

static void
on_notice(void *ctx, const char *s, size_t n)
{
	/* Process numbers and paths differ. */
	if (strncmp(s, "process ", 8) == 0)
		s = s + 8 + strspn(s + 8, "0123456789") + 1;
	say("note %.*s", (int)strcspn(s, ";(:"), s);
}

static void
on_running(void *ctx, bool on)
{
	say(on ? "run" : "halt");
}

static void
say_event(struct pd_event *ev)
{
	const char *last = ev->last.s != NULL ? ev->last.s : "none";

	if (ev->kind == PD_EVENT_STOP)
		say("stop %s:%d", pd_str_c(&ev->stop.frame.file),
		    (int)ev->stop.frame.line);
	else if (ev->kind == PD_EVENT_EXITED && ev->finished)
		say("finished %d", ev->code);
	else if (ev->kind == PD_EVENT_EXITED)
		say("%s %d last %s", ev->detached ? "left" : "exited",
		    ev->code, last);
	else if (ev->kind == PD_EVENT_SIGNALED)
		say("signal %d last %s", ev->code, last);
	else if (ev->kind == PD_EVENT_FAILED)
		say("failed %d %.*s", ev->code,
		    (int)strcspn(pd_str_c(&ev->text), ";"),
		    pd_str_c(&ev->text));
	else
		say("nothing");
	pd_event_done(ev);
}

/* ---- what is done ------------------------------------------------------- */

static void
do_start(const char *code, const char *exe)
{
	struct pd_launch l = { .in = 0, .out = out_fd, .err = out_fd };
	struct pd_event ev = { 0 };
	struct pd_err err;
	const char *argv[] = { exe, "-c", code, "an arg", "" };

	l.python = pd_str_from(exe);
	l.start_so = pd_str_from(getenv("PD_TEST_START"));
	l.engine_dir = pd_str_from(dir);
	for (size_t i = 0; i < 5; i++)
		*PD_VEC_PUSH(&l.argv, struct pd_str) = pd_str_from(argv[i]);
	if (target->ops->start(target, &l, &ev, &err) == -1)
		say("error %s", err.msg);
	else
		say_event(&ev);
	PD_VEC_EACH(&l.argv, struct pd_str, a)
		pd_str_done(a);
	pd_vec_done(&l.argv);
	pd_str_done(&l.python);
	pd_str_done(&l.start_so);
	pd_str_done(&l.engine_dir);
}

static void
do_resume(enum pd_resume_mode mode)
{
	struct pd_resume r = { .mode = mode };
	struct pd_event ev = { 0 };
	struct pd_err err;

	if (target->ops->resume(target, &r, &ev, &err) == -1)
		say("error %s", err.msg);
	else
		say_event(&ev);
}

static void
do_eval(const char *text)
{
	struct pd_eval q = { .text = pd_str_from(text) };
	struct pd_value v;
	struct pd_err err;

	if (target->ops->eval(target, &q, &v, &err) == -1)
		say("error %s", err.msg);
	else
		say("value %s", pd_str_c(&v.text));
	pd_rec_done(&pd_value_desc, &v);
	pd_rec_done(&pd_eval_desc, &q);
}

static void
on_alarm(void *ctx, int signo)
{
	struct pd_err err;

	if (ctx != NULL)
		target->ops->kill(target, &err);
	else if (target->ops->interrupt(target, &err) == -1)
		say("error %s", err.msg);
}

static void
do_action(const char *action, const char *code)
{
	struct pd_err err;

	if (strcmp(action, "start") == 0)
		do_start(code, python);
	else if (strncmp(action, "start=", 6) == 0)
		do_start(code, action + 6);
	else if (strcmp(action, "continue") == 0)
		do_resume(PD_RESUME_CONTINUE);
	else if (strcmp(action, "quit") == 0)
		do_resume(PD_RESUME_QUIT);
	else if (strcmp(action, "kill") == 0 &&
	    target->ops->kill(target, &err) == -1)
		say("error %s", err.msg);
	else if (strcmp(action, "interrupt") == 0 &&
	    target->ops->interrupt(target, &err) == -1)
		say("error %s", err.msg);
	else if (strcmp(action, "alarm") == 0 ||
	    strcmp(action, "alarm-kill") == 0) {
		pd_loop_signal(loop, SIGALRM, on_alarm,
		    action[5] == '-' ? target : NULL);
		alarm(1);
	} else if (strncmp(action, "eval=", 5) == 0)
		do_eval(action + 5);
	else if (strcmp(action, "caps") == 0)
		say("caps %u", target->caps);
}

/* ---- the table ---------------------------------------------------------- */

static const struct {
	const char *name, *how, *actions, *code, *want;
} cases[] = {
	{ "a program that ends", "", "caps start caps continue caps",
	    "pass", "caps 8|run|halt|stop fake.py:12|caps 15|run|halt|"
	    "finished 0|caps 8" },
	{ "it may refuse to go on", "refuse",
	    "start continue caps continue eval=FAKE_ENGINE continue",
	    "pass",
	    "run|halt|stop fake.py:12|run|halt|error not now|caps 15|"
	    "run|halt|error not now|value refuse|run|halt|finished 0" },
	{ "its status", "", "start continue", "raise SystemExit(5)",
	    "run|halt|stop fake.py:12|run|halt|finished 5" },
	{ "again and again", "", "start continue start start continue",
	    "pass", "run|halt|stop fake.py:12|run|halt|finished 0|run|halt|"
	    "stop fake.py:12|run|halt|stop fake.py:12|run|halt|finished 0" },
	{ "never stopped", "nostop", "start", "pass", "run|halt|finished 0" },
	{ "os._exit", "", "start continue", "import os; os._exit(3)",
	    "run|halt|stop fake.py:12|run|halt|exited 3 last fake.py:12 in f" },
	{ "os.abort", "", "start continue", "import os; os.abort()",
	    "run|halt|stop fake.py:12|run|halt|signal 6 last fake.py:12 in f" },
	{ "last words", "words", "start continue", "",
	    "run|halt|stop fake.py:12|run|halt|signal 11 last dead.py:5 in g" },
	{ "closerange over everything leaves the channel", "",
	    "start continue", "import os; os.closerange(3, 100000)",
	    "run|halt|stop fake.py:12|run|halt|finished 0" },
	{ "so does close of each", "", "start continue",
	    "import os\n"
	    "for f in range(3, 2000):\n"
	    "  try: os.close(f)\n"
	    "  except OSError: pass", "run|halt|stop fake.py:12|run|halt|"
	    "finished 0" },
	{ "a forked child does not hold the end back", "", "start continue",
	    "import os\n"
	    "r, w = os.pipe()\n"
	    "if os.fork() == 0: os.closerange(0, 5000); os.read(r, 1); "
	    "os._exit(0)",
	    "run|halt|stop fake.py:12|run|halt|finished 0" },
	{ "exec", "", "start continue",
	    "import os, sys; os.execv(sys.executable, ['p', '-c', "
	    "'raise SystemExit(4)'])",
	    "run|halt|stop fake.py:12|run|note is executing new program|"
	    "halt|left 4 last none" },
	{ "the channel closed behind our back", "", "start continue",
	    "import os, ctypes\n"
	    "ctypes.CDLL(None).syscall(3, max(int(f) for f in "
	    "os.listdir('/proc/self/fd') if os.path.exists('/proc/self/fd/'+f)"
	    " and 'socket' in os.readlink('/proc/self/fd/'+f)))\n"
	    "import time; time.sleep(1); os._exit(5)",
	    "run|halt|stop fake.py:12|run|note closed the debugger's channel|"
	    "halt|left 5 last none" },
	{ "requests", "", "start eval=FAKE_ENGINE eval=error eval=output",
	    "", "run|halt|stop fake.py:12|value |error no such thing|"
	    "out shown|note noted|value " },
	{ "exit in a request", "", "start eval=exit eval=x caps continue "
	    "continue", "", "run|halt|stop fake.py:12|error the "
	    "program is gone (exit status 3)|error the program is not being "
	    "run|caps 8|exited 3 last fake.py:12 in f|error the program is "
	    "not being run" },
	{ "a signal in a request", "", "start eval=segv start continue", "",
	    "run|halt|stop fake.py:12|error the program is gone "
	    "(killed by SIGSEGV)|run|halt|stop fake.py:12|run|halt|"
	    "finished 0" },
	{ "exec in a request", "", "start eval=exec", "",
	    "run|halt|stop fake.py:12|note is executing new program|"
	    "error the program is gone (exit status 0)" },
	{ "garbage in a request", "", "start eval=garbage continue", "",
	    "run|halt|stop fake.py:12|note sent garbage to the debugger |"
	    "error the program is gone (killed by SIGKILL)|"
	    "signal 9 last fake.py:12 in f" },
	{ "a message that is cut", "", "start eval=cut", "",
	    "run|halt|stop fake.py:12|note sent garbage to the debugger |"
	    "error the program is gone (killed by SIGKILL)" },
	{ "garbage while running", "stray", "start continue",
	    "import time; time.sleep(60)",
	    "run|halt|stop fake.py:12|run|note sent garbage to the debugger |"
	    "halt|signal 9 last fake.py:12 in f" },
	{ "a refusal of what nobody asked for", "unasked", "start", "pass",
	    "run|note sent garbage to the debugger |halt|signal 9 last none" },
	{ "killed while stopped", "killed", "start continue", "",
	    "run|halt|stop fake.py:1|run|halt|signal 9 last fake.py:1 in f" },
	{ "interrupt", "loop", "start alarm continue continue", "",
	    "run|halt|stop fake.py:12|run|halt|stop fake.py:13|run|halt|"
	    "finished 0" },
	{ "interrupt when stopped", "", "interrupt start interrupt", "",
	    "error the program is not being run|run|halt|stop fake.py:12|"
	    "error the program is stopped already" },
	{ "kill while running", "loop", "start alarm-kill continue kill", "",
	    "run|halt|stop fake.py:12|run|halt|signal 9 last fake.py:12 in f|"
	    "error the program is not being run" },
	{ "kill while stopped", "", "start kill caps eval=x", "",
	    "run|halt|stop fake.py:12|caps 8|error the program is not being "
	    "run" },
	{ "quit", "", "start quit", "",
	    "run|halt|stop fake.py:12|run|halt|exited 0 last fake.py:12 in f" },
	{ "quit that stops on its way", "twice", "start quit", "",
	    "run|halt|stop fake.py:12|run|halt|exited 0 last fake.py:12 in f" },
	{ "quit that never ends", "stubborn", "start quit", "",
	    "run|halt|stop fake.py:12|run|note the program did not end within "
	    "5 seconds|halt|signal 9 last fake.py:12 in f" },
	{ "an engine that does not load", "failed", "start", "",
	    "run|halt|failed 2 cannot load the engine: no mood" },
	{ "an engine that is mad", "mad", "start", "",
	    "run|halt|failed 2 'PY' sent garbage before its Python was up: "
	    "message 5 where READY should be" },
	{ "an end before READY", "early", "start", "",
	    "run|halt|failed 7 'PY' ended before its Python was up "
	    "(exit status 7)" },
	{ "no such Python", "", "start=/nonexistent/python", "",
	    "failed 2 cannot run '/nonexistent/python': No such file or "
	    "directory" },
	{ "no Python at all", "", "start=/bin/cat", "",
	    "failed 2 '/bin/cat' is no Python" },
};

/* The Python's path as PY. */
static void
mask_python(struct pd_buf *b)
{
	char *at;
	struct pd_buf r = { 0 };

	if (b->s == NULL || (at = strstr(b->s, python)) == NULL)
		return;
	pd_buf_add(&r, b->s, (size_t)(at - b->s));
	pd_buf_adds(&r, "PY");
	pd_buf_adds(&r, at + strlen(python));
	pd_buf_done(b);
	*b = r;
}

/* A process that goes while it is asked is seen to run meanwhile if the end of
 * its channel comes before its own: either may. */
static void
without_ending(struct pd_buf *b)
{
	static const char runs[] = "run|halt|";
	const size_t n = strlen(runs);
	char *gone = b->s == NULL ? NULL : strstr(b->s, "error the program is "
	    "gone");

	if (gone == NULL || gone < b->s + n || memcmp(gone - n, runs, n) != 0)
		return;
	memmove(gone - n, gone, strlen(gone) + 1);
	b->n -= n;
}

static void
run_case(size_t i)
{
	char *actions = pd_xstrdup(cases[i].actions), *save, *a;

	setenv("FAKE_ENGINE", cases[i].how, 1);
	target = pd_target_live_new(loop);
	target->output = on_output;
	target->notice = on_notice;
	target->running = on_running;
	pd_buf_reset(&said);
	for (a = strtok_r(actions, " ", &save); a != NULL;
	    a = strtok_r(NULL, " ", &save))
		do_action(a, cases[i].code);
	free(actions);
	mask_python(&said);
	without_ending(&said);
	tap_is_str(pd_buf_c(&said), cases[i].want, cases[i].name);
	target->running = NULL;
	target->ops->close(target);
}

/* ---- wrappers ----------------------------------------------------------- */

/* A script in the temporary directory, run in place of a Python. */
static void
run_script(const char *name, const char *text, const char *want)
{
	struct pd_str path = pd_strf("%s/%s", dir, name);
	int fd = open(path.s, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	struct pd_buf action = { 0 };

	dprintf(fd, text, python, python, python);
	close(fd);
	setenv("FAKE_ENGINE", "", 1);
	target = pd_target_live_new(loop);
	pd_buf_reset(&said);
	pd_buf_addf(&action, "start=%s", path.s);
	do_action(pd_buf_c(&action), "raise SystemExit(6)");
	if (pd_starts(pd_buf_c(&said), "stop"))
		do_resume(PD_RESUME_CONTINUE);
	target->ops->close(target);
	/* The script's own path. */
	while (said.n > 0) {
		char *at = strstr(said.s, path.s);

		if (at == NULL)
			break;
		memmove(at, at + strlen(path.s), strlen(at + strlen(path.s)) +
		    1);
		said.n -= strlen(path.s);
	}
	tap_is_str(pd_buf_c(&said), want, name);
	pd_buf_done(&action);
	unlink(path.s);
	pd_str_done(&path);
}

static void
test_scripts(void)
{
	run_script("shim", "#!/bin/bash\nexec 3<&0 \"%s\" \"$@\"\n",
	    "stop fake.py:12|finished 6");
	run_script("no-exec", "#!/bin/bash\n\"%s\" \"$@\"\nexit 9\n",
	    "stop fake.py:12|finished 9");
	run_script("helper-first", "#!/bin/bash\n\"%s\" -c 'import os; assert "
	    "{\"PYDBG_CHANNEL\", \"LD_PRELOAD\"}.isdisjoint(os.environ)'"
	    " || exit 77\nexec \"%s\" \"$@\"\n", "stop fake.py:12|finished 6");
	run_script("launcher-in-python", "#!%s\nimport os, sys\n"
	    "os.execv(\"%s\", [\"p\"] + sys.argv[1:])\n",
	    "stop fake.py:12|finished 6");
	run_script("ends", "#!/bin/sh\nexit 4\n", "failed 2 '' ended before "
	    "pydbg could load its engine (exit status 4)");
	run_script("crashes", "#!/bin/sh\nkill -9 $$\n", "failed 2 '' ended "
	    "before pydbg could load its engine (killed by SIGKILL)");
	run_script("env-emptied", "#!/bin/sh\nexec env -i \"%s\" -c "
	    "'raise SystemExit(0)'\n", "failed 2 '' ended before pydbg could "
	    "load its engine (exit status 0)");
	run_script("no-interpreter", "#!/nonexistent/sh\n", "failed 2 cannot "
	    "run '': its interpreter is not there");
}

/* ---- without engines ---------------------------------------------------- */

static void
link_engines(bool on)
{
	for (int minor = 11; minor < 20; minor++) {
		struct pd_str p = pd_strf("%s/pydbg-engine-3.%d.so", dir,
		    minor);

		if (!on)
			unlink(p.s);
		else if (symlink(getenv("PD_TEST_ENGINE"), p.s) == -1)
			tap_note("cannot link %s: %s", p.s, strerror(errno));
		pd_str_done(&p);
	}
}

static void
test_no_engine(void)
{
	struct pd_str exe = { 0 };

	link_engines(false);
	target = pd_target_live_new(loop);
	pd_buf_reset(&said);
	do_start("pass", python);
	target->ops->close(target);
	tap_ok(pd_starts(pd_buf_c(&said), "failed 2 '") &&
	    strstr(pd_buf_c(&said), "there is no engine for it") != NULL,
	    "no engine for this Python");
	pd_str_done(&exe);
}

int
main(void)
{
	python = getenv("PD_TEST_PYTHON");
	if (python == NULL || getenv("PD_TEST_START") == NULL ||
	    getenv("PD_TEST_ENGINE") == NULL) {
		tap_skip("live", "PD_TEST_START, _ENGINE, _PYTHON are not set");
		return tap_done();
	}
	/* What the front does, and must not do to the program. */
	signal(SIGPIPE, SIG_IGN);
	if (mkdtemp(dir) == NULL)
		return 1;
	link_engines(true);
	out_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	loop = pd_loop_new();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		run_case(i);
	/* And all of it through memory. */
	setenv("FAKE_RING", "1", 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		run_case(i);
	test_scripts();
	test_no_engine();
	pd_loop_free(loop);
	pd_buf_done(&said);
	close(out_fd);
	rmdir(dir);
	return tap_done();
}
