/*
 * What the files of the line editor share.
 */
#ifndef PD_UI_EDIT_ROOM_H
#define PD_UI_EDIT_ROOM_H

#include <histedit.h>
#include <stdio.h>

#include "base/pylex.h"
#include "ui/edit.h"

/* Characters that no key gives: they call functions of ours. */
#define PD_KEY_PASTE	L'\x80'
#define PD_KEY_BREAK	L'\x81'
/* ... that leave the line for a command of a key, and put it back. */
#define PD_KEY_LEAVE	L'\x82'
#define PD_KEY_BACK	L'\x83'

struct pd_edit {
	EditLine		*el;
	FILE			*in, *out, *null;
	struct pd_loop		*loop;		/* borrowed */
	struct pd_input		*input;		/* borrowed */
	struct pd_session	*session;	/* borrowed */
	struct pd_history	 history;
	void			(*notice)(void *, const char *);
	void			*ctx;

	/* keys (edit-keys.c) */
	int			 fd;
	const struct pd_edit_place *place;	/* borrowed; NULL: the
						   terminal */
	int			 tty;		/* whose size counts */
	struct pd_str		 run;	/* a key's command; absent: none */
	const char		*switch_line;	/* C-x a; borrowed */
	wchar_t			*kept;		/* owned: what was typed when it
						   came; NULL: nothing */
	bool			 left;	/* this line gave way to it */
	int			 kept_at;	/* the cursor in it */
	struct pd_buf		 bytes;		/* read, not yet given out */
	struct pd_buf		 paste;		/* ... of a paste */
	bool			 eof;
	bool			 reading;	/* a line is being typed */
	bool			 newline;	/* ... is the next key */
	bool			 broken_off;	/* Ctrl-C has been passed on */
	bool			 ended_by_break; /* and the line ended by it */

	/* the line */
	enum pd_edit_kind	 kind;
	struct pd_pylex		 lex;		/* behind the last line */
	bool			 indented;	/* that line was */
	wchar_t			*prompt;	/* owned; colours between \1 */
	size_t			 prompt_width;	/* columns */
	struct pd_str		 before, after;	/* of the prompt */
	size_t			 at;		/* history: what libedit sees,
						   counted from the newest */
	wchar_t			*event;		/* owned: its text */
};

/* ---- edit.c ------------------------------------------------------------ */

/* What a new EditLine is told. */
void	 pd_edit_set_up(struct pd_edit *);
/* el_end(), which leaves the terminal and what was typed there alone. */
void	 pd_edit_end(EditLine *);

/* ---- edit-text.c: bytes and wide characters -------------------------- */

/* Owned, by free(): UTF-8 as wide characters; bytes that are none become U+DC80
 * and on, as Python's surrogateescape has it. */
wchar_t	*pd_edit_wide(const char *, size_t n, size_t *len);
/* The other way. */
void	 pd_edit_narrow(struct pd_buf *, const wchar_t *, size_t n);
/* Columns of a text on the terminal. */
size_t	 pd_edit_width(const wchar_t *, size_t n);

/* ---- edit-keys.c -------------------------------------------------------- */

/* EL_GETCFN.  1, or 0 at the end of input. */
int	 pd_edit_getc(EditLine *, wchar_t *);
/* A key for a question of ours; 0: end of input or Ctrl-C. */
int	 pd_edit_key(struct pd_edit *);
/* Waits for what is pasted to begin and end with these. */
void	 pd_edit_paste_on(struct pd_edit *);
void	 pd_edit_paste_off(struct pd_edit *);
/* Functions for keys. */
unsigned char	 pd_edit_do_paste(EditLine *, int);
unsigned char	 pd_edit_do_break(EditLine *, int);
unsigned char	 pd_edit_do_leave(EditLine *, int);
unsigned char	 pd_edit_do_back(EditLine *, int);
unsigned char	 pd_edit_do_switch(EditLine *, int);

/* ---- edit-block.c ------------------------------------------------------- */

/* Adds to the paste.  A block from inside a function, say, is moved to the
 * left as a whole; CR and CR LF are newlines. */
void	 pd_edit_take_paste(struct pd_edit *, const char *, size_t);
/* Notes a line of the statement that is being typed; kind says if it is its
 * first. */
void	 pd_edit_block_line(struct pd_edit *, const char *, size_t);
/* An empty line has come.  The paste goes on with what belongs to the same
 * block? */
bool	 pd_edit_paste_goes_on(const struct pd_edit *);
/* The paste goes on with what does not? */
bool	 pd_edit_block_ends(const struct pd_edit *);

/* ---- edit-screen.c ------------------------------------------------------ */

/* Routes SIGWINCH and, while a line is typed, SIGTSTP. */
void	 pd_edit_signals_on(struct pd_edit *);
void	 pd_edit_signals_off(struct pd_edit *);
unsigned	 pd_edit_columns(const struct pd_edit *);
/* Takes the line off the screen; the cursor is where the prompt began. */
void	 pd_edit_erase(struct pd_edit *);

/* ---- edit-tab.c ---------------------------------------------------------- */

unsigned char	 pd_edit_do_tab(EditLine *, int);

/* ---- edit-rc.c ----------------------------------------------------------- */

/* Our keys, where libedit has others or none. */
void	 pd_edit_bind(struct pd_edit *);
/* $EDITRC or ~/.editrc; a line that libedit does not take is told. */
void	 pd_edit_rc(struct pd_edit *);

#endif
