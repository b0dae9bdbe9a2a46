/*
 * The records: what a target says and is asked, as plain C data.
 *
 * The same structs are what the commands see, what the wire carries and what
 * a core file will store.  None holds a pointer into Python.  Each has a
 * description, NAME_desc, in records.c (see field.h).
 *
 * Frames are numbered from 0, the innermost.  Lines count from 1; 0 is "no
 * line".  Texts are bytes, UTF-8 where Python had text.
 */
#ifndef PD_MODEL_RECORDS_H
#define PD_MODEL_RECORDS_H

#include "model/children.h"
#include "model/dumpreq.h"
#include "model/graph.h"
#include "model/field.h"
#include "model/stdio.h"

/* One frame of a stopped thread. */
struct pd_frame {
	uint64_t	 index;		/* 0 is the innermost */
	struct pd_str	 file;		/* canonical name, as bdb.canonic() */
	struct pd_str	 func;		/* co_name */
	uint64_t	 line;
	uint64_t	 firstline;	/* co_firstlineno */
	struct pd_str	 source;	/* the line, stripped; absent: none */
	bool		 is_module;	/* module level: locals are globals */
	bool		 has_retval;	/* is being left: --Return-- */
	struct pd_str	 retval;	/* its reprlib.repr(), bounded */
	bool		 hidden;	/* not the program's: runpy and such */
	struct pd_str	 args;		/* reserved */
	uint64_t	 now;		/* f_lineno where it is not line: post
					   mortem, in a finally; 0: the same */
	uint64_t	 mark;		/* its own number, where it was marked
					   (PD_OP_MARK); 0: it was not */
};
extern const struct pd_desc pd_frame_desc;

struct pd_thread {
	uint64_t	 id;		/* our number: 1 is the main thread */
	uint64_t	 ident;		/* threading.get_ident() */
	struct pd_str	 name;		/* threading's name, or absent */
	bool		 current;
	struct pd_frame	 frame;		/* its innermost; in a list only */
};
extern const struct pd_desc pd_thread_desc;

/*
 * A breakpoint as the debugger wants it and the engine keeps it.  The
 * debugger numbers them and owns the truth; the engine counts hits.
 */
struct pd_bp {
	uint64_t	 id;		/* number that the user sees */
	struct pd_str	 file;		/* canonical */
	uint64_t	 line;		/* as shown: before 3.13 the def line
					   for function breakpoints */
	struct pd_str	 func;		/* co_name if set by function */
	struct pd_str	 cond;		/* absent: unconditional */
	bool		 enabled;
	bool		 temporary;
	uint64_t	 ignore;	/* crossings still to be ignored */
	uint64_t	 hits;
	bool		 pending;	/* its file has not been run yet */
	struct pd_str	 print;		/* dprintf's "format",args: print that
					   and go on; absent: stop */
	bool		 once;		/* enabled for one hit */
	uint64_t	 thread;	/* only in that one; 0: in any */
	struct pd_str	 qualname;	/* co_qualname if set by function */
};
extern const struct pd_desc pd_bp_desc;

/* What became of a breakpoint since the debugger last heard. */
struct pd_bp_news {
	uint64_t	 id;
	uint64_t	 hits;
	uint64_t	 ignore;
	bool		 hit;		/* it is a reason of this stop */
	bool		 gone;		/* temporary, used up */
	struct pd_str	 error;		/* its condition raised: the text */
	bool		 off;		/* .once: it is disabled now */
};
extern const struct pd_desc pd_bp_news_desc;

enum pd_stop_kind {
	PD_STOP_NONE,
	PD_STOP_LINE,		/* a step, a breakpoint, the first line */
	PD_STOP_CALL,		/* --Call-- */
	PD_STOP_RETURN,		/* --Return-- */
	PD_STOP_EXCEPTION,	/* an exception passes, while stepping */
	PD_STOP_POSTMORTEM,	/* nothing caught it; the frames are alive */
	PD_STOP_INLINE,		/* breakpoint() or pdb.set_trace(), 3.13 on */
	PD_STOP_CORE		/* no stop: a core file is looked at */
};

struct pd_stop {
	uint64_t	 kind;		/* enum pd_stop_kind */
	struct pd_thread thread;
	struct pd_frame	 frame;		/* the innermost; post mortem: where
					   the exception was raised */
	uint64_t	 selected;	/* frame to select; see .frame */
	struct pd_vec	 bps;		/* struct pd_bp_news */
	struct pd_str	 exception;	/* last line of format_exception_only */
	bool		 exc_internal;	/* "Internal StopIteration" */
	bool		 exc_syntax;	/* the script's own SyntaxError */
	bool		 interrupted;	/* Ctrl-C */
	bool		 first;		/* the program's first line */
	struct pd_str	 header;	/* set_trace(header=...) */
	struct pd_str	 notice;	/* a line to be told first, or absent */
	uint64_t	 mtime;		/* of frame.file, ns; 0 unknown */
	bool		 finished;	/* finish: its frame has returned ... */
	struct pd_str	 returned;	/* ... with this: reprlib.repr() */
	uint64_t	 skipped;	/* frames that a step passed over */
	struct pd_str	 insn;		/* stepi: the next instruction */
	uint64_t	 depth;		/* of recursive debuggers; 0: none */
	bool		 left;		/* one has ended: this is the stop that
					   it was begun at, once more */
	struct pd_str	 error;		/* ... by this exception */
};
extern const struct pd_desc pd_stop_desc;

/* ---- requests and replies ------------------------------------------- */

enum pd_resume_mode {
	PD_RESUME_CONTINUE,
	PD_RESUME_STEP,
	PD_RESUME_NEXT,
	PD_RESUME_RETURN,
	PD_RESUME_UNTIL,	/* .line 0: a line above the present one */
	PD_RESUME_QUIT,		/* unwind the program: finally, atexit */
	PD_RESUME_DEBUG,	/* run .text in the frame under the debugger;
				   its end is told by a stop with .left */
	PD_RESUME_LEAVE,	/* unwind what the last DEBUG has begun */
	PD_RESUME_EVENT		/* with .insn: to the nearest event, where a
				   jump is possible; of a trap's line none of
				   the instructions is done */
};

struct pd_resume {
	uint64_t	 mode;		/* enum pd_resume_mode */
	uint64_t	 frame;		/* selected: next, return, until */
	uint64_t	 line;		/* until */
	uint64_t	 count;		/* repeat that often; 0 and 1: once */
	struct pd_str	 name;		/* step: only into this function */
	bool		 insn;		/* step, next: by instruction */
	bool		 finish;	/* return: stop behind the call */
	struct pd_str	 text;		/* debug: code */
	uint64_t	 sigint;	/* PD_SIGINT_*; 0: it stops the program,
					   which is not given it */
	bool		 answered;	/* what Ctrl-C asked for until now has
					   been done */
};
enum { PD_SIGINT_NOSTOP = 1, PD_SIGINT_PASS = 2 };
extern const struct pd_desc pd_resume_desc;

struct pd_frames_req {
	uint64_t	 thread;	/* 0: the stopped one */
	uint64_t	 first;		/* index of the first wanted */
	uint64_t	 max;		/* 0: all */
};
extern const struct pd_desc pd_frames_req_desc;

struct pd_frames {
	struct pd_vec	 frames;	/* struct pd_frame, innermost first */
	uint64_t	 total;		/* frames that there are */
};
extern const struct pd_desc pd_frames_desc;

enum pd_eval_style {
	PD_EVAL_REPR,		/* p */
	PD_EVAL_PPRINT,		/* pp */
	PD_EVAL_WHATIS,		/* whatis: pdb's words */
	PD_EVAL_STR,		/* str(value), for program output */
	PD_EVAL_SAFE		/* repr; what it raises is told in its place,
				   as display does: never failed */
};

struct pd_eval {
	uint64_t	 frame;
	struct pd_str	 text;		/* the expression */
	uint64_t	 style;		/* enum pd_eval_style */
	uint64_t	 max;		/* bytes of text wanted; 0: default */
	uint64_t	 depth;		/* containers in each other; 0: all */
};
extern const struct pd_desc pd_eval_desc;

/*
 * A value as text.  If failed is set the program's code raised and text is
 * the last line of format_exception_only, as "NameError: name 'x' ...".
 */
struct pd_value {
	struct pd_str	 text;
	bool		 failed;
	bool		 cut;		/* text ends before the value does */
	uint64_t	 total;		/* len() of it if cut, 0: unknown */
	bool		 incomplete;	/* of a check: a statement that wants
					   further lines */
};
extern const struct pd_desc pd_value_desc;

/* A statement: compiled in 'single' mode in the frame, may print. */
struct pd_exec {
	uint64_t	 frame;
	struct pd_str	 text;
	bool		 console;	/* in interact's namespace; a failure's
					   text is its whole traceback */
	bool		 fresh;		/* ... that is made anew here */
};
extern const struct pd_desc pd_exec_desc;

enum pd_vars_which { PD_VARS_ARGS, PD_VARS_LOCALS, PD_VARS_GLOBALS };

struct pd_vars_req {
	uint64_t	 frame;
	uint64_t	 which;		/* enum pd_vars_which */
	uint64_t	 max;		/* bytes for each value; 0: default */
	uint64_t	 depth;		/* as pd_eval's */
};
extern const struct pd_desc pd_vars_req_desc;

struct pd_var {
	struct pd_str	 name;
	bool		 undefined;	/* an argument that was deleted */
	struct pd_value	 value;
};
extern const struct pd_desc pd_var_desc;

struct pd_vars {
	struct pd_vec	 vars;		/* struct pd_var */
};
extern const struct pd_desc pd_vars_desc;

/* The text of a file as Python would decode it, re-encoded to UTF-8. */
struct pd_source_req {
	struct pd_str	 file;		/* canonical, or what a frame says */
	uint64_t	 frame;		/* its globals' loader may have it */
};
extern const struct pd_desc pd_source_req_desc;

struct pd_source {
	struct pd_str	 text;		/* absent: there is none */
	uint64_t	 mtime;		/* ns since the epoch; 0: not a file */
};
extern const struct pd_desc pd_source_desc;

/*
 * Where a breakpoint is to go.  Give file and line, or spec (a function, as
 * pdb's break takes it: an expression, or a name to be found in a file).
 */
struct pd_locate {
	struct pd_str	 file;		/* as typed; absent: the frame's file */
	uint64_t	 line;		/* 0: spec */
	struct pd_str	 spec;
	uint64_t	 frame;
};
extern const struct pd_desc pd_locate_desc;

enum pd_locate_status {
	PD_LOCATE_OK,
	PD_LOCATE_NO_FILE,	/* 'f' not found from sys.path */
	PD_LOCATE_NO_FUNC,	/* The specified object 'x' is not ... */
	PD_LOCATE_BLANK,	/* Blank or comment */
	PD_LOCATE_EOF		/* End of file */
};

struct pd_location {
	uint64_t	 status;	/* enum pd_locate_status */
	struct pd_str	 file;		/* canonical */
	uint64_t	 line;		/* to be shown and set */
	struct pd_str	 func;		/* co_name, if by function */
	uint64_t	 asked;		/* not 0: no code there, moved */
	bool		 pending;	/* the file has not been run yet */
	struct pd_str	 qualname;	/* co_qualname, if by function */
};
extern const struct pd_desc pd_location_desc;

struct pd_bp_id {
	uint64_t	 id;
};
extern const struct pd_desc pd_bp_id_desc;

/*
 * A condition (or any expression): does it compile?  With .statement set the
 * text is what was typed of a statement so far, lines joined by newlines; the
 * answer's .incomplete says that more is to come, as
 * codeop.compile_command() decides.
 */
struct pd_check {
	struct pd_str	 text;
	bool		 statement;
};
extern const struct pd_desc pd_check_desc;

enum pd_complete_what {
	PD_COMPLETE_EXPR,	/* names, attributes, keys, keyword arguments */
	PD_COMPLETE_STATEMENT,	/* the same, and all keywords */
	PD_COMPLETE_FUNCTION,	/* dotted names that lead to functions */
	PD_COMPLETE_LINE	/* lines with code and functions of a file */
};

/*
 * How could this text go on?  Answered without running any of the program's
 * code: no property, no __getattr__, no __eq__.
 */
struct pd_complete_req {
	uint64_t	 frame;
	uint64_t	 what;		/* enum pd_complete_what */
	struct pd_str	 text;		/* Python, up to the cursor; for LINE
					   the file as typed, absent: the
					   frame's */
};
extern const struct pd_desc pd_complete_req_desc;

struct pd_complete {
	uint64_t	 from;		/* byte of the text at which each item
					   takes the place of what is there */
	struct pd_vec	 items;		/* struct pd_str, in no order, may be
					   there twice */
	bool		 cut;		/* there were more */
};
extern const struct pd_desc pd_complete_desc;

struct pd_python {
	struct pd_str	 version;	/* "3.11.2" */
	uint64_t	 hex;		/* PY_VERSION_HEX */
	struct pd_str	 executable;	/* sys.executable */
	struct pd_str	 prefix;	/* sys.prefix */
	struct pd_str	 engine;	/* file of the engine */
	uint64_t	 pid;
	struct pd_str	 backend;	/* the hook: "trace", ... */
	bool		 ring;		/* READY: what follows goes through the
					   memory of wire/ring.h */
};
extern const struct pd_desc pd_python_desc;

/* All threads, the stopped one first. */
struct pd_threads {
	struct pd_vec	 threads;	/* struct pd_thread */
};
extern const struct pd_desc pd_threads_desc;

/* Selects the thread that all requests are about; .thread 0: the stopped. */
struct pd_thread_req {
	uint64_t	 thread;
};
extern const struct pd_desc pd_thread_req_desc;

enum pd_skip_kind { PD_SKIP_FUNCTION, PD_SKIP_FILE, PD_SKIP_MODULE,
	PD_SKIP_LIBRARY };

/* Code that stepping passes over. */
struct pd_skip {
	uint64_t	 kind;		/* enum pd_skip_kind */
	struct pd_str	 text;		/* name or pattern; library: absent */
	struct pd_str	 file;		/* function: in that file, or absent */
};
extern const struct pd_desc pd_skip_desc;

struct pd_skips {
	struct pd_vec	 skips;		/* struct pd_skip: all of them */
};
extern const struct pd_desc pd_skips_desc;

/* Bytecode: of the frame's function, or of what an expression gives. */
struct pd_code_req {
	uint64_t	 frame;
	struct pd_str	 text;		/* the expression; absent: the frame */
};
extern const struct pd_desc pd_code_req_desc;

struct pd_insn {
	uint64_t	 offset;
	uint64_t	 line;		/* 0: none */
	struct pd_str	 text;		/* "LOAD_FAST 0 (n)" */
	bool		 current;	/* the frame is at it */
	bool		 target;	/* something jumps here */
};
extern const struct pd_desc pd_insn_desc;

struct pd_code {
	struct pd_str	 file;		/* canonical */
	struct pd_str	 func;		/* co_qualname */
	struct pd_vec	 insns;		/* struct pd_insn */
};
extern const struct pd_desc pd_code_desc;

enum pd_names_which { PD_NAMES_MODULES, PD_NAMES_FUNCTIONS };

/* What the program has: modules; functions of the frame's module or of all. */
struct pd_names_req {
	uint64_t	 which;		/* enum pd_names_which */
	uint64_t	 frame;
	bool		 all;
};
extern const struct pd_desc pd_names_req_desc;

struct pd_name {
	struct pd_str	 name;		/* a function's is its co_qualname */
	struct pd_str	 file;		/* absent: built in */
	uint64_t	 line;
};
extern const struct pd_desc pd_name_desc;

struct pd_names {
	struct pd_vec	 names;		/* struct pd_name */
};
extern const struct pd_desc pd_names_desc;

/* Where the frame is to go on; the answer is the frame as it is then. */
struct pd_jump {
	uint64_t	 frame;
	uint64_t	 line;
};
extern const struct pd_desc pd_jump_desc;

/* Gives a frame a number of its own; the answer is the frame with its .mark. */
struct pd_mark {
	uint64_t	 frame;
};
extern const struct pd_desc pd_mark_desc;

/* The source of an object, as inspect finds it. */
struct pd_object {
	struct pd_str	 text;		/* its lines, or why there are none */
	uint64_t	 line;		/* the first one's number */
	bool		 failed;
};
extern const struct pd_desc pd_object_desc;

/* Post mortem: the exceptions that led to one another, the first to be raised
 * at the front. */
struct pd_exc {
	struct pd_str	 text;		/* repr(), bounded */
	bool		 has_tb;
	uint64_t	 of;		/* 0, or behind the others: the place,
					   from 1, of the group that it is in
					   or of the one that it led to */
	bool		 member;
};
extern const struct pd_desc pd_exc_desc;

struct pd_exceptions_req {
	bool		 select;	/* look at that one from now on */
	uint64_t	 index;
};
extern const struct pd_desc pd_exceptions_req_desc;

struct pd_exceptions {
	struct pd_vec	 excs;		/* struct pd_exc */
	uint64_t	 current;
};
extern const struct pd_desc pd_exceptions_desc;

struct pd_nothing {
	bool		 unused;
};
extern const struct pd_desc pd_nothing_desc;

/* ---- the start -------------------------------------------------------- */

/* The first thing that pydbg-start.so says, from inside a Python. */
struct pd_hello {
	uint64_t	 protocol;	/* PD_WIRE_VERSION */
	uint64_t	 pid;
	uint64_t	 hex;		/* Py_Version; 0: before 3.11 */
	struct pd_str	 version;	/* Py_GetVersion() */
	struct pd_vec	 argv;		/* struct pd_str */
	bool		 free_threaded;
};
extern const struct pd_desc pd_hello_desc;

enum pd_welcome_what {
	PD_WELCOME_REFUSE,	/* end with status 2, the front says why */
	PD_WELCOME_PASS,	/* not the python meant: run as is */
	PD_WELCOME_GO		/* load .engine and run the program under it */
};

struct pd_welcome {
	uint64_t	 what;		/* enum pd_welcome_what */
	struct pd_str	 engine;	/* path of the engine to load */
	struct pd_str	 log;		/* PYDBG_LOG for the engine */
	bool		 abort_on_bug;
};
extern const struct pd_desc pd_welcome_desc;

/* How the program ended, told before its process does (SystemExit, last
 * counts); a process that dies of a signal or os._exit sends none. */
struct pd_finish {
	bool		 system_exit;	/* by SystemExit */
	struct pd_str	 text;		/* str(e), as pdb prints it */
	struct pd_vec	 bps;		/* struct pd_bp_news */
};
extern const struct pd_desc pd_finish_desc;

struct pd_text {
	struct pd_str	 text;
};
extern const struct pd_desc pd_text_desc;

#endif
