/*
 * The rows of the key table for the panes that show data.
 *
 * Read by keys.c.
 */
#include "ui/tui/keys.h"

/* What all of them have. */
#define MOVES(c, word)							\
	{ c, "Up", "pane up", "a row up" },				\
	{ c, "k", "pane up", "a row up" },				\
	{ c, "C-p", "pane up", "a row up" },				\
	{ c, "Down", "pane down", "a row down" },			\
	{ c, "j", "pane down", "a row down" },				\
	{ c, "C-n", "pane down", "a row down" },			\
	{ c, "PgUp", "pane page-up", "a page up" },			\
	{ c, "C-b", "pane page-up", "a page up" },			\
	{ c, "PgDn", "pane page-down", "a page down" },			\
	{ c, "C-f", "pane page-down", "a page down" },			\
	{ c, "Home", "pane home", "to the first row" },			\
	{ c, "g", "pane home", "to the first row" },			\
	{ c, "End", "pane end", "to the last row" },			\
	{ c, "G", "pane end", "to the last row" },			\
	{ c, "/", "pane search", "search" },				\
	{ c, "n", "pane search-next", "the next match" },		\
	{ c, "N", "pane search-prev", "the match before" },		\
	{ c, "?", "help keys " word, "these keys" },			\
	{ c, "i", "focus cmd", "to the command line" },			\
	{ c, ":", "focus cmd", "to the command line" },			\
	{ c, "Esc", "focus cmd", "to the command line" }

#define SIDEWAYS(c)							\
	{ c, "Left", "pane left", "scroll to the left" },		\
	{ c, "h", "pane left", "scroll to the left" },			\
	{ c, "Right", "pane right", "scroll to the right" },		\
	{ c, "l", "pane right", "scroll to the right" }

const struct pd_key_row pd_keys_panes[] = {
	{ PD_KEYS_VARS, "Enter", "pane toggle", "open or close" },
	{ PD_KEYS_VARS, "Space", "pane toggle", "open or close" },
	{ PD_KEYS_VARS, "Right", "pane in", "open; go into it" },
	{ PD_KEYS_VARS, "l", "pane in", "open; go into it" },
	{ PD_KEYS_VARS, "Left", "pane out", "close; go out of it" },
	{ PD_KEYS_VARS, "h", "pane out", "close; go out of it" },
	{ PD_KEYS_VARS, "r", "p %e", "its repr, or the property" },
	{ PD_KEYS_VARS, "P", "pp %e", "the same, in lines" },
	{ PD_KEYS_VARS, "v", "pane view", "more of it in a pager" },
	{ PD_KEYS_VARS, "d", "display %e", "show it when it changes" },
	{ PD_KEYS_VARS, "w", "whatis %e", "its type" },
	{ PD_KEYS_VARS, "f", "pane filter", "only names with a text" },
	MOVES(PD_KEYS_VARS, "vars"),

	{ PD_KEYS_STACK, "Enter", "frame %n", "select the frame" },
	{ PD_KEYS_STACK, "Space", "frame %n", "select the frame" },
	{ PD_KEYS_STACK, "u", "up", "the frame that called it" },
	{ PD_KEYS_STACK, "d", "down", "the frame that it called" },
	SIDEWAYS(PD_KEYS_STACK),
	MOVES(PD_KEYS_STACK, "stack"),

	{ PD_KEYS_BREAKPOINTS, "Enter", "pane open", "show its place" },
	{ PD_KEYS_BREAKPOINTS, "Space", "pane toggle", "switch on or off" },
	{ PD_KEYS_BREAKPOINTS, "e", "pane toggle", "switch on or off" },
	{ PD_KEYS_BREAKPOINTS, "d", "delete %n", "delete it" },
	{ PD_KEYS_BREAKPOINTS, "Del", "delete %n", "delete it" },
	{ PD_KEYS_BREAKPOINTS, "c", "pane condition", "its condition" },
	SIDEWAYS(PD_KEYS_BREAKPOINTS),
	MOVES(PD_KEYS_BREAKPOINTS, "breaks"),

	{ PD_KEYS_THREADS, "Enter", "thread %n", "select the thread" },
	{ PD_KEYS_THREADS, "Space", "thread %n", "select the thread" },
	SIDEWAYS(PD_KEYS_THREADS),
	MOVES(PD_KEYS_THREADS, "threads"),

	{ PD_KEYS_DISPLAY, "Enter", "pane open", "its text in a pager" },
	{ PD_KEYS_DISPLAY, "r", "p %e", "its value now" },
	{ PD_KEYS_DISPLAY, "a", "pane add", "display something" },
	{ PD_KEYS_DISPLAY, "d", "pane delete", "display it no longer" },
	{ PD_KEYS_DISPLAY, "Del", "pane delete", "display it no longer" },
	SIDEWAYS(PD_KEYS_DISPLAY),
	MOVES(PD_KEYS_DISPLAY, "display"),

	{ PD_KEYS_ASM, "s", "stepi", "an instruction, into calls" },
	{ PD_KEYS_ASM, "x", "nexti", "an instruction, over calls" },
	{ PD_KEYS_ASM, "Enter", "pane open", "show its line" },
	{ PD_KEYS_ASM, "Space", "pane toggle-break",
	  "set or clear a breakpoint in its line" },
	{ PD_KEYS_ASM, "b", "pane toggle-break",
	  "set or clear a breakpoint in its line" },
	{ PD_KEYS_ASM, "t", "tbreak %f:%l", "a temporary breakpoint" },
	{ PD_KEYS_ASM, "u", "advance %f:%l",
	  "run to its line, or until the frame ends" },
	{ PD_KEYS_ASM, ".", "pane current", "to the current instruction" },
	SIDEWAYS(PD_KEYS_ASM),
	MOVES(PD_KEYS_ASM, "asm"),
	{ PD_KEYS_OUTPUT, "PgUp", "pane page-up",
	  "back in the output; a program that draws has the key" },
	{ PD_KEYS_OUTPUT, "PgDn", "pane page-down", "and forth" },
	{ PD_KEYS_OUTPUT, "S-PgUp", "pane back", "back in the output" },
	{ PD_KEYS_OUTPUT, "S-PgDn", "pane forth", "and forth" },
	{ .keys = NULL }
};
