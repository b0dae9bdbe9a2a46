/*
 * What pydbg-start.so and an engine know of each other.
 *
 * The start opens the engine with dlopen(RTLD_LOCAL), looks up
 * PD_ENGINE_MAIN and calls it in place of the program's main(), on main's
 * stack and with main's argc and argv untouched.  What it returns is the exit
 * status.  Plain C, with headers of libc alone: the engine may be older or
 * newer than the start, so fields are only ever added at the end, and version
 * says how many there are.
 */
#ifndef PD_START_DOORS_H
#define PD_START_DOORS_H

#include <signal.h>
#include <stdbool.h>

#define PD_DOORS_VERSION	3
#define PD_ENGINE_MAIN		"pd_engine_main"

struct pd_start_doors {
	unsigned	 version;	/* PD_DOORS_VERSION of the start */
	/* Texts live as long as the process. */
	const char	*engine;	/* file it was loaded from */
	const char	*log;		/* for pd_log_open, or NULL */
	bool		 abort_on_bug;	/* PD_BUG is to abort */
	/* A small memory file for last words: a handler of a deadly signal
	 * writes "FILE:LINE in FUNC" at offset 0.  High, close-on-exec and kept
	 * open like the channel; -1 if there is none. */
	int		 words_fd;
	/* To be called when the channel was moved (to fd) or closed (-1): the
	 * start keeps the program from closing it. */
	void		(*channel)(int fd);

	/* Version 2: SIGINT, which start/sigint.c has in its hands. */
	/* ask is called in a signal's handler, in any thread, when one is to
	 * stop the program: true if the engine will break in.  Called at
	 * once if one came before. */
	void		(*sigint_watch)(bool (*ask)(void));
	/* Does it stop the program?  Is the program given it?  Both: the
	 * engine calls sigint_pass when it goes on. */
	void		(*sigint_policy)(bool stop, bool pass);
	/* The program's own disposition takes its effect, here and now. */
	void		(*sigint_pass)(void);
	/* PD_WAKE_SIGNAL's handler; nobody else can replace it.  0 or -1. */
	int		(*wake)(void (*handler)(int, siginfo_t *, void *));

	/* Version 3: not NULL where there is no debugger, only a core to be
	 * written when nothing catches an exception (--dump-on-crash): the
	 * directory for it, "" for the program's own.  Then the channel is -1
	 * and version 2's doors are NULL. */
	const char	*crash_dir;
};

/* channel_fd: the connected socket, high and close-on-exec; the engine's. */
typedef int (*pd_engine_main_fn)(int argc, char **argv, int channel_fd,
	    const struct pd_start_doors *);

#endif
