/*
 * The program's own terminal: a pty, and the emulator that shows it.
 *
 * Kept from one switching on of the full screen to the next.  Each start of
 * the program gets a fresh pty, as its last one's end hung the old one up; the
 * emulator's scrollback stays.
 */
#ifndef PD_UI_TUI_TTY_H
#define PD_UI_TUI_TTY_H

#include <stdbool.h>
#include <termios.h>

#include "base/err.h"
#include "base/loop.h"
#include "target/target.h"
#include "ui/tui/vt.h"

struct pd_buf;
struct pd_tty;

/* changed(): there is something new to show, or the bell.  The loop is
 * borrowed. */
struct pd_tty	*pd_tty_new(struct pd_loop *, void (*changed)(void *ctx,
		    bool bell), void *ctx);
void		 pd_tty_free(struct pd_tty *);	/* NULL is fine */
struct pd_vt	*pd_tty_vt(struct pd_tty *);
/* What the program calls its window; "" if it has not. */
const char	*pd_tty_title(const struct pd_tty *);
/* The size of its pane. */
void	 pd_tty_resize(struct pd_tty *, unsigned rows, unsigned cols);

/*
 * A program is about to be started: those of its streams that are ours go to a
 * fresh terminal, which becomes its own.  -1 with err.  Once it is started,
 * or was not, pd_tty_started().
 */
int	 pd_tty_launch(struct pd_tty *, struct pd_launch *, struct pd_err *);
void	 pd_tty_started(struct pd_tty *);
/* The program goes to another terminal for a while, but this one stays its
 * own: it would die of its hanging up. */
void	 pd_tty_keep(struct pd_tty *);
/* For a program that has another terminal: opens one if there is none, and
 * gives its path, borrowed; modes may be NULL.  NULL with err. */
const char	*pd_tty_open(struct pd_tty *, const struct termios *modes,
		    struct pd_err *);
/* The modes that the program has set. */
bool	 pd_tty_modes(const struct pd_tty *, struct termios *);
/* Shows all that has been written so far: at a stop, and at the end. */
void	 pd_tty_drain(struct pd_tty *);
/* Adds the last lines (all that are kept, if there are less) that were written
 * since the program was started, as they stand on the terminal. */
void	 pd_tty_text(struct pd_tty *, size_t lines, struct pd_buf *out);

/* Has a program it open? */
bool	 pd_tty_listens(const struct pd_tty *);
/* Does one wait for what is typed?  Some system calls for each thread. */
bool	 pd_tty_is_read(const struct pd_tty *);
/* What is typed. */
void	 pd_tty_type(struct pd_tty *, const char *, size_t);

#endif
