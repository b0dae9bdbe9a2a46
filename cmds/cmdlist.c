/*
 * Lists of commands that run when a breakpoint is hit.
 *
 * Called by line.c for each line while a list is defined, by stop.c at a stop,
 * and by the verb commands.  The rules are Lib/pdb.py's (do_commands,
 * handle_command_def, bp_commands): `silent` and `end` are words of the list
 * alone, a command that lets the program run ends it, the stop's frame is
 * shown behind the commands.  At a stop the lines go to the front of the queue,
 * so that a list which goes on does not nest.
 */
#include <string.h>

#include "cmds/room.h"

static void
list_done(struct pd_cmdlist *l)
{
	PD_VEC_EACH(&l->lines, struct pd_cmdline, c) {
		pd_str_done(&c->text);
		pd_str_done(&c->from);
	}
	pd_vec_done(&l->lines);
}

void
pd_script_done(struct pd_script *sc)
{
	PD_VEC_EACH(&sc->aliases, struct pd_alias, a) {
		pd_str_done(&a->name);
		pd_str_done(&a->text);
	}
	PD_VEC_EACH(&sc->displays, struct pd_display, d) {
		pd_str_done(&d->expr);
		pd_str_done(&d->text);
	}
	PD_VEC_EACH(&sc->lists, struct pd_cmdlist, l)
		list_done(l);
	PD_VEC_EACH(&sc->before, struct pd_cmdlist, l)
		list_done(l);
	pd_vec_done(&sc->aliases);
	pd_vec_done(&sc->displays);
	pd_vec_done(&sc->lists);
	pd_vec_done(&sc->before);
	pd_vec_done(&sc->outer);
	pd_str_done(&sc->prompt);
}

static struct pd_cmdlist *
find(struct pd_session *s, uint64_t id)
{
	PD_VEC_EACH(&s->script.lists, struct pd_cmdlist, l)
		if (l->id == id)
			return l;
	return NULL;
}

const struct pd_cmdlist *
pd_cmdlist_of(struct pd_session *s, uint64_t id)
{
	return find(s, id);
}

/* Takes a list out of the table; its lines are the caller's then. */
static bool
take(struct pd_session *s, uint64_t id, struct pd_cmdlist *out)
{
	struct pd_cmdlist *l = find(s, id);

	if (l == NULL)
		return false;
	*out = *l;
	pd_vec_remove(&s->script.lists,
	    (size_t)(l - (struct pd_cmdlist *)s->script.lists.v), sizeof(*l));
	return true;
}

static void
forget_before(struct pd_session *s)
{
	PD_VEC_EACH(&s->script.before, struct pd_cmdlist, l)
		list_done(l);
	pd_vec_done(&s->script.before);
}

void
pd_cmdlist_begin(struct pd_session *s, uint64_t id)
{
	struct pd_cmdlist old, *l;

	forget_before(s);
	if (take(s, id, &old))
		*PD_VEC_PUSH(&s->script.before, struct pd_cmdlist) = old;
	l = PD_VEC_PUSH(&s->script.lists, struct pd_cmdlist);
	l->id = id;
	s->script.defining = id;
	s->script.swallow_end = false;
}

static void
end_definition(struct pd_session *s)
{
	struct pd_cmdlist *l = find(s, s->script.defining), empty;

	/* No commands: none any more. */
	if (l != NULL && l->lines.n == 0 && !l->silent &&
	    take(s, l->id, &empty))
		list_done(&empty);
	forget_before(s);
	s->script.defining = 0;
}

void
pd_cmdlist_abort(struct pd_session *s)
{
	struct pd_cmdlist l;

	if (s->script.defining == 0)
		return;
	if (take(s, s->script.defining, &l))
		list_done(&l);
	PD_VEC_EACH(&s->script.before, struct pd_cmdlist, old)
		*PD_VEC_PUSH(&s->script.lists, struct pd_cmdlist) = *old;
	pd_vec_done(&s->script.before);
	s->script.defining = 0;
	pd_out_error(s->sink,
	    "command definition aborted, old commands restored");
}

/* Does that command let the program run, so that nothing can follow it? */
static bool
lets_run(const struct pd_cmd *cmd)
{
	return cmd != NULL && ((cmd->group == PD_GROUP_RUNNING &&
	    (cmd->needs & PD_CAP_RUN) != 0) || strcmp(cmd->name, "quit") == 0);
}

void
pd_cmdlist_line(struct pd_session *s, const char *p, size_t n,
    const struct pd_str *from)
{
	struct pd_cmdlist *l = find(s, s->script.defining);
	struct pd_cmdline *line;
	struct pd_parsed parsed;

	pd_parse_strip(&p, &n);
	if (l == NULL || n == 0)
		return;
	if (n == 3 && memcmp(p, "end", 3) == 0) {
		end_definition(s);
		return;
	}
	if (n == 6 && memcmp(p, "silent", 6) == 0) {
		l->silent = true;
		return;
	}
	pd_parse_line(p, n, &parsed);
	line = PD_VEC_PUSH(&l->lines, struct pd_cmdline);
	line->text = pd_str_new(p, n);
	if (from != NULL && from->s != NULL)
		line->from = pd_str_dup(from);
	if (lets_run(parsed.cmd)) {
		l->resumes = true;
		end_definition(s);
		s->script.swallow_end = true;
	}
}

/* ---- at a stop ----------------------------------------------------------- */

static const struct pd_cmdlist *
due(struct pd_session *s)
{
	const struct pd_cmdlist *l;

	PD_VEC_EACH(&s->stop.bps, struct pd_bp_news, n)
		if (n->hit && (l = find(s, n->id)) != NULL)
			return l;
	return NULL;
}

/* What is left of the list of another stop. */
static void
drop_old(struct pd_session *s)
{
	struct pd_vec *q = &s->queue;

	for (size_t i = q->n; i-- > 0;) {
		struct pd_qline *l = PD_VEC_AT(q, struct pd_qline, i);

		if (l->what == PD_QUEUED_LINE ||
		    l->what == PD_QUEUED_BLANK)
			continue;
		pd_str_done(&l->text);
		pd_str_done(&l->from);
		pd_vec_remove(q, i, sizeof(*l));
	}
}

/* Room for n lines in front of the queue, zeroed. */
static struct pd_qline *
room_in_front(struct pd_session *s, size_t n)
{
	size_t old = s->queue.n;
	struct pd_qline *v;

	for (size_t i = 0; i < n; i++)
		PD_VEC_PUSH(&s->queue, struct pd_qline);
	v = s->queue.v;
	memmove(v + n, v, old * sizeof(*v));
	memset(v, 0, n * sizeof(*v));
	return v;
}

void
pd_cmdlist_stop(struct pd_session *s)
{
	const struct pd_cmdlist *l = due(s);
	struct pd_qline *q;
	size_t n, show;

	drop_old(s);
	/* What Ctrl-C asks for is a prompt. */
	if (l == NULL || s->stop.interrupted)
		return;
	n = l->lines.n;
	/* Since 3.14 a list that goes on by itself shows no frame. */
	show = l->resumes && s->py < PD_PY(3, 14) ? n - 1 : n;
	q = room_in_front(s, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct pd_cmdline *c = PD_VEC_AT(&l->lines, struct pd_cmdline,
		    i);
		struct pd_qline *to = &q[i < show ? i : i + 1];

		*to = (struct pd_qline){ .text = pd_str_dup(&c->text),
		    .rc = true, .what = PD_QUEUED_COMMAND };
		if (c->from.s != NULL)
			to->from = pd_str_dup(&c->from);
	}
	q[show] = (struct pd_qline){ .rc = true, .what = l->silent ?
	    PD_QUEUED_SILENT : PD_QUEUED_SHOW };
}
