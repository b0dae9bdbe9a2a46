/*
 * The extent of a block of Python source, as inspect.getblock() sees it.
 *
 * The rule: from the first line through decorators to the def, class or
 * lambda, and on through its indented body; a lambda ends with its logical
 * line.  Comments count while they are indented at least as much as the
 * body.  The text may be broken in any way.
 */
#ifndef PD_BASE_PYBLOCK_H
#define PD_BASE_PYBLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* Number of lines, at least 1, of the block that begins at the text's first
 * line. */
size_t	pd_pyblock_lines(const char *, size_t n);
/* Does this line look like the beginning of a function (def, async def, a
 * lambda in it, a decorator)?  How inspect looks for it before 3.13. */
bool	pd_pyblock_starts(const char *line, size_t n);

#endif
