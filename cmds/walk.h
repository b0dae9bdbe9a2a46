/*
 * What gdb's commands on top of pdb's share: counts, places, frames with
 * numbers, skips, redirections, dialects.
 *
 * For the files of this room; room.h is pdb's part.
 */
#ifndef PD_CMDS_WALK_H
#define PD_CMDS_WALK_H

#include "cmds/room.h"

/* ---- counts.c ------------------------------------------------------------ */

/* step, next, stepi, nexti: arg is a count, or for step a function's name. */
enum pd_cmd_status	pd_step_counted(struct pd_session *,
			    const struct pd_cmd *, const char *arg,
			    struct pd_resume *);
/* A whole number above 0. */
bool	pd_count_arg(const char *, uint64_t *);

/* ---- verbs/advance.c ----------------------------------------------------- */

/* Runs until the place is reached, in any frame or only in the selected one, or
 * until the selected frame has returned. */
enum pd_cmd_status	pd_advance_to(struct pd_session *,
			    const struct pd_location *, bool own_frame);

/* ---- frames.c ------------------------------------------------------------ */

/* where, bt: arg is [COUNT] [full]. */
enum pd_cmd_status	pd_frames_where(struct pd_session *,
			    const struct pd_cmd *, const char *arg);
/* The selected frame as finish, frame and info frame show it: "#1  FILE(..". */
void	pd_frames_number(struct pd_session *, const struct pd_frame *);
/* Selects by number; told if there is none. */
enum pd_cmd_status	pd_frames_select(struct pd_session *, const char *);

/* ---- place.c ------------------------------------------------------------- */

/* A location as break takes it, without a condition.  False: told. */
bool	pd_place_find(struct pd_session *, const char *arg,
	    struct pd_location *);
/* dprintf: LOCATION,"FORMAT"[,ARG...] */
enum pd_cmd_status	pd_place_dprintf(struct pd_session *, const char *);

/* ---- bps.c --------------------------------------------------------------- */

/* As pd_bps_each(), with ranges as 2-4; of a range those that are there. */
enum pd_cmd_status	pd_bps_each_range(struct pd_session *,
			    const char *arg, enum pd_cmd_status (*fn)(
			    struct pd_session *, struct pd_bp *));
enum pd_cmd_status	pd_bps_each_all(struct pd_session *,
			    enum pd_cmd_status (*fn)(struct pd_session *,
			    struct pd_bp *));
/* "Deleted breakpoint N at ..." */
enum pd_cmd_status	pd_bps_delete_one(struct pd_session *,
			    struct pd_bp *);
/* Asks (y or n), if that is wanted and possible; true: go on. */
bool	pd_session_confirm(struct pd_session *, const char *question);

/* ---- skips.c ------------------------------------------------------------- */

struct pd_skip_entry {
	uint64_t	 id;		/* 0: deleted */
	bool		 enabled;
	struct pd_skip	 skip;
};
enum pd_cmd_status	pd_skips_add(struct pd_session *, enum pd_skip_kind,
			    const char *text, const char *file);
void	pd_skips_table(struct pd_session *);
/* what: delete, enable or disable; arg: numbers, all if empty. */
enum pd_cmd_status	pd_skips_change(struct pd_session *, char what,
			    const char *arg);
/* Sends them to the process. */
void	pd_skips_push(struct pd_session *);
void	pd_skips_free(struct pd_session *);

/* ---- redirect.c ---------------------------------------------------------- */

/* Takes "< FILE", "> FILE", ">> FILE", "2> FILE", "2>> FILE", "&> FILE" and
 * "2>&1" out of arguments: out gets the rest.  -1 with err. */
int	pd_redirect_parse(struct pd_session *, const char *args,
	    struct pd_buf *out, struct pd_err *);
/* Opens them for a start, and puts back what was there. */
int	pd_redirect_open(struct pd_session *, struct pd_err *);
void	pd_redirect_close(struct pd_session *);
void	pd_redirect_free(struct pd_session *);
/* Appends "< in > out", as it would be typed. */
void	pd_redirect_text(struct pd_session *, struct pd_buf *);

/* The setting `args`. */
int	pd_args_put(struct pd_session *, const char *, struct pd_err *);
void	pd_args_get(struct pd_session *, struct pd_buf *);

/* ---- save.c -------------------------------------------------------------- */

/* Writes the breakpoints as commands that set them.  -1 with err. */
int	pd_save_breakpoints(struct pd_session *, const char *file,
	    uint64_t *count, struct pd_err *);
/* Queues the lines of a file of commands, in front of what is queued. */
enum pd_cmd_status	pd_save_source(struct pd_session *, const char *);

/* ---- threads.c ----------------------------------------------------------- */

/* Selects a thread; 0: the stopped one.  -1: told. */
int	pd_threads_select(struct pd_session *, uint64_t id, bool tell);
enum pd_cmd_status	pd_threads_list(struct pd_session *);
/* thread apply: arg is all|NUMBERS COMMAND. */
enum pd_cmd_status	pd_threads_apply(struct pd_session *, const char *);

/* ---- dialect.c ----------------------------------------------------------- */

/*
 * What a line means where parse.c alone does not know: in the gdb dialect its
 * names, the shortest unambiguous beginning of a command's name, and a
 * variable of the program's that has the name of a command which pdb does not
 * have.  Changes p accordingly.  False: several commands begin so, in the gdb
 * dialect; told, and the line is nothing now.
 */
bool	pd_dialect_resolve(struct pd_session *, struct pd_parsed *);
bool	pd_dialect_gdb(const struct pd_session *);
/* Is it a row that an empty line does not repeat, in this dialect? */
bool	pd_dialect_repeats(const struct pd_session *, const struct pd_cmd *);

/* ---- infos.c, infocode.c ------------------------------------------------- */

enum pd_cmd_status	pd_info_frame(struct pd_session *, const char *);
enum pd_cmd_status	pd_info_source(struct pd_session *, const char *);
enum pd_cmd_status	pd_info_line(struct pd_session *, const char *);
enum pd_cmd_status	pd_info_functions(struct pd_session *, const char *);
enum pd_cmd_status	pd_info_modules(struct pd_session *, const char *);
enum pd_cmd_status	pd_info_output(struct pd_session *, const char *);

#endif
