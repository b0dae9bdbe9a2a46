/*
 * Bytes of a source file to UTF-8 text with \n as the only line end.
 */
#ifndef PD_ENGINE_DECODE_H
#define PD_ENGINE_DECODE_H

#include "base/str.h"

/* By byte order mark or PEP 263's cookie, else UTF-8.  What does not decode
 * becomes U+FFFD; a coding that nobody knows counts as UTF-8.  Never absent.
 * Keeps the current exception. */
struct pd_str	 pd_decode_source(const struct pd_buf *raw);

#endif
