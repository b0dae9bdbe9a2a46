/*
 * The end of a program, and what is told of it.
 *
 * A process may end by itself, be killed from anywhere, execute another
 * program, or close the debugger's channel and live on.  All of these end
 * here, as one event and one process less; none is an error of the debugger.
 */
#include <sys/wait.h>

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "target/live.h"

#define WORDS_MAX	4096		/* wire/ring.h has what follows */

void
pd_live_running(struct pd_live *lv, bool on)
{
	if (lv->told_running == on)
		return;
	lv->told_running = on;
	if (lv->target.running != NULL)
		lv->target.running(lv->target.running_ctx, on);
}

void
pd_live_notice(struct pd_live *lv, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	pd_log("target", "notice: %s", pd_buf_c(&b));
	if (lv->target.notice != NULL)
		lv->target.notice(lv->target.ctx, pd_buf_c(&b), b.n);
	pd_buf_done(&b);
}

struct pd_str
pd_live_status_text(int status)
{
	const char *abbrev;

	if (WIFSIGNALED(status)) {
		abbrev = sigabbrev_np(WTERMSIG(status));
		return abbrev != NULL ? pd_strf("killed by SIG%s", abbrev) :
		    pd_strf("killed by signal %d", WTERMSIG(status));
	}
	return pd_strf("exit status %d", WEXITSTATUS(status));
}

/* ---- killing ------------------------------------------------------------ */

void
pd_live_signal_all(struct pd_live *lv, int signo)
{
	if (lv->py != 0 && lv->py != lv->child)
		kill(lv->py, signo);
	if (lv->child != 0 && !lv->reaped)
		kill(lv->child, signo);
}

bool
pd_live_wake(struct pd_live *lv)
{
	/* Where the engine has no handler it would be deadly. */
	if (!lv->up || lv->detached || !pd_live_has_start(lv))
		return false;
	sigqueue(lv->py, PD_WAKE_SIGNAL,
	    (union sigval){ .sival_int = lv->sent });
	return true;
}

int
pd_live_kill(struct pd_live *lv, struct pd_err *err)
{
	int64_t until = pd_live_deadline(PD_LIVE_KILL_MS);
	struct pd_msg msg = { 0 };
	struct pd_err ignored;

	pd_live_signal_all(lv, SIGKILL);
	/* In a callback: whoever is waiting takes the end. */
	if (lv->waiting > 0)
		return 0;
	pd_live_close_channel(lv);
	if (pd_live_wait(lv, until, &msg, &ignored) == PD_GOT_DEATH)
		return 0;
	return pd_err_set(err, "process %d cannot be killed", (int)lv->child);
}

/* ---- the channel's end -------------------------------------------------- */

/* False if the process has no memory (any more). */
static bool
read_maps(pid_t pid, struct pd_buf *out)
{
	char path[64], chunk[4096];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	f = fopen(path, "re");
	if (f == NULL)
		return false;
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		pd_buf_add(out, chunk, n);
	fclose(f);
	return out->n > 0;
}

bool
pd_live_has_start(const struct pd_live *lv)
{
	struct pd_buf maps = { 0 };
	bool found;

	/* If its name is not known it is taken for present. */
	found = lv->py != 0 && read_maps(lv->py, &maps) &&
	    (lv->so.s == NULL ||
	    strstr(pd_buf_c(&maps), pd_str_c(&lv->so)) != NULL);
	pd_buf_done(&maps);
	return found;
}

static void
tell_exec(struct pd_live *lv)
{
	char link[64], exe[PATH_MAX];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/%d/exe", (int)lv->py);
	n = readlink(link, exe, sizeof(exe));
	if (n <= 0)
		return;		/* gone meanwhile */
	pd_live_notice(lv, "process %d is executing new program: %.*s",
	    (int)lv->py, (int)n, exe);
}

void
pd_live_channel_gone(struct pd_live *lv)
{
	struct pd_buf maps = { 0 };
	bool alive = lv->py != 0 && !(lv->py == lv->child && lv->reaped) &&
	    read_maps(lv->py, &maps);

	pd_buf_done(&maps);
	lv->stopped = false;
	if (!alive) {
		/* Memory goes before descriptors: it is about to end. */
		if (lv->py != lv->child)
			lv->py = 0;
		return;
	}
	lv->detached = true;
	pd_str_done(&lv->last);		/* it does not stay true */
	if (pd_live_has_start(lv))
		pd_live_notice(lv, "process %d closed the debugger's channel; "
		    "it runs on without the debugger", (int)lv->py);
	else
		tell_exec(lv);
}

/* ---- the process' end --------------------------------------------------- */

/* What a handler of the deadly signal wrote: its first line, or absent. */
static struct pd_str
last_words(int fd)
{
	char buf[WORDS_MAX];
	ssize_t n = fd == -1 ? -1 : pread(fd, buf, sizeof(buf), 0);
	const char *end;
	size_t len;

	if (n <= 0)
		return (struct pd_str){ 0 };
	end = memchr(buf, '\n', (size_t)n);
	len = end != NULL ? (size_t)(end - buf) : strnlen(buf, (size_t)n);
	return len == 0 ? (struct pd_str){ 0 } : pd_str_new(buf, len);
}

static void
take_last(struct pd_live *lv, struct pd_event *ev)
{
	if (lv->detached)
		return;
	ev->last = last_words(lv->words);
	if (ev->last.s != NULL)
		return;
	ev->last = lv->last;
	lv->last = (struct pd_str){ 0 };
}

void
pd_live_take_end(struct pd_live *lv, struct pd_event *ev)
{
	int status = lv->status;

	/* Left behind by whoever stood between: not to run on unseen. */
	if (lv->py != 0 && lv->py != lv->child)
		kill(lv->py, SIGKILL);
	if (WIFSIGNALED(status)) {
		ev->kind = PD_EVENT_SIGNALED;
		ev->code = WTERMSIG(status);
	} else {
		ev->kind = PD_EVENT_EXITED;
		ev->code = WEXITSTATUS(status);
	}
	ev->finished = lv->finished;
	ev->detached = lv->detached;
	ev->finish = lv->finish;
	lv->finish = (struct pd_finish){ 0 };
	if (!ev->finished || ev->kind == PD_EVENT_SIGNALED)
		take_last(lv, ev);
	pd_live_reset(lv);
}

void
pd_live_reset(struct pd_live *lv)
{
	if (lv->child != 0)
		pd_loop_signal(lv->loop, SIGCHLD, NULL, NULL);
	pd_live_close_channel(lv);
	if (lv->words != -1)
		close(lv->words);
	lv->words = -1;
	lv->child = lv->py = 0;
	lv->reaped = lv->eof = lv->broken = lv->up = lv->stopped = false;
	lv->detached = lv->finished = lv->early = false;
	lv->status = lv->sent = lv->asked = lv->kick_ms = 0;
	lv->target.group = 0;
	pd_str_done(&lv->so);
	pd_str_done(&lv->last);
	pd_rec_done(&pd_finish_desc, &lv->finish);
	lv->target.caps = PD_CAP_START;
	pd_live_running(lv, false);
}
