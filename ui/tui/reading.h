/*
 * Who waits for what is typed.
 */
#ifndef PD_UI_TUI_READING_H
#define PD_UI_TUI_READING_H

#include <stdbool.h>
#include <sys/types.h>

/* Is a thread of that process, or of its children, in a read() of the terminal
 * with that path, or of its controlling one? */
bool	 pd_reading(pid_t, const char *tty);

#endif
