/*
 * The one standard input of the debugger and the program.
 *
 * Where commands come from a stdin that is no terminal, commands and what
 * the program reads interleave line by line.  The debugger owns the
 * descriptor then and feeds the program through a pipe of its own, one line at
 * a time, and takes back at a stop what the program has not read.
 */
#ifndef PD_UI_STDIN_H
#define PD_UI_STDIN_H

#include <stdbool.h>

#include "base/loop.h"
#include "base/str.h"

struct pd_input {
	struct pd_loop	*loop;		/* borrowed */
	int		 fd;		/* where commands are read; not owned */
	bool		 feeds;		/* the program reads what we read */
	struct pd_buf	 buf;		/* read and not given out */
	bool		 eof;
	bool		 interrupted;	/* set by a signal's callback: ends a
					   wait for a line */
	unsigned	 running;	/* how often the program has been let
					   run without having stopped */
	bool		 fed;		/* something went into the pipe, and has
					   not been taken back */
	int		 rd;		/* the program's stdin, or -1 */
	int		 wr;		/* our end, nonblocking; -1: closed */
	int		 back;		/* rd once more, nonblocking; or -1 */
};

/* fd -1: there is no input to read commands from. */
void	pd_input_init(struct pd_input *, struct pd_loop *, int fd, bool feeds);
void	pd_input_done(struct pd_input *);

/* A descriptor for a program that is about to be started: a new pipe, or fd
 * itself where the program has it untouched.  Stays ours.  -1: errno. */
int	pd_input_program_fd(struct pd_input *);
/* It may read soon: it is fed when it has run for a moment. */
void	pd_input_program_runs(struct pd_input *);
void	pd_input_program_stopped(struct pd_input *);

enum pd_input_got {
	PD_INPUT_LINE,		/* without its newline, appended to out */
	PD_INPUT_EOF,
	PD_INPUT_INTERRUPTED,
	PD_INPUT_KEY		/* the line is a key's command, not typed */
};
/* Is there a line without waiting? */
bool	pd_input_has_line(const struct pd_input *);
/* Waits in the loop. */
enum pd_input_got	pd_input_line(struct pd_input *, struct pd_buf *out);

#endif
