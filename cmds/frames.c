/*
 * The stack in both dialects, and frames by number.
 *
 * Called by where and bt, frame, finish, info frame.  Number 0 is the
 * innermost frame.
 */
#include <limits.h>
#include <string.h>

#include "cmds/walk.h"

#define LL(x)	((unsigned long long)(x))

void
pd_frames_number(struct pd_session *s, const struct pd_frame *f)
{
	pd_out(s->sink, PD_ROLE_MARK, "#%-3llu", LL(f->index));
	pd_out_str(s->sink, PD_ROLE_FILE, &f->file);
	pd_out(s->sink, PD_ROLE_TEXT, "(");
	pd_out(s->sink, PD_ROLE_LINE, "%llu", LL(f->line));
	pd_out(s->sink, PD_ROLE_TEXT, ")");
	pd_out_str(s->sink, PD_ROLE_NAME, &f->func);
	pd_out(s->sink, PD_ROLE_TEXT, "()\n");
}

/* The variables of a frame, below it. */
static void
show_locals(struct pd_session *s, uint64_t index)
{
	uint64_t before = s->frame;

	s->frame = index;
	pd_show_args(s, PD_VARS_LOCALS);
	s->frame = before;
}

static void
show_one(struct pd_session *s, const struct pd_frame *f, bool full)
{
	if (pd_dialect_gdb(s)) {
		pd_frames_number(s, f);
		if (f->source.s != NULL) {
			pd_out(s->sink, PD_ROLE_TEXT, "    ");
			pd_out_str(s->sink, PD_ROLE_SOURCE, &f->source);
			pd_out(s->sink, PD_ROLE_TEXT, "\n");
		}
	} else {
		pd_session_print_frame(s, f, f->index == s->frame);
	}
	/* A module's are its globals: too many to be shown unasked. */
	if (full && !f->is_module)
		show_locals(s, f->index);
}

/* [COUNT] [full], in any order.  The word that is neither, or NULL. */
static const char *
parse(struct pd_vec *words, long *count, bool *counted, bool *full)
{
	PD_VEC_EACH(words, struct pd_str, w) {
		if (pd_str_eq(w, "full"))
			*full = true;
		else if (!*counted && pd_parse_int(w->s, count))
			*counted = true;
		else
			return w->s;
	}
	return NULL;
}

static bool
is_shown(const struct pd_session *s, const struct pd_frame *f)
{
	return !f->hidden || f->index == s->frame;
}

/* n of the frames: the newest, or the oldest if it is negative; 0: the
 * selected one. */
static void
show_frames(struct pd_session *s, long n, bool full)
{
	struct pd_frame *v = s->stack.frames.v;
	size_t all = s->stack.frames.n, at = 0, total = 0, i;
	size_t many = (size_t)(n < 0 ? -n : n);
	bool gdb = pd_dialect_gdb(s);

	for (i = 0; i < all; i++)
		total += is_shown(s, &v[i]);
	for (size_t k = 0; k < all; k++) {
		/* at counts those that are shown, the newest first */
		i = gdb ? k : all - 1 - k;
		if (!is_shown(s, &v[i]))
			continue;
		at++;
		if (n == 0 ? v[i].index == s->frame :
		    (n > 0) == gdb ? at <= many :
		    total < many || at > total - many)
			show_one(s, &v[i], full);
	}
	if (gdb && n > 0 && many < total)
		pd_out(s->sink, PD_ROLE_NOTE,
		    "(More stack frames follow...)\n");
}

enum pd_cmd_status
pd_frames_where(struct pd_session *s, const struct pd_cmd *cmd,
    const char *arg)
{
	enum pd_cmd_status rc = PD_CMD_STAY;
	bool counted = false, full = false;
	struct pd_vec words = { 0 };
	const char *bad;
	long n = 0;

	pd_parse_words(arg, &words);
	bad = parse(&words, &n, &counted, &full);
	if (bad != NULL && s->py >= PD_PY(3, 14)) {
		pd_out_error(s->sink, "Invalid count (%s)", arg);
		rc = PD_CMD_FAILED;
	} else if (bad != NULL && s->py >= PD_PY(3, 13)) {
		rc = pd_session_bad_arg(s, cmd, arg);
	} else if (pd_session_stack(s) < 0) {
		rc = PD_CMD_FAILED;
	} else {
		show_frames(s, bad == NULL && counted ? n : LONG_MAX, full);
	}
	pd_parse_words_done(&words);
	return rc;
}

enum pd_cmd_status
pd_frames_select(struct pd_session *s, const char *arg)
{
	const struct pd_frame *found = NULL;
	long n;

	if (!pd_parse_int(arg, &n)) {
		pd_out_error(s->sink, "frame wants a number, not %s", arg);
		return PD_CMD_FAILED;
	}
	if (pd_session_stack(s) < 0)
		return PD_CMD_FAILED;
	PD_VEC_EACH(&s->stack.frames, struct pd_frame, f)
		if (n >= 0 && f->index == (uint64_t)n)
			found = f;
	if (found == NULL) {
		pd_out_error(s->sink, "No frame at level %s.", arg);
		return PD_CMD_FAILED;
	}
	pd_session_select(s, found->index);
	return PD_CMD_STAY;
}
