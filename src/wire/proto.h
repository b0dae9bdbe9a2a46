/*
 * The messages between debugger and debuggee.
 *
 * A message is a length (4 bytes, little endian, of what follows) and a CBOR
 * array [kind, op, body] (RFC 8949, definite lengths only).  body is the
 * op's record as a map from field keys to values.  The debugger asks, the
 * engine answers in order with the same op, kind REPLY or ERROR (a pd_text);
 * only to RESUME the answer is the event that ends the run.
 * The engine sends events on its own: STOP and FINISH while the program runs,
 * OUTPUT during EXEC (which the debugger answers with a REPLY of op OUTPUT once
 * it has shown the text, so that the order of output holds).
 *
 * One table, proto.c; each op is one row.
 */
#ifndef PD_WIRE_PROTO_H
#define PD_WIRE_PROTO_H

#include <signal.h>

#include "model/records.h"

#define PD_WIRE_VERSION	2
#define PD_WIRE_MAX	(64u << 20)	/* bytes; a longer message is garbage */

/* In the debuggee's environment: the channel's fd, in decimal. */
#define PD_WIRE_ENV	"PYDBG_CHANNEL"
/* There too: a memory file for last words (start/doors.h); may be missing. */
#define PD_WORDS_ENV	"PYDBG_WORDS"
/* The debugger wakes a running engine with this (sigqueue); the engine has its
 * handler in place from READY to the end. */
#define PD_WAKE_SIGNAL	(SIGRTMAX - 2)
/* The program tells the debugger with this that it got a SIGINT which is to
 * stop it: so a second one is noticed where the first had no effect. */
#define PD_TOLD_SIGNAL	(SIGRTMAX - 4)

enum pd_kind { PD_KIND_REQUEST, PD_KIND_REPLY, PD_KIND_ERROR, PD_KIND_EVENT };

enum pd_op {
	PD_OP_HELLO = 1,	/* event of start.so; answered by WELCOME */
	PD_OP_WELCOME,		/* request to start.so, no reply */
	PD_OP_FAILED,		/* event: the start failed; pd_text */
	PD_OP_READY,		/* event: the engine is up; pd_python */
	PD_OP_STOP,		/* event: pd_stop */
	PD_OP_FINISH,		/* event: pd_finish */
	PD_OP_OUTPUT,		/* event during EXEC: pd_text; replied to */
	PD_OP_RESUME,		/* request; answered by the next event, or by
				   an ERROR: still stopped */
	PD_OP_FRAMES,
	PD_OP_EVAL,
	PD_OP_EXEC,		/* reply: pd_value, only failed and its text */
	PD_OP_VARS,
	PD_OP_SOURCE,
	PD_OP_LOCATE,
	PD_OP_BP_SET,		/* adds, or replaces the one with that id */
	PD_OP_BP_DEL,
	PD_OP_CHECK,		/* reply: pd_value, failed if not compiled */
	PD_OP_PYTHON,
	PD_OP_NOTICE,		/* event: pd_text, a line to tell; no reply */
	PD_OP_THREADS,
	PD_OP_THREAD,		/* selects; reply: the thread with its frame */
	PD_OP_SKIP,		/* all that stepping is to pass over */
	PD_OP_CODE,
	PD_OP_NAMES,
	PD_OP_COMPLETE,
	PD_OP_JUMP,
	PD_OP_MARK,
	PD_OP_OBJECT,		/* the source of an expression's value */
	PD_OP_EXCEPTIONS,
	PD_OP_CHILDREN,		/* what a value consists of */
	PD_OP_DUMP,		/* a core file is to be written */
	PD_OP_STDIO,		/* another terminal for the program */
	PD_OP_KEEP,		/* $1, $2, ...: what a dump has shown */
	PD_OP_MAX
};

struct pd_op_row {
	const char		*name;
	const struct pd_desc	*body;	/* of the request or event */
	const struct pd_desc	*reply;	/* NULL: none */
};

/* NULL for a number that is no op. */
const struct pd_op_row	*pd_op_row(unsigned op);
/* The record of a message of that kind and op; NULL if there is none. */
const struct pd_desc	*pd_op_desc(unsigned kind, unsigned op);
const char		*pd_kind_name(unsigned kind);

#endif
