/*
 * A fake target, for tests of commands.
 *
 * It serves what a script says, and keeps a log of what it was asked.  The
 * script is text, a line for each thing:
 *
 *   python 0x030d00f0 3.13.0      the version that it claims to be
 *   stop KIND FILE:LINE FUNC SOURCE
 *                                 the next event: KIND is line, call, return,
 *                                 exception, postmortem or syntax; SOURCE may
 *                                 be left out
 *   frame FILE:LINE FUNC SOURCE   the next outer frame of that stop
 *   first N                       firstline of the last frame
 *   now N                         .now of the last frame
 *   retval TEXT                   the last frame returns it
 *   exception TEXT                of the last stop
 *   thread ID NAME                of the last stop
 *   hit ID HITS [gone] [error=TEXT]   news of the last event
 *   interrupted                   the last stop is a Ctrl-C
 *   finish STATUS                 the next event: it runs to its end
 *   sysexit STATUS TEXT           ... by SystemExit
 *   exit STATUS                   ... by os._exit()
 *   signal N                      ... by a signal
 *   detached                      the last event came after an exec
 *   last TEXT                     last known line, of the last event
 *   eval EXPR => TEXT             p, pp and whatis of EXPR
 *   fail EXPR => TEXT             ... raises; also a statement, a condition
 *   exec STATEMENT => TEXT        a statement that prints TEXT and a newline
 *   complete TEXT => ITEM ITEM    how TEXT can go on: the items take the place
 *                                 of its last word
 *   var NAME => TEXT              an argument; "undefined" for TEXT is that
 *   child PLACE LABEL TYPE => TEXT
 *                                 the next child of a value.  PLACE is args:,
 *                                 locals:, globals: or EXPR:, and positions
 *                                 between dots: locals:0.2; TYPE property is
 *                                 one, and "module" a module
 *   also ID NAME FILE:LINE FUNC   another thread
 *   insn OFFSET LINE TEXT         the next instruction; the one at which the
 *                                 frame is has an = before its OFFSET
 *   func SPEC => FILE:LINE        where a function is
 *   file NAME => FILE             what a name stands for
 *   move FILE:LINE => LINE        a line without code
 *   text FILE                     lines that follow, each behind a "|", are
 *                                 the file's
 *
 * Events come in their order, to start and to resume alike; when there are no
 * more, a resume fails.  Asked to unwind (q), it says so in the log and ends.
 */
#ifndef PD_TARGET_FAKE_H
#define PD_TARGET_FAKE_H

#include "target/target.h"

/* NULL with err if the script has a line that it does not know. */
struct pd_target	*pd_target_fake_new(const char *script,
			    struct pd_err *);
/* What was asked since the last call, a line each; borrowed until the next
 * request or call. */
const char	*pd_target_fake_log(struct pd_target *);

#endif
