/*
 * The request for a core file, and what became of it.
 */
#ifndef PD_MODEL_DUMPREQ_H
#define PD_MODEL_DUMPREQ_H

#include "model/field.h"

/* Budgets; 0: none. */
struct pd_dump_limits {
	uint64_t	 bytes;		/* of the file */
	uint64_t	 objects;
	uint64_t	 ms;
	uint64_t	 depth;		/* steps from a frame's variable */
	struct pd_str	 redact;	/* further parts of the names of
					   variables of the environment whose
					   values are left out: "pin,licence" */
};
extern const struct pd_desc pd_dump_limits_desc;

/* The defaults of the command, of pydbg.dump() and of --dump-on-crash. */
#define PD_DUMP_BYTES	((uint64_t)256 << 20)
#define PD_DUMP_OBJECTS	((uint64_t)5000000)
#define PD_DUMP_MS	((uint64_t)10000)
#define PD_DUMP_DEPTH	((uint64_t)0)

struct pd_dump_req {
	struct pd_str	 file;		/* absolute; absent: by the program's
					   name and pid, where it is */
	struct pd_dump_limits limits;
	bool		 in_place;	/* .file is there: write to it */
	bool		 all;		/* also what no frame leads to */
	uint64_t	 frame;		/* of .text */
	struct pd_str	 text;		/* an expression: which object is its
					   value?  Or absent */
	struct pd_str	 output;	/* the last lines that the program has
					   written; absent: not known */
};
extern const struct pd_desc pd_dump_req_desc;

struct pd_dump_report {
	struct pd_str	 file;		/* absolute */
	uint64_t	 bytes;
	uint64_t	 objects;	/* written */
	uint64_t	 unwritten;	/* met, but left out */
	struct pd_str	 limit;		/* that ended it: "bytes", "objects",
					   "seconds", "depth"; or absent */
	uint64_t	 ms;
	uint64_t	 ident;		/* id() of .text's value */
	bool		 failed;	/* it has none: .note is what it raised;
					   nothing was written */
	struct pd_str	 note;
};
extern const struct pd_desc pd_dump_report_desc;

#endif
