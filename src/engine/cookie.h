/*
 * The cookie of a source file, and line ends.
 */
#ifndef PD_ENGINE_COOKIE_H
#define PD_ENGINE_COOKIE_H

#include <stdbool.h>

#include "base/str.h"

/* The coding that one of the first two lines names, cut at 63 bytes; false:
 * none does. */
bool		 pd_cookie_find(const char *, size_t, char name[64]);
/* The text with \n as the only line end; never absent. */
struct pd_str	 pd_decode_newlines(const struct pd_buf *);

#endif
