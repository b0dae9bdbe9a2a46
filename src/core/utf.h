/*
 * UTF-8 as Python's str needs it: lone surrogates are characters of three
 * bytes (CPython calls that surrogatepass).
 */
#ifndef PD_CORE_UTF_H
#define PD_CORE_UTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf8.h"

/* The character at s, of which n > 0 bytes are there; *size gets its length.
 * Bytes that are none give U+FFFD with a length of 1. */
uint32_t	 pd_utf_get(const char *s, size_t n, size_t *size);
/* False, and where the first wrong byte is, if there is one. */
bool		 pd_utf_valid(const char *, size_t, size_t *bad);
/* Characters in valid text. */
size_t		 pd_utf_count(const char *, size_t);
/* Bytes of the first chars characters of valid text. */
size_t		 pd_utf_offset(const char *, size_t n, size_t chars);
bool		 pd_utf_ascii(const char *, size_t);

/* str.isprintable() of one character: categories of Unicode 14. */
bool		 pd_utf_printable(uint32_t c);
/* May it begin, may it go on an identifier? */
bool		 pd_utf_ident_start(uint32_t c);
bool		 pd_utf_ident(uint32_t c);
bool		 pd_utf_space(uint32_t c);	/* str.isspace() */

#endif
