/*
 * What the files of this room share, and commands that work alike.
 *
 * Not for the ui: that has session.h.
 */
#ifndef PD_CMDS_ROOM_H
#define PD_CMDS_ROOM_H

#include <regex.h>

#include "base/pylex.h"
#include "cmds/parse.h"
#include "cmds/screen.h"
#include "cmds/session.h"

/* ---- stop.c ------------------------------------------------------------- */

/* Tells everything of s->stop but its frame. */
void	pd_stop_tell(struct pd_session *);
void	pd_stop_tell_interrupted(struct pd_session *);
/* Shows the stop's frame if that is still to be done. */
void	pd_stop_show_frame(struct pd_session *);
/* Drops what was known of the stop's stack. */
void	pd_stop_forget(struct pd_session *);
/* f_lineno of a frame. */
long	pd_frame_now(const struct pd_frame *);

/* ---- end.c -------------------------------------------------------------- */

/* Starts the program without a word before its first event. */
enum pd_cmd_status	pd_end_begin(struct pd_session *);
/* The program has ended by itself: tells how, restarts it where pdb does. */
enum pd_cmd_status	pd_end_event(struct pd_session *, struct pd_event *);
/* A resuming command in post mortem: that ends it. */
enum pd_cmd_status	pd_end_postmortem(struct pd_session *);
/* Ends a living program by unwinding it, else by killing it. No word. */
void	pd_end_process(struct pd_session *);
/* Tells how the program has ended, if it has while it was asked something. */
void	pd_end_notice(struct pd_session *);

/* ---- bps.c, place.c ------------------------------------------------------ */

/* "breakpoint N at FILE:LINE", as str(bp). */
void	pd_bps_describe(struct pd_buf *, const struct pd_bp *);
/* The table of break without arguments; full: with what pdb does not say. */
void	pd_bps_table(struct pd_session *, bool full);
/* Does each word of arg name a breakpoint? Calls fn for those that do. */
enum pd_cmd_status	pd_bps_each(struct pd_session *, const char *arg,
			    enum pd_cmd_status (*fn)(struct pd_session *,
			    struct pd_bp *));
/* Sends all to a fresh process. */
void	pd_bps_push_all(struct pd_session *);
/* False if the condition does not compile; told. */
bool	pd_bps_check_cond(struct pd_session *, const char *cond);
/* break and tbreak. */
enum pd_cmd_status	pd_place_break(struct pd_session *, const char *arg,
			    bool temporary);
/* bdb.canonic() of a name that the user typed: absolute, unless <...>. */
struct pd_str	pd_place_canonic(struct pd_session *, const char *);

/* ---- source.c ------------------------------------------------------------ */

void	pd_source_forget(struct pd_session *);
void	pd_source_free(struct pd_session *);
/* Lines first to last of the frame's file as list shows them. */
void	pd_source_print(struct pd_session *, const struct pd_frame *,
	    long first, long last);
/* A line of source, by its tokens' roles.  The lexer has seen the lines
 * before; NULL: the line stands alone. */
void	pd_source_put(struct pd_session *, struct pd_pylex *, const char *,
	    size_t);
/* Says once that the selected frame's file was edited since it was seen:
 * before a command, since 3.14 only where its source has been shown.  At_once:
 * nobody has waited since the stop. */
void	pd_source_warn_edited(struct pd_session *, bool shown, bool at_once);

/* ---- help.c -------------------------------------------------------------- */

void	pd_help_usage(struct pd_session *, const struct pd_cmd *);
void	pd_help_command(struct pd_session *, const struct pd_cmd *);
void	pd_help_overview(struct pd_session *);
void	pd_help_setting(struct pd_session *, const struct pd_setting *);
/* Lists the commands and settings whose texts match; how many there were. */
size_t	pd_help_apropos(struct pd_session *, const regex_t *);
/* The command that was meant, probably; NULL. */
const char	*pd_help_nearest(const char *word);

/* ---- logging.c ----------------------------------------------------------- */

/* `set logging enabled` or `file` has changed. */
int	pd_logging_changed(struct pd_session *, struct pd_err *);
void	pd_logging_end(struct pd_session *);

/* ---- screen.c ------------------------------------------------------------ */

/* An operation of the full screen; told if it fails or there is none. */
enum pd_cmd_status	pd_screen_run(struct pd_session *, enum pd_screen_op,
			    const char *arg);
/* Words of these commands, for completion. */
const char	*pd_screen_word_tui(size_t i);
const char	*pd_screen_word_layout(size_t i);
const char	*pd_screen_word_focus(size_t i);
const char	*pd_screen_word_pane(size_t i);
/* Is the stop's place to be seen, so that it need not be printed? */
bool	pd_screen_shows_stop(struct pd_session *);
/* Adds the last lines that the program wrote to the full screen's terminal.
 * False: it has none, and its output is not known. */
bool	pd_screen_output(struct pd_session *, size_t lines, struct pd_buf *);

/* ---- for commands -------------------------------------------------------- */

/* Shows a value, or tells its error. */
enum pd_cmd_status	pd_show_value(struct pd_session *, const char *expr,
			    enum pd_eval_style);
enum pd_cmd_status	pd_show_args(struct pd_session *, enum pd_vars_which);
/* up and down: by is the number of frames, negative for down. */
enum pd_cmd_status	pd_select_by(struct pd_session *, const char *arg,
			    bool up);
/* Resumes in a mode that needs nothing more. */
enum pd_cmd_status	pd_resume_mode(struct pd_session *,
			    enum pd_resume_mode);

#endif
