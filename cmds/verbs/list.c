/*
 * list: lines of source.
 */
#include <limits.h>
#include <string.h>

#include "cmds/room.h"
#include "rows.h"

/* FIRST[,LAST], as pdb reads it. */
static bool
parse_range(const char *arg, long size, long *first, long *last)
{
	const char *comma = strchr(arg, ',');
	struct pd_str a;
	bool ok;

	if (comma == NULL) {
		if (!pd_parse_int(arg, first))
			return false;
		*first = *first > size / 2 ? *first - size / 2 : 1;
		if (__builtin_add_overflow(*first, size - 1, last))
			*last = LONG_MAX;
		return true;
	}
	a = pd_str_new(arg, (size_t)(comma - arg));
	ok = pd_parse_int(a.s, first) && pd_parse_int(comma + 1, last);
	pd_str_done(&a);
	if (ok && *last < *first &&
	    __builtin_add_overflow(*first, *last, last))
		*last = *first > 0 ? LONG_MAX : 0;
	return ok;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const struct pd_frame *f = pd_session_frame(s);
	long first, last, count, size = s->settings.listsize;
	struct pd_buf b = { 0 };

	if (f == NULL) {
		pd_out_error(s->sink, "There is no frame to list.");
		return PD_CMD_FAILED;
	}
	if (*arg != '\0' && strcmp(arg, ".") != 0) {
		if (!parse_range(arg, size, &first, &last)) {
			pd_parse_repr(&b, arg, strlen(arg));
			pd_out_error(s->sink, "Error in argument: %s",
			    pd_buf_c(&b));
			pd_buf_done(&b);
			return PD_CMD_FAILED;
		}
	} else {
		first = pd_frame_now(f) > size / 2 ?
		    pd_frame_now(f) - size / 2 : 1;
		if (s->list_line != 0 && *arg == '\0')
			first = s->list_line + 1;
		last = first + size - 1;
	}
	pd_source_print(s, f, first, last);
	count = pd_session_source_count(s, f);
	s->list_line = last < count ? last : count;
	if (count < last)
		pd_out(s->sink, PD_ROLE_NOTE, "[EOF]\n");
	pd_source_warn_edited(s, true, false);
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_list = {
	.name = "list",
	.aliases = { "l" },
	.group = PD_GROUP_SOURCE,
	.args = { PD_ARG_EXPR },
	.usage = "l(ist) [first[, last] | .]",
	.summary = "Show lines of source.",
	.help =
	    "Without an argument, show 11 lines around the current one,\n"
	    "or go on from where the last list ended.  With `.`, around\n"
	    "the current line again.  With one number, around that line;\n"
	    "with two, from the first to the last; if the second is\n"
	    "smaller than the first it is a count.  -> marks the current\n"
	    "line, >> the line where an exception was raised, B a\n"
	    "breakpoint.",
	.example = "l 20, 30",
	.needs = PD_CAP_FRAMES,
	.repeat = PD_REPEAT_BARE,
	.exec = run,
};
