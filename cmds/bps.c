/*
 * The table of breakpoints: the debugger's truth about them.
 *
 * Numbers are given out once.  The engine counts hits and tells news with each
 * stop; a fresh process gets all of them.  Where a breakpoint goes is
 * place.c's.  Called by commands and by the session; it must not resume.
 */
#include <string.h>
#include <strings.h>

#include "cmds/walk.h"

#define LL(x)	((unsigned long long)(x))

struct pd_bp *
pd_session_bp(struct pd_session *s, uint64_t id)
{
	struct pd_bp *bp;

	/* Numbers are positions from 1: see add() in place.c. */
	if (id == 0 || id > s->bps.n)
		return NULL;
	bp = PD_VEC_AT(&s->bps, struct pd_bp, id - 1);
	return bp->id == id ? bp : NULL;
}

struct pd_bp *
pd_session_bp_arg(struct pd_session *s, const char *text)
{
	struct pd_bp *bp = NULL;
	long n;

	if (*text == '\0')
		pd_out_error(s->sink, "Breakpoint number expected");
	else if (strcmp(text, "$bpnum") == 0 && s->last_bp > 0)
		bp = pd_session_bp(s, s->last_bp);	/* the last one */
	else if (!pd_parse_int(text, &n))
		pd_out_error(s->sink, "Non-numeric breakpoint number %s",
		    text);
	else if (n < 0 || (uint64_t)n > s->last_bp)
		pd_out_error(s->sink, "Breakpoint number %s out of range",
		    text);
	else if ((bp = pd_session_bp(s, (uint64_t)n)) == NULL)
		pd_out_error(s->sink, "Breakpoint %ld already deleted", n);
	return bp;
}

enum pd_cmd_status
pd_bps_each(struct pd_session *s, const char *arg,
    enum pd_cmd_status (*fn)(struct pd_session *, struct pd_bp *))
{
	enum pd_cmd_status rc = PD_CMD_STAY;
	struct pd_vec words = { 0 };

	pd_parse_words(arg, &words);
	PD_VEC_EACH(&words, struct pd_str, w) {
		struct pd_bp *bp = pd_session_bp_arg(s, w->s);

		if (bp == NULL || fn(s, bp) == PD_CMD_FAILED)
			rc = PD_CMD_FAILED;
	}
	pd_parse_words_done(&words);
	return rc;
}

/* "2-4"; those of them that are there. */
static enum pd_cmd_status
each_of_range(struct pd_session *s, long from, long to,
    enum pd_cmd_status (*fn)(struct pd_session *, struct pd_bp *))
{
	enum pd_cmd_status rc = PD_CMD_STAY;
	bool any = false;

	for (uint64_t id = (uint64_t)from; id <= (uint64_t)to &&
	    id <= s->last_bp; id++) {
		struct pd_bp *bp = pd_session_bp(s, id);

		if (bp == NULL)
			continue;
		any = true;
		if (fn(s, bp) == PD_CMD_FAILED)
			rc = PD_CMD_FAILED;
	}
	if (!any) {
		pd_out_error(s->sink, "There are no breakpoints from %ld to "
		    "%ld", from, to);
		rc = PD_CMD_FAILED;
	}
	return rc;
}

enum pd_cmd_status
pd_bps_each_range(struct pd_session *s, const char *arg,
    enum pd_cmd_status (*fn)(struct pd_session *, struct pd_bp *))
{
	enum pd_cmd_status rc = PD_CMD_STAY, one;
	struct pd_vec words = { 0 };
	long from, to;

	pd_parse_words(arg, &words);
	PD_VEC_EACH(&words, struct pd_str, w) {
		char *dash = strchr(w->s, '-');

		if (dash != NULL)
			*dash = '\0';
		if (dash != NULL && pd_parse_int(w->s, &from) && from > 0 &&
		    pd_parse_int(dash + 1, &to)) {
			one = each_of_range(s, from, to, fn);
		} else {
			if (dash != NULL)
				*dash = '-';
			one = pd_bps_each(s, w->s, fn);
		}
		if (one == PD_CMD_FAILED)
			rc = PD_CMD_FAILED;
	}
	pd_parse_words_done(&words);
	return rc;
}

enum pd_cmd_status
pd_bps_each_all(struct pd_session *s,
    enum pd_cmd_status (*fn)(struct pd_session *, struct pd_bp *))
{
	enum pd_cmd_status rc = PD_CMD_STAY;

	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (bp->id != 0 && fn(s, bp) == PD_CMD_FAILED)
			rc = PD_CMD_FAILED;
	return rc;
}

bool
pd_session_confirm(struct pd_session *s, const char *question)
{
	struct pd_buf answer = { 0 };
	const char *p;
	size_t n;
	bool yes;

	if (!s->settings.confirm)
		return true;
	pd_out_flush(s->sink);
	if (s->read_line == NULL || s->read_line(s->read_ctx, question,
	    &answer) < 0)
		pd_buf_reset(&answer);
	p = pd_buf_c(&answer);
	n = answer.n;
	pd_parse_strip(&p, &n);
	yes = (n == 1 || n == 3) && strncasecmp(p, "yes", n) == 0;
	pd_buf_done(&answer);
	return yes;
}

enum pd_cmd_status
pd_bps_delete_one(struct pd_session *s, struct pd_bp *bp)
{
	struct pd_buf b = { 0 };

	pd_bps_describe(&b, bp);
	pd_session_bp_delete(s, bp);
	pd_out(s->sink, PD_ROLE_TEXT, "Deleted %s\n", pd_buf_c(&b));
	pd_buf_done(&b);
	return PD_CMD_STAY;
}

int
pd_session_bp_push(struct pd_session *s, struct pd_bp *bp, struct pd_err *err)
{
	struct pd_bp there = { 0 };

	if (!s->alive)
		return 0;
	if (s->target->ops->bp_set(s->target, bp, &there, err) < 0)
		return -1;
	bp->pending = there.pending;
	pd_rec_done(&pd_bp_desc, &there);
	return 0;
}

void
pd_bps_push_all(struct pd_session *s)
{
	struct pd_err err;

	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (bp->id != 0 && pd_session_bp_push(s, bp, &err) < 0)
			pd_out_error(s->sink, "breakpoint %llu is not set: %s",
			    LL(bp->id), err.msg);
}

static void
drop(struct pd_bp *bp)
{
	pd_rec_done(&pd_bp_desc, bp);	/* leaves id 0 */
}

void
pd_session_bp_delete(struct pd_session *s, struct pd_bp *bp)
{
	struct pd_bp_id req = { .id = bp->id };
	struct pd_nothing nothing = { 0 };
	struct pd_err err;

	if (s->alive && s->target->ops->bp_del(s->target, &req, &nothing,
	    &err) < 0)
		pd_session_fail(s, &err);
	drop(bp);
}

void
pd_bps_describe(struct pd_buf *b, const struct pd_bp *bp)
{
	pd_buf_addf(b, "breakpoint %llu at ", LL(bp->id));
	pd_buf_add(b, pd_str_c(&bp->file), bp->file.n);
	pd_buf_addf(b, ":%llu", LL(bp->line));
}

void
pd_session_bp_news(struct pd_session *s, const struct pd_vec *news)
{
	PD_VEC_EACH(news, struct pd_bp_news, n) {
		struct pd_bp *bp = pd_session_bp(s, n->id);
		struct pd_buf b = { 0 };

		if (bp == NULL)
			continue;
		bp->hits = n->hits;
		bp->ignore = n->ignore;
		bp->pending = false;	/* there is none before its file ran */
		if (n->off)
			bp->enabled = bp->once = false;
		if (n->error.s != NULL)
			pd_out_error(s->sink,
			    "Error in condition of breakpoint %llu: %s",
			    LL(n->id), n->error.s);
		if (!n->gone)
			continue;
		pd_bps_describe(&b, bp);
		pd_out(s->sink, PD_ROLE_TEXT, "Deleted %s\n", pd_buf_c(&b));
		pd_buf_done(&b);
		drop(bp);
	}
}

bool
pd_session_bp_at(struct pd_session *s, const char *file, uint64_t line)
{
	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (bp->id != 0 && bp->line == line &&
		    pd_str_eq(&bp->file, file))
			return true;
	return false;
}

static void
table_row(struct pd_session *s, const struct pd_bp *bp, bool full)
{
	pd_out(s->sink, PD_ROLE_TEXT, "%-4llu%-12s %s %s at ",
	    LL(bp->id), bp->print.s != NULL ? "dprintf" : "breakpoint",
	    bp->temporary ? "del " : bp->once ? "dis " : "keep",
	    bp->enabled ? "yes  " : "no   ");
	pd_out_str(s->sink, PD_ROLE_FILE, &bp->file);
	pd_out(s->sink, PD_ROLE_TEXT, ":");
	pd_out(s->sink, PD_ROLE_LINE, "%llu\n", LL(bp->line));
	if (bp->cond.n > 0) {
		pd_out(s->sink, PD_ROLE_TEXT, "\tstop only if ");
		pd_out_str(s->sink, PD_ROLE_SOURCE, &bp->cond);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
	}
	if (bp->thread != 0)
		pd_out(s->sink, PD_ROLE_TEXT, "\tstop only in thread %llu\n",
		    LL(bp->thread));
	if (bp->print.s != NULL)
		pd_out(s->sink, PD_ROLE_TEXT, "\tprint %s\n", bp->print.s);
	if (bp->ignore > 0)
		pd_out(s->sink, PD_ROLE_TEXT, "\tignore next %llu hits\n",
		    LL(bp->ignore));
	if (bp->hits > 0)
		pd_out(s->sink, PD_ROLE_TEXT,
		    "\tbreakpoint already hit %llu time%s\n", LL(bp->hits),
		    bp->hits > 1 ? "s" : "");
	else if (full && bp->pending)
		pd_out(s->sink, PD_ROLE_NOTE,
		    "\tpending: its file has not been run yet\n");
}

void
pd_bps_table(struct pd_session *s, bool full)
{
	bool any = false;

	PD_VEC_EACH(&s->bps, struct pd_bp, bp) {
		if (bp->id == 0)
			continue;
		if (!any)
			pd_out(s->sink, PD_ROLE_TEXT,
			    "Num Type         Disp Enb   Where\n");
		any = true;
		table_row(s, bp, full);
	}
	if (!any && full)
		pd_out(s->sink, PD_ROLE_TEXT, "No breakpoints.\n");
}

bool
pd_bps_check_cond(struct pd_session *s, const char *cond)
{
	struct pd_check req = { 0 };
	struct pd_value v = { 0 };
	struct pd_err err;
	bool ok = true;

	if (!s->alive)
		return true;
	req.text = pd_str_from(cond);
	if (s->target->ops->check(s->target, &req, &v, &err) < 0) {
		pd_session_fail(s, &err);
		ok = false;
	} else if (v.failed) {
		pd_out_error(s->sink, "Invalid condition %s: %s", cond,
		    pd_str_c(&v.text));
		ok = false;
	}
	pd_str_done(&req.text);
	pd_rec_done(&pd_value_desc, &v);
	return ok;
}
