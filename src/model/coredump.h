/*
 * The records of a core file, all but the objects (core/format.h).
 *
 * Described by tables in coredump.c, as all records are; see field.h.  Texts
 * are bytes, UTF-8 with lone surrogates as Python's surrogatepass has them,
 * file names as surrogateescape has them.  Numbers of records count from 1;
 * 0 is "none".
 */
#ifndef PD_MODEL_COREDUMP_H
#define PD_MODEL_COREDUMP_H

#include "model/field.h"

enum pd_core_why {
	PD_CORE_WHY_UNKNOWN,
	PD_CORE_WHY_UNCAUGHT,	/* nothing caught the exception */
	PD_CORE_WHY_COMMAND,	/* generate-core-file */
	PD_CORE_WHY_CALL	/* pydbg.dump() */
};

/* What, when, where. */
struct pd_core_head {
	struct pd_str	 writer;	/* "pydbg 0.1.0" */
	uint64_t	 time;		/* ns since the epoch */
	uint64_t	 why;		/* enum pd_core_why */
	uint64_t	 pid;
	struct pd_str	 script;	/* as `where` would say its name */
	struct pd_vec	 argv;		/* struct pd_str: sys.argv */
	struct pd_str	 cwd;
	struct pd_str	 version;	/* "3.11.2" */
	uint64_t	 hex;		/* PY_VERSION_HEX */
	struct pd_str	 version_text;	/* sys.version */
	struct pd_str	 executable;
	struct pd_str	 prefix;
	struct pd_str	 platform;	/* "Linux-6.1.0-x86_64", as uname */
	struct pd_str	 host;		/* nodename */
	struct pd_vec	 env;		/* struct pd_str: NAME=value; a secret
					   is NAME=<redacted> */
	uint64_t	 max_bytes;	/* the budgets, 0: none */
	uint64_t	 max_objects;
	uint64_t	 max_ms;
	uint64_t	 max_depth;
	uint64_t	 uptime;	/* of the process, ns; 0: not known */
	struct pd_vec	 path;		/* struct pd_str: sys.path */
	struct pd_str	 output;	/* the last lines that it wrote to a
					   terminal, or absent */
};
extern const struct pd_desc pd_core_head_desc;

/* An exception.  Its traceback is frames of table FRAME, one behind the other,
 * innermost first; of the current thread's innermost exception they are
 * followed by the thread's frames below the traceback. */
struct pd_core_exc {
	uint64_t	 object;	/* its number in table OBJECT */
	struct pd_str	 type;		/* as a traceback names it */
	struct pd_str	 text;		/* last line of format_exception_only;
					   absent: only code would know */
	struct pd_vec	 notes;		/* struct pd_str: those that are str */
	uint64_t	 cause;		/* numbers in table EXC */
	uint64_t	 context;
	bool		 suppress;	/* __suppress_context__ */
	struct pd_vec	 members;	/* uint64_t: a group's exceptions */
	uint64_t	 first;		/* of its frames */
	uint64_t	 count;
	uint64_t	 raised;	/* of these, that the exception passed
					   through; the others are outside */
	uint64_t	 thread;	/* that raised it, or 0 */
};
extern const struct pd_desc pd_core_exc_desc;

struct pd_core_thread {
	uint64_t	 id;		/* pydbg's number: 1 is the main one */
	uint64_t	 ident;		/* threading.get_ident() */
	struct pd_str	 name;		/* threading's, or absent */
	uint64_t	 first;		/* of its frames in table FRAME */
	uint64_t	 count;
	uint64_t	 exc;		/* in table EXC: what it died of, or
					   what is being handled, or 0 */
	bool		 daemon;
};
extern const struct pd_desc pd_core_thread_desc;

struct pd_core_frame {
	struct pd_str	 file;		/* canonical, as pd_frame's */
	struct pd_str	 func;		/* co_name */
	struct pd_str	 qualname;	/* co_qualname */
	struct pd_str	 module;	/* __name__ of its globals */
	uint64_t	 line;		/* a traceback's: tb_lineno */
	uint64_t	 now;		/* f_lineno where it is not line, or 0*/
	uint64_t	 firstline;
	uint64_t	 lasti;		/* offset of the instruction, bytes */
	bool		 is_module;	/* module level: locals are globals */
	bool		 hidden;	/* not the program's: runpy and such */
	uint64_t	 vars;		/* in table OBJECT: a NAMESPACE, or the
					   DICT that its locals are */
	uint64_t	 globals;	/* in table OBJECT */
	uint64_t	 nargs;		/* the first of vars are arguments */
	uint64_t	 same;		/* number of the record of the same
					   frame that came before (a traceback
					   and its thread share it), or 0 */
	struct pd_str	 retval;	/* reprlib.repr() where it is being left
					   and code could run */
	bool		 has_retval;
	uint64_t	 source;	/* in table SOURCE, or 0 */
	uint64_t	 code;		/* in table OBJECT: its CODE, or 0 */
	uint64_t	 col;		/* of the instruction, from 1; 0: not
					   known; and where it ends */
	uint64_t	 end_line;
	uint64_t	 end_col;
};
extern const struct pd_desc pd_core_frame_desc;

struct pd_core_source {
	struct pd_str	 file;		/* as frames say it */
	struct pd_str	 text;		/* decoded, in UTF-8 */
	uint64_t	 mtime;		/* ns since the epoch, or 0 */
	bool		 cut;		/* its end is missing */
};
extern const struct pd_desc pd_core_source_desc;

/*
 * A type.  repr and str name what repr() and str() of an instance would run:
 * "builtins.object.__repr__", "enum.Enum.__repr__", "app.User.__repr__"
 * (module and qualname of the function, or of the class that has the slot in
 * C); "dataclass" and "namedtuple" for those that these modules generate.  A
 * reader prints what it knows, and the rest as object.__repr__ does.
 */
struct pd_core_type {
	struct pd_str	 module;	/* __module__, or tp_name's beginning */
	struct pd_str	 qualname;
	uint64_t	 object;	/* the class in table OBJECT, or 0 */
	struct pd_vec	 mro;		/* uint64_t in table TYPE, itself
					   first; may name types that stand
					   behind it */
	struct pd_str	 repr;
	struct pd_str	 str;
	struct pd_vec	 fields;	/* struct pd_str: a dataclass' fields
					   with repr, a namedtuple's fields */
	uint64_t	 size;		/* tp_basicsize */
	uint64_t	 flags;		/* PD_CORE_TYPE_* */
	uint64_t	 meta;		/* its own type, in table TYPE */
};
enum {
	PD_CORE_TYPE_HEAP	= 1 << 0,	/* made by a class statement or
						   PyType_FromSpec */
	PD_CORE_TYPE_GETATTR	= 1 << 1,	/* has its own __getattr__ or
						   __getattribute__ */
	PD_CORE_TYPE_EQ		= 1 << 2,	/* == is done by Python code */
	PD_CORE_TYPE_LEN	= 1 << 3,	/* as is len() */
	PD_CORE_TYPE_ITER	= 1 << 4,	/* ... iteration, */
	PD_CORE_TYPE_ITEM	= 1 << 5,	/* ... x[i], */
	PD_CORE_TYPE_BOOL	= 1 << 6,	/* ... truth, */
	PD_CORE_TYPE_CONTAINS	= 1 << 7,	/* ... `in`, */
	PD_CORE_TYPE_HASH	= 1 << 8,	/* ... hash(), */
	PD_CORE_TYPE_COMPARE	= 1 << 9,	/* ... <, <=, >, >= */
	PD_CORE_TYPE_NUMBER	= 1 << 10,	/* ... + and its like */
	PD_CORE_TYPE_ENUM	= 1 << 11,	/* a class of enum */
	PD_CORE_TYPE_DATACLASS	= 1 << 12,
	PD_CORE_TYPE_NAMEDTUPLE	= 1 << 13
};
extern const struct pd_desc pd_core_type_desc;

struct pd_core_module {
	struct pd_str	 name;
	struct pd_str	 file;		/* absent: built in */
	struct pd_str	 version;	/* __version__ if it is a str */
	uint64_t	 object;	/* in table OBJECT, or 0 */
};
extern const struct pd_desc pd_core_module_desc;

/* How the walk ended.  Missing where the writer was killed. */
struct pd_core_end {
	uint64_t	 objects;	/* written */
	uint64_t	 unwritten;	/* met, but not written */
	uint64_t	 cut;		/* enum pd_core_cut: what ended it */
	uint64_t	 ms;		/* that it took */
	uint64_t	 cut_objects;	/* written with something left out */
};
extern const struct pd_desc pd_core_end_desc;

#endif
