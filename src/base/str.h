/*
 * Byte strings.
 *
 * struct pd_str is an owned run of bytes that may hold anything, NUL and
 * bytes that are no UTF-8 included (file names, reprs, arguments: surrogates
 * travel as the bytes that Python's surrogatepass/surrogateescape gives).
 * s is NULL for "absent"; otherwise s[n] is a NUL that n does not count.
 *
 * struct pd_buf is a growing pd_str for building text.  {0} is a valid empty
 * buffer.
 */
#ifndef PD_BASE_STR_H
#define PD_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct pd_str {
	char	*s;		/* owned, NUL behind the last byte, or NULL */
	size_t	 n;		/* bytes */
};

struct pd_buf {
	char	*s;		/* owned, NUL behind the last byte, or NULL */
	size_t	 n;		/* bytes in use */
	size_t	 cap;		/* bytes allocated */
};

struct pd_str	 pd_str_new(const char *, size_t);
struct pd_str	 pd_str_from(const char *);	/* NULL gives an absent one */
struct pd_str	 pd_str_dup(const struct pd_str *);
void		 pd_str_done(struct pd_str *);	/* frees, leaves it absent */
/* NULL is equal to an absent one. */
bool		 pd_str_eq(const struct pd_str *, const char *);
/* The text for %s: "" when absent. */
const char	*pd_str_c(const struct pd_str *);

void	 pd_buf_done(struct pd_buf *);
void	 pd_buf_reset(struct pd_buf *);		/* empties, keeps the room */
void	 pd_buf_reserve(struct pd_buf *, size_t more);
void	 pd_buf_add(struct pd_buf *, const void *, size_t);
void	 pd_buf_adds(struct pd_buf *, const char *);
void	 pd_buf_addc(struct pd_buf *, char);
void	 pd_buf_addf(struct pd_buf *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
void	 pd_buf_addv(struct pd_buf *, const char *, va_list)
	    __attribute__((format(printf, 2, 0)));
void	 pd_buf_drop(struct pd_buf *, size_t);	/* removes n leading bytes */
/* Hands the bytes over; the buffer is empty afterwards.  No bytes give an
 * empty string, not an absent one. */
struct pd_str	 pd_buf_take(struct pd_buf *);
const char	*pd_buf_c(const struct pd_buf *);	/* never NULL */

/* printf into a fresh pd_str. */
struct pd_str	 pd_strf(const char *, ...)
	    __attribute__((format(printf, 1, 2)));

bool	 pd_starts(const char *s, const char *prefix);
bool	 pd_ends(const char *s, const char *suffix);
/* Python's int(): optional blanks, sign, digits, single underscores between
 * digits; false if it is no number.  One too large for a long is clamped. */
bool	 pd_parse_long(const char *, long *);

#endif
