/*
 * Commands of the full screen, up to the border to the ui.
 *
 * Called by the verbs.  Where there is no screen they say so.
 */
#include "cmds/screen.h"

#include "cmds/room.h"

/* ---- for completion ------------------------------------------------------ */

static const char *const tui_words[] = { "enable", "disable", "single-key",
    "new-layout" };
static const char *const layout_words[] = { "src", "asm", "split", "vars",
    "full", "next", "prev", "zoom", "save" };
static const char *const focus_words[] = { "next", "prev", "src", "asm",
    "vars", "stack", "display", "breaks", "threads", "out", "cmd" };
static const char *const pane_words[] = { "up", "down", "left", "right",
    "page-up", "page-down", "home", "end", "open", "close", "search",
    "search-next", "search-prev", "keys" };

#define WORD(of, i)	((i) < sizeof(of) / sizeof((of)[0]) ? (of)[i] : NULL)

const char *
pd_screen_word_tui(size_t i)
{
	return WORD(tui_words, i);
}

const char *
pd_screen_word_layout(size_t i)
{
	return WORD(layout_words, i);
}

const char *
pd_screen_word_focus(size_t i)
{
	return WORD(focus_words, i);
}

const char *
pd_screen_word_pane(size_t i)
{
	return WORD(pane_words, i);
}

/* ---- the border ---------------------------------------------------------- */

enum pd_cmd_status
pd_screen_run(struct pd_session *s, enum pd_screen_op op, const char *arg)
{
	struct pd_err err;

	if (s->screen == NULL)
		pd_err_set(&err, "there is no full screen here: pydbg is not "
		    "at a terminal");
	else if (s->screen->run(s->screen_ctx, op, arg, &err) == 0)
		return PD_CMD_STAY;
	return pd_session_fail(s, &err);
}

bool
pd_screen_output(struct pd_session *s, size_t lines, struct pd_buf *out)
{
	return s->screen != NULL && s->screen->output(s->screen_ctx, lines,
	    out);
}

bool
pd_screen_shows_stop(struct pd_session *s)
{
	return s->screen != NULL && s->screen->shows_stop(s->screen_ctx);
}
