/*
 * Threads: the list, the selected one, a command for several.
 *
 * Which thread is selected lasts until the program runs on.  Called by thread
 * and info threads.
 */
#include <stdlib.h>
#include <string.h>

#include "cmds/walk.h"

#define LL(x)	((unsigned long long)(x))

static void
forget_stack(struct pd_session *s)
{
	pd_rec_done(&pd_frames_desc, &s->stack);
	s->have_stack = false;
	s->list_line = 0;
}

static void
tell_name(struct pd_session *s, const struct pd_thread *t)
{
	pd_out(s->sink, PD_ROLE_TEXT, "%llu", LL(t->id));
	if (t->name.s != NULL) {
		pd_out(s->sink, PD_ROLE_TEXT, " (");
		pd_out_str(s->sink, PD_ROLE_NAME, &t->name);
		pd_out(s->sink, PD_ROLE_TEXT, ")");
	}
}

int
pd_threads_select(struct pd_session *s, uint64_t id, bool tell)
{
	struct pd_thread_req req = { .thread = id };
	struct pd_thread t = { 0 };
	const struct pd_frame *f;
	struct pd_err err;

	if (s->target->ops->thread(s->target, &req, &t, &err) < 0) {
		pd_session_fail(s, &err);
		return -1;
	}
	forget_stack(s);
	s->thread = t.current ? 0 : t.id;
	s->frame = t.current ? s->stop.selected : 0;
	if (pd_session_stack(s) < 0) {
		pd_rec_done(&pd_thread_desc, &t);
		return -1;
	}
	if (tell) {
		pd_out(s->sink, PD_ROLE_NOTE, "[Switching to thread ");
		tell_name(s, &t);
		pd_out(s->sink, PD_ROLE_NOTE, "]\n");
		f = pd_session_frame(s);
		if (f != NULL)
			pd_session_print_frame(s, f, true);
		s->frame_unshown = false;
	}
	pd_rec_done(&pd_thread_desc, &t);
	return 0;
}

static int
fetch(struct pd_session *s, struct pd_threads *out)
{
	struct pd_nothing nothing = { 0 };
	struct pd_err err;

	if (s->target->ops->threads(s->target, &nothing, out, &err) == 0)
		return 0;
	pd_session_fail(s, &err);
	return -1;
}

static bool
is_selected(const struct pd_session *s, const struct pd_thread *t)
{
	return s->thread != 0 ? t->id == s->thread : t->current;
}

/* Of the column of names: wide enough, but one long name moves only its own
 * frame. */
static int
name_width(const struct pd_threads *all)
{
	size_t width = 16;

	PD_VEC_EACH(&all->threads, struct pd_thread, t) {
		if (t->name.n > width && t->name.n <= 40)
			width = t->name.n;
	}
	return (int)width;
}

enum pd_cmd_status
pd_threads_list(struct pd_session *s)
{
	struct pd_threads all = { 0 };
	const struct pd_frame *f;
	int width;

	if (fetch(s, &all) < 0)
		return PD_CMD_FAILED;
	width = name_width(&all);
	pd_out(s->sink, PD_ROLE_TEXT, "  Id   %-*s Frame\n", width,
	    "Name");
	PD_VEC_EACH(&all.threads, struct pd_thread, t) {
		f = t->current && s->stop.frame.file.s != NULL ?
		    &s->stop.frame : &t->frame;
		pd_out(s->sink, PD_ROLE_MARK, "%c ",
		    is_selected(s, t) ? '*' : ' ');
		pd_out(s->sink, PD_ROLE_TEXT, "%-4llu ", LL(t->id));
		pd_out(s->sink, PD_ROLE_NAME, "%-*s ", width,
		    pd_str_c(&t->name));
		if (f->file.s != NULL) {
			pd_out_str(s->sink, PD_ROLE_FILE, &f->file);
			pd_out(s->sink, PD_ROLE_TEXT, "(%llu)",
			    LL(f->line));
			pd_out_str(s->sink, PD_ROLE_NAME, &f->func);
			pd_out(s->sink, PD_ROLE_TEXT, "()");
		}
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
	}
	pd_rec_done(&pd_threads_desc, &all);
	return PD_CMD_STAY;
}

/* Is it among "all" or "1 3-4"?  *rest is what follows. -1: neither. */
static int
wanted(const char *arg, uint64_t id, const char **rest)
{
	int yes = 0;

	if (strncmp(arg, "all", 3) == 0 && (arg[3] == ' ' ||
	    arg[3] == '\t')) {
		*rest = arg + 4;
		return 1;
	}
	if (*arg < '0' || *arg > '9')
		return -1;
	while (*arg >= '0' && *arg <= '9') {
		char *end;
		unsigned long a = strtoul(arg, &end, 10), b = a;

		if (*end == '-' && end[1] >= '0' && end[1] <= '9')
			b = strtoul(end + 1, &end, 10);
		if (*end != ' ' && *end != '\t' && *end != '\0')
			return -1;
		if (id >= a && id <= b)
			yes = 1;
		for (arg = end; *arg == ' ' || *arg == '\t'; arg++)
			;
	}
	*rest = arg;
	return yes;
}

static enum pd_cmd_status
apply_one(struct pd_session *s, const struct pd_thread *t, const char *cmd)
{
	struct pd_parsed p;
	struct pd_str arg;
	enum pd_cmd_status rc;

	if (pd_threads_select(s, t->id, false) < 0)
		return PD_CMD_FAILED;
	pd_out(s->sink, PD_ROLE_NOTE, "\nThread ");
	tell_name(s, t);
	pd_out(s->sink, PD_ROLE_NOTE, ":\n");
	pd_parse_line(cmd, strlen(cmd), &p);
	if (!pd_dialect_resolve(s, &p))
		return PD_CMD_FAILED;
	if (p.cmd == NULL)
		return pd_cmd_find("!", 1)->exec(s, cmd);
	if ((p.cmd->needs & PD_CAP_RUN) != 0) {
		pd_out_error(s->sink, "%s would end the stop in which the "
		    "threads stand", p.cmd->name);
		return PD_CMD_FAILED;
	}
	if (!pd_session_can(s, p.cmd))
		return PD_CMD_FAILED;
	arg = pd_str_new(p.arg, p.narg);
	rc = p.cmd->exec(s, arg.s);
	pd_str_done(&arg);
	return rc;
}

enum pd_cmd_status
pd_threads_apply(struct pd_session *s, const char *arg)
{
	uint64_t before = s->thread, frame = s->frame;
	enum pd_cmd_status rc = PD_CMD_STAY;
	struct pd_threads all = { 0 };
	const char *cmd = "";
	bool any = false;

	if (wanted(arg, 0, &cmd) < 0 || *cmd == '\0') {
		pd_out_error(s->sink, "thread apply wants threads and a "
		    "command: thread apply all bt");
		return PD_CMD_FAILED;
	}
	if (fetch(s, &all) < 0)
		return PD_CMD_FAILED;
	PD_VEC_EACH(&all.threads, struct pd_thread, t) {
		if (wanted(arg, t->id, &cmd) != 1)
			continue;
		any = true;
		if (apply_one(s, t, cmd) == PD_CMD_FAILED)
			rc = PD_CMD_FAILED;
	}
	if (!any) {
		pd_out_error(s->sink, "there is no such thread");
		rc = PD_CMD_FAILED;
	} else if (pd_threads_select(s, before, false) == 0) {
		s->frame = frame;
	}
	pd_rec_done(&pd_threads_desc, &all);
	return rc;
}
