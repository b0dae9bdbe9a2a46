/*
 * Who has the terminal: the debugger at its prompt, or the program.
 *
 * The terminal has a foreground process group and modes.  The program has a
 * group of its own if stdin is our controlling terminal and we were in its
 * foreground when it was started; otherwise it shares ours and only the modes
 * change hands.
 */
#ifndef PD_UI_TERMINAL_H
#define PD_UI_TERMINAL_H

#include <sys/ioctl.h>
#include <sys/types.h>

#include <stdbool.h>
#include <termios.h>

struct pd_terminal {
	int		 fd;		/* owned; -1: there is none */
	bool		 job;		/* stdin is our controlling terminal */
	bool		 running;	/* the program is to have it ... */
	bool		 given;		/* ... and does */
	bool		 resumed;	/* it goes on, with all of its group */
	bool		 wake_group;	/* others of its group were halted */
	pid_t		 group;		/* the program's own group; 0: ours */
	pid_t		 holder;	/* group that had it last; 0: group */
	struct termios	 ours, theirs;
	bool		 have_theirs;
	struct winsize	 size;		/* when we took it */
};

/* Notes the modes; from now on they are put back where a deadly signal that
 * can be caught ends us.  One at a time. */
void	 pd_terminal_init(struct pd_terminal *);
/* Takes the terminal back. */
void	 pd_terminal_done(struct pd_terminal *);

/* Where lines and keys of stdin are read: a file description of our own on its
 * terminal, from which a read never waits.  A Ctrl-C takes away what poll has
 * seen, and a read that waits then would not hear of the Ctrl-C.  Where there
 * can be none, or stdin is no terminal, it is stdin.  To be closed by
 * pd_terminal_input_done(). */
int	 pd_terminal_input(void);
void	 pd_terminal_input_done(int fd);

/* While the terminal shows a full screen: what is written to it to end that,
 * where a deadly signal ends us.  Kept by the caller; NULL: it shows none. */
void	 pd_terminal_screen(const char *, size_t);

/* A program is about to be started: is it to have a group of its own? */
bool	 pd_terminal_begin(struct pd_terminal *);
/* The program runs (group: its own, or 0), and has stopped or ended.  Given
 * lazily if give is false: when it asks. */
void	 pd_terminal_run(struct pd_terminal *, pid_t group, bool give);
void	 pd_terminal_stop(struct pd_terminal *);
/* The program goes on, behind pd_terminal_run(): so do others of its group
 * that were halted at the stop.  Not for an evaluation: one that began to read
 * then would go on reading at the prompt. */
void	 pd_terminal_wake(struct pd_terminal *);

/* A signal has halted the program's process: Ctrl-Z halts us too, until we are
 * told to go on; a program that wants the terminal gets it.  pid: the
 * Python. */
void	 pd_terminal_halted(struct pd_terminal *, pid_t group, pid_t pid,
	    int signo);
/* We got SIGCONT. */
void	 pd_terminal_continued(struct pd_terminal *);
/* Before a prompt: in the background this waits, halted as a shell expects,
 * for the foreground. */
void	 pd_terminal_claim(struct pd_terminal *);

#endif
