/*
 * tui: the full screen, on and off.
 */
#include "cmds/room.h"
#include "rows.h"

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	return pd_screen_run(s, PD_SCREEN_TUI, arg);
}

const struct pd_cmd pd_cmd_tui = {
	.name = "tui",
	.group = PD_GROUP_SCREEN,
	.args = { PD_ARG_WORD, PD_ARG_TEXT },
	.words = pd_screen_word_tui,
	.usage = "tui enable|disable\ntui single-key [on|off]\n"
	    "tui new-layout name pane weight [pane weight...]",
	.summary = "Switch the full screen on or off.",
	.help =
	    "enable shows source, output and commands in panes on the full\n"
	    "screen, in the same session; disable goes back to the prompt\n"
	    "alone.  C-x a does either.  With single-key, keys of the\n"
	    "screen are commands (c d f n r s u v w; q ends it) until it\n"
	    "is switched off.  new-layout defines a layout: panes from the\n"
	    "top down, each with its weight; {-horizontal a 1 b 1} 2 is a\n"
	    "group side by side.",
	.example = "tui enable",
	.repeat = PD_REPEAT_NONE,
	.soft = true,
	.exec = run,
};
