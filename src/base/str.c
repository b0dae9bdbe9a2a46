/*
 * base/str: byte strings and growing buffers, for every room.
 *
 * Bytes are bytes here: nothing looks at encodings or the locale.
 */
#include "base/str.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define FIRST_CAP	32

struct pd_str
pd_str_new(const char *s, size_t n)
{
	return (struct pd_str){ .s = pd_xmemdup(s, n), .n = n };
}

struct pd_str
pd_str_from(const char *s)
{
	if (s == NULL)
		return (struct pd_str){ 0 };
	return pd_str_new(s, strlen(s));
}

struct pd_str
pd_str_dup(const struct pd_str *str)
{
	if (str->s == NULL)
		return (struct pd_str){ 0 };
	return pd_str_new(str->s, str->n);
}

void
pd_str_done(struct pd_str *str)
{
	free(str->s);
	*str = (struct pd_str){ 0 };
}

bool
pd_str_eq(const struct pd_str *str, const char *s)
{
	if (str->s == NULL || s == NULL)
		return str->s == NULL && s == NULL;
	return strlen(s) == str->n && memcmp(str->s, s, str->n) == 0;
}

const char *
pd_str_c(const struct pd_str *str)
{
	return str->s != NULL ? str->s : "";
}

void
pd_buf_done(struct pd_buf *buf)
{
	free(buf->s);
	*buf = (struct pd_buf){ 0 };
}

void
pd_buf_reset(struct pd_buf *buf)
{
	buf->n = 0;
	if (buf->s != NULL)
		buf->s[0] = '\0';
}

void
pd_buf_reserve(struct pd_buf *buf, size_t more)
{
	size_t want, cap;

	/* SIZE_MAX cannot be had: the allocator says so. */
	want = more < SIZE_MAX - buf->n - 1 ? buf->n + more + 1 : SIZE_MAX;
	if (want <= buf->cap)
		return;
	cap = buf->cap < FIRST_CAP ? FIRST_CAP : buf->cap;
	while (cap < want)
		cap = cap > SIZE_MAX / 2 ? want : cap * 2;
	buf->s = pd_xrealloc(buf->s, cap);
	buf->cap = cap;
	buf->s[buf->n] = '\0';
}

void
pd_buf_add(struct pd_buf *buf, const void *p, size_t n)
{
	pd_buf_reserve(buf, n);
	if (n > 0)
		memcpy(buf->s + buf->n, p, n);
	buf->n += n;
	buf->s[buf->n] = '\0';
}

void
pd_buf_adds(struct pd_buf *buf, const char *s)
{
	if (s != NULL)
		pd_buf_add(buf, s, strlen(s));
}

void
pd_buf_addc(struct pd_buf *buf, char c)
{
	pd_buf_add(buf, &c, 1);
}

void
pd_buf_addv(struct pd_buf *buf, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return;
	pd_buf_reserve(buf, (size_t)n);
	vsnprintf(buf->s + buf->n, (size_t)n + 1, fmt, ap);
	buf->n += (size_t)n;
}

void
pd_buf_addf(struct pd_buf *buf, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(buf, fmt, ap);
	va_end(ap);
}

void
pd_buf_drop(struct pd_buf *buf, size_t n)
{
	if (n >= buf->n) {
		pd_buf_reset(buf);
		return;
	}
	memmove(buf->s, buf->s + n, buf->n - n + 1);
	buf->n -= n;
}

struct pd_str
pd_buf_take(struct pd_buf *buf)
{
	struct pd_str str;

	pd_buf_reserve(buf, 0);
	str = (struct pd_str){ .s = buf->s, .n = buf->n };
	*buf = (struct pd_buf){ 0 };
	return str;
}

const char *
pd_buf_c(const struct pd_buf *buf)
{
	return buf->s != NULL ? buf->s : "";
}

struct pd_str
pd_strf(const char *fmt, ...)
{
	struct pd_buf buf = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&buf, fmt, ap);
	va_end(ap);
	return pd_buf_take(&buf);
}

bool
pd_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool
pd_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

/* str.isspace() within ASCII. */
static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') ||
	    (c >= 0x1c && c <= 0x1f);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Adds a digit below zero, where there is room for LONG_MIN; clamps. */
static long
add_digit(long value, char c)
{
	int d = c - '0';

	if (value < (LONG_MIN + d) / 10)
		return LONG_MIN;
	return value * 10 - d;
}

bool
pd_parse_long(const char *s, long *out)
{
	bool minus = false;
	long value = 0;

	while (is_blank(*s))
		s++;
	if (*s == '+' || *s == '-')
		minus = *s++ == '-';
	if (!is_digit(*s))
		return false;
	while (is_digit(*s)) {
		value = add_digit(value, *s++);
		if (*s == '_' && is_digit(s[1]))
			s++;
	}
	while (is_blank(*s))
		s++;
	if (*s != '\0')
		return false;
	if (!minus)
		value = value == LONG_MIN ? LONG_MAX : -value;
	*out = value;
	return true;
}
