/*
 * The stack in both dialects, and frames by number.
 *
 * Called by where and bt, frame, finish, info frame.  Number 0 is the
 * innermost frame.
 */
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
	if (f->hidden && f->index != s->frame)
		return;
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

/* [COUNT] [full], in any order.  False: told. */
static bool
parse(struct pd_session *s, const char *arg, long *count, bool *counted,
    bool *full)
{
	struct pd_vec words = { 0 };
	bool ok = true;

	pd_parse_words(arg, &words);
	PD_VEC_EACH(&words, struct pd_str, w) {
		if (pd_str_eq(w, "full")) {
			*full = true;
		} else if (!*counted && pd_parse_int(w->s, count)) {
			*counted = true;
		} else {
			pd_out_error(s->sink, "Invalid count (%s)", w->s);
			ok = false;
			break;
		}
	}
	pd_parse_words_done(&words);
	return ok;
}

enum pd_cmd_status
pd_frames_where(struct pd_session *s, const char *arg)
{
	bool counted = false, full = false, gdb = pd_dialect_gdb(s);
	long count = 0;
	size_t n, from = 0, to;
	struct pd_frame *v;

	if (!parse(s, arg, &count, &counted, &full) ||
	    pd_session_stack(s) < 0)
		return PD_CMD_FAILED;
	v = s->stack.frames.v;
	n = to = s->stack.frames.n;
	if (counted && count == 0) {
		for (from = 0; from + 1 < n && v[from].index != s->frame; from++)
			;
		to = from + 1;
	} else if (count > 0 && (size_t)count < n) {
		to = (size_t)count;
	} else if (count < 0 && count > -(long)n) {
		from = n - (size_t)-count;
	}
	for (size_t i = 0; from + i < to; i++)
		show_one(s, gdb ? &v[from + i] : &v[to - 1 - i], full);
	if (to < n && gdb)
		pd_out(s->sink, PD_ROLE_NOTE, "(More stack frames follow...)\n");
	return PD_CMD_STAY;
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
