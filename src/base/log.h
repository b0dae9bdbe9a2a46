/*
 * The debugger's own log: PYDBG_LOG=AREA[,AREA...]:FILE, or "all:FILE".
 * Off unless asked for.  Areas are the rooms' names: decide, bp, wire, start,
 * target, cmds, ui, eval ...
 */
#ifndef PD_BASE_LOG_H
#define PD_BASE_LOG_H

#include <stdbool.h>

/* Reads a specification as above; NULL switches the log off. */
void	pd_log_open(const char *spec);
void	pd_log_close(void);
bool	pd_log_on(const char *area);
void	pd_log(const char *area, const char *, ...)
	    __attribute__((format(printf, 2, 3)));

#endif
