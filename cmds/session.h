/*
 * A debugging session: what outlives the program.
 *
 * Breakpoints, the selected frame, settings, what an empty line repeats.  The
 * ui makes one, hands down a sink and a target, and feeds lines to
 * pd_session_line(); commands work on it.
 *
 * Life of a stop: a resuming command calls pd_session_resume(); the target
 * returns an event; pd_session_event() turns it into the session's state and
 * prints it as pdb would, restarting the program where pdb does.
 */
#ifndef PD_CMDS_SESSION_H
#define PD_CMDS_SESSION_H

#include "base/err.h"
#include "cmds/cmd.h"
#include "cmds/screen.h"
#include "cmds/script.h"
#include "cmds/settings.h"
#include "cmds/sink.h"
#include "target/target.h"

/* One version number that says whose wording holds: 0x030b, 0x030c, ... */
#define PD_PY(major, minor)	((unsigned)((major) << 8 | (minor)))

struct pd_source_cache;			/* source.c: text of files by line */
struct pd_logging;			/* logging.c */

/* Where the program's standard streams go instead: run < in > out. */
struct pd_redirect {
	struct pd_str	 file[3];	/* as typed; absent: as they are */
	bool		 append[3];
	bool		 err_to_out;	/* 2>&1 */
	bool		 fresh;		/* the user starts it: files are made
					   empty; else what is there stays */
	bool		 open[3];	/* launch's are ours now ... */
	int		 before[3];	/* ... and were these */
};

struct pd_session {
	struct pd_target	*target;	/* borrowed; or a core's */
	/* While a core is open: what can start the program.  Then .target is
	 * the session's own. */
	struct pd_target	*program;
	struct pd_sink		*sink;		/* borrowed */
	/* PD_PY() of the program's Python */
	unsigned		 py;
	struct pd_str		 prompt;	/* "(pydbg) " */
	struct pd_settings	 settings;
	struct pd_logging	*logging;	/* NULL: off; see logging.c */

	/* PD_SIGINT_*, for each resume */
	unsigned		 sigint;

	/* The program. */
	struct pd_launch	 launch;	/* how to start it */
	/* as pdb names the target: the script's real path, the module */
	struct pd_str		 what;
	/* launch.argv index of the first argument behind the target */
	size_t			 program_args;
	struct pd_redirect	 redirect;	/* redirect.c */
	/* why that Python: info python */
	struct pd_str		 python_why;
	/* there is a process, stopped */
	bool			 alive;
	bool			 started;	/* it has been started once */
	bool			 postmortem;
	/* this process has stopped before */
	bool			 stopped_once;
	uint64_t		 stops;		/* that were told, of all
						   processes */
	struct pd_stop		 stop;		/* valid while alive */
	/* of the stop before; 0: none */
	uint64_t		 last_thread;

	/* The stack as seen from the selected frame. */
	uint64_t		 frame;		/* selected */
	struct pd_frames	 stack;		/* fetched lazily: have_stack */
	bool			 have_stack;

	/* the thread that is looked at; 0: the stopped one */
	uint64_t		 thread;

	/* list */
	/* last line listed; 0: none yet */
	long			 list_line;
	struct pd_source_cache	*sources;

	/* Breakpoints: struct pd_bp, by number; deleted ones leave id 0. */
	struct pd_vec		 bps;
	uint64_t		 last_bp;	/* highest number given out */

	/* What stepping passes over: struct pd_skip_entry (walk.h); numbers
	 * are positions from 1. */
	struct pd_vec		 skips;

	/* Lines to run before any that are read (;; remainders, rc, -c). */
	struct pd_vec		 queue;		/* struct pd_qline */
	struct pd_script	 script;
	struct pd_str		 last_line;	/* for the empty line */
	unsigned		 errors;	/* commands that failed */
	int			 exit_code;	/* pydbg's, when it quits */
	/* the program's when it last ended by itself; a signal adds 128 */
	bool			 child_ended;
	int			 child_code;
	/* no prompt: never restart, never wait for input */
	bool			 batch;
	/* set by quit, EOF, end states */
	bool			 quit;
	/* commands are typed at a terminal */
	bool			 terminal;
	int64_t			 stop_came;	/* pd_clock_coarse_ns(); 0: a
						   command has run since */
	bool			 frame_unshown;	/* the stop's frame is yet to be
						   shown: see line.c */
	/* Ctrl-C, set by the ui; a stop for it takes it back.  Else what
	 * would go on by itself is dropped, and the next resume says that it
	 * is done. */
	bool			 break_asked, break_answered;

	/*
	 * An answer to a question of a command ("Clear all breaks? "), handed
	 * down by the ui: shows the prompt, appends the line without its
	 * newline to out. 0, or -1 at the end of the input. NULL: no input.
	 */
	int	(*read_line)(void *read_ctx, const char *prompt,
		    struct pd_buf *out);
	void			 *read_ctx;
	/* Handed down by the ui: how wide a line may be now.  NULL: nobody
	 * knows. */
	unsigned		(*columns)(void *columns_ctx);
	void			 *columns_ctx;
	/* Likewise: takes another theme; -1 with err: there is none of that
	 * name, or it cannot be read. */
	int			(*theme)(void *theme_ctx, const char *name,
				    struct pd_err *);
	void			 *theme_ctx;
	/* Likewise: the full screen's operations; NULL: there is none. */
	const struct pd_screen_ops	*screen;
	void			 *screen_ctx;
};

enum pd_queued {
	PD_QUEUED_LINE,
	PD_QUEUED_BLANK,	/* empty, or a comment: only in a statement */
	PD_QUEUED_COMMAND,	/* of the breakpoint that was hit */
	PD_QUEUED_KEY,		/* of a key */
	PD_QUEUED_SHOW,		/* no line: the stop's frame is to be shown */
	PD_QUEUED_SILENT	/* no line: it is not to be shown */
};

struct pd_qline {
	enum pd_queued	what;
	struct pd_str	text;
	struct pd_str	from;	/* "FILE:LINE" for messages, or absent */
	bool		rc;	/* from pd_session_queue(): runs before the
				   stop's frame is shown */
};

void	pd_session_init(struct pd_session *, struct pd_target *,
	    struct pd_sink *);
void	pd_session_done(struct pd_session *);

/* Starts the program (first time, or anew) and tells its first event. */
enum pd_cmd_status	pd_session_start(struct pd_session *);
/* Looks at a core file instead, as core FILE does: corefile.c. */
enum pd_cmd_status	pd_session_core(struct pd_session *, const char *file);
/* Runs one line as typed: ;;, aliases, commands, Python. */
enum pd_cmd_status	pd_session_line(struct pd_session *, const char *,
			    size_t);
/* The same for the command line of a key: an empty line does not repeat it. */
enum pd_cmd_status	pd_session_key_line(struct pd_session *,
			    const char *, size_t);
/* Runs what is queued until empty or the session wants to end.  Gives the
 * status of the last line: FAILED if it was told as an error. */
enum pd_cmd_status	pd_session_run_queue(struct pd_session *);
/* Queues a line of a rc file, -x or -c; blank ones and comments are left out.
 * from is copied, or NULL. */
void	pd_session_queue(struct pd_session *, const char *text,
	    const char *from);
/* To be called before a prompt is shown: prints what is still to be told.
 * The prompt is what Ctrl-C asked for. */
void	pd_session_before_prompt(struct pd_session *);
/* What to prompt with now: while commands are defined, or in a recursive
 * debugger, another one than .prompt.  Borrowed. */
const struct pd_str	*pd_session_prompt(struct pd_session *);
/* Ctrl-C at the prompt: true if something was given up and told. */
bool	pd_session_interrupted(struct pd_session *);
/* Are there lines that would run without a prompt before them, of a
 * breakpoint's commands or behind a ;;? */
bool	pd_session_goes_on(struct pd_session *);
/* End of file at the prompt. */
enum pd_cmd_status	pd_session_eof(struct pd_session *);

/* ---- for commands ---------------------------------------------------- */

enum pd_cmd_status	pd_session_resume(struct pd_session *,
			    const struct pd_resume *);
/* For who resumes the target himself: what each request says of SIGINT. */
void	pd_session_sigint(struct pd_session *, struct pd_resume *);
/* After a resume of the target's own that has failed: tells why; what cannot
 * have been refused has ended the program. */
enum pd_cmd_status	pd_session_resume_failed(struct pd_session *,
			    const struct pd_err *);
/* Frames of the stopped thread; fetched once for each stop. -1: told. */
int	pd_session_stack(struct pd_session *);
const struct pd_frame	*pd_session_frame(struct pd_session *);	/* selected */
void	pd_session_select(struct pd_session *, uint64_t index);
/* "> file(line)func()->ret" and "-> source", as pdb. */
void	pd_session_print_frame(struct pd_session *, const struct pd_frame *,
	    bool current);
/* Tells err as "*** TEXT"; returns PD_CMD_FAILED. */
enum pd_cmd_status	pd_session_fail(struct pd_session *,
			    const struct pd_err *);
/* As pdb 3.13's "Invalid argument: X" with the usage below. */
enum pd_cmd_status	pd_session_bad_arg(struct pd_session *,
			    const struct pd_cmd *, const char *arg);

/* Breakpoints (bps.c). */
/* NULL if there is none with that number. */
struct pd_bp	*pd_session_bp(struct pd_session *, uint64_t id);
/* pdb's get_bpbynumber: from the user's text, telling what is wrong. */
struct pd_bp	*pd_session_bp_arg(struct pd_session *, const char *);
int	pd_session_bp_push(struct pd_session *, struct pd_bp *,
	    struct pd_err *);		/* to the engine, if there is one */
void	pd_session_bp_delete(struct pd_session *, struct pd_bp *);
void	pd_session_bp_news(struct pd_session *, const struct pd_vec *);
/* True if there is a breakpoint at that line (for list's B). */
bool	pd_session_bp_at(struct pd_session *, const char *file, uint64_t line);

/* Source (source.c): lines without their newline; borrowed until the next
 * resume; NULL when there is none. */
/* A command's needs: false if the target cannot serve them now; told. */
bool	pd_session_can(struct pd_session *, const struct pd_cmd *);
/* Starts anew as run does: args NULL keeps the arguments, else they are split
 * as shlex.split() does and replace them. */
enum pd_cmd_status	pd_session_restart(struct pd_session *,
			    const char *args);
/* Replaces the program's arguments and redirections by those typed. -1: err,
 * nothing has changed. */
int	pd_session_set_args(struct pd_session *, const char *,
	    struct pd_err *);
/* Ends the program, unwinding it, and the session as q does. */
enum pd_cmd_status	pd_session_quit(struct pd_session *);
/* Ends the program without unwinding; the session goes on. */
enum pd_cmd_status	pd_session_kill(struct pd_session *);
/* Turns an event of the target into the session's state and tells it. */
enum pd_cmd_status	pd_session_event(struct pd_session *,
			    struct pd_event *);

/* The whole text behind a frame, of which only the file counts where it is no
 * frame of the program's; NULL: none. */
const struct pd_str	*pd_source_text(struct pd_session *,
			    const struct pd_frame *);
/* Grows when texts have been forgotten: they are to be asked for anew. */
uint64_t	 pd_session_source_serial(struct pd_session *);
const char	*pd_session_source_line(struct pd_session *,
		    const struct pd_frame *, long line, size_t *len);
long		 pd_session_source_count(struct pd_session *,
		    const struct pd_frame *);

#endif
