/*
 * Memory for both processes.
 *
 * The functions never return NULL.  When memory runs out the oom hook is
 * asked first (the engine frees a reserve there, so that a program that has
 * eaten all memory can still be reported on); if it returns false the
 * process ends with a line on stderr.
 */
#ifndef PD_BASE_ALLOC_H
#define PD_BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

void	*pd_xmalloc(size_t);
void	*pd_xcalloc(size_t, size_t);
void	*pd_xrealloc(void *, size_t);
char	*pd_xstrdup(const char *);
/* Copies n bytes and adds a NUL behind them. */
char	*pd_xmemdup(const void *, size_t n);

/* Returns true if it has freed something and the call is worth repeating. */
typedef bool (*pd_oom_fn)(size_t wanted);
void	 pd_oom_set(pd_oom_fn);

#endif
