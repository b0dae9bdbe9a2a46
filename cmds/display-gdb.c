/*
 * Displays as gdb has them: numbered, shown at each stop, in whatever frame
 * knows their names, also after a new start.
 *
 * Called by display.c and by the verbs display, undisplay and info, in the gdb
 * dialect only.  The list is the one that display.c keeps.
 */
#include <string.h>

#include "cmds/display.h"
#include "cmds/walk.h"

#define LL(n)	((unsigned long long)(n))

void
pd_display_put_gdb(struct pd_session *s, struct pd_display *d)
{
	pd_str_done(&d->text);
	d->text = pd_display_value(s, &d->expr);
	pd_out(s->sink, PD_ROLE_TEXT, "%llu: ", LL(d->id));
	pd_out_str(s->sink, PD_ROLE_NAME, &d->expr);
	pd_out(s->sink, PD_ROLE_TEXT, " = ");
	pd_out_str(s->sink, PD_ROLE_VALUE, &d->text);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

/* pd_display_value()'s text where the frame has no such name. */
static bool
is_unknown(const struct pd_str *text)
{
	static const char *const heads[] = { "** raised NameError",
	    "** raised UnboundLocalError" };

	for (size_t i = 0; i < 2; i++)
		if (text->n > strlen(heads[i]) &&
		    memcmp(text->s, heads[i], strlen(heads[i])) == 0)
			return true;
	return false;
}

void
pd_display_show_gdb(struct pd_session *s)
{
	for (size_t i = 0; i < s->script.displays.n; i++) {
		struct pd_display *d = PD_VEC_AT(&s->script.displays,
		    struct pd_display, i);
		struct pd_str now = pd_display_value(s, &d->expr);

		if (!is_unknown(&now))
			pd_display_put_gdb(s, d);
		pd_str_done(&now);
	}
}

void
pd_display_table(struct pd_session *s)
{
	if (s->script.displays.n == 0) {
		pd_out(s->sink, PD_ROLE_NOTE,
		    "There are no auto-display expressions now.\n");
		return;
	}
	pd_out(s->sink, PD_ROLE_NOTE, "Auto-display expressions now in "
	    "effect:\nNum Enb Expression\n");
	PD_VEC_EACH(&s->script.displays, struct pd_display, d) {
		pd_out(s->sink, PD_ROLE_TEXT, "%llu:   y  ", LL(d->id));
		pd_out_str(s->sink, PD_ROLE_NAME, &d->expr);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
	}
}

static void
drop(struct pd_session *s, size_t i)
{
	struct pd_display *d = PD_VEC_AT(&s->script.displays,
	    struct pd_display, i);

	pd_str_done(&d->expr);
	pd_str_done(&d->text);
	pd_vec_remove(&s->script.displays, i, sizeof(*d));
}

static bool
remove_one(struct pd_session *s, const char *word)
{
	uint64_t id;

	if (!pd_count_arg(word, &id)) {
		pd_out_error(s->sink, "Arguments must be display numbers.");
		return false;
	}
	for (size_t i = 0; i < s->script.displays.n; i++) {
		if (PD_VEC_AT(&s->script.displays, struct pd_display,
		    i)->id == id) {
			drop(s, i);
			return true;
		}
	}
	pd_out_error(s->sink, "Could not find display number %llu.", LL(id));
	return false;
}

enum pd_cmd_status
pd_display_remove_gdb(struct pd_session *s, const char *arg)
{
	struct pd_vec words = { 0 };
	enum pd_cmd_status rc = PD_CMD_STAY;

	if (*arg == '\0' && s->script.displays.n > 0 &&
	    pd_session_confirm(s, "Delete all auto-display expressions? "
	    "(y or n) "))
		while (s->script.displays.n > 0)
			drop(s, s->script.displays.n - 1);
	pd_parse_words(arg, &words);
	PD_VEC_EACH(&words, struct pd_str, w)
		if (!remove_one(s, pd_str_c(w)))
			rc = PD_CMD_FAILED;
	pd_parse_words_done(&words);
	return rc;
}

bool
pd_display_format(struct pd_session *s, const char *name, const char *arg)
{
	if (*arg != '/')
		return false;
	pd_out_error(s->sink, "%s knows no formats such as %.*s: write an "
	    "expression that shows it so, as hex(n)", name,
	    (int)strcspn(arg, " \t"), arg);
	return true;
}
