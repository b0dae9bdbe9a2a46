/*
 * The handshake: from a new process to an engine that is ready.
 *
 * The process may go through other programs first (the shell of a shim, env,
 * a launcher written in Python); each Python on the way says HELLO on the same
 * socket, and the one whose arguments are those that were launched is meant.
 * Until WELCOME has told it to go on nothing of the program has run, so
 * whatever goes wrong here ends in one line and no program.
 */
#include <sys/wait.h>

#include <dirent.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/path.h"
#include "target/elf.h"
#include "target/live.h"

#define HEX_FIRST	0x030b0000u	/* 3.11, the oldest that is served */
#define MINOR_MAX	100
#define REFUSE_MS	1000		/* to end by itself */
#define ENGINE_NAME	"pydbg-engine-3.%u.so"

/* ---- which engines there are -------------------------------------------- */

static void
list_engines(const char *dir, bool there[MINOR_MAX])
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char name[64];
	unsigned minor;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (sscanf(e->d_name, ENGINE_NAME, &minor) != 1 ||
		    minor >= MINOR_MAX)
			continue;
		snprintf(name, sizeof(name), ENGINE_NAME, minor);
		if (strcmp(name, e->d_name) == 0)
			there[minor] = true;
	}
	if (d != NULL)
		closedir(d);
}

/* "; there are engines for 3.11, 3.12 in DIR; to build one: ..." */
static struct pd_str
engines_text(const struct pd_launch *launch, const char *python)
{
	const char *dir = pd_str_c(&launch->engine_dir);
	bool there[MINOR_MAX] = { false };
	struct pd_buf b = { 0 };
	const char *sep = "; there are engines for ";

	list_engines(dir, there);
	for (unsigned i = 0; i < MINOR_MAX; i++)
		if (there[i]) {
			pd_buf_addf(&b, "%s3.%u", sep, i);
			sep = ", ";
		}
	if (b.n == 0)
		pd_buf_adds(&b, "; there are no engines");
	pd_buf_addf(&b, " in %s; to build one: meson setup --reconfigure "
	    "-Dpythons=%s build && ninja -C build", dir, python);
	return pd_buf_take(&b);
}

/* ---- failing ------------------------------------------------------------ */

static void
end_process(struct pd_live *lv)
{
	struct pd_err err;

	if (lv->child == 0)
		return;
	if (!lv->reaped && pd_live_kill(lv, &err) == -1)
		pd_live_notice(lv, "%s", err.msg);
	pd_live_reset(lv);
}

void
pd_live_fail(struct pd_live *lv, struct pd_event *ev, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	pd_log("target", "failed: %s", pd_buf_c(&b));
	ev->kind = PD_EVENT_FAILED;
	ev->code = PD_LIVE_FAILED;
	ev->text = pd_buf_take(&b);
	end_process(lv);
}

/* As it will be found: from the directory where it will be run. */
bool
pd_live_check_python(struct pd_live *lv, const struct pd_launch *launch,
    struct pd_event *ev)
{
	struct pd_str p = pd_path_abs(pd_str_c(&launch->python),
	    launch->cwd.s);
	struct pd_str tail = { 0 };
	struct pd_err why;
	bool ok = pd_elf_check(p.s, &why) == 0;

	pd_str_done(&p);
	if (ok)
		return true;
	/* There, but of the wrong kind: which ones are right? */
	if (!pd_starts(why.msg, "cannot run"))
		tail = engines_text(launch, "PYTHON");
	pd_live_fail(lv, ev, "%s%s", why.msg, pd_str_c(&tail));
	pd_str_done(&tail);
	return false;
}

/* ---- HELLO and its answer ----------------------------------------------- */

/* The parent of a process, 0 if that is not to be known. */
static pid_t
parent_of(pid_t pid)
{
	char path[64], buf[512];
	const char *p;
	int ppid = 0;
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "re");
	if (f == NULL)
		return 0;
	n = fread(buf, 1, sizeof(buf) - 1, f);
	fclose(f);
	buf[n] = '\0';
	/* The name in the second field may hold blanks and parentheses. */
	p = strrchr(buf, ')');
	if (p == NULL || sscanf(p + 1, " %*c %d", &ppid) != 1)
		return 0;
	return ppid;
}

/* What HELLO says is going to be killed one day: it must be ours. */
static bool
is_ours(const struct pd_live *lv, uint64_t pid)
{
	pid_t p = pid <= INT_MAX ? (pid_t)pid : 0;

	for (int depth = 0; p > 1 && depth < 256; depth++) {
		if (p == lv->child)
			return true;
		p = parent_of(p);
	}
	return false;
}

static bool
same_arguments(const struct pd_hello *hello, const struct pd_launch *launch)
{
	const struct pd_str *a = hello->argv.v, *b = launch->argv.v;

	if (hello->argv.n != launch->argv.n)
		return false;
	for (size_t i = 1; i < launch->argv.n; i++)
		if (a[i].n != b[i].n ||
		    memcmp(pd_str_c(&a[i]), pd_str_c(&b[i]), a[i].n) != 0)
			return false;
	return true;
}

/* The executable of a process, for people; the launched one if unknown. */
static struct pd_str
executable_of(uint64_t pid, const struct pd_launch *launch)
{
	char link[64], exe[PATH_MAX];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/%llu/exe", (unsigned long long)pid);
	n = readlink(link, exe, sizeof(exe));
	return n > 0 ? pd_str_new(exe, (size_t)n) :
	    pd_str_dup(&launch->python);
}

/* Why this Python cannot be served, or absent.  Fills the engine's path. */
static struct pd_str
unserved(const struct pd_hello *hello, const struct pd_launch *launch,
    struct pd_str *engine)
{
	struct pd_str exe = executable_of(hello->pid, launch), why = { 0 };
	const char *py = exe.s, *ver = pd_str_c(&hello->version);
	int len = (int)strcspn(ver, " ");
	char name[64];

	snprintf(name, sizeof(name), ENGINE_NAME,
	    (unsigned)(hello->hex >> 16 & 0xff));
	*engine = pd_path_join(pd_str_c(&launch->engine_dir), name);
	if (hello->protocol != PD_WIRE_VERSION)
		why = pd_strf("pydbg-start.so and pydbg are of different "
		    "versions");
	else if (hello->hex < HEX_FIRST)
		why = pd_strf("'%s' is Python %.*s; pydbg needs 3.11 or later",
		    py, len, ver);
	else if (hello->free_threaded)
		why = pd_strf("'%s' is a free-threaded Python %.*s, which "
		    "pydbg cannot debug", py, len, ver);
	else if (hello->hex >> 24 != 3 || !pd_path_exists(engine->s))
		why = pd_strf("'%s' is Python %.*s and there is no engine for "
		    "it", py, len, ver);
	if (why.s != NULL) {
		bool old = hello->hex < HEX_FIRST || hello->free_threaded;
		struct pd_str tail = engines_text(launch,
		    old ? "PYTHON" : py);
		struct pd_str whole = pd_strf("%s%s", why.s, tail.s);

		pd_str_done(&why);
		pd_str_done(&tail);
		why = whole;
	}
	pd_str_done(&exe);
	return why;
}

static bool
send_welcome(struct pd_live *lv, enum pd_welcome_what what,
    const struct pd_str *engine, struct pd_event *ev)
{
	struct pd_welcome w = { .what = what };
	struct pd_err err;
	int rc;

	if (what == PD_WELCOME_GO) {
		w.engine = *engine;
		w.log = pd_str_from(getenv("PYDBG_LOG"));
		w.abort_on_bug = getenv("PYDBG_ABORT_ON_BUG") != NULL;
	}
	rc = pd_chan_send(&lv->chan, PD_KIND_REQUEST, PD_OP_WELCOME, &w, &err);
	pd_str_done(&w.log);
	if (rc == -1)
		pd_live_fail(lv, ev, "cannot speak to the Python: %s", err.msg);
	return rc == 0;
}

static void
refuse(struct pd_live *lv, const char *why, struct pd_event *ev)
{
	struct pd_msg msg = { 0 };
	struct pd_err err;
	int64_t until = pd_live_deadline(REFUSE_MS);
	enum pd_live_got got;

	if (!send_welcome(lv, PD_WELCOME_REFUSE, NULL, ev))
		return;
	do {
		got = pd_live_wait(lv, until, &msg, &err);
		pd_msg_done(&msg);
	} while (got != PD_GOT_DEATH && got != PD_GOT_TIMEOUT);
	pd_live_fail(lv, ev, "%s", why);
}

enum answer { ANSWER_WENT, ANSWER_PASSED, ANSWER_ENDED };

/* ENDED: ev is filled. */
static enum answer
answer_hello(struct pd_live *lv, const struct pd_launch *launch,
    const struct pd_hello *hello, struct pd_event *ev)
{
	struct pd_str engine = { 0 }, why;
	enum answer a = ANSWER_ENDED;

	pd_log("target", "hello from %llu: %s", (unsigned long long)hello->pid,
	    pd_str_c(&hello->version));
	if (!same_arguments(hello, launch))
		return send_welcome(lv, PD_WELCOME_PASS, NULL, ev) ?
		    ANSWER_PASSED : ANSWER_ENDED;
	why = unserved(hello, launch, &engine);
	if (why.s != NULL)
		refuse(lv, why.s, ev);
	else {
		lv->py = is_ours(lv, hello->pid) ? (pid_t)hello->pid :
		    lv->child;
		pd_live_running(lv, true);
		if (send_welcome(lv, PD_WELCOME_GO, &engine, ev))
			a = ANSWER_WENT;
	}
	pd_str_done(&why);
	pd_str_done(&engine);
	return a;
}

/* ---- the two halves ----------------------------------------------------- */

/* Whatever is no message: says so in ev. */
static void
fail_on(struct pd_live *lv, enum pd_live_got got, const struct pd_err *err,
    const char *python, const char *what, struct pd_event *ev)
{
	struct pd_str status;

	switch (got) {
	case PD_GOT_DEATH:
		status = pd_live_status_text(lv->status);
		pd_live_fail(lv, ev, "'%s' ended before %s (%s)", python, what,
		    pd_str_c(&status));
		pd_str_done(&status);
		break;
	case PD_GOT_TIMEOUT:
		pd_live_fail(lv, ev, "'%s' did not load pydbg's engine within "
		    "%d seconds", python, PD_LIVE_HELLO_MS / 1000);
		break;
	case PD_GOT_EOF:
		pd_live_fail(lv, ev, "'%s' closed pydbg's channel before %s",
		    python, what);
		break;
	default:
		pd_live_fail(lv, ev, "'%s' sent garbage before %s: %s", python,
		    what, err->msg);
	}
}

/* As pd_live_wait; the end of the channel is mostly that of the process. */
static enum pd_live_got
wait_or_end(struct pd_live *lv, int64_t until, struct pd_msg *msg,
    struct pd_err *err)
{
	enum pd_live_got got = pd_live_wait(lv, until, msg, err);

	if (got != PD_GOT_EOF)
		return got;
	got = pd_live_wait(lv, pd_live_deadline(REFUSE_MS), msg, err);
	return got == PD_GOT_DEATH ? got : PD_GOT_EOF;
}

static bool
await_hello(struct pd_live *lv, const struct pd_launch *launch,
    struct pd_event *ev)
{
	const char *python = pd_str_c(&launch->python);
	const char *what = "pydbg could load its engine";
	int64_t until = pd_live_deadline(PD_LIVE_HELLO_MS);
	enum answer a = ANSWER_PASSED;
	struct pd_msg msg = { 0 };
	struct pd_err err;

	while (a == ANSWER_PASSED) {
		struct pd_hello hello = { 0 };
		enum pd_live_got got = wait_or_end(lv, until, &msg, &err);

		if (got == PD_GOT_MESSAGE && (msg.kind != PD_KIND_EVENT ||
		    msg.op != PD_OP_HELLO)) {
			pd_err_set(&err, "message %u where HELLO should be",
			    msg.op);
			got = PD_GOT_GARBAGE;
		} else if (got == PD_GOT_MESSAGE &&
		    pd_msg_body(&msg, &hello, &err) == -1)
			got = PD_GOT_GARBAGE;
		pd_msg_done(&msg);
		if (got != PD_GOT_MESSAGE) {
			fail_on(lv, got, &err, python, what, ev);
			return false;
		}
		a = answer_hello(lv, launch, &hello, ev);
		pd_rec_done(&pd_hello_desc, &hello);
	}
	return a == ANSWER_WENT;
}

/* READY, or FAILED from the start.  -1 with err: neither. */
static int
take_ready(struct pd_live *lv, const struct pd_msg *msg, struct pd_event *ev,
    struct pd_err *err)
{
	struct pd_text text = { 0 };
	int rc = pd_live_common(lv, msg, err);

	if (rc != 0 || msg->kind != PD_KIND_EVENT)
		return rc != 0 ? rc : pd_err_set(err, "an answer to nothing");
	if (msg->op == PD_OP_READY) {
		pd_rec_done(&pd_python_desc, &lv->target.py);
		if (pd_msg_body(msg, &lv->target.py, err) == -1)
			return -1;
		if (lv->target.py.ring && !pd_ring_map(&lv->chan.ring,
		    lv->words, PD_RING_DEBUGGER))
			return pd_err_set(err, "its memory cannot be mapped");
		lv->up = true;
		return 0;
	}
	if (msg->op != PD_OP_FAILED)
		return pd_err_set(err, "message %u where READY should be",
		    msg->op);
	if (pd_msg_body(msg, &text, err) == -1)
		return -1;
	pd_live_fail(lv, ev, "cannot load the engine: %s",
	    pd_str_c(&text.text));
	pd_rec_done(&pd_text_desc, &text);
	return 0;
}

/* No limit of time: Python's own start runs code of the user's. */
static bool
await_ready(struct pd_live *lv, const struct pd_launch *launch,
    struct pd_event *ev)
{
	const char *python = pd_str_c(&launch->python);
	struct pd_msg msg = { 0 };
	struct pd_err err;

	while (!lv->up) {
		enum pd_live_got got = wait_or_end(lv, 0, &msg, &err);
		int status = lv->status;

		if (got == PD_GOT_MESSAGE &&
		    take_ready(lv, &msg, ev, &err) == -1)
			got = PD_GOT_GARBAGE;
		pd_msg_done(&msg);
		if (ev->kind == PD_EVENT_FAILED)
			return false;
		if (got == PD_GOT_MESSAGE)
			continue;
		fail_on(lv, got, &err, python, "its Python was up", ev);
		/* It has said on stderr what it did not like: its status. */
		if (got == PD_GOT_DEATH && WIFEXITED(status) &&
		    WEXITSTATUS(status) != 0)
			ev->code = WEXITSTATUS(status);
		return false;
	}
	return true;
}

bool
pd_live_handshake(struct pd_live *lv, const struct pd_launch *launch,
    struct pd_event *ev)
{
	return await_hello(lv, launch, ev) && await_ready(lv, launch, ev);
}
