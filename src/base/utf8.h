/*
 * Writing UTF-8 (RFC 3629).
 */
#ifndef PD_BASE_UTF8_H
#define PD_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define PD_UTF8_MAX	4	/* bytes of a character */

/* Writes a character below 0x110000, surrogates like any other; returns its
 * length, 1 to PD_UTF8_MAX.  No NUL behind it. */
size_t	 pd_utf8_put(char *out, uint32_t c);
/* Appends it. */
void	 pd_utf8_add(struct pd_buf *, uint32_t c);

#endif
