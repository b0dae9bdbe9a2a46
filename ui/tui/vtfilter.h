/*
 * Cleans what a program writes, before libvterm reads it.
 */
#ifndef PD_UI_TUI_VTFILTER_H
#define PD_UI_TUI_VTFILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PD_VTFILTER_SEQ	160	/* a sequence that is longer is dropped */

struct pd_vtfilter {
	/* Text that is whole (kind 0), or one whole sequence: kind is then
	 * PD_VTFILTER_*. */
	void	(*put)(void *ctx, int kind, const char *, size_t);
	void	 *ctx;

	/* The rest is its own; zero to begin with. */
	int	 state;
	bool	 escape;	/* within a string: an ESC was the last byte */
	bool	 skip;		/* the sequence is to be dropped */
	char	 seq[PD_VTFILTER_SEQ];
	size_t	 n;
	int	 digits, args;	/* of a CSI sequence */
	size_t	 string;	/* bytes of this string */
	unsigned char	 utf8[4];	/* a character that has begun */
	size_t	 have, want;
	int	 marks;		/* on the last character */
	char	 last[4];	/* the last character that has a width */
	size_t	 last_n;
};

enum {
	PD_VTFILTER_TEXT,	/* characters and C0 controls */
	PD_VTFILTER_ESCAPE,	/* ESC ..., two or more bytes */
	PD_VTFILTER_CSI,
	PD_VTFILTER_STRING	/* OSC with its end */
};

/*
 * Goes through n bytes, which may be cut anywhere, and puts out what is safe:
 * UTF-8 that is valid, characters with a bounded number of marks, no characters
 * that turn or join others, sequences that are whole and bounded.
 */
void	 pd_vtfilter_feed(struct pd_vtfilter *, const char *, size_t);
/* Forgets what has begun. */
void	 pd_vtfilter_reset(struct pd_vtfilter *);

#endif
